//! The merchant's management pages: a payment in detail, refund, notice sent again, end of a contract.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::manage::{Manager, PaymentStatus, menu, status_tag};
use super::money::{miles_text, miles_with_yen, yen_text};
use super::names::method_name;
use super::parts::{
    NoticeAttempt, Tone, Weight, button, facts, note, note_text, notices, num, post,
};
use super::paths;
use super::recurring::RecurringKind;

/// Whether a payment can be refunded.
#[derive(Clone)]
pub enum RefundState {
    /// It can, until the end of this day (JST, as text).
    Possible {
        /// Last day.
        until: String,
    },
    /// It could until this day.
    TooLate {
        /// Last day.
        until: String,
    },
    /// It has been.
    Done {
        /// When, JST, as text.
        at: String,
    },
    /// Not for this payment (not paid, or a contract).
    NotApplicable,
}

/// A recurring contract on the detail page.
#[derive(Clone)]
pub struct ContractView {
    /// Kind.
    pub kind: RecurringKind,
    /// Whether it is in force; then it can be ended.
    pub active: bool,
    /// Last month billed, as text.
    pub last_month: Option<String>,
}

/// What an entry of the timeline records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineEvent {
    /// The request was accepted.
    Accepted,
    /// The customer chose a method.
    MethodChosen,
    /// The member logged in.
    LoggedIn,
    /// The member took part in a campaign.
    CampaignJoined,
    /// Miles were credited.
    MilesCredited,
    /// Paid.
    Paid,
    /// A notice was sent.
    NoticeSent,
    /// The shop took the notice.
    NoticeAccepted,
    /// The shop did not take the notice.
    NoticeFailed,
    /// The way back to the shop was shown.
    ReturnShown,
    /// The customer gave up.
    Cancelled,
    /// Error of the institution.
    Failed,
    /// Refunded.
    Refunded,
    /// Contract in force.
    ContractStarted,
    /// A month of the contract was billed.
    ContractBilled,
    /// Contract ended.
    ContractEnded,
}

/// An entry of the timeline.
#[derive(Clone)]
pub struct TimelineEntry {
    /// When, JST, as text.
    pub at: String,
    /// What.
    pub event: TimelineEvent,
    /// More, in the page's language; may be empty.
    pub detail: String,
}

/// What has just happened, on the detail page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManageNotice {
    /// The notice was sent again and taken.
    NoticeAccepted,
    /// The notice was sent again and not taken.
    NoticeFailed,
    /// The contract was ended.
    ContractEnded,
    /// The refund was refused: the time for it has passed, or it was done before.
    RefundRefused,
}

/// A payment in detail.
#[derive(Clone)]
pub struct PaymentDetailPage {
    /// Who is logged in.
    pub manager: Manager,
    /// 14 digits.
    pub tracking_id: String,
    /// `order_id`.
    pub order_id: String,
    /// `item_name`.
    pub item: String,
    /// `cust_code`, masked by the caller.
    pub customer: String,
    /// The member, masked by the caller; empty for another method.
    pub member: String,
    /// Tag of the method.
    pub method: String,
    /// Amount, yen.
    pub amount_yen: u64,
    /// Miles spent.
    pub miles: u64,
    /// Part paid by PayPal (stand-in), yen.
    pub paypal_yen: u64,
    /// Miles returned (1 %).
    pub returned_miles: u64,
    /// Status.
    pub status: PaymentStatus,
    /// When it was paid, JST, as text.
    pub paid_at: Option<String>,
    /// Whether it can be refunded.
    pub refund: RefundState,
    /// The recurring contract, if it is one.
    pub contract: Option<ContractView>,
    /// Notices, oldest first.
    pub notices: Vec<NoticeAttempt>,
    /// Timeline, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// What has just happened.
    pub notice: Option<ManageNotice>,
}

impl TimelineEvent {
    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Accepted => t(lang, "要求を受け付けました", "Request accepted"),
            Self::MethodChosen => t(lang, "お支払い方法が選ばれました", "Method chosen"),
            Self::LoggedIn => t(lang, "会員がログインしました", "Member logged in"),
            Self::CampaignJoined => t(
                lang,
                "キャンペーンに参加しました",
                "Member took part in a campaign",
            ),
            Self::MilesCredited => t(lang, "マイルを加算しました", "Miles credited"),
            Self::Paid => t(lang, "お支払いが完了しました", "Paid"),
            Self::NoticeSent => t(lang, "結果通知を送りました", "Notice sent"),
            Self::NoticeAccepted => t(
                lang,
                "ショップが結果通知を受け取りました",
                "The shop took the notice",
            ),
            Self::NoticeFailed => t(
                lang,
                "ショップが結果通知を受け取りませんでした",
                "The shop did not take the notice",
            ),
            Self::ReturnShown => t(
                lang,
                "ショップへ戻るボタンを表示しました",
                "The button back to the shop was shown",
            ),
            Self::Cancelled => t(lang, "お客様がキャンセルしました", "The customer cancelled"),
            Self::Failed => t(
                lang,
                "決済機関でエラーが発生しました",
                "Error of the institution",
            ),
            Self::Refunded => t(lang, "返金しました", "Refunded"),
            Self::ContractStarted => t(lang, "契約が始まりました", "Contract started"),
            Self::ContractBilled => t(lang, "継続課金を行いました", "A month was billed"),
            Self::ContractEnded => t(lang, "契約が終了しました", "Contract ended"),
        }
    }
}

