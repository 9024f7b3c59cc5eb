//! The office at work in the mock: one ledger with the payment page, a journal in the database.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::SqliteConnection;

use super::{
    command::Command,
    gate::{Believed, Gate, forgotten_before},
    record::Posting,
    refusal::Refusal,
    state::Office,
    terms::Drop,
};
use crate::{
    clock::ClockMode,
    due::Happening,
    gateway::Gateway,
    options::{MockError, Options},
    store::ledger::{self, NewEntry},
};

/// Ledger rows that are written with one statement.
const AT_ONCE: usize = 2_000;

/// What the gateway keeps for the office.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) office: tokio::sync::Mutex<Office>,
    pub(crate) gate: std::sync::Mutex<Gate>,
    /// Drops that were set while the mock runs.
    pub(crate) drops: std::sync::Mutex<BTreeMap<String, Drop>>,
    frozen: bool,
}

impl Desk {
    pub(crate) async fn open(
        conn: &mut SqliteConnection,
        options: &Options,
    ) -> Result<Self, MockError> {
        let office = load(conn, Office::new(&options.scenario)).await?;
        let mut gate = Gate::new(&options.scenario);
        let nonces: Vec<(i64, String, String)> =
            sqlx::query_as("SELECT at, key_id, nonce FROM nonces")
                .fetch_all(conn)
                .await?;
        for (at, key_id, nonce) in nonces {
            gate.remember(at, (key_id, nonce));
        }
        Ok(Self {
            office: tokio::sync::Mutex::new(office),
            gate: std::sync::Mutex::new(gate),
            drops: std::sync::Mutex::default(),
            frozen: matches!(options.clock, ClockMode::Frozen(_)),
        })
    }
}

/// Makes the office again from its journal.
async fn load(conn: &mut SqliteConnection, empty: Office) -> Result<Office, MockError> {
    let mut office = empty;
    let mut last = 0_i64;
    loop {
        let row: Option<(i64, i64, String, String)> = sqlx::query_as(
            "SELECT id, at, site, command FROM office_journal WHERE id > ? ORDER BY id LIMIT 1",
        )
        .bind(last)
        .fetch_optional(&mut *conn)
        .await?;
        let Some((id, at, site, command)) = row else {
            break;
        };
        last = id;
        let command: Command = serde_json::from_str(&command)?;
        office.process_due(at);
        // What was refused then is refused again.
        let _ = command.run(&mut office, &site, at);
        office.take_postings();
    }
    office.take_changed();
    Ok(office)
}

async fn write(
    conn: &mut SqliteConnection,
    at: i64,
    site: &str,
    command: &Command,
) -> Result<(), MockError> {
    sqlx::query("INSERT INTO office_journal (at, site, command) VALUES (?, ?, ?)")
        .bind(at)
        .bind(site)
        .bind(serde_json::to_string(command)?)
        .execute(conn)
        .await?;
    Ok(())
}

async fn post(conn: &mut SqliteConnection, postings: &[Posting]) -> Result<(), MockError> {
    for some in postings.chunks(AT_ONCE) {
        let entries: Vec<NewEntry<'_>> = some
            .iter()
            .map(|posting| NewEntry {
                at: posting.at,
                member: Some(&posting.login),
                tracking_id: Some(&posting.issuance_id),
                miles: posting.miles,
                kind: posting.kind,
                detail: &posting.campaign_id,
                ..NewEntry::default()
            })
            .collect();
        ledger::add_all(&mut *conn, &entries).await?;
    }
    Ok(())
}

impl Gateway {
    /// The instants that count as now for a timestamp: the mock's, and this machine's while the
    /// clock runs, because a client does not know that the mock's was moved.
    pub(crate) fn clocks(&self) -> Vec<i64> {
        let now = self.clock.now();
        if self.miles.frozen {
            vec![now]
        } else {
            vec![now, now - self.clock.offset()]
        }
    }

