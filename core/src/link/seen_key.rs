//! The key by which a message is applied only once.

use crate::link::result_message::{ResultCode, ResultMessage};

/// Names what a message reports, so that a repeat of it is recognised, whenever it was signed.
///
/// Made of merchant, service, kind, result, `service_type`, order and `res_tracking_id`; of a deposit also kind and
/// cumulative amount and `res_payment_date`. Where there is no tracking id: customer, error code and `request_date`. Service type and order
/// are part of it because the gateway may report the end of a contract under the contract's own tracking id. Two messages with the same key
/// report the same thing, and each part is written with its length, so no two different lists of parts give the
/// same key. Returns through the browser have keys of their own and never hide a notice.
///
/// The key may hold `cust_code`: treat it as personal.
#[must_use]
pub fn first_seen_key(message: &ResultMessage) -> String {
    let id = message.contract_id();
    let mut parts = vec![
        id.merchant_id.as_str(),
        id.service_id.as_str(),
        message.kind().family(),
        message.result().as_str(),
        message.field("service_type").unwrap_or_default(),
        message.order_id().unwrap_or_default(),
    ];
    match message.tracking_id() {
        Some(tracking_id) => parts.extend(["tracking", tracking_id]),
        None => parts.extend([
            "customer",
            message.cust_code(),
            message.err_code().unwrap_or_default(),
            message.request_date(),
        ]),
    }
    let deposit;
    if *message.result() == ResultCode::Deposit {
        match message.deposit().and_then(|d| Some((d.kind, d.total?))) {
            Some((kind, total)) => {
                deposit = [kind, total.to_string()];
                parts.push("deposit");
                parts.extend(deposit.iter().map(String::as_str));
                // The same sum may be deposited, taken back, and deposited again.
                parts.push(message.payment_date().unwrap_or_default());
            }
            // A deposit that cannot be read is told apart by all that it says.
            None => parts.extend([
                "payinfo",
                message.payinfo_key().unwrap_or_default(),
                message.payment_date().unwrap_or_default(),
            ]),
        }
    }
    parts
        .iter()
        .map(|part| format!("{}:{part}", part.len()))
        .collect::<Vec<_>>()
        .join("|")
}
