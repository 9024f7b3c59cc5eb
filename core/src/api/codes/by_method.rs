//! The kinds that only some methods have. No table is public for the point methods (805, 806) or NetMile.

use super::common::ASK_FIRST;
use super::kind::{KindRow, KindTable, row, words};
use super::{Class, Step, Words, methods};

pub(super) const TABLES: &[KindTable] = &[
    KindTable {
        title: words("Web convenience store (701)", "Webコンビニ決済（701）"),
        covers: |method| method == "701",
        rows: SLIP,
    },
    KindTable {
        title: words("Carriers (401, 402, 405)", "キャリア決済（401、402、405）"),
        covers: is_carrier,
        rows: CARRIER,
    },
    KindTable {
        title: words(
            "Recurring billing by carriers (401, 402, 405)",
            "キャリア決済の継続課金（401、402、405）",
        ),
        covers: is_carrier,
        rows: RECURRING,
    },
    KindTable {
        title: words("Credit card (101)", "クレジットカード（101）"),
        covers: |method| method == "101",
        rows: CARD,
    },
    KindTable {
        title: words(
            "NetMile at the mock gateway, under the number that the contract gives it (assumed)",
            "モックゲートウェイの NetMile。番号は契約で決まります（想定）",
        ),
        covers: methods::is_numbered_by_contract,
        rows: MOCK_NETMILE,
    },
];

/// The model for methods without a table of their own: point methods and wallets (assumed).
pub(super) const CARRIERS: [&[KindRow]; 2] = [CARRIER, RECURRING];

fn is_carrier(method: &str) -> bool {
    matches!(method, "401" | "402" | "405")
}

const LATER: Words = words("Try again later.", "時間をおいてやり直してください。");
const LOOK: Words = words(
    "Look the payment up and go on from its present state.",
    "決済の現在の状態を確認し、その状態に応じて処理してください。",
);
const DONE: Words = words(
    "Nothing to do if this was a re-send; otherwise look up who did it.",
    "再送に対する応答であれば対応は不要です。そうでない場合は、誰が処理したかを確認してください。",
);
const LOWER: Words = words(
    "Use an amount that fits what is left of the payment.",
    "決済の残額に合う金額を指定してください。",
);
const ANOTHER_WAY: Words = words(
    "Let the customer check the entry, use another card or another way to pay, or ask the card's issuer.",
    "入力内容を確認するか、別のカードまたは別の支払方法を選ぶか、カード会社に問い合わせてもらってください。",
);
const NO_APPLICATION: Words = words(
    "Check the tracking id of the contract, and that the application was completed.",
    "契約のトラッキング ID と、申込が完了しているかを確認してください。",
);
const NO_MORE_BILLING: Words = words(
    "Stop billing. The customer can apply anew.",
    "課金を停止してください。継続する場合は、お客様に改めて申し込んでもらってください。",
);

const SLIP: &[KindRow] = &[
    row(
        "20",
        Class::Retryable,
        words(
            "The load is too high for the moment.",
            "一時的に処理が集中しています。",
        ),
        LATER,
    ),
    row(
        "21",
        Class::Retryable,
        words("Maintenance.", "メンテナンス中です。"),
        LATER,
    ),
    row(
        "22",
        Class::Retryable,
        words(
            "An error of the convenience store centre.",
            "コンビニ決済センターのエラーです。",
        ),
        words(
            "Try again later with a new order_id, or let the customer choose another store.",
            "時間をおいて新しい order_id でやり直すか、別のコンビニエンスストアを選んでもらってください。",
        ),
    ),
    row(
        "23",
        Class::Bug,
        words(
            "The pay-by date is not valid.",
            "支払期限が正しくありません。",
        ),
        words(
            "Give a date that the collector accepts: from the next day on, at most 59 days ahead.",
            "収納機関が受け付ける日付（翌日以降、最長 59 日先）を指定してください。",
        ),
    ),
];

