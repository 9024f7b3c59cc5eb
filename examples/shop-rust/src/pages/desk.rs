//! The desk of the shop's staff: purchases that wait for a person.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use netmile::ErrorKind;
use netmile::purchase::{Payment, Phase, Purchase, RefundEvidence, ReviewVerdict};

use super::layout::{button, page, token};
use super::{Next, text};
use crate::failure::Failure;
use crate::visit::{Posted, Visit, renewed};
use crate::{App, payment};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/desk", get(show))
        .route("/desk/login", post(log_in))
        .route("/desk/logout", post(log_out))
        .route("/desk/{id}/{step}", post(step))
}

async fn show(State(app): State<App>, visit: Visit) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let title = lang.pick("Desk", "スタッフ画面");
    if !app.store.is_desk(&visit.session).await? {
        return Ok(page(&visit, title, &login(&visit)));
    }
    let waiting = app.client.purchases().unresolved(100).await?;
    let charges = super::desk_charges::lists(&app, &visit).await?;
    let exchanges = super::desk_exchanges::lists(&app, &visit).await?;
    let kept = app.client.purchases().evidence(20).await?;
    let body = html! {
        @if waiting.is_empty() {
            p { (lang.pick("Nothing waits for you.", "対応が必要なお支払いはありません。")) }
        }
        ul class="lines" {
            @for purchase in &waiting { li { (waiting_purchase(&app, &visit, purchase)) } }
        }
        (charges)
        (exchanges)
        h2 { (lang.pick("Messages that could not be applied", "適用できなかった通知")) }
        @if kept.is_empty() { p { (lang.pick("None.", "ありません。")) } }
        ul {
            @for message in &kept { li { (text::instant(message.at)) " " code { (message.code) } } }
        }
        (button(&visit, "/desk/logout", "plain", lang.pick("Log out", "ログアウト")))
    };
    Ok(page(&visit, title, &body))
}

fn login(visit: &Visit) -> Markup {
    let lang = visit.lang;
    html! {
        form method="post" action="/desk/login" {
            (token(visit))
            p {
                label for="password" { (lang.pick("Password", "パスワード")) }
                input id="password" name="password" type="password" autocomplete="current-password" required;
            }
            button type="submit" { (lang.pick("Log in", "ログイン")) }
        }
    }
}

fn waiting_purchase(app: &App, visit: &Visit, purchase: &Purchase) -> Markup {
    let lang = visit.lang;
    let (_, word, _) = text::phase(lang, Some(purchase.phase));
    let to = |step: &str| format!("/desk/{}/{step}", purchase.id);
    html! {
        p class="name" { (purchase.asked.item_name) }
        p { strong { (word) } " " code { (purchase.phase.name()) } }
        p class="price" { (text::yen(lang, purchase.asked.amount)) }
        p class="id" { small { (purchase.id) } }
        @if let Some(reason) = purchase.review { p { (text::review(lang, reason)) } }
        @for payment in &purchase.payments { (payment_of(app, visit, purchase, payment)) }
        @if purchase.phase == Phase::PaidLate {
            (button(visit, &to("accept_late"), "", lang.pick("Keep the payment and send the goods", "お支払いを受け入れて発送する")))
        }
        @if purchase.phase == Phase::NeedsReview { (review_forms(visit, purchase)) }
    }
}

fn payment_of(app: &App, visit: &Visit, purchase: &Purchase, payment: &Payment) -> Markup {
    let lang = visit.lang;
    let to = |step: &str| format!("/desk/{}/{step}", purchase.id);
    let tracking_id = html! { input type="hidden" name="tracking_id" value=(payment.tracking_id); };
    let management = payment::management_page(app, &payment.tracking_id);
    html! {
        div class="payment" {
            p {
                (lang.pick("Payment", "お支払い")) " " span class="id" { (payment.tracking_id) } " "
                @if let Some(page) = management { a href=(page) { (lang.pick("management page", "管理画面")) } }
            }
            @match &payment.refund {
                None => form method="post" action=(to("refund")) {
                    (token(visit)) (tracking_id)
                    button type="submit" class="plain" { (lang.pick("Have it refunded", "返金を手配する")) }
                },
                Some(refund) if refund.confirmed.is_none() => {
                    form method="post" action=(to("confirm")) class="row" {
                        (token(visit)) (tracking_id)
                        label for={ "by-" (payment.tracking_id) } { (lang.pick("Refunded on the management page by", "管理画面で返金を実行した担当者")) }
                        input id={ "by-" (payment.tracking_id) } name="reference" maxlength="40" autocomplete="off" required;
                        button type="submit" { (lang.pick("Write the refund down", "返金を記録する")) }
                    }
                    form method="post" action=(to("withdraw")) {
                        (token(visit)) (tracking_id)
                        button type="submit" class="plain" { (lang.pick("Do not refund", "返金しない")) }
                    }
                },
                Some(_) => p { (lang.pick("Refunded", "返金済み")) },
            }
        }
    }
}

