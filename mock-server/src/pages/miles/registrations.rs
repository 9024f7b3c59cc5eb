//! マイル発行登録検索 and CSV発行履歴詳細.

use maud::{Markup, html};

use super::super::lang::{Lang, t};
use super::super::layout::Frame;
use super::super::money::{grouped, miles_text};
use super::super::parts::{
    Input, Tone, Weight, button, facts, input, left, mono, note_text, num, post, right, table,
};
use super::{below, site_page, texts};
use crate::office::{
    failed::FailedRows,
    terms::Site,
    views::{FileState, Kind, Lists, RegistrationPage, RegistrationView},
};

/// What is searched for, as it was typed.
#[derive(Default)]
pub(crate) struct Sought {
    pub(crate) campaign: String,
    pub(crate) id: String,
    pub(crate) kind: Option<Kind>,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// The search with what it found, or what is wrong with it.
pub(crate) struct RegistrationsPage<'a> {
    pub(crate) sought: &'a Sought,
    pub(crate) found: Result<RegistrationPage, String>,
    /// The query of another page, without its number.
    pub(crate) query: String,
}

fn path(id: &str, step: &str) -> String {
    match step {
        "" => format!("{}/{id}", below("registrations")),
        step => format!("{}/{id}/{step}", below("registrations")),
    }
}

/// Links to the pages of a long list.
pub(super) fn paging(lang: Lang, base: &str, page: u64, pages: u64) -> Markup {
    let to = |number: u64| format!("{base}&page={number}");
    html! {
        @if pages > 1 {
            nav class="pages" aria-label=(t(lang, "ページの移動", "Pages")) {
                @if page > 1 { a href=(to(page - 1)) rel="prev" { (t(lang, "前へ", "Back")) } }
                span aria-current="page" { (page) "/" (pages) }
                @if page < pages { a href=(to(page + 1)) rel="next" { (t(lang, "次へ", "Next")) } }
            }
        }
    }
}

/// A short text field of a search.
pub(super) fn search_field(lang: Lang, name: &str, label: &str, value: &str) -> Markup {
    input(
        lang,
        &Input {
            id: name,
            name,
            label,
            value,
            autocomplete: Some("off"),
            maxlength: Some(255),
            ..Input::default()
        },
    )
}

/// The search.
pub(crate) fn registrations(frame: &Frame, site: &Site, page: &RegistrationsPage<'_>) -> String {
    let lang = frame.lang;
    let sought = page.sought;
    let kinds = [
        ("", None),
        ("csv", Some(Kind::Csv)),
        ("by_hand", Some(Kind::ByHand)),
    ];
    let body = html! {
        div class="filter" {
            form method="get" action=(below("registrations")) {
                (search_field(lang, "campaign", t(lang, "キャンペーンID", "Campaign ID"), &sought.campaign))
                (search_field(lang, "id", t(lang, "発行登録ID", "Registration ID"), &sought.id))
                div class="field" {
                    label for="kind" { (t(lang, "発行種別", "Kind")) }
                    select id="kind" name="kind" {
                        @for (key, kind) in kinds {
                            option value=(key) selected[sought.kind == kind] {
                                (kind.map_or(t(lang, "すべて", "All"), |kind| texts::kind(lang, kind)))
                            }
                        }
                    }
                }
                (search_field(lang, "from", t(lang, "受付日(から)", "From day"), &sought.from))
                (search_field(lang, "to", t(lang, "受付日(まで)", "To day"), &sought.to))
                div class="do" { (button(Weight::Main, t(lang, "検索", "Search"))) }
            }
        }
        @match &page.found {
            Err(problem) => (note_text(Tone::Bad, problem)),
            Ok(found) => (list(lang, found, &page.query)),
        }
    };
    site_page(
        frame,
        site,
        t(lang, "マイル発行登録検索", "Registrations"),
        body,
    )
}

