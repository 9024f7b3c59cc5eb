//! マイル発行/会員登録: which way to issue.

use maud::html;

use super::super::lang::t;
use super::super::layout::Frame;
use super::super::parts::{facts, mono};
use super::{campaign_name, campaign_path, site_page, tabs, texts};
use crate::office::terms::{IssuingCampaign, Site};

/// The three settings of the published guide, each a way to its form.
pub(crate) fn issuing(frame: &Frame, site: &Site, campaign: &IssuingCampaign) -> String {
    let lang = frame.lang;
    let ways = [
        (
            "issue",
            t(
                lang,
                "1件ずつマイルを発行する場合(PCのみ)",
                "One by one (PC addresses only)",
            ),
            t(
                lang,
                "PCメールアドレスを画面に入力して、10件まで発行します。",
                "Up to ten PC mail addresses, entered by hand.",
            ),
        ),
        (
            "csv?method=mail",
            t(
                lang,
                "まとめてマイルを発行する場合(PCのみ)",
                "Many at once (PC addresses only)",
            ),
            t(
                lang,
                "PCメールアドレスのCSVファイルをアップロードします。ユーザーIDでも発行できます。",
                "A CSV file of PC mail addresses; user IDs are possible too.",
            ),
        ),
        (
            "csv?method=mobile_mail",
            t(
                lang,
                "携帯電話メールアドレスでマイルを発行する場合(携帯電話メールアドレスのみ)",
                "By mobile mail address (mobile mail addresses only)",
            ),
            t(
                lang,
                "携帯電話メールアドレスのCSVファイルをアップロードします。振込完了メールは送れません。",
                "A CSV file of mobile mail addresses. No deposit mail can be sent to them.",
            ),
        ),
    ];
    let body = html! {
        (tabs(lang, campaign, "issuing"))
        (facts(&[
            (t(lang, "キャンペーンID", "Campaign ID"), mono(&campaign.campaign_id)),
            (t(lang, "キャンペーン名", "Campaign"), html! { (campaign_name(lang, campaign)) }),
            (t(lang, "発行ルール", "Rule"), html! { (texts::rule(lang, campaign.rule)) }),
        ]))
        h2 { (t(lang, "発行方法を選んでください", "Choose a way to issue")) }
        ul class="offers" {
            @for (step, name, what) in ways {
                li { a href=(campaign_path(campaign, step)) {
                    span class="what" { (name) }
                    span class="who" { (what) }
                } }
            }
        }
        p class="small" {
            (t(
                lang,
                "会員登録とパスワード自動生成は「しない」だけが選べます。",
                "Member registration and password generation are never done.",
            ))
        }
    };
    let title = t(lang, "マイル発行/会員登録", "Issue and registration");
    site_page(frame, site, title, body)
}
