//! Detail rows of a purchase (明細).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::link::fields;
use crate::money::Yen;

/// Most rows of one purchase: `dtl_rowno` has three digits.
pub const MAX_ROWS: usize = 999;

/// One detail row. The gateway is not known to compare the rows with the amount; [`rows_total`] lets the shop do
/// so.
///
/// ```
/// use netmile::{Yen, link::DetailRow};
/// let row = DetailRow::new("I1", "明細1", Yen::new(60)).with_count(1);
/// assert_eq!(row.amount(), Yen::new(60));
/// ```
///
/// Source: docs/protocol/link-type.md#fields
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailRow {
    item_id: String,
    item_name: String,
    count: Option<u32>,
    tax: Option<Yen>,
    amount: Yen,
    free: [String; 3],
}

impl DetailRow {
    /// A row: item id (at most 20 of `[0-9A-Za-z_-]`), name (at most 40 bytes in Shift_JIS), amount (at most
    /// 9,999,999 yen).
    #[must_use]
    pub fn new(item_id: impl Into<String>, item_name: impl Into<String>, amount: Yen) -> Self {
        Self {
            item_id: item_id.into(),
            item_name: item_name.into(),
            count: None,
            tax: None,
            amount,
            free: Default::default(),
        }
    }

    /// Number of items, at most 999,999.
    #[must_use]
    pub fn with_count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Tax within the amount, at most 9,999,999 yen.
    #[must_use]
    pub fn with_tax(mut self, tax: Yen) -> Self {
        self.tax = Some(tax);
        self
    }

    /// Free texts, at most 20 bytes in Shift_JIS each.
    #[must_use]
    pub fn with_free(
        mut self,
        free1: impl Into<String>,
        free2: impl Into<String>,
        free3: impl Into<String>,
    ) -> Self {
        self.free = [free1.into(), free2.into(), free3.into()];
        self
    }

    /// Item id.
    #[must_use]
    pub fn item_id(&self) -> &str {
        &self.item_id
    }

    /// Item name.
    #[must_use]
    pub fn item_name(&self) -> &str {
        &self.item_name
    }

    /// Number of items.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        self.count
    }

    /// Tax within the amount.
    #[must_use]
    pub fn tax(&self) -> Option<Yen> {
        self.tax
    }

    /// Amount of the row.
    #[must_use]
    pub fn amount(&self) -> Yen {
        self.amount
    }

    /// The three free texts.
    #[must_use]
    pub fn free(&self) -> &[String; 3] {
        &self.free
    }

    /// What a row needs beyond the lengths and characters of its fields.
    pub(crate) fn check(&self) -> Result<()> {
        fields::require("dtl_item_name", &self.item_name)?;
        if !fields::is_id(&self.item_id) {
            return Err(fields::invalid(
                "dtl_item_id",
                "must be 1 to 20 of the characters 0-9 A-Z a-z _ -",
            ));
        }
        if self.count == Some(0) {
            return Err(fields::invalid("dtl_item_count", "must be at least 1"));
        }
        Ok(())
    }

    /// The values in the order of the wire; `number` counts from 1.
    pub(crate) fn values(&self, number: usize) -> [String; 9] {
        let [free1, free2, free3] = self.free.clone();
        [
            number.to_string(),
            self.item_id.clone(),
            self.item_name.clone(),
            self.count.map(|n| n.to_string()).unwrap_or_default(),
            self.tax.map(|n| n.to_string()).unwrap_or_default(),
            self.amount.to_string(),
            free1,
            free2,
            free3,
        ]
    }

    /// Reads the values of a verified row, whose lengths and characters are checked.
    pub(crate) fn from_values(values: [String; 9]) -> Result<Self> {
        let [
            _,
            item_id,
            item_name,
            count,
            tax,
            amount,
            free1,
            free2,
            free3,
        ] = values;
        let number = |name: &'static str, text: &str| -> Result<Option<u64>> {
            if text.is_empty() {
                return Ok(None);
            }
            text.parse()
                .map(Some)
                .map_err(|_| fields::invalid(name, "must be half-width digits"))
        };
        let count = number("dtl_item_count", &count)?
            .map(u32::try_from)
            .transpose()
            .map_err(|_| {
                fields::invalid("dtl_item_count", "must be at most 6 half-width digits")
            })?;
        let amount = number("dtl_amount", &amount)?.ok_or_else(|| {
            Error::field(ErrorKind::MissingField, "dtl_amount", "must not be blank")
        })?;
        Ok(Self {
            item_id,
            item_name,
            count,
            tax: number("dtl_tax", &tax)?.map(Yen::new),
            amount: Yen::new(amount),
            free: [free1, free2, free3],
        })
    }
}

impl fmt::Debug for DetailRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DetailRow")
            .field("item_id", &self.item_id)
            .field("count", &self.count)
            .field("tax", &self.tax)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

/// Sum of the amounts of rows, each taken as the amount of its whole line.
///
/// # Errors
/// `invalid_value` on overflow.
pub fn rows_total(rows: &[DetailRow]) -> Result<Yen> {
    rows.iter()
        .try_fold(Yen::new(0), |sum, row| sum.checked_add(row.amount))
}
