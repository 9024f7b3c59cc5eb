//! What is kept of an exchange.

use serde::{Deserialize, Serialize};

use super::{ExchangeRequest, ExchangedMiles, Points};
use crate::members::Membership;
use crate::money::Miles;
use crate::operation::{Outcome, Rejection};
use crate::reference::{Phase, Transaction, UserId};
use crate::time::Timestamp;

/// Where an exchange stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExchangePhase {
    /// Begun; the shop has not said yet that it took the points.
    Debiting,
    /// The shop took the points; no miles were asked for yet, or what was asked provably never left.
    Debited,
    /// Miles were asked for; whether they were issued is not known yet.
    Issuing,
    /// Miles were issued. The end.
    Issued,
    /// No miles were issued: the shop has to give the points back.
    Refused,
    /// The shop gave the points back. The end.
    CreditedBack,
    /// The shop never took the points. The end.
    NotDebited,
    /// A person must look.
    NeedsReview,
}

impl ExchangePhase {
    /// Every phase.
    pub const ALL: [Self; 8] = [
        Self::Debiting,
        Self::Debited,
        Self::Issuing,
        Self::Issued,
        Self::Refused,
        Self::CreditedBack,
        Self::NotDebited,
        Self::NeedsReview,
    ];

    /// Those that somebody or something still has to act on.
    pub const OPEN: [Self; 5] = [
        Self::Debiting,
        Self::Debited,
        Self::Issuing,
        Self::Refused,
        Self::NeedsReview,
    ];

    /// The name in journals and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Debiting => "debiting",
            Self::Debited => "debited",
            Self::Issuing => "issuing",
            Self::Issued => "issued",
            Self::Refused => "refused",
            Self::CreditedBack => "credited_back",
            Self::NotDebited => "not_debited",
            Self::NeedsReview => "needs_review",
        }
    }

    /// Whether somebody or something still has to act.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Issued | Self::CreditedBack | Self::NotDebited)
    }
}

/// One exchange in real time: the shop's points on one side, NetMile's miles on the other.
///
/// The points stay the shop's business. It takes them in a transaction of its own and says so; what is kept here says at
/// any time who has to act next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// Where it stands.
    pub phase: ExchangePhase,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When the shop said that it took the points.
    #[serde(default)]
    pub debited_at: Option<Timestamp>,
    /// Whether the shop was asked if it took the points.
    #[serde(default)]
    pub asked_shop: bool,
    /// Whether the shop was told that the points go back.
    #[serde(default)]
    pub was_refused: bool,
    /// The issue of the miles.
    pub issue: Transaction<ExchangeRequest>,
}

impl Exchange {
    /// One that is begun.
    #[must_use]
    pub const fn new(site: String, request: ExchangeRequest, at: Timestamp) -> Self {
        Self {
            phase: ExchangePhase::Debiting,
            begun_at: at,
            debited_at: None,
            asked_shop: false,
            was_refused: false,
            issue: Transaction::new(site, request, at),
        }
    }

    /// What was asked for.
    #[must_use]
    pub const fn request(&self) -> &ExchangeRequest {
        &self.issue.task
    }

    /// The shop's own name of it.
    #[must_use]
    pub fn tran_id(&self) -> &str {
        self.request().tran_id()
    }

    /// Points that the shop takes.
    #[must_use]
    pub const fn points(&self) -> Points {
        self.request().points()
    }

    /// Miles that NetMile issues.
    #[must_use]
    pub const fn miles(&self) -> Miles {
        self.request().miles()
    }

    /// The issued miles, once they are.
    #[must_use]
    pub const fn issued(&self) -> Option<&ExchangedMiles> {
        match self.phase {
            ExchangePhase::Issued => self.issue.answer.as_ref(),
            _ => None,
        }
    }

    /// Why no miles were issued: a code of NetMile's (`manual:…`), one at the door (`api:…`), or one of the client's own:
    /// `client:never_arrived`, `client:never_sent`, `client:reviewed`, `client:too_late`.
    #[must_use]
    pub const fn rejection(&self) -> Option<&Rejection> {
        match self.phase {
            ExchangePhase::Refused | ExchangePhase::CreditedBack => self.issue.rejection.as_ref(),
            _ => None,
        }
    }

    /// Whether a person must look because both are with the customer: the points were given back after a refusal, and
    /// then it turned out that the miles were issued.
    #[must_use]
    pub fn is_doubled(&self) -> bool {
        self.phase == ExchangePhase::NeedsReview && self.issue.phase == Phase::Done
    }

    /// What became of the miles, with the instant of the next look for what is open. `None` before any were asked for.
    #[must_use]
    pub fn outcome(&self, due: Option<Timestamp>) -> Option<Outcome<ExchangedMiles>> {
        match self.rejection() {
            Some(rejection) => Some(Outcome::Rejected(rejection.clone())),
            None => self.issue.outcome(due),
        }
    }
}

/// Who applies for an exchange, as NetMile knows the mail address (会員認証).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applicant {
    /// Registered: store the user id and go on.
    Registered(UserId),
    /// Known, but miles cannot be issued to it: provisional or barred.
    NotActive(UserId),
    /// Not registered with NetMile: show how to join.
    NotRegistered,
}

impl From<Membership> for Applicant {
    fn from(membership: Membership) -> Self {
        match (membership.user_id, membership.active) {
            (Some(id), true) => Self::Registered(id),
            (Some(id), false) => Self::NotActive(id),
            (None, _) => Self::NotRegistered,
        }
    }
}
