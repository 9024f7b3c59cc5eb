//! Automatic issuing (自動発行).

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
        table: Table::Automatic,
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
        "11007",
        "designated_key",
        "加盟サイト指定キーが不正です。",
        Actor::Merchant,
        words(
            "The designated key in the tag breaks its rule.",
            "タグの指定キー（earnsite_key）が規則に合っていません。",
        ),
        words(
            "Put up to 255 half-width letters and digits there, or leave it empty.",
            "半角英数字 255 文字以内で設定するか、空にしてください。",
        ),
    ),
    row(
        "11008",
        "no_such_campaign",
        "対象キャンペーンが存在しない、またはキャンペーンの発行マイル回数のカウントに失敗しました。",
        Actor::Merchant,
        words(
            "There is no such campaign, or NetMile could not count the issues of it.",
            "キャンペーンが存在しないか、ネットマイルで発行回数を数えられませんでした。",
        ),
        words(
            "Compare the campaign id with the campaign's page. If it is right, try later, then ask NetMile.",
            "キャンペーン ID を管理画面で確認してください。正しい場合は、時間をおいて再度試し、解決しなければネットマイルへお問い合わせください。",
        ),
    ),
    row(
        "11022",
        "no_such_member",
        "入力されたメールアドレスを持つ会員情報は登録されておりません。",
        Actor::Member,
        words(
            "NetMile has no member with the mail address that was entered.",
            "入力されたメールアドレスの会員は登録されていません。",
        ),
        words(
            "The customer enters the address that is registered with NetMile, or registers first.",
            "お客様に、ネットマイルに登録しているアドレスの入力、または会員登録をご案内ください。",
        ),
    ),
    row(
        "12004",
        "campaign_not_approved",
        "キャンペーンが有効ではありません。",
        Actor::Netmile,
        words(
            "The campaign is not approved.",
            "キャンペーンが承認されていません。",
        ),
        words(
            "Wait for the approval, or ask NetMile for its state.",
            "承認を待つか、ネットマイルに状況を確認してください。",
        ),
    ),
    row(
        "12005",
        "campaign_of_another_site",
        "キャンペーンIDと加盟サイトの関連が不正です。",
        Actor::Merchant,
        words(
            "The campaign belongs to another site.",
            "キャンペーンが別の加盟サイトのものです。",
        ),
        words(
            "Compare both ids in the tag with those of the campaign's page.",
            "タグのサイト ID とキャンペーン ID を、キャンペーン詳細画面の表示と照合してください。",
        ),
    ),
    row(
        "12006",
        "against_campaign_rule",
        "キャンペーンのマイル発行ルールに違反しています。",
        Actor::Merchant,
        words(
            "The miles in the tag do not follow the rule of the campaign.",
            "タグのマイル数（mile）が、キャンペーンの発行ルールに合っていません。",
        ),
        words(
            "Give miles for a variable campaign only, and within its range. It may also mean that a visitor altered the tag.",
            "マイル数は従量のキャンペーンだけに、範囲内で設定してください。利用者がタグを書き換えた可能性もあります。",
        ),
    ),
    row(
        "13005",
        "wrong_parameter",
        "不正な暗号化パラメーターが渡されました。",
        Actor::Merchant,
        words(
            "The check value of the tag does not fit the ids; or the signature of a signed link is wrong or expired.",
            "タグの検査値（param3）が ID と一致しません。署名付きリンクの場合は、署名の誤りまたは期限切れです。",
        ),
        words(
            "Build the tag anew for this site and campaign. Visitors with an old page reload it.",
            "このサイトとキャンペーンのタグを作成し直してください。古いページを開いているお客様には、再読み込みをご案内ください。",
        ),
    ),
    row(
        "13006",
        "campaign_state",
        "キャンペーンのステイタスが有効ではありません。",
        Actor::Merchant,
        words(
            "The campaign is suspended or over.",
            "キャンペーンが停止中か、終了しています。",
        ),
        words(
            "Take the tag off the page, or replace it by that of a campaign that runs.",
            "タグをページから外すか、実施中のキャンペーンのタグに差し替えてください。",
        ),
    ),
    row(
        "13011",
        "unknown_site",
        "不正な加盟店IDが指定されました。",
        Actor::Merchant,
        words(
            "There is no site with this id.",
            "このサイト ID の加盟店は存在しません。",
        ),
        words(
            "Compare the site id in the tag with that of the management site.",
            "タグのサイト ID（param1）を、マネージメントサイトの表示と照合してください。",
        ),
    ),
    row(
        "20012",
        "exception",
        "マイル発行で例外が発生しました。",
        Actor::Netmile,
        words(
            "Something went wrong at NetMile.",
            "ネットマイル側で問題が発生しました。",
        ),
        words(
            "Look into the history on the next day before anything is issued again; ask NetMile if it goes on.",
            "再度発行する前に、翌日以降の発行履歴を確認してください。繰り返し発生する場合は、ネットマイルへお問い合わせください。",
        ),
    ),
    row(
        "44038",
        "too_often_in_campaign",
        "1ユーザー1キャンペーンあたりの発行回数を超えています。",
        Actor::Nobody,
        words(
            "The member has had miles from this campaign as often as one member may.",
            "この会員への発行回数が、キャンペーンの「1 会員あたりの回数」の上限に達しています。",
        ),
        words(
            "Nothing to do if the limit is meant.",
            "意図した上限であれば対応は不要です。",
        ),
    ),
    row(
        "44039",
        "too_often_on_day",
        "1ユーザー1日あたりの発行回数を超えています。",
        Actor::Member,
        words(
            "The member has had miles today as often as one member may on a day of Japan time.",
            "この会員への本日（日本時間）の発行回数が、「1 日あたりの回数」の上限に達しています。",
        ),
        words(
            "The customer can try again on the next day.",
            "お客様に、翌日以降のお申し込みをご案内ください。",
        ),
    ),
    row(
        "44040",
        "outside_issue_period",
        "マイル発行期間外です。",
        Actor::Merchant,
        words(
            "Today is before or after the issue period of the campaign.",
            "今日はキャンペーンのマイル発行期間に含まれていません。",
        ),
        words(
            "Show the tag within the issue period only.",
            "タグは、マイル発行期間中だけ掲載してください。",
        ),
    ),
];
