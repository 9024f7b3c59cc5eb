//! Two processes on one journal, and processes that die.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use netmile::Client;
use netmile::purchase::Phase;
use netmile::time::{Clock, ManualClock};
use netmile_journal_sql::SqlJournal;
use netmile_tests::gateway::{HashedIn, KEY, Message};
use netmile_tests::merchant;

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("netmile-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Shop {
    client: Client,
    clock: Arc<ManualClock>,
}

async fn shop(db: &Path) -> Shop {
    let clock = Arc::new(ManualClock::new(merchant::noon().unwrap()));
    let journal = SqlJournal::connect(&format!("sqlite://{}", db.display()))
        .await
        .unwrap();
    let client = merchant::client(Arc::new(journal), clock.clone()).unwrap();
    Shop { client, clock }
}

/// Starts a purchase and writes the good notice about it into a file.
async fn notice(shop: &Shop, id: &str, tracking_id: &str, body: &Path) {
    let request = merchant::request(id).unwrap();
    let checkout = shop.client.checkout().start(&request).await.unwrap();
    let now = shop.clock.now().to_jst();
    let message = Message::answering(checkout.form.fields(), &merchant::paid(&now))
        .with("res_tracking_id", tracking_id)
        .signed(KEY, HashedIn::Utf8);
    std::fs::write(body, message.body()).unwrap();
}

fn worker(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worker"));
    command
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[tokio::test]
async fn one_notice_1_to_50_times_from_two_processes_pays_once() {
    let folder = Folder::new("race");
    let db = folder.path("shop.db");
    let shop = shop(&db).await;
    for (round, count) in [1, 2, 5, 10, 25, 50].into_iter().enumerate() {
        let id = format!("CART-{round}");
        let body = folder.path("notice");
        notice(&shop, &id, &format!("{:014}", round + 1), &body).await;
        let args = [
            "notices",
            db.to_str().unwrap(),
            body.to_str().unwrap(),
            &count.to_string(),
        ]
        .map(str::to_owned);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let both = [
            worker(&args).spawn().unwrap(),
            worker(&args).spawn().unwrap(),
        ];
        for child in both {
            let output = child.wait_with_output().unwrap();
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            let answers = String::from_utf8(output.stdout).unwrap();
            assert_eq!(answers, "OK,\n".repeat(count), "{count} at once");
        }
        let paid = shop.client.purchases().get(&id).await.unwrap();
        assert_eq!((paid.phase, paid.payments.len()), (Phase::Paid, 1));
        let facts = shop.client.events().next(10).await.unwrap();
        assert_eq!(facts.len(), 1, "{count} at once");
        assert!(shop.client.events().ack(facts[0].id).await.unwrap());
    }
}

#[tokio::test]
async fn a_shop_that_dies_between_commit_and_fulfilment_delivers_once() {
    let folder = Folder::new("crash");
    let db = folder.path("shop.db");
    let goods = folder.path("goods");
    std::fs::create_dir_all(&goods).unwrap();
    let shop = shop(&db).await;
    for round in 0..20 {
        let body = folder.path("notice");
        notice(
            &shop,
            &format!("CART-{round}"),
            &format!("{:014}", round + 1),
            &body,
        )
        .await;
        let raw = netmile::link::RawMessage::form(std::fs::read(&body).unwrap());
        assert_eq!(shop.client.notices().handle(&raw).await.body(), b"OK,");

        let crash = if round % 2 == 0 { "before" } else { "after" };
        let (db, goods) = (db.to_str().unwrap(), goods.to_str().unwrap());
        let died = worker(&["fulfil", db, goods, crash]).output().unwrap();
        assert!(!died.status.success());

        // The dead worker still holds its lease, so another one gets the fact only after it.
        let early = worker(&["fulfil", db, goods]).output().unwrap();
        assert!(early.status.success());
        shop.clock.advance(61);
        let again = shop.client.events().next(10).await.unwrap();
        assert_eq!(again.len(), 1, "round {round}");
        let file = Path::new(goods).join(again[0].id.to_string());
        assert_eq!(file.exists(), crash == "after");
        if !file.exists() {
            std::fs::write(&file, []).unwrap();
        }
        assert!(shop.client.events().ack(again[0].id).await.unwrap());
        assert_eq!(std::fs::read_dir(goods).unwrap().count(), round + 1);
        shop.clock.set(merchant::noon().unwrap());
    }
    assert!(shop.client.events().next(10).await.unwrap().is_empty());
}
