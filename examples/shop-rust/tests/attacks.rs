//! What an attacker, an unlucky click or a lost file might find in the shop.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::path::PathBuf;

use common::Alone;

fn directory(name: &str) -> PathBuf {
    let directory =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

/// The session id of a `set-cookie` header, as `shop=<id>.<token>`.
fn cookie(response: &reqwest::Response) -> Option<String> {
    let set = response.headers().get("set-cookie")?.to_str().unwrap();
    set.split(';').next().map(str::to_owned)
}

/// A client that shows a redirect instead of following it.
fn one_page_at_a_time() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

fn token(html: &str) -> String {
    let after = html.split("name=\"token\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// Whoever planted the cookie before the log-in must not be at the desk after it.
#[tokio::test]
async fn a_planted_session_is_not_let_in_to_the_desk() {
    let alone = Alone::open().await;
    let http = one_page_at_a_time();
    let desk = format!("{}/desk", alone.shop.url());
    let planted = format!("shop={}.{}", "0".repeat(32), "1".repeat(32));
    let page = http.get(&desk).header("cookie", &planted).send().await;
    let token = token(&page.unwrap().text().await.unwrap());
    let login = http
        .post(format!("{desk}/login"))
        .header("cookie", &planted)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("token={token}&password=desk-demo"))
        .send()
        .await
        .unwrap();
    let own = cookie(&login).unwrap_or_else(|| planted.clone());
    let shown = |cookie: String| {
        let request = http.get(&desk).header("cookie", cookie);
        async move { request.send().await.unwrap().text().await.unwrap() }
    };
    assert!(shown(own).await.contains("/desk/logout"));
    assert!(!shown(planted).await.contains("/desk/logout"));
}

/// Staff who log in while they shop keep basket and orders.
#[tokio::test]
async fn basket_and_orders_survive_the_log_in() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    alone.put("takahashi").await;
    assert!(alone.desk().await.html.contains("/desk/logout"));
    assert_eq!(alone.order(&order.id).await.status, 200);
    assert!(alone.get("/basket").await.says("髙橋"));
    let out = alone.get("/desk").await.form("/desk/logout").unwrap();
    let out = alone.browser.send(out).await.unwrap();
    assert!(!out.html.contains("/desk/logout"));
}

/// Two clicks that arrive together lead to the payment, both; never to "your basket is empty".
#[tokio::test]
async fn clicks_that_arrive_together_all_lead_to_the_payment() {
    let alone = Alone::open().await;
    let http = one_page_at_a_time();
    for round in 0..10_u32 {
        let url = alone.shop.url().to_owned();
        let home = http.get(&url).send().await.unwrap();
        let session = cookie(&home).unwrap();
        let token = token(&home.text().await.unwrap());
        let post = |path: &str, fields: String| {
            http.post(format!("{url}{path}"))
                .header("cookie", &session)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(fields)
        };
        let put = format!("token={token}&item=postcard&add=1");
        post("/basket", put).send().await.unwrap();
        let order = format!("{round:032x}");
        let mut clicks = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let fields = format!("token={token}&order={order}&item=&total=300&terminal=pc");
            clicks.spawn(post("/checkout", fields).send());
        }
        while let Some(answer) = clicks.join_next().await {
            let answer = answer.unwrap().unwrap();
            assert_eq!(
                answer.headers()["location"].to_str().unwrap(),
                format!("/orders/{order}/pay")
            );
        }
        let purchase = alone.shop.client().purchases().get(&order).await.unwrap();
        assert_eq!(purchase.attempts.len(), 1, "one click, one attempt");
    }
}

