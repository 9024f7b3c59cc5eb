//! The second half of the walk: the API type. What is asked server to server, and what becomes of it when no answer
//! comes.

use netmile::charge::Charge;
use netmile::schedule::YearMonth;
use netmile::time::{Clock as _, Timestamp};
use netmile_mock::faults::{FaultKind, FaultRule};

use crate::browser::{Browser, Lost, Page, Result};
use crate::timeline::Who;
use crate::walk::{MEMBER, Walk, equal, expect, tail};

/// The payment request of NetMile at the mock.
const REQUEST: &str = "ST01-00101-900";
/// The charge of a period.
const PERIOD: &str = "ST01-00104-900";
/// The application for a simple contract.
const APPLICATION: &str = "ST01-00102-900";

fn lost(error: netmile::Error) -> Lost {
    Lost(format!("shop: {error}"))
}

impl Walk<'_> {
    pub(crate) async fn charges(&mut self) -> Result<()> {
        self.timeline
            .part("8  By API type: the shop's own payment screen");
        // One tab with a postcard, whose consent comes later.
        let postcard = self.own_screen("postcard", "300円").await?;
        expect(&postcard, "600マイル")?;
        let sticker = self.own_screen("sticker", "10円").await?;
        let paid = self.consent(&sticker, "20").await?;
        expect(&paid, "支払い済み")?;
        equal("balance", self.admin.balance(MEMBER).await?, 580)?;
        self.timeline.found(
            Who::Browser,
            "order page: 支払い済み (paid) · 580 mile left",
        );

        self.timeline
            .part("9  The answer to a charge is lost, and how it is found out");
        self.lost_answer().await?;

        self.timeline
            .part("10  The first tab again: meanwhile the miles are short");
        let refused = self.consent(&postcard, "600").await?;
        expect(&refused, "40マイル不足")?;
        expect(&refused, "決済会社の画面で支払う")?;
        equal("balance", self.admin.balance(MEMBER).await?, 560)?;
        self.timeline.found(
            Who::Browser,
            "40マイル不足 (40 miles missing) · nothing taken · the way to the reward ads is offered",
        );

        self.timeline
            .part("11  A part is refunded, server to server");
        self.part_refund(&paid).await?;

        self.timeline
            .part("12  A subscription: one period is billed, once");
        self.period().await
    }

    /// Orders an item, and names the member on the shop's own screen.
    pub(crate) async fn own_screen(&mut self, item: &str, price: &str) -> Result<Page> {
        let shelves = self.customer.open(self.shop.url()).await?;
        let put = shelves.form("/basket")?.fill("item", item);
        self.customer.send(put).await?;
        let checkout = format!("{}/checkout", self.shop.url());
        let checkout = self.customer.open(&checkout).await?;
        let choose = checkout.form("/checkout")?;
        let choose = choose.fill("terminal", "pc").fill("way", "own");
        let screen = self.customer.send(choose).await?;
        expect(&screen, price)?;
        let named = screen.form("/miles/member")?.fill("member", MEMBER);
        let what = format!("own payment screen, {price}: POST NetMile user id");
        self.timeline.sent(Who::Browser, Who::Shop, &what);
        let screen = self.customer.send(named).await?;
        self.tell().await?;
        expect(&screen, "保有マイル")?;
        Ok(screen)
    }

    /// The customer agrees to pay.
    pub(crate) async fn consent(&mut self, screen: &Page, miles: &str) -> Result<Page> {
        let form = screen.form("/miles/pay")?;
        let what = format!("POST consent: {miles} miles");
        self.timeline.sent(Who::Browser, Who::Shop, &what);
        let page = self.customer.send(form).await?;
        self.tell().await?;
        Ok(page)
    }

    async fn lost_answer(&mut self) -> Result<()> {
        let screen = self.own_screen("sticker", "10円").await?;
        let requests = self.requests(REQUEST).await?;
        self.admin
            .add_fault(FaultRule::once(REQUEST, FaultKind::LostAfter));
        self.timeline
            .line("           (the mock will charge, and cut the connection instead of answering)");
        let waiting = self.consent(&screen, "20").await?;
        expect(&waiting, "お支払いを確認中")?;
        expect(&waiting, "もう一度お支払いにならないでください")?;
        let charge = self.charge_of(&waiting).await?;
        equal("phase", charge.phase.name(), "unknown")?;
        let what = format!(
            "Outcome::Unknown: charge …{} stays open in the journal, nothing is sent again",
            tail(&charge.id)
        );
        self.timeline.found(Who::Shop, &what);
        self.timeline.found(
            Who::Browser,
            "order page: お支払いを確認中 (being confirmed, please do not pay again)",
        );
        equal("balance", self.admin.balance(MEMBER).await?, 560)?;

        self.admin.advance(10).await?;
        self.clock.advance(10);
        self.timeline
            .line("           (both clocks: 10 seconds later)");
        self.shop.fulfil_now().await?;
        self.tell().await?;
        let charge = self.charge_of(&waiting).await?;
        equal("phase", charge.phase.name(), "paid")?;
        let what = format!(
            "resolve() asked by order_id: {}, tracking id …{}",
            charge.phase.name(),
            tail(charge.tracking_id.as_deref().unwrap_or_default())
        );
        self.timeline.found(Who::Shop, &what);
        self.shop.fulfil_now().await?;
        let page = self.customer.open(waiting.url.as_str()).await?;
        expect(&page, "支払い済み")?;
        expect(&page, "発送済み")?;
        let requests = self.requests(REQUEST).await? - requests;
        equal("requests", requests, 1)?;
        equal("balance", self.admin.balance(MEMBER).await?, 560)?;
        self.timeline.found(
            Who::Browser,
            "order page: 支払い済み, 発送済み · charged once, sent once",
        );
        Ok(())
    }

    async fn part_refund(&mut self, order: &Page) -> Result<()> {
        let charge = self.charge_of(order).await?;
        let desk = self
            .staff
            .open(&format!("{}/desk", self.shop.url()))
            .await?;
        let part = desk.form(&format!("{}/refund_part", charge.id))?;
        self.timeline
            .sent(Who::Staff, Who::Shop, "desk: POST refund of 4 of 10 yen");
        let desk = self.staff.send(part.fill("amount", "4")).await?;
        self.tell().await?;
        expect(&desk, "処理しました")?;
        let charge = self.charge_of(order).await?;
        equal("refunded", charge.refunded.get(), 4)?;
        let order = self.customer.open(order.url.as_str()).await?;
        expect(&order, "一部返金済み")?;
        equal("balance", self.admin.balance(MEMBER).await?, 568)?;
        self.timeline.found(
            Who::Browser,
            "order page: 一部返金済み (partly refunded) · 8 miles are back",
        );
        Ok(())
    }

    async fn period(&mut self) -> Result<()> {
        let mut reader = Browser::new("ja")?;
        let checkout = format!("{}/checkout?item=newspaper", self.shop.url());
        let checkout = reader.open(&checkout).await?;
        self.timeline.sent(
            Who::Browser,
            Who::Shop,
            "POST /checkout: マイル新聞, 200 yen per month",
        );
        let page = reader.send(checkout.form("/checkout")?).await?;
        let id = page.form("/f02/")?.value("order_id").to_owned();
        self.timeline.sent(
            Who::Browser,
            Who::Gateway,
            "application for a metered contract, as member hanako",
        );
        let login = reader.send(page.form("/f02/")?).await?;
        let typed = login.form("/login")?;
        let typed = typed
            .fill("login", "hanako")
            .fill("password", "hanako-demo");
        let sure = reader.send(typed).await?;
        self.tell().await?;
        let done = reader.send(sure.form("/pay")?).await?;
        self.tell().await?;
        reader.send(done.form("/netmile/success")?).await?;
        // The notice is in the outbox: the contract is taken over, and the first period is due.
        for _ in 0..3 {
            self.shop.fulfil_now().await?;
        }
        self.tell().await?;
        equal("periods charged", self.requests(PERIOD).await?, 1)?;
        let order = id.rsplit_once('-').map_or("", |(order, _)| order);
        let order = format!("{}/orders/{order}", self.shop.url());
        let order = reader.open(&order).await?;
        expect(&order, "購読中")?;
        expect(&order, "これまでのご請求")?;
        expect(&order, "200円")?;
        self.timeline.found(
            Who::Browser,
            "order page: 購読中, one period 200円 支払い済み · the billing job ran three times",
        );
        Ok(())
    }

    /// A subscription that the gateway bills by itself: applied for on the shop's own screen, billed at once and at the
    /// start of the next month, ended by the customer.
    pub(crate) async fn billed_by_the_gateway(&mut self) -> Result<()> {
        self.timeline.part(
            "15  A subscription that the gateway bills by itself, until the customer ends it",
        );
        let mut reader = Browser::new("ja")?;
        let checkout = format!("{}/checkout?item=letter", self.shop.url());
        let checkout = reader.open(&checkout).await?;
        let choose = checkout.form("/checkout")?.fill("way", "own");
        let screen = reader.send(choose).await?;
        expect(&screen, "500円")?;
        let named = screen.form("/miles/member")?.fill("member", "hanako");
        let screen = reader.send(named).await?;
        expect(&screen, "毎月1日")?;
        let before = self.admin.balance("hanako").await?;
        self.timeline.sent(
            Who::Browser,
            Who::Shop,
            "POST consent: 月刊「港だより」, 500 yen per month, as member hanako",
        );
        let order = reader.send(screen.form("/miles/pay")?).await?;
        self.shop.fulfil_now().await?;
        self.tell().await?;
        equal("applications", self.requests(APPLICATION).await?, 1)?;
        // 1,000 miles for 500 yen, and 1 % of them back.
        let first = self.admin.balance("hanako").await?;
        equal("balance", first, before - 990)?;
        let order = reader.open(order.url.as_str()).await?;
        expect(&order, "購読中")?;
        self.timeline.found(
            Who::Browser,
            "order page: 購読中 (running) · the first month is billed: 1,000 miles, 10 of them back",
        );

        let month = YearMonth::of_instant(self.clock.now()).next();
        let month = month.map(YearMonth::to_wire).unwrap_or_default();
        let billed = self.next_month(&order).await?;
        self.timeline
            .line("           (both clocks: the first of the next month)");
        equal(
            "second month",
            billed,
            format!("period_billed {month}: 500"),
        )?;
        self.timeline.found(
            Who::Gateway,
            "the second month is billed, unasked · the shop learns it from the settlement statement",
        );

        let order = reader.open(order.url.as_str()).await?;
        self.timeline
            .sent(Who::Browser, Who::Shop, "POST 購読を解約する");
        let ended = reader.send(order.form("/end")?).await?;
        self.tell().await?;
        let ended = reader.open(ended.url.as_str()).await?;
        expect(&ended, "解約済み")?;
        equal("third month", self.next_month(&order).await?, String::new())?;
        self.timeline.found(
            Who::Browser,
            "order page: 解約済み (ended) · a month later nothing more is billed",
        );
        Ok(())
    }

    /// Moves both clocks to the next month. Gives what the gateway billed the contract of an order for meanwhile; the periods
    /// of part 12's contract fall due beside it.
    async fn next_month(&self, order: &Page) -> Result<String> {
        let charge = self.charge_of(order).await?;
        let contract = charge.tracking_id.unwrap_or_default();
        let seconds = self.until_next_month()?;
        let happened = self.admin.advance(seconds).await?;
        self.clock.advance(i64::from(seconds));
        let billed = happened
            .iter()
            .filter(|one| one.id == contract && one.kind.starts_with("period_"));
        let told: Vec<_> = billed
            .map(|one| format!("{} {}", one.kind, one.outcome))
            .collect();
        Ok(told.join(", "))
    }

    /// Seconds until a moment after the start of the next month in Japan.
    fn until_next_month(&self) -> Result<u32> {
        let now = self.clock.now();
        let next = YearMonth::of_instant(now).next();
        let next = next.map(|month| format!("{}01000001", month.to_wire()));
        let at = next.and_then(|text| Timestamp::parse_jst(&text).ok());
        let seconds = at.map(|at| at.as_unix() - now.as_unix());
        seconds
            .and_then(|seconds| u32::try_from(seconds).ok())
            .ok_or_else(|| Lost("no next month".to_owned()))
    }

    /// The charge of an order on the shop's own screen.
    async fn charge_of(&self, order: &Page) -> Result<Charge> {
        let id = order.url.path().rsplit('/').next().unwrap_or_default();
        let id = format!("{id}-m1");
        self.shop.client().payments().get(&id).await.map_err(lost)
    }

    /// How often the gateway received a function so far.
    async fn requests(&self, function: &str) -> Result<usize> {
        let log = self.admin.log(0, 10_000).await?;
        let of = |entry: &&netmile_mock::store::notices::LogEntry| {
            entry.direction == "in" && entry.message == function
        };
        Ok(log.iter().filter(of).count())
    }
}
