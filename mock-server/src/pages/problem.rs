//! Not found, bad request, too large and the like.

use maud::html;

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::parts::{Tone, developer, note_text};

/// What is wrong with a request for a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Problem {
    /// 404.
    #[default]
    NotFound,
    /// 400.
    BadRequest,
    /// 405.
    MethodNotAllowed,
    /// 409: the session is in another state.
    Conflict,
    /// 410: the session's time limit has passed.
    Expired,
    /// 413.
    TooLarge,
    /// 500.
    Internal,
}

impl Problem {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::NotFound,
        Self::BadRequest,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::Expired,
        Self::TooLarge,
        Self::Internal,
    ];

    /// HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::BadRequest => 400,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::Expired => 410,
            Self::TooLarge => 413,
            Self::Internal => 500,
        }
    }
}

impl Problem {
    const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => t(lang, "ページが見つかりません", "Page not found"),
            Self::BadRequest => t(lang, "リクエストを処理できません", "Bad request"),
            Self::MethodNotAllowed => t(lang, "この方法では開けません", "Method not allowed"),
            Self::Conflict => t(
                lang,
                "お手続きの状態が変わりました",
                "The session is in another state",
            ),
            Self::Expired => t(
                lang,
                "お手続きの有効期限が切れました",
                "The session has expired",
            ),
            Self::TooLarge => t(lang, "送信された内容が大きすぎます", "Request too large"),
            Self::Internal => t(lang, "エラーが発生しました", "Something went wrong"),
        }
    }

    const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => t(
                lang,
                "お探しのページはありません。アドレスをご確認ください。",
                "There is no such page. Please check the address.",
            ),
            Self::BadRequest => t(
                lang,
                "送信された内容に問題があります。何も処理されていません。",
                "What was sent cannot be read. Nothing has been done.",
            ),
            Self::MethodNotAllowed => t(
                lang,
                "このアドレスは直接開けません。前のページからお進みください。",
                "This address cannot be opened directly. Please come from the page before it.",
            ),
            Self::Conflict => t(
                lang,
                "別の画面でお手続きが進んだ可能性があります。ショップに戻って注文の状態をご確認ください。",
                "It may have gone on in another window. Go back to the shop and check your order.",
            ),
            Self::Expired => t(
                lang,
                "お支払いは行われていません。ショップに戻って最初からやり直してください。",
                "Nothing has been paid. Go back to the shop and start again.",
            ),
            Self::TooLarge => t(
                lang,
                "送信された内容が上限を超えています。何も処理されていません。",
                "What was sent is over the limit. Nothing has been done.",
            ),
            Self::Internal => t(
                lang,
                "しばらくしてからもう一度お試しください。",
                "Please try again later.",
            ),
        }
    }
}

/// A problem, with what the developer should know.
#[derive(Clone, Default)]
pub struct ProblemPage {
    /// What is wrong.
    pub problem: Problem,
    /// Help for the developer, in the page's language: the field and the rule.
    pub detail: Option<String>,
}

/// The page of a problem.
#[must_use]
pub fn problem(frame: &Frame, page: &ProblemPage) -> String {
    let lang = frame.lang;
    let status = page.problem.status();
    let tone = match page.problem {
        Problem::Conflict | Problem::Expired => Tone::Warn,
        _ => Tone::Bad,
    };
    let body = html! {
        (note_text(tone, page.problem.text(lang)))
        p class="small" {
            @match lang {
                Lang::Ja => { "HTTPステータス: " (status) }
                Lang::En => { "HTTP status: " (status) }
            }
        }
        p { a href="/" { (t(lang, "モックのトップページへ", "To the start page of the mock")) } }
        @if let Some(detail) = &page.detail {
            (developer(lang, &html! { p { (detail) } }))
        }
    };
    Document::new(frame, Area::Gateway, page.problem.title(lang), body)
        .narrow()
        .utf8()
}
