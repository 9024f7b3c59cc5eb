//! The one function that decides what an event means for a charge.

use std::cmp::Ordering;
use std::time::Duration;

use crate::charge::model::RECEIVED;
use crate::charge::{
    BilledMonth, Charge, ChargePhase, Doubt, Entry, EntryResult, Event, Finding, Kind, MonthRefund,
    OpenReason, Pending, Review, Source, Step, StepState,
};
use crate::contract::{ApiFlow, CaptureMode};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::operation::{Rejection, next_look};
use crate::planted::{self, Defect};
use crate::purchase::{Fact, FactKind, Phase, Subject};
use crate::time::Timestamp;

/// How long things may take before somebody looks, and before a person is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// From the last signing of a step to the moment when whoever sent it counts as dead. Longer than the transport's
    /// total timeout. Default 90 seconds.
    pub sending: Duration,
    /// Longest time for an unknown step that an inquiry can answer. Default 24 hours.
    pub asked: Duration,
    /// Longest time for an unknown step that only a notice or a settlement file can answer. Default 75 days: the file
    /// of a month comes in the next one.
    pub filed: Duration,
    /// How far the clocks of shop and gateway may differ. Default 2 minutes.
    pub skew: Duration,
    /// How often a slip that waits for its deposit is asked about, since a notice can be lost. Default 6 hours.
    pub deposit: Duration,
    /// How long after its last day a slip may still be reported as paid. Default 3 days.
    pub deposit_grace: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            sending: Duration::from_secs(90),
            asked: Duration::from_secs(24 * 3600),
            filed: Duration::from_secs(75 * 24 * 3600),
            skew: Duration::from_secs(120),
            deposit: Duration::from_secs(6 * 3600),
            deposit_grace: Duration::from_secs(3 * 24 * 3600),
        }
    }
}

/// Seconds from one look to the next when the time in which an inquiry answers is over.
const DAY: i64 = 86_400;

/// What an event leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The charge after it.
    pub charge: Charge,
    /// What the shop is told.
    pub facts: Vec<Fact>,
    /// When to look at the charge again.
    pub due: Option<Timestamp>,
}

/// Applies an event. Pure and total: every pair of state and event has one outcome.
///
/// # Errors
/// `invalid_state` when the step is not possible in this phase, `invalid_value` for an amount that does not fit.
pub fn transition(
    charge: &Charge,
    event: &Event,
    at: Timestamp,
    bounds: Bounds,
) -> Result<Transition> {
    let mut work = Work {
        charge: charge.clone(),
        facts: Vec::new(),
        ended: None,
        at,
        bounds,
    };
    work.apply(event)?;
    work.name_step();
    work.evidence_came();
    work.authorisation_lapses();
    let due = work.due();
    let phase = if work.charge.review.is_some() {
        Phase::NeedsReview
    } else {
        work.charge.phase.as_purchase()
    };
    for fact in &mut work.facts {
        fact.phase = phase;
    }
    Ok(Transition {
        charge: work.charge,
        facts: work.facts,
        due,
    })
}

struct Work {
    charge: Charge,
    facts: Vec<Fact>,
    /// The step that this event ended.
    ended: Option<Pending>,
    at: Timestamp,
    bounds: Bounds,
}

