//! What can happen to a purchase, and what the shop is told of it.

use serde::{Deserialize, Serialize};

use crate::contract::{ContractId, Settlement};
use crate::money::Yen;
use crate::purchase::{ContractEnd, Phase, Purpose, RefundEvidence, ReviewReason};
use crate::time::Timestamp;

/// What a notice says about the attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeResult {
    /// Processed.
    Ok,
    /// Failed, with the gateway's code.
    Ng(String),
}

/// What the shop answers to a notice of success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Take the payment: the answer is `OK,`.
    Accept,
    /// Refuse it: the answer is `NG,<reason>`. The customer's miles stay spent.
    Refuse,
}

/// What a person found out about a purchase under review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewVerdict {
    /// The gateway's management page shows the payment.
    Paid {
        /// The attempt that was paid.
        order_id: String,
        /// The gateway's id.
        tracking_id: String,
    },
    /// The gateway's management page shows no payment.
    NotPaid,
}

/// What happened. Everything in it was verified before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A new attempt was signed.
    AttemptStarted {
        /// What it is for.
        purpose: Purpose,
        /// Its id at the gateway.
        order_id: String,
        /// The date in its form.
        request_date: String,
        /// The fields that must come back unchanged.
        echo: Vec<(String, String)>,
    },
    /// The newest attempt was signed again for another rendering of the same form.
    AttemptSignedAgain {
        /// Its id at the gateway.
        order_id: String,
        /// The date in the new form.
        request_date: String,
    },
    /// A purchase notice (A02-1).
    Notified {
        /// The attempt.
        order_id: String,
        /// The gateway's id; empty on a failure without one.
        tracking_id: String,
        /// What it says.
        result: NoticeResult,
        /// When the method that was used settles.
        settlement: Settlement,
        /// What the shop answers.
        decision: Decision,
    },
    /// The browser came back with a verified success (A03-1).
    Returned {
        /// The attempt.
        order_id: String,
        /// The gateway's id.
        tracking_id: String,
    },
    /// The browser came back with a verified cancel.
    ReturnedCancel {
        /// The attempt.
        order_id: String,
    },
    /// The browser came back with a verified error.
    ReturnedError {
        /// The attempt.
        order_id: String,
        /// The gateway's code.
        err_code: String,
    },
    /// A deposit was reported (`PY`).
    Deposited {
        /// The attempt.
        order_id: String,
        /// The gateway's id.
        tracking_id: String,
        /// Yen deposited so far.
        cumulative: Yen,
    },
    /// The slip was not paid in time (`CN`).
    DepositExpired {
        /// The attempt.
        order_id: String,
    },
    /// The recurring contract ended (`CR`, `CC`, `CL`).
    ContractEnded {
        /// Why.
        how: ContractEnd,
    },
    /// The shop stops waiting.
    GaveUp,
    /// The bound of a waiting phase has passed.
    WaitedTooLong,
    /// A person looked it up.
    Reviewed(ReviewVerdict),
    /// The shop keeps a late payment.
    LateAccepted,
    /// The shop wants a payment refunded.
    RefundRequested {
        /// Which payment.
        tracking_id: String,
        /// Why.
        reason: String,
    },
    /// A person executed the refund.
    RefundConfirmed {
        /// Which payment.
        tracking_id: String,
        /// What proves it.
        evidence: RefundEvidence,
    },
    /// The refund was not executed; the payment stands.
    RefundWithdrawn {
        /// Which payment.
        tracking_id: String,
    },
}

/// What the shop is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FactKind {
    /// Deliver now, once.
    Paid,
    /// Paid after the shop gave up: accept or refund.
    PaidLate,
    /// A further payment of the same purchase: refund it.
    PaidTwice,
    /// A slip was issued.
    AwaitingDeposit,
    /// The slip was not paid in time.
    DepositExpired,
    /// The attempt failed.
    AttemptFailed,
    /// The customer went back.
    AttemptCancelled,
    /// A person must look.
    NeedsReview,
    /// A refund waits for a person on the management page.
    RefundRequested,
    /// The refund was executed.
    Refunded,
    /// The refund was not executed.
    RefundWithdrawn,
    /// The recurring contract ended.
    ContractEnded,
    /// The shop stopped waiting.
    GivenUp,
}

impl FactKind {
    /// The name in journals and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::PaidLate => "paid_late",
            Self::PaidTwice => "paid_twice",
            Self::AwaitingDeposit => "awaiting_deposit",
            Self::DepositExpired => "deposit_expired",
            Self::AttemptFailed => "attempt_failed",
            Self::AttemptCancelled => "attempt_cancelled",
            Self::NeedsReview => "needs_review",
            Self::RefundRequested => "refund_requested",
            Self::Refunded => "refunded",
            Self::RefundWithdrawn => "refund_withdrawn",
            Self::ContractEnded => "contract_ended",
            Self::GivenUp => "given_up",
        }
    }
}

/// One line of the outbox: something the shop has to know, written in the same transaction as the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What happened.
    pub kind: FactKind,
    /// The shop's id.
    pub purchase_id: String,
    /// The contract.
    pub contract: ContractId,
    /// Where the purchase stands after it.
    pub phase: Phase,
    /// The attempt it is about.
    pub order_id: Option<String>,
    /// The payment it is about.
    pub tracking_id: Option<String>,
    /// Yen of the purchase.
    pub amount: Yen,
    /// Why a person must look.
    pub review: Option<ReviewReason>,
    /// When it was recorded.
    pub at: Timestamp,
}
