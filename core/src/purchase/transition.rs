//! The one function that decides what an event means.

use std::time::Duration;

use crate::contract::{Billing, Settlement};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::purchase::{
    Attempt, AttemptState, ContractEnd, Decision, Event, Fact, FactKind, NoticeResult, Payment,
    Phase, Purchase, Purpose, Refund, ReviewReason, ReviewVerdict, Subject,
};
use crate::time::Timestamp;

/// How long a waiting phase may last before a person is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// From a verified browser return to the notice. Default 15 minutes.
    pub notice: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            notice: Duration::from_secs(15 * 60),
        }
    }
}

/// What an event leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The purchase after it.
    pub purchase: Purchase,
    /// What the shop is told.
    pub facts: Vec<Fact>,
    /// When to look at the purchase again.
    pub due: Option<Timestamp>,
}

/// Applies an event. Pure and total: every pair of state and event has one outcome.
///
/// # Errors
/// `invalid_state` when the step is not possible in this phase, `unknown_order` when the purchase has no such attempt
/// or payment, `mismatch` when refund evidence is not about the whole payment.
pub fn transition(
    purchase: &Purchase,
    event: &Event,
    at: Timestamp,
    timeouts: Timeouts,
) -> Result<Transition> {
    let mut step = Step {
        purchase: purchase.clone(),
        facts: Vec::new(),
        at,
    };
    step.apply(event)?;
    step.tell_paid_once();
    let phase = step.purchase.phase;
    let waits = step.purchase.waits_for_notice();
    let due = waits.then(|| at.plus(timeouts.notice));
    for fact in &mut step.facts {
        fact.phase = phase;
    }
    Ok(Transition {
        purchase: step.purchase,
        facts: step.facts,
        due,
    })
}

struct Step {
    purchase: Purchase,
    facts: Vec<Fact>,
    at: Timestamp,
}

impl Step {
    fn apply(&mut self, event: &Event) -> Result<()> {
        match event {
            Event::AttemptStarted {
                purpose,
                order_id,
                request_date,
                echo,
            } => self.attempt_started(*purpose, order_id, request_date, echo),
            Event::AttemptSignedAgain {
                order_id,
                request_date,
            } => self.attempt_signed_again(order_id, request_date),
            Event::Notified {
                order_id,
                tracking_id,
                result: NoticeResult::Ok,
                settlement,
                decision,
            } => self.notified_ok(order_id, tracking_id, *settlement, *decision),
            Event::Notified {
                order_id,
                result: NoticeResult::Ng(code),
                ..
            } => self.notified_ng(order_id, code),
            Event::Returned {
                order_id,
                tracking_id,
            } => self.returned(order_id, tracking_id),
            Event::ReturnedCancel { order_id } => {
                self.attempt_ended(order_id, AttemptState::Cancelled, None)
            }
            Event::ReturnedError { order_id, err_code } => {
                self.attempt_ended(order_id, AttemptState::Failed, Some(err_code))
            }
            Event::Deposited {
                order_id,
                tracking_id,
                cumulative,
            } => self.deposited(order_id, tracking_id, *cumulative),
            Event::DepositExpired { order_id } => self.deposit_expired(order_id),
            Event::ContractEnded { how } => {
                self.contract_ended(*how);
                Ok(())
            }
            Event::GaveUp => match self.purchase.phase {
                Phase::Open | Phase::AwaitingDeposit => {
                    self.purchase.given_up = true;
                    self.purchase.phase = Phase::GivenUp;
                    self.tell(FactKind::GivenUp, None, None);
                    Ok(())
                }
                Phase::GivenUp => Ok(()),
                _ => Err(self.impossible("may be paid and cannot be given up")),
            },
            Event::WaitedTooLong => {
                if self.purchase.waits_for_notice() {
                    let attempt = self.purchase.unconfirmed().cloned();
                    let attempt = attempt.map(|a| (a.order_id, a.tracking_id));
                    let (order_id, tracking_id) = attempt.unzip();
                    self.needs_review(
                        ReviewReason::NoticeMissing,
                        order_id.as_deref(),
                        tracking_id.flatten().as_deref(),
                    );
                }
                Ok(())
            }
            Event::Reviewed(verdict) => self.reviewed(verdict),
            Event::LateAccepted => {
                if self.purchase.phase != Phase::PaidLate {
                    return Err(self.impossible("is not paid late"));
                }
                self.purchase.late_accepted = true;
                self.purchase.paid_told = false;
                self.settle();
                Ok(())
            }
            Event::RefundRequested {
                tracking_id,
                reason,
            } => self.refund_requested(tracking_id, reason),
            Event::RefundConfirmed {
                tracking_id,
                evidence,
            } => {
                let payment = self.payment_mut(tracking_id)?;
                if evidence.amount != payment.amount {
                    return Err(Error::field(
                        ErrorKind::Mismatch,
                        "amount",
                        "the evidence must be about the whole payment",
                    ));
                }
                match &mut payment.refund {
                    Some(Refund {
                        confirmed: Some(known),
                        ..
                    }) if known == evidence => Ok(()),
                    Some(refund) if refund.confirmed.is_none() => {
                        refund.confirmed = Some(evidence.clone());
                        self.settle();
                        self.tell_payment(FactKind::Refunded, tracking_id);
                        Ok(())
                    }
                    Some(_) => Err(self.impossible("is refunded already, by other evidence")),
                    None => Err(self.impossible("has no refund that was requested")),
                }
            }
            Event::RefundWithdrawn { tracking_id } => {
                let payment = self.payment_mut(tracking_id)?;
                match &payment.refund {
                    Some(refund) if refund.confirmed.is_none() => {
                        payment.refund = None;
                        self.settle();
                        self.tell_payment(FactKind::RefundWithdrawn, tracking_id);
                        Ok(())
                    }
                    _ => Err(self.impossible("has no refund that waits")),
                }
            }
        }
    }

