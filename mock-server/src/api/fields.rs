//! Field tables of the API type's requests: order, kind, length, number in an error code.
//!
//! Orders are those in which public clients send the fields (docs/protocol/api-type.md#fields).
//! Field numbers of card data beyond `dealings_type`, and whatever NetMile has, are assumed.

use super::function::Operation;

/// Character class of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Half-width digits; blanks are an error.
    Digits,
    /// Printable single-byte characters.
    Single,
    /// Anything Shift_JIS can say; Base64 on the wire.
    Multi,
}

/// Length in characters, for multi-byte values in bytes of Shift_JIS (assumed).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Fixed(usize),
    Max(usize),
}

/// One leaf of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    /// Path below the root.
    pub(crate) path: &'static str,
    pub(crate) kind: Kind,
    pub(crate) length: Length,
    pub(crate) required: bool,
    /// Last three digits of an error code about it.
    pub(crate) number: u16,
}

impl Rule {
    /// A row of details, which may repeat.
    pub(crate) fn is_row(&self) -> bool {
        self.path.starts_with("dtls/")
    }
}

/// Group whose leaves are secret.
pub(crate) const SECRET: &str = "pay_method_info/";

/// Number of an error that is about no field.
pub(crate) const NO_FIELD: u16 = 999;

const fn r(path: &'static str, kind: Kind, length: Length, required: bool, number: u16) -> Rule {
    Rule {
        path,
        kind,
        length,
        required,
        number,
    }
}

use Kind::{Digits as D, Multi as M, Single as X};
use Length::{Fixed, Max};

