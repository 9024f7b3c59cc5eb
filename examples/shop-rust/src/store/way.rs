//! By which way an order is paid. It is paid by one of them, and the database decides which: of two tabs one wins.

use super::{Order, Result, Store};

/// How an order is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// On the gateway's pages (link type).
    Link,
    /// On the shop's own screen with NetMile miles (API type).
    Own,
    /// There, with a card (API type).
    Card,
    /// By a slip at the convenience store (API type).
    Slip,
    /// Not at all: cancelled before anything was charged on the own screen.
    Cancelled,
}

impl Way {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Own => "own",
            Self::Card => "card",
            Self::Slip => "slip",
            Self::Cancelled => "cancelled",
        }
    }

    /// The way of this name; the gateway's pages for any other.
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "own" => Self::Own,
            "card" => Self::Card,
            "slip" => Self::Slip,
            "cancelled" => Self::Cancelled,
            _ => Self::Link,
        }
    }
}

/// Columns that the first version of the shop did not have, and how they are added.
const COLUMNS: [(&str, &str); 4] = [
    (
        "way",
        "ALTER TABLE orders ADD COLUMN way TEXT NOT NULL DEFAULT 'link'",
    ),
    (
        "attempt",
        "ALTER TABLE orders ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0",
    ),
    ("member", "ALTER TABLE orders ADD COLUMN member TEXT"),
    ("store", "ALTER TABLE orders ADD COLUMN store TEXT"),
];

impl Store {
    /// Adds what a database of an earlier version lacks.
    pub(super) async fn widen(&self) -> Result<()> {
        for (name, add) in COLUMNS {
            let known: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM pragma_table_info('orders') WHERE name = ?",
            )
            .bind(name)
            .fetch_one(&self.0)
            .await?;
            if known == 0 {
                sqlx::query(add).execute(&self.0).await?;
            }
        }
        Ok(())
    }

    /// Writes down whose miles are looked at before try number `attempt`. False when that try began, or the order went
    /// another way.
    pub(crate) async fn name_member(
        &self,
        order_id: &str,
        attempt: u32,
        member: &str,
    ) -> Result<bool> {
        let named = sqlx::query(
            "UPDATE orders SET member = ?2 WHERE id = ?1 AND way = 'own' AND attempt = ?3 - 1",
        )
        .bind(order_id)
        .bind(member)
        .bind(attempt)
        .execute(&self.0)
        .await?;
        Ok(named.rows_affected() == 1)
    }

    /// Begins try number `attempt` of an order: with this member's miles, or at this store. True as well when that very
    /// try began before: a double click. False when the order went another way, or another try began.
    pub(crate) async fn claim(
        &self,
        order: &Order,
        attempt: u32,
        member: Option<&str>,
        store: Option<&str>,
    ) -> Result<bool> {
        let claimed = sqlx::query(
            "UPDATE orders SET attempt = ?3, member = ?2, store = ?4 WHERE id = ?1 AND way = ?5
             AND way IN ('own', 'card', 'slip') AND (attempt = ?3 - 1 OR (attempt = ?3 AND member IS ?2 AND store IS ?4))",
        )
        .bind(&order.id)
        .bind(member)
        .bind(attempt)
        .bind(store)
        .bind(order.way.name())
        .execute(&self.0)
        .await?;
        Ok(claimed.rows_affected() == 1)
    }

    /// Goes another way than the own screen, unless a further try began in the meantime.
    pub(crate) async fn leave(&self, order: &Order, way: Way) -> Result<bool> {
        let left = sqlx::query(
            "UPDATE orders SET way = ?3 WHERE id = ?1 AND way = ?4
             AND way IN ('own', 'card', 'slip') AND attempt = ?2",
        )
        .bind(&order.id)
        .bind(order.attempt)
        .bind(way.name())
        .bind(order.way.name())
        .execute(&self.0)
        .await?;
        Ok(left.rows_affected() == 1)
    }

    /// The order of a contract: its id begins so.
    pub(crate) async fn order_of_contract(&self, contract_id: &str) -> Result<Option<String>> {
        sqlx::query_scalar("SELECT id FROM orders WHERE substr(id, 1, ?1) = ?2")
            .bind(i64::try_from(contract_id.len()).unwrap_or(i64::MAX))
            .bind(contract_id)
            .fetch_optional(&self.0)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SCHEMA;

    #[tokio::test]
    async fn a_database_of_the_first_version_is_widened_and_its_orders_keep_their_way() {
        let pool = sqlx::sqlite::SqlitePoolOptions::new()
            .max_connections(1)
            .connect("sqlite::memory:")
            .await
            .unwrap();
        sqlx::raw_sql(SCHEMA).execute(&pool).await.unwrap();
        for old in [
            "INSERT INTO sessions (id, customer) VALUES ('s', 'c')",
            "INSERT INTO orders (id, session, customer, terminal, monthly, created_at)
             VALUES ('o', 's', 'c', 'pc', 1, 0)",
        ] {
            sqlx::query(old).execute(&pool).await.unwrap();
        }
        let store = Store(pool);
        store.widen().await.unwrap();
        store.widen().await.unwrap();
        let order = store.order("o").await.unwrap().unwrap();
        assert_eq!((order.way, order.attempt), (Way::Link, 0));
        // It is not on the own screen, so nothing of the own screen touches it.
        for way in [Way::Own, Way::Card, Way::Slip] {
            let stale = Order {
                way,
                ..order.clone()
            };
            assert!(!store.claim(&stale, 1, None, None).await.unwrap());
            assert!(!store.leave(&stale, Way::Cancelled).await.unwrap());
        }
        assert!(!store.leave(&order, Way::Cancelled).await.unwrap());
    }

    #[test]
    fn names_lead_back() {
        for way in [Way::Link, Way::Own, Way::Card, Way::Slip, Way::Cancelled] {
            assert_eq!(Way::of(way.name()), way);
        }
    }
}
