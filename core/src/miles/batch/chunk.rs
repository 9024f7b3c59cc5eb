//! What is known about one upload, and what an event means for it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cut::Chunk;
use crate::error::{Error, ErrorKind, Result};
use crate::miles::{Registration, RegistrationState};
use crate::money::Miles;
use crate::operation::Rejection;
use crate::time::Timestamp;

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChunkPhase {
    /// Recorded; it may or may not have arrived.
    Sending,
    /// NetMile has it; its rows are processed later.
    Accepted,
    /// Every row has its outcome, and the sums agree.
    Finished,
    /// Refused as a whole at the door (table `api`): nothing was issued, and it may be sent again.
    Refused,
    /// Refused as a whole by a rule, or the sums do not agree.
    NeedsReview,
}

impl ChunkPhase {
    /// Every phase.
    pub const ALL: [Self; 5] = [
        Self::Sending,
        Self::Accepted,
        Self::Finished,
        Self::Refused,
        Self::NeedsReview,
    ];

    /// The name in journals and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Finished => "finished",
            Self::Refused => "refused",
            Self::NeedsReview => "needs_review",
        }
    }
}

/// One upload of a batch in the journal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkRecord {
    /// The site.
    pub site: String,
    /// The batch.
    pub batch_id: String,
    /// Number of its first row, from 1.
    pub first_row: u64,
    /// Rows.
    pub rows: u64,
    /// Their miles.
    pub miles: Miles,
    /// SHA-256 of its file in hex.
    pub sha256: String,
    /// Where it stands.
    pub phase: ChunkPhase,
    /// NetMile's id of it (発行登録ID).
    #[serde(default)]
    pub registration_id: Option<String>,
    /// Rows that were refused.
    #[serde(default)]
    pub refused: u64,
    /// Miles of the rows that were issued.
    #[serde(default)]
    pub miles_issued: Miles,
    /// Miles of the rows that were refused.
    #[serde(default)]
    pub miles_refused: Miles,
    /// Refused rows by code.
    #[serde(default)]
    pub breakdown: Vec<(String, u64)>,
    /// Why it was refused as a whole.
    #[serde(default)]
    pub rejection: Option<Rejection>,
    /// When a send was last begun whose request may still arrive.
    #[serde(default)]
    pub doubtful_since: Option<Timestamp>,
    /// A person told the counts: the error list is not compared with them.
    #[serde(default)]
    pub is_reviewed: bool,
}

/// What happened to an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChunkEvent {
    /// It is sent again, under the same `tran_id` and byte for byte.
    SendingAgain,
    /// It was sent, and the answer is lost: it may still arrive.
    Lost(Timestamp),
    /// NetMile does not know it, and no send can arrive any more.
    NeverArrived,
    /// NetMile has it, under this id.
    Accepted(String),
    /// It was refused as a whole.
    Rejected(Rejection),
    /// NetMile says what became of its rows.
    Counted(Registration),
    /// The error list does not say the same as the counts.
    ListDiffers,
    /// What a person found out.
    Reviewed(ChunkReview),
}

/// What a person found out about an upload that needs review, on NetMile's management site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkReview {
    /// NetMile has none of its rows. The next run asks for it, and sends it again if it is not there.
    NotThere,
    /// Every row has its outcome: so many were refused, with so many miles; the others were issued.
    Counted {
        /// Rows that were refused.
        refused: u64,
        /// Their miles.
        miles_refused: Miles,
    },
}

impl ChunkRecord {
    /// One that is about to be sent for the first time.
    #[must_use]
    pub fn new(site: &str, batch_id: &str, chunk: &Chunk) -> Self {
        Self {
            site: site.to_owned(),
            batch_id: batch_id.to_owned(),
            first_row: chunk.first_row,
            rows: chunk.rows,
            miles: chunk.miles,
            sha256: chunk.sha256.clone(),
            phase: ChunkPhase::Sending,
            registration_id: None,
            refused: 0,
            miles_issued: Miles::new(0),
            miles_refused: Miles::new(0),
            breakdown: Vec::new(),
            rejection: None,
            doubtful_since: None,
            is_reviewed: false,
        }
    }

    /// Its `tran_id`.
    #[must_use]
    pub fn tran_id(&self) -> String {
        format!("{}:{}", self.batch_id, self.first_row)
    }

    /// Whether it was made of these rows.
    #[must_use]
    pub fn is_of(&self, chunk: &Chunk) -> bool {
        self.first_row == chunk.first_row
            && self.rows == chunk.rows
            && self.miles == chunk.miles
            && self.sha256 == chunk.sha256
    }
}

impl fmt::Debug for ChunkRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChunkRecord")
            .field("batch_id", &self.batch_id)
            .field("first_row", &self.first_row)
            .field("rows", &self.rows)
            .field("phase", &self.phase)
            .field("rejection", &self.rejection)
            .finish_non_exhaustive()
    }
}

