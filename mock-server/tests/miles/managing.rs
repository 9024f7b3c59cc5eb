//! The management site and the staff's page, as a browser without scripts uses them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::client::{DAY, Site, cp932, from_cp932};

struct Browser<'a> {
    site: &'a Site,
    cookie: String,
}

fn coded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// The hidden fields of a page.
fn hidden(page: &str) -> Vec<(String, String)> {
    page.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once("\" value=\"").unwrap();
            let (value, _) = rest.split_once('"').unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

impl<'a> Browser<'a> {
    async fn log_in(site: &'a Site) -> Self {
        let mut browser = Self {
            site,
            cookie: String::new(),
        };
        let fields = [("site_id", "8763"), ("password", "manage-demo")];
        let response = browser.send("/manage/miles/login", &fields).await;
        assert_eq!(response.status(), 303);
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        browser.cookie = cookie.split(';').next().unwrap().to_owned();
        browser
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.site.mock.url())
    }

    fn http(&self) -> reqwest::Client {
        let plain = reqwest::redirect::Policy::none();
        reqwest::Client::builder()
            .no_proxy()
            .redirect(plain)
            .build()
            .unwrap()
    }

    async fn send(&self, path: &str, fields: &[(&str, &str)]) -> reqwest::Response {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(n, v)| format!("{n}={}", coded(v)))
            .collect();
        self.http()
            .post(self.url(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", &self.cookie)
            .body(pairs.join("&"))
            .send()
            .await
            .unwrap()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> String {
        self.send(path, fields).await.text().await.unwrap()
    }

    async fn fetch(&self, path: &str) -> (u16, Vec<u8>) {
        let request = self.http().get(self.url(path));
        let response = request.header("Cookie", &self.cookie).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.bytes().await.unwrap().to_vec())
    }

    async fn get(&self, path: &str) -> String {
        let (status, bytes) = self.fetch(path).await;
        assert_eq!(status, 200, "{path}");
        String::from_utf8(bytes).unwrap()
    }

    async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> String {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(
                format!(
                    "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: text/csv\r\n\r\n", file.0)
                .as_bytes(),
        );
        body.extend_from_slice(file.1);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let response = self
            .http()
            .post(self.url(path))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .header("Cookie", &self.cookie)
            .body(body)
            .send()
            .await
            .unwrap();
        response.text().await.unwrap()
    }
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect()
}

#[tokio::test]
async fn nobody_manages_without_logging_in() {
    let site = Site::open().await;
    let stranger = Browser {
        site: &site,
        cookie: String::new(),
    };
    for path in [
        "/manage/miles/bill",
        "/manage/miles/kit/mail.csv",
        "/manage/miles/registrations",
        "/manage/miles/registrations/x/completed.csv",
        "/manage/miles/campaigns/46255/issuing",
        "/manage/miles/campaigns/46255/issue",
        "/manage/miles/campaigns/46255/csv",
        "/manage/miles/campaigns/46255/history",
        "/manage/miles/exchange",
        "/manage/miles/reverse",
        "/manage/miles/registrations/R0000000001/codes/41053",
    ] {
        assert_eq!(stranger.fetch(path).await.0, 303, "{path}");
    }
    let fields = [("site_id", "8763"), ("password", "wrong")];
    let page = stranger.post("/manage/miles/login", &fields).await;
    assert!(page.contains("パスワードが正しくありません"));
    let browser = Browser::log_in(&site).await;
    let home = browser.get("/manage/miles?lang=en").await;
    assert!(home.contains("Demo Book Shop") && home.contains("Miles for shopping"));
    // A campaign of another site does not exist here.
    let of_nobody = "/manage/miles/campaigns/99999/issue";
    assert_eq!(browser.fetch(of_nobody).await.0, 404);
}

// The path of the published guide.
#[tokio::test]
async fn the_three_settings_lead_to_their_forms_and_a_search_to_what_was_found() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    let home = browser.get("/manage/miles").await;
    let base = "/manage/miles/campaigns/46256";
    for link in [
        format!("{base}/issuing"),
        "/manage/miles/registrations?campaign=46256".to_owned(),
    ] {
        assert!(home.contains(&format!("href=\"{link}\"")), "{link}");
    }
    let page = browser.get(&format!("{base}/issuing")).await;
    assert!(page.contains("<h1>マイル発行/会員登録</h1>"), "{page}");
    for (step, name, chosen) in [
        ("issue", "1件ずつマイルを発行する場合(PCのみ)", None),
        (
            "csv?method=mail",
            "まとめてマイルを発行する場合(PCのみ)",
            Some("mail"),
        ),
        (
            "csv?method=mobile_mail",
            "携帯電話メールアドレスでマイルを発行する場合(携帯電話メールアドレスのみ)",
            Some("mobile_mail"),
        ),
    ] {
        let link = format!("href=\"{base}/{step}\"><span class=\"what\">{name}<");
        assert!(page.contains(&link), "{page}");
        let form = browser.get(&format!("{base}/{step}")).await;
        assert!(form.contains(&format!("href=\"{base}/issuing\"")));
        let Some(chosen) = chosen else { continue };
        let method = format!("name=\"method\" value=\"{chosen}\" checked");
        assert!(form.contains(&method), "{form}");
        let mail = form.contains("name=\"deposit_mail\" value=\"yes\" checked");
        assert_eq!(mail, chosen == "mail");
    }
    let found = browser
        .get("/manage/miles/registrations?campaign=46256")
        .await;
    assert!(found.contains("<h2>該当マイル発行状況</h2>"), "{found}");
}

