//! The published 5-digit codes. Table and number together are the key; the texts are our own.

use serde::{Deserialize, Serialize};

/// Which table a code is from.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// 手動発行.
    Manual,
    /// 自動発行.
    Automatic,
}

macro_rules! codes {
    ($($name:ident $table:ident $number:literal $text:literal $english:literal)*) => {
        /// A code of one of the two tables.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "named after table and number")]
        pub enum Code { $($name),* }

        impl Code {
            /// Every row of both tables.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The table it is from.
            #[must_use]
            pub const fn table(self) -> Table {
                match self { $(Self::$name => Table::$table),* }
            }

            /// Five digits.
            #[must_use]
            pub const fn number(self) -> &'static str {
                match self { $(Self::$name => $number),* }
            }

            /// What it means, in Japanese.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What it means, in English.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english),* }
            }
        }
    };
}

codes! {
    M12006 Manual "12006" "マイル数がキャンペーンの発行ルールに合いません。"
        "The miles do not follow the rule of the campaign."
    M19013 Manual "19013" "メールアドレスの形式に誤りがあります。"
        "The mail address is not right."
    M19014 Manual "19014" "指定キーに誤りがあります。"
        "The designated key is not right."
    M19015 Manual "19015" "マイル数に誤りがあります。"
        "The number of miles is not right."
    M41023 Manual "41023" "マイルを受け取れる会員ではありません。"
        "This member cannot get miles."
    M41053 Manual "41053" "該当する会員が見つかりません。"
        "There is no such member."
    M42030 Manual "42030" "キャンペーンが有効な状態ではありません。"
        "The campaign is not in force."
    M44019 Manual "44019" "マイル発行期間の前か後です。"
        "It is before or after the issue period."
    M44038 Manual "44038" "この会員への発行回数がキャンペーンの上限に達しています。"
        "This member has had miles of the campaign as often as one may."
    M44039 Manual "44039" "この会員への本日の発行回数が上限に達しています。"
        "This member has had miles today as often as one may."
    A11007 Automatic "11007" "指定キーに誤りがあります。"
        "The designated key is not right."
    A11008 Automatic "11008" "対象のキャンペーンがありません。"
        "There is no such campaign."
    A11022 Automatic "11022" "入力されたメールアドレスの会員が見つかりません。"
        "There is no member with this mail address."
    A12004 Automatic "12004" "キャンペーンがまだ承認されていません。"
        "The campaign is not approved yet."
    A12005 Automatic "12005" "キャンペーンが加盟サイトのものではありません。"
        "The campaign is not one of this site."
    A12006 Automatic "12006" "マイル数がキャンペーンの発行ルールに反しています。"
        "The miles do not follow the rule of the campaign."
    A13005 Automatic "13005" "暗号化パラメーターに誤りがあります。"
        "The check value is not right."
    A13006 Automatic "13006" "キャンペーンが終了しているか、停止しています。"
        "The campaign is over or suspended."
    A13011 Automatic "13011" "加盟サイトIDに誤りがあります。"
        "The site ID is not right."
    A20012 Automatic "20012" "マイルの発行中に問題が起きました。"
        "Something went wrong while the miles were issued."
    A44038 Automatic "44038" "このキャンペーンでの獲得回数が上限に達しています。"
        "You have had miles of this campaign as often as one may."
    A44039 Automatic "44039" "本日の獲得回数が上限に達しています。"
        "You have had miles today as often as one may."
    A44040 Automatic "44040" "マイル発行期間外です。"
        "It is outside the issue period."
}

impl Code {
    /// The code of a table.
    #[must_use]
    pub fn find(table: Table, number: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|code| code.table() == table && code.number() == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_numbers_make_twenty_three_rows() {
        let numbers: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.number()).collect();
        assert_eq!((numbers.len(), Code::ALL.len()), (20, 23));
        for code in Code::ALL {
            assert_eq!(Code::find(code.table(), code.number()), Some(*code));
            assert!(code.english().is_ascii() && !code.text().is_ascii());
        }
    }
}
