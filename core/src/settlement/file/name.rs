//! The name of a file in our reference format.

use std::fmt;

use crate::contract::ContractId;
use crate::error::{Error, ErrorKind, Result};
use crate::schedule::YearMonth;

/// `settlement_<merchant>_<service>_<YYYYMM>.csv` (assumed).
///
/// ```
/// use netmile::settlement::file::StatementName;
/// let name = StatementName::parse("settlement_99999_001_202601.csv")?;
/// assert_eq!((name.contract.to_string(), name.month.to_string()), ("99999/001".into(), "2026-01".into()));
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementName {
    /// Merchant and service that it is about.
    pub contract: ContractId,
    /// The month that it is about.
    pub month: YearMonth,
}

impl StatementName {
    /// Reads a file name, without its directory.
    ///
    /// # Errors
    /// `invalid_value` when it is another one.
    pub fn parse(name: &str) -> Result<Self> {
        let wrong = || {
            Error::field(
                ErrorKind::InvalidValue,
                "file_name",
                "must be settlement_<merchant>_<service>_<YYYYMM>.csv",
            )
        };
        let parts = name
            .strip_prefix("settlement_")
            .and_then(|rest| rest.strip_suffix(".csv"))
            .ok_or_else(wrong)?;
        let mut parts = parts.split('_');
        let (Some(merchant), Some(service), Some(month), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        if month.len() != 6 {
            return Err(wrong());
        }
        Ok(Self {
            contract: ContractId::new(merchant, service).map_err(|_| wrong())?,
            month: YearMonth::parse(month).map_err(|_| wrong())?,
        })
    }
}

impl fmt::Display for StatementName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "settlement_{}_{}_{}.csv",
            self.contract.merchant_id,
            self.contract.service_id,
            self.month.to_wire()
        )
    }
}
