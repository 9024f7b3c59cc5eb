//! A questionnaire that earns miles.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::member::member_menu;
use super::money::miles_with_yen;
use super::parts::{Tone, Weight, button, described_by, field_class, must, note_text};
use super::paths::encoded;

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
    let lang = frame.lang;
    let miles = miles_with_yen(lang, page.miles);
    let lead = match lang {
        Lang::Ja => format!("すべての質問に答えると{miles}を獲得できます。"),
        Lang::En => format!("Answer all questions and earn {miles}."),
    };
    let body = html! {
        @if page.questions.iter().any(|question| question.unanswered) {
            (note_text(Tone::Bad, t(
                lang,
                "まだ答えていない質問があります。",
                "Some questions have not been answered.",
            )))
        }
        p class="lead" { (lead) }
        form method="post" action=(format!("/member/questionnaire/{}", encoded(&page.id))) {
            @for (index, question) in page.questions.iter().enumerate() {
                (asked(lang, index, question))
            }
            (button(Weight::Main, t(lang, "回答する", "Send the answers")))
        }
        p class="act" { a href="/member" { (t(lang, "マイページに戻る", "Back to my page")) } }
    };
    Document::new(frame, Area::Member, &page.title, body)
        .menu(member_menu(lang))
        .utf8()
}

fn asked(lang: Lang, index: usize, question: &Question) -> Markup {
    let problem = format!("question-{index}-problem");
    let described = described_by(None, question.unanswered.then_some(problem.as_str()));
    html! {
        fieldset class=(field_class(question.unanswered)) aria-describedby=[described] {
            legend { (question.text) (must(lang, true)) }
            @if question.unanswered {
                p class="err" id=(problem) { (t(lang, "1つ選んでください。", "Choose one.")) }
            }
            @for (place, (value, label)) in question.choices.iter().enumerate() {
                @let id = format!("question-{index}-{place}");
                label class="pick" for=(id) {
                    input type="radio" id=(id) name=(question.key) value=(value)
                        checked[question.chosen.as_deref() == Some(value.as_str())];
                    (label)
                }
            }
        }
    }
}
