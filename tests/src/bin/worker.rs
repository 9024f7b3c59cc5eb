//! A merchant's process that tests start, race and kill.
//!
//! `worker notices DB BODY COUNT`: takes the notice in file BODY COUNT times at once and prints every answer.
//! `worker fulfil DB GOODS [before|after]`: delivers what the outbox says into the folder GOODS, one file an event,
//! and aborts before or after the first delivery if told so.

use std::path::Path;
use std::process::{ExitCode, abort};
use std::sync::Arc;

use netmile::engine::Journal;
use netmile::link::RawMessage;
use netmile::purchase::FactKind;
use netmile::time::ManualClock;
use netmile_journal_sql::SqlJournal;
use netmile_tests::merchant;

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["notices", db, body, count] => notices(db, body, count).await,
        ["fulfil", db, goods] => fulfil(db, goods, "").await,
        ["fulfil", db, goods, crash] => fulfil(db, goods, crash).await,
        _ => Err("see the source for the arguments".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

type Done = Result<(), Box<dyn std::error::Error>>;

async fn client(db: &str) -> Result<netmile::Client, netmile::Error> {
    let journal: Arc<dyn Journal> = Arc::new(SqlJournal::connect(&format!("sqlite://{db}")).await?);
    merchant::client(journal, Arc::new(ManualClock::new(merchant::noon()?)))
}

async fn notices(db: &str, body: &str, count: &str) -> Done {
    let client = client(db).await?;
    let raw = RawMessage::form(std::fs::read(body)?);
    let takers: Vec<_> = (0..count.parse::<usize>()?)
        .map(|_| {
            let (client, raw) = (client.clone(), raw.clone());
            tokio::spawn(async move { client.notices().handle(&raw).await })
        })
        .collect();
    for taker in takers {
        println!("{}", String::from_utf8_lossy(taker.await?.body()));
    }
    Ok(())
}

async fn fulfil(db: &str, goods: &str, crash: &str) -> Done {
    let client = client(db).await?;
    for delivery in client.events().next(100).await? {
        if delivery.fact.kind != FactKind::Paid {
            continue;
        }
        if crash == "before" {
            abort();
        }
        // The shop's own idempotence: one file per event, made whole or not at all.
        let file = Path::new(goods).join(delivery.id.to_string());
        let made = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(file);
        println!(
            "{}",
            if made.is_ok() {
                "delivered"
            } else {
                "known already"
            }
        );
        if crash == "after" {
            abort();
        }
        client.events().ack(delivery.id).await?;
    }
    Ok(())
}
