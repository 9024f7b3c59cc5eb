//! The ledger: every movement of miles and yen is a row, and rows never change.

use serde::{Deserialize, Serialize};
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::options::MockError;

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Entry {
    /// Number.
    pub id: i64,
    /// Unix seconds.
    pub at: i64,
    /// Member; absent where none is touched.
    pub member: Option<String>,
    /// Purchase id.
    pub order_id: Option<String>,
    /// Transaction id.
    pub tracking_id: Option<String>,
    /// Miles into (positive) or out of (negative) the member's balance.
    pub miles: i64,
    /// Yen that the row settles (positive) or gives back (negative).
    pub yen: i64,
    /// `opening`, `payment`, `return`, `paypal`, `refund`, `return_taken_back`, `paypal_refund`,
    /// `campaign`, `questionnaire`, `mail`, `issue`, `issue_cancelled`, `reward` or `adjustment`.
    pub kind: String,
    /// Campaign, questionnaire, shop or reason.
    pub detail: String,
}

/// A row to be written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NewEntry<'a> {
    pub(crate) at: i64,
    pub(crate) member: Option<&'a str>,
    pub(crate) order_id: Option<&'a str>,
    pub(crate) tracking_id: Option<&'a str>,
    pub(crate) miles: i64,
    pub(crate) yen: i64,
    pub(crate) kind: &'a str,
    pub(crate) detail: &'a str,
}

fn read(row: &SqliteRow) -> Result<Entry, MockError> {
    Ok(Entry {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        member: row.try_get("member")?,
        order_id: row.try_get("order_id")?,
        tracking_id: row.try_get("tracking_id")?,
        miles: row.try_get("miles")?,
        yen: row.try_get("yen")?,
        kind: row.try_get("kind")?,
        detail: row.try_get("detail")?,
    })
}

/// Writes a row.
pub(crate) async fn add(conn: &mut SqliteConnection, entry: NewEntry<'_>) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO ledger (at, member, order_id, tracking_id, miles, yen, kind, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(entry.at)
    .bind(entry.member)
    .bind(entry.order_id)
    .bind(entry.tracking_id)
    .bind(entry.miles)
    .bind(entry.yen)
    .bind(entry.kind)
    .bind(entry.detail)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes many rows with one statement.
pub(crate) async fn add_all(
    conn: &mut SqliteConnection,
    entries: &[NewEntry<'_>],
) -> Result<(), MockError> {
    let rows: Vec<_> = entries
        .iter()
        .map(|e| {
            (
                e.at,
                e.member,
                e.order_id,
                e.tracking_id,
                e.miles,
                e.yen,
                e.kind,
                e.detail,
            )
        })
        .collect();
    sqlx::query(
        "INSERT INTO ledger (at, member, order_id, tracking_id, miles, yen, kind, detail)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                value ->> 6, value ->> 7
         FROM json_each(?) ORDER BY key",
    )
    .bind(serde_json::to_string(&rows)?)
    .execute(conn)
    .await?;
    Ok(())
}

/// A member's balance in miles.
pub(crate) async fn balance(conn: &mut SqliteConnection, member: &str) -> Result<i64, MockError> {
    Ok(
        sqlx::query_scalar("SELECT COALESCE(SUM(miles), 0) FROM ledger WHERE member = ?")
            .bind(member)
            .fetch_one(conn)
            .await?,
    )
}

/// Rows, oldest first, of a member or of everybody.
pub(crate) async fn rows(
    conn: &mut SqliteConnection,
    member: Option<&str>,
) -> Result<Vec<Entry>, MockError> {
    sqlx::query("SELECT * FROM ledger WHERE ? IS NULL OR member = ? ORDER BY id")
        .bind(member)
        .bind(member)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}
