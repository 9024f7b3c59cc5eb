//! What an event means.

use std::time::Duration;

use super::model::is_final;
use super::{Phase, Task, Transaction};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{Rejection, next_look};
use crate::time::Timestamp;

/// Seconds after its timestamp for which the server accepts a request.
///
/// Source: docs/reference-api.md#signing
pub const ACCEPTED_SECONDS: i64 = 300;

/// Seconds from one look to the next at what a person at NetMile has to decide.
const DECISION_SECONDS: i64 = 3600;

/// Days for which what a person at NetMile has to decide is asked about; then the merchant has to ask NetMile in person.
pub const DECISION_DAYS: i64 = 14;

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From a signature to the moment when whoever sent it counts as dead.
    pub sending: Duration,
    /// From the first send to the moment when a person is called.
    pub asked: Duration,
    /// How far the clocks of shop and server may differ.
    pub skew: Duration,
}

impl Limits {
    /// Last instant of the shop's clock at which what was signed then can still be accepted.
    ///
    /// The server takes what its own clock calls at most [`ACCEPTED_SECONDS`] old or early, so a clock that is ahead by
    /// that much is one that it works with.
    #[must_use]
    pub fn accepted_until(self, signed_at: Timestamp) -> Timestamp {
        let apart = self
            .skew
            .max(Duration::from_secs(ACCEPTED_SECONDS.unsigned_abs()));
        signed_at.plus_seconds(ACCEPTED_SECONDS).plus(apart)
    }
}

/// What the resolver found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding<A> {
    /// It was done.
    Happened(A),
    /// It was refused.
    Refused(Rejection),
    /// It never arrived, can no longer, and is too old to be sent again unasked.
    NeverArrived,
    /// Nothing is known yet.
    Nothing,
}

/// What a person found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review<A> {
    /// It was done: what NetMile's management site shows.
    Happened(A),
    /// It was not done. The same task may be sent again under the same `tran_id`.
    Missing,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<A> {
    /// It is about to be sent as if for the first time.
    Sending,
    /// It provably never left so far, and is about to be sent again.
    SendingAgain,
    /// The resolver is about to send it again. `doubtful`: an earlier send had its effect, and only the answer is missing.
    Resending {
        /// Whether an earlier send may have had its effect.
        doubtful: bool,
    },
    /// This send provably never left.
    NotSent,
    /// It was done.
    Done(A),
    /// It was refused.
    Rejected(Rejection),
    /// The answer was lost, or leaves the outcome open.
    Lost,
    /// Somebody else asked while it is being sent, and goes away without its outcome.
    Awaited,
    /// The resolver looked.
    Looked(Finding<A>),
    /// A person looked.
    Reviewed(Review<A>),
}

/// What the shop is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It turned out that it was done.
    Done,
    /// It turned out that it was refused, or never arrived.
    Refused,
    /// A part of the answer that was open is decided.
    Decided,
    /// A person must look.
    NeedsReview,
}

/// What an event leads to.
#[derive(Clone, PartialEq)]
pub struct Transition<T: Task> {
    /// The transaction after it.
    pub transaction: Transaction<T>,
    /// What the shop is told.
    pub told: Option<Told>,
    /// When to look again.
    pub due: Option<Timestamp>,
}

/// Applies an event. Pure and total: every pair of phase and event has one outcome.
///
/// | event | prepared | sending | unknown | done | refused | needs_review |
/// |---|---|---|---|---|---|---|
/// | sending | sending | – | – | – | sending, if refused at the door | – |
/// | sending again | – | sending | – | – | – | – |
/// | sending anew (resolver) | – | sending | sending | – | – | sending |
/// | not sent | – | prepared; unknown once the outcome was open | – | – | – | – |
/// | done | – | done | done | same | done | done |
/// | rejected | – | refused; unknown if an earlier send counts | same as looked | – | same | same as looked |
/// | lost | – | unknown | – | – | – | – |
/// | awaited | – | sending; its outcome will be told | – | – | – | – |
/// | looked: happened | – | done | done | – | done | done |
/// | looked: refused, never arrived | – | as found | as found | – | – | as found |
/// | looked: nothing | – | unknown | unknown | – | – | needs_review |
/// | reviewed | – | – | – | – | – | as found |
///
/// What is done and waits in part for a person at NetMile ([`Task::is_pending`]) is looked at every hour: it stays done,
/// and the shop is told of each answer that differs. What is not decided [`DECISION_DAYS`] after it was sent goes to a
/// person with the answer so far, and is not looked at by the schedule any more: it is done when an answer comes in which
/// nothing waits, and nothing else ends it. It is never sent again.
///
/// An answer that says "done" is proof, whatever the record says by then; who was told of a refusal is told again.
///
/// What stays unknown for longer than `limits.asked` goes to a person.
///
/// # Errors
/// `invalid_state` where the table has no entry; `invalid_value` for a review of what waits for a decision that tells none,
/// or that is about something else than was asked.
pub fn transition<T: Task>(
    transaction: &Transaction<T>,
    event: &Event<T::Answer>,
    at: Timestamp,
    limits: Limits,
) -> Result<Transition<T>> {
    let mut work = Work {
        is: transaction.clone(),
        told: None,
        at,
        limits,
    };
    work.apply(event)?;
    let due = work.due();
    Ok(Transition {
        transaction: work.is,
        told: work.told,
        due,
    })
}

struct Work<T: Task> {
    is: Transaction<T>,
    told: Option<Told>,
    at: Timestamp,
    limits: Limits,
}

