//! From basket to order.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use netmile::Lang;
use netmile::contract::Terminal;
use serde::Deserialize;

use super::layout::{page, token};
use super::shelves::total;
use super::{Next, text};
use crate::App;
use crate::catalogue::find;
use crate::failure::Failure;
use crate::store::{BasketLine, NewOrder, Way, terminal_of};
use crate::visit::{Posted, Visit, is_hex, random_hex};
use crate::{own, payment};

pub(super) fn router() -> Router<App> {
    Router::new().route("/checkout", get(show).post(place))
}

#[derive(Deserialize)]
struct What {
    /// A subscription is ordered by itself; without it the basket is meant.
    item: Option<String>,
}

/// What is to be ordered: one subscription, or the basket.
async fn lines(app: &App, visit: &Visit, item: &str) -> Result<Vec<BasketLine>, Failure> {
    if item.is_empty() {
        return Ok(app.store.basket(&visit.session).await?);
    }
    let item = find(item).filter(|item| item.monthly());
    let item = item.ok_or(Failure::NotFound)?;
    Ok(vec![BasketLine { item, quantity: 1 }])
}

async fn show(
    State(app): State<App>,
    Query(what): Query<What>,
    visit: Visit,
) -> Result<Response, Failure> {
    let lang = visit.lang;
    let item = what.item.unwrap_or_default();
    let lines = lines(&app, &visit, &item).await?;
    if lines.is_empty() {
        return Ok(Redirect::to("/basket?say=basket_empty").into_response());
    }
    let monthly = lines.iter().any(|line| line.item.monthly());
    let sum = text::yen(lang, total(&lines));
    let body = html! {
        ul class="lines" {
            @for line in &lines {
                li {
                    p class="name" { (line.item.name(lang)) " × " (line.quantity) }
                    p class="price" { (text::yen(lang, line.amount())) }
                }
            }
        }
        p class="total" {
            (lang.pick("Total", "合計")) " " strong { (sum) }
            @if monthly { small { (lang.pick(" per month", "／月")) } }
        }
        form method="post" action="/checkout" {
            (token(&visit))
            // The order's id is made with the page, so that a double click orders once.
            input type="hidden" name="order" value=(random_hex());
            input type="hidden" name="item" value=(item);
            input type="hidden" name="total" value=(total(&lines));
            fieldset {
                legend { (lang.pick("Which device do you use?", "ご利用の端末")) }
                @for terminal in Terminal::ALL { (choice(&visit, *terminal)) }
            }
            (ways(&visit, &offered(&app, &lines)))
            button type="submit" { (lang.pick("Order and go on to the payment", "注文して支払いへ進む")) }
        }
    };
    Ok(page(&visit, lang.pick("Checkout", "ご注文手続き"), &body).into_response())
}

/// The shop's own screens on which these lines can be paid.
fn offered(app: &App, lines: &[BasketLine]) -> Vec<Way> {
    let billing = lines.first().map(|line| line.item.billing);
    let fits = |way: &Way| billing.is_some_and(|it| own::is_offered(app, *way, it));
    own::WAYS.into_iter().filter(fits).collect()
}

/// Where the customer pays: on the gateway's pages, or here.
fn ways(visit: &Visit, own_screens: &[Way]) -> Markup {
    let lang = visit.lang;
    html! {
        @if own_screens.is_empty() {
            p { (way_text(lang, Way::Link)) }
        } @else {
            fieldset {
                legend { (lang.pick("How will you pay?", "お支払い方法")) }
                @for way in [Way::Link].iter().chain(own_screens) {
                    @let id = format!("way-{}", way.name());
                    p class="choice" {
                        input type="radio" id=(id) name="way" value=(way.name()) checked[*way == Way::Link] required;
                        " "
                        label for=(id) { (way_text(lang, *way)) }
                    }
                }
            }
        }
    }
}

const fn way_text(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::Own => lang.pick(
            "You pay here with your NetMile user id and the miles that you have.",
            "この店の画面で、ネットマイル会員IDと保有マイルを使って支払います。",
        ),
        Way::Card => lang.pick(
            "You pay here by card.",
            "この店の画面で、クレジットカードを使って支払います。",
        ),
        Way::Slip => lang.pick(
            "You get a number here and pay at the convenience store.",
            "この店の画面で番号を受け取り、コンビニのレジで支払います。",
        ),
        Way::Link | Way::Cancelled => lang.pick(
            "You pay with NetMile on the payment company's pages and come back here.",
            "決済会社の画面でネットマイルを使って支払い、この店に戻ります。",
        ),
    }
}

fn choice(visit: &Visit, terminal: Terminal) -> Markup {
    let id = format!("terminal-{}", terminal.name());
    let chosen = terminal == Terminal::Pc;
    html! {
        p class="choice" {
            input type="radio" id=(id) name="terminal" value=(terminal.name()) checked[chosen] required;
            " "
            label for=(id) { (text::terminal(visit.lang, terminal)) }
        }
    }
}

async fn place(State(app): State<App>, visit: Visit, posted: Posted) -> Next {
    let (id, item) = (posted.get("order"), posted.get("item"));
    if !is_hex(id) {
        return Err(Failure::NotAForm);
    }
    let back = |say: &str| match item {
        "" => Redirect::to(&format!("/checkout?say={say}")),
        item => Redirect::to(&format!("/checkout?item={item}&say={say}")),
    };
    let to_payment = Redirect::to(&format!("/orders/{id}/pay"));
    // The basket is read before the order is looked for: of two clicks at once, the later would else find neither.
    let lines = lines(&app, &visit, item).await?;
    if let Some(order) = app.store.order(id).await? {
        let own = order.session == visit.session;
        return if own {
            Ok(to_payment)
        } else {
            Err(Failure::NotFound)
        };
    }
    if lines.is_empty() {
        return Ok(Redirect::to("/basket?say=basket_empty"));
    }
    let Some(terminal) = terminal_of(posted.get("terminal")) else {
        return Ok(back("terminal"));
    };
    if posted.get("total") != total(&lines).to_string() {
        return Ok(back("stale"));
    }
    let way = Way::of(posted.get("way"));
    let is_offered = offered(&app, &lines).contains(&way);
    let way = if is_offered { way } else { Way::Link };
    let new = NewOrder {
        id,
        session: &visit.session,
        terminal,
        lang: visit.lang,
        way,
        lines: &lines,
        at: app.clock.now(),
    };
    if app.store.place(&new).await? && way == Way::Link {
        let order = app.store.order(id).await?.ok_or(Failure::NotFound)?;
        if let Err(error) = payment::start(&app, &order).await {
            tracing::warn!(%error, "a payment was not started");
            return Ok(Redirect::to(&format!("/orders/{id}?say={}", error.code())));
        }
    }
    Ok(to_payment)
}
