//! A batch of uploads: recorded, sent, asked about, counted.
//!
//! An upload is sent again only after asking, and always under the same `tran_id` and byte for byte, so that NetMile
//! answers as it did the first time if it has it.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::transaction::Counter;
use crate::engine::journal::{Advanced, Change, Intent, Opened, Row};
use crate::engine::{Call, Exchanged, Io};
use crate::error::{Error, ErrorKind, Result};
use crate::miles::batch::{
    BatchPhase, BatchRecord, BatchRequest, Chunk, ChunkEvent, ChunkPhase, ChunkRecord, UploadFile,
    transition,
};
use crate::miles::{FindRegistration, GetList, GetRegistration, ListKind};
use crate::operation::{Read, Rejection};
use crate::reference::{Function, Nonces, Signed};

/// What rows of batches are called.
pub(crate) const BATCH_KIND: &str = "batch";

/// What rows of uploads are called.
const CHUNK_KIND: &str = "chunk";

/// Times one step is tried again because somebody else changed the same row.
const MAX_RACES: usize = 16;

/// Times an upload whose answer was lost is asked about in one run.
const MAX_ASKED: u32 = 8;

/// A record at a version.
#[derive(Clone)]
pub(crate) struct Kept<R> {
    pub(crate) is: R,
    version: u64,
    row_id: String,
}

pub(crate) fn batch_row(site: &str, batch_id: &str) -> String {
    format!("{BATCH_KIND}:{site}/{batch_id}")
}

fn chunk_row(record: &ChunkRecord) -> String {
    let ChunkRecord {
        site,
        batch_id,
        first_row,
        ..
    } = record;
    format!("{CHUNK_KIND}:{site}/{batch_id}/{first_row}")
}

impl<R: Serialize + DeserializeOwned> Kept<R> {
    pub(crate) fn from_row(row: Row) -> Result<Self> {
        let is = serde_json::from_str(&row.body).map_err(|error| {
            let what = "a batch in the journal cannot be read";
            Error::new(ErrorKind::Journal, what).with_source(error)
        })?;
        Ok(Self {
            is,
            version: row.version,
            row_id: row.id,
        })
    }

    async fn open(io: &Io, id: String, kind: &str, phase: &str, new: &R) -> Result<(Self, bool)> {
        let intent = Intent {
            id,
            kind: kind.to_owned(),
            phase: phase.to_owned(),
            body: json(new)?,
            keys: Vec::new(),
            due: None,
            now: io.now(),
        };
        match io.open(intent).await? {
            Opened::New(row) => Ok((Self::from_row(row)?, true)),
            Opened::Existing(row) => Ok((Self::from_row(row)?, false)),
        }
    }

    /// False when somebody else was faster: then it was read again.
    async fn advance(&mut self, io: &Io, phase: &str, next: &R) -> Result<bool> {
        let change = Change {
            phase: phase.to_owned(),
            body: json(next)?,
            new_keys: Vec::new(),
            due: None,
            events: Vec::new(),
            now: io.now(),
        };
        let (row, ours) = match io.advance(&self.row_id, self.version, change, None).await? {
            Advanced::Applied(row) => (row, true),
            Advanced::Stale(row) => (row, false),
            Advanced::SeenBefore => return Ok(true),
        };
        *self = Self::from_row(row)?;
        Ok(ours)
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::new(ErrorKind::Journal, "a record cannot be written as JSON").with_source(error)
    })
}

/// Records a batch before its first upload, or finds it again.
pub(crate) async fn begin(io: &Io, new: BatchRecord) -> Result<Kept<BatchRecord>> {
    let id = batch_row(&new.site, &new.batch_id);
    let phase = new.phase.name();
    let (kept, _) = Kept::open(io, id, BATCH_KIND, phase, &new).await?;
    kept.is.same_as(&new)?;
    Ok(kept)
}

/// Records how a batch stands at the end of a run.
pub(crate) async fn end(io: &Io, mut kept: Kept<BatchRecord>, phase: BatchPhase) -> Result<()> {
    for _ in 0..MAX_RACES {
        if kept.is.phase == phase {
            return Ok(());
        }
        let mut next = kept.is.clone();
        next.phase = phase;
        if kept.advance(io, phase.name(), &next).await? {
            return Ok(());
        }
    }
    Err(too_many())
}

async fn write(io: &Io, kept: &mut Kept<ChunkRecord>, event: &ChunkEvent) -> Result<()> {
    for _ in 0..MAX_RACES {
        let next = transition(&kept.is, event)?;
        if next == kept.is || kept.advance(io, next.phase.name(), &next).await? {
            return Ok(());
        }
    }
    Err(too_many())
}

fn too_many() -> Error {
    Error::field(
        ErrorKind::Conflict,
        "batch_id",
        "is changed by too many others at once",
    )
}