impl Work {
    fn apply(&mut self, event: &Event) -> Result<()> {
        match event {
            Event::Sending {
                step,
                amount,
                key,
                limit_seconds,
            } => self.sending(*step, *amount, key.clone(), *limit_seconds),
            Event::SendingAgain {
                never_left,
                limit_seconds,
            } => self.sending_again(*never_left, *limit_seconds),
            Event::NotSent => {
                let pending = self.take_pending()?;
                if pending.state != StepState::Sending {
                    return Err(self.impossible("may have been sent before"));
                }
                self.log(&pending, EntryResult::NotSent);
                self.tell_not_sent(&pending);
                Ok(())
            }
            Event::Done {
                tracking_id,
                transaction_id,
                details,
            } => {
                let facts = details.iter().cloned();
                self.charge.details.extend(facts);
                self.done(tracking_id.as_deref(), transaction_id.as_deref())
            }
            Event::Rejected(rejection) => self.rejected(rejection),
            Event::Lost => {
                let pending = self.pending_mut()?;
                pending.state = StepState::Unknown;
                pending.resending = false;
                pending.looks = 0;
                self.unknown_request();
                Ok(())
            }
            Event::Awaited => {
                self.pending_mut()?.lost = true;
                Ok(())
            }
            Event::Looked(finding) => self.looked(finding),
            Event::Checked => {
                self.doubt_lasts();
                Ok(())
            }
            Event::Deposited {
                tracking_id,
                cumulative,
                received,
            } => self.deposited(tracking_id.as_deref(), *cumulative, received.as_deref()),
            Event::DepositConfirmed => {
                let doubt = self.take_doubt()?;
                self.believe(&doubt);
                Ok(())
            }
            Event::DepositRefuted => self.take_doubt().map(|_| ()),
            Event::DepositedOther { enough } => self.deposited_other(*enough),
            Event::SlipExpired => self.slip_expired(),
            Event::ContractEnded => {
                if !self.charge.kind.is_contract() {
                    return Err(self.impossible("is no contract"));
                }
                self.ended();
                // Only what ran can end, so the application happened as well.
                let proven = |step| matches!(step, Step::Request | Step::Commit | Step::End);
                self.ended = self.charge.pending.take_if(|p| proven(p.step));
                if let Some(pending) = self.ended.clone() {
                    self.log(&pending, EntryResult::Found);
                }
                Ok(())
            }
            Event::RefundedElsewhere { total } => self.refunded_elsewhere(*total),
            Event::Adopted { tracking_id } => {
                if self.charge.phase != ChargePhase::Prepared || !self.charge.kind.is_contract() {
                    return Err(self.impossible("is no contract that could be adopted"));
                }
                self.charge.tracking_id = Some(tracking_id.clone());
                self.charge.phase = ChargePhase::Active;
                self.tell(FactKind::ContractStarted);
                Ok(())
            }
            Event::MonthBilled { month, amount, at } => self.month_billed(BilledMonth {
                month: month.clone(),
                amount: *amount,
                at: *at,
            }),
            Event::Reviewed(verdict) => self.reviewed(verdict),
        }
    }

    fn sending(
        &mut self,
        step: Step,
        amount: Yen,
        key: Option<String>,
        limit_seconds: u32,
    ) -> Result<()> {
        if self.charge.pending.is_some() {
            return Err(self.impossible("has a step whose outcome is open: resolve it first"));
        }
        if self.charge.review.is_some() {
            return Err(self.impossible("waits for a person"));
        }
        if self.charge.doubt.is_some() {
            return Err(
                self.impossible("has a sum of deposits that is not confirmed: resolve it first")
            );
        }
        let again = self.not_sent_before(step, key.as_deref()).is_some();
        if self.charge.log.len() >= Charge::MAX_STEPS && !again {
            return Err(self.impossible("has used up its 500 steps"));
        }
        self.check_allowed(step, amount, key.as_deref())?;
        self.charge.pending = Some(Pending {
            step,
            amount,
            key,
            state: StepState::Sending,
            since: self.at,
            signed_at: self.at,
            limit_seconds: Some(limit_seconds),
            sends: 1,
            earlier_until: None,
            resending: false,
            looks: 0,
            refunded_before: self.charge.refunded,
            lost: false,
        });
        Ok(())
    }

    fn check_allowed(&self, step: Step, amount: Yen, key: Option<&str>) -> Result<()> {
        use ChargePhase as P;
        let charge = &self.charge;
        let phase = charge.phase;
        let money = !charge.kind.is_contract();
        let fits = |most: Yen| {
            if amount == Yen::default() || amount > most {
                return Err(Error::field(
                    ErrorKind::InvalidValue,
                    "amount",
                    format!("must be 1 to {most} yen"),
                ));
            }
            Ok(())
        };
        let allowed = match step {
            Step::Request => phase == P::Prepared && charge.kind != Kind::MeteredContract,
            Step::Commit => phase == P::Authorised,
            Step::Capture => {
                if phase == P::Reserved {
                    fits(charge.amount)?;
                }
                phase == P::Reserved
            }
            Step::Refund => money && matches!(phase, P::Authorised | P::Reserved | P::Paid),
            Step::PartialRefund => {
                let paid = money && matches!(phase, P::Paid | P::PartlyRefunded);
                if paid {
                    fits(charge.kept())?;
                }
                paid && key.is_some() && !self.has_happened(step, key)
            }
            Step::RefundMonth => {
                charge.kind == Kind::SimpleContract
                    && matches!(phase, P::Active | P::Ended)
                    && key.is_some()
                    && !self.has_happened(step, key)
            }
            Step::End => !money && phase == P::Active,
        };
        if allowed {
            Ok(())
        } else {
            Err(self.impossible("does not allow this step"))
        }
    }

