//! Settled payments and contract applications.

use serde::{Deserialize, Serialize};
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::options::MockError;

/// A settled request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Payment {
    /// Transaction id, 14 digits.
    pub tracking_id: String,
    /// Session in which it was settled.
    pub session: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Purchase id.
    pub order_id: String,
    /// `purchase`, `contract` or `contract_end`.
    pub kind: String,
    /// Payment method.
    pub method: String,
    /// NetMile member.
    pub member: Option<String>,
    /// Amount charged in yen.
    pub amount: i64,
    /// Miles spent.
    pub miles: i64,
    /// Part paid by the PayPal stand-in, in yen.
    pub paypal_yen: i64,
    /// Miles returned to the member.
    pub returned_miles: i64,
    /// `paid`, `notice_failed`, `refunded`, `active` or `ended`.
    pub status: String,
    /// Unix seconds.
    pub paid_at: i64,
    /// Unix seconds.
    pub refunded_at: Option<i64>,
}

fn read(row: &SqliteRow) -> Result<Payment, MockError> {
    Ok(Payment {
        tracking_id: row.try_get("tracking_id")?,
        session: row.try_get("session")?,
        merchant_id: row.try_get("merchant_id")?,
        service_id: row.try_get("service_id")?,
        order_id: row.try_get("order_id")?,
        kind: row.try_get("kind")?,
        method: row.try_get("method")?,
        member: row.try_get("member")?,
        amount: row.try_get("amount")?,
        miles: row.try_get("miles")?,
        paypal_yen: row.try_get("paypal_yen")?,
        returned_miles: row.try_get("returned_miles")?,
        status: row.try_get("status")?,
        paid_at: row.try_get("paid_at")?,
        refunded_at: row.try_get("refunded_at")?,
    })
}

pub(crate) async fn insert(conn: &mut SqliteConnection, p: &Payment) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO payments (tracking_id, session, merchant_id, service_id, order_id, kind, method,
         member, amount, miles, paypal_yen, returned_miles, status, paid_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&p.tracking_id)
    .bind(&p.session)
    .bind(&p.merchant_id)
    .bind(&p.service_id)
    .bind(&p.order_id)
    .bind(&p.kind)
    .bind(&p.method)
    .bind(&p.member)
    .bind(p.amount)
    .bind(p.miles)
    .bind(p.paypal_yen)
    .bind(p.returned_miles)
    .bind(&p.status)
    .bind(p.paid_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(crate) async fn get(
    conn: &mut SqliteConnection,
    tracking_id: &str,
) -> Result<Option<Payment>, MockError> {
    sqlx::query("SELECT * FROM payments WHERE tracking_id = ?")
        .bind(tracking_id)
        .fetch_optional(conn)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The payment of a purchase id.
pub(crate) async fn of_order(
    conn: &mut SqliteConnection,
    merchant_id: &str,
    service_id: &str,
    order_id: &str,
) -> Result<Option<Payment>, MockError> {
    sqlx::query("SELECT * FROM payments WHERE merchant_id = ? AND service_id = ? AND order_id = ?")
        .bind(merchant_id)
        .bind(service_id)
        .bind(order_id)
        .fetch_optional(conn)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub(crate) async fn all(conn: &mut SqliteConnection) -> Result<Vec<Payment>, MockError> {
    sqlx::query("SELECT * FROM payments ORDER BY rowid")
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Whether anything was ever settled.
pub(crate) async fn any(conn: &mut SqliteConnection) -> Result<bool, MockError> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM payments)")
        .fetch_one(conn)
        .await?)
}

pub(crate) async fn set_status(
    conn: &mut SqliteConnection,
    tracking_id: &str,
    status: &str,
) -> Result<(), MockError> {
    sqlx::query("UPDATE payments SET status = ? WHERE tracking_id = ?")
        .bind(status)
        .bind(tracking_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Marks a payment refunded; `false` when it was before. A contract whose first month is given
/// back stays what it is.
pub(crate) async fn set_refunded(
    conn: &mut SqliteConnection,
    tracking_id: &str,
    at: i64,
) -> Result<bool, MockError> {
    let done = sqlx::query(
        "UPDATE payments SET refunded_at = ?,
         status = CASE kind WHEN 'purchase' THEN 'refunded' ELSE status END
         WHERE tracking_id = ? AND refunded_at IS NULL",
    )
    .bind(at)
    .bind(tracking_id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
