//! Every page at the three widths: nothing reaches beyond the screen.
//!
//! With `NETMILE_SCREENSHOTS` set to a directory, a picture of each is written there, for a person to look at.

use std::path::PathBuf;

use netmile::Lang;
use netmile_mock::api::SlipEvent;
use netmile_mock::faults::{FaultKind, FaultRule};
use netmile_tests::browser::{Browser, JavaScript, Lost, Result, with_browser};

use crate::house::House;
use crate::walk::{CANCEL, FAIL, PAY, TO_SHOP, Walk};

/// Personal computer, smartphone, feature phone, in CSS pixels.
const WIDTHS: [u32; 3] = [1280, 390, 240];

/// The switch of a Japanese page.
const ENGLISH: &str = "a[hreflang='en']";

/// Looks at pages, and remembers which were too wide.
pub(crate) struct Album<'a> {
    browser: &'a Browser,
    directory: Option<PathBuf>,
    count: u32,
    too_wide: Vec<String>,
}

impl Album<'_> {
    /// Looks at a page in Japanese, and in English where its switch leads to the same page.
    pub(crate) async fn look(&mut self, name: &str) -> Result<()> {
        self.count += 1;
        self.measure(name, "ja").await?;
        if !self.browser.has(ENGLISH).await? {
            return Ok(());
        }
        let here = reqwest::Url::parse(&self.browser.url().await?)?;
        let english = self.browser.target(ENGLISH, "href").await?;
        if english.path() == here.path() {
            self.browser.click(ENGLISH).await?;
            self.browser.at_language("en").await?;
            self.measure(name, "en").await?;
            self.browser.click("a[hreflang='ja']").await?;
            self.browser.at_language("ja").await?;
        }
        Ok(())
    }

    /// Looks at a page in the one language in which it stands there: the answer to a form.
    pub(crate) async fn look_at(&mut self, name: &str, lang: Lang) -> Result<()> {
        self.count += 1;
        self.measure(name, lang.pick("en", "ja")).await
    }

    async fn measure(&mut self, name: &str, lang: &str) -> Result<()> {
        for width in WIDTHS {
            if !self.browser.set_width(width).await? {
                self.too_wide.push(format!("{name} ({lang}) at {width}"));
            }
            if let Some(directory) = &self.directory {
                let file = format!("{:02}-{name}-{lang}-{width}.png", self.count);
                std::fs::write(directory.join(file), self.browser.picture().await?)?;
            }
        }
        self.browser.reset_width().await
    }
}

