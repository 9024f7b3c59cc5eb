//! How a session ends: completion, cancel, error, purchase NG.

use maud::{Markup, html};

use super::checkout::{Checkout, summary};
use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::{miles_text, miles_with_yen, yen_text};
use super::names::method_name;
use super::parts::{
    NoticeAttempt, Tone, Weight, button, developer, facts, hidden, note, note_text, notices, num,
};
use super::sjis::ShiftJisPage;

/// The form that posts a result to the merchant through the browser
/// (docs/protocol/link-type.md#results).
#[derive(Clone, Default)]
pub struct ReturnForm {
    /// `success_url`, `cancel_url` or `error_url`: an http or https URL.
    pub action: String,
    /// Names and values in the order to send, hash included; each value must be encodable in
    /// Shift_JIS as it is.
    pub fields: Vec<(String, String)>,
}

/// What has been completed.
#[derive(Clone)]
pub enum Outcome {
    /// A purchase was paid.
    Paid {
        /// Miles spent.
        miles: u64,
        /// Part paid by the PayPal stand-in, yen; 0 without.
        paypal_yen: u64,
        /// Miles that come back (1 %); 0 without.
        returned_miles: u64,
        /// Balance afterwards, in miles; `None` for another method.
        balance_miles: Option<u64>,
    },
    /// A recurring contract was applied for.
    Applied,
    /// A recurring contract was ended.
    ContractEnded,
    /// Customer payment data was stored.
    DataStored,
    /// Customer payment data was deleted.
    DataDeleted,
}

/// The completion page.
#[derive(Clone)]
pub struct CompletionPage {
    /// What was paid.
    pub checkout: Checkout,
    /// Tag of the method used.
    pub method: String,
    /// 14 digits; `None` where there is none (customer data).
    pub tracking_id: Option<String>,
    /// What was completed.
    pub outcome: Outcome,
    /// The way back; `None` when a fault of the scenario keeps it away.
    pub form: Option<ReturnForm>,
}

/// Completion, with the button 「ショップに戻る」.
#[must_use]
pub fn completion(frame: &Frame, page: &CompletionPage) -> ShiftJisPage {
    let lang = frame.lang;
    let (title, text) = match page.outcome {
        Outcome::Paid { .. } => (
            t(lang, "お支払い完了", "Payment complete"),
            t(
                lang,
                "お支払いが完了しました。下のボタンでショップにお戻りください。",
                "Your payment is complete. Use the button below to go back to the shop.",
            ),
        ),
        Outcome::Applied => (
            t(lang, "お申し込み完了", "Application complete"),
            t(
                lang,
                "継続課金のお申し込みが完了しました。下のボタンでショップにお戻りください。",
                "Your recurring payment is set up. Use the button below to go back to the shop.",
            ),
        ),
        Outcome::ContractEnded => (
            t(lang, "解約完了", "Contract ended"),
            t(
                lang,
                "継続課金を解約しました。下のボタンでショップにお戻りください。",
                "Your recurring payment has been ended. Use the button below to go back to the shop.",
            ),
        ),
        Outcome::DataStored => (
            t(lang, "お支払い情報の登録完了", "Payment details stored"),
            t(
                lang,
                "お支払い情報を登録しました。下のボタンでショップにお戻りください。",
                "Your payment details have been stored. Use the button below to go back to the shop.",
            ),
        ),
        Outcome::DataDeleted => (
            t(lang, "お支払い情報の削除完了", "Payment details deleted"),
            t(
                lang,
                "お支払い情報を削除しました。下のボタンでショップにお戻りください。",
                "Your payment details have been deleted. Use the button below to go back to the shop.",
            ),
        ),
    };
    let data_only = matches!(page.outcome, Outcome::DataStored | Outcome::DataDeleted);
    let body = html! {
        (note_text(Tone::Good, text))
        @match &page.form {
            Some(form) => (return_form(lang, form, t(lang, "ショップに戻る", "Back to the shop"), Weight::Main)),
            None => p {
                (t(
                    lang,
                    "シナリオの設定により、ショップへ戻るボタンは表示されません。",
                    "The scenario keeps the button back to the shop away.",
                ))
            },
        }
        h2 { (t(lang, "お手続きの内容", "What was done")) }
        @if data_only {
            (facts(&[(t(lang, "ショップ", "Shop"), html! { (page.checkout.shop) })]))
        } @else {
            (summary(lang, &page.checkout))
        }
        (facts(&paid_facts(lang, page)))
    };
    Document::new(frame, Area::Gateway, title, body)
        .narrow()
        .shift_jis()
}

fn paid_facts(lang: Lang, page: &CompletionPage) -> Vec<(&'static str, Markup)> {
    let mut rows = vec![(
        t(lang, "お支払い方法", "Payment method"),
        html! { (method_name(lang, &page.method)) },
    )];
    if let Outcome::Paid {
        miles,
        paypal_yen,
        returned_miles,
        balance_miles,
    } = page.outcome
    {
        if miles > 0 {
            rows.push((
                t(lang, "使用したマイル", "Miles spent"),
                num(&miles_with_yen(lang, miles)),
            ));
        }
        if paypal_yen > 0 {
            rows.push((
                t(lang, "PayPalでのお支払い", "Paid by PayPal"),
                num(&yen_text(lang, paypal_yen)),
            ));
        }
        if returned_miles > 0 {
            rows.push((
                t(lang, "還元マイル(1%)", "Miles returned (1 %)"),
                num(&miles_text(lang, returned_miles)),
            ));
        }
        if let Some(balance) = balance_miles {
            rows.push((
                t(lang, "お支払い後の残高", "Balance now"),
                num(&miles_with_yen(lang, balance)),
            ));
        }
    }
    if let Some(tracking_id) = &page.tracking_id {
        rows.push((
            t(lang, "トラッキングID", "Tracking ID"),
            html! { (tracking_id) },
        ));
    }
    rows
}

