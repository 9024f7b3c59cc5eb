//! 10件ずつ: enter, confirm, result.

use maud::{Markup, html};

use super::super::lang::{Lang, t};
use super::super::layout::Frame;
use super::super::parts::{
    Tone, Weight, button, facts, hidden, left, mono, note_text, right, table,
};
use super::{SettingsInput, below, campaign_name, campaign_path, problems, site_page, tabs, texts};
use crate::office::{
    terms::{IssuingCampaign, MileRule, Site},
    views::ByHandDone,
};

/// A row as it was typed.
#[derive(Clone, Default)]
pub(crate) struct HandInput {
    /// メールアドレス.
    pub(crate) mail: String,
    /// 指定キー.
    pub(crate) key: String,
    /// マイル発行数.
    pub(crate) miles: String,
    /// 振込完了メール.
    pub(crate) deposit_mail: bool,
}

/// The form and its confirmation.
pub(crate) struct HandPage<'a> {
    pub(crate) campaign: &'a IssuingCampaign,
    pub(crate) rows: Vec<HandInput>,
    pub(crate) settings: SettingsInput,
    pub(crate) problems: Vec<String>,
    /// Number of this issue, so that a second press issues nothing.
    pub(crate) tran_id: String,
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
pub(crate) fn hand(frame: &Frame, site: &Site, page: &HandPage<'_>) -> String {
    let lang = frame.lang;
    let columns = [
        right("No."),
        left(t(lang, "メールアドレス(PCのみ)", "PC mail address")),
        left(t(lang, "指定キー", "Designated key")),
        left(t(lang, "マイル発行数", "Miles")),
        left(t(lang, "振込完了メール", "Deposit mail")),
        left(t(lang, "会員登録", "Member registration")),
        left(t(lang, "パスワード", "Password")),
        left(t(lang, "氏名(氏)", "Family name")),
        left(t(lang, "氏名(名)", "Given name")),
    ];
    // Columns of member registration, which no contract has.
    let unused = |name: String, label: &str| {
        html! { input type="text" name=(name) aria-label=(label) disabled; }
    };
    let unticked = |name: String, label: &str, text: &str| {
        html! {
            label {
                input type="checkbox" name=(name) value="yes" aria-label=(label) disabled;
                " " (text)
            }
        }
    };
    let fixed = matches!(page.campaign.rule, MileRule::Fixed { .. });
    let cell = |name: String, label: &str, mode: &str, value: &str, most: &str| {
        html! {
            input type="text" name=(name) value=(value) aria-label=(label) maxlength=(most)
                autocomplete="off" inputmode=(mode);
        }
    };
    let label = |at: usize, ja: &str, en: &str| match lang {
        Lang::Ja => format!("{at}件目 {ja}"),
        Lang::En => format!("Row {at}: {en}"),
    };
    let rows: Vec<Vec<Markup>> = page
        .rows
        .iter()
        .zip(1_usize..)
        .map(|(row, at)| {
            let say = |ja, en| label(at, ja, en);
            vec![
                html! { (at) },
                cell(format!("mail{at}"), &say("メールアドレス", "mail address"), "email", &row.mail, "256"),
                cell(format!("key{at}"), &say("指定キー", "designated key"), "text", &row.key, "255"),
                cell(format!("miles{at}"), &say("マイル発行数", "miles"), "numeric", &row.miles, "9"),
                html! {
                    label {
                        input type="checkbox" name=(format!("send{at}")) value="yes" checked[row.deposit_mail];
                        " " (t(lang, "送る", "Send"))
                    }
                },
                unticked(format!("register{at}"), &say("会員登録", "member registration"), t(lang, "する", "Yes")),
                unticked(format!("password{at}"), &say("パスワード自動生成", "generate a password"), t(lang, "自動生成", "Generate")),
                unused(format!("family{at}"), &say("氏名(氏)", "family name")),
                unused(format!("given{at}"), &say("氏名(名)", "given name")),
            ]
        })
        .collect();
    let body = html! {
        (tabs(lang, page.campaign, "issue"))
        (problems(lang, &page.problems))
        (head(lang, page.campaign))
        p { (t(
            lang,
            "発行対象のキャンペーンであることを確認してください。発行履歴に反映されるのは翌日です。二重に発行しないようご注意ください。",
            "Make sure that this is the right campaign. The history shows an issue from the next day on: mind double issues.",
        )) }
        form method="post" action=(campaign_path(page.campaign, "issue/confirm")) novalidate {
            (table(t(lang, "10件まで。空の行は無視します", "Up to 10 rows; empty ones are left out"), &columns, &rows))
            p class="hint" { (t(
                lang,
                "会員登録、パスワード、氏名の欄は、会員登録のご契約がないため使用しません。",
                "Member registration, password and names are not used: the contract does not offer them.",
            )) }
            @if fixed {
                p class="hint" { (t(
                    lang,
                    "定額のキャンペーンでは、マイル発行数を空のままにできます。",
                    "The campaign is fixed: the miles may stay empty.",
                )) }
            }
            (page.settings.fields(lang, page.campaign, false))
            (button(Weight::Main, t(lang, "確認する", "Confirm")))
        }
    };
    let title = t(lang, "マイル発行(1件ずつ)", "Issue miles by hand");
    site_page(frame, site, title, body)
}