const IDS: &[Rule] = &[
    r("merchant_id", D, Fixed(5), true, 1),
    r("service_id", D, Fixed(3), true, 2),
];
const CUSTOMER: &[Rule] = &[r("cust_code", X, Max(64), true, 3)];
const ORDER: &[Rule] = &[
    r("cust_code", X, Max(64), true, 3),
    r("order_id", X, Max(38), true, 4),
    r("item_id", X, Max(32), true, 5),
    r("item_name", M, Max(40), false, 6),
    r("tax", D, Max(7), false, 7),
    r("amount", D, Max(10), true, 8),
    r("free1", M, Max(20), false, 10),
    r("free2", M, Max(20), false, 11),
    r("free3", M, Max(20), false, 12),
    r("order_rowno", D, Max(2), false, 13),
];
const CUST_FLAG: &[Rule] = &[r("sps_cust_info_return_flg", D, Fixed(1), false, 30)];
const ROWS: &[Rule] = &[
    r("dtls/dtl/dtl_rowno", D, Max(3), false, 14),
    r("dtls/dtl/dtl_item_id", X, Max(20), false, 15),
    r("dtls/dtl/dtl_item_name", M, Max(40), false, 16),
    r("dtls/dtl/dtl_item_count", D, Max(6), false, 17),
    r("dtls/dtl/dtl_tax", D, Max(7), false, 18),
    r("dtls/dtl/dtl_amount", D, Max(7), false, 19),
];
const FLAG: &[Rule] = &[r("encrypted_flg", D, Fixed(1), false, 28)];
const TAIL: &[Rule] = &[
    r("request_date", D, Fixed(14), true, 23),
    r("limit_second", D, Max(4), false, 24),
    r("sps_hashcode", X, Fixed(40), true, 25),
];
const TRANSACTION: &[Rule] = &[r("sps_transaction_id", X, Max(32), false, 26)];
const TRACKING: &[Rule] = &[r("tracking_id", D, Fixed(14), true, 27)];
const TRACKING_OR_ORDER: &[Rule] = &[
    r("tracking_id", D, Fixed(14), false, 27),
    r("order_id", X, Max(38), false, 4),
];
const TRACKING_OPTIONAL: &[Rule] = &[r("tracking_id", D, Fixed(14), false, 27)];
const PROCESSED: &[Rule] = &[r("processing_datetime", D, Fixed(14), false, 29)];
const INFO_TYPE: &[Rule] = &[r("response_info_type", D, Fixed(1), false, NO_FIELD)];
const SOME_AMOUNT: &[Rule] = &[r("pay_option_manage/amount", D, Max(10), false, 8)];
const THE_AMOUNT: &[Rule] = &[r("pay_option_manage/amount", D, Max(10), true, 8)];
const MONTH: &[Rule] = &[r(
    "pay_option_manage/cancel_target_month",
    D,
    Fixed(6),
    false,
    200,
)];
const CARD_NUMBER: &[Rule] = &[
    r("pay_method_info/cc_number", D, Max(16), true, 200),
    r("pay_method_info/cc_expiration", D, Fixed(6), true, 201),
    r("pay_method_info/security_code", D, Max(4), false, 204),
];
const DEALINGS: &[Rule] = &[
    r("pay_method_info/dealings_type", X, Max(2), false, 202),
    r("pay_method_info/divide_times", D, Max(3), false, 203),
];
const RESERVED: &[Rule] = &[
    r("pay_method_info/resrv1", M, Max(48), false, NO_FIELD),
    r("pay_method_info/resrv2", M, Max(48), false, NO_FIELD),
    r("pay_method_info/resrv3", M, Max(48), false, NO_FIELD),
];
const TOKEN: &[Rule] = &[
    r("pay_option_manage/token", X, Max(64), false, NO_FIELD),
    r("pay_option_manage/token_key", X, Max(64), false, NO_FIELD),
];
const MANAGE: &[Rule] = &[
    r(
        "pay_option_manage/cust_manage_flg",
        D,
        Fixed(1),
        false,
        NO_FIELD,
    ),
    r(
        "pay_option_manage/cardbrand_return_flg",
        D,
        Fixed(1),
        false,
        NO_FIELD,
    ),
    r(
        "pay_option_manage/pay_info_control_type",
        X,
        Max(1),
        false,
        NO_FIELD,
    ),
    r(
        "pay_option_manage/pay_info_detail_control_type",
        X,
        Max(1),
        false,
        NO_FIELD,
    ),
];
const BRAND_FLAG: &[Rule] = &[r(
    "pay_option_manage/cardbrand_return_flg",
    D,
    Fixed(1),
    false,
    NO_FIELD,
)];
const PAYER: &[Rule] = &[
    r("pay_method_info/issue_type", X, Fixed(1), true, 200),
    r("pay_method_info/last_name", M, Max(20), false, 201),
    r("pay_method_info/first_name", M, Max(20), false, 202),
    r("pay_method_info/last_name_kana", M, Max(20), false, 203),
    r("pay_method_info/first_name_kana", M, Max(20), false, 204),
    r("pay_method_info/first_zip", D, Fixed(3), false, 205),
    r("pay_method_info/second_zip", D, Fixed(4), false, 206),
    r("pay_method_info/add1", M, Max(50), false, 207),
    r("pay_method_info/add2", M, Max(50), false, 208),
    r("pay_method_info/add3", M, Max(100), false, 209),
    r("pay_method_info/tel", D, Max(11), true, 210),
    r("pay_method_info/mail", X, Max(100), true, 211),
    r("pay_method_info/seiyakudate", D, Fixed(8), true, 212),
];
const CVS: &[Rule] = &[
    r("pay_method_info/webcvstype", X, Fixed(3), true, 213),
    r("pay_method_info/bill_date", D, Fixed(8), false, 214),
];
const PAYEASY: &[Rule] = &[
    r("pay_method_info/payeasy_type", X, Max(1), false, NO_FIELD),
    r("pay_method_info/terminal_value", X, Max(1), false, NO_FIELD),
    r("pay_method_info/pay_csv", X, Max(256), false, NO_FIELD),
    r(
        "pay_method_info/bill_info_kana",
        M,
        Max(48),
        false,
        NO_FIELD,
    ),
    r("pay_method_info/bill_info", M, Max(48), false, NO_FIELD),
    r("pay_method_info/bill_note", M, Max(256), false, NO_FIELD),
    r("pay_method_info/bill_date", D, Fixed(8), false, 214),
];
const MEMBER: &[Rule] = &[r("pay_method_info/netmile_user_id", X, Max(64), true, 201)];
const FIRST_MONTH: &[Rule] = &[r("pay_option_manage/camp_type", D, Fixed(1), false, 22)];

/// The leaves of a function, in wire order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    parts: &'static [&'static [Rule]],
    /// Clients agree on the order.
    pub(crate) ordered: bool,
}

impl Table {
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'static Rule> + use<> {
        self.parts.iter().flat_map(|part| part.iter())
    }
}

