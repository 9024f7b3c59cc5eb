//! Pictures of everything about miles: the shop's exchange and thanks, the tag, the member's pages, the office. On the
//! way the office is worked with as its people do.

use std::path::PathBuf;

use netmile::Lang;
use netmile_tests::browser::{Browser, Result, equal};

use crate::miles::GET;
use crate::pictures::{Album, every_page_fits, page};
use crate::walk::Walk;

/// Two campaigns of the demo site: variable at once, variable after days.
const AT_ONCE: &str = "46256";
const HELD: &str = "46257";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_about_miles_fits_the_three_widths() -> Result<()> {
    every_page_fits(101, async |walk, album| {
        exchange_of_points(walk, album).await?;
        thanks(walk, album).await?;
        member(walk, album).await?;
        for lang in [Lang::Ja, Lang::En] {
            office(walk, album, lang).await?;
        }
        Ok(())
    })
    .await
}

async fn exchange_of_points(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    walk.enter().await?;
    browser.click("nav a[href='/points']").await?;
    browser.at("ポイント交換のご案内").await?;
    album.look("shop-points").await?;
    browser.click("a.go[href='/points/apply']").await?;
    album.look("shop-points-apply").await?;
    browser.fill("#mail", "nobody@member.example").await?;
    browser.click("form[action='/points/apply'] button").await?;
    browser.at("ポイント交換ができませんでした").await?;
    album.look("shop-points-not-registered").await?;
    for picture in ["shop-points-done", "shop-points-again"] {
        browser.open(&page(walk, "/points/apply")).await?;
        browser.fill("#mail", "taro@member.example").await?;
        browser.click("form[action='/points/apply'] button").await?;
        browser.says("ポイント交換が完了しました").await?;
        album.look(picture).await?;
    }
    browser.open(&page(walk, "/points/apply")).await?;
    browser.says("まだ貯まっていません").await?;
    album.look("shop-points-too-few").await
}

async fn thanks(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    walk.arrive("hanako").await?;
    walk.pay().await?;
    walk.to_shop().await?;
    album.look("shop-order-with-reward").await?;
    browser.click("a.go[href$='/thanks']").await?;
    browser.at("お買い上げありがとうございます").await?;
    album.look("shop-thanks").await?;
    let tag = browser.target("#reward a", "href").await?;
    browser.open(tag.as_str()).await?;
    browser.at("マイルを受け取る").await?;
    album.look("mock-mile-get").await?;
    browser.fill("#mail", "nobody@member.example").await?;
    browser.click(GET).await?;
    browser.says("11022").await?;
    album.look("mock-mile-get-unknown").await?;
    browser.fill("#mail", "taro@member.example").await?;
    browser.click(GET).await?;
    browser.at("マイル発行の受付").await?;
    album.look("mock-mile-got").await?;
    let altered = tag.as_str().replace("param3=", "param3=0");
    browser.open(&altered).await?;
    browser.says("13005").await?;
    album.look("mock-mile-refused").await
}

/// The member exchanges miles for a reward, once however often the form comes.
async fn member(walk: &Walk<'_>, album: &mut Album<'_>) -> Result<()> {
    let browser = walk.browser;
    let house = walk.house;
    browser.open(&format!("{}/member", house.gateway)).await?;
    browser.fill("#login", "taro").await?;
    browser.fill("#password", "taro-demo").await?;
    browser
        .click("form[action$='/member/login'] button")
        .await?;
    browser.click("nav a[href='/member/rewards']").await?;
    browser.at("特典に交換する").await?;
    album.look("mock-rewards").await?;
    browser.click("a[href='/member/rewards/bank']").await?;
    album.look("mock-reward").await?;
    let before = house.balance("taro").await?;
    browser
        .double_click("form[action='/member/rewards/bank'] button")
        .await?;
    browser.says("手数料はかかっていません").await?;
    album.look("mock-member-exchanged").await?;
    equal("miles", house.balance("taro").await?, before - 500)?;
    browser
        .click("nav form[action='/member/logout'] button")
        .await?;
    browser.fill("#login", "zero").await?;
    browser.fill("#password", "zero-demo").await?;
    browser
        .click("form[action$='/member/login'] button")
        .await?;
    browser.click("nav a[href='/member/rewards']").await?;
    browser.click("a[href='/member/rewards/donation']").await?;
    album.look("mock-reward-short").await
}

