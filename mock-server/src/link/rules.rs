//! Values that depend on each other and on the merchant's contract.
//!
//! Sources: docs/protocol/link-type.md#fields, #netmile, #registration, #recurring.

use base64::Engine as _;

use super::{
    check::{Reason, Refusal},
    fields::Function,
    request::Request,
};
use crate::scenario::{Billing, Merchant, Scenario, Terminal};

/// Methods for which customer payment data can be stored.
pub const CUSTOMER_METHODS: [&str; 4] = ["credit", "credit3d2", "tpoint", "accttransfer"];

/// Methods of D01-1.
pub const RECURRING_METHODS: [&str; 7] = [
    "docomo",
    "auone",
    "softbank2",
    "rakuten",
    "rakutenv2",
    "recruit",
    "paypay",
];

type Checked = Result<(), Box<Refusal>>;

fn field(name: &str, ja: &str, en: &str) -> Checked {
    Err(Box::new(Refusal::new(Reason::Field, name, ja, en)))
}

fn one_of(request: &Request, name: &str, allowed: &[&str], en: &str) -> Checked {
    if allowed.contains(&request.get(name)) {
        Ok(())
    } else {
        field(name, &format!("使用できない値です({en})。"), en)
    }
}

/// Billing mode of a request; `None` when the function has none.
#[must_use]
pub fn billing(request: &Request) -> Option<Billing> {
    match (request.function, request.get("pay_type")) {
        (Function::Purchase, "0") => Some(Billing::OneTime),
        (Function::Purchase, "1") => Some(Billing::RecurringSimple),
        (Function::Purchase, "2") | (Function::Recurring, _) => Some(Billing::RecurringFixed),
        _ => None,
    }
}

/// Whether the request ends a recurring contract.
#[must_use]
pub fn ends_contract(request: &Request) -> bool {
    matches!(request.function, Function::Purchase | Function::Recurring)
        && request.get("service_type") == "1"
}

/// Whether the request charges its amount at once. An application for metered billing charges later,
/// and `camp_type` 1 gives the first month of a simple contract away (assumed: the public notes only
/// say that a campaign is on).
#[must_use]
pub fn charges_at_once(request: &Request) -> bool {
    match billing(request) {
        Some(Billing::OneTime) => true,
        Some(Billing::RecurringSimple) => request.get("camp_type") != "1",
        Some(Billing::RecurringFixed) | None => false,
    }
}

/// The methods the customer may use: those named and contracted, or all contracted.
#[must_use]
pub fn methods(merchant: &Merchant, request: &Request) -> Vec<String> {
    let named: Vec<&str> = request
        .get("pay_method")
        .split(',')
        .map(|m| m.trim_matches(' '))
        .filter(|m| !m.is_empty())
        .collect();
    let usable = |method: &str| match request.function {
        Function::Customer | Function::CustomerDelete => CUSTOMER_METHODS.contains(&method),
        Function::Recurring => RECURRING_METHODS.contains(&method) || method == "netmile",
        Function::Purchase => true,
    };
    let contracted = |method: &str| {
        merchant
            .contract
            .methods
            .get(method)
            .is_some_and(|modes| billing(request).is_none_or(|mode| modes.contains(&mode)))
    };
    if named.is_empty() {
        let all = merchant.contract.methods.keys();
        return all
            .filter(|m| usable(m) && contracted(m))
            .cloned()
            .collect();
    }
    let mut methods = Vec::new();
    for method in named {
        if usable(method) && contracted(method) && !methods.iter().any(|m| m == method) {
            methods.push(method.to_owned());
        }
    }
    methods
}

/// Whether NetMile takes this amount.
#[must_use]
pub fn netmile_takes(scenario: &Scenario, yen: u64) -> bool {
    (scenario.rules.netmile_min_yen..=scenario.rules.netmile_max_yen).contains(&yen)
}

/// Checks the values against each other and against the contract.
pub(super) fn contract(scenario: &Scenario, merchant: &Merchant, request: &Request) -> Checked {
    for name in ["success_url", "cancel_url", "error_url", "pagecon_url"] {
        let url = request.get(name);
        if reqwest::Url::parse(url)
            .is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host())
        {
            continue;
        }
        return field(
            name,
            "http:// または https:// で始まるURLを指定してください。",
            "An absolute http or https address.",
        );
    }
    one_of(request, "terminal_type", &["", "0", "1"], "empty, 0 or 1")?;
    let terminal = match request.get("terminal_type") {
        "1" => Terminal::FeaturePhone,
        _ => Terminal::Pc,
    };
    if !merchant.contract.terminals.contains(&terminal) {
        return refuse_contract(
            "terminal_type",
            "この端末区分はご契約にありません。",
            "The contract does not have this terminal.",
        );
    }
    let csv = request.get("free_csv");
    if !csv.is_empty()
        && base64::engine::general_purpose::STANDARD
            .decode(csv)
            .is_err()
    {
        return field("free_csv", "Base64で指定してください。", "Standard Base64.");
    }
    match request.function {
        Function::Purchase => purchase(scenario, request)?,
        Function::Recurring => recurring(request)?,
        Function::Customer | Function::CustomerDelete => customer(merchant, request)?,
    }
    if methods(merchant, request).is_empty() {
        return refuse_contract(
            "pay_method",
            "この支払方法と課金方式の組み合わせはご契約にありません。",
            "The contract does not have this payment method with this billing mode.",
        );
    }
    let named: Vec<&str> = request
        .get("pay_method")
        .split(',')
        .map(|m| m.trim_matches(' '))
        .collect();
    if named.iter().any(|m| m.is_empty()) && !request.get("pay_method").is_empty() {
        return field(
            "pay_method",
            "カンマ区切りの支払方法に空の値があります。",
            "A comma list without empty entries.",
        );
    }
    if let Some(method) = named
        .iter()
        .find(|m| !m.is_empty() && !methods(merchant, request).iter().any(|have| have == *m))
    {
        return refuse_contract(
            "pay_method",
            format!("支払方法 {method} はご契約にありません。"),
            format!("The contract does not have {method} with this billing mode."),
        );
    }
    if request.function == Function::Purchase {
        amount(scenario, merchant, request)?;
    }
    Ok(())
}

