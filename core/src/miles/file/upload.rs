//! The push decoder of an upload.

use std::fmt;

use super::fault::{FileFault, FileFaultKind, FileFaults, FileField};
use super::header::{self, First};
use super::plain::{self, Place, PlainRow};
use super::rules::UploadRules;
use super::{check, text};
use crate::money::Miles;
use crate::wire::csv::{CsvDecoder, CsvFault, CsvLimits, CsvRecord};

/// Columns of an upload.
const COLUMNS: usize = 3;

/// A row that keeps all rules.
///
/// `Debug` shows its place only: the rest is personal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UploadRow<'a> {
    /// Line of the file, from 1.
    pub line: u64,
    /// Number among the data rows, faulty ones counted, from 1.
    pub number: u64,
    /// Mail address or user id.
    pub user: &'a str,
    /// 指定キー.
    pub key: &'a str,
    /// Miles to be issued.
    pub miles: Miles,
}

impl fmt::Debug for UploadRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UploadRow(line {})", self.line)
    }
}

/// A row, or the whole file, and what is wrong with it.
///
/// `Debug` shows the faults only.
pub struct FaultyRow<'a> {
    record: Option<CsvRecord<'a>>,
    /// Number among the data rows, from 1; none for a header or the whole file.
    pub number: Option<u64>,
    /// What is wrong; never empty.
    pub faults: &'a [FileFault],
}

impl FaultyRow<'_> {
    /// A cell as it stands there, from 1, for people: what can not be shown is named, and long values are cut.
    #[must_use]
    pub fn value(&self, column: usize) -> Option<String> {
        let record = self.record.as_ref()?;
        let cell = record.get(column.checked_sub(1)?)?;
        Some(text::visible(cell, record.has_utf8_bom()))
    }
}

impl fmt::Debug for FaultyRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultyRow")
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

/// What the reader hands out.
#[derive(Debug)]
pub enum Checked<'a> {
    /// It keeps all rules.
    Row(UploadRow<'a>),
    /// It does not.
    Faulty(FaultyRow<'a>),
}

/// What is known at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadEnd {
    /// Data rows.
    pub rows: u64,
    /// Data rows that are faulty.
    pub faulty_rows: u64,
    /// Faults, those of the whole file included.
    pub faults: u64,
    /// Miles of the rows that are not faulty.
    pub miles: Miles,
    /// Whether there was a header row.
    pub has_header: bool,
    /// Whether it is UTF-8; else it is CP932.
    pub is_utf8: bool,
    /// Whether all of it was read. After a fault of the table itself nothing is.
    pub is_whole: bool,
    /// Whether the last line had its line end, as far as all of it was read. That is no fault: the end may be left out. But a
    /// file without may have been cut, and its last row may give 10 miles instead of 1,000: ask before you send it.
    pub ends_with_newline: bool,
}

impl UploadEnd {
    /// Whether everything may be sent.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.faults == 0 && self.is_whole
    }
}

/// Reads and checks an upload that arrives in pieces, in constant memory; any way of cutting it gives the same.
///
/// Nothing may be sent before [`finish`](Self::finish) has said that there are no faults.
///
/// ```
/// use netmile::Lang;
/// use netmile::miles::file::{Checked, UploadKind, UploadReader, UploadRules};
/// let mut reader = UploadReader::new(UploadRules::new(UploadKind::Mail));
/// let mut told = Vec::new();
/// let mut take = |checked: Checked<'_>| match checked {
///     Checked::Row(row) => told.push(format!("{} gets {}", row.key, row.miles.get())),
///     Checked::Faulty(row) => told.extend(row.faults.iter().map(|fault| fault.text(Lang::En))),
/// };
/// reader.feed(b"hanako@example.jp,C0001,1", &mut take);
/// reader.feed(b"00\r\ntaro@example.jp,C-2,\"1,000\"\r\n", &mut take);
/// let end = reader.finish(&mut take);
/// assert_eq!(told, [
///     "C0001 gets 100",
///     "line 2, column 2 (designated key): must be 1 to 255 half-width letters and digits",
///     "line 2, column 3 (miles): must not have a comma: 1000, not 1,000",
/// ]);
/// assert_eq!((end.rows, end.faults, end.is_clean()), (2, 2, false));
/// ```
pub struct UploadReader {
    decoder: CsvDecoder,
    place: Place,
    sheet: Sheet,
}

impl UploadReader {
    /// Starts a file.
    #[must_use]
    pub fn new(rules: UploadRules) -> Self {
        let limits = CsvLimits {
            max_records: u64::MAX,
            ..CsvLimits::default()
        };
        Self {
            decoder: CsvDecoder::new(b',', limits),
            place: Place::new(),
            sheet: Sheet::new(rules),
        }
    }

