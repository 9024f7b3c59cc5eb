//! Log-in, home with the campaigns, bill, starter kit.

use maud::{Markup, html};

use super::super::lang::{Lang, t};
use super::super::layout::{Area, Document, Frame};
use super::super::money::{grouped, miles_text, yen_text};
use super::super::parts::{
    Input, Tone, Weight, button, facts, input, left, mono, note_text, num, right, table,
};
use super::{BASE, below, campaign_name, campaign_path, registrations_of, site_page, texts};
use crate::office::{
    terms::{IssuingCampaign, Site},
    views::BillView,
};

/// The log-in; `site_id` is what was typed when the last try failed.
pub(crate) fn login(frame: &Frame, site_id: Option<&str>) -> String {
    let lang = frame.lang;
    let body = html! {
        @if site_id.is_some() {
            (note_text(Tone::Bad, t(
                lang,
                "サイトIDまたはパスワードが正しくありません。",
                "Site ID or password is not correct.",
            )))
        }
        form method="post" action=(below("login")) {
            (input(lang, &Input {
                id: "site_id",
                name: "site_id",
                label: t(lang, "サイトID", "Site ID"),
                value: site_id.unwrap_or_default(),
                inputmode: Some("numeric"),
                autocomplete: Some("username"),
                required: true,
                maxlength: Some(10),
                ..Input::default()
            }))
            (input(lang, &Input {
                id: "password",
                name: "password",
                label: t(lang, "パスワード", "Password"),
                kind: "password",
                autocomplete: Some("current-password"),
                required: true,
                maxlength: Some(255),
                ..Input::default()
            }))
            (button(Weight::Main, t(lang, "ログイン", "Log in")))
        }
        p class="act" {
            a href="/manage" { (t(lang, "決済の管理ページはこちら", "To the management of payments")) }
        }
    };
    let title = t(
        lang,
        "マネージメントサイト ログイン",
        "Management site: log-in",
    );
    Document::new(frame, Area::Miles, title, body)
        .narrow()
        .utf8()
}

/// ホーム: the campaigns of the site, with what was issued this month.
pub(crate) fn home(
    frame: &Frame,
    site: &Site,
    campaigns: &[IssuingCampaign],
    month: &BillView,
) -> String {
    let lang = frame.lang;
    let columns = [
        left(t(lang, "キャンペーンID", "Campaign ID")),
        left(t(lang, "キャンペーン名", "Campaign")),
        left(t(lang, "状態", "State")),
        left(t(lang, "マイル発行期間", "Issue period")),
        left(t(lang, "発行ルール", "Rule")),
        left(t(lang, "使用可能日", "Usable")),
        left(t(lang, "マイル発行", "Issue")),
        left(t(lang, "履歴", "History")),
    ];
    let rows: Vec<Vec<Markup>> = campaigns
        .iter()
        .map(|campaign| {
            vec![
                mono(&campaign.campaign_id),
                html! { (campaign_name(lang, campaign)) },
                num(texts::state(lang, campaign.state)),
                html! { (num(&campaign.issue_from)) " ~ " (num(&campaign.issue_until)) },
                html! {
                    (texts::rule(lang, campaign.rule))
                    @if let Some(times) = campaign.per_member {
                        br; span class="small" { (limit(lang, times, false)) }
                    }
                    @if let Some(times) = campaign.per_member_day {
                        br; span class="small" { (limit(lang, times, true)) }
                    }
                },
                html! { (texts::usable(lang, &campaign.usable)) },
                html! {
                    a href=(campaign_path(campaign, "issuing")) { (t(lang, "マイル発行/会員登録", "Issue and registration")) }
                    br;
                    a href=(campaign_path(campaign, "issue")) { (t(lang, "1件ずつ", "By hand")) }
                    " / "
                    a href=(campaign_path(campaign, "csv")) { "CSV" }
                },
                html! {
                    a class=[(lang == Lang::Ja).then_some("num")] href=(campaign_path(campaign, "history")) { (t(lang, "発行履歴/取消", "History and cancel")) }
                    br;
                    a href=(registrations_of(campaign)) { (t(lang, "登録検索", "Registrations")) }
                },
            ]
        })
        .collect();
    let body = html! {
        h2 { (t(lang, "今月のマイル発行サマリー", "This month")) }
        (figures(lang, month))
        h2 { (t(lang, "キャンペーン一覧", "Campaigns")) }
        @if rows.is_empty() {
            p { (t(lang, "キャンペーンはありません。", "There are no campaigns.")) }
        } @else {
            (table(t(lang, "このサイトのキャンペーン", "Campaigns of this site"), &columns, &rows))
        }
    };
    site_page(frame, site, t(lang, "ホーム", "Home"), body)
}

fn limit(lang: Lang, times: u32, daily: bool) -> String {
    match (lang, daily) {
        (Lang::Ja, false) => format!("1会員{times}回まで"),
        (Lang::Ja, true) => format!("1会員1日{times}回まで"),
        (Lang::En, false) => format!("{times} per member"),
        (Lang::En, true) => format!("{times} per member and day"),
    }
}