#[tokio::test]
async fn miles_are_issued_by_hand_once_however_often_the_button_is_pressed() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    let base = "/manage/miles/campaigns/46256/issue";
    let before = site.balance("taro").await;
    let bad = [("mail1", "taro@member.example"), ("miles1", "1,000")];
    let page = browser.post(&format!("{base}/confirm"), &bad).await;
    assert!(page.contains("1件目: 指定キー") && page.contains("「,」は使えません"));
    let rows = [
        ("mail1", "taro@member.example"),
        ("key1", "K1"),
        ("miles1", "30"),
        ("send1", "yes"),
        ("mail3", "nobody@member.example"),
        ("key3", "K3"),
        ("miles3", "40"),
        ("deposit", "campaign"),
    ];
    let page = browser.post(&format!("{base}/confirm"), &rows).await;
    let fields = hidden(&page);
    let back = browser
        .post(&format!("{base}/back"), &borrowed(&fields))
        .await;
    assert!(back.contains("value=\"taro@member.example\""));
    let first = browser
        .post(&format!("{base}/done"), &borrowed(&fields))
        .await;
    assert!(
        first.contains("発行登録ID") && first.contains("41053"),
        "{first}"
    );
    let again = browser
        .post(&format!("{base}/done"), &borrowed(&fields))
        .await;
    assert_eq!(first, again);
    assert_eq!(site.balance("taro").await, before + 30);
    let sample = browser
        .post(
            "/manage/miles/campaigns/46256/sample?kind=deposit",
            &[("inserted_text", "またどうぞ<b>")],
        )
        .await;
    assert!(sample.contains("またどうぞ&lt;b&gt;"));
}

