//! The movements of the link type: payments, billed months of contracts, refunds of both.

use sqlx::{Row as _, SqliteConnection};

use super::{Month, Movement, MovementKind, Parts};
use crate::options::MockError;

/// Each query gives order id, transaction id, month (or nothing), method, amount, PayPal part, time.
const SALES: &str = "
    SELECT order_id, tracking_id, NULL, method, amount, paypal_yen, paid_at FROM payments
    WHERE merchant_id = ?1 AND service_id = ?2 AND amount > 0 AND paid_at >= ?3 AND paid_at < ?4
    UNION ALL
    SELECT order_id, contract, month, method, amount, 0, due FROM periods
    WHERE merchant_id = ?1 AND service_id = ?2 AND billed = 1 AND due >= ?3 AND due < ?4";

const REFUNDS: &str = "
    SELECT order_id, tracking_id, NULL, method, amount, paypal_yen, refunded_at FROM payments
    WHERE merchant_id = ?1 AND service_id = ?2 AND amount > 0
      AND refunded_at >= ?3 AND refunded_at < ?4
    UNION ALL
    SELECT order_id, contract, month, method, amount, 0, refunded_at FROM periods
    WHERE merchant_id = ?1 AND service_id = ?2 AND refunded_at >= ?3 AND refunded_at < ?4";

/// The movements of a service of a merchant with `from <= at < until`.
pub(super) async fn movements(
    conn: &mut SqliteConnection,
    merchant_id: &str,
    service_id: &str,
    from: i64,
    until: i64,
) -> Result<Vec<Movement>, MockError> {
    let mut all = Vec::new();
    for (kind, query) in [(MovementKind::Sale, SALES), (MovementKind::Refund, REFUNDS)] {
        let rows = sqlx::query(query)
            .bind(merchant_id)
            .bind(service_id)
            .bind(from)
            .bind(until)
            .fetch_all(&mut *conn)
            .await?;
        for row in &rows {
            let method: String = row.try_get(3)?;
            let month: Option<String> = row.try_get(2)?;
            let amount = yen(row.try_get(4)?);
            let paypal = yen(row.try_get(5)?);
            all.push(Movement {
                at: row.try_get(6)?,
                order_id: row.try_get(0)?,
                tracking_id: row.try_get(1)?,
                period: month.and_then(|text| text.parse::<Month>().ok()),
                kind,
                parts: if method == "netmile" {
                    Parts::NetMile {
                        netmile: amount.saturating_sub(paypal),
                        paypal,
                    }
                } else {
                    Parts::Whole(amount)
                },
                method,
            });
        }
    }
    Ok(all)
}

fn yen(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}
