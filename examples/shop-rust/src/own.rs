//! Charging on the shop's own screens, server to server. Copy this file, and of `card.rs` and `slip.rs` what you
//! offer, for the API type.
//!
//! Each try of an order is a charge of its own, such as `<order>-m<n>`, and the next one begins only after the last was
//! refused.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use netmile::api::{ApiAck, ChargeRequest, Means};
use netmile::charge::{Charge, ChargePhase};
use netmile::contract::{Billing, Connection, Method, Terminal};
use netmile::operation::Outcome;
use netmile::{ErrorKind, Miles, Result};

use crate::message::MAX_MESSAGE;
use crate::store::{Order, Way};
use crate::{App, payment};

/// Tag of the method whose miles are paid with.
pub(crate) const METHOD: &str = "netmile";

/// Longest member id that the shop takes.
pub(crate) const MAX_MEMBER: usize = 64;

/// The ways that lead over a screen of the shop's own.
pub(crate) const WAYS: [Way; 3] = [Way::Own, Way::Card, Way::Slip];

/// Whether the contract has this way for an order that is billed so, by API type.
pub(crate) fn is_offered(app: &App, way: Way, billing: Billing) -> bool {
    let method = match way {
        Way::Own => METHOD,
        Way::Card => crate::card::METHOD,
        Way::Slip => crate::slip::METHOD,
        Way::Link | Way::Cancelled => return false,
    };
    // The shop's cards and slips are for single orders; the periods of a metered contract are billed by the shop.
    let fits = match billing {
        Billing::OneTime => true,
        Billing::RecurringSimple => way == Way::Own,
        _ => false,
    };
    let contract = app.client.contract();
    let method = contract.and_then(|contract| contract.method(method));
    let offers =
        |method: &Method, terminal| method.matrix().offers(Connection::Api, billing, terminal);
    fits && method.is_ok_and(|method| {
        method.api().is_some() && Terminal::ALL.iter().any(|it| offers(method, *it))
    })
}

/// The letter by which a charge names its way.
const fn letter(way: Way) -> &'static str {
    match way {
        Way::Card => "c",
        Way::Slip => "s",
        _ => "m",
    }
}

/// The id of a try: the `order_id` at the gateway.
pub(crate) fn charge_id(order: &Order, attempt: u32) -> String {
    format!("{}-{}{attempt}", order.id, letter(order.way))
}

/// The order of a charge of one of this shop's own screens.
pub(crate) fn order_of(charge_id: &str) -> Option<&str> {
    let (order_id, attempt) = charge_id.split_once('-')?;
    let number = WAYS
        .iter()
        .find_map(|way| attempt.strip_prefix(letter(*way)))?;
    number.parse::<u32>().is_ok().then_some(order_id)
}

/// The last charge of an order, when there is one.
pub(crate) async fn charge(app: &App, order: &Order) -> Result<Option<Charge>> {
    if order.attempt == 0 {
        return Ok(None);
    }
    let id = charge_id(order, order.attempt);
    match app.client.payments().get(&id).await {
        Ok(charge) => Ok(Some(charge)),
        // The process stopped between the customer's consent and the charge.
        Err(error) if error.kind() == ErrorKind::UnknownOrder => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether it came to nothing by itself: refused, or authorised and never committed.
pub(crate) const fn is_refused(charge: &Charge) -> bool {
    match charge.phase {
        ChargePhase::Rejected => true,
        // Without a rejection the staff cancelled it.
        ChargePhase::Cancelled => charge.rejection.is_some(),
        _ => false,
    }
}

/// Whether nothing of this order is charged, and nothing can be any more by what was tried so far.
pub(crate) fn is_free(order: &Order, charge: Option<&Charge>) -> bool {
    match charge {
        Some(charge) => is_refused(charge),
        None => order.attempt == 0,
    }
}

/// The try that the screen's form is for: the next one, or the last if nothing of it was sent yet. `None` when the
/// order is past that.
pub(crate) fn attempt(order: &Order, charge: Option<&Charge>) -> Option<u32> {
    match charge {
        _ if is_free(order, charge) => Some(order.attempt + 1),
        None => Some(order.attempt),
        Some(charge) => (charge.phase == ChargePhase::Prepared).then_some(order.attempt),
    }
}

/// How many miles a member has.
pub(crate) async fn balance(app: &App, member: &str) -> Result<Miles> {
    app.client.payments().balance(METHOD, member).await
}

/// What every way asks to be charged for an order.
pub(crate) fn request(order: &Order, attempt: u32, method: &str, means: Means) -> ChargeRequest {
    let (item_id, item_name) = payment::item(order);
    ChargeRequest::new(charge_id(order, attempt), method, order.total(), means)
        .customer(&order.customer)
        .item(item_id, item_name)
        .terminal(order.terminal)
}

/// Charges an order, or applies for its subscription, which the gateway bills each month. Called again for the same try
/// it charges nothing more: it tells what became of it.
pub(crate) async fn pay(
    app: &App,
    order: &Order,
    attempt: u32,
    member: &str,
) -> Result<Outcome<Charge>> {
    let request = request(order, attempt, METHOD, Means::member(member));
    let paid = if order.billing == Billing::OneTime {
        app.client.payments().charge(&request).await
    } else {
        app.client.subscriptions().apply_by_api(&request).await
    };
    app.wake.notify_one(); // the fulfilment may have something to do
    paid
}

/// Ends a subscription that was applied for here.
pub(crate) async fn end(app: &App, order: &Order) -> Result<Outcome<Charge>> {
    let id = charge_id(order, order.attempt);
    let ended = app.client.subscriptions().end_by_api(&id).await;
    app.wake.notify_one();
    ended
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
        for way in WAYS {
            let charge_id = format!("{id}-{}999", letter(way));
            assert_eq!(order_of(&charge_id), Some(id));
            assert!(charge_id.len() <= Charge::MAX_ID_LEN);
        }
        for period in ["0123456789abcdef01234567-2026-02", "0-x1", "0-m", id] {
            assert_eq!(order_of(period), None);
        }
    }
}
