//! The steps of the walk. Each one checks what the page, the ledger and the shop say before the next begins.

use netmile::time::ManualClock;
use netmile_mock::{Admin, Mock, MockError};
use shop_rust::{Shop, ShopError};

use crate::browser::{Browser, Lost, Page, Result};
use crate::timeline::{Seen, Timeline, Who, tell};

impl From<MockError> for Lost {
    fn from(error: MockError) -> Self {
        Self(format!("mock: {error}"))
    }
}

impl From<ShopError> for Lost {
    fn from(error: ShopError) -> Self {
        Self(format!("shop: {error}"))
    }
}

/// The member of the worked example: 400 miles to begin with.
pub(crate) const MEMBER: &str = "taro";

/// What the campaign's form asks for: the six fields.
const PERSON: [(&str, &str); 6] = [
    ("name", "見本 太郎"),
    ("address", "東京都千代田区千代田1-1"),
    ("birth_date", "1980-02-29"),
    ("sex", "male"),
    ("phone", "03-1234-5678"),
    ("email", "taro@member.example"),
];

pub(crate) struct Walk<'a> {
    pub(crate) timeline: &'a Timeline,
    seen: &'a Seen,
    pub(crate) admin: Admin,
    pub(crate) shop: &'a Shop,
    /// The shop's clock; the gateway's is moved with it.
    pub(crate) clock: &'a ManualClock,
    /// The customer's browser.
    pub(crate) customer: Browser,
    /// The browser of the shop's staff.
    pub(crate) staff: Browser,
    /// The last entry of the mock's log that was told.
    told: i64,
    /// The shop's order.
    order_id: String,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(
        timeline: &'a Timeline,
        seen: &'a Seen,
        mock: &Mock,
        shop: &'a Shop,
        clock: &'a ManualClock,
    ) -> Result<Self> {
        Ok(Self {
            timeline,
            seen,
            admin: mock.admin(),
            shop,
            clock,
            customer: Browser::new("ja")?,
            staff: Browser::new("ja")?,
            told: 0,
            order_id: String::new(),
        })
    }

    pub(crate) async fn all(mut self) -> Result<()> {
        self.timeline
            .part("1  The customer orders a postcard of 300 yen");
        let form = self.order().await?;
        self.timeline.part("2  At the gateway: the miles are short");
        let payment = self.arrive(&form).await?;
        self.timeline.part("3  A campaign fills the gap");
        let payment = self.campaign(&payment).await?;
        self.timeline.part("4  Paying, and the notice that counts");
        let order = self.pay(&payment).await?;
        self.timeline.part("5  Fulfilment from the outbox");
        let order = self.fulfil(&order).await?;
        self.timeline.part("6  A refund, executed by a person");
        let order = self.refund(&order).await?;
        self.timeline.part("7  The member's passbook");
        self.passbook().await?;
        self.charges().await?;
        self.points().await?;
        self.spend().await?;
        self.billed_by_the_gateway().await?;
        self.timeline.line(&format!("\nOrder page: {}", order.url));
        self.timeline.line("Every step came out as expected.");
        Ok(())
    }

    /// Basket, checkout, order; the page that carries the signed form.
    async fn order(&mut self) -> Result<Page> {
        let shelves = self.customer.open(self.shop.url()).await?;
        let put = shelves.form("/basket")?.fill("item", "postcard");
        self.customer.send(put).await?;
        self.timeline
            .sent(Who::Browser, Who::Shop, "POST /basket: 絵はがき「朝の港」");
        let checkout = format!("{}/checkout", self.shop.url());
        let checkout = self.customer.open(&checkout).await?;
        expect(&checkout, "300円")?;
        let choose = checkout.form("/checkout")?.fill("terminal", "pc");
        self.timeline
            .sent(Who::Browser, Who::Shop, "POST /checkout: terminal PC");
        let page = self.customer.send(choose).await?;
        self.tell().await?;
        let form = page.form("/f01/")?;
        equal("amount", form.value("amount"), "300")?;
        equal("pay_method", form.value("pay_method"), "netmile")?;
        let attempt = form.value("order_id");
        let order = attempt.rsplit_once('-').map_or("", |(order, _)| order);
        self.order_id = order.to_owned();
        let what = format!(
            "A01-1 form: {} yen, order …{}",
            form.value("amount"),
            tail(attempt)
        );
        self.timeline.sent(Who::Shop, Who::Browser, &what);
        Ok(page)
    }

    /// To the gateway, and logged in: 400 mile, short 200 mile.
    async fn arrive(&mut self, page: &Page) -> Result<Page> {
        let form = page.form("/f01/")?;
        self.timeline
            .sent(Who::Browser, Who::Gateway, "POST A01-1, Shift_JIS");
        let login = self.customer.send(form).await?;
        self.tell().await?;
        let typed = login
            .form("/login")?
            .fill("login", MEMBER)
            .fill("password", "taro-demo");
        self.timeline
            .sent(Who::Browser, Who::Gateway, "POST log-in of member taro");
        let payment = self.customer.send(typed).await?;
        expect(&payment, "300円")?;
        expect(&payment, "400mile(=200円)")?;
        expect(&payment, "不足マイル数")?;
        expect(&payment, "200mile(=100円)")?;
        expect(&payment, "今すぐマイルを貯める")?;
        if payment
            .form("/pay")
            .is_ok_and(|form| form.action.path().ends_with("/pay"))
        {
            return Err(Lost(
                "the pay button is there although the miles are short".to_owned(),
            ));
        }
        self.timeline.found(
            Who::Browser,
            "300円 · balance 400mile(=200円) · short 200mile(=100円)",
        );
        Ok(payment)
    }

    /// Registers for the campaign of 200 mile: 600 mile.
    async fn campaign(&mut self, payment: &Page) -> Result<Page> {
        let mut form = self.customer.follow(payment, "campaign-a").await?;
        expect(&form, "200mile(=100円)")?;
        let mut filled = form.form("/confirm")?;
        for (name, value) in PERSON {
            filled = filled.fill(name, value);
        }
        self.timeline.sent(
            Who::Browser,
            Who::Gateway,
            "POST registration: six fields, 確認",
        );
        form = self.customer.send(filled).await?;
        for value in ["見本 太郎", "200mile(=100円)"] {
            expect(&form, value)?;
        }
        self.timeline
            .sent(Who::Browser, Who::Gateway, "POST registration: register");
        let done = self.customer.send(form.form("/register")?).await?;
        self.tell().await?;
        expect(&done, "登録完了")?;
        equal("balance", self.admin.balance(MEMBER).await?, 600)?;
        self.timeline
            .found(Who::Browser, "登録完了 · 200mile(=100円) credited at once");
        let session = payment.url.as_str();
        let payment = self.customer.open(session).await?;
        expect(&payment, "600mile(=300円)")?;
        if payment.says("今すぐマイルを貯める") {
            return Err(Lost(
                "campaigns are shown although the miles suffice".to_owned(),
            ));
        }
        self.timeline.found(
            Who::Browser,
            "balance 600mile(=300円) · no campaigns any more",
        );
        Ok(payment)
    }

    /// Pays; the notice reaches the shop before the browser does.
    async fn pay(&mut self, payment: &Page) -> Result<Page> {
        self.timeline.sent(Who::Browser, Who::Gateway, "POST pay");
        let done = self.customer.send(payment.form("/pay")?).await?;
        self.tell().await?;
        // Before the browser is back: the notice alone decides.
        let id = self.order_id.clone();
        let known = self.shop.client().purchases().get(&id).await;
        let phase = known.map_err(|error| Lost(format!("shop: {error}")))?.phase;
        equal("phase", phase.name(), "paid")?;
        let back = done.form("/netmile/success")?;
        equal("res_result", back.value("res_result"), "OK")?;
        self.timeline.sent(
            Who::Browser,
            Who::Shop,
            "POST A03-1 (display only, no proof)",
        );
        let order = self.customer.send(back).await?;
        self.tell().await?;
        expect(&order, "支払い済み")?;
        equal("balance", self.admin.balance(MEMBER).await?, 6)?;
        let (payments, notices) = (self.admin.payments().await?, self.admin.notices().await?);
        equal("payments", payments.len(), 1)?;
        equal("notices", notices.len(), 1)?;
        self.timeline
            .found(Who::Browser, "order page: 支払い済み (paid)");
        Ok(order)
    }

    /// The worker reads the outbox; the goods go out once.
    async fn fulfil(&mut self, order: &Page) -> Result<Page> {
        self.shop.fulfil_now().await?;
        let done = self.shop.fulfilments().await?;
        equal("fulfilments", done.len(), 1)?;
        let order = self.customer.open(order.url.as_str()).await?;
        expect(&order, "発送済み")?;
        self.timeline.found(
            Who::Shop,
            "event `paid` fulfilled once, then acknowledged: 発送済み",
        );
        Ok(order)
    }

    /// The customer asks, the staff executes it at the gateway and writes it down in the shop.
    async fn refund(&mut self, order: &Page) -> Result<Page> {
        self.timeline.sent(Who::Browser, Who::Shop, "POST refund");
        let waiting = self.customer.send(order.form("/refund")?).await?;
        expect(&waiting, "返金手続き中")?;
        self.timeline.found(
            Who::Shop,
            "refund_requested in the journal; no message leaves",
        );

        let login = self.staff.follow(&waiting, "/manage/payments/").await?;
        let typed = login
            .form("/manage/login")?
            .fill("merchant_id", "99999")
            .fill("service_id", "001")
            .fill("password", "manage-demo");
        let page = self.staff.send(typed).await?;
        let sure = page.form("/refund")?.fill("confirmed", "yes");
        self.timeline.sent(
            Who::Staff,
            Who::Gateway,
            "management page: POST refund, 300 yen",
        );
        self.staff.send(sure).await?;
        self.tell().await?;
        // 600 miles come back, the 1 % return of 6 is taken back.
        equal("balance", self.admin.balance(MEMBER).await?, 600)?;
        self.timeline.found(
            Who::Gateway,
            "600 miles given back, 6 miles of return taken back",
        );

        let desk = format!("{}/desk", self.shop.url());
        let login = self.staff.open(&desk).await?;
        let typed = login.form("/desk/login")?.fill("password", "desk-demo");
        let desk = self.staff.send(typed).await?;
        let evidence = desk.form("/confirm")?.fill("reference", "demo staff");
        self.timeline.sent(
            Who::Staff,
            Who::Shop,
            "desk: POST refund executed, with evidence",
        );
        self.staff.send(evidence).await?;
        self.shop.fulfil_now().await?;
        let order = self.customer.open(order.url.as_str()).await?;
        expect(&order, "返金済み")?;
        self.timeline
            .found(Who::Browser, "order page: 返金済み (refunded)");
        Ok(order)
    }

    async fn passbook(&mut self) -> Result<()> {
        let rows = self.admin.ledger(Some(MEMBER)).await?;
        let mut balance = 0;
        for row in &rows {
            balance += row.miles;
            let (kind, miles) = (&row.kind, row.miles);
            let line = format!("  {kind:<16} {miles:>+6} mile   balance {balance:>4}");
            self.timeline.line(&line);
        }
        let debits = rows.iter().filter(|row| row.kind == "payment").count();
        equal("debits", debits, 1)?;
        equal("balance", balance, 600)
    }

    /// Tells what the mock logged and the shop verified since the last time.
    pub(crate) async fn tell(&mut self) -> Result<()> {
        let mut verified = self.seen.take();
        let notices = self.admin.notices().await?;
        let answer = notices.last().map_or("", |notice| notice.answer.as_str());
        for entry in self.admin.log(self.told, 100).await? {
            self.told = entry.id;
            tell(self.timeline, &entry, &mut verified, answer);
        }
        for text in verified {
            self.timeline.found(Who::Shop, &text);
        }
        Ok(())
    }
}

pub(crate) fn expect(page: &Page, what: &str) -> Result<()> {
    if page.status == 200 && page.says(what) {
        return Ok(());
    }
    Err(Lost(format!(
        "{} (status {}) does not say {what}; it says: {}",
        page.url,
        page.status,
        page.text().chars().take(400).collect::<String>()
    )))
}

pub(crate) fn equal<T: PartialEq + std::fmt::Display>(what: &str, is: T, wanted: T) -> Result<()> {
    if is == wanted {
        return Ok(());
    }
    Err(Lost(format!("{what} is {is}, not {wanted}")))
}

/// The end of a long id.
pub(crate) fn tail(id: &str) -> &str {
    id.get(id.len().saturating_sub(8)..).unwrap_or(id)
}
