//! The async driver of the machine: does what it says.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use super::gate::Gate;
use super::journal::{Advanced, Journal, Opened, Row};
use super::machine::{Input, Machine, Step, Write};
use super::observer::{NoObserver, Observation, Observer};
use super::timer::Timer;
use super::transport::{NotDelivered, Transport};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::WireRequest;
use crate::planted::{self, Defect};
use crate::time::Clock;

#[cfg(test)]
mod tests;

/// Runs machines: reads and writes the journal, sends, waits. Cheap to clone; clones share everything.
///
/// # Dropping it
/// The future of [`run`](Self::run) may be dropped at any await, by a timeout, a `select!` or the end of the process.
/// Each write to the journal is one transaction that happens whole or not at all, and what moves money is recorded
/// before it is sent: so a dropped run leaves what a crash at the same point leaves, an open intent that the resolver
/// brings to its end. The place in the gate is freed. A request in flight may have arrived, and is not sent again by
/// anybody who does not look into the journal first.
///
/// # The overall time
/// With [`overall`](Self::overall) a run stops sending and waiting when its time is over, but still records what it
/// knows: a request that waits for its turn is not sent ([`Input::NotSent`]), the answer of one in flight is given up
/// ([`Input::Lost`]), a wait ends at once. Reading and writing the journal are not cut; their limits are the
/// journal's own.
#[derive(Clone)]
pub struct Driver {
    journal: Arc<dyn Journal>,
    transport: Arc<dyn Transport>,
    timer: Arc<dyn Timer>,
    clock: Arc<dyn Clock>,
    observer: Arc<dyn Observer>,
    gate: Gate,
    overall: Option<Duration>,
}

impl Driver {
    /// Most steps of one run: more than any honest machine takes, so that a broken one does not spin.
    pub const MAX_STEPS: u32 = 10_000;

    /// A driver over these, with a gate of its own, no overall limit, and nobody who observes.
    #[must_use]
    pub fn new(
        journal: Arc<dyn Journal>,
        transport: Arc<dyn Transport>,
        timer: Arc<dyn Timer>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            journal,
            transport,
            timer,
            clock,
            observer: Arc::new(NoObserver),
            gate: Gate::default(),
            overall: None,
        }
    }

    /// The gate to wait at. Share one among all drivers of a process that send for the same contract.
    #[must_use]
    pub fn gate(mut self, gate: Gate) -> Self {
        self.gate = gate;
        self
    }

    /// Who is told of every send and its end.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = observer;
        self
    }

    /// How long one run may send and wait, everything together.
    #[must_use]
    pub const fn overall(mut self, limit: Duration) -> Self {
        self.overall = Some(limit);
        self
    }

    /// Drives a machine to its end.
    ///
    /// # Errors
    /// Whatever the machine ends with; `invalid_state` when it takes more than [`MAX_STEPS`](Self::MAX_STEPS).
    pub async fn run<M: Machine>(&self, mut machine: M) -> Result<M::Output> {
        let mut limit = Limit::start(self.timer.as_ref(), self.overall).await;
        let mut input = Input::Start;
        let mut late = Late::default();
        for _ in 0..Self::MAX_STEPS {
            input = match machine.step(input, self.clock.now()) {
                Step::Done(result) => return result,
                Step::Load(id) => answer(self.journal.get(&id).await, Input::Loaded),
                Step::Find(key) => answer(self.journal.find(&key).await, Input::Loaded),
                Step::List(query) => answer(self.journal.list(query).await, Input::Listed),
                Step::Record(write) if late.waits(&write) => late.pretend(write),
                Step::Record(write) => self.record(write).await,
                Step::Send(request) => {
                    let sent = self.send(request, &mut limit).await;
                    if let Some(write) = late.write() {
                        self.record(write).await;
                    }
                    sent
                }
                Step::Sleep(duration) => {
                    limit.within(self.timer.sleep(duration)).await;
                    Input::Woke
                }
            };
        }
        Err(Error::new(
            ErrorKind::InvalidState,
            "the machine takes more steps than any may",
        ))
    }

    async fn record(&self, write: Write) -> Input {
        match write {
            Write::Open(intent) => answer(self.journal.open(intent).await, Input::Opened),
            Write::Advance {
                id,
                from,
                change,
                seen,
            } => {
                let advanced = self.journal.advance(&id, from, change, seen.as_deref());
                answer(advanced.await, Input::Advanced)
            }
        }
    }

    async fn send(&self, request: WireRequest, limit: &mut Limit<'_>) -> Input {
        let Some(pass) = limit.within(self.gate.enter(&request.lane)).await else {
            return Input::NotSent("the overall time was over before its turn came".to_owned());
        };
        let WireRequest {
            http,
            lane,
            function,
        } = request;
        let tell = |status, failure| {
            self.observer.observe(&Observation::Exchanged {
                lane: &lane,
                function: &function,
                status,
                failure,
            });
        };
        self.observer.observe(&Observation::Sending {
            lane: &lane,
            function: &function,
        });
        let sending = self.transport.send_within(http, limit.left());
        let answered = limit.within(sending).await;
        drop(pass);
        let answered = answered.unwrap_or_else(|| {
            Err(NotDelivered::Lost(
                "the overall time was over before the answer came".to_owned(),
            ))
        });
        match answered {
            Ok(response) => {
                tell(Some(response.status), None);
                Input::Answered(response)
            }
            Err(why) => {
                tell(None, Some(&why));
                match why {
                    NotDelivered::NotSent(why) => Input::NotSent(why),
                    NotDelivered::Lost(why) => Input::Lost(why),
                }
            }
        }
    }
}