/// A page of the management site.
struct Desk<'d, 'w, 'a> {
    walk: &'d Walk<'w>,
    album: &'d mut Album<'a>,
    lang: Lang,
}

impl Desk<'_, '_, '_> {
    fn browser(&self) -> &Browser {
        self.walk.browser
    }

    async fn open(&self, path: &str) -> Result<()> {
        let url = format!("{}/manage/miles{path}", self.walk.house.gateway);
        self.browser().open(&url).await
    }

    async fn says(&self, en: &str, ja: &str) -> Result<()> {
        self.browser().says(self.lang.pick(en, ja)).await
    }

    /// A page that can be fetched: seen in both languages the first time.
    async fn look(&mut self, name: &str) -> Result<()> {
        match self.lang {
            Lang::Ja => self.album.look(name).await,
            Lang::En => Ok(()),
        }
    }

    /// The answer to a form.
    async fn look_at(&mut self, name: &str) -> Result<()> {
        self.album.look_at(name, self.lang).await
    }
}

/// All of the management site and the staff's page.
async fn office(walk: &Walk<'_>, album: &mut Album<'_>, lang: Lang) -> Result<()> {
    let browser = walk.browser;
    let mut desk = Desk { walk, album, lang };
    desk.open(lang.pick("?lang=en", "?lang=ja")).await?;
    if lang == Lang::Ja {
        desk.look("office-log-in").await?;
        browser.fill("#site_id", "8763").await?;
        browser.fill("#password", "manage-demo").await?;
        browser.click("form[action$='/login'] button").await?;
    }
    desk.says("Campaigns", "キャンペーン一覧").await?;
    desk.look("office-home").await?;
    desk.open("/kit").await?;
    desk.look("office-kit").await?;
    by_hand(&mut desk).await?;
    by_file(&mut desk).await?;
    desk.open("/reverse").await?;
    desk.look("office-reverse").await?;
    exchange_file(&mut desk).await?;
    cancel(&mut desk).await?;
    desk.open("/bill").await?;
    desk.look("office-bill").await
}

async fn by_hand(desk: &mut Desk<'_, '_, '_>) -> Result<()> {
    const CONFIRM: &str = "form[action$='/issue/confirm'] button:not([formaction])";
    let browser = desk.walk.browser;
    desk.open(&format!("/campaigns/{AT_ONCE}/issue")).await?;
    desk.look("office-hand").await?;
    browser
        .fill("[name='mail1']", "taro@member.example")
        .await?;
    browser.fill("[name='miles1']", "1,000").await?;
    browser.click(CONFIRM).await?;
    desk.says("Please check", "入力内容をご確認ください")
        .await?;
    desk.look_at("office-hand-problems").await?;
    browser.fill("[name='key1']", "C0001").await?;
    browser.fill("[name='miles1']", "100").await?;
    for (name, value) in [
        ("mail2", "nobody@member.example"),
        ("key2", "C0002"),
        ("miles2", "100"),
    ] {
        browser.fill(&format!("[name='{name}']"), value).await?;
    }
    browser.click(CONFIRM).await?;
    desk.says("What will be issued", "発行する内容").await?;
    desk.look_at("office-hand-confirm").await?;
    browser.click("form[action$='/issue/done'] button").await?;
    desk.says("41053", "41053").await?;
    desk.look_at("office-hand-done").await
}

/// A file of three rows, two of them wrong, written where tests may write.
fn file(name: &str, content: &str) -> Result<PathBuf> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content)?;
    Ok(path)
}

