//! What happens month by month: contracts are billed or end, months are closed and paid out.

use super::Happening;
use crate::{
    gateway::Gateway,
    options::MockError,
    settlement::{Month, Statement, payout},
    store::{self, payments, periods},
};

/// The newest month whose beginning has been dealt with.
const BEGUN: &str = "month";

/// The newest month whose payout has been dealt with.
const PAID: &str = "payout";

/// The next thing that a month brings.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// A month begins, the one before is closed.
    Begins(Month),
    /// A closed month is paid out.
    PaysOut(Month),
}

impl Next {
    /// After the month `begun` and the payout of `paid`.
    fn after(begun: Month, paid: Month) -> Self {
        let (begins, pays) = (Self::Begins(begun.next()), Self::PaysOut(paid.next()));
        if pays.at() < begins.at() {
            pays
        } else {
            begins
        }
    }

    fn at(self) -> i64 {
        match self {
            Self::Begins(month) => month.start(),
            Self::PaysOut(month) => payout::instant(month),
        }
    }
}

impl Gateway {
    /// Remembers from which month on this database bills and closes.
    pub(crate) async fn open_months(&self) -> Result<(), MockError> {
        if self.position().await?.is_none() {
            self.skip_months().await?;
        }
        Ok(())
    }

    /// The next instant at which the clock has to stop on a jump; `None` when months bring nothing.
    pub(super) async fn next_stop(&self) -> Result<Option<i64>, MockError> {
        if self.quiet().await? {
            return Ok(None);
        }
        let position = self.position().await?;
        Ok(position.map(|(begun, paid)| Next::after(begun, paid).at()))
    }

    /// Does what the months through now have brought, in order.
    pub(super) async fn months(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        if self.quiet().await? {
            return self.skip_months().await;
        }
        let Some((mut begun, mut paid)) = self.position().await? else {
            return self.skip_months().await;
        };
        loop {
            let next = Next::after(begun, paid);
            if next.at() > self.clock.now() {
                return Ok(());
            }
            match next {
                Next::Begins(month) => {
                    self.end_contracts(month.start(), happened).await?;
                    self.bill(month, happened).await?;
                    self.report("month_closed", begun, happened).await?;
                    begun = month;
                }
                Next::PaysOut(month) => {
                    self.report("payout", month, happened).await?;
                    paid = month;
                }
            }
            self.keep(begun, paid).await?;
        }
    }

    /// Tells of the close or the payout of a month, for every service where there is one.
    async fn report(
        &self,
        kind: &str,
        month: Month,
        happened: &mut Vec<Happening>,
    ) -> Result<(), MockError> {
        for merchant in &self.scenario.merchants {
            let statement = self
                .statement(&merchant.merchant_id, &merchant.service_id, month)
                .await?;
            let (at, outcome) = if kind == "payout" {
                if statement.payout.paid == 0 {
                    continue;
                }
                let paid = format!("{} yen", statement.payout.paid);
                (payout::instant(month), paid)
            } else {
                if statement.is_empty() {
                    continue;
                }
                (month.end(), closed(&statement))
            };
            happened.push(Happening {
                at,
                kind: kind.to_owned(),
                id: format!("{}/{}/{month}", statement.merchant_id, statement.service_id),
                outcome,
            });
        }
        Ok(())
    }

    /// Whether no month can bring anything: no contract to bill, nothing that was ever paid.
    async fn quiet(&self) -> Result<bool, MockError> {
        if !self.api.book.lock().await.ledger().is_empty() {
            return Ok(false);
        }
        let mut conn = self.conn().await?;
        Ok(!periods::any_running(&mut conn).await? && !payments::any(&mut conn).await?)
    }

    /// The newest month that has begun and the newest that was paid out.
    async fn position(&self) -> Result<Option<(Month, Month)>, MockError> {
        let mut conn = self.conn().await?;
        let begun = store::get_meta(&mut conn, BEGUN).await?;
        let paid = store::get_meta(&mut conn, PAID).await?;
        let month = |index: i64| u32::try_from(index).ok().map(Month::from_index);
        Ok(begun.and_then(month).zip(paid.and_then(month)))
    }

    async fn keep(&self, begun: Month, paid: Month) -> Result<(), MockError> {
        let mut tx = self.begin().await?;
        store::set_meta(&mut tx, BEGUN, i64::from(begun.index())).await?;
        store::set_meta(&mut tx, PAID, i64::from(paid.index())).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Goes on from the present: what came before brought nothing.
    async fn skip_months(&self) -> Result<(), MockError> {
        let now = self.clock.now();
        let begun = Month::of(now);
        let back = |months| Month::from_index(begun.index().saturating_sub(months));
        let paid = if payout::instant(back(1)) <= now {
            back(1)
        } else {
            back(2)
        };
        self.keep(begun, paid).await
    }
}

fn closed(statement: &Statement) -> String {
    let payout = &statement.payout;
    let rest = if payout.paid > 0 {
        format!("{} yen on {}", payout.paid, payout.day)
    } else {
        format!("{} yen carried over", payout.carried_over)
    };
    format!(
        "{} movements, net {} yen, {rest}",
        statement.rows.len(),
        statement.net()
    )
}
