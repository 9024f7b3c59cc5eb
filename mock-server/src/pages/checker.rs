//! The report of the connection-support site (checker).

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::outcome::{ReturnForm, return_form};
use super::parts::{
    NoticeAttempt, Tone, Weight, facts, left, mono, note, note_text, notices, table,
};
use super::sjis::ShiftJisPage;

/// A field as the checker saw it.
#[derive(Clone, Default)]
pub struct CheckedField {
    /// Name as sent (or as expected, when it is missing).
    pub name: String,
    /// Value as read from Shift_JIS; the caller masks what must not be shown.
    pub value: String,
    /// What is wrong with it, in the page's language; `None` is fine.
    pub problem: Option<String>,
}

/// What the checker found about the hash.
#[derive(Clone, Default)]
pub struct HashReport {
    /// Whether it matches.
    pub matches: bool,
    /// As received.
    pub received: String,
    /// What the hash diagnosis found, in the page's language.
    pub diagnosis: Option<String>,
}

/// The checker's report.
#[derive(Clone, Default)]
pub struct CheckerPage {
    /// Function, such as `A01-1`.
    pub function: String,
    /// The fields in the order received, missing ones at the end.
    pub fields: Vec<CheckedField>,
    /// About the hash.
    pub hash: HashReport,
    /// Problems of the request as a whole, in the page's language.
    pub problems: Vec<String>,
    /// What the merchant answered to the notice, if one was sent.
    pub notice: Option<NoticeAttempt>,
    /// Sends a success to `success_url`.
    pub success: Option<ReturnForm>,
    /// Sends a cancel to `cancel_url`.
    pub cancel: Option<ReturnForm>,
    /// Sends an error to `error_url`.
    pub error: Option<ReturnForm>,
}

impl CheckerPage {
    /// Whether the request would be accepted.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.hash.matches
            && self.problems.is_empty()
            && self.fields.iter().all(|field| field.problem.is_none())
    }
}

/// Format and hash report of a request, with buttons that send the results back.
#[must_use]
pub fn checker_report(frame: &Frame, page: &CheckerPage) -> ShiftJisPage {
    let lang = frame.lang;
    let body = html! {
        @if page.passed() {
            (note_text(Tone::Good, t(
                lang,
                "形式とハッシュに問題はありません。",
                "Format and hash are right.",
            )))
        } @else {
            (note(Tone::Bad, &html! {
                p { (t(lang, "問題が見つかりました。", "There are problems.")) }
                @if !page.problems.is_empty() {
                    ul { @for text in &page.problems { li { (text) } } }
                }
            }))
        }
        p class="small" {
            (t(
                lang,
                "ここでは形式とハッシュだけを確認します。決済機関には接続せず、注文番号も使用済みになりません。",
                "Only format and hash are checked here. No institution is asked, and the order number is not used up.",
            ))
        }
        h2 { (t(lang, "ハッシュ", "Hash")) }
        (facts(&hash_facts(lang, &page.hash)))
        h2 { (t(lang, "項目", "Fields")) }
        (table(
            t(lang, "受け取った項目", "Fields received"),
            &[
                left(t(lang, "項目名", "Field")),
                left(t(lang, "値", "Value")),
                left(t(lang, "判定", "Verdict")),
            ],
            &page
                .fields
                .iter()
                .map(|field| vec![
                    mono(&field.name),
                    html! { @if !field.value.is_empty() { (mono(&field.value)) } },
                    html! {
                        @if let Some(problem) = &field.problem {
                            span class="tag bad" { (problem) }
                        } @else {
                            span class="tag ok" { "OK" }
                        }
                    },
                ])
                .collect::<Vec<_>>(),
        ))
        @if let Some(attempt) = &page.notice {
            h2 { (t(lang, "結果通知", "Result notice")) }
            (notices(lang, std::slice::from_ref(attempt)))
        }
        @if page.success.is_some() || page.cancel.is_some() || page.error.is_some() {
            h2 { (t(lang, "結果をショップに返す", "Send a result to the shop")) }
            @if let Some(form) = &page.success {
                (return_form(lang, form, t(lang, "成功を返す", "Send success"), Weight::Main))
            }
            @if let Some(form) = &page.cancel {
                (return_form(lang, form, t(lang, "キャンセルを返す", "Send cancel"), Weight::Second))
            }
            @if let Some(form) = &page.error {
                (return_form(lang, form, t(lang, "エラーを返す", "Send error"), Weight::Second))
            }
        }
    };
    let title = match lang {
        Lang::Ja => format!("接続チェックの結果({})", page.function),
        Lang::En => format!("Connection check ({})", page.function),
    };
    Document::new(frame, Area::Gateway, &title, body).shift_jis()
}

fn hash_facts<'a>(lang: Lang, hash: &HashReport) -> Vec<(&'a str, Markup)> {
    let mut rows = vec![
        (
            t(lang, "判定", "Verdict"),
            html! {
                @if hash.matches {
                    span class="tag ok" { (t(lang, "一致", "Matches")) }
                } @else {
                    span class="tag bad" { (t(lang, "不一致", "Does not match")) }
                }
            },
        ),
        (t(lang, "受け取った値", "Received"), mono(&hash.received)),
    ];
    if let Some(diagnosis) = &hash.diagnosis {
        rows.push((t(lang, "診断", "Diagnosis"), html! { (diagnosis) }));
    }
    rows
}
