//! マイル振込設定, 振込完了メール, 差込文, 会員登録, パスワード自動生成.

use maud::{Markup, html};

use super::super::lang::{Lang, t};
use super::super::layout::{Area, Document, Frame};
use super::super::parts::{Input, facts, hidden, input};
use super::{campaign_name, texts};
use crate::office::{
    request::{Deposit, No, Settings},
    terms::IssuingCampaign,
    views::MailText,
};

/// The settings as they were typed.
#[derive(Clone)]
pub(crate) struct SettingsInput {
    /// `campaign`, `at_once` or `after_days`.
    pub(crate) deposit: String,
    /// Days for `after_days`.
    pub(crate) days: String,
    /// 振込完了メール.
    pub(crate) mail: bool,
    /// 差込文.
    pub(crate) text: String,
}

impl Default for SettingsInput {
    fn default() -> Self {
        Self {
            deposit: "campaign".to_owned(),
            days: String::new(),
            mail: true,
            text: String::new(),
        }
    }
}

impl SettingsInput {
    /// What the office is asked for; `None` when the days are no number.
    pub(crate) fn read(&self) -> Option<Settings> {
        let deposit = match self.deposit.as_str() {
            "at_once" => Deposit::AtOnce,
            "after_days" => {
                let days = self.days.trim().parse().ok().filter(|d| *d <= 365)?;
                Deposit::AfterDays { days }
            }
            _ => Deposit::Campaign,
        };
        Some(Settings {
            deposit,
            deposit_mail: self.mail,
            inserted_text: self.text.replace("\r\n", "\n"),
            member_registration: No::No,
            password_generation: No::No,
        })
    }

    /// Carried from the confirmation to the issue, and back.
    pub(super) fn hidden(&self) -> Markup {
        html! {
            (hidden("deposit", &self.deposit))
            (hidden("days", &self.days))
            @if self.mail { (hidden("deposit_mail", "yes")) }
            (hidden("inserted_text", &self.text))
        }
    }

    /// The settings for the confirmation.
    pub(super) fn shown(&self, lang: Lang, mail: bool) -> Markup {
        let no = t(lang, "しない", "No");
        let deposit = self.read().map_or(Deposit::Campaign, |s| s.deposit);
        let send = match self.mail {
            true => t(lang, "送る", "Send"),
            false => t(lang, "送らない", "Do not send"),
        };
        let mut rows = vec![(
            t(lang, "マイル振込設定", "Deposit"),
            html! { (texts::deposit(lang, deposit)) },
        )];
        if mail {
            rows.push((t(lang, "振込完了メール", "Deposit mail"), html! { (send) }));
        }
        rows.push((
            t(lang, "マイル振込メール差込文", "Inserted text"),
            html! { @if self.text.is_empty() { (t(lang, "なし", "None")) } @else { (self.text) } },
        ));
        rows.push((t(lang, "会員登録", "Member registration"), html! { (no) }));
        rows.push((
            t(lang, "パスワード自動生成", "Password generation"),
            html! { (no) },
        ));
        facts(&rows)
    }

    /// The fields of a form; the mail's check box when it is one for all rows.
    pub(super) fn fields(&self, lang: Lang, campaign: &IssuingCampaign, mail: bool) -> Markup {
        let choices = [
            (
                "campaign",
                t(lang, "キャンペーンの設定に従う", "As the campaign says"),
            ),
            (
                "at_once",
                t(lang, "すぐに振込む(取消不可)", "At once (no cancelling)"),
            ),
            (
                "after_days",
                t(
                    lang,
                    "マイル発行から下の日数後に振込む",
                    "So many days after the issue:",
                ),
            ),
        ];
        let sample = super::campaign_path(campaign, "sample");
        html! {
            fieldset class="field box" {
                legend { (t(lang, "マイル振込設定", "Deposit")) }
                p class="hint" { (texts::usable(lang, &campaign.usable)) }
                @for (value, label) in choices {
                    label class="pick" {
                        input type="radio" name="deposit" value=(value) checked[self.deposit == value];
                        (label)
                    }
                }
                (input(lang, &Input {
                    id: "days",
                    name: "days",
                    label: t(lang, "振込までの日数", "Days until the deposit"),
                    value: &self.days,
                    inputmode: Some("numeric"),
                    autocomplete: Some("off"),
                    hint: Some(t(lang, "0~365", "0 to 365")),
                    maxlength: Some(3),
                    ..Input::default()
                }))
            }
            @if mail {
                fieldset class="field" {
                    legend { (t(lang, "マイル振込完了メール", "Deposit mail")) }
                    label class="pick" {
                        input type="checkbox" name="deposit_mail" value="yes" checked[self.mail];
                        (t(lang, "送る", "Send"))
                    }
                    p class="hint" {
                        (t(lang, "携帯メールアドレスには送れません。", "It cannot be sent to mobile mail addresses."))
                    }
                }
            }
            div class="field" {
                label for="inserted_text" { (t(lang, "マイル振込メール差込文", "Text inserted into the mail")) }
                p class="hint" id="inserted_text-hint" {
                    (t(
                        lang,
                        "500文字まで。加盟サイト名、キャンペーン名、マイル数は自動で入ります。",
                        "Up to 500 characters. Shop, campaign and miles are added automatically.",
                    ))
                }
                textarea id="inserted_text" name="inserted_text" rows="4" aria-describedby="inserted_text-hint" { (self.text) }
            }
            p {
                button class="second" type="submit" formaction=(format!("{sample}?kind=deposit"))
                    formenctype="application/x-www-form-urlencoded" formtarget="_blank" {
                    (t(lang, "メールサンプル表示(振込完了)", "Sample: deposit mail"))
                }
            }
            p {
                button class="second" type="submit" formaction=(format!("{sample}?kind=registration"))
                    formenctype="application/x-www-form-urlencoded" formtarget="_blank" {
                    (t(lang, "メールサンプル表示(会員登録)", "Sample: registration mail"))
                }
            }
            (only_no(lang, "member_registration", t(lang, "会員登録", "Member registration")))
            (only_no(lang, "password_generation", t(lang, "パスワード自動生成", "Password generation")))
        }
    }
}

fn only_no(lang: Lang, name: &str, label: &str) -> Markup {
    html! {
        fieldset class="field" {
            legend { (label) }
            label class="pick" {
                input type="radio" name=(name) value="no" checked;
                (t(lang, "しない", "No"))
            }
        }
    }
}

/// A mail as a user would get it.
pub(crate) struct SamplePage<'a> {
    pub(crate) campaign: &'a IssuingCampaign,
    pub(crate) mail: &'a MailText,
}

/// メールサンプル表示.
pub(crate) fn sample(frame: &Frame, page: &SamplePage<'_>) -> String {
    let lang = frame.lang;
    let lines: Vec<&str> = page.mail.body.lines().collect();
    let body = html! {
        (facts(&[
            (t(lang, "キャンペーン", "Campaign"), html! { (campaign_name(lang, page.campaign)) }),
            (t(lang, "件名", "Subject"), html! { span lang="ja" { (page.mail.subject) } }),
        ]))
        div class="note" lang="ja" {
            p { @for line in &lines { (line) br; } }
        }
        p class="act" { (t(lang, "この画面は閉じてかまいません。", "You may close this window.")) }
    };
    let title = t(lang, "メールサンプル", "Sample mail");
    Document::new(frame, Area::Miles, title, body).utf8()
}
