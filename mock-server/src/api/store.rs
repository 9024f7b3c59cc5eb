//! The book in the database: one row per record, written with what the call moved.

use sqlx::SqliteConnection;

use super::{
    book::Book,
    config::Config,
    outside::{BilledMonth, LinkContract, LinkPayment, Outside, Posting},
    peek::Peek,
    records::Record,
};
use crate::{
    options::MockError,
    settlement::Month,
    store::{
        contracts,
        ledger::{self, NewEntry},
        payments, periods,
    },
};

/// Reads the book back.
pub(crate) async fn load(
    conn: &mut SqliteConnection,
    config: Config,
    seed: u64,
) -> Result<Book, MockError> {
    let rows: Vec<String> = sqlx::query_scalar("SELECT record FROM api_records ORDER BY name")
        .fetch_all(conn)
        .await?;
    let records: Result<Vec<Record>, _> = rows.iter().map(|r| serde_json::from_str(r)).collect();
    Ok(Book::restore(config, seed, records?))
}

/// Writes what changed.
pub(crate) async fn save(
    conn: &mut SqliteConnection,
    changes: Vec<(String, Option<Record>)>,
) -> Result<(), MockError> {
    for (name, record) in changes {
        match record {
            Some(record) => {
                sqlx::query("INSERT OR REPLACE INTO api_records (name, record) VALUES (?, ?)")
                    .bind(name)
                    .bind(serde_json::to_string(&record)?)
                    .execute(&mut *conn)
                    .await?;
            }
            None => {
                sqlx::query("DELETE FROM api_records WHERE name = ?")
                    .bind(name)
                    .execute(&mut *conn)
                    .await?;
            }
        }
    }
    Ok(())
}

/// Carries postings out.
pub(crate) async fn post(
    conn: &mut SqliteConnection,
    postings: &[Posting],
) -> Result<(), MockError> {
    for posting in postings {
        let entry = NewEntry {
            at: posting.at,
            member: Some(&posting.user),
            order_id: Some(&posting.order_id),
            tracking_id: Some(&posting.tracking_id),
            miles: posting.miles,
            yen: posting.yen,
            kind: &posting.kind,
            detail: "api",
        };
        ledger::add(conn, entry).await?;
    }
    Ok(())
}

/// Uses a purchase id up for the link type too.
pub(crate) async fn use_order(
    conn: &mut SqliteConnection,
    (merchant_id, service_id, order_id): (&str, &str, &str),
    at: i64,
) -> Result<(), MockError> {
    sqlx::query("INSERT OR IGNORE INTO orders VALUES (?, ?, ?, ?)")
        .bind(merchant_id)
        .bind(service_id)
        .bind(order_id)
        .bind(at)
        .execute(conn)
        .await?;
    Ok(())
}

/// What a contract of the link type was billed for a month: its first stands with the payments,
/// the others with the periods.
async fn billed(
    conn: &mut SqliteConnection,
    tracking_id: &str,
    month: &str,
) -> Result<Option<BilledMonth>, MockError> {
    let yen = |stored: i64| u64::try_from(stored).unwrap_or(0);
    let Ok(asked) = month.parse::<Month>() else {
        return Ok(None);
    };
    let first = payments::get(&mut *conn, tracking_id).await?;
    if let Some(first) = first.filter(|p| p.amount > 0 && Month::of(p.paid_at) == asked) {
        return Ok(Some(BilledMonth {
            order_id: first.order_id,
            yen: yen(first.amount),
            returned_miles: yen(first.returned_miles),
            refunded: first.refunded_at.is_some(),
        }));
    }
    let periods = periods::of_contract(conn, tracking_id).await?;
    let found = periods.into_iter().find(|p| p.month == asked && p.billed);
    Ok(found.map(|p| BilledMonth {
        order_id: p.order_id,
        yen: yen(p.amount),
        returned_miles: yen(p.returned_miles),
        refunded: p.refunded_at.is_some(),
    }))
}