    fn has_happened(&self, step: Step, key: Option<&str>) -> bool {
        let happened = |result: &EntryResult| {
            matches!(
                result,
                EntryResult::Done | EntryResult::Found | EntryResult::Reviewed
            )
        };
        self.charge
            .last(step, key)
            .is_some_and(|entry| happened(&entry.result))
    }

    fn sending_again(&mut self, never_left: bool, limit_seconds: u32) -> Result<()> {
        let at = self.at;
        let valid_until = self.charge.valid_until();
        let Some(pending) = self.charge.pending.as_mut() else {
            return Err(self.impossible("has no open step"));
        };
        let safe = if never_left {
            pending.state == StepState::Sending
        } else {
            !pending.step.is_blind()
        };
        if !safe {
            return Err(self.impossible("has a step that must not be sent twice"));
        }
        // What may have left before stays valid as long as it was signed for.
        let left = valid_until
            .filter(|_| !never_left)
            .map_or(0, |until| until.as_unix().saturating_sub(at.as_unix()));
        let left = u32::try_from(left).unwrap_or(0);
        pending.signed_at = at;
        pending.limit_seconds = Some(limit_seconds.max(left));
        pending.sends = pending.sends.saturating_add(1);
        if !never_left {
            pending.earlier_until = valid_until;
            pending.resending = true;
            // Only the resolver sends again what may have left: whoever asked is gone.
            pending.lost = true;
        }
        Ok(())
    }

    fn done(&mut self, tracking_id: Option<&str>, transaction_id: Option<&str>) -> Result<()> {
        if let Some(id) = transaction_id
            && self.charge.transaction_id.is_none()
        {
            self.charge.transaction_id = Some(id.to_owned());
        }
        let pending = self.take_pending()?;
        self.happened(&pending, tracking_id, EntryResult::Done);
        Ok(())
    }

    fn rejected(&mut self, rejection: &Rejection) -> Result<()> {
        let pending = self.take_pending()?;
        self.log(&pending, EntryResult::Rejected(rejection.clone()));
        match pending.step {
            Step::Request => {
                self.charge.phase = ChargePhase::Rejected;
                self.charge.rejection = Some(rejection.clone());
                self.tell(FactKind::AttemptFailed);
            }
            Step::Commit => {
                self.charge.phase = ChargePhase::Cancelled;
                self.charge.rejection = Some(rejection.clone());
                self.tell(FactKind::AttemptFailed);
            }
            _ if pending.is_awaited() => self.tell(FactKind::StepFailed),
            _ => {}
        }
        Ok(())
    }

    /// Whoever sent it is told by an error that nothing was sent; whoever else asked meanwhile, by an event.
    fn tell_not_sent(&mut self, pending: &Pending) {
        if !pending.is_awaited() {
            return;
        }
        match pending.step {
            Step::Request => self.tell(FactKind::AttemptFailed),
            // The authorisation stands, and the resolver will commit it and tell.
            Step::Commit => {}
            _ => self.tell(FactKind::StepFailed),
        }
    }

    fn looked(&mut self, finding: &Finding) -> Result<()> {
        match finding {
            Finding::Happened { tracking_id, .. } => {
                let pending = self.take_pending()?;
                self.happened(&pending, tracking_id.as_deref(), EntryResult::Found);
            }
            Finding::Missing { source } => {
                let pending = self.take_pending()?;
                self.missing(&pending, *source, EntryResult::FoundMissing);
            }
            Finding::Nothing => {
                let (at, bound) = (self.at, self.bound());
                let pending = self.pending_mut()?;
                pending.state = StepState::Unknown;
                pending.resending = false;
                pending.looks = pending.looks.saturating_add(1);
                let too_late = at > pending.since.plus(bound);
                self.unknown_request();
                if too_late {
                    self.call_person(OpenReason::NoEvidence);
                }
            }
        }
        Ok(())
    }

