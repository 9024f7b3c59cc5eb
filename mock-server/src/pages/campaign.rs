//! A campaign's registration: form, confirmation, result.

use maud::html;

use super::layout::{Frame, document};

/// Kind of a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CampaignKind {
    /// 会員登録.
    #[default]
    MemberRegistration,
    /// 資料請求.
    DocumentRequest,
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

/// The form: posts the fields to `/pay/{session}/campaign/{id}/confirm`.
///
/// Problems are listed on top and stand beside their fields. A password is never filled in again.
#[must_use]
pub fn registration_form(frame: &Frame, page: &RegistrationPage) -> String {
    document(frame, "登録", &html! { (page.session) })
}

/// 確認: shows the values (the password masked) and carries them in hidden inputs to
/// `…/register` and `…/back`.
#[must_use]
pub fn registration_confirm(frame: &Frame, page: &RegistrationPage) -> String {
    document(frame, "確認", &html! { (page.session) })
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
    document(frame, "登録", &html! { (page.session) })
}
