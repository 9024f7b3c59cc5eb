//! 相互交換: miles that become points, marked experimental.

use maud::html;

use super::super::lang::{Lang, t};
use super::super::layout::Frame;
use super::super::money::{grouped, miles_text};
use super::super::parts::{Input, Tone, Weight, button, facts, input, note_text, num};
use super::{below, site_page};
use crate::office::terms::Site;

/// What so many miles come to.
pub(crate) enum Reversed {
    /// Whole points.
    Points(u64),
    /// No whole points: the nearest miles that give some.
    Odd { below: Option<u64>, above: u64 },
    /// Something that was typed is no number from 1 to 999,999,999.
    NotNumbers,
}

/// The form and what comes of it.
pub(crate) struct ReversePage {
    pub(crate) rate_miles: String,
    pub(crate) rate_points: String,
    pub(crate) miles: String,
    pub(crate) reversed: Reversed,
}

/// 相互交換(試験的).
pub(crate) fn reverse(frame: &Frame, site: &Site, page: &ReversePage) -> String {
    let lang = frame.lang;
    let field = |name, label, value| {
        input(
            lang,
            &Input {
                id: name,
                name,
                label,
                value,
                autocomplete: Some("off"),
                inputmode: Some("numeric"),
                maxlength: Some(9),
                ..Input::default()
            },
        )
    };
    let points = |points: u64| match lang {
        Lang::Ja => format!("{}ポイント", grouped(points)),
        Lang::En if points == 1 => "1 point".to_owned(),
        Lang::En => format!("{} points", grouped(points)),
    };
    let body = html! {
        (note_text(Tone::Warn, t(
            lang,
            "試験的な機能です。マイルを加盟サイトのポイントに交換する方法は公開されていません。この画面は換算だけを行い、マイルもポイントも動きません。",
            "Experimental. How miles become points of a merchant is not public. This page only works it out: no miles and no points move.",
        )))
        div class="filter" {
            form method="get" action=(below("reverse")) {
                (field("rate_miles", t(lang, "レート: マイル", "Rate: miles"), &page.rate_miles))
                (field("rate_points", t(lang, "レート: ポイント", "Rate: points"), &page.rate_points))
                (field("miles", t(lang, "交換するマイル数", "Miles to exchange"), &page.miles))
                div class="do" { (button(Weight::Main, t(lang, "換算する", "Work it out"))) }
            }
        }
        @match &page.reversed {
            Reversed::Points(whole) => (facts(&[
                (t(lang, "交換するマイル数", "Miles"), num(&page.miles)),
                (t(lang, "受け取るポイント", "Points"), num(&points(*whole))),
            ])),
            Reversed::Odd { below, above } => (note_text(Tone::Bad, &match (lang, below) {
                (Lang::Ja, None) => format!("ポイントの端数が出ます。{}から交換できます。", miles_text(lang, *above)),
                (Lang::Ja, Some(below)) => format!(
                    "ポイントの端数が出ます。近いマイル数は{}または{}です。",
                    miles_text(lang, *below), miles_text(lang, *above),
                ),
                (Lang::En, None) => format!("The points would not be whole: {} or more.", miles_text(lang, *above)),
                (Lang::En, Some(below)) => format!(
                    "The points would not be whole. The nearest are {} and {}.",
                    miles_text(lang, *below), miles_text(lang, *above),
                ),
            })),
            Reversed::NotNumbers => (note_text(Tone::Bad, t(
                lang,
                "1~999999999の数字を入力してください。",
                "Enter numbers from 1 to 999999999.",
            ))),
        }
    };
    site_page(
        frame,
        site,
        t(
            lang,
            "相互交換(試験的): マイルからポイントへ",
            "Mutual exchange (experimental): miles to points",
        ),
        body,
    )
}
