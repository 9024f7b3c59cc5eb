//! The merchant's management pages: log-in and list of payments.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::{grouped, yen_text};
use super::names::method_name;
use super::parts::{Input, Tone, Weight, button, input, left, note_text, num, right, table};
use super::paths;

/// Log-in of a merchant.
#[derive(Clone, Default)]
pub struct ManageLoginPage {
    /// What was typed, to fill it in again.
    pub merchant_id: String,
    /// What was typed, to fill it in again.
    pub service_id: String,
    /// The payment that was asked for before the log-in: its tracking id, or nothing.
    pub payment: String,
    /// Whether the last try failed.
    pub wrong: bool,
}

/// The log-in: posts `merchant_id`, `service_id`, `password` and the `payment` asked for to `/manage/login`.
#[must_use]
pub fn manage_login(frame: &Frame, page: &ManageLoginPage) -> String {
    let lang = frame.lang;
    let body = html! {
        @if page.wrong {
            (note_text(Tone::Bad, t(
                lang,
                "マーチャントID、サービスIDまたはパスワードが正しくありません。",
                "Merchant ID, service ID or password is not correct.",
            )))
        }
        form method="post" action="/manage/login" {
            @if !page.payment.is_empty() {
                input type="hidden" name="payment" value=(page.payment);
            }
            (input(lang, &Input {
                id: "merchant_id",
                name: "merchant_id",
                label: t(lang, "マーチャントID", "Merchant ID"),
                value: &page.merchant_id,
                inputmode: Some("numeric"),
                autocomplete: Some("organization"),
                hint: Some(t(lang, "数字5桁", "5 digits")),
                required: true,
                maxlength: Some(5),
                ..Input::default()
            }))
            (input(lang, &Input {
                id: "service_id",
                name: "service_id",
                label: t(lang, "サービスID", "Service ID"),
                value: &page.service_id,
                inputmode: Some("numeric"),
                autocomplete: Some("off"),
                hint: Some(t(lang, "数字3桁", "3 digits")),
                required: true,
                maxlength: Some(3),
                ..Input::default()
            }))
            (input(lang, &Input {
                id: "password",
                name: "password",
                label: t(lang, "管理ページのパスワード", "Management password"),
                kind: "password",
                autocomplete: Some("current-password"),
                required: true,
                maxlength: Some(255),
                ..Input::default()
            }))
            (button(Weight::Main, t(lang, "ログイン", "Log in")))
        }
        p class="act" { (terms_link(lang)) }
    };
    let title = t(lang, "加盟店ログイン", "Merchant log-in");
    Document::new(frame, Area::Manage, title, body)
        .narrow()
        .utf8()
}

/// The merchant who is logged in.
#[derive(Clone, Default)]
pub struct Manager {
    /// Name of the shop in the page's language.
    pub name: String,
    /// Merchant id.
    pub merchant_id: String,
    /// Service id.
    pub service_id: String,
}

/// Status of a payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentStatus {
    /// Accepted, the customer has not finished.
    #[default]
    Open,
    /// Paid, and the shop took the notice.
    Paid,
    /// Paid, but the shop did not take the notice.
    NoticeFailed,
    /// Refunded.
    Refunded,
    /// The customer gave up.
    Cancelled,
    /// Error of the institution.
    Failed,
    /// Recurring contract in force.
    Active,
    /// Recurring contract ended.
    Ended,
}

impl PaymentStatus {
    /// All, in the order of the filter.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Paid,
        Self::NoticeFailed,
        Self::Refunded,
        Self::Cancelled,
        Self::Failed,
        Self::Active,
        Self::Ended,
    ];

    /// Value of the filter's `status`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paid => "paid",
            Self::NoticeFailed => "notice_failed",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Active => "active",
            Self::Ended => "ended",
        }
    }

    /// The status of a filter's value.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

impl PaymentStatus {
    pub(super) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Open => t(lang, "手続き中", "In progress"),
            Self::Paid => t(lang, "支払い済み", "Paid"),
            Self::NoticeFailed => t(lang, "通知エラー", "Notice failed"),
            Self::Refunded => t(lang, "返金済み", "Refunded"),
            Self::Cancelled => t(lang, "キャンセル", "Cancelled"),
            Self::Failed => t(lang, "エラー", "Error"),
            Self::Active => t(lang, "契約中", "Contract in force"),
            Self::Ended => t(lang, "契約終了", "Contract ended"),
        }
    }
}

/// Filter of the list.
#[derive(Clone, Default)]
pub struct PaymentFilter {
    /// Only this status.
    pub status: Option<PaymentStatus>,
    /// Only this order id (exactly); empty for all.
    pub order_id: String,
}

/// A row of the list.
#[derive(Clone, Default)]
pub struct PaymentRow {
    /// When, JST, as text.
    pub at: String,
    /// 14 digits; `None` while there is none (then there is no detail page).
    pub tracking_id: Option<String>,
    /// `order_id`.
    pub order_id: String,
    /// Tag of the method; empty while none is chosen.
    pub method: String,
    /// Amount, yen.
    pub amount_yen: u64,
    /// Status.
    pub status: PaymentStatus,
}

/// The list of payments.
#[derive(Clone, Default)]
pub struct PaymentsPage {
    /// Who is logged in.
    pub manager: Manager,
    /// The filter in force.
    pub filter: PaymentFilter,
    /// Number of this page, from 1.
    pub page: u64,
    /// Number of pages, at least 1.
    pub pages: u64,
    /// Number of payments that match.
    pub total: u64,
    /// The rows of this page.
    pub rows: Vec<PaymentRow>,
}

