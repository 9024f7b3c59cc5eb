//! Words and numbers that several pages use.

use netmile::charge::{Charge, ChargePhase, Kind, OpenReason, Step};
use netmile::contract::Terminal;
use netmile::operation::Rejection;
use netmile::purchase::{Phase, ReviewReason};
use netmile::time::Timestamp;
use netmile::{ErrorKind, Lang, Miles, Yen};

use crate::{card, own, slip};

/// `1,200円` or `¥1,200`.
pub(super) fn yen(lang: Lang, yen: Yen) -> String {
    let number = grouped(yen.get());
    match lang {
        Lang::Ja => format!("{number}円"),
        Lang::En => format!("¥{number}"),
    }
}

/// `2,400マイル` or `2,400 miles`.
pub(super) fn miles(lang: Lang, miles: Miles) -> String {
    let number = grouped(miles.get());
    match lang {
        Lang::Ja => format!("{number}マイル"),
        Lang::En if number == "1" => "1 mile".to_owned(),
        Lang::En => format!("{number} miles"),
    }
}

/// `1,200ポイント` or `1,200 points`.
pub(super) fn points(lang: Lang, points: u64) -> String {
    let number = grouped(points);
    match lang {
        Lang::Ja => format!("{number}ポイント"),
        Lang::En if number == "1" => "1 point".to_owned(),
        Lang::En => format!("{number} points"),
    }
}

pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `2026-01-02 03:04`, Japanese time.
pub(super) fn instant(at: Timestamp) -> String {
    let text = at.to_string().replace('T', " ");
    text.get(..16).unwrap_or_default().to_owned()
}

pub(super) const fn terminal(lang: Lang, terminal: Terminal) -> &'static str {
    match terminal {
        Terminal::Pc => lang.pick("Personal computer", "パソコン"),
        Terminal::Smartphone => lang.pick("Smartphone", "スマートフォン"),
        Terminal::FeaturePhone => lang.pick("Feature phone", "携帯電話（フィーチャーフォン）"),
    }
}

/// How a message looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Wait,
    Bad,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Good => "note good",
            Self::Wait => "note wait",
            Self::Bad => "note bad",
        }
    }
}

/// What a phase means to the customer: a word, a sentence. Only `Paid` is called paid.
pub(super) fn phase(lang: Lang, phase: Option<Phase>) -> (Tone, &'static str, &'static str) {
    let (tone, en, ja, more_en, more_ja) = match phase {
        None | Some(Phase::Open) => (
            Tone::Wait,
            "Not paid yet",
            "お支払い前",
            "Your order is reserved. Please go on to the payment.",
            "ご注文を承りました。お支払いへお進みください。",
        ),
        Some(Phase::AwaitingNotice) => (
            Tone::Wait,
            "Being confirmed",
            "お支払いを確認中",
            "We are waiting for the payment company's confirmation. Please do not pay again.",
            "決済会社からの連絡を待っています。もう一度お支払いにならないでください。",
        ),
        Some(Phase::AwaitingDeposit) => (
            Tone::Wait,
            "Waiting for your deposit",
            "ご入金待ち",
            "Please deposit the amount as the slip says.",
            "払込票の案内に従ってご入金ください。",
        ),
        Some(Phase::Paid) => (
            Tone::Good,
            "Paid",
            "支払い済み",
            "Thank you. Your payment has been confirmed.",
            "お支払いを確認しました。ありがとうございます。",
        ),
        Some(Phase::PaidLate) => (
            Tone::Wait,
            "Payment under review",
            "お支払いを確認しています",
            "Your payment arrived after the order was cancelled. Our staff will contact you.",
            "ご注文の取り消し後にお支払いが届きました。担当者が確認してご連絡します。",
        ),
        Some(Phase::PaidTwice) => (
            Tone::Bad,
            "Paid twice",
            "二重のお支払い",
            "Two payments arrived for this order. Our staff will refund one of them.",
            "このご注文に二度お支払いいただきました。担当者が一方を返金します。",
        ),
        Some(Phase::NeedsReview) => (
            Tone::Bad,
            "Payment under review",
            "お支払いを確認しています",
            "Our staff is looking into your payment. Please do not pay again.",
            "担当者がお支払いの状況を確認しています。もう一度お支払いにならないでください。",
        ),
        Some(Phase::RefundRequested) => (
            Tone::Wait,
            "Refund in progress",
            "返金手続き中",
            "Your refund has been requested. Our staff carries it out.",
            "返金のご依頼を承りました。担当者が手続きを行います。",
        ),
        Some(Phase::Refunded) => (
            Tone::Good,
            "Refunded",
            "返金済み",
            "Your payment has been refunded in full.",
            "お支払いの全額を返金しました。",
        ),
        Some(Phase::GivenUp) => (
            Tone::Wait,
            "Cancelled",
            "取り消し済み",
            "This order has been cancelled. Nothing was paid.",
            "このご注文は取り消されました。お支払いはありません。",
        ),
        Some(_) => (
            Tone::Wait,
            "In progress",
            "処理中",
            "Please look again later.",
            "しばらくしてからもう一度ご確認ください。",
        ),
    };
    (tone, lang.pick(en, ja), lang.pick(more_en, more_ja))
}

