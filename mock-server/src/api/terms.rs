//! What a scenario says about the API type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::function::FunctionId;
use crate::wire::tdes::Tdes;

/// What a payment method can do by API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// Authorise, commit, capture, cancel or refund, partial refunds, stored cards.
    Card,
    /// A payment slip (web convenience store): a request, then notices of deposits.
    Slip,
    /// Pay-easy: a slip with other fields and without an inquiry.
    Payeasy,
    /// Carriers: a contract applied for by link type is charged period by period.
    Carrier,
    /// Wallets (PayPay): paid by link type, asked about and refunded by API.
    Wallet,
    /// Points (NetMile): paid at once, refunded in full or in part, recurring in both ways.
    Point,
    /// Nothing but what the scenario declares.
    Declared,
}

/// What a declared function does. All assumed: fields and answers are those that methods have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Declared {
    /// A payment in one call, captured at once unless `auto_capture` is false.
    Request,
    /// The capture of a payment.
    Capture,
    /// Cancels or refunds a whole payment.
    Refund,
    /// Refunds a part.
    PartialRefund,
    /// Tells what became of a payment, by `tracking_id` or `order_id`.
    Inquiry,
}

/// Where a payment stands, for the values of `payment_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// No such payment.
    None,
    /// Authorised, not captured.
    Authorised,
    /// Captured.
    Captured,
    /// Cancelled before its capture.
    Cancelled,
    /// Refunded in full.
    Refunded,
    /// Refunded in part.
    PartlyRefunded,
}

/// A payment method of a merchant's API contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiMethod {
    /// Three digits, the last part of a function id.
    pub number: String,
    /// Name in the link type's `pay_method`, such as `netmile`.
    pub tag: String,
    /// What it can do.
    pub flow: Flow,
    /// Captured without a sales call: cards at the commit, others at once.
    #[serde(default = "yes")]
    pub auto_capture: bool,
    /// A capture must be of the whole authorised amount.
    #[serde(default)]
    pub exact_capture: bool,
    /// Smallest amount in yen.
    #[serde(default = "one")]
    pub min_yen: u64,
    /// Largest amount in yen; 7 digits unless the method says otherwise.
    #[serde(default = "seven_digits")]
    pub max_yen: u64,
    /// Function ids without the method number, such as `ST02-00303`; all of the flow when empty.
    #[serde(default)]
    pub functions: Vec<String>,
    /// Further functions, by their id without the method number.
    #[serde(default)]
    pub declared: BTreeMap<String, Declared>,
    /// Values of `payment_status` in answers to declared inquiries, and to those of points, where they differ from
    /// 0 none, 1 authorised, 2 captured, 3 cancelled, 4 refunded, 5 partly refunded.
    #[serde(default)]
    pub statuses: BTreeMap<Standing, String>,
}

impl ApiMethod {
    /// `payment_status` of a payment that stands so.
    #[must_use]
    pub fn payment_status(&self, standing: Standing) -> &str {
        let usual = match standing {
            Standing::None => "0",
            Standing::Authorised => "1",
            Standing::Captured => "2",
            Standing::Cancelled => "3",
            Standing::Refunded => "4",
            Standing::PartlyRefunded => "5",
        };
        self.statuses.get(&standing).map_or(usual, String::as_str)
    }
}

fn yes() -> bool {
    true
}

fn one() -> u64 {
    1
}

fn seven_digits() -> u64 {
    9_999_999
}

/// The API part of a merchant's contract.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MerchantApi {
    /// Basic user; merchant and service id together when absent.
    pub user: Option<String>,
    /// Basic password; the hash key when absent.
    pub password: Option<String>,
    /// 3DES key, 24 ASCII characters; without it nothing encrypted is understood.
    pub tdes_key: Option<String>,
    /// 3DES initialisation vector, 8 ASCII characters.
    pub tdes_iv: Option<String>,
    /// How notices look.
    pub notices: NoticeStyle,
    /// Waits before a failed notice is sent again, in seconds of the virtual clock; empty: the
    /// contract has no retry.
    pub notice_retry_seconds: Vec<u32>,
}