/// Walks through a part of the house and fails on pages that are too wide; their pictures are numbered from `first` on.
pub(crate) async fn every_page_fits<F>(first: u32, visit: F) -> Result<()>
where
    F: AsyncFnOnce(&Walk<'_>, &mut Album<'_>) -> Result<()>,
{
    let directory = std::env::var_os("NETMILE_SCREENSHOTS").map(PathBuf::from);
    if let Some(directory) = &directory {
        std::fs::create_dir_all(directory)?;
    }
    // JavaScript is off so that the page of the signed form stays.
    with_browser(JavaScript::Off, |browser| async move {
        let mut album = Album {
            browser: &browser,
            directory,
            count: first - 1,
            too_wide: Vec::new(),
        };
        let house = House::open().await?;
        let walk = Walk {
            javascript: JavaScript::Off,
            ..Walk::new(&browser, &house)
        };
        visit(&walk, &mut album).await?;
        house.close().await;
        if album.too_wide.is_empty() {
            return Ok(());
        }
        Err(Lost(format!("too wide: {}", album.too_wide.join(", "))))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_the_three_widths() -> Result<()> {
    every_page_fits(1, async |walk, album| {
        purchase(walk, album).await?;
        refund(walk, album).await?;
        endings(walk, album).await?;
        subscription(walk, album).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_own_screens_fits_the_three_widths() -> Result<()> {
    every_page_fits(51, async |walk, album| {
        own_screen(walk, album).await?;
        metered(walk, album).await?;
        card(walk, album).await?;
        slip(walk, album).await?;
        simple_contract(walk, album).await
    })
    .await
}

async fn purchase(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    browser.open(&walk.house.gateway).await?;
    album.look("mock-start").await?;
    walk.enter().await?;
    album.look("shop-shelves").await?;
    browser.open(&page(walk, "/basket")).await?;
    album.look("shop-basket-empty").await?;
    walk.enter().await?;
    walk.fill_basket().await?;
    album.look("shop-basket").await?;
    walk.to_checkout().await?;
    album.look("shop-checkout").await?;
    browser.click("form[action='/checkout'] button").await?;
    browser.at("お支払いページへ移動します").await?;
    album.look("sdk-signed-form").await?;
    walk.to_gateway().await?;
    album.look("mock-log-in").await?;
    browser.fill("#login", "taro").await?;
    browser.fill("#password", "wrong").await?;
    browser.click("form[action$='/login'] button").await?;
    browser.says("正しくありません").await?;
    album.look("mock-log-in-wrong").await?;
    walk.log_in("taro").await?;
    album.look("mock-payment-short").await?;
    browser.click("form[action$='/paypal'] button").await?;
    browser.at("PayPalの代わりのページ").await?;
    album.look("mock-paypal").await?;
    browser.click("form[action$='/decline'] button").await?;
    walk.campaign().await?;
    album.look("mock-campaign").await?;
    browser.click("form[action$='/confirm'] > button").await?;
    browser.says("入力内容をご確認ください").await?;
    album.look("mock-campaign-problems").await?;
    walk.confirm().await?;
    album.look("mock-confirmation").await?;
    walk.register().await?;
    album.look("mock-registered").await?;
    walk.resume().await?;
    album.look("mock-payment-enough").await?;
    walk.pay().await?;
    album.look("mock-paid").await?;
    walk.to_shop().await?;
    album.look("shop-order-paid").await?;
    browser.open(&page(walk, "/orders")).await?;
    album.look("shop-orders").await
}

async fn refund(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    walk.open_order().await?;
    browser.click("form[action$='/refund'] button").await?;
    browser.says("返金手続き中").await?;
    album.look("shop-order-refund-asked").await?;
    browser.click("#management").await?;
    browser.says("サービスID").await?;
    album.look("mock-manage-log-in").await?;
    for (field, value) in [
        ("merchant_id", "99999"),
        ("service_id", "001"),
        ("password", "manage-demo"),
    ] {
        browser.fill(&format!("[name='{field}']"), value).await?;
    }
    browser
        .click("form[action$='/manage/login'] button")
        .await?;
    browser
        .open(&format!("{}/manage/terms", walk.house.gateway))
        .await?;
    browser.says("手数料は57円").await?;
    album.look("mock-manage-terms").await?;
    let list = format!("{}/manage/payments", walk.house.gateway);
    browser.open(&list).await?;
    album.look("mock-manage-payments").await?;
    browser.click("a[href*='/manage/payments/']").await?;
    album.look("mock-manage-payment").await?;
    browser
        .click("form[action$='/refund'] [name='confirmed']")
        .await?;
    browser.click("form[action$='/refund'] button").await?;
    browser.at("返金完了").await?;
    album.look("mock-manage-refunded").await?;
    browser.open(&page(walk, "/desk")).await?;
    album.look("shop-desk-log-in").await?;
    browser.fill("[name='password']", "desk-demo").await?;
    browser.click("form[action$='/desk/login'] button").await?;
    browser.says("返金").await?;
    album.look("shop-desk").await
}

async fn endings(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    walk.arrive("hanako").await?;
    browser.click(CANCEL).await?;
    browser.at("お手続きのキャンセル").await?;
    album.look("mock-cancelled").await?;
    walk.to_shop().await?;
    album.look("shop-order-open").await?;
    walk.again("hanako").await?;
    browser.click(FAIL).await?;
    browser.at("お支払いできませんでした").await?;
    album.look("mock-failed").await?;
    walk.to_shop().await?;
    walk.again("hanako").await?;
    walk.house.shop.testing().refuse_next_notice("sold out");
    browser.click(PAY).await?;
    browser.at("購入手続きが完了していません").await?;
    album.look("mock-purchase-ng").await?;
    browser
        .open(&format!("{}/member", walk.house.gateway))
        .await?;
    browser.fill("#login", "hanako").await?;
    browser.fill("#password", "hanako-demo").await?;
    browser
        .click("form[action$='/member/login'] button")
        .await?;
    browser.says("アンケート").await?;
    album.look("mock-member").await?;
    browser.open(&page(walk, "/orders")).await?;
    browser.click("ul.lines a").await?;
    album.look("shop-order-review").await?;
    browser.open(&page(walk, "/orders/none")).await?;
    album.look("shop-not-found").await?;
    walk.enter().await?;
    walk.choose().await?;
    walk.order().await?;
    browser.back().await?;
    browser.click("#netmile-checkout button").await?;
    browser.at("お手続きを始められません").await?;
    album.look("mock-refused").await
}

async fn subscription(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    browser.open(&page(walk, "/checkout?item=letter")).await?;
    walk.order().await?;
    browser.fill("#login", "hanako").await?;
    browser.fill("#password", "hanako-demo").await?;
    browser.click("form[action$='/login'] button").await?;
    browser.says("継続課金").await?;
    album.look("mock-recurring").await?;
    browser.click(PAY).await?;
    browser.at("お支払い完了").await?;
    browser.click(TO_SHOP).await?;
    browser.says("購読").await?;
    album.look("shop-subscription").await?;
    browser.click("form[action$='/end'] button").await?;
    walk.to_gateway().await?;
    browser.fill("#login", "hanako").await?;
    browser.fill("#password", "hanako-demo").await?;
    browser.click("form[action$='/login'] button").await?;
    browser.says("解約").await?;
    album.look("mock-contract-cancel").await?;
    browser.click(PAY).await?;
    browser.at("解約完了").await?;
    album.look("mock-contract-ended").await
}

/// The shop's own payment screen.
async fn own_screen(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    const NAME: &str = "form[action$='/miles/member'] button";
    const CONSENT: &str = "form[action$='/miles/pay'] button";
    let browser = walk.browser;
    walk.enter().await?;
    walk.choose().await?;
    browser.click("#way-own").await?;
    browser.click("form[action='/checkout'] button").await?;
    browser.at("マイルでお支払い").await?;
    album.look("shop-own-member").await?;
    browser.fill("#member", "nobody").await?;
    browser.click(NAME).await?;
    browser.says("確認できませんでした").await?;
    album.look("shop-own-nobody").await?;
    browser.fill("#member", "zero").await?;
    browser.click(NAME).await?;
    browser.says("不足マイル").await?;
    album.look("shop-own-short").await?;
    browser.click("main summary").await?;
    browser.fill("#member", "hanako").await?;
    browser.click(NAME).await?;
    browser.says("お支払い後の残高").await?;
    album.look("shop-own-consent").await?;
    let lost = FaultRule::once("ST01-00101", FaultKind::LostAfter);
    walk.house.mock.admin().add_fault(lost);
    browser.click(CONSENT).await?;
    browser.says("お支払いを確認中").await?;
    let order = browser.url().await?;
    album.look("shop-own-unknown").await?;
    browser.open(&page(walk, "/desk")).await?;
    browser.fill("[name='password']", "desk-demo").await?;
    browser.click("form[action$='/desk/login'] button").await?;
    browser.says("結果が確定していない請求").await?;
    album.look("shop-desk-charges").await?;
    walk.house
        .shop
        .client()
        .payments()
        .resolve(&charge(&order))
        .await?;
    browser.open(&order).await?;
    browser.says("支払い済み").await?;
    album.look("shop-own-paid").await?;
    browser.open(&page(walk, "/desk")).await?;
    album.look("shop-desk-charges-paid").await
}

/// The charge of the first try of an order, by the address of its page.
fn charge(order: &str) -> String {
    format!("{}-m1", order.rsplit('/').next().unwrap_or_default())
}

/// A subscription that the shop bills by API type.
async fn metered(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    browser
        .open(&page(walk, "/checkout?item=newspaper"))
        .await?;
    walk.order().await?;
    browser.fill("#login", "hanako").await?;
    browser.fill("#password", "hanako-demo").await?;
    browser.click("form[action$='/login'] button").await?;
    browser.says("継続課金").await?;
    browser.click(PAY).await?;
    browser.click(TO_SHOP).await?;
    browser.says("お申し込み済み").await?;
    walk.house.shop.fulfil_now().await?;
    browser.reload().await?;
    browser.says("これまでのご請求").await?;
    album.look("shop-metered").await
}

/// From the shelves to one of the shop's own screens.
async fn go_by(walk: &Walk<'_>, way: &str) -> Result<()> {
    walk.enter().await?;
    walk.choose().await?;
    walk.browser.click(&format!("#way-{way}")).await?;
    walk.browser.click("form[action='/checkout'] button").await
}

/// A card by its token: refused, reserved only, paid.
async fn card(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    const PAY_BY_CARD: &str = "form[action$='/card/pay'] button";
    const CAPTURE: &str = "ST02-00201-101";
    let browser = walk.browser;
    go_by(walk, "card").await?;
    browser.at("カードでお支払い").await?;
    album.look("shop-card").await?;
    browser.fill("#card-token", " ").await?;
    browser.click(PAY_BY_CARD).await?;
    browser.says("トークン").await?;
    album.look("shop-card-empty").await?;
    browser.fill("#card-token", "decline").await?;
    browser.click(PAY_BY_CARD).await?;
    browser.says("お支払いできませんでした").await?;
    album.look("shop-card-refused").await?;
    // Refused for as long as it takes to look at the desk, however often the shop tries again.
    let admin = walk.house.mock.admin();
    admin.add_fault(FaultRule {
        code: Some("65".to_owned()),
        times: Some(1_000),
        ..FaultRule::once(CAPTURE, FaultKind::NgResult)
    });
    browser.click(PAY_BY_CARD).await?;
    browser.says("お支払いを確認中").await?;
    walk.house.shop.fulfil_now().await?;
    album.look("shop-card-reserved").await?;
    let order = browser.url().await?;
    browser.open(&page(walk, "/desk")).await?;
    browser.says("売上確定前の請求").await?;
    album.look("shop-desk-reserved").await?;
    admin.clear_faults();
    browser
        .click("#reserved-charges form[action$='/capture'] button")
        .await?;
    browser.says("処理しました").await?;
    browser.open(&order).await?;
    browser.says("支払い済み").await?;
    album.look("shop-card-paid").await
}

/// Fills the form of a slip in, and sends it.
async fn fill_slip(browser: &Browser, tel: &str) -> Result<()> {
    browser.click("#store-002").await?;
    for (name, value) in [
        ("last_name", "見本"),
        ("first_name", "太郎"),
        ("zip", "1000001"),
        ("prefecture", "東京都"),
        ("address", "千代田区千代田1-1"),
        ("tel", tel),
        ("mail", "taro@member.example"),
    ] {
        browser.fill(&format!("#slip-{name}"), value).await?;
    }
    browser.click("form[action$='/slip'] button").await
}

/// A slip: issued, half paid, paid; another one that nobody pays.
async fn slip(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    let admin = walk.house.mock.admin();
    for ending in [SlipEvent::Confirmed, SlipEvent::Expired] {
        go_by(walk, "slip").await?;
        browser.at("コンビニでお支払い").await?;
        if ending == SlipEvent::Confirmed {
            album.look("shop-slip").await?;
            fill_slip(browser, "03-1234567").await?;
            browser.says("入力内容をご確認ください").await?;
            // The switch of the language leads to an empty form.
            album.look("shop-slip-again").await?;
        }
        fill_slip(browser, "0312345678").await?;
        browser.says("お支払い番号").await?;
        let order = browser.url().await?;
        let id = order.rsplit('/').next().unwrap_or_default();
        let charge = walk.house.shop.client().payments();
        let charge = charge.get(&format!("{id}-s1")).await?;
        let tracking_id = charge.tracking_id.unwrap_or_default();
        if ending == SlipEvent::Confirmed {
            album.look("shop-slip-issued").await?;
            admin.api_slip(&tracking_id, ending, Some(100)).await?;
            browser.reload().await?;
            browser.says("入金済みの額").await?;
            album.look("shop-slip-half").await?;
            // Of two notices of one second the gateway would first have to tell which is the later.
            admin.advance(1).await?;
        }
        admin.api_slip(&tracking_id, ending, None).await?;
        walk.house.shop.fulfil_now().await?;
        browser.reload().await?;
        if ending == SlipEvent::Confirmed {
            browser.says("発送済み").await?;
            album.look("shop-slip-paid").await?;
        } else {
            browser.says("お支払い期限切れ").await?;
            album.look("shop-slip-expired").await?;
        }
    }
    browser.open(&page(walk, "/desk")).await?;
    browser.says("銀行振込").await?;
    album.look("shop-desk-slip").await
}

/// A subscription that the gateway bills, applied for on the shop's own screen.
async fn simple_contract(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    browser.open(&page(walk, "/checkout?item=letter")).await?;
    album.look("shop-checkout-subscription").await?;
    browser.click("#way-own").await?;
    browser.click("form[action='/checkout'] button").await?;
    browser.fill("#member", "hanako").await?;
    browser
        .click("form[action$='/miles/member'] button")
        .await?;
    browser.says("毎月1日").await?;
    album.look("shop-contract-consent").await?;
    browser.click("form[action$='/miles/pay'] button").await?;
    browser.says("お申し込み済み").await?;
    walk.house.shop.fulfil_now().await?;
    browser.reload().await?;
    browser.says("購読中").await?;
    album.look("shop-contract").await?;
    let order = browser.url().await?;
    browser.open(&page(walk, "/desk")).await?;
    album.look("shop-desk-contract").await?;
    browser
        .click("form[action$='/refund_month'] button")
        .await?;
    browser.says("返金済みの月").await?;
    album.look("shop-desk-month-refunded").await?;
    browser.open(&order).await?;
    browser.click("form[action$='/end'] button").await?;
    browser.says("解約済み").await?;
    album.look("shop-contract-ended").await
}

pub(crate) fn page(walk: &Walk<'_>, path: &str) -> String {
    format!("{}{path}", walk.house.shop.url())
}
