//! The push decoder of a statement.

use std::fmt;

use super::fault::{Fault, StatementFaults};
use super::profile::Profile;
use super::row::{StatementEnd, StatementPeriod, StatementRow};
use super::sheet::{MAX_PAYOUTS, Sheet};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::csv::{CsvDecoder, CsvLimits};

/// Most lines of a file, a thousand lines about the payout not counted.
pub const MAX_ROWS: u64 = 10_000_000;

/// Reads a statement that arrives in pieces, in constant memory.
///
/// ```
/// use netmile::schedule::YearMonth;
/// use netmile::settlement::file::{Profile, StatementPeriod, StatementReader};
/// let period = StatementPeriod::month(YearMonth::new(2026, 1)?);
/// let mut reader = StatementReader::new(Profile::reference(), period)?;
/// let mut rows = reader.feed(
///     b"record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,fee,net,status\r\n\
///       D,20260131235959,o-1,00000000000001,netmile,sale,1000,700,300,57,943,captured\r\n",
/// );
/// rows.extend(reader.feed(b"T,,1,,,,1000,,,57,943,\r\n"));
/// let end = reader.finish()?; // only now may the rows be used
/// assert_eq!((rows.len(), end.totals.net), (1, 943));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct StatementReader {
    decoder: CsvDecoder,
    sheet: Sheet,
}

impl fmt::Debug for StatementReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StatementReader")
            .field(&self.decoder)
            .finish()
    }
}

impl StatementReader {
    /// Starts a file that is about the days of `period`.
    ///
    /// # Errors
    /// `configuration` when the profile does not hold.
    pub fn new(profile: Profile, period: StatementPeriod) -> Result<Self> {
        let others = u64::try_from(MAX_PAYOUTS).unwrap_or_default() + 2;
        let limits = CsvLimits {
            max_records: MAX_ROWS + others,
            ..CsvLimits::default()
        };
        Self::with_limits(profile, period, limits)
    }

    pub(super) fn with_limits(
        profile: Profile,
        period: StatementPeriod,
        limits: CsvLimits,
    ) -> Result<Self> {
        let delimiter = u8::try_from(profile.delimiter).unwrap_or(b',');
        Ok(Self {
            sheet: Sheet::new(profile, period)?,
            decoder: CsvDecoder::new(delimiter, limits),
        })
    }

    /// Takes the next bytes and gives the movements that they complete. After the first fault it gives none, and goes
    /// on to find the others.
    #[must_use]
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<StatementRow> {
        let mut rows = Vec::new();
        self.feed_with(bytes, |row| rows.push(row));
        rows
    }

    /// As [`feed`](Self::feed), handing the movements to `take`.
    pub fn feed_with(&mut self, bytes: &[u8], mut take: impl FnMut(StatementRow)) {
        let Self { decoder, sheet } = self;
        let fed = decoder.feed(bytes, &mut |record| {
            if let Some(row) = sheet.take(&record) {
                take(row);
            }
        });
        if let Err(fault) = fed {
            sheet.lose(Fault::from(fault));
        }
    }

    /// Ends the file. Only when this succeeds may anything be done with the movements: else the file is not the one
    /// that the gateway wrote, or not all of it.
    ///
    /// # Errors
    /// All that is wrong with the file, by line and column: also that it was cut, or that its sums differ.
    pub fn finish(self) -> Result<StatementEnd, StatementFaults> {
        let Self { decoder, mut sheet } = self;
        // A movement that only the end completes is in a file that is refused: its last line has no end, and is no
        // line with sums.
        match decoder.finish(&mut |record| drop(sheet.take(&record))) {
            Ok(end) => sheet.finish(Some(end)),
            Err(fault) => {
                sheet.lose(Fault::from(fault));
                sheet.finish(None)
            }
        }
    }
}

/// A whole statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its movements in the order of the file.
    pub rows: Vec<StatementRow>,
    /// What is known about it.
    pub end: StatementEnd,
}

impl Statement {
    /// Reads a whole file at once.
    ///
    /// # Errors
    /// `configuration` when the profile does not hold; else `malformed`, with [`StatementFaults`] as its source.
    pub fn read(profile: &Profile, period: StatementPeriod, bytes: &[u8]) -> Result<Self> {
        let mut reader = StatementReader::new(profile.clone(), period)?;
        let rows = reader.feed(bytes);
        let end = reader.finish()?;
        Ok(Self { rows, end })
    }

    /// The two as one statement of both periods. What happened within a day of where one ends and the other begins can be
    /// in either file, so that neither decides it alone; together they do.
    ///
    /// Lines keep the numbers of their own file. Lines about the payout are compared with the contract month by month:
    /// not where two are joined.
    ///
    /// # Errors
    /// `invalid_value` on `period` when the other one does not begin on the day after this one ends.
    pub fn followed_by(mut self, next: Self) -> Result<Self> {
        let (ours, theirs) = (self.end.period, next.end.period);
        if ours.until().tomorrow().ok() != Some(theirs.from()) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "period",
                "must begin on the day after the other one ends",
            ));
        }
        let end = &mut self.end;
        end.period = StatementPeriod::new(ours.from(), theirs.until())?;
        end.rows += next.end.rows;
        end.ignored += next.end.ignored;
        end.totals = end.totals.plus(next.end.totals);
        end.payouts.extend(next.end.payouts);
        end.is_proven_whole &= next.end.is_proven_whole;
        end.is_date_only |= next.end.is_date_only;
        self.rows.extend(next.rows);
        Ok(self)
    }
}
