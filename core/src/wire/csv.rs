//! CSV as a push decoder: bytes in pieces, records out, constant memory.
//!
//! Quotes as in RFC 4180; a line ends with CR, LF or both; empty lines are nothing. It works on bytes: in Shift_JIS
//! the second byte of a character is never a comma, a semicolon, a tab, a quote or a line end.
//!
//! Source: docs/protocol/settlement.md#bytes

use std::fmt;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

/// How much a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvLimits {
    /// Bytes of one record, quotes undone; 64 KiB.
    pub max_record: usize,
    /// Fields of one record; 256.
    pub max_fields: usize,
    /// Records of the file, the header included; 10,000,002 (ten million, a header and a trailer).
    pub max_records: u64,
}

impl Default for CsvLimits {
    fn default() -> Self {
        Self {
            max_record: 64 * 1024,
            max_fields: 256,
            max_records: 10_000_002,
        }
    }
}

/// Why a file can not be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CsvFaultKind {
    /// A record is longer than the limit, for instance because a quote is never closed.
    RecordTooLong,
    /// A record has more fields than the limit.
    TooManyFields,
    /// The file has more records than the limit.
    TooManyRecords,
    /// The file ends inside quotes: it was cut.
    OpenQuote,
}

impl CsvFaultKind {
    /// What is wrong, for people.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Self::RecordTooLong => (
                "the line is too long; a quote may be open",
                "行が長すぎます。引用符が閉じられていない可能性があります",
            ),
            Self::TooManyFields => ("the line has too many columns", "列が多すぎます"),
            Self::TooManyRecords => ("the file has too many lines", "行数が多すぎます"),
            Self::OpenQuote => (
                "the file ends inside quotes: it was cut",
                "引用符の途中でファイルが終わっています（ファイルが途切れています）",
            ),
        };
        lang.pick(en, ja)
    }
}

/// Where and why a file can not be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvFault {
    /// Line on which the record starts, from 1.
    pub line: u64,
    /// Why.
    pub kind: CsvFaultKind,
}

impl From<CsvFault> for Error {
    fn from(fault: CsvFault) -> Self {
        let kind = match fault.kind {
            CsvFaultKind::OpenQuote => ErrorKind::Malformed,
            _ => ErrorKind::TooLarge,
        };
        Self::new(
            kind,
            format!("line {}: {}", fault.line, fault.kind.text(Lang::En)),
        )
    }
}

/// One record, as long as the decoder is not fed again.
///
/// `Debug` shows sizes only: values may be personal.
#[derive(Clone, Copy)]
pub struct CsvRecord<'a> {
    line: u64,
    utf8_bom: bool,
    data: &'a [u8],
    ends: &'a [usize],
}

impl<'a> CsvRecord<'a> {
    /// Line on which the record starts, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether the file began with the byte order mark of UTF-8.
    #[must_use]
    pub fn has_utf8_bom(&self) -> bool {
        self.utf8_bom
    }

    /// Number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no field; no record of the decoder is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The bytes of a field, from 0, quotes undone.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&'a [u8]> {
        let end = *self.ends.get(index)?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.data.get(start..end)
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = &'a [u8]> {
        let record = *self;
        (0..record.len()).filter_map(move |index| record.get(index))
    }
}

impl fmt::Debug for CsvRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CsvRecord(line {}, {} fields)", self.line, self.len())
    }
}

/// What is known at the end of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvEnd {
    /// Records, the header included.
    pub records: u64,
    /// Whether the last line had its line end. A file without may have been cut.
    pub ends_with_newline: bool,
    /// Whether the file began with the byte order mark of UTF-8.
    pub utf8_bom: bool,
}

const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Decodes records from bytes that arrive in pieces; any way of cutting them gives the same records.
///
/// ```
/// use netmile::wire::csv::{CsvDecoder, CsvLimits};
/// let mut decoder = CsvDecoder::new(b',', CsvLimits::default());
/// let mut seen = Vec::new();
/// let mut take = |record: netmile::wire::csv::CsvRecord<'_>| {
///     seen.push((record.line(), record.fields().map(<[u8]>::to_vec).collect::<Vec<_>>()));
/// };
/// decoder.feed(b"a,\"b,\"\"c", &mut take)?;
/// decoder.feed(b"\"\r\nd,e", &mut take)?;
/// let end = decoder.finish(&mut take)?;
/// assert_eq!(seen, [(1, vec![b"a".to_vec(), b"b,\"c".to_vec()]), (2, vec![b"d".to_vec(), b"e".to_vec()])]);
/// assert!(!end.ends_with_newline);
/// # Ok::<(), netmile::wire::csv::CsvFault>(())
/// ```
pub struct CsvDecoder {
    reader: Reader,
    limits: CsvLimits,
    data: Box<[u8]>,
    ends: Box<[usize]>,
    filled: usize,
    fields: usize,
    /// First bytes of the file, until it is clear whether they are a byte order mark.
    head: [u8; 3],
    head_len: usize,
    started: bool,
    utf8_bom: bool,
    line: u64,
    record_line: u64,
    /// Whether the last byte was a CR: an LF after it ends the same line.
    after_return: bool,
    in_record: bool,
    records: u64,
    failed: Option<CsvFault>,
}

impl fmt::Debug for CsvDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "CsvDecoder({} records, line {})",
            self.records, self.line
        )
    }
}

