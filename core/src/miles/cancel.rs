//! Taking issued miles back (マイル取消).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Transaction;
use super::issue::{MAX_ID, read_id};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Read;
use crate::purchase::{FactKind, Subject};
use crate::reference::{Draft, Found, Function, Object, Task, check_id, check_tran_id};

/// Most issues of one wish.
pub const MAX_CANCELLED: usize = 1000;

/// A wish to cancel in the journal.
pub type Cancel = Transaction<CancelRequest>;

/// Longest name of a reason, in characters.
const MAX_REASON: usize = 40;

/// Why issues are cancelled (取消理由): one for all of a wish, and never changed.
///
/// Which reasons NetMile lists for a site is not public. The five are those of the reference protocol; any other goes by
/// its name.
///
/// ```
/// use netmile::miles::CancelReason;
/// assert_eq!(CancelReason::named("duplicate")?, CancelReason::Duplicate);
/// let own = CancelReason::named("campaign_withdrawn")?;
/// assert_eq!(own.name(), "campaign_withdrawn");
/// assert!(CancelReason::named("two words").is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/reference-api.md#history-and-cancelling
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum CancelReason {
    /// Issued twice.
    Duplicate,
    /// The user did not meet the condition.
    ConditionNotMet,
    /// The goods came back.
    ReturnedGoods,
    /// Issued with a wrong number of miles.
    WrongAmount,
    /// Another.
    Other,
    /// One that NetMile lists for the site, by its name: 1 to 40 of `[0-9A-Za-z_-]`. Made by [`named`](Self::named).
    Named(String),
}

impl CancelReason {
    /// The reasons of the reference protocol.
    pub const ALL: [Self; 5] = [
        Self::Duplicate,
        Self::ConditionNotMet,
        Self::ReturnedGoods,
        Self::WrongAmount,
        Self::Other,
    ];

    /// The reason of this name.
    ///
    /// # Errors
    /// `invalid_value` unless it is 1 to 40 of `[0-9A-Za-z_-]`.
    pub fn named(name: &str) -> Result<Self> {
        if let Some(known) = Self::ALL.into_iter().find(|reason| reason.name() == name) {
            return Ok(known);
        }
        check_id("reason", name, MAX_REASON)?;
        Ok(Self::Named(name.to_owned()))
    }

    /// The name on the wire and in every language.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Duplicate => "duplicate",
            Self::ConditionNotMet => "condition_not_met",
            Self::ReturnedGoods => "returned_goods",
            Self::WrongAmount => "wrong_amount",
            Self::Other => "other",
            Self::Named(name) => name,
        }
    }

    fn read(answer: &Object<'_>) -> Result<Self> {
        let name = answer.text("reason", MAX_REASON)?;
        Self::named(name)
            .map_err(|_| answer.malformed("reason", "must be 1 to 40 letters, digits, '_' and '-'"))
    }
}

impl TryFrom<String> for CancelReason {
    type Error = Error;

    fn try_from(name: String) -> Result<Self> {
        Self::named(&name)
    }
}

impl From<CancelReason> for String {
    fn from(reason: CancelReason) -> Self {
        reason.name().to_owned()
    }
}

/// A wish to cancel issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelRequest {
    tran_id: String,
    issuance_ids: Vec<String>,
    reason: CancelReason,
}

impl CancelRequest {
    /// Takes the shop's own name of this wish, 1 to 1,000 issues, and the reason for all of them.
    #[must_use]
    pub fn new(
        tran_id: impl Into<String>,
        issuance_ids: impl IntoIterator<Item = impl Into<String>>,
        reason: CancelReason,
    ) -> Self {
        Self {
            tran_id: tran_id.into(),
            issuance_ids: issuance_ids.into_iter().map(Into::into).collect(),
            reason,
        }
    }

    /// The issues.
    #[must_use]
    pub fn issuance_ids(&self) -> &[String] {
        &self.issuance_ids
    }

    /// Why.
    #[must_use]
    pub const fn reason(&self) -> &CancelReason {
        &self.reason
    }

    /// Whether an answer is about these issues, each once.
    fn is_answered_by(&self, answer: &Cancellation) -> bool {
        let asked: BTreeSet<&str> = self.issuance_ids.iter().map(String::as_str).collect();
        let results = &answer.results;
        let told: BTreeSet<&str> = results.iter().map(|r| r.issuance_id.as_str()).collect();
        asked == told && results.len() == asked.len()
    }
}

/// What became of the wish for one issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelStanding {
    /// The miles were still held (保留): cancelled at once.
    Cancelled,
    /// They are deposited (有効): a person at NetMile decides.
    Applied,
    /// NetMile approved: cancelled.
    Approved,
    /// NetMile, or a limit that was checked again, said no.
    Rejected(CancelRefusal),
    /// Not possible.
    Refused(CancelRefusal),
}

/// Why an issue is not cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelRefusal {
    /// The miles were usable at once.
    UsableAtOnce,
    /// More than 90 days have passed.
    Over90Days,
    /// Three months or more have passed.
    Over3Months,
    /// The user has fewer miles left.
    BalanceShort,
    /// It is cancelled already.
    AlreadyCancelled,
    /// It is applied for already.
    AlreadyApplied,
    /// This site has no such issue.
    UnknownIssuance,
    /// A person at NetMile said no.
    Declined,
    /// Something else: NetMile's word for it.
    Other(String),
}

