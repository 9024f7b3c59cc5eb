//! The pages behind the mile-get tag (マイル獲得用タグ).

use maud::html;

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::miles_text;
use super::parts::{Input, Tone, Weight, button, facts, hidden, input, mono, note, note_text, num};

/// Asks for the mail address that the user registered with NetMile.
#[derive(Clone, Default)]
pub struct MileGetPage {
    /// Shop that gives the miles.
    pub site: String,
    /// Campaign.
    pub campaign: String,
    /// Miles to be had.
    pub miles: u64,
    /// Path that the form posts to.
    pub action: String,
    /// Names and values that are posted back.
    pub hidden: Vec<(String, String)>,
    /// What was typed before.
    pub mail: String,
    /// Code and text of the last try's failure.
    pub problem: Option<(String, String)>,
}

/// The page with the button マイルGET!.
#[must_use]
pub fn mile_get(frame: &Frame, page: &MileGetPage) -> String {
    let lang = frame.lang;
    let problem = page
        .problem
        .as_ref()
        .map(|(code, text)| format!("{text}({code})"));
    let field = Input {
        id: "mail",
        name: "mail",
        label: t(
            lang,
            "ネットマイルに登録したメールアドレス",
            "Mail address registered with NetMile",
        ),
        kind: "email",
        value: &page.mail,
        autocomplete: Some("email"),
        problem: problem.as_deref(),
        must: true,
        maxlength: Some(256),
        ..Input::default()
    };
    let body = html! {
        (facts(&[
            (t(lang, "加盟サイト", "Shop"), html! { (page.site) }),
            (t(lang, "キャンペーン", "Campaign"), html! { (page.campaign) }),
            (t(lang, "獲得マイル", "Miles"), num(&miles_text(lang, page.miles))),
        ]))
        form method="post" action=(page.action) {
            @for (name, value) in &page.hidden { (hidden(name, value)) }
            (input(lang, &field))
            (button(Weight::Main, t(lang, "マイルGET!", "Get the miles!")))
        }
    };
    let title = t(lang, "マイルを受け取る", "Receive miles");
    Document::new(frame, Area::Member, title, body).utf8()
}

/// What came of it.
#[derive(Clone, Default)]
pub struct MileGotPage {
    /// Shop that gives the miles.
    pub site: String,
    /// Campaign.
    pub campaign: String,
    /// Miles.
    pub miles: u64,
}

/// The reception page (マイル発行受付画面).
#[must_use]
pub fn mile_got(frame: &Frame, page: &MileGotPage) -> String {
    let lang = frame.lang;
    let miles = miles_text(lang, page.miles);
    let text = match lang {
        Lang::Ja => format!("{miles}の発行を受け付けました。"),
        Lang::En => format!("{miles} will be issued."),
    };
    let body = html! {
        (note_text(Tone::Good, &text))
        (facts(&[
            (t(lang, "加盟サイト", "Shop"), html! { (page.site) }),
            (t(lang, "キャンペーン", "Campaign"), html! { (page.campaign) }),
        ]))
        p {
            (t(
                lang,
                "受け取ったマイルはマイル通帳で確認できます。この画面は閉じてかまいません。",
                "Your passbook shows the miles. You may close this window.",
            ))
        }
        // A page without scripts cannot close its window, and one that a form led to may not: it leads on.
        form class="act" method="get" action="/member" {
            (button(Weight::Main, t(lang, "閉じる", "Close")))
        }
        p class="act" { a href="/member" { (t(lang, "会員ページへ", "To my page")) } }
    };
    let title = t(lang, "マイル発行の受付", "Miles received");
    Document::new(frame, Area::Member, title, body).utf8()
}

/// A click that can not be served.
#[derive(Clone, Default)]
pub struct MileRefusedPage {
    /// 5 digits of the automatic table.
    pub code: String,
    /// What the code means.
    pub text: String,
}

/// The page of a refused click.
#[must_use]
pub fn mile_refused(frame: &Frame, page: &MileRefusedPage) -> String {
    let lang = frame.lang;
    let body = html! {
        (note(Tone::Bad, &html! {
            p { (page.text) }
            p {
                (t(
                    lang,
                    "お手数ですが、マイルを提供しているショップにお問い合わせください。",
                    "Please ask the shop that gives the miles.",
                ))
            }
        }))
        (facts(&[(t(lang, "エラーコード", "Code"), mono(&page.code))]))
        p class="act" { a href="/member" { (t(lang, "会員ページへ", "To my page")) } }
    };
    let title = t(lang, "マイルを発行できません", "No miles");
    Document::new(frame, Area::Member, title, body).utf8()
}
