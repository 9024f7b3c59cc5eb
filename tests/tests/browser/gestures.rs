//! Every gesture of `tests/browser/gestures.md`: the page it ends on, and what the books say.

use netmile_tests::browser::{Browser, JavaScript, Lost, Result, equal, with_browser};

use crate::house::{Books, House};
use crate::walk::{CANCEL, FAIL, PAY, TO_SHOP, Walk};

const TABLE: &str = include_str!("../../browser/gestures.md");

/// The gestures of a browser with JavaScript.
const WITH_SCRIPTS: &[&str] = &[
    "whole_journey",
    "reload_every_page",
    "back_on_every_page",
    "back_to_the_checkout",
    "refused_then_again",
    "double_click_on_order",
    "double_click_on_pay",
    "posts_in_parallel",
    "two_tabs_one_order",
    "stale_tab",
    "two_attempts_one_paid",
    "two_attempts_both_paid",
    "cancel_at_log_in",
    "cancel_then_pay",
    "error_at_gateway",
    "error_then_pay",
    "never_presses_back",
    "return_twice",
    "pays_when_paid",
    "rest_by_paypal",
    "paypal_declined",
    "pays_after_giving_up",
    "shop_refuses",
];

/// The gestures of a browser without.
const WITHOUT_SCRIPTS: &[&str] = &["no_javascript", "no_javascript_reload"];

/// A page that shows whether its script ran.
const PROBE: &str =
    "data:text/html,<h1>off</h1><script>document.querySelector('h1').textContent='on'</script>";

