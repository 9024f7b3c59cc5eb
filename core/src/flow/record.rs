//! How charges are kept in the journal.

use serde::{Deserialize, Serialize};

use crate::api::ChargeRequest;
use crate::charge::{Bounds, Charge, Event, transition};
use crate::contract::ContractId;
use crate::engine::Io;
use crate::engine::journal::{Advanced, Change, Intent, NewEvent, Opened, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::schedule::Schedule;
use crate::time::Timestamp;

/// What rows of charges are called.
pub(crate) const KIND: &str = "charge";

/// The body of a row: what is known, and what was asked, so that it can be composed again.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) charge: Charge,
    pub(crate) request: ChargeRequest,
    /// When a contract is billed.
    #[serde(default)]
    pub(crate) billing: Option<Billing>,
}

/// When a contract is billed, and how far that is done.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Billing {
    pub(crate) schedule: Schedule,
    /// The periods up to this number have a final outcome.
    pub(crate) settled: u32,
}

/// A record at a version.
#[derive(Clone)]
pub(crate) struct Open {
    pub(crate) record: Record,
    pub(crate) due: Option<Timestamp>,
    version: u64,
    row_id: String,
}

/// What writing an event did.
pub(crate) enum Written {
    /// It is written.
    Yes,
    /// Somebody else changed the charge meanwhile; it was read again, and nothing was written.
    Moved,
    /// The first-seen key was known; nothing was written.
    SeenBefore,
}

pub(crate) fn row_id(contract: &ContractId, charge_id: &str) -> String {
    format!("charge:{contract}:{charge_id}")
}

pub(crate) fn order_key(contract: &ContractId, order_id: &str) -> String {
    format!("api-order:{contract}:{order_id}")
}

pub(crate) fn tracking_key(contract: &ContractId, tracking_id: &str) -> String {
    format!("api-tracking:{contract}:{tracking_id}")
}

impl Open {
    pub(crate) fn charge(&self) -> &Charge {
        &self.record.charge
    }

    pub(crate) fn row_id(&self) -> &str {
        &self.row_id
    }

    /// The row as it is, as a change of it.
    pub(crate) fn unchanged(&self, now: Timestamp) -> Result<Change> {
        Ok(Change {
            phase: self.record.charge.search_phase().to_owned(),
            body: to_json(&self.record)?,
            new_keys: Vec::new(),
            due: self.due,
            events: Vec::new(),
            now,
        })
    }

    pub(crate) fn from_row(row: Row) -> Result<Self> {
        let record = serde_json::from_str(&row.body).map_err(|error| {
            Error::new(ErrorKind::Journal, "a charge in the journal cannot be read")
                .with_source(error)
        })?;
        Ok(Self {
            record,
            due: row.due,
            version: row.version,
            row_id: row.id,
        })
    }

    pub(crate) async fn load(io: &Io, contract: &ContractId, charge_id: &str) -> Result<Self> {
        match io.load(&row_id(contract, charge_id)).await? {
            Some(row) => Self::from_row(row),
            None => Err(unknown("order_id")),
        }
    }

    /// Records a charge together with its first event.
    pub(crate) async fn create(
        io: &Io,
        record: Record,
        event: &Event,
        bounds: Bounds,
    ) -> Result<(Self, bool)> {
        let now = io.now();
        let step = transition(&record.charge, event, now, bounds)?;
        let record = Record {
            charge: step.charge,
            ..record
        };
        let charge = &record.charge;
        let intent = Intent {
            id: row_id(&charge.contract, &charge.id),
            kind: KIND.to_owned(),
            phase: charge.search_phase().to_owned(),
            body: to_json(&record)?,
            keys: keys(charge),
            due: step.due,
            now,
        };
        match io.open(intent).await? {
            Opened::New(row) => Ok((Self::from_row(row)?, true)),
            Opened::Existing(row) => Ok((Self::from_row(row)?, false)),
        }
    }

    /// Applies an event by compare-and-set.
    pub(crate) async fn write(
        &mut self,
        io: &Io,
        event: &Event,
        seen: Option<String>,
        bounds: Bounds,
    ) -> Result<Written> {
        let record = self.record.clone();
        self.write_record(io, record, event, seen, bounds).await
    }

    /// Notes that the periods up to this number have a final outcome.
    pub(crate) async fn settle(
        &mut self,
        io: &Io,
        settled: u32,
        bounds: Bounds,
    ) -> Result<Written> {
        let mut record = self.record.clone();
        match &mut record.billing {
            Some(billing) if billing.settled < settled => billing.settled = settled,
            _ => return Ok(Written::Yes),
        }
        self.write_record(io, record, &Event::Checked, None, bounds)
            .await
    }

    async fn write_record(
        &mut self,
        io: &Io,
        record: Record,
        event: &Event,
        seen: Option<String>,
        bounds: Bounds,
    ) -> Result<Written> {
        let now = io.now();
        let step = transition(&record.charge, event, now, bounds)?;
        let record = Record {
            charge: step.charge,
            ..record
        };
        let told = step.facts.iter().map(|fact| {
            Ok(NewEvent {
                kind: fact.kind.name().to_owned(),
                body: to_json(fact)?,
            })
        });
        let change = Change {
            phase: record.charge.search_phase().to_owned(),
            body: to_json(&record)?,
            new_keys: keys(&record.charge),
            due: step.due,
            events: told.collect::<Result<_>>()?,
            now,
        };
        match io.advance(&self.row_id, self.version, change, seen).await? {
            Advanced::Applied(row) => {
                *self = Self::from_row(row)?;
                Ok(Written::Yes)
            }
            Advanced::Stale(row) => {
                *self = Self::from_row(row)?;
                Ok(Written::Moved)
            }
            Advanced::SeenBefore => Ok(Written::SeenBefore),
        }
    }
}

fn keys(charge: &Charge) -> Vec<String> {
    let order = order_key(&charge.contract, &charge.id);
    let tracking = charge.tracking_id.as_ref();
    let tracking = tracking.map(|id| tracking_key(&charge.contract, id));
    std::iter::once(order).chain(tracking).collect()
}

pub(crate) fn unknown(field: &'static str) -> Error {
    Error::field(ErrorKind::UnknownOrder, field, "is not in the journal")
}

fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::new(ErrorKind::Journal, "a record cannot be written as JSON").with_source(error)
    })
}
