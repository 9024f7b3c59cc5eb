//! Why a movement was put where it is.

use serde::Serialize;

use super::entry::Class;
use crate::lang::Lang;

/// Why, in more detail than the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// Both say the same.
    Agrees,
    /// The gateway had refused it, and the file does not have it.
    NothingMoved,
    /// The outcome was not known; the file has it.
    FoundInFile,
    /// The outcome was not known; the file is whole and does not have it.
    AbsentFromFile,
    /// The outcome was not known, and the file can not decide it.
    NotDecided,
    /// The outcome was not known; the file does not have this one, but another sale of the same order.
    AnotherSaleInFile,
    /// A payment of an order that the journal does not know.
    UnknownOrder,
    /// A payment of an order that the journal knows as never paid.
    SaleNotRecorded,
    /// A further payment of a payment or contract that the journal knows.
    FurtherSale,
    /// A refund of a known payment, for instance by a person on the management page.
    RefundNotRecorded,
    /// A refund that may be a part of a sum of which the journal knows no times: recorded, it might count twice.
    RefundPerhapsRecorded,
    /// A refund by which more would be refunded than was paid: the journal may have it under another time.
    RefundBeyondPayment,
    /// A refund of a payment that is not known, or is not told apart from others.
    RefundOfUnknown,
    /// The journal has it, the file does not.
    NotInFile,
    /// The same, within a day of the edge of the period: it may be in the neighbouring file.
    NotInFileAtEdge,
    /// The same, of a file that does not prove that it is whole.
    NotInFileUnproven,
    /// The same, of a movement without a time: it may be of another month.
    NotInFileUndated,
    /// The yen differ.
    AmountDiffers,
    /// The gateway had refused it; the file has it all the same.
    RefusedButInFile,
    /// The file has the order under another `tracking_id`.
    OtherTracking,
    /// The file has the `tracking_id` under another order.
    OtherOrder,
    /// The payment method differs.
    OtherMethod,
    /// The state at the close does not follow from the movements.
    StateDiffers,
    /// The same line stands twice in the file.
    LineTwice,
    /// The order was paid twice, under two `tracking_id`s.
    PaidTwice,
    /// The same, and the second payment was refunded already.
    PaidTwiceAndRefunded,
    /// The order was paid twice, and the file does not tell the two apart or the journal does not know the order.
    PaidTwiceUnclear,
    /// The journal has the same movement twice.
    RecordedTwice,
    /// It lies in other days.
    OtherPeriod,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 29] = [
        Self::Agrees,
        Self::NothingMoved,
        Self::FoundInFile,
        Self::AbsentFromFile,
        Self::NotDecided,
        Self::AnotherSaleInFile,
        Self::UnknownOrder,
        Self::SaleNotRecorded,
        Self::FurtherSale,
        Self::RefundNotRecorded,
        Self::RefundPerhapsRecorded,
        Self::RefundBeyondPayment,
        Self::RefundOfUnknown,
        Self::NotInFile,
        Self::NotInFileAtEdge,
        Self::NotInFileUnproven,
        Self::NotInFileUndated,
        Self::AmountDiffers,
        Self::RefusedButInFile,
        Self::OtherTracking,
        Self::OtherOrder,
        Self::OtherMethod,
        Self::StateDiffers,
        Self::LineTwice,
        Self::PaidTwice,
        Self::PaidTwiceAndRefunded,
        Self::PaidTwiceUnclear,
        Self::RecordedTwice,
        Self::OtherPeriod,
    ];

    /// The class that it belongs to.
    #[must_use]
    pub const fn class(self) -> Class {
        match self {
            Self::Agrees | Self::NothingMoved | Self::FoundInFile => Class::Match,
            Self::UnknownOrder
            | Self::SaleNotRecorded
            | Self::FurtherSale
            | Self::RefundNotRecorded
            | Self::RefundPerhapsRecorded
            | Self::RefundBeyondPayment
            | Self::RefundOfUnknown => Class::MissingHere,
            Self::AbsentFromFile
            | Self::NotDecided
            | Self::AnotherSaleInFile
            | Self::NotInFile
            | Self::NotInFileAtEdge
            | Self::NotInFileUnproven
            | Self::NotInFileUndated => Class::MissingThere,
            Self::AmountDiffers => Class::Amount,
            Self::RefusedButInFile
            | Self::OtherTracking
            | Self::OtherOrder
            | Self::OtherMethod
            | Self::StateDiffers => Class::Status,
            Self::LineTwice
            | Self::PaidTwice
            | Self::PaidTwiceAndRefunded
            | Self::PaidTwiceUnclear
            | Self::RecordedTwice => Class::Duplicate,
            Self::OtherPeriod => Class::OutsidePeriod,
        }
    }

    /// What was found and what it means, for people.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Self::Agrees => (
                "File and journal say the same.",
                "ファイルと記録が一致しています。",
            ),
            Self::NothingMoved => (
                "The gateway had refused it, and the file does not have it.",
                "ゲートウェイに拒否された処理で、ファイルにも記載がありません。",
            ),
            Self::FoundInFile => (
                "Its outcome was not known; the file shows that it happened.",
                "結果が不明でしたが、ファイルにより処理の成立を確認しました。",
            ),
            Self::AbsentFromFile => (
                "Its outcome was not known; the file is whole and does not have it: it did not happen.",
                "結果が不明でしたが、欠落のないファイルに記載がないため、不成立と確認しました。",
            ),
            Self::NotDecided => (
                "Its outcome is not known, and this file can not decide it.",
                "結果が不明で、このファイルからは判断できません。",
            ),
            Self::AnotherSaleInFile => (
                "Its outcome is not known; the file has another payment of the same order.",
                "結果が不明で、同じ注文の別の売上がファイルにあります。",
            ),
            Self::UnknownOrder => (
                "The file has an order that the journal does not know.",
                "記録にない注文がファイルにあります。",
            ),
            Self::SaleNotRecorded => (
                "The file shows that the order was paid; the journal does not have the payment.",
                "ファイルでは支払い済みですが、支払いの記録がありません。",
            ),
            Self::FurtherSale => (
                "The file has a further payment of a known payment or contract.",
                "記録済みの支払いまたは契約について、記録にない売上がファイルにあります。",
            ),
            Self::RefundNotRecorded => (
                "The file has a refund that the journal does not; somebody may have made it on the management page.",
                "記録にない返金がファイルにあります。管理画面から返金された可能性があります。",
            ),
            Self::RefundPerhapsRecorded => (
                "The file has a refund that may be part of a sum of which the journal knows no times; ask the gateway how much was refunded in all.",
                "記録には日時の分からない返金の合計があり、この返金が含まれている可能性があります。返金の総額をゲートウェイに照会してください。",
            ),
            Self::RefundBeyondPayment => (
                "The file has a refund by which more would be refunded than was paid; the journal may have it under another date or amount.",
                "この返金を加えると支払額を超えます。別の日時または金額で記録されている可能性があります。",
            ),
            Self::RefundOfUnknown => (
                "The file has a refund of a payment that the journal does not know.",
                "記録から特定できない支払いの返金がファイルにあります。",
            ),
            Self::NotInFile => (
                "The journal has it, and the file does not.",
                "記録にありますが、ファイルに記載がありません。",
            ),
            Self::NotInFileAtEdge => (
                "The journal has it, and the file does not; it may be in the file of the neighbouring period.",
                "記録にありますが、ファイルに記載がありません。前後の期間のファイルに記載されている可能性があります。",
            ),
            Self::NotInFileUnproven => (
                "The journal has it, and the file does not; the file does not prove that it is whole.",
                "記録にありますが、ファイルに記載がありません。ファイルに欠落がないことは確認できません。",
            ),
            Self::NotInFileUndated => (
                "The journal has it without a time, and the file does not have it; it may be of another period.",
                "日時のない記録があり、ファイルに記載がありません。別の期間の処理である可能性があります。",
            ),
            Self::AmountDiffers => (
                "File and journal have different amounts.",
                "ファイルと記録の金額が異なります。",
            ),
            Self::RefusedButInFile => (
                "The gateway had refused it, but the file shows that it happened.",
                "拒否された処理として記録されていますが、ファイルでは成立しています。",
            ),
            Self::OtherTracking => (
                "The file has the order under another tracking id.",
                "同じ注文が別のトラッキングIDでファイルに記載されています。",
            ),
            Self::OtherOrder => (
                "The file has the tracking id under another order id.",
                "同じトラッキングIDが別の注文としてファイルに記載されています。",
            ),
            Self::OtherMethod => (
                "File and journal have different payment methods.",
                "ファイルと記録の決済手段が異なります。",
            ),
            Self::StateDiffers => (
                "The state in the file does not follow from the payments and refunds of either side.",
                "ファイルの状態が、売上と返金の内容と合いません。",
            ),
            Self::LineTwice => (
                "The same line stands twice in the file.",
                "ファイルに同じ明細が重複しています。",
            ),
            Self::PaidTwice => (
                "The order was paid twice; give the second payment back, unless either was given back since the close.",
                "同じ注文が二重に支払われています。締め後にどちらも返金されていないことを確認し、2 件目を返金してください。",
            ),
            Self::PaidTwiceAndRefunded => (
                "The order was paid twice, and the second payment was given back already.",
                "同じ注文が二重に支払われましたが、2 件目は返金済みです。",
            ),
            Self::PaidTwiceUnclear => (
                "The order seems to be paid twice; somebody has to look which payment is the second.",
                "同じ注文が二重に支払われた可能性があります。どちらが重複か確認してください。",
            ),
            Self::RecordedTwice => (
                "The journal has the same movement twice.",
                "同じ処理が二重に記録されています。",
            ),
            Self::OtherPeriod => (
                "It is of other days than the file.",
                "ファイルの対象期間外の処理です。",
            ),
        };
        lang.pick(en, ja)
    }
}
