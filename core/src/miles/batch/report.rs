//! What became of a batch.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chunk::{ChunkPhase, ChunkRecord};
use crate::money::Miles;
use crate::operation::Rejection;

/// How a run over a batch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BatchState {
    /// Every row has its outcome, and all sums agree.
    Done,
    /// NetMile has not answered or not finished yet. The same call again goes on.
    Waiting,
    /// NetMile refused an upload at the door: correct what the rejection names; the same call again goes on.
    Refused,
    /// Sums do not agree, or an upload was refused for good: a person must look.
    NeedsReview,
}

impl BatchState {
    /// The name in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
            Self::NeedsReview => "needs_review",
        }
    }
}

/// What became of a batch, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BatchReport {
    /// How the run ended.
    pub state: BatchState,
    /// Rows that are sent.
    pub rows: u64,
    /// Their miles.
    pub miles: Miles,
    /// Rows of the file that were left out as faulty.
    pub left_out: u64,
    /// Uploads whose rows have their outcome.
    pub uploads: u64,
    /// Rows that were issued. Of an upload whose error list contradicts the counts
    /// ([`ListDiffers`](super::ChunkCause::ListDiffers)) these are the counts, which agree with what was sent: what is in
    /// doubt is which rows were refused.
    pub issued: u64,
    /// Their miles.
    pub miles_issued: Miles,
    /// Rows that NetMile refused.
    pub refused: u64,
    /// Their miles.
    pub miles_refused: Miles,
    /// Rows that were sent and whose outcome is not known: those of every upload that is still under way, and of one that a
    /// person must look at. Where NetMile counted something else than was sent
    /// ([`SumsDiffer`](super::ChunkCause::SumsDiffer)) none of its counts is believed, and all rows of the upload are in here;
    /// the upload itself ([`ChunkRecord`]) has what NetMile said.
    pub unknown: u64,
    /// Their miles.
    pub miles_unknown: Miles,
    /// Refused rows by code of the manual table.
    pub breakdown: BTreeMap<String, u64>,
    /// Why an upload was refused as a whole.
    pub rejection: Option<Rejection>,
    /// Uploads whose error list NetMile has no more: their refused rows are counted but not listed.
    pub lists_missing: u64,
    /// Uploads whose error list has not come yet: the same call again fetches it.
    pub lists_open: u64,
}

impl BatchReport {
    pub(crate) fn new(rows: u64, miles: Miles, left_out: u64) -> Self {
        Self {
            state: BatchState::Waiting,
            rows,
            miles,
            left_out,
            uploads: 0,
            issued: 0,
            miles_issued: Miles::new(0),
            refused: 0,
            miles_refused: Miles::new(0),
            unknown: 0,
            miles_unknown: Miles::new(0),
            breakdown: BTreeMap::new(),
            rejection: None,
            lists_missing: 0,
            lists_open: 0,
        }
    }

    /// Adds an upload, as far as it is known.
    pub(crate) fn add(&mut self, record: &ChunkRecord) {
        let sum = |a: Miles, b: Miles| Miles::new(a.get().saturating_add(b.get()));
        self.rejection = self.rejection.take().or(record.rejection.clone());
        // It is not with NetMile.
        if record.phase == ChunkPhase::Refused {
            return;
        }
        if !record.is_counted() {
            self.unknown += record.rows;
            self.miles_unknown = sum(self.miles_unknown, record.miles);
            return;
        }
        self.uploads += 1;
        self.issued += record.rows.saturating_sub(record.refused);
        self.refused += record.refused;
        self.miles_issued = sum(self.miles_issued, record.miles_issued);
        self.miles_refused = sum(self.miles_refused, record.miles_refused);
        for (code, count) in &record.breakdown {
            *self.breakdown.entry(code.clone()).or_default() += count;
        }
    }

    /// Says how a run ended in which everything was sent.
    pub(crate) fn end(&mut self) {
        let is_known = self.unknown == 0 && self.lists_open == 0;
        if self.state == BatchState::Waiting && is_known {
            self.state = if self.adds_up() {
                BatchState::Done
            } else {
                BatchState::NeedsReview
            };
        }
    }

    /// Whether every row and every mile has its outcome: in = issued + refused.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let miles = self
            .miles_issued
            .get()
            .checked_add(self.miles_refused.get());
        self.issued.checked_add(self.refused) == Some(self.rows) && miles == Some(self.miles.get())
    }
}

/// What a run does right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The file is read and checked; nothing is sent yet.
    Checking,
    /// Uploads are sent and their outcome is waited for.
    Issuing,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchProgress {
    /// What it does.
    pub stage: Stage,
    /// Bytes of the file that were read in this stage.
    pub bytes: u64,
    /// Bytes of the file, if they are known.
    pub bytes_total: Option<u64>,
    /// Rows that were checked.
    pub rows: u64,
    /// Rows that NetMile has.
    pub uploaded: u64,
    /// Rows that have their outcome.
    pub finished: u64,
    /// Of them refused.
    pub refused: u64,
}
