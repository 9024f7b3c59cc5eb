//! A campaign's registration: form, confirmation, result.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame, Switch};
use super::money::{miles_text, miles_with_yen};
use super::parts::{
    Input, Tone, Weight, button, described_by, fact, field_class, hidden, input, must, note,
    note_text, num,
};
use super::paths;

/// Kind of a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CampaignKind {
    /// 会員登録.
    #[default]
    MemberRegistration,
    /// 資料請求.
    DocumentRequest,
}

impl CampaignKind {
    pub(super) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::MemberRegistration => t(lang, "会員登録", "Member registration"),
            Self::DocumentRequest => t(lang, "資料請求", "Document request"),
        }
    }
}

/// A campaign in the list of the payment page.
#[derive(Clone, Default)]
pub struct CampaignOffer {
    /// The campaign and its advertiser.
    pub head: CampaignHead,
    /// Whether the member can take part.
    pub state: OfferState,
}

/// Whether a member can take part in a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OfferState {
    /// The member can take part.
    #[default]
    Open,
    /// The member's registration is being confirmed.
    Confirming,
    /// The member has already taken part.
    Done,
}

/// The head of a campaign: who, what, how many miles.
#[derive(Clone, Default)]
pub struct CampaignHead {
    /// The campaign's id, part of its URLs.
    pub id: String,
    /// Name of the advertiser.
    pub advertiser: String,
    /// Name of the campaign.
    pub name: String,
    /// Kind.
    pub kind: CampaignKind,
    /// Miles for one registration.
    pub miles: u64,
}

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

/// The registration form and its confirmation page.
#[derive(Clone)]
pub struct RegistrationPage {
    /// The payment session.
    pub session: String,
    /// The campaign.
    pub campaign: CampaignHead,
    /// Its fields in order, with their values.
    pub fields: Vec<Field>,
}

