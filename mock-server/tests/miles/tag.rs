//! The mile-get tag and the signed link, as a browser sees them.

use netmile_mock::{
    faults::{FaultKind, FaultRule},
    office::param3,
    wire::form::Fields,
};

use crate::client::{KEY, Site, hmac};

async fn click(site: &Site, path: &str) -> (u16, String) {
    let url = format!("{}{path}", site.mock.url());
    let response = site.http.get(url).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// What the page's form would send.
async fn press(site: &Site, path: &str, mail: &str) -> (u16, String) {
    let (target, query) = path.split_once('?').unwrap();
    let fields: Fields = vec![
        ("q".to_owned(), query.to_owned()),
        ("mail".to_owned(), mail.to_owned()),
    ];
    let body: Vec<String> = fields
        .iter()
        .map(|(n, v)| {
            let coded: String = v.bytes().map(|b| format!("%{b:02X}")).collect();
            format!("{n}={coded}")
        })
        .collect();
    let response = site
        .http
        .post(format!("{}{target}", site.mock.url()))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body.join("&"))
        .send()
        .await
        .unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

fn tag(campaign: &str, key: &str, mile: &str) -> String {
    let param3 = param3("8763", campaign);
    format!(
        "/ctrl/user/uMilePublishInput.do?param1=8763&param2={campaign}&param3={param3}&earnsite_key={key}&mile={mile}&tran_id="
    )
}

fn signed(campaign: &str, key: &str, mile: &str, tran: &str, exp: i64) -> String {
    let (kid, secret) = KEY;
    let mut pairs = [
        "site=8763".to_owned(),
        format!("campaign={campaign}"),
        format!("earnsite_key={key}"),
        format!("mile={mile}"),
        format!("tran_id={tran}"),
        format!("exp={exp}"),
        format!("kid={kid}"),
    ];
    let query = pairs.join("&");
    pairs.sort();
    let sig = hmac(secret, &format!("earn-v1\n{}", pairs.join("&")));
    format!("/v1/earn?{query}&sig={sig}")
}

#[tokio::test]
async fn the_published_flow_from_banner_to_reception() {
    let site = Site::open().await;
    let path = tag("46255", "ORDER1", "");
    let (status, page) = click(&site, &path).await;
    assert_eq!(status, 200);
    assert!(
        page.contains("マイルGET!") && page.contains("デモ書店") && page.contains("100mile"),
        "{page}"
    );
    let (status, page) = press(&site, &path, "nobody@member.example").await;
    assert_eq!(status, 200);
    assert!(page.contains("11022") && page.contains("nobody@member.example"));
    let (status, page) = press(&site, &path, "taro@member.example").await;
    assert_eq!(status, 200);
    assert!(page.contains("受け付けました"));
    assert_eq!(site.balance("taro").await, 500);
    site.admin().advance(86_400).await.unwrap();
    let history = site.get("/v1/campaigns/46255/history").await.ok();
    assert_eq!(history["rows"][0]["designated_key"], "ORDER1");
    let log = site.admin().log(0, 100).await.unwrap();
    assert!(!format!("{log:?}").contains("taro@"));
    let image = click(&site, "/image/mileget.gif").await;
    assert_eq!(image.0, 200);
}

#[tokio::test]
async fn a_user_can_alter_key_and_amount_of_the_published_tag() {
    let site = Site::open().await;
    let given = tag("46256", "MEMBER1", "10");
    let altered = given
        .replace("MEMBER1", "MEMBER2")
        .replace("mile=10", "mile=500");
    assert_eq!(press(&site, &altered, "taro@member.example").await.0, 200);
    assert_eq!(site.balance("taro").await, 900);
    site.admin().advance(86_400).await.unwrap();
    let history = site.get("/v1/campaigns/46256/history").await.ok();
    assert_eq!(history["rows"][0]["designated_key"], "MEMBER2");
    // And as often as the limits of the campaign allow.
    assert_eq!(press(&site, &altered, "taro@member.example").await.0, 200);
    assert_eq!(site.balance("taro").await, 1_400);
}

#[tokio::test]
async fn the_signed_link_can_not_be_altered_and_earns_once() {
    let site = Site::open().await;
    let exp = site.now() + 600;
    let path = signed("46256", "MEMBER1", "10", "E1", exp);
    for altered in [
        path.replace("MEMBER1", "MEMBER2"),
        path.replace("mile=10", "mile=500"),
        path.replace("tran_id=E1", "tran_id=E2"),
        path.replace(&format!("exp={exp}"), &format!("exp={}", exp + 1)),
        path.replace("46256", "46257"),
        format!("{path}&mile=500"),
        path.split("&sig=").next().unwrap().to_owned(),
    ] {
        let (status, page) = click(&site, &altered).await;
        assert_eq!(status, 422, "{altered}");
        assert!(page.contains("13005"), "{altered}");
        // The same click in the other language: the page of the refusal has a switch that leads to itself.
        let (status, english) = click(&site, &format!("{altered}&lang=en")).await;
        assert_eq!(status, 422, "{altered}");
        assert!(
            english.contains("The check value is not right."),
            "{english}"
        );
        assert!(page.contains("/v1/earn?") && english.contains("lang=ja"));
        assert_eq!(press(&site, &altered, "taro@member.example").await.0, 422);
    }
    assert_eq!(click(&site, &path).await.0, 200);
    // A wrong address does not use it up.
    assert!(
        press(&site, &path, "nobody@member.example")
            .await
            .1
            .contains("11022")
    );
    assert!(
        press(&site, &path, "taro@member.example")
            .await
            .1
            .contains("受け付けました")
    );
    assert!(
        press(&site, &path, "taro@member.example")
            .await
            .1
            .contains("20012")
    );
    assert_eq!(site.balance("taro").await, 410);
    site.admin().advance(601).await.unwrap();
    assert!(click(&site, &path).await.1.contains("13005"));
}

#[tokio::test]
async fn an_exception_can_be_asked_for() {
    let site = Site::open().await;
    site.admin()
        .add_fault(FaultRule::once("earn", FaultKind::NgResult));
    let path = tag("46255", "K1", "");
    let (status, page) = press(&site, &path, "taro@member.example").await;
    assert_eq!(status, 422);
    assert!(page.contains("20012"));
    assert_eq!(site.balance("taro").await, 400);
    assert_eq!(press(&site, &path, "taro@member.example").await.0, 200);
}