/// What the state of a charge on an own screen means to the customer. Only `Paid` is called paid.
pub(super) fn charge(lang: Lang, charge: &Charge) -> (Tone, &'static str, &'static str) {
    let (tone, en, ja, more_en, more_ja) = match charge.phase {
        _ if charge.review.is_some() => return phase(lang, Some(Phase::NeedsReview)),
        ChargePhase::Prepared => return phase(lang, None),
        ChargePhase::Reserved => (
            Tone::Wait,
            "Being confirmed",
            "お支払いを確認中",
            "Your payment was accepted and is being completed. Please do not pay again.",
            "お支払いを受け付け、手続きを進めています。もう一度お支払いにならないでください。",
        ),
        ChargePhase::Active => (
            Tone::Good,
            "Subscribed",
            "お申し込み済み",
            "Thank you. The price is taken on the first day of each month.",
            "ありがとうございます。代金は毎月1日に引き落とされます。",
        ),
        ChargePhase::Ended => (
            Tone::Wait,
            "Ended",
            "解約済み",
            "Your subscription has ended. Nothing more is charged.",
            "購読は終了しました。今後のご請求はありません。",
        ),
        ChargePhase::Expired => (
            Tone::Bad,
            "Not paid in time",
            "お支払い期限切れ",
            "The slip was not paid in time. The order has been cancelled, nothing was paid.",
            "期限までにご入金がなかったため、ご注文は取り消されました。お支払いはありません。",
        ),
        ChargePhase::Unknown | ChargePhase::Authorised => (
            Tone::Wait,
            "Being confirmed",
            "お支払いを確認中",
            "The payment company's answer did not reach us. We are asking what became of it. Please do not pay again.",
            "決済会社からの応答が届かなかったため、結果を確認しています。もう一度お支払いにならないでください。",
        ),
        ChargePhase::PartlyRefunded => (
            Tone::Good,
            "Partly refunded",
            "一部返金済み",
            "A part of your payment has been refunded.",
            "お支払いの一部を返金しました。",
        ),
        _ if own::is_refused(charge) => (
            Tone::Bad,
            "Not paid",
            "お支払い未完了",
            "The payment was not made. Nothing was charged.",
            "お支払いは完了していません。代金は引き落とされていません。",
        ),
        ChargePhase::NeedsReview => return phase(lang, Some(Phase::NeedsReview)),
        ended => return phase(lang, Some(ended.as_purchase())),
    };
    (tone, lang.pick(en, ja), lang.pick(more_en, more_ja))
}

/// A contract whose periods the shop charges: nothing was paid by applying for it.
pub(super) const fn applied(lang: Lang) -> (Tone, &'static str, &'static str) {
    (
        Tone::Good,
        lang.pick("Subscribed", "お申し込み済み"),
        lang.pick(
            "Thank you. What is charged each month stands below.",
            "ありがとうございます。毎月のご請求は下に表示されます。",
        ),
    )
}

/// How a charge is paid, by the method's tag.
pub(super) fn method(lang: Lang, tag: &str) -> &str {
    match tag {
        own::METHOD => lang.pick("NetMile", "ネットマイル"),
        card::METHOD => lang.pick("Card", "カード"),
        slip::METHOD => lang.pick("Convenience store", "コンビニ"),
        other => other,
    }
}

/// What was asked of the gateway.
pub(super) const fn step(lang: Lang, step: Step) -> &'static str {
    match step {
        Step::Request => lang.pick("payment request", "決済要求"),
        Step::Commit => lang.pick("commit", "確定"),
        Step::Capture => lang.pick("capture", "売上"),
        Step::Refund => lang.pick("cancel or refund", "取消・返金"),
        Step::PartialRefund => lang.pick("refund of a part", "一部返金"),
        Step::RefundMonth => lang.pick("refund of a month", "月次分の返金"),
        Step::End => lang.pick("end of the subscription", "解約"),
        other => other.name(),
    }
}

