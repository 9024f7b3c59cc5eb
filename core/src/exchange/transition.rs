//! What an event means for an exchange.

use super::{Exchange, ExchangePhase, ExchangedMiles};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Rejection;
use crate::planted::{self, Defect};
use crate::purchase::FactKind;
use crate::reference::{self, Event, Limits, Phase, Review, Told};
use crate::time::Timestamp;

/// Seconds after the beginning until the shop is asked whether it took the points: its own transaction takes much less.
const DEBIT_SECONDS: i64 = 300;

/// Seconds from one try to issue to the next while NetMile cannot be reached.
const RETRY_SECONDS: i64 = 60;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeEvent {
    /// The shop took the points.
    Debited,
    /// The shop did not take the points, and will not.
    NotDebited,
    /// The shop gave the points back.
    CreditedBack,
    /// Nobody did what is due: the resolver notices.
    Overdue,
    /// Something happened to the issue of the miles.
    Issue(Event<ExchangedMiles>),
}

/// What the shop is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeTold {
    /// The shop has to say whether it took the points.
    Unconfirmed,
    /// The miles were issued.
    Issued,
    /// No miles were issued: give the points back.
    Refused,
    /// A person must look.
    NeedsReview,
}

impl ExchangeTold {
    /// The kind of the event in the outbox.
    #[must_use]
    pub const fn kind(self) -> FactKind {
        match self {
            Self::Unconfirmed => FactKind::ExchangeUnconfirmed,
            Self::Issued => FactKind::ExchangeIssued,
            Self::Refused => FactKind::ExchangeRefused,
            Self::NeedsReview => FactKind::NeedsReview,
        }
    }
}

/// What an event leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct ExchangeTransition {
    /// The exchange after it.
    pub exchange: Exchange,
    /// What the shop is told.
    pub told: Option<ExchangeTold>,
    /// When to look again.
    pub due: Option<Timestamp>,
}

impl Exchange {
    /// When the shop is asked whether it took the points. `None` when it was, or that is known.
    pub(crate) fn first_look(&self) -> Option<Timestamp> {
        let waits = self.phase == ExchangePhase::Debiting && !self.asked_shop;
        waits.then(|| self.begun_at.plus_seconds(DEBIT_SECONDS))
    }
}

/// Applies an event. Pure and total: every pair of phase and event has one outcome; `docs/point-exchange.md` shows all.
///
/// The shop is told of every issue and every refusal, also when the answer came at once: between the answer and the
/// shop's own books the process may die.
///
/// # Errors
/// `invalid_state` where the table has no entry.
pub fn transition(
    exchange: &Exchange,
    event: &ExchangeEvent,
    at: Timestamp,
    limits: Limits,
) -> Result<ExchangeTransition> {
    let mut is = exchange.clone();
    let mut due = None;
    let told = match (event, exchange.phase) {
        (ExchangeEvent::Debited, ExchangePhase::Debiting) => {
            is.phase = ExchangePhase::Debited;
            is.debited_at = Some(at);
            None
        }
        (ExchangeEvent::Debited, ExchangePhase::NotDebited) => {
            is.debited_at = Some(at);
            refuse(&mut is, "too_late")
        }
        (ExchangeEvent::Debited, _) => None,
        (ExchangeEvent::NotDebited, ExchangePhase::Debiting) => {
            is.phase = ExchangePhase::NotDebited;
            None
        }
        (ExchangeEvent::NotDebited, ExchangePhase::NotDebited) => None,
        (ExchangeEvent::CreditedBack, ExchangePhase::Refused) => {
            is.phase = ExchangePhase::CreditedBack;
            None
        }
        (ExchangeEvent::CreditedBack, ExchangePhase::CreditedBack) => None,
        (ExchangeEvent::CreditedBack, ExchangePhase::Issued) if is.was_refused => {
            is.phase = ExchangePhase::NeedsReview;
            Some(ExchangeTold::NeedsReview)
        }
        (ExchangeEvent::CreditedBack, ExchangePhase::NeedsReview) if is.is_doubled() => None,
        (ExchangeEvent::Issue(Event::Reviewed(verdict)), ExchangePhase::NeedsReview)
            if is.is_doubled() =>
        {
            undouble(&mut is, verdict)
        }
        (ExchangeEvent::Overdue, ExchangePhase::Debiting)
            if planted::is(Defect::UnconfirmedIsDebited) =>
        {
            is.phase = ExchangePhase::Debited;
            None
        }
        (ExchangeEvent::Overdue, ExchangePhase::Debiting) => {
            let first = !std::mem::replace(&mut is.asked_shop, true);
            first.then_some(ExchangeTold::Unconfirmed)
        }
        (ExchangeEvent::Overdue, ExchangePhase::Debited) if is_given_up(&is, at, limits) => {
            refuse(&mut is, "never_sent")
        }
        (ExchangeEvent::Overdue, ExchangePhase::Debited) => None,
        (ExchangeEvent::Issue(event), phase) if takes(event, phase) => {
            let was_done = is.issue.phase == Phase::Done;
            let step = reference::transition(&is.issue, event, at, limits)?;
            is.issue = step.transaction;
            due = step.due;
            // What is said twice changes nothing.
            let again = was_done && is.issue.phase == Phase::Done;
            if again {
                None
            } else {
                moved(&mut is, step.told)
            }
        }
        _ => {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "tran_id",
                format!("does not allow this step: it is {}", exchange.phase.name()),
            ));
        }
    };
    let due = match is.phase {
        ExchangePhase::Debiting => is.first_look(),
        // Whoever said that the points are taken goes on by itself, unless it dies.
        ExchangePhase::Debited => Some(at.plus_seconds(RETRY_SECONDS)),
        ExchangePhase::Issuing => due.or(Some(at.plus_seconds(RETRY_SECONDS))),
        _ => None,
    };
    Ok(ExchangeTransition {
        exchange: is,
        told,
        due,
    })
}