/// A record of a step that a planted defect makes only after the send.
#[derive(Default)]
struct Late(Option<Write>);

impl Late {
    fn waits(&self, write: &Write) -> bool {
        let phase = match write {
            Write::Open(intent) => &intent.phase,
            Write::Advance { change, .. } => &change.phase,
        };
        planted::is(Defect::JournalAfterSend) && phase == "sending"
    }

    fn pretend(&mut self, write: Write) -> Input {
        let row = |id: &str, kind: &str, version, phase: &str, body: &str, due| Row {
            id: id.to_owned(),
            kind: kind.to_owned(),
            version,
            phase: phase.to_owned(),
            body: body.to_owned(),
            due,
        };
        let input = match &write {
            Write::Open(i) => Input::Opened(Opened::New(row(
                &i.id, &i.kind, 1, &i.phase, &i.body, i.due,
            ))),
            Write::Advance {
                id,
                from,
                change: c,
                ..
            } => Input::Advanced(Advanced::Applied(row(
                id,
                "charge",
                from + 1,
                &c.phase,
                &c.body,
                c.due,
            ))),
        };
        self.0 = Some(write);
        input
    }

    fn write(&mut self) -> Option<Write> {
        self.0.take()
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver")
            .field("gate", &self.gate)
            .field("overall", &self.overall)
            .finish_non_exhaustive()
    }
}

fn answer<T>(result: Result<T>, input: impl FnOnce(T) -> Input) -> Input {
    result.map_or_else(Input::Failed, input)
}

/// What is left of a run's overall time. One wait for the whole run: a clock may jump, and counts whole seconds.
enum Limit<'t> {
    None,
    Running(Pin<Box<dyn Future<Output = ()> + Send + 't>>, Wait),
    Over,
}

/// How long a run lasts, and since when.
#[derive(Clone, Copy)]
struct Wait {
    since: Instant,
    overall: Duration,
}

impl<'t> Limit<'t> {
    /// The time runs from here, not from the first send.
    async fn start(timer: &'t dyn Timer, overall: Option<Duration>) -> Self {
        let mut limit = overall.map_or(Self::None, |overall| {
            let since = Instant::now();
            Self::Running(timer.sleep(overall), Wait { since, overall })
        });
        std::future::poll_fn(|context| {
            limit.look(context);
            Poll::Ready(())
        })
        .await;
        limit
    }

    /// What is left, to tell others. The timer decides when it is over.
    fn left(&self) -> Option<Duration> {
        match self {
            Self::None => None,
            Self::Running(_, wait) => Some(wait.overall.saturating_sub(wait.since.elapsed())),
            Self::Over => Some(Duration::ZERO),
        }
    }

    /// The value of the future, or nothing when the time is over first. Nothing begins after the time is over; what
    /// comes together with its end still counts.
    async fn within<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        let mut begun = false;
        std::future::poll_fn(|context| {
            if !std::mem::replace(&mut begun, true) {
                self.look(context);
                if matches!(self, Self::Over) {
                    return Poll::Ready(None);
                }
            }
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                return Poll::Ready(Some(value));
            }
            self.look(context);
            match self {
                Self::Over => Poll::Ready(None),
                Self::None | Self::Running(..) => Poll::Pending,
            }
        })
        .await
    }

    fn look(&mut self, context: &mut Context<'_>) {
        if let Self::Running(wait, _) = self
            && wait.as_mut().poll(context).is_ready()
        {
            *self = Self::Over;
        }
    }
}
