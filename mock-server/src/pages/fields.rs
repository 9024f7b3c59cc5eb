//! The fields of a registration form (docs/protocol/link-type.md#netmile).

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::parts::{Input, described_by, field_class, input, must};

/// A field of a registration form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// 氏名, `name`.
    Name,
    /// 住所, `address`.
    Address,
    /// 生年月日, `birth_date` (`1990-01-31`).
    BirthDate,
    /// 性別, `sex`: `male`, `female` or `other`.
    Sex,
    /// 電話番号, `phone`.
    Phone,
    /// E-mail, `email`.
    Email,
    /// ログインID, `login_id`.
    LoginId,
    /// パスワード, `password`.
    Password,
    /// フリガナ, `name_kana`.
    NameKana,
    /// 郵便番号, `postal_code`.
    PostalCode,
    /// 規約への同意, `terms`: `agreed`.
    Terms,
}

impl FieldKind {
    /// All fields that a campaign may ask for.
    pub const ALL: [Self; 11] = [
        Self::LoginId,
        Self::Password,
        Self::Name,
        Self::NameKana,
        Self::PostalCode,
        Self::Address,
        Self::BirthDate,
        Self::Sex,
        Self::Phone,
        Self::Email,
        Self::Terms,
    ];

    /// The six fields that a campaign asks for by default, in order.
    pub const DEFAULT: [Self; 6] = [
        Self::Name,
        Self::Address,
        Self::BirthDate,
        Self::Sex,
        Self::Phone,
        Self::Email,
    ];

    /// Values of the field [`FieldKind::Sex`].
    pub const SEX_VALUES: [&'static str; 3] = ["male", "female", "other"];

    /// Value of the field [`FieldKind::Terms`] when its box is checked.
    pub const TERMS_VALUE: &'static str = "agreed";

    /// Name of the form's input, also used in scenario files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::BirthDate => "birth_date",
            Self::Sex => "sex",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::LoginId => "login_id",
            Self::Password => "password",
            Self::NameKana => "name_kana",
            Self::PostalCode => "postal_code",
            Self::Terms => "terms",
        }
    }

    /// The field of an input's name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A field with what was typed and what is wrong with it.
#[derive(Clone)]
pub struct Field {
    /// Which field.
    pub kind: FieldKind,
    /// What was typed; empty on a fresh form.
    pub value: String,
    /// What is wrong with it.
    pub problem: Option<FieldProblem>,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// Nothing was typed, chosen or checked.
    Missing,
    /// More than this many characters.
    TooLong(usize),
    /// Fewer than this many characters.
    TooShort(usize),
    /// Not in the form that the field's hint shows.
    Malformed,
    /// A date that has not come yet.
    InFuture,
}

impl FieldKind {
    pub(super) const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Name => t(lang, "氏名", "Name"),
            Self::Address => t(lang, "住所", "Address"),
            Self::BirthDate => t(lang, "生年月日", "Date of birth"),
            Self::Sex => t(lang, "性別", "Sex"),
            Self::Phone => t(lang, "電話番号", "Telephone"),
            Self::Email => t(lang, "E-mail", "E-mail address"),
            Self::LoginId => t(lang, "ログインID", "Log-in ID"),
            Self::Password => t(lang, "パスワード", "Password"),
            Self::NameKana => t(lang, "氏名(フリガナ)", "Name in katakana"),
            Self::PostalCode => t(lang, "郵便番号", "Postal code"),
            Self::Terms => t(lang, "規約への同意", "Terms"),
        }
    }

    const fn hint(self, lang: Lang) -> Option<&'static str> {
        match self {
            Self::BirthDate => Some(t(lang, "例: 1990-01-31(半角)", "Example: 1990-01-31")),
            Self::Phone => Some(t(lang, "例: 03-1234-5678(半角)", "Example: 03-1234-5678")),
            Self::PostalCode => Some(t(lang, "例: 100-0001(半角)", "Example: 100-0001")),
            Self::NameKana => Some(t(lang, "例: ヤマダ タロウ", "Example: ヤマダ タロウ")),
            Self::Email => Some(t(
                lang,
                "例: name@example.jp(半角)",
                "Example: name@example.jp",
            )),
            _ => None,
        }
    }

    const fn input_type(self) -> &'static str {
        match self {
            Self::Phone => "tel",
            Self::Email => "email",
            Self::Password => "password",
            _ => "text",
        }
    }

    const fn autocomplete(self) -> Option<&'static str> {
        match self {
            Self::Name => Some("name"),
            Self::Address => Some("address-line1"),
            Self::BirthDate => Some("bday"),
            Self::Phone => Some("tel"),
            Self::Email => Some("email"),
            Self::LoginId => Some("username"),
            Self::Password => Some("new-password"),
            Self::PostalCode => Some("postal-code"),
            Self::Sex | Self::NameKana | Self::Terms => None,
        }
    }

    const fn inputmode(self) -> Option<&'static str> {
        match self {
            Self::BirthDate | Self::PostalCode => Some("numeric"),
            Self::Phone => Some("tel"),
            Self::Email => Some("email"),
            _ => None,
        }
    }
}