fn review_forms(visit: &Visit, purchase: &Purchase) -> Markup {
    let lang = visit.lang;
    html! {
        form method="post" action={ "/desk/" (purchase.id) "/paid" } class="row" {
            (token(visit))
            label for={ "attempt-" (purchase.id) } { (lang.pick("Attempt", "お支払い手続き")) }
            select id={ "attempt-" (purchase.id) } name="order_id" {
                @for attempt in purchase.attempts.iter().rev() { option { (attempt.order_id) } }
            }
            label for={ "tracking-" (purchase.id) } { (lang.pick("Tracking id", "トラッキングID")) }
            input id={ "tracking-" (purchase.id) } name="tracking_id" inputmode="numeric" maxlength="14" required
                value=(purchase.payments.first().map_or("", |p| p.tracking_id.as_str()));
            button type="submit" { (lang.pick("The management page says paid", "管理画面で支払い済みを確認した")) }
        }
        (button(visit, &format!("/desk/{}/not_paid", purchase.id), "plain",
            lang.pick("The management page says not paid", "管理画面で未払いを確認した")))
    }
}

/// The session gets a new id with its new rights: whoever knew the old one is not let in with it.
async fn log_in(State(app): State<App>, visit: Visit, posted: Posted) -> Result<Response, Failure> {
    if posted.get("password") != app.desk_password {
        return Ok(Redirect::to("/desk?say=wrong_password").into_response());
    }
    let (session, cookie) = renewed(&app);
    app.store.enter_desk(&visit.session, &session).await?;
    Ok((AppendHeaders(cookie), Redirect::to("/desk")).into_response())
}

async fn log_out(State(app): State<App>, visit: Visit, _: Posted) -> Next {
    app.store.leave_desk(&visit.session).await?;
    Ok(Redirect::to("/desk"))
}

async fn step(
    State(app): State<App>,
    Path((id, step)): Path<(String, String)>,
    visit: Visit,
    posted: Posted,
) -> Next {
    if !app.store.is_desk(&visit.session).await? {
        return Ok(Redirect::to("/desk"));
    }
    let tracking_id = posted.get("tracking_id");
    let (refunds, purchases) = (app.client.refunds(), app.client.purchases());
    let done = match step.as_str() {
        "refund" => {
            let asked = refunds
                .request(&id, Some(tracking_id), "asked by the desk")
                .await;
            asked.map(|_| ())
        }
        "confirm" => {
            let who = posted.get("reference").trim();
            if who.is_empty() || who.chars().count() > 40 {
                return Ok(Redirect::to("/desk?say=reference"));
            }
            confirm(&app, &id, tracking_id, who).await
        }
        "withdraw" => refunds.withdraw(&id, tracking_id).await.map(|_| ()),
        "accept_late" => purchases.accept_late(&id).await.map(|_| ()),
        "not_paid" => purchases
            .review(&id, ReviewVerdict::NotPaid)
            .await
            .map(|_| ()),
        "paid" => {
            if !super::desk_charges::is_tracking_id(tracking_id) {
                return Ok(Redirect::to("/desk?say=tracking_id"));
            }
            let verdict = ReviewVerdict::Paid {
                order_id: posted.get("order_id").to_owned(),
                tracking_id: tracking_id.to_owned(),
            };
            purchases.review(&id, verdict).await.map(|_| ())
        }
        _ => return Err(Failure::NotFound),
    };
    app.wake.notify_one();
    let say = match &done {
        Ok(()) => "done",
        Err(error) => error.code(),
    };
    Ok(Redirect::to(&format!("/desk?say={say}")))
}

/// Tells netmile that somebody executed the refund on the gateway's management page.
async fn confirm(app: &App, id: &str, tracking_id: &str, who: &str) -> netmile::Result<()> {
    let purchase = app.client.purchases().get(id).await?;
    let payment = purchase.payment(tracking_id).ok_or_else(|| {
        netmile::Error::field(
            ErrorKind::UnknownOrder,
            "tracking_id",
            "is no payment of it",
        )
    })?;
    let evidence = RefundEvidence {
        source: "management_page".to_owned(),
        reference: who.to_owned(),
        amount: payment.amount,
        refunded_at: app.clock.now(),
    };
    let refunds = app.client.refunds();
    refunds.confirm(id, tracking_id, evidence).await.map(|_| ())
}
