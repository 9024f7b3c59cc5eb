//! The thank-you page (サンクスページ) of a paid order, with the tag by which the customer takes its miles.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, PreEscaped, html};
use netmile::miles::DesignatedKey;

use super::layout::{note, page, with_images_of};
use super::orders::{is_paid, known, names, own_order};
use super::text::{self, Tone};
use crate::failure::Failure;
use crate::store::Order;
use crate::visit::Visit;
use crate::{App, Reward};

pub(super) fn router() -> Router<App> {
    Router::new().route("/orders/{id}/thanks", get(show))
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Failure> {
    let lang = visit.lang;
    let order = own_order(&app, &visit, &id).await?;
    let is_paid = is_paid(&known(&app, &order).await?);
    let reward = app.reward.as_ref().filter(|_| is_paid);
    let Some(reward) = reward else {
        return Ok(Redirect::to(&format!("/orders/{id}")).into_response());
    };
    let title = lang.pick("Thank you", "お買い上げありがとうございます");
    let shown = page(&visit, title, &body(&visit, &order, reward)?);
    Ok((with_images_of(reward.origin.as_str()), shown).into_response())
}

fn body(visit: &Visit, order: &Order, reward: &Reward) -> Result<Markup, Failure> {
    let lang = visit.lang;
    // The order's id in the history of issued miles: what was taken can be compared with what was sold.
    let tag = reward.tag.clone().with_key(DesignatedKey::new(&order.id)?);
    let miles = text::miles(lang, reward.miles);
    Ok(html! {
        (note(Tone::Good, lang.pick(
            "Your payment has been confirmed.",
            "お支払いを確認しました。")))
        p { (names(order)) " " span class="price" { (text::yen(lang, order.total())) } }
        h2 { (lang.pick("Your miles", "マイルのプレゼント")) }
        p { (match lang {
            netmile::Lang::En => format!("For this order you get {miles} of NetMile. Click the banner; it opens NetMile's page in a new window, where you enter the mail address registered with NetMile."),
            netmile::Lang::Ja => format!("このご注文で、ネットマイルの{miles}を差し上げます。バナーをクリックすると、ネットマイルのページが新しいウィンドウで開きます。ネットマイルに登録しているメールアドレスを入力してお受け取りください。"),
        }) }
        p class="banner" id="reward" { (PreEscaped(tag.html(&reward.origin))) }
        p { a href={ "/orders/" (order.id) } { (lang.pick("To the order", "ご注文の詳細へ")) } }
    })
}
