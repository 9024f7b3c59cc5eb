//! Rows, the names they are found by, and first-seen keys.
//!
//! Whoever changes something takes locks in one order, so that nobody waits in a circle: one row, then one first-seen
//! key, then names in the order of their bytes.

use std::collections::BTreeSet;

use netmile::engine::journal::{Advanced, Change, Intent, Opened, Query, Row};
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind};
use sqlx::PgConnection;

use super::{events, text};
use crate::failure::{Done, damaged};
use crate::latest_end;

/// The columns of a row: id, kind, version, phase, body, due.
type Columns = (Vec<u8>, Vec<u8>, i64, Vec<u8>, Vec<u8>, Option<i64>);

fn row((id, kind, version, phase, body, due): Columns) -> Done<Row> {
    Ok(Row {
        id: text::read(id)?,
        kind: text::read(kind)?,
        version: u64::try_from(version).map_err(damaged)?,
        phase: text::read(phase)?,
        body: text::read(body)?,
        due: due.map(Timestamp::from_unix),
    })
}

pub(super) async fn get(connection: &mut PgConnection, id: &str) -> Done<Option<Row>> {
    let found: Option<Columns> = sqlx::query_as(
        "SELECT id, kind, version, phase, body, due FROM netmile_rows WHERE id = $1",
    )
    .bind(id.as_bytes())
    .fetch_optional(connection)
    .await?;
    found.map(row).transpose()
}

pub(super) async fn find(connection: &mut PgConnection, name: &str) -> Done<Option<Row>> {
    let found: Option<Columns> = sqlx::query_as(
        "SELECT r.id, r.kind, r.version, r.phase, r.body, r.due FROM netmile_names n \
         JOIN netmile_rows r ON r.id = n.row_id WHERE n.name = $1",
    )
    .bind(name.as_bytes())
    .fetch_optional(connection)
    .await?;
    found.map(row).transpose()
}

pub(super) async fn open(connection: &mut PgConnection, intent: &Intent) -> Done<Opened> {
    // Waits for somebody who is recording the same id, and then finds what they recorded.
    let written = sqlx::query(
        "INSERT INTO netmile_rows \
         (id, kind, version, phase, body, due, leased_until, opened_at, changed_at) \
         VALUES ($1, $2, 1, $3, $4, $5, 0, $6, $6) ON CONFLICT (id) DO NOTHING",
    )
    .bind(intent.id.as_bytes())
    .bind(intent.kind.as_bytes())
    .bind(intent.phase.as_bytes())
    .bind(intent.body.as_bytes())
    .bind(intent.due.map(Timestamp::as_unix))
    .bind(intent.now.as_unix())
    .execute(&mut *connection)
    .await?;
    if written.rows_affected() == 0 {
        let row = get(connection, &intent.id).await?;
        return row.map(Opened::Existing).ok_or_else(vanished);
    }
    name(connection, &intent.id, &intent.keys).await?;
    Ok(Opened::New(Row {
        id: intent.id.clone(),
        kind: intent.kind.clone(),
        version: 1,
        phase: intent.phase.clone(),
        body: intent.body.clone(),
        due: intent.due,
    }))
}

