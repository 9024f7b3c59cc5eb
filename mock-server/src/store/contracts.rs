//! Recurring contracts and stored customer payment data.

use serde::{Deserialize, Serialize};
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::options::MockError;

/// A recurring contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contract {
    /// Transaction id of the application.
    pub tracking_id: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Merchant's customer id.
    #[serde(skip)]
    pub cust_code: String,
    /// `1` simple, `2` fixed/metered.
    pub pay_type: String,
    /// Amount of the application in yen; empty for D01-1.
    pub amount: String,
    /// Payment method.
    pub method: String,
    /// Last month billed, `YYYYMM`, or empty.
    pub last_month: String,
    /// Whether it runs.
    pub active: bool,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds.
    pub ended_at: Option<i64>,
    /// What ended it: `request`, `CR`, `CC` or `CL`.
    pub ended_by: Option<String>,
}

fn read(row: &SqliteRow) -> Result<Contract, MockError> {
    Ok(Contract {
        tracking_id: row.try_get("tracking_id")?,
        merchant_id: row.try_get("merchant_id")?,
        service_id: row.try_get("service_id")?,
        cust_code: row.try_get("cust_code")?,
        pay_type: row.try_get("pay_type")?,
        amount: row.try_get("amount")?,
        method: row.try_get("method")?,
        last_month: row.try_get("last_month")?,
        active: row.try_get("active")?,
        started_at: row.try_get("started_at")?,
        ended_at: row.try_get("ended_at")?,
        ended_by: row.try_get("ended_by")?,
    })
}

pub(crate) async fn insert(conn: &mut SqliteConnection, c: &Contract) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO contracts (tracking_id, merchant_id, service_id, cust_code, pay_type, amount,
         method, last_month, active, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
    )
    .bind(&c.tracking_id)
    .bind(&c.merchant_id)
    .bind(&c.service_id)
    .bind(&c.cust_code)
    .bind(&c.pay_type)
    .bind(&c.amount)
    .bind(&c.method)
    .bind(&c.last_month)
    .bind(c.started_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(crate) async fn get(
    conn: &mut SqliteConnection,
    tracking_id: &str,
) -> Result<Option<Contract>, MockError> {
    sqlx::query("SELECT * FROM contracts WHERE tracking_id = ?")
        .bind(tracking_id)
        .fetch_optional(conn)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub(crate) async fn all(conn: &mut SqliteConnection) -> Result<Vec<Contract>, MockError> {
    sqlx::query("SELECT * FROM contracts ORDER BY rowid")
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The running contracts that name a last month.
pub(crate) async fn with_last_month(
    conn: &mut SqliteConnection,
) -> Result<Vec<Contract>, MockError> {
    sqlx::query("SELECT * FROM contracts WHERE active = 1 AND last_month <> '' ORDER BY rowid")
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Ends a contract; `false` when it had ended.
pub(crate) async fn end(
    conn: &mut SqliteConnection,
    tracking_id: &str,
    by: &str,
    at: i64,
) -> Result<bool, MockError> {
    let done = sqlx::query(
        "UPDATE contracts SET active = 0, ended_at = ?, ended_by = ?
         WHERE tracking_id = ? AND active = 1",
    )
    .bind(at)
    .bind(by)
    .bind(tracking_id)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 1 {
        super::payments::set_status(conn, tracking_id, "ended").await?;
        return Ok(true);
    }
    Ok(false)
}

/// Stores (or replaces) a customer's payment data.
pub(crate) async fn store_customer(
    conn: &mut SqliteConnection,
    key: (&str, &str, &str),
    numbers: (&str, &str),
    method: &str,
) -> Result<(), MockError> {
    sqlx::query("INSERT OR REPLACE INTO customers VALUES (?, ?, ?, ?, ?, ?)")
        .bind(key.0)
        .bind(key.1)
        .bind(key.2)
        .bind(numbers.0)
        .bind(numbers.1)
        .bind(method)
        .execute(conn)
        .await?;
    Ok(())
}

/// The numbers of a customer's stored payment data, and its method.
pub(crate) async fn customer(
    conn: &mut SqliteConnection,
    key: (&str, &str, &str),
) -> Result<Option<(String, String, String)>, MockError> {
    Ok(sqlx::query_as(
        "SELECT sps_cust_no, sps_payment_no, method FROM customers
         WHERE merchant_id = ? AND service_id = ? AND cust_code = ?",
    )
    .bind(key.0)
    .bind(key.1)
    .bind(key.2)
    .fetch_optional(conn)
    .await?)
}

/// Deletes a customer's payment data.
pub(crate) async fn delete_customer(
    conn: &mut SqliteConnection,
    key: (&str, &str, &str),
) -> Result<(), MockError> {
    sqlx::query("DELETE FROM customers WHERE merchant_id = ? AND service_id = ? AND cust_code = ?")
        .bind(key.0)
        .bind(key.1)
        .bind(key.2)
        .execute(conn)
        .await?;
    Ok(())
}
