//! A code in words.

use serde::Serialize;

use super::kind::words;
use super::{ApiCode, Class, Provenance, Words, fields, kind, methods, seen};
use crate::lang::Lang;

/// What is known about a code, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The code asked for.
    pub code: ApiCode,
    /// Whether the catalogue has this kind for this method.
    pub known: bool,
    /// The payment method.
    pub method_name: Words,
    /// What the kind means.
    pub kind_meaning: Words,
    /// The field it is about.
    pub field_name: Words,
    /// The field's tag on the wire, where it is known.
    pub field_tag: Option<&'static str>,
    /// What follows.
    pub class: Class,
    /// What to do.
    pub remedy: Words,
    /// What led to exactly this code on the gateway's test server, if it was seen there.
    pub seen_after: Option<Words>,
    /// How sure the kind is.
    pub provenance: Provenance,
}

const NO_CODE: Words = words(
    "This is no result code of the API type: those have eight letters and digits.",
    "API 型の結果コードではありません。API 型のコードは英数字 8 文字です。",
);
const UNKNOWN_KIND: Words = words(
    "This kind is not in the catalogue. The gateway adds codes without notice.",
    "カタログにない種別です。決済ゲートウェイでは予告なくコードが追加されることがあります。",
);
const UNKNOWN_FIELD: Words = words("a field that is not in the catalogue", "カタログにない項目");
const LOOK_IT_UP: Words = words(
    "Look the code up in the gateway's management page, or ask its support. Inquire for the payment before it is tried again.",
    "コードの意味は決済代行会社の管理画面またはサポートで確認してください。やり直す前に、決済の状態を照会してください。",
);
const ASK_THE_SENDER: Words = words(
    "Keep the answer and ask the gateway's support. Take the outcome as unknown until an inquiry, notice or statement tells it.",
    "応答を保存し、決済代行会社のサポートに確認してください。照会、通知、精算データで確認できるまで、結果は不明として扱ってください。",
);

pub(super) fn explain(code: &ApiCode) -> Explanation {
    let found = kind::find(code);
    let field = fields::find(code.method(), code.field());
    Explanation {
        code: code.clone(),
        known: found.is_some(),
        method_name: methods::name(code.method()).unwrap_or(methods::NOT_LISTED),
        kind_meaning: match &found {
            Some(found) => found.meaning(),
            None if code.is_well_formed() => UNKNOWN_KIND,
            None => NO_CODE,
        },
        field_name: field.map_or(UNKNOWN_FIELD, |row| row.name),
        field_tag: field.and_then(|row| row.tag),
        class: code.class(),
        remedy: match &found {
            Some(found) => found.remedy(),
            None if code.class() == Class::UnknownOutcome => ASK_THE_SENDER,
            None => LOOK_IT_UP,
        },
        seen_after: seen::find(code.as_str()).map(|row| row.after),
        provenance: found
            .as_ref()
            .map_or(Provenance::Assumed, |found| found.provenance()),
    }
}

impl Explanation {
    /// Meaning and remedy in one text, fit for a log.
    ///
    /// ```
    /// use netmile::{Lang, api::codes::ApiCode};
    /// assert_eq!(
    ///     ApiCode::parse("10103005").explain().text(Lang::En),
    ///     "10103005: Credit card: A required value is missing. Field: item_id (item). \
    ///      Correct the value of the named field, then send a new request."
    /// );
    /// ```
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if !self.code.is_well_formed() {
            return format!(
                "{}: {}{}{}",
                self.code,
                self.kind_meaning.text(lang),
                lang.pick(" ", ""),
                self.remedy.text(lang)
            );
        }
        let names_a_field = self.code.field() != "999";
        let field = match (names_a_field, lang) {
            (false, _) => String::new(),
            (true, Lang::En) => format!(" Field: {}.", self.field(lang)),
            (true, Lang::Ja) => format!("項目: {}。", self.field(lang)),
        };
        format!(
            "{}: {}: {}{field}{}{}",
            self.code,
            self.method_name.text(lang),
            self.kind_meaning.text(lang),
            lang.pick(" ", ""),
            self.remedy.text(lang)
        )
    }

    /// The field with its tag, such as `item_id (item)`.
    #[must_use]
    pub fn field(&self, lang: Lang) -> String {
        let name = self.field_name.text(lang);
        match (self.field_tag, lang) {
            (Some(tag), _) if tag == name => name.to_owned(),
            (Some(tag), Lang::En) => format!("{tag} ({name})"),
            (Some(tag), Lang::Ja) => format!("{tag}（{name}）"),
            (None, _) => name.to_owned(),
        }
    }
}
