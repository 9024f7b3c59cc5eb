//! The payment page: amount, balance, shortfall, campaigns, PayPal for the rest, pay.

use maud::{Markup, html};

use super::campaign::{CampaignOffer, OfferState};
use super::checkout::{Checkout, leave, revision, summary};
use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::{miles_text, miles_with_yen, miles_worth, yen_text};
use super::parts::{Tone, Weight, button, fact, note_text, num};
use super::paths;

/// The payment page of a NetMile payment.
///
/// Campaigns and PayPal appear only while the balance is short, whatever the lists hold
/// (docs/protocol/link-type.md#netmile).
#[derive(Clone, Default)]
pub struct PaymentPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// The page's view of method, member, amount and balance, posted back as `revision`.
    pub revision: String,
    /// Display name of the member.
    pub member: String,
    /// Balance in miles.
    pub balance_miles: u64,
    /// Campaigns on offer, in the order to show.
    pub campaigns: Vec<CampaignOffer>,
    /// Whether the rest may be paid by PayPal (stand-in).
    pub paypal: bool,
    /// What has just happened.
    pub notice: Option<PaymentNotice>,
}

/// What has just happened, shown at the top of the payment page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentNotice {
    /// A campaign added miles.
    MilesAdded {
        /// Miles added.
        miles: u64,
    },
    /// A registration is being confirmed by the advertiser.
    Confirming,
    /// Amount or balance changed since the page was shown; nothing was paid.
    Changed,
    /// The miles do not suffice; nothing was paid.
    StillShort,
    /// PayPal was declined; nothing was paid.
    PayPalDeclined,
}

impl PaymentPage {
    /// Price in miles: two for each yen.
    #[must_use]
    pub const fn price_miles(&self) -> u64 {
        self.checkout.amount_yen.saturating_mul(2)
    }

    /// 不足マイル数: missing miles, 0 when the balance suffices.
    #[must_use]
    pub const fn missing_miles(&self) -> u64 {
        self.price_miles().saturating_sub(self.balance_miles)
    }

    /// Missing yen: the amount less the balance in whole yen.
    #[must_use]
    pub const fn missing_yen(&self) -> u64 {
        self.checkout
            .amount_yen
            .saturating_sub(self.balance_miles / 2)
    }
}

impl PaymentNotice {
    fn markup(self, lang: Lang) -> Markup {
        let (tone, text) = match self {
            Self::MilesAdded { miles } => {
                let miles = miles_with_yen(lang, miles);
                let text = match lang {
                    Lang::Ja => format!("{miles}が加算されました。"),
                    Lang::En => format!("Added: {miles}."),
                };
                return note_text(Tone::Good, &text);
            }
            Self::Confirming => (
                Tone::Warn,
                t(
                    lang,
                    "登録内容を確認中です。確認が終わるとマイルが加算されます。",
                    "Your registration is being confirmed. The miles are added once that is done.",
                ),
            ),
            Self::Changed => (
                Tone::Warn,
                t(
                    lang,
                    "表示後に金額またはマイル残高が変わりました。お支払いはまだ行われていません。内容をもう一度ご確認ください。",
                    "The amount or your balance has changed since this page was shown. Nothing has been paid. Please check again.",
                ),
            ),
            Self::StillShort => (
                Tone::Bad,
                t(
                    lang,
                    "マイルが不足しているため、お支払いできませんでした。",
                    "Your miles do not suffice. Nothing has been paid.",
                ),
            ),
            Self::PayPalDeclined => (
                Tone::Bad,
                t(
                    lang,
                    "PayPalでのお支払いは行われませんでした。マイルも使われていません。",
                    "PayPal did not pay. No miles have been spent.",
                ),
            ),
        };
        note_text(tone, text)
    }
}

