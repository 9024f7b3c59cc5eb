//! The statements of a running mock: made once a month has ended, then never changed.

use std::collections::{BTreeMap, HashMap};

use super::{
    Month, Movement, Movements as _, Payout, Statement,
    account::{Account, by_month},
    link, payout,
};
use crate::{gateway::Gateway, options::MockError};

/// The closed months of every service that has had a movement.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    books: HashMap<(String, String), Books>,
}

/// The closed months of one service.
#[derive(Debug)]
struct Books {
    account: Account,
    closed: BTreeMap<Month, Statement>,
    /// The month that is closed next.
    next: Month,
}

impl Gateway {
    /// The statement of a month that has ended; an empty one when the service had none.
    pub(crate) async fn statement(
        &self,
        merchant_id: &str,
        service_id: &str,
        month: Month,
    ) -> Result<Statement, MockError> {
        if self.scenario.merchant(merchant_id, service_id).is_none() {
            return Err(MockError::NotFound {
                what: "merchant and service",
                id: format!("{merchant_id}/{service_id}"),
            });
        }
        if self.clock.now() < month.end() {
            let end = crate::clock::rfc3339(month.end());
            return Err(MockError::Refused(format!(
                "month: {month} closes at {end}"
            )));
        }
        let mut desk = self.desk.lock().await;
        self.close_months(&mut desk, merchant_id, service_id, month)
            .await?;
        let key = (merchant_id.to_owned(), service_id.to_owned());
        let closed = desk.books.get(&key).and_then(|b| b.closed.get(&month));
        Ok(closed.cloned().unwrap_or_else(|| Statement {
            merchant_id: key.0,
            service_id: key.1,
            month,
            rows: Vec::new(),
            payout: Payout {
                carried_in: 0,
                paid: 0,
                carried_over: 0,
                day: payout::day(month),
            },
        }))
    }

    /// Every statement with something to tell, of the months that have ended.
    pub(crate) async fn statements(&self) -> Result<Vec<Statement>, MockError> {
        let now = Month::of(self.clock.now());
        let mut desk = self.desk.lock().await;
        let mut all = Vec::new();
        for merchant in &self.scenario.merchants {
            let (merchant_id, service_id) = (&merchant.merchant_id, &merchant.service_id);
            if let Some(last) = now.index().checked_sub(1) {
                let last = Month::from_index(last);
                self.close_months(&mut desk, merchant_id, service_id, last)
                    .await?;
            }
            let key = (merchant_id.clone(), service_id.clone());
            if let Some(books) = desk.books.get(&key) {
                all.extend(books.closed.values().filter(|s| !s.is_empty()).cloned());
            }
        }
        Ok(all)
    }

    /// Forgets every statement, together with the payments they are about.
    pub(crate) async fn forget_statements(&self) {
        *self.desk.lock().await = Desk::default();
    }

    /// Closes every month of a service that is still open, through `through`, which has ended.
    async fn close_months(
        &self,
        desk: &mut Desk,
        merchant_id: &str,
        service_id: &str,
        through: Month,
    ) -> Result<(), MockError> {
        let key = (merchant_id.to_owned(), service_id.to_owned());
        let from = match desk.books.get(&key) {
            Some(books) if books.next > through => return Ok(()),
            Some(books) => Some(books.next),
            None => None,
        };
        let since = from.map_or(i64::MIN, Month::start);
        let movements = self
            .moved(merchant_id, service_id, since, through.end())
            .await?;
        let mut months = by_month(movements, through);
        if let Some(from) = from {
            for index in from.index()..=through.index() {
                months.entry(Month::from_index(index)).or_default();
            }
        }
        if months.is_empty() {
            return Ok(());
        }
        let settings = &self.scenario.settlement;
        let books = desk.books.entry(key).or_insert_with(|| Books {
            account: Account::new(merchant_id, service_id, settings.clone()),
            closed: BTreeMap::new(),
            next: through,
        });
        for (month, movements) in months {
            let statement = books.account.close(month, movements);
            books.closed.insert(month, statement);
            books.next = month.next();
        }
        Ok(())
    }

    /// The movements of every connection type with `from <= at < until`.
    async fn moved(
        &self,
        merchant_id: &str,
        service_id: &str,
        from: i64,
        until: i64,
    ) -> Result<Vec<Movement>, MockError> {
        let mut all = {
            let book = self.api.book.lock().await;
            book.movements(merchant_id, service_id, from, until)
        };
        let mut conn = self.conn().await?;
        all.extend(link::movements(&mut conn, merchant_id, service_id, from, until).await?);
        Ok(all)
    }
}
