//! How purchases are kept in the journal.

use serde::{Deserialize, Serialize};

use super::Client;
use crate::contract::ContractId;
use crate::engine::journal::{Advanced, Change, Intent, NewEvent, Opened, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::link::{PurchaseRequest, RecurringRequest};
use crate::purchase::{Event, Purchase, transition};

/// What rows of purchases are called.
pub(super) const KIND: &str = "purchase";

/// Times a change is tried again because somebody else changed the same purchase.
const MAX_RACES: u32 = 64;

/// The body of a row: what is known, and what was asked, so that a form can be signed again.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) purchase: Purchase,
    pub(super) request: Request,
}

/// What was asked.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Request {
    Purchase(Box<PurchaseRequest>),
    Recurring(Box<RecurringRequest>),
}

/// A record at a version.
#[derive(Clone)]
pub(super) struct Loaded {
    pub(super) record: Record,
    version: u64,
    row_id: String,
}

/// What applying an event did.
pub(super) enum Applied {
    /// It is written.
    Now(Loaded),
    /// The first-seen key was known; this is how the purchase stands.
    Before(Loaded),
}

impl Applied {
    pub(super) fn into_purchase(self) -> Purchase {
        match self {
            Self::Now(loaded) | Self::Before(loaded) => loaded.record.purchase,
        }
    }
}

pub(super) fn row_id(contract: &ContractId, purchase_id: &str) -> String {
    format!("purchase:{contract}:{purchase_id}")
}

pub(super) fn order_key(contract: &ContractId, order_id: &str) -> String {
    format!("order:{contract}:{order_id}")
}

impl Client {
    /// Records a new purchase together with its first attempt.
    pub(super) async fn open_record(&self, record: &Record) -> Result<Opened> {
        let purchase = &record.purchase;
        self.journal()
            .open(Intent {
                id: row_id(&purchase.contract, &purchase.id),
                kind: KIND.to_owned(),
                phase: purchase.phase.name().to_owned(),
                body: to_json(record)?,
                keys: keys(purchase),
                due: None,
                now: self.now(),
            })
            .await
    }

    /// The purchase with the shop's id, under the chosen contract.
    pub(super) async fn load(&self, purchase_id: &str) -> Result<Loaded> {
        let id = row_id(self.contract()?.id(), purchase_id);
        match self.journal().get(&id).await? {
            Some(row) => Loaded::from_row(row),
            None => Err(unknown("purchase_id")),
        }
    }

    /// The purchase that an attempt belongs to.
    pub(super) async fn load_by_order(
        &self,
        contract: &ContractId,
        order_id: &str,
    ) -> Result<Loaded> {
        match self.journal().find(&order_key(contract, order_id)).await? {
            Some(row) => Loaded::from_row(row),
            None => Err(unknown("order_id")),
        }
    }

    /// Applies an event to a purchase: reads, decides, writes by compare-and-set, and starts over when somebody
    /// else was faster.
    pub(super) async fn apply(
        &self,
        loaded: Loaded,
        event: &Event,
        seen: Option<&str>,
    ) -> Result<Applied> {
        self.apply_with(loaded, seen, |_| Ok(event.clone())).await
    }

    /// Like [`apply`](Self::apply), with an event that depends on how the purchase stands.
    pub(super) async fn apply_with(
        &self,
        mut loaded: Loaded,
        seen: Option<&str>,
        event: impl Fn(&Record) -> Result<Event> + Send,
    ) -> Result<Applied> {
        for _ in 0..MAX_RACES {
            let now = self.now();
            let step = transition(
                &loaded.record.purchase,
                &event(&loaded.record)?,
                now,
                self.settings().timeouts,
            )?;
            if seen.is_none() && step.facts.is_empty() && step.purchase == loaded.record.purchase {
                return Ok(Applied::Now(loaded));
            }
            let record = Record {
                purchase: step.purchase,
                request: loaded.record.request.clone(),
            };
            let events = step
                .facts
                .iter()
                .map(|fact| {
                    Ok(NewEvent {
                        kind: fact.kind.name().to_owned(),
                        body: to_json(fact)?,
                    })
                })
                .collect::<Result<_>>()?;
            let change = Change {
                phase: record.purchase.phase.name().to_owned(),
                body: to_json(&record)?,
                new_keys: keys(&record.purchase),
                due: step.due,
                events,
                now,
            };
            let done = self
                .journal()
                .advance(&loaded.row_id, loaded.version, change, seen)
                .await?;
            match done {
                Advanced::Applied(row) => return Loaded::from_row(row).map(Applied::Now),
                Advanced::Stale(row) => loaded = Loaded::from_row(row)?,
                Advanced::SeenBefore => {
                    let row = self.journal().get(&loaded.row_id).await?;
                    let row = row.ok_or_else(|| unknown("purchase_id"))?;
                    return Loaded::from_row(row).map(Applied::Before);
                }
            }
        }
        Err(Error::new(
            ErrorKind::Conflict,
            "the purchase is being changed by too many at once",
        )
        .with_attempts(MAX_RACES))
    }
}

impl Loaded {
    pub(super) fn from_row(row: Row) -> Result<Self> {
        let record: Record = serde_json::from_str(&row.body).map_err(|error| {
            Error::new(
                ErrorKind::Journal,
                "a purchase in the journal cannot be read",
            )
            .with_source(error)
        })?;
        Ok(Self {
            record,
            version: row.version,
            row_id: row.id,
        })
    }

    /// Whether it is an application that pays nothing at once (D01-1).
    pub(super) fn is_application(&self) -> bool {
        matches!(self.record.request, Request::Recurring(_))
    }

    pub(super) fn waits_for_notice(&self) -> bool {
        self.record.purchase.waits_for_notice()
    }
}

fn keys(purchase: &Purchase) -> Vec<String> {
    purchase
        .attempts
        .iter()
        .map(|attempt| order_key(&purchase.contract, &attempt.order_id))
        .collect()
}

fn unknown(field: &'static str) -> Error {
    Error::field(ErrorKind::UnknownOrder, field, "is not in the journal")
}

fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::new(ErrorKind::Journal, "a record cannot be written as JSON").with_source(error)
    })
}
