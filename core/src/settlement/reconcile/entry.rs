//! Where a movement was put.

use serde::Serialize;

use super::cause::Cause;
use super::expected::{Expected, ExpectedMovement, Source};
use crate::lang::Lang;
use crate::settlement::file::StatementRow;

/// What kind of agreement or difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// File and journal say the same (一致).
    Match,
    /// The file has it, the journal does not (当方なし).
    MissingHere,
    /// The journal has it, the file does not, and should (先方なし).
    MissingThere,
    /// Both have it with different yen (金額相違).
    Amount,
    /// Both have it and say different things of it (状態相違).
    Status,
    /// It stands twice on one side (重複).
    Duplicate,
    /// The journal has it in days that the file is not about (期間外). No difference.
    OutsidePeriod,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 7] = [
        Self::Match,
        Self::MissingHere,
        Self::MissingThere,
        Self::Amount,
        Self::Status,
        Self::Duplicate,
        Self::OutsidePeriod,
    ];

    /// The name in every language binding.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::MissingHere => "missing_here",
            Self::MissingThere => "missing_there",
            Self::Amount => "amount",
            Self::Status => "status",
            Self::Duplicate => "duplicate",
            Self::OutsidePeriod => "outside_period",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Self::Match => ("match", "一致"),
            Self::MissingHere => ("missing here", "当方の記録なし"),
            Self::MissingThere => ("missing there", "ファイルに記載なし"),
            Self::Amount => ("amount differs", "金額相違"),
            Self::Status => ("status differs", "状態相違"),
            Self::Duplicate => ("duplicate", "重複"),
            Self::OutsidePeriod => ("outside the period", "対象期間外"),
        };
        lang.pick(en, ja)
    }
}

/// What the file decides about a movement whose outcome was not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The sale happened.
    Paid,
    /// The sale did not happen.
    NotPaid,
    /// The refund happened.
    Refunded,
    /// The refund did not happen.
    NotRefunded,
    /// The file does not decide it.
    Undecided,
}

/// A record of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRef {
    /// What kind of record it is.
    pub source: Source,
    /// Its id in the journal.
    pub id: String,
    /// The id at the gateway that the shop gave.
    pub order_id: String,
    /// The id that the gateway gave, if known.
    pub tracking_id: Option<String>,
    /// What it looked like when it was compared: [`Expected::with_state`].
    pub state: Option<String>,
}

impl From<&Expected> for RecordRef {
    fn from(expected: &Expected) -> Self {
        Self {
            source: expected.source,
            id: expected.id.clone(),
            order_id: expected.order_id.clone(),
            tracking_id: expected.tracking_id.clone(),
            state: expected.state.clone(),
        }
    }
}

/// A movement of the file, of the journal, or the same one of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it was put.
    pub class: Class,
    /// Why.
    pub cause: Cause,
    /// What the file says.
    pub row: Option<StatementRow>,
    /// What the journal says.
    pub movement: Option<ExpectedMovement>,
    /// The record of the journal that it is about. Without a `movement`: the payment that the row of the file belongs
    /// to.
    pub record: Option<RecordRef>,
    /// What the file decides, where the journal did not know.
    pub verdict: Option<Verdict>,
}

impl Entry {
    /// The shop's id, of the file if it says one.
    #[must_use]
    pub fn order_id(&self) -> &str {
        let of_row = self.row.as_ref().map(|r| r.order_id.as_str());
        let of_journal = || self.record.as_ref().map(|j| j.order_id.as_str());
        of_row
            .filter(|id| !id.is_empty())
            .or_else(of_journal)
            .unwrap_or_default()
    }

    /// The gateway's id, of the file if it says one.
    #[must_use]
    pub fn tracking_id(&self) -> Option<&str> {
        let of_row = self.row.as_ref().map(|r| r.tracking_id.as_str());
        let of_journal = || self.record.as_ref().and_then(|j| j.tracking_id.as_deref());
        of_row.filter(|id| !id.is_empty()).or_else(of_journal)
    }
}

/// Counts and yen. Refunds are negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Movements of the file.
    pub file_count: u64,
    /// Yen of the file.
    pub file_yen: i128,
    /// Movements of the journal.
    pub journal_count: u64,
    /// Yen of the journal; what it knows did not happen is nothing, what it does not know counts as asked.
    pub journal_yen: i128,
}

impl Tally {
    pub(super) fn add_row(&mut self, row: &StatementRow) {
        self.file_count += 1;
        self.file_yen += row.signed_amount();
    }

    pub(super) fn add_movement(&mut self, movement: &ExpectedMovement) {
        self.journal_count += 1;
        self.journal_yen += movement.signed_amount();
    }
}
