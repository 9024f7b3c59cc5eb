//! The shop's own database: baskets, orders, and what was fulfilled. It knows nothing of payment messages.

mod points;
mod way;

use std::path::Path;

use netmile::contract::{Billing, Terminal};
use netmile::time::Timestamp;
use netmile::{Lang, Yen};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Row as _, SqliteConnection};

use crate::catalogue::{Item, MAX_QUANTITY, find};

pub(crate) use points::Application;
pub(crate) use way::Way;

type Result<T, E = sqlx::Error> = std::result::Result<T, E>;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL UNIQUE,
    desk INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS baskets (
    session TEXT NOT NULL REFERENCES sessions (id),
    item TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 9),
    PRIMARY KEY (session, item)
) STRICT;
CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id),
    customer TEXT NOT NULL,
    terminal TEXT NOT NULL,
    monthly INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    shipped_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS orders_by_session ON orders (session, created_at);
CREATE TABLE IF NOT EXISTS order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT;
CREATE TABLE IF NOT EXISTS fulfilments (
    event_id INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- With the order: a journal that was lost and begun anew counts its events from 1 again.
    PRIMARY KEY (event_id, order_id)
) STRICT;
CREATE TABLE IF NOT EXISTS points (
    session TEXT PRIMARY KEY,
    held INTEGER NOT NULL CHECK (held >= 0)
) STRICT;
CREATE TABLE IF NOT EXISTS exchanges (
    tran_id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    user_id TEXT NOT NULL,
    points INTEGER NOT NULL,
    miles INTEGER NOT NULL,
    taken INTEGER NOT NULL
) STRICT;
";

/// One line of a basket.
#[derive(Clone, Debug)]
pub(crate) struct BasketLine {
    pub(crate) item: &'static Item,
    pub(crate) quantity: u32,
}

impl BasketLine {
    /// Yen of the line.
    pub(crate) fn amount(&self) -> Yen {
        Yen::new(self.item.price.get().saturating_mul(self.quantity.into()))
    }
}

/// One line of an order, as it was when it was placed.
#[derive(Clone, Debug)]
pub(crate) struct OrderLine {
    pub(crate) item: String,
    pub(crate) name: String,
    pub(crate) quantity: u32,
    /// Yen of the line.
    pub(crate) amount: Yen,
}

/// An order. Whether it is paid is not written here: netmile's journal says so.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Id at the shop, and the purchase id at netmile.
    pub(crate) id: String,
    /// Whose order it is.
    pub(crate) session: String,
    /// `cust_code` at the gateway: one per customer, and not the session's secret.
    pub(crate) customer: String,
    pub(crate) terminal: Terminal,
    pub(crate) billing: Billing,
    /// How it is paid.
    pub(crate) way: Way,
    /// Number of the last try on the own screen; 0 before the first.
    pub(crate) attempt: u32,
    /// Whose miles were named there last.
    pub(crate) member: Option<String>,
    /// At which chain the last slip is paid, by the name that the form has for it.
    pub(crate) store: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) lines: Vec<OrderLine>,
    /// When the goods went out (the subscription began).
    pub(crate) shipped_at: Option<Timestamp>,
    /// When the subscription ended.
    pub(crate) ended_at: Option<Timestamp>,
}

impl Order {
    /// Yen of all lines.
    pub(crate) fn total(&self) -> Yen {
        Yen::new(self.lines.iter().map(|line| line.amount.get()).sum())
    }
}

/// What is needed to place an order.
#[derive(Debug)]
pub(crate) struct NewOrder<'a> {
    pub(crate) id: &'a str,
    pub(crate) session: &'a str,
    pub(crate) terminal: Terminal,
    /// The language in which the lines are named from now on.
    pub(crate) lang: Lang,
    pub(crate) way: Way,
    pub(crate) lines: &'a [BasketLine],
    pub(crate) at: Timestamp,
}

/// Something the shop did because of an event, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfilment {
    /// The event in netmile's outbox; unique within one journal.
    pub event_id: i64,
    /// The order.
    pub order_id: String,
    /// The kind of event, such as `paid`; `paid_undelivered` if the money had gone back by then.
    pub kind: String,
    /// When it was done.
    pub at: Timestamp,
}

/// What an event means for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Send the goods, or begin the subscription.
    Ship,
    /// The subscription is over.
    End,
    /// Nothing but the record.
    Note,
}

/// The database.
#[derive(Clone, Debug)]
pub(crate) struct Store(SqlitePool);

impl Store {
    /// Opens the file, or memory if there is none.
    pub(crate) async fn open(file: Option<&Path>) -> Result<Self> {
        let options = match file {
            Some(file) => SqliteConnectOptions::new()
                .filename(file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full),
            None => SqliteConnectOptions::new().in_memory(true),
        };
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        sqlx::raw_sql(SCHEMA).execute(&pool).await?;
        let store = Self(pool);
        store.widen().await?;
        Ok(store)
    }