/// Whether an event of the issue can happen in this phase. Nothing is sent before the points are taken, and nothing again
/// once it is refused: the points may be back already.
const fn takes(event: &Event<ExchangedMiles>, phase: ExchangePhase) -> bool {
    match event {
        Event::Sending => matches!(phase, ExchangePhase::Debited),
        _ => !matches!(
            phase,
            ExchangePhase::Debiting | ExchangePhase::Debited | ExchangePhase::NotDebited
        ),
    }
}

/// Whether it is too late to ask for the miles for the first time.
fn is_given_up(is: &Exchange, at: Timestamp, limits: Limits) -> bool {
    let since = is.debited_at.unwrap_or(is.begun_at);
    at > since.plus(limits.asked)
}

/// The phase after the issue has moved.
fn moved(is: &mut Exchange, told: Option<Told>) -> Option<ExchangeTold> {
    let phase = match is.issue.phase {
        Phase::Prepared => ExchangePhase::Debited,
        Phase::Unknown if planted::is(Defect::CreditOnUnknown) => return refuse(is, "unknown"),
        Phase::Sending | Phase::Unknown => ExchangePhase::Issuing,
        // The points are back already, and now the miles are there too.
        Phase::Done if is.phase == ExchangePhase::CreditedBack => ExchangePhase::NeedsReview,
        Phase::Done => ExchangePhase::Issued,
        Phase::Refused if is.phase == ExchangePhase::CreditedBack => is.phase,
        Phase::Refused => ExchangePhase::Refused,
        Phase::NeedsReview => ExchangePhase::NeedsReview,
    };
    let before = std::mem::replace(&mut is.phase, phase);
    match phase {
        ExchangePhase::Issued if before != phase => Some(ExchangeTold::Issued),
        ExchangePhase::Refused if before != phase => {
            is.was_refused = true;
            (!planted::is(Defect::RefusalNotTold)).then_some(ExchangeTold::Refused)
        }
        ExchangePhase::NeedsReview if before == ExchangePhase::CreditedBack => {
            Some(ExchangeTold::NeedsReview)
        }
        _ => (told == Some(Told::NeedsReview)).then_some(ExchangeTold::NeedsReview),
    }
}

/// What a person did about points and miles that were both with the customer.
fn undouble(is: &mut Exchange, verdict: &Review<ExchangedMiles>) -> Option<ExchangeTold> {
    match verdict {
        Review::Happened(answer) => {
            is.phase = ExchangePhase::Issued;
            is.issue.answer = Some(answer.clone());
            Some(ExchangeTold::Issued)
        }
        Review::Missing => {
            is.phase = ExchangePhase::CreditedBack;
            is.issue.phase = Phase::Refused;
            is.issue.rejection = Some(Rejection::of_table("client", "reviewed"));
            None
        }
    }
}

fn refuse(is: &mut Exchange, why: &str) -> Option<ExchangeTold> {
    is.was_refused = true;
    is.phase = ExchangePhase::Refused;
    is.issue.phase = Phase::Refused;
    is.issue.rejection = Some(Rejection::of_table("client", why));
    Some(ExchangeTold::Refused)
}