    /// How long the open step may stay unknown.
    fn bound(&self) -> Duration {
        let plan = self.charge.plan;
        let asked = match self.charge.pending.as_ref().map(|p| p.step) {
            Some(Step::Request) => plan.ask_by_order || plan.flow == ApiFlow::Commit,
            // An inquiry may tell a sum that fits neither, when somebody else refunded too.
            Some(Step::PartialRefund) => false,
            Some(_) => true,
            None => return Duration::ZERO,
        };
        if asked {
            self.bounds.asked
        } else {
            self.bounds.filed
        }
    }

    fn unknown_request(&mut self) {
        let request = matches!(&self.charge.pending, Some(p) if p.step == Step::Request);
        if request && self.charge.phase == ChargePhase::Prepared {
            self.charge.phase = ChargePhase::Unknown;
        }
    }

    fn happened(&mut self, pending: &Pending, tracking_id: Option<&str>, result: EntryResult) {
        use ChargePhase as P;
        self.log(pending, result);
        if self.charge.tracking_id.is_none() {
            self.charge.tracking_id = tracking_id.map(str::to_owned);
        }
        let contract = self.charge.kind.is_contract();
        match pending.step {
            Step::Request => match self.charge.plan.flow {
                ApiFlow::Commit => self.charge.phase = P::Authorised,
                ApiFlow::Slip => {
                    self.charge.phase = P::AwaitingDeposit;
                    self.tell(FactKind::AwaitingDeposit);
                }
                ApiFlow::OneStep => self.committed(contract),
            },
            Step::Commit => self.committed(contract),
            Step::Capture => self.paid(pending.amount),
            Step::Refund
                if self.charge.captured == Yen::default()
                    && planted::is(Defect::CancelTakenForRefund) =>
            {
                self.refunded(self.charge.amount);
            }
            Step::Refund if self.charge.captured == Yen::default() => {
                self.charge.phase = P::Cancelled;
                self.tell(FactKind::Cancelled);
            }
            Step::Refund => self.refunded(self.charge.captured),
            Step::PartialRefund => {
                let total = pending
                    .refunded_before
                    .get()
                    .saturating_add(pending.amount.get());
                self.refunded(Yen::new(total));
            }
            Step::RefundMonth => {
                if let Some(month) = pending.key.clone() {
                    self.charge
                        .refunded_months
                        .push(MonthRefund { month, at: self.at });
                }
                self.tell(FactKind::PartlyRefunded);
            }
            Step::End => self.ended(),
        }
    }

    fn ended(&mut self) {
        if self.charge.phase != ChargePhase::Ended {
            self.charge.phase = ChargePhase::Ended;
            self.charge.ended_at = Some(self.at);
            self.tell(FactKind::ContractEnded);
        }
    }

    /// Writes down what a statement says of a month; a later one may correct it.
    fn month_billed(&mut self, told: BilledMonth) -> Result<()> {
        if self.charge.kind != Kind::SimpleContract {
            return Err(self.impossible("is no contract that the gateway bills"));
        }
        let months = &mut self.charge.billed_months;
        match months.iter_mut().find(|known| known.month == told.month) {
            Some(known) => *known = told,
            None => months.push(told),
        }
        Ok(())
    }

    /// Nothing more has to be asked of the gateway for the money to move.
    fn committed(&mut self, contract: bool) {
        if contract {
            self.charge.phase = ChargePhase::Active;
            self.tell(FactKind::ContractStarted);
        } else if self.charge.plan.capture == CaptureMode::Manual {
            self.charge.phase = ChargePhase::Reserved;
            self.tell(FactKind::Reserved);
        } else {
            self.paid(self.charge.amount);
        }
    }

    fn paid(&mut self, amount: Yen) {
        self.charge.captured = amount;
        self.charge.phase = ChargePhase::Paid;
        if !self.charge.paid_told {
            self.charge.paid_told = true;
            self.tell(FactKind::Paid);
        }
    }

