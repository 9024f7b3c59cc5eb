//! マイル発行履歴/取消.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::lang::{Lang, t};
use super::super::layout::Frame;
use super::super::money::{grouped, miles_text};
use super::super::parts::{
    Sorting, Tone, Weight, button, facts, hidden, left, mono, note_text, num, right, table,
};
use super::registrations::{paging, search_field};
use super::{campaign_name, campaign_path, problems, site_page, tabs, texts};
use crate::office::{
    HistorySort, SortBy,
    terms::{IssuingCampaign, Site},
    views::{CancellationView, HistoryPage, HistoryRow, IssueState},
};

/// What is searched for, as it was typed.
#[derive(Default)]
pub(crate) struct HistorySought {
    pub(crate) key: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) miles_from: String,
    pub(crate) miles_to: String,
    pub(crate) state: Option<IssueState>,
    pub(crate) sort: HistorySort,
}

/// The history of a campaign.
pub(crate) struct CampaignHistory<'a> {
    pub(crate) campaign: &'a IssuingCampaign,
    pub(crate) sought: HistorySought,
    pub(crate) found: Option<HistoryPage>,
    pub(crate) problems: Vec<String>,
    /// Keys and texts of the reasons.
    pub(crate) reasons: &'a BTreeMap<String, String>,
    /// The query of another page, without its number.
    pub(crate) query: String,
    /// The query in another order, without it.
    pub(crate) unsorted: String,
}

impl CampaignHistory<'_> {
    /// The link that sorts by a column: the other way round where it is sorted by it.
    fn sorting(&self, by: SortBy) -> Sorting {
        let sort = self.sought.sort;
        let here = sort.by == by;
        let next = HistorySort {
            by,
            descending: here && !sort.descending,
        };
        let base = campaign_path(self.campaign, "history");
        Sorting {
            to: format!("{base}?{}&sort={}", self.unsorted, next.key()),
            descending: here.then_some(sort.descending),
        }
    }
}

/// The value of a state in the form.
pub(crate) const fn state_key(state: Option<IssueState>) -> &'static str {
    match state {
        None => "",
        Some(IssueState::Held) => "held",
        Some(IssueState::Valid) => "valid",
        Some(IssueState::Cancelled) => "cancelled",
    }
}

/// The states of the search.
pub(crate) const STATES: [Option<IssueState>; 4] = [
    None,
    Some(IssueState::Held),
    Some(IssueState::Valid),
    Some(IssueState::Cancelled),
];

/// Search, list and the start of a cancellation.
pub(crate) fn history(frame: &Frame, site: &Site, page: &CampaignHistory<'_>) -> String {
    let lang = frame.lang;
    let here = campaign_path(page.campaign, "history");
    let s = &page.sought;
    let body = html! {
        (tabs(lang, page.campaign, "history"))
        (problems(lang, &page.problems))
        @if let Some(found) = &page.found {
            (facts(&[
                (t(lang, "キャンペーン名", "Campaign"), html! { (campaign_name(lang, page.campaign)) }),
                (t(lang, "マイル発行数", "Miles issued"), num(&miles_text(lang, found.head.miles_issued))),
                (t(lang, "マイル発行件数", "Issues"), num(&grouped(found.head.issued))),
                (t(lang, "マイル発行有効件数", "Issues in force"), num(&grouped(found.head.valid))),
                (t(lang, "マイル取消件数", "Issues cancelled"), num(&grouped(found.head.cancelled))),
            ]))
        }
        div class="filter" {
            form method="get" action=(here) {
                (hidden("sort", s.sort.key()))
                (search_field(lang, "key", t(lang, "指定キー", "Designated key"), &s.key))
                (search_field(lang, "from", t(lang, "発行日時(から)", "From hour"), &s.from))
                (search_field(lang, "to", t(lang, "発行日時(まで)", "To hour"), &s.to))
                (search_field(lang, "miles_from", t(lang, "マイル数(から)", "Miles from"), &s.miles_from))
                (search_field(lang, "miles_to", t(lang, "マイル数(まで)", "Miles to"), &s.miles_to))
                div class="field" {
                    label for="state" { (t(lang, "状態", "State")) }
                    select id="state" name="state" {
                        @for state in STATES {
                            option value=(state_key(state)) selected[s.state == state] {
                                (state.map_or(t(lang, "すべて", "All"), |state| texts::issue_state(lang, state)))
                            }
                        }
                    }
                }
                div class="do" { (button(Weight::Main, t(lang, "検索", "Search"))) }
            }
            p class="hint" {
                (t(
                    lang,
                    "発行日時は2026-01-02T13の形式で入力します。昨日から3か月前までの履歴を検索できます。",
                    "Hours are written like 2026-01-02T13. The history covers yesterday and the 3 months before.",
                ))
            }
        }
        @if let Some(found) = &page.found {
            @if found.rows.is_empty() {
                p { (t(lang, "該当する発行履歴はありません。", "No issues were found.")) }
            } @else {
                form method="post" action=(format!("{here}/confirm")) {
                    (issues(lang, &found.rows, Some(page)))
                    (reason(lang, page.reasons))
                    (button(Weight::Main, t(lang, "チェックした項目をまとめて取消確認", "Confirm the cancellation of the ticked ones")))
                }
                (paging(lang, &format!("{here}?{}", page.query), found.page, found.pages))
            }
        }
    };
    site_page(
        frame,
        site,
        t(lang, "マイル発行履歴/取消", "History and cancel"),
        body,
    )
}