    fn attempt_started(
        &mut self,
        purpose: Purpose,
        order_id: &str,
        request_date: &str,
        echo: &[(String, String)],
    ) -> Result<()> {
        match purpose {
            Purpose::Pay if self.purchase.phase != Phase::Open => {
                return Err(self.impossible("takes no further attempt"));
            }
            Purpose::EndContract
                if self.purchase.asked.billing == Billing::OneTime
                    || self.purchase.payments.is_empty()
                    || self.purchase.contract_end.is_some() =>
            {
                return Err(self.impossible("has no running contract that could end"));
            }
            _ => {}
        }
        if self.purchase.attempts.len() >= Purchase::MAX_ATTEMPTS {
            return Err(self.impossible("has used up its 99 attempts"));
        }
        if self.purchase.attempt(order_id).is_some() {
            return Err(self.impossible("has an attempt with this order_id already"));
        }
        self.purchase.attempts.push(Attempt {
            order_id: order_id.to_owned(),
            purpose,
            state: AttemptState::Open,
            request_dates: vec![request_date.to_owned()],
            echo: echo.to_vec(),
            started_at: self.at,
            err_code: None,
            tracking_id: None,
        });
        Ok(())
    }

    fn attempt_signed_again(&mut self, order_id: &str, request_date: &str) -> Result<()> {
        if self.purchase.phase != Phase::Open {
            return Err(self.impossible("takes no further form"));
        }
        let newest = self.purchase.attempts.last_mut();
        match newest {
            Some(attempt)
                if attempt.order_id == order_id
                    && attempt.purpose == Purpose::Pay
                    && attempt.state == AttemptState::Open =>
            {
                if !attempt.request_dates.iter().any(|d| d == request_date) {
                    if attempt.request_dates.len() >= Purchase::MAX_RENDERINGS {
                        return Err(self.impossible("was rendered too often: start a new attempt"));
                    }
                    attempt.request_dates.push(request_date.to_owned());
                }
                Ok(())
            }
            _ => Err(self.impossible("can only render its newest open attempt again")),
        }
    }