impl ManageNotice {
    fn markup(self, lang: Lang) -> Markup {
        let (tone, text) = match self {
            Self::NoticeAccepted => (
                Tone::Good,
                t(
                    lang,
                    "結果通知を再送し、ショップが受け取りました。",
                    "The notice was sent again, and the shop took it.",
                ),
            ),
            Self::NoticeFailed => (
                Tone::Bad,
                t(
                    lang,
                    "結果通知を再送しましたが、ショップは受け取りませんでした。",
                    "The notice was sent again, but the shop did not take it.",
                ),
            ),
            Self::ContractEnded => (
                Tone::Good,
                t(lang, "契約を終了しました。", "The contract has been ended."),
            ),
            Self::RefundRefused => (
                Tone::Bad,
                t(
                    lang,
                    "返金できませんでした。返金の期限を過ぎているか、すでに返金済みです。",
                    "It was not refunded: the time for it has passed, or it had been refunded before.",
                ),
            ),
        };
        note_text(tone, text)
    }
}

/// The detail page: refund, send the notice again, end the contract.
#[must_use]
pub fn payment_detail(frame: &Frame, page: &PaymentDetailPage) -> String {
    let lang = frame.lang;
    let body = html! {
        @if let Some(notice) = page.notice { (notice.markup(lang)) }
        (facts(&detail_facts(lang, page)))
        @if let Some(contract) = &page.contract { (contract_part(lang, page, contract)) }
        h2 { (t(lang, "返金", "Refund")) }
        (refund_part(lang, page))
        h2 { (t(lang, "結果通知", "Notices")) }
        (notices(lang, &page.notices))
        (post(
            &paths::payment(&page.tracking_id, "notice"),
            &[],
            Weight::Second,
            t(lang, "結果通知を再送する", "Send the notice again"),
        ))
        h2 { (t(lang, "経過", "Timeline")) }
        ol class="time" {
            @for entry in &page.timeline {
                li {
                    time { (entry.at) }
                    (entry.event.name(lang))
                    @if !entry.detail.is_empty() { br; span class="small" { (entry.detail) } }
                }
            }
        }
    };
    let title = t(lang, "決済の詳細", "Payment");
    Document::new(frame, Area::Manage, title, body)
        .menu(menu(lang, &page.manager))
        .utf8()
}

fn detail_facts(lang: Lang, page: &PaymentDetailPage) -> Vec<(&'static str, Markup)> {
    let mut rows = vec![
        (t(lang, "状態", "Status"), status_tag(lang, page.status)),
        (
            t(lang, "トラッキングID", "Tracking ID"),
            num(&page.tracking_id),
        ),
        (
            t(lang, "注文番号", "Order number"),
            html! { (page.order_id) },
        ),
        (t(lang, "商品", "Item"), html! { (page.item) }),
        (
            t(lang, "お客様番号", "Customer number"),
            html! { (page.customer) },
        ),
        (
            t(lang, "お支払い方法", "Payment method"),
            html! { (method_name(lang, &page.method)) },
        ),
        (
            t(lang, "金額", "Amount"),
            num(&yen_text(lang, page.amount_yen)),
        ),
    ];
    if !page.member.is_empty() {
        rows.push((t(lang, "会員", "Member"), html! { (page.member) }));
    }
    if page.miles > 0 {
        rows.push((
            t(lang, "使用したマイル", "Miles spent"),
            num(&miles_with_yen(lang, page.miles)),
        ));
    }
    if page.paypal_yen > 0 {
        rows.push((
            t(
                lang,
                "PayPalでのお支払い(代わりのページ)",
                "Paid by PayPal (stand-in)",
            ),
            num(&yen_text(lang, page.paypal_yen)),
        ));
    }
    if page.returned_miles > 0 {
        rows.push((
            t(lang, "還元マイル(1%)", "Miles returned (1 %)"),
            num(&miles_text(lang, page.returned_miles)),
        ));
    }
    if let Some(at) = &page.paid_at {
        rows.push((t(lang, "お支払い日時", "Paid at"), num(at)));
    }
    rows
}

fn contract_part(lang: Lang, page: &PaymentDetailPage, contract: &ContractView) -> Markup {
    let mut rows = vec![
        (
            t(lang, "種別", "Kind"),
            html! { (contract.kind.name(lang)) },
        ),
        (
            t(lang, "契約の状態", "Contract"),
            status_tag(
                lang,
                if contract.active {
                    PaymentStatus::Active
                } else {
                    PaymentStatus::Ended
                },
            ),
        ),
    ];
    if let Some(month) = &contract.last_month {
        rows.push((t(lang, "最終請求月", "Last month"), num(month)));
    }
    html! {
        h2 { (t(lang, "継続課金", "Recurring contract")) }
        (facts(&rows))
        @if contract.active {
            (confirmed_action(
                lang,
                &paths::payment(&page.tracking_id, "end"),
                "end",
                t(lang, "契約を終了し、ショップに解約の通知(CR)を送ります。", "Ends the contract and sends the shop a notice of it (CR)."),
                t(lang, "契約を終了する", "End the contract"),
            ))
        }
    }
}