/// Rows of the history `page`, with check boxes and sorted by their heads; or those that are chosen.
fn issues(lang: Lang, rows: &[HistoryRow], page: Option<&CampaignHistory<'_>>) -> Markup {
    let boxes = page.is_some();
    let by = |column: SortBy| page.map(|page| page.sorting(column));
    let columns = [
        left(t(lang, "取消", "Cancel")),
        left(t(lang, "発行日時", "Issued")).sorted(by(SortBy::IssuedAt)),
        left(t(lang, "指定キー", "Designated key")).sorted(by(SortBy::DesignatedKey)),
        right(t(lang, "マイル数", "Miles")).sorted(by(SortBy::Miles)),
        left(t(lang, "振込日", "Deposit")).sorted(by(SortBy::DepositOn)),
        left(t(lang, "状態", "State")).sorted(by(SortBy::State)),
    ];
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            let label = match lang {
                Lang::Ja => format!("{}を取消", row.issuance_id),
                Lang::En => format!("Cancel {}", row.issuance_id),
            };
            vec![
                html! {
                    @if boxes && row.state != IssueState::Cancelled {
                        input type="checkbox" name="id" value=(row.issuance_id) aria-label=(label);
                    } @else { (mono(&row.issuance_id)) }
                },
                num(&texts::when(&row.issued_at)),
                mono(&row.designated_key),
                html! { (grouped(row.miles)) },
                num(&row.deposit_on),
                html! { (texts::issue_state(lang, row.state)) },
            ]
        })
        .collect();
    let caption = match page {
        Some(_) => t(
            lang,
            "見出しで並べ替えできます",
            "Sorted by the head that you click",
        ),
        None => t(lang, "選んだ発行", "The chosen issues"),
    };
    table(caption, &columns, &cells)
}

fn reason(lang: Lang, reasons: &BTreeMap<String, String>) -> Markup {
    html! {
        div class="field" {
            label for="reason" { (t(lang, "取消理由(あとから変更できません)", "Reason; it cannot be changed later")) }
            select id="reason" name="reason" {
                option value="" { (t(lang, "選んでください", "Choose one")) }
                @for (key, text) in reasons { option value=(key) lang="ja" { (text) } }
            }
        }
    }
}

/// The confirmation of a cancellation.
pub(crate) struct CancelPage<'a> {
    pub(crate) campaign: &'a IssuingCampaign,
    pub(crate) rows: Vec<HistoryRow>,
    pub(crate) reason: &'a str,
    pub(crate) reason_text: &'a str,
    pub(crate) tran_id: String,
}

