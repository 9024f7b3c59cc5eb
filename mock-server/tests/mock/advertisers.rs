//! What an advertiser's answer leads to.

use netmile_mock::{
    faults::{FaultKind, FaultRule},
    scenario::AdvertiserAnswer,
    store::registrations::HandOver,
};

use crate::common::{Browser, PERSON};

async fn state(browser: &Browser) -> (HandOver, i64) {
    let all = browser.mock.admin().registrations().await.unwrap();
    let last = all.last().unwrap();
    (last.state, last.tries)
}

#[tokio::test]
async fn every_answer_has_its_page_and_its_miles() {
    let table = [
        (AdvertiserAnswer::Accept, HandOver::Accepted, 600),
        (AdvertiserAnswer::Reject, HandOver::Rejected, 400),
        (AdvertiserAnswer::Error, HandOver::Confirming, 400),
        (AdvertiserAnswer::Garbage, HandOver::Confirming, 400),
        (AdvertiserAnswer::Silent, HandOver::Confirming, 400),
    ];
    for (answer, hand_over, miles) in table {
        let browser = Browser::open().await;
        browser
            .mock
            .admin()
            .set_advertiser("advertiser-a", answer)
            .unwrap();
        let session = browser.start_as("ORDER-1", "taro", &[]).await;
        let page = browser.register(&session, "campaign-a").await;
        assert_eq!(state(&browser).await, (hand_over, 1), "{answer:?}");
        assert_eq!(browser.balance("taro").await, miles, "{answer:?}");
        let text = page.text();
        assert_eq!(
            text.contains("登録完了"),
            hand_over == HandOver::Accepted,
            "{text}"
        );
        assert!(text.contains(&session), "a way back to the payment");
    }
}

#[tokio::test]
async fn no_answer_is_tried_three_times_more_with_the_same_id() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    admin
        .set_advertiser("advertiser-a", AdvertiserAnswer::Error)
        .unwrap();
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    browser.register(&session, "campaign-a").await;
    let id = admin.registrations().await.unwrap()[0].id.clone();
    for (wait, tries) in [(59, 1), (1, 2), (299, 2), (1, 3)] {
        admin.advance(wait).await.unwrap();
        assert_eq!(state(&browser).await, (HandOver::Confirming, tries));
    }
    assert_eq!(browser.balance("taro").await, 400);
    admin
        .set_advertiser("advertiser-a", AdvertiserAnswer::Accept)
        .unwrap();
    let happened = admin.advance(900).await.unwrap();
    assert_eq!(happened.len(), 1);
    assert_eq!(
        (happened[0].kind.as_str(), happened[0].id.as_str()),
        ("registration_tried", id.as_str())
    );
    assert_eq!(state(&browser).await, (HandOver::Accepted, 4));
    assert_eq!(browser.balance("taro").await, 600);
    assert!(admin.advance(100_000).await.unwrap().is_empty());
}

#[tokio::test]
async fn after_the_last_try_the_registration_stays_unanswered() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    admin
        .set_advertiser("advertiser-a", AdvertiserAnswer::Error)
        .unwrap();
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    browser.register(&session, "campaign-a").await;
    // One jump over all three waits makes all three tries.
    assert_eq!(admin.advance(5_000).await.unwrap().len(), 3);
    assert_eq!(state(&browser).await, (HandOver::Unanswered, 4));
    assert_eq!(browser.balance("taro").await, 400);
}

#[tokio::test]
async fn a_lost_answer_is_credited_once() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    admin.add_fault(FaultRule::once("advertiser", FaultKind::LostAfter));
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    browser.register(&session, "campaign-a").await;
    assert_eq!(state(&browser).await, (HandOver::Confirming, 1));
    admin.advance(60).await.unwrap();
    assert_eq!(state(&browser).await, (HandOver::Accepted, 2));
    assert_eq!(browser.balance("taro").await, 600);
}

#[tokio::test]
async fn a_campaign_without_an_api_issues_on_input() {
    let browser = Browser::open().await;
    let session = browser
        .start_as("ORDER-1", "zero", &[("amount", "10")])
        .await;
    let page = browser.register(&session, "campaign-c").await;
    assert!(page.text().contains("登録完了"));
    assert_eq!(state(&browser).await, (HandOver::BatchPending, 0));
    assert_eq!(browser.balance("zero").await, 300);
}

#[tokio::test]
async fn campaigns_reward_once_and_only_while_miles_are_short() {
    let browser = Browser::open().await;
    let session = browser.start_as("ORDER-1", "zero", &[]).await;
    browser.register(&session, "campaign-a").await;
    let again = browser
        .post(&format!("{session}/campaign/campaign-a/register"), &PERSON)
        .await;
    assert!(
        again.location.contains("/registration/"),
        "the first one's result"
    );
    let other = browser.start_as("ORDER-3", "zero", &[]).await;
    let again = browser
        .post(&format!("{other}/campaign/campaign-a/register"), &PERSON)
        .await;
    assert_eq!(again.location, other);
    assert_eq!(browser.balance("zero").await, 200);
    let rich = browser.start_as("ORDER-2", "hanako", &[]).await;
    let form = browser.get(&format!("{rich}/campaign/campaign-a")).await;
    assert_eq!((form.status, form.location.as_str()), (303, rich.as_str()));
    let post = browser
        .post(&format!("{rich}/campaign/campaign-a/register"), &PERSON)
        .await;
    assert_eq!(post.location, rich);
    assert_eq!(browser.balance("hanako").await, 1_000_000);
}

#[tokio::test]
async fn a_double_click_on_register_hands_over_once() {
    let browser = std::sync::Arc::new(Browser::open().await);
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    let mut clicks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (browser, session) = (std::sync::Arc::clone(&browser), session.clone());
        clicks.spawn(async move {
            let path = format!("{session}/campaign/campaign-a/register");
            let location = browser.post(&path, &PERSON).await.location;
            assert!(location.contains("/registration/"), "{location}");
            browser.get(&location).await.text()
        });
    }
    while let Some(text) = clicks.join_next().await {
        assert!(text.unwrap().contains("登録完了"));
    }
    assert_eq!(browser.mock.admin().registrations().await.unwrap().len(), 1);
    assert_eq!(browser.balance("taro").await, 600);
}

#[tokio::test]
async fn the_form_goes_back_and_forth_with_its_values() {
    let browser = Browser::open().await;
    let session = browser.start_as("ORDER-1", "zero", &[]).await;
    let base = format!("{session}/campaign/campaign-a");
    let form = browser.get(&base).await.text();
    for label in ["氏名", "住所", "生年月日", "性別", "電話番号", "E-mail"] {
        assert!(form.contains(label), "{label}");
    }
    let wrong = browser
        .post(&format!("{base}/confirm"), &[("name", "見本 太郎")])
        .await;
    assert!(wrong.text().contains("見本 太郎"));
    let confirm = browser.post(&format!("{base}/confirm"), &PERSON).await;
    let hidden = confirm.hidden(&format!("{base}/register"));
    assert!(hidden.contains(&("address".to_owned(), "東京都千代田区千代田1-1".to_owned())));
    let back = browser.post(&format!("{base}/back"), &PERSON).await;
    assert!(back.text().contains("東京都千代田区千代田1-1"));
    assert_eq!(browser.get(&format!("{base}/confirm")).await.location, base);
    assert!(
        browser
            .mock
            .admin()
            .registrations()
            .await
            .unwrap()
            .is_empty()
    );
}
