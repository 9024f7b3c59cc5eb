//! The tables and their versions.

use sqlx::SqliteConnection;

use crate::failure::{Done, check_version};

/// One script per version, in order. A published script is never changed: a new one is added.
const MIGRATIONS: [&str; 2] = [
    include_str!("../../migrations/sqlite/0001_journal.sql"),
    include_str!("../../migrations/sqlite/0002_events_by_row.sql"),
];

/// Brings the tables to the version of this library. Runs inside a write transaction, so that of two processes that
/// start together one does the work and the other finds it done.
pub(crate) async fn migrate(connection: &mut SqliteConnection) -> Done<()> {
    sqlx::query("CREATE TABLE IF NOT EXISTS netmile_schema (version BIGINT NOT NULL PRIMARY KEY)")
        .execute(&mut *connection)
        .await?;
    let found: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM netmile_schema")
        .fetch_one(&mut *connection)
        .await?;
    for (script, version) in MIGRATIONS.iter().copied().zip(1_i64..) {
        if version > found {
            sqlx::raw_sql(script).execute(&mut *connection).await?;
            sqlx::query("INSERT INTO netmile_schema (version) VALUES ($1)")
                .bind(version)
                .execute(&mut *connection)
                .await?;
        }
    }
    check_version(found, MIGRATIONS.len()).map(drop)
}