/// Applies an event. Pure and total.
///
/// | event | sending | accepted | finished | refused | needs_review |
/// |---|---|---|---|---|---|
/// | sending again | sending | – | – | sending | – |
/// | lost | sending, doubtful | same | same | same | same |
/// | never arrived | sending, or refused if it was | same | same | same | same |
/// | accepted | accepted | same; needs_review under another id | same | accepted | same |
/// | rejected | refused (table `api`; sending as long as it is doubtful), else needs_review | same | same | same | same |
/// | counted | – | same until finished; finished; needs_review when sums differ | same | – | same |
/// | list differs | – | – | needs_review | – | same |
/// | reviewed | – | – | – | – | sending when it is not there; finished when counted |
///
/// # Errors
/// `invalid_state` where the table has no entry; `invalid_value` when the counts of a person are more than was sent.
pub fn transition(record: &ChunkRecord, event: &ChunkEvent) -> Result<ChunkRecord> {
    let mut is = record.clone();
    match (record.phase, event) {
        (ChunkPhase::Sending | ChunkPhase::Refused, ChunkEvent::SendingAgain) => {
            is.phase = ChunkPhase::Sending;
            is.rejection = None;
        }
        (ChunkPhase::Sending, ChunkEvent::Lost(at)) => {
            is.doubtful_since = is.doubtful_since.max(Some(*at));
        }
        (ChunkPhase::Sending, ChunkEvent::NeverArrived) => {
            is.doubtful_since = None;
            if is.rejection.is_some() {
                is.phase = ChunkPhase::Refused;
            }
        }
        (ChunkPhase::Sending | ChunkPhase::Refused, ChunkEvent::Accepted(id)) => {
            is.phase = ChunkPhase::Accepted;
            is.rejection = None;
            is.doubtful_since = None;
            is.registration_id = Some(id.clone());
        }
        // One tran_id has one registration.
        (ChunkPhase::Accepted, ChunkEvent::Accepted(id))
            if is.registration_id.as_ref() != Some(id) =>
        {
            is.phase = ChunkPhase::NeedsReview;
        }
        (ChunkPhase::Sending, ChunkEvent::Rejected(rejection)) => {
            let at_the_door = rejection.table() == Some("api")
                && !matches!(rejection.code_in_table(), "conflict" | "deleted");
            is.phase = match (at_the_door, is.doubtful_since) {
                (true, None) => ChunkPhase::Refused,
                // An earlier send may still be taken.
                (true, Some(_)) => ChunkPhase::Sending,
                (false, _) => ChunkPhase::NeedsReview,
            };
            is.rejection = Some(rejection.clone());
        }
        (ChunkPhase::Accepted, ChunkEvent::Counted(told)) => count(&mut is, told),
        (ChunkPhase::Finished, ChunkEvent::ListDiffers) => is.phase = ChunkPhase::NeedsReview,
        (ChunkPhase::NeedsReview, ChunkEvent::Reviewed(verdict)) => reviewed(&mut is, *verdict)?,
        (ChunkPhase::Sending | ChunkPhase::Refused, ChunkEvent::Counted(_))
        | (
            ChunkPhase::Sending | ChunkPhase::Accepted | ChunkPhase::Finished | ChunkPhase::Refused,
            ChunkEvent::Reviewed(_),
        )
        | (
            ChunkPhase::Accepted | ChunkPhase::Finished | ChunkPhase::NeedsReview,
            ChunkEvent::SendingAgain,
        )
        | (
            ChunkPhase::Sending | ChunkPhase::Accepted | ChunkPhase::Refused,
            ChunkEvent::ListDiffers,
        ) => {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "batch_id",
                format!("does not allow this step: it is {}", record.phase.name()),
            ));
        }
        // Told again, or told late: nothing new.
        (
            _,
            ChunkEvent::Accepted(_)
            | ChunkEvent::Rejected(_)
            | ChunkEvent::Lost(_)
            | ChunkEvent::NeverArrived,
        )
        | (ChunkPhase::Finished | ChunkPhase::NeedsReview, ChunkEvent::Counted(_))
        | (ChunkPhase::NeedsReview, ChunkEvent::ListDiffers) => {}
    }
    Ok(is)
}

fn reviewed(is: &mut ChunkRecord, verdict: ChunkReview) -> Result<()> {
    match verdict {
        ChunkReview::NotThere => {
            is.phase = ChunkPhase::Sending;
            is.registration_id = None;
            is.rejection = None;
            is.refused = 0;
            is.miles_issued = Miles::new(0);
            is.miles_refused = Miles::new(0);
            is.breakdown.clear();
        }
        ChunkReview::Counted {
            refused,
            miles_refused,
        } => {
            let too_many =
                |field, rule: &'static str| Error::field(ErrorKind::InvalidValue, field, rule);
            if refused > is.rows {
                return Err(too_many("refused", "must not be more than the rows sent"));
            }
            let issued = is.miles.get().checked_sub(miles_refused.get());
            let issued = issued
                .ok_or_else(|| too_many("miles_refused", "must not be more than the miles sent"))?;
            let by_code = is
                .breakdown
                .iter()
                .try_fold(0_u64, |sum, (_, count)| sum.checked_add(*count));
            if by_code != Some(refused) {
                is.breakdown.clear();
            }
            is.phase = ChunkPhase::Finished;
            is.rejection = None;
            is.is_reviewed = true;
            is.refused = refused;
            is.miles_issued = Miles::new(issued);
            is.miles_refused = miles_refused;
        }
    }
    Ok(())
}

fn count(is: &mut ChunkRecord, told: &Registration) {
    if told.state != RegistrationState::Finished {
        return;
    }
    is.refused = told.errors;
    is.miles_issued = told.miles_issued;
    is.miles_refused = told.miles_refused;
    is.breakdown = told
        .breakdown
        .iter()
        .map(|row| (row.code.clone(), row.count))
        .collect();
    let miles = told
        .miles_issued
        .get()
        .checked_add(told.miles_refused.get());
    let by_code = told
        .breakdown
        .iter()
        .try_fold(0_u64, |sum, row| sum.checked_add(row.count));
    let agrees = told.records == is.rows
        && told.errors <= is.rows
        && miles == Some(is.miles.get())
        && by_code == Some(told.errors)
        && told.batch_id.as_deref() == Some(&is.batch_id)
        && told.first_row == Some(is.first_row);
    is.phase = if agrees {
        ChunkPhase::Finished
    } else {
        ChunkPhase::NeedsReview
    };
}
