//! The lists that NetMile gives back.

use std::fmt;

use super::fault::{FileFault, FileFaultKind, FileFaults, FileField};
use super::header::{self, First};
use super::text::decode;
use crate::money::Miles;
use crate::secret::SecretText;
use crate::wire::csv::{CsvDecoder, CsvLimits, CsvRecord};

/// Most rows of a list.
pub const MAX_RESULT_ROWS: u64 = 10_000_000;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResultKind {
    /// 登録完了リスト: what was issued.
    Completed,
    /// エラーリスト: what was not, with the code.
    Errors,
    /// ポイント交換結果: rows that failed, with the code.
    Exchange,
}

impl ResultKind {
    const fn columns(self) -> usize {
        header::of_result(self).len()
    }

    /// Whether rows have a code.
    #[must_use]
    pub const fn has_code(self) -> bool {
        !matches!(self, Self::Completed)
    }
}

/// A row of a list. In error lists the first three values are what was uploaded, whatever that is.
///
/// `Debug` shows the code only: the rest is personal.
#[derive(Clone, PartialEq, Eq)]
pub struct ResultRow {
    /// Line of the file, from 1; of no meaning where it is written.
    pub line: u64,
    /// Mail address or user id.
    pub user: String,
    /// 指定キー.
    pub key: String,
    /// Miles as they stand there; digits in a completed list.
    pub miles: String,
    /// A password that NetMile made, where the contract has that.
    pub password: SecretText,
    /// 氏名(氏).
    pub last_name: String,
    /// 氏名(名).
    pub first_name: String,
    /// Five digits, in the lists that have them.
    pub code: Option<String>,
}

impl ResultRow {
    /// A row with the three columns of the upload, and the code if it failed.
    #[must_use]
    pub fn new(
        user: impl Into<String>,
        key: impl Into<String>,
        miles: impl Into<String>,
        code: Option<&str>,
    ) -> Self {
        Self {
            line: 0,
            user: user.into(),
            key: key.into(),
            miles: miles.into(),
            password: SecretText::new(""),
            last_name: String::new(),
            first_name: String::new(),
            code: code.map(str::to_owned),
        }
    }

    /// The miles, if they are a whole number of at most 19 digits.
    #[must_use]
    pub fn miles(&self) -> Option<Miles> {
        let digits = (1..=19).contains(&self.miles.len());
        let digits = digits && self.miles.bytes().all(|b| b.is_ascii_digit());
        digits
            .then(|| self.miles.parse().ok().map(Miles::new))
            .flatten()
    }
}

impl fmt::Debug for ResultRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResultRow(line {}, code {:?})", self.line, self.code)
    }
}

/// Reads a list that arrives in pieces; any way of cutting it gives the same. Rows come while it is fed, but nothing
/// may be done with them before [`finish`](Self::finish) said that the file is whole.
///
/// Every line has to end, the last one too: a list that was cut would tell of fewer rows, or of another value. One that was
/// cut behind the end of a line looks whole: that shows in the count of its rows only.
///
/// ```
/// use netmile::miles::file::{ResultKind, ResultReader};
/// let file = b"nobody@example.jp,C0009,500,41053\r\n";
/// let rows = ResultReader::read(ResultKind::Exchange, file)?;
/// assert_eq!(rows[0].code.as_deref(), Some("41053"));
/// # Ok::<(), netmile::Error>(())
/// ```
pub struct ResultReader {
    decoder: CsvDecoder,
    sheet: Sheet,
}

struct Sheet {
    kind: ResultKind,
    started: bool,
    is_lost: bool,
    last_line: u64,
    faults: FileFaults,
}

impl ResultReader {
    /// Starts a file.
    #[must_use]
    pub fn new(kind: ResultKind) -> Self {
        let limits = CsvLimits {
            max_records: MAX_RESULT_ROWS + 1,
            ..CsvLimits::default()
        };
        Self {
            decoder: CsvDecoder::new(b',', limits),
            sheet: Sheet {
                kind,
                started: false,
                is_lost: false,
                last_line: 1,
                faults: FileFaults::default(),
            },
        }
    }