fn refund_part(lang: Lang, page: &PaymentDetailPage) -> Markup {
    match &page.refund {
        RefundState::Possible { until } => {
            let amount = yen_text(lang, page.amount_yen);
            let text = match lang {
                Lang::Ja => format!(
                    "{amount}を全額返金します。使われたマイルは会員に戻り、還元マイルは取り消されます。期限: {until}まで"
                ),
                Lang::En => format!(
                    "Refunds {amount} in full. The miles go back to the member, and the returned miles are taken back. Possible until {until}."
                ),
            };
            confirmed_action(
                lang,
                &paths::payment(&page.tracking_id, "refund"),
                "refund",
                &text,
                t(lang, "返金する", "Refund"),
            )
        }
        RefundState::TooLate { until } => {
            let text = match lang {
                Lang::Ja => format!("返金の期限({until})を過ぎたため、返金できません。"),
                Lang::En => format!("It could be refunded until {until}. That time has passed."),
            };
            html! { p { (text) } }
        }
        RefundState::Done { at } => {
            let text = match lang {
                Lang::Ja => format!("{at}に返金しました。"),
                Lang::En => format!("Refunded on {at}."),
            };
            note_text(Tone::Info, &text)
        }
        RefundState::NotApplicable => html! {
            p { (t(lang, "この決済は返金の対象ではありません。", "This payment cannot be refunded.")) }
        },
    }
}

/// An action that cannot be undone: what it does, a box to check, the button.
fn confirmed_action(lang: Lang, action: &str, id: &str, text: &str, label: &str) -> Markup {
    let (box_id, text_id) = (format!("{id}-confirmed"), format!("{id}-text"));
    html! {
        (note(Tone::Warn, &html! { p id=(text_id) { (text) } }))
        form method="post" action=(action) {
            label class="pick" for=(box_id) {
                input type="checkbox" id=(box_id) name="confirmed" value="yes" required aria-describedby=(text_id);
                (t(lang, "内容を確認しました(この操作は取り消せません)", "I have checked this. It cannot be undone."))
            }
            (button(Weight::Danger, label))
        }
    }
}

/// The page after a refund.
#[derive(Clone, Default)]
pub struct RefundDonePage {
    /// Who is logged in.
    pub manager: Manager,
    /// 14 digits.
    pub tracking_id: String,
    /// `order_id`.
    pub order_id: String,
    /// Amount refunded, yen.
    pub amount_yen: u64,
    /// Miles given back to the member.
    pub miles: u64,
    /// Part given back to PayPal (stand-in), yen.
    pub paypal_yen: u64,
    /// 1 % return taken back, miles.
    pub taken_back_miles: u64,
    /// When, JST, as text.
    pub at: String,
}

/// The refund is done.
#[must_use]
pub fn refund_done(frame: &Frame, page: &RefundDonePage) -> String {
    let lang = frame.lang;
    let mut rows = vec![
        (
            t(lang, "返金した金額", "Amount refunded"),
            num(&yen_text(lang, page.amount_yen)),
        ),
        (
            t(lang, "会員に戻したマイル", "Miles given back"),
            num(&miles_with_yen(lang, page.miles)),
        ),
    ];
    if page.paypal_yen > 0 {
        rows.push((
            t(
                lang,
                "PayPalへの返金(代わりのページ)",
                "Back to PayPal (stand-in)",
            ),
            num(&yen_text(lang, page.paypal_yen)),
        ));
    }
    if page.taken_back_miles > 0 {
        rows.push((
            t(lang, "取り消した還元マイル(1%)", "Return taken back (1 %)"),
            num(&miles_text(lang, page.taken_back_miles)),
        ));
    }
    rows.extend([
        (
            t(lang, "注文番号", "Order number"),
            html! { (page.order_id) },
        ),
        (
            t(lang, "トラッキングID", "Tracking ID"),
            num(&page.tracking_id),
        ),
        (t(lang, "返金日時", "Refunded at"), num(&page.at)),
    ]);
    let body = html! {
        (note_text(Tone::Good, t(lang, "返金が完了しました。", "The payment has been refunded.")))
        (facts(&rows))
        p { a href=(paths::payment(&page.tracking_id, "")) { (t(lang, "決済の詳細に戻る", "Back to the payment")) } }
        p { a href="/manage/payments" { (t(lang, "決済一覧に戻る", "Back to the list")) } }
    };
    let title = t(lang, "返金完了", "Refund complete");
    Document::new(frame, Area::Manage, title, body)
        .menu(menu(lang, &page.manager))
        .utf8()
}
