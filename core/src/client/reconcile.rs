//! Comparing the journal with a settlement statement, and writing down what the statement proves.

use std::collections::BTreeMap;

use super::Client;
use super::billed_months::{self, Meaning};
use super::records::{self, KIND as PURCHASE, Loaded};
use crate::charge::{Bounds, Charge, Entry, EntryResult, Event, Finding, Source as Evidence, Step};
use crate::contract::ApiFlow;
use crate::engine::journal::{Advanced, Query, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::flow::{self, Open};
use crate::money::Yen;
use crate::purchase::{AttemptState, Phase, Purchase, RefundEvidence, ReviewVerdict};
use crate::settlement::file::MovementKind;
use crate::settlement::reconcile::{Belief, Expected, Repair, RepairStep, Source};
use crate::settlement::{Reconciliation, SettlementTerms, Statement, reconcile};
use crate::time::Timestamp;

/// Rows that are read from the journal at once.
const PAGE: u32 = 500;

/// What became of one step of a repair plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repaired {
    /// It is written down.
    Done,
    /// It stands in the journal already.
    Known,
    /// A person has to do it; why.
    Left(String),
}

impl Repaired {
    /// Why a step is left that was planned for a charge as it no longer is: the resolver, another file or a refund came
    /// in between. Compare again.
    pub const CHANGED: &str =
        "the charge has changed since the comparison: compare with the file again";

    /// Whether the step is left because the charge has changed since the comparison.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        matches!(self, Self::Left(why) if why == Self::CHANGED)
    }
}

/// What one run of a plan has made of charges: their state in the plan, and after this run's own writes.
type Own = BTreeMap<String, (String, String)>;

impl Client {
    /// Compares everything that the journal has of the chosen contract with a statement. Changes nothing.
    ///
    /// # Errors
    /// `configuration` when the client has several contracts and none was chosen, `journal`.
    pub async fn reconcile(
        &self,
        statement: Statement,
        terms: &SettlementTerms,
    ) -> Result<Reconciliation> {
        let contract = self.contract()?.id().clone();
        let bounds = self.settings().bounds;
        let mut expected = Vec::new();
        for row in self.all_rows(flow::KIND).await? {
            let charge = Open::from_row(row)?.record.charge;
            if charge.contract != contract {
                continue;
            }
            if !charge.kind.is_contract() {
                expected.push(of_charge(&charge, bounds));
            }
            let period = statement.end.period;
            expected.extend(billed_months::expected(&charge, period, bounds));
        }
        for row in self.all_rows(PURCHASE).await? {
            let purchase = Loaded::from_row(row)?.record.purchase;
            if purchase.contract == contract {
                expected.extend(of_purchase(&purchase));
            }
        }
        Ok(reconcile(expected, statement.rows, &statement.end, terms))
    }

    /// Writes down what a statement proved: the steps of [`Reconciliation::repair_plan`] that no person is needed for.
    /// The others are told with the reason. Applying the same plan twice writes nothing twice. What was planned for a
    /// charge that has changed since is not written, and says [`Repaired::CHANGED`].
    ///
    /// # Errors
    /// `journal`. Steps before the error are written.
    pub async fn repair(&self, plan: &[RepairStep]) -> Result<Vec<Repaired>> {
        let mut done = Vec::new();
        let mut own = Own::new();
        for step in plan {
            done.push(self.repair_or_leave(step, &mut own).await?);
        }
        // A refund that was made elsewhere is written down only when no step of the charge is open; a later step of the
        // plan may have settled it.
        for (step, repaired) in plan.iter().zip(&mut done) {
            if matches!(repaired, Repaired::Left(_)) {
                *repaired = self.repair_or_leave(step, &mut own).await?;
            }
        }
        Ok(done)
    }

    async fn repair_or_leave(&self, step: &RepairStep, own: &mut Own) -> Result<Repaired> {
        match self.repair_one(step, own).await {
            Ok(repaired) => Ok(repaired),
            Err(error) if error.kind() == ErrorKind::Journal => Err(error),
            Err(error) => Ok(Repaired::Left(error.to_string())),
        }
    }