impl FieldProblem {
    pub(super) fn text(self, lang: Lang, kind: FieldKind) -> String {
        let label = kind.label(lang);
        match (lang, self) {
            (Lang::Ja, Self::Missing) => match kind {
                FieldKind::Sex => format!("{label}を選んでください。"),
                FieldKind::Terms => "規約に同意してください。".to_owned(),
                _ => format!("{label}を入力してください。"),
            },
            (Lang::Ja, Self::TooLong(most)) => {
                format!("{label}は{most}文字以内で入力してください。")
            }
            (Lang::Ja, Self::TooShort(least)) => {
                format!("{label}は{least}文字以上で入力してください。")
            }
            (Lang::Ja, Self::Malformed) => format!("{label}を正しい形式で入力してください。"),
            (Lang::Ja, Self::InFuture) => format!("{label}に未来の日付は入力できません。"),
            (Lang::En, Self::Missing) => match kind {
                FieldKind::Sex => format!("{label}: choose one."),
                FieldKind::Terms => "Agree to the terms.".to_owned(),
                _ => format!("{label}: fill this in."),
            },
            (Lang::En, Self::TooLong(most)) => format!("{label}: at most {most} characters."),
            (Lang::En, Self::TooShort(least)) => format!("{label}: at least {least} characters."),
            (Lang::En, Self::Malformed) => format!("{label}: this is not in the right form."),
            (Lang::En, Self::InFuture) => format!("{label}: this date has not come yet."),
        }
    }
}

fn sex_name(lang: Lang, value: &str) -> &str {
    match value {
        "male" => t(lang, "男性", "Male"),
        "female" => t(lang, "女性", "Female"),
        "other" => t(lang, "その他・回答しない", "Other, or no answer"),
        unknown => unknown,
    }
}

/// Id of the element that the summary of problems leads to.
pub(super) fn target(kind: FieldKind) -> String {
    match kind {
        FieldKind::Sex => "sex-male".to_owned(),
        other => other.key().to_owned(),
    }
}

pub(super) fn form_field(lang: Lang, field: &Field) -> Markup {
    let kind = field.kind;
    let problem = field.problem.map(|problem| problem.text(lang, kind));
    let problem = problem.as_deref();
    match kind {
        FieldKind::Sex => sex_field(lang, &field.value, problem),
        FieldKind::Terms => terms_field(lang, &field.value, problem),
        _ => input(
            lang,
            &Input {
                id: kind.key(),
                name: kind.key(),
                label: kind.label(lang),
                kind: kind.input_type(),
                value: if kind == FieldKind::Password {
                    ""
                } else {
                    &field.value
                },
                autocomplete: kind.autocomplete(),
                inputmode: kind.inputmode(),
                hint: kind.hint(lang),
                problem,
                must: true,
                ..Input::default()
            },
        ),
    }
}

fn sex_field(lang: Lang, chosen: &str, problem: Option<&str>) -> Markup {
    let described = described_by(None, problem.map(|_| "sex-problem"));
    html! {
        fieldset class=(field_class(problem.is_some())) aria-describedby=[described] {
            legend { (FieldKind::Sex.label(lang)) (must(lang, true)) }
            @if let Some(text) = problem { p class="err" id="sex-problem" { (text) } }
            @for value in FieldKind::SEX_VALUES {
                @let id = format!("sex-{value}");
                label class="pick" for=(id) {
                    input type="radio" id=(id) name="sex" value=(value) checked[chosen == value];
                    (sex_name(lang, value))
                }
            }
        }
    }
}

fn terms_field(lang: Lang, value: &str, problem: Option<&str>) -> Markup {
    let described = described_by(Some("terms-hint"), problem.map(|_| "terms-problem"));
    html! {
        div class=(field_class(problem.is_some())) {
            p class="label" { (FieldKind::Terms.label(lang)) (must(lang, true)) }
            p class="hint" id="terms-hint" {
                (t(
                    lang,
                    "入力した内容が広告主に渡され、会員登録または資料請求に使われることに同意します。",
                    "I agree that my answers are passed to the advertiser and used for the registration or the documents.",
                ))
            }
            @if let Some(text) = problem { p class="err" id="terms-problem" { (text) } }
            label class="pick" for="terms" {
                input type="checkbox" id="terms" name="terms" value=(FieldKind::TERMS_VALUE)
                    checked[value == FieldKind::TERMS_VALUE]
                    aria-required="true" aria-invalid=[problem.map(|_| "true")] aria-describedby=[described];
                (t(lang, "同意する", "I agree"))
            }
        }
    }
}

pub(super) fn shown_value(lang: Lang, field: &Field) -> Markup {
    match field.kind {
        FieldKind::Password => html! { (t(lang, "(表示しません)", "(not shown)")) },
        FieldKind::Sex => html! { (sex_name(lang, &field.value)) },
        FieldKind::Terms if field.value == FieldKind::TERMS_VALUE => {
            html! { (t(lang, "同意する", "I agree")) }
        }
        _ => html! { (field.value) },
    }
}
