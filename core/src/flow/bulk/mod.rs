//! A batch of uploads: recorded, sent, asked about, counted.
//!
//! An upload is sent again only after asking, and always under the same `tran_id` and byte for byte, so that NetMile
//! answers as it did the first time if it has it.

mod kept;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use super::call::Dated;
use super::transaction::Counter;
use crate::engine::{Call, Exchanged, Io};
use crate::error::{Error, ErrorKind, Result};
use crate::miles::batch::{
    BatchPhase, BatchRecord, BatchRequest, Chunk, ChunkEvent, ChunkPhase, ChunkRecord, ChunkReview,
    TermPrints, UploadFile, is_at_the_door, other_settings, transition,
};
use crate::miles::{
    FindRegistration, GetList, GetRegistration, ListKind, Lists, RegistrationState,
};
use crate::operation::{Read, Rejection};
use crate::reference::{Found, Function, Limits, Nonces, Signed};
use crate::time::Timestamp;
use kept::{Listed, MAX_RACES, Writer, too_many};

pub(crate) use kept::{BATCH_KIND, CHUNK_KIND, Kept, batch_row, upload_row, uploads_of};

/// Phases of uploads that somebody or something still has to act on.
pub(crate) const OPEN: [ChunkPhase; 3] = [
    ChunkPhase::Sending,
    ChunkPhase::Accepted,
    ChunkPhase::NeedsReview,
];

/// Times an upload whose answer was lost is asked about in one run.
const MAX_ASKED: u32 = 8;

