//! The frame of every page: head, header, main, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::lang::{Lang, t};
use super::parts::hidden;
use super::sjis::ShiftJisPage;

/// A `Content-Security-Policy` under which every page of this module works.
///
/// `form-action` is left open on purpose: return forms post to the merchant's URLs.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("style.css");

/// Language of a page and where its reader is.
#[derive(Clone)]
pub struct Frame {
    /// Language of the page.
    pub lang: Lang,
    /// Path and query of the page without its `lang` parameter, for the language switch.
    ///
    /// It is followed by GET: for a page that answers a POST, give a page that can be fetched.
    /// What is not a path of this server counts as `/`.
    pub here: String,
}

impl Frame {
    /// A frame for the page at `here` (path and query without `lang`).
    #[must_use]
    pub fn new(lang: Lang, here: impl Into<String>) -> Self {
        Self {
            lang,
            here: here.into(),
        }
    }
}

/// Which part of the mock a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Mock,
    Gateway,
    Payment,
    Campaign,
    Member,
    Manage,
    Miles,
    Staff,
}

impl Area {
    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Mock => t(lang, "モックのご案内", "About this mock"),
            Self::Gateway => t(lang, "決済ゲートウェイ", "Payment gateway"),
            Self::Payment => t(lang, "ネットマイル決済", "NetMile payment"),
            Self::Campaign => t(lang, "キャンペーン登録", "Campaign registration"),
            Self::Member => t(lang, "会員ページ", "Member pages"),
            Self::Manage => t(lang, "加盟店管理", "Merchant management"),
            Self::Miles => t(lang, "マイル管理", "Mile management"),
            Self::Staff => t(lang, "ネットマイル担当者", "NetMile staff"),
        }
    }
}

/// How the language is switched.
pub(super) enum Switch<'a> {
    /// By fetching the frame's page again.
    Link,
    /// By posting the same values again, for a page that lives only in the answer to a POST.
    Repost {
        action: String,
        fields: Vec<(&'a str, &'a str)>,
    },
}

/// A document before it is put together.
pub(super) struct Document<'a> {
    pub(super) frame: &'a Frame,
    pub(super) area: Area,
    pub(super) title: &'a str,
    pub(super) wide: bool,
    pub(super) menu: Option<Markup>,
    pub(super) switch: Switch<'a>,
    pub(super) body: Markup,
}

impl<'a> Document<'a> {
    pub(super) const fn new(frame: &'a Frame, area: Area, title: &'a str, body: Markup) -> Self {
        Self {
            frame,
            area,
            title,
            wide: matches!(
                area,
                Area::Manage | Area::Mock | Area::Gateway | Area::Miles | Area::Staff
            ),
            menu: None,
            switch: Switch::Link,
            body,
        }
    }

    /// A page of one column in an area whose pages are wide.
    pub(super) const fn narrow(mut self) -> Self {
        self.wide = false;
        self
    }

    pub(super) fn menu(mut self, menu: Markup) -> Self {
        self.menu = Some(menu);
        self
    }

    pub(super) fn switch(mut self, switch: Switch<'a>) -> Self {
        self.switch = switch;
        self
    }

    pub(super) fn utf8(self) -> String {
        self.render("utf-8")
    }

    pub(super) fn shift_jis(self) -> ShiftJisPage {
        ShiftJisPage::new(self.render("Shift_JIS"))
    }

    fn render(self, charset: &str) -> String {
        let lang = self.frame.lang;
        let area = self.area.name(lang);
        let markup = html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                head {
                    meta charset=(charset);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    meta name="format-detection" content="telephone=no";
                    link rel="icon" href="data:,";
                    title { (self.title) " | " (area) }
                    style { (PreEscaped(STYLE)) }
                }
                body class=[self.wide.then_some("wide")] {
                    a class="skip" href="#main" { (t(lang, "本文へ移動", "Skip to the content")) }
                    p class="band" {
                        (t(lang, "テスト用モック: 本物のお金やマイルは動きません", "Mock for testing: no real money or miles move"))
                    }
                    header class="top" {
                        p class="area" { (area) }
                        nav class="switch" aria-label=(t(lang, "言語の切り替え", "Language")) {
                            (switch(self.frame, &self.switch))
                        }
                        @if let Some(menu) = &self.menu {
                            nav class="menu" aria-label=(t(lang, "メニュー", "Menu")) { (menu) }
                        }
                    }
                    main id="main" { h1 { (self.title) } (self.body) }
                    footer {
                        p {
                            span lang="ja" { "テスト用モック。実際の決済ではありません" }
                            " / "
                            span lang="en" { "mock gateway, no real payment" }
                        }
                        p {
                            (t(
                                lang,
                                "ネットマイル、SBペイメントサービスおよびNTTの各社とは関係のない、独立したソフトウェアです。",
                                "Independent software, not made or endorsed by NetMile, SB Payment Service or NTT.",
                            ))
                        }
                    }
                }
            }
        };
        // Maud leaves apostrophes alone, which is safe in its double quotes; as references they
        // stay safe wherever a page is pasted. The style sheet holds none.
        markup.into_string().replace('\'', "&#39;")
    }
}

fn switch(frame: &Frame, switch: &Switch<'_>) -> Markup {
    let other = frame.lang.other();
    let label = match other {
        Lang::Ja => "日本語",
        Lang::En => "English",
    };
    match switch {
        Switch::Link => html! {
            a href=(with_lang(&frame.here, other)) hreflang=(other.code()) lang=(other.code()) { (label) }
        },
        Switch::Repost { action, fields } => html! {
            form method="post" action=(with_lang(action, other)) {
                @for (name, value) in fields { (hidden(name, value)) }
                button class="plain" type="submit" lang=(other.code()) { (label) }
            }
        },
    }
}

/// A path with `lang` added to its query; anything but a path of this server counts as `/`.
fn with_lang(here: &str, lang: Lang) -> String {
    let path = here.split('#').next().unwrap_or_default();
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(|c: char| c == '\\' || c.is_control());
    let path = if local { path } else { "/" };
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}lang={}", lang.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_stays_on_this_server() {
        assert_eq!(with_lang("/pay/a1", Lang::En), "/pay/a1?lang=en");
        assert_eq!(
            with_lang("/manage/payments?page=2", Lang::Ja),
            "/manage/payments?page=2&lang=ja"
        );
        assert_eq!(with_lang("/member#top", Lang::En), "/member?lang=en");
        for foreign in [
            "",
            "javascript:alert(1)",
            "//evil.example/",
            "/\\evil.example/",
            "/\t/evil.example",
            "https://evil.example/",
        ] {
            assert_eq!(with_lang(foreign, Lang::En), "/?lang=en", "{foreign:?}");
        }
    }

    #[test]
    fn the_style_sheet_is_plain_and_self_contained() {
        assert!(STYLE.is_ascii());
        for forbidden in ["'", "<", "url(", "@import", "expression"] {
            assert!(!STYLE.contains(forbidden), "{forbidden}");
        }
    }
}
