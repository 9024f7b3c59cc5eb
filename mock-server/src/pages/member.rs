//! The member's own pages: log-in, balance, passbook, ways to earn.

use maud::{Markup, html};

use super::checkout::{Credentials, LoginProblem, demo_members, member_form};
use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::{grouped, miles_text, miles_with_yen};
use super::parts::{Column, Tone, fact, left, note_text, num, right, table};
use super::paths::encoded;

/// Log-in of a member.
#[derive(Clone, Default)]
pub struct MemberLoginPage {
    /// What was typed as id, to fill it in again.
    pub login: String,
    /// Why the last try failed.
    pub problem: Option<LoginProblem>,
    /// Demo members to show as a help; empty hides it.
    pub demo: Vec<Credentials>,
}

/// The log-in: posts `login` and `password` to `/member/login`.
#[must_use]
pub fn member_login(frame: &Frame, page: &MemberLoginPage) -> String {
    let lang = frame.lang;
    let body = html! {
        p {
            (t(
                lang,
                "マイル残高とマイル通帳の確認や、アンケートへの回答ができます。",
                "See your balance and passbook, and earn miles by questionnaires.",
            ))
        }
        (member_form(lang, "/member/login", &page.login, page.problem))
        (demo_members(lang, &page.demo))
    };
    let title = t(lang, "会員ログイン", "Member log-in");
    Document::new(frame, Area::Member, title, body).utf8()
}

/// A row of the passbook (マイル通帳).
#[derive(Clone)]
pub struct PassbookRow {
    /// When, JST, as text.
    pub at: String,
    /// What happened.
    pub kind: PassbookKind,
    /// Shop, campaign or questionnaire it belongs to, in the page's language; may be empty.
    pub detail: String,
    /// Miles in (positive) or out (negative).
    pub miles: i64,
    /// Balance after the row, in miles; `None` while the miles are pending.
    pub balance_miles: Option<u64>,
    /// For pending miles (振込予定): the day they arrive, JST, as text.
    pub due: Option<String>,
}

/// What a row of the passbook records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassbookKind {
    /// Opening balance.
    Opening,
    /// Miles of a campaign.
    Campaign,
    /// Miles of a questionnaire.
    Questionnaire,
    /// Miles of a mail click.
    MailClick,
    /// Payment at a shop.
    Payment,
    /// 1 % return of a payment.
    Return,
    /// Refund of a payment.
    Refund,
    /// 1 % return taken back.
    ReturnTakenBack,
    /// Month of a recurring contract.
    Recurring,
    /// Miles cancelled.
    Cancelled,
    /// Miles exchanged for a reward.
    Reward,
    /// Changed by the administrator of the mock.
    Adjustment,
}

/// A way to earn miles.
#[derive(Clone, Default)]
pub struct EarnOffer {
    /// Its id, part of its URL.
    pub id: String,
    /// Title in the page's language.
    pub title: String,
    /// Miles.
    pub miles: u64,
    /// Whether the member has already earned them.
    pub done: bool,
}

/// What has just happened, on the member's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberNotice {
    /// Miles were added.
    Earned {
        /// Miles added.
        miles: u64,
    },
    /// These miles had been earned before; nothing was added.
    AlreadyEarned,
    /// Miles were exchanged for a reward.
    Exchanged {
        /// Miles taken.
        miles: u64,
    },
}

/// The member's page.
#[derive(Clone, Default)]
pub struct MemberPage {
    /// Display name.
    pub name: String,
    /// Balance in miles.
    pub balance_miles: u64,
    /// 振込予定マイル: pending miles.
    pub pending_miles: u64,
    /// マイル通帳, newest first.
    pub passbook: Vec<PassbookRow>,
    /// Questionnaires (`/member/questionnaire/{id}`).
    pub questionnaires: Vec<EarnOffer>,
    /// Mails with a link to click (`/member/mail/{id}`).
    pub mails: Vec<EarnOffer>,
    /// What has just happened.
    pub notice: Option<MemberNotice>,
}

impl PassbookKind {
    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Opening => t(lang, "開始時の残高", "Opening balance"),
            Self::Campaign => t(lang, "キャンペーン", "Campaign"),
            Self::Questionnaire => t(lang, "アンケート", "Questionnaire"),
            Self::MailClick => t(lang, "メールクリック", "Mail click"),
            Self::Payment => t(lang, "お支払い", "Payment"),
            Self::Return => t(lang, "お支払いの還元(1%)", "Return of a payment (1 %)"),
            Self::Refund => t(lang, "返金", "Refund"),
            Self::ReturnTakenBack => t(lang, "還元の取り消し", "Return taken back"),
            Self::Recurring => t(lang, "継続課金", "Recurring payment"),
            Self::Cancelled => t(lang, "マイルの取り消し", "Miles cancelled"),
            Self::Reward => t(lang, "特典に交換", "Exchanged for a reward"),
            Self::Adjustment => t(lang, "調整", "Adjustment"),
        }
    }
}