    fn refunded(&mut self, total: Yen) {
        self.charge.refunded = total;
        if total >= self.charge.captured {
            self.charge.phase = ChargePhase::Refunded;
            self.tell(FactKind::Refunded);
        } else {
            self.charge.phase = ChargePhase::PartlyRefunded;
            self.tell(FactKind::PartlyRefunded);
        }
    }

    fn missing(&mut self, pending: &Pending, source: Source, result: EntryResult) {
        use ChargePhase as P;
        self.log(pending, result);
        match pending.step {
            Step::Request if self.charge.plan.flow == ApiFlow::Slip => {
                self.charge.phase = P::Expired;
                self.tell(FactKind::DepositExpired);
            }
            Step::Request => {
                let never_committed = source == Source::Rule;
                self.charge.phase = if never_committed {
                    P::Cancelled
                } else {
                    P::Rejected
                };
                self.charge.rejection = Some(Rejection::new(NOT_PROCESSED));
                self.tell(FactKind::AttemptFailed);
            }
            Step::Commit => {
                self.charge.phase = P::Cancelled;
                self.charge.rejection = Some(Rejection::new(NOT_PROCESSED));
                self.tell(FactKind::AttemptFailed);
            }
            _ => self.tell(FactKind::StepFailed),
        }
    }

    fn deposited(
        &mut self,
        tracking_id: Option<&str>,
        cumulative: Yen,
        received: Option<&str>,
    ) -> Result<()> {
        use ChargePhase as P;
        if self.charge.plan.flow != ApiFlow::Slip {
            return Err(self.impossible("is not paid by deposit"));
        }
        let request = self
            .charge
            .pending
            .take_if(|pending| pending.step == Step::Request);
        if let Some(pending) = &request {
            // The slip whose answer was lost exists after all.
            self.log(pending, EntryResult::Found);
        }
        if matches!(self.charge.phase, P::Prepared | P::Unknown) {
            self.charge.phase = P::AwaitingDeposit;
        }
        self.deposited_so_far(tracking_id, cumulative, received);
        if request.is_some() && self.charge.phase == P::AwaitingDeposit {
            self.tell(FactKind::AwaitingDeposit);
            self.ended = request;
        }
        Ok(())
    }

    fn deposited_so_far(
        &mut self,
        tracking_id: Option<&str>,
        cumulative: Yen,
        received: Option<&str>,
    ) {
        match (&self.charge.tracking_id, tracking_id) {
            (Some(known), Some(named)) if known != named => {
                self.call_person(OpenReason::Contradiction);
                return;
            }
            (None, Some(named)) => self.charge.tracking_id = Some(named.to_owned()),
            (Some(_), _) | (None, None) => {}
        }
        let charge = &self.charge;
        let (last, known) = match &charge.doubt {
            Some(doubt) => (Some(&doubt.received), doubt.deposited),
            None => (charge.details.get(RECEIVED), charge.deposited),
        };
        let order = received
            .zip(last)
            .map(|(received, last)| order(received, last));
        if order == Some(Ordering::Less) {
            // It was overtaken by a later one, which has told the sum already.
            return;
        }
        if order == Some(Ordering::Equal) && charge.doubt.is_some() && cumulative == known {
            // It is doubted already.
            return;
        }
        // Of two sums of one instant, or of one day, nothing but the gateway tells which is the later.
        let is_unclear = order == Some(Ordering::Equal) && cumulative != known;
        let can_ask = charge.plan.ask && charge.tracking_id.is_some();
        let settled = charge.pending.is_none() && charge.review.is_none();
        let may_doubt = can_ask && settled && !planted::is(Defect::NoticeNotDoubted);
        if let Some(received) = received
            && may_doubt
            && (is_unclear || self.is_odd(cumulative))
        {
            self.charge.doubt = Some(Doubt {
                deposited: cumulative,
                received: received.to_owned(),
                since: self.at,
                looks: 0,
            });
            return;
        }
        self.charge.doubt = None;
        self.received(received);
        self.deposit(cumulative);
    }

