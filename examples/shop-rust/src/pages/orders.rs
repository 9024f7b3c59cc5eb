//! A customer's orders.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use netmile::ErrorKind;
use netmile::contract::Billing;
use netmile::purchase::{Phase, Purchase};

use super::Next;
use super::layout::{button, page};
use super::text;
use crate::failure::Failure;
use crate::store::{Fulfilment, Order};
use crate::visit::{Posted, Visit};
use crate::{App, payment};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/orders", get(list))
        .route("/orders/{id}", get(show))
        .route("/orders/{id}/pay", get(pay).post(pay_again))
        .route("/orders/{id}/cancel", post(cancel))
        .route("/orders/{id}/refund", post(refund))
        .route("/orders/{id}/end", post(end))
}

/// The visitor's own order. Somebody else's is as good as none.
async fn own(app: &App, visit: &Visit, id: &str) -> Result<Order, Failure> {
    let order = app.store.order(id).await?;
    let order = order.filter(|order| order.session == visit.session);
    order.ok_or(Failure::NotFound)
}

/// What netmile knows of an order; nothing before its payment is started.
pub(super) async fn purchase(app: &App, id: &str) -> Result<Option<Purchase>, Failure> {
    match app.client.purchases().get(id).await {
        Ok(purchase) => Ok(Some(purchase)),
        Err(error) if error.kind() == ErrorKind::UnknownOrder => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Back to the order's page, with what there is to say.
fn to_order(id: &str, done: netmile::Result<impl Sized>) -> Redirect {
    match done {
        Ok(_) => Redirect::to(&format!("/orders/{id}")),
        Err(error) => {
            tracing::warn!(%error, order = id, "refused");
            Redirect::to(&format!("/orders/{id}?say={}", error.code()))
        }
    }
}

async fn list(State(app): State<App>, visit: Visit) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let mut rows = Vec::new();
    for order in app.store.orders_of(&visit.session).await? {
        let purchase = purchase(&app, &order.id).await?;
        rows.push((order, purchase.map(|p| p.phase)));
    }
    let body = html! {
        @if rows.is_empty() {
            p { (lang.pick("You have not ordered anything yet.", "ご注文はまだありません。")) }
            p { a href="/" { (lang.pick("To the shelves", "商品一覧へ")) } }
        } @else {
            ul class="lines" {
                @for (order, phase) in &rows {
                    @let (tone, word, _) = text::phase(lang, *phase);
                    li {
                        p class="name" { a href={ "/orders/" (order.id) } { (names(order)) } }
                        p { span class={ "state " (tone.class()) } { (word) } }
                        p class="price" { (text::yen(lang, order.total())) }
                        p { small { (text::instant(order.created_at)) } }
                    }
                }
            }
        }
    };
    Ok(page(&visit, lang.pick("Orders", "ご注文"), &body))
}

fn names(order: &Order) -> String {
    let names: Vec<&str> = order.lines.iter().map(|line| line.name.as_str()).collect();
    names.join("、")
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let order = own(&app, &visit, &id).await?;
    let purchase = purchase(&app, &id).await?;
    let done = app.store.fulfilments(Some(&id)).await?;
    let (tone, word, more) = text::phase(lang, purchase.as_ref().map(|p| p.phase));
    let body = html! {
        div class=(tone.class()) id="payment" { strong { (word) } " " span { (more) } }
        (actions(&app, &visit, &order, purchase.as_ref()))
        h2 { (lang.pick("Your order", "ご注文内容")) }
        ul class="lines" {
            @for line in &order.lines {
                li {
                    p class="name" { (line.name) " × " (line.quantity) }
                    p class="price" { (text::yen(lang, line.amount)) }
                }
            }
        }
        p class="total" {
            (lang.pick("Total", "合計")) " " strong { (text::yen(lang, order.total())) }
            @if order.billing != Billing::OneTime { small { (lang.pick(" per month", "／月")) } }
        }
        dl {
            dt { (lang.pick("Delivery", "お届け")) }
            dd id="delivery" { (delivery(&visit, &order)) }
            dt { (lang.pick("Device", "お支払いの端末")) }
            dd { (text::terminal(lang, order.terminal)) }
            dt { (lang.pick("Ordered", "ご注文日時")) }
            dd { (text::instant(order.created_at)) }
            dt { (lang.pick("Order number", "注文番号")) }
            dd class="id" { (order.id) }
        }
        (record(&visit, purchase.as_ref(), &done))
    };
    Ok(page(&visit, lang.pick("Order", "ご注文の詳細"), &body))
}

fn delivery(visit: &Visit, order: &Order) -> Markup {
    let lang = visit.lang;
    let monthly = order.billing != Billing::OneTime;
    html! {
        @match (order.shipped_at, order.ended_at) {
            (_, Some(at)) => { (lang.pick("Subscription ended", "解約済み")) " " (text::instant(at)) }
            (Some(at), None) if monthly => { (lang.pick("Subscription running since", "購読中・開始日時")) " " (text::instant(at)) }
            (Some(at), None) => { (lang.pick("Sent", "発送済み")) " " (text::instant(at)) }
            (None, None) => { (lang.pick("Once it is paid", "お支払いの確認後に発送します")) }
        }
    }
}

/// What the customer can do now.
fn actions(app: &App, visit: &Visit, order: &Order, purchase: Option<&Purchase>) -> Markup {
    let lang = visit.lang;
    let to = |end: &str| format!("/orders/{}/{end}", order.id);
    let phase = purchase.map_or(Phase::Open, |purchase| purchase.phase);
    html! {
        div class="actions" {
            @match phase {
                Phase::Open => {
                    (button(visit, &to("pay"), "", lang.pick("Go on to the payment", "お支払いへ進む")))
                    (button(visit, &to("cancel"), "plain", lang.pick("Cancel the order", "注文を取り消す")))
                }
                Phase::AwaitingNotice => {
                    p { a class="go" href={ "/orders/" (order.id) } { (lang.pick("Look again", "最新の状態を見る")) } }
                }
                Phase::Paid if order.billing != Billing::OneTime && order.ended_at.is_none() => {
                    (button(visit, &to("end"), "plain", lang.pick("End the subscription", "購読を解約する")))
                    (button(visit, &to("refund"), "plain", lang.pick("Ask for a refund", "返金を依頼する")))
                }
                Phase::Paid => {
                    (button(visit, &to("refund"), "plain", lang.pick("Ask for a refund", "返金を依頼する")))
                }
                Phase::RefundRequested => { (refund_by_staff(app, visit, purchase)) }
                _ => {}
            }
        }
    }
}

/// A link refund is executed by a person: where, and where that is written down.
fn refund_by_staff(app: &App, visit: &Visit, purchase: Option<&Purchase>) -> Markup {
    let lang = visit.lang;
    let page = purchase.and_then(|p| p.live_payments().next());
    let page = page.and_then(|payment| payment::management_page(app, &payment.tracking_id));
    html! {
        p {
            (lang.pick("For the staff:", "店舗スタッフの方へ：")) " "
            @if let Some(page) = page {
                a id="management" href=(page) { (lang.pick("carry the refund out on the management page", "管理画面で返金を実行")) }
                (lang.pick(", then ", "し、"))
            }
            a href="/desk" { (lang.pick("write it down at the desk", "スタッフ画面で記録")) }
            (lang.pick(".", "してください。"))
        }
    }
}

/// What is on record about the payment, for whoever asks the shop about it.
fn record(visit: &Visit, purchase: Option<&Purchase>, done: &[Fulfilment]) -> Markup {
    let lang = visit.lang;
    html! {
        @if let Some(purchase) = purchase {
            details {
                summary { (lang.pick("Payment record", "お支払いの記録")) }
                dl {
                    @for attempt in &purchase.attempts {
                        dt { (lang.pick("Attempt", "お支払い手続き")) }
                        dd class="id" {
                            (attempt.order_id) " " (attempt_state(visit, attempt.state))
                            @if let Some(code) = &attempt.err_code { " (" (code) ")" }
                        }
                    }
                    @for payment in &purchase.payments {
                        dt { (lang.pick("Tracking id", "トラッキングID")) }
                        dd class="id" { (payment.tracking_id) " " (text::yen(lang, payment.amount)) }
                    }
                    @for done in done {
                        dt { (lang.pick("Event", "処理")) }
                        dd { (done.kind) " " (text::instant(done.at)) }
                    }
                }
            }
        }
    }
}

fn attempt_state(visit: &Visit, state: netmile::purchase::AttemptState) -> &'static str {
    use netmile::purchase::AttemptState as S;
    let lang = visit.lang;
    match state {
        S::Open => lang.pick("started", "開始"),
        S::Returned => lang.pick("came back", "復帰"),
        S::Cancelled => lang.pick("turned back", "キャンセル"),
        S::Failed => lang.pick("failed", "失敗"),
        S::AwaitingDeposit => lang.pick("slip issued", "入金待ち"),
        S::Expired => lang.pick("expired", "期限切れ"),
        S::Paid => lang.pick("paid", "支払い完了"),
        S::Refused => lang.pick("refused by the shop", "店舗が拒否"),
        _ => lang.pick("ended", "終了"),
    }
}