const CARRIER: &[KindRow] = &[
    row(
        "20",
        Class::Final,
        words(
            "There is no authorisation to capture.",
            "売上の対象となる与信がありません。",
        ),
        LOOK,
    ),
    row(
        "21",
        Class::Final,
        words(
            "The authorisation was cancelled before.",
            "与信はすでに取り消されています。",
        ),
        LOOK,
    ),
    row(
        "22",
        Class::Bug,
        words(
            "The amount is above the authorised one.",
            "金額が与信金額を超えています。",
        ),
        words(
            "Capture at most what was authorised.",
            "与信金額以下の金額で売上処理を行ってください。",
        ),
    )
    .only(&["401", "402"]),
    row(
        "22",
        Class::Bug,
        words(
            "The amount differs from the authorised one.",
            "金額が与信金額と異なります。",
        ),
        words(
            "Capture exactly what was authorised.",
            "与信金額と同じ金額で売上処理を行ってください。",
        ),
    )
    .only(&["405"]),
    row(
        "23",
        Class::Final,
        words("Captured before.", "すでに売上処理済みです。"),
        DONE,
    )
    .done(&[Step::Capture]),
    row(
        "24",
        Class::Configuration,
        words(
            "The contract captures automatically: there is no capture call.",
            "自動売上の契約のため、売上要求は利用できません。",
        ),
        words(
            "Leave the capture out, or change the contract.",
            "売上要求を送信しないか、契約を変更してください。",
        ),
    ),
    row(
        "25",
        Class::Final,
        words("There is nothing to cancel.", "取消の対象がありません。"),
        LOOK,
    ),
    row(
        "26",
        Class::Final,
        words("Cancelled before.", "すでに取消済みです。"),
        DONE,
    )
    .done(&[Step::Cancel]),
    row(
        "27",
        Class::Final,
        words(
            "There is no sale in that month.",
            "指定した月の売上がありません。",
        ),
        words(
            "Check cancel_target_month.",
            "cancel_target_month を確認してください。",
        ),
    ),
    row(
        "30",
        Class::Final,
        words("Refunded before.", "すでに返金済みです。"),
        DONE,
    )
    .done(&[Step::Refund]),
    row(
        "31",
        Class::Final,
        words(
            "The time for cancel and refund is over.",
            "取消・返金ができる期間を過ぎています。",
        ),
        words(
            "Give the money back in another way, such as a bank transfer.",
            "銀行振込など、別の方法で返金してください。",
        ),
    ),
    row(
        "32",
        Class::Final,
        words(
            "The contract was ended before.",
            "契約はすでに終了しています。",
        ),
        DONE,
    )
    .done(&[Step::EndContract]),
    row(
        "33",
        Class::Final,
        words(
            "The time for the capture is over.",
            "売上処理ができる期間を過ぎています。",
        ),
        words(
            "Let the customer pay anew with a new order_id.",
            "新しい order_id で改めて支払ってもらってください。",
        ),
    ),
    row(
        "34",
        Class::UnknownOutcome,
        words(
            "Another error, or one of the carrier's centre.",
            "その他のエラー、またはキャリア側センターのエラーです。",
        ),
        ASK_FIRST,
    ),
    row(
        "35",
        Class::Retryable,
        words(
            "The carrier's centre is in its night run or maintenance.",
            "キャリア側センターが夜間処理中またはメンテナンス中です。",
        ),
        LATER,
    )
    .only(&["401"]),
    row(
        "36",
        Class::UnknownOutcome,
        words("The capture is under way.", "売上処理の実行中です。"),
        ASK_FIRST,
    ),
    row(
        "37",
        Class::UnknownOutcome,
        words(
            "A cancel during the capture is under way.",
            "売上処理中の取消を実行中です。",
        ),
        ASK_FIRST,
    ),
    row(
        "38",
        Class::UnknownOutcome,
        words("The refund is under way.", "返金処理の実行中です。"),
        ASK_FIRST,
    ),
    row(
        "39",
        Class::Retryable,
        words(
            "The carrier is still capturing.",
            "キャリア側で売上処理を実行中です。",
        ),
        LATER,
    )
    .only(&["401"]),
    row(
        "40",
        Class::Configuration,
        words(
            "The contract captures automatically: a refund is needed instead.",
            "自動売上の契約のため、返金要求を使用する必要があります。",
        ),
        words("Refund the payment.", "返金要求を送信してください。"),
    ),
    row(
        "44",
        Class::Bug,
        words(
            "The refund is above the sale.",
            "返金額が売上金額を超えています。",
        ),
        LOWER,
    )
    .only(&["401"]),
    row(
        "75",
        Class::Bug,
        words(
            "The refund is above the sale.",
            "返金額が売上金額を超えています。",
        ),
        LOWER,
    )
    .only(&["402"]),
];

const RECURRING: &[KindRow] = &[
    row(
        "L0",
        Class::Final,
        words(
            "No application was found.",
            "継続課金の申込が見つかりません。",
        ),
        NO_APPLICATION,
    ),
    row(
        "L1",
        Class::Bug,
        words(
            "cust_code differs from the application's.",
            "cust_code が申込時と異なります。",
        ),
        words(
            "Send the cust_code that the customer applied with.",
            "申込時の cust_code を設定してください。",
        ),
    ),
    row(
        "L2",
        Class::Final,
        words(
            "The contract was ended before.",
            "継続課金はすでに解約されています。",
        ),
        NO_MORE_BILLING,
    ),
    row(
        "L3",
        Class::Final,
        words(
            "Refused; the gateway has ended the contract.",
            "課金が承認されず、決済ゲートウェイ側で解約されました。",
        ),
        NO_MORE_BILLING,
    ),
    row(
        "L4",
        Class::Retryable,
        words(
            "The customer's limit, or an error of the centre.",
            "利用限度額の超過、またはセンターのエラーです。",
        ),
        LATER,
    ),
    row(
        "L5",
        Class::Final,
        words(
            "End of a contract: no application was found.",
            "解約: 継続課金の申込が見つかりません。",
        ),
        NO_APPLICATION,
    ),
    row(
        "L6",
        Class::Bug,
        words(
            "End of a contract: it is another customer's.",
            "解約: 別のお客様の契約です。",
        ),
        words(
            "Use the tracking id of this customer's contract.",
            "このお客様の契約のトラッキング ID を使用してください。",
        ),
    ),
    row(
        "L7",
        Class::Final,
        words(
            "End of a contract: it was ended before.",
            "解約: すでに解約されています。",
        ),
        DONE,
    )
    .done(&[Step::EndContract]),
];