    async fn repair_one(&self, step: &RepairStep, own: &mut Own) -> Result<Repaired> {
        let contract = self.contract()?.id().clone();
        let person = || Repaired::Left(step.reason(crate::Lang::En).to_owned());
        let (order_id, tracking_id, amount) = match &step.repair {
            Repair::ConfirmPaid {
                order_id,
                tracking_id,
                amount,
            }
            | Repair::ConfirmNotPaid {
                order_id,
                tracking_id,
                amount,
            }
            | Repair::ConfirmRefund {
                order_id,
                tracking_id,
                amount,
            }
            | Repair::ConfirmNotRefunded {
                order_id,
                tracking_id,
                amount,
            } => (order_id, tracking_id.as_deref(), *amount),
            _ => return Ok(person()),
        };
        // A month has the order_id of the application, which may not be the contract's own.
        let of_month = step.record.as_ref().filter(|r| r.source == Source::Month);
        let own_id = of_month.map_or(order_id, |record| &record.order_id);
        let key = flow::order_key(&contract, own_id);
        if let Some(row) = self.journal().find(&key).await? {
            return self
                .repair_charge(Open::from_row(row)?, step, amount, own)
                .await;
        }
        let key = records::order_key(&contract, order_id);
        match self.journal().find(&key).await? {
            Some(row) => {
                let purchase = Loaded::from_row(row)?.record.purchase;
                self.repair_purchase(&purchase, step, order_id, tracking_id, amount)
                    .await
            }
            None => Ok(person()),
        }
    }

    async fn repair_charge(
        &self,
        open: Open,
        step: &RepairStep,
        amount: Yen,
        own: &mut Own,
    ) -> Result<Repaired> {
        let charge = open.charge();
        if step
            .record
            .as_ref()
            .is_some_and(|record| record.source == Source::Month)
        {
            return self.repair_month(open, step, amount).await;
        }
        let at = step.at.map_or(0, |at| at.as_unix());
        let line = step.line.unwrap_or(0);
        let seen = format!(
            "file:{}:{}:{}:{at}:{line}:{amount}",
            charge.contract,
            charge.id,
            step.repair.name()
        );
        let planned = step.record.as_ref().and_then(|record| record.state.clone());
        let now = state(charge);
        let own_work =
            |planned: &String| own.get(&charge.id) == Some(&(planned.clone(), now.clone()));
        let Some(planned) = planned.filter(|planned| *planned == now || own_work(planned)) else {
            return Ok(if self.is_seen(&open, &seen).await? {
                Repaired::Known
            } else {
                Repaired::Left(Repaired::CHANGED.to_owned())
            });
        };
        let tracking_id = step.repair.tracking_id().map(str::to_owned);
        let happened = Event::Looked(Finding::Happened {
            tracking_id,
            source: Evidence::File,
        });
        let missing = Event::Looked(Finding::Missing {
            source: Evidence::File,
        });
        let Some(event) = charge_event(charge, &step.repair, amount, happened, missing) else {
            return Ok(Repaired::Left(format!(
                "the charge is {} and has no open step that this would settle",
                charge.phase.name()
            )));
        };
        let written = self.note_as_read(open, event, Some(seen)).await?;
        let Some((charge, first)) = written else {
            return Ok(Repaired::Left(Repaired::CHANGED.to_owned()));
        };
        if first {
            own.insert(charge.id.clone(), (planned, state(&charge)));
        }
        Ok(if first {
            Repaired::Done
        } else {
            Repaired::Known
        })
    }

    /// A month that the gateway billed or did not, or the refund of one.
    async fn repair_month(&self, open: Open, step: &RepairStep, amount: Yen) -> Result<Repaired> {
        let left = |why: &str| Ok(Repaired::Left(why.to_owned()));
        match billed_months::meaning(open.charge(), step, amount, self.now()) {
            Meaning::New(event) => match self.note_as_read(open, event, None).await? {
                Some(_) => Ok(Repaired::Done),
                None => left(Repaired::CHANGED),
            },
            Meaning::Known => Ok(Repaired::Known),
            Meaning::Changed => left(Repaired::CHANGED),
            Meaning::Unclear => left("the statement does not say of which month it is a refund"),
        }
    }

    /// Whether the first-seen key is known. Asks only: no row has the version 0, and the key is looked up first.
    async fn is_seen(&self, open: &Open, seen: &str) -> Result<bool> {
        let unchanged = open.unchanged(self.now())?;
        let asked = self
            .journal()
            .advance(open.row_id(), 0, unchanged, Some(seen));
        Ok(asked.await? == Advanced::SeenBefore)
    }