fn signed(miles: i64) -> String {
    let sign = if miles < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(miles.unsigned_abs()))
}

fn signed_text(lang: Lang, miles: i64) -> String {
    let sign = if miles < 0 { "-" } else { "" };
    format!("{sign}{}", miles_text(lang, miles.unsigned_abs()))
}

fn figures(lang: Lang, bill: &BillView) -> Markup {
    let yen = match bill.yen {
        yen if yen < 0 => format!("-{}", yen_text(lang, yen.unsigned_abs())),
        yen => yen_text(lang, yen.unsigned_abs()),
    };
    facts(&[
        (t(lang, "対象月", "Month"), num(&bill.month)),
        (
            t(lang, "当月発行マイル", "Miles issued"),
            num(&miles_text(lang, bill.issued_miles)),
        ),
        (
            t(lang, "当月取消マイル", "Miles cancelled"),
            num(&miles_text(lang, bill.cancelled_miles)),
        ),
        (
            t(lang, "請求マイル", "Miles billed"),
            num(&signed_text(lang, bill.billed_miles)),
        ),
        (
            t(lang, "請求額(1mile=1円)", "Bill (1 yen a mile)"),
            num(&yen),
        ),
    ])
}

/// 請求マイル of a month.
pub(crate) struct BillPage<'a> {
    /// What was typed.
    pub(crate) month: &'a str,
    /// The bill, or what is wrong.
    pub(crate) bill: Result<BillView, String>,
}

/// The bill of a month.
pub(crate) fn bill(frame: &Frame, site: &Site, page: &BillPage<'_>) -> String {
    let lang = frame.lang;
    let columns = [
        left(t(lang, "キャンペーンID", "Campaign ID")),
        right(t(lang, "発行", "Issued")),
        right(t(lang, "取消", "Cancelled")),
        right(t(lang, "請求", "Billed")),
    ];
    let body = html! {
        div class="filter" {
            form method="get" action=(below("bill")) {
                (input(lang, &Input {
                    id: "month",
                    name: "month",
                    label: t(lang, "年月", "Month"),
                    value: page.month,
                    autocomplete: Some("off"),
                    hint: Some(t(lang, "例: 2026-01", "Such as 2026-01")),
                    maxlength: Some(7),
                    ..Input::default()
                }))
                div class="do" { (button(Weight::Main, t(lang, "表示する", "Show"))) }
            }
        }
        @match &page.bill {
            Err(problem) => (note_text(Tone::Bad, problem)),
            Ok(bill) => {
                (figures(lang, bill))
                @if bill.campaigns.is_empty() {
                    p { (t(lang, "この月の発行と取消はありません。", "Nothing was issued or cancelled in this month.")) }
                } @else {
                    (table(
                        t(lang, "キャンペーン別(マイル)", "By campaign, in miles"),
                        &columns,
                        &bill.campaigns.iter().map(|row| vec![
                            mono(&row.campaign_id),
                            html! { (grouped(row.issued_miles)) },
                            html! { (grouped(row.cancelled_miles)) },
                            html! { (signed(row.billed_miles)) },
                        ]).collect::<Vec<_>>(),
                    ))
                }
                p class="small" {
                    (t(
                        lang,
                        "テスト用アドレスへの発行は請求に含まれません。",
                        "Issues to the test address are not billed.",
                    ))
                }
            }
        }
    };
    site_page(frame, site, t(lang, "請求マイル", "Bill of a month"), body)
}

/// スターターキット: samples of the files.
pub(crate) fn kit(frame: &Frame, site: &Site) -> String {
    let lang = frame.lang;
    let files = [
        (
            "mail.csv",
            t(lang, "PCメールアドレスへの発行", "Issue by PC mail address"),
        ),
        (
            "mobile_mail.csv",
            t(
                lang,
                "携帯メールアドレスへの発行",
                "Issue by mobile mail address",
            ),
        ),
        (
            "user_id.csv",
            t(lang, "ユーザーIDへの発行", "Issue by user ID"),
        ),
        (
            "exchange.csv",
            t(lang, "ポイント交換データ", "Exchange of points"),
        ),
    ];
    let body = html! {
        p {
            (t(
                lang,
                "表計算ソフトで開き、「CSV(カンマ区切り)」で保存してください。マイル数に「,」を入れないでください(1000は可、1,000は不可)。",
                "Open a sample in a spreadsheet and save it as comma-separated CSV. Miles have no comma: 1000, not 1,000.",
            ))
        }
        p {
            (t(
                lang,
                "ユーザーIDへの発行には、事前の会員認証が必要です(認証前は41023)。ポイント交換データは、アップロードの画面にある形式のファイル名に変えてください。",
                "A user ID has to be authenticated by your site first; before that its code is 41023. An exchange file is uploaded under a name as the upload page says.",
            ))
        }
        ul class="offers" {
            @for (name, label) in files {
                li { a href=(format!("{BASE}/kit/{name}")) {
                    span class="gain" { "CSV" }
                    span class="what" { (label) }
                    span class="who" { (name) }
                } }
            }
        }
    };
    site_page(
        frame,
        site,
        t(lang, "スターターキット", "Starter kit"),
        body,
    )
}