/// The payment page: posts `revision` to `/pay/{session}/pay` or `/pay/{session}/paypal`.
#[must_use]
pub fn payment(frame: &Frame, page: &PaymentPage) -> String {
    let lang = frame.lang;
    let missing = page.missing_miles();
    let session = page.checkout.session.as_str();
    let body = html! {
        @if let Some(notice) = page.notice { (notice.markup(lang)) }
        (summary(lang, &page.checkout))
        h2 { (t(lang, "マイル残高", "Your miles")) }
        dl class="sum" {
            (fact("", t(lang, "会員名", "Member"), &match lang {
                Lang::Ja => html! { (page.member) " 様" },
                Lang::En => html! { (page.member) },
            }))
            (fact("", t(lang, "残高", "Balance"), &num(&miles_with_yen(lang, page.balance_miles))))
            (fact("", t(lang, "お支払いに必要なマイル", "Miles needed"), &num(&miles_worth(lang, page.price_miles(), page.checkout.amount_yen))))
            @if missing == 0 {
                (fact("", t(lang, "お支払い後の残高", "Balance after paying"), &num(&miles_with_yen(lang, page.balance_miles.saturating_sub(page.price_miles())))))
            } @else {
                (missing_miles(lang, missing, page.missing_yen()))
            }
        }
        @if missing == 0 {
            form method="post" action=(paths::pay(session, "pay")) {
                (revision(&page.revision))
                (button(Weight::Main, t(lang, "マイルで支払う", "Pay with miles")))
            }
        } @else {
            (earn_now(lang, session, &page.campaigns))
            @if page.paypal { (paypal_offer(lang, page)) }
        }
        (leave(lang, &page.checkout))
    };
    let title = t(lang, "お支払い", "Payment");
    Document::new(frame, Area::Payment, title, body).utf8()
}

/// 不足マイル数, as a row of the balance.
pub(super) fn missing_miles(lang: Lang, miles: u64, yen: u64) -> Markup {
    fact(
        "short",
        t(lang, "不足マイル数", "Missing miles"),
        &num(&miles_worth(lang, miles, yen)),
    )
}

/// 今すぐマイルを貯める: the campaigns; only for a balance that is short.
pub(super) fn earn_now(lang: Lang, session: &str, campaigns: &[CampaignOffer]) -> Markup {
    html! {
        section aria-labelledby="earn-now" {
            h2 id="earn-now" { (t(lang, "今すぐマイルを貯める", "Earn miles now")) }
            @if campaigns.is_empty() {
                p {
                    (t(
                        lang,
                        "現在ご参加いただけるキャンペーンはありません。",
                        "There is no campaign at the moment.",
                    ))
                }
            } @else {
                p {
                    (t(
                        lang,
                        "不足分のマイルを今すぐゲット! 登録が終わるとすぐにマイルが加算され、このお支払いにお使いいただけます。",
                        "Get the missing miles right now. They are added as soon as you have registered, and you can use them for this payment.",
                    ))
                }
                ul class="offers" {
                    @for offer in campaigns { (campaign_offer(lang, session, offer)) }
                }
            }
        }
    }
}

fn campaign_offer(lang: Lang, session: &str, offer: &CampaignOffer) -> Markup {
    let head = &offer.head;
    let inside = html! {
        span class="gain num" { (miles_text(lang, head.miles)) }
        span class="what" { (head.name) }
        " "
        span class="who" { (head.advertiser) }
        " "
        span class="tag" { (head.kind.name(lang)) }
    };
    html! {
        @match offer.state {
            OfferState::Open => li {
                a href=(paths::campaign(session, &head.id, "")) { (inside) }
            },
            OfferState::Confirming => li class="off" {
                div class="in" { (inside) " " span class="tag" { (t(lang, "確認中", "Being confirmed")) } }
            },
            OfferState::Done => li class="off" {
                div class="in" { (inside) " " span class="tag ok" { (t(lang, "参加済み", "Done")) } }
            },
        }
    }
}

fn paypal_offer(lang: Lang, page: &PaymentPage) -> Markup {
    let rest = yen_text(lang, page.missing_yen());
    let miles = page.balance_miles / 2 * 2;
    let split = match (lang, miles) {
        (Lang::Ja, 0) => format!("{rest}をPayPalでお支払いいただけます。"),
        (Lang::Ja, _) => format!(
            "お持ちのマイルから{}を使い、残りの{rest}をPayPalでお支払いいただけます。",
            miles_with_yen(lang, miles)
        ),
        (Lang::En, 0) => format!("You can pay {rest} by PayPal."),
        (Lang::En, _) => format!(
            "You can spend {} and pay the remaining {rest} by PayPal.",
            miles_with_yen(lang, miles)
        ),
    };
    html! {
        section aria-labelledby="paypal" {
            h2 id="paypal" { (t(lang, "PayPal決済", "PayPal")) }
            p { (split) }
            p class="small" {
                (t(
                    lang,
                    "このモックではPayPalの代わりのページに移ります。PayPalには接続しません。",
                    "In this mock a stand-in page takes the place of PayPal, which is never contacted.",
                ))
            }
            form method="post" action=(paths::pay(&page.checkout.session, "paypal")) {
                (revision(&page.revision))
                (button(Weight::Second, t(lang, "不足分をPayPalで支払う", "Pay the rest by PayPal")))
            }
        }
    }
}
