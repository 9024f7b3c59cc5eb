//! Which message a URL of the shop expects.

use serde::{Deserialize, Serialize};

use crate::link::order::{self, Order};
use crate::wire::hash::HashCharset;

/// The kind of a message that comes back. The shop knows it by the URL on which it arrives.
///
/// Source: docs/protocol/link-type.md#results
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A02-1, the purchase result from server to server (購入結果通知), and the later `PY CN CR CC CL`.
    PurchaseNotice,
    /// A03-1, the purchase result through the browser, to `success_url`. Display only.
    PurchaseReturn,
    /// To `cancel_url`.
    CancelReturn,
    /// To `error_url`.
    ErrorReturn,
    /// Result of B01-1 or C01-1, server to server.
    RegistrationNotice,
    /// Result of B01-1 or C01-1 through the browser.
    RegistrationReturn,
    /// Result of D01-1, server to server. Its field set is taken to be A02-1's.
    RecurringNotice,
    /// Result of D01-1 through the browser. Its field set is taken to be A03-1's.
    RecurringReturn,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::PurchaseNotice,
        Self::PurchaseReturn,
        Self::CancelReturn,
        Self::ErrorReturn,
        Self::RegistrationNotice,
        Self::RegistrationReturn,
        Self::RecurringNotice,
        Self::RecurringReturn,
    ];

    /// Stable name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PurchaseNotice => "purchase_notice",
            Self::PurchaseReturn => "purchase_return",
            Self::CancelReturn => "cancel_return",
            Self::ErrorReturn => "error_return",
            Self::RegistrationNotice => "registration_notice",
            Self::RegistrationReturn => "registration_return",
            Self::RecurringNotice => "recurring_notice",
            Self::RecurringReturn => "recurring_return",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the gateway's server sends it. Only such a message may change what the shop does.
    #[must_use]
    pub const fn is_notice(self) -> bool {
        matches!(
            self,
            Self::PurchaseNotice | Self::RegistrationNotice | Self::RecurringNotice
        )
    }

    /// The charset that its hash is made in; the body is Shift_JIS always.
    #[must_use]
    pub const fn hash_charset(self) -> HashCharset {
        if self.is_notice() {
            HashCharset::Utf8
        } else {
            HashCharset::ShiftJis
        }
    }

    /// What one first-seen key must not mix: a return that was seen must not hide the notice that counts.
    pub(crate) const fn family(self) -> &'static str {
        match self {
            Self::CancelReturn | Self::ErrorReturn => Self::PurchaseReturn.name(),
            other => other.name(),
        }
    }

    pub(crate) const fn order(self) -> &'static Order {
        match self {
            Self::RegistrationNotice | Self::RegistrationReturn => &order::REGISTRATION_RESULT,
            _ => &order::PURCHASE_RESULT,
        }
    }

    /// The definition of the request that this answers.
    pub(crate) const fn request_order(self) -> &'static Order {
        match self {
            Self::PurchaseNotice
            | Self::PurchaseReturn
            | Self::CancelReturn
            | Self::ErrorReturn => &order::PURCHASE_REQUEST,
            Self::RegistrationNotice | Self::RegistrationReturn => &order::REGISTRATION_REQUEST,
            Self::RecurringNotice | Self::RecurringReturn => &order::RECURRING_REQUEST,
        }
    }

    /// Fields that may not be blank.
    pub(crate) const fn required(self) -> &'static [&'static str] {
        match self {
            Self::RegistrationNotice | Self::RegistrationReturn => &[
                "merchant_id",
                "service_id",
                "cust_code",
                "request_date",
                "res_result",
                "res_date",
            ],
            Self::RecurringNotice | Self::RecurringReturn => &[
                "merchant_id",
                "service_id",
                "cust_code",
                "order_id",
                "service_type",
                "request_date",
                "res_result",
                "res_date",
            ],
            _ => &[
                "merchant_id",
                "service_id",
                "cust_code",
                "order_id",
                "amount",
                "pay_type",
                "service_type",
                "request_date",
                "res_result",
                "res_date",
            ],
        }
    }
}
