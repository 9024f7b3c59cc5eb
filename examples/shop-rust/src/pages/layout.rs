//! The frame of every page.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};
use netmile::Lang;

use super::text::{Tone, said};
use crate::App;
use crate::visit::Visit;

const STYLE: &str = include_str!("shop.css");

/// Allows the shop's own style sheet and forms, and nothing else. There is no script on any page of the shop.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The policy of a page that also shows images of one other origin.
pub(super) fn with_images_of(origin: &str) -> [(HeaderName, String); 1] {
    let policy = POLICY.replace("img-src data:", &format!("img-src data: {origin}"));
    [(header::CONTENT_SECURITY_POLICY, policy)]
}

pub(crate) fn router() -> Router<App> {
    Router::new().route("/shop.css", get(style))
}

async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, STYLE).into_response()
}

/// Headers that every page has, unless it brought its own.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        let value = HeaderValue::from_static(value);
        headers.entry(name).or_insert(value);
    }
    response
}

/// A whole page.
pub(super) fn page(visit: &Visit, title: &str, body: &Markup) -> Markup {
    let lang = visit.lang;
    let said = visit.say.as_deref().and_then(|code| said(lang, code));
    html! {
        (DOCTYPE)
        html lang=(lang.pick("en", "ja")) {
            (head(&format!("{title} | {}", shop_name(lang))))
            body {
                a class="skip" href="#main" { (lang.pick("Skip to the content", "本文へ移動")) }
                header {
                    p class="brand" { a href="/" { (shop_name(lang)) } }
                    nav aria-label=(lang.pick("Shop", "店内")) {
                        a href="/" { (lang.pick("Shelves", "商品一覧")) } " "
                        a href="/basket" { (lang.pick("Basket", "買い物かご")) } " "
                        a href="/orders" { (lang.pick("Orders", "ご注文")) } " "
                        @if visit.points {
                            a href="/points" { (lang.pick("Points", "ポイント交換")) } " "
                        }
                        (switch(visit))
                    }
                }
                main id="main" {
                    h1 { (title) }
                    @if let Some((tone, text)) = &said { (note(*tone, text)) }
                    (body)
                }
                footer {
                    p { (lang.pick("An example shop. Nothing here is for sale.", "サンプルショップです。実際の販売は行っていません。")) }
                    p { a href="/desk" { (lang.pick("For the staff", "店舗スタッフ用")) } }
                }
            }
        }
    }
}

/// A page for a visitor of whom nothing is known.
pub(crate) fn plain(ja: &str, en: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="ja" {
            (head(shop_name(Lang::Ja)))
            body {
                main id="main" {
                    h1 { "エラー " span lang="en" { "/ Error" } }
                    p { (ja) }
                    p lang="en" { (en) }
                    p { a href="/orders" { "ご注文 " span lang="en" { "/ Orders" } } }
                }
            }
        }
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="format-detection" content="telephone=no";
            link rel="icon" href="data:,";
            link rel="stylesheet" href="/shop.css";
            title { (title) }
        }
    }
}

pub(super) const fn shop_name(lang: Lang) -> &'static str {
    lang.pick("Minato Books", "みなと書房")
}

fn switch(visit: &Visit) -> Markup {
    let (code, name) = match visit.lang {
        Lang::Ja => ("en", "English"),
        Lang::En => ("ja", "日本語"),
    };
    let mark = if visit.here.contains('?') { '&' } else { '?' };
    html! { a href={ (visit.here) (mark) "lang=" (code) } lang=(code) hreflang=(code) { (name) } }
}

/// A message that stands out.
pub(super) fn note(tone: Tone, text: &str) -> Markup {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    html! { p class=(tone.class()) role=(role) { (text) } }
}

/// The start of a form: every one carries the session's token.
pub(super) fn token(visit: &Visit) -> Markup {
    html! { input type="hidden" name="token" value=(visit.token); }
}

/// A form that is one button.
pub(super) fn button(visit: &Visit, action: &str, class: &str, text: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            (token(visit))
            button type="submit" class=(class) { (text) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_policy_allows_the_images_of_one_origin_and_nothing_more() {
        let [(_, policy)] = with_images_of("https://mile.netmile.co.jp");
        let differs: Vec<_> = policy
            .split("; ")
            .filter(|it| !POLICY.contains(it))
            .collect();
        assert_eq!(differs, ["img-src data: https://mile.netmile.co.jp"]);
        assert_eq!(policy.split("; ").count(), POLICY.split("; ").count());
    }
}
