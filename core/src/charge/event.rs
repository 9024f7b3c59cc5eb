//! What can happen to a charge.

use std::fmt;

use crate::charge::Step;
use crate::money::Yen;
use crate::operation::{Rejection, names};
use crate::time::Timestamp;

/// Where evidence comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The answer to the step itself, or to the same step sent again by the resolver.
    Answer,
    /// An inquiry.
    Inquiry,
    /// A notice of the gateway.
    Notice,
    /// A line of a settlement file.
    File,
    /// The rules of the method: an authorisation that is never committed charges nothing.
    Rule,
}

/// What the resolver found out about the open step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It happened.
    Happened {
        /// The gateway's id, if the evidence names it.
        tracking_id: Option<String>,
        /// What says so.
        source: Source,
    },
    /// It did not happen, and can no longer.
    Missing {
        /// What says so.
        source: Source,
    },
    /// Nothing is known yet.
    Nothing,
    /// The last one that was sent is over: it was refused, or never left. Nothing is known of those before it.
    LastOver,
}

/// What a person found out about a charge under review.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Review {
    /// The open step happened. A request whose `tracking_id` is not known yet needs [`HappenedAs`](Self::HappenedAs).
    Happened,
    /// The open step happened, and this is the payment at the gateway.
    HappenedAs {
        /// The gateway's id, 14 digits, as the management page shows it.
        tracking_id: String,
    },
    /// The open step did not happen.
    Missing,
}

/// What happened. Everything in it was verified before. `Debug` shows the names of details, never their values.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A step is about to be sent for the first time.
    Sending {
        /// Which one.
        step: Step,
        /// Its yen.
        amount: Yen,
        /// The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund.
        key: Option<String>,
        /// Seconds for which it is signed.
        limit_seconds: u32,
    },
    /// The open step is about to be sent again.
    SendingAgain {
        /// It provably never left so far. Otherwise only a step that happens at most once may be sent again.
        never_left: bool,
        /// Seconds for which it is signed this time.
        limit_seconds: u32,
    },
    /// The open step provably never left.
    NotSent,
    /// The gateway did the open step.
    Done {
        /// The gateway's id, if the answer names it.
        tracking_id: Option<String>,
        /// The gateway's id of the exchange.
        transaction_id: Option<String>,
        /// Further facts of the answer, by name: what the customer needs to pay a slip, the card's brand.
        details: Vec<(String, String)>,
    },
    /// The gateway refused the open step.
    Rejected(Rejection),
    /// The answer was lost, or leaves the outcome open.
    Lost,
    /// Somebody else asked while the open step is being sent, and goes away without its outcome.
    Awaited,
    /// The resolver looked.
    Looked(Finding),
    /// The gateway was asked about a charge without an open step, and said nothing new.
    Checked,
    /// A deposit was reported, or taken back. Where the gateway can be asked, a notice of a sum that would call a person is
    /// doubted first: [`Doubt`](crate::charge::Doubt).
    Deposited {
        /// The gateway's id, if the evidence names it.
        tracking_id: Option<String>,
        /// Yen deposited so far; 0 when everything was taken back.
        cumulative: Yen,
        /// When it was deposited, as the gateway's notice writes it: notices can overtake each other. `None` when
        /// something else says so.
        received: Option<String>,
    },
    /// An inquiry agrees with the sum that is doubted.
    DepositConfirmed,
    /// An inquiry shows that the sum that is doubted is not so: the notice was wrong.
    DepositRefuted,
    /// The gateway says that another sum than asked was deposited, without naming it: more, or less until the end.
    DepositedOther {
        /// At least what was asked.
        enough: bool,
    },
    /// The slip was not paid in time.
    SlipExpired,
    /// The contract ended at the gateway.
    ContractEnded,
    /// Evidence shows a refund that was made elsewhere (the management page).
    RefundedElsewhere {
        /// Yen refunded in all.
        total: Yen,
    },
    /// A contract that was applied for by link type is taken under control.
    Adopted {
        /// The gateway's id.
        tracking_id: String,
    },
    /// A statement tells of a month of a contract that the gateway bills.
    MonthBilled {
        /// `YYYYMM`.
        month: String,
        /// Yen; 0 when the statement proves that it was not billed.
        amount: Yen,
        /// When it was billed, or found out.
        at: Timestamp,
    },
    /// A person looked it up.
    Reviewed(Review),
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sending {
                step,
                amount,
                key,
                limit_seconds,
            } => f
                .debug_struct("Sending")
                .field("step", step)
                .field("amount", amount)
                .field("key", key)
                .field("limit_seconds", limit_seconds)
                .finish(),
            Self::SendingAgain {
                never_left,
                limit_seconds,
            } => f
                .debug_struct("SendingAgain")
                .field("never_left", never_left)
                .field("limit_seconds", limit_seconds)
                .finish(),
            Self::NotSent => f.write_str("NotSent"),
            Self::Done {
                tracking_id,
                transaction_id,
                details,
            } => f
                .debug_struct("Done")
                .field("tracking_id", tracking_id)
                .field("transaction_id", transaction_id)
                .field("details", &names(details))
                .finish(),
            Self::Rejected(rejection) => f.debug_tuple("Rejected").field(rejection).finish(),
            Self::Lost => f.write_str("Lost"),
            Self::Awaited => f.write_str("Awaited"),
            Self::Looked(finding) => f.debug_tuple("Looked").field(finding).finish(),
            Self::Checked => f.write_str("Checked"),
            Self::Deposited {
                tracking_id,
                cumulative,
                received,
            } => f
                .debug_struct("Deposited")
                .field("tracking_id", tracking_id)
                .field("cumulative", cumulative)
                .field("received", received)
                .finish(),
            Self::DepositConfirmed => f.write_str("DepositConfirmed"),
            Self::DepositRefuted => f.write_str("DepositRefuted"),
            Self::DepositedOther { enough } => f
                .debug_struct("DepositedOther")
                .field("enough", enough)
                .finish(),
            Self::SlipExpired => f.write_str("SlipExpired"),
            Self::ContractEnded => f.write_str("ContractEnded"),
            Self::RefundedElsewhere { total } => f
                .debug_struct("RefundedElsewhere")
                .field("total", total)
                .finish(),
            Self::Adopted { tracking_id } => f
                .debug_struct("Adopted")
                .field("tracking_id", tracking_id)
                .finish(),
            Self::MonthBilled { month, amount, at } => f
                .debug_struct("MonthBilled")
                .field("month", month)
                .field("amount", amount)
                .field("at", at)
                .finish(),
            Self::Reviewed(verdict) => f.debug_tuple("Reviewed").field(verdict).finish(),
        }
    }
}
