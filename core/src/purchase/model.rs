//! What is kept about a purchase.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contract::{Billing, ContractId};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::time::Timestamp;

/// Where a purchase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// A form may be out; nothing decisive is known.
    Open,
    /// The browser came back with a verified success, the notice has not come yet. Not paid.
    AwaitingNotice,
    /// A slip was issued; the customer has not deposited the whole amount yet.
    AwaitingDeposit,
    /// Paid once: deliver.
    Paid,
    /// Paid after the shop had given up: accept or refund.
    PaidLate,
    /// Paid by two attempts or more: refund all but one.
    PaidTwice,
    /// A person must look: the reason is in [`Purchase::review`].
    NeedsReview,
    /// A refund of the only payment was asked for; a person executes it on the management page.
    RefundRequested,
    /// Every payment was refunded.
    Refunded,
    /// The shop stopped waiting; nothing was paid so far.
    GivenUp,
}

impl Phase {
    /// Every phase.
    pub const ALL: [Self; 10] = [
        Self::Open,
        Self::AwaitingNotice,
        Self::AwaitingDeposit,
        Self::Paid,
        Self::PaidLate,
        Self::PaidTwice,
        Self::NeedsReview,
        Self::RefundRequested,
        Self::Refunded,
        Self::GivenUp,
    ];

    /// The name in journals, events and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::AwaitingNotice => "awaiting_notice",
            Self::AwaitingDeposit => "awaiting_deposit",
            Self::Paid => "paid",
            Self::PaidLate => "paid_late",
            Self::PaidTwice => "paid_twice",
            Self::NeedsReview => "needs_review",
            Self::RefundRequested => "refund_requested",
            Self::Refunded => "refunded",
            Self::GivenUp => "given_up",
        }
    }

    /// Whether somebody or something still has to act.
    #[must_use]
    pub const fn is_unresolved(self) -> bool {
        matches!(
            self,
            Self::AwaitingNotice
                | Self::PaidLate
                | Self::PaidTwice
                | Self::NeedsReview
                | Self::RefundRequested
        )
    }
}

/// Where one attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AttemptState {
    /// The form was handed out.
    Open,
    /// The browser came back with a verified success.
    Returned,
    /// The customer went back to the shop.
    Cancelled,
    /// The gateway reported a failure.
    Failed,
    /// A slip was issued.
    AwaitingDeposit,
    /// The slip was not paid in time.
    Expired,
    /// Money moved.
    Paid,
    /// Money moved, and the shop answered the notice with `NG`.
    Refused,
    /// The recurring contract was ended by it.
    Ended,
}

/// What an attempt is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To pay, or to apply for a recurring contract.
    #[default]
    Pay,
    /// To end the recurring contract.
    EndContract,
}

/// Why a person must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReviewReason {
    /// The browser reported success, and no notice came within the bound.
    NoticeMissing,
    /// The shop answered the notice with `NG`: the customer's miles stay spent.
    ShopRefused,
    /// The browser and the notice say opposite things.
    Contradiction,
    /// The deposited sum went down, or is more than the amount.
    DepositSum,
}

/// Why a recurring contract ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContractEnd {
    /// Cancelled (`CR`).
    Cancelled,
    /// Ended on the carrier's side (`CC`).
    EndedByCarrier,
    /// The last month was billed (`CL`).
    Completed,
}

/// One `order_id` at the gateway.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The id at the gateway.
    pub order_id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Where it stands.
    pub state: AttemptState,
    /// Every `request_date` that was handed out for it: the echo must carry one of them.
    pub request_dates: Vec<String>,
    /// The fields that must come back unchanged.
    pub echo: Vec<(String, String)>,
    /// When it was started.
    pub started_at: Timestamp,
    /// The gateway's error code, if it failed.
    pub err_code: Option<String>,
    /// The gateway's id, once known.
    pub tracking_id: Option<String>,
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("order_id", &self.order_id)
            .field("purpose", &self.purpose)
            .field("state", &self.state)
            .field("request_dates", &self.request_dates)
            .field("err_code", &self.err_code)
            .field("tracking_id", &self.tracking_id)
            .finish_non_exhaustive()
    }
}

/// Money that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The gateway's id.
    pub tracking_id: String,
    /// The attempt that it paid.
    pub order_id: String,
    /// Yen, as the gateway said and as was asked.
    pub amount: Yen,
    /// When the notice was recorded.
    pub paid_at: Timestamp,
    /// The shop answered the notice with `NG`: the money moved all the same.
    pub refused: bool,
    /// The refund, if one was asked for.
    pub refund: Option<Refund>,
}

/// A refund of one payment. `Debug` does not show the reason, which is free text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Why the shop asked.
    pub reason: String,
    /// When the shop asked.
    pub requested_at: Timestamp,
    /// What proves that it was executed.
    pub confirmed: Option<RefundEvidence>,
}

impl fmt::Debug for Refund {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refund")
            .field("requested_at", &self.requested_at)
            .field("confirmed", &self.confirmed)
            .finish_non_exhaustive()
    }
}

/// What proves that a refund was executed on the gateway's management page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundEvidence {
    /// Where the fact was seen: `management_page`, `reconciliation_file`, …
    pub source: String,
    /// Who says so, or the line of the file.
    pub reference: String,
    /// Refunded yen; must be the whole payment.
    pub amount: Yen,
    /// When it was executed.
    pub refunded_at: Timestamp,
}

