//! Tasks under a `tran_id`: recorded, sent, asked about, and sent again only where that is safe.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::to_string;

use super::call::Dated;
use crate::contract::ContractId;
use crate::engine::journal::{Advanced, Change, Intent, NewEvent, Opened, Row};
use crate::engine::{Call, Exchanged, Io, RetryBudget, RetryPolicy, Sent};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::operation::{Keyed, Operation, Outcome, Read, Ticket};
use crate::planted::{self, Defect};
use crate::purchase::{Fact, FactKind, Phase as PurchasePhase, Subject};
use crate::reference::{
    Draft, Event, Finding, Found, Function, Limits, Nonces, Object, Phase, Review, Signed, Site,
    Task, Told, Transaction, is_final, transition,
};
use crate::time::Timestamp;

/// Times one step is tried again because somebody else changed the same row.
pub(crate) const MAX_RACES: usize = 16;

/// What the flows of one site need.
#[derive(Clone)]
pub(crate) struct Counter {
    pub(crate) site: Arc<Site>,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Arc<RetryBudget>,
}

/// What is kept in one row while a task is sent: its transaction, alone or within something larger.
pub(crate) trait Kept:
    Clone + Serialize + DeserializeOwned + std::marker::Send + Sync + 'static
{
    type Task: Task;

    /// The transaction.
    fn transaction(&self) -> &Transaction<Self::Task>;

    /// How the row is listed.
    fn phase(&self) -> &'static str;

    /// What an event of the transaction leads to.
    fn next(
        &self,
        event: &Event<<Self::Task as Task>::Answer>,
        at: Timestamp,
        limits: Limits,
    ) -> Result<Next<Self>>;
}

/// What an event leads to.
pub(crate) struct Next<K> {
    pub(crate) is: K,
    pub(crate) told: Option<FactKind>,
    pub(crate) due: Option<Timestamp>,
}

impl<T: Task> Kept for Transaction<T> {
    type Task = T;

    fn transaction(&self) -> &Self {
        self
    }

    fn phase(&self) -> &'static str {
        self.phase.name()
    }

    fn next(&self, event: &Event<T::Answer>, at: Timestamp, limits: Limits) -> Result<Next<Self>> {
        let step = transition(self, event, at, limits)?;
        let told = step.told.map(|told| match told {
            Told::Done => T::DONE,
            Told::Decided => T::DECIDED,
            Told::Refused => T::REFUSED,
            Told::NeedsReview => FactKind::NeedsReview,
        });
        Ok(Next {
            is: step.transaction,
            told,
            due: step.due,
        })
    }
}

/// What is kept, at a version.
#[derive(Clone)]
pub(crate) struct Saved<K> {
    pub(crate) is: K,
    pub(crate) due: Option<Timestamp>,
    version: u64,
    row_id: String,
}

/// A transaction at a version.
pub(crate) type Held<T> = Saved<Transaction<T>>;

pub(crate) fn row_id<T: Task>(site: &str, tran_id: &str) -> String {
    format!("{}:{site}/{tran_id}", T::KIND)
}

impl<K: Kept> Saved<K> {
    pub(crate) fn from_row(row: Row) -> Result<Self> {
        let is = serde_json::from_str(&row.body).map_err(|error| {
            let what = "a transaction in the journal cannot be read";
            Error::new(ErrorKind::Journal, what).with_source(error)
        })?;
        Ok(Self {
            is,
            due: row.due,
            version: row.version,
            row_id: row.id,
        })
    }

    /// Records the first state. The other value says whether it was new.
    pub(crate) async fn open(io: &Io, first: &K, due: Option<Timestamp>) -> Result<(Self, bool)> {
        let transaction = first.transaction();
        let intent = Intent {
            id: row_id::<K::Task>(&transaction.site, transaction.tran_id()),
            kind: K::Task::KIND.to_owned(),
            phase: first.phase().to_owned(),
            body: json(first)?,
            keys: Vec::new(),
            due,
            now: io.now(),
        };
        match io.open(intent).await? {
            Opened::New(row) => Ok((Self::from_row(row)?, true)),
            Opened::Existing(row) => Ok((Self::from_row(row)?, false)),
        }
    }

    /// Applies an event of the transaction by compare-and-set, as [`put`](Self::put).
    async fn write(&mut self, io: &Io, event: &AnswerEvent<K>, limits: Limits) -> Result<bool> {
        let next = self.is.next(event, io.now(), limits)?;
        self.put(io, next).await
    }

