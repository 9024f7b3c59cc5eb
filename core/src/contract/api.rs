//! What a payment method is called in the API type, as plain data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// How a payment goes from request to money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiFlow {
    /// One call, and the money has moved (points, wallets).
    OneStep,
    /// Authorise, then commit (credit card).
    Commit,
    /// A slip is issued; the customer deposits later (web convenience store).
    Slip,
}

/// Who captures what was authorised (売上).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureMode {
    /// The gateway, by itself (自動売上).
    Automatic,
    /// The merchant, by a call of its own (指定売上).
    Manual,
}

/// By what an inquiry names a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InquiryBy {
    /// Only the gateway's `tracking_id`: a payment request whose answer is lost cannot be asked for.
    Tracking,
    /// The merchant's `order_id` as well.
    Order,
}

/// What the gateway says about a payment, whatever its method calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayStatus {
    /// No such payment.
    None,
    /// Being processed there.
    Processing,
    /// Authorised, not captured.
    Authorised,
    /// Captured: the money has moved.
    Captured,
    /// Cancelled before it was captured.
    Cancelled,
    /// Refunded in full.
    Refunded,
    /// Refunded in part.
    PartlyRefunded,
    /// A slip waits for the deposit.
    AwaitingDeposit,
    /// Less than the amount was deposited.
    PartlyDeposited,
    /// The amount was deposited.
    Deposited,
    /// More than the amount was deposited.
    Overdeposited,
}

/// The functions of a method: the first two parts of a function id, such as `ST02-00201`. What is `None` the method
/// does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiFunctions {
    /// Payment request, or authorisation.
    pub request: Option<Cow<'static, str>>,
    /// Commit of an authorisation (確定).
    pub commit: Option<Cow<'static, str>>,
    /// Capture (売上).
    pub capture: Option<Cow<'static, str>>,
    /// Cancel before the capture and refund after it (取消返金).
    pub refund: Option<Cow<'static, str>>,
    /// Refund of a part (部分返金).
    pub partial_refund: Option<Cow<'static, str>>,
    /// Inquiry (決済結果参照).
    pub inquiry: Option<Cow<'static, str>>,
    /// Application for a simple recurring contract (継続課金・簡易).
    pub simple_apply: Option<Cow<'static, str>>,
    /// End of a simple recurring contract.
    pub simple_end: Option<Cow<'static, str>>,
    /// Charge of one period of a fixed or metered contract (継続課金・定期/従量).
    pub period: Option<Cow<'static, str>>,
    /// End of a fixed or metered contract.
    pub metered_end: Option<Cow<'static, str>>,
    /// Balance of a member, for the shop's own payment screen.
    pub balance: Option<Cow<'static, str>>,
}