/// Gives a row further names. A name that the row has already is no conflict.
async fn name(connection: &mut PgConnection, id: &str, names: &[String]) -> Done<()> {
    for name in names.iter().collect::<BTreeSet<_>>() {
        let written = sqlx::query(
            "INSERT INTO netmile_names (name, row_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        )
        .bind(name.as_bytes())
        .bind(id.as_bytes())
        .execute(&mut *connection)
        .await?;
        if written.rows_affected() == 0 {
            let owner: Option<Vec<u8>> =
                sqlx::query_scalar("SELECT row_id FROM netmile_names WHERE name = $1")
                    .bind(name.as_bytes())
                    .fetch_optional(&mut *connection)
                    .await?;
            if owner.ok_or_else(vanished)? != id.as_bytes() {
                return Err(
                    Error::new(ErrorKind::Conflict, "a key belongs to another record").into(),
                );
            }
        }
    }
    Ok(())
}

fn vanished() -> crate::failure::Failure {
    Error::new(
        ErrorKind::Journal,
        "somebody deletes from the journal's tables",
    )
    .into()
}

pub(super) async fn advance(
    connection: &mut PgConnection,
    id: &str,
    from: u64,
    change: &Change,
    seen: Option<&str>,
) -> Done<Advanced> {
    // From here on nobody else changes the row, and each statement sees what was committed before it began.
    let locked: Option<Columns> = sqlx::query_as(
        "SELECT id, kind, version, phase, body, due FROM netmile_rows WHERE id = $1 FOR UPDATE",
    )
    .bind(id.as_bytes())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(locked) = locked else {
        return Err(Error::new(ErrorKind::UnknownOrder, "no such record").into());
    };
    let mut row = row(locked)?;
    if let Some(key) = seen
        && is_seen(connection, key).await?
    {
        return Ok(Advanced::SeenBefore);
    }
    if row.version != from {
        return Ok(Advanced::Stale(row));
    }
    if let Some(key) = seen {
        // Waits for somebody who applies the same key to another row. If they did, nothing of ours is written yet.
        let written = sqlx::query(
            "INSERT INTO netmile_seen (seen_key, row_id, seen_at) VALUES ($1, $2, $3) \
             ON CONFLICT (seen_key) DO NOTHING",
        )
        .bind(key.as_bytes())
        .bind(id.as_bytes())
        .bind(change.now.as_unix())
        .execute(&mut *connection)
        .await?;
        if written.rows_affected() == 0 {
            return Ok(Advanced::SeenBefore);
        }
    }
    sqlx::query(
        "UPDATE netmile_rows SET version = version + 1, phase = $2, body = $3, due = $4, \
         leased_until = 0, changed_at = $5 WHERE id = $1",
    )
    .bind(id.as_bytes())
    .bind(change.phase.as_bytes())
    .bind(change.body.as_bytes())
    .bind(change.due.map(Timestamp::as_unix))
    .bind(change.now.as_unix())
    .execute(&mut *connection)
    .await?;
    name(connection, id, &change.new_keys).await?;
    events::write(connection, id, &change.events, change.now).await?;
    row.version += 1;
    row.phase.clone_from(&change.phase);
    row.body.clone_from(&change.body);
    row.due = change.due;
    Ok(Advanced::Applied(row))
}

async fn is_seen(connection: &mut PgConnection, key: &str) -> Done<bool> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM netmile_seen WHERE seen_key = $1)")
            .bind(key.as_bytes())
            .fetch_one(connection)
            .await?,
    )
}

pub(super) async fn list(connection: &mut PgConnection, query: &Query) -> Done<Vec<Row>> {
    // The smallest text after `after`, byte by byte, is the same with a zero byte behind it.
    let first = query
        .after
        .as_ref()
        .map(|after| format!("{after}\0"))
        .unwrap_or_default();
    let limit = i64::from(query.limit);
    let found: Vec<Columns> = if query.phases.is_empty() {
        sqlx::query_as(
            "SELECT id, kind, version, phase, body, due FROM netmile_rows \
             WHERE kind = $1 AND id >= $2 ORDER BY id LIMIT $3",
        )
        .bind(query.kind.as_bytes())
        .bind(first.into_bytes())
        .bind(limit)
        .fetch_all(connection)
        .await?
    } else {
        // One statement for all phases, or a row that moves between two of them is listed twice or not at all.
        let phases: Vec<&[u8]> = query.phases.iter().map(String::as_bytes).collect();
        sqlx::query_as(
            "SELECT id, kind, version, phase, body, due FROM netmile_rows \
             WHERE kind = $1 AND id >= $2 AND phase = ANY ($4) ORDER BY id LIMIT $3",
        )
        .bind(query.kind.as_bytes())
        .bind(first.into_bytes())
        .bind(limit)
        .bind(phases)
        .fetch_all(connection)
        .await?
    };
    found.into_iter().map(row).collect()
}

/// Takes due rows. A row that somebody else is taking or changing at this moment is passed over.
pub(super) async fn lease(
    connection: &mut PgConnection,
    prefixes: Vec<Vec<u8>>,
    (now, until): (Timestamp, Timestamp),
    limit: u32,
) -> Done<Vec<Row>> {
    let taken: Vec<Columns> = sqlx::query_as(
        "WITH due AS MATERIALIZED \
         (SELECT id FROM netmile_rows WHERE due <= $1 AND (leased_until <= $1 OR leased_until > $4) \
          AND (cardinality($5::bytea[]) = 0 OR EXISTS (SELECT 1 FROM unnest($5::bytea[]) AS p(prefix) \
           WHERE substring(id FROM 1 FOR octet_length(p.prefix)) = p.prefix)) \
          ORDER BY due, id LIMIT $3 FOR UPDATE SKIP LOCKED) \
         UPDATE netmile_rows r SET leased_until = $2 FROM due WHERE r.id = due.id \
         RETURNING r.id, r.kind, r.version, r.phase, r.body, r.due",
    )
    .bind(now.as_unix())
    .bind(until.as_unix())
    .bind(i64::from(limit))
    .bind(latest_end(until))
    .bind(prefixes)
    .fetch_all(connection)
    .await?;
    let mut rows: Vec<Row> = taken.into_iter().map(row).collect::<Done<_>>()?;
    // RETURNING promises no order.
    rows.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    Ok(rows)
}
