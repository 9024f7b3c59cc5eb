//! The outbox: what the shop has to know and has not acknowledged.

use netmile::engine::journal::{EventId, NewEvent, OutboxEvent};
use netmile::time::Timestamp;
use sqlx::SqliteConnection;

use crate::failure::Done;
use crate::latest_end;

pub(crate) async fn write(
    connection: &mut SqliteConnection,
    row: &str,
    events: &[NewEvent],
    now: Timestamp,
) -> Done<()> {
    for event in events {
        sqlx::query(
            "INSERT INTO netmile_events (row_id, kind, body, written_at, leased_until) \
             VALUES ($1, $2, $3, $4, 0)",
        )
        .bind(row)
        .bind(&event.kind)
        .bind(&event.body)
        .bind(now.as_unix())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(crate) async fn lease(
    connection: &mut SqliteConnection,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Done<Vec<OutboxEvent>> {
    let taken: Vec<(EventId, String, String, String, i64)> = sqlx::query_as(
        "UPDATE netmile_events SET leased_until = $2 WHERE id IN \
         (SELECT e.id FROM netmile_events e WHERE (e.leased_until <= $1 OR e.leased_until > $4) \
          AND NOT EXISTS (SELECT 1 FROM netmile_events held WHERE held.row_id = e.row_id \
           AND held.id < e.id AND held.leased_until > $1 AND held.leased_until <= $4) \
          ORDER BY e.id LIMIT $3) \
         RETURNING id, row_id, kind, body, written_at",
    )
    .bind(now.as_unix())
    .bind(until.as_unix())
    .bind(i64::from(limit))
    .bind(latest_end(until))
    .fetch_all(connection)
    .await?;
    let mut events: Vec<OutboxEvent> = taken
        .into_iter()
        .map(|(id, row, kind, body, at)| OutboxEvent {
            id,
            row,
            kind,
            body,
            at: Timestamp::from_unix(at),
        })
        .collect();
    // RETURNING promises no order.
    events.sort_by_key(|event| event.id);
    Ok(events)
}

pub(crate) async fn ack(connection: &mut SqliteConnection, event: EventId) -> Done<bool> {
    let gone = sqlx::query("DELETE FROM netmile_events WHERE id = $1")
        .bind(event)
        .execute(connection)
        .await?;
    Ok(gone.rows_affected() > 0)
}