impl fmt::Debug for RefundEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefundEvidence")
            .field("source", &self.source)
            .field("amount", &self.amount)
            .field("refunded_at", &self.refunded_at)
            .finish_non_exhaustive()
    }
}

/// The facts about what was asked that decide transitions.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Customer (顧客ID). Personal.
    pub cust_code: String,
    /// Item id.
    pub item_id: String,
    /// Item name.
    pub item_name: String,
    /// Yen, tax included. Zero for an application that pays nothing at once.
    pub amount: Yen,
    /// How often it is billed.
    pub billing: Billing,
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("item_id", &self.item_id)
            .field("amount", &self.amount)
            .field("billing", &self.billing)
            .finish_non_exhaustive()
    }
}

/// What the shop wants paid, and all that is known about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The shop's own id: 1 to 34 of `[0-9A-Za-z_-]`.
    pub id: String,
    /// The contract it is paid under.
    pub contract: ContractId,
    /// What was asked.
    pub asked: Asked,
    /// Where it stands.
    pub phase: Phase,
    /// Why a person must look, in phase `needs_review`.
    pub review: Option<ReviewReason>,
    /// One per start, oldest first.
    pub attempts: Vec<Attempt>,
    /// Money that moved, oldest first.
    pub payments: Vec<Payment>,
    /// Deposited so far, for methods that settle by deposit.
    pub deposited: Yen,
    /// The shop stopped waiting.
    pub given_up: bool,
    /// The shop accepted a late payment.
    pub late_accepted: bool,
    /// The shop was told to deliver. It is told once, and once more for a late payment that it accepts.
    pub paid_told: bool,
    /// Why the recurring contract ended.
    pub contract_end: Option<ContractEnd>,
    /// When it was recorded first.
    pub created_at: Timestamp,
}

/// What [`Purchase::new`] needs.
#[derive(Clone, Debug)]
pub struct NewPurchase {
    /// The shop's own id.
    pub id: String,
    /// The contract it is paid under.
    pub contract: ContractId,
    /// What is asked.
    pub asked: Asked,
    /// Now.
    pub at: Timestamp,
}

impl Purchase {
    /// Most attempts of one purchase.
    pub const MAX_ATTEMPTS: usize = 99;

    /// Most forms with a date of their own that one attempt may be rendered as: each has to be kept, since any of them
    /// may be the one that comes back.
    pub const MAX_RENDERINGS: usize = 500;

    /// Longest id in characters: the `order_id` of 38 has to hold the number of the attempt as well.
    pub const MAX_ID_LEN: usize = 34;

    /// A purchase without attempts.
    ///
    /// # Errors
    /// `invalid_value` when the id is not 1 to 34 of `[0-9A-Za-z_-]`.
    pub fn new(new: NewPurchase) -> Result<Self> {
        check_id(&new.id)?;
        Ok(Self {
            id: new.id,
            contract: new.contract,
            asked: new.asked,
            phase: Phase::Open,
            review: None,
            attempts: Vec::new(),
            payments: Vec::new(),
            deposited: Yen::default(),
            given_up: false,
            late_accepted: false,
            paid_told: false,
            contract_end: None,
            created_at: new.at,
        })
    }

    /// The `order_id` that the next attempt will have.
    #[must_use]
    pub fn next_order_id(&self) -> String {
        format!("{}-{}", self.id, self.attempts.len() + 1)
    }

    /// The attempt with this `order_id`.
    #[must_use]
    pub fn attempt(&self, order_id: &str) -> Option<&Attempt> {
        self.attempts.iter().find(|a| a.order_id == order_id)
    }

    /// The newest attempt.
    #[must_use]
    pub fn last_attempt(&self) -> Option<&Attempt> {
        self.attempts.last()
    }

    /// The payment with this `tracking_id`.
    #[must_use]
    pub fn payment(&self, tracking_id: &str) -> Option<&Payment> {
        self.payments.iter().find(|p| p.tracking_id == tracking_id)
    }

    /// The attempt whose browser came back with a verified success that no notice has confirmed.
    pub(crate) fn unconfirmed(&self) -> Option<&Attempt> {
        self.attempts
            .iter()
            .find(|a| a.purpose == Purpose::Pay && a.state == AttemptState::Returned)
    }

    /// Whether a notice is waited for, within a bound. That one attempt is paid says nothing of another one.
    pub(crate) fn waits_for_notice(&self) -> bool {
        self.phase == Phase::AwaitingNotice
            || (self.phase != Phase::NeedsReview && self.unconfirmed().is_some())
    }

    /// Payments that were not refunded.
    pub fn live_payments(&self) -> impl Iterator<Item = &Payment> {
        self.payments
            .iter()
            .filter(|p| p.refund.as_ref().is_none_or(|r| r.confirmed.is_none()))
    }
}

/// Checks a purchase id.
///
/// # Errors
/// `invalid_value` when it is not 1 to 34 of `[0-9A-Za-z_-]`.
fn check_id(id: &str) -> Result<()> {
    let fits = (1..=Purchase::MAX_ID_LEN).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if fits {
        Ok(())
    } else {
        Err(Error::field(
            ErrorKind::InvalidValue,
            "purchase_id",
            "must be 1 to 34 of 0-9, A-Z, a-z, '_' and '-'",
        ))
    }
}