    fn notified_ok(
        &mut self,
        order_id: &str,
        tracking_id: &str,
        settlement: Settlement,
        decision: Decision,
    ) -> Result<()> {
        let refused = decision == Decision::Refuse;
        let attempt = self.attempt_mut(order_id)?;
        attempt.tracking_id = Some(tracking_id.to_owned());
        if attempt.purpose == Purpose::EndContract {
            attempt.state = AttemptState::Ended;
            self.contract_ended(ContractEnd::Cancelled);
            return Ok(());
        }
        if let Ok(payment) = self.payment_mut(tracking_id) {
            // The notice was sent again by hand after the shop had refused it, and now the shop takes it.
            if payment.refused && !refused {
                payment.refused = false;
                self.attempt_mut(order_id)?.state = AttemptState::Paid;
                self.purchase.review = None;
                self.settle();
                self.tell_unusual_payment(tracking_id);
            }
            return Ok(());
        }
        if settlement == Settlement::ByDeposit {
            self.slip_issued(order_id, tracking_id, refused)
        } else {
            self.pay(order_id, tracking_id, refused)
        }
    }

    /// A slip is no money: it moves when the customer deposits.
    fn slip_issued(&mut self, order_id: &str, tracking_id: &str, refused: bool) -> Result<()> {
        self.attempt_mut(order_id)?.state = if refused {
            AttemptState::Refused
        } else {
            AttemptState::AwaitingDeposit
        };
        let waits = matches!(
            self.purchase.phase,
            Phase::Open | Phase::AwaitingNotice | Phase::NeedsReview
        );
        if !waits || self.purchase.live_payments().next().is_some() {
            return Ok(());
        }
        if refused {
            self.needs_review(ReviewReason::ShopRefused, Some(order_id), Some(tracking_id));
        } else {
            self.purchase.phase = Phase::AwaitingDeposit;
            self.purchase.review = None;
            self.tell(
                FactKind::AwaitingDeposit,
                Some(order_id.to_owned()),
                Some(tracking_id.to_owned()),
            );
        }
        Ok(())
    }

    fn contract_ended(&mut self, how: ContractEnd) {
        if self.purchase.contract_end != Some(how) {
            self.purchase.contract_end = Some(how);
            self.tell(FactKind::ContractEnded, None, None);
        }
    }

    fn notified_ng(&mut self, order_id: &str, code: &str) -> Result<()> {
        let contradicts = self.purchase.phase == Phase::AwaitingNotice
            && self.attempt_mut(order_id)?.state == AttemptState::Returned;
        self.attempt_ended(order_id, AttemptState::Failed, Some(code))?;
        if contradicts {
            self.needs_review(ReviewReason::Contradiction, Some(order_id), None);
        }
        Ok(())
    }

    fn returned(&mut self, order_id: &str, tracking_id: &str) -> Result<()> {
        let attempt = self.attempt_mut(order_id)?;
        match attempt.state {
            AttemptState::Paid
            | AttemptState::Refused
            | AttemptState::AwaitingDeposit
            | AttemptState::Ended => return Ok(()),
            _ => {
                attempt.state = AttemptState::Returned;
                attempt.tracking_id = Some(tracking_id.to_owned());
            }
        }
        let pays = attempt.purpose == Purpose::Pay;
        if pays && matches!(self.purchase.phase, Phase::Open | Phase::GivenUp) {
            self.purchase.phase = Phase::AwaitingNotice;
        }
        Ok(())
    }

    /// The attempt ended without money. What is known to have moved money is not undone by a browser.
    fn attempt_ended(
        &mut self,
        order_id: &str,
        state: AttemptState,
        err_code: Option<&str>,
    ) -> Result<()> {
        let attempt = self.attempt_mut(order_id)?;
        if attempt.state != AttemptState::Open
            && !(attempt.state == AttemptState::Returned && state == AttemptState::Failed)
        {
            return Ok(());
        }
        attempt.state = state;
        attempt.err_code = err_code.map(str::to_owned);
        let kind = if state == AttemptState::Cancelled {
            FactKind::AttemptCancelled
        } else {
            FactKind::AttemptFailed
        };
        self.tell(kind, Some(order_id.to_owned()), None);
        Ok(())
    }