/// まとめて取消確認.
pub(crate) fn cancel_confirm(frame: &Frame, site: &Site, page: &CancelPage<'_>) -> String {
    let lang = frame.lang;
    let applies = page.rows.iter().any(|row| row.state == IssueState::Valid);
    let label = match applies {
        true => t(lang, "まとめて取消申請する", "Apply for the cancellation"),
        false => t(lang, "まとめて取消する", "Cancel all of them"),
    };
    let body = html! {
        @if applies {
            (note_text(Tone::Warn, t(
                lang,
                "「有効」のマイルは取消申請となり、ネットマイルの承認後に取り消されます。「保留」のマイルはすぐに取り消されます。",
                "Valid miles are cancelled when NetMile approves your application; held ones at once.",
            )))
        } @else {
            (note_text(Tone::Warn, t(
                lang,
                "「保留」のマイルはすぐに取り消され、元に戻せません。",
                "Held miles are cancelled at once, for good.",
            )))
        }
        (issues(lang, &page.rows, None))
        (facts(&[(t(lang, "取消理由", "Reason"), html! { span lang="ja" { (page.reason_text) } })]))
        form method="post" action=(campaign_path(page.campaign, "history/cancel")) {
            (hidden("tran_id", &page.tran_id))
            (hidden("reason", page.reason))
            @for row in &page.rows { (hidden("id", &row.issuance_id)) }
            (button(Weight::Danger, label))
        }
        p class="act" { a href=(campaign_path(page.campaign, "history")) { (t(lang, "取消しない", "Do not cancel")) } }
    };
    site_page(
        frame,
        site,
        t(lang, "取消内容の確認", "Confirm the cancellation"),
        body,
    )
}

/// What became of each.
pub(crate) fn cancel_done(
    frame: &Frame,
    site: &Site,
    campaign: &IssuingCampaign,
    done: &CancellationView,
    reason_text: &str,
) -> String {
    let lang = frame.lang;
    let rows: Vec<Vec<Markup>> = done
        .results
        .iter()
        .map(|one| {
            let good = matches!(one.result.as_str(), "cancelled" | "application_received");
            vec![
                mono(&one.issuance_id),
                html! { span class=(if good { "tag ok" } else { "tag bad" }) { (result(lang, &one.result)) } },
                html! { @if let Some(why) = &one.why { (why_text(lang, why)) } @else { "–" } },
            ]
        })
        .collect();
    let body = html! {
        (facts(&[
            (t(lang, "取消番号", "Cancellation"), mono(&done.cancellation_id)),
            (t(lang, "取消理由", "Reason"), html! { span lang="ja" { (reason_text) } }),
        ]))
        (table(
            t(lang, "発行ごとの結果", "Issue by issue"),
            &[left(t(lang, "発行番号", "Issue")), left(t(lang, "結果", "Result")), left(t(lang, "理由", "Why"))],
            &rows,
        ))
        p { a href=(campaign_path(campaign, "history")) { (t(lang, "発行履歴に戻る", "Back to the history")) } }
    };
    site_page(
        frame,
        site,
        t(lang, "取消の結果", "Result of the cancellation"),
        body,
    )
}

fn result(lang: Lang, key: &str) -> &str {
    match key {
        "cancelled" => t(lang, "取消しました", "Cancelled"),
        "application_received" => t(lang, "取消申請を受け付けました", "Application received"),
        "refused" => t(lang, "取消できません", "Not cancelled"),
        other => other,
    }
}

fn why_text(lang: Lang, why: &str) -> &str {
    match why {
        "usable_at_once" => t(
            lang,
            "すぐに使用できるマイルのため取消できません",
            "The miles were usable at once",
        ),
        "over_90_days" => t(
            lang,
            "発行から90日を過ぎています",
            "More than 90 days have passed",
        ),
        "over_3_months" => t(
            lang,
            "発行から3か月以上が過ぎています",
            "3 months have passed",
        ),
        "balance_short" => t(
            lang,
            "会員の残高が足りません",
            "The balance of the member is too small",
        ),
        "already_cancelled" => t(lang, "すでに取消済みです", "Already cancelled"),
        "already_applied" => t(lang, "すでに取消申請中です", "An application is waiting"),
        "unknown_issuance" => t(lang, "該当する発行がありません", "There is no such issue"),
        other => other,
    }
}
