//! Verified messages that could not be applied, kept for a person to look at.

use netmile::engine::journal::KeptEvidence;
use netmile::time::Timestamp;
use sqlx::PgConnection;

use super::text;
use crate::failure::Done;

/// The columns of a message: digest, code, bytes, came at.
type Columns = (Vec<u8>, Vec<u8>, Vec<u8>, i64);

pub(super) async fn keep(
    connection: &mut PgConnection,
    evidence: &KeptEvidence,
    most: u32,
) -> Done<()> {
    sqlx::query(
        "INSERT INTO netmile_evidence (digest, code, bytes, came_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (digest) DO NOTHING",
    )
    .bind(evidence.digest.as_bytes())
    .bind(evidence.code.as_bytes())
    .bind(evidence.bytes.as_slice())
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

pub(super) async fn newest(connection: &mut PgConnection, limit: u32) -> Done<Vec<KeptEvidence>> {
    let kept: Vec<Columns> = sqlx::query_as(
        "SELECT digest, code, bytes, came_at FROM netmile_evidence ORDER BY seq DESC LIMIT $1",
    )
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    kept.into_iter()
        .map(|(digest, code, bytes, at)| {
            Ok(KeptEvidence {
                digest: text::read(digest)?,
                code: text::read(code)?,
                bytes,
                at: Timestamp::from_unix(at),
            })
        })
        .collect()
}
