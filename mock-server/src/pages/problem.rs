//! Not found, bad request, too large and the like.

use maud::html;

use super::layout::{Frame, document};

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
    document(frame, "エラー", &html! { (page.problem.status()) })
}