/// Ids that a method has in the API type. NetMile's are contract data: this crate contains none.
///
/// ```
/// use netmile::contract::{ApiIds, Method};
/// // A wallet that pays in one call, is refunded by ST02-00306 and can be asked about by order_id.
/// let wallet = Method::new("examplepay", "Example Pay", "サンプルペイ").with_api(
///     ApiIds::one_step("399")?
///         .with_refund("ST02-00306")
///         .with_inquiry_by_order("MG01-00101"),
/// );
/// assert_eq!(wallet.api().map(|ids| ids.number.as_str()), Some("399"));
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiIds {
    /// Three digits that end a function id.
    pub number: String,
    /// How a payment goes from request to money.
    pub flow: ApiFlow,
    /// Who captures.
    pub capture: CaptureMode,
    /// The functions.
    pub functions: ApiFunctions,
    /// By what an inquiry names a payment.
    pub inquiry_by: InquiryBy,
    /// What the values of `payment_status` in an inquiry mean.
    pub statuses: Vec<(Cow<'static, str>, GatewayStatus)>,
    /// Leaf of `pay_method_info` that names the member, for point methods.
    #[serde(default)]
    pub member_leaf: Option<Cow<'static, str>>,
    /// Calls after the request carry `processing_datetime`.
    #[serde(default)]
    pub processing_date: bool,
    /// Whether an inquiry tells the refunded sum (`refunded_amount`).
    #[serde(default)]
    pub tells_refunds: bool,
    /// Most digits of an amount on the wire.
    pub amount_digits: u8,
}

impl ApiIds {
    /// A method that pays in one call (`ST01-00101`), captured by the gateway.
    ///
    /// # Errors
    /// `invalid_value` when the number is not three digits.
    pub fn one_step(number: impl Into<String>) -> Result<Self> {
        let number = number.into();
        if number.len() != 3 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "number",
                "must be exactly 3 digits",
            ));
        }
        let functions = ApiFunctions {
            request: Some("ST01-00101".into()),
            ..ApiFunctions::default()
        };
        Ok(Self {
            number,
            flow: ApiFlow::OneStep,
            capture: CaptureMode::Automatic,
            functions,
            inquiry_by: InquiryBy::Tracking,
            statuses: Vec::new(),
            member_leaf: None,
            processing_date: false,
            tells_refunds: false,
            amount_digits: 7,
        })
    }

    /// Credit card by token (101): authorise, commit, capture by the gateway.
    #[must_use]
    pub fn credit() -> Self {
        use GatewayStatus as S;
        Self {
            number: "101".to_owned(),
            flow: ApiFlow::Commit,
            capture: CaptureMode::Automatic,
            functions: ApiFunctions {
                request: Some("ST01-00131".into()),
                commit: Some("ST02-00101".into()),
                capture: Some("ST02-00201".into()),
                refund: Some("ST02-00303".into()),
                partial_refund: Some("ST02-00307".into()),
                inquiry: Some("MG01-00101".into()),
                simple_apply: Some("ST01-00132".into()),
                simple_end: Some("ST02-00302".into()),
                ..ApiFunctions::default()
            },
            inquiry_by: InquiryBy::Tracking,
            statuses: statuses(&[
                ("1", S::Authorised),
                ("2", S::Captured),
                ("3", S::Cancelled),
                ("4", S::Refunded),
                ("5", S::PartlyRefunded),
            ]),
            member_leaf: None,
            processing_date: true,
            tells_refunds: false,
            amount_digits: 7,
        }
    }

    /// Web convenience store (701): a slip, then deposits. It has no refund.
    #[must_use]
    pub fn web_convenience_store() -> Self {
        use GatewayStatus as S;
        Self {
            number: "701".to_owned(),
            flow: ApiFlow::Slip,
            capture: CaptureMode::Automatic,
            functions: ApiFunctions {
                request: Some("ST01-00101".into()),
                inquiry: Some("MG01-00101".into()),
                ..ApiFunctions::default()
            },
            inquiry_by: InquiryBy::Tracking,
            statuses: statuses(&[
                ("1", S::AwaitingDeposit),
                ("2", S::PartlyDeposited),
                ("3", S::Deposited),
                ("4", S::Overdeposited),
                ("9", S::Cancelled),
            ]),
            member_leaf: None,
            processing_date: false,
            tells_refunds: false,
            amount_digits: 7,
        }
    }

    /// A carrier by its number: 401 (docomo), 402 (au), 405 (SoftBank). Started by link type, charged per period.
    #[must_use]
    pub fn carrier(number: CarrierNumber) -> Self {
        let ends_by_api = number != CarrierNumber::SoftBank;
        Self {
            number: number.digits().to_owned(),
            flow: ApiFlow::OneStep,
            capture: CaptureMode::Automatic,
            functions: ApiFunctions {
                capture: Some("ST02-00201".into()),
                refund: Some("ST02-00303".into()),
                period: Some("ST01-00104".into()),
                simple_end: ends_by_api.then_some("ST02-00302".into()),
                metered_end: ends_by_api.then_some("ST02-00309".into()),
                ..ApiFunctions::default()
            },
            inquiry_by: InquiryBy::Tracking,
            statuses: Vec::new(),
            member_leaf: None,
            processing_date: false,
            tells_refunds: false,
            amount_digits: 7,
        }
    }

    /// Says who captures.
    #[must_use]
    pub fn with_capture(mut self, capture: CaptureMode) -> Self {
        self.capture = capture;
        self
    }

    /// Names the function that refunds in full.
    #[must_use]
    pub fn with_refund(mut self, function: impl Into<Cow<'static, str>>) -> Self {
        self.functions.refund = Some(function.into());
        self
    }

    /// Names an inquiry that takes the `order_id`.
    #[must_use]
    pub fn with_inquiry_by_order(mut self, function: impl Into<Cow<'static, str>>) -> Self {
        self.functions.inquiry = Some(function.into());
        self.inquiry_by = InquiryBy::Order;
        self
    }

    /// Says what a value of `payment_status` means.
    #[must_use]
    pub fn with_status(
        mut self,
        value: impl Into<Cow<'static, str>>,
        status: GatewayStatus,
    ) -> Self {
        self.statuses.push((value.into(), status));
        self
    }

    /// Replaces all functions.
    #[must_use]
    pub fn with_functions(mut self, functions: ApiFunctions) -> Self {
        self.functions = functions;
        self
    }

    /// Names the leaf of `pay_method_info` that carries the member's id.
    #[must_use]
    pub fn with_member_leaf(mut self, leaf: impl Into<Cow<'static, str>>) -> Self {
        self.member_leaf = Some(leaf.into());
        self
    }

    /// What a value of `payment_status` means; `None` when nobody knows.
    #[must_use]
    pub fn status(&self, value: &str) -> Option<GatewayStatus> {
        let known = self.statuses.iter().find(|(known, _)| known == value);
        known.map(|(_, status)| *status)
    }
}

/// The carriers that are built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CarrierNumber {
    /// docomo (401).
    Docomo,
    /// au (402).
    Au,
    /// SoftBank (405).
    SoftBank,
}

impl CarrierNumber {
    /// The three digits.
    #[must_use]
    pub const fn digits(self) -> &'static str {
        match self {
            Self::Docomo => "401",
            Self::Au => "402",
            Self::SoftBank => "405",
        }
    }
}

fn statuses(known: &[(&'static str, GatewayStatus)]) -> Vec<(Cow<'static, str>, GatewayStatus)> {
    let owned = known.iter().map(|&(value, status)| (value.into(), status));
    owned.collect()
}
