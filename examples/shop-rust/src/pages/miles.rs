//! The shop's own payment screen: whose miles, how many there are and how many are missing, and the customer's consent.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use netmile::charge::{Charge, ChargePhase};
use netmile::contract::Billing;
use netmile::operation::Outcome;
use netmile::{ErrorKind, Lang, Miles};

use super::Next;
use super::layout::{note, page, token};
use super::orders::own_order;
use super::screen::{
    attempt_of, begin, cancel_form, elsewhere_form, refusal, to_order, to_screen, total,
};
use super::text::{self, Tone};
use crate::App;
use crate::failure::Failure;
use crate::own::{self, MAX_MEMBER};
use crate::store::{Order, Way};
use crate::visit::{Posted, Visit};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/orders/{id}/miles", get(show))
        .route("/orders/{id}/miles/member", post(member))
        .route("/orders/{id}/miles/pay", post(pay))
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Failure> {
    let lang = visit.lang;
    let order = own_order(&app, &visit, &id).await?;
    if order.way != Way::Own {
        return Ok(to_order(&id, None).into_response());
    }
    let charge = own::charge(&app, &order).await?;
    let body = match (&order.member, &charge) {
        _ if own::is_free(&order, charge.as_ref()) => {
            choose(&app, &visit, &order, charge.as_ref()).await
        }
        // Nothing left the shop, or it stopped before anything could: the same try goes on.
        (Some(member), None) => go_on(&visit, &order, member),
        (Some(member), Some(charge)) if charge.phase == ChargePhase::Prepared => {
            go_on(&visit, &order, member)
        }
        _ => return Ok(to_order(&id, None).into_response()),
    };
    let title = lang.pick("Pay with your miles", "マイルでお支払い");
    Ok(page(&visit, title, &body).into_response())
}

/// Whose miles, how many, and the consent.
async fn choose(app: &App, visit: &Visit, order: &Order, last: Option<&Charge>) -> Markup {
    let lang = visit.lang;
    let balance = match &order.member {
        Some(member) => Some((member, own::balance(app, member).await)),
        None => None,
    };
    html! {
        (refusal(visit, last))
        (total(visit, order))
        @match &balance {
            None => (who(visit, order, "")),
            Some((member, Ok(balance))) => {
                (consent(visit, order, member, *balance))
                // Too little: the gateway's pages are the way on.
                @if missing(order, *balance).get() > 0 { (elsewhere_form(visit, order, "")) }
                details {
                    summary { (lang.pick("Use another NetMile user id", "別のネットマイル会員IDを使う")) }
                    (who(visit, order, ""))
                }
                @if missing(order, *balance).get() == 0 { (elsewhere_form(visit, order, "plain")) }
            }
            Some((member, Err(error))) => {
                @if error.kind() == ErrorKind::Transport {
                    (note(Tone::Wait, lang.pick(
                        "Your balance could not be read right now. Nothing was charged. Please try again in a moment.",
                        "ただいま残高を確認できません。マイルは使われていません。しばらくしてからもう一度お試しください。")))
                } @else {
                    (note(Tone::Bad, lang.pick(
                        "NetMile does not know this user id. Please check it.",
                        "この会員IDはネットマイルで確認できませんでした。IDをお確かめください。")))
                }
                (who(visit, order, member))
                (elsewhere_form(visit, order, "plain"))
            }
        }
        (cancel_form(visit, order))
    }
}

fn who(visit: &Visit, order: &Order, member: &str) -> Markup {
    let lang = visit.lang;
    html! {
        form method="post" action={ "/orders/" (order.id) "/miles/member" } class="row" {
            (token(visit))
            input type="hidden" name="attempt" value=(order.attempt + 1);
            label for="member" { (lang.pick("NetMile user id", "ネットマイル会員ID")) }
            input id="member" name="member" value=(member) maxlength=(MAX_MEMBER) autocomplete="username"
                autocapitalize="none" spellcheck="false" required;
            button type="submit" { (lang.pick("Show my balance", "残高を確認する")) }
        }
    }
}

/// Miles that a balance lacks.
fn missing(order: &Order, balance: Miles) -> Miles {
    let needed = order.total().to_miles().unwrap_or_default();
    Miles::new(needed.get().saturating_sub(balance.get()))
}