impl CancelRefusal {
    fn read(result: &Object<'_>) -> Result<Self> {
        let why = result.optional_text("why", 40)?.unwrap_or("none_given");
        Ok(match why {
            "usable_at_once" => Self::UsableAtOnce,
            "over_90_days" => Self::Over90Days,
            "over_3_months" => Self::Over3Months,
            "balance_short" => Self::BalanceShort,
            "already_cancelled" => Self::AlreadyCancelled,
            "already_applied" => Self::AlreadyApplied,
            "unknown_issuance" => Self::UnknownIssuance,
            "declined" => Self::Declined,
            other
                if other
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'_') =>
            {
                Self::Other(other.to_owned())
            }
            _ => return Err(result.malformed("why", "must be a name")),
        })
    }
}

/// One issue of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelResult {
    /// The issue.
    pub issuance_id: String,
    /// What became of it.
    pub standing: CancelStanding,
}

/// What became of a wish to cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancellation {
    /// NetMile's id of the wish.
    pub cancellation_id: String,
    /// Why.
    pub reason: CancelReason,
    /// One for each issue.
    pub results: Vec<CancelResult>,
}

impl Cancellation {
    /// How many issues are cancelled by now.
    #[must_use]
    pub fn cancelled(&self) -> usize {
        let done = |result: &&CancelResult| {
            matches!(
                result.standing,
                CancelStanding::Cancelled | CancelStanding::Approved
            )
        };
        self.results.iter().filter(done).count()
    }

    /// Whether a person at NetMile has still to decide about one.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        let waits = |result: &CancelResult| result.standing == CancelStanding::Applied;
        self.results.iter().any(waits)
    }

    fn read(answer: &Object<'_>) -> Result<Self> {
        let mut results = Vec::new();
        for result in answer.objects("results", MAX_CANCELLED)? {
            let standing = match result.text("result", 40)? {
                "cancelled" => CancelStanding::Cancelled,
                "application_received" | "pending" => CancelStanding::Applied,
                "approved" => CancelStanding::Approved,
                "rejected" => CancelStanding::Rejected(CancelRefusal::read(&result)?),
                "refused" => CancelStanding::Refused(CancelRefusal::read(&result)?),
                _ => return Err(result.malformed("result", "must be a documented result")),
            };
            results.push(CancelResult {
                issuance_id: read_id(&result, "issuance_id")?,
                standing,
            });
        }
        Ok(Self {
            cancellation_id: read_id(answer, "cancellation_id")?,
            reason: CancelReason::read(answer)?,
            results,
        })
    }
}

impl Task for CancelRequest {
    const KIND: &'static str = "cancel";
    const SUBJECT: Subject = Subject::Cancel;
    const DONE: FactKind = FactKind::MilesCancelAnswered;
    const REFUSED: FactKind = FactKind::MilesCancelRefused;
    const DECIDED: FactKind = FactKind::MilesCancelDecided;
    type Answer = Cancellation;

    fn tran_id(&self) -> &str {
        &self.tran_id
    }

    fn check(&self) -> Result<()> {
        check_tran_id(&self.tran_id)?;
        check_id("reason", self.reason.name(), MAX_REASON)?;
        if !(1..=MAX_CANCELLED).contains(&self.issuance_ids.len()) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "issuance_ids",
                "must be 1 to 1,000",
            ));
        }
        let mut seen = BTreeSet::new();
        for id in &self.issuance_ids {
            check_id("issuance_ids", id, MAX_ID)?;
            if !seen.insert(id) {
                return Err(Error::field(
                    ErrorKind::InvalidValue,
                    "issuance_ids",
                    "must each stand once",
                ));
            }
        }
        Ok(())
    }

    fn draft(&self) -> Result<Draft> {
        self.check()?;
        let body = json!({
            "tran_id": self.tran_id,
            "issuance_ids": self.issuance_ids,
            "reason": self.reason.name(),
        });
        Ok(Draft::post(&["cancellations"], body))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Cancellation> {
        let cancellation = Cancellation::read(answer)?;
        if !self.is_answered_by(&cancellation) || cancellation.reason != self.reason {
            return Err(Error::field(
                ErrorKind::Mismatch,
                "results",
                "are not about what was asked",
            ));
        }
        Ok(cancellation)
    }

    fn check_review(&self, answer: &Cancellation) -> Result<()> {
        let invalid = |field, rule| Err(Error::field(ErrorKind::InvalidValue, field, rule));
        check_id("cancellation_id", &answer.cancellation_id, MAX_ID)?;
        if answer.reason != self.reason {
            return invalid("reason", "must be that of the wish");
        }
        if !self.is_answered_by(answer) {
            return invalid(
                "results",
                "must be those of the issues of the wish, each once",
            );
        }
        Ok(())
    }

    fn is_pending(answer: &Cancellation) -> bool {
        answer.is_pending()
    }

    fn inquiry(&self) -> Draft {
        Draft::get(&["cancellations"]).with("tran_id", &self.tran_id)
    }

    fn found(&self, answer: &Object<'_>) -> Result<Found<Cancellation>> {
        answer.require("tran_id", &self.tran_id)?;
        if answer.flag("found")? {
            self.read(answer).map(Found::Done)
        } else {
            Ok(Found::Missing)
        }
    }
}

/// Asks what has become of a wish to cancel.
pub struct GetCancellation(pub String);

impl Function for GetCancellation {
    const KIND: &'static str = "miles.cancellation";
    type Answer = Cancellation;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        check_id("cancellation_id", &self.0, MAX_ID)?;
        Ok(Draft::get(&["cancellations", &self.0]))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Cancellation> {
        answer.require("cancellation_id", &self.0)?;
        Cancellation::read(answer)
    }
}
