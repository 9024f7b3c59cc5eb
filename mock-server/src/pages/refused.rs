//! The error page of a request that failed the gateway's own checks.

use maud::{Markup, html};

use super::lang::t;
use super::layout::{Area, Document, Frame};
use super::parts::{Tone, developer, facts, mono, note};

/// A refused request (docs/protocol/link-type.md#codes).
#[derive(Clone, Default)]
pub struct RefusedPage {
    /// Code, 4 digits.
    pub code: String,
    /// Function, such as `A01-1`.
    pub function: String,
    /// Why, for the developer, in the page's language.
    pub reason: String,
    /// The field at fault.
    pub field: Option<String>,
    /// The rule that it breaks, in the page's language.
    pub rule: Option<String>,
    /// What the hash diagnosis found, in the page's language.
    pub diagnosis: Option<String>,
}

/// The customer's text with the code; below it, marked as a help of the mock only, the reason.
#[must_use]
pub fn refused(frame: &Frame, page: &RefusedPage) -> String {
    let lang = frame.lang;
    let mut rows: Vec<(&str, Markup)> = vec![
        (t(lang, "機能", "Function"), html! { (page.function) }),
        (t(lang, "理由", "Reason"), html! { (page.reason) }),
    ];
    if let Some(field) = &page.field {
        rows.push((t(lang, "項目", "Field"), mono(field)));
    }
    if let Some(rule) = &page.rule {
        rows.push((t(lang, "規則", "Rule"), html! { (rule) }));
    }
    if let Some(diagnosis) = &page.diagnosis {
        rows.push((
            t(lang, "ハッシュの診断", "Hash diagnosis"),
            html! { (diagnosis) },
        ));
    }
    let body = html! {
        (note(Tone::Bad, &html! {
            p {
                (t(
                    lang,
                    "ショップから受け取った内容に問題があるため、お手続きを始められませんでした。お支払いは行われていません。",
                    "What the shop sent cannot be processed. Nothing has been paid.",
                ))
            }
            p { (t(lang, "エラーコード: ", "Error code: ")) span class="code" { (page.code) } }
        }))
        p {
            (t(
                lang,
                "お手数ですが、ショップのページに戻って最初からやり直してください。解決しない場合は、ショップにお問い合わせください。",
                "Please go back to the shop and start again. If that does not help, ask the shop.",
            ))
        }
        (developer(lang, &facts(&rows)))
    };
    let title = t(lang, "お手続きを始められません", "The request was refused");
    Document::new(frame, Area::Gateway, title, body).utf8()
}
