//! The frame of every page: head, header, main, footer.

use maud::{DOCTYPE, Markup, html};

use super::lang::{Lang, t};

/// A `Content-Security-Policy` under which every page of this module works.
///
/// `form-action` is left open on purpose: return forms post to the merchant's URLs.
pub const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/// Language of a page and where its reader is.
#[derive(Clone)]
pub struct Frame {
    /// Language of the page.
    pub lang: Lang,
    /// Path and query of the page without its `lang` parameter, for the language switch.
    ///
    /// It is followed by GET: for a page that answers a POST, give a page that can be fetched.
    pub here: String,
}

impl Frame {
    /// A frame for the page at `here` (path and query without `lang`).
    #[must_use]
    pub fn new(lang: Lang, here: impl Into<String>) -> Self {
        Self {
            lang,
            here: here.into(),
        }
    }
}

pub(super) fn document(frame: &Frame, title: &str, body: &Markup) -> String {
    let lang = frame.lang;
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head { meta charset="utf-8"; title { (title) } }
            body {
                main { h1 { (title) } (body) }
                footer { p { (t(lang, "テスト用モック。実際の決済ではありません", "Mock gateway, no real payment")) } }
            }
        }
    }
    .into_string()
}
