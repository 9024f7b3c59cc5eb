//! Header rows.

use super::text::decode;
use super::{ResultKind, UploadKind};
use crate::wire::csv::CsvRecord;

/// What may stand at the head of each column; the first name is the one that is written.
pub(super) type Header = &'static [&'static [&'static str]];

const KEY: &[&str] = &["指定キー"];
const MILES: &[&str] = &["マイル発行数", "マイル数", "交換マイル数"];
const EXCHANGED: &[&str] = &["交換マイル数", "マイル発行数"];
const ANY_USER: &[&str] = &[
    "メールアドレス・ユーザーID",
    "メールアドレス",
    "ユーザーID",
    "携帯電話メールアドレス",
];
const NETMILE_USER: &[&str] = &["NetMileユーザID", "NetMileユーザーID"];

pub(super) const fn of_upload(kind: UploadKind) -> Header {
    match kind {
        UploadKind::Mail => &[&["メールアドレス", "PCメールアドレス"], KEY, MILES],
        UploadKind::MobileMail => &[
            &[
                "携帯電話メールアドレス",
                "携帯メールアドレス",
                "メールアドレス",
            ],
            KEY,
            MILES,
        ],
        UploadKind::UserId => &[
            &[
                "ユーザーID",
                "会員ID",
                "ユーザーID(会員ID)",
                "メールアドレス",
            ],
            KEY,
            MILES,
        ],
        UploadKind::Exchange => &[NETMILE_USER, KEY, EXCHANGED],
    }
}

pub(super) const fn of_result(kind: ResultKind) -> Header {
    const PASSWORD: &[&str] = &["パスワード"];
    const LAST: &[&str] = &["氏名(氏)"];
    const FIRST: &[&str] = &["氏名(名)"];
    match kind {
        ResultKind::Completed => &[ANY_USER, KEY, MILES, PASSWORD, LAST, FIRST],
        ResultKind::Errors => &[ANY_USER, KEY, MILES, PASSWORD, LAST, FIRST, &["エラー"]],
        ResultKind::Exchange => &[NETMILE_USER, KEY, EXCHANGED, &["エラーコード"]],
    }
}

/// What the first record of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// The header.
    Header,
    /// Nearly the header.
    Differs,
    /// The header, in UTF-8 without its mark.
    Unmarked,
    /// UTF-16.
    Utf16,
    Data,
}

pub(super) fn look(record: &CsvRecord<'_>, header: Header) -> First {
    let first = record.get(0).unwrap_or_default();
    if !record.has_utf8_bom() && (first.starts_with(b"\xFF\xFE") || first.starts_with(b"\xFE\xFF"))
    {
        return First::Utf16;
    }
    let marked = matching(record, header, record.has_utf8_bom());
    if marked == header.len() && record.len() == header.len() {
        return First::Header;
    }
    if marked > 0 {
        return First::Differs;
    }
    if !record.has_utf8_bom() && matching(record, header, true) > 0 {
        return First::Unmarked;
    }
    First::Data
}

/// How many columns have a known name.
fn matching(record: &CsvRecord<'_>, header: Header, utf8: bool) -> usize {
    record
        .fields()
        .zip(header)
        .filter(|(cell, names)| decode(cell, utf8).is_some_and(|text| names.contains(&text.trim())))
        .count()
}
