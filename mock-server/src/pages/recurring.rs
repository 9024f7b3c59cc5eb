//! Recurring contracts: application and cancel (docs/protocol/link-type.md#recurring).

use maud::{Markup, html};

use super::campaign::CampaignOffer;
use super::checkout::{Checkout, leave, revision, summary};
use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::miles_with_yen;
use super::names::method_name;
use super::parts::{Tone, Weight, button, fact, facts, note_text, num};
use super::paths;
use super::payment::{earn_now, missing_miles};

/// Kind of a recurring contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecurringKind {
    /// 継続課金(簡易): the gateway bills a fixed amount each month.
    #[default]
    Simple,
    /// 継続課金(定期・従量): the shop says when and how much.
    FixedOrMetered,
}

impl RecurringKind {
    pub(super) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Simple => t(lang, "継続課金(簡易)", "Recurring (simple)"),
            Self::FixedOrMetered => t(lang, "継続課金(定期・従量)", "Recurring (fixed or metered)"),
        }
    }

    const fn explanation(self, lang: Lang) -> &'static str {
        match self {
            Self::Simple => t(
                lang,
                "毎月同じ金額が自動的に請求されます。解約するまで続きます。",
                "The same amount is charged automatically each month until you end it.",
            ),
            Self::FixedOrMetered => t(
                lang,
                "ショップが定めた時期と金額で請求されます。解約するまで続きます。",
                "The shop decides when and how much is charged, until you end it.",
            ),
        }
    }
}

/// Application for a recurring contract.
#[derive(Clone, Default)]
pub struct RecurringPage {
    /// What is applied for; `amount_yen` is the amount of the first (and, if simple, each) month.
    pub checkout: Checkout,
    /// Tag of the method.
    pub method: String,
    /// Posted back as `revision`.
    pub revision: String,
    /// Kind.
    pub kind: RecurringKind,
    /// Last month billed, `2026-12` as text; simple only.
    pub last_month: Option<String>,
    /// Balance in miles, for NetMile.
    pub balance_miles: Option<u64>,
    /// Whether nothing is charged at the application itself.
    pub apply_only: bool,
    /// Campaigns on offer, shown while the balance does not cover the first charge.
    pub campaigns: Vec<CampaignOffer>,
}

impl RecurringPage {
    /// Missing miles for the first charge, 0 when it is covered or there is none.
    #[must_use]
    pub fn missing_miles(&self) -> u64 {
        match self.balance_miles {
            Some(balance) if !self.apply_only => self
                .checkout
                .amount_yen
                .saturating_mul(2)
                .saturating_sub(balance),
            _ => 0,
        }
    }
}

/// The application: posts `revision` to `/pay/{session}/pay`.
#[must_use]
pub fn recurring_application(frame: &Frame, page: &RecurringPage) -> String {
    let lang = frame.lang;
    let missing = page.missing_miles();
    let body = html! {
        (note_text(Tone::Info, page.kind.explanation(lang)))
        (summary(lang, &page.checkout))
        dl class="sum" {
            (fact("", t(lang, "お支払い方法", "Payment method"), &html! { (method_name(lang, &page.method)) }))
            (fact("", t(lang, "種別", "Kind"), &html! { (page.kind.name(lang)) }))
            (fact("", t(lang, "初回のお支払い", "First charge"), &html! {
                @if page.apply_only {
                    (t(lang, "お申し込み時の請求はありません", "Nothing is charged now"))
                } @else {
                    (t(lang, "お申し込みと同時", "Together with the application"))
                }
            }))
            @if let Some(month) = &page.last_month {
                (fact("", t(lang, "最終請求月", "Last month"), &html! { (month) }))
            }
            @if let Some(balance) = page.balance_miles {
                (fact("", t(lang, "マイル残高", "Your miles"), &num(&miles_with_yen(lang, balance))))
                @if missing > 0 {
                    (missing_miles(lang, missing, page.checkout.amount_yen.saturating_sub(balance / 2)))
                }
            }
        }
        @if missing > 0 {
            (earn_now(lang, &page.checkout.session, &page.campaigns))
        } @else {
            (go_on(&page.checkout.session, &page.revision, Weight::Main, t(lang, "申し込む", "Apply")))
        }
        (leave(lang, &page.checkout))
    };
    let title = t(lang, "継続課金のお申し込み", "Set up a recurring payment");
    Document::new(frame, Area::Gateway, title, body)
        .narrow()
        .utf8()
}

fn go_on(session: &str, seen: &str, weight: Weight, label: &str) -> Markup {
    html! {
        form class="act" method="post" action=(paths::pay(session, "pay")) {
            (revision(seen))
            (button(weight, label))
        }
    }
}

/// Confirmation that a contract is to be ended.
#[derive(Clone, Default)]
pub struct ContractCancelPage {
    /// The cancel request's order and the contract's amount.
    pub checkout: Checkout,
    /// Tag of the method.
    pub method: String,
    /// Posted back as `revision`.
    pub revision: String,
    /// Kind of the contract.
    pub kind: RecurringKind,
    /// The contract's tracking id.
    pub tracking_id: String,
    /// Since when, JST date as text.
    pub since: Option<String>,
}

/// The confirmation: posts `revision` to `/pay/{session}/pay`.
#[must_use]
pub fn contract_cancel(frame: &Frame, page: &ContractCancelPage) -> String {
    let lang = frame.lang;
    let mut rows = vec![
        (
            t(lang, "お支払い方法", "Payment method"),
            html! { (method_name(lang, &page.method)) },
        ),
        (t(lang, "種別", "Kind"), html! { (page.kind.name(lang)) }),
        (
            t(lang, "契約のトラッキングID", "Tracking ID of the contract"),
            html! { (page.tracking_id) },
        ),
    ];
    if let Some(since) = &page.since {
        rows.push((t(lang, "契約日", "Since"), num(since)));
    }
    let body = html! {
        (note_text(Tone::Warn, t(
            lang,
            "解約すると、次回から請求されません。この操作は取り消せません。",
            "Once ended, nothing more is charged. This cannot be undone.",
        )))
        (summary(lang, &page.checkout))
        (facts(&rows))
        (go_on(&page.checkout.session, &page.revision, Weight::Danger, t(lang, "解約する", "End the contract")))
        (leave(lang, &page.checkout))
    };
    let title = t(lang, "継続課金の解約", "End a recurring payment");
    Document::new(frame, Area::Gateway, title, body)
        .narrow()
        .utf8()
}
