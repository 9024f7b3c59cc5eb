//! Campaign registrations and their hand-over to the advertiser.

use serde::{Deserialize, Serialize};
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::{options::MockError, wire::form::Fields};

/// Hand-over states of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandOver {
    /// Being handed over for the first time.
    Sending,
    /// The advertiser said OK; miles are issued.
    Accepted,
    /// The advertiser said NG; no miles.
    Rejected,
    /// No answer yet; further tries are planned.
    Confirming,
    /// No answer after the last try; no miles.
    Unanswered,
    /// Issued on input; the data waits for the batch.
    BatchPending,
}

impl HandOver {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Sending, "sending"),
        (Self::Accepted, "accepted"),
        (Self::Rejected, "rejected"),
        (Self::Confirming, "confirming"),
        (Self::Unanswered, "unanswered"),
        (Self::BatchPending, "batch_pending"),
    ];

    /// Name in the database and the admin API.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(h, _)| *h == self)
            .map_or("unanswered", |(_, k)| k)
    }

    fn from_key(key: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(_, k)| *k == key)
            .map_or(Self::Unanswered, |(h, _)| *h)
    }
}

/// A registration. What the member typed is kept but never serialised.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Registration {
    /// Registration id, the same in every try.
    pub id: String,
    /// Session from which it came.
    pub session: String,
    /// Member.
    pub member: String,
    /// Campaign.
    pub campaign: String,
    /// Reward in miles.
    pub miles: i64,
    /// Hand-over state.
    pub state: HandOver,
    /// Calls made.
    pub tries: i64,
    /// When the next try is due, Unix seconds.
    pub next_at: Option<i64>,
    /// The advertiser's reason.
    pub reason: Option<String>,
    /// Unix seconds.
    pub at: i64,
    #[serde(skip)]
    pub(crate) fields: Fields,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration")
            .field("id", &self.id)
            .field("campaign", &self.campaign)
            .field("state", &self.state)
            .field("tries", &self.tries)
            .finish_non_exhaustive()
    }
}

fn read(row: &SqliteRow) -> Result<Registration, MockError> {
    Ok(Registration {
        id: row.try_get("id")?,
        session: row.try_get("session")?,
        member: row.try_get("member")?,
        campaign: row.try_get("campaign")?,
        miles: row.try_get("miles")?,
        state: HandOver::from_key(row.try_get("state")?),
        tries: row.try_get("tries")?,
        next_at: row.try_get("next_at")?,
        reason: row.try_get("reason")?,
        at: row.try_get("at")?,
        fields: serde_json::from_str(row.try_get("fields")?)?,
    })
}

pub(crate) async fn insert(conn: &mut SqliteConnection, r: &Registration) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO registrations (id, session, member, campaign, fields, miles, state, tries, next_at, reason, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&r.id)
    .bind(&r.session)
    .bind(&r.member)
    .bind(&r.campaign)
    .bind(serde_json::to_string(&r.fields)?)
    .bind(r.miles)
    .bind(r.state.key())
    .bind(r.tries)
    .bind(r.next_at)
    .bind(&r.reason)
    .bind(r.at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes the state of a registration, unless it has already been decided; `false` then.
pub(crate) async fn update(
    conn: &mut SqliteConnection,
    r: &Registration,
) -> Result<bool, MockError> {
    let done = sqlx::query(
        "UPDATE registrations SET state = ?, tries = ?, next_at = ?, reason = ?
         WHERE id = ? AND state IN ('sending', 'confirming')",
    )
    .bind(r.state.key())
    .bind(r.tries)
    .bind(r.next_at)
    .bind(&r.reason)
    .bind(&r.id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn get(
    conn: &mut SqliteConnection,
    id: &str,
) -> Result<Option<Registration>, MockError> {
    sqlx::query("SELECT * FROM registrations WHERE id = ?")
        .bind(id)
        .fetch_optional(conn)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Registrations of a member (or all), oldest first.
pub(crate) async fn of_member(
    conn: &mut SqliteConnection,
    member: Option<&str>,
) -> Result<Vec<Registration>, MockError> {
    sqlx::query("SELECT * FROM registrations WHERE ? IS NULL OR member = ? ORDER BY rowid")
        .bind(member)
        .bind(member)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Registrations whose next try is due.
pub(crate) async fn due(
    conn: &mut SqliteConnection,
    now: i64,
) -> Result<Vec<Registration>, MockError> {
    sqlx::query(
        "SELECT * FROM registrations WHERE state = 'confirming' AND next_at <= ? ORDER BY next_at, rowid",
    )
    .bind(now)
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Registrations that were being handed over when the process ended: whether the advertiser got them
/// is unknown, so they are handed over once more, with the same id.
pub(crate) async fn resume(conn: &mut SqliteConnection, now: i64) -> Result<(), MockError> {
    sqlx::query(
        "UPDATE registrations SET state = 'confirming', next_at = ? WHERE state = 'sending'",
    )
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a built-in advertiser API got a registration; the number of calls so far.
pub(crate) async fn received(
    conn: &mut SqliteConnection,
    advertiser: &str,
    registration_id: &str,
    at: i64,
) -> Result<i64, MockError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO received (advertiser, registration_id, at, calls) VALUES (?, ?, ?, 1)
         ON CONFLICT (advertiser, registration_id) DO UPDATE SET calls = calls + 1
         RETURNING calls",
    )
    .bind(advertiser)
    .bind(registration_id)
    .bind(at)
    .fetch_one(conn)
    .await?)
}
