//! The months that recurring contracts were billed for.

use serde::{Deserialize, Serialize};
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::{options::MockError, settlement::Month};

/// A month of a recurring contract after its first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Period {
    /// Transaction id of the contract.
    pub contract: String,
    /// The month, `YYYYMM`.
    #[schema(value_type = String)]
    pub month: Month,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Purchase id of the contract.
    pub order_id: String,
    /// Payment method.
    pub method: String,
    /// NetMile member.
    pub member: Option<String>,
    /// When it was billed, Unix seconds: the start of the month.
    pub due: i64,
    /// `false` when the miles did not suffice.
    pub billed: bool,
    /// Amount of the contract in yen.
    pub amount: i64,
    /// Miles spent; 0 when not billed.
    pub miles: i64,
    /// Miles returned to the member.
    pub returned_miles: i64,
    /// Unix seconds.
    pub refunded_at: Option<i64>,
}

/// A contract whose month is due.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub(crate) contract: String,
    pub(crate) merchant_id: String,
    pub(crate) service_id: String,
    pub(crate) order_id: String,
    pub(crate) method: String,
    pub(crate) member: Option<String>,
    pub(crate) amount: i64,
}

fn read(row: &SqliteRow) -> Result<Period, MockError> {
    let month: String = row.try_get("month")?;
    Ok(Period {
        contract: row.try_get("contract")?,
        month: month.parse().map_err(MockError::Refused)?,
        merchant_id: row.try_get("merchant_id")?,
        service_id: row.try_get("service_id")?,
        order_id: row.try_get("order_id")?,
        method: row.try_get("method")?,
        member: row.try_get("member")?,
        due: row.try_get("due")?,
        billed: row.try_get("billed")?,
        amount: row.try_get("amount")?,
        miles: row.try_get("miles")?,
        returned_miles: row.try_get("returned_miles")?,
        refunded_at: row.try_get("refunded_at")?,
    })
}

/// The running simple contracts that began before `month`, last at least until it and have not been
/// billed for it, in the order in which they began.
pub(crate) async fn due(conn: &mut SqliteConnection, month: Month) -> Result<Vec<Due>, MockError> {
    sqlx::query(
        "SELECT c.tracking_id, c.merchant_id, c.service_id, c.method, p.order_id, p.member,
                CAST(c.amount AS INTEGER) AS amount
         FROM contracts c JOIN payments p ON p.tracking_id = c.tracking_id
         WHERE c.active = 1 AND c.pay_type = '1' AND c.started_at < ?1
           AND (c.last_month = '' OR c.last_month >= ?2)
           AND NOT EXISTS (SELECT 1 FROM periods d WHERE d.contract = c.tracking_id AND d.month = ?2)
         ORDER BY c.rowid",
    )
    .bind(month.start())
    .bind(month.to_string())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Due {
            contract: row.try_get("tracking_id")?,
            merchant_id: row.try_get("merchant_id")?,
            service_id: row.try_get("service_id")?,
            order_id: row.try_get("order_id")?,
            method: row.try_get("method")?,
            member: row.try_get("member")?,
            amount: row.try_get("amount")?,
        })
    })
    .collect()
}

/// Whether any simple contract runs.
pub(crate) async fn any_running(conn: &mut SqliteConnection) -> Result<bool, MockError> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM contracts WHERE active = 1 AND pay_type = '1')",
    )
    .fetch_one(conn)
    .await?)
}

/// Writes the months of many contracts with one statement.
pub(crate) async fn insert_all(
    conn: &mut SqliteConnection,
    periods: &[Period],
) -> Result<(), MockError> {
    sqlx::query(
        "INSERT INTO periods (contract, month, merchant_id, service_id, order_id, method, member,
                              due, billed, amount, miles, returned_miles)
         SELECT value ->> 'contract', value ->> 'month', value ->> 'merchant_id',
                value ->> 'service_id', value ->> 'order_id', value ->> 'method',
                value ->> 'member', value ->> 'due', value ->> 'billed', value ->> 'amount',
                value ->> 'miles', value ->> 'returned_miles'
         FROM json_each(?) ORDER BY key",
    )
    .bind(serde_json::to_string(periods)?)
    .execute(conn)
    .await?;
    Ok(())
}

/// The months of a contract, oldest first.
pub(crate) async fn of_contract(
    conn: &mut SqliteConnection,
    contract: &str,
) -> Result<Vec<Period>, MockError> {
    sqlx::query("SELECT * FROM periods WHERE contract = ? ORDER BY month")
        .bind(contract)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// How many of a contract's newest months in a row were short.
pub(crate) async fn short_in_a_row(
    conn: &mut SqliteConnection,
    contract: &str,
) -> Result<i64, MockError> {
    Ok(sqlx::query_scalar(
        "SELECT COUNT(*) FROM periods WHERE contract = ?1 AND month >
         COALESCE((SELECT MAX(month) FROM periods WHERE contract = ?1 AND billed = 1), '')",
    )
    .bind(contract)
    .fetch_one(conn)
    .await?)
}

/// Marks a billed month refunded; `false` when there is none, or it was before.
pub(crate) async fn set_refunded(
    conn: &mut SqliteConnection,
    contract: &str,
    month: Month,
    at: i64,
) -> Result<bool, MockError> {
    let done = sqlx::query(
        "UPDATE periods SET refunded_at = ?
         WHERE contract = ? AND month = ? AND billed = 1 AND refunded_at IS NULL",
    )
    .bind(at)
    .bind(contract)
    .bind(month.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
