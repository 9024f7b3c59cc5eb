//! Sessions of customers, used purchase ids, and what happened in a session.

use serde::{Deserialize, Serialize};
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::{link::request::Request, options::MockError, wire::form::Fields};

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The customer is choosing, logging in, earning, deciding.
    Open,
    /// Money has moved, the merchant is being told.
    Settling,
    /// The merchant said OK.
    Done,
    /// The merchant did not say OK: purchase NG page.
    NoticeFailed,
    /// The customer gave up.
    Cancelled,
    /// The institution failed.
    Failed,
}

impl State {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Open, "open"),
        (Self::Settling, "settling"),
        (Self::Done, "done"),
        (Self::NoticeFailed, "notice_failed"),
        (Self::Cancelled, "cancelled"),
        (Self::Failed, "failed"),
    ];

    /// Name in the database and the admin API.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(s, _)| *s == self)
            .map_or("open", |(_, k)| k)
    }

    fn from_key(key: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(_, k)| *k == key)
            .map_or(Self::Failed, |(s, _)| *s)
    }
}

/// What was done for the customer, for the completion page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Done {
    /// Paid.
    Paid {
        miles: i64,
        paypal_yen: i64,
        returned: i64,
        balance: Option<i64>,
    },
    /// A contract began.
    Applied,
    /// A contract ended.
    ContractEnded,
    /// Payment data stored.
    Stored,
    /// Payment data deleted.
    Deleted,
}

/// The form that takes the browser back to the merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReturnForm {
    pub(crate) action: String,
    pub(crate) fields: Fields,
    /// `false` when a fault withholds it.
    pub(crate) shown: bool,
}

/// A session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) merchant_id: String,
    pub(crate) service_id: String,
    pub(crate) order_id: String,
    pub(crate) request: Request,
    pub(crate) methods: Vec<String>,
    pub(crate) method: Option<String>,
    pub(crate) member: Option<String>,
    pub(crate) state: State,
    pub(crate) tracking_id: Option<String>,
    pub(crate) error_code: Option<String>,
    pub(crate) done: Option<Done>,
    /// `res_*` fields of its result.
    pub(crate) res: Fields,
    pub(crate) return_form: Option<ReturnForm>,
    pub(crate) at: i64,
}

impl Session {
    /// Amount in yen, 0 for functions without one.
    pub(crate) fn amount(&self) -> u64 {
        self.request.get("amount").parse().unwrap_or(0)
    }

    pub(crate) fn is_netmile(&self) -> bool {
        self.method.as_deref() == Some("netmile")
    }
}

fn read(row: &SqliteRow) -> Result<Session, MockError> {
    let json = |name: &str| row.try_get::<Option<String>, _>(name);
    Ok(Session {
        id: row.try_get("id")?,
        merchant_id: row.try_get("merchant_id")?,
        service_id: row.try_get("service_id")?,
        order_id: row.try_get("order_id")?,
        request: serde_json::from_str(row.try_get("request")?)?,
        methods: serde_json::from_str(row.try_get("methods")?)?,
        method: row.try_get("method")?,
        member: row.try_get("member")?,
        state: State::from_key(row.try_get("state")?),
        tracking_id: row.try_get("tracking_id")?,
        error_code: row.try_get("error_code")?,
        done: json("result")?
            .map(|t| serde_json::from_str(&t))
            .transpose()?,
        res: json("res")?
            .map(|t| serde_json::from_str(&t))
            .transpose()?
            .unwrap_or_default(),
        return_form: json("return_form")?
            .map(|t| serde_json::from_str(&t))
            .transpose()?,
        at: row.try_get("at")?,
    })
}

