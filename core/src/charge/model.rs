//! What is kept about a charge.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::contract::{ApiFlow, Billing, CaptureMode, ContractId};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::operation::{Rejection, Ticket};
use crate::purchase::Phase;
use crate::time::Timestamp;

/// Where a charge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChargePhase {
    /// Recorded; the request is on its way or provably never left.
    Prepared,
    /// The request may have arrived.
    Unknown,
    /// The gateway holds the amount; not committed yet, no money moves without the commit.
    Authorised,
    /// Committed; the shop captures.
    Reserved,
    /// A slip was issued; the customer has not deposited the whole amount yet.
    AwaitingDeposit,
    /// The money has moved: deliver.
    Paid,
    /// A part was refunded.
    PartlyRefunded,
    /// Everything was refunded.
    Refunded,
    /// Ended before money moved.
    Cancelled,
    /// The gateway refused it, or it never got there.
    Rejected,
    /// The slip was not paid in time.
    Expired,
    /// A recurring contract runs.
    Active,
    /// The recurring contract ended.
    Ended,
    /// A person must look.
    NeedsReview,
}

impl ChargePhase {
    /// Every phase.
    pub const ALL: [Self; 14] = [
        Self::Prepared,
        Self::Unknown,
        Self::Authorised,
        Self::Reserved,
        Self::AwaitingDeposit,
        Self::Paid,
        Self::PartlyRefunded,
        Self::Refunded,
        Self::Cancelled,
        Self::Rejected,
        Self::Expired,
        Self::Active,
        Self::Ended,
        Self::NeedsReview,
    ];

    /// The name in journals, events and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Unknown => "unknown",
            Self::Authorised => "authorised",
            Self::Reserved => "reserved",
            Self::AwaitingDeposit => "awaiting_deposit",
            Self::Paid => "paid",
            Self::PartlyRefunded => "partly_refunded",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Active => "active",
            Self::Ended => "ended",
            Self::NeedsReview => "needs_review",
        }
    }

    /// The nearest phase of a purchase, for facts.
    #[must_use]
    pub const fn as_purchase(self) -> Phase {
        match self {
            Self::Prepared | Self::Unknown | Self::Authorised | Self::Reserved => Phase::Open,
            Self::AwaitingDeposit => Phase::AwaitingDeposit,
            Self::Paid | Self::PartlyRefunded | Self::Active | Self::Ended => Phase::Paid,
            Self::Refunded => Phase::Refunded,
            Self::Cancelled | Self::Rejected | Self::Expired => Phase::GivenUp,
            Self::NeedsReview => Phase::NeedsReview,
        }
    }
}

/// Name of the detail that says when the last deposit, or its cancellation, happened at the gateway.
pub(super) const RECEIVED: &str = "rec_datetime";

/// What rows are searched by while a step is on its way.
pub(crate) const SENDING: &str = "sending";

/// What a charge is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A purchase, once.
    Payment,
    /// One period of a fixed or metered contract.
    Period {
        /// The shop's id of the contract.
        subscription: String,
        /// The gateway's id of the contract.
        tracking_id: String,
        /// Which period, such as `2026-02`.
        period: String,
    },
    /// A recurring contract that the gateway bills each month.
    SimpleContract,
    /// A recurring contract whose periods the merchant charges; applied for by link type.
    MeteredContract,
}

impl Kind {
    /// Whether it is a contract rather than money.
    #[must_use]
    pub const fn is_contract(&self) -> bool {
        matches!(self, Self::SimpleContract | Self::MeteredContract)
    }

    /// Which billing of the capability matrix it needs.
    #[must_use]
    pub const fn billing(&self) -> Billing {
        match self {
            Self::Payment => Billing::OneTime,
            Self::SimpleContract => Billing::RecurringSimple,
            Self::Period { .. } | Self::MeteredContract => Billing::RecurringMetered,
        }
    }
}