    async fn repair_purchase(
        &self,
        purchase: &Purchase,
        step: &RepairStep,
        order_id: &str,
        tracking_id: Option<&str>,
        amount: Yen,
    ) -> Result<Repaired> {
        let known = |tracking_id: &str| purchase.payment(tracking_id).is_some();
        let verdict = match (&step.repair, tracking_id) {
            (Repair::ConfirmPaid { .. }, Some(id)) if known(id) => return Ok(Repaired::Known),
            (Repair::ConfirmPaid { .. }, Some(id)) if amount == purchase.asked.amount => {
                ReviewVerdict::Paid {
                    order_id: order_id.to_owned(),
                    tracking_id: id.to_owned(),
                }
            }
            (Repair::ConfirmNotPaid { .. }, _) => ReviewVerdict::NotPaid,
            (Repair::ConfirmRefund { .. }, Some(id)) if known(id) => {
                let evidence = RefundEvidence {
                    source: "reconciliation_file".to_owned(),
                    reference: format!("line {}", step.line.unwrap_or(0)),
                    amount,
                    refunded_at: step.at.unwrap_or_else(|| self.now()),
                };
                self.refunds().confirm(&purchase.id, id, evidence).await?;
                return Ok(Repaired::Done);
            }
            (Repair::ConfirmNotRefunded { .. }, Some(id)) if known(id) => {
                self.refunds().withdraw(&purchase.id, id).await?;
                return Ok(Repaired::Done);
            }
            _ => {
                return Err(Error::field(
                    ErrorKind::Mismatch,
                    "purchase",
                    "the file says something else than was asked",
                ));
            }
        };
        if purchase.phase != Phase::NeedsReview {
            return Ok(Repaired::Left(format!(
                "the purchase is {}, not under review",
                purchase.phase.name()
            )));
        }
        self.purchases().review(&purchase.id, verdict).await?;
        Ok(Repaired::Done)
    }

    async fn all_rows(&self, kind: &str) -> Result<Vec<Row>> {
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let rows = self
                .journal()
                .list(Query {
                    kind: kind.to_owned(),
                    phases: Vec::new(),
                    after,
                    limit: PAGE,
                })
                .await?;
            after = rows.last().map(|row| row.id.clone());
            if after.is_none() {
                return Ok(all);
            }
            all.extend(rows);
        }
    }
}

/// What a repair of a charge depends on: the money that has moved, and the step that is open.
fn state(charge: &Charge) -> String {
    let open = charge.pending.as_ref().map(|pending| {
        let key = pending.key.as_deref().unwrap_or_default();
        format!("{}:{key}:{}", pending.step.name(), pending.since.as_unix())
    });
    // What is doubted is settled first: a statement of a month does not tell what came after it.
    let doubted = charge.doubt.as_ref().map(|doubt| doubt.deposited);
    format!(
        "{}:{}:{}:{}{}",
        charge.captured,
        charge.refunded,
        charge.deposited,
        open.unwrap_or_default(),
        doubted.map_or(String::new(), |yen| format!("doubted:{yen}"))
    )
}

/// What a proven movement means for a charge; `None` when it fits no open step.
fn charge_event(
    charge: &Charge,
    repair: &Repair,
    amount: Yen,
    happened: Event,
    missing: Event,
) -> Option<Event> {
    let pending = charge.pending.as_ref();
    let pays = pending.is_some_and(|p| {
        matches!(p.step, Step::Request | Step::Commit | Step::Capture)
            && (p.step == Step::Commit || p.amount == amount)
    });
    let refunds = pending.is_some_and(|p| match p.step {
        Step::Refund => charge.captured == amount,
        Step::PartialRefund => p.amount == amount,
        _ => false,
    });
    match repair {
        Repair::ConfirmPaid { .. } if pays => Some(happened),
        // A slip that nobody heard of any more was paid.
        Repair::ConfirmPaid {
            tracking_id: Some(tracking_id),
            ..
        } if pending.is_none() && charge.doubt.is_none() && charge.plan.flow == ApiFlow::Slip => {
            Some(Event::Deposited {
                tracking_id: Some(tracking_id.clone()),
                cumulative: amount,
                received: None,
            })
        }
        Repair::ConfirmNotPaid { .. } if pays => Some(missing),
        Repair::ConfirmRefund { .. } if refunds => Some(happened),
        Repair::ConfirmNotRefunded { .. } if refunds => Some(missing),
        Repair::ConfirmRefund { .. } if pending.is_none() => Some(Event::RefundedElsewhere {
            total: charge.refunded.checked_add(amount).ok()?,
        }),
        _ => None,
    }
}