#[tokio::test]
async fn a_file_goes_from_upload_to_the_deletion_of_its_lists() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    let base = "/manage/miles/campaigns/46256/csv";
    let csv = cp932(
        "メールアドレス,指定キー,マイル発行数\r\ntaro@member.example,K1,10\r\nnobody@member.example,K2,20\r\n",
    );
    let file = ("発行.csv", csv.as_slice());
    let mobile = [
        ("method", "mobile_mail"),
        ("deposit_mail", "yes"),
        ("inserted_text", "x"),
    ];
    let page = browser
        .upload(&format!("{base}/confirm"), &mobile, file)
        .await;
    assert!(page.contains("「送らない」を選んで") && page.contains("差込文は入力しないで"));
    let none = browser
        .upload(&format!("{base}/confirm"), &[], ("a.csv", b"one column"))
        .await;
    assert!(none.contains("3列のCSV"));
    let page = browser
        .upload(&format!("{base}/confirm"), &[("method", "mail")], file)
        .await;
    assert!(page.contains("2件") && page.contains("発行.csv"));
    let fields = hidden(&page);
    let to =
        |response: &reqwest::Response| response.headers()["location"].to_str().unwrap().to_owned();
    let done = browser
        .send(&format!("{base}/done"), &borrowed(&fields))
        .await;
    let path = to(&done);
    let twice = browser
        .send(&format!("{base}/done"), &borrowed(&fields))
        .await;
    assert_eq!(path, to(&twice));
    let page = browser.get(&path).await;
    assert!(page.contains("CSV発行履歴詳細") && page.contains("41053"));
    // Each code is a link to its rows.
    let of_code = format!("{path}/codes/41053");
    assert!(page.contains(&format!("href=\"{of_code}\"")), "{page}");
    let rows = browser.get(&of_code).await;
    assert!(rows.contains("nobody@member.example") && !rows.contains("taro@member.example"));
    assert_eq!(browser.fetch(&format!("{path}/codes/19013")).await.0, 404);
    let found = browser
        .get("/manage/miles/registrations?campaign=46256&kind=csv")
        .await;
    assert!(found.contains("検索結果: 1件"));
    let (_, errors) = browser.fetch(&format!("{path}/errors.csv")).await;
    assert!(from_cp932(&errors).contains("nobody@member.example,K2,20,,,,41053"));
    let (status, _) = browser.fetch(&format!("{path}/completed.csv")).await;
    assert_eq!(status, 200);
    assert!(
        browser
            .get(&format!("{path}/delete"))
            .await
            .contains("元に戻せません")
    );
    assert_eq!(
        browser.send(&format!("{path}/delete"), &[]).await.status(),
        303
    );
    let page = browser.get(&path).await;
    assert!(page.contains("リストは削除済みです") && !page.contains("errors.csv"));
    let rows = browser.get(&of_code).await;
    assert!(rows.contains("リストは削除済みです") && !rows.contains("nobody@member.example"));
    assert_eq!(browser.fetch(&format!("{path}/completed.csv")).await.0, 400);
}

#[tokio::test]
async fn held_miles_are_cancelled_at_once_and_valid_ones_when_the_staff_approves() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    let base = "/manage/miles/campaigns/46257";
    let before = site.balance("taro").await;
    let issue = |key: &'static str, days: &'static str| {
        let rows = [
            ("mail1", "taro@member.example"),
            ("key1", key),
            ("miles1", "30"),
            ("deposit", "after_days"),
            ("days", days),
        ];
        let browser = &browser;
        async move {
            let page = browser.post(&format!("{base}/issue/confirm"), &rows).await;
            browser
                .post(&format!("{base}/issue/done"), &borrowed(&hidden(&page)))
                .await
        }
    };
    issue("HELD", "20").await;
    issue("VALID", "1").await;
    site.admin().advance(2 * DAY).await.unwrap();
    assert_eq!(site.balance("taro").await, before + 30);
    let cancel = |key: &'static str| {
        let browser = &browser;
        async move {
            let page = browser.get(&format!("{base}/history?key={key}")).await;
            let (_, rest) = page.split_once("name=\"id\" value=\"").unwrap();
            let (id, _) = rest.split_once('"').unwrap();
            let chosen = [("id", id), ("reason", "returned_goods")];
            let page = browser
                .post(&format!("{base}/history/confirm"), &chosen)
                .await;
            let fields: BTreeMap<String, String> = hidden(&page).into_iter().collect();
            let fields: Vec<(String, String)> = fields.into_iter().collect();
            (
                page,
                browser
                    .post(&format!("{base}/history/cancel"), &borrowed(&fields))
                    .await,
            )
        }
    };
    let none = browser
        .post(&format!("{base}/history/confirm"), &[("reason", "")])
        .await;
    assert!(none.contains("1件以上選んで") && none.contains("取消理由を1つ"));
    let (asked, done) = cancel("HELD").await;
    assert!(asked.contains("まとめて取消する") && done.contains("取消しました"));
    let (asked, done) = cancel("VALID").await;
    assert!(asked.contains("まとめて取消申請する") && done.contains("取消申請を受け付けました"));
    assert_eq!(site.balance("taro").await, before + 30);
    let staff = browser.get("/staff").await;
    let mut fields = hidden(&staff);
    fields.push(("decision".to_owned(), "approve".to_owned()));
    let decided = browser.send("/staff", &borrowed(&fields)).await;
    assert_eq!(decided.headers()["location"], "/staff?n=approved");
    assert_eq!(site.balance("taro").await, before);
    let bill = browser
        .get("/manage/miles/bill?month=2026-01&lang=en")
        .await;
    assert!(
        bill.matches("60 mile").count() == 2 && bill.contains(">0 mile<"),
        "{bill}"
    );
}