    fn deposited(&mut self, order_id: &str, tracking_id: &str, cumulative: Yen) -> Result<()> {
        let asked = self.purchase.asked.amount;
        let before = self.purchase.deposited;
        let known = self.purchase.payment(tracking_id).is_some();
        self.attempt_mut(order_id)?.tracking_id = Some(tracking_id.to_owned());
        self.purchase.deposited = cumulative;
        if cumulative >= asked && !known {
            self.pay(order_id, tracking_id, false)?;
        }
        if cumulative < before || cumulative > asked {
            self.needs_review(ReviewReason::DepositSum, Some(order_id), Some(tracking_id));
        }
        Ok(())
    }

    fn deposit_expired(&mut self, order_id: &str) -> Result<()> {
        let attempt = self.attempt_mut(order_id)?;
        if attempt.state != AttemptState::AwaitingDeposit {
            return Ok(());
        }
        attempt.state = AttemptState::Expired;
        if self.purchase.phase == Phase::AwaitingDeposit {
            self.purchase.phase = Phase::Open;
        }
        self.tell(FactKind::DepositExpired, Some(order_id.to_owned()), None);
        Ok(())
    }

    fn reviewed(&mut self, verdict: &ReviewVerdict) -> Result<()> {
        if self.purchase.phase != Phase::NeedsReview {
            return Err(self.impossible("is not under review"));
        }
        let reason = self.purchase.review.take();
        match verdict {
            ReviewVerdict::Paid {
                order_id,
                tracking_id,
            } => {
                self.attempt_mut(order_id)?.state = AttemptState::Paid;
                if let Ok(payment) = self.payment_mut(tracking_id) {
                    payment.refused = false;
                    self.settle();
                    self.tell_unusual_payment(tracking_id);
                } else {
                    self.pay(order_id, tracking_id, false)?;
                }
                self.close_unconfirmed();
            }
            ReviewVerdict::NotPaid => {
                // Of an unconfirmed second attempt it says nothing about the payment of the first.
                let proved = self.purchase.live_payments().next().is_some();
                if proved && reason != Some(ReviewReason::NoticeMissing) {
                    return Err(self.impossible("has a payment that a notice proved"));
                }
                self.close_unconfirmed();
                if !self.purchase.payments.is_empty() {
                    self.settle();
                    return Ok(());
                }
                self.purchase.given_up = true;
                self.purchase.phase = Phase::GivenUp;
                self.tell(FactKind::GivenUp, None, None);
            }
        }
        Ok(())
    }

    /// A person has looked: what is not found paid does not wait any longer. A late notice still counts.
    fn close_unconfirmed(&mut self) {
        for attempt in &mut self.purchase.attempts {
            if attempt.purpose == Purpose::Pay && attempt.state == AttemptState::Returned {
                attempt.state = AttemptState::Failed;
            }
        }
    }

    fn refund_requested(&mut self, tracking_id: &str, reason: &str) -> Result<()> {
        let at = self.at;
        let payment = self.payment_mut(tracking_id)?;
        if payment.refund.is_some() {
            return Err(self.impossible("has a refund of this payment already"));
        }
        payment.refund = Some(Refund {
            reason: reason.to_owned(),
            requested_at: at,
            confirmed: None,
        });
        self.purchase.review = None;
        self.settle();
        self.tell_payment(FactKind::RefundRequested, tracking_id);
        Ok(())
    }

    /// Records money that moved, refused by the shop or not, and tells the shop what it means.
    fn pay(&mut self, order_id: &str, tracking_id: &str, refused: bool) -> Result<()> {
        self.attempt_mut(order_id)?.state = if refused {
            AttemptState::Refused
        } else {
            AttemptState::Paid
        };
        // A payment after everything was refunded is nobody's wish any more: the merchant chooses.
        if !self.purchase.payments.is_empty() && self.purchase.live_payments().next().is_none() {
            self.purchase.given_up = true;
            self.purchase.late_accepted = false;
        }
        self.purchase.payments.push(Payment {
            tracking_id: tracking_id.to_owned(),
            order_id: order_id.to_owned(),
            amount: self.purchase.asked.amount,
            paid_at: self.at,
            refused,
            refund: None,
        });
        self.purchase.review = None;
        self.settle();
        self.tell_unusual_payment(tracking_id);
        Ok(())
    }

