//! Writing the formats, for machines: every value stands as it is, or is refused.

use super::result::{ResultKind, ResultRow};
use super::rules::{UploadKind, UploadRules};
use super::{CarrierDomains, check, header};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::wire::text::{self, TextPolicy};

/// The encoding of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FileEncoding {
    /// CP932, as NetMile's samples and Excel's "CSV (カンマ区切り)".
    #[default]
    Cp932,
    /// UTF-8 with a byte order mark, as Excel's "CSV UTF-8".
    Utf8,
}

impl FileEncoding {
    /// What a file of this encoding begins with.
    pub(super) const fn mark(self) -> &'static [u8] {
        match self {
            Self::Cp932 => b"",
            Self::Utf8 => b"\xEF\xBB\xBF",
        }
    }

    /// Appends a record with its line end. `None` marks a column of which nothing may be refused.
    fn record(self, out: &mut Vec<u8>, cells: &[(&'static str, &str)]) -> Result<()> {
        let before = out.len();
        for (at, (field, cell)) in cells.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            let written = match self {
                Self::Utf8 => {
                    quoted(out, cell.as_bytes());
                    Ok(())
                }
                Self::Cp932 => text::encode(field, cell, &TextPolicy::Cp932)
                    .map(|cell| quoted(out, cell.sjis())),
            };
            if let Err(error) = written {
                out.truncate(before);
                return Err(error);
            }
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    }
}

/// In CP932 the second byte of a character is never a comma, a quote or a line end.
pub(super) fn quoted(out: &mut Vec<u8>, cell: &[u8]) {
    let plain = cell
        .iter()
        .all(|b| !matches!(b, b',' | b'"' | b'\r' | b'\n'));
    if plain {
        out.extend_from_slice(cell);
        return;
    }
    out.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

fn header_row(out: &mut Vec<u8>, encoding: FileEncoding, header: header::Header) {
    out.extend_from_slice(encoding.mark());
    let cells: Vec<_> = header
        .iter()
        .filter_map(|names| Some(("header", *names.first()?)))
        .collect();
    // The names are in both encodings: this cannot fail.
    let _ = encoding.record(out, &cells);
}

/// Writes an upload: header row, CR LF.
///
/// ```
/// use netmile::Miles;
/// use netmile::miles::file::{FileEncoding, UploadKind, UploadRules, UploadWriter, check_upload};
/// let mut writer = UploadWriter::new(UploadKind::Mail, FileEncoding::Cp932);
/// writer.row("hanako@example.jp", "C0001", Miles::new(100))?;
/// assert!(writer.row("hanako", "C0001", Miles::new(100)).is_err());
/// let file = writer.take();
/// assert!(check_upload(UploadRules::new(UploadKind::Mail), &file).1.is_empty());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Debug)]
pub struct UploadWriter {
    rules: UploadRules,
    out: Vec<u8>,
}

impl UploadWriter {
    /// Starts a file with its header row.
    #[must_use]
    pub fn new(kind: UploadKind, encoding: FileEncoding) -> Self {
        let mut out = Vec::new();
        header_row(&mut out, encoding, header::of_upload(kind));
        Self {
            rules: UploadRules::new(kind),
            out,
        }
    }

    /// Takes another list of mobile carriers' domains.
    #[must_use]
    pub fn with_carriers(mut self, carriers: CarrierDomains) -> Self {
        self.rules = self.rules.with_carriers(carriers);
        self
    }

    /// Adds a row.
    ///
    /// # Errors
    /// `invalid_value` on `user`, `designated_key` or `miles`, by the rules of the file; nothing is written then.
    pub fn row(&mut self, user: &str, key: &str, miles: Miles) -> Result<()> {
        use crate::lang::Lang::En;
        let wrong = |field, kind: super::FileFaultKind| {
            Error::field(ErrorKind::InvalidValue, field, kind.text(En))
        };
        let miles = miles.get().to_string();
        check::user(user.as_bytes(), &self.rules).map_err(|kind| wrong("user", kind))?;
        check::key(key.as_bytes()).map_err(|kind| wrong("designated_key", kind))?;
        check::miles(miles.as_bytes(), true, &self.rules).map_err(|kind| wrong("miles", kind))?;
        // All of it is ASCII without comma and quote, the same in both encodings.
        for part in [user, ",", key, ",", &miles, "\r\n"] {
            self.out.extend_from_slice(part.as_bytes());
        }
        Ok(())
    }

    /// Bytes that were not taken yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Takes what was written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }
}

/// Writes a list as NetMile gives it: header row, CR LF. For people use [`ErrorFile`](super::ErrorFile): here a value
/// that a spreadsheet takes for a formula stands as it is.
#[derive(Debug)]
pub struct ResultWriter {
    kind: ResultKind,
    encoding: FileEncoding,
    out: Vec<u8>,
}

impl ResultWriter {
    /// Starts a file. The point-exchange result has no header row.
    #[must_use]
    pub fn new(kind: ResultKind, encoding: FileEncoding) -> Self {
        let mut out = Vec::new();
        if kind == ResultKind::Exchange {
            out.extend_from_slice(encoding.mark());
        } else {
            header_row(&mut out, encoding, header::of_result(kind));
        }
        Self {
            kind,
            encoding,
            out,
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// `not_encodable` naming the field; nothing is written then.
    pub fn row(&mut self, row: &ResultRow) -> Result<()> {
        let code = row.code.as_deref().unwrap_or_default();
        let three: [(&'static str, &str); 3] = [
            ("user", &row.user),
            ("designated_key", &row.key),
            ("miles", &row.miles),
        ];
        let names: [(&'static str, &str); 3] = [
            ("password", row.password.expose()),
            ("last_name", &row.last_name),
            ("first_name", &row.first_name),
        ];
        let mut cells = three.to_vec();
        if self.kind != ResultKind::Exchange {
            cells.extend(names);
        }
        if self.kind != ResultKind::Completed {
            cells.push(("code", code));
        }
        self.encoding.record(&mut self.out, &cells)
    }

    /// Takes what was written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }
}
