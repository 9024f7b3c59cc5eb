//! Pieces that several pages share.

use maud::{Markup, html};

use super::lang::{Lang, t};

/// One attempt to send a notice to the merchant, and what came back.
#[derive(Clone)]
pub struct NoticeAttempt {
    /// When it was sent, JST, as text.
    pub sent_at: String,
    /// Message kind, such as `A02-1`.
    pub kind: String,
    /// `res_result` of the message: `OK`, `NG`, `CR`, …
    pub result: String,
    /// Where it was sent.
    pub url: String,
    /// HTTP status of the answer, if one came.
    pub http_status: Option<u16>,
    /// Start of the answer's body as text (the caller bounds it), empty without an answer.
    pub answer: String,
    /// How the answer was read.
    pub verdict: NoticeVerdict,
}

/// How the merchant's answer to a notice was read (docs/protocol/link-type.md#answer).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeVerdict {
    /// The body began with `OK`.
    Accepted,
    /// The body did not begin with `OK`.
    Refused,
    /// The HTTP status was not 200.
    BadStatus,
    /// No answer within the time limit.
    TimedOut,
    /// No connection, or it broke.
    Unreachable,
    /// A fault of the scenario kept the notice from being sent.
    NotSent,
}

impl NoticeVerdict {
    const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Accepted => t(lang, "受け取りました", "Taken"),
            Self::Refused => t(lang, "受け取りを断りました", "Refused by the shop"),
            Self::BadStatus => t(
                lang,
                "HTTPステータスが200ではありません",
                "HTTP status is not 200",
            ),
            Self::TimedOut => t(
                lang,
                "時間内に応答がありません",
                "No answer within the time limit",
            ),
            Self::Unreachable => t(lang, "接続できません", "No connection"),
            Self::NotSent => t(
                lang,
                "シナリオの設定により送信していません",
                "Not sent, by the scenario",
            ),
        }
    }
}

/// Tone of a note.
#[derive(Clone, Copy)]
pub(super) enum Tone {
    Info,
    Good,
    Bad,
    Warn,
}

/// A note at the top of a page or a section.
pub(super) fn note(tone: Tone, body: &Markup) -> Markup {
    let class = match tone {
        Tone::Info => "note",
        Tone::Good => "note ok",
        Tone::Bad => "note bad",
        Tone::Warn => "note warn",
    };
    html! { div class=(class) { (body) } }
}

/// A note of one sentence.
pub(super) fn note_text(tone: Tone, text: &str) -> Markup {
    note(tone, &html! { p { (text) } })
}

/// Names and values.
pub(super) fn facts(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl class="sum" {
            @for (name, value) in rows { (fact("", name, value)) }
        }
    }
}

/// One name and value, to be put in a `dl`.
pub(super) fn fact(class: &str, name: &str, value: &Markup) -> Markup {
    html! {
        div class=[(!class.is_empty()).then_some(class)] { dt { (name) } dd { (value) } }
    }
}

/// A number or an amount.
pub(super) fn num(text: &str) -> Markup {
    html! { span class="num" { (text) } }
}

/// An id, a URL, a code.
pub(super) fn mono(text: &str) -> Markup {
    html! { span class="mono" { (text) } }
}

/// A hidden input.
pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Weight of a button.
#[derive(Clone, Copy)]
pub(super) enum Weight {
    Main,
    Second,
    Danger,
}

/// A submit button without a name.
pub(super) fn button(weight: Weight, label: &str) -> Markup {
    let class = match weight {
        Weight::Main => None,
        Weight::Second => Some("second"),
        Weight::Danger => Some("danger"),
    };
    html! { button class=[class] type="submit" { (label) } }
}

/// A form of one button and hidden values.
pub(super) fn post(action: &str, values: &[(&str, &str)], weight: Weight, label: &str) -> Markup {
    html! {
        form class="act" method="post" action=(action) {
            @for (name, value) in values { (hidden(name, value)) }
            (button(weight, label))
        }
    }
}

/// A labelled text input.
#[derive(Default)]
pub(super) struct Input<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    /// `text` when empty.
    pub(super) kind: &'a str,
    pub(super) value: &'a str,
    pub(super) autocomplete: Option<&'a str>,
    pub(super) inputmode: Option<&'a str>,
    pub(super) hint: Option<&'a str>,
    pub(super) problem: Option<&'a str>,
    /// Shows the mark 必須.
    pub(super) must: bool,
    /// Lets the browser refuse an empty field.
    pub(super) required: bool,
    pub(super) maxlength: Option<u32>,
}