    /// Writes the next state by compare-and-set. False when somebody else was faster: then nothing was written, and the
    /// row was read again.
    pub(crate) async fn put(&mut self, io: &Io, next: Next<K>) -> Result<bool> {
        let now = io.now();
        let events = next.told.map(|told| fact(next.is.transaction(), told, now));
        let change = Change {
            phase: next.is.phase().to_owned(),
            body: json(&next.is)?,
            new_keys: Vec::new(),
            due: next.due,
            events: events.transpose()?.into_iter().collect(),
            now,
        };
        match io.advance(&self.row_id, self.version, change, None).await? {
            Advanced::Applied(row) => {
                *self = Self::from_row(row)?;
                Ok(true)
            }
            Advanced::Stale(row) => {
                *self = Self::from_row(row)?;
                Ok(false)
            }
            Advanced::SeenBefore => Ok(false),
        }
    }

    pub(crate) fn ticket(&self) -> Ticket {
        let transaction = self.is.transaction();
        Ticket {
            id: transaction.tran_id().to_owned(),
            step: K::Task::KIND.to_owned(),
            key: None,
            since: transaction.since,
            next_look: self.due,
        }
    }
}

impl<T: Task> Held<T> {
    /// Records a task together with its first send. The other value says whether it was new.
    async fn create(io: &Io, counter: &Counter, task: T) -> Result<(Self, bool)> {
        let now = io.now();
        let new = Transaction::new(counter.site.id().to_owned(), task, now);
        let first = new.next(&Event::Sending, now, counter.limits)?;
        Self::open(io, &first.is, first.due).await
    }

    fn standing(&self) -> Outcome<T::Answer> {
        self.is
            .outcome(self.due)
            .unwrap_or_else(|| Outcome::Unknown(self.ticket()))
    }
}

/// What may happen to the transaction of something kept.
type AnswerEvent<K> = Event<<<K as Kept>::Task as Task>::Answer>;

fn fact<T: Task>(transaction: &Transaction<T>, kind: FactKind, at: Timestamp) -> Result<NewEvent> {
    let about = (T::SUBJECT, transaction.tran_id());
    fact_of_site(&transaction.site, about, kind, at)
}

/// A line of the outbox about something that a site did under a `tran_id`.
pub(crate) fn fact_of_site(
    site: &str,
    (subject, tran_id): (Subject, &str),
    kind: FactKind,
    at: Timestamp,
) -> Result<NewEvent> {
    let fact = Fact {
        kind,
        subject,
        purchase_id: tran_id.to_owned(),
        contract: ContractId::of_site(site.to_owned()),
        phase: match kind {
            FactKind::NeedsReview => PurchasePhase::NeedsReview,
            _ => PurchasePhase::Open,
        },
        order_id: None,
        tracking_id: None,
        step: None,
        key: None,
        amount: Yen::default(),
        review: None,
        at,
    };
    Ok(NewEvent {
        kind: kind.name().to_owned(),
        body: json(&fact)?,
    })
}

fn json(value: &impl Serialize) -> Result<String> {
    to_string(value).map_err(|error| {
        Error::new(ErrorKind::Journal, "a record cannot be written as JSON").with_source(error)
    })
}

/// Records a task and sends it. The same task again goes on where the first one stopped, or tells what became of it.
pub(crate) async fn start<T: Task>(
    io: &Io,
    counter: &Counter,
    task: T,
    fits: Result<()>,
) -> Result<Outcome<T::Answer>> {
    // What cannot be sent is refused before anything is recorded. What was sent already is not checked again: rules
    // may be others by now, and its outcome is what is asked for.
    let mut call = Some(signed(io, counter, &task));
    let fits = fits.and_then(|()| match &call {
        Some(call) => call.encode(io.now()).map(|_| ()),
        None => Ok(()),
    });
    let known = io
        .load(&row_id::<T>(counter.site.id(), task.tran_id()))
        .await?;
    let mut unchecked = None;
    let mut held = match known {
        Some(row) => {
            let held: Held<T> = Held::from_row(row)?;
            if held.is.task == task {
                unchecked = Some(fits);
            } else {
                fits?;
            }
            held
        }
        None => {
            fits?;
            let (held, created) = Held::create(io, counter, task.clone()).await?;
            if created && let Some(call) = call.take() {
                return finish(io, counter, held, call).await;
            }
            held
        }
    };
    for _ in 0..MAX_RACES {
        if held.is.task != task {
            return Err(Error::field(
                ErrorKind::Conflict,
                "tran_id",
                "was used for something else",
            ));
        }
        if held.is.phase.is_open() {
            held = resolve(io, counter, held).await?;
            if !await_outcome(io, counter, &mut held).await {
                continue;
            }
            return Ok(held.standing());
        }
        if !held.is.may_start() {
            return Ok(held.standing());
        }
        unchecked.take().unwrap_or(Ok(()))?;
        if held.write(io, &Event::Sending, counter.limits).await? {
            let call = signed(io, counter, &task);
            return finish(io, counter, held, call).await;
        }
    }
    Err(too_many())
}