/// The table of an operation.
pub(crate) fn table(operation: Operation) -> Table {
    use Operation as O;
    let parts: &'static [&'static [Rule]] = match operation {
        O::CardByNumber => &[
            IDS,
            ORDER,
            CUST_FLAG,
            ROWS,
            CARD_NUMBER,
            DEALINGS,
            RESERVED,
            MANAGE,
            FLAG,
            TAIL,
        ],
        O::CardByNumberAgain => &[
            IDS, TRACKING, ORDER, CUST_FLAG, ROWS, CARD_AGAIN, DEALINGS, RESERVED, MANAGE, FLAG,
            TAIL,
        ],
        O::CardByToken | O::CardContract => &[
            IDS, ORDER, CUST_FLAG, ROWS, DEALINGS, RESERVED, TOKEN, MANAGE, FLAG, TAIL,
        ],
        O::CardByTokenAgain => &[
            IDS, TRACKING, ORDER, CUST_FLAG, ROWS, DEALINGS, RESERVED, TOKEN, MANAGE, FLAG, TAIL,
        ],
        O::Commit | O::CardVoid => &[IDS, TRANSACTION, TRACKING, PROCESSED, TAIL],
        O::CardRefund => &[IDS, TRANSACTION, TRACKING, PROCESSED, MONTH, TAIL],
        O::CardCapture => &[IDS, TRANSACTION, TRACKING, PROCESSED, SOME_AMOUNT, TAIL],
        O::CardPartialRefund => &[IDS, TRANSACTION, TRACKING, PROCESSED, THE_AMOUNT, TAIL],
        O::EndSimple => &[IDS, TRANSACTION, TRACKING, PROCESSED, TAIL],
        O::CardInquiry => &[
            IDS,
            TRANSACTION,
            TRACKING_OPTIONAL,
            INFO_TYPE,
            BRAND_FLAG,
            FLAG,
            TAIL,
        ],
        O::CardStoreNumber { .. } => &[
            IDS,
            CUSTOMER,
            CUST_FLAG,
            CARD_NUMBER,
            RESERVED,
            BRAND_FLAG,
            FLAG,
            TAIL,
        ],
        O::CardStoreToken { .. } => &[
            IDS, CUSTOMER, CUST_FLAG, RESERVED, TOKEN, BRAND_FLAG, FLAG, TAIL,
        ],
        O::CardDelete => &[IDS, CUSTOMER, CUST_FLAG, FLAG, TAIL],
        O::CardRead => &[IDS, CUSTOMER, CUST_FLAG, INFO_TYPE, BRAND_FLAG, FLAG, TAIL],
        O::CvsRequest => &[IDS, ORDER, ROWS, PAYER, CVS, FLAG, TAIL],
        O::CvsInquiry => &[IDS, TRANSACTION, TRACKING_OPTIONAL, FLAG, TAIL],
        O::PayeasyRequest => &[IDS, ORDER, ROWS, PAYER, PAYEASY, FLAG, TAIL],
        O::ChargePeriod => &[IDS, TRACKING, ORDER, TAIL],
        O::Capture => &[IDS, TRANSACTION, TRACKING, PROCESSED, SOME_AMOUNT, TAIL],
        O::CarrierRefund => &[
            IDS,
            TRANSACTION,
            TRACKING,
            PROCESSED,
            SOME_AMOUNT,
            MONTH,
            FLAG,
            TAIL,
        ],
        O::EndMetered => &[IDS, TRANSACTION, TRACKING, PROCESSED, TAIL],
        O::PointRequest => &[IDS, ORDER, ROWS, MEMBER, FLAG, TAIL],
        O::PointContract => &[IDS, ORDER, ROWS, MEMBER, FIRST_MONTH, FLAG, TAIL],
        O::PointRefund => &[IDS, TRANSACTION, TRACKING, PROCESSED, MONTH, TAIL],
        O::PointPartialRefund => &[IDS, TRANSACTION, TRACKING, PROCESSED, THE_AMOUNT, TAIL],
        O::WalletInquiry | O::PointInquiry => &[IDS, TRANSACTION, TRACKING_OR_ORDER, FLAG, TAIL],
        O::PointBalance => &[IDS, MEMBER, FLAG, TAIL],
        O::DeclaredRequest => &[IDS, ORDER, ROWS, FLAG, TAIL],
    };
    let assumed = matches!(
        operation,
        O::CardContract
            | O::CarrierRefund
            | O::WalletInquiry
            | O::PointRequest
            | O::PointContract
            | O::PointRefund
            | O::PointPartialRefund
            | O::PointInquiry
            | O::PointBalance
            | O::DeclaredRequest
            | O::ChargePeriod
            | O::Capture
    );
    Table {
        parts,
        ordered: !assumed,
    }
}

const CARD_AGAIN: &[Rule] = &[
    r("pay_method_info/cc_number", D, Max(16), false, 200),
    r("pay_method_info/cc_expiration", D, Fixed(6), false, 201),
    r("pay_method_info/security_code", D, Max(4), false, 204),
];