    pub(crate) async fn close(&self) {
        self.0.close().await;
    }

    /// Puts `quantity` pieces into the basket, in place of what was there or on top of it.
    pub(crate) async fn put(
        &self,
        session: &str,
        item: &Item,
        quantity: u32,
        on_top: bool,
    ) -> Result<()> {
        let mut tx = self.0.begin().await?;
        remember(&mut tx, session).await?;
        if quantity == 0 {
            sqlx::query("DELETE FROM baskets WHERE session = ? AND item = ?")
                .bind(session)
                .bind(item.id)
                .execute(&mut *tx)
                .await?;
        } else {
            sqlx::query(
                "INSERT INTO baskets (session, item, quantity) VALUES (?1, ?2, min(?3, ?5))
                 ON CONFLICT DO UPDATE SET quantity = min(?3 + ?4 * quantity, ?5)",
            )
            .bind(session)
            .bind(item.id)
            .bind(quantity)
            .bind(on_top)
            .bind(MAX_QUANTITY)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    /// The basket, in the order of the catalogue.
    pub(crate) async fn basket(&self, session: &str) -> Result<Vec<BasketLine>> {
        let rows = sqlx::query("SELECT item, quantity FROM baskets WHERE session = ?")
            .bind(session)
            .fetch_all(&self.0)
            .await?;
        let mut lines = Vec::new();
        for row in rows {
            if let Some(item) = find(row.try_get("item")?) {
                let quantity = row.try_get("quantity")?;
                lines.push(BasketLine { item, quantity });
            }
        }
        lines.sort_by_key(|line| crate::catalogue::ITEMS.iter().position(|i| i == line.item));
        Ok(lines)
    }

    /// Places an order and empties the basket of its items. False when the id is taken: a double click.
    pub(crate) async fn place(&self, new: &NewOrder<'_>) -> Result<bool> {
        let mut tx = self.0.begin().await?;
        let customer = remember(&mut tx, new.session).await?;
        let placed = sqlx::query(
            "INSERT OR IGNORE INTO orders (id, session, customer, terminal, monthly, way, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.id)
        .bind(new.session)
        .bind(customer)
        .bind(new.terminal.name())
        .bind(monthly_of(new.lines))
        .bind(new.way.name())
        .bind(new.at.as_unix())
        .execute(&mut *tx)
        .await?;
        if placed.rows_affected() == 0 {
            return Ok(false);
        }
        for (position, line) in (1_i64..).zip(new.lines) {
            sqlx::query(
                "INSERT INTO order_lines (order_id, position, item, name, quantity, amount)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )
            .bind(new.id)
            .bind(position)
            .bind(line.item.id)
            .bind(line.item.name(new.lang))
            .bind(line.quantity)
            .bind(i64::try_from(line.amount().get()).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
            sqlx::query("DELETE FROM baskets WHERE session = ? AND item = ?")
                .bind(new.session)
                .bind(line.item.id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The order with this id, whoever made it.
    pub(crate) async fn order(&self, id: &str) -> Result<Option<Order>> {
        let mut conn = self.0.acquire().await?;
        let row = sqlx::query("SELECT * FROM orders WHERE id = ?")
            .bind(id)
            .fetch_optional(&mut *conn)
            .await?;
        match row {
            Some(row) => read_order(&mut conn, &row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The newest orders of a session.
    pub(crate) async fn orders_of(&self, session: &str) -> Result<Vec<Order>> {
        let mut conn = self.0.acquire().await?;
        let rows = sqlx::query(
            "SELECT * FROM orders WHERE session = ? ORDER BY created_at DESC, rowid DESC LIMIT 50",
        )
        .bind(session)
        .fetch_all(&mut *conn)
        .await?;
        let mut orders = Vec::new();
        for row in &rows {
            orders.push(read_order(&mut conn, row).await?);
        }
        Ok(orders)
    }

    /// Carries an event out. The event's id, with its order, is a unique key and stands in the same transaction as its
    /// effect: however often it is delivered, the goods go out once. False when it was carried out before.
    pub(crate) async fn fulfil(&self, done: &Fulfilment, effect: Effect) -> Result<bool> {
        let mut tx = self.0.begin().await?;
        let recorded = sqlx::query(
            "INSERT OR IGNORE INTO fulfilments (event_id, order_id, kind, at) VALUES (?, ?, ?, ?)",
        )
        .bind(done.event_id)
        .bind(&done.order_id)
        .bind(&done.kind)
        .bind(done.at.as_unix())
        .execute(&mut *tx)
        .await?;
        if recorded.rows_affected() == 0 {
            return Ok(false);
        }
        let update = match effect {
            Effect::Ship => {
                Some("UPDATE orders SET shipped_at = ? WHERE id = ? AND shipped_at IS NULL")
            }
            Effect::End => Some("UPDATE orders SET ended_at = ? WHERE id = ? AND ended_at IS NULL"),
            Effect::Note => None,
        };
        if let Some(update) = update {
            sqlx::query(update)
                .bind(done.at.as_unix())
                .bind(&done.order_id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// What was carried out, oldest first; of one order, or of all.
    pub(crate) async fn fulfilments(&self, order_id: Option<&str>) -> Result<Vec<Fulfilment>> {
        let rows = sqlx::query(
            "SELECT * FROM fulfilments WHERE ?1 IS NULL OR order_id = ?1 ORDER BY rowid",
        )
        .bind(order_id)
        .fetch_all(&self.0)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Fulfilment {
                    event_id: row.try_get("event_id")?,
                    order_id: row.try_get("order_id")?,
                    kind: row.try_get("kind")?,
                    at: Timestamp::from_unix(row.try_get("at")?),
                })
            })
            .collect()
    }

    /// Lets a session in to the desk, under a new id. Its basket and orders go with it.
    pub(crate) async fn enter_desk(&self, old: &str, new: &str) -> Result<()> {
        let mut tx = self.0.begin().await?;
        remember(&mut tx, old).await?;
        sqlx::raw_sql("PRAGMA defer_foreign_keys = ON")
            .execute(&mut *tx)
            .await?;
        for change in [
            "UPDATE sessions SET id = ?, desk = 1 WHERE id = ?",
            "UPDATE baskets SET session = ? WHERE session = ?",
            "UPDATE orders SET session = ? WHERE session = ?",
        ] {
            sqlx::query(change)
                .bind(new)
                .bind(old)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await
    }

    /// Lets a session out of the desk.
    pub(crate) async fn leave_desk(&self, session: &str) -> Result<()> {
        sqlx::query("UPDATE sessions SET desk = 0 WHERE id = ?")
            .bind(session)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Whether the session belongs to the shop's staff.
    pub(crate) async fn is_desk(&self, session: &str) -> Result<bool> {
        let desk: Option<bool> = sqlx::query_scalar("SELECT desk FROM sessions WHERE id = ?")
            .bind(session)
            .fetch_optional(&self.0)
            .await?;
        Ok(desk.unwrap_or(false))
    }
}

/// Writes the session down on its first deed, with a customer number of its own; the number.
async fn remember(conn: &mut SqliteConnection, session: &str) -> Result<String> {
    sqlx::query("INSERT OR IGNORE INTO sessions (id, customer) VALUES (?, ?)")
        .bind(session)
        .bind(format!("C{:016x}", rand::random::<u64>()))
        .execute(&mut *conn)
        .await?;
    sqlx::query_scalar("SELECT customer FROM sessions WHERE id = ?")
        .bind(session)
        .fetch_one(conn)
        .await
}

async fn read_order(conn: &mut SqliteConnection, row: &SqliteRow) -> Result<Order> {
    let id: String = row.try_get("id")?;
    let lines = sqlx::query("SELECT * FROM order_lines WHERE order_id = ? ORDER BY position")
        .bind(&id)
        .fetch_all(conn)
        .await?;
    let terminal: &str = row.try_get("terminal")?;
    let instant = |name: &str| -> Result<Option<Timestamp>> {
        Ok(row
            .try_get::<Option<i64>, _>(name)?
            .map(Timestamp::from_unix))
    };
    Ok(Order {
        session: row.try_get("session")?,
        customer: row.try_get("customer")?,
        terminal: terminal_of(terminal).unwrap_or(Terminal::Pc),
        billing: match row.try_get::<i64, _>("monthly")? {
            0 => Billing::OneTime,
            1 => Billing::RecurringSimple,
            _ => Billing::RecurringMetered,
        },
        way: Way::of(row.try_get("way")?),
        attempt: row.try_get("attempt")?,
        member: row.try_get("member")?,
        store: row.try_get("store")?,
        created_at: Timestamp::from_unix(row.try_get("created_at")?),
        lines: lines.iter().map(read_line).collect::<Result<_>>()?,
        shipped_at: instant("shipped_at")?,
        ended_at: instant("ended_at")?,
        id,
    })
}

fn read_line(row: &SqliteRow) -> Result<OrderLine> {
    Ok(OrderLine {
        item: row.try_get("item")?,
        name: row.try_get("name")?,
        quantity: row.try_get("quantity")?,
        amount: Yen::new(u64::try_from(row.try_get::<i64, _>("amount")?).unwrap_or_default()),
    })
}

/// How an order of these lines is billed, as the database has it.
fn monthly_of(lines: &[BasketLine]) -> i64 {
    let of = |line: &BasketLine| match line.item.billing {
        Billing::OneTime => 0,
        Billing::RecurringSimple => 1,
        _ => 2,
    };
    lines.iter().map(of).max().unwrap_or_default()
}

/// The terminal of this name.
pub(crate) fn terminal_of(name: &str) -> Option<Terminal> {
    Terminal::ALL.iter().copied().find(|t| t.name() == name)
}