/// Puts a labelled input on the page.
pub(super) fn input(lang: Lang, input: &Input<'_>) -> Markup {
    let hint = format!("{}-hint", input.id);
    let problem = format!("{}-problem", input.id);
    let described = described_by(
        input.hint.map(|_| hint.as_str()),
        input.problem.map(|_| problem.as_str()),
    );
    let kind = if input.kind.is_empty() {
        "text"
    } else {
        input.kind
    };
    html! {
        div class=(field_class(input.problem.is_some())) {
            label for=(input.id) { (input.label) (must(lang, input.must)) }
            @if let Some(text) = input.hint { p class="hint" id=(hint) { (text) } }
            @if let Some(text) = input.problem { p class="err" id=(problem) { (text) } }
            input id=(input.id) name=(input.name) type=(kind) value=(input.value)
                autocomplete=[input.autocomplete] inputmode=[input.inputmode]
                maxlength=[input.maxlength] required[input.required]
                aria-required=[input.must.then_some("true")]
                aria-invalid=[input.problem.map(|_| "true")]
                aria-describedby=[described];
        }
    }
}

/// Class of a field's block.
pub(super) const fn field_class(wrong: bool) -> &'static str {
    if wrong { "field wrong" } else { "field" }
}

/// The mark of a field that must be filled in.
pub(super) fn must(lang: Lang, shown: bool) -> Markup {
    html! { @if shown { span class="must" { (t(lang, "必須", "Required")) } } }
}

/// `aria-describedby` of a hint and a problem.
pub(super) fn described_by(hint: Option<&str>, problem: Option<&str>) -> Option<String> {
    match (hint, problem) {
        (Some(hint), Some(problem)) => Some(format!("{hint} {problem}")),
        (one, other) => one.or(other).map(ToOwned::to_owned),
    }
}

/// A column of a table.
pub(super) struct Column<'a> {
    pub(super) head: &'a str,
    pub(super) right: bool,
    pub(super) sort: Option<Sorting>,
}

/// How a table is sorted by a column.
pub(super) struct Sorting {
    /// The same table sorted by it, or the other way round.
    pub(super) to: String,
    /// Whether it is, and whether the greatest is first.
    pub(super) descending: Option<bool>,
}

impl Column<'_> {
    /// A column whose head sorts the table.
    pub(super) fn sorted(self, sort: Option<Sorting>) -> Self {
        Self { sort, ..self }
    }

    fn order(&self) -> Option<&'static str> {
        let descending = self.sort.as_ref()?.descending?;
        Some(if descending {
            "descending"
        } else {
            "ascending"
        })
    }
}

/// A left-aligned column.
pub(super) const fn left(head: &str) -> Column<'_> {
    Column {
        head,
        right: false,
        sort: None,
    }
}

/// A column of numbers.
pub(super) const fn right(head: &str) -> Column<'_> {
    Column {
        head,
        right: true,
        sort: None,
    }
}

/// A table that becomes a list of blocks on narrow screens; its roles are spelled out because
/// some browsers drop them together with the table layout.
pub(super) fn table(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table role="table" {
            caption { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for column in columns {
                        th role="columnheader" scope="col" class=[column.right.then_some("r")] aria-sort=[column.order()] {
                            @if let Some(sort) = &column.sort {
                                a href=(sort.to) { (column.head) }
                                @match sort.descending { Some(true) => "▼", Some(false) => "▲", None => {} }
                            } @else { (column.head) }
                        }
                    }
                }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        @for (column, cell) in columns.iter().zip(row) {
                            td role="cell" data-label=(column.head) class=[column.right.then_some("r")] { (cell) }
                        }
                    }
                }
            }
        }
    }
}

/// A part for the developer that a real gateway would not show.
pub(super) fn developer(lang: Lang, body: &Markup) -> Markup {
    html! {
        aside class="dev" aria-labelledby="developer" {
            h2 id="developer" {
                (t(lang, "開発者向け情報(このモックだけの表示)", "For developers (shown by this mock only)"))
            }
            (body)
        }
    }
}

/// Table of notices with the shop's answers.
pub(super) fn notices(lang: Lang, attempts: &[NoticeAttempt]) -> Markup {
    let columns = [
        left(t(lang, "送信日時", "Sent")),
        left(t(lang, "種別", "Kind")),
        left(t(lang, "結果", "Result")),
        left(t(lang, "送信先", "Sent to")),
        left(t(lang, "HTTPステータス", "HTTP status")),
        left(t(lang, "ショップの応答", "Answer of the shop")),
        left(t(lang, "判定", "Verdict")),
    ];
    let rows: Vec<Vec<Markup>> = attempts
        .iter()
        .map(|attempt| {
            let accepted = attempt.verdict == NoticeVerdict::Accepted;
            vec![
                num(&attempt.sent_at),
                num(&attempt.kind),
                html! { (attempt.result) },
                mono(&attempt.url),
                html! {
                    @if let Some(status) = attempt.http_status { (status) } @else { "–" }
                },
                html! {
                    @if attempt.answer.is_empty() { "–" } @else { (mono(&attempt.answer)) }
                },
                html! {
                    span class=(if accepted { "tag ok" } else { "tag bad" }) { (attempt.verdict.text(lang)) }
                },
            ]
        })
        .collect();
    if rows.is_empty() {
        return html! { p { (t(lang, "まだ通知を送っていません。", "No notice has been sent yet.")) } };
    }
    table(
        t(lang, "ショップへの結果通知", "Result notices to the shop"),
        &columns,
        &rows,
    )
}