    fn received(&mut self, received: Option<&str>) {
        if let Some(received) = received {
            let details = &mut self.charge.details;
            details.insert(RECEIVED.to_owned(), received.to_owned());
        }
    }

    /// Whether the slip counts as over.
    fn is_late(&self) -> bool {
        use ChargePhase as P;
        matches!(self.charge.phase, P::Expired | P::Rejected | P::Cancelled)
    }

    /// Whether a sum of deposits calls a person: too much, less than before, or too little for a slip that is over.
    fn is_odd(&self, cumulative: Yen) -> bool {
        let charge = &self.charge;
        let was_paid = charge.captured > Yen::default();
        cumulative != charge.deposited
            && (cumulative > charge.amount
                || (was_paid && cumulative < charge.deposited)
                || (self.is_late() && cumulative > Yen::default() && cumulative < charge.amount))
    }

    fn deposit(&mut self, cumulative: Yen) {
        use ChargePhase as P;
        let before = self.charge.deposited;
        if cumulative == before {
            return;
        }
        self.charge.deposited = cumulative;
        let asked = self.charge.amount;
        let was_paid = self.charge.captured > Yen::default();
        let late = self.is_late();
        if was_paid && cumulative < before {
            self.charge.captured = cumulative;
            self.call_person(OpenReason::DepositSum);
        } else if cumulative >= asked {
            self.charge.captured = cumulative;
            // What was refunded before stays so, although money came again.
            self.charge.phase = match self.charge.refunded {
                none if none == Yen::default() => P::Paid,
                some if some < cumulative => P::PartlyRefunded,
                _ => P::Refunded,
            };
            if !self.charge.paid_told {
                self.charge.paid_told = true;
                self.tell(if late {
                    FactKind::PaidLate
                } else {
                    FactKind::Paid
                });
            }
            if cumulative > asked {
                if planted::is(Defect::SurplusForgotten) {
                    (self.charge.captured, self.charge.deposited) = (asked, asked);
                }
                self.call_person(OpenReason::DepositSum);
            }
        } else if late && cumulative > Yen::default() {
            // Money for a slip that counts as over, and not enough of it.
            self.call_person(OpenReason::DepositSum);
        }
    }

    fn take_doubt(&mut self) -> Result<Doubt> {
        let impossible = self.impossible("has no sum of deposits that is doubted");
        self.charge.doubt.take().ok_or(impossible)
    }

    fn believe(&mut self, doubt: &Doubt) {
        self.received(Some(&doubt.received));
        self.deposit(doubt.deposited);
    }

    /// The gateway was asked in vain: after the bound the notice counts, and a person looks.
    fn doubt_lasts(&mut self) {
        let Some(mut doubt) = self.charge.doubt.take() else {
            return;
        };
        doubt.looks = doubt.looks.saturating_add(1);
        if self.at > doubt.since.plus(self.bounds.asked) {
            self.believe(&doubt);
        } else {
            self.charge.doubt = Some(doubt);
        }
    }

    fn deposited_other(&mut self, enough: bool) -> Result<()> {
        if self.charge.plan.flow != ApiFlow::Slip {
            return Err(self.impossible("is not paid by deposit"));
        }
        self.charge.doubt = None;
        if enough && self.charge.deposited < self.charge.amount {
            self.deposit(self.charge.amount);
        }
        self.call_person(OpenReason::DepositSum);
        Ok(())
    }

    fn slip_expired(&mut self) -> Result<()> {
        if self.charge.plan.flow != ApiFlow::Slip {
            return Err(self.impossible("is not paid by deposit"));
        }
        if let Some(pending) = self.charge.pending.take_if(|p| p.step == Step::Request) {
            self.log(&pending, EntryResult::Found);
            self.charge.phase = ChargePhase::AwaitingDeposit;
        }
        if self.charge.phase != ChargePhase::AwaitingDeposit || self.charge.doubt.is_some() {
            return Ok(());
        }
        if self.charge.deposited > Yen::default() {
            self.call_person(OpenReason::DepositSum);
        } else {
            self.charge.phase = ChargePhase::Expired;
            self.tell(FactKind::DepositExpired);
        }
        Ok(())
    }