async fn pay(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Failure> {
    let order = own(&app, &visit, &id).await?;
    match payment::page(&app, &order, visit.lang).await {
        Ok(page) => Ok(page),
        Err(error) => Ok(to_order(&id, Err::<(), _>(error)).into_response()),
    }
}

async fn pay_again(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    _: Posted,
) -> Next {
    let order = own(&app, &visit, &id).await?;
    match payment::start(&app, &order).await {
        Ok(_) => Ok(Redirect::to(&format!("/orders/{id}/pay"))),
        refused => Ok(to_order(&id, refused)),
    }
}

async fn cancel(State(app): State<App>, Path(id): Path<String>, visit: Visit, _: Posted) -> Next {
    own(&app, &visit, &id).await?;
    let done = app.client.checkout().give_up(&id).await;
    app.wake.notify_one();
    Ok(to_order(&id, done))
}

async fn refund(State(app): State<App>, Path(id): Path<String>, visit: Visit, _: Posted) -> Next {
    own(&app, &visit, &id).await?;
    let asked = app
        .client
        .refunds()
        .request(&id, None, "asked by the customer")
        .await;
    app.wake.notify_one();
    Ok(to_order(&id, asked))
}

/// Answers with the gateway's form itself: each press is an attempt of its own, so there is nothing to come back to.
async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    _: Posted,
) -> Result<Response, Failure> {
    let order = own(&app, &visit, &id).await?;
    match payment::end_page(&app, &order, visit.lang).await {
        Ok(page) => Ok(page),
        Err(error) => Ok(to_order(&id, Err::<(), _>(error)).into_response()),
    }
}
