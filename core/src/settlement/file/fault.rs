//! What is wrong with a file, line by line.

use crate::lang::Lang;
use crate::wire::csv::{CsvFault, CsvFaultKind};
use crate::wire::faults::{Faults, FileDefect, text_at};

/// What is wrong. Says the rule, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// The bytes are no table.
    Csv(CsvFaultKind),
    /// There is no line at all.
    Empty,
    /// The header is not the one that the profile demands.
    HeaderDiffers,
    /// A column that the profile maps is not there.
    ColumnMissing,
    /// A column that the profile maps stands twice.
    ColumnTwice,
    /// The line has another number of columns than the first one.
    ColumnCount,
    /// Not in the characters that the profile says.
    Characters,
    /// The record column has a value that the profile does not know.
    UnknownRecord,
    /// The kind column has a value that the profile does not know.
    UnknownKind,
    /// The status column has a value that the profile does not know.
    UnknownStatus,
    /// The method column has a name that the profile does not know and that is no tag.
    UnknownMethod,
    /// Blank where something must stand.
    Missing,
    /// Not 1 to 11 digits, with a sign where the profile has one.
    NotAnAmount,
    /// A movement of no yen.
    ZeroAmount,
    /// The sign does not fit the kind.
    Sign,
    /// Not a whole number.
    NotANumber,
    /// Not a date as the profile writes it.
    NotADate,
    /// A movement outside the period of the file.
    OutsidePeriod,
    /// Not 1 to 64 printable characters of ASCII without blanks.
    NotAnId,
    /// A number that a spreadsheet rounded, such as `1.23E+13`.
    SpreadsheetNumber,
    /// Neither `order_id` nor `tracking_id`.
    NoId,
    /// Only one of the two parts.
    OnePart,
    /// The two parts are not the amount.
    PartsDiffer,
    /// The net is not amount less commission.
    NetDiffers,
    /// No last line with sums: the file was cut.
    TrailerMissing,
    /// Something follows the line with sums.
    AfterTrailer,
    /// A sum of the last line is not the sum of the lines: lines are missing or doubled.
    TrailerSum,
    /// The last line has no line end: the file may have been cut.
    Unterminated,
    /// More than a thousand lines about the payout.
    TooManyPayouts,
}

impl FaultKind {
    /// The rule that was broken.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Self::Csv(kind) => return kind.text(lang),
            Self::Empty => ("the file is empty", "ファイルが空です"),
            Self::HeaderDiffers => (
                "the header is not the one of this profile",
                "見出し行がプロファイルと異なります",
            ),
            Self::ColumnMissing => (
                "the column is not in the header",
                "見出し行に列がありません",
            ),
            Self::ColumnTwice => ("the column stands twice", "同じ列が 2 つあります"),
            Self::ColumnCount => (
                "the line has another number of columns than the first one; it may have been cut",
                "列数が先頭行と異なります。行が途切れている可能性があります",
            ),
            Self::Characters => (
                "is not in the character set of this profile",
                "文字コードがプロファイルと異なります",
            ),
            Self::UnknownRecord => (
                "is a record that this profile does not know",
                "プロファイルにないレコード区分です",
            ),
            Self::UnknownKind => (
                "is a kind that this profile does not know",
                "プロファイルにない取引種別です",
            ),
            Self::UnknownStatus => (
                "is a status that this profile does not know",
                "プロファイルにない状態です",
            ),
            Self::UnknownMethod => (
                "is a payment method that this profile does not know",
                "プロファイルにない決済手段です",
            ),
            Self::Missing => ("must not be blank", "値がありません"),
            Self::NotAnAmount => (
                "must be an amount of 1 to 11 digits",
                "金額は 11 桁以内の数字でなければなりません",
            ),
            Self::ZeroAmount => ("must not be zero", "0 円の取引は記載できません"),
            Self::Sign => (
                "the sign does not fit sale or refund",
                "符号が売上・返金の別と合いません",
            ),
            Self::NotANumber => ("must be a whole number", "整数でなければなりません"),
            Self::NotADate => (
                "must be a date in the format of this profile",
                "日時がプロファイルの書式と異なります",
            ),
            Self::OutsidePeriod => (
                "is outside the period of the file",
                "ファイルの対象期間外の日時です",
            ),
            Self::NotAnId => (
                "must be at most 64 printable ASCII characters",
                "64 文字以内の半角英数記号でなければなりません",
            ),
            Self::SpreadsheetNumber => (
                "was rounded by a spreadsheet program; use the file as it was downloaded",
                "表計算ソフトで数値が丸められています。ダウンロードしたままのファイルを使用してください",
            ),
            Self::NoId => (
                "must have an order_id or a tracking_id",
                "order_id と tracking_id のどちらもありません",
            ),
            Self::OnePart => (
                "must have both the NetMile part and the PayPal part, or neither",
                "ネットマイル分と PayPal 分は、両方を記載するか、両方を空にしてください",
            ),
            Self::PartsDiffer => (
                "the NetMile part and the PayPal part must add up to the amount",
                "ネットマイル分と PayPal 分の合計が金額と一致しません",
            ),
            Self::NetDiffers => (
                "must be amount less commission (negative for a refund)",
                "差引額が「金額 − 手数料」（返金は負数）と一致しません",
            ),
            Self::TrailerMissing => (
                "the last line with the sums is missing: the file was cut",
                "合計行がありません（ファイルが途切れています）",
            ),
            Self::AfterTrailer => (
                "stands after the line with the sums",
                "合計行より後ろに行があります",
            ),
            Self::TrailerSum => (
                "differs from the sum of the lines: lines are missing or doubled",
                "明細の合計と一致しません。明細の欠落または重複があります",
            ),
            Self::Unterminated => (
                "the last line does not end: the file may have been cut",
                "最終行に改行がありません。ファイルが途切れている可能性があります",
            ),
            Self::TooManyPayouts => (
                "the file has more than 1,000 payout lines",
                "入金行が 1,000 行を超えています",
            ),
        };
        lang.pick(en, ja)
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1; of the end of the file its last line.
    pub line: u64,
    /// Column, from 1, if it is about one.
    pub column: Option<u16>,
    /// Field, if it is about one: the name in [`Columns`](super::Columns).
    pub field: Option<&'static str>,
    /// What is wrong.
    pub kind: FaultKind,
}

impl Fault {
    /// Place and rule, for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let place = (self.line, self.column);
        text_at(lang, place, self.field, self.kind.text(lang))
    }
}

impl FileDefect for Fault {
    const FILE: &'static str = "statement";

    fn text(&self, lang: Lang) -> String {
        Self::text(self, lang)
    }
}

impl From<CsvFault> for Fault {
    fn from(fault: CsvFault) -> Self {
        Self {
            line: fault.line,
            column: None,
            field: None,
            kind: FaultKind::Csv(fault.kind),
        }
    }
}

/// All that is wrong with a statement. Nothing of it may be used.
pub type StatementFaults = Faults<Fault>;