#[tokio::test]
async fn an_exchange_file_is_uploaded_and_its_result_downloaded() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    let csv = b"taro@member.example,C1,100\r\nnobody@member.example,C2,50\r\n";
    let named = ("NMEXC_8763_202601020304.csv", csv.as_slice());
    let page = browser.upload("/manage/miles/exchange", &[], named).await;
    assert!(page.contains("発行できなかった行があります"), "{page}");
    let path = "/manage/miles/exchange/NMEXC_8763_202601020304.csv";
    let (_, result) = browser.fetch(path).await;
    assert_eq!(from_cp932(&result), "nobody@member.example,C2,50,41053\r\n");
    let wrong = browser
        .upload("/manage/miles/exchange", &[], ("x.csv", csv))
        .await;
    assert!(wrong.contains("ファイル名は"));
}

#[tokio::test]
async fn the_starter_kit_names_people_of_the_demo() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    assert!(browser.get("/manage/miles/kit").await.contains("41023"));
    // User ids are authenticated first.
    let verify = json!({ "user_id": "NM10000002" });
    site.post("/v1/members/verify", verify).await.ok();
    for method in ["mail", "mobile_mail", "user_id"] {
        let (status, bytes) = browser
            .fetch(&format!("/manage/miles/kit/{method}.csv"))
            .await;
        assert_eq!((status, bytes.ends_with(b"\r\n")), (200, true), "{method}");
        let confirm = "/manage/miles/campaigns/46256/csv/confirm";
        let page = browser
            .upload(confirm, &[("method", method)], ("kit.csv", &bytes))
            .await;
        let done = "/manage/miles/campaigns/46256/csv/done";
        let done = browser.send(done, &borrowed(&hidden(&page))).await;
        let path = done.headers()["location"].to_str().unwrap().to_owned();
        let page = browser.get(&path).await;
        assert!(page.contains("エラーはありません"), "{method}: {page}");
    }
    let (_, bytes) = browser.fetch("/manage/miles/kit/exchange.csv").await;
    let named = ("NMEXC_8763_202601020304.csv", bytes.as_slice());
    let page = browser.upload("/manage/miles/exchange", &[], named).await;
    assert!(page.contains("すべての行を発行しました"), "{page}");
}

#[tokio::test]
async fn both_forms_warn_and_the_one_by_hand_shows_what_is_not_used() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    let warning = "発行履歴に反映されるのは翌日です。二重に発行しないよう";
    let base = "/manage/miles/campaigns/46256";
    let csv = browser.get(&format!("{base}/csv")).await;
    assert!(csv.contains(warning));
    let hand = browser.get(&format!("{base}/issue")).await;
    assert!(hand.contains(warning));
    for (name, head) in [
        ("register", "会員登録"),
        ("password", "パスワード"),
        ("family", "氏名(氏)"),
        ("given", "氏名(名)"),
    ] {
        assert!(
            hand.contains(&format!("scope=\"col\">{head}</th>")),
            "{head}"
        );
        for row in 1..=10 {
            let (_, field) = hand.split_once(&format!("name=\"{name}{row}\"")).unwrap();
            let (field, _) = field.split_once('>').unwrap();
            assert!(field.contains("disabled"), "{name}{row}: {field}");
        }
    }
}