    /// Takes the next bytes and hands out the rows that they complete.
    pub fn feed(&mut self, bytes: &[u8], take: &mut impl FnMut(Checked<'_>)) {
        let mut rest = bytes;
        while !rest.is_empty() && !self.sheet.is_lost {
            if self.place.is_between {
                let sheet = &mut self.sheet;
                if let Some((row, tail)) = plain::row(rest, sheet.end.is_utf8, &sheet.rules) {
                    sheet.plain(self.place.line, row, take);
                    self.place.skip();
                    rest = tail;
                    continue;
                }
            }
            let (line, tail) = plain::split_line(rest);
            self.decode(line, take);
            rest = tail;
        }
    }

    /// Gives the decoder one line, or what there is of it.
    fn decode(&mut self, line: &[u8], take: &mut impl FnMut(Checked<'_>)) {
        let (sheet, skipped) = (&mut self.sheet, self.place.skipped);
        let had_started = sheet.started;
        let mut ended = false;
        let fed = self.decoder.feed(line, &mut |record| {
            ended = had_started;
            sheet.take(record.line() + skipped, &record, take);
        });
        if let Err(fault) = fed {
            sheet.lose(skipped, fault, take);
        }
        self.place.decoded(line, ended);
    }

    /// Ends the file.
    pub fn finish(mut self, take: &mut impl FnMut(Checked<'_>)) -> UploadEnd {
        let (sheet, skipped) = (&mut self.sheet, self.place.skipped);
        if !sheet.is_lost {
            let ended = self.decoder.finish(&mut |record| {
                sheet.take(record.line() + skipped, &record, take);
            });
            match ended {
                Ok(end) => {
                    sheet.end.ends_with_newline = end.ends_with_newline;
                    if sheet.end.rows == 0 && !sheet.is_lost {
                        sheet.whole(self.place.last_line(), FileFaultKind::Empty, take);
                    }
                }
                Err(fault) => sheet.lose(skipped, fault, take),
            }
        }
        sheet.end.is_whole = !sheet.is_lost;
        sheet.end.miles = Miles::new(u64::try_from(sheet.miles).unwrap_or(u64::MAX));
        sheet.end
    }
}

impl fmt::Debug for UploadReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UploadReader({:?})", self.decoder)
    }
}

/// Checks a whole file in memory.
///
/// ```
/// use netmile::miles::file::{UploadKind, UploadRules, check_upload};
/// let (end, faults) = check_upload(UploadRules::new(UploadKind::UserId), b"1001,C1,100\n1002,C2,\n");
/// assert_eq!((end.rows, end.miles.get(), faults.count()), (2, 100, 1));
/// ```
#[must_use]
pub fn check_upload(rules: UploadRules, file: &[u8]) -> (UploadEnd, FileFaults) {
    let mut faults = FileFaults::default();
    let mut take = |checked: Checked<'_>| {
        if let Checked::Faulty(row) = checked {
            row.faults.iter().for_each(|fault| faults.push(*fault));
        }
    };
    let mut reader = UploadReader::new(rules);
    reader.feed(file, &mut take);
    let end = reader.finish(&mut take);
    (end, faults)
}

/// A file as far as it was read.
struct Sheet {
    rules: UploadRules,
    started: bool,
    is_lost: bool,
    miles: u128,
    end: UploadEnd,
}

impl Sheet {
    fn new(rules: UploadRules) -> Self {
        Self {
            rules,
            started: false,
            is_lost: false,
            miles: 0,
            end: UploadEnd {
                rows: 0,
                faulty_rows: 0,
                faults: 0,
                miles: Miles::new(0),
                has_header: false,
                is_utf8: false,
                is_whole: true,
                ends_with_newline: true,
            },
        }
    }