impl FieldKind {
    const fn label(self, lang: Lang) -> &'static str {
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
    fn text(self, lang: Lang, kind: FieldKind) -> String {
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

/// What campaign this is and how many miles it gives.
fn campaign_head(lang: Lang, campaign: &CampaignHead) -> Markup {
    html! {
        dl class="sum" {
            (fact("", t(lang, "広告主", "Advertiser"), &html! { (campaign.advertiser) }))
            (fact("", t(lang, "種別", "Kind"), &html! { (campaign.kind.name(lang)) }))
            (fact("big", t(lang, "獲得マイル", "Miles you get"), &num(&miles_with_yen(lang, campaign.miles))))
        }
    }
}

fn values(page: &RegistrationPage) -> Vec<(&str, &str)> {
    page.fields
        .iter()
        .map(|field| (field.kind.key(), field.value.as_str()))
        .collect()
}

/// The form: posts the fields to `/pay/{session}/campaign/{id}/confirm`.
///
/// Problems are listed on top and stand beside their fields. A password is never filled in again.
#[must_use]
pub fn registration_form(frame: &Frame, page: &RegistrationPage) -> String {
    let lang = frame.lang;
    let at = |step| paths::campaign(&page.session, &page.campaign.id, step);
    let problems: Vec<(FieldKind, String)> = page
        .fields
        .iter()
        .filter_map(|field| Some((field.kind, field.problem?.text(lang, field.kind))))
        .collect();
    let body = html! {
        @if !problems.is_empty() {
            (note(Tone::Bad, &html! {
                p { strong { (t(lang, "入力内容をご確認ください。", "Please check what you entered.")) } }
                ul {
                    @for (kind, text) in &problems {
                        li { a href=(format!("#{}", target(*kind))) { (text) } }
                    }
                }
            }))
        }
        (campaign_head(lang, &page.campaign))
        p {
            (t(
                lang,
                "登録に必要な項目を入力し、「確認」を押してください。入力内容は広告主に渡されます。",
                "Fill in what the registration needs and press Confirm. Your answers are passed to the advertiser.",
            ))
        }
        form method="post" action=(at("confirm")) novalidate {
            @for field in &page.fields { (form_field(lang, field)) }
            (button(Weight::Main, t(lang, "確認", "Confirm")))
        }
        p class="act" {
            a href=(paths::pay(&page.session, "")) {
                (t(lang, "登録せずにお支払いページへ戻る", "Back to the payment page without registering"))
            }
        }
    };
    let title = page.campaign.name.as_str();
    let mut document = Document::new(frame, Area::Campaign, title, body);
    if !problems.is_empty() {
        document = document.switch(Switch::Repost {
            action: at("confirm"),
            fields: values(page),
        });
    } else if page.fields.iter().any(|field| !field.value.is_empty()) {
        document = document.switch(Switch::Repost {
            action: at("back"),
            fields: values(page),
        });
    }
    document.utf8()
}

/// Id of the element that the summary of problems leads to.
fn target(kind: FieldKind) -> String {
    match kind {
        FieldKind::Sex => "sex-male".to_owned(),
        other => other.key().to_owned(),
    }
}

fn form_field(lang: Lang, field: &Field) -> Markup {
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

/// 確認: shows the values (the password masked) and carries them in hidden inputs to
/// `…/register` and `…/back`.
#[must_use]
pub fn registration_confirm(frame: &Frame, page: &RegistrationPage) -> String {
    let lang = frame.lang;
    let at = |step| paths::campaign(&page.session, &page.campaign.id, step);
    let carried = html! {
        @for (name, value) in values(page) { (hidden(name, value)) }
    };
    let body = html! {
        (campaign_head(lang, &page.campaign))
        p {
            (t(
                lang,
                "次の内容で登録します。よろしければ「登録する」を押してください。",
                "You are about to register with these answers. If they are right, press Register.",
            ))
        }
        dl class="sum" {
            @for field in &page.fields {
                (fact("", field.kind.label(lang), &shown_value(lang, field)))
            }
        }
        form method="post" action=(at("register")) {
            (carried)
            (button(Weight::Main, t(lang, "登録する", "Register")))
        }
        form class="act" method="post" action=(at("back")) {
            (carried)
            (button(Weight::Second, t(lang, "入力に戻る", "Back to the form")))
        }
    };
    let title = t(lang, "登録内容の確認", "Confirm your registration");
    Document::new(frame, Area::Campaign, title, body)
        .switch(Switch::Repost {
            action: at("confirm"),
            fields: values(page),
        })
        .utf8()
}

fn shown_value(lang: Lang, field: &Field) -> Markup {
    match field.kind {
        FieldKind::Password => html! { (t(lang, "(表示しません)", "(not shown)")) },
        FieldKind::Sex => html! { (sex_name(lang, &field.value)) },
        FieldKind::Terms if field.value == FieldKind::TERMS_VALUE => {
            html! { (t(lang, "同意する", "I agree")) }
        }
        _ => html! { (field.value) },
    }
}

/// What came of a registration.
#[derive(Clone)]
pub enum RegistrationResult {
    /// 登録完了: the miles are in the balance.
    Done {
        /// Balance after it, in miles.
        balance_miles: u64,
    },
    /// The advertiser has not answered yet; no miles so far.
    Confirming,
    /// The advertiser refused; no miles.
    Rejected {
        /// The reason, if there is one for the customer.
        reason: Option<String>,
    },
}

/// The page after a registration.
#[derive(Clone)]
pub struct RegistrationResultPage {
    /// The payment session.
    pub session: String,
    /// The campaign.
    pub campaign: CampaignHead,
    /// The registration's id.
    pub registration_id: String,
    /// What came of it.
    pub result: RegistrationResult,
}

/// 登録完了, "confirming" or error, with a link back to the payment page.
#[must_use]
pub fn registration_result(frame: &Frame, page: &RegistrationResultPage) -> String {
    let lang = frame.lang;
    let miles = miles_with_yen(lang, page.campaign.miles);
    let (title, told) = match &page.result {
        RegistrationResult::Done { .. } => {
            let text = match lang {
                Lang::Ja => {
                    format!("{miles}を加算しました。このままお支払いにお使いいただけます。")
                }
                Lang::En => {
                    format!("{miles} have been added. You can use them for your payment now.")
                }
            };
            (
                t(lang, "登録完了", "Registration complete"),
                note_text(Tone::Good, &text),
            )
        }
        RegistrationResult::Confirming => (
            t(
                lang,
                "登録内容を確認しています",
                "Your registration is being confirmed",
            ),
            note_text(
                Tone::Warn,
                t(
                    lang,
                    "広告主からの応答を待っています。確認が終わるとマイルが加算されます。それまでマイルは加算されません。もう一度登録する必要はありません。",
                    "We are waiting for the advertiser. The miles are added once it has confirmed, not before. There is no need to register again.",
                ),
            ),
        ),
        RegistrationResult::Rejected { reason } => (
            t(lang, "登録できませんでした", "The registration failed"),
            note(
                Tone::Bad,
                &html! {
                    p {
                        (t(
                            lang,
                            "広告主が登録を受け付けませんでした。マイルは加算されていません。",
                            "The advertiser did not take your registration. No miles have been added.",
                        ))
                    }
                    @if let Some(reason) = reason {
                        p { (t(lang, "理由: ", "Reason: ")) (reason) }
                    }
                },
            ),
        ),
    };
    let body = html! {
        (told)
        dl class="sum" {
            (fact("", t(lang, "キャンペーン", "Campaign"), &html! { (page.campaign.name) }))
            (fact("", t(lang, "広告主", "Advertiser"), &html! { (page.campaign.advertiser) }))
            (fact("", t(lang, "獲得マイル", "Miles"), &match page.result {
                RegistrationResult::Rejected { .. } => num(&miles_text(lang, 0)),
                _ => num(&miles),
            }))
            @if let RegistrationResult::Done { balance_miles } = page.result {
                (fact("big", t(lang, "現在の残高", "Balance now"), &num(&miles_with_yen(lang, balance_miles))))
            }
            (fact("", t(lang, "登録番号", "Registration number"), &html! { (page.registration_id) }))
        }
        p {
            a class="go" href=(paths::pay(&page.session, "")) {
                (t(lang, "お支払いページへ戻る", "Back to the payment page"))
            }
        }
    };
    Document::new(frame, Area::Campaign, title, body).utf8()
}