/// Brings an upload to NetMile: afterwards it is accepted or refused, or still `sending` when nobody answers.
pub(crate) async fn upload(
    io: &Io,
    counter: &Counter,
    request: Arc<BatchRequest>,
    chunk: Arc<Chunk>,
) -> Result<Kept<ChunkRecord>> {
    let new = ChunkRecord::new(counter.site.id(), &request.batch_id, &chunk);
    let id = chunk_row(&new);
    let phase = new.phase.name();
    let (mut kept, is_new) = Kept::open(io, id, CHUNK_KIND, phase, &new).await?;
    if !kept.is.is_of(&chunk) {
        return Err(Error::field(
            ErrorKind::Conflict,
            "file",
            "is not the one that this batch was begun with",
        ));
    }
    let mut may_send = is_new;
    for asked in 0..MAX_ASKED {
        match kept.is.phase {
            ChunkPhase::Sending => {}
            ChunkPhase::Refused => {
                write(io, &mut kept, &ChunkEvent::SendingAgain).await?;
                may_send = true;
            }
            ChunkPhase::Accepted | ChunkPhase::Finished | ChunkPhase::NeedsReview => {
                return Ok(kept);
            }
        }
        if asked > 1 {
            io.sleep(pause(asked)).await;
        }
        if !may_send {
            // Whoever recorded it may have sent it.
            match ask(io, counter, FindRegistration(kept.is.tran_id())).await? {
                Some(Some(found)) => {
                    write(io, &mut kept, &ChunkEvent::Accepted(found.registration_id)).await?;
                    return Ok(kept);
                }
                Some(None) => {}
                None => continue,
            }
        }
        may_send = false;
        match send(io, counter, &request, &chunk).await? {
            Exchanged::Done(registration_id) => {
                write(io, &mut kept, &ChunkEvent::Accepted(registration_id)).await?;
                return Ok(kept);
            }
            Exchanged::Rejected(rejection) => {
                write(io, &mut kept, &ChunkEvent::Rejected(rejection)).await?;
                return Ok(kept);
            }
            Exchanged::Unknown(_) | Exchanged::NotSent(_) => {}
        }
    }
    Ok(kept)
}

const fn pause(turn: u32) -> Duration {
    Duration::from_millis(250 << turn.saturating_sub(2))
}

async fn send(
    io: &Io,
    counter: &Counter,
    request: &Arc<BatchRequest>,
    chunk: &Arc<Chunk>,
) -> Result<Exchanged<String>> {
    let function = UploadFile {
        request: Arc::clone(request),
        chunk: Arc::clone(chunk),
    };
    let signed = Signed::new(
        Arc::clone(&counter.site),
        function,
        Nonces::new(io.random()),
    );
    // The journal says `sending` already, and goes on saying so.
    let call = Call::new(signed).never_left(counter.retry);
    call.run(io, &counter.budget, |_| async { Ok(()) }).await
}

/// Looks whether the rows of an upload are processed, after a pause.
pub(crate) async fn look(
    io: &Io,
    counter: &Counter,
    mut kept: Kept<ChunkRecord>,
    pause: Duration,
) -> Result<Kept<ChunkRecord>> {
    if pause > Duration::ZERO {
        io.sleep(pause).await;
    }
    let Some(id) = kept.is.registration_id.clone() else {
        return Ok(kept);
    };
    if let Some(told) = ask(io, counter, GetRegistration(id)).await? {
        write(io, &mut kept, &ChunkEvent::Counted(told)).await?;
    }
    Ok(kept)
}

/// Writes down that the error list contradicts the counts.
pub(crate) async fn differs(io: &Io, mut kept: Kept<ChunkRecord>) -> Result<Kept<ChunkRecord>> {
    write(io, &mut kept, &ChunkEvent::ListDiffers).await?;
    Ok(kept)
}

/// An error list, or why there is none.
pub(crate) enum ErrorList {
    Bytes(Vec<u8>),
    /// It was deleted.
    Missing,
    /// Nobody answered.
    Unknown,
}

/// Fetches the error list of an upload.
pub(crate) async fn errors(
    io: &Io,
    counter: &Counter,
    registration_id: String,
) -> Result<ErrorList> {
    let list = GetList {
        registration_id,
        kind: ListKind::Errors,
    };
    Ok(match call(io, counter, list).await? {
        Exchanged::Done(bytes) => ErrorList::Bytes(bytes),
        Exchanged::Rejected(rejection) if is_gone(&rejection) => ErrorList::Missing,
        Exchanged::Rejected(_) | Exchanged::Unknown(_) | Exchanged::NotSent(_) => {
            ErrorList::Unknown
        }
    })
}

fn is_gone(rejection: &Rejection) -> bool {
    rejection.table() == Some("api") && matches!(rejection.code_in_table(), "deleted" | "not_found")
}

/// What NetMile answers; `None` when there is no usable answer.
async fn ask<F: Function<Effect = Read>>(
    io: &Io,
    counter: &Counter,
    function: F,
) -> Result<Option<F::Answer>> {
    Ok(match call(io, counter, function).await? {
        Exchanged::Done(answer) => Some(answer),
        Exchanged::Rejected(_) | Exchanged::Unknown(_) | Exchanged::NotSent(_) => None,
    })
}

async fn call<F: Function<Effect = Read>>(
    io: &Io,
    counter: &Counter,
    function: F,
) -> Result<Exchanged<F::Answer>> {
    let nonces = Nonces::new(io.random());
    let signed = Signed::new(Arc::clone(&counter.site), function, nonces);
    let call = Call::new(signed).retry(counter.retry);
    call.run(io, &counter.budget, |_| async { Ok(()) }).await
}
