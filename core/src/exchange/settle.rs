//! What became of the rows of a file: every one is issued or refused, and the sums say so.

use std::collections::HashMap;
use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::miles::file::{
    CarrierDomains, Checked, FileFaults, ResultKind, ResultReader, ResultRow, UploadKind,
    UploadReader, UploadRules,
};
use crate::money::Miles;
use crate::operation::Rejection;

/// Rows and their miles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many rows.
    pub rows: u64,
    /// How many miles.
    pub miles: Miles,
}

/// What became of one row.
#[derive(Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// Number of the row in the file, from 1.
    pub row: u64,
    /// Mail address or NetMile user id. Personal data.
    pub user: String,
    /// The shop's name of its customer (指定キー).
    pub designated_key: String,
    /// The miles.
    pub miles: Miles,
    /// Why they were not issued. `None`: they were.
    pub refused: Option<Rejection>,
}

impl fmt::Debug for RowOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowOutcome")
            .field("row", &self.row)
            .field("miles", &self.miles)
            .field("refused", &self.refused)
            .finish_non_exhaustive()
    }
}

/// What became of a file. The sums are proven: `sent` is `issued` and `refused` together, rows and miles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Every row of the file, in its order.
    pub rows: Vec<RowOutcome>,
    /// All of it.
    pub sent: Total,
    /// What was issued.
    pub issued: Total,
    /// What was refused: these points go back.
    pub refused: Total,
}

/// Reads a result (失敗した行だけのファイル) against the file that it is about, of flow ② or ③.
///
/// Only failed rows are in a result, so a row that is not there was issued. Rows of one file that are equal in all three
/// columns cannot be told apart: of those the later ones count as refused, since limits refuse later issues. Everything
/// else has to fit, or nothing is said about any row.
///
/// A result that was cut within a line is refused. One that was cut behind a line looks whole, and the rows it lost count as
/// issued: of a file that you downloaded (flow ③) use [`settle_counted`]; in the drop (flow ②) the `.end` says the count.
///
/// ```
/// use netmile::exchange::settle;
/// let sent = b"1001,CUST0001,100\r\n1002,CUST0002,200\r\n1003,CUST0003,300\r\n";
/// let settled = settle(sent, b"1002,CUST0002,200,41023\r\n")?;
/// assert_eq!((settled.issued.miles.get(), settled.refused.miles.get()), (400, 200));
/// assert_eq!(settled.rows[1].refused.as_ref().unwrap().code, "manual:41023");
/// assert!(settle(sent, b"1004,CUST0004,200,41023\r\n").is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// # Errors
/// `malformed` when one of the files is none, or when the last line of the result does not end; `mismatch` on `row` for a row
/// of the result that was not sent, or not as often.
pub fn settle(sent: &[u8], result: &[u8]) -> Result<Settled> {
    read_and_settle(sent, result, None)
}

/// As [`settle`], of a result that has to name so many rows: the count of failed rows that the management site
/// (マネージメントサイト) shows beside the file. Nothing else tells a whole file from one that was cut between two lines.
///
/// ```
/// use netmile::exchange::settle_counted;
/// let sent = b"1001,CUST0001,100\r\n1002,CUST0002,200\r\n1003,CUST0003,300\r\n";
/// let result = b"1002,CUST0002,200,41023\r\n1003,CUST0003,300,41023\r\n";
/// assert_eq!(settle_counted(sent, result, 2)?.issued.miles.get(), 100);
/// let cut = b"1002,CUST0002,200,41023\r\n";
/// let error = settle_counted(sent, cut, 2).unwrap_err();
/// assert_eq!((error.code(), error.field_name()), ("mismatch", Some("refused_rows")));
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// # Errors
/// As [`settle`]; `mismatch` on `refused_rows` when the result has more or fewer rows.
pub fn settle_counted(sent: &[u8], result: &[u8], refused_rows: u64) -> Result<Settled> {
    read_and_settle(sent, result, Some(refused_rows))
}

