//! The merchant's management site for miles, and the page of NetMile's staff.
//!
//! The field names are those of the published guides; layout and texts are the mock's own.

mod campaigns;
mod csv;
mod exchange;
mod hand;
mod history;
mod issuing;
mod registrations;
mod reverse;
mod settings;
mod texts;

use maud::{Markup, html};

pub(crate) use campaigns::{BillPage, bill, home, kit, login};
pub(crate) use csv::{CsvPage, csv, csv_confirm, method_of};
pub(crate) use exchange::{exchange, exchange_done, staff};
pub(crate) use hand::{HandDonePage, HandInput, HandPage, hand, hand_confirm, hand_done};
pub(crate) use history::{
    CampaignHistory, CancelPage, HistorySought, STATES, cancel_confirm, cancel_done, history,
    state_key,
};
pub(crate) use issuing::issuing;
pub(crate) use registrations::{
    FailedPage, RegistrationsPage, Sought, failed, registration, registrations,
};
pub(crate) use reverse::{ReversePage, Reversed, reverse};
pub(crate) use settings::{SamplePage, SettingsInput, sample};
pub(crate) use texts::{file_fault, refusal};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::parts::{Tone, note};
use crate::office::terms::{IssuingCampaign, Site};

/// Where everything of the management site is.
const BASE: &str = "/manage/miles";

/// A page of a site that is logged in.
fn site_page(frame: &Frame, site: &Site, title: &str, body: Markup) -> String {
    let lang = frame.lang;
    let name = site_name(lang, site);
    let menu = html! {
        p class="small" {
            @match lang { Lang::Ja => { (name) " 様" } Lang::En => { (name) } }
        }
        ul {
            li { a href=(BASE) { (t(lang, "ホーム", "Home")) } }
            li { a href=(below("registrations")) { (t(lang, "マイル発行登録検索", "Registrations")) } }
            li { a href=(below("exchange")) { (t(lang, "ポイント交換ファイル", "Exchange files")) } }
            li { a href=(below("reverse")) { (t(lang, "相互交換(試験的)", "Mutual exchange (experimental)")) } }
            li { a href=(below("bill")) { (t(lang, "請求マイル", "Bill")) } }
            li { a href=(below("kit")) { (t(lang, "スターターキット", "Starter kit")) } }
            li {
                form method="post" action=(below("logout")) {
                    button class="plain" type="submit" { (t(lang, "ログアウト", "Log out")) }
                }
            }
        }
    };
    Document::new(frame, Area::Miles, title, body)
        .menu(menu)
        .utf8()
}

fn below(step: &str) -> String {
    format!("{BASE}/{step}")
}

fn campaign_path(campaign: &IssuingCampaign, step: &str) -> String {
    format!("{BASE}/campaigns/{}/{step}", campaign.campaign_id)
}

/// 登録検索 of one campaign.
fn registrations_of(campaign: &IssuingCampaign) -> String {
    format!("{BASE}/registrations?campaign={}", campaign.campaign_id)
}

fn site_name(lang: Lang, site: &Site) -> &str {
    t(lang, &site.name_ja, &site.name_en)
}

fn campaign_name(lang: Lang, campaign: &IssuingCampaign) -> &str {
    t(lang, &campaign.name_ja, &campaign.name_en)
}

/// Links between the pages of one campaign; the one that is open is no link.
fn tabs(lang: Lang, campaign: &IssuingCampaign, open: &str) -> Markup {
    let all = [
        (
            "issuing",
            t(lang, "マイル発行/会員登録", "Issue and registration"),
        ),
        ("issue", t(lang, "1件ずつ発行", "Issue by hand")),
        ("csv", t(lang, "CSVで発行", "Issue by CSV")),
        ("history", t(lang, "発行履歴/取消", "History and cancel")),
    ];
    html! {
        nav class="pages" aria-label=(t(lang, "キャンペーンのページ", "Pages of the campaign")) {
            @for (step, label) in all {
                @if step == open {
                    span aria-current="page" { (label) }
                } @else {
                    a href=(campaign_path(campaign, step)) { (label) }
                }
            }
            a href=(registrations_of(campaign)) {
                (t(lang, "登録検索", "Registrations"))
            }
        }
    }
}

/// What is wrong with a form; nothing when it is fine.
fn problems(lang: Lang, problems: &[String]) -> Markup {
    html! {
        @if !problems.is_empty() {
            (note(Tone::Bad, &html! {
                p { strong { (t(lang, "入力内容をご確認ください。", "Please check what you entered.")) } }
                ul { @for problem in problems { li { (problem) } } }
            }))
        }
    }
}
