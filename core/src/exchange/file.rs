//! Rows of files, and the files of flow ③.

use std::fmt;

use super::MAX_MILES;
use super::drop::{DropName, DropPart};
use crate::error::{Error, ErrorKind, Result};
use crate::miles::file::{CarrierDomains, FileEncoding, MAX_UPLOAD_ROWS, UploadKind, UploadWriter};
use crate::money::Miles;
use crate::reference::User;
use crate::time::Timestamp;

/// One exchange, as a row of a file: NetMileユーザID, 指定キー, 交換マイル数.
///
/// The file has no column for the shop's own name of it: the shop keeps it with the name of the file and the number of
/// the row.
///
/// `Debug` shows the miles only: the rest is personal.
#[derive(Clone, PartialEq, Eq)]
pub struct ExchangeRow {
    /// Mail address or NetMile user id.
    pub user: String,
    /// The shop's name of its customer (指定キー).
    pub designated_key: String,
    /// What NetMile issues.
    pub miles: Miles,
}

impl ExchangeRow {
    /// Takes the three columns. They are checked when they are written.
    #[must_use]
    pub fn new(user: &User, designated_key: impl Into<String>, miles: Miles) -> Self {
        let user = match user {
            User::Mail(mail) | User::MobileMail(mail) => mail.expose(),
            User::UserId(id) => id.as_str(),
        };
        Self {
            user: user.to_owned(),
            designated_key: designated_key.into(),
            miles,
        }
    }
}

impl From<&super::ExchangeRequest> for ExchangeRow {
    fn from(request: &super::ExchangeRequest) -> Self {
        Self::new(request.user(), request.designated_key(), request.miles())
    }
}

impl fmt::Debug for ExchangeRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExchangeRow({} miles)", self.miles)
    }
}

/// A file for the management site (マネージメントサイト).
#[derive(Clone, PartialEq, Eq)]
pub struct UploadFile {
    /// The name to upload it under: the site takes no other form, and each name once. Keep it before the upload, the
    /// result is found by it.
    pub name: DropName,
    /// Number of its first row among all, from 1.
    pub first_row: u64,
    /// Rows in it: 1 to 10,000.
    pub rows: u64,
    /// Their miles.
    pub miles: Miles,
    /// What is uploaded: CP932, with the header row. Personal data.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for UploadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadFile")
            .field("name", &self.name)
            .field("first_row", &self.first_row)
            .field("rows", &self.rows)
            .field("miles", &self.miles)
            .finish_non_exhaustive()
    }
}

/// Cuts any number of rows into files of at most 10,000 (フロー③). One file is in memory at a time.
///
/// The files are named by site and minute: the first by `at`, each further one by the minute after. So two runs whose
/// files would overlap must not begin within as many minutes as the first one has files.
///
/// A row that breaks a rule ends it: the files before it are whole.
///
/// ```
/// use netmile::Miles;
/// use netmile::exchange::{ExchangeRow, uploads};
/// use netmile::reference::User;
/// use netmile::time::Timestamp;
/// let user = User::user_id("1001")?;
/// let at = Timestamp::parse_jst("20261122120000")?;
/// let rows = (0..10_001).map(|_| ExchangeRow::new(&user, "CUST0001", Miles::new(100)));
/// let files: Vec<_> = uploads("8763", at, rows).collect::<Result<_, _>>()?;
/// assert_eq!((files[0].rows, files[1].first_row, files[1].rows), (10_000, 10_001, 1));
/// assert_eq!(files[1].name.to_string(), "NMEXC_8763_202611221201.csv");
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// # Errors
/// Each item: `invalid_value` on the field, with the number of the row; on `site_id` for an id that is none.
pub fn uploads(
    site_id: &str,
    at: Timestamp,
    rows: impl IntoIterator<Item = ExchangeRow>,
) -> impl Iterator<Item = Result<UploadFile>> {
    uploads_with(site_id, at, rows, CarrierDomains::default())
}

/// As [`uploads`], with another list of mobile carriers' domains: their addresses are refused, as NetMile refuses them.
///
/// # Errors
/// As [`uploads`].
pub fn uploads_with(
    site_id: &str,
    at: Timestamp,
    rows: impl IntoIterator<Item = ExchangeRow>,
    carriers: CarrierDomains,
) -> impl Iterator<Item = Result<UploadFile>> {
    let site_id = site_id.to_owned();
    let mut minute = at;
    let mut rows = rows.into_iter().fuse();
    let mut next_row = 1;
    let mut failed = false;
    std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let written = DropName::new(&site_id, minute, DropPart::Exchanges)
            .and_then(|name| write((name, &carriers), &mut rows, next_row, MAX_UPLOAD_ROWS));
        match written {
            Ok(file) if file.rows == 0 => None,
            Ok(file) => {
                next_row += file.rows;
                minute = minute.plus_seconds(60);
                Some(Ok(file))
            }
            Err(error) => {
                failed = true;
                Some(Err(error))
            }
        }
    })
}

/// Writes at most so many rows. The numbers of rows start with `first_row`.
pub(super) fn write(
    (name, carriers): (DropName, &CarrierDomains),
    rows: &mut impl Iterator<Item = ExchangeRow>,
    first_row: u64,
    most: u64,
) -> Result<UploadFile> {
    let mut writer = UploadWriter::new(UploadKind::Exchange, FileEncoding::Cp932)
        .with_carriers(carriers.clone());
    let mut file = UploadFile {
        name,
        first_row,
        rows: 0,
        miles: Miles::default(),
        bytes: Vec::new(),
    };
    while file.rows < most
        && let Some(row) = rows.next()
    {
        let number = first_row + file.rows;
        let of_row = |error: &Error| {
            let field = error.field_name().unwrap_or("row").to_owned();
            let rule = format!("row {number}: {}", error.detail());
            Error::field(ErrorKind::InvalidValue, field, rule)
        };
        writer
            .row(&row.user, &row.designated_key, row.miles)
            .map_err(|error| of_row(&error))?;
        // Each row has at most MAX_MILES, so the sum of a file fits.
        debug_assert!(row.miles.get() <= MAX_MILES);
        file.miles = file.miles.checked_add(row.miles)?;
        file.rows += 1;
    }
    file.bytes = writer.take();
    Ok(file)
}