/// Balance against price: enough leads to the consent, too little says how much is missing.
fn consent(visit: &Visit, order: &Order, member: &str, balance: Miles) -> Markup {
    let lang = visit.lang;
    let needed = order.total().to_miles().unwrap_or_default();
    let missing = missing(order, balance);
    let monthly = order.billing != Billing::OneTime;
    let left = Miles::new(balance.get().saturating_sub(needed.get()));
    let both = |miles: Miles| {
        let yen = text::yen(lang, miles.to_yen_floor());
        format!("{} (= {yen})", text::miles(lang, miles))
    };
    html! {
        dl id="miles" {
            dt { (lang.pick("NetMile user id", "ネットマイル会員ID")) }
            dd class="id" { (member) }
            dt { (lang.pick("Your balance", "保有マイル")) }
            dd { (both(balance)) }
            dt { (lang.pick("This order", "今回のお支払い")) }
            dd { (both(needed)) }
            @if missing.get() == 0 {
                dt { (lang.pick("Left afterwards", "お支払い後の残高")) }
                dd { (both(left)) }
            } @else {
                dt { (lang.pick("Missing", "不足マイル")) }
                dd { strong { (both(missing)) } }
            }
        }
        @if missing.get() == 0 {
            form method="post" action={ "/orders/" (order.id) "/miles/pay" } {
                (token(visit))
                input type="hidden" name="attempt" value=(order.attempt + 1);
                input type="hidden" name="member" value=(member);
                p { (agreement(lang, monthly)) }
                button type="submit" {
                    @match (lang, monthly) {
                        (Lang::En, false) => { "Pay " (text::miles(lang, needed)) " now" }
                        (Lang::Ja, false) => { "同意して" (text::miles(lang, needed)) "を支払う" }
                        (Lang::En, true) => { "Subscribe for " (text::miles(lang, needed)) " a month" }
                        (Lang::Ja, true) => { "同意して月額" (text::miles(lang, needed)) "で申し込む" }
                    }
                }
            }
        } @else {
            (note(Tone::Wait, lang.pick(
                "Your miles do not suffice. On the payment company's pages you can earn what is missing, or pay the rest by other means.",
                "マイルが不足しています。決済会社の画面では、不足分のマイルを貯めたり、ほかの方法で補ったりできます。")))
        }
    }
}

/// What the customer agrees to.
const fn agreement(lang: Lang, monthly: bool) -> &'static str {
    if monthly {
        lang.pick(
            "By pressing the button you agree that the miles are taken from your balance now for this month, and on the first day of each month until you end the subscription.",
            "ボタンを押すと、今月分のマイルが直ちに、翌月以降は解約するまで毎月1日に、保有マイルから引き落とされることに同意したものとみなします。",
        )
    } else {
        lang.pick(
            "By pressing the button you agree that the miles are taken from your balance now.",
            "ボタンを押すと、上記のマイルが保有マイルから直ちに引き落とされることに同意したものとみなします。",
        )
    }
}

fn go_on(visit: &Visit, order: &Order, member: &str) -> Markup {
    let lang = visit.lang;
    html! {
        (note(Tone::Wait, lang.pick(
            "Your payment has not been sent yet: the payment company could not be reached. Nothing was charged.",
            "決済会社に接続できず、お支払いはまだ送信されていません。マイルは使われていません。")))
        (total(visit, order))
        form method="post" action={ "/orders/" (order.id) "/miles/pay" } {
            (token(visit))
            input type="hidden" name="attempt" value=(order.attempt);
            input type="hidden" name="member" value=(member);
            p { (lang.pick("NetMile user id", "ネットマイル会員ID")) ": " span class="id" { (member) } }
            button type="submit" { (lang.pick("Try again", "もう一度支払う")) }
        }
    }
}

fn member_of(posted: &Posted) -> Option<&str> {
    let member = posted.get("member").trim();
    let fits = !member.is_empty() && member.chars().count() <= MAX_MEMBER;
    (fits && !member.chars().any(char::is_control)).then_some(member)
}

async fn member(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    posted: Posted,
) -> Next {
    let order = own_order(&app, &visit, &id).await?;
    let Some(member) = member_of(&posted) else {
        return Ok(to_screen(&order, Some("member")));
    };
    let charge = own::charge(&app, &order).await?;
    if own::is_free(&order, charge.as_ref()) {
        let attempt = attempt_of(&posted)?;
        app.store.name_member(&id, attempt, member).await?;
    }
    Ok(to_screen(&order, None))
}

/// The consent. However often the form is sent, its try charges once.
async fn pay(State(app): State<App>, Path(id): Path<String>, visit: Visit, posted: Posted) -> Next {
    let order = own_order(&app, &visit, &id).await?;
    let attempt = attempt_of(&posted)?;
    let member = member_of(&posted).ok_or(Failure::NotAForm)?;
    if !begin(&app, &order, Way::Own, attempt, Some(member), None).await? {
        return Ok(to_order(&id, Some("stale")));
    }
    Ok(match own::pay(&app, &order, attempt, member).await {
        Ok(Outcome::Rejected(_)) => to_screen(&order, None),
        // Paid, or not known yet: the order's page says which.
        Ok(_) => to_order(&id, None),
        // Nothing was sent.
        Err(error) => {
            tracing::warn!(%error, order = id, "not charged");
            to_screen(&order, None)
        }
    })
}