    /// A row that went the short way.
    fn plain(&mut self, line: u64, row: PlainRow<'_>, take: &mut impl FnMut(Checked<'_>)) {
        let PlainRow { user, key, miles } = row;
        let number = self.count(line, take);
        self.miles += u128::from(miles.get());
        take(Checked::Row(UploadRow {
            line,
            number,
            user,
            key,
            miles,
        }));
    }

    fn take(&mut self, line: u64, record: &CsvRecord<'_>, take: &mut impl FnMut(Checked<'_>)) {
        if self.is_lost {
            return;
        }
        // One stray quotation mark swallows rows: how many is not known, so that it is about the whole file.
        if record.fields().any(has_line_end) {
            self.started = true;
            self.end.is_utf8 |= record.has_utf8_bom();
            self.end.faults += 1;
            take(Checked::Faulty(FaultyRow {
                record: Some(*record),
                number: None,
                faults: &[FileFault::row(line, FileFaultKind::SpansLines)],
            }));
            return;
        }
        if !self.started {
            self.started = true;
            if self.is_header(line, record, take) {
                return;
            }
        }
        let number = self.count(line, take);
        let faults = match self.good(line, record) {
            Ok(row) => {
                self.miles += u128::from(row.miles.get());
                take(Checked::Row(row));
                return;
            }
            Err(faults) => faults,
        };
        let (faults, count) = faults;
        let faults = faults.get(..count).unwrap_or_default();
        self.end.faulty_rows += 1;
        self.end.faults += u64::try_from(count).unwrap_or_default();
        take(Checked::Faulty(FaultyRow {
            record: Some(*record),
            number: Some(number),
            faults,
        }));
    }

    /// Counts a data row, and gives its number.
    fn count(&mut self, line: u64, take: &mut impl FnMut(Checked<'_>)) -> u64 {
        self.end.rows += 1;
        let most = self.rules.max_rows;
        if most.is_some_and(|most| self.end.rows == most + 1) {
            self.whole(line, FileFaultKind::TooManyRows, take);
        }
        self.end.rows
    }

    /// Whether the first record is the header, right or wrong.
    fn is_header(
        &mut self,
        line: u64,
        record: &CsvRecord<'_>,
        take: &mut impl FnMut(Checked<'_>),
    ) -> bool {
        self.end.is_utf8 = record.has_utf8_bom();
        let kind = match header::look(record, header::of_upload(self.rules.kind)) {
            First::Data => return false,
            First::Header => {
                self.end.has_header = true;
                return true;
            }
            First::Utf16 => {
                self.is_lost = true;
                FileFaultKind::Utf16
            }
            First::Unmarked => FileFaultKind::UnmarkedUtf8,
            First::Differs => FileFaultKind::HeaderDiffers,
        };
        self.end.has_header = kind != FileFaultKind::Utf16;
        self.end.faults += 1;
        take(Checked::Faulty(FaultyRow {
            record: Some(*record),
            number: None,
            faults: &[FileFault::row(line, kind)],
        }));
        true
    }

    fn good<'a>(&self, line: u64, record: &CsvRecord<'a>) -> Result<UploadRow<'a>, Faults> {
        if record.len() != COLUMNS {
            return Err(one(columns(line, record)));
        }
        let cell = |at| record.get(at).unwrap_or_default();
        let user = check::user(cell(0), &self.rules);
        let key = check::key(cell(1));
        let miles = check::miles(cell(2), record.has_utf8_bom(), &self.rules);
        if let (Ok(user), Ok(key), Ok(miles)) = (user, key, miles) {
            return Ok(UploadRow {
                line,
                number: self.end.rows,
                user,
                key,
                miles,
            });
        }
        if record.fields().all(is_blank) {
            return Err(one(FileFault::row(line, FileFaultKind::BlankRow)));
        }
        let kinds = [
            (user.err(), FileField::User, 1),
            (key.err(), FileField::DesignatedKey, 2),
            (miles.err(), FileField::Miles, 3),
        ];
        let mut faults = one(FileFault::row(line, FileFaultKind::BlankRow)).0;
        let mut count = 0;
        for (kind, field, column) in kinds {
            if let (Some(kind), Some(slot)) = (kind, faults.get_mut(count)) {
                *slot = FileFault {
                    line,
                    column: Some(column),
                    field: Some(field),
                    kind,
                };
                count += 1;
            }
        }
        Err((faults, count))
    }

    fn lose(&mut self, skipped: u64, fault: CsvFault, take: &mut impl FnMut(Checked<'_>)) {
        self.is_lost = true;
        let FileFault { line, kind, .. } = fault.into();
        self.whole(line + skipped, kind, take);
    }

    /// Tells a fault that is about no single row.
    fn whole(&mut self, line: u64, kind: FileFaultKind, take: &mut impl FnMut(Checked<'_>)) {
        self.end.faults += 1;
        take(Checked::Faulty(FaultyRow {
            record: None,
            number: None,
            faults: &[FileFault::row(line, kind)],
        }));
    }
}

/// Up to three faults, and how many.
type Faults = ([FileFault; COLUMNS], usize);

fn one(fault: FileFault) -> Faults {
    ([fault; COLUMNS], 1)
}

/// The fault of a row with another number of columns.
fn columns(line: u64, record: &CsvRecord<'_>) -> FileFault {
    if record.fields().all(is_blank) {
        return FileFault::row(line, FileFaultKind::BlankRow);
    }
    if check::is_torn_number(record.fields().skip(2)) {
        return FileFault {
            line,
            column: Some(3),
            field: Some(FileField::Miles),
            kind: FileFaultKind::MilesComma,
        };
    }
    FileFault::row(line, FileFaultKind::ColumnCount)
}

fn has_line_end(cell: &[u8]) -> bool {
    cell.iter().any(|byte| matches!(byte, b'\r' | b'\n'))
}

fn is_blank(cell: &[u8]) -> bool {
    cell.iter().all(u8::is_ascii_whitespace)
}