fn list(lang: Lang, found: &RegistrationPage, query: &str) -> Markup {
    let columns = [
        left(t(lang, "発行登録ID", "Registration ID")),
        left(t(lang, "発行種別", "Kind")),
        left(t(lang, "処理受付日時", "Accepted")),
        left(t(lang, "処理終了日時", "Finished")),
        right(t(lang, "処理レコード数", "Records")),
        right(t(lang, "エラーレコード数", "Errors")),
    ];
    let rows: Vec<Vec<Markup>> = found
        .registrations
        .iter()
        .map(|r| {
            let errors = grouped(u64::from(r.errors));
            let link = r.errors > 0 && r.kind == Kind::Csv && r.lists == Lists::Available;
            vec![
                html! { a href=(path(&r.registration_id, "")) { (mono(&r.registration_id)) } },
                html! { (texts::kind(lang, r.kind)) },
                num(&texts::when(&r.accepted_at)),
                match &r.finished_at {
                    Some(at) => num(&texts::when(at)),
                    None => html! { (texts::file_state(lang, r.state)) },
                },
                html! { (grouped(u64::from(r.records))) },
                html! {
                    @if link {
                        a href=(path(&r.registration_id, "errors.csv")) { (errors) }
                    } @else { (errors) }
                },
            ]
        })
        .collect();
    let total = match lang {
        Lang::Ja => format!("検索結果: {}件(過去3か月)", grouped(found.total)),
        Lang::En => format!("{} found in the past 3 months", grouped(found.total)),
    };
    html! {
        h2 { (t(lang, "該当マイル発行状況", "Issues that were found")) }
        p { (total) }
        @if !rows.is_empty() {
            (table(t(lang, "新しい順", "Newest first"), &columns, &rows))
            (paging(lang, &format!("{}?{query}", below("registrations")), found.page, found.pages))
        }
    }
}

/// One registration; `asked` when its lists are about to be deleted.
pub(crate) fn registration(
    frame: &Frame,
    site: &Site,
    r: &RegistrationView,
    name: &str,
    asked: bool,
) -> String {
    let lang = frame.lang;
    let yes = |yes: bool| match yes {
        true => t(lang, "送る", "Send"),
        false => t(lang, "送らない", "Do not send"),
    };
    let none = || html! { (t(lang, "なし", "None")) };
    let id = &r.registration_id;
    let finished = r.state == FileState::Finished;
    let body = html! {
        @if asked { (delete_question(lang, id)) }
        @if !finished {
            (note_text(Tone::Info, t(
                lang,
                "登録を受け付けました。処理が終わるまでお待ちください。この画面を再読み込みすると状況を確認できます。",
                "The file is accepted. Reload this page to see how far it is.",
            )))
        }
        (facts(&[
            (t(lang, "キャンペーン名", "Campaign"), html! { (name) }),
            (t(lang, "発行登録ID", "Registration ID"), mono(id)),
            (t(lang, "発行種別", "Kind"), html! { (texts::kind(lang, r.kind)) }),
            (t(lang, "マイル発行方法", "Method"), html! { (texts::method(lang, r.method)) }),
            (t(lang, "処理状況", "State"), html! { (texts::file_state(lang, r.state)) }),
            (t(lang, "処理受付時刻", "Accepted"), num(&texts::when(&r.accepted_at))),
            (t(lang, "処理終了時刻", "Finished"), r.finished_at.as_deref().map_or_else(none, |at| num(&texts::when(at)))),
            (t(lang, "登録ファイル", "File"), r.file_name.as_ref().map_or_else(none, |name| html! { (name) })),
            (t(lang, "処理レコード数", "Records"), num(&grouped(u64::from(r.records)))),
            (t(lang, "エラーレコード数", "Errors"), num(&grouped(u64::from(r.errors)))),
            (t(lang, "発行マイル数", "Miles issued"), num(&miles_text(lang, r.miles_issued))),
        ]))
        h2 { (t(lang, "エラー内訳", "Errors by code")) }
        @if r.breakdown.is_empty() {
            p { (t(lang, "エラーはありません。", "There are no errors.")) }
        } @else {
            (table(
                t(lang, "コード別の件数", "Rows by code"),
                &[left(t(lang, "コード", "Code")), left(t(lang, "内容", "Meaning")), right(t(lang, "件数", "Rows"))],
                &r.breakdown.iter().map(|one| vec![
                    html! { a href=(path(id, &format!("codes/{}", one.code))) { (mono(&one.code)) } },
                    html! { (texts::code_text(lang, &one.code)) },
                    html! { (one.count) },
                ]).collect::<Vec<_>>(),
            ))
        }
        h2 { (t(lang, "設定", "Settings")) }
        (facts(&[
            (t(lang, "マイル振込設定", "Deposit"), html! { (texts::deposit(lang, r.deposit)) }),
            (t(lang, "マイル振込完了メール", "Deposit mail"), html! { (yes(r.deposit_mail)) }),
            (t(lang, "差込文", "Inserted text"), match r.inserted_text.as_str() { "" => none(), text => html! { (text) } }),
            (t(lang, "会員登録", "Member registration"), html! { (t(lang, "しない", "No")) }),
            (t(lang, "パスワード自動生成", "Password generation"), html! { (t(lang, "しない", "No")) }),
        ]))
        h2 { (t(lang, "リスト", "Lists")) }
        (lists(lang, r))
    };
    let title = match r.kind {
        Kind::Csv => t(lang, "CSV発行履歴詳細", "Registration of a file"),
        Kind::ByHand => t(lang, "発行登録の詳細", "Registration by hand"),
    };
    site_page(frame, site, title, body)
}