/// What the shop wrote down about an event. In other words than the state of the order, which is said above it.
pub(super) fn event(lang: Lang, kind: &str) -> &str {
    match kind {
        "paid" => lang.pick("payment confirmed", "入金の確認"),
        "paid_undelivered" => {
            lang.pick("payment confirmed, nothing sent", "入金の確認（発送なし）")
        }
        "paid_late" => lang.pick("paid late", "取り消し後の入金"),
        "paid_twice" => lang.pick("paid twice", "二重払い"),
        "reserved" => lang.pick("amount reserved", "与信済み"),
        "awaiting_deposit" => lang.pick("slip issued", "払込票の発行"),
        "deposit_expired" => lang.pick("slip expired", "払込票の期限切れ"),
        "attempt_failed" => lang.pick("payment failed", "支払いの失敗"),
        "attempt_cancelled" => lang.pick("customer turned back", "支払いの中止"),
        "needs_review" => lang.pick("under review", "担当者の確認待ち"),
        "refund_requested" => lang.pick("refund asked for", "返金の依頼"),
        "refunded" => lang.pick("refund carried out", "返金の完了"),
        "partly_refunded" => lang.pick("partial refund carried out", "一部返金の完了"),
        "refund_withdrawn" => lang.pick("refund withdrawn", "返金の取りやめ"),
        "contract_started" => lang.pick("subscription began", "購読の開始"),
        "contract_ended" => lang.pick("subscription ended", "購読の終了"),
        "cancelled" => lang.pick("cancelled", "取り消し"),
        "given_up" => lang.pick("order cancelled", "注文の取り消し"),
        other => other,
    }
}

/// The period that a charge is for, such as `2026-02`.
pub(super) fn period(charge: &Charge) -> &str {
    match &charge.kind {
        Kind::Period { period, .. } => period,
        _ => "",
    }
}

/// Why the gateway refused a charge on the own screen, in the customer's words.
pub(super) fn rejection(lang: Lang, rejection: &Rejection) -> String {
    let missing = rejection.detail("short_miles").and_then(|n| n.parse().ok());
    match (missing, lang) {
        (Some(missing), Lang::En) => format!(
            "Nothing was charged: {} are missing.",
            miles(lang, Miles::new(missing))
        ),
        (Some(missing), Lang::Ja) => format!(
            "{}不足しているため、お支払いできませんでした。マイルは使われていません。",
            miles(lang, Miles::new(missing))
        ),
        (None, Lang::En) => format!(
            "The payment was not made. Nothing was charged. [{}]",
            rejection.code
        ),
        (None, Lang::Ja) => format!(
            "お支払いできませんでした。代金は引き落とされていません。[{}]",
            rejection.code
        ),
    }
}

/// Why a person must look, for the desk.
pub(super) fn review(lang: Lang, reason: ReviewReason) -> &'static str {
    match reason {
        ReviewReason::NoticeMissing => lang.pick(
            "The browser came back with a success, and no notice followed.",
            "ブラウザは支払い完了で戻りましたが、結果通知が届いていません。",
        ),
        ReviewReason::ShopRefused => lang.pick(
            "The shop answered the notice with NG. The customer's miles are spent.",
            "店舗が結果通知に NG を返しました。お客さまのマイルは使用済みです。",
        ),
        ReviewReason::Contradiction => lang.pick(
            "The browser and the notice say opposite things.",
            "ブラウザと結果通知の内容が食い違っています。",
        ),
        _ => lang.pick(
            "The deposited sum does not fit.",
            "入金額が一致していません。",
        ),
    }
}

/// Why a person is called for a charge.
pub(super) fn open_reason(lang: Lang, reason: Option<OpenReason>) -> &'static str {
    match reason {
        Some(OpenReason::Contradiction) => lang.pick(
            "The gateway's records contradict what is known here. Please look on the management page.",
            "決済ゲートウェイの記録がお店の記録と一致しません。管理画面でご確認ください。",
        ),
        Some(OpenReason::DepositSum) => lang.pick(
            "What was deposited is not the amount asked. Please settle the difference with the customer.",
            "入金額がご請求額と一致しません。差額についてお客さまとご確認ください。",
        ),
        _ => lang.pick(
            "No answer, notice or inquiry says what happened. Please look on the management page.",
            "応答・通知・照会のいずれでも結果を確認できません。管理画面でご確認ください。",
        ),
    }
}

