//! The shop's own points, and what was exchanged for miles.

use sqlx::Row as _;

use super::{Result, Store, remember};

/// Points with which every customer of this example begins.
const WELCOME: i64 = 1_200;

/// An application for an exchange: the customer's NetMile user id and the miles, as the shop keeps them.
#[derive(Clone, Debug)]
pub(crate) struct Application {
    pub(crate) tran_id: String,
    pub(crate) session: String,
    pub(crate) user_id: String,
    pub(crate) points: u64,
    pub(crate) miles: u64,
}

fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Store {
    /// Points that a visitor has, and the shop's name of this customer.
    pub(crate) async fn points(&self, session: &str) -> Result<(u64, String)> {
        let mut tx = self.0.begin().await?;
        let customer = remember(&mut tx, session).await?;
        sqlx::query("INSERT OR IGNORE INTO points (session, held) VALUES (?, ?)")
            .bind(session)
            .bind(WELCOME)
            .execute(&mut *tx)
            .await?;
        let held: i64 = sqlx::query_scalar("SELECT held FROM points WHERE session = ?")
            .bind(session)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok((u64::try_from(held).unwrap_or(0), customer))
    }

    /// Takes the points of an application, once. False when the customer has too few.
    pub(crate) async fn take_points(&self, wish: &Application) -> Result<bool> {
        let mut tx = self.0.begin().await?;
        let new = sqlx::query(
            "INSERT OR IGNORE INTO exchanges (tran_id, session, user_id, points, miles, taken)
             VALUES (?, ?, ?, ?, ?, 1)",
        )
        .bind(&wish.tran_id)
        .bind(&wish.session)
        .bind(&wish.user_id)
        .bind(stored(wish.points))
        .bind(stored(wish.miles))
        .execute(&mut *tx)
        .await?;
        if new.rows_affected() == 0 {
            return Ok(true);
        }
        let taken =
            sqlx::query("UPDATE points SET held = held - ? WHERE session = ? AND held >= ?")
                .bind(stored(wish.points))
                .bind(&wish.session)
                .bind(stored(wish.points))
                .execute(&mut *tx)
                .await?;
        if taken.rows_affected() == 0 {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Gives the points of an application back, once.
    pub(crate) async fn give_points_back(&self, tran_id: &str) -> Result<()> {
        let mut tx = self.0.begin().await?;
        let given = sqlx::query(
            "UPDATE points SET held = held + (SELECT points FROM exchanges WHERE tran_id = ?1)
             WHERE session = (SELECT session FROM exchanges WHERE tran_id = ?1 AND taken = 1)",
        )
        .bind(tran_id)
        .execute(&mut *tx)
        .await?;
        if given.rows_affected() > 0 {
            sqlx::query("UPDATE exchanges SET taken = 0 WHERE tran_id = ?")
                .bind(tran_id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await
    }

    /// Takes the points of an application again that were given back, once: its miles were issued after all. False when the
    /// customer has too few by now.
    pub(crate) async fn take_points_again(&self, tran_id: &str) -> Result<bool> {
        let mut tx = self.0.begin().await?;
        let due: Option<(String, i64)> =
            sqlx::query_as("SELECT session, points FROM exchanges WHERE tran_id = ? AND taken = 0")
                .bind(tran_id)
                .fetch_optional(&mut *tx)
                .await?;
        let Some((session, points)) = due else {
            return Ok(true);
        };
        let taken =
            sqlx::query("UPDATE points SET held = held - ?1 WHERE session = ?2 AND held >= ?1")
                .bind(points)
                .bind(&session)
                .execute(&mut *tx)
                .await?;
        if taken.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("UPDATE exchanges SET taken = 1 WHERE tran_id = ?")
            .bind(tran_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// An application whose points were taken, whoever made it.
    pub(crate) async fn application(&self, tran_id: &str) -> Result<Option<Application>> {
        let row = sqlx::query("SELECT * FROM exchanges WHERE tran_id = ?")
            .bind(tran_id)
            .fetch_optional(&self.0)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let number = |name: &str| -> Result<u64> {
            Ok(u64::try_from(row.try_get::<i64, _>(name)?).unwrap_or(0))
        };
        Ok(Some(Application {
            tran_id: row.try_get("tran_id")?,
            session: row.try_get("session")?,
            user_id: row.try_get("user_id")?,
            points: number("points")?,
            miles: number("miles")?,
        }))
    }
}
