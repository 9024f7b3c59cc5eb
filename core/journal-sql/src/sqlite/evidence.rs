//! Verified messages that could not be applied, kept for a person to look at.

use netmile::engine::journal::KeptEvidence;
use netmile::time::Timestamp;
use sqlx::SqliteConnection;

use crate::failure::Done;

pub(crate) async fn keep(
    connection: &mut SqliteConnection,
    evidence: KeptEvidence,
    most: u32,
) -> Done<()> {
    sqlx::query(
        "INSERT INTO netmile_evidence (digest, code, bytes, came_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (digest) DO NOTHING",
    )
    .bind(evidence.digest)
    .bind(evidence.code)
    .bind(evidence.bytes)
    .bind(evidence.at.as_unix())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "DELETE FROM netmile_evidence WHERE seq <= \
         (SELECT seq FROM netmile_evidence ORDER BY seq DESC LIMIT 1 OFFSET $1)",
    )
    .bind(i64::from(most))
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn newest(
    connection: &mut SqliteConnection,
    limit: u32,
) -> Done<Vec<KeptEvidence>> {
    let kept: Vec<(String, String, Vec<u8>, i64)> = sqlx::query_as(
        "SELECT digest, code, bytes, came_at FROM netmile_evidence ORDER BY seq DESC LIMIT $1",
    )
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    Ok(kept
        .into_iter()
        .map(|(digest, code, bytes, at)| KeptEvidence {
            digest,
            code,
            bytes,
            at: Timestamp::from_unix(at),
        })
        .collect())
}