/// Upload, error list, and the end of both lists.
async fn by_file(desk: &mut Desk<'_, '_, '_>) -> Result<()> {
    const CONFIRM: &str = "form[action$='/csv/confirm'] button:not([formaction])";
    let browser = desk.walk.browser;
    let before = desk.walk.house.balance("taro").await?;
    desk.open(&format!("/campaigns/{AT_ONCE}/csv")).await?;
    desk.look("office-csv").await?;
    browser.click(CONFIRM).await?;
    desk.says("Choose a file", "登録ファイルを選んで").await?;
    desk.look_at("office-csv-problems").await?;
    let rows = "taro@member.example,C0001,10\r\nnobody@member.example,C0002,20\r\ntaro@member.example,C0003,501\r\n";
    let rows = file("browser-upload.csv", rows)?;
    browser.attach("#file", &rows).await?;
    browser.click(CONFIRM).await?;
    browser.says("browser-upload.csv").await?;
    desk.look_at("office-csv-confirm").await?;
    browser.click("form[action$='/csv/done'] button").await?;
    browser.says("41053").await?;
    browser.says("12006").await?;
    desk.look("office-registration").await?;
    equal("taro", desk.walk.house.balance("taro").await?, before + 10)?;
    let registration = browser.url().await?;
    browser.click("a[href*='/codes/']").await?;
    desk.says("Rows with code", "エラー内訳").await?;
    desk.look("office-codes").await?;
    desk.open("/registrations").await?;
    browser.says("CSV").await?;
    desk.look("office-registrations").await?;
    browser.open(&registration).await?;
    browser.click("a[href$='/delete']").await?;
    desk.look("office-lists-delete").await?;
    browser.click("form[action$='/delete'] button").await?;
    desk.says("The lists are deleted", "リストは削除済みです")
        .await?;
    desk.look("office-lists-deleted").await?;
    equal("lists", browser.has("a[href$='.csv']").await?, false)
}

async fn exchange_file(desk: &mut Desk<'_, '_, '_>) -> Result<()> {
    let browser = desk.walk.browser;
    desk.open("/exchange").await?;
    desk.look("office-exchange").await?;
    let number = desk.lang.pick("2", "1");
    let name = format!("NMEXC_8763_20260102030{number}.csv");
    let rows = "NM10000002,C1,100\r\nnobody@member.example,C2,50\r\n";
    browser.attach("#file", &file(&name, rows)?).await?;
    browser.click("form[action$='/exchange'] button").await?;
    desk.says("Some rows were not issued", "発行できなかった行")
        .await?;
    desk.look_at("office-exchange-done").await
}

/// Held miles go at once, valid ones when the staff approves.
async fn cancel(desk: &mut Desk<'_, '_, '_>) -> Result<()> {
    let browser = desk.walk.browser;
    let house = desk.walk.house;
    desk.open(&format!("/campaigns/{HELD}/issue")).await?;
    for (name, value) in [
        ("mail1", "hanako@member.example"),
        ("key1", desk.lang.pick("EN1", "JA1")),
        ("miles1", "30"),
    ] {
        browser.fill(&format!("[name='{name}']"), value).await?;
    }
    browser
        .click("form[action$='/issue/confirm'] button:not([formaction])")
        .await?;
    browser.click("form[action$='/issue/done'] button").await?;
    desk.says("The miles are issued", "マイルの発行が完了しました")
        .await?;
    let before = house.balance("hanako").await?;
    house.mock.admin().advance(8 * 86_400).await?;
    equal("deposited", house.balance("hanako").await?, before + 30)?;
    desk.open(&format!("/campaigns/{HELD}/history")).await?;
    desk.look("office-history").await?;
    browser.click("[name='id']").await?;
    browser.choose("#reason", "returned_goods").await?;
    browser
        .click("form[action$='/history/confirm'] button")
        .await?;
    desk.says("Apply for the cancellation", "まとめて取消申請する")
        .await?;
    desk.look_at("office-cancel-confirm").await?;
    browser
        .click("form[action$='/history/cancel'] button")
        .await?;
    desk.says("Application received", "取消申請を受け付けました")
        .await?;
    desk.look_at("office-cancel-done").await?;
    browser.open(&format!("{}/staff", house.gateway)).await?;
    desk.look("staff").await?;
    equal("until then", house.balance("hanako").await?, before + 30)?;
    browser
        .click("form[action='/staff'] button[value='approve']")
        .await?;
    desk.says("Approved", "承認し、マイルを取り消しました")
        .await?;
    desk.look_at("staff-approved").await?;
    equal("cancelled", house.balance("hanako").await?, before)
}
