//! A campaign's registration: form, confirmation, result.

use maud::{Markup, html};

use super::fields::{Field, FieldKind, form_field, shown_value, target};
use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame, Switch};
use super::money::{miles_text, miles_with_yen};
use super::parts::{Tone, Weight, button, fact, hidden, note, note_text, num};
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
                    format!("Added: {miles}. You can use it for your payment now.")
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
