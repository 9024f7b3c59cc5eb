//! What can happen to a purchase, and what the shop is told of it.

use std::fmt;

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

/// What happened. Everything in it was verified before. `Debug` shows no personal data.
#[derive(Clone, PartialEq, Eq)]
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

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The echo holds the customer's id and the free texts.
            Self::AttemptStarted {
                purpose,
                order_id,
                request_date,
                echo: _,
            } => f
                .debug_struct("AttemptStarted")
                .field("purpose", purpose)
                .field("order_id", order_id)
                .field("request_date", request_date)
                .finish_non_exhaustive(),
            Self::AttemptSignedAgain {
                order_id,
                request_date,
            } => f
                .debug_struct("AttemptSignedAgain")
                .field("order_id", order_id)
                .field("request_date", request_date)
                .finish(),
            Self::Notified {
                order_id,
                tracking_id,
                result,
                settlement,
                decision,
            } => f
                .debug_struct("Notified")
                .field("order_id", order_id)
                .field("tracking_id", tracking_id)
                .field("result", result)
                .field("settlement", settlement)
                .field("decision", decision)
                .finish(),
            Self::Returned {
                order_id,
                tracking_id,
            } => f
                .debug_struct("Returned")
                .field("order_id", order_id)
                .field("tracking_id", tracking_id)
                .finish(),
            Self::ReturnedCancel { order_id } => named(f, "ReturnedCancel", "order_id", order_id),
            Self::ReturnedError { order_id, err_code } => f
                .debug_struct("ReturnedError")
                .field("order_id", order_id)
                .field("err_code", err_code)
                .finish(),
            Self::Deposited {
                order_id,
                tracking_id,
                cumulative,
            } => f
                .debug_struct("Deposited")
                .field("order_id", order_id)
                .field("tracking_id", tracking_id)
                .field("cumulative", cumulative)
                .finish(),
            Self::DepositExpired { order_id } => named(f, "DepositExpired", "order_id", order_id),
            Self::ContractEnded { how } => named(f, "ContractEnded", "how", how),
            Self::GaveUp => f.write_str("GaveUp"),
            Self::WaitedTooLong => f.write_str("WaitedTooLong"),
            Self::Reviewed(verdict) => f.debug_tuple("Reviewed").field(verdict).finish(),
            Self::LateAccepted => f.write_str("LateAccepted"),
            // The reason is free text about a customer.
            Self::RefundRequested {
                tracking_id,
                reason: _,
            } => f
                .debug_struct("RefundRequested")
                .field("tracking_id", tracking_id)
                .finish_non_exhaustive(),
            Self::RefundConfirmed {
                tracking_id,
                evidence,
            } => f
                .debug_struct("RefundConfirmed")
                .field("tracking_id", tracking_id)
                .field("evidence", evidence)
                .finish(),
            Self::RefundWithdrawn { tracking_id } => {
                named(f, "RefundWithdrawn", "tracking_id", tracking_id)
            }
        }
    }
}

fn named(
    f: &mut fmt::Formatter<'_>,
    event: &str,
    field: &str,
    value: &dyn fmt::Debug,
) -> fmt::Result {
    f.debug_struct(event).field(field, value).finish()
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
    /// The amount is reserved: capture or cancel it.
    Reserved,
    /// What was reserved was cancelled before money moved.
    Cancelled,
    /// A part was refunded.
    PartlyRefunded,
    /// A step whose outcome was open (capture, refund, end) turned out not to have happened.
    StepFailed,
    /// A recurring contract runs.
    ContractStarted,
    /// It turned out later that miles were issued.
    MilesIssued,
    /// It turned out later that miles were not issued: refused, or never asked for.
    MilesRefused,
    /// It turned out later how NetMile answered a wish to cancel issues.
    MilesCancelAnswered,
    /// A person at NetMile decided about issues whose cancelling was applied for: each is approved or rejected in the wish.
    MilesCancelDecided,
    /// It turned out later that a wish to cancel issues was refused as a whole, or never arrived.
    MilesCancelRefused,
    /// Miles were issued for points.
    ExchangeIssued,
    /// No miles were issued for points: give the points back, and say so.
    ExchangeRefused,
    /// An exchange was begun long ago: say whether the points were taken.
    ExchangeUnconfirmed,
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
            Self::Reserved => "reserved",
            Self::Cancelled => "cancelled",
            Self::PartlyRefunded => "partly_refunded",
            Self::StepFailed => "step_failed",
            Self::ContractStarted => "contract_started",
            Self::MilesIssued => "miles_issued",
            Self::MilesRefused => "miles_refused",
            Self::MilesCancelAnswered => "miles_cancel_answered",
            Self::MilesCancelDecided => "miles_cancel_decided",
            Self::MilesCancelRefused => "miles_cancel_refused",
            Self::ExchangeIssued => "exchange_issued",
            Self::ExchangeRefused => "exchange_refused",
            Self::ExchangeUnconfirmed => "exchange_unconfirmed",
        }
    }
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Subject {
    /// A purchase by link type; [`Fact::phase`] is its phase.
    #[default]
    Purchase,
    /// A charge by API type; [`Fact::phase`] is the nearest phase of a purchase, the charge itself knows better.
    Charge,
    /// An issue of miles; [`Fact::purchase_id`] is its `tran_id`, and the site stands where a merchant would.
    Issue,
    /// Issues by hand under one `tran_id`; else as [`Issue`](Self::Issue).
    ByHand,
    /// A wish to cancel issues; else as [`Issue`](Self::Issue).
    Cancel,
    /// An exchange of points; else as [`Issue`](Self::Issue).
    Exchange,
    /// An upload of a file, by its `tran_id` (batch id, colon, first row); else as [`Issue`](Self::Issue).
    Upload,
}

/// One line of the outbox: something the shop has to know, written in the same transaction as the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What happened.
    pub kind: FactKind,
    /// What it is about.
    #[serde(default)]
    pub subject: Subject,
    /// The shop's id.
    pub purchase_id: String,
    /// The contract. For miles [`ContractId::of_site`].
    pub contract: ContractId,
    /// Where the purchase stands after it. Miles are no purchase: `open`, or `needs_review`.
    pub phase: Phase,
    /// The attempt it is about.
    pub order_id: Option<String>,
    /// The payment it is about.
    pub tracking_id: Option<String>,
    /// The step of a charge whose outcome it tells ([`Step::name`](crate::charge::Step::name)), if it is about one.
    #[serde(default)]
    pub step: Option<String>,
    /// Which of several such steps: the month of a month's refund (`YYYYMM`), or the shop's own name of a partial
    /// refund.
    #[serde(default)]
    pub key: Option<String>,
    /// Yen of the purchase or charge.
    pub amount: Yen,
    /// Why a person must look.
    pub review: Option<ReviewReason>,
    /// When it was recorded.
    pub at: Timestamp,
}