impl<T: Task> Work<T> {
    fn apply(&mut self, event: &Event<T::Answer>) -> Result<()> {
        let phase = self.is.phase;
        // That it was done is known, whatever is still to be decided.
        let is_open = phase.is_open() && !self.is.is_pending();
        match event {
            Event::Sending if self.is.may_start() => {
                let (site, task) = (self.is.site.clone(), self.is.task.clone());
                self.is = Transaction::new(site, task, self.at);
                self.is.phase = Phase::Sending;
            }
            Event::SendingAgain if phase == Phase::Sending => self.is.signed_at = self.at,
            Event::Resending { doubtful } if is_open => {
                self.is.phase = Phase::Sending;
                self.is.signed_at = self.at;
                self.is.lost = true;
                self.is.doubtful = *doubtful;
            }
            Event::NotSent if phase == Phase::Sending && !self.is.lost => {
                self.is.phase = Phase::Prepared;
            }
            Event::NotSent | Event::Lost if phase == Phase::Sending => self.unknown(),
            Event::Awaited if phase == Phase::Sending => self.is.lost = true,
            Event::Done(answer) if is_open => self.done(answer, self.is.lost),
            Event::Done(answer) | Event::Looked(Finding::Happened(answer))
                if phase == Phase::Refused =>
            {
                self.done(answer, true);
            }
            Event::Done(answer) if self.is.answer.as_ref() == Some(answer) => {}
            Event::Rejected(rejection) if phase == Phase::Sending => {
                if self.is.doubtful && !is_final(rejection) {
                    self.unknown();
                } else {
                    self.refused(rejection.clone(), self.is.lost);
                }
            }
            // Somebody else took over meanwhile: what was refused at the door says nothing of the other send.
            Event::Rejected(rejection) if is_open && is_final(rejection) => {
                self.refused(rejection.clone(), true);
            }
            Event::Rejected(rejection) if self.is.rejection.as_ref() == Some(rejection) => {}
            Event::Looked(finding) if self.is.is_pending() => match finding {
                Finding::Happened(answer) => self.decided(answer),
                _ => self.undecided(),
            },
            Event::Reviewed(review) if phase == Phase::NeedsReview && self.is.is_pending() => {
                match review {
                    Review::Happened(answer) if !T::is_pending(answer) => {
                        self.is.task.check_review(answer)?;
                        self.decided(answer);
                    }
                    _ => {
                        return Err(Error::field(
                            ErrorKind::InvalidValue,
                            "verdict",
                            "must say what was decided: that it was done is known",
                        ));
                    }
                }
            }
            Event::Looked(finding) if is_open => match finding {
                Finding::Happened(answer) => self.done(answer, true),
                Finding::Refused(rejection) => self.refused(rejection.clone(), true),
                Finding::NeverArrived => {
                    self.refused(Rejection::of_table("client", "never_arrived"), true);
                }
                Finding::Nothing => self.unknown(),
            },
            Event::Reviewed(review) if phase == Phase::NeedsReview => match review {
                Review::Happened(answer) => {
                    self.is.task.check_review(answer)?;
                    self.done(answer, true);
                }
                Review::Missing => self.refused(Rejection::of_table("client", "reviewed"), true),
            },
            _ => {
                return Err(Error::field(
                    ErrorKind::InvalidState,
                    "tran_id",
                    format!("does not allow this step: it is {}", phase.name()),
                ));
            }
        }
        Ok(())
    }

    fn done(&mut self, answer: &T::Answer, tell: bool) {
        self.is.phase = Phase::Done;
        self.is.answer = Some(answer.clone());
        self.is.rejection = None;
        self.told = tell.then_some(Told::Done);
    }

    /// Takes what is decided by now of an answer that is pending.
    fn decided(&mut self, answer: &T::Answer) {
        if self.is.answer.as_ref() != Some(answer) {
            self.is.answer = Some(answer.clone());
            self.told = Some(Told::Decided);
        }
        if T::is_pending(answer) {
            self.undecided();
        } else {
            self.is.phase = Phase::Done;
        }
    }

    /// Calls a person when something has waited for a decision for too long.
    fn undecided(&mut self) {
        if self.is.phase == Phase::Done && self.at > self.is.decided_until() {
            self.is.phase = Phase::NeedsReview;
            self.is.called = true;
            // It is in the answer too, for whoever is told that a person must look.
            self.told = Some(Told::NeedsReview);
        }
    }

    fn refused(&mut self, rejection: Rejection, tell: bool) {
        self.is.phase = Phase::Refused;
        self.is.rejection = Some(rejection);
        self.told = tell.then_some(Told::Refused);
    }

    fn unknown(&mut self) {
        if self.is.lost {
            self.is.looks = self.is.looks.saturating_add(1);
        }
        self.is.lost = true;
        if self.at <= self.is.since.plus(self.limits.asked) {
            self.is.phase = Phase::Unknown;
            return;
        }
        self.is.phase = Phase::NeedsReview;
        if !std::mem::replace(&mut self.is.called, true) {
            self.told = Some(Told::NeedsReview);
        }
    }

    fn due(&self) -> Option<Timestamp> {
        match self.is.phase {
            Phase::Sending => Some(self.is.signed_at.plus(self.limits.sending)),
            Phase::Done if self.is.is_pending() => Some(self.at.plus_seconds(DECISION_SECONDS)),
            Phase::Unknown => Some(self.at.plus_seconds(next_look(self.is.looks))),
            Phase::Prepared | Phase::Done | Phase::Refused | Phase::NeedsReview => None,
        }
    }
}