fn read_and_settle(sent: &[u8], result: &[u8], refused_rows: Option<u64>) -> Result<Settled> {
    let mut rows = read_sent(sent)?;
    let refused = ResultReader::read(ResultKind::Exchange, result)
        .map_err(|faults| malformed("result", &faults))?;
    if let Some(count) = refused_rows
        && u64::try_from(refused.len()) != Ok(count)
    {
        let rule = format!("is {count}, but the result has {}", refused.len());
        return Err(Error::field(ErrorKind::Mismatch, "refused_rows", rule));
    }
    mark(&mut rows, &refused)?;
    add_up(rows)
}

/// Marks the rows that the result names.
fn mark(rows: &mut [RowOutcome], refused: &[ResultRow]) -> Result<()> {
    // The last of equal rows is at the end of its list.
    let mut open: HashMap<(String, String, Miles), Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let key = (row.user.clone(), row.designated_key.clone(), row.miles);
        open.entry(key).or_default().push(at);
    }
    // From the end too, so that several codes of equal rows stay in order.
    for failed in refused.iter().rev() {
        let not_sent = || {
            let rule = format!("of the result was not sent: line {}", failed.line);
            Error::field(ErrorKind::Mismatch, "row", rule)
        };
        let code = failed.code.as_deref().ok_or_else(not_sent)?;
        let miles = failed.miles().ok_or_else(not_sent)?;
        let key = (failed.user.clone(), failed.key.clone(), miles);
        let at = open.get_mut(&key).and_then(Vec::pop);
        let row = at.and_then(|at| rows.get_mut(at)).ok_or_else(not_sent)?;
        row.refused = Some(Rejection::of_table("manual", code));
    }
    Ok(())
}

fn add_up(rows: Vec<RowOutcome>) -> Result<Settled> {
    let mut settled = Settled {
        rows,
        sent: Total::default(),
        issued: Total::default(),
        refused: Total::default(),
    };
    for row in &settled.rows {
        let part = match row.refused {
            Some(_) => &mut settled.refused,
            None => &mut settled.issued,
        };
        for total in [&mut settled.sent, part] {
            total.rows += 1;
            total.miles = total.miles.checked_add(row.miles)?;
        }
    }
    let adds_up = settled.issued.rows + settled.refused.rows == settled.sent.rows
        && settled.issued.miles.checked_add(settled.refused.miles)? == settled.sent.miles;
    if adds_up {
        return Ok(settled);
    }
    Err(Error::field(
        ErrorKind::Mismatch,
        "miles",
        "do not add up to what was sent",
    ))
}

/// Reads a file that was sent. It has to be faultless: what was sent was checked. The list of carriers may have been another
/// one then.
pub(super) fn read_sent(sent: &[u8]) -> Result<Vec<RowOutcome>> {
    let rules = UploadRules::new(UploadKind::Exchange)
        .of_any_size()
        .with_carriers(CarrierDomains::new([]));
    let mut rows = Vec::new();
    let mut faults = FileFaults::default();
    let mut take = |checked: Checked<'_>| match checked {
        Checked::Row(row) => rows.push(RowOutcome {
            row: row.number,
            user: row.user.to_owned(),
            designated_key: row.key.to_owned(),
            miles: row.miles,
            refused: None,
        }),
        Checked::Faulty(row) => row.faults.iter().for_each(|fault| faults.push(*fault)),
    };
    let mut reader = UploadReader::new(rules);
    reader.feed(sent, &mut take);
    let end = reader.finish(&mut take);
    if end.is_clean() {
        return Ok(rows);
    }
    Err(malformed("file", &faults))
}

/// The first fault; its text says where, and shows no value.
pub(super) fn malformed(file: &'static str, faults: &FileFaults) -> Error {
    let first = faults.faults().first();
    let text = first.map_or_else(String::new, |fault| fault.text(crate::lang::Lang::En));
    let rule = format!("is no point-exchange file: {text}");
    Error::field(ErrorKind::Malformed, file, rule)
}