const CARD: &[KindRow] = &[
    row(
        "20-36",
        Class::Customer,
        words(
            "The card centre refused.",
            "カードセンターで承認されませんでした。",
        ),
        ANOTHER_WAY,
    ),
    row(
        "37-40 42 79",
        Class::Final,
        words(
            "The state of the payment does not allow a capture.",
            "決済の状態により売上処理ができません。",
        ),
        LOOK,
    ),
    row(
        "41",
        Class::Final,
        words("Captured before.", "すでに売上処理済みです。"),
        DONE,
    )
    .done(&[Step::Capture]),
    row(
        "43-45 47-51 53-58",
        Class::Final,
        words(
            "The state of the payment does not allow a refund or cancel.",
            "決済の状態により返金・取消ができません。",
        ),
        LOOK,
    ),
    row(
        "46 52",
        Class::Final,
        words(
            "Refunded or cancelled before.",
            "すでに返金または取消済みです。",
        ),
        DONE,
    )
    .done(&[Step::Refund, Step::Cancel]),
    row(
        "59",
        Class::Bug,
        words(
            "The payment must be committed before it can be refunded.",
            "返金の前に決済を確定する必要があります。",
        ),
        words(
            "Commit first, then refund.",
            "先に確定要求を送信してから返金してください。",
        ),
    ),
    row(
        "60",
        Class::Final,
        words(
            "Committed or cancelled before, so it cannot be committed.",
            "すでに確定済みまたは取消済みのため、確定できません。",
        ),
        words(
            "Inquire which of both it is. After a re-send of the commit it is normally done.",
            "照会でどちらの状態かを確認してください。確定要求の再送であれば、通常は確定済みです。",
        ),
    )
    .done(&[Step::Commit]),
    row(
        "61",
        Class::Customer,
        words(
            "The security code is wrong.",
            "セキュリティコードが正しくありません。",
        ),
        words(
            "Let the customer enter the card again.",
            "カード情報をもう一度入力してもらってください。",
        ),
    ),
    row(
        "65-77",
        Class::Customer,
        words(
            "The card company refused.",
            "カード会社で承認されませんでした。",
        ),
        ANOTHER_WAY,
    ),
    row(
        "K0",
        Class::Bug,
        words(
            "A partial refund before the sale.",
            "売上前のため、一部返金ができません。",
        ),
        words(
            "Capture the lower amount, or wait for the capture.",
            "減額した金額で売上処理を行うか、売上処理の完了を待ってください。",
        ),
    ),
    row(
        "K1",
        Class::Bug,
        words(
            "A partial refund above the sale.",
            "一部返金の金額が売上金額を超えています。",
        ),
        LOWER,
    ),
    row(
        "T1",
        Class::Customer,
        words("The token cannot be read.", "トークンを読み取れません。"),
        words(
            "Check that the page makes tokens for this merchant and service, and let the customer enter the card again.",
            "ページがこのマーチャント・サービスのトークンを作成しているか確認し、カード情報をもう一度入力してもらってください。",
        ),
    ),
    row(
        "T2",
        Class::Customer,
        words(
            "The token has expired.",
            "トークンの有効期限が切れています。",
        ),
        words(
            "Let the customer enter the card again for a new token.",
            "カード情報をもう一度入力してもらい、新しいトークンを取得してください。",
        ),
    ),
];

pub(super) const SHORT_OF_MILES: &str = "S1";

const MOCK_NETMILE: &[KindRow] = &[
    row(
        "S0",
        Class::Customer,
        words(
            "There is no such member.",
            "該当する NetMile 会員がいません。",
        ),
        words(
            "Let the customer check the NetMile id.",
            "NetMile の ID を確認してもらってください。",
        ),
    )
    .assumed(),
    row(
        SHORT_OF_MILES,
        Class::Customer,
        words("The member has too few miles.", "マイルが不足しています。"),
        words(
            "Show the missing miles; the customer earns miles or pays in another way.",
            "不足マイル数を表示し、マイルをためるか別の支払方法を選んでもらってください。",
        ),
    )
    .assumed(),
];
