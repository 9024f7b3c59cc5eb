//! What is known about one upload, and what an event means for it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cut::Chunk;
use super::terms::TermPrints;
use crate::error::{Error, ErrorKind, Result};
use crate::miles::registration::tran_id;
use crate::miles::{Registration, RegistrationState};
use crate::money::Miles;
use crate::operation::{Rejection, next_look};
use crate::reference::{Limits, Told};
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
    /// Refused as a whole at the door (table `api`), or it never arrived: nothing was issued, and it may be sent again.
    Refused,
    /// A person must look: [`ChunkRecord::cause`] says why.
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

/// Why a person must look at an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChunkCause {
    /// NetMile did not tell its outcome in time. Evidence that comes later ends the review.
    Unanswered,
    /// It was refused as a whole by a rule.
    Refused,
    /// What NetMile counted is not what was sent.
    SumsDiffer,
    /// NetMile names it by two ids.
    TwoIds,
    /// The error list contradicts the counts.
    ListDiffers,
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
    /// When it was first sent, in this try; once it is accepted, when that was known. A person is called so long after it.
    #[serde(default = "long_ago")]
    pub since: Timestamp,
    /// The instant in its last signature.
    #[serde(default = "long_ago")]
    pub sent_at: Timestamp,
    /// Whether a send whose outcome is not known may still arrive.
    #[serde(default)]
    pub is_doubtful: bool,
    /// How often the resolver looked since then.
    #[serde(default)]
    pub looks: u32,
    /// Why a person must look.
    #[serde(default)]
    pub cause: Option<ChunkCause>,
    /// Whether a person was called.
    #[serde(default)]
    pub is_called: bool,
    /// A person told the counts: the error list is not compared with them.
    #[serde(default)]
    pub is_reviewed: bool,
    /// What it was sent under. Nothing in a record of before these were kept.
    #[serde(default)]
    pub(crate) terms: TermPrints,
}

const fn long_ago() -> Timestamp {
    Timestamp::from_unix(0)
}

/// What happened to an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChunkEvent {
    /// It is sent again, under the same `tran_id` and byte for byte.
    SendingAgain,
    /// It was sent, and the answer is lost: it may still arrive.
    Lost,
    /// NetMile does not know it, and no send can arrive any more.
    NeverArrived,
    /// The resolver looked, and nothing is known yet.
    Looked,
    /// NetMile has it, under this id.
    Accepted(String),
    /// It was refused as a whole.
    Rejected(Rejection),
    /// NetMile says what became of its rows.
    Counted(Box<Registration>),
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
    pub fn new(site: &str, batch_id: &str, chunk: &Chunk, at: Timestamp) -> Self {
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
            since: at,
            sent_at: at,
            is_doubtful: false,
            looks: 0,
            cause: None,
            is_called: false,
            is_reviewed: false,
            terms: TermPrints::default(),
        }
    }

    /// Notes what it is sent under.
    pub(crate) fn under(mut self, terms: &TermPrints) -> Self {
        self.terms = terms.clone();
        self
    }

    /// Whether its outcome is not known yet, and NetMile can tell it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.phase {
            ChunkPhase::Sending | ChunkPhase::Accepted => true,
            ChunkPhase::NeedsReview => self.cause == Some(ChunkCause::Unanswered),
            ChunkPhase::Finished | ChunkPhase::Refused => false,
        }
    }

    /// Whether its rows are counted as issued or refused, and the counts are those of what was sent.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        match self.phase {
            ChunkPhase::Finished => true,
            ChunkPhase::NeedsReview => self.cause == Some(ChunkCause::ListDiffers),
            ChunkPhase::Sending | ChunkPhase::Accepted | ChunkPhase::Refused => false,
        }
    }

    /// When the resolver looks at it next: first when whoever sent it would have heard.
    #[must_use]
    pub fn due(&self, at: Timestamp, limits: Limits) -> Option<Timestamp> {
        let next = at.plus_seconds(next_look(self.looks));
        match self.phase {
            ChunkPhase::Sending if self.is_doubtful => Some(next),
            ChunkPhase::Sending => Some(self.sent_at.plus(limits.sending)),
            // A run that lives asks by itself, every few seconds.
            ChunkPhase::Accepted if self.looks == 0 => Some(self.since.plus(limits.sending)),
            ChunkPhase::Accepted => Some(next.max(at.plus(limits.sending))),
            ChunkPhase::Finished | ChunkPhase::Refused | ChunkPhase::NeedsReview => None,
        }
    }

    /// Its `tran_id`.
    #[must_use]
    pub fn tran_id(&self) -> String {
        tran_id(&self.batch_id, self.first_row)
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

/// What an event leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkTransition {
    /// The upload after it.
    pub record: ChunkRecord,
    /// What whoever is no longer waiting for it has to be told.
    pub told: Option<Told>,
    /// When to look again.
    pub due: Option<Timestamp>,
}

