//! CSV発行: enter, confirm; the status is the registration's page.

use maud::{Markup, html};

use super::super::lang::{Lang, t};
use super::super::layout::Frame;
use super::super::parts::{Input, Weight, button, facts, hidden, input, mono, must, num};
use super::{SettingsInput, below, campaign_name, campaign_path, problems, site_page, tabs, texts};
use crate::office::{
    Method,
    terms::{IssuingCampaign, Site},
};

/// The form and its confirmation.
pub(crate) struct CsvPage<'a> {
    pub(crate) campaign: &'a IssuingCampaign,
    pub(crate) method: Method,
    /// 処理完了の通知先.
    pub(crate) notify: String,
    pub(crate) settings: SettingsInput,
    pub(crate) problems: Vec<String>,
    /// 登録ファイル.
    pub(crate) file_name: String,
    /// The file as text for the form, once it was uploaded.
    pub(crate) file: String,
    pub(crate) rows: usize,
    /// Number of this upload, so that a second press registers nothing.
    pub(crate) batch_id: String,
}

const METHODS: [(Method, &str); 3] = [
    (Method::Mail, "mail"),
    (Method::MobileMail, "mobile_mail"),
    (Method::UserId, "user_id"),
];

/// A method by its value in the form.
pub(crate) fn method_of(key: &str) -> Method {
    let found = METHODS.iter().find(|(_, k)| *k == key);
    found.map_or(Method::Mail, |(method, _)| *method)
}

fn key_of(method: Method) -> &'static str {
    let found = METHODS.iter().find(|(m, _)| *m == method);
    found.map_or("mail", |(_, key)| key)
}

fn head(lang: Lang, campaign: &IssuingCampaign) -> Markup {
    facts(&[
        (
            t(lang, "キャンペーンID", "Campaign ID"),
            mono(&campaign.campaign_id),
        ),
        (
            t(lang, "キャンペーン名", "Campaign"),
            html! { (campaign_name(lang, campaign)) },
        ),
        (
            t(lang, "発行ルール", "Rule"),
            html! { (texts::rule(lang, campaign.rule)) },
        ),
    ])
}

/// ① enter.
pub(crate) fn csv(frame: &Frame, site: &Site, page: &CsvPage<'_>) -> String {
    let lang = frame.lang;
    let body = html! {
        (tabs(lang, page.campaign, "csv"))
        (problems(lang, &page.problems))
        (head(lang, page.campaign))
        p { (t(
            lang,
            "一度に10,000件まで登録できます。列は左からメールアドレス(またはユーザーID)、指定キー、マイル発行数です。",
            "Up to 10,000 rows. The columns are mail address (or user ID), designated key, miles.",
        )) }
        p { (t(
            lang,
            "発行対象のキャンペーンであることを確認してください。発行履歴に反映されるのは翌日です。二重に発行しないようご注意ください。",
            "Make sure that this is the right campaign. The history shows an issue from the next day on: mind double issues.",
        )) }
        p { a href=(below("kit")) { (t(lang, "見本はスターターキットからダウンロードできます", "The starter kit has samples")) } }
        form method="post" enctype="multipart/form-data" action=(campaign_path(page.campaign, "csv/confirm")) {
            div class="field" {
                label for="file" { (t(lang, "登録ファイル", "File")) (must(lang, true)) }
                input id="file" type="file" name="file" accept=".csv,text/csv" aria-required="true";
            }
            fieldset class="field box" {
                legend { (t(lang, "マイル発行方法", "Method")) }
                @for (method, key) in METHODS {
                    label class="pick" {
                        input type="radio" name="method" value=(key) checked[page.method == method];
                        (texts::method(lang, method))
                    }
                }
            }
            (page.settings.fields(lang, page.campaign, true))
            (input(lang, &Input {
                id: "notify",
                name: "notify",
                label: t(lang, "処理完了メールの送信先(任意)", "Tell this address when it is finished (optional)"),
                value: &page.notify,
                autocomplete: Some("email"),
                maxlength: Some(256),
                ..Input::default()
            }))
            (button(Weight::Main, t(lang, "確認する", "Confirm")))
        }
    };
    let title = t(lang, "CSVアップロードでまとめて登録", "Issue miles by CSV");
    site_page(frame, site, title, body)
}

/// ② confirm.
pub(crate) fn csv_confirm(frame: &Frame, site: &Site, page: &CsvPage<'_>) -> String {
    let lang = frame.lang;
    let rows = match lang {
        Lang::Ja => format!("{}件", page.rows),
        Lang::En => format!("{}", page.rows),
    };
    let body = html! {
        (head(lang, page.campaign))
        (facts(&[
            (t(lang, "登録ファイル", "File"), html! { (page.file_name) }),
            (t(lang, "データ件数", "Rows"), num(&rows)),
            (t(lang, "マイル発行方法", "Method"), html! { (texts::method(lang, page.method)) }),
            (t(lang, "処理完了メール", "Told when finished"), html! {
                @if page.notify.is_empty() { (t(lang, "送らない", "Nobody")) } @else { (page.notify) }
            }),
        ]))
        (page.settings.shown(lang, true))
        form method="post" action=(campaign_path(page.campaign, "csv/done")) {
            (hidden("batch_id", &page.batch_id))
            (hidden("file_name", &page.file_name))
            (hidden("method", key_of(page.method)))
            (hidden("notify", &page.notify))
            (page.settings.hidden())
            (hidden("csv", &page.file))
            (button(Weight::Main, t(lang, "登録する", "Register")))
        }
        p class="act" { a href=(campaign_path(page.campaign, "csv")) { (t(lang, "入力に戻る", "Back to the form")) } }
    };
    let title = t(lang, "登録内容の確認", "Confirm the upload");
    site_page(frame, site, title, body)
}
