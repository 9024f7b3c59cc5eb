//! Field tables of the requests and orders of the results.
//!
//! Sources: docs/protocol/link-type.md#fields, #registration, #recurring, #results.

/// Character classes of the field tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Half-width digits.
    Digits,
    /// Printable single-byte characters.
    Single,
    /// Anything Shift_JIS can say, without control characters.
    Mixed,
}

/// How long a value may be: characters, for mixed texts bytes of Shift_JIS (assumed).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Exactly so many.
    Fixed(usize),
    /// At most so many.
    Max(usize),
}

/// One row of a field table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Tag.
    pub name: &'static str,
    /// Length.
    pub length: Length,
    /// Character class.
    pub kind: Kind,
    /// Whether an empty value is refused.
    pub required: bool,
}

const fn rule(name: &'static str, length: Length, kind: Kind, required: bool) -> Rule {
    Rule {
        name,
        length,
        kind,
        required,
    }
}

use Kind::{Digits, Mixed, Single};
use Length::{Fixed, Max};

/// The tag of the hash, the last of every message.
pub const HASH: &str = "sps_hashcode";

/// A01-1, in definition order; detail rows stand before `request_date`.
pub const PURCHASE: &[Rule] = &[
    rule("pay_method", Max(1000), Single, false),
    rule("merchant_id", Fixed(5), Digits, true),
    rule("service_id", Fixed(3), Digits, true),
    rule("cust_code", Max(64), Single, true),
    rule("sps_cust_no", Fixed(12), Digits, false),
    rule("sps_payment_no", Fixed(3), Digits, false),
    rule("order_id", Max(38), Single, true),
    rule("item_id", Max(32), Single, true),
    rule("pay_item_id", Max(20), Single, false),
    rule("item_name", Max(40), Mixed, false),
    rule("tax", Max(7), Digits, false),
    rule("amount", Max(10), Digits, true),
    rule("pay_type", Fixed(1), Digits, true),
    rule("auto_charge_type", Fixed(1), Digits, false),
    rule("service_type", Fixed(1), Digits, true),
    rule("div_settele", Fixed(1), Digits, false),
    rule("last_charge_month", Fixed(6), Digits, false),
    rule("camp_type", Fixed(1), Digits, false),
    rule("tracking_id", Fixed(14), Digits, false),
    rule("terminal_type", Fixed(1), Digits, false),
    rule("success_url", Max(256), Single, true),
    rule("cancel_url", Max(256), Single, true),
    rule("error_url", Max(256), Single, true),
    rule("pagecon_url", Max(256), Single, true),
    rule("free1", Max(20), Mixed, false),
    rule("free2", Max(20), Mixed, false),
    rule("free3", Max(20), Mixed, false),
    rule("free_csv", Max(4000), Single, false),
    rule("request_date", Fixed(14), Digits, true),
    rule("limit_second", Max(4), Digits, false),
];

/// One detail row.
pub const ROW: &[Rule] = &[
    rule("dtl_rowno", Max(3), Digits, true),
    rule("dtl_item_id", Max(20), Single, true),
    rule("dtl_item_name", Max(40), Mixed, true),
    rule("dtl_item_count", Max(6), Digits, false),
    rule("dtl_tax", Max(7), Digits, false),
    rule("dtl_amount", Max(7), Digits, false),
    rule("dtl_free1", Max(20), Mixed, false),
    rule("dtl_free2", Max(20), Mixed, false),
    rule("dtl_free3", Max(20), Mixed, false),
];

/// B01-1 and C01-1.
pub const CUSTOMER: &[Rule] = &[
    rule("pay_method", Max(1000), Single, false),
    rule("merchant_id", Fixed(5), Digits, true),
    rule("service_id", Fixed(3), Digits, true),
    rule("cust_code", Max(64), Single, true),
    rule("sps_cust_no", Fixed(12), Digits, false),
    rule("sps_payment_no", Fixed(3), Digits, false),
    rule("terminal_type", Fixed(1), Digits, false),
    rule("success_url", Max(256), Single, true),
    rule("cancel_url", Max(256), Single, true),
    rule("error_url", Max(256), Single, true),
    rule("pagecon_url", Max(256), Single, true),
    rule("free1", Max(20), Mixed, false),
    rule("free2", Max(20), Mixed, false),
    rule("free3", Max(20), Mixed, false),
    rule("free_csv", Max(4000), Single, false),
    rule("request_date", Fixed(14), Digits, true),
    rule("limit_second", Max(4), Digits, false),
];

