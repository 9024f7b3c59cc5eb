//! The definition order of the fields of each message: the order of the wire and of the hash.
//!
//! `sps_hashcode` closes every message and is not listed. Detail rows stand between the two halves.
//!
//! Source: docs/protocol/link-type.md#fields

/// The order of one message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// The fields before the detail rows.
    pub(crate) head: &'static [&'static str],
    /// Whether detail rows may follow the head.
    pub(crate) rows: bool,
    /// The fields after the detail rows.
    pub(crate) tail: &'static [&'static str],
}

impl Order {
    /// All names outside the detail rows, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.head.iter().chain(self.tail).copied()
    }
}

/// One detail row (明細行).
pub(crate) const ROW: &[&str] = &[
    "dtl_rowno",
    "dtl_item_id",
    "dtl_item_name",
    "dtl_item_count",
    "dtl_tax",
    "dtl_amount",
    "dtl_free1",
    "dtl_free2",
    "dtl_free3",
];

/// A01-1, the purchase request (購入要求).
pub(crate) const PURCHASE_REQUEST: Order = Order {
    head: &[
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
        "success_url",
        "cancel_url",
        "error_url",
        "pagecon_url",
        "free1",
        "free2",
        "free3",
        "free_csv",
    ],
    rows: true,
    tail: &["request_date", "limit_second"],
};

/// A02-1 and A03-1, the purchase result to the server and through the browser (購入結果), also by cancel and error
/// URL; D02-1 and D03-1 are taken to be the same.
pub(crate) const PURCHASE_RESULT: Order = Order {
    head: &[
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
    ],
    rows: true,
    tail: &[
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
    ],
};

/// B01-1 and C01-1, to register or delete a customer's payment information (顧客決済情報).
pub(crate) const REGISTRATION_REQUEST: Order = Order {
    head: &[
        "pay_method",
        "merchant_id",
        "service_id",
        "cust_code",
        "sps_cust_no",
        "sps_payment_no",
        "terminal_type",
        "success_url",
        "cancel_url",
        "error_url",
        "pagecon_url",
        "free1",
        "free2",
        "free3",
        "free_csv",
    ],
    rows: false,
    tail: &["request_date", "limit_second"],
};

/// B02-1 and B03-1, the result of a registration; C02-1 and C03-1 are taken to be the same.
pub(crate) const REGISTRATION_RESULT: Order = Order {
    head: &[
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
    ],
    rows: false,
    tail: &[
        "request_date",
        "res_pay_method",
        "res_result",
        "res_sps_cust_no",
        "res_sps_payment_no",
        "res_payinfo_key",
        "res_err_code",
        "res_date",
        "limit_second",
    ],
};

/// D01-1, the application for recurring billing (継続課金申込).
pub(crate) const RECURRING_REQUEST: Order = Order {
    head: &[
        "pay_method",
        "merchant_id",
        "service_id",
        "cust_code",
        "order_id",
        "item_id",
        "item_name",
        "service_type",
        "tracking_id",
        "terminal_type",
        "success_url",
        "cancel_url",
        "error_url",
        "pagecon_url",
        "free1",
        "free2",
        "free3",
    ],
    rows: false,
    tail: &["request_date", "limit_second"],
};