fn carried(page: &HandPage<'_>) -> Markup {
    html! {
        (hidden("tran_id", &page.tran_id))
        @for (row, at) in page.rows.iter().zip(1_usize..) {
            (hidden(&format!("mail{at}"), &row.mail))
            (hidden(&format!("key{at}"), &row.key))
            (hidden(&format!("miles{at}"), &row.miles))
            @if row.deposit_mail { (hidden(&format!("send{at}"), "yes")) }
        }
        (page.settings.hidden())
    }
}

/// ② confirm.
pub(crate) fn hand_confirm(frame: &Frame, site: &Site, page: &HandPage<'_>) -> String {
    let lang = frame.lang;
    let columns = [
        right("No."),
        left(t(lang, "メールアドレス", "Mail address")),
        left(t(lang, "指定キー", "Designated key")),
        right(t(lang, "マイル発行数", "Miles")),
        left(t(lang, "振込完了メール", "Deposit mail")),
    ];
    let rows: Vec<Vec<Markup>> = page
        .rows
        .iter()
        .zip(1_usize..)
        .map(|(row, at)| {
            vec![
                html! { (at) },
                html! { (row.mail) },
                mono(&row.key),
                html! { @if row.miles.is_empty() { (t(lang, "定額", "fixed")) } @else { (row.miles) } },
                html! {
                    @if row.deposit_mail { (t(lang, "送る", "Send")) } @else { (t(lang, "送らない", "Do not send")) }
                },
            ]
        })
        .collect();
    let body = html! {
        (head(lang, page.campaign))
        (table(t(lang, "発行する内容", "What will be issued"), &columns, &rows))
        (page.settings.shown(lang, false))
        form method="post" action=(campaign_path(page.campaign, "issue/done")) {
            (carried(page))
            (button(Weight::Main, t(lang, "発行する", "Issue")))
        }
        form class="act" method="post" action=(campaign_path(page.campaign, "issue/back")) {
            (carried(page))
            (button(Weight::Second, t(lang, "入力に戻る", "Back to the form")))
        }
    };
    site_page(
        frame,
        site,
        t(lang, "発行内容の確認", "Confirm the issue"),
        body,
    )
}

/// The result.
pub(crate) struct HandDonePage<'a> {
    pub(crate) campaign: &'a IssuingCampaign,
    pub(crate) done: &'a ByHandDone,
}

/// ③ result, with 発行登録ID.
pub(crate) fn hand_done(frame: &Frame, site: &Site, page: &HandDonePage<'_>) -> String {
    let lang = frame.lang;
    let failed = page
        .done
        .rows
        .iter()
        .filter(|row| row.code.is_some())
        .count();
    let columns = [
        right("No."),
        left(t(lang, "結果", "Result")),
        left(t(lang, "発行番号またはエラー", "Issue or error")),
    ];
    let rows: Vec<Vec<Markup>> = page
        .done
        .rows
        .iter()
        .map(|row| {
            let (class, text) = match row.code {
                None => ("tag ok", t(lang, "発行しました", "Issued")),
                Some(_) => ("tag bad", t(lang, "エラー", "Error")),
            };
            vec![
                html! { (row.row) },
                html! { span class=(class) { (text) } },
                html! {
                    @if let Some(code) = &row.code {
                        (mono(code)) " " (texts::code_text(lang, code))
                    } @else {
                        (mono(row.issuance_id.as_deref().unwrap_or_default()))
                    }
                },
            ]
        })
        .collect();
    let id = &page.done.registration_id;
    let body = html! {
        @if failed == 0 {
            (note_text(Tone::Good, t(lang, "マイルの発行が完了しました。", "The miles are issued.")))
        } @else {
            (note_text(Tone::Warn, t(
                lang,
                "発行できなかった行があります。",
                "Some rows were not issued.",
            )))
        }
        (facts(&[
            (t(lang, "発行登録ID", "Registration ID"), mono(id)),
            (t(lang, "キャンペーン名", "Campaign"), html! { (campaign_name(lang, page.campaign)) }),
        ]))
        (table(t(lang, "行ごとの結果", "Row by row"), &columns, &rows))
        p { a href=(format!("{}/{id}", below("registrations"))) { (t(lang, "登録の詳細を見る", "See the registration")) } }
        p { a href=(campaign_path(page.campaign, "issue")) { (t(lang, "続けて発行する", "Issue more")) } }
    };
    site_page(
        frame,
        site,
        t(lang, "マイル発行の結果", "Result of the issue"),
        body,
    )
}