    /// Writes down that a nonce was used, so that it stays used after a restart.
    pub(crate) async fn keep_nonce(&self, believed: &Believed) -> Result<(), MockError> {
        let (key_id, nonce) = &believed.nonce;
        let mut tx = self.begin().await?;
        sqlx::query("INSERT OR IGNORE INTO nonces (at, key_id, nonce) VALUES (?, ?, ?)")
            .bind(believed.at)
            .bind(key_id)
            .bind(nonce)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM nonces WHERE at < ?")
            .bind(forgotten_before(&self.clocks()))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Carries a command out: office, ledger and journal in one transaction.
    pub(crate) async fn office_do(
        &self,
        site: &str,
        command: Command,
    ) -> Result<Result<Value, Refusal>, MockError> {
        let mut office = self.miles.office.lock().await;
        let worked = self.office_work(&mut office, site, command).await;
        if worked.is_err() {
            self.office_again(&mut office).await?;
        }
        worked
    }

    async fn office_work(
        &self,
        office: &mut Office,
        site: &str,
        mut command: Command,
    ) -> Result<Result<Value, Refusal>, MockError> {
        let now = self.clock.now();
        let mut tx = self.begin().await?;
        let due = office.process_due(now) > 0;
        post(&mut tx, &office.take_postings()).await?;
        office.take_changed();
        let mut balances = BTreeMap::new();
        for login in command.members(office) {
            let miles = ledger::balance(&mut tx, &login).await?;
            balances.insert(login, u64::try_from(miles).unwrap_or(0));
        }
        command.told(balances);
        let answer = command.run(office, site, now);
        post(&mut tx, &office.take_postings()).await?;
        if office.take_changed() {
            write(&mut tx, now, site, &command).await?;
        } else if due {
            write(&mut tx, now, "", &Command::Due).await?;
        }
        tx.commit().await?;
        Ok(answer)
    }

    /// After a failure of the storage, the office is what the journal says.
    pub(crate) async fn office_again(&self, office: &mut Office) -> Result<(), MockError> {
        let mut conn = self.conn().await?;
        *office = load(&mut conn, Office::new(&self.scenario)).await?;
        Ok(())
    }

    /// Looks at the office as it is now.
    pub(crate) async fn office_read<T>(
        &self,
        look: impl FnOnce(&Office, i64) -> T,
    ) -> Result<T, MockError> {
        let mut office = self.miles.office.lock().await;
        let now = self.clock.now();
        if office.next_due().is_some_and(|at| at <= now) {
            let worked = self.office_work(&mut office, "", Command::Due).await;
            if worked.is_err() {
                self.office_again(&mut office).await?;
            }
            let _ = worked?;
        }
        Ok(look(&office, now))
    }

    /// A member's balance.
    pub(crate) async fn balance_of(&self, login: &str) -> Result<u64, MockError> {
        let mut conn = self.conn().await?;
        let miles = ledger::balance(&mut conn, login).await?;
        Ok(u64::try_from(miles).unwrap_or(0))
    }

    /// Issues the rows of files and deposits the miles that are due.
    pub(crate) async fn office_due(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        let mut office = self.miles.office.lock().await;
        let now = self.clock.now();
        if office.next_due().is_none_or(|at| at > now) {
            return Ok(());
        }
        let waiting = office.waiting_files(now);
        let before = office.deposits();
        let worked = self.office_work(&mut office, "", Command::Due).await;
        if worked.is_err() {
            self.office_again(&mut office).await?;
        }
        let _ = worked?;
        for id in waiting {
            happened.push(Happening {
                at: now,
                kind: "file_processed".to_owned(),
                id,
                outcome: "finished".to_owned(),
            });
        }
        let deposited = office.deposits() - before;
        if deposited > 0 {
            happened.push(Happening {
                at: now,
                kind: "miles_deposited".to_owned(),
                id: "office".to_owned(),
                outcome: match deposited {
                    1 => "1 issue".to_owned(),
                    more => format!("{more} issues"),
                },
            });
        }
        Ok(())
    }
}