/// The one-time payment of the link type that a call names.
async fn link_payment(
    conn: &mut SqliteConnection,
    peek: &Peek,
) -> Result<Option<LinkPayment>, MockError> {
    let found = if peek.tracking_id.is_empty() {
        payments::of_order(conn, &peek.merchant_id, &peek.service_id, &peek.order_id).await?
    } else {
        payments::get(conn, &peek.tracking_id).await?
    };
    let once = found.filter(|p| p.kind == "purchase");
    Ok(once.map(|p| LinkPayment {
        tracking_id: p.tracking_id,
        merchant_id: p.merchant_id,
        service_id: p.service_id,
        order_id: p.order_id,
        method: p.method,
        amount: u64::try_from(p.amount).unwrap_or(0),
        paid_at: p.paid_at,
        refunded: p.refunded_at.is_some(),
    }))
}

/// Marks a month of a contract of the link type given back.
pub(crate) async fn refund_month(
    conn: &mut SqliteConnection,
    tracking_id: &str,
    month: &str,
    at: i64,
) -> Result<(), MockError> {
    let Ok(asked) = month.parse::<Month>() else {
        return Ok(());
    };
    if !periods::set_refunded(&mut *conn, tracking_id, asked, at).await? {
        payments::set_refunded(conn, tracking_id, at).await?;
    }
    Ok(())
}

/// The rest of the mock as one call needs it, read before the book works on it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    balances: Vec<(String, u64)>,
    contract: Option<(String, LinkContract)>,
    order_used: bool,
    billed: Option<BilledMonth>,
    payment: Option<LinkPayment>,
}

impl Seen {
    /// What a call names.
    pub(crate) async fn of_call(
        conn: &mut SqliteConnection,
        peek: &Peek,
        members: impl Fn(&str) -> bool,
    ) -> Result<Self, MockError> {
        let mut seen = Self::default();
        if !peek.tracking_id.is_empty()
            && let Some(contract) = contracts::get(&mut *conn, &peek.tracking_id).await?
        {
            let application = payments::get(&mut *conn, &peek.tracking_id).await?;
            let member = application.and_then(|p| p.member);
            if let Some(member) = &member {
                seen.read_balance(conn, member).await?;
            }
            let found = LinkContract {
                merchant_id: contract.merchant_id,
                service_id: contract.service_id,
                cust_code: contract.cust_code,
                method: contract.method,
                pay_type: contract.pay_type,
                active: contract.active,
                ended_by: contract.ended_by,
                member,
            };
            seen.billed = billed(conn, &contract.tracking_id, &peek.month).await?;
            seen.contract = Some((contract.tracking_id, found));
        }
        seen.payment = link_payment(conn, peek).await?;
        if members(&peek.user) {
            seen.read_balance(conn, &peek.user).await?;
        }
        if !peek.order_id.is_empty() {
            let used: Option<i64> = sqlx::query_scalar(
                "SELECT at FROM orders WHERE merchant_id = ? AND service_id = ? AND order_id = ?",
            )
            .bind(&peek.merchant_id)
            .bind(&peek.service_id)
            .bind(&peek.order_id)
            .fetch_optional(&mut *conn)
            .await?;
            seen.order_used = used.is_some();
        }
        Ok(seen)
    }

    /// The balances of members whose contracts are billed.
    pub(crate) async fn of_members(
        conn: &mut SqliteConnection,
        users: impl IntoIterator<Item = String>,
    ) -> Result<Self, MockError> {
        let mut seen = Self::default();
        for user in users {
            seen.read_balance(&mut *conn, &user).await?;
        }
        Ok(seen)
    }

    async fn read_balance(
        &mut self,
        conn: &mut SqliteConnection,
        user: &str,
    ) -> Result<(), MockError> {
        let miles = ledger::balance(conn, user).await?;
        let miles = u64::try_from(miles).unwrap_or(0);
        self.balances.push((user.to_owned(), miles));
        Ok(())
    }
}

impl Outside for Seen {
    fn balance(&self, user: &str) -> Option<u64> {
        self.balances
            .iter()
            .find(|(name, _)| name == user)
            .map(|(_, miles)| *miles)
    }

    fn link_contract(&self, tracking_id: &str) -> Option<LinkContract> {
        self.contract
            .as_ref()
            .filter(|(id, _)| id == tracking_id)
            .map(|(_, contract)| contract.clone())
    }

    fn billed_month(&self, _tracking_id: &str, _month: &str) -> Option<BilledMonth> {
        self.billed.clone()
    }

    fn link_payment(&self, _tracking_id: &str, _order_id: &str) -> Option<LinkPayment> {
        self.payment.clone()
    }

    fn order_used(&self, _merchant_id: &str, _service_id: &str, _order_id: &str) -> bool {
        self.order_used
    }
}