/// Before a caller is sent away without an outcome: whoever is sending tells only its own caller, unless the journal
/// says that somebody else waits for an event. False when the transaction has moved meanwhile.
async fn await_outcome<T: Task>(io: &Io, counter: &Counter, held: &mut Held<T>) -> bool {
    if held.is.phase != Phase::Sending || held.is.lost {
        return true;
    }
    for failures in 1..=counter.retry.attempts {
        match held.write(io, &Event::Awaited, counter.limits).await {
            Ok(written) => return written,
            Err(_) => io.sleep(counter.retry.delay(failures, io.random())).await,
        }
    }
    // An error would say that nothing was sent.
    true
}

/// Sends what is recorded, and tells what it came to.
async fn finish<T: Task>(
    io: &Io,
    counter: &Counter,
    held: Held<T>,
    call: Signed<Send<T>>,
) -> Result<Outcome<T::Answer>> {
    let (held, not_sent) = send(io, counter, held, call).await;
    match not_sent {
        Some(why) if held.is.phase == Phase::Prepared => Err(Error::new(ErrorKind::Transport, why)),
        _ => Ok(held.standing()),
    }
}

/// Sends what is recorded and writes down what came back. From the send on nothing is an error any more: what the
/// journal does not know stays open there.
pub(crate) async fn send<K: Kept>(
    io: &Io,
    counter: &Counter,
    mut held: Saved<K>,
    call: Signed<Send<K::Task>>,
) -> (Saved<K>, Option<String>) {
    let recorded = |held: &Saved<K>| held.is.transaction().signed_at.as_unix();
    let signed_at = Arc::new(AtomicI64::new(recorded(&held)));
    let dated = Dated {
        operation: call,
        signed_at: Arc::clone(&signed_at),
    };
    let mut sends = Call::new(dated).never_left(counter.retry).start();
    let exchanged = loop {
        match sends.send(io, &counter.budget).await {
            Err(error) => break Exchanged::NotSent(error.detail().to_owned()),
            Ok(Sent::Ended(exchanged)) => break exchanged,
            Ok(Sent::Again(next)) => {
                match again(io, counter, &mut held).await {
                    Ok(true) => {}
                    Ok(false) => break Exchanged::NotSent("the send was taken over".to_owned()),
                    Err(error) => break next.give_up(&error),
                }
                signed_at.store(recorded(&held), Ordering::Relaxed);
                sends = next;
            }
        }
    };
    let (event, not_sent) = match exchanged {
        Exchanged::Done(answer) => (Event::Done(answer), None),
        Exchanged::Rejected(rejection) => (Event::Rejected(rejection), None),
        Exchanged::Unknown(_) => (Event::Lost, None),
        Exchanged::NotSent(why) => (Event::NotSent, Some(why)),
    };
    let sent_at = signed_at.load(Ordering::Relaxed);
    let mut failures = 0;
    for _ in 0..MAX_RACES {
        let sending = held.is.transaction().phase == Phase::Sending;
        let ours = sending && recorded(&held) == sent_at;
        // What this send came to says nothing of one that somebody else made since, nor does a refusal at the door; an
        // answer that stays with the `tran_id` is evidence anyway.
        let of_this_send = match &event {
            Event::Lost | Event::NotSent => true,
            Event::Rejected(rejection) => !is_final(rejection),
            _ => false,
        };
        if !ours && of_this_send {
            break;
        }
        match held.write(io, &event, counter.limits).await {
            Ok(true) => break,
            Ok(false) => {}
            Err(_) => {
                failures += 1;
                if failures >= counter.retry.attempts {
                    break;
                }
                // A write that fails may have been made: given up, its outcome would be told to nobody.
                io.sleep(counter.retry.delay(failures, io.random())).await;
            }
        }
    }
    (held, not_sent)
}

/// Records that what never left is about to be sent again. False when somebody else has taken it over.
async fn again<K: Kept>(io: &Io, counter: &Counter, held: &mut Saved<K>) -> Result<bool> {
    let own = held.is.transaction().signed_at;
    for _ in 0..MAX_RACES {
        if held.write(io, &Event::SendingAgain, counter.limits).await? {
            return Ok(true);
        }
        // Others write down that they wait for the outcome: that takes nothing over.
        let now = held.is.transaction();
        if now.phase != Phase::Sending || now.signed_at != own {
            return Ok(false);
        }
    }
    Ok(false)
}

