//! The member exchanges miles for rewards (特典交換), without a fee.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::member::member_menu;
use super::money::{miles_text, miles_with_yen, yen_text};
use super::parts::{Tone, Weight, button, facts, hidden, note_text, num};
use super::paths::encoded;

/// A kind of rewards, such as airline miles.
#[derive(Clone, Default)]
pub struct RewardKind {
    /// Its name in the page's language.
    pub name: String,
    /// What there is: id, part of the URL, and name in the page's language.
    pub rewards: Vec<(String, String)>,
}

/// All rewards.
#[derive(Clone, Default)]
pub struct RewardsPage {
    /// Balance in miles.
    pub balance_miles: u64,
    /// Fewest miles of an exchange.
    pub least_miles: u64,
    /// Kinds in the order of the page.
    pub kinds: Vec<RewardKind>,
}

/// The list of rewards; each leads to `/member/rewards/{id}`.
#[must_use]
pub fn rewards(frame: &Frame, page: &RewardsPage) -> String {
    let lang = frame.lang;
    let body = html! {
        p class="lead" { (t(
            lang,
            "貯めたマイルを、お好きな特典にいつでも交換できます。交換手数料はかかりません。",
            "Exchange your miles for a reward of your choice at any time. There is no fee.",
        )) }
        (facts(&[
            (t(lang, "マイル残高", "Balance"), num(&miles_with_yen(lang, page.balance_miles))),
            (t(lang, "最低交換マイル数", "Exchanged from"), num(&miles_text(lang, page.least_miles))),
        ]))
        @for kind in &page.kinds {
            h2 { (kind.name) }
            ul class="offers" {
                @for (id, name) in &kind.rewards {
                    li { a href=(path(id)) { span class="what" { (name) } } }
                }
            }
        }
        (back(lang))
    };
    let title = t(lang, "特典に交換する", "Exchange miles for rewards");
    Document::new(frame, Area::Member, title, body)
        .menu(member_menu(lang))
        .utf8()
}

/// One reward.
#[derive(Clone, Default)]
pub struct RewardPage {
    /// Its id, part of the URL.
    pub id: String,
    /// Name in the page's language.
    pub name: String,
    /// Name of its kind.
    pub kind: String,
    /// Balance in miles.
    pub balance_miles: u64,
    /// Fewest miles of an exchange.
    pub least_miles: u64,
    /// Miles that can be chosen.
    pub choices: Vec<u64>,
    /// What makes the form count once.
    pub token: String,
    /// Whether the last try asked for what cannot be exchanged.
    pub wrong: bool,
}

/// How many miles: posts `token` and `miles` to `/member/rewards/{id}`.
#[must_use]
pub fn reward(frame: &Frame, page: &RewardPage) -> String {
    let lang = frame.lang;
    let body = html! {
        @if page.wrong {
            (note_text(Tone::Bad, t(
                lang,
                "交換できませんでした。マイル数と残高をご確認ください。",
                "Nothing was exchanged. Please check the miles and your balance.",
            )))
        }
        (facts(&[
            (t(lang, "特典の種類", "Kind"), html! { (page.kind) }),
            (t(lang, "マイル残高", "Balance"), num(&miles_with_yen(lang, page.balance_miles))),
            (t(lang, "交換手数料", "Fee"), num(t(lang, "無料", "none"))),
        ]))
        @if page.choices.is_empty() {
            (note_text(Tone::Warn, &short(lang, page.least_miles)))
        } @else {
            form method="post" action=(path(&page.id)) {
                (hidden("token", &page.token))
                div class="field" {
                    label for="miles" { (t(lang, "交換するマイル", "Miles to exchange")) }
                    select id="miles" name="miles" {
                        @for miles in &page.choices {
                            option value=(miles) { (worth(lang, *miles)) }
                        }
                    }
                }
                (button(Weight::Main, t(lang, "交換する", "Exchange")))
            }
        }
        p class="act" { a href="/member/rewards" { (t(lang, "特典の一覧に戻る", "Back to the rewards")) } }
    };
    Document::new(frame, Area::Member, &page.name, body)
        .menu(member_menu(lang))
        .utf8()
}

fn short(lang: Lang, least: u64) -> String {
    let least = miles_text(lang, least);
    match lang {
        Lang::Ja => format!("交換には{least}以上が必要です。"),
        Lang::En => format!("You need at least {least} for an exchange."),
    }
}

/// Miles, and what is got for them.
fn worth(lang: Lang, miles: u64) -> String {
    let (given, got) = (miles_text(lang, miles), yen_text(lang, miles / 2));
    match lang {
        Lang::Ja => format!("{given} → {got}相当"),
        Lang::En => format!("{given}, worth {got}"),
    }
}

fn path(id: &str) -> String {
    format!("/member/rewards/{}", encoded(id))
}

fn back(lang: Lang) -> Markup {
    html! { p class="act" { a href="/member" { (t(lang, "マイページに戻る", "Back to my page")) } } }
}