/// What the last step has to tell, by its code in the address. Other codes say nothing.
pub(super) fn said(lang: Lang, code: &str) -> Option<(Tone, String)> {
    let (tone, en, ja) = match code {
        "basket" => (
            Tone::Good,
            "Your basket has been updated.",
            "買い物かごを更新しました。",
        ),
        "basket_empty" => (Tone::Wait, "Your basket is empty.", "買い物かごは空です。"),
        "terminal" => (
            Tone::Bad,
            "Please choose the device you will pay with.",
            "お支払いに使う端末をお選びください。",
        ),
        "stale" => (
            Tone::Bad,
            "This page was out of date. Please check your order again.",
            "画面の期限が切れていました。ご注文内容をもう一度ご確認ください。",
        ),
        "unreadable_return" => (
            Tone::Wait,
            "Welcome back. What your browser brought could not be read, or is too old; the list below is right all the same.",
            "お帰りなさい。ブラウザから届いた内容を確認できませんでしたが（期限切れなど）、下の一覧は正しい状態を示しています。",
        ),
        "wrong_password" => (
            Tone::Bad,
            "The password is wrong.",
            "パスワードが違います。",
        ),
        "reference" => (
            Tone::Bad,
            "Please say who carried the refund out.",
            "返金を実行した担当者を入力してください。",
        ),
        "tracking_id" => (
            Tone::Bad,
            "The tracking id has 14 digits.",
            "トラッキングIDは14桁の数字です。",
        ),
        "points_spent" => (
            Tone::Bad,
            "The customer has fewer points by now. Please settle that with him first; the exchange stays on the list.",
            "お客様の残高が不足しているため、ポイントを引き落とせません。お客様とご調整のうえ、もう一度お試しください。一覧には残ります。",
        ),
        "exchange_id" => (
            Tone::Bad,
            "Please enter NetMile's number of the exchange (letters, digits, - and _).",
            "ネットマイル側の交換番号を半角英数字・ハイフン・下線で入力してください。",
        ),
        "member" => (
            Tone::Bad,
            "Please enter your NetMile user id (at most 64 characters).",
            "ネットマイル会員IDを64文字以内で入力してください。",
        ),
        "card_token" => (
            Tone::Bad,
            "The token could not be read. Please try again.",
            "トークンを読み取れませんでした。もう一度お試しください。",
        ),
        "month" => (
            Tone::Bad,
            "Please enter the month as six digits, such as 202602.",
            "対象月を6桁の数字（例：202602）で入力してください。",
        ),
        "amount" => (
            Tone::Bad,
            "Please enter the amount in yen.",
            "金額を円単位の数字で入力してください。",
        ),
        "refused" => (
            Tone::Bad,
            "The payment company refused it. Nothing changed.",
            "決済会社が受け付けませんでした。状態は変わっていません。",
        ),
        "still_open" => (
            Tone::Wait,
            "The outcome is not known yet. We look again by ourselves.",
            "結果はまだ確定していません。自動で再度照会します。",
        ),
        "done" => (Tone::Good, "Done.", "処理しました。"),
        _ => {
            let kind = ErrorKind::ALL
                .into_iter()
                .find(|kind| kind.code() == code)?;
            let lead = lang.pick("This was not possible.", "処理できませんでした。");
            let text = format!("{lead} {} [{code}]", refusal(lang, kind));
            return Some((Tone::Bad, text));
        }
    };
    Some((tone, lang.pick(en, ja).to_owned()))
}

/// Why netmile refused, in the customer's words.
const fn refusal(lang: Lang, kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotInContract => lang.pick(
            "This shop cannot take such a payment from this device. Please choose another one.",
            "お選びの端末では、このお支払い方法をご利用いただけません。ほかの端末をお選びください。",
        ),
        ErrorKind::InvalidState => lang.pick(
            "The order has moved on in the meantime. Its present state is shown here.",
            "その間にご注文の状態が変わりました。現在の状態をご確認ください。",
        ),
        _ => lang.pick(
            "Please try again later, or ask our staff.",
            "しばらくしてからもう一度お試しいただくか、担当者にお問い合わせください。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        for (amount, text) in [
            (0, "0円"),
            (999, "999円"),
            (1000, "1,000円"),
            (1_234_567, "1,234,567円"),
        ] {
            assert_eq!(yen(Lang::Ja, Yen::new(amount)), text);
        }
    }

    #[test]
    fn only_paid_is_called_paid() {
        for it in Phase::ALL {
            let (_, word, _) = phase(Lang::Ja, Some(it));
            assert_eq!(word == "支払い済み", it == Phase::Paid, "{it:?}");
        }
    }

    #[test]
    fn an_unknown_code_says_nothing() {
        assert!(said(Lang::Ja, "<script>").is_none());
        assert!(said(Lang::En, "not_in_contract").is_some());
    }
}