    fn refunded_elsewhere(&mut self, total: Yen) -> Result<()> {
        if self.charge.captured == Yen::default() {
            return Err(self.impossible("has no money that could be refunded"));
        }
        if total == self.charge.refunded {
            return Ok(());
        }
        let own = self.charge.pending.as_ref().and_then(|p| match p.step {
            Step::Refund => Some(self.charge.captured),
            Step::PartialRefund => p.refunded_before.checked_add(p.amount).ok(),
            _ => None,
        });
        if let Some(own) = own {
            if own == total {
                // It was made here: it is the open step.
                let pending = self.take_pending()?;
                self.happened(&pending, None, EntryResult::Found);
            } else {
                self.call_person(OpenReason::Contradiction);
            }
        } else if total < self.charge.refunded || total > self.charge.captured {
            self.call_person(OpenReason::Contradiction);
        } else {
            self.charge.refunded_elsewhere_by = Some(self.at);
            self.refunded(total);
        }
        Ok(())
    }

    fn reviewed(&mut self, verdict: &Review) -> Result<()> {
        if self.charge.review.is_none() {
            return Err(self.impossible("is not under review"));
        }
        let named = self.named_by_person(verdict)?;
        let reason = self.charge.review.take();
        // A slip with another sum is under review only when it is over: left open, it would be asked about, and a
        // person called for the same sum, again and again.
        if reason == Some(OpenReason::DepositSum)
            && self.charge.phase == ChargePhase::AwaitingDeposit
        {
            self.charge.phase = ChargePhase::Expired;
        }
        self.ended = self.charge.pending.take();
        if let Some(pending) = self.ended.clone() {
            match verdict {
                Review::Happened | Review::HappenedAs { .. } => {
                    self.happened(&pending, named.as_deref(), EntryResult::Reviewed);
                }
                Review::Missing => self.missing(&pending, Source::File, EntryResult::FoundMissing),
            }
        }
        Ok(())
    }

    /// The `tracking_id` that a person read off the management page. A payment is refunded by it, a contract ended, and
    /// a deposit recognised; only a period does without.
    fn named_by_person(&self, verdict: &Review) -> Result<Option<String>> {
        let wrong = |rule| Error::field(ErrorKind::InvalidValue, "tracking_id", rule);
        let known = self.charge.tracking_id.as_ref();
        match verdict {
            Review::HappenedAs { tracking_id } => {
                let digits = tracking_id.bytes().all(|b| b.is_ascii_digit());
                if tracking_id.len() != 14 || !digits {
                    return Err(wrong("must be exactly 14 half-width digits"));
                }
                if known.is_some_and(|known| known != tracking_id) {
                    return Err(wrong("is another one than the gateway gave"));
                }
                Ok(Some(tracking_id.clone()))
            }
            Review::Happened => {
                let pending = self.charge.pending.as_ref();
                let request = pending.is_some_and(|p| p.step == Step::Request);
                let period = matches!(self.charge.kind, Kind::Period { .. });
                if request && !period && known.is_none() {
                    return Err(wrong(
                        "must be given: what is done later with the payment needs it",
                    ));
                }
                Ok(None)
            }
            Review::Missing => Ok(None),
        }
    }

    fn due(&self) -> Option<Timestamp> {
        if self.charge.review.is_some() {
            return None;
        }
        if let Some(pending) = &self.charge.pending {
            return Some(
                pending
                    .sending_until(self.bounds.sending)
                    .unwrap_or_else(|| {
                        let wait = next_look(pending.looks);
                        // What no inquiry has answered by then, a notice or a file will.
                        let long = self.at > pending.since.plus(self.bounds.asked);
                        self.at.plus_seconds(if long { DAY } else { wait })
                    }),
            );
        }
        if let Some(doubt) = &self.charge.doubt {
            return Some(self.at.plus_seconds(next_look(doubt.looks)));
        }
        match self.charge.phase {
            // Whoever authorised died before the commit.
            ChargePhase::Authorised => Some(self.at.plus(self.bounds.sending)),
            ChargePhase::AwaitingDeposit => Some(self.at.plus(self.bounds.deposit)),
            _ => None,
        }
    }

