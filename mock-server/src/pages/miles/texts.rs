//! Values of the office in words.

use crate::office::{
    Code, FileFault, Method, Refusal, Table,
    request::Deposit,
    terms::{CampaignState, MileRule, Usable},
    views::{FileState, IssueState, Kind},
};

use super::super::lang::{Lang, t};
use super::super::money::grouped;

pub(super) const fn state(lang: Lang, state: CampaignState) -> &'static str {
    match state {
        CampaignState::Running => t(lang, "実施中", "Running"),
        CampaignState::Ended => t(lang, "期間満了", "Ended"),
        CampaignState::Suspended => t(lang, "停止中", "Suspended"),
        CampaignState::Unapproved => t(lang, "未承認", "Not approved"),
    }
}

pub(super) fn rule(lang: Lang, rule: MileRule) -> String {
    match (rule, lang) {
        (MileRule::Fixed { miles }, Lang::Ja) => format!("定額 {}mile", grouped(miles)),
        (MileRule::Fixed { miles: 1 }, Lang::En) => "1 mile each".to_owned(),
        (MileRule::Fixed { miles }, Lang::En) => format!("{} miles each", grouped(miles)),
        (MileRule::Variable { min, max }, Lang::Ja) => {
            format!("従量 {}~{}mile", grouped(min), grouped(max))
        }
        (MileRule::Variable { min, max }, Lang::En) => {
            format!("{} to {} miles", grouped(min), grouped(max))
        }
    }
}

pub(super) fn usable(lang: Lang, usable: &Usable) -> String {
    match (usable, lang) {
        (Usable::AtOnce, _) => {
            t(lang, "すぐに使用可能(取消不可)", "At once (no cancelling)").to_owned()
        }
        (Usable::AfterDays { days }, Lang::Ja) => format!("発行から{days}日後"),
        (Usable::AfterDays { days: 1 }, Lang::En) => "1 day after the issue".to_owned(),
        (Usable::AfterDays { days }, Lang::En) => format!("{days} days after the issue"),
        (Usable::On { date }, Lang::Ja) => format!("{date}から"),
        (Usable::On { date }, Lang::En) => format!("From {date}"),
    }
}

pub(super) fn deposit(lang: Lang, deposit: Deposit) -> String {
    match (deposit, lang) {
        (Deposit::Campaign, _) => {
            t(lang, "キャンペーンの設定に従う", "As the campaign says").to_owned()
        }
        (Deposit::AtOnce | Deposit::AfterDays { days: 0 }, _) => {
            t(lang, "すぐに振込む", "Deposit at once").to_owned()
        }
        (Deposit::AfterDays { days }, Lang::Ja) => format!("マイル発行から{days}日後に振込む"),
        (Deposit::AfterDays { days: 1 }, Lang::En) => "Deposit 1 day after the issue".to_owned(),
        (Deposit::AfterDays { days }, Lang::En) => format!("Deposit {days} days after the issue"),
    }
}

pub(super) const fn method(lang: Lang, method: Method) -> &'static str {
    match method {
        Method::Mail => t(lang, "メールアドレスで発行する", "By mail address"),
        Method::MobileMail => t(
            lang,
            "携帯メールアドレスで発行する",
            "By mobile mail address",
        ),
        Method::UserId => t(lang, "ユーザーIDで発行する", "By user ID"),
    }
}

pub(super) const fn kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Csv => t(lang, "CSV発行", "CSV"),
        Kind::ByHand => t(lang, "10件ずつ", "By hand"),
    }
}

pub(super) const fn file_state(lang: Lang, state: FileState) -> &'static str {
    match state {
        FileState::Accepted => t(lang, "受付済", "Accepted"),
        FileState::Processing => t(lang, "処理中", "Processing"),
        FileState::Finished => t(lang, "完了", "Finished"),
    }
}

pub(super) const fn issue_state(lang: Lang, state: IssueState) -> &'static str {
    match state {
        IssueState::Held => t(lang, "保留", "Held"),
        IssueState::Valid => t(lang, "有効", "Valid"),
        IssueState::Cancelled => t(lang, "取消済", "Cancelled"),
    }
}

/// An instant of the office, to the minute: `2026-01-02T03:05:01+09:00`.
pub(super) fn when(rfc3339: &str) -> String {
    let minute: String = rfc3339.chars().take(16).collect();
    minute.replace('T', " ")
}