    fn tell_unusual_payment(&mut self, tracking_id: &str) {
        let kind = match self.purchase.phase {
            Phase::PaidTwice => FactKind::PaidTwice,
            Phase::PaidLate => FactKind::PaidLate,
            Phase::NeedsReview => FactKind::NeedsReview,
            _ => return,
        };
        self.tell_payment(kind, tracking_id);
    }

    /// Tells the shop to deliver when the purchase has become paid, by whatever event: a notice, a review, or the
    /// refund of another payment. `paid` in any other phase would deliver what is refunded or under review.
    fn tell_paid_once(&mut self) {
        if self.purchase.phase != Phase::Paid || self.purchase.paid_told {
            return;
        }
        self.purchase.paid_told = true;
        let paid = self.purchase.live_payments().next().cloned();
        let (order_id, tracking_id) = paid.map(|p| (p.order_id, p.tracking_id)).unzip();
        self.tell(FactKind::Paid, order_id, tracking_id);
    }

    /// Derives the phase from the payments.
    fn settle(&mut self) {
        if self.purchase.review.is_some() {
            return;
        }
        let kept = !self.purchase.given_up || self.purchase.late_accepted;
        let mut live = self.purchase.live_payments();
        let (first, more) = (live.next(), live.next().is_some());
        let refused = first.is_some_and(|payment| payment.refused && payment.refund.is_none());
        let phase = match first {
            Some(_) if more => Phase::PaidTwice,
            Some(_) if refused => Phase::NeedsReview,
            Some(payment) if payment.refund.is_some() => Phase::RefundRequested,
            Some(_) if kept => Phase::Paid,
            Some(_) => Phase::PaidLate,
            None => Phase::Refunded,
        };
        drop(live);
        self.purchase.phase = phase;
        if phase == Phase::NeedsReview {
            self.purchase.review = Some(ReviewReason::ShopRefused);
        }
    }

    fn needs_review(
        &mut self,
        reason: ReviewReason,
        order_id: Option<&str>,
        tracking_id: Option<&str>,
    ) {
        self.purchase.phase = Phase::NeedsReview;
        self.purchase.review = Some(reason);
        self.tell(
            FactKind::NeedsReview,
            order_id.map(str::to_owned),
            tracking_id.map(str::to_owned),
        );
    }

    fn tell_payment(&mut self, kind: FactKind, tracking_id: &str) {
        let order_id = self
            .purchase
            .payment(tracking_id)
            .map(|p| p.order_id.clone());
        self.tell(kind, order_id, Some(tracking_id.to_owned()));
    }

    fn tell(&mut self, kind: FactKind, order_id: Option<String>, tracking_id: Option<String>) {
        self.facts.push(Fact {
            kind,
            subject: Subject::Purchase,
            purchase_id: self.purchase.id.clone(),
            contract: self.purchase.contract.clone(),
            phase: self.purchase.phase,
            order_id,
            tracking_id,
            step: None,
            key: None,
            amount: self.purchase.asked.amount,
            review: self.purchase.review,
            at: self.at,
        });
    }

    fn attempt_mut(&mut self, order_id: &str) -> Result<&mut Attempt> {
        self.purchase
            .attempts
            .iter_mut()
            .find(|a| a.order_id == order_id)
            .ok_or_else(|| unknown("order_id", "is no attempt of this purchase"))
    }

    fn payment_mut(&mut self, tracking_id: &str) -> Result<&mut Payment> {
        self.purchase
            .payments
            .iter_mut()
            .find(|p| p.tracking_id == tracking_id)
            .ok_or_else(|| unknown("tracking_id", "is no payment of this purchase"))
    }

    fn impossible(&self, why: &str) -> Error {
        Error::field(
            ErrorKind::InvalidState,
            "purchase",
            format!("in phase {} {why}", self.purchase.phase.name()),
        )
    }
}

fn unknown(field: &'static str, why: &'static str) -> Error {
    Error::field(ErrorKind::UnknownOrder, field, why)
}

#[cfg(test)]
mod tests;
