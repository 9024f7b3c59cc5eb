//! The step machine: what decides, without doing.
//!
//! A [`Machine`] says what is to be done next ([`Step`]) and is told how it went ([`Input`]). It does no IO, reads no
//! clock, and draws no random number that was not handed in, so the same inputs give the same steps: in the async
//! client, in the blocking one, in a language that drives it step by step, and in the simulator.
//!
//! [`Script`] lets a machine be written as a straight line of code over an [`Io`].

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::io::Io;
use super::journal::{Advanced, Change, Intent, Opened, Query, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{HttpResponse, WireRequest};
use crate::time::Timestamp;

#[cfg(test)]
mod tests;

/// A write to the journal: one verb, one transaction.
#[derive(Clone)]
pub enum Write {
    /// [`Journal::open`](super::Journal::open).
    Open(Intent),
    /// [`Journal::advance`](super::Journal::advance).
    Advance {
        /// The row.
        id: String,
        /// The version it must still have.
        from: u64,
        /// Its next state.
        change: Change,
        /// First-seen key, if the write must happen only once.
        seen: Option<String>,
    },
}

impl fmt::Debug for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(intent) => f
                .debug_struct("Open")
                .field("id", &intent.id)
                .field("kind", &intent.kind)
                .field("phase", &intent.phase)
                .finish_non_exhaustive(),
            Self::Advance {
                id, from, change, ..
            } => f
                .debug_struct("Advance")
                .field("id", id)
                .field("from", from)
                .field("phase", &change.phase)
                .finish_non_exhaustive(),
        }
    }
}

/// What the driver is to do next.
#[derive(Clone, Debug)]
#[must_use = "a step that is not done stops the machine"]
pub enum Step<T> {
    /// Look a row up by its id; answer with [`Input::Loaded`].
    Load(String),
    /// Look a row up by a key; answer with [`Input::Loaded`].
    Find(String),
    /// List rows; answer with [`Input::Listed`].
    List(Query),
    /// Write to the journal; answer with [`Input::Opened`] or [`Input::Advanced`].
    Record(Write),
    /// Send it, once; answer with [`Input::Answered`], [`Input::NotSent`] or [`Input::Lost`].
    Send(WireRequest),
    /// Wait; answer with [`Input::Woke`].
    Sleep(Duration),
    /// The end. Every further step is an error.
    Done(Result<T>),
}

impl Step<Infallible> {
    /// The same step of a machine with any output.
    fn of<T>(self) -> Step<T> {
        match self {
            Self::Load(id) => Step::Load(id),
            Self::Find(key) => Step::Find(key),
            Self::List(query) => Step::List(query),
            Self::Record(write) => Step::Record(write),
            Self::Send(request) => Step::Send(request),
            Self::Sleep(duration) => Step::Sleep(duration),
            Self::Done(Err(error)) => Step::Done(Err(error)),
            Self::Done(Ok(never)) => match never {},
        }
    }
}

/// How the last step went.
#[derive(Clone, Debug)]
pub enum Input {
    /// The first step: nothing was done before it.
    Start,
    /// The row, if there is one.
    Loaded(Option<Row>),
    /// The rows.
    Listed(Vec<Row>),
    /// What opening did.
    Opened(Opened),
    /// What advancing did.
    Advanced(Advanced),
    /// The gateway, or somebody before it, answered.
    Answered(HttpResponse),
    /// The request provably never left. Never say so on a guess: it may then be sent again.
    NotSent(String),
    /// The request may have arrived and had its effect.
    Lost(String),
    /// The wait is over, or was cut short.
    Woke,
    /// The driver could not do the step: an error of the journal. For a request it counts as [`Input::Lost`].
    Failed(Error),
}

/// Decides step by step.
pub trait Machine: Send {
    /// What it ends with.
    type Output;

    /// Takes how the last step went ([`Input::Start`] at first) and says what comes next.
    ///
    /// Total: an input that does not answer the last step ends the machine with an error. Nothing was sent by that.
    fn step(&mut self, input: Input, now: Timestamp) -> Step<Self::Output>;
}

/// A machine written as a straight-line async function over [`Io`].
///
/// No executor is involved: each call of the function on its `Io` suspends it and becomes one step; the input of the
/// next step resumes it. The function must await nothing else.
///
/// ```
/// use netmile::engine::{Input, Machine, Script, Step};
/// use netmile::time::Timestamp;
///
/// let now = Timestamp::from_unix(0);
/// let mut machine = Script::new(1, |io| async move {
///     Ok(io.load("purchase:1").await?.is_some())
/// });
/// assert!(matches!(machine.step(Input::Start, now), Step::Load(id) if id == "purchase:1"));
/// assert!(matches!(machine.step(Input::Loaded(None), now), Step::Done(Ok(false))));
/// ```
pub struct Script<T> {
    io: Io,
    body: Option<Body<T>>,
}

type Body<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

impl<T> Script<T> {
    /// Makes the machine. `seed` decides every [`Io::random`]; nothing runs before the first step.
    pub fn new<F, Fut>(seed: u64, body: F) -> Self
    where
        F: FnOnce(Io) -> Fut,
        Fut: Future<Output = Result<T>> + Send + 'static,
    {
        let io = Io::new(seed);
        let body = Box::pin(body(io.clone()));
        Self {
            io,
            body: Some(body),
        }
    }
}

impl<T> Machine for Script<T> {
    type Output = T;

    fn step(&mut self, input: Input, now: Timestamp) -> Step<T> {
        // Taken out, and put back only when it waits for an answer: after an end, an error or a panic it is gone.
        let Some(mut body) = self.body.take() else {
            return Step::Done(Err(out_of_turn("the machine has ended")));
        };
        if let Err(error) = self.io.resume(input, now) {
            return Step::Done(Err(error));
        }
        let poll = body.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        match poll {
            Poll::Ready(result) => Step::Done(result),
            Poll::Pending => match self.io.asked() {
                Ok(step) => {
                    self.body = Some(body);
                    step.of()
                }
                Err(error) => Step::Done(Err(error)),
            },
        }
    }
}

impl<T> fmt::Debug for Script<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script")
            .field("ended", &self.body.is_none())
            .finish_non_exhaustive()
    }
}

/// The error of a driver or a script that breaks the rules of turns.
pub(super) fn out_of_turn(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidState, what)
}
