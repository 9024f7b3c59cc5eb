//! From rows to uploads.

use std::fmt;

use sha2::{Digest, Sha256};

use super::request::BatchRequest;
use crate::error::Result;
use crate::miles::file::{FileEncoding, MAX_MILE_DIGITS, UploadRow, UploadWriter};
use crate::money::Miles;
use crate::wire::signature::hex;

/// Most bytes of one upload. NetMile takes more, but its lists of the rows have to be read back.
pub const MAX_UPLOAD_BYTES: usize = 768 * 1024;

/// Longest row, in bytes: address, key, miles and what stands around them.
const MAX_ROW_BYTES: usize = 256 + 255 + MAX_MILE_DIGITS + 4;

/// One upload of a batch.
///
/// `Debug` shows sizes only.
#[derive(Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Number of its first row among the rows that are sent, from 1.
    pub first_row: u64,
    /// Rows.
    pub rows: u64,
    /// Their miles.
    pub miles: Miles,
    /// SHA-256 of [`csv`](Self::csv) in hex.
    pub sha256: String,
    /// The file, with header row, in CP932.
    pub csv: Vec<u8>,
}

impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunk")
            .field("first_row", &self.first_row)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

/// Splits the rows of a batch: the same rows and settings always give the same uploads, byte for byte.
///
/// ```
/// use netmile::Miles;
/// use netmile::miles::batch::{BatchRequest, Cutter};
/// use netmile::miles::file::{UploadKind, UploadRow};
/// let request = BatchRequest::new("B1", "46255", UploadKind::UserId).with_rows_per_upload(2);
/// let mut cutter = Cutter::new(&request);
/// let mut chunks = Vec::new();
/// for (number, user) in [(1, "U1"), (2, "U2"), (3, "U3")] {
///     let row = UploadRow { line: number, number, user, key: "C1", miles: Miles::new(10) };
///     chunks.extend(cutter.push(&row)?);
/// }
/// chunks.extend(cutter.finish());
/// let cut: Vec<_> = chunks.iter().map(|chunk| (chunk.first_row, chunk.rows, chunk.miles.get())).collect();
/// assert_eq!(cut, [(1, 2, 20), (3, 1, 10)]);
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Debug)]
pub struct Cutter {
    writer: UploadWriter,
    request: BatchRequest,
    first_row: u64,
    rows: u64,
    miles: u64,
}

impl Cutter {
    /// Starts a batch.
    #[must_use]
    pub fn new(request: &BatchRequest) -> Self {
        Self {
            writer: writer(request),
            request: request.clone(),
            first_row: 1,
            rows: 0,
            miles: 0,
        }
    }

    /// Takes a row that was checked, and gives the upload that it completes.
    ///
    /// # Errors
    /// `invalid_value` when the row breaks a rule.
    pub fn push(&mut self, row: &UploadRow<'_>) -> Result<Option<Chunk>> {
        self.writer.row(row.user, row.key, row.miles)?;
        self.rows += 1;
        // At most 10,000 rows of nine digits each.
        self.miles = self.miles.saturating_add(row.miles.get());
        let full = self.rows >= self.request.terms.rows_per_upload
            || self.writer.len() + MAX_ROW_BYTES > MAX_UPLOAD_BYTES;
        Ok(full.then(|| self.take()))
    }

    /// Gives the rest, if there is one.
    #[must_use]
    pub fn finish(mut self) -> Option<Chunk> {
        (self.rows > 0).then(|| self.take())
    }

    fn take(&mut self) -> Chunk {
        let csv = std::mem::replace(&mut self.writer, writer(&self.request)).take();
        let chunk = Chunk {
            first_row: self.first_row,
            rows: self.rows,
            miles: Miles::new(self.miles),
            sha256: hex(&Sha256::digest(&csv)),
            csv,
        };
        self.first_row += self.rows;
        self.rows = 0;
        self.miles = 0;
        chunk
    }
}

fn writer(request: &BatchRequest) -> UploadWriter {
    UploadWriter::new(request.kind(), FileEncoding::Cp932).with_carriers(request.carriers())
}
