//! The faults of an upload as a file for Excel.

use super::ResultRow;
use super::text::{cp932_for_people, harmless};
use super::upload::FaultyRow;
use super::write::quoted;
use super::{FileEncoding, UploadKind};
use crate::lang::Lang;
use crate::miles::codes::{Table, lookup};

/// Writes the faults of an upload as a table that Excel opens: a row for each fault, with line, column, field, rule, the
/// code that NetMile would give, and the three cells as they stand in the file.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front; what CP932 does not have is named, such
/// as `[U+1F363]`. It holds personal data.
///
/// ```
/// use netmile::Lang;
/// use netmile::miles::file::{Checked, ErrorFile, FileEncoding, UploadKind, UploadReader, UploadRules};
/// let errors = ErrorFile::new(UploadKind::Mail, Lang::En, FileEncoding::Utf8);
/// let mut file = errors.header();
/// let mut take = |checked: Checked<'_>| {
///     if let Checked::Faulty(row) = checked {
///         errors.append(&mut file, &row);
///     }
/// };
/// let mut reader = UploadReader::new(UploadRules::new(UploadKind::Mail));
/// reader.feed(b"=1+1,C1,100\r\n", &mut take);
/// reader.finish(&mut take);
/// let text = std::str::from_utf8(&file).unwrap();
/// assert!(text.ends_with(
///     "1,1,mail address,must be a mail address in half-width characters,19013,'=1+1,C1,100\r\n"
/// ));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ErrorFile {
    kind: UploadKind,
    lang: Lang,
    encoding: FileEncoding,
}

impl ErrorFile {
    /// A table about uploads of this kind.
    #[must_use]
    pub const fn new(kind: UploadKind, lang: Lang, encoding: FileEncoding) -> Self {
        Self {
            kind,
            lang,
            encoding,
        }
    }

    /// What the file begins with.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let mut out = self.encoding.mark().to_vec();
        let lang = self.lang;
        let names = [
            lang.pick("line", "行"),
            lang.pick("column", "列"),
            lang.pick("field", "項目"),
            lang.pick("fault", "エラー内容"),
            lang.pick("code", "コード"),
            self.kind.user_label(lang),
            lang.pick("designated key", "指定キー"),
            lang.pick("miles", "マイル数"),
        ];
        self.record(&mut out, &names.map(str::to_owned));
        out
    }

    /// Adds a row for each fault.
    pub fn append(&self, out: &mut Vec<u8>, row: &FaultyRow<'_>) {
        let lang = self.lang;
        let value = |column| row.value(column).unwrap_or_default();
        for fault in row.faults {
            let field = match fault.field {
                Some(super::FileField::User) => self.kind.user_label(lang),
                Some(field) => field.label(lang),
                None => "",
            };
            let column = fault.column.map_or_else(String::new, |c| c.to_string());
            self.record(
                out,
                &[
                    fault.line.to_string(),
                    column,
                    field.to_owned(),
                    fault.kind.text(lang).to_owned(),
                    fault.code(self.kind).unwrap_or_default().to_owned(),
                    value(1),
                    value(2),
                    value(3),
                ],
            );
        }
    }

    fn record(&self, out: &mut Vec<u8>, cells: &[String; 8]) {
        record(self.encoding, out, cells);
    }
}

/// Writes rows that NetMile refused as a table that Excel opens: the three columns of the upload, the code, and what it
/// means. Cells are made harmless as in [`ErrorFile`]. It holds personal data.
///
/// ```
/// use netmile::Lang;
/// use netmile::miles::file::{FileEncoding, RefusedFile, ResultRow};
/// let refused = RefusedFile::new(Lang::En, FileEncoding::Utf8);
/// let mut file = refused.header();
/// refused.append(&mut file, &ResultRow::new("nobody@example.jp", "C0009", "500", Some("41053")));
/// assert!(String::from_utf8(file).unwrap().ends_with(
///     "nobody@example.jp,C0009,500,41053,NetMile has no member with this mail address or user id.\r\n"
/// ));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RefusedFile {
    lang: Lang,
    encoding: FileEncoding,
}

impl RefusedFile {
    /// A table of refused rows.
    #[must_use]
    pub const fn new(lang: Lang, encoding: FileEncoding) -> Self {
        Self { lang, encoding }
    }

    /// What the file begins with.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let mut out = self.encoding.mark().to_vec();
        let lang = self.lang;
        let names = [
            lang.pick("mail address or user id", "メールアドレス・ユーザーID"),
            lang.pick("designated key", "指定キー"),
            lang.pick("miles", "マイル発行数"),
            lang.pick("code", "エラー"),
            lang.pick("meaning", "エラー内容"),
        ];
        record(self.encoding, &mut out, &names.map(str::to_owned));
        out
    }

    /// Adds a row.
    pub fn append(&self, out: &mut Vec<u8>, row: &ResultRow) {
        let code = row.code.clone().unwrap_or_default();
        let meaning = lookup(Table::Manual, &code).map_or("", |row| row.meaning.text(self.lang));
        let cells = [
            row.user.clone(),
            row.key.clone(),
            row.miles.clone(),
            code,
            meaning.to_owned(),
        ];
        record(self.encoding, out, &cells);
    }
}

fn record(encoding: FileEncoding, out: &mut Vec<u8>, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        let cell = harmless(cell);
        match encoding {
            FileEncoding::Cp932 => quoted(out, &cp932_for_people(&cell)),
            FileEncoding::Utf8 => quoted(out, cell.as_bytes()),
        }
    }
    out.extend_from_slice(b"\r\n");
}