/// A browser that goes away in the middle of an order, as a second click makes it do, leaves nothing half done: the next
/// click leads to the payment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_click_that_hangs_up_leaves_a_shop_that_answers() {
    let alone = Alone::open().await;
    let http = one_page_at_a_time();
    let url = alone.shop.url().to_owned();
    let home = http.get(&url).send().await.unwrap();
    let session = cookie(&home).unwrap();
    let token = token(&home.text().await.unwrap());
    let post = |path: &str, fields: String| {
        http.post(format!("{url}{path}"))
            .header("cookie", &session)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(fields)
            .send()
    };
    for round in 0..300_u32 {
        let put = format!("token={token}&item=postcard&add=1");
        let put = post("/basket", put).await.unwrap();
        assert_eq!(put.status(), 303, "round {round}");
        let order = format!("{round:032x}");
        let fields = format!("token={token}&order={order}&item=&total=300&terminal=pc");
        // Each round hangs up a little later.
        let patience = std::time::Duration::from_micros(u64::from(round) * 20);
        let _ = tokio::time::timeout(patience, post("/checkout", fields.clone())).await;
        let again = post("/checkout", fields).await.unwrap();
        assert_eq!(again.status(), 303, "round {round}");
        let to = again.headers()["location"].to_str().unwrap();
        assert_eq!(to, format!("/orders/{order}/pay"), "round {round}");
        let signed = http
            .get(format!("{url}{to}"))
            .header("cookie", &session)
            .send();
        assert_eq!(signed.await.unwrap().status(), 200, "round {round}");
    }
}

/// One order that cannot be delivered holds up no other.
#[tokio::test]
async fn one_order_that_fails_does_not_hold_up_the_next() {
    let directory = directory("stuck");
    let database = directory.join("shop.db");
    let file = database.clone();
    let mut alone = Alone::with(|options| options.database = Some(file)).await;
    let stuck = alone.buy("postcard", "pc").await;
    let next = alone.buy("postcard", "pc").await;
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", database.display()))
        .await
        .unwrap();
    let close = |of: &str| {
        let text = format!(
            "DROP TRIGGER IF EXISTS stuck;
             CREATE TRIGGER stuck BEFORE INSERT ON fulfilments WHEN NEW.order_id GLOB '{of}'
             BEGIN SELECT RAISE(ABORT, 'out of stock'); END"
        );
        let pool = &pool;
        async move {
            let closed = sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(pool);
            closed.await.unwrap();
        }
    };
    // Both fail at first, whenever the fulfilment looks by itself, so that their leases end together.
    close("*").await;
    for (order, tracking) in [(&stuck, "10000000000001"), (&next, "10000000000002")] {
        let notice = alone.to_server(order, &[("res_tracking_id", tracking)]);
        assert_eq!(alone.notify(&notice).await, "OK,");
    }
    // Whoever takes the events, this or the loop beside it: nothing waits afterwards.
    let _ = alone.shop.fulfil_now().await;
    close(&stuck.id).await;
    for _ in 0..3 {
        alone.clock.advance(61);
        let _ = alone.shop.fulfil_now().await;
    }
    assert!(alone.order(&next.id).await.says("発送済み"));
    assert!(!alone.order(&stuck.id).await.says("発送済み"));

    // Nothing is lost: once it can be delivered, it is.
    sqlx::raw_sql("DROP TRIGGER stuck")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    alone.clock.advance(61);
    alone.shop.fulfil_now().await.unwrap();
    assert!(alone.order(&stuck.id).await.says("発送済み"));
    alone.shop.stop().await;
    std::fs::remove_dir_all(&directory).unwrap();
}

/// The journal's file is lost and numbers its events anew: no paid order may pass for delivered.
#[tokio::test]
async fn a_new_journal_beside_old_fulfilments_swallows_no_order() {
    let directory = directory("renumbered");
    let database = directory.join("shop.db");
    let open = || {
        let file = database.clone();
        Alone::with(|options| options.database = Some(file))
    };
    let mut alone = open().await;
    let first = alone.buy("postcard", "pc").await;
    alone.notify(&alone.to_server(&first, &[])).await;
    alone.shop.fulfil_now().await.unwrap();
    assert!(alone.order(&first.id).await.says("発送済み"));
    alone.shop.stop().await;
    for entry in std::fs::read_dir(&directory).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains(".netmile") {
            std::fs::remove_file(path).unwrap();
        }
    }

    let mut alone = open().await;
    let second = alone.buy("postcard", "pc").await;
    let notice = alone.to_server(&second, &[("res_tracking_id", "10000000000002")]);
    assert_eq!(alone.notify(&notice).await, "OK,");
    alone.shop.fulfil_now().await.unwrap();
    assert!(alone.order(&second.id).await.says("発送済み"));
    alone.shop.stop().await;
    std::fs::remove_dir_all(&directory).unwrap();
}