/// When a step happened at the gateway, as near as the journal knows: what was found out later happened when it was
/// sent.
fn dated(entry: &Entry) -> Timestamp {
    match entry.result {
        EntryResult::Done => entry.at,
        _ => entry.signed_at.unwrap_or(entry.at),
    }
}

fn of_charge(charge: &Charge, bounds: Bounds) -> Expected {
    let source = match charge.kind {
        crate::charge::Kind::Period { .. } => Source::Period,
        _ => Source::Payment,
    };
    let mut expected = Expected::new(source, &charge.id, &charge.id)
        .with_method(charge.method.as_str())
        .with_state(state(charge));
    if let Some(id) = &charge.tracking_id {
        expected = expected.with_tracking_id(id.as_str());
    }
    let happened = |result: &EntryResult| {
        matches!(
            result,
            EntryResult::Done | EntryResult::Found | EntryResult::Reviewed
        )
    };
    if charge.captured > Yen::default() {
        let paid = charge.log.iter().rev().find(|entry| {
            matches!(entry.step, Step::Request | Step::Commit | Step::Capture)
                && happened(&entry.result)
        });
        let at = match charge.plan.flow {
            // The money of a slip comes days after its request.
            ApiFlow::Slip => charge.deposited_at(),
            _ => paid.map(dated),
        };
        expected = expected.with(MovementKind::Sale, charge.captured, at, Belief::Happened);
    }
    let mut logged = 0u64;
    for entry in charge.log.iter().filter(|entry| happened(&entry.result)) {
        let amount = match entry.step {
            Step::Refund => charge.captured,
            Step::PartialRefund => entry.amount,
            _ => continue,
        };
        if amount > Yen::default() {
            logged = logged.saturating_add(amount.get());
            expected = expected.refund(amount, dated(entry));
        }
    }
    let elsewhere = charge.refunded.get().saturating_sub(logged);
    if elsewhere > 0 {
        let amount = Yen::new(elsewhere);
        expected = expected.refunds_by(amount, charge.refunded_elsewhere_by);
    }
    if let Some(pending) = &charge.pending {
        let closed = charge.valid_until().map(|until| until.plus(bounds.skew));
        let deposit = charge.plan.flow == ApiFlow::Slip && pending.step == Step::Request;
        let until = closed.filter(|_| !deposit);
        let sent = pending.signed_at;
        expected = match pending.step {
            Step::Request => expected.unknown_sale(charge.amount, sent, until),
            // A resolver may send these again, for as long as they are open.
            Step::Commit => expected.unknown_sale(charge.amount, sent, None),
            Step::Capture => expected.unknown_sale(pending.amount, sent, None),
            Step::Refund if charge.captured > Yen::default() => {
                expected.unknown_refund(charge.captured, sent, None)
            }
            Step::PartialRefund => expected.unknown_refund(pending.amount, sent, until),
            _ => expected,
        };
    } else if charge.rejection.is_some() && charge.captured == Yen::default() {
        expected = expected.refused_sale(charge.amount, charge.created_at);
    }
    expected
}

fn of_purchase(purchase: &Purchase) -> Vec<Expected> {
    let new = |order_id: &str| Expected::new(Source::Purchase, &purchase.id, order_id);
    let mut all = Vec::new();
    for payment in &purchase.payments {
        let paid = new(&payment.order_id)
            .with_tracking_id(payment.tracking_id.as_str())
            .sale(payment.amount, payment.paid_at);
        all.push(match &payment.refund {
            Some(refund) => match &refund.confirmed {
                Some(proof) => paid.refund(proof.amount, proof.refunded_at),
                None => paid.unknown_refund(payment.amount, refund.requested_at, None),
            },
            None => paid,
        });
    }
    for attempt in &purchase.attempts {
        if attempt.state == AttemptState::Returned {
            let amount = purchase.asked.amount;
            all.push(new(&attempt.order_id).unknown_sale(amount, attempt.started_at, None));
        }
    }
    all
}
