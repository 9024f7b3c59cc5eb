//! The desk's part about charges server to server: what is not known yet, and refunds.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::post;
use maud::{Markup, html};
use netmile::Yen;
use netmile::charge::{Charge, ChargePhase, Kind, OpenReason, Review, Step};
use netmile::operation::Outcome;

use super::layout::{button, token};
use super::{Next, text};
use crate::failure::Failure;
use crate::visit::{Posted, Visit, random_hex};
use crate::{App, slip};

/// Most charges of each kind on the page.
const MOST: u32 = 50;

pub(super) fn router() -> Router<App> {
    Router::new().route("/desk/charges/{id}/{step}", post(step))
}

/// Both lists.
pub(super) async fn lists(app: &App, visit: &Visit) -> netmile::Result<Markup> {
    let lang = visit.lang;
    let payments = app.client.payments();
    let open = payments.unresolved(MOST).await?;
    let paid = [ChargePhase::Paid, ChargePhase::PartlyRefunded];
    let paid = payments.list(&paid, None, MOST).await?;
    let reserved = [ChargePhase::Reserved];
    let reserved = payments.list(&reserved, None, MOST).await?;
    let contracts = [ChargePhase::Active, ChargePhase::Ended];
    let mut contracts = payments.list(&contracts, None, MOST).await?;
    contracts.retain(|charge| charge.kind == Kind::SimpleContract);
    Ok(html! {
        h2 { (lang.pick("Charges whose outcome is open", "結果が確定していない請求")) }
        @if open.is_empty() { p { (lang.pick("None.", "ありません。")) } }
        ul class="lines" id="open-charges" {
            @for charge in &open { li { (open_charge(visit, charge)) } }
        }
        @if !reserved.is_empty() {
            h2 { (lang.pick("Reserved, not captured", "売上確定前の請求")) }
            ul class="lines" id="reserved-charges" {
                @for charge in &reserved { li { (reserved_charge(visit, charge)) } }
            }
        }
        h2 { (lang.pick("Paid charges", "支払い済みの請求")) }
        @if paid.is_empty() { p { (lang.pick("None.", "ありません。")) } }
        ul class="lines" id="paid-charges" {
            @for charge in &paid { li { (paid_charge(visit, charge)) } }
        }
        @if !contracts.is_empty() {
            h2 { (lang.pick("Subscriptions billed by the payment company", "決済会社が毎月請求する購読")) }
            ul class="lines" id="contracts" {
                @for charge in &contracts { li { (simple_contract(app, visit, charge)) } }
            }
        }
    })
}

fn head(visit: &Visit, charge: &Charge) -> Markup {
    let lang = visit.lang;
    let (_, word, _) = text::charge(lang, charge);
    html! {
        p { strong { (word) } " " code { (charge.phase.name()) } }
        p class="price" {
            (text::yen(lang, charge.amount)) " "
            small { (text::method(lang, &charge.method)) }
        }
        p class="id" { small { (charge.id) } }
        @if let Some(tracking_id) = &charge.tracking_id {
            p { small { (lang.pick("Tracking id", "トラッキングID")) " " span class="id" { (tracking_id) } } }
        }
    }
}

fn open_charge(visit: &Visit, charge: &Charge) -> Markup {
    let lang = visit.lang;
    let to = |step: &str| format!("/desk/charges/{}/{step}", charge.id);
    html! {
        (head(visit, charge))
        @if let Some(pending) = &charge.pending {
            dl {
                dt { (lang.pick("Open step", "未確定の処理")) }
                dd { (text::step(lang, pending.step)) }
                dt { (lang.pick("Since", "開始日時")) }
                dd { (text::instant(pending.since)) }
                dt { (lang.pick("Looked", "照会の回数")) }
                dd { (pending.looks) }
            }
        }
        @if let Some(doubt) = &charge.doubt {
            dl {
                dt { (lang.pick("Deposit told of, being confirmed", "確認中の入金額")) }
                dd { (text::yen(lang, doubt.deposited)) }
                dt { (lang.pick("Since", "開始日時")) }
                dd { (text::instant(doubt.since)) }
                dt { (lang.pick("Looked", "照会の回数")) }
                dd { (doubt.looks) }
            }
        }
        // A step under review leaves the phase where it was.
        @if charge.review.is_some() || charge.phase == ChargePhase::NeedsReview {
            p { (text::open_reason(lang, charge.review)) }
            @if charge.review == Some(OpenReason::DepositSum) {
                dl {
                    dt { (lang.pick("Deposited", "入金額")) }
                    dd { (text::yen(lang, charge.deposited)) }
                }
            }
            @if charge.pending.is_some() {
                (happened(visit, charge))
                (button(visit, &to("missing"), "plain", lang.pick("The management page does not show it", "管理画面に記録がない")))
            } @else {
                (button(visit, &to("happened"), "plain", lang.pick("I have seen to it", "対応済みにする")))
            }
        } @else {
            (button(visit, &to("look"), "", lang.pick("Look now", "今すぐ照会する")))
        }
    }
}