/// What a code means.
pub(crate) const fn meaning(lang: Lang, code: Code) -> &'static str {
    t(lang, code.text(), code.english())
}

/// What a code of the manual table means.
pub(super) fn code_text(lang: Lang, number: &str) -> &'static str {
    Code::find(Table::Manual, number).map_or("", |code| meaning(lang, code))
}

/// A refusal for the person at the screen.
pub(crate) fn refusal(lang: Lang, refusal: &Refusal) -> String {
    let text = match refusal {
        Refusal::Bad { field, rule } => return bad(lang, field, rule),
        Refusal::Code(code) => return format!("{}({})", meaning(lang, *code), code.number()),
        Refusal::NotFound | Refusal::NotYours => {
            t(lang, "見つかりません。", "There is no such thing.")
        }
        Refusal::NotAuthenticated => t(
            lang,
            "会員認証を行っていないユーザーIDです。",
            "The user ID was not authenticated by this site.",
        ),
        Refusal::Conflict(_) => t(
            lang,
            "同じ番号またはファイル名で別の内容がすでに登録されています。",
            "The same number or file name was used before with other content.",
        ),
        Refusal::Deleted => t(lang, "リストは削除済みです。", "The lists are deleted."),
        Refusal::File(fault) => return file_fault(lang, *fault).to_owned(),
    };
    text.to_owned()
}

pub(crate) const fn file_fault(lang: Lang, fault: FileFault) -> &'static str {
    match fault {
        FileFault::Malformed => t(
            lang,
            "3列のCSV(Shift_JISまたはBOM付きUTF-8)として読めないか、データ行がありません。",
            "This is no CSV of three columns in Shift_JIS or UTF-8, or it has no rows.",
        ),
        FileFault::TooManyRows => t(
            lang,
            "一度に登録できるのは10,000件までです。",
            "A file has at most 10,000 rows.",
        ),
    }
}

fn bad(lang: Lang, field: &str, rule: &str) -> String {
    let text = match field {
        "deposit_mail" => t(
            lang,
            "携帯メールアドレスの場合、振込完了メールは「送らない」を選んでください。",
            "With mobile mail, choose not to send the deposit mail.",
        ),
        "inserted_text" if rule.starts_with("empty") => t(
            lang,
            "携帯メールアドレスの場合、差込文は入力しないでください。",
            "With mobile mail, leave the inserted text empty.",
        ),
        "inserted_text" => t(
            lang,
            "差込文は500文字以内で入力してください。",
            "The inserted text has at most 500 characters.",
        ),
        "deposit" if rule.starts_with("days") => t(
            lang,
            "振込までの日数は0~365の数字で入力してください。",
            "The days until the deposit are a number from 0 to 365.",
        ),
        "deposit" => t(
            lang,
            "使用開始日の決まったキャンペーンでは、キャンペーンの設定だけを選べます。",
            "The campaign has a date: only its own setting can be chosen.",
        ),
        "rows" => t(
            lang,
            "1件以上入力してください。",
            "Fill in at least one row.",
        ),
        "csv" => t(
            lang,
            "登録ファイルを選んでください。4MiBまで登録できます。",
            "Choose a file of at most 4 MiB.",
        ),
        "file_name" => t(
            lang,
            "登録ファイルの名前が不正です。",
            "The name of the file is not right.",
        ),
        "notify" => t(
            lang,
            "通知先のメールアドレスの形式に誤りがあります。",
            "The address to tell is no mail address.",
        ),
        "issuance_ids" => t(
            lang,
            "取消する発行を1件以上選んでください。",
            "Choose at least one issue to cancel.",
        ),
        "reason" => t(lang, "取消理由を1つ選んでください。", "Choose one reason."),
        "from" | "to" => t(
            lang,
            "日付は2026-01-02の形式で入力してください。",
            "Days are written like 2026-01-02.",
        ),
        "month" => t(
            lang,
            "年月は2026-01の形式で入力してください。",
            "Months are written like 2026-01.",
        ),
        "miles" => t(
            lang,
            "マイル数は数字で入力してください。",
            "Miles are a number.",
        ),
        "name" => t(
            lang,
            "ファイル名はNMEXC_サイトID_年月日時分.csvとしてください。",
            "The name of the file is NMEXC_site_yyyymmddHHMM.csv.",
        ),
        _ => return format!("{field}: {rule}"),
    };
    text.to_owned()
}
