//! What is kept about a batch.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::request::{BatchRequest, BatchTerms};
use super::terms::TermPrints;
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchPhase {
    /// It is being issued, or was when its process ended.
    Running,
    /// Every row has its outcome, and all sums agree.
    Done,
    /// Sums do not agree, or NetMile refused an upload: a person must look.
    NeedsReview,
}

impl BatchPhase {
    /// The name in journals and every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::NeedsReview => "needs_review",
        }
    }
}

/// A batch in the journal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRecord {
    /// The site.
    pub site: String,
    /// Its id.
    pub batch_id: String,
    /// SHA-256 of the customer's file in hex.
    pub file_sha256: String,
    /// SHA-256 over those of its uploads in hex: what is sent, faulty rows left out.
    pub plan_sha256: String,
    /// Rows that are sent.
    pub rows: u64,
    /// Their miles.
    pub miles: Miles,
    /// Rows that were left out.
    pub left_out: u64,
    /// Where it stands.
    pub phase: BatchPhase,
    pub(crate) terms: BatchTerms,
}

impl BatchRecord {
    pub(crate) fn new(site: &str, request: &BatchRequest, plan: Plan) -> Self {
        Self {
            site: site.to_owned(),
            batch_id: request.batch_id.clone(),
            file_sha256: plan.file_sha256,
            plan_sha256: plan.plan_sha256,
            rows: plan.rows,
            miles: plan.miles,
            left_out: plan.left_out,
            phase: BatchPhase::Running,
            terms: request.terms.clone(),
        }
    }

    /// Refuses to go on with another file or other settings.
    ///
    /// # Errors
    /// `conflict`, naming `file` or `settings`.
    pub(crate) fn same_as(&self, other: &Self) -> Result<()> {
        if self.file_sha256 != other.file_sha256 {
            return Err(Error::field(
                ErrorKind::Conflict,
                "file",
                "this batch id was used for another file",
            ));
        }
        if self.terms != other.terms || self.plan_sha256 != other.plan_sha256 {
            let (ours, others) = (TermPrints::of(self), TermPrints::of(other));
            return Err(other_settings(&ours.differing(&others)));
        }
        Ok(())
    }
}

/// That a batch goes on only under the terms that it was begun with.
pub(crate) fn other_settings(terms: &[String]) -> Error {
    let which = match terms {
        [] => "others".to_owned(),
        terms => format!("another {}", terms.join(", another ")),
    };
    Error::field(
        ErrorKind::Conflict,
        "settings",
        format!(
            "this batch was begun with {which}: give those again; do not start another batch for the same rows"
        ),
    )
}

impl fmt::Debug for BatchRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchRecord")
            .field("site", &self.site)
            .field("batch_id", &self.batch_id)
            .field("rows", &self.rows)
            .field("phase", &self.phase)
            .finish_non_exhaustive()
    }
}

/// What the first pass over a file found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) file_sha256: String,
    pub(crate) plan_sha256: String,
    pub(crate) rows: u64,
    pub(crate) miles: Miles,
    pub(crate) left_out: u64,
}