/// Uses up a purchase id; `false` when it was used before.
pub(crate) async fn use_order(
    conn: &mut SqliteConnection,
    request: &Request,
    at: i64,
) -> Result<bool, MockError> {
    let done = sqlx::query("INSERT OR IGNORE INTO orders VALUES (?, ?, ?, ?)")
        .bind(request.get("merchant_id"))
        .bind(request.get("service_id"))
        .bind(request.get("order_id"))
        .bind(at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Opens a session.
pub(crate) async fn insert(
    conn: &mut SqliteConnection,
    session: &Session,
) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO sessions (id, merchant_id, service_id, order_id, request, methods, method, state, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&session.id)
    .bind(&session.merchant_id)
    .bind(&session.service_id)
    .bind(&session.order_id)
    .bind(serde_json::to_string(&session.request)?)
    .bind(serde_json::to_string(&session.methods)?)
    .bind(&session.method)
    .bind(session.state.key())
    .bind(session.at)
    .execute(conn)
    .await?;
    Ok(())
}

/// A session by id.
pub(crate) async fn get(
    conn: &mut SqliteConnection,
    id: &str,
) -> Result<Option<Session>, MockError> {
    sqlx::query("SELECT * FROM sessions WHERE id = ?")
        .bind(id)
        .fetch_optional(conn)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The newest sessions.
pub(crate) async fn newest(
    conn: &mut SqliteConnection,
    limit: u32,
) -> Result<Vec<Session>, MockError> {
    sqlx::query("SELECT * FROM sessions ORDER BY rowid DESC LIMIT ?")
        .bind(limit)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Every session of one service, newest first.
pub(crate) async fn of_service(
    conn: &mut SqliteConnection,
    merchant_id: &str,
    service_id: &str,
) -> Result<Vec<Session>, MockError> {
    sqlx::query(
        "SELECT * FROM sessions WHERE merchant_id = ? AND service_id = ? ORDER BY rowid DESC",
    )
    .bind(merchant_id)
    .bind(service_id)
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Chooses method and member of an open session; `false` when it is not open.
pub(crate) async fn choose(
    conn: &mut SqliteConnection,
    id: &str,
    method: Option<&str>,
    member: Option<&str>,
) -> Result<bool, MockError> {
    let done =
        sqlx::query("UPDATE sessions SET method = ?, member = ? WHERE id = ? AND state = 'open'")
            .bind(method)
            .bind(member)
            .bind(id)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves a session from one state to another; `false` when it is not in the first.
pub(crate) async fn step(
    conn: &mut SqliteConnection,
    id: &str,
    from: State,
    to: State,
) -> Result<bool, MockError> {
    let done = sqlx::query("UPDATE sessions SET state = ? WHERE id = ? AND state = ?")
        .bind(to.key())
        .bind(id)
        .bind(from.key())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Records what the settling did.
pub(crate) async fn set_done(
    conn: &mut SqliteConnection,
    id: &str,
    tracking_id: &str,
    done: Done,
    res: &Fields,
) -> Result<(), MockError> {
    sqlx::query("UPDATE sessions SET tracking_id = ?, result = ?, res = ? WHERE id = ?")
        .bind(tracking_id)
        .bind(serde_json::to_string(&done)?)
        .bind(serde_json::to_string(res)?)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Records the code of a failure.
pub(crate) async fn set_error(
    conn: &mut SqliteConnection,
    id: &str,
    code: &str,
) -> Result<(), MockError> {
    sqlx::query("UPDATE sessions SET error_code = ? WHERE id = ?")
        .bind(code)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps the return form, so that a reload shows the same one.
pub(crate) async fn set_return(
    conn: &mut SqliteConnection,
    id: &str,
    form: &ReturnForm,
) -> Result<(), MockError> {
    sqlx::query("UPDATE sessions SET return_form = ? WHERE id = ?")
        .bind(serde_json::to_string(form)?)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Sessions that were telling the merchant when the process ended: whether it heard is unknown, so
/// they count as not told, with `code` on their page.
pub(crate) async fn abandon_settling(
    conn: &mut SqliteConnection,
    code: &str,
) -> Result<(), MockError> {
    sqlx::query(
        "UPDATE payments SET status = 'notice_failed' WHERE status = 'paid'
         AND session IN (SELECT id FROM sessions WHERE state = 'settling')",
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "UPDATE sessions SET state = 'notice_failed', error_code = ? WHERE state = 'settling'",
    )
    .bind(code)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes an event of a session.
pub(crate) async fn note(
    conn: &mut SqliteConnection,
    session: &str,
    at: i64,
    event: &str,
    detail: &str,
) -> Result<(), MockError> {
    sqlx::query("INSERT INTO timeline (at, session, event, detail) VALUES (?, ?, ?, ?)")
        .bind(at)
        .bind(session)
        .bind(event)
        .bind(detail)
        .execute(conn)
        .await?;
    Ok(())
}

/// The events of a session: time, event, detail.
pub(crate) async fn timeline(
    conn: &mut SqliteConnection,
    session: &str,
) -> Result<Vec<(i64, String, String)>, MockError> {
    Ok(
        sqlx::query_as("SELECT at, event, detail FROM timeline WHERE session = ? ORDER BY id")
            .bind(session)
            .fetch_all(conn)
            .await?,
    )
}
