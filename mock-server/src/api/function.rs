//! Function ids and what they mean for a method's flow.

use serde::{Deserialize, Serialize};

use super::terms::{ApiMethod, Declared, Flow};
use crate::link::fields::Provenance;

/// A function id such as `ST01-00101-701`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FunctionId(String);

impl FunctionId {
    /// Reads an id; `None` when it is not of the form `CCgg-fffff-mmm`.
    ///
    /// ```
    /// use netmile_mock::api::FunctionId;
    /// let id = FunctionId::parse("ST02-00303-900").unwrap();
    /// assert_eq!((id.operation(), id.method(), id.compact().as_str()), ("ST02-00303", "900", "ST0200303900"));
    /// assert!(FunctionId::parse("ST02-00303").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (group, operation, method) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let fits = parts.next().is_none()
            && group.len() == 4
            && group
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && operation.len() == 5
            && digits(operation)
            && method.len() == 3
            && digits(method);
        fits.then(|| Self(text.to_owned()))
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Group and operation, such as `ST02-00303`.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.get(..10).unwrap_or_default()
    }

    /// The method's number.
    #[must_use]
    pub fn method(&self) -> &str {
        self.0.get(11..).unwrap_or_default()
    }

    /// The 12 characters that stand in a transaction id.
    #[must_use]
    pub fn compact(&self) -> String {
        self.0.replace('-', "")
    }
}

/// What a function does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it does")]
pub enum Operation {
    CardByNumber,
    CardByNumberAgain,
    CardByToken,
    CardByTokenAgain,
    CardContract,
    Commit,
    CardCapture,
    CardRefund,
    CardVoid,
    CardPartialRefund,
    EndSimple,
    CardInquiry,
    CardStoreNumber { update: bool },
    CardStoreToken { update: bool },
    CardDelete,
    CardRead,
    CvsRequest,
    CvsInquiry,
    PayeasyRequest,
    ChargePeriod,
    Capture,
    CarrierRefund,
    EndMetered,
    WalletInquiry,
    PointRequest,
    PointContract,
    PointRefund,
    PointPartialRefund,
    PointInquiry,
    PointBalance,
    DeclaredRequest,
}

impl Operation {
    /// Whether an OK to it says an amount: yen, or the miles that they took.
    #[must_use]
    pub(crate) const fn tells_amount(self) -> bool {
        matches!(
            self,
            Self::PointRequest | Self::PointContract | Self::PointInquiry
        )
    }
}

/// A function as a method has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Function {
    /// What it does.
    pub operation: Operation,
    /// What the reading of its fields rests on.
    pub provenance: Provenance,
}

/// The function of this id for a method; `None` when the method has no such function.
#[must_use]
pub(crate) fn function(id: &FunctionId, method: &ApiMethod) -> Option<Function> {
    use Operation as O;
    use Provenance::{Assumed, Recorded};
    if let Some(declared) = method.declared.get(id.operation()) {
        let operation = match declared {
            Declared::Request => O::DeclaredRequest,
            Declared::Capture => O::Capture,
            Declared::Refund => O::PointRefund,
            Declared::PartialRefund => O::PointPartialRefund,
            Declared::Inquiry => O::PointInquiry,
        };
        return Some(Function {
            operation,
            provenance: Assumed,
        });
    }
    let restricted = !method.functions.is_empty();
    if restricted && !method.functions.iter().any(|f| f == id.operation()) {
        return None;
    }
    let (operation, provenance) = match (method.flow, id.operation()) {
        (Flow::Card, "ST01-00111") => (O::CardByNumber, Recorded),
        (Flow::Card, "ST01-00113") => (O::CardByNumberAgain, Recorded),
        (Flow::Card, "ST01-00131") => (O::CardByToken, Recorded),
        (Flow::Card, "ST01-00133") => (O::CardByTokenAgain, Assumed),
        (Flow::Card, "ST01-00132") => (O::CardContract, Assumed),
        (Flow::Card, "ST02-00101") => (O::Commit, Recorded),
        (Flow::Card, "ST02-00201") => (O::CardCapture, Recorded),
        (Flow::Card, "ST02-00303") => (O::CardRefund, Recorded),
        (Flow::Card, "ST02-00305") => (O::CardVoid, Recorded),
        (Flow::Card, "ST02-00307") => (O::CardPartialRefund, Recorded),
        (Flow::Card | Flow::Carrier, "ST02-00302") => (O::EndSimple, Recorded),
        (Flow::Card, "MG01-00101") => (O::CardInquiry, Recorded),
        (Flow::Card, "MG02-00101") => (O::CardStoreNumber { update: false }, Recorded),
        (Flow::Card, "MG02-00102") => (O::CardStoreNumber { update: true }, Recorded),
        (Flow::Card, "MG02-00131") => (O::CardStoreToken { update: false }, Recorded),
        (Flow::Card, "MG02-00132") => (O::CardStoreToken { update: true }, Recorded),
        (Flow::Card, "MG02-00103") => (O::CardDelete, Recorded),
        (Flow::Card, "MG02-00104") => (O::CardRead, Recorded),
        (Flow::Slip, "ST01-00101") => (O::CvsRequest, Recorded),
        (Flow::Slip, "MG01-00101") => (O::CvsInquiry, Recorded),
        (Flow::Payeasy, "ST01-00101") => (O::PayeasyRequest, Recorded),
        (Flow::Carrier, "ST01-00104") => (O::ChargePeriod, Recorded),
        (Flow::Carrier, "ST02-00201") => (O::Capture, Recorded),
        (Flow::Carrier, "ST02-00303") => (O::CarrierRefund, Recorded),
        (Flow::Carrier, "ST02-00309") => (O::EndMetered, Recorded),
        (Flow::Wallet, "MG01-00101") => (O::WalletInquiry, Recorded),
        (Flow::Wallet, "ST02-00303") => (O::CarrierRefund, Recorded),
        (Flow::Point, "ST01-00101") => (O::PointRequest, Assumed),
        (Flow::Point, "ST01-00102") => (O::PointContract, Assumed),
        (Flow::Point, "ST01-00104") => (O::ChargePeriod, Assumed),
        (Flow::Point, "ST02-00201") => (O::Capture, Assumed),
        (Flow::Point, "ST02-00302") => (O::EndSimple, Assumed),
        (Flow::Point, "ST02-00303") => (O::PointRefund, Assumed),
        (Flow::Point, "ST02-00307") => (O::PointPartialRefund, Assumed),
        (Flow::Point, "ST02-00309") => (O::EndMetered, Assumed),
        (Flow::Point, "MG01-00101") => (O::PointInquiry, Assumed),
        (Flow::Point, "MG01-00102") => (O::PointBalance, Assumed),
        _ => return None,
    };
    Some(Function {
        operation,
        provenance,
    })
}
