//! The kinds that all methods share.

use super::kind::{KindRow, row, words};
use super::{Class, Words};

pub(super) const FIX_FIELD: Words = words(
    "Correct the value of the named field, then send a new request.",
    "該当する項目の値を修正し、新しい要求を送信してください。",
);

/// For steps that may have been done.
pub(super) const ASK_FIRST: Words = words(
    "Do not send it again. Ask what became of it (inquiry, notice, statement), then decide. If it goes on, send time and tracking_id to the gateway's support.",
    "そのまま再送しないでください。照会、通知、精算データで結果を確認してから判断してください。続く場合は、日時と tracking_id を決済代行会社のサポートに連絡してください。",
);

pub(super) const COMMON: &[KindRow] = &[
    row(
        "00",
        Class::Bug,
        words("The XML is malformed.", "XML の形式が正しくありません。"),
        words(
            "Look at the bytes that were sent: declaration, Shift_JIS, closing tags, escaped characters.",
            "送信したデータ（XML 宣言、Shift_JIS、閉じタグ、文字のエスケープ）を確認してください。",
        ),
    ),
    row(
        "01",
        Class::Configuration,
        words(
            "The payment method is not enabled for this merchant and service.",
            "このマーチャント・サービスでは、この決済手段を利用できません。",
        ),
        words(
            "Ask the payment provider to enable the method, or use the service_id that has it.",
            "決済代行会社に利用開始を依頼するか、この決済手段を契約している service_id を使用してください。",
        ),
    ),
    row(
        "02",
        Class::Bug,
        words(
            "The gateway does not know this function id.",
            "機能 ID が正しくありません。",
        ),
        words(
            "Check the id of the function in the method's data.",
            "決済手段に設定した機能 ID を確認してください。",
        ),
    ),
    row(
        "03",
        Class::Bug,
        words(
            "A required value is missing.",
            "必須の項目が設定されていません。",
        ),
        FIX_FIELD,
    ),
    row(
        "04",
        Class::Bug,
        words(
            "A value has characters that its field does not allow.",
            "項目の属性に合わない文字が含まれています。",
        ),
        FIX_FIELD,
    ),
    row(
        "05",
        Class::Bug,
        words(
            "A value is too long or too short.",
            "項目の桁数が正しくありません。",
        ),
        FIX_FIELD,
    ),
    row(
        "06",
        Class::Bug,
        words(
            "A value does not have the form of its field.",
            "項目の形式が正しくありません。",
        ),
        FIX_FIELD,
    ),
    row(
        "07",
        Class::Bug,
        words(
            "A value lies outside the range of its field.",
            "項目の値が範囲外です。",
        ),
        FIX_FIELD,
    ),
    row(
        "09",
        Class::Configuration,
        words("The hash does not match.", "ハッシュ値が一致しません。"),
        words(
            "Check that the hash key belongs to this merchant, service and environment, then the order of the fields and the charset.",
            "ハッシュキーがこのマーチャント・サービス・環境のものか確認し、次に項目の順序と文字コードを確認してください。",
        ),
    ),
    row(
        "10",
        Class::Retryable,
        words(
            "The request arrived outside its validity time.",
            "要求の有効時間を過ぎているか、日時がずれています。",
        ),
        words(
            "Set the server clock by NTP. A new request with a new request_date is safe.",
            "NTP でサーバーの時刻を合わせてください。request_date を新しくした要求は安全に送信できます。",
        ),
    ),
    row(
        "11",
        Class::Final,
        words(
            "The transaction id is not valid for this call.",
            "この処理に使用できないトランザクション ID です。",
        ),
        words(
            "Use the id that the payment request was answered with, at the same merchant and service.",
            "決済要求の応答に含まれる ID を、同じマーチャント・サービスで使用してください。",
        ),
    ),
    row(
        "12",
        Class::Final,
        words(
            "The tracking id is not valid for this call.",
            "この処理に使用できないトラッキング ID です。",
        ),
        words(
            "Use the id that the payment request was answered with, at the same merchant and service.",
            "決済要求の応答に含まれる ID を、同じマーチャント・サービスで使用してください。",
        ),
    ),
    row(
        "13",
        Class::Bug,
        words(
            "A field was sent that must not be given here.",
            "設定してはいけない項目が設定されています。",
        ),
        words(
            "Leave the named field out, then send a new request.",
            "該当する項目を外し、新しい要求を送信してください。",
        ),
    ),
    row(
        "14",
        Class::Configuration,
        words(
            "merchant_id or service_id is wrong.",
            "merchant_id または service_id が正しくありません。",
        ),
        words(
            "Check both ids, and that they belong to this environment (test or production).",
            "両方の ID と、環境（テスト・本番）の組み合わせを確認してください。",
        ),
    ),
    row(
        "80",
        Class::UnknownOutcome,
        words(
            "A system error of the gateway.",
            "決済ゲートウェイのシステムエラーです。",
        ),
        ASK_FIRST,
    ),
    row(
        "81",
        Class::Bug,
        words(
            "A parameter error inside the gateway.",
            "決済ゲートウェイ内部でパラメーターエラーが発生しました。",
        ),
        words(
            "Check the values of the request. If the step moves money, ask what became of it before sending a new one.",
            "要求の値を確認してください。金銭が動く処理の場合は、新しい要求を送る前に結果を確認してください。",
        ),
    ),
    row(
        "83",
        Class::Final,
        words(
            "The gateway has no such record.",
            "決済ゲートウェイに該当するデータがありません。",
        ),
        words(
            "Check the ids, and that the first request reached this environment.",
            "ID と、最初の要求がこの環境に届いているかを確認してください。",
        ),
    ),
    row(
        "84",
        Class::UnknownOutcome,
        words(
            "A parameter error in the answer of the financial institution.",
            "決済機関からの応答にパラメーターエラーがあります。",
        ),
        ASK_FIRST,
    ),
    row(
        "85",
        Class::UnknownOutcome,
        words(
            "The gateway cannot reach the financial institution.",
            "決済ゲートウェイが決済機関に接続できません。",
        ),
        ASK_FIRST,
    ),
    row(
        "86",
        Class::UnknownOutcome,
        words(
            "A system error of the financial institution.",
            "決済機関のシステムエラーです。",
        ),
        ASK_FIRST,
    ),
    row(
        "90",
        Class::UnknownOutcome,
        words("A system error of the API.", "API のシステムエラーです。"),
        ASK_FIRST,
    ),
    row(
        "92",
        Class::UnknownOutcome,
        words(
            "The API cannot reach the gateway behind it.",
            "API から決済ゲートウェイに接続できません。",
        ),
        ASK_FIRST,
    ),
    row(
        "93",
        Class::Final,
        words(
            "The number of entries for this order is used up; the order stays blocked.",
            "この注文の再入力回数が上限に達しました。この注文は以後受け付けられません。",
        ),
        words(
            "Start again with a new order_id. Five tries are reported.",
            "新しい order_id でやり直してください。上限は 5 回という報告があります。",
        ),
    ),
    row(
        "94",
        Class::Final,
        words("The payment is not completed.", "決済が完了していません。"),
        words(
            "Inquire for the state of the payment, then do the missing step or end it.",
            "照会で決済の状態を確認し、残りの処理を行うか終了させてください。",
        ),
    ),
    row(
        "95",
        Class::Final,
        words(
            "The customer data do not agree with each other.",
            "顧客情報に不整合があります。",
        ),
        words(
            "Check cust_code and the stored payment data of this customer.",
            "cust_code と、この顧客に登録されている決済情報を確認してください。",
        ),
    ),
    row(
        "96",
        Class::Final,
        words(
            "A double request: the gateway has this one already.",
            "二重要求です。同じ要求をすでに受け付けています。",
        ),
        words(
            "Do not send it again; look the first one up. In answer to a re-send it shows that the first one arrived.",
            "再送せず、最初の要求の結果を確認してください。再送に対する応答であれば、最初の要求が届いていたことを示します。",
        ),
    ),
];
