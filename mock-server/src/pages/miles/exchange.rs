//! Exchange files on the management site, and the page of NetMile's staff.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::lang::t;
use super::super::layout::{Area, Document, Frame};
use super::super::money::{grouped, miles_text};
use super::super::parts::{
    Tone, Weight, button, facts, hidden, left, mono, must, note_text, num, right, table,
};
use super::{below, problems, site_page, texts};
use crate::office::{Application, ExchangeReport, terms::Site};

/// Upload of an exchange file.
pub(crate) fn exchange(frame: &Frame, site: &Site, wrong: &[String]) -> String {
    let lang = frame.lang;
    let body = html! {
        (problems(lang, wrong))
        @if site.exchange_campaign.is_none() {
            (note_text(Tone::Warn, t(
                lang,
                "このサイトにはポイント交換の契約がありません。",
                "This site has no contract for exchanging points.",
            )))
        }
        p { (t(
            lang,
            "列は左からNetMileユーザーID(またはメールアドレス)、指定キー、交換マイル数です。一度に10,000件まで登録できます。",
            "The columns are NetMile user ID (or mail address), designated key, miles. Up to 10,000 rows.",
        )) }
        form method="post" enctype="multipart/form-data" action=(below("exchange")) {
            div class="field" {
                label for="file" { (t(lang, "ポイント交換データファイル", "Exchange file")) (must(lang, true)) }
                p class="hint" id="file-hint" {
                    (t(lang, "ファイル名: ", "Name: ")) "NMEXC_" (site.site_id) "_yyyymmddHHMM.csv"
                }
                input id="file" type="file" name="file" accept=".csv,text/csv" aria-required="true" aria-describedby="file-hint";
            }
            (button(Weight::Main, t(lang, "アップロードする", "Upload")))
        }
    };
    site_page(
        frame,
        site,
        t(lang, "ポイント交換ファイル", "Exchange files"),
        body,
    )
}

/// What came of an exchange file.
pub(crate) fn exchange_done(frame: &Frame, site: &Site, report: &ExchangeReport) -> String {
    let lang = frame.lang;
    let good = report.refused == 0;
    let body = html! {
        @if good {
            (note_text(Tone::Good, t(lang, "すべての行を発行しました。", "Every row was issued.")))
        } @else {
            (note_text(Tone::Warn, t(lang, "発行できなかった行があります。", "Some rows were not issued.")))
        }
        (facts(&[
            (t(lang, "ファイル", "File"), mono(&report.name)),
            (t(lang, "発行件数", "Rows issued"), num(&grouped(u64::from(report.issued)))),
            (t(lang, "発行マイル数", "Miles issued"), num(&miles_text(lang, report.miles))),
            (t(lang, "エラー件数", "Rows refused"), num(&grouped(u64::from(report.refused)))),
        ]))
        p { a href=(format!("{}/{}", below("exchange"), report.name)) {
            (t(lang, "結果データファイル(エラーのみ)をダウンロードする", "Download the result: the refused rows"))
        } }
        p { a href=(below("exchange")) { (t(lang, "続けてアップロードする", "Upload another file")) } }
    };
    let title = t(lang, "ポイント交換の結果", "Result of the exchange file");
    site_page(frame, site, title, body)
}

/// The cancel applications that wait; `decided` tells what has just happened.
pub(crate) fn staff(
    frame: &Frame,
    waiting: &[Application],
    reasons: &BTreeMap<String, String>,
    decided: Option<bool>,
) -> String {
    let lang = frame.lang;
    let columns = [
        left(t(lang, "サイトID", "Site ID")),
        left(t(lang, "発行番号", "Issue")),
        left(t(lang, "指定キー", "Designated key")),
        right(t(lang, "マイル数", "Miles")),
        left(t(lang, "取消理由", "Reason")),
        left(t(lang, "申請日時", "Applied")),
        left(t(lang, "承認", "Decision")),
    ];
    let rows: Vec<Vec<Markup>> = waiting
        .iter()
        .map(|one| {
            let reason = reasons.get(&one.reason).unwrap_or(&one.reason);
            vec![
                mono(&one.site_id),
                mono(&one.issuance_id),
                mono(&one.designated_key),
                html! { (grouped(one.miles)) },
                html! { span lang="ja" { (reason) } },
                num(&texts::when(&one.applied_at)),
                html! {
                    form method="post" action="/staff" {
                        (hidden("cancellation_id", &one.cancellation_id))
                        (hidden("issuance_id", &one.issuance_id))
                        button class="plain" name="decision" value="approve" type="submit" { (t(lang, "承認する", "Approve")) }
                        " "
                        button class="plain" name="decision" value="reject" type="submit" { (t(lang, "却下する", "Reject")) }
                    }
                },
            ]
        })
        .collect();
    let body = html! {
        @match decided {
            Some(true) => (note_text(Tone::Good, t(lang, "承認し、マイルを取り消しました。", "Approved: the miles are cancelled."))),
            Some(false) => (note_text(Tone::Info, t(
                lang,
                "取り消していません(却下したか、承認時の確認で取消できませんでした)。",
                "Not cancelled: it was rejected, or something stood against it at the approval.",
            ))),
            None => {}
        }
        p { (t(
            lang,
            "ネットマイルの担当者として、加盟サイトの取消申請を承認または却下します。モックだけの画面で、ログインはありません。",
            "Here you act as NetMile's staff and decide on cancel applications. Only the mock has this page; it needs no log-in.",
        )) }
        @if rows.is_empty() {
            p { (t(lang, "承認待ちの取消申請はありません。", "No application is waiting.")) }
        } @else {
            (table(t(lang, "承認待ち(古い順)", "Waiting, oldest first"), &columns, &rows))
        }
    };
    let title = t(lang, "取消申請の承認", "Cancel applications");
    Document::new(frame, Area::Staff, title, body).utf8()
}
