//! Attempts to tell a merchant, notices held back, and the message log.

use serde::{Deserialize, Serialize};
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::{link::fields::Provenance, options::MockError, wire::form::Fields};

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 200, and the body began with `OK`.
    Accepted,
    /// 200, and the body did not begin with `OK`.
    Refused,
    /// Another status.
    BadStatus,
    /// No answer in time.
    TimedOut,
    /// No connection, or it broke.
    Unreachable,
    /// A fault kept it from being sent.
    NotSent,
}

impl Verdict {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Accepted, "accepted"),
        (Self::Refused, "refused"),
        (Self::BadStatus, "bad_status"),
        (Self::TimedOut, "timed_out"),
        (Self::Unreachable, "unreachable"),
        (Self::NotSent, "not_sent"),
    ];

    /// Name in the database and the admin API.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(v, _)| *v == self)
            .map_or("unreachable", |(_, k)| k)
    }

    fn from_key(key: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(_, k)| *k == key)
            .map_or(Self::Unreachable, |(v, _)| *v)
    }
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Attempt {
    /// Number.
    pub id: i64,
    /// Unix seconds.
    pub at: i64,
    /// `A02-1`, `B03-1`, …
    pub message: String,
    /// `res_result`.
    pub result: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Purchase id.
    pub order_id: String,
    /// Transaction id.
    pub tracking_id: String,
    /// Session.
    pub session: String,
    /// Where it went.
    pub url: String,
    /// Request body as sent (Shift_JIS, percent-encoded, hence ASCII).
    pub body: String,
    /// HTTP status of the answer.
    pub status: Option<u16>,
    /// Start of the answer's body.
    pub answer: String,
    /// How it ended.
    pub verdict: Verdict,
    /// Fault that changed it.
    pub fault: Option<String>,
    /// Whether the merchant was told by mail that the notice failed (recorded only).
    pub failure_mail: bool,
}

fn read(row: &SqliteRow) -> Result<Attempt, MockError> {
    let text = |name: &str| -> Result<String, sqlx::Error> {
        Ok(String::from_utf8_lossy(row.try_get::<&[u8], _>(name)?).into_owned())
    };
    Ok(Attempt {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        message: row.try_get("message")?,
        result: row.try_get("result")?,
        merchant_id: row.try_get("merchant_id")?,
        service_id: row.try_get("service_id")?,
        order_id: row.try_get("order_id")?,
        tracking_id: row.try_get("tracking_id")?,
        session: row.try_get("session")?,
        url: row.try_get("url")?,
        body: text("body")?,
        status: row.try_get("status")?,
        answer: text("answer")?,
        verdict: Verdict::from_key(row.try_get("verdict")?),
        fault: row.try_get("fault")?,
        failure_mail: row.try_get("failure_mail")?,
    })
}

/// Records an attempt.
pub(crate) async fn insert(conn: &mut SqliteConnection, a: &Attempt) -> Result<i64, MockError> {
    let done = sqlx::query(
        "INSERT INTO notices (at, message, result, merchant_id, service_id, order_id, tracking_id,
         session, url, body, status, answer, verdict, fault, failure_mail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(a.at)
    .bind(&a.message)
    .bind(&a.result)
    .bind(&a.merchant_id)
    .bind(&a.service_id)
    .bind(&a.order_id)
    .bind(&a.tracking_id)
    .bind(&a.session)
    .bind(&a.url)
    .bind(a.body.as_bytes())
    .bind(a.status)
    .bind(a.answer.as_bytes())
    .bind(a.verdict.key())
    .bind(&a.fault)
    .bind(a.failure_mail)
    .execute(conn)
    .await?;
    Ok(done.last_insert_rowid())
}

/// Attempts of a session (or all), oldest first.
pub(crate) async fn attempts(
    conn: &mut SqliteConnection,
    session: Option<&str>,
) -> Result<Vec<Attempt>, MockError> {
    sqlx::query("SELECT * FROM notices WHERE ? IS NULL OR session = ? ORDER BY id")
        .bind(session)
        .bind(session)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Holds a notice back until `due`.
pub(crate) async fn hold(
    conn: &mut SqliteConnection,
    due: i64,
    draft: &str,
) -> Result<(), MockError> {
    sqlx::query("INSERT INTO held (due, draft) VALUES (?, ?)")
        .bind(due)
        .bind(draft)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes the held notices that are due.
pub(crate) async fn take_held(
    conn: &mut SqliteConnection,
    now: i64,
) -> Result<Vec<String>, MockError> {
    Ok(
        sqlx::query_scalar("DELETE FROM held WHERE due <= ? RETURNING draft")
            .bind(now)
            .fetch_all(conn)
            .await?,
    )
}

/// One message in or out, secrets and personal data masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LogEntry {
    /// Number.
    pub id: i64,
    /// Unix seconds.
    pub at: i64,
    /// `in` or `out`.
    pub direction: String,
    /// `browser`, `merchant`, `advertiser` or `member`.
    pub peer: String,
    /// `A01-1`, `A02-1`, …
    pub message: String,
    /// Merchant.
    pub merchant_id: String,
    /// Purchase id.
    pub order_id: String,
    /// Fields, masked.
    #[schema(value_type = Vec<Vec<String>>)]
    pub fields: Fields,
    /// What the mock's reading of this message rests on.
    pub provenance: Provenance,
    /// What came of it.
    pub outcome: String,
}

/// Writes a log entry; its `id` is ignored.
pub(crate) async fn log(conn: &mut SqliteConnection, e: &LogEntry) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO log (at, direction, peer, message, merchant_id, order_id, fields, provenance, outcome)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(e.at)
    .bind(&e.direction)
    .bind(&e.peer)
    .bind(&e.message)
    .bind(&e.merchant_id)
    .bind(&e.order_id)
    .bind(serde_json::to_string(&e.fields)?)
    .bind(serde_json::to_string(&e.provenance)?)
    .bind(&e.outcome)
    .execute(conn)
    .await?;
    Ok(())
}

/// The log after entry `after`, at most `limit` entries.
pub(crate) async fn read_log(
    conn: &mut SqliteConnection,
    after: i64,
    limit: u32,
) -> Result<Vec<LogEntry>, MockError> {
    let rows = sqlx::query("SELECT * FROM log WHERE id > ? ORDER BY id LIMIT ?")
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(LogEntry {
                id: row.try_get("id")?,
                at: row.try_get("at")?,
                direction: row.try_get("direction")?,
                peer: row.try_get("peer")?,
                message: row.try_get("message")?,
                merchant_id: row.try_get("merchant_id")?,
                order_id: row.try_get("order_id")?,
                fields: serde_json::from_str(row.try_get("fields")?)?,
                provenance: serde_json::from_str(row.try_get("provenance")?)?,
                outcome: row.try_get("outcome")?,
            })
        })
        .collect()
}
