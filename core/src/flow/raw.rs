//! A function that the SDK has no words for: recorded, sent once, recorded again.

use serde::Serialize;

use super::Desk;
use crate::api::operations::Raw;
use crate::api::{Answer, Message};
use crate::contract::ContractId;
use crate::engine::journal::{Advanced, Change, Intent, Opened, Row};
use crate::engine::{Call, Exchanged, Io};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{Operation, Outcome, Ticket};
use crate::time::Timestamp;

/// What rows of raw calls are called.
pub(crate) const RAW_KIND: &str = "raw";

/// Phase of a raw call that may have been sent.
pub(crate) const RAW_OPEN: &str = "unknown";

/// What a person found out about a raw call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RawVerdict {
    /// The gateway did it.
    Happened,
    /// The gateway did not do it.
    Missing,
}

impl RawVerdict {
    /// Phase of a call that was reviewed.
    const fn phase(self) -> &'static str {
        match self {
            Self::Happened => "reviewed_happened",
            Self::Missing => "reviewed_missing",
        }
    }
}

#[derive(Serialize)]
struct Body {
    /// What was asked, without what is secret or personal: nobody sends it again.
    message: Message,
    /// The gateway's code, if it refused.
    code: Option<String>,
    /// When it was sent, Unix seconds.
    sent_at: i64,
}

/// When a raw call was sent, Unix seconds; long ago in rows of earlier versions.
pub(crate) fn raw_sent_at(row: &Row) -> i64 {
    let body: Option<serde_json::Value> = serde_json::from_str(&row.body).ok();
    body.and_then(|body| body.get("sent_at")?.as_i64())
        .unwrap_or(0)
}

pub(crate) fn raw_row_id(contract: &ContractId, id: &str) -> String {
    format!("raw:{contract}:{id}")
}

/// Records and sends it. Never sent twice: a second call under the same id is refused.
pub(crate) async fn raw(
    io: &Io,
    desk: &Desk,
    id: &str,
    message: Message,
) -> Result<Outcome<Answer>> {
    let now = io.now();
    let kept = message.without_secrets();
    let operation = Raw::new(&desk.gateway, message);
    operation.encode(now)?;
    let mut body = Body {
        message: kept,
        code: None,
        sent_at: now.as_unix(),
    };
    let intent = Intent {
        id: raw_row_id(desk.gateway.context().id(), id),
        kind: RAW_KIND.to_owned(),
        phase: RAW_OPEN.to_owned(),
        body: to_json(&body)?,
        keys: Vec::new(),
        due: None,
        now,
    };
    let row = match io.open(intent).await? {
        Opened::New(row) => row,
        Opened::Existing(_) => {
            return Err(Error::field(
                ErrorKind::Conflict,
                "id",
                "was used for another call; look it up in the journal",
            ));
        }
    };
    let unknown = || {
        Outcome::Unknown(Ticket {
            id: id.to_owned(),
            step: Raw::KIND.to_owned(),
            key: None,
            since: now,
            next_look: None,
        })
    };
    let exchanged = Call::new(operation)
        .run(io, &desk.budget, |_| async { Ok(()) })
        .await;
    let (phase, outcome) = match exchanged {
        Ok(Exchanged::Done(answer)) => ("done", Ok(Outcome::Done(answer))),
        Ok(Exchanged::Rejected(rejection)) => {
            body.code = Some(rejection.code.clone());
            ("rejected", Ok(Outcome::Rejected(rejection)))
        }
        Ok(Exchanged::Unknown(_)) => return Ok(unknown()),
        Ok(Exchanged::NotSent(why)) => ("not_sent", Err(Error::new(ErrorKind::Transport, why))),
        Err(error) => ("not_sent", Err(error)),
    };
    // What the journal does not know stays open there: a person looks.
    match close(io, row, phase, &body).await {
        Ok(()) => outcome,
        Err(_) => Ok(unknown()),
    }
}

/// The row of a call whose outcome nobody knows, as a person closes it.
pub(crate) fn raw_reviewed(row: &Row, verdict: RawVerdict, now: Timestamp) -> Result<Change> {
    if row.kind != RAW_KIND || row.phase != RAW_OPEN {
        return Err(Error::field(
            ErrorKind::InvalidState,
            "id",
            "names a call whose outcome is known",
        ));
    }
    Ok(Change {
        phase: verdict.phase().to_owned(),
        body: row.body.clone(),
        new_keys: Vec::new(),
        due: None,
        events: Vec::new(),
        now,
    })
}

async fn close(io: &Io, row: Row, phase: &str, body: &Body) -> Result<()> {
    let change = Change {
        phase: phase.to_owned(),
        body: to_json(body)?,
        new_keys: Vec::new(),
        due: None,
        events: Vec::new(),
        now: io.now(),
    };
    match io.advance(&row.id, row.version, change, None).await? {
        Advanced::Applied(_) => Ok(()),
        Advanced::Stale(_) | Advanced::SeenBefore => Err(Error::new(
            ErrorKind::Conflict,
            "somebody else changed the call",
        )),
    }
}

fn to_json(body: &Body) -> Result<String> {
    serde_json::to_string(body).map_err(|error| {
        Error::new(ErrorKind::Journal, "a record cannot be written as JSON").with_source(error)
    })
}
