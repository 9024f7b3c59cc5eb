//! Manual issuing (手動発行).

use super::{Actor, MileCode, Table, Words, words};

const fn row(
    code: &'static str,
    id: &'static str,
    published: &'static str,
    actor: Actor,
    meaning: Words,
    remedy: Words,
) -> MileCode {
    MileCode {
        table: Table::Manual,
        code,
        id,
        published,
        meaning,
        remedy,
        actor,
    }
}

pub(super) const ROWS: &[MileCode] = &[
    row(
        "12006",
        "against_campaign_rule",
        "マイル発行数がキャンペーンのマイル発行ルールに従ってないため、マイル発行ができません。",
        Actor::Merchant,
        words(
            "The number of miles does not follow the rule of the campaign.",
            "マイル数が、キャンペーンで決めた発行ルール（定額または範囲）に合っていません。",
        ),
        words(
            "Give the fixed number, or one within the range. A rule can not be changed: for another amount apply for a new campaign.",
            "定額の場合はその数、従量の場合は範囲内の数を指定してください。発行ルールは変更できないため、別のマイル数が必要な場合は新しいキャンペーンを申請してください。",
        ),
    ),
    row(
        "19013",
        "mail_form",
        "メールアドレスの形式が正しくないようです。",
        Actor::Merchant,
        words(
            "The text is no mail address, or one of the wrong kind: a mobile carrier's address under the PC method, or another under the mobile method.",
            "メールアドレスとして正しくないか、発行方法と種類が合っていません（PC 用の方法に携帯電話のアドレス、またはその逆）。",
        ),
        words(
            "Correct the address, or choose the other method.",
            "アドレスを修正するか、もう一方の発行方法を選択してください。",
        ),
    ),
    row(
        "19014",
        "designated_key",
        "マイル発行として与えたパラメーターの指定キーが不正です。",
        Actor::Merchant,
        words(
            "The designated key is missing or breaks its rule.",
            "指定キーがないか、規則に合っていません。",
        ),
        words(
            "Give 1 to 255 half-width letters and digits, such as the customer's number.",
            "半角英数字 1〜255 文字で指定してください（顧客番号など）。",
        ),
    ),
    row(
        "19015",
        "miles",
        "マイル発行として与えたパラメーターのマイル数が不正です。",
        Actor::Merchant,
        words(
            "The number of miles is no whole number above zero.",
            "マイル数が 1 以上の整数ではありません。",
        ),
        words(
            "Write half-width digits only, without a comma: 1000, not 1,000.",
            "半角数字だけで記入してください。カンマは使用できません（1000 は可、1,000 は不可）。",
        ),
    ),
    row(
        "41023",
        "not_valid_as_member",
        "対象のメールアドレスまたはユーザーIDがネットマイル会員として有効でないため、マイル発行ができません。",
        Actor::Member,
        words(
            "The person is known to NetMile but can not get miles this way: a provisional or barred member, or a user id that the shop has not authenticated.",
            "ネットマイルに登録はありますが、この方法では発行できません（仮登録の会員、利用停止中の会員、または加盟店が会員認証をしていないユーザー ID）。",
        ),
        words(
            "Ask the customer to complete the registration. A user id must be authenticated first. Provisional members can get miles by the tag.",
            "お客様に本登録の完了をご案内ください。ユーザー ID で発行する場合は、先に会員認証を行ってください。仮登録の会員には、タグによる自動発行で発行できます。",
        ),
    ),
    row(
        "41053",
        "no_such_member",
        "指定されたメールアドレスまたはユーザーIDの会員が存在しないため、マイル発行ができません。",
        Actor::Member,
        words(
            "NetMile has no member with this mail address or user id.",
            "このメールアドレスまたはユーザー ID の会員は登録されていません。",
        ),
        words(
            "Ask the customer for the address that is registered with NetMile.",
            "ネットマイルに登録しているメールアドレスをお客様に確認してください。",
        ),
    ),
    row(
        "42030",
        "campaign_state",
        "キャンペーンの状態が有効ではありません。",
        Actor::Merchant,
        words(
            "The campaign is not approved, suspended or over.",
            "キャンペーンが未承認、停止中、または終了しています。",
        ),
        words(
            "Look at the state of the campaign; choose one that runs.",
            "キャンペーンの状態を確認し、実施中のものを指定してください。",
        ),
    ),
    row(
        "44019",
        "outside_issue_period",
        "マイル発行期間が開始前か終了しています。",
        Actor::Merchant,
        words(
            "Today is before or after the issue period of the campaign.",
            "今日はキャンペーンのマイル発行期間に含まれていません。",
        ),
        words(
            "Wait for its first day. After its last day nothing can be issued by hand: apply for a new campaign.",
            "開始前であれば開始日までお待ちください。終了後は手動発行ができないため、新しいキャンペーンを申請してください。",
        ),
    ),
    row(
        "44038",
        "too_often_in_campaign",
        "キャンペーンに設定されている1会員1キャンペーンあたりの発行回数を超えるマイルは発行できません。",
        Actor::Nobody,
        words(
            "The member has had miles from this campaign as often as one member may.",
            "この会員への発行回数が、キャンペーンの「1 会員あたりの回数」の上限に達しています。",
        ),
        words(
            "Nothing to do if the limit is meant; it can not be changed within a campaign.",
            "意図した上限であれば対応は不要です。実施中のキャンペーンの上限は変更できません。",
        ),
    ),
    row(
        "44039",
        "too_often_on_day",
        "キャンペーンに設定されている1会員1キャンペーン1日あたりの発行回数を超えるマイルは発行できません。",
        Actor::Merchant,
        words(
            "The member has had miles from this campaign today as often as one member may on a day of Japan time.",
            "この会員への本日（日本時間）の発行回数が、キャンペーンの「1 日あたりの回数」の上限に達しています。",
        ),
        words(
            "Issue again on the next day if the miles are due.",
            "発行が必要な場合は、翌日以降にもう一度発行してください。",
        ),
    ),
];