    fn call_person(&mut self, reason: OpenReason) {
        match self.charge.review {
            None => self.tell(FactKind::NeedsReview),
            // That evidence is missing is over as soon as some comes; the others only a person can end.
            Some(OpenReason::NoEvidence) => {}
            Some(_) => return,
        }
        self.charge.review = Some(reason);
    }

    /// Nobody has to look for the outcome of a step that is over.
    fn evidence_came(&mut self) {
        if self.charge.pending.is_none() && self.charge.review == Some(OpenReason::NoEvidence) {
            self.charge.review = None;
        }
    }

    fn pending_mut(&mut self) -> Result<&mut Pending> {
        let impossible = self.impossible("has no open step");
        self.charge.pending.as_mut().ok_or(impossible)
    }

    fn take_pending(&mut self) -> Result<Pending> {
        let impossible = self.impossible("has no open step");
        self.ended = self.charge.pending.take();
        self.ended.clone().ok_or(impossible)
    }

    /// Says of which step the facts tell.
    fn name_step(&mut self) {
        for fact in &mut self.facts {
            let open = match fact.kind {
                FactKind::NeedsReview => self.charge.pending.as_ref(),
                _ => None,
            };
            if let Some(step) = self.ended.as_ref().or(open) {
                fact.step = Some(step.step.name().to_owned());
                fact.key.clone_from(&step.key);
            }
        }
    }

    /// Where the log has the same step as one that never left.
    fn not_sent_before(&self, step: Step, key: Option<&str>) -> Option<usize> {
        let log = &self.charge.log;
        let same = |entry: &Entry| {
            entry.step == step
                && entry.key.as_deref() == key
                && entry.result == EntryResult::NotSent
        };
        log.iter().rposition(same)
    }

    /// An authorisation that is not committed within its bound is given up. While none of its commits is open, none
    /// has left: so nothing was charged.
    fn authorisation_lapses(&mut self) {
        let charge = &self.charge;
        if charge.phase != ChargePhase::Authorised
            || charge.pending.is_some()
            || charge.review.is_some()
        {
            return;
        }
        let since = charge.last(Step::Request, None).map(|entry| entry.at);
        if self.at > since.unwrap_or(charge.created_at).plus(self.bounds.asked) {
            self.charge.phase = ChargePhase::Cancelled;
            self.charge.rejection = Some(Rejection::new(NOT_PROCESSED));
            self.tell(FactKind::AttemptFailed);
        }
    }

    fn log(&mut self, pending: &Pending, result: EntryResult) {
        // What never left is written down once, however often it is tried: a resolver tries again and again.
        let full = self.charge.log.len() >= Charge::MAX_STEPS;
        if (result == EntryResult::NotSent || full)
            && let Some(before) = self.not_sent_before(pending.step, pending.key.as_deref())
        {
            self.charge.log.remove(before);
        }
        self.charge.log.push(Entry {
            step: pending.step,
            amount: pending.amount,
            key: pending.key.clone(),
            at: self.at,
            signed_at: Some(pending.signed_at),
            result,
        });
    }

    fn tell(&mut self, kind: FactKind) {
        self.facts.push(Fact {
            kind,
            subject: Subject::Charge,
            purchase_id: self.charge.id.clone(),
            contract: self.charge.contract.clone(),
            phase: self.charge.phase.as_purchase(),
            order_id: Some(self.charge.id.clone()),
            tracking_id: self.charge.tracking_id.clone(),
            step: None,
            key: None,
            amount: self.charge.amount,
            review: None,
            at: self.at,
        });
    }

    fn impossible(&self, why: &str) -> Error {
        Error::field(
            ErrorKind::InvalidState,
            "charge",
            format!("in phase {} {why}", self.charge.phase.name()),
        )
    }
}

/// Which of two instants, as notices write them, is the earlier: of 8 digits, a day, or of 14. `Equal` where that cannot
/// be told.
fn order(one: &str, other: &str) -> Ordering {
    // Digits of equal number are in the order of the instants.
    let digits = one.len().min(other.len());
    one.bytes().take(digits).cmp(other.bytes().take(digits))
}

/// Code of a request that never got there; no code of the gateway.
pub(crate) const NOT_PROCESSED: &str = "not_processed";
