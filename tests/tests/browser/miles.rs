//! Miles in the browser: the mile-get tag of the thank-you page, and what it does not protect.

use netmile::Miles;
use netmile::miles::tag::{MileTag, SignedTag, TagOrigin};
use netmile::miles::{DesignatedKey, HistorySearch, IssueRule};
use netmile::time::Timestamp;
use netmile_tests::browser::{Browser, JavaScript, Result, equal, with_browser};

use crate::house::House;
use crate::walk::Walk;

/// The button マイルGET! behind the tag.
pub(crate) const GET: &str = "form:has(#mail) button";
/// Key of the mock's demo site.
const KEY: (&str, &[u8]) = ("demo-key-1", b"demo-secret-of-the-mock-not-a-secret-1");

#[tokio::test(flavor = "multi_thread")]
async fn the_tag_gives_miles_and_what_is_signed_cannot_be_altered() -> Result<()> {
    with_browser(JavaScript::On, |browser| async move {
        let house = House::open().await?;
        let walk = Walk::new(&browser, &house);
        from_the_thank_you_page(&walk).await?;
        // Nothing was kept from loading: the policy of the page lets the banner in.
        equal("console errors", browser.console_errors().await?, vec![])?;
        altered(&walk).await?;
        house.close().await;
        Ok(())
    })
    .await
}

/// Paid, thanked, clicked: 100 miles, and the banner's window is another one.
async fn from_the_thank_you_page(walk: &Walk<'_>) -> Result<()> {
    let browser = walk.browser;
    walk.arrive("hanako").await?;
    walk.pay().await?;
    walk.to_shop().await?;
    let order = walk.order_id().await?;
    browser.click("a.go[href$='/thanks']").await?;
    browser.at("お買い上げありがとうございます").await?;
    let wide = browser.property("#reward img", "naturalWidth").await?;
    equal("width of the banner", wide.as_str(), "234")?;
    let thanks = browser.tab().await?;
    browser.click("#reward a").await?;
    browser.show_other_than(&thanks).await?;
    browser.at("マイルを受け取る").await?;
    browser.says("100mile").await?;
    take(browser, "taro@member.example").await?;
    equal("miles of taro", walk.house.balance("taro").await?, 500)?;
    browser.keep_only(&thanks).await?;
    browser.at("お買い上げありがとうございます").await?;
    // The history tells from the next day on which order it was for.
    walk.house.mock.admin().advance(86_400).await?;
    let miles = walk.house.shop.client().miles();
    let search = HistorySearch::default();
    let found = miles.history().search("46255", &search).await?;
    let keys = found
        .rows
        .items
        .iter()
        .map(|row| row.designated_key.as_str());
    equal("keys of the history", keys.collect(), vec![order.as_str()])
}

async fn take(browser: &Browser, mail: &str) -> Result<()> {
    browser.fill("#mail", mail).await?;
    browser.click(GET).await?;
    browser.at("マイル発行の受付").await
}

/// Another key and fifty times the miles: the published tag lets it happen, the signed link does not.
async fn altered(walk: &Walk<'_>) -> Result<()> {
    let (browser, house) = (walk.browser, walk.house);
    let rule = IssueRule::Variable {
        min: Miles::new(10),
        max: Miles::new(500),
    };
    let tag = MileTag::new("8763", "46256", rule, Some(Miles::new(10)))?;
    let tag = tag.with_key(DesignatedKey::new("MEMBER1")?);
    let origin = TagOrigin::new(&house.gateway)?;
    let alter = |url: &str| {
        let url = url.replace("MEMBER1", "MEMBER2");
        url.replace("mile=10", "mile=500")
    };
    let before = house.balance("taro").await?;
    browser.open(&alter(&tag.url(&origin))).await?;
    browser.says("500mile").await?;
    take(browser, "taro@member.example").await?;
    equal("altered", house.balance("taro").await?, before + 500)?;

    let until = Timestamp::from_unix(house.mock.admin().clock().unix + 3_600);
    let signed = SignedTag::new(tag, "ORDER-1", until)?.url(&origin, KEY.0, KEY.1)?;
    browser.open(&alter(&signed)).await?;
    browser.at("マイルを発行できません").await?;
    browser.says("13005").await?;
    browser.open(&signed).await?;
    browser.says("10mile").await?;
    take(browser, "taro@member.example").await?;
    equal("signed", house.balance("taro").await?, before + 510)?;
    // Once only.
    browser.open(&signed).await?;
    browser.fill("#mail", "taro@member.example").await?;
    browser.click(GET).await?;
    browser.at("マイルを発行できません").await?;
    equal("used", house.balance("taro").await?, before + 510)
}
