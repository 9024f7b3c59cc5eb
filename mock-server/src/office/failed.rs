//! Rows of a registration that got a code.

use super::{
    code::{Code, Table},
    refusal::Refusal,
    state::{Office, REGISTRATION, number},
};

/// Most rows that are shown.
const MOST_SHOWN: usize = 100;

/// The rows of a registration that got one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FailedRows {
    pub(crate) code: Code,
    pub(crate) count: u32,
    /// Number of the row, who, designated key, miles; the first of them, none once the lists are deleted.
    pub(crate) rows: Vec<(u64, [String; 3])>,
}

impl Office {
    /// The rows of a registration that got this code.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such registration, it is another site's, or no row of it got the code.
    pub(crate) fn failed_rows(
        &self,
        site_id: &str,
        registration_id: &str,
        code: &str,
        now: i64,
    ) -> Result<FailedRows, Refusal> {
        let view = self.registration_view(site_id, registration_id, now)?;
        let counted = view.breakdown.iter().find(|one| one.code == code);
        let counted = counted.ok_or(Refusal::NotFound)?;
        let registration = number(REGISTRATION, registration_id)
            .and_then(|number| self.registration(number))
            .ok_or(Refusal::NotFound)?;
        let code = Code::find(Table::Manual, code).ok_or(Refusal::NotFound)?;
        let rows = registration.rows.as_ref().map_or_else(Vec::new, |rows| {
            let numbered = registration.codes.iter().enumerate();
            let of_code = numbered.filter(|(_, of)| **of == Some(code));
            let of_code = of_code.take(MOST_SHOWN);
            let row = |(at, _): (usize, _)| {
                let cells = rows.row(at).map(ToOwned::to_owned);
                (u64::try_from(at).unwrap_or(u64::MAX) + 1, cells)
            };
            of_code.map(row).collect()
        });
        Ok(FailedRows {
            code,
            count: counted.count,
            rows,
        })
    }
}
