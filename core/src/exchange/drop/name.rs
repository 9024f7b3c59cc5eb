//! Names of files in the drop.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::reference::check_id;
use crate::time::Timestamp;

/// Which of the files of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DropPart {
    /// `NMEXC_….csv`: the exchanges.
    Exchanges,
    /// `NMEXC_….end`: says that they are whole.
    ExchangesEnd,
    /// `NMEXR_….csv`: the failed rows, from NetMile.
    Result,
    /// `NMEXR_….end`: says that they are whole.
    ResultEnd,
}

impl DropPart {
    const fn ends(self) -> (&'static str, &'static str) {
        match self {
            Self::Exchanges => ("NMEXC_", ".csv"),
            Self::ExchangesEnd => ("NMEXC_", ".end"),
            Self::Result => ("NMEXR_", ".csv"),
            Self::ResultEnd => ("NMEXR_", ".end"),
        }
    }

    const ALL: [Self; 4] = [
        Self::Exchanges,
        Self::ExchangesEnd,
        Self::Result,
        Self::ResultEnd,
    ];
}

/// The name of a file: site and minute, nothing that anybody could choose freely. So a name never leaves its directory.
///
/// ```
/// use netmile::exchange::drop::{DropName, DropPart};
/// let name = DropName::parse("NMEXC_8763_202611220300.csv")?;
/// assert_eq!(name.part(), DropPart::Exchanges);
/// assert_eq!(name.with(DropPart::Result).to_string(), "NMEXR_8763_202611220300.csv");
/// for bad in ["../NMEXC_8763_202611220300.csv", "NMEXC_8763_202613220300.csv", "NMEXC_8763_202611220300.CSV"] {
///     assert!(DropName::parse(bad).is_err());
/// }
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DropName {
    site: String,
    minute: String,
    part: DropPart,
}

impl DropName {
    /// The file of a site for an instant; seconds are dropped.
    ///
    /// # Errors
    /// `invalid_value` for a site id that is none.
    pub fn new(site_id: &str, at: Timestamp, part: DropPart) -> Result<Self> {
        check_id("site_id", site_id, 32)?;
        let mut minute = at.to_jst();
        minute.truncate(12);
        Ok(Self {
            site: site_id.to_owned(),
            minute,
            part,
        })
    }

    /// Reads a name.
    ///
    /// # Errors
    /// `invalid_value`.
    pub fn parse(name: &str) -> Result<Self> {
        let wrong = || {
            Error::field(
                ErrorKind::InvalidValue,
                "file_name",
                "must be NMEXC_ or NMEXR_, the site, a minute, and .csv or .end",
            )
        };
        let found = DropPart::ALL.into_iter().find_map(|part| {
            let (start, end) = part.ends();
            let middle = name.strip_prefix(start)?.strip_suffix(end)?;
            Some((part, middle.rsplit_once('_')?))
        });
        let (part, (site, minute)) = found.ok_or_else(wrong)?;
        check_id("site_id", site, 32).map_err(|_| wrong())?;
        if minute.len() != 12 {
            return Err(wrong());
        }
        Timestamp::parse_jst(&format!("{minute}00")).map_err(|_| wrong())?;
        Ok(Self {
            site: site.to_owned(),
            minute: minute.to_owned(),
            part,
        })
    }

    /// Whose it is.
    #[must_use]
    pub fn site_id(&self) -> &str {
        &self.site
    }

    /// Which file of its run.
    #[must_use]
    pub const fn part(&self) -> DropPart {
        self.part
    }

    /// Another file of the same run.
    #[must_use]
    pub fn with(&self, part: DropPart) -> Self {
        Self {
            part,
            ..self.clone()
        }
    }
}

impl fmt::Display for DropName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = self.part.ends();
        write!(f, "{start}{}_{}{end}", self.site, self.minute)
    }
}