impl std::fmt::Debug for MerchantApi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MerchantApi")
            .field("notices", &self.notices)
            .finish_non_exhaustive()
    }
}

impl MerchantApi {
    pub(crate) fn tdes(&self) -> Option<Tdes> {
        Tdes::new(self.tdes_key.as_deref()?, self.tdes_iv.as_deref()?)
    }
}

/// The variants in which a notice may arrive; real gateways differ by contract and age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeStyle {
    /// Carries `order_id` (a contract option).
    pub order_id: bool,
    /// Leaves of `pay_method_info` are 3DES.
    pub encrypted: bool,
    /// `rec_datetime` has 8 digits instead of 14.
    pub short_date: bool,
    /// The mail leaf is called `rec_mail` instead of `res_mail`.
    pub rec_mail: bool,
    /// Carries `rec_future_field`, which no definition has.
    pub extra_field: bool,
    /// The hash is wrong.
    pub bad_hash: bool,
}

/// Rules of the API type that the public documents leave open. All assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApiRules {
    /// Calls of one merchant and service that are worked on at the same time.
    pub max_in_flight: usize,
    /// HTTP status of a call beyond that.
    pub busy_status: u16,
    /// Fields in another order than the documented one fail the hash, where clients agree on one.
    pub strict_order: bool,
    /// Refuse fields that the function does not have (kind 13).
    pub refuse_unknown_fields: bool,
    /// Failed tries of one `order_id` before it is blocked (kind 93).
    pub entry_limit: u32,
    /// Days until a slip without `bill_date` expires.
    pub slip_days: u32,
    /// Latest `bill_date`, in days after the request.
    pub slip_days_max: u32,
    /// Days in which an authorisation can be captured; 0 for ever.
    pub capture_days: u32,
    /// Tokens that the card centre refuses: the whole code, such as `10165999`.
    pub token_refusals: BTreeMap<String, String>,
    /// Stores whose centre fails (`webcvstype`): the kind, such as `22`.
    pub store_refusals: BTreeMap<String, String>,
}

impl Default for ApiRules {
    fn default() -> Self {
        Self {
            max_in_flight: 5,
            busy_status: 503,
            strict_order: true,
            refuse_unknown_fields: false,
            entry_limit: 5,
            slip_days: 14,
            slip_days_max: 59,
            capture_days: 60,
            token_refusals: BTreeMap::new(),
            store_refusals: BTreeMap::new(),
        }
    }
}

impl ApiRules {
    /// Checks what the types do not say.
    ///
    /// # Errors
    /// The rule and its form.
    pub fn check(&self) -> Result<(), String> {
        let code = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        if !self.token_refusals.values().all(|c| code(c, 8)) {
            return Err("api.token_refusals: a code has 8 characters".to_owned());
        }
        if !self.store_refusals.values().all(|c| code(c, 2)) {
            return Err("api.store_refusals: a kind has 2 characters".to_owned());
        }
        if self.slip_days == 0 || self.slip_days > self.slip_days_max || self.slip_days_max > 366 {
            return Err("api.slip_days: 1 to slip_days_max, at most 366".to_owned());
        }
        if self.max_in_flight == 0 || !(400..600).contains(&self.busy_status) {
            return Err("api: max_in_flight from 1, busy_status 400 to 599".to_owned());
        }
        Ok(())
    }
}

