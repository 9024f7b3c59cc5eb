//! What the shop's own payment screens have in common: the price, the way out, and the tries of an order.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::post;
use maud::{Markup, html};
use netmile::charge::Charge;
use netmile::contract::Billing;

use super::Next;
use super::layout::{button, note, token};
use super::orders::own_order;
use super::text::{self, Tone};
use crate::failure::Failure;
use crate::store::{Order, Way};
use crate::visit::{Posted, Visit};
use crate::{App, own, payment};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/orders/{id}/{screen}/elsewhere", post(elsewhere))
        .route("/orders/{id}/{screen}/cancel", post(cancel))
}

/// Where an order is paid: on a screen of the shop's own, or on the page that leads to the gateway.
pub(super) fn path(order: &Order) -> String {
    let screen = match order.way {
        Way::Own => "miles",
        Way::Card => "card",
        Way::Slip => "slip",
        Way::Link => "pay",
        Way::Cancelled => return format!("/orders/{}", order.id),
    };
    format!("/orders/{}/{screen}", order.id)
}

fn saying(path: &str, say: Option<&str>) -> Redirect {
    match say {
        Some(say) => Redirect::to(&format!("{path}?say={say}")),
        None => Redirect::to(path),
    }
}

pub(super) fn to_order(id: &str, say: Option<&str>) -> Redirect {
    saying(&format!("/orders/{id}"), say)
}

pub(super) fn to_screen(order: &Order, say: Option<&str>) -> Redirect {
    saying(&path(order), say)
}

/// Why the last try came to nothing, if there was one.
pub(super) fn refusal(visit: &Visit, last: Option<&Charge>) -> Markup {
    let rejection = last.and_then(|charge| charge.rejection.as_ref());
    html! {
        @if let Some(rejection) = rejection {
            (note(Tone::Bad, &text::rejection(visit.lang, rejection)))
        }
    }
}

/// What is bought, and what it costs.
pub(super) fn total(visit: &Visit, order: &Order) -> Markup {
    let lang = visit.lang;
    html! {
        ul class="lines" {
            @for line in &order.lines {
                li {
                    p class="name" { (line.name) " × " (line.quantity) }
                    p class="price" { (text::yen(lang, line.amount)) }
                }
            }
        }
        p class="total" {
            (lang.pick("To pay", "お支払い額")) " " strong { (text::yen(lang, order.total())) }
            @if order.billing != Billing::OneTime { small { (lang.pick(" per month", "／月")) } }
            @if let (Way::Own, Ok(miles)) = (order.way, order.total().to_miles()) {
                " " small { "(" (text::miles(lang, miles)) ")" }
            }
        }
    }
}

pub(super) fn elsewhere_form(visit: &Visit, order: &Order, class: &str) -> Markup {
    let text = visit.lang.pick(
        "Pay on the payment company's pages instead",
        "決済会社の画面で支払う",
    );
    button(visit, &format!("{}/elsewhere", path(order)), class, text)
}

pub(super) fn cancel_form(visit: &Visit, order: &Order) -> Markup {
    let text = visit.lang.pick("Cancel the order", "注文を取り消す");
    button(visit, &format!("{}/cancel", path(order)), "plain", text)
}

/// The start of a form that pays: the session's token, and the number of the try.
pub(super) fn try_of(visit: &Visit, attempt: u32) -> Markup {
    html! {
        (token(visit))
        input type="hidden" name="attempt" value=(attempt);
    }
}

pub(super) fn attempt_of(posted: &Posted) -> Result<u32, Failure> {
    posted
        .get("attempt")
        .parse()
        .ok()
        .filter(|attempt| *attempt < 1_000)
        .ok_or(Failure::NotAForm)
}

/// Begins a try on the screen of this way, unless the order is past it: another try, another way, or a charge that
/// stands.
pub(super) async fn begin(
    app: &App,
    order: &Order,
    way: Way,
    attempt: u32,
    member: Option<&str>,
    store: Option<&str>,
) -> Result<bool, Failure> {
    let charge = own::charge(app, order).await?;
    let is_next = attempt == order.attempt + 1 && own::is_free(order, charge.as_ref());
    let is_same = attempt == order.attempt && attempt > 0;
    let is_here = order.way == way;
    Ok(is_here && (is_next || is_same) && app.store.claim(order, attempt, member, store).await?)
}

/// Leaves the own screen for good, unless something was or may still be charged there.
async fn leave(app: &App, order: &Order, way: Way) -> Result<bool, Failure> {
    let charge = own::charge(app, order).await?;
    Ok(own::is_free(order, charge.as_ref()) && app.store.leave(order, way).await?)
}

async fn elsewhere(
    State(app): State<App>,
    Path((id, _)): Path<(String, String)>,
    visit: Visit,
    _: Posted,
) -> Next {
    let order = own_order(&app, &visit, &id).await?;
    if !leave(&app, &order, Way::Link).await? {
        return Ok(to_order(&id, Some("invalid_state")));
    }
    match payment::start(&app, &order).await {
        Ok(_) => Ok(Redirect::to(&format!("/orders/{id}/pay"))),
        Err(error) => Ok(to_order(&id, Some(error.code()))),
    }
}

async fn cancel(
    State(app): State<App>,
    Path((id, _)): Path<(String, String)>,
    visit: Visit,
    _: Posted,
) -> Next {
    let order = own_order(&app, &visit, &id).await?;
    let say = if leave(&app, &order, Way::Cancelled).await? {
        "done"
    } else {
        "invalid_state"
    };
    Ok(to_order(&id, Some(say)))
}