/// D01-1.
pub const RECURRING: &[Rule] = &[
    rule("pay_method", Max(1000), Single, false),
    rule("merchant_id", Fixed(5), Digits, true),
    rule("service_id", Fixed(3), Digits, true),
    rule("cust_code", Max(64), Single, true),
    rule("order_id", Max(38), Single, true),
    rule("item_id", Max(32), Single, true),
    rule("item_name", Max(40), Mixed, false),
    rule("service_type", Fixed(1), Digits, true),
    rule("tracking_id", Fixed(14), Digits, false),
    rule("terminal_type", Fixed(1), Digits, false),
    rule("success_url", Max(256), Single, true),
    rule("cancel_url", Max(256), Single, true),
    rule("error_url", Max(256), Single, true),
    rule("pagecon_url", Max(256), Single, true),
    rule("free1", Max(20), Mixed, false),
    rule("free2", Max(20), Mixed, false),
    rule("free3", Max(20), Mixed, false),
    rule("request_date", Fixed(14), Digits, true),
    rule("limit_second", Max(4), Digits, false),
];

/// Where the detail rows stand in a list of tags.
pub const ROWS: &str = "[rows]";

/// Order of a purchase result (A02-1, A03-1, cancel and error returns, later notices).
pub const PURCHASE_RESULT: &[&str] = &[
    "pay_method",
    "merchant_id",
    "service_id",
    "cust_code",
    "sps_cust_no",
    "sps_payment_no",
    "order_id",
    "item_id",
    "pay_item_id",
    "item_name",
    "tax",
    "amount",
    "pay_type",
    "auto_charge_type",
    "service_type",
    "div_settele",
    "last_charge_month",
    "camp_type",
    "tracking_id",
    "terminal_type",
    "free1",
    "free2",
    "free3",
    ROWS,
    "request_date",
    "res_pay_method",
    "res_result",
    "res_tracking_id",
    "res_sps_cust_no",
    "res_sps_payment_no",
    "res_payinfo_key",
    "res_payment_date",
    "res_err_code",
    "res_date",
    "limit_second",
];

/// Order of a registration result (B02-1, B03-1; for C01-1 assumed the same).
pub const CUSTOMER_RESULT: &[&str] = &[
    "pay_method",
    "merchant_id",
    "service_id",
    "cust_code",
    "sps_cust_no",
    "sps_payment_no",
    "terminal_type",
    "free1",
    "free2",
    "free3",
    "request_date",
    "res_pay_method",
    "res_result",
    "res_sps_cust_no",
    "res_sps_payment_no",
    "res_payinfo_key",
    "res_err_code",
    "res_date",
    "limit_second",
];

/// A function of the link type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Function {
    /// A01-1.
    #[serde(rename = "A01-1")]
    Purchase,
    /// B01-1.
    #[serde(rename = "B01-1")]
    Customer,
    /// C01-1.
    #[serde(rename = "C01-1")]
    CustomerDelete,
    /// D01-1.
    #[serde(rename = "D01-1")]
    Recurring,
}

impl Function {
    /// Name of the request.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Purchase => "A01-1",
            Self::Customer => "B01-1",
            Self::CustomerDelete => "C01-1",
            Self::Recurring => "D01-1",
        }
    }

    /// Name of the notice to the merchant's server. B is numbered the other way
    /// round than A by the one source that has it; C and D are assumed.
    #[must_use]
    pub fn notice(self) -> &'static str {
        match self {
            Self::Purchase => "A02-1",
            Self::Customer => "B03-1",
            Self::CustomerDelete => "C03-1",
            Self::Recurring => "D02-1",
        }
    }

    /// Name of the browser's result.
    #[must_use]
    pub fn browser_result(self) -> &'static str {
        match self {
            Self::Purchase => "A03-1",
            Self::Customer => "B02-1",
            Self::CustomerDelete => "C02-1",
            Self::Recurring => "D03-1",
        }
    }

    /// Field table of the request.
    #[must_use]
    pub fn table(self) -> &'static [Rule] {
        match self {
            Self::Purchase => PURCHASE,
            Self::Customer | Self::CustomerDelete => CUSTOMER,
            Self::Recurring => RECURRING,
        }
    }

    /// Order of the result. D's is assumed to be A's.
    #[must_use]
    pub fn result_order(self) -> &'static [&'static str] {
        match self {
            Self::Purchase | Self::Recurring => PURCHASE_RESULT,
            Self::Customer | Self::CustomerDelete => CUSTOMER_RESULT,
        }
    }

    /// Whether detail rows belong to it.
    #[must_use]
    pub fn has_rows(self) -> bool {
        matches!(self, Self::Purchase)
    }

    /// What the mock's reading of it rests on.
    #[must_use]
    pub fn provenance(self) -> Provenance {
        match self {
            Self::Purchase | Self::Customer => Provenance::Specified,
            Self::CustomerDelete | Self::Recurring => Provenance::Assumed,
        }
    }
}

/// What the mock's behaviour rests on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Published.
    Specified,
    /// Seen in a real exchange or in working public code.
    Recorded,
    /// A decision of this project.
    Assumed,
}
