//! The shop dies between the notice and the fulfilment, or between the fulfilment and the acknowledgement.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use common::browser::Browser;
use common::{compose, take};
use netmile::contract::Endpoints;
use netmile::time::{Clock, ManualClock, SystemClock};
use shop_rust::{Shop, ShopOptions};

/// Bound of every wait for the other process.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until the process is gone; whether it ended well. Kills it when the patience is over.
fn died(mut child: Child, mut stdout: BufReader<ChildStdout>) -> bool {
    let (gone, wait) = mpsc::channel();
    std::thread::spawn(move || {
        let mut rest = String::new();
        let _ = stdout.read_to_string(&mut rest);
        let _ = gone.send(());
    });
    if wait.recv_timeout(PATIENCE).is_err() {
        child.kill().unwrap();
        child.wait().unwrap();
        return true;
    }
    child.wait().unwrap().success()
}

async fn dies_and_comes_back(point: &str, fulfilled_at_death: usize) {
    let directory =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{point}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let database = directory.join("shop.db");

    let mut child = Command::new(env!("CARGO_BIN_EXE_shop-rust"))
        .args(["--listen", "127.0.0.1:0", "--gateway", "http://127.0.0.1:1"])
        .arg("--database")
        .arg(&database)
        .env("NETMILE_SHOP_CRASH", point)
        .env_remove("NETMILE_MERCHANT_ID")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut ready = String::new();
    stdout.read_line(&mut ready).unwrap();
    let url = ready.trim_end().strip_prefix("shop: ").unwrap().to_owned();

    let mut browser = Browser::new("ja").unwrap();
    let checkout = browser
        .open(&format!("{url}/checkout?item=letter"))
        .await
        .unwrap();
    let page = browser
        .send(checkout.form("/checkout").unwrap())
        .await
        .unwrap();
    let order = take(&page);
    let notice = || compose(&order, &SystemClock.now().to_jst(), &[], false);
    // The answer may be lost: the process dies right after the notice is recorded.
    let sent = reqwest::Client::builder().no_proxy().build().unwrap();
    let _ = sent
        .post(format!("{url}/netmile/notify"))
        .body(notice())
        .send()
        .await;
    assert!(!died(child, stdout), "it should have died at {point}");

    // A later start, when the dead worker's lease is over.
    let clock = Arc::new(ManualClock::new(SystemClock.now().plus_seconds(61)));
    let mut options = ShopOptions::new(Endpoints::mock("http://127.0.0.1:1")).unwrap();
    options.database = Some(database);
    options.lease = Duration::from_secs(60);
    let stopped = Arc::new(ManualClock::new(SystemClock.now().plus_seconds(-3600)));
    let mut before = options.clone();
    before.clock = stopped;
    let shop = Shop::start(before).await.unwrap();
    assert_eq!(
        shop.fulfilments().await.unwrap().len(),
        fulfilled_at_death,
        "{point}"
    );
    shop.stop().await;

    options.clock = clock.clone();
    let shop = Shop::start(options).await.unwrap();
    shop.fulfil_now().await.unwrap();
    let done = shop.fulfilments().await.unwrap();
    assert_eq!(done.len(), 1, "{point}: {done:?}");
    assert_eq!(
        (done[0].kind.as_str(), &done[0].order_id),
        ("paid", &order.id)
    );
    assert!(shop.client().events().next(10).await.unwrap().is_empty());

    // The gateway's operator sends the notice again: nothing happens twice.
    let again = compose(&order, &clock.now().to_jst(), &[], false);
    let response = sent
        .post(format!("{}/netmile/notify", shop.url()))
        .body(again)
        .send();
    assert_eq!(response.await.unwrap().text().await.unwrap(), "OK,");
    shop.fulfil_now().await.unwrap();
    assert_eq!(shop.fulfilments().await.unwrap().len(), 1);
    shop.stop().await;
    std::fs::remove_dir_all(&directory).unwrap();
}

#[tokio::test]
async fn before_the_fulfilment() {
    dies_and_comes_back("before_fulfilment", 0).await;
}

#[tokio::test]
async fn after_the_fulfilment() {
    dies_and_comes_back("after_fulfilment", 1).await;
}
