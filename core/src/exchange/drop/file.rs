//! The file of one run, and what became of it.

use std::fmt;

use sha2::{Digest, Sha256};

use super::store::is_finished;
use super::{DropName, DropPart, DropStore, Kept};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::settle::{Settled, Total, settle};
use crate::exchange::{ExchangeRow, file};
use crate::miles::file::{CarrierDomains, MAX_UPLOAD_ROWS, ResultKind, ResultReader};
use crate::money::Miles;
use crate::time::Timestamp;
use crate::wire::signature::hex;

/// Most rows of one file: as of an upload.
pub const MAX_DROP_ROWS: u64 = MAX_UPLOAD_ROWS;

/// The file of one run (ポイント交換データファイル), with what says that it is whole.
///
/// `Debug` shows no row.
#[derive(Clone, PartialEq, Eq)]
pub struct DropFile {
    name: DropName,
    csv: Vec<u8>,
    total: Total,
}

impl DropFile {
    /// Writes the file of one run of the [`DropSchedule`](super::DropSchedule).
    ///
    /// The shop keeps, beside each of its own exchanges, the name of the file and the number of the row (from 1, in the
    /// order of `rows`), in the same transaction in which it takes the points; and it publishes only what is kept there.
    ///
    /// # Errors
    /// `invalid_value` on a field of a row, or on `rows` when there are none (then nothing is due); `too_large` above
    /// [`MAX_DROP_ROWS`]: the next rows go into a file of the next minute.
    pub fn write(
        site_id: &str,
        run: Timestamp,
        rows: impl IntoIterator<Item = ExchangeRow>,
    ) -> Result<Self> {
        Self::write_with(site_id, run, rows, &CarrierDomains::default())
    }

    /// As [`write`](Self::write), with another list of mobile carriers' domains: their addresses are refused, as NetMile
    /// refuses them.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn write_with(
        site_id: &str,
        run: Timestamp,
        rows: impl IntoIterator<Item = ExchangeRow>,
        carriers: &CarrierDomains,
    ) -> Result<Self> {
        let name = DropName::new(site_id, run, DropPart::Exchanges)?;
        let mut rows = rows.into_iter();
        let written = file::write((name, carriers), &mut rows, 1, MAX_DROP_ROWS)?;
        if written.rows == 0 {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "rows",
                "must be at least one",
            ));
        }
        if rows.next().is_some() {
            return Err(Error::field(
                ErrorKind::TooLarge,
                "rows",
                format!("must be at most {MAX_DROP_ROWS}"),
            ));
        }
        Ok(Self {
            name: written.name,
            csv: written.bytes,
            total: Total {
                rows: written.rows,
                miles: written.miles,
            },
        })
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &DropName {
        &self.name
    }

    /// Rows and miles in it.
    #[must_use]
    pub const fn total(&self) -> Total {
        self.total
    }

    /// Puts it where NetMile finds it. After a crash the same file again is fine.
    ///
    /// # Errors
    /// `conflict` when another file of the same minute is there: take another minute. `journal`.
    pub fn publish(&self, store: &mut dyn DropStore) -> Result<()> {
        let end = EndMark::of(&self.name, &self.csv, self.total).text();
        let parts = [
            (DropPart::Exchanges, self.csv.as_slice()),
            (DropPart::ExchangesEnd, end.as_bytes()),
        ];
        for (part, bytes) in parts {
            if store.keep(&self.name.with(part), bytes)? == Kept::Other {
                return Err(Error::field(
                    ErrorKind::Conflict,
                    "file_name",
                    "belongs to another file already",
                ));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for DropFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DropFile")
            .field("name", &self.name)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

/// What became of the file of one run. `None` while NetMile has not delivered the result as a whole.
///
/// # Errors
/// `unknown_order` when there is no such file, `malformed` or `mismatch` when the files contradict each other, `journal`.
pub fn settled(store: &dyn DropStore, name: &DropName) -> Result<Option<Settled>> {
    if !is_finished(store, name)? {
        return Err(Error::field(
            ErrorKind::UnknownOrder,
            "file_name",
            "is not in the drop",
        ));
    }
    let Some(end) = store.read(&name.with(DropPart::ResultEnd))? else {
        return Ok(None);
    };
    let result = part(store, name, DropPart::Result)?;
    check_result_end(&result, &end, name)?;
    let sent = part(store, name, DropPart::Exchanges)?;
    let sent_end = part(store, name, DropPart::ExchangesEnd)?;
    let settled = settle(&sent, &result)?;
    if EndMark::parse(&sent_end)?
        == EndMark::of(&name.with(DropPart::Exchanges), &sent, settled.sent)
    {
        return Ok(Some(settled));
    }
    Err(mismatch())
}

/// The bytes of a part that has to be there.
pub(super) fn part(store: &dyn DropStore, name: &DropName, part: DropPart) -> Result<Vec<u8>> {
    store.read(&name.with(part))?.ok_or_else(|| {
        Error::field(
            ErrorKind::UnknownOrder,
            "file_name",
            "has a part that is not in the drop",
        )
    })
}

/// Checks that name, counts and hash are those of a result.
pub(super) fn check_result_end(result: &[u8], end: &[u8], name: &DropName) -> Result<()> {
    let rows = ResultReader::read(ResultKind::Exchange, result)?;
    let mut total = Total::default();
    for row in rows {
        total.rows += 1;
        let miles = row.miles().ok_or_else(mismatch)?;
        total.miles = total.miles.checked_add(miles)?;
    }
    if EndMark::parse(end)? == EndMark::of(&name.with(DropPart::Result), result, total) {
        return Ok(());
    }
    Err(mismatch())
}

fn mismatch() -> Error {
    Error::field(
        ErrorKind::Mismatch,
        "end",
        "does not say what is in its file",
    )
}

/// What says that a file is whole: `file=…`, `rows=…`, `miles=…`, `sha256=…`, one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct EndMark {
    file: String,
    total: Total,
    sha256: String,
}

impl EndMark {
    fn of(name: &DropName, csv: &[u8], total: Total) -> Self {
        Self {
            file: name.to_string(),
            total,
            sha256: hex(&Sha256::digest(csv)),
        }
    }

    fn text(&self) -> String {
        let Self {
            file,
            total,
            sha256,
        } = self;
        format!(
            "file={file}\nrows={}\nmiles={}\nsha256={sha256}\n",
            total.rows, total.miles
        )
    }

    fn parse(bytes: &[u8]) -> Result<Self> {
        let wrong = || {
            Error::field(
                ErrorKind::Malformed,
                "end",
                "must be file=, rows=, miles= and sha256=, one a line",
            )
        };
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
        if bytes.len() > 256 {
            return Err(wrong());
        }
        let mut lines = text.lines();
        let mut value = |name: &str| {
            let line = lines.next().and_then(|line| line.strip_prefix(name));
            line.and_then(|line| line.strip_prefix('='))
                .ok_or_else(wrong)
        };
        let file = value("file")?.to_owned();
        let total = Total {
            rows: Miles::parse(value("rows")?).map_err(|_| wrong())?.get(),
            miles: Miles::parse(value("miles")?).map_err(|_| wrong())?,
        };
        let sha256 = value("sha256")?.to_owned();
        let is_hex = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
        if is_hex && lines.next().is_none() {
            return Ok(Self {
                file,
                total,
                sha256,
            });
        }
        Err(wrong())
    }
}