/// One thing that is asked of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The payment request, authorisation, application or charge of a period.
    Request,
    /// The commit of an authorisation.
    Commit,
    /// The capture.
    Capture,
    /// Cancel, or refund of everything.
    Refund,
    /// Refund of a part.
    PartialRefund,
    /// Refund of one month of a simple recurring contract.
    RefundMonth,
    /// End of a recurring contract.
    End,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 7] = [
        Self::Request,
        Self::Commit,
        Self::Capture,
        Self::Refund,
        Self::PartialRefund,
        Self::RefundMonth,
        Self::End,
    ];

    /// The name in journals and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Commit => "commit",
            Self::Capture => "capture",
            Self::Refund => "refund",
            Self::PartialRefund => "partial_refund",
            Self::RefundMonth => "refund_month",
            Self::End => "end",
        }
    }

    /// Whether it happens each time that it arrives, so that it must never be sent twice.
    #[must_use]
    pub const fn is_blind(self) -> bool {
        matches!(self, Self::Request | Self::PartialRefund)
    }
}

/// How the method goes from request to money; fixed when the charge is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The steps of a payment.
    pub flow: ApiFlow,
    /// Who captures.
    pub capture: CaptureMode,
    /// Whether an inquiry can find the request by its `order_id`.
    pub ask_by_order: bool,
    /// Whether there is an inquiry at all.
    pub ask: bool,
    /// Whether an inquiry tells the refunded sum.
    pub ask_refunded: bool,
    /// Seconds for which a call was valid at the gateway when the charge was recorded; each step has its own.
    pub limit_seconds: u32,
}

/// What is known of an open step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Somebody is sending it, or died while doing so.
    Sending,
    /// Its answer was lost, or leaves the outcome open.
    Unknown,
}

/// The step that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Which one.
    pub step: Step,
    /// Yen of a capture, a period or a partial refund; 0 where the step has none.
    pub amount: Yen,
    /// The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund.
    pub key: Option<String>,
    /// What is known.
    pub state: StepState,
    /// When it was opened.
    pub since: Timestamp,
    /// When it was last signed: the gateway refuses it after this plus the limit.
    pub signed_at: Timestamp,
    /// Seconds for which it was signed; `None` in rows of earlier versions: that of the [`Plan`].
    #[serde(default)]
    pub limit_seconds: Option<u32>,
    /// How often it may have been sent.
    pub sends: u32,
    /// Until when the gateway may accept one that was sent before the last; `None` when none may have been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_until: Option<Timestamp>,
    /// Somebody sends again what may have been sent before, and has no answer yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resending: bool,
    /// How often somebody looked for its outcome.
    pub looks: u32,
    /// Yen refunded before it.
    pub refunded_before: Yen,
    /// Somebody who asked has gone away without its outcome, so that it is told by an event.
    #[serde(default)]
    pub lost: bool,
}

impl Pending {
    /// Until when whoever is sending it is left alone, if somebody is.
    #[must_use]
    pub(crate) fn sending_until(&self, sending: Duration) -> Option<Timestamp> {
        let is_sending = self.state == StepState::Sending || self.resending;
        is_sending.then(|| self.signed_at.plus(sending))
    }

    /// Whether its outcome, whatever it is, has to be told by an event.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        self.lost || self.state == StepState::Unknown
    }
}

/// A sum of deposits that a notice told of, and that the inquiry has to confirm: it would call a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Yen that the notice says were deposited in all.
    pub deposited: Yen,
    /// When that was, as the notice writes it.
    pub received: String,
    /// When the notice came.
    pub since: Timestamp,
    /// How often somebody asked without an answer.
    pub looks: u32,
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryResult {
    /// The gateway said yes.
    Done,
    /// The gateway said no.
    Rejected(Rejection),
    /// It provably never left.
    NotSent,
    /// Its outcome was open, and evidence showed that it happened.
    Found,
    /// Its outcome was open, and evidence showed that it did not happen.
    FoundMissing,
    /// A person said so.
    Reviewed,
}

/// A step that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which one.
    pub step: Step,
    /// Its yen.
    pub amount: Yen,
    /// The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund.
    pub key: Option<String>,
    /// When its end was recorded.
    pub at: Timestamp,
    /// When it was signed last, if it may have been sent.
    #[serde(default)]
    pub signed_at: Option<Timestamp>,
    /// How.
    pub result: EntryResult,
}

/// A refunded month of a simple recurring contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthRefund {
    /// `YYYYMM`.
    pub month: String,
    /// When.
    pub at: Timestamp,
}