fn refuse_contract(name: &str, ja: impl Into<String>, en: impl Into<String>) -> Checked {
    Err(Box::new(Refusal::new(Reason::Contract, name, ja, en)))
}

fn purchase(scenario: &Scenario, request: &Request) -> Checked {
    one_of(request, "pay_type", &["0", "1", "2"], "0, 1 or 2")?;
    one_of(request, "service_type", &["0", "1"], "0 or 1")?;
    let cancel = ends_contract(request);
    if cancel {
        if request.get("pay_type") == "0" {
            return field(
                "service_type",
                "都度課金に継続課金の解約はできません。",
                "Only a recurring contract can be ended (pay_type 1 or 2).",
            );
        }
        if request.get("tracking_id").is_empty() {
            return field(
                "tracking_id",
                "解約する契約の処理トラッキングIDが必要です。",
                "Required when a contract is ended.",
            );
        }
        return Ok(());
    }
    one_of(
        request,
        "tracking_id",
        &[""],
        "empty unless a contract is ended",
    )?;
    match request.get("pay_type") {
        "1" => {
            one_of(
                request,
                "auto_charge_type",
                &["1"],
                "1 for recurring simple",
            )?;
            one_of(request, "div_settele", &["0"], "0 for recurring billing")?;
            one_of(request, "camp_type", &["", "0", "1"], "empty, 0 or 1")?;
            let month = request.get("last_charge_month");
            if !month.is_empty() && crate::clock::end_of_month(month).is_none() {
                return field(
                    "last_charge_month",
                    "YYYYMMで指定してください。",
                    "A month, YYYYMM.",
                );
            }
        }
        "2" => {
            one_of(
                request,
                "auto_charge_type",
                &["0"],
                "0 for recurring fixed/metered",
            )?;
            one_of(request, "div_settele", &["0"], "0 for recurring billing")?;
            one_of(request, "camp_type", &[""], "empty unless recurring simple")?;
            one_of(
                request,
                "last_charge_month",
                &[""],
                "empty unless recurring simple",
            )?;
        }
        _ => {
            for name in [
                "auto_charge_type",
                "div_settele",
                "last_charge_month",
                "camp_type",
            ] {
                one_of(request, name, &[""], "empty for a one-time purchase")?;
            }
        }
    }
    if scenario.rules.check_row_total && !request.rows.is_empty() {
        let total: u64 = request
            .rows
            .iter()
            .flatten()
            .filter(|(n, _)| n == "dtl_amount")
            .filter_map(|(_, v)| v.parse::<u64>().ok())
            .sum();
        if request.get("amount").parse() != Ok(total) {
            return field(
                "dtl_amount",
                "明細の合計が金額と一致しません。",
                "The rows do not add up to amount.",
            );
        }
    }
    Ok(())
}

fn recurring(request: &Request) -> Checked {
    one_of(
        request,
        "service_type",
        &["0", "1", "2", "3"],
        "0, 1, 2 or 3",
    )?;
    if request.get("service_type") != "0" && request.get("pay_method").is_empty() {
        return field(
            "pay_method",
            "解約・再申込では支払方法が必要です。",
            "Required when service_type is 1, 2 or 3.",
        );
    }
    if ends_contract(request) && request.get("tracking_id").is_empty() {
        return field(
            "tracking_id",
            "解約する契約の処理トラッキングIDが必要です。",
            "Required when a contract is ended.",
        );
    }
    Ok(())
}

fn customer(merchant: &Merchant, request: &Request) -> Checked {
    if !merchant.contract.customer_data {
        return refuse_contract(
            "service_id",
            "顧客決済情報の登録はご契約にありません。",
            "The contract does not have stored payment data.",
        );
    }
    if request.get("sps_cust_no").is_empty() != request.get("sps_payment_no").is_empty()
        && request.get("sps_cust_no").is_empty()
    {
        return field(
            "sps_cust_no",
            "sps_payment_noを指定する場合は必須です。",
            "Required when sps_payment_no is set.",
        );
    }
    Ok(())
}

fn amount(scenario: &Scenario, merchant: &Merchant, request: &Request) -> Checked {
    let refuse =
        |ja: String, en: String| Err(Box::new(Refusal::new(Reason::Amount, "amount", ja, en)));
    let Ok(yen) = request.get("amount").parse::<u64>() else {
        return refuse("金額が不正です。".to_owned(), "Not an amount.".to_owned());
    };
    if let Some(cap) = merchant.contract.max_yen.filter(|cap| yen > *cap) {
        return refuse(
            format!("ご契約の上限は{cap}円です。"),
            format!("The contract's cap is {cap} yen."),
        );
    }
    let (low, high) = (
        scenario.rules.netmile_min_yen,
        scenario.rules.netmile_max_yen,
    );
    if methods(merchant, request) == ["netmile"] && !netmile_takes(scenario, yen) {
        return refuse(
            format!("ネットマイル決済は{low}円から{high}円までです。"),
            format!("NetMile takes {low} to {high} yen."),
        );
    }
    Ok(())
}
