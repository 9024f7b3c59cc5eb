//! The catalogue and the basket.

use axum::Router;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::get;
use maud::{Markup, html};
use netmile::Yen;

use super::layout::{page, token};
use super::{Next, text};
use crate::App;
use crate::catalogue::{ITEMS, Item, MAX_QUANTITY, find};
use crate::failure::Failure;
use crate::store::BasketLine;
use crate::visit::{Posted, Visit};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/", get(shelves))
        .route("/basket", get(basket).post(change))
}

async fn shelves(visit: Visit) -> Markup {
    let lang = visit.lang;
    let body = html! {
        p { (lang.pick("Books and paper from the harbour. You can pay with NetMile miles: 2 miles are worth 1 yen.",
            "港町の本と紙のお店です。ネットマイルでお支払いいただけます（2マイル＝1円）。")) }
        ul class="shelf" {
            @for item in ITEMS { li { (card(&visit, item)) } }
        }
    };
    page(&visit, lang.pick("Shelves", "商品一覧"), &body)
}

fn card(visit: &Visit, item: &Item) -> Markup {
    let lang = visit.lang;
    html! {
        h2 { (item.name(lang)) }
        p { (item.about(lang)) }
        p class="price" {
            (text::yen(lang, item.price))
            @if item.monthly() { small { (lang.pick(" per month", "／月")) } }
            @if let Ok(miles) = item.price.to_miles() {
                small { " (" (text::miles(lang, miles)) ")" }
            }
        }
        @if item.monthly() {
            p { a class="go" href={ "/checkout?item=" (item.id) } {
                (lang.pick("Subscribe", "申し込む"))
                span class="unseen" { ": " (item.name(lang)) }
            } }
        } @else {
            form method="post" action="/basket" {
                (token(visit))
                input type="hidden" name="item" value=(item.id);
                input type="hidden" name="add" value="1";
                button type="submit" {
                    (lang.pick("Put into the basket", "かごに入れる"))
                    span class="unseen" { ": " (item.name(lang)) }
                }
            }
        }
    }
}

async fn basket(State(app): State<App>, visit: Visit) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let lines = app.store.basket(&visit.session).await?;
    let body = html! {
        @if lines.is_empty() {
            p { (lang.pick("There is nothing in your basket.", "買い物かごに商品はありません。")) }
            p { a href="/" { (lang.pick("To the shelves", "商品一覧へ")) } }
        } @else {
            ul class="lines" {
                @for line in &lines { li { (basket_line(&visit, line)) } }
            }
            p class="total" { (lang.pick("Total", "合計")) " " strong { (text::yen(lang, total(&lines))) } }
            p { a class="go" href="/checkout" { (lang.pick("Go to checkout", "ご注文手続きへ")) } }
        }
    };
    Ok(page(&visit, lang.pick("Basket", "買い物かご"), &body))
}

fn basket_line(visit: &Visit, line: &BasketLine) -> Markup {
    let lang = visit.lang;
    let item = line.item;
    let field = format!("quantity-{}", item.id);
    html! {
        p class="name" { (item.name(lang)) }
        p class="price" { (text::yen(lang, line.amount())) }
        div class="actions" {
            form method="post" action="/basket" class="row" {
                (token(visit))
                input type="hidden" name="item" value=(item.id);
                label for=(field) { (lang.pick("Quantity", "数量")) }
                input id=(field) name="quantity" type="number" inputmode="numeric" min="0" max=(MAX_QUANTITY) value=(line.quantity) required;
                button type="submit" class="plain" { (lang.pick("Change", "変更")) }
            }
            form method="post" action="/basket" {
                (token(visit))
                input type="hidden" name="item" value=(item.id);
                input type="hidden" name="quantity" value="0";
                button type="submit" class="plain" {
                    (lang.pick("Remove", "削除"))
                    span class="unseen" { ": " (item.name(lang)) }
                }
            }
        }
    }
}

pub(super) fn total(lines: &[BasketLine]) -> Yen {
    Yen::new(lines.iter().map(|line| line.amount().get()).sum())
}

async fn change(State(app): State<App>, visit: Visit, posted: Posted) -> Next {
    let item = find(posted.get("item")).filter(|item| !item.monthly());
    let item = item.ok_or(Failure::NotAForm)?;
    let on_top = !posted.get("add").is_empty();
    let wanted = posted.get(if on_top { "add" } else { "quantity" });
    let quantity: u32 = wanted.trim().parse().map_err(|_| Failure::NotAForm)?;
    app.store
        .put(&visit.session, item, quantity.min(MAX_QUANTITY), on_top)
        .await?;
    Ok(Redirect::to("/basket?say=basket"))
}