/// Applies an event. Pure and total.
///
/// | event | sending | accepted | finished | refused | needs_review |
/// |---|---|---|---|---|---|
/// | sending again | sending | – | – | sending | – |
/// | lost | sending, doubtful | same | same | same | same |
/// | never arrived | refused | same | same | same | refused if unanswered and without an id, else same |
/// | accepted | accepted | same; needs_review under another id | same | accepted | accepted if unanswered and without an id, else same |
/// | rejected | refused (table `api`; sending as long as it is doubtful), else needs_review | same | same | same | same |
/// | counted | – | same until finished; finished; needs_review when sums differ | same | – | as accepted if unanswered, else same |
/// | looked | sending, doubtful; needs_review after `limits.asked` | same; needs_review after `limits.asked` | same | same | same |
/// | list differs | – | – | needs_review | – | same |
/// | reviewed | – | – | – | – | sending when it is not there; finished when counted |
///
/// A person is called once for each try.
///
/// # Errors
/// `invalid_state` where the table has no entry; `invalid_value` when the counts of a person are more than was sent.
pub fn transition(
    record: &ChunkRecord,
    event: &ChunkEvent,
    at: Timestamp,
    limits: Limits,
) -> Result<ChunkTransition> {
    let mut is = record.clone();
    let is_unanswered = record.cause == Some(ChunkCause::Unanswered);
    let is_unheard_of = is_unanswered && record.registration_id.is_none();
    match (record.phase, event) {
        (ChunkPhase::Sending | ChunkPhase::Refused, ChunkEvent::SendingAgain) => {
            if record.phase == ChunkPhase::Refused {
                is.begin(at);
            }
            is.phase = ChunkPhase::Sending;
            is.sent_at = at;
            is.rejection = None;
        }
        (ChunkPhase::Sending, ChunkEvent::Lost) => is.is_doubtful = true,
        (ChunkPhase::Sending, ChunkEvent::NeverArrived) => is.never_arrived(),
        (ChunkPhase::NeedsReview, ChunkEvent::NeverArrived) if is_unheard_of => is.never_arrived(),
        (ChunkPhase::Sending | ChunkPhase::Refused, ChunkEvent::Accepted(id)) => is.accept(id, at),
        (ChunkPhase::NeedsReview, ChunkEvent::Accepted(id)) if is_unheard_of => is.accept(id, at),
        // One tran_id has one registration.
        (ChunkPhase::Accepted, ChunkEvent::Accepted(id))
            if is.registration_id.as_ref() != Some(id) =>
        {
            is.call(ChunkCause::TwoIds);
        }
        (ChunkPhase::Sending, ChunkEvent::Rejected(rejection)) => {
            match (is_at_the_door(rejection), is.is_doubtful) {
                (true, false) => is.phase = ChunkPhase::Refused,
                // An earlier send may still be taken.
                (true, true) => {}
                (false, _) => is.call(ChunkCause::Refused),
            }
            is.rejection = Some(rejection.clone());
        }
        (ChunkPhase::NeedsReview, ChunkEvent::Rejected(rejection))
            if is_unheard_of && !is_at_the_door(rejection) =>
        {
            is.call(ChunkCause::Refused);
            is.rejection = Some(rejection.clone());
        }
        (ChunkPhase::Accepted, ChunkEvent::Counted(told)) => count(&mut is, told),
        (ChunkPhase::NeedsReview, ChunkEvent::Counted(told)) if is_unanswered => {
            count(&mut is, told);
        }
        (ChunkPhase::Sending | ChunkPhase::Accepted, ChunkEvent::Looked) => {
            is.looks = is.looks.saturating_add(1);
            is.is_doubtful = record.phase == ChunkPhase::Sending;
            if at > is.since.plus(limits.asked) {
                is.call(ChunkCause::Unanswered);
            }
        }
        (ChunkPhase::Finished, ChunkEvent::ListDiffers) => is.call(ChunkCause::ListDiffers),
        (ChunkPhase::NeedsReview, ChunkEvent::Reviewed(verdict)) => {
            reviewed(&mut is, *verdict)?;
            is.begin(at);
        }
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
            | ChunkEvent::Lost
            | ChunkEvent::NeverArrived
            | ChunkEvent::Looked,
        )
        | (ChunkPhase::Finished | ChunkPhase::NeedsReview, ChunkEvent::Counted(_))
        | (ChunkPhase::NeedsReview, ChunkEvent::ListDiffers) => {}
    }
    let told = is.told(record);
    Ok(ChunkTransition {
        due: is.due(at, limits),
        record: is,
        told,
    })
}

