//! A customer's orders.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use netmile::ErrorKind;
use netmile::Lang;
use netmile::charge::{Charge, ChargePhase};
use netmile::contract::Billing;
use netmile::operation::Outcome;
use netmile::purchase::{Phase, Purchase};

use super::layout::{button, page};
use super::text::{self, Tone};
use super::{Next, screen};
use crate::failure::Failure;
use crate::store::{Fulfilment, Order, Way};
use crate::visit::{Posted, Visit};
use crate::{App, own, payment, subscription};

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
pub(super) async fn own_order(app: &App, visit: &Visit, id: &str) -> Result<Order, Failure> {
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
        let known = known(&app, &order).await?;
        rows.push((order, known));
    }
    let body = html! {
        @if rows.is_empty() {
            p { (lang.pick("You have not ordered anything yet.", "ご注文はまだありません。")) }
            p { a href="/" { (lang.pick("To the shelves", "商品一覧へ")) } }
        } @else {
            ul class="lines" {
                @for (order, known) in &rows {
                    @let (tone, word, _) = words(lang, order, known);
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

/// What netmile knows of an order's payment.
pub(super) struct Known {
    /// By link type.
    purchase: Option<Purchase>,
    /// On the shop's own screen: the last try.
    charge: Option<Charge>,
}

pub(super) async fn known(app: &App, order: &Order) -> Result<Known, Failure> {
    let (mut known_purchase, mut charge) = (None, None);
    match order.way {
        Way::Link => known_purchase = purchase(app, &order.id).await?,
        Way::Own | Way::Card | Way::Slip => charge = own::charge(app, order).await?,
        Way::Cancelled => {}
    }
    Ok(Known {
        purchase: known_purchase,
        charge,
    })
}

/// What the state of the payment means to the customer.
fn words(lang: Lang, order: &Order, known: &Known) -> (Tone, &'static str, &'static str) {
    let phase = known.purchase.as_ref().map(|purchase| purchase.phase);
    match (&known.charge, phase) {
        _ if order.way == Way::Cancelled => text::phase(lang, Some(Phase::GivenUp)),
        (Some(charge), _) => text::charge(lang, charge),
        (None, Some(Phase::Paid)) if order.billing == Billing::RecurringMetered => {
            text::applied(lang)
        }
        (None, phase) => text::phase(lang, phase),
    }
}

pub(super) fn names(order: &Order) -> String {
    let names: Vec<&str> = order.lines.iter().map(|line| line.name.as_str()).collect();
    names.join("、")
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let order = own_order(&app, &visit, &id).await?;
    let known = known(&app, &order).await?;
    let purchase = known.purchase.as_ref();
    let periods = if order.billing == Billing::RecurringMetered {
        subscription::periods(&app, &order).await?
    } else {
        Vec::new()
    };
    let done = app.store.fulfilments(Some(&id)).await?;
    let (tone, word, more) = words(lang, &order, &known);
    let charge = known.charge.as_ref();
    let body = html! {
        div class=(tone.class()) id="payment" { strong { (word) } " " span { (more) } }
        @if app.reward.is_some() && is_paid(&known) {
            p { a class="go" href={ "/orders/" (order.id) "/thanks" } { (lang.pick("Take your miles", "マイルを受け取る")) } }
        }
        @if order.way == Way::Link { (actions(&app, &visit, &order, purchase)) }
        @if own::WAYS.contains(&order.way) {
            @if let Some(charge) = charge { (super::slip::till(&visit, &order, charge)) }
            (own_actions(&visit, &order, charge))
        }
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
            dd id="delivery" { (delivery(&visit, &order, &known)) }
            dt { (lang.pick("Device", "お支払いの端末")) }
            dd { (text::terminal(lang, order.terminal)) }
            dt { (lang.pick("Ordered", "ご注文日時")) }
            dd { (text::instant(order.created_at)) }
            dt { (lang.pick("Order number", "注文番号")) }
            dd class="id" { (order.id) }
        }
        (billed(&visit, &periods))
        (record(&visit, purchase, &done))
        (charge_record(&visit, charge, &done))
    };
    Ok(page(&visit, lang.pick("Order", "ご注文の詳細"), &body))
}

/// Whether nothing will be sent any more.
fn is_over(order: &Order, known: &Known) -> bool {
    use ChargePhase as P;
    let phase = known.purchase.as_ref().map(|purchase| purchase.phase);
    let charge = known.charge.as_ref();
    order.way == Way::Cancelled
        || matches!(phase, Some(Phase::Refunded | Phase::GivenUp))
        || charge.is_some_and(|charge| match charge.phase {
            P::Refunded | P::Expired | P::Ended => true,
            P::Cancelled => !own::is_refused(charge),
            _ => false,
        })
}

/// Whether it is paid, and goes out as soon as the shop comes to it.
pub(super) fn is_paid(known: &Known) -> bool {
    use ChargePhase as P;
    let phase = known.purchase.as_ref().map(|purchase| purchase.phase);
    let charge = known.charge.as_ref();
    let charge = charge.filter(|charge| charge.review.is_none() && charge.pending.is_none());
    matches!(phase, Some(Phase::Paid | Phase::PaidTwice))
        || charge.is_some_and(|it| matches!(it.phase, P::Paid | P::PartlyRefunded | P::Active))
}

fn delivery(visit: &Visit, order: &Order, known: &Known) -> Markup {
    let lang = visit.lang;
    let monthly = order.billing != Billing::OneTime;
    html! {
        @match (order.shipped_at, order.ended_at) {
            (_, Some(at)) => { (lang.pick("Subscription ended", "解約済み")) " " (text::instant(at)) }
            (Some(at), None) if monthly => { (lang.pick("Subscription running since", "購読中・開始日時")) " " (text::instant(at)) }
            (Some(at), None) => { (lang.pick("Sent", "発送済み")) " " (text::instant(at)) }
            (None, None) if is_over(order, known) => { (lang.pick("Nothing is sent", "発送しません")) }
            (None, None) if is_paid(known) => { (lang.pick("Being prepared", "準備中")) }
            (None, None) if monthly => { (lang.pick("It begins once it is paid", "お支払いの確認後に開始します")) }
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
                    @if order.billing != Billing::RecurringMetered {
                        (button(visit, &to("refund"), "plain", lang.pick("Ask for a refund", "返金を依頼する")))
                    }
                }
                Phase::Paid if order.billing == Billing::RecurringMetered => {}
                Phase::Paid => {
                    (button(visit, &to("refund"), "plain", lang.pick("Ask for a refund", "返金を依頼する")))
                }
                Phase::RefundRequested => { (refund_by_staff(app, visit, purchase)) }
                _ => {}
            }
        }
    }
}

/// What the customer can do now about an order of the shop's own screen.
fn own_actions(visit: &Visit, order: &Order, charge: Option<&Charge>) -> Markup {
    let lang = visit.lang;
    let phase = charge.map_or(ChargePhase::Prepared, |charge| charge.phase);
    html! {
        div class="actions" {
            @match phase {
                _ if own::attempt(order, charge).is_some() => {
                    p { a class="go" href=(screen::path(order)) { (lang.pick("Go on to the payment", "お支払いへ進む")) } }
                }
                ChargePhase::Active if charge.is_some_and(|charge| charge.pending.is_none()) => {
                    (button(visit, &format!("/orders/{}/end", order.id), "plain", lang.pick("End the subscription", "購読を解約する")))
                    p { (lang.pick("For the refund of a month please ask our staff.", "ひと月分の返金をご希望の場合は、店舗スタッフにお申し付けください。")) }
                }
                ChargePhase::Unknown | ChargePhase::Authorised | ChargePhase::Reserved | ChargePhase::Active => {
                    p { a class="go" href={ "/orders/" (order.id) } { (lang.pick("Look again", "最新の状態を見る")) } }
                }
                ChargePhase::Paid | ChargePhase::PartlyRefunded => {
                    p { (lang.pick("For a refund please ask our staff.", "返金をご希望の場合は、店舗スタッフにお申し付けください。")) }
                }
                _ => {}
            }
        }
    }
}

/// The periods that the shop charged.
fn billed(visit: &Visit, periods: &[Charge]) -> Markup {
    let lang = visit.lang;
    html! {
        @if !periods.is_empty() {
            h2 { (lang.pick("Charged so far", "これまでのご請求")) }
            ul class="lines" id="periods" {
                @for charge in periods {
                    @let (tone, word, _) = text::charge(lang, charge);
                    li {
                        p class="name" { (text::period(charge)) }
                        p { span class={ "state " (tone.class()) } { (word) } }
                        p class="price" { (text::yen(lang, charge.amount)) }
                    }
                }
            }
        }
    }
}

/// What is on record about a charge on the own screen.
fn charge_record(visit: &Visit, charge: Option<&Charge>, done: &[Fulfilment]) -> Markup {
    let lang = visit.lang;
    html! {
        @if let Some(charge) = charge {
            details {
                summary { (lang.pick("Payment record", "お支払いの記録")) }
                dl {
                    dt { (lang.pick("Charge", "請求")) }
                    dd class="id" { (charge.id) }
                    @if let Some(tracking_id) = &charge.tracking_id {
                        dt { (lang.pick("Tracking id", "トラッキングID")) }
                        dd class="id" { (tracking_id) }
                    }
                    @if charge.refunded.get() > 0 {
                        dt { (lang.pick("Refunded", "返金済み")) }
                        dd { (text::yen(lang, charge.refunded)) }
                    }
                    @for done in done {
                        dt { (lang.pick("Event", "処理")) }
                        dd { (text::event(lang, &done.kind)) " " (text::instant(done.at)) }
                    }
                }
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
                        dd { (text::event(lang, &done.kind)) " " (text::instant(done.at)) }
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
    let order = own_order(&app, &visit, &id).await?;
    if order.way != Way::Link {
        return Ok(screen::to_screen(&order, None).into_response());
    }
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
    let order = own_order(&app, &visit, &id).await?;
    if order.way != Way::Link {
        return Ok(screen::to_screen(&order, None));
    }
    match payment::start(&app, &order).await {
        Ok(_) => Ok(Redirect::to(&format!("/orders/{id}/pay"))),
        refused => Ok(to_order(&id, refused)),
    }
}

async fn cancel(State(app): State<App>, Path(id): Path<String>, visit: Visit, _: Posted) -> Next {
    own_order(&app, &visit, &id).await?;
    let done = app.client.checkout().give_up(&id).await;
    app.wake.notify_one();
    Ok(to_order(&id, done))
}

async fn refund(State(app): State<App>, Path(id): Path<String>, visit: Visit, _: Posted) -> Next {
    own_order(&app, &visit, &id).await?;
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
    let order = own_order(&app, &visit, &id).await?;
    let ended = match (order.way, order.billing) {
        (Way::Own, _) => own::end(&app, &order).await,
        (_, Billing::RecurringMetered) => subscription::end(&app, &order).await,
        _ => {
            return match payment::end_page(&app, &order, visit.lang).await {
                Ok(page) => Ok(page),
                Err(error) => Ok(to_order(&id, Err::<(), _>(error)).into_response()),
            };
        }
    };
    Ok(match ended {
        Ok(Outcome::Rejected(_)) => screen::to_order(&id, Some("refused")),
        Ok(Outcome::Unknown(_)) => screen::to_order(&id, Some("still_open")),
        ended => to_order(&id, ended),
    }
    .into_response())
}