/// The verdict that the step happened. A request that was never answered also needs the id which the gateway gave it.
fn happened(visit: &Visit, charge: &Charge) -> Markup {
    let lang = visit.lang;
    let action = format!("/desk/charges/{}/happened", charge.id);
    let field = format!("happened-{}", charge.id);
    let shown = lang.pick("The management page shows it", "管理画面に記録がある");
    let request = charge
        .pending
        .as_ref()
        .is_some_and(|pending| pending.step == Step::Request);
    let is_unnamed =
        request && charge.tracking_id.is_none() && !matches!(charge.kind, Kind::Period { .. });
    html! {
        @if !is_unnamed {
            (button(visit, &action, "plain", shown))
        } @else {
            form method="post" action=(action) class="row" {
                (token(visit))
                label for=(field) { (lang.pick("Tracking id there", "管理画面のトラッキングID")) }
                input id=(field) name="tracking_id" inputmode="numeric" pattern="[0-9]{14}" maxlength="14" size="14"
                    autocomplete="off" required;
                button type="submit" class="plain" { (shown) }
            }
        }
    }
}

/// Whether this has the form of the gateway's ids.
pub(super) fn is_tracking_id(text: &str) -> bool {
    text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn paid_charge(visit: &Visit, charge: &Charge) -> Markup {
    let lang = visit.lang;
    let to = |step: &str| format!("/desk/charges/{}/{step}", charge.id);
    let left = charge.captured.get().saturating_sub(charge.refunded.get());
    let field = format!("amount-{}", charge.id);
    html! {
        (head(visit, charge))
        @if charge.refunded.get() > 0 {
            p { (lang.pick("Refunded so far", "返金済み")) " " (text::yen(lang, charge.refunded)) }
        }
        @if charge.method == slip::METHOD {
            p { (lang.pick("Paid in cash: give it back by bank transfer.", "現金でのお支払いのため、返金は銀行振込などで行ってください。")) }
        } @else {
        form method="post" action=(to("refund_part")) class="row" {
            (token(visit))
            // Made with the page, so that a double click refunds once.
            input type="hidden" name="name" value=(random_hex());
            label for=(field) { (lang.pick("Yen to refund", "返金額（円）")) }
            input id=(field) name="amount" type="number" inputmode="numeric" min="1" max=(left) required;
            button type="submit" { (lang.pick("Refund this part", "一部を返金する")) }
        }
        @if charge.refunded.get() == 0 {
            (button(visit, &to("refund"), "plain", lang.pick("Refund everything", "全額を返金する")))
        }
        }
    }
}

fn reserved_charge(visit: &Visit, charge: &Charge) -> Markup {
    let lang = visit.lang;
    let to = |step: &str| format!("/desk/charges/{}/{step}", charge.id);
    html! {
        (head(visit, charge))
        div class="actions" {
            (button(visit, &to("capture"), "", lang.pick("Capture", "売上を確定する")))
            (button(visit, &to("refund"), "plain", lang.pick("Cancel", "取り消す")))
        }
    }
}

/// The gateway bills the months; one that was billed can be refunded.
fn simple_contract(app: &App, visit: &Visit, charge: &Charge) -> Markup {
    let lang = visit.lang;
    let field = format!("month-{}", charge.id);
    let this_month: String = app.clock.now().to_jst().chars().take(6).collect();
    html! {
        (head(visit, charge))
        @if !charge.refunded_months.is_empty() {
            p {
                (lang.pick("Refunded months", "返金済みの月"))
                @for refund in &charge.refunded_months { " " (refund.month) }
            }
        }
        form method="post" action={ "/desk/charges/" (charge.id) "/refund_month" } class="row" {
            (token(visit))
            label for=(field) { (lang.pick("Month to refund", "返金する月（年月6桁）")) }
            input id=(field) name="month" value=(this_month) inputmode="numeric" pattern="[0-9]{6}" maxlength="6" size="6"
                required;
            button type="submit" class="plain" { (lang.pick("Refund this month", "この月の分を返金する")) }
        }
    }
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
    let payments = app.client.payments();
    let done = match step.as_str() {
        "look" => payments.resolve(&id).await.map(|charge| {
            if charge.is_unresolved() {
                "still_open"
            } else {
                "done"
            }
        }),
        "refund" => payments.refund(&id).await.map(said),
        "refund_part" => {
            let Ok(amount) = posted.get("amount").trim().parse() else {
                return Ok(Redirect::to("/desk?say=amount"));
            };
            let part = payments.refund_part(&id, posted.get("name"), Yen::new(amount));
            part.await.map(said)
        }
        "capture" => payments.capture(&id, None).await.map(said),
        "refund_month" => {
            let month = posted.get("month").trim();
            if month.len() != 6 || !month.bytes().all(|byte| byte.is_ascii_digit()) {
                return Ok(Redirect::to("/desk?say=month"));
            }
            let subscriptions = app.client.subscriptions();
            subscriptions.refund_month(&id, month).await.map(said)
        }
        "happened" => {
            let verdict = match posted.get("tracking_id").trim() {
                "" => Review::Happened,
                id if is_tracking_id(id) => Review::HappenedAs {
                    tracking_id: id.to_owned(),
                },
                _ => return Ok(Redirect::to("/desk?say=tracking_id")),
            };
            payments.review(&id, verdict).await.map(|_| "done")
        }
        "missing" => payments.review(&id, Review::Missing).await.map(|_| "done"),
        _ => return Err(Failure::NotFound),
    };
    app.wake.notify_one();
    let say = match &done {
        Ok(say) => say,
        Err(error) => error.code(),
    };
    Ok(Redirect::to(&format!("/desk?say={say}")))
}

fn said(outcome: Outcome<Charge>) -> &'static str {
    match outcome {
        Outcome::Done(_) => "done",
        Outcome::Rejected(_) => "refused",
        Outcome::Unknown(_) => "still_open",
    }
}
