//! Everything that is kept, in SQLite. One file per group of tables.
//!
//! There is one connection only: whoever holds it, or a transaction on it, is
//! alone. That is what makes a debit happen once however many requests race.

pub mod contracts;
pub mod ledger;
pub mod members;
pub mod notices;
pub mod payments;
pub mod periods;
pub mod registrations;
pub mod sessions;

use std::{path::Path, str::FromStr as _};

use sqlx::{
    SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::options::MockError;

/// Opens the database and makes its tables.
pub(crate) async fn open(file: Option<&Path>) -> Result<SqlitePool, MockError> {
    let options = match file {
        Some(path) => SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true),
        None => SqliteConnectOptions::from_str("sqlite::memory:")?,
    };
    let pool = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        // The test before a loan would drop the connection with whoever stops waiting for it: a database in memory is gone.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await?;
    sqlx::raw_sql(include_str!("tables.sql"))
        .execute(&pool)
        .await?;
    Ok(pool)
}

/// Forgets everything but the counters, so that ids stay unique.
pub(crate) async fn clear(conn: &mut SqliteConnection) -> Result<(), MockError> {
    sqlx::raw_sql(
        "DELETE FROM orders; DELETE FROM sessions; DELETE FROM ledger; DELETE FROM payments;
         DELETE FROM contracts; DELETE FROM periods; DELETE FROM customers; DELETE FROM notices; DELETE FROM held;
         DELETE FROM registrations; DELETE FROM received; DELETE FROM earned; DELETE FROM logins;
         DELETE FROM log; DELETE FROM office_journal; DELETE FROM timeline;
         DELETE FROM api_records WHERE name <> 'counters'; DELETE FROM meta WHERE name = 'opened';",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The next number of a counter, from 1.
pub(crate) async fn next(conn: &mut SqliteConnection, counter: &str) -> Result<i64, MockError> {
    let value: i64 = sqlx::query_scalar(
        "INSERT INTO meta (name, value) VALUES (?, 1)
         ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
    )
    .bind(counter)
    .fetch_one(conn)
    .await?;
    Ok(value)
}

/// A stored number.
pub(crate) async fn get_meta(
    conn: &mut SqliteConnection,
    name: &str,
) -> Result<Option<i64>, MockError> {
    Ok(sqlx::query_scalar("SELECT value FROM meta WHERE name = ?")
        .bind(name)
        .fetch_optional(conn)
        .await?)
}

/// Stores a number.
pub(crate) async fn set_meta(
    conn: &mut SqliteConnection,
    name: &str,
    value: i64,
) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO meta (name, value) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(conn)
    .await?;
    Ok(())
}
