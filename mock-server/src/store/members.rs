//! What members earned outside campaigns, and who is logged in.

use sqlx::SqliteConnection;

use crate::options::MockError;

/// Miles that arrive later: what, miles, kind, due.
pub(crate) type Pending = (String, i64, String, i64);

/// Notes a reward; `false` when the member had it before.
pub(crate) async fn earn(
    conn: &mut SqliteConnection,
    member: &str,
    what: &str,
    miles: i64,
    kind: &str,
    due: i64,
    deposited: bool,
) -> Result<bool, MockError> {
    let done = sqlx::query("INSERT OR IGNORE INTO earned VALUES (?, ?, ?, ?, ?, ?)")
        .bind(member)
        .bind(what)
        .bind(miles)
        .bind(kind)
        .bind(due)
        .bind(deposited)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// What a member has already earned.
pub(crate) async fn earned(
    conn: &mut SqliteConnection,
    member: &str,
) -> Result<Vec<String>, MockError> {
    Ok(
        sqlx::query_scalar("SELECT what FROM earned WHERE member = ?")
            .bind(member)
            .fetch_all(conn)
            .await?,
    )
}

/// Rewards of a member that have not arrived yet.
pub(crate) async fn pending(
    conn: &mut SqliteConnection,
    member: &str,
) -> Result<Vec<Pending>, MockError> {
    Ok(sqlx::query_as(
        "SELECT what, miles, kind, due FROM earned WHERE member = ? AND deposited = 0 ORDER BY due",
    )
    .bind(member)
    .fetch_all(conn)
    .await?)
}

/// Takes the rewards that are due: member, what, miles, kind, due.
pub(crate) async fn take_due(
    conn: &mut SqliteConnection,
    now: i64,
) -> Result<Vec<(String, String, i64, String, i64)>, MockError> {
    Ok(sqlx::query_as(
        "UPDATE earned SET deposited = 1 WHERE deposited = 0 AND due <= ?
         RETURNING member, what, miles, kind, due",
    )
    .bind(now)
    .fetch_all(conn)
    .await?)
}

/// Keeps a log-in.
pub(crate) async fn log_in(
    conn: &mut SqliteConnection,
    token: &str,
    role: &str,
    who: &str,
) -> Result<(), MockError> {
    sqlx::query("INSERT INTO logins VALUES (?, ?, ?)")
        .bind(token)
        .bind(role)
        .bind(who)
        .execute(conn)
        .await?;
    Ok(())
}

/// Who a token belongs to.
pub(crate) async fn logged_in(
    conn: &mut SqliteConnection,
    token: &str,
    role: &str,
) -> Result<Option<String>, MockError> {
    Ok(
        sqlx::query_scalar("SELECT who FROM logins WHERE token = ? AND role = ?")
            .bind(token)
            .bind(role)
            .fetch_optional(conn)
            .await?,
    )
}

/// Forgets a token.
pub(crate) async fn log_out(conn: &mut SqliteConnection, token: &str) -> Result<(), MockError> {
    sqlx::query("DELETE FROM logins WHERE token = ?")
        .bind(token)
        .execute(conn)
        .await?;
    Ok(())
}
