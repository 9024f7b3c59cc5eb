//! What a verified message says.

use std::fmt;

use crate::contract::{Billing, ContractId};
use crate::link::detail::DetailRow;
use crate::link::fields;
use crate::link::message_kind::MessageKind;
use crate::money::Yen;
use crate::time::Timestamp;

/// `res_result` (処理結果).
///
/// Source: docs/protocol/link-type.md#results
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ResultCode {
    /// `OK`: processed. For NetMile: paid.
    Ok,
    /// `NG`: failed.
    Ng,
    /// `PY`: a deposit arrived (入金); convenience stores, transfers.
    Deposit,
    /// `CN`: the deadline for the deposit passed.
    DepositExpired,
    /// `CR`: a recurring contract was ended.
    ContractCancelled,
    /// `CC`: a recurring contract was ended on the carrier's side.
    ContractEndedByCarrier,
    /// `CL`: a recurring contract reached its last month.
    ContractCompleted,
    /// A code that this version does not know; two letters. Record it and answer `OK,`.
    Other(String),
}

impl ResultCode {
    /// The code of the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Ok => "OK",
            Self::Ng => "NG",
            Self::Deposit => "PY",
            Self::DepositExpired => "CN",
            Self::ContractCancelled => "CR",
            Self::ContractEndedByCarrier => "CC",
            Self::ContractCompleted => "CL",
            Self::Other(code) => code,
        }
    }

    pub(crate) fn from_wire(code: &str) -> Self {
        match code {
            "OK" => Self::Ok,
            "NG" => Self::Ng,
            "PY" => Self::Deposit,
            "CN" => Self::DepositExpired,
            "CR" => Self::ContractCancelled,
            "CC" => Self::ContractEndedByCarrier,
            "CL" => Self::ContractCompleted,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// The parts of `res_payinfo_key` in a deposit notice (`PY`), as far as they can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// Kind: `P` first report, `D` definitive, or another.
    pub kind: String,
    /// This deposit.
    pub amount: Option<Yen>,
    /// All deposits so far.
    pub total: Option<Yen>,
}

/// A result: of a purchase, a registration or a recurring application.
///
/// Exists only inside [`Verified`](crate::link::Verified): length, characters and hash of every field of the
/// definition were checked. `Debug` shows no personal field.
#[derive(Clone, PartialEq, Eq)]
pub struct ResultMessage {
    kind: MessageKind,
    contract_id: ContractId,
    /// Definition order, trimmed, blank ones included.
    values: Vec<(&'static str, String)>,
    /// Detail rows as text, in row order, for comparison.
    row_values: Vec<[String; 9]>,
    rows: Vec<DetailRow>,
    extra: Vec<(String, String)>,
    result: ResultCode,
    res_date: Timestamp,
    amount: Option<Yen>,
}

/// What the parser has read.
pub(crate) struct Read {
    pub(crate) kind: MessageKind,
    pub(crate) contract_id: ContractId,
    pub(crate) values: Vec<(&'static str, String)>,
    pub(crate) row_values: Vec<[String; 9]>,
    pub(crate) rows: Vec<DetailRow>,
    pub(crate) extra: Vec<(String, String)>,
    pub(crate) res_date: Timestamp,
    pub(crate) amount: Option<Yen>,
}

impl ResultMessage {
    pub(crate) fn new(read: Read) -> Self {
        let mut message = Self {
            kind: read.kind,
            contract_id: read.contract_id,
            values: read.values,
            row_values: read.row_values,
            rows: read.rows,
            extra: read.extra,
            result: ResultCode::Ng,
            res_date: read.res_date,
            amount: read.amount,
        };
        message.result = ResultCode::from_wire(message.value("res_result"));
        message
    }

    /// Which message it is.
    #[must_use]
    pub fn kind(&self) -> MessageKind {
        self.kind
    }

    /// Merchant and service.
    #[must_use]
    pub fn contract_id(&self) -> &ContractId {
        &self.contract_id
    }

    /// `order_id`; a registration has none.
    #[must_use]
    pub fn order_id(&self) -> Option<&str> {
        self.filled("order_id")
    }

    /// `cust_code`. Personal.
    #[must_use]
    pub fn cust_code(&self) -> &str {
        self.value("cust_code")
    }

    /// `amount` in yen. Always there in results of purchases.
    #[must_use]
    pub fn amount(&self) -> Option<Yen> {
        self.amount
    }

    /// `pay_type` as a way of billing, if it is a known one.
    #[must_use]
    pub fn billing(&self) -> Option<Billing> {
        match self.value("pay_type") {
            "0" => Some(Billing::OneTime),
            "1" => Some(Billing::RecurringSimple),
            "2" => Some(Billing::RecurringMetered),
            _ => None,
        }
    }

    /// `pay_type` as sent.
    #[must_use]
    pub fn pay_type(&self) -> &str {
        self.value("pay_type")
    }

    /// `request_date` of the request that this answers, as sent.
    #[must_use]
    pub fn request_date(&self) -> &str {
        self.value("request_date")
    }

    /// `res_result`.
    #[must_use]
    pub fn result(&self) -> &ResultCode {
        &self.result
    }

    /// `res_tracking_id` (トラッキングID), 14 digits: the gateway's id of the payment. Always there in an `OK` of a
    /// purchase.
    #[must_use]
    pub fn tracking_id(&self) -> Option<&str> {
        self.filled("res_tracking_id")
    }

    /// `res_pay_method`: the method that was used; blank on the gateway's checker.
    #[must_use]
    pub fn used_pay_method(&self) -> Option<&str> {
        self.filled("res_pay_method")
    }

    /// `res_payment_date` as sent; deposits may lack minutes or seconds.
    #[must_use]
    pub fn payment_date(&self) -> Option<&str> {
        self.filled("res_payment_date")
    }

    /// `res_err_code`: 4 digits as published; up to 8 letters and digits are kept as they are.
    #[must_use]
    pub fn err_code(&self) -> Option<&str> {
        self.filled("res_err_code")
    }

    /// `res_date`: when the gateway made this message.
    #[must_use]
    pub fn res_date(&self) -> Timestamp {
        self.res_date
    }

    /// `limit_second`: how long after [`res_date`](Self::res_date) the message is valid; 600 when blank.
    #[must_use]
    pub fn limit_second(&self) -> u16 {
        self.filled("limit_second")
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(600)
    }

    /// `res_payinfo_key`: specific to the method, opaque. May be personal.
    #[must_use]
    pub fn payinfo_key(&self) -> Option<&str> {
        self.filled("res_payinfo_key")
    }

    /// `res_sps_cust_no`: under which number the gateway stored the customer.
    #[must_use]
    pub fn sps_cust_no(&self) -> Option<&str> {
        self.filled("res_sps_cust_no")
    }

    /// `res_sps_payment_no`: under which number the gateway stored the payment data.
    #[must_use]
    pub fn sps_payment_no(&self) -> Option<&str> {
        self.filled("res_sps_payment_no")
    }

    /// The detail rows, in the order of their numbers.
    #[must_use]
    pub fn rows(&self) -> &[DetailRow] {
        &self.rows
    }

    /// The deposit, when the result is `PY` and `res_payinfo_key` reads like one.
    #[must_use]
    pub fn deposit(&self) -> Option<Deposit> {
        if self.result != ResultCode::Deposit {
            return None;
        }
        let mut parts = self.payinfo_key()?.split(',').map(str::trim);
        let kind = parts.next().filter(|kind| !kind.is_empty())?.to_owned();
        let mut yen = || parts.next().and_then(|part| Yen::parse(part).ok());
        Some(Deposit {
            kind,
            amount: yen(),
            total: yen(),
        })
    }

    /// A field of the definition by its name; blank when it was not filled. `None` for other names.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.values
            .iter()
            .find_map(|(field, value)| (*field == name).then_some(value.as_str()))
    }

    /// Fields outside the definition. **Not verified**: the hash does not cover them, anybody on the way may have
    /// added or changed them.
    #[must_use]
    pub fn extra(&self) -> &[(String, String)] {
        &self.extra
    }

    pub(crate) fn row_values(&self) -> &[[String; 9]] {
        &self.row_values
    }

    fn value(&self, name: &str) -> &str {
        self.field(name).unwrap_or_default()
    }

    fn filled(&self, name: &str) -> Option<&str> {
        self.field(name).filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for ResultMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.values.iter().filter(|(_, value)| !value.is_empty());
        let shown = shown.map(|(name, value)| {
            let hide = fields::is_personal(name);
            (*name, if hide { "redacted" } else { value.as_str() })
        });
        f.debug_struct("ResultMessage")
            .field("kind", &self.kind)
            .field("values", &shown.collect::<Vec<_>>())
            .field("rows", &self.rows.len())
            .field("extra", &self.extra.len())
            .finish_non_exhaustive()
    }
}
