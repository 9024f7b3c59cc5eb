//! What every call must pass before the state is asked.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    config::Config,
    fields,
    function::{self, Function, FunctionId},
    refusal::Ng,
    request::Request,
    terms::ApiMethod,
};
use crate::scenario::Merchant;

/// The merchant whose Basic credentials these are.
pub(crate) fn authorised<'a>(config: &'a Config, header: Option<&str>) -> Option<&'a Merchant> {
    let header = header?;
    let (scheme, given) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = STANDARD.decode(given.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (user, password) = text.split_once(':')?;
    config.merchants.iter().find(|m| {
        let ids = format!("{}{}", m.merchant_id, m.service_id);
        user == m.api.user.as_deref().unwrap_or(&ids)
            && password == m.api.password.as_deref().unwrap_or(&m.hash_key)
    })
}

/// Every check that needs no state, in the order of docs/protocol/api-type.md#mock.
pub(crate) fn checks<'a>(
    config: &Config,
    user: &Merchant,
    own: Option<&'a ApiMethod>,
    method: &ApiMethod,
    (id, function): (&FunctionId, Function),
    request: &mut Request,
    now: i64,
) -> Result<&'a ApiMethod, Ng> {
    for (name, number, is) in [
        ("merchant_id", 1, &user.merchant_id),
        ("service_id", 2, &user.service_id),
    ] {
        if request.get(name) != is {
            let why = format!("{name}: not the one that logged in");
            return Err(Ng::early("14", number, why));
        }
    }
    let table = fields::table(function.operation);
    request.open(table, user.api.tdes().as_ref())?;
    request.check(table, method, config.api.refuse_unknown_fields)?;
    request.window(
        now,
        config.rules.default_limit_second,
        config.rules.future_skew_second,
    )?;
    if !request.hash_fits(&user.hash_key) {
        return Err(Ng::early("09", fields::NO_FIELD, "sps_hashcode: differs"));
    }
    if config.api.strict_order && table.ordered && !request.in_order(table) {
        let why = "sps_hashcode: fields stand in another order than the documented one";
        return Err(Ng::early("09", fields::NO_FIELD, why));
    }
    own.filter(|m| function::function(id, m).is_some())
        .ok_or_else(|| {
            Ng::early(
                "01",
                fields::NO_FIELD,
                "the contract does not have this method",
            )
        })
}
