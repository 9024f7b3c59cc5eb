//! The outbox: what the shop has to know and has not acknowledged.

use netmile::engine::journal::{EventId, NewEvent, OutboxEvent};
use netmile::time::Timestamp;
use sqlx::PgConnection;

use super::text;
use crate::failure::Done;
use crate::latest_end;

/// The columns of an event: id, row, kind, body, written at.
type Columns = (EventId, Vec<u8>, Vec<u8>, Vec<u8>, i64);

fn event((id, row, kind, body, at): Columns) -> Done<OutboxEvent> {
    Ok(OutboxEvent {
        id,
        row: text::read(row)?,
        kind: text::read(kind)?,
        body: text::read(body)?,
        at: Timestamp::from_unix(at),
    })
}

/// Writes events of a row that the caller has locked.
pub(super) async fn write(
    connection: &mut PgConnection,
    row: &str,
    events: &[NewEvent],
    now: Timestamp,
) -> Done<()> {
    for event in events {
        sqlx::query(
            "INSERT INTO netmile_events (row_id, kind, body, written_at, leased_until) \
             VALUES ($1, $2, $3, $4, 0)",
        )
        .bind(row.as_bytes())
        .bind(event.kind.as_bytes())
        .bind(event.body.as_bytes())
        .bind(now.as_unix())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Takes events, oldest first, in two statements.
///
/// The first one locks rows' oldest events, as far as they are free. Whoever takes events of a row has to hold the
/// lock of its oldest one, and an oldest event that is locked cannot be acknowledged away: so nobody else is at these
/// rows now, and what others took of them before is committed. That the second statement sees, because it begins
/// later: it alone decides which events are taken. One statement would look at the leases before it has the locks.
///
/// No row is left out that has one of the `limit` oldest events: its own oldest one is older still.
pub(super) async fn lease(
    connection: &mut PgConnection,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Done<Vec<OutboxEvent>> {
    let rows: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT oldest.row_id FROM netmile_events oldest \
         WHERE (oldest.leased_until <= $1 OR oldest.leased_until > $3) AND NOT EXISTS \
         (SELECT 1 FROM netmile_events e WHERE e.row_id = oldest.row_id AND e.id < oldest.id) \
         ORDER BY oldest.id LIMIT $2 FOR UPDATE OF oldest SKIP LOCKED",
    )
    .bind(now.as_unix())
    .bind(i64::from(limit))
    .bind(latest_end(until))
    .fetch_all(&mut *connection)
    .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let taken: Vec<Columns> = sqlx::query_as(
        "WITH free AS MATERIALIZED \
         (SELECT e.id FROM netmile_events e \
          WHERE e.row_id = ANY ($4) AND (e.leased_until <= $1 OR e.leased_until > $5) \
          AND NOT EXISTS (SELECT 1 FROM netmile_events held WHERE held.row_id = e.row_id \
           AND held.id < e.id AND held.leased_until > $1 AND held.leased_until <= $5) \
          ORDER BY e.id LIMIT $3) \
         UPDATE netmile_events e SET leased_until = $2 FROM free WHERE e.id = free.id \
         RETURNING e.id, e.row_id, e.kind, e.body, e.written_at",
    )
    .bind(now.as_unix())
    .bind(until.as_unix())
    .bind(i64::from(limit))
    .bind(rows)
    .bind(latest_end(until))
    .fetch_all(connection)
    .await?;
    let mut events: Vec<OutboxEvent> = taken.into_iter().map(event).collect::<Done<_>>()?;
    // RETURNING promises no order.
    events.sort_by_key(|event| event.id);
    Ok(events)
}

pub(super) async fn ack(connection: &mut PgConnection, event: EventId) -> Done<bool> {
    let gone = sqlx::query("DELETE FROM netmile_events WHERE id = $1")
        .bind(event)
        .execute(connection)
        .await?;
    Ok(gone.rows_affected() > 0)
}
