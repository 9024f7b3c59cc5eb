//! What the shop does about recurring contracts.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use netmile::charge::{Charge, ChargePhase};
use netmile::client::{Adopt, BilledPeriod};
use netmile::operation::Outcome;
use netmile::schedule::{BillingDay, FirstPeriod, Schedule, YearMonth};
use netmile::time::Timestamp;
use netmile::{Result, Yen};

use crate::gateway::{CONTRACT, CUSTOMER};
use crate::plan::Act;
use crate::shop::Shop;

impl Shop {
    /// Performs one act of a recurring contract; whether the script goes on.
    pub(crate) async fn recurs(&self, act: &Act) -> bool {
        let id = self.contract_id();
        match act {
            Act::Adopt => {
                self.until_done("adopt", async || self.adopt(&id).await.map(|_| ()))
                    .await;
            }
            Act::Bill => self.bill(&id).await,
            Act::BillAgain => {
                for refused in self.periods(&id, ChargePhase::Rejected).await {
                    if let netmile::charge::Kind::Period { period, .. } = &refused.kind {
                        let heard = self.client.subscriptions().bill_again(&id, period).await;
                        self.hear(act, &id, &heard);
                    }
                }
            }
            Act::CapturePeriods => {
                for reserved in self.periods(&id, ChargePhase::Reserved).await {
                    self.settle(&Act::Capture(None), &reserved.id).await;
                }
            }
            Act::RefundPeriod => {
                if let Some(last) = self.periods(&id, ChargePhase::Paid).await.last() {
                    self.settle(&Act::Refund, &last.id).await;
                }
            }
            Act::PartOfPeriod(name, yen) => {
                let mut paid = self.periods(&id, ChargePhase::Paid).await;
                paid.extend(self.periods(&id, ChargePhase::PartlyRefunded).await);
                paid.sort_by(|one, other| one.id.cmp(&other.id));
                let last = paid.iter().max_by_key(|charge| charge.created_at);
                if let Some(last) = last {
                    let part = Act::Part(name.clone(), *yen);
                    self.settle(&part, &last.id).await;
                }
            }
            Act::RefundMonth(_) | Act::End => {
                self.settle(act, &id).await;
            }
            _ => {}
        }
        true
    }

    /// The contract's id: of the application, or the shop's own for one that was adopted.
    fn contract_id(&self) -> String {
        let id = self.shared.lock().shop.id().to_owned();
        if id.is_empty() {
            format!("C{}", self.plan.seed)
        } else {
            id
        }
    }

    async fn adopt(&self, id: &str) -> Result<Charge> {
        let start = Timestamp::from_unix(self.plan.start).jst_date();
        let day = u8::try_from(start.day()).unwrap_or(1);
        let schedule = Schedule::monthly(start, BillingDay::new(day)?, FirstPeriod::BillAtOnce)?;
        let adopt = Adopt {
            id: id.to_owned(),
            method: self.plan.tag().to_owned(),
            tracking_id: CONTRACT.to_owned(),
            cust_code: CUSTOMER.to_owned(),
            item: ("item-1".to_owned(), "定期便".to_owned()),
            amount: Yen::new(self.plan.amount),
            schedule,
        };
        self.client.subscriptions().adopt(&adopt).await
    }

    /// The billing job, sometimes two of them at once.
    async fn bill(&self, id: &str) {
        let job = async || {
            let amount = Yen::new(self.plan.amount);
            self.client.subscriptions().bill_due(|_| Some(amount)).await
        };
        if self.plan.habits.double_click {
            let (one, other) = both(job(), job()).await;
            self.billed(id, &one);
            self.billed(id, &other);
        } else {
            self.billed(id, &job().await);
        }
    }

    fn billed(&self, id: &str, billed: &Result<Vec<BilledPeriod>>) {
        match billed {
            Ok(billed) => {
                for one in billed {
                    self.hear(&Act::Bill, id, &one.outcome);
                }
            }
            Err(error) => self.complain("bill_due", error),
        }
    }

    /// The contract's periods in a phase.
    async fn periods(&self, id: &str, phase: ChargePhase) -> Vec<Charge> {
        match self.client.subscriptions().periods(id).await {
            Ok(periods) => {
                let fits = |charge: &Charge| charge.phase == phase && !charge.is_unresolved();
                periods.into_iter().filter(fits).collect()
            }
            Err(error) => {
                self.complain("periods", &error);
                Vec::new()
            }
        }
    }

    /// A month of a simple contract, so many months after the start.
    pub(crate) fn month_after(&self, months: u32) -> String {
        let mut month = YearMonth::of_instant(Timestamp::from_unix(self.plan.start));
        for _ in 0..months {
            month = month.next().unwrap_or(month);
        }
        month.to_wire()
    }

    pub(crate) async fn refund_month(&self, id: &str, months: u32) -> Result<Outcome<Charge>> {
        let month = self.month_after(months);
        self.client.subscriptions().refund_month(id, &month).await
    }
}

/// Runs both at once.
pub(crate) async fn both<A, B>(
    one: impl Future<Output = A>,
    other: impl Future<Output = B>,
) -> (A, B) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(value) = one.as_mut().poll(context)
        {
            first = Some(value);
        }
        if second.is_none()
            && let Poll::Ready(value) = other.as_mut().poll(context)
        {
            second = Some(value);
        }
        match (first.take(), second.take()) {
            (Some(one), Some(other)) => Poll::Ready((one, other)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}