    /// Takes the next bytes and hands out the rows that they complete, as long as nothing is wrong.
    pub fn feed(&mut self, bytes: &[u8], take: &mut impl FnMut(ResultRow)) {
        let sheet = &mut self.sheet;
        if sheet.is_lost {
            return;
        }
        let fed = self.decoder.feed(bytes, &mut |record| {
            if let Some(row) = sheet.row(&record) {
                take(row);
            }
        });
        if let Err(fault) = fed {
            sheet.lose(fault.into());
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// All faults: the rows that were handed out are not to be used then.
    pub fn finish(mut self, take: &mut impl FnMut(ResultRow)) -> Result<(), FileFaults> {
        let sheet = &mut self.sheet;
        if !sheet.is_lost {
            let ended = self.decoder.finish(&mut |record| {
                if let Some(row) = sheet.row(&record) {
                    take(row);
                }
            });
            match ended {
                Ok(end) if !end.ends_with_newline && !sheet.is_lost => {
                    let kind = FileFaultKind::Unterminated;
                    sheet.faults.push(FileFault::row(sheet.last_line, kind));
                }
                Ok(_) => {}
                Err(fault) => sheet.lose(fault.into()),
            }
        }
        if sheet.faults.is_empty() {
            Ok(())
        } else {
            Err(self.sheet.faults)
        }
    }

    /// Reads a whole file in memory. A list of no rows is fine.
    ///
    /// # Errors
    /// All faults.
    pub fn read(kind: ResultKind, file: &[u8]) -> Result<Vec<ResultRow>, FileFaults> {
        let mut rows = Vec::new();
        let mut take = |row| rows.push(row);
        let mut reader = Self::new(kind);
        reader.feed(file, &mut take);
        reader.finish(&mut take)?;
        Ok(rows)
    }
}

impl fmt::Debug for ResultReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResultReader({:?})", self.decoder)
    }
}

impl Sheet {
    fn lose(&mut self, fault: FileFault) {
        self.is_lost = true;
        self.faults.push(fault);
    }

    fn row(&mut self, record: &CsvRecord<'_>) -> Option<ResultRow> {
        if self.is_lost {
            return None;
        }
        self.last_line = record.line();
        if !self.started {
            self.started = true;
            let kind = match header::look(record, header::of_result(self.kind)) {
                First::Header => return None,
                First::Data => None,
                First::Utf16 => Some(FileFaultKind::Utf16),
                First::Unmarked => Some(FileFaultKind::UnmarkedUtf8),
                First::Differs => Some(FileFaultKind::HeaderDiffers),
            };
            if let Some(kind) = kind {
                self.lose(FileFault::row(record.line(), kind));
                return None;
            }
        }
        let row = self.read(record);
        row.filter(|_| self.faults.is_empty())
    }

    fn read(&mut self, record: &CsvRecord<'_>) -> Option<ResultRow> {
        let line = record.line();
        if record.len() != self.kind.columns() {
            self.faults
                .push(FileFault::row(line, FileFaultKind::ColumnCount));
            return None;
        }
        let fields: &[FileField] = match self.kind {
            ResultKind::Completed => &ALL,
            ResultKind::Errors => &ALL_AND_CODE,
            ResultKind::Exchange => &THREE_AND_CODE,
        };
        let mut row = ResultRow::new("", "", "", None);
        row.line = line;
        let mut whole = true;
        for (at, field) in fields.iter().enumerate() {
            let cell = record.get(at).unwrap_or_default();
            let kind = match decode(cell, record.has_utf8_bom()) {
                None => Some(FileFaultKind::Characters),
                Some(text) => {
                    let text = text.into_owned();
                    let kind = self.wrong(*field, &text);
                    put(&mut row, *field, text);
                    kind
                }
            };
            if let Some(kind) = kind {
                whole = false;
                self.faults.push(FileFault {
                    line,
                    column: u16::try_from(at + 1).ok(),
                    field: Some(*field),
                    kind,
                });
            }
        }
        whole.then_some(row)
    }

    fn wrong(&self, field: FileField, text: &str) -> Option<FileFaultKind> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match field {
            FileField::Code if text.len() != 5 || !digits => Some(FileFaultKind::CodeForm),
            FileField::User if text.is_empty() && !self.kind.has_code() => {
                Some(FileFaultKind::Missing)
            }
            FileField::Miles if !(self.kind.has_code() || digits && text.len() <= 19) => {
                Some(FileFaultKind::MilesForm)
            }
            _ => None,
        }
    }
}

const ALL: [FileField; 6] = [
    FileField::User,
    FileField::DesignatedKey,
    FileField::Miles,
    FileField::Password,
    FileField::LastName,
    FileField::FirstName,
];
const ALL_AND_CODE: [FileField; 7] = [
    FileField::User,
    FileField::DesignatedKey,
    FileField::Miles,
    FileField::Password,
    FileField::LastName,
    FileField::FirstName,
    FileField::Code,
];
const THREE_AND_CODE: [FileField; 4] = [
    FileField::User,
    FileField::DesignatedKey,
    FileField::Miles,
    FileField::Code,
];

fn put(row: &mut ResultRow, field: FileField, text: String) {
    match field {
        FileField::User => row.user = text,
        FileField::DesignatedKey => row.key = text,
        FileField::Miles => row.miles = text,
        FileField::Password => row.password = SecretText::new(text),
        FileField::LastName => row.last_name = text,
        FileField::FirstName => row.first_name = text,
        FileField::Code => row.code = Some(text),
    }
}