impl CsvDecoder {
    /// Starts a file whose fields are separated by `delimiter`.
    #[must_use]
    pub fn new(delimiter: u8, limits: CsvLimits) -> Self {
        let mut decoder = Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            limits,
            // One more than allowed: the decoder below says "full" as soon as it is, not when more comes.
            data: vec![0; limits.max_record.saturating_add(1)].into_boxed_slice(),
            ends: vec![0; limits.max_fields.saturating_add(1)].into_boxed_slice(),
            filled: 0,
            fields: 0,
            head: [0; 3],
            head_len: 0,
            started: false,
            utf8_bom: false,
            line: 1,
            record_line: 1,
            after_return: false,
            in_record: false,
            records: 0,
            failed: None,
        };
        // An empty line is nothing, but after it the decoder below looks for no byte order mark of its own: it would
        // find one only where the first piece holds all of it.
        decoder
            .reader
            .read_record(b"\n", &mut decoder.data, &mut decoder.ends);
        decoder
    }

    /// Takes the next bytes and hands out the records that they complete. After a fault every further call gives the
    /// same fault.
    ///
    /// # Errors
    /// Beyond the limits.
    pub fn feed(
        &mut self,
        bytes: &[u8],
        take: &mut impl FnMut(CsvRecord<'_>),
    ) -> Result<(), CsvFault> {
        if let Some(fault) = self.failed {
            return Err(fault);
        }
        let mut rest = bytes;
        if !self.started {
            while self.head_len < self.head.len() {
                let Some((first, tail)) = rest.split_first() else {
                    return Ok(());
                };
                if let Some(slot) = self.head.get_mut(self.head_len) {
                    *slot = *first;
                }
                self.head_len += 1;
                rest = tail;
            }
            self.start(take)?;
        }
        self.decode(rest, take)
    }

    /// Ends the file and hands out its last record.
    ///
    /// # Errors
    /// As [`feed`](Self::feed), and when the file ends inside quotes.
    pub fn finish(mut self, take: &mut impl FnMut(CsvRecord<'_>)) -> Result<CsvEnd, CsvFault> {
        if let Some(fault) = self.failed {
            return Err(fault);
        }
        if !self.started {
            self.start(take)?;
        }
        let ends_with_newline = !self.in_record;
        if self.in_record {
            let before = self.filled;
            self.decode(b"\n", take)?;
            // Inside quotes a line end is text, and the record goes on.
            if self.in_record || self.filled > before {
                return Err(self.fail(CsvFaultKind::OpenQuote));
            }
        }
        Ok(CsvEnd {
            records: self.records,
            ends_with_newline,
            utf8_bom: self.utf8_bom,
        })
    }

    fn start(&mut self, take: &mut impl FnMut(CsvRecord<'_>)) -> Result<(), CsvFault> {
        self.started = true;
        let (head, len) = (self.head, self.head_len);
        if head == BOM && len == BOM.len() {
            self.utf8_bom = true;
            return Ok(());
        }
        self.decode(head.get(..len).unwrap_or_default(), take)
    }

    fn decode(
        &mut self,
        bytes: &[u8],
        take: &mut impl FnMut(CsvRecord<'_>),
    ) -> Result<(), CsvFault> {
        let mut rest = bytes;
        loop {
            if !self.in_record {
                let blank = rest
                    .iter()
                    .take_while(|b| matches!(b, b'\r' | b'\n'))
                    .count();
                let (blank, tail) = rest.split_at(blank);
                self.count_lines(blank);
                rest = tail;
                if rest.is_empty() {
                    return Ok(());
                }
                self.in_record = true;
                self.record_line = self.line;
            }
            if rest.is_empty() {
                return Ok(());
            }
            let (Some(data), Some(ends)) = (
                self.data.get_mut(self.filled..),
                self.ends.get_mut(self.fields..),
            ) else {
                return Err(self.fail(CsvFaultKind::RecordTooLong));
            };
            let (result, read, written, ended) = self.reader.read_record(rest, data, ends);
            let (consumed, tail) = rest.split_at(read);
            self.count_lines(consumed);
            rest = tail;
            self.filled += written;
            self.fields += ended;
            if self.filled > self.limits.max_record {
                return Err(self.fail(CsvFaultKind::RecordTooLong));
            }
            if self.fields > self.limits.max_fields {
                return Err(self.fail(CsvFaultKind::TooManyFields));
            }
            if matches!(result, ReadRecordResult::Record) {
                self.hand_out(take)?;
            }
        }
    }

    /// Counts line ends: CR, LF, or both as one, also where a piece ends between them.
    fn count_lines(&mut self, bytes: &[u8]) {
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
            return;
        };
        let returns = count(b'\r', bytes);
        let mut both = u64::from(self.after_return && *first == b'\n');
        if returns > 0 {
            let next = bytes.iter().skip(1);
            let pairs = bytes.iter().zip(next);
            both += pairs
                .map(|pair| u64::from(pair == (&b'\r', &b'\n')))
                .sum::<u64>();
        }
        self.line += returns + count(b'\n', bytes) - both;
        self.after_return = *last == b'\r';
    }

    fn hand_out(&mut self, take: &mut impl FnMut(CsvRecord<'_>)) -> Result<(), CsvFault> {
        self.in_record = false;
        self.records += 1;
        if self.records > self.limits.max_records {
            return Err(self.fail(CsvFaultKind::TooManyRecords));
        }
        let (filled, fields) = (self.filled, self.fields);
        self.filled = 0;
        self.fields = 0;
        take(CsvRecord {
            line: self.record_line,
            utf8_bom: self.utf8_bom,
            data: self.data.get(..filled).unwrap_or_default(),
            ends: self.ends.get(..fields).unwrap_or_default(),
        });
        Ok(())
    }

    fn fail(&mut self, kind: CsvFaultKind) -> CsvFault {
        let fault = CsvFault {
            line: self.record_line,
            kind,
        };
        self.failed = Some(fault);
        fault
    }
}

fn count(byte: u8, bytes: &[u8]) -> u64 {
    bytes.iter().map(|b| u64::from(*b == byte)).sum()
}

#[cfg(test)]
mod tests;