/// The form back to the merchant; a target that is no web address gets no form.
pub(super) fn return_form(lang: Lang, form: &ReturnForm, label: &str, weight: Weight) -> Markup {
    let scheme = form.action.split(':').next().unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return note_text(
            Tone::Bad,
            t(
                lang,
                "戻り先のURLが正しくないため、ショップに戻ることができません。",
                "The shop cannot be reached from here, because its return URL is not a web address.",
            ),
        );
    }
    html! {
        form class="act" method="post" action=(form.action) accept-charset="Shift_JIS" {
            @for (name, value) in &form.fields { (hidden(name, value)) }
            (button(weight, label))
        }
    }
}

/// The page after the customer gave up.
#[derive(Clone)]
pub struct CancelPage {
    /// What would have been paid.
    pub checkout: Checkout,
    /// The way back.
    pub form: ReturnForm,
}

/// Cancelled, with the button back to the shop.
#[must_use]
pub fn cancelled(frame: &Frame, page: &CancelPage) -> ShiftJisPage {
    let lang = frame.lang;
    let body = html! {
        (note_text(Tone::Info, t(
            lang,
            "お手続きをキャンセルしました。お支払いは行われていません。",
            "You have cancelled. Nothing has been paid.",
        )))
        (return_form(lang, &page.form, t(lang, "ショップに戻る", "Back to the shop"), Weight::Main))
        h2 { (t(lang, "キャンセルした内容", "What you cancelled")) }
        (summary(lang, &page.checkout))
    };
    let title = t(lang, "お手続きのキャンセル", "Cancelled");
    Document::new(frame, Area::Gateway, title, body)
        .narrow()
        .shift_jis()
}

/// The page after an error of the institution.
#[derive(Clone)]
pub struct ErrorPage {
    /// What would have been paid.
    pub checkout: Checkout,
    /// `res_err_code`, 4 digits.
    pub code: String,
    /// The way back.
    pub form: ReturnForm,
}

/// Institution error, with the button back to the shop.
#[must_use]
pub fn failed(frame: &Frame, page: &ErrorPage) -> ShiftJisPage {
    let lang = frame.lang;
    let body = html! {
        (note(Tone::Bad, &html! {
            p {
                (t(
                    lang,
                    "決済機関でエラーが発生したため、お手続きを完了できませんでした。お支払いは行われていません。",
                    "The payment provider reported an error. Nothing has been paid.",
                ))
            }
            p { (t(lang, "エラーコード: ", "Error code: ")) span class="code" { (page.code) } }
        }))
        (return_form(lang, &page.form, t(lang, "ショップに戻る", "Back to the shop"), Weight::Main))
        h2 { (t(lang, "お手続きの内容", "What you tried to do")) }
        (summary(lang, &page.checkout))
    };
    let title = t(lang, "お支払いできませんでした", "The payment failed");
    Document::new(frame, Area::Gateway, title, body)
        .narrow()
        .shift_jis()
}

/// Purchase NG: the merchant did not take the result notice.
#[derive(Clone)]
pub struct PurchaseNgPage {
    /// What was paid.
    pub checkout: Checkout,
    /// Code, `1301`.
    pub code: String,
    /// 14 digits.
    pub tracking_id: String,
    /// The attempts so far, for the developer (mock-only help).
    pub attempts: Vec<NoticeAttempt>,
}

/// Purchase NG with its code, what the customer should do, and what the shop answered.
#[must_use]
pub fn purchase_ng(frame: &Frame, page: &PurchaseNgPage) -> String {
    let lang = frame.lang;
    let body = html! {
        (note(Tone::Bad, &html! {
            p {
                (t(
                    lang,
                    "お支払いの結果をショップが受け取れなかったため、購入のお手続きが完了していません。",
                    "The shop did not take the result of your payment, so your purchase is not complete.",
                ))
            }
            p { (t(lang, "エラーコード: ", "Error code: ")) span class="code" { (page.code) } }
        }))
        h2 { (t(lang, "お客様へのお願い", "What to do now")) }
        ul {
            li {
                (t(
                    lang,
                    "お支払いは済んでいる場合があります。同じ商品をもう一度購入しないでください。",
                    "Your payment may already have been made. Do not buy the same item again.",
                ))
            }
            li {
                (t(
                    lang,
                    "下の注文番号とトラッキングIDを控えて、ショップにお問い合わせください。",
                    "Note the order number and the tracking ID below and ask the shop.",
                ))
            }
        }
        (summary(lang, &page.checkout))
        (facts(&[(t(lang, "トラッキングID", "Tracking ID"), html! { (page.tracking_id) })]))
        (developer(lang, &html! {
            p {
                (t(
                    lang,
                    "結果通知(A02-1)に対して、HTTPステータス200と「OK,」で始まる本文が時間内に返りませんでした。使われたマイルは戻っていません。加盟店管理ページから通知を再送できます。",
                    "The result notice (A02-1) was not answered in time with HTTP status 200 and a body that begins with \"OK,\". The miles stay spent. The notice can be sent again from the management page.",
                ))
            }
            (notices(lang, &page.attempts))
        }))
    };
    let title = t(
        lang,
        "購入手続きが完了していません",
        "Your purchase is not complete",
    );
    Document::new(frame, Area::Gateway, title, body).utf8()
}
