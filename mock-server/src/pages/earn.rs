//! A questionnaire that earns miles.

use maud::html;

use super::layout::{Frame, document};

/// A question with its choices.
#[derive(Clone, Default)]
pub struct Question {
    /// Name of the input, unique on the page.
    pub key: String,
    /// The question in the page's language.
    pub text: String,
    /// Value and label of each choice.
    pub choices: Vec<(String, String)>,
    /// What was chosen before, to keep it.
    pub chosen: Option<String>,
    /// Whether the answer is missing or not one of the choices.
    pub unanswered: bool,
}

/// A questionnaire.
#[derive(Clone, Default)]
pub struct QuestionnairePage {
    /// Its id.
    pub id: String,
    /// Title in the page's language.
    pub title: String,
    /// Miles for answering.
    pub miles: u64,
    /// The questions.
    pub questions: Vec<Question>,
}

/// The questionnaire (shown by GET, answered by POST `/member/questionnaire/{id}`).
#[must_use]
pub fn questionnaire(frame: &Frame, page: &QuestionnairePage) -> String {
    document(frame, "アンケート", &html! { (page.title) })
}
