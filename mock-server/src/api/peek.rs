//! A look at a call before it is worked on: what it names, and what may be logged of it.

use super::{
    book::Book,
    call::ApiRequest,
    fields::{self, SECRET},
    function::{self, FunctionId},
    gate,
    request::Request,
};
use crate::{
    mask,
    wire::{form::Fields, xml},
};

/// Leaves that are never shown, wherever a client puts them.
const HIDDEN: [&str; 5] = [
    "token",
    "token_key",
    "cc_number",
    "cc_expiration",
    "security_code",
];

/// What a call names. Nothing here has been checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Peek {
    /// Merchant whose credentials it brings; empty when they are wrong.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Function id.
    pub function: Option<FunctionId>,
    /// Purchase id, of the call or of the payment it is about.
    pub order_id: String,
    /// Transaction id it is about.
    pub tracking_id: String,
    /// NetMile member it names.
    pub user: String,
    /// Month it is about, `YYYYMM`.
    pub month: String,
    /// Whether an OK to it says an amount.
    pub says_amount: bool,
    /// Its fields, masked: secrets, card data and personal data do not pass.
    pub logged: Fields,
}

impl Book {
    /// Looks at a call.
    #[must_use]
    pub fn peek(&self, request: &ApiRequest<'_>) -> Peek {
        let mut peek = Peek::default();
        let Some(merchant) = gate::authorised(&self.config, request.authorization) else {
            return peek;
        };
        peek.merchant_id.clone_from(&merchant.merchant_id);
        peek.service_id.clone_from(&merchant.service_id);
        let bounds = xml::Bounds {
            bytes: self.config.rules.max_body_bytes,
            elements: self.config.rules.max_fields,
            ..xml::Bounds::default()
        };
        let Ok(document) = xml::parse(request.body, bounds) else {
            return peek;
        };
        peek.function = document.id.as_deref().and_then(FunctionId::parse);
        let mut message = Request::spread(&document.root);
        peek.logged = masked(&message);
        let function = peek.function.as_ref().and_then(|id| {
            let method = merchant
                .api_methods
                .iter()
                .find(|m| m.number == id.method())?;
            function::function(id, method)
        });
        if let Some(function) = function {
            peek.says_amount = function.operation.tells_amount();
            // What can not be read now is refused later.
            let _ = message.open(
                fields::table(function.operation),
                merchant.api.tdes().as_ref(),
            );
        }
        let get = |path: &str| message.get(path).chars().take(100).collect::<String>();
        peek.tracking_id = get("tracking_id");
        peek.order_id = get("order_id");
        peek.user = get("pay_method_info/netmile_user_id");
        peek.month = get("pay_option_manage/cancel_target_month");
        if let (true, Some(payment)) = (
            peek.order_id.is_empty(),
            self.payments.get(&peek.tracking_id),
        ) {
            peek.order_id.clone_from(&payment.order_id);
        }
        peek
    }
}

fn masked(request: &Request) -> Fields {
    let shown = request
        .raw()
        .map(|(path, raw)| {
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            let hidden = path.starts_with(SECRET) || HIDDEN.contains(&name.as_str());
            let value = if hidden && !raw.is_empty() {
                "***".to_owned()
            } else {
                raw.to_owned()
            };
            (name, value)
        })
        .take(200)
        .collect();
    mask::fields(&shown)
}
