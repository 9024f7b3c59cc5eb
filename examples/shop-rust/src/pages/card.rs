//! The shop's own screen for cards. It takes a token, never a card number.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use netmile::charge::Charge;
use netmile::operation::Outcome;

use super::Next;
use super::layout::{note, page};
use super::orders::own_order;
use super::screen::{
    attempt_of, begin, cancel_form, elsewhere_form, refusal, to_order, to_screen, total, try_of,
};
use super::text::Tone;
use crate::App;
use crate::card::{self, MAX_TOKEN};
use crate::failure::Failure;
use crate::own;
use crate::store::{Order, Way};
use crate::visit::{Posted, Visit, random_hex};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/orders/{id}/card", get(show))
        .route("/orders/{id}/card/pay", post(pay))
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Failure> {
    let order = own_order(&app, &visit, &id).await?;
    let charge = own::charge(&app, &order).await?;
    match own::attempt(&order, charge.as_ref()) {
        Some(attempt) if order.way == Way::Card => {
            let title = visit.lang.pick("Pay by card", "カードでお支払い");
            let body = form(&visit, &order, charge.as_ref(), attempt);
            Ok(page(&visit, title, &body).into_response())
        }
        _ => Ok(to_order(&id, None).into_response()),
    }
}

fn form(visit: &Visit, order: &Order, last: Option<&Charge>, attempt: u32) -> Markup {
    let lang = visit.lang;
    html! {
        (refusal(visit, last))
        (total(visit, order))
        (note(Tone::Wait, lang.pick(
            "Example: a real shop loads the payment company's script here. It sends the card number to that company alone, and gets a one-time token in exchange. The mock gateway takes any text as a token, once; \"decline\" is refused.",
            "サンプル：実際のショップでは、ここで決済会社のスクリプトを読み込みます。カード番号は決済会社だけに送られ、引き換えにワンタイムトークンが発行されます。モックでは任意の文字列を一度だけトークンとして使えます（「decline」は拒否されます）。")))
        form method="post" action={ "/orders/" (order.id) "/card/pay" } {
            (try_of(visit, attempt))
            p class="field" {
                label for="card-token" { (lang.pick("One-time token", "ワンタイムトークン")) }
                input id="card-token" name="card_token" value=(random_hex()) maxlength=(MAX_TOKEN)
                    autocomplete="off" autocapitalize="none" spellcheck="false" required;
            }
            p class="field" {
                label for="card-key" { (lang.pick("Key of the token", "トークンキー")) }
                input id="card-key" name="card_key" value=(random_hex()) maxlength=(MAX_TOKEN)
                    autocomplete="off" autocapitalize="none" spellcheck="false" required;
            }
            button type="submit" {
                (lang.pick("Pay by card", "カードで支払う"))
            }
        }
        (elsewhere_form(visit, order, "plain"))
        (cancel_form(visit, order))
    }
}

/// What the gateway's script would have put into the form: printable ASCII.
fn token_of<'p>(posted: &'p Posted, name: &str) -> Option<&'p str> {
    let text = posted.get(name).trim();
    let fits = (1..=MAX_TOKEN).contains(&text.len());
    (fits && text.bytes().all(|byte| byte.is_ascii_graphic())).then_some(text)
}

/// However often the form is sent, its try charges once.
async fn pay(State(app): State<App>, Path(id): Path<String>, visit: Visit, posted: Posted) -> Next {
    let order = own_order(&app, &visit, &id).await?;
    let attempt = attempt_of(&posted)?;
    let token = token_of(&posted, "card_token").zip(token_of(&posted, "card_key"));
    let Some((token, key)) = token else {
        return Ok(to_screen(&order, Some("card_token")));
    };
    if !begin(&app, &order, Way::Card, attempt, None, None).await? {
        return Ok(to_order(&id, Some("stale")));
    }
    Ok(match card::pay(&app, &order, attempt, token, key).await {
        Ok(Outcome::Rejected(_)) => to_screen(&order, None),
        Ok(_) => to_order(&id, None),
        // The step that was next was not sent: the order's page says what stands.
        Err(error) => {
            tracing::warn!(%error, order = id, "not charged");
            to_screen(&order, Some(error.code()))
        }
    })
}