/// Records a batch before its first upload, or finds it again.
pub(crate) async fn begin(io: &Io, new: BatchRecord) -> Result<Kept<BatchRecord>> {
    let id = batch_row(&new.site, &new.batch_id);
    let phase = new.phase.name();
    let (mut kept, _) = Kept::open(io, (id, BATCH_KIND), Listed::by(phase), &new).await?;
    for _ in 0..MAX_RACES {
        match kept.is.same_as(&new) {
            Ok(()) => return Ok(kept),
            // Nothing was taken under the settings that are recorded.
            Err(error)
                if error.field_name() == Some("settings")
                    && may_begin(io, &kept.is, &TermPrints::of(&new)).await? =>
            {
                if kept.advance(io, Listed::by(phase), &new).await? {
                    return Ok(kept);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(too_many())
}

/// Whether a batch may be recorded under these terms instead: NetMile has nothing of it for certain, or what it has was
/// sent under them. Two runs that began at the same time may both have recorded theirs; the one whose upload is there goes on.
///
/// Uploads are made in the order of their rows. A later one may be there all the same when a person found the first one
/// missing.
async fn may_begin(io: &Io, batch: &BatchRecord, terms: &TermPrints) -> Result<bool> {
    let mut first_row = 1;
    while first_row <= batch.rows {
        let id = upload_row(&batch.site, &batch.batch_id, first_row);
        let Some(row) = io.load(&id).await? else {
            return Ok(true);
        };
        let upload = Kept::<ChunkRecord>::from_row(row)?.is;
        if upload.phase != ChunkPhase::Refused {
            return Ok(!upload.terms.is_empty() && terms.differing(&upload.terms).is_empty());
        }
        first_row += upload.rows.max(1);
    }
    Ok(true)
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
        if kept.advance(io, Listed::by(phase.name()), &next).await? {
            return Ok(());
        }
    }
    Err(too_many())
}

/// Writes down what a person found out about an upload.
pub(crate) async fn review(
    io: &Io,
    limits: Limits,
    mut kept: Kept<ChunkRecord>,
    verdict: ChunkReview,
) -> Result<ChunkRecord> {
    let event = ChunkEvent::Reviewed(verdict);
    kept.write(io, limits, Writer::Resolver, &event).await?;
    Ok(kept.is)
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
    (request, terms): (Arc<BatchRequest>, Arc<TermPrints>),
    chunk: Arc<Chunk>,
) -> Result<Looked> {
    let limits = counter.limits;
    let new = ChunkRecord::new(counter.site.id(), &request.batch_id, &chunk, io.now());
    let new = new.under(terms.as_ref());
    let id = upload_row(&new.site, &new.batch_id, new.first_row);
    let listed = Listed {
        phase: new.phase.name(),
        due: new.due(io.now(), limits),
        told: None,
    };
    let (mut kept, is_new) = Kept::open(io, (id, CHUNK_KIND), listed, &new).await?;
    let mut may_send = is_new;
    for asked in 0..MAX_ASKED {
        // Its batch was begun again with other settings if it was refused.
        let goes_on = kept.is.phase != ChunkPhase::Refused;
        let others = terms.differing(&kept.is.terms);
        if goes_on && !others.is_empty() {
            return Err(other_settings(&others));
        }
        if goes_on && !kept.is.is_of(&chunk) {
            return Err(Error::field(
                ErrorKind::Conflict,
                "file",
                "is not the one that this batch was begun with",
            ));
        }
        match kept.is.phase {
            ChunkPhase::Sending => {}
            ChunkPhase::Refused => {
                // Whoever was faster may have brought it anywhere.
                may_send = again(io, limits, &mut kept, (&terms, &chunk)).await?;
                if !may_send {
                    continue;
                }
            }
            // A person was called, and NetMile may know of it by now.
            ChunkPhase::NeedsReview if kept.is.is_open() && kept.is.registration_id.is_none() => {}
            ChunkPhase::Accepted | ChunkPhase::Finished | ChunkPhase::NeedsReview => {
                return Looked::at(kept);
            }
        }
        if asked > 1 {
            io.sleep(pause(asked)).await;
        }
        if !may_send {
            // Judged by when the question is put.
            let closed = io.now() > limits.accepted_until(kept.is.sent_at);
            if !kept
                .note(io, limits, Writer::Run, &ChunkEvent::Lost)
                .await?
            {
                continue;
            }
            match ask(io, counter, FindRegistration(kept.is.tran_id())).await? {
                Told::Answer(Found::Done(found)) => {
                    let event = ChunkEvent::Accepted(found.registration_id);
                    kept.write(io, limits, Writer::Run, &event).await?;
                    return Looked::at(kept);
                }
                Told::Answer(Found::Refused(rejection)) => {
                    let event = ChunkEvent::Rejected(rejection);
                    kept.write(io, limits, Writer::Run, &event).await?;
                    return Looked::at(kept);
                }
                Told::Answer(Found::Missing) if closed => {
                    kept.note(io, limits, Writer::Run, &ChunkEvent::NeverArrived)
                        .await?;
                    continue;
                }
                // A person was called, or an earlier send may still be taken and was refused once: another one would
                // prove nothing.
                Told::Answer(_)
                    if kept.is.phase != ChunkPhase::Sending || kept.is.rejection.is_some() =>
                {
                    return Looked::at(kept);
                }
                Told::Answer(_) => {
                    if !again(io, limits, &mut kept, (&terms, &chunk)).await? {
                        continue;
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
        let sent_at = kept.is.sent_at;
        let event = match send(io, counter, (&request, &chunk), sent_at).await? {
            Exchanged::Done(registration_id) => ChunkEvent::Accepted(registration_id),
            Exchanged::Rejected(rejection) => ChunkEvent::Rejected(rejection),
            Exchanged::Unknown(_) => ChunkEvent::Lost,
            Exchanged::NotSent(_) => continue,
        };
        came_back(io, limits, &mut kept, (sent_at, &event)).await?;
        if !matches!(event, ChunkEvent::Lost) {
            return Looked::at(kept);
        }
    }
    Looked::at(kept)
}

/// Records that an upload is about to be sent again. False when somebody else was faster.
async fn again(
    io: &Io,
    limits: Limits,
    kept: &mut Kept<ChunkRecord>,
    (terms, chunk): (&TermPrints, &Chunk),
) -> Result<bool> {
    let step = transition(&kept.is, &ChunkEvent::SendingAgain, io.now(), limits)?;
    let mut next = step.record;
    if !next.is_of(chunk) {
        next = ChunkRecord::new(&next.site, &next.batch_id, chunk, io.now());
    }
    // What is sent now is sent under these.
    next = next.under(terms);
    let listed = Listed {
        phase: next.phase.name(),
        due: next.due(io.now(), limits),
        told: None,
    };
    kept.advance(io, listed, &next).await
}

/// Writes down what became of a send. What says nothing of one that somebody else made since is not written over it.
async fn came_back(
    io: &Io,
    limits: Limits,
    kept: &mut Kept<ChunkRecord>,
    (sent_at, event): (Timestamp, &ChunkEvent),
) -> Result<()> {
    let of_this_send = match event {
        ChunkEvent::Lost => true,
        ChunkEvent::Rejected(rejection) => is_at_the_door(rejection),
        _ => false,
    };
    for _ in 0..MAX_RACES {
        if of_this_send && kept.is.sent_at != sent_at {
            return Ok(());
        }
        if kept.note(io, limits, Writer::Run, event).await? {
            return Ok(());
        }
    }
    Err(too_many())
}

const fn pause(turn: u32) -> Duration {
    Duration::from_millis(250 << turn.saturating_sub(2))
}

async fn send(
    io: &Io,
    counter: &Counter,
    (request, chunk): (&Arc<BatchRequest>, &Arc<Chunk>),
    sent_at: Timestamp,
) -> Result<Exchanged<String>> {
    let function = UploadFile {
        request: Arc::clone(request),
        chunk: Arc::clone(chunk),
    };
    // Signed with what the journal says: a process that slept in between sends what is too old by now.
    let dated = Dated {
        operation: Signed::new(
            Arc::clone(&counter.site),
            function,
            Nonces::new(io.random()),
        ),
        signed_at: Arc::new(AtomicI64::new(sent_at.as_unix())),
    };
    let call = Call::new(dated).never_left(counter.retry);
    call.run(io, &counter.budget, |_| async { Ok(()) }).await
}

/// Looks for the outcome of an upload whose run may be gone, once. Its rows are not sent: only a run has them.
pub(crate) async fn resolve(
    io: &Io,
    counter: &Counter,
    mut kept: Kept<ChunkRecord>,
) -> Result<ChunkRecord> {
    let limits = counter.limits;
    for _ in 0..MAX_RACES {
        let now = io.now();
        if !kept.is.is_open() || in_flight(&kept.is, now, limits) {
            break;
        }
        let closed = now > limits.accepted_until(kept.is.sent_at);
        let event = match kept.is.registration_id.clone() {
            Some(id) => match ask(io, counter, GetRegistration(id)).await? {
                Told::Answer(told) if told.state == RegistrationState::Finished => {
                    ChunkEvent::Counted(Box::new(told))
                }
                _ => ChunkEvent::Looked,
            },
            None => match ask(io, counter, FindRegistration(kept.is.tran_id())).await? {
                Told::Answer(Found::Done(found)) => ChunkEvent::Accepted(found.registration_id),
                Told::Answer(Found::Refused(rejection)) => ChunkEvent::Rejected(rejection),
                Told::Answer(Found::Missing) if closed => ChunkEvent::NeverArrived,
                _ => ChunkEvent::Looked,
            },
        };
        let is_written = kept.note(io, limits, Writer::Resolver, &event).await?;
        // What became of its rows is another question.
        if is_written && !matches!(event, ChunkEvent::Accepted(_)) {
            break;
        }
    }
    Ok(kept.is)
}

/// Whether somebody is probably sending it right now.
fn in_flight(is: &ChunkRecord, now: Timestamp, limits: Limits) -> bool {
    is.phase == ChunkPhase::Sending && !is.is_doubtful && now < is.sent_at.plus(limits.sending)
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
            let event = ChunkEvent::Counted(Box::new(told));
            kept.write(io, counter.limits, Writer::Run, &event).await?;
            None
        }
        Told::Refused(rejection) => Some(rejection),
        Told::Nothing => None,
    };
    Ok(Looked { kept, refused })
}

/// Writes down that the error list contradicts the counts.
pub(crate) async fn differs(
    io: &Io,
    limits: Limits,
    mut kept: Kept<ChunkRecord>,
) -> Result<Kept<ChunkRecord>> {
    let event = ChunkEvent::ListDiffers;
    kept.write(io, limits, Writer::Run, &event).await?;
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