/// The list: `/manage/payments?page=&status=&order_id=`.
#[must_use]
pub fn payments(frame: &Frame, page: &PaymentsPage) -> String {
    let lang = frame.lang;
    let found = match lang {
        Lang::Ja => format!("{}件", grouped(page.total)),
        Lang::En => format!("{} found", grouped(page.total)),
    };
    let body = html! {
        (filter_form(lang, &page.filter))
        @if page.rows.is_empty() {
            p { (t(lang, "該当する決済はありません。", "There are no such payments.")) }
        } @else {
            (table(
                &found,
                &[
                    left(t(lang, "日時", "Date")),
                    left(t(lang, "注文番号", "Order number")),
                    left(t(lang, "トラッキングID", "Tracking ID")),
                    left(t(lang, "お支払い方法", "Method")),
                    right(t(lang, "金額", "Amount")),
                    left(t(lang, "状態", "Status")),
                ],
                &page.rows.iter().map(|row| list_row(lang, row)).collect::<Vec<_>>(),
            ))
            (pager(lang, page))
        }
    };
    let title = t(lang, "決済一覧", "Payments");
    Document::new(frame, Area::Manage, title, body)
        .menu(menu(lang, &page.manager))
        .utf8()
}

pub(super) fn menu(lang: Lang, manager: &Manager) -> Markup {
    html! {
        p class="small" {
            (manager.name) " (" (manager.merchant_id) "-" (manager.service_id) ")"
        }
        ul {
            li { a href="/manage/payments" { (t(lang, "決済一覧", "Payments")) } }
            li { (terms_link(lang)) }
            li {
                form method="post" action="/manage/logout" {
                    button class="plain" type="submit" { (t(lang, "ログアウト", "Log out")) }
                }
            }
        }
    }
}

fn terms_link(lang: Lang) -> Markup {
    html! {
        a href="/manage/terms" {
            (t(lang, "お申し込み・手数料・お振込", "Application, fees and payout"))
        }
    }
}

fn filter_form(lang: Lang, filter: &PaymentFilter) -> Markup {
    html! {
        div class="filter" role="search" {
            form method="get" action="/manage/payments" {
                (input(lang, &Input {
                    id: "order_id",
                    name: "order_id",
                    label: t(lang, "注文番号", "Order number"),
                    value: &filter.order_id,
                    autocomplete: Some("off"),
                    maxlength: Some(38),
                    ..Input::default()
                }))
                div class="field" {
                    label for="status" { (t(lang, "状態", "Status")) }
                    select id="status" name="status" {
                        option value="" selected[filter.status.is_none()] { (t(lang, "すべて", "All")) }
                        @for status in PaymentStatus::ALL {
                            option value=(status.key()) selected[filter.status == Some(status)] {
                                (status.name(lang))
                            }
                        }
                    }
                }
                div class="do" { (button(Weight::Second, t(lang, "絞り込む", "Filter"))) }
            }
        }
    }
}

fn list_row(lang: Lang, row: &PaymentRow) -> Vec<Markup> {
    vec![
        num(&row.at),
        html! {
            @match &row.tracking_id {
                Some(id) => a href=(paths::payment(id, "")) { (row.order_id) },
                None => (row.order_id),
            }
        },
        html! { @if let Some(id) = &row.tracking_id { span class="num" { (id) } } },
        html! { @if !row.method.is_empty() { (method_name(lang, &row.method)) } },
        html! { (yen_text(lang, row.amount_yen)) },
        status_tag(lang, row.status),
    ]
}

pub(super) fn status_tag(lang: Lang, status: PaymentStatus) -> Markup {
    let class = match status {
        PaymentStatus::Paid | PaymentStatus::Active => "tag ok",
        PaymentStatus::NoticeFailed | PaymentStatus::Failed => "tag bad",
        _ => "tag",
    };
    html! { span class=(class) { (status.name(lang)) } }
}

fn pager(lang: Lang, page: &PaymentsPage) -> Markup {
    if page.pages <= 1 {
        return html! {};
    }
    let from = page.page.saturating_sub(2).max(1);
    let to = page.page.saturating_add(2).min(page.pages);
    let url = |number: u64| page_url(&page.filter, number);
    html! {
        nav class="pages" aria-label=(t(lang, "ページの切り替え", "Pages")) {
            @if page.page > 1 {
                a rel="prev" href=(url(page.page.saturating_sub(1))) { (t(lang, "前へ", "Previous")) }
            }
            @if from > 1 {
                a href=(url(1)) { "1" }
                @if from > 2 { span { "…" } }
            }
            @for number in from..=to {
                @if number == page.page {
                    span aria-current="page" { (number) }
                } @else {
                    a href=(url(number)) { (number) }
                }
            }
            @if to < page.pages {
                @if to.saturating_add(1) < page.pages { span { "…" } }
                a href=(url(page.pages)) { (page.pages) }
            }
            @if page.page < page.pages {
                a rel="next" href=(url(page.page.saturating_add(1))) { (t(lang, "次へ", "Next")) }
            }
        }
    }
}

fn page_url(filter: &PaymentFilter, number: u64) -> String {
    format!(
        "/manage/payments?page={number}&status={}&order_id={}",
        filter.status.map_or("", PaymentStatus::key),
        paths::encoded(&filter.order_id)
    )
}