/// One row of the table.
struct Row {
    gesture: &'static str,
    page: [&'static str; 2],
    says: &'static str,
    books: Books,
}

fn rows() -> Vec<Row> {
    let cells = |line: &'static str| -> Vec<&'static str> {
        line.trim_matches('|').split('|').map(str::trim).collect()
    };
    let table = TABLE.lines().filter(|line| line.starts_with('|')).skip(2);
    table
        .map(|line| {
            let cells = cells(line);
            assert_eq!(cells.len(), 13, "{line}");
            let number = |index: usize| cells[index].parse().unwrap();
            Row {
                gesture: cells[0],
                page: [cells[3], cells[4]],
                says: cells[5],
                books: Books {
                    debits: number(6),
                    paypal: number(7),
                    notices: number(8),
                    paid: number(9),
                    sent: number(10),
                    attempts: number(11),
                    phases: cells[12].to_owned(),
                },
            }
        })
        .collect()
}

#[test]
fn every_row_has_a_test_and_every_test_a_row() {
    let mut written: Vec<_> = rows().iter().map(|row| row.gesture).collect();
    let mut tested = [WITH_SCRIPTS, WITHOUT_SCRIPTS].concat();
    written.sort_unstable();
    tested.sort_unstable();
    assert_eq!(written, tested);
}

#[tokio::test(flavor = "multi_thread")]
async fn gestures() -> Result<()> {
    with_browser(JavaScript::On, |browser| async move {
        browser.open(PROBE).await?;
        browser.at("on").await?;
        run(&browser, JavaScript::On, WITH_SCRIPTS).await?;
        equal("console errors", browser.console_errors().await?, vec![])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn gestures_without_javascript() -> Result<()> {
    with_browser(JavaScript::Off, |browser| async move {
        browser.open(PROBE).await?;
        browser.at("off").await?;
        run(&browser, JavaScript::Off, WITHOUT_SCRIPTS).await
    })
    .await
}

/// Does the gestures one after the other, each in a house of its own, and reports all that failed.
async fn run(browser: &Browser, javascript: JavaScript, gestures: &[&str]) -> Result<()> {
    let mut failures = Vec::new();
    for row in rows() {
        if !gestures.contains(&row.gesture) {
            continue;
        }
        browser.forget().await?;
        let house = House::open().await?;
        let walk = Walk {
            javascript,
            ..Walk::new(browser, &house)
        };
        if let Err(lost) = check(&walk, &row).await {
            failures.push(format!("{}: {lost}", row.gesture));
        }
        house.close().await;
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(Lost(failures.join("\n\n")))
}

async fn check(walk: &Walk<'_>, row: &Row) -> Result<()> {
    let first = walk.browser.tab().await?;
    let done = perform(walk, row.gesture).await;
    let compared = match done {
        Ok(()) => compare(walk, row).await,
        lost => lost,
    };
    let told = match compared {
        Ok(()) => Ok(()),
        Err(lost) => Err(walk.browser.on_page(lost).await),
    };
    walk.browser.keep_only(&first).await?;
    told
}

async fn compare(walk: &Walk<'_>, row: &Row) -> Result<()> {
    let browser = walk.browser;
    let [en, ja] = row.page;
    browser.at(ja).await?;
    browser.says(row.says).await?;
    equal("books", walk.house.books().await?, row.books.clone())?;
    // The answer to a POST has no address to be shown again at; every other page has.
    let switch = "a[hreflang='en']:is([href*='/pay/'], [href*='/orders/'])";
    if browser.has(switch).await? {
        browser.click(switch).await?;
        browser.at(en).await?;
    }
    // Looking at the pages changes nothing.
    equal("books, later", walk.house.books().await?, row.books.clone())
}

async fn perform(walk: &Walk<'_>, gesture: &str) -> Result<()> {
    let browser = walk.browser;
    match gesture {
        "whole_journey" | "no_javascript" => {
            walk.arrive("taro").await?;
            walk.earn().await?;
            walk.pay().await?;
            walk.to_shop().await
        }
        "reload_every_page" => on_every_page(walk, async || browser.reload().await).await,
        "back_on_every_page" => {
            on_every_page(walk, async || {
                browser.back().await?;
                browser.forward().await?;
                // The confirmation answers a POST: the browser asks before it posts the values again.
                if browser.text().await?.contains("ERR_CACHE_MISS") {
                    browser.reload().await?;
                }
                Ok(())
            })
            .await
        }
        "back_to_the_checkout" => order_again(walk).await,
        "refused_then_again" => {
            order_again(walk).await?;
            walk.open_order().await?;
            walk.pay_again("hanako").await
        }
        "double_click_on_order" => {
            walk.enter().await?;
            walk.choose().await?;
            browser
                .double_click("form[action='/checkout'] button")
                .await?;
            walk.to_gateway().await?;
            walk.finish("hanako").await
        }
        "double_click_on_pay" => {
            walk.arrive("hanako").await?;
            browser.double_click(PAY).await?;
            walk.at("Payment complete", "お支払い完了").await
        }
        "posts_in_parallel" => {
            walk.arrive("hanako").await?;
            post_in_parallel(browser).await?;
            browser.reload().await?;
            walk.at("Payment complete", "お支払い完了").await
        }
        "two_tabs_one_order" => {
            walk.arrive("hanako").await?;
            let (first, page) = (browser.tab().await?, browser.url().await?);
            let second = browser.new_tab().await?;
            browser.open(&page).await?;
            walk.at("Payment", "お支払い").await?;
            browser.show(&first).await?;
            walk.pay().await?;
            browser.show(&second).await?;
            walk.pay().await?;
            walk.to_shop().await?;
            browser.show(&first).await?;
            walk.to_shop().await
        }
        "stale_tab" => {
            walk.arrive("taro").await?;
            let (first, page) = (browser.tab().await?, browser.url().await?);
            browser.new_tab().await?;
            browser.open(&page).await?;
            walk.earn().await?;
            browser.show(&first).await?;
            browser.click("form[action$='/paypal'] button").await
        }
        "two_attempts_one_paid" => {
            two_attempts(walk).await?;
            walk.pay().await?;
            walk.to_shop().await
        }
        "two_attempts_both_paid" => {
            let first = two_attempts(walk).await?;
            walk.pay().await?;
            walk.to_shop().await?;
            browser.show(&first).await?;
            browser.click(PAY).await?;
            browser.says("マイル残高が変わりました").await?;
            walk.pay().await?;
            walk.to_shop().await
        }
        "cancel_at_log_in" => {
            walk.enter().await?;
            walk.choose().await?;
            walk.order().await?;
            cancel(walk).await
        }
        "cancel_then_pay" => {
            walk.arrive("taro").await?;
            cancel(walk).await?;
            walk.pay_again("hanako").await
        }
        "error_at_gateway" => {
            walk.arrive("hanako").await?;
            fail(walk).await
        }
        "error_then_pay" => {
            walk.arrive("hanako").await?;
            fail(walk).await?;
            walk.pay_again("hanako").await
        }
        "never_presses_back" => {
            walk.arrive("hanako").await?;
            walk.pay().await?;
            walk.open_order().await
        }
        "return_twice" => {
            walk.arrive("hanako").await?;
            walk.pay().await?;
            walk.to_shop().await?;
            browser.back().await?;
            walk.at("Payment complete", "お支払い完了").await?;
            walk.to_shop().await
        }
        "pays_when_paid" => {
            walk.arrive("hanako").await?;
            walk.pay().await?;
            let id = walk.order_id().await?;
            let page = format!("{}/orders/{id}/pay", walk.house.shop.url());
            browser.open(&page).await
        }
        "rest_by_paypal" => {
            walk.arrive("taro").await?;
            to_paypal(walk).await?;
            browser.says("100円").await?;
            browser
                .double_click("form[action$='/approve'] button")
                .await?;
            walk.at("Payment complete", "お支払い完了").await?;
            walk.to_shop().await?;
            equal("miles left", walk.house.balance("taro").await?, 4)
        }
        "paypal_declined" => {
            walk.arrive("taro").await?;
            to_paypal(walk).await?;
            browser.click("form[action$='/decline'] button").await?;
            walk.at("Payment", "お支払い").await?;
            walk.earn().await?;
            walk.pay().await?;
            walk.to_shop().await
        }
        "pays_after_giving_up" => {
            walk.arrive("hanako").await?;
            let payment = browser.tab().await?;
            let shop = browser.new_tab().await?;
            walk.open_order().await?;
            browser.click(CANCEL).await?;
            browser.says("取り消し済み").await?;
            browser.show(&payment).await?;
            walk.pay().await?;
            browser.show(&shop).await?;
            browser.reload().await
        }
        "shop_refuses" => {
            walk.arrive("hanako").await?;
            walk.house.shop.testing().refuse_next_notice("sold out");
            browser.click(PAY).await
        }
        "no_javascript_reload" => {
            walk.enter().await?;
            walk.choose().await?;
            browser.click("form[action='/checkout'] button").await?;
            let form = "お支払いページへ移動します";
            browser.at(form).await?;
            browser.reload().await?;
            browser.at(form).await?;
            walk.to_gateway().await?;
            browser.back().await?;
            browser.at(form).await?;
            browser.click("#netmile-checkout button").await
        }
        unknown => Err(Lost(format!("no test does {unknown}"))),
    }
}

/// The whole journey with the same gesture on every page; each page stays what it was.
async fn on_every_page(
    walk: &Walk<'_>,
    mut gesture: impl AsyncFnMut() -> Result<()>,
) -> Result<()> {
    let mut stay = async |heading: &str| -> Result<()> {
        gesture().await?;
        walk.browser.at(heading).await
    };
    walk.enter().await?;
    stay("商品一覧").await?;
    walk.choose().await?;
    stay("ご注文手続き").await?;
    walk.order().await?;
    stay("ネットマイルにログイン").await?;
    walk.log_in("taro").await?;
    stay("お支払い").await?;
    walk.campaign().await?;
    stay("A社 会員登録キャンペーン").await?;
    walk.confirm().await?;
    stay("登録内容の確認").await?;
    walk.confirmed().await?;
    walk.register().await?;
    stay("登録完了").await?;
    walk.resume().await?;
    stay("お支払い").await?;
    walk.pay().await?;
    stay("お支払い完了").await?;
    walk.to_shop().await?;
    stay("ご注文の詳細").await?;
    equal("miles left", walk.house.balance("taro").await?, 6)
}

/// Orders, goes back from the gateway, orders again: the gateway refuses the used id.
async fn order_again(walk: &Walk<'_>) -> Result<()> {
    walk.enter().await?;
    walk.choose().await?;
    walk.order().await?;
    walk.browser.back().await?;
    walk.at("Checkout", "ご注文手続き").await?;
    walk.browser
        .click("form[action='/checkout'] button")
        .await?;
    walk.at("The request was refused", "お手続きを始められません")
        .await
}

async fn cancel(walk: &Walk<'_>) -> Result<()> {
    walk.browser.click(CANCEL).await?;
    walk.at("Cancelled", "お手続きのキャンセル").await?;
    walk.to_shop().await
}

async fn fail(walk: &Walk<'_>) -> Result<()> {
    walk.browser.click(FAIL).await?;
    walk.at("The payment failed", "お支払いできませんでした")
        .await?;
    walk.browser.says("4301").await?;
    walk.browser.reload().await?;
    walk.browser.click(TO_SHOP).await?;
    walk.at("Order", "ご注文の詳細").await
}

async fn to_paypal(walk: &Walk<'_>) -> Result<()> {
    walk.browser.click("form[action$='/paypal'] button").await?;
    walk.at("Stand-in for PayPal", "PayPalの代わりのページ")
        .await
}

/// Two tabs, each with a payment page of its own attempt; the second is in front.
async fn two_attempts(walk: &Walk<'_>) -> Result<netmile_tests::browser::Tab> {
    walk.arrive("hanako").await?;
    let first = walk.browser.tab().await?;
    walk.browser.new_tab().await?;
    walk.open_order().await?;
    walk.again("hanako").await?;
    Ok(first)
}

/// Posts the payment page's form eight times at once, as impatient clicks and broken proxies do.
async fn post_in_parallel(browser: &Browser) -> Result<()> {
    let action = browser.target("form[action$='/pay']", "action").await?;
    let revision = browser
        .value("form[action$='/pay'] [name='revision']")
        .await?;
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let posts: Vec<_> = (0..8)
        .map(|_| {
            let post = http
                .post(action.clone())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(format!("revision={revision}"));
            tokio::spawn(post.send())
        })
        .collect();
    for post in posts {
        equal("status", post.await??.status().as_u16(), 303)?;
    }
    Ok(())
}
