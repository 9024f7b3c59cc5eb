//! A driver for tests: one thread, virtual time, scripted answers. No executor, no network, no waiting.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::journal::{Journal, MemoryJournal};
use super::machine::{Input, Machine, Step, Write};
use crate::error::Result;
use crate::operation::{HttpResponse, WireRequest};
use crate::time::Timestamp;

/// What was done, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Did {
    Looked,
    Recorded(String),
    Sent(String),
    Slept(Duration),
}

/// The driver. Give it answers, run a machine, read what it did.
pub(crate) struct Hand {
    pub(crate) journal: MemoryJournal,
    pub(crate) now: Timestamp,
    pub(crate) answers: VecDeque<Input>,
    pub(crate) did: Vec<Did>,
    elapsed: Duration,
}

impl Hand {
    pub(crate) fn new() -> Self {
        Self::answering([])
    }

    /// Answers sends with these, in order; then with [`Input::Lost`].
    pub(crate) fn answering(answers: impl IntoIterator<Item = Input>) -> Self {
        Self {
            journal: MemoryJournal::new(),
            now: Timestamp::from_unix(1_700_000_000),
            answers: answers.into_iter().collect(),
            did: Vec::new(),
            elapsed: Duration::ZERO,
        }
    }

    /// The bodies that were sent.
    pub(crate) fn sent(&self) -> Vec<&str> {
        let sent = self.did.iter().filter_map(|did| match did {
            Did::Sent(body) => Some(body.as_str()),
            _ => None,
        });
        sent.collect()
    }

    /// Drives the machine to its end.
    pub(crate) fn run<M: Machine>(&mut self, mut machine: M) -> Result<M::Output> {
        let mut input = Input::Start;
        for _ in 0..10_000 {
            input = match machine.step(input, self.now) {
                Step::Done(result) => return result,
                Step::Load(id) => {
                    self.did.push(Did::Looked);
                    ready(self.journal.get(&id)).map_or_else(Input::Failed, Input::Loaded)
                }
                Step::Find(key) => {
                    self.did.push(Did::Looked);
                    ready(self.journal.find(&key)).map_or_else(Input::Failed, Input::Loaded)
                }
                Step::List(query) => {
                    self.did.push(Did::Looked);
                    ready(self.journal.list(query)).map_or_else(Input::Failed, Input::Listed)
                }
                Step::Record(write) => self.record(write),
                Step::Send(request) => self.send(&request),
                Step::Sleep(duration) => {
                    self.did.push(Did::Slept(duration));
                    let before = self.elapsed.as_secs();
                    self.elapsed += duration;
                    let seconds = self.elapsed.as_secs() - before;
                    self.now = self.now.plus(Duration::from_secs(seconds));
                    Input::Woke
                }
            };
        }
        panic!("the machine does not end");
    }

    fn record(&mut self, write: Write) -> Input {
        match write {
            Write::Open(intent) => {
                self.did.push(Did::Recorded(intent.id.clone()));
                ready(self.journal.open(intent)).map_or_else(Input::Failed, Input::Opened)
            }
            Write::Advance {
                id,
                from,
                change,
                seen,
            } => {
                self.did.push(Did::Recorded(id.clone()));
                let advanced = self.journal.advance(&id, from, change, seen.as_deref());
                ready(advanced).map_or_else(Input::Failed, Input::Advanced)
            }
        }
    }

    fn send(&mut self, request: &WireRequest) -> Input {
        let body = String::from_utf8_lossy(&request.http.body).into_owned();
        self.did.push(Did::Sent(body));
        let next = self.answers.pop_front();
        next.unwrap_or_else(|| Input::Lost("no answer was scripted".to_owned()))
    }
}

/// An answer of the gateway.
pub(crate) fn answered(status: u16, body: &str) -> Input {
    Input::Answered(HttpResponse {
        status,
        content_type: None,
        body: body.as_bytes().to_vec(),
    })
}

/// The value of a future that does not wait.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits"),
    }
}
