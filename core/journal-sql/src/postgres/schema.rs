//! The tables and their versions.

use sqlx::PgConnection;

use crate::failure::{Done, check_version};

/// One script per version, in order. A published script is never changed: a new one is added.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/postgres/0001_journal.sql")];

/// Names the lock of the migration among the advisory locks of the database: `netmile` in ASCII.
const LOCK: i64 = 0x006e_6574_6d69_6c65;

/// Brings the tables to the version of this library. Of processes that start together one does the work and the
/// others find it done.
///
/// A database that is up to date is only read: its user needs no right to create tables.
pub(super) async fn migrate(connection: &mut PgConnection) -> Done<()> {
    if found(connection).await? == Some(MIGRATIONS.len()) {
        return Ok(());
    }
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(LOCK)
        .execute(&mut *connection)
        .await?;
    let version = match found(connection).await? {
        Some(version) => version,
        None => {
            sqlx::raw_sql("CREATE TABLE netmile_schema (version BIGINT NOT NULL PRIMARY KEY)")
                .execute(&mut *connection)
                .await?;
            0
        }
    };
    for (script, number) in MIGRATIONS.iter().copied().zip(1_i64..).skip(version) {
        sqlx::raw_sql(script).execute(&mut *connection).await?;
        sqlx::query("INSERT INTO netmile_schema (version) VALUES ($1)")
            .bind(number)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The version of the tables; none without any. A newer one than this library's is an error.
async fn found(connection: &mut PgConnection) -> Done<Option<usize>> {
    // The catalogue itself: `to_regclass` remembers within a transaction that there was no such table.
    let exists: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class \
         WHERE relname = 'netmile_schema' AND pg_catalog.pg_table_is_visible(oid))",
    )
    .fetch_one(&mut *connection)
    .await?;
    if !exists {
        return Ok(None);
    }
    let version: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM netmile_schema")
        .fetch_one(connection)
        .await?;
    check_version(version, MIGRATIONS.len()).map(Some)
}