impl MemberNotice {
    fn markup(self, lang: Lang) -> Markup {
        match self {
            Self::Earned { miles } => {
                let miles = miles_with_yen(lang, miles);
                let text = match lang {
                    Lang::Ja => format!("{miles}を獲得しました。"),
                    Lang::En => format!("You have earned {miles}."),
                };
                note_text(Tone::Good, &text)
            }
            Self::Exchanged { miles } => {
                let miles = miles_with_yen(lang, miles);
                let text = match lang {
                    Lang::Ja => format!("{miles}を特典に交換しました。手数料はかかっていません。"),
                    Lang::En => format!("You have exchanged {miles} for a reward, without a fee."),
                };
                note_text(Tone::Good, &text)
            }
            Self::AlreadyEarned => note_text(
                Tone::Warn,
                t(
                    lang,
                    "このマイルはすでに獲得済みです。マイルは加算されていません。",
                    "You have earned these miles before. Nothing was added.",
                ),
            ),
        }
    }
}

/// Menu of a member who is logged in.
pub(super) fn member_menu(lang: Lang) -> Markup {
    html! {
        ul {
            li { a href="/member" { (t(lang, "マイページ", "My page")) } }
            li { a href="/member/rewards" { (t(lang, "特典に交換", "Rewards")) } }
            li {
                form method="post" action="/member/logout" {
                    button class="plain" type="submit" { (t(lang, "ログアウト", "Log out")) }
                }
            }
        }
    }
}

/// Balance, pending miles, passbook and ways to earn; log-out posts to `/member/logout`.
#[must_use]
pub fn member(frame: &Frame, page: &MemberPage) -> String {
    let lang = frame.lang;
    let body = html! {
        @if let Some(notice) = page.notice { (notice.markup(lang)) }
        dl class="sum" {
            (fact("", t(lang, "会員名", "Member"), &match lang {
                Lang::Ja => html! { (page.name) " 様" },
                Lang::En => html! { (page.name) },
            }))
            (fact("big", t(lang, "マイル残高", "Balance"), &num(&miles_with_yen(lang, page.balance_miles))))
            (fact("", t(lang, "振込予定マイル", "Pending miles"), &num(&miles_with_yen(lang, page.pending_miles))))
        }
        h2 { (t(lang, "マイル通帳", "Passbook")) }
        @if page.passbook.is_empty() {
            p { (t(lang, "まだ記録はありません。", "There are no entries yet.")) }
        } @else {
            (table(
                t(lang, "新しい順", "Newest first"),
                &passbook_columns(lang),
                &page.passbook.iter().map(|row| passbook_row(lang, row)).collect::<Vec<_>>(),
            ))
        }
        h2 { (t(lang, "アンケートで貯める", "Earn by questionnaires")) }
        (offers(lang, &page.questionnaires, "/member/questionnaire/"))
        h2 { (t(lang, "メールクリックで貯める", "Earn by mail clicks")) }
        (offers(lang, &page.mails, "/member/mail/"))
    };
    let title = t(lang, "マイページ", "My page");
    Document::new(frame, Area::Member, title, body)
        .menu(member_menu(lang))
        .utf8()
}

const fn passbook_columns<'a>(lang: Lang) -> [Column<'a>; 4] {
    [
        left(t(lang, "日時", "Date")),
        left(t(lang, "内容", "Entry")),
        right(t(lang, "マイル", "Miles")),
        right(t(lang, "残高", "Balance")),
    ]
}

fn passbook_row(lang: Lang, row: &PassbookRow) -> Vec<Markup> {
    let sign = match row.miles {
        ..0 => "-",
        0 => "",
        1.. => "+",
    };
    let miles = format!("{sign}{}", grouped(row.miles.unsigned_abs()));
    vec![
        num(&row.at),
        html! {
            (row.kind.name(lang))
            @if !row.detail.is_empty() { br; span class="small" { (row.detail) } }
            @if let Some(due) = &row.due {
                br;
                span class="tag" { (t(lang, "振込予定日: ", "Due: ")) (due) }
            }
        },
        html! { span class=[(row.miles < 0).then_some("minus")] { (miles) } },
        match row.balance_miles {
            Some(balance) => html! { (grouped(balance)) },
            None => html! { (t(lang, "保留", "Pending")) },
        },
    ]
}

fn offers(lang: Lang, offers: &[EarnOffer], base: &str) -> Markup {
    html! {
        @if offers.is_empty() {
            p { (t(lang, "現在はありません。", "There are none at the moment.")) }
        } @else {
            ul class="offers" {
                @for offer in offers {
                    @let inside = html! {
                        span class="gain num" { (miles_text(lang, offer.miles)) }
                        span class="what" { (offer.title) }
                    };
                    @if offer.done {
                        li class="off" {
                            div class="in" { (inside) " " span class="tag ok" { (t(lang, "獲得済み", "Earned")) } }
                        }
                    } @else {
                        li { a href=(format!("{base}{}", encoded(&offer.id))) { (inside) } }
                    }
                }
            }
        }
    }
}