/// Checks a merchant's API contract.
///
/// # Errors
/// The field and its rule; no value of a key.
pub fn check(api: &MerchantApi, methods: &[ApiMethod], url: Option<&str>) -> Result<(), String> {
    if (api.tdes_key.is_some() || api.tdes_iv.is_some()) && api.tdes().is_none() {
        return Err("tdes_key has 24 ASCII characters, tdes_iv 8".to_owned());
    }
    if api.notices.encrypted && api.tdes().is_none() {
        return Err("encrypted notices need tdes_key and tdes_iv".to_owned());
    }
    if url.is_some_and(|u| !is_url(u)) {
        return Err("api_notice_url is an http or https address".to_owned());
    }
    for (at, method) in methods.iter().enumerate() {
        let three = method.number.len() == 3 && method.number.bytes().all(|b| b.is_ascii_digit());
        if !three
            || methods
                .iter()
                .skip(at + 1)
                .any(|m| m.number == method.number)
        {
            return Err(format!("api method {}: three digits, once", method.number));
        }
        if method.min_yen == 0 || method.min_yen > method.max_yen || method.max_yen > 9_999_999_999
        {
            return Err(format!(
                "api method {}: 1 <= min_yen <= max_yen <= 9999999999",
                method.number
            ));
        }
        let digit =
            |status: &String| status.len() == 1 && status.bytes().all(|b| b.is_ascii_digit());
        if !method.statuses.values().all(digit) {
            return Err(format!(
                "api method {}: a status is one digit",
                method.number
            ));
        }
        for function in method.functions.iter().chain(method.declared.keys()) {
            if FunctionId::parse(&format!("{function}-{}", method.number)).is_none() {
                return Err(format!(
                    "api method {}: function {function} is like ST02-00303",
                    method.number
                ));
            }
        }
    }
    Ok(())
}

/// Whether a notice may be posted there: an http or https address of at most 256 characters.
pub(crate) fn is_url(text: &str) -> bool {
    text.len() <= 256
        && reqwest::Url::parse(text)
            .is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scenario, scenario::DEMO};

    #[test]
    fn wrong_contracts_are_refused_by_name() {
        let table = [
            (
                r#"tdes_key = "0123456789abcdef01234567""#,
                r#"tdes_key = "short""#,
                "24 ASCII",
            ),
            (r#"number = "101""#, r#"number = "1x1""#, "three digits"),
            (r#"number = "101""#, r#"number = "900""#, "once"),
            ("min_yen = 10\n", "min_yen = 0\n", "min_yen"),
            (r#""ST02-00201", "#, r#""ST02-201", "#, "ST02-00303"),
            (
                "encrypted = true",
                "encrypted = true\n[merchants.api.more]",
                "unknown field",
            ),
            (r#"tdes_key = "89abcdef0123456701234567""#, "", "24 ASCII"),
            (
                r#""decline" = "10165999""#,
                r#""decline" = "65""#,
                "8 characters",
            ),
            ("flow = \"wallet\"", "flow = \"cash\"", "unknown variant"),
            (
                "\"ST02-00306\" = \"refund\"",
                "\"ST02-306\" = \"refund\"",
                "ST02-00303",
            ),
            ("captured = \"3\"", "captured = \"33\"", "one digit"),
        ];
        for (right, wrong, rule) in table {
            assert!(DEMO.contains(right), "{right}");
            let error = Scenario::parse(&DEMO.replacen(right, wrong, 1)).unwrap_err();
            assert!(error.to_string().contains(rule), "{wrong}: {error}");
            assert!(!error.to_string().contains("0123456789"), "{error}");
        }
    }

    #[test]
    fn rules_have_bounds() {
        let wrong = |change: fn(&mut ApiRules)| {
            let mut rules = ApiRules::default();
            change(&mut rules);
            rules.check().is_err()
        };
        assert!(ApiRules::default().check().is_ok());
        assert!(wrong(|r| r.max_in_flight = 0));
        assert!(wrong(|r| r.busy_status = 200));
        assert!(wrong(|r| r.slip_days = 0));
        assert!(wrong(|r| r.slip_days = 60));
        assert!(is_url("http://127.0.0.1:1/x") && !is_url("file:///etc") && !is_url("x"));
    }
}