/// The rows of a registration that got one code.
pub(crate) struct FailedPage<'a> {
    pub(crate) id: &'a str,
    pub(crate) failed: &'a FailedRows,
}

/// エラー内訳: one code.
pub(crate) fn failed(frame: &Frame, site: &Site, page: &FailedPage<'_>) -> String {
    let lang = frame.lang;
    let failed = page.failed;
    let number = failed.code.number();
    let rows: Vec<Vec<Markup>> = failed
        .rows
        .iter()
        .map(|(row, [user, key, miles])| {
            vec![
                html! { (grouped(*row)) },
                html! { (user) },
                mono(key),
                html! { (miles) },
            ]
        })
        .collect();
    let shown = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let body = html! {
        (facts(&[
            (t(lang, "発行登録ID", "Registration ID"), mono(page.id)),
            (t(lang, "コード", "Code"), mono(number)),
            (t(lang, "内容", "Meaning"), html! { (texts::meaning(lang, failed.code)) }),
            (t(lang, "件数", "Rows"), num(&grouped(u64::from(failed.count)))),
        ]))
        @if rows.is_empty() {
            p { (t(lang, "リストは削除済みです。", "The lists are deleted.")) }
        } @else {
            (table(
                t(lang, "このコードの行", "Rows with this code"),
                &[
                    right(t(lang, "行", "Row")),
                    left(t(lang, "メールアドレス・ユーザーID", "Mail address or user ID")),
                    left(t(lang, "指定キー", "Designated key")),
                    right(t(lang, "マイル発行数", "Miles")),
                ],
                &rows,
            ))
            @if shown < failed.count {
                p { (t(
                    lang,
                    "最初の100行だけを表示しています。すべての行はエラーリストにあります。",
                    "The first 100 rows are shown. The error list has all of them.",
                )) }
            }
        }
        p { a href=(path(page.id, "")) { (t(lang, "登録の詳細に戻る", "Back to the registration")) } }
    };
    let title = match lang {
        Lang::Ja => format!("エラー内訳: {number}"),
        Lang::En => format!("Rows with code {number}"),
    };
    site_page(frame, site, &title, body)
}

fn lists(lang: Lang, r: &RegistrationView) -> Markup {
    let id = &r.registration_id;
    html! {
        @match r.lists {
            Lists::None => p { (t(lang, "ダウンロードできるリストはありません。", "There are no lists to download.")) },
            Lists::Deleted => p { (t(lang, "リストは削除済みです。", "The lists are deleted.")) },
            Lists::Available => {
                ul {
                    li { a href=(path(id, "completed.csv")) { (t(lang, "登録完了リストをCSVでダウンロードする", "Download the completed list")) } }
                    @if r.kind == Kind::Csv {
                        li { a href=(path(id, "errors.csv")) { (t(lang, "エラーリストをCSVでダウンロードする", "Download the error list")) } }
                    }
                    li { a href=(path(id, "delete")) { (t(lang, "リストを削除する", "Delete the lists")) } }
                }
                p class="small" { (t(
                    lang,
                    "リストには個人情報が含まれます。確認後、不要になったら削除してください。",
                    "The lists hold personal data: delete them when you have seen them.",
                )) }
            }
        }
    }
}

fn delete_question(lang: Lang, id: &str) -> Markup {
    html! {
        (note_text(Tone::Warn, t(
            lang,
            "リストを削除します。削除すると、どちらのリストもダウンロードできなくなり、元に戻せません。",
            "You are about to delete both lists for good. Nobody can download them afterwards.",
        )))
        (post(&path(id, "delete"), &[], Weight::Danger, t(lang, "リストを削除する", "Delete the lists")))
        p class="act" { a href=(path(id, "")) { (t(lang, "削除しない", "Keep them")) } }
    }
}
