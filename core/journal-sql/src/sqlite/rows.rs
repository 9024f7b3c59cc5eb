//! Rows, the names they are found by, and first-seen keys.

use std::collections::BTreeSet;

use netmile::engine::journal::{Advanced, Change, Intent, Opened, Query, Row};
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind};
use sqlx::{Connection, SqliteConnection};

use super::events;
use crate::failure::{Done, damaged};
use crate::latest_end;

/// The columns of a row: id, kind, version, phase, body, due.
type Columns = (String, String, i64, String, String, Option<i64>);

fn row((id, kind, version, phase, body, due): Columns) -> Done<Row> {
    Ok(Row {
        id,
        kind,
        version: u64::try_from(version).map_err(damaged)?,
        phase,
        body,
        due: due.map(Timestamp::from_unix),
    })
}

pub(crate) async fn get(connection: &mut SqliteConnection, id: &str) -> Done<Option<Row>> {
    let found: Option<Columns> = sqlx::query_as(
        "SELECT id, kind, version, phase, body, due FROM netmile_rows WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    found.map(row).transpose()
}

pub(crate) async fn find(connection: &mut SqliteConnection, name: &str) -> Done<Option<Row>> {
    let found: Option<Columns> = sqlx::query_as(
        "SELECT r.id, r.kind, r.version, r.phase, r.body, r.due FROM netmile_names n \
         JOIN netmile_rows r ON r.id = n.row_id WHERE n.name = $1",
    )
    .bind(name)
    .fetch_optional(connection)
    .await?;
    found.map(row).transpose()
}

pub(crate) async fn open(connection: &mut SqliteConnection, intent: Intent) -> Done<Opened> {
    if let Some(row) = get(connection, &intent.id).await? {
        return Ok(Opened::Existing(row));
    }
    sqlx::query(
        "INSERT INTO netmile_rows \
         (id, kind, version, phase, body, due, leased_until, opened_at, changed_at) \
         VALUES ($1, $2, 1, $3, $4, $5, 0, $6, $6)",
    )
    .bind(&intent.id)
    .bind(&intent.kind)
    .bind(&intent.phase)
    .bind(&intent.body)
    .bind(intent.due.map(Timestamp::as_unix))
    .bind(intent.now.as_unix())
    .execute(&mut *connection)
    .await?;
    name(connection, &intent.id, &intent.keys).await?;
    Ok(Opened::New(Row {
        id: intent.id,
        kind: intent.kind,
        version: 1,
        phase: intent.phase,
        body: intent.body,
        due: intent.due,
    }))
}

/// Gives a row further names. A name that the row has already is no conflict.
async fn name(connection: &mut SqliteConnection, id: &str, names: &[String]) -> Done<()> {
    for name in names {
        let written = sqlx::query(
            "INSERT INTO netmile_names (name, row_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(id)
        .execute(&mut *connection)
        .await?;
        if written.rows_affected() == 0 {
            let owner: String =
                sqlx::query_scalar("SELECT row_id FROM netmile_names WHERE name = $1")
                    .bind(name)
                    .fetch_one(&mut *connection)
                    .await?;
            if owner != id {
                return Err(
                    Error::new(ErrorKind::Conflict, "a key belongs to another record").into(),
                );
            }
        }
    }
    Ok(())
}

pub(crate) async fn advance(
    connection: &mut SqliteConnection,
    id: &str,
    from: u64,
    change: Change,
    seen: Option<&str>,
) -> Done<Advanced> {
    let Some(mut row) = get(connection, id).await? else {
        return Err(Error::new(ErrorKind::UnknownOrder, "no such record").into());
    };
    if let Some(key) = seen
        && is_seen(connection, key).await?
    {
        return Ok(Advanced::SeenBefore);
    }
    if row.version != from {
        return Ok(Advanced::Stale(row));
    }
    if let Some(key) = seen {
        sqlx::query("INSERT INTO netmile_seen (seen_key, row_id, seen_at) VALUES ($1, $2, $3)")
            .bind(key)
            .bind(id)
            .bind(change.now.as_unix())
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query(
        "UPDATE netmile_rows SET version = version + 1, phase = $2, body = $3, due = $4, \
         leased_until = 0, changed_at = $5 WHERE id = $1",
    )
    .bind(id)
    .bind(&change.phase)
    .bind(&change.body)
    .bind(change.due.map(Timestamp::as_unix))
    .bind(change.now.as_unix())
    .execute(&mut *connection)
    .await?;
    name(connection, id, &change.new_keys).await?;
    events::write(connection, id, &change.events, change.now).await?;
    row.version += 1;
    row.phase = change.phase;
    row.body = change.body;
    row.due = change.due;
    Ok(Advanced::Applied(row))
}

async fn is_seen(connection: &mut SqliteConnection, key: &str) -> Done<bool> {
    let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM netmile_seen WHERE seen_key = $1")
        .bind(key)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

pub(crate) async fn list(connection: &mut SqliteConnection, query: Query) -> Done<Vec<Row>> {
    // The smallest text after `after`, byte by byte, is the same with a zero byte behind it.
    let first = query
        .after
        .map(|after| format!("{after}\0"))
        .unwrap_or_default();
    let limit = i64::from(query.limit);
    if query.phases.is_empty() {
        let found: Vec<Columns> = sqlx::query_as(
            "SELECT id, kind, version, phase, body, due FROM netmile_rows \
             WHERE kind = $1 AND id >= $2 ORDER BY id LIMIT $3",
        )
        .bind(&query.kind)
        .bind(&first)
        .bind(limit)
        .fetch_all(connection)
        .await?;
        return found.into_iter().map(row).collect();
    }
    // One view for all phases, or a row that moves between two of them is listed twice or not at all.
    let mut view = connection.begin().await?;
    let mut rows: Vec<Row> = Vec::new();
    for phase in query.phases.into_iter().collect::<BTreeSet<_>>() {
        let found: Vec<Columns> = sqlx::query_as(
            "SELECT id, kind, version, phase, body, due FROM netmile_rows \
             WHERE kind = $1 AND phase = $2 AND id >= $3 ORDER BY id LIMIT $4",
        )
        .bind(&query.kind)
        .bind(&phase)
        .bind(&first)
        .bind(limit)
        .fetch_all(&mut *view)
        .await?;
        let found: Vec<Row> = found.into_iter().map(row).collect::<Done<_>>()?;
        rows.extend(found);
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        rows.truncate(query.limit as usize);
    }
    view.commit().await?;
    Ok(rows)
}

pub(crate) async fn lease(
    connection: &mut SqliteConnection,
    prefixes: &[String],
    (now, until): (Timestamp, Timestamp),
    limit: u32,
) -> Done<Vec<Row>> {
    let taken: Vec<Columns> = sqlx::query_as(
        "UPDATE netmile_rows SET leased_until = $2 WHERE id IN \
         (SELECT r.id FROM netmile_rows r \
          WHERE r.due IS NOT NULL AND r.due <= $1 AND (r.leased_until <= $1 OR r.leased_until > $4) \
          AND ($5 IS NULL OR EXISTS (SELECT 1 FROM json_each($5) AS p \
           WHERE hex(substr(CAST(r.id AS BLOB), 1, length(p.value) / 2)) = p.value)) \
          ORDER BY r.due, r.id LIMIT $3) \
         RETURNING id, kind, version, phase, body, due",
    )
    .bind(now.as_unix())
    .bind(until.as_unix())
    .bind(i64::from(limit))
    .bind(latest_end(until))
    .bind(in_hex(prefixes))
    .fetch_all(connection)
    .await?;
    let mut rows: Vec<Row> = taken.into_iter().map(row).collect::<Done<_>>()?;
    // RETURNING promises no order.
    rows.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    Ok(rows)
}

/// The bytes of some texts in hexadecimal, as a JSON list; `None` without any. Text alone would be cut at its first NUL.
fn in_hex(texts: &[String]) -> Option<String> {
    let one = |text: &String| {
        let digits: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
        format!("\"{digits}\"")
    };
    let all: Vec<String> = texts.iter().map(one).collect();
    (!all.is_empty()).then(|| format!("[{}]", all.join(",")))
}
