//! Stand-ins for other companies' pages, clearly marked as such.

use maud::{Markup, html};

use super::checkout::{Checkout, leave, revision, summary};
use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::{miles_with_yen, yen_text};
use super::names::method_name;
use super::parts::{Tone, Weight, button, fact, facts, note, num};
use super::paths;

/// Stand-in page of a method other than NetMile.
#[derive(Clone, Default)]
pub struct StandInPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// Tag of the method.
    pub method: String,
    /// Posted back as `revision`.
    pub revision: String,
}

/// The stand-in: pay (`/pay/{session}/pay`), cancel, and error with test buttons.
#[must_use]
pub fn stand_in(frame: &Frame, page: &StandInPage) -> String {
    let lang = frame.lang;
    let method = method_name(lang, &page.method);
    let body = html! {
        (marked(lang, &method))
        (summary(lang, &page.checkout))
        (facts(&[(t(lang, "お支払い方法", "Payment method"), html! { (method) })]))
        form method="post" action=(paths::pay(&page.checkout.session, "pay")) {
            (revision(&page.revision))
            (button(Weight::Main, t(lang, "支払う", "Pay")))
        }
        (leave(lang, &page.checkout))
    };
    let title = match lang {
        Lang::Ja => format!("{method}の代わりのページ"),
        Lang::En => format!("Stand-in for {method}"),
    };
    Document::new(frame, Area::Gateway, &title, body)
        .narrow()
        .utf8()
}

/// Says that this is not the other company's page.
fn marked(lang: Lang, name: &str) -> Markup {
    let text = match lang {
        Lang::Ja => format!(
            "これは本物の{name}のページではありません。動作を試すための代わりのページで、{name}には接続しません。"
        ),
        Lang::En => format!(
            "This is not the real page of {name}. It stands in for tests, and {name} is never contacted."
        ),
    };
    note(Tone::Warn, &html! { p { strong { (text) } } })
}

/// Stand-in for PayPal, which pays what miles do not cover.
#[derive(Clone, Default)]
pub struct PayPalPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// Miles that will be spent.
    pub netmile_miles: u64,
    /// Part for PayPal, yen.
    pub paypal_yen: u64,
    /// Posted back as `revision`.
    pub revision: String,
}

/// The stand-in: `/pay/{session}/paypal/approve` or `/pay/{session}/paypal/decline`.
#[must_use]
pub fn paypal(frame: &Frame, page: &PayPalPage) -> String {
    let lang = frame.lang;
    let session = page.checkout.session.as_str();
    let body = html! {
        (marked(lang, "PayPal"))
        (summary(lang, &page.checkout))
        h2 { (t(lang, "お支払いの内訳", "How it is paid")) }
        dl class="sum" {
            (fact("", t(lang, "マイル", "Miles"), &num(&miles_with_yen(lang, page.netmile_miles))))
            (fact("big", t(lang, "PayPalでのお支払い", "By PayPal"), &num(&yen_text(lang, page.paypal_yen))))
        }
        form method="post" action=(paths::pay(session, "paypal/approve")) {
            (revision(&page.revision))
            (button(Weight::Main, t(lang, "支払いを承認する", "Approve the payment")))
        }
        form class="act" method="post" action=(paths::pay(session, "paypal/decline")) {
            (revision(&page.revision))
            (button(Weight::Second, t(lang, "承認せずに戻る", "Decline and go back")))
        }
    };
    let title = t(lang, "PayPalの代わりのページ", "Stand-in for PayPal");
    Document::new(frame, Area::Payment, title, body).utf8()
}