/// What is known of a month of a simple recurring contract: the gateway bills it and tells nobody, so that it is known
/// from a settlement statement only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledMonth {
    /// `YYYYMM`.
    pub month: String,
    /// Yen that were billed; 0 when a statement proves that the month was not.
    pub amount: Yen,
    /// When it was billed, as the statement has it; for a month that was not, when that was found out.
    pub at: Timestamp,
}

/// Why a person must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OpenReason {
    /// The bound of an unknown step passed without evidence.
    NoEvidence,
    /// The gateway says something that contradicts what is recorded.
    Contradiction,
    /// More was deposited than asked, or a deposit was taken back.
    DepositSum,
}

/// One `order_id` at the API type. `Debug` shows the names of its details, never their values.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// The shop's id; the `order_id` at the gateway.
    pub id: String,
    /// The contract it goes under.
    pub contract: ContractId,
    /// Tag of the method.
    pub method: String,
    /// What it is for.
    pub kind: Kind,
    /// Yen asked; for a contract the monthly amount, 0 when metered.
    pub amount: Yen,
    /// How the method works.
    pub plan: Plan,
    /// Where it stands.
    pub phase: ChargePhase,
    /// The gateway's id, once known.
    pub tracking_id: Option<String>,
    /// The gateway's id of the first exchange, once known.
    pub transaction_id: Option<String>,
    /// Further facts of the gateway's answers, by name: what the customer needs to pay a slip, the card's brand.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    /// Yen captured.
    pub captured: Yen,
    /// Yen refunded.
    pub refunded: Yen,
    /// When it was last learned that more was refunded than by the steps of this charge: on the management page, or by
    /// copies of a request on its way. All of that happened before.
    #[serde(default)]
    pub refunded_elsewhere_by: Option<Timestamp>,
    /// Yen deposited so far.
    pub deposited: Yen,
    /// Another sum of deposits, not confirmed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    /// The open step.
    pub pending: Option<Pending>,
    /// Steps that are over, oldest first.
    pub log: Vec<Entry>,
    /// Refunded months of a simple recurring contract.
    #[serde(default)]
    pub refunded_months: Vec<MonthRefund>,
    /// Months of a simple recurring contract that statements told of, in the order in which they were compared.
    #[serde(default)]
    pub billed_months: Vec<BilledMonth>,
    /// First month (`YYYYMM`) that the gateway may bill a contract that was taken over; `None`: that of its beginning.
    #[serde(default)]
    pub billed_from: Option<String>,
    /// When a contract ended, as far as it was told.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
    /// Why the request was refused.
    pub rejection: Option<Rejection>,
    /// Why a person must look.
    pub review: Option<OpenReason>,
    /// Last instant at which a slip can be paid.
    pub pay_by: Option<Timestamp>,
    /// The shop was told to deliver.
    pub paid_told: bool,
    /// When it was recorded.
    pub created_at: Timestamp,
}

impl fmt::Debug for Charge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Charge")
            .field("id", &self.id)
            .field("contract", &self.contract)
            .field("method", &self.method)
            .field("kind", &self.kind)
            .field("amount", &self.amount)
            .field("plan", &self.plan)
            .field("phase", &self.phase)
            .field("tracking_id", &self.tracking_id)
            .field("transaction_id", &self.transaction_id)
            .field("details", &self.details.keys())
            .field("captured", &self.captured)
            .field("refunded", &self.refunded)
            .field("refunded_elsewhere_by", &self.refunded_elsewhere_by)
            .field("deposited", &self.deposited)
            .field("doubt", &self.doubt)
            .field("pending", &self.pending)
            .field("log", &self.log)
            .field("refunded_months", &self.refunded_months)
            .field("billed_months", &self.billed_months)
            .field("billed_from", &self.billed_from)
            .field("ended_at", &self.ended_at)
            .field("rejection", &self.rejection)
            .field("review", &self.review)
            .field("pay_by", &self.pay_by)
            .field("paid_told", &self.paid_told)
            .field("created_at", &self.created_at)
            .finish()
    }
}

/// What [`Charge::new`] needs.
#[derive(Clone, Debug)]
pub struct NewCharge {
    /// The shop's id.
    pub id: String,
    /// The contract it goes under.
    pub contract: ContractId,
    /// Tag of the method.
    pub method: String,
    /// What it is for.
    pub kind: Kind,
    /// Yen asked.
    pub amount: Yen,
    /// How the method works.
    pub plan: Plan,
    /// Last instant at which a slip can be paid.
    pub pay_by: Option<Timestamp>,
    /// Now.
    pub at: Timestamp,
}

