//! What follows from a code.

use serde::{Deserialize, Serialize};

use super::Words;

/// What follows from a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Class {
    /// The program sent something wrong. Nothing was done; the developer acts.
    Bug,
    /// Contract, ids, keys or addresses do not fit. Nothing was done; the merchant acts.
    Configuration,
    /// The person who pays can help it: another card, more miles. Nothing was done.
    Customer,
    /// The state of the payment or contract says no. The same request will not succeed later.
    Final,
    /// Nothing was done, and a new request may succeed later. Nothing is sent again by itself.
    Retryable,
    /// It may have been done or not. Ask before anything else is sent for the same payment.
    UnknownOutcome,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 6] = [
        Self::Bug,
        Self::Configuration,
        Self::Customer,
        Self::Final,
        Self::Retryable,
        Self::UnknownOutcome,
    ];

    /// Stable name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bug => "bug",
            Self::Configuration => "configuration",
            Self::Customer => "customer",
            Self::Final => "final",
            Self::Retryable => "retryable",
            Self::UnknownOutcome => "unknown_outcome",
        }
    }

    /// What it says, in one sentence.
    #[must_use]
    pub const fn meaning(self) -> Words {
        let (en, ja) = match self {
            Self::Bug => (
                "The program sent something wrong. Nothing was done; the developer corrects it.",
                "プログラムが送信した内容に誤りがあります。処理は行われていません。開発者が修正します。",
            ),
            Self::Configuration => (
                "Contract, ids, keys or addresses do not fit. Nothing was done; the merchant corrects it.",
                "契約、ID、キー、接続元などの設定が合っていません。処理は行われていません。加盟店が設定を確認します。",
            ),
            Self::Customer => (
                "The person who pays can help it. Nothing was done.",
                "お客様の対応で解決できます。処理は行われていません。",
            ),
            Self::Final => (
                "The state of the payment or contract says no. The same request will not succeed later.",
                "決済または契約の状態により受け付けられません。同じ要求を再送しても結果は変わりません。",
            ),
            Self::Retryable => (
                "Nothing was done, and a new request may succeed later. Nothing is sent again by itself.",
                "処理は行われていません。時間をおいた新しい要求は成功する可能性があります。自動では再送されません。",
            ),
            Self::UnknownOutcome => (
                "It may have been done or not. Ask before anything else is sent for the same payment.",
                "処理されたかどうか分かりません。同じ決済について次の要求を送る前に、結果を確認します。",
            ),
        };
        Words { en, ja }
    }

    /// A word for tables.
    #[must_use]
    pub const fn label(self) -> Words {
        let (en, ja) = match self {
            Self::Bug => ("bug", "プログラムの誤り"),
            Self::Configuration => ("configuration", "契約・設定"),
            Self::Customer => ("customer", "お客様の対応"),
            Self::Final => ("final", "最終結果"),
            Self::Retryable => ("retryable", "後で再試行可"),
            Self::UnknownOutcome => ("unknown outcome", "結果不明"),
        };
        Words { en, ja }
    }
}

/// A step that a code may report as done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// Commit of an authorisation (確定).
    Commit,
    /// Capture (売上).
    Capture,
    /// Cancel before the capture (取消).
    Cancel,
    /// Refund after the capture (返金).
    Refund,
    /// End of a recurring contract (継続課金の解約).
    EndContract,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 5] = [
        Self::Commit,
        Self::Capture,
        Self::Cancel,
        Self::Refund,
        Self::EndContract,
    ];

    /// Stable name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Capture => "capture",
            Self::Cancel => "cancel",
            Self::Refund => "refund",
            Self::EndContract => "end_contract",
        }
    }
}
