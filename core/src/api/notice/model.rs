//! What a verified notice says.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::api::function::FunctionId;
use crate::contract::ContractId;
use crate::money::Yen;
use crate::time::Timestamp;
use crate::wire::xml::Element;

/// Whether the gateway encrypts `pay_method_info` of notices: a setting of the contract, no field says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeEncryption {
    /// Plain.
    #[default]
    Plain,
    /// By the 3DES key of the contract.
    Encrypted,
}

/// What a notice reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// `NT01-00103` (入金通知): a deposit at a store or a bank, or its cancellation.
    Deposit(Deposit),
    /// `NT01-00104` (期限切れ通知): the day by which it had to be paid has passed.
    Expired,
    /// A notice that this version does not know. Keep it and answer `OK`.
    Other,
}

/// One deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// What happened to it.
    pub kind: DepositKind,
    /// This deposit.
    pub amount: Yen,
    /// All deposits so far, this one counted. Compare it with what was asked: more or less may have been paid.
    pub total: Option<Yen>,
}

/// `rec_type` (入金区分).
///
/// Paid on a preliminary or a confirmed deposit, whichever comes first; not any more after either is cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DepositKind {
    /// `1` (速報): the customer paid at the counter.
    Preliminary,
    /// `2` (速報取消): that did not hold.
    PreliminaryCancelled,
    /// `3` (確報): the money arrived.
    Confirmed,
    /// `4` (確報取消): that did not hold.
    ConfirmedCancelled,
    /// One character that this version does not know.
    Other(char),
}

impl DepositKind {
    pub(super) fn from_wire(code: char) -> Self {
        match code {
            '1' => Self::Preliminary,
            '2' => Self::PreliminaryCancelled,
            '3' => Self::Confirmed,
            '4' => Self::ConfirmedCancelled,
            other => Self::Other(other),
        }
    }

    /// The code of the wire.
    #[must_use]
    pub const fn code(&self) -> char {
        match self {
            Self::Preliminary => '1',
            Self::PreliminaryCancelled => '2',
            Self::Confirmed => '3',
            Self::ConfirmedCancelled => '4',
            Self::Other(code) => *code,
        }
    }

    /// Whether it says that money came.
    #[must_use]
    pub const fn is_paid(&self) -> bool {
        matches!(self, Self::Preliminary | Self::Confirmed)
    }

    /// Whether it says that money that was reported did not come after all.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        matches!(self, Self::PreliminaryCancelled | Self::ConfirmedCancelled)
    }
}

/// A notice (通知) of the API type.
///
/// Exists only inside [`Verified`](crate::link::Verified): lengths, characters and hash were checked. `Debug` shows no
/// personal field.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiNotice {
    pub(super) function: FunctionId,
    pub(super) contract_id: ContractId,
    pub(super) kind: NoticeKind,
    pub(super) transaction_id: Option<String>,
    pub(super) tracking_id: String,
    pub(super) order_id: Option<String>,
    pub(super) received: Option<String>,
    pub(super) request_date: Timestamp,
    pub(super) fields: Element,
}

impl ApiNotice {
    /// The function: what the answer repeats.
    #[must_use]
    pub fn function(&self) -> &FunctionId {
        &self.function
    }

    /// Merchant and service.
    #[must_use]
    pub fn contract_id(&self) -> &ContractId {
        &self.contract_id
    }

    /// What it reports.
    #[must_use]
    pub fn kind(&self) -> &NoticeKind {
        &self.kind
    }

    /// The deposit, if it reports one.
    #[must_use]
    pub fn deposit(&self) -> Option<&Deposit> {
        match &self.kind {
            NoticeKind::Deposit(deposit) => Some(deposit),
            _ => None,
        }
    }

    /// `sps_transaction_id` of the request that made the payment.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.transaction_id.as_deref()
    }

    /// `tracking_id` (トラッキングID), 14 digits: the payment.
    #[must_use]
    pub fn tracking_id(&self) -> &str {
        &self.tracking_id
    }

    /// `order_id` (購入ID), where the contract has it returned.
    #[must_use]
    pub fn order_id(&self) -> Option<&str> {
        self.order_id.as_deref()
    }

    /// `rec_datetime` (入金日時) as sent: 14 digits, or the day alone in 8.
    #[must_use]
    pub fn received(&self) -> Option<&str> {
        self.received.as_deref()
    }

    /// `request_date`: when the gateway signed this notice.
    #[must_use]
    pub fn request_date(&self) -> Timestamp {
        self.request_date
    }

    /// The value at a path such as `pay_method_info/rec_extra`, if it is there and not blank. May be personal.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        let text = self.fields.at(path)?.text();
        Some(text).filter(|text| !text.is_empty())
    }

    /// Every field, in plain form. May be personal.
    #[must_use]
    pub fn fields(&self) -> &Element {
        &self.fields
    }
}

impl fmt::Debug for ApiNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiNotice")
            .field("function", &self.function)
            .field("contract_id", &self.contract_id)
            .field("kind", &self.kind)
            .field("tracking_id", &self.tracking_id)
            .field("order_id", &self.order_id)
            .field("received", &self.received)
            .field("request_date", &self.request_date)
            .finish_non_exhaustive()
    }
}
