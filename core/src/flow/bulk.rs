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
    BatchPhase, BatchRecord, BatchRequest, Chunk, ChunkEvent, ChunkPhase, ChunkRecord, ChunkReview,
    UploadFile, transition,
};
use crate::miles::{FindRegistration, GetList, GetRegistration, ListKind, Lists};
use crate::operation::{Read, Rejection};
use crate::reference::{ACCEPTED_SECONDS, Function, Nonces, Signed};

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

pub(crate) fn upload_row(site: &str, batch_id: &str, first_row: u64) -> String {
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
    let (mut kept, _) = Kept::open(io, id, BATCH_KIND, phase, &new).await?;
    for _ in 0..MAX_RACES {
        match kept.is.same_as(&new) {
            Ok(()) => return Ok(kept),
            // Nothing was taken under the old settings.
            Err(error)
                if error.field_name() == Some("settings") && is_untouched(io, &kept.is).await? =>
            {
                if kept.advance(io, phase, &new).await? {
                    return Ok(kept);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(too_many())
}

/// Whether NetMile has nothing of a batch for certain. Uploads are made in the order of their rows: there is no second one
/// before the first one was taken.
async fn is_untouched(io: &Io, batch: &BatchRecord) -> Result<bool> {
    Ok(
        match io
            .load(&upload_row(&batch.site, &batch.batch_id, 1))
            .await?
        {
            Some(row) => Kept::<ChunkRecord>::from_row(row)?.is.phase == ChunkPhase::Refused,
            None => true,
        },
    )
}

/// Records how a batch stands at the end of a run.
pub(crate) async fn end(io: &Io, mut kept: Kept<BatchRecord>, phase: BatchPhase) -> Result<()> {
    for _ in 0..MAX_RACES {
        // Whoever saw all of it finished knows more than one that is slow.
        if kept.is.phase == phase || kept.is.phase == BatchPhase::Done {
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

/// Writes down what a person found out about an upload.
pub(crate) async fn review(
    io: &Io,
    mut kept: Kept<ChunkRecord>,
    verdict: ChunkReview,
) -> Result<ChunkRecord> {
    write(io, &mut kept, &ChunkEvent::Reviewed(verdict)).await?;
    Ok(kept.is)
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

/// An upload, and why NetMile refused to tell about it.
pub(crate) struct Looked {
    pub(crate) kept: Kept<ChunkRecord>,
    pub(crate) refused: Option<Rejection>,
}

impl Looked {
    const fn at(kept: Kept<ChunkRecord>) -> Result<Self> {
        Ok(Self {
            kept,
            refused: None,
        })
    }
}

/// Brings an upload to NetMile: afterwards it is accepted or refused, or still `sending` when nobody answers.
pub(crate) async fn upload(
    io: &Io,
    counter: &Counter,
    request: Arc<BatchRequest>,
    chunk: Arc<Chunk>,
) -> Result<Looked> {
    let new = ChunkRecord::new(counter.site.id(), &request.batch_id, &chunk);
    let id = upload_row(&new.site, &new.batch_id, new.first_row);
    let phase = new.phase.name();
    let (mut kept, is_new) = Kept::open(io, id, CHUNK_KIND, phase, &new).await?;
    let mut may_send = is_new;
    for asked in 0..MAX_ASKED {
        // Its batch was begun again with other settings if it was refused.
        if !kept.is.is_of(&chunk) && kept.is.phase != ChunkPhase::Refused {
            return Err(Error::field(
                ErrorKind::Conflict,
                "file",
                "is not the one that this batch was begun with",
            ));
        }
        match kept.is.phase {
            ChunkPhase::Sending => {}
            ChunkPhase::Refused => {
                let mut next = transition(&kept.is, &ChunkEvent::SendingAgain)?;
                if !next.is_of(&chunk) {
                    next = new.clone();
                }
                may_send = kept.advance(io, next.phase.name(), &next).await?;
                // Whoever was faster may have brought it anywhere.
                if !may_send {
                    continue;
                }
            }
            ChunkPhase::Accepted | ChunkPhase::Finished | ChunkPhase::NeedsReview => {
                return Looked::at(kept);
            }
        }
        if asked > 1 {
            io.sleep(pause(asked)).await;
        }
        if !may_send {
            // Judged by when the question is put.
            let now = io.now();
            if kept.is.doubtful_since.is_none() {
                // Whoever recorded it may have sent it, as late as now.
                write(io, &mut kept, &ChunkEvent::Lost(now)).await?;
            }
            match ask(io, counter, FindRegistration(kept.is.tran_id())).await? {
                Told::Answer(Some(found)) => {
                    write(io, &mut kept, &ChunkEvent::Accepted(found.registration_id)).await?;
                    return Looked::at(kept);
                }
                Told::Answer(None) => {
                    let last = kept.is.doubtful_since.unwrap_or(now);
                    let last = last.plus_seconds(ACCEPTED_SECONDS);
                    if now > last.plus(counter.limits.skew) {
                        write(io, &mut kept, &ChunkEvent::NeverArrived).await?;
                    }
                    match kept.is.phase {
                        // Refused once, and an earlier send may still be taken: another one would prove nothing.
                        ChunkPhase::Sending if kept.is.rejection.is_some() => {
                            return Looked::at(kept);
                        }
                        ChunkPhase::Sending => {}
                        _ => continue,
                    }
                }
                Told::Refused(rejection) => {
                    return Ok(Looked {
                        kept,
                        refused: Some(rejection),
                    });
                }
                Told::Nothing => continue,
            }
        }
        may_send = false;
        match send(io, counter, &request, &chunk).await? {
            Exchanged::Done(registration_id) => {
                write(io, &mut kept, &ChunkEvent::Accepted(registration_id)).await?;
                return Looked::at(kept);
            }
            Exchanged::Rejected(rejection) => {
                write(io, &mut kept, &ChunkEvent::Rejected(rejection)).await?;
                return Looked::at(kept);
            }
            Exchanged::Unknown(_) => {
                write(io, &mut kept, &ChunkEvent::Lost(io.now())).await?;
            }
            Exchanged::NotSent(_) => {}
        }
    }
    Looked::at(kept)
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
) -> Result<Looked> {
    if pause > Duration::ZERO {
        io.sleep(pause).await;
    }
    let Some(id) = kept.is.registration_id.clone() else {
        return Looked::at(kept);
    };
    let refused = match ask(io, counter, GetRegistration(id)).await? {
        Told::Answer(told) => {
            write(io, &mut kept, &ChunkEvent::Counted(told)).await?;
            None
        }
        Told::Refused(rejection) => Some(rejection),
        Told::Nothing => None,
    };
    Ok(Looked { kept, refused })
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
        registration_id: registration_id.clone(),
        kind: ListKind::Errors,
    };
    let rejection = match call(io, counter, list).await? {
        Exchanged::Done(bytes) => return Ok(ErrorList::Bytes(bytes)),
        Exchanged::Rejected(rejection) if rejection.table() == Some("api") => rejection,
        Exchanged::Rejected(_) | Exchanged::Unknown(_) | Exchanged::NotSent(_) => {
            return Ok(ErrorList::Unknown);
        }
    };
    Ok(match rejection.code_in_table() {
        "deleted" => ErrorList::Missing,
        // It may also be that this server does not know the registration yet.
        "not_found" => match ask(io, counter, GetRegistration(registration_id)).await? {
            Told::Answer(told) if told.lists == Lists::Deleted => ErrorList::Missing,
            _ => ErrorList::Unknown,
        },
        _ => ErrorList::Unknown,
    })
}

/// What NetMile says to a question.
enum Told<A> {
    Answer(A),
    /// It refuses to say.
    Refused(Rejection),
    /// There is no usable answer.
    Nothing,
}

async fn ask<F: Function<Effect = Read>>(
    io: &Io,
    counter: &Counter,
    function: F,
) -> Result<Told<F::Answer>> {
    Ok(match call(io, counter, function).await? {
        Exchanged::Done(answer) => Told::Answer(answer),
        Exchanged::Rejected(rejection) => Told::Refused(rejection),
        Exchanged::Unknown(_) | Exchanged::NotSent(_) => Told::Nothing,
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