/// Whether a refusal says nothing of the rows themselves.
pub(crate) fn is_at_the_door(rejection: &Rejection) -> bool {
    rejection.table() == Some("api") && !matches!(rejection.code_in_table(), "conflict" | "deleted")
}

impl ChunkRecord {
    /// Counts from now on how long nobody answers.
    const fn begin(&mut self, at: Timestamp) {
        self.since = at;
        self.looks = 0;
        self.is_called = false;
        self.cause = None;
    }

    const fn call(&mut self, cause: ChunkCause) {
        self.phase = ChunkPhase::NeedsReview;
        self.cause = Some(cause);
    }

    fn accept(&mut self, id: &str, at: Timestamp) {
        self.phase = ChunkPhase::Accepted;
        self.rejection = None;
        self.is_doubtful = false;
        self.registration_id = Some(id.to_owned());
        self.since = at;
        self.looks = 0;
        self.is_called = false;
        self.cause = None;
    }

    fn never_arrived(&mut self) {
        self.phase = ChunkPhase::Refused;
        self.is_doubtful = false;
        self.cause = None;
        self.rejection
            .get_or_insert_with(|| Rejection::of_table("client", "never_arrived"));
    }

    /// What is new since then.
    fn told(&mut self, before: &Self) -> Option<Told> {
        if self.phase == before.phase {
            return None;
        }
        match self.phase {
            ChunkPhase::Sending | ChunkPhase::Accepted => None,
            ChunkPhase::Finished if self.refused < self.rows => Some(Told::Done),
            ChunkPhase::Finished | ChunkPhase::Refused => Some(Told::Refused),
            ChunkPhase::NeedsReview if std::mem::replace(&mut self.is_called, true) => None,
            ChunkPhase::NeedsReview => Some(Told::NeedsReview),
        }
    }
}

fn reviewed(is: &mut ChunkRecord, verdict: ChunkReview) -> Result<()> {
    match verdict {
        ChunkReview::NotThere => {
            is.phase = ChunkPhase::Sending;
            is.is_doubtful = true;
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
            let is_all = refused == is.rows;
            if (refused == 0) != (miles_refused == Miles::new(0))
                || is_all != (miles_refused == is.miles)
            {
                return Err(too_many(
                    "miles_refused",
                    "must be nothing if no row was refused, and all if all were",
                ));
            }
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
    if agrees {
        is.phase = ChunkPhase::Finished;
        is.cause = None;
    } else {
        is.call(ChunkCause::SumsDiffer);
    }
}
