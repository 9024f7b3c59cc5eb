//! Charging on the shop's own screen, server to server. Copy this file for the API type.
//!
//! Each try of an order is a charge of its own, `<order>-m<n>`, and the next one begins only after the last was refused.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use netmile::api::{ApiAck, ChargeRequest, Means};
use netmile::charge::{Charge, ChargePhase};
use netmile::operation::Outcome;
use netmile::{ErrorKind, Miles, Result};

use crate::message::MAX_MESSAGE;
use crate::store::Order;
use crate::{App, payment};

/// Tag of the method.
pub(crate) const METHOD: &str = "netmile";

/// Longest member id that the shop takes.
pub(crate) const MAX_MEMBER: usize = 64;

/// Whether the contract has NetMile by API type.
pub(crate) fn is_offered(app: &App) -> bool {
    let contract = app.client.contract();
    contract.is_ok_and(|contract| {
        contract
            .method(METHOD)
            .is_ok_and(|method| method.api().is_some())
    })
}

/// The id of a try: the `order_id` at the gateway.
pub(crate) fn charge_id(order_id: &str, attempt: u32) -> String {
    format!("{order_id}-m{attempt}")
}

/// The order of a charge of this shop's own screen.
pub(crate) fn order_of(charge_id: &str) -> Option<&str> {
    let (order_id, attempt) = charge_id.split_once("-m")?;
    attempt.parse::<u32>().is_ok().then_some(order_id)
}

/// The last charge of an order, when there is one.
pub(crate) async fn charge(app: &App, order: &Order) -> Result<Option<Charge>> {
    if order.attempt == 0 {
        return Ok(None);
    }
    let id = charge_id(&order.id, order.attempt);
    match app.client.payments().get(&id).await {
        Ok(charge) => Ok(Some(charge)),
        // The process stopped between the customer's consent and the charge.
        Err(error) if error.kind() == ErrorKind::UnknownOrder => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether nothing of this order is charged, and nothing can be any more by what was tried so far.
pub(crate) fn is_free(order: &Order, charge: Option<&Charge>) -> bool {
    match charge {
        Some(charge) => charge.phase == ChargePhase::Rejected,
        None => order.attempt == 0,
    }
}

/// How many miles a member has.
pub(crate) async fn balance(app: &App, member: &str) -> Result<Miles> {
    app.client.payments().balance(METHOD, member).await
}

/// Charges an order. Called again for the same try it charges nothing more: it tells what became of it.
pub(crate) async fn pay(
    app: &App,
    order: &Order,
    attempt: u32,
    member: &str,
) -> Result<Outcome<Charge>> {
    let (item_id, item_name) = payment::item(order);
    let request = ChargeRequest::new(
        charge_id(&order.id, attempt),
        METHOD,
        order.total(),
        Means::member(member),
    )
    .customer(&order.customer)
    .item(item_id, item_name)
    .terminal(order.terminal);
    let paid = app.client.payments().charge(&request).await;
    app.wake.notify_one(); // the fulfilment may have something to do
    paid
}

/// `POST /netmile/api-notify`: the gateway's server says something about a charge, in XML.
pub(crate) async fn notice(State(app): State<App>, request: Request) -> Response {
    let Ok(body) = axum::body::to_bytes(request.into_body(), MAX_MESSAGE).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let payments = app.client.payments();
    let ack = match payments.notice(&body).await {
        Ok(receipt) => receipt.ack,
        Err(error) => {
            tracing::warn!(%error, "a notice was refused");
            payments.refuse(&error)
        }
    };
    app.wake.notify_one();
    answer(&ack)
}

/// The answer to a notice, byte for byte.
fn answer(ack: &ApiAck) -> Response {
    let status = StatusCode::from_u16(ack.status()).unwrap_or(StatusCode::OK);
    let kind = [(header::CONTENT_TYPE, ack.content_type())];
    (status, kind, ack.body().to_vec()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_names_its_order() {
        let id = "0123456789abcdef0123456789abcdef";
        assert_eq!(order_of(&charge_id(id, 12)), Some(id));
        assert!(charge_id(id, 999).len() <= Charge::MAX_ID_LEN);
        assert_eq!(order_of("0123456789abcdef01234567-2026-02"), None);
    }
}
