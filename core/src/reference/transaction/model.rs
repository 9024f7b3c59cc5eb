//! What is kept.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::DECISION_DAYS;
use crate::error::Result;
use crate::operation::{Outcome, Rejection, Ticket};
use crate::purchase::{FactKind, Subject};
use crate::reference::{Draft, Object};
use crate::time::Timestamp;

/// Something that is asked for under a `tran_id` and happens once.
pub trait Task: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What rows in the journal are called, such as `issue`.
    const KIND: &'static str;
    /// What an outbox event is about.
    const SUBJECT: Subject;
    /// What the shop is told when it turns out later that it was done.
    const DONE: FactKind;
    /// What the shop is told when it turns out later that it was refused.
    const REFUSED: FactKind;
    /// What the shop is told when a part of the answer that was open is decided.
    const DECIDED: FactKind = Self::DONE;
    /// What is told when it is done.
    type Answer: Clone + PartialEq + fmt::Debug + Serialize + DeserializeOwned + Send + Sync;

    /// Unique per site and kind.
    fn tran_id(&self) -> &str;

    /// Checks every value.
    ///
    /// # Errors
    /// `invalid_value`, `not_in_contract`, naming the field.
    fn check(&self) -> Result<()>;

    /// The request.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    fn draft(&self) -> Result<Draft>;

    /// Reads the answer, and compares what it repeats with what was asked.
    ///
    /// # Errors
    /// `malformed`, `missing_field`, `too_large`, `mismatch`: the outcome is unknown.
    fn read(&self, answer: &Object<'_>) -> Result<Self::Answer>;

    /// Whether a part of an answer is open, for a person at NetMile to decide: then it is asked about until it is not.
    fn is_pending(_answer: &Self::Answer) -> bool {
        false
    }

    /// Checks that what a person says became of it is about what was asked.
    ///
    /// # Errors
    /// `invalid_value`, naming the field.
    fn check_review(&self, _answer: &Self::Answer) -> Result<()> {
        Ok(())
    }

    /// The inquiry by `tran_id`.
    fn inquiry(&self) -> Draft;

    /// Reads the answer to the inquiry.
    ///
    /// # Errors
    /// As [`read`](Self::read): it is no evidence.
    fn found(&self, answer: &Object<'_>) -> Result<Found<Self::Answer>>;
}

/// What an inquiry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<A> {
    /// It was done.
    Done(A),
    /// It was done, but the inquiry does not tell all of the answer. Sent again, the request is answered as it was.
    Exists,
    /// It was refused.
    Refused(Rejection),
    /// The server does not know the `tran_id`.
    Missing,
}

/// Where a transaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// Recorded; it provably never left.
    Prepared,
    /// Somebody is sending it right now, or died doing so.
    Sending,
    /// It may have arrived; the resolver asks.
    Unknown,
    /// It was done.
    Done,
    /// It was refused, or never arrived.
    Refused,
    /// A person must look.
    NeedsReview,
}

impl Phase {
    /// Every phase.
    pub const ALL: [Self; 6] = [
        Self::Prepared,
        Self::Sending,
        Self::Unknown,
        Self::Done,
        Self::Refused,
        Self::NeedsReview,
    ];

    /// The name in journals and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::NeedsReview => "needs_review",
        }
    }

    /// Whether nobody knows yet what became of it, or a person has to look.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown | Self::NeedsReview)
    }
}

/// One task of one site, and what became of it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Task", deserialize = "T: Task"))]
pub struct Transaction<T: Task> {
    /// The site.
    pub site: String,
    /// What was asked.
    pub task: T,
    /// Where it stands.
    pub phase: Phase,
    /// When it was first sent, in this try.
    pub since: Timestamp,
    /// The instant in the last signature. Later than [`ACCEPTED_SECONDS`](super::ACCEPTED_SECONDS) after it nothing
    /// that was sent can be accepted any more.
    pub signed_at: Timestamp,
    /// How often the resolver looked.
    #[serde(default)]
    pub looks: u32,
    /// Whether somebody who asked has gone away without its outcome, so that it is told by an event.
    #[serde(default)]
    pub lost: bool,
    /// Whether an earlier send may have had its effect.
    #[serde(default)]
    pub doubtful: bool,
    /// Whether a person was called.
    #[serde(default)]
    pub called: bool,
    /// What was told when it was done.
    #[serde(default = "none")]
    pub answer: Option<T::Answer>,
    /// Why it was refused.
    #[serde(default)]
    pub rejection: Option<Rejection>,
}

const fn none<A>() -> Option<A> {
    None
}

impl<T: Task> Transaction<T> {
    /// One that is recorded and has not been sent.
    #[must_use]
    pub const fn new(site: String, task: T, at: Timestamp) -> Self {
        Self {
            site,
            task,
            phase: Phase::Prepared,
            since: at,
            signed_at: at,
            looks: 0,
            lost: false,
            doubtful: false,
            called: false,
            answer: None,
            rejection: None,
        }
    }

    /// Its `tran_id`.
    #[must_use]
    pub fn tran_id(&self) -> &str {
        self.task.tran_id()
    }

    /// Whether it may be sent under its `tran_id` as if for the first time: it never got as far as a rule that is kept
    /// with the `tran_id`.
    #[must_use]
    pub fn may_start(&self) -> bool {
        match (self.phase, &self.rejection) {
            (Phase::Prepared, _) => true,
            (Phase::Refused, Some(rejection)) => !is_final(rejection),
            _ => false,
        }
    }

    /// Whether it was done, and a part of the answer waits for a person at NetMile. After [`DECISION_DAYS`] it is under
    /// review.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self.phase, Phase::Done | Phase::NeedsReview)
            && self.answer.as_ref().is_some_and(T::is_pending)
    }

    /// Last instant at which a part of the answer may wait for a decision before a person is called.
    pub(super) fn decided_until(&self) -> Timestamp {
        self.since.plus_seconds(DECISION_DAYS * 86_400)
    }

    /// What became of it, with the instant of the next look for what is open. `None` when it never left. What is under
    /// review because nobody decided is done all the same: its answer says what waits.
    #[must_use]
    pub fn outcome(&self, due: Option<Timestamp>) -> Option<Outcome<T::Answer>> {
        match (self.phase, &self.answer, &self.rejection) {
            (Phase::Done | Phase::NeedsReview, Some(answer), _) => {
                Some(Outcome::Done(answer.clone()))
            }
            (Phase::Refused, _, Some(rejection)) => Some(Outcome::Rejected(rejection.clone())),
            (Phase::Prepared, ..) => None,
            _ => Some(Outcome::Unknown(Ticket {
                id: self.tran_id().to_owned(),
                step: T::KIND.to_owned(),
                key: None,
                since: self.since,
                next_look: due,
            })),
        }
    }
}

impl<T: Task> fmt::Debug for Transaction<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("kind", &T::KIND)
            .field("site", &self.site)
            .field("tran_id", &self.tran_id())
            .field("phase", &self.phase)
            .field("answer", &self.answer)
            .field("rejection", &self.rejection)
            .finish_non_exhaustive()
    }
}

/// Whether a refusal is kept with the `tran_id`: one by a rule of the guides, as opposed to one at the door.
pub(crate) fn is_final(rejection: &Rejection) -> bool {
    !matches!(rejection.table(), Some("api" | "client"))
}
