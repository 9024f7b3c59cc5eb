//! The worked example, digit for digit: 300 yen, 400 miles, 200 short, a campaign of 200, 600, paid.

use netmile::Lang;
use netmile_tests::browser::{Browser, JavaScript, Result, equal, with_browser};

use crate::house::{Books, House};
use crate::walk::{PAY, Walk};

#[tokio::test(flavor = "multi_thread")]
async fn shortfall_campaign_and_payment_in_both_languages() -> Result<()> {
    with_browser(JavaScript::On, |browser| async move {
        for lang in [Lang::Ja, Lang::En] {
            whole(&browser, lang).await?;
        }
        equal("console errors", browser.console_errors().await?, vec![])
    })
    .await
}

async fn whole(browser: &Browser, lang: Lang) -> Result<()> {
    let house = House::open().await?;
    let walk = Walk {
        lang,
        ..Walk::new(browser, &house)
    };
    browser.forget().await?;
    worked_example(&walk).await?;
    house.close().await;
    Ok(())
}

async fn worked_example(walk: &Walk<'_>) -> Result<()> {
    let browser = walk.browser;
    walk.arrive("taro").await?;
    for (en, ja) in [
        ("Amount (tax included)\n¥300", "お支払い金額(税込)\n300円"),
        ("Balance\n400 mile (= ¥200)", "残高\n400mile(=200円)"),
        (
            "Missing miles\n200 mile (= ¥100)",
            "不足マイル数\n200mile(=100円)",
        ),
        ("Earn miles now", "今すぐマイルを貯める"),
    ] {
        walk.says(en, ja).await?;
    }
    equal("pay button", browser.has(PAY).await?, false)?;
    walk.earn().await?;
    equal("balance", walk.house.balance("taro").await?, 600)?;
    walk.says("Balance\n600 mile (= ¥300)", "残高\n600mile(=300円)")
        .await?;
    for gone in ["Missing", "不足", "Earn miles", "今すぐ"] {
        browser.lacks(gone).await?;
    }
    walk.pay().await?;
    walk.says("600 mile (= ¥300)", "600mile(=300円)").await?;
    walk.to_shop().await?;
    walk.says("Paid", "支払い済み").await?;
    equal("miles left", walk.house.balance("taro").await?, 6)?;
    let wanted = Books {
        debits: 1,
        paypal: 0,
        paid: 1,
        notices: 1,
        sent: 1,
        attempts: 1,
        phases: "paid".to_owned(),
    };
    equal("books", walk.house.books().await?, wanted)?;
    browser.reload().await?;
    walk.says("Sent", "発送済み").await
}