#[tokio::test]
async fn the_history_is_sorted_by_every_head() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    for (tran, key, miles, days) in [("1", "B", 30, 9), ("2", "A", 20, 7), ("3", "C", 20, 8)] {
        let issue = json!({
            "tran_id": tran, "campaign_id": "46257", "user": { "mail": "taro@member.example" },
            "designated_key": key, "miles": miles,
            "deposit": { "kind": "after_days", "days": days },
        });
        site.post("/v1/issuances", issue).await.ok();
        site.admin().advance(1).await.unwrap();
    }
    site.admin().advance(8 * DAY).await.unwrap();
    let keys = async |query: &str| {
        let target = format!("/v1/campaigns/46257/history{query}");
        let rows = site.get(&target).await.ok()["rows"].clone();
        let key = |row: &Value| row["designated_key"].as_str().unwrap().to_owned();
        rows.as_array().unwrap().iter().map(key).collect::<String>()
    };
    // Of B only the miles are still held.
    for (query, expected) in [
        ("", "CAB"),
        ("?sort=-issued_at", "CAB"),
        ("?sort=issued_at", "BAC"),
        ("?sort=designated_key", "ABC"),
        ("?sort=-designated_key", "CBA"),
        ("?sort=miles", "CAB"),
        ("?sort=-miles", "BCA"),
        ("?sort=deposit_on", "ACB"),
        ("?sort=-deposit_on", "BCA"),
        ("?sort=state", "BCA"),
        ("?sort=-state", "CAB"),
    ] {
        assert_eq!(keys(query).await, expected, "{query}");
    }
    let wrong = site.get("/v1/campaigns/46257/history?sort=name").await;
    assert_eq!(wrong.error().0, 400);
    // On the page each head is a link; a second click turns the order round.
    let base = "/manage/miles/campaigns/46257/history";
    let page = browser.get(&format!("{base}?key=&sort=miles")).await;
    assert!(page.contains("aria-sort=\"ascending\""), "{page}");
    assert!(page.contains("&amp;sort=-miles\"") && page.contains("&amp;sort=designated_key\""));
    let at = |page: &str, key: &str| page.find(&format!(">{key}</span>")).unwrap_or(usize::MAX);
    let page = browser.get(&format!("{base}?sort=-miles")).await;
    assert!(page.contains("aria-sort=\"descending\""));
    assert!(at(&page, "B") < at(&page, "C") && at(&page, "C") < at(&page, "A"));
}

#[tokio::test]
async fn mutual_exchange_is_worked_out_and_marked_experimental() {
    let site = Site::open().await;
    let browser = Browser::log_in(&site).await;
    let before = site.balance("taro").await;
    let page = browser.get("/manage/miles/reverse").await;
    assert!(page.contains("試験的な機能") && page.contains("200ポイント"));
    for (query, expected) in [
        (
            "rate_miles=5&rate_points=2&miles=501",
            "500 mile and 505 mile",
        ),
        ("rate_miles=4&rate_points=2&miles=7", "6 mile and 8 mile"),
        ("rate_miles=4&rate_points=2&miles=1", "2 mile or more"),
        (
            "rate_miles=3&rate_points=1&miles=999999999",
            "333,333,333 points",
        ),
        ("rate_miles=0&rate_points=2&miles=1", "Enter numbers"),
        ("rate_miles=5&rate_points=2&miles=x", "Enter numbers"),
    ] {
        let page = browser
            .get(&format!("/manage/miles/reverse?lang=en&{query}"))
            .await;
        assert!(
            page.contains(expected) && page.contains("Experimental"),
            "{query}: {page}"
        );
    }
    assert_eq!(site.balance("taro").await, before);
}