/// Looks for the outcome of what is open, once. It may stay open.
pub(crate) async fn resolve<K: Kept>(
    io: &Io,
    counter: &Counter,
    mut held: Saved<K>,
) -> Result<Saved<K>> {
    for _ in 0..MAX_RACES {
        let transaction = held.is.transaction();
        if transaction.is_pending() {
            let finding = match ask(io, counter, &transaction.task).await? {
                Some(Found::Done(answer)) => Finding::Happened(answer),
                _ => Finding::Nothing,
            };
            if held
                .write(io, &Event::Looked(finding), counter.limits)
                .await?
            {
                return Ok(held);
            }
            continue;
        }
        if !transaction.phase.is_open() || in_flight(transaction, io.now(), counter.limits) {
            return Ok(held);
        }
        // Judged by when the question is put: what arrives while the process sleeps over the answer is not in it.
        let now = io.now();
        let limits = counter.limits;
        let signed_at = transaction.signed_at;
        let closed = now > limits.accepted_until(signed_at);
        let old = now > transaction.since.plus(limits.asked);
        let finding = match ask(io, counter, &transaction.task).await? {
            Some(Found::Done(answer)) => Finding::Happened(answer),
            Some(Found::Refused(rejection)) => Finding::Refused(rejection),
            Some(Found::Missing) if (closed && old) || planted::is(Defect::MissingIsRefused) => {
                Finding::NeverArrived
            }
            Some(found @ (Found::Missing | Found::Exists))
                if closed || matches!(found, Found::Exists) =>
            {
                let doubtful = matches!(found, Found::Exists);
                let again = Event::Resending { doubtful };
                if held.write(io, &again, limits).await? {
                    let call = signed_again(io, counter, &held.is.transaction().task);
                    return Ok(send(io, counter, held, call).await.0);
                }
                continue;
            }
            Some(Found::Missing | Found::Exists) | None => Finding::Nothing,
        };
        if held.write(io, &Event::Looked(finding), limits).await? {
            return Ok(held);
        }
    }
    Ok(held)
}

/// Writes down what a person found out.
pub(crate) async fn review<K: Kept>(
    io: &Io,
    counter: &Counter,
    mut held: Saved<K>,
    verdict: Review<<K::Task as Task>::Answer>,
) -> Result<Saved<K>> {
    let event = Event::Reviewed(verdict);
    for _ in 0..MAX_RACES {
        if held.write(io, &event, counter.limits).await? {
            return Ok(held);
        }
    }
    Err(too_many())
}

/// Whether somebody is probably sending it right now.
fn in_flight<T: Task>(transaction: &Transaction<T>, now: Timestamp, limits: Limits) -> bool {
    transaction.phase == Phase::Sending && now < transaction.signed_at.plus(limits.sending)
}

/// Asks by `tran_id`. `None` when there was no usable answer.
async fn ask<T: Task>(io: &Io, counter: &Counter, task: &T) -> Result<Option<Found<T::Answer>>> {
    let inquiry = Signed::new(
        Arc::clone(&counter.site),
        Inquiry(task.clone()),
        Nonces::new(io.random()),
    );
    let call = Call::new(inquiry).retry(counter.retry);
    let exchanged = call.run(io, &counter.budget, |_| async { Ok(()) }).await?;
    Ok(match exchanged {
        Exchanged::Done(found) => Some(found),
        Exchanged::Rejected(_) | Exchanged::Unknown(_) | Exchanged::NotSent(_) => None,
    })
}

pub(crate) fn signed<T: Task>(io: &Io, counter: &Counter, task: &T) -> Signed<Send<T>> {
    sealed(io, counter, task, false)
}

fn signed_again<T: Task>(io: &Io, counter: &Counter, task: &T) -> Signed<Send<T>> {
    sealed(io, counter, task, true)
}

fn sealed<T: Task>(io: &Io, counter: &Counter, task: &T, again: bool) -> Signed<Send<T>> {
    Signed::new(
        Arc::clone(&counter.site),
        Send {
            task: task.clone(),
            again,
        },
        Nonces::new(io.random()),
    )
}

pub(crate) fn too_many() -> Error {
    Error::field(
        ErrorKind::Conflict,
        "tran_id",
        "is changed by too many others at once",
    )
}

/// A task as a function.
pub(crate) struct Send<T> {
    task: T,
    /// It was sent before: only a planted defect asks.
    again: bool,
}

impl<T: Task> Function for Send<T> {
    const KIND: &'static str = T::KIND;
    type Answer = T::Answer;
    type Effect = Keyed;

    fn draft(&self) -> Result<Draft> {
        let draft = self.task.draft()?;
        if self.again && planted::is(Defect::NewTranIdPerRetry) {
            return Ok(draft.renamed(self.task.tran_id(), planted::number()));
        }
        Ok(draft)
    }

    fn read(&self, answer: &Object<'_>) -> Result<T::Answer> {
        self.task.read(answer)
    }
}

/// The inquiry about a task as a function.
struct Inquiry<T>(T);

impl<T: Task> Function for Inquiry<T> {
    const KIND: &'static str = "tran_id";
    type Answer = Found<T::Answer>;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        Ok(self.0.inquiry())
    }

    fn read(&self, answer: &Object<'_>) -> Result<Found<T::Answer>> {
        self.0.found(answer)
    }
}