impl Charge {
    /// Longest id in characters: it is the `order_id`.
    pub const MAX_ID_LEN: usize = 38;

    /// Most steps of one charge: each has to be kept.
    pub const MAX_STEPS: usize = 500;

    /// A charge of which nothing was sent.
    ///
    /// # Errors
    /// `invalid_value` when the id is not 1 to 38 of `[0-9A-Za-z_-]`.
    pub fn new(new: NewCharge) -> Result<Self> {
        let fits = (1..=Self::MAX_ID_LEN).contains(&new.id.len())
            && new
                .id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if !fits {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "order_id",
                "must be 1 to 38 of 0-9, A-Z, a-z, '_' and '-'",
            ));
        }
        Ok(Self {
            id: new.id,
            contract: new.contract,
            method: new.method,
            kind: new.kind,
            amount: new.amount,
            plan: new.plan,
            phase: ChargePhase::Prepared,
            tracking_id: None,
            transaction_id: None,
            details: BTreeMap::new(),
            captured: Yen::default(),
            refunded: Yen::default(),
            refunded_elsewhere_by: None,
            deposited: Yen::default(),
            doubt: None,
            pending: None,
            log: Vec::new(),
            refunded_months: Vec::new(),
            billed_months: Vec::new(),
            billed_from: None,
            ended_at: None,
            rejection: None,
            review: None,
            pay_by: new.pay_by,
            paid_told: false,
            created_at: new.at,
        })
    }

    /// Whether the outcome of a step is open.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(&self.pending, Some(pending) if pending.state == StepState::Unknown)
    }

    /// Whether somebody or something still has to act.
    #[must_use]
    pub fn is_unresolved(&self) -> bool {
        self.pending.is_some()
            || self.doubt.is_some()
            || self.review.is_some()
            || self.phase == ChargePhase::Authorised
    }

    /// Yen that were captured and not refunded.
    #[must_use]
    pub fn kept(&self) -> Yen {
        Yen::new(self.captured.get().saturating_sub(self.refunded.get()))
    }

    /// What is known of a month (`YYYYMM`) of a simple recurring contract.
    #[must_use]
    pub fn billed_month(&self, month: &str) -> Option<&BilledMonth> {
        self.billed_months.iter().find(|known| known.month == month)
    }

    /// When the last deposit of a slip happened, if a notice told it; noon where it told only the day.
    #[must_use]
    pub fn deposited_at(&self) -> Option<Timestamp> {
        let told = self.details.get(RECEIVED)?;
        let noon = format!("{told}120000");
        let at = Timestamp::parse_jst(if told.len() == 8 { &noon } else { told });
        at.ok()
    }

    /// Last instant, by the gateway's clock, at which the gateway still accepts the open step as it was signed.
    #[must_use]
    pub fn valid_until(&self) -> Option<Timestamp> {
        let pending = self.pending.as_ref()?;
        let limit = pending.limit_seconds.unwrap_or(self.plan.limit_seconds);
        Some(pending.signed_at.plus_seconds(i64::from(limit)))
    }

    /// Names the open step.
    #[must_use]
    pub fn ticket(&self, next_look: Option<Timestamp>) -> Option<Ticket> {
        let pending = self.pending.as_ref()?;
        Some(Ticket {
            id: self.id.clone(),
            step: pending.step.name().to_owned(),
            key: pending.key.clone(),
            since: pending.since,
            next_look,
        })
    }

    /// How the last try of a step ended.
    #[must_use]
    pub fn last(&self, step: Step, key: Option<&str>) -> Option<&Entry> {
        let tried = |entry: &&Entry| entry.step == step && entry.key.as_deref() == key;
        self.log.iter().rev().find(tried)
    }

    /// What the row is searched by: an open step hides the phase that was reached before it.
    #[must_use]
    pub fn search_phase(&self) -> &'static str {
        match &self.pending {
            _ if self.review.is_some() => ChargePhase::NeedsReview.name(),
            Some(pending) if pending.state == StepState::Sending => SENDING,
            Some(_) => ChargePhase::Unknown.name(),
            None if self.doubt.is_some() => ChargePhase::Unknown.name(),
            None => self.phase.name(),
        }
    }
}
