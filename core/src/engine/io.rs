//! What a script does its work with.

use std::convert::Infallible;
use std::fmt;
use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use super::journal::{Advanced, Change, Intent, Opened, Query, Row};
use super::machine::{Input, Step, Write, out_of_turn};
use super::transport::NotDelivered;
use crate::error::{Error, Result};
use crate::operation::{HttpResponse, WireRequest};
use crate::time::Timestamp;

/// Handed to the function of a [`Script`](super::Script). Each call suspends the function and becomes one
/// [`Step`]; clones belong to the same script.
///
/// One call at a time: a script that asks for a second thing before the first is answered, or that lets go of a call
/// before its answer, is ended with `invalid_state`, as is one whose driver answers something else.
#[derive(Clone)]
pub struct Io(Arc<Mutex<Cell>>);

struct Cell {
    now: Timestamp,
    random: u64,
    turn: Turn,
}

/// Whose turn it is.
enum Turn {
    /// The first step has not been made.
    Fresh,
    /// The script runs and has asked for nothing.
    Script,
    /// The script has asked; the step is not handed out yet.
    Asked(Step<Infallible>),
    /// The step is out.
    Driver,
    /// The answer is there; the script has not taken it yet.
    Answered(Input),
    /// A rule was broken; the script must not go on.
    Broken(Error),
}

impl Io {
    pub(super) fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Cell {
            now: Timestamp::from_unix(0),
            // Mixed: seeds a step apart would otherwise draw the same numbers, one later.
            random: mix(seed),
            turn: Turn::Fresh,
        })))
    }

    /// Gives the script its turn.
    pub(super) fn resume(&self, input: Input, now: Timestamp) -> Result<()> {
        let mut cell = self.cell();
        cell.now = now;
        cell.turn = match (std::mem::replace(&mut cell.turn, Turn::Script), input) {
            (Turn::Fresh, Input::Start) => Turn::Script,
            (Turn::Driver, Input::Start) => {
                return Err(out_of_turn("the machine was started already"));
            }
            (Turn::Driver, input) => Turn::Answered(input),
            (Turn::Broken(error), _) => return Err(error),
            _ => return Err(out_of_turn("the machine was not asked for this")),
        };
        Ok(())
    }

    /// What the script asked for in its turn.
    pub(super) fn asked(&self) -> Result<Step<Infallible>> {
        let mut cell = self.cell();
        match std::mem::replace(&mut cell.turn, Turn::Driver) {
            Turn::Asked(step) => Ok(step),
            Turn::Broken(error) => Err(error),
            _ => Err(out_of_turn("the script waits for something of its own")),
        }
    }

    /// The row with this id.
    ///
    /// # Errors
    /// `journal`.
    pub async fn load(&self, id: &str) -> Result<Option<Row>> {
        self.look_up(Step::Load(id.to_owned())).await
    }

    /// The row that owns this key.
    ///
    /// # Errors
    /// `journal`.
    pub async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.look_up(Step::Find(key.to_owned())).await
    }

    async fn look_up(&self, step: Step<Infallible>) -> Result<Option<Row>> {
        match self.ask(step).await {
            Input::Loaded(row) => Ok(row),
            Input::Failed(error) => Err(error),
            _ => self.wrong_answer().await,
        }
    }

    /// Rows by phase, in the order of their ids.
    ///
    /// # Errors
    /// `journal`.
    pub async fn list(&self, query: Query) -> Result<Vec<Row>> {
        match self.ask(Step::List(query)).await {
            Input::Listed(rows) => Ok(rows),
            Input::Failed(error) => Err(error),
            _ => self.wrong_answer().await,
        }
    }

    /// Records a new row. When it returns, the row is durable.
    ///
    /// # Errors
    /// `conflict`, `journal`, as [`Journal::open`](super::Journal::open).
    pub async fn open(&self, intent: Intent) -> Result<Opened> {
        match self.ask(Step::Record(Write::Open(intent))).await {
            Input::Opened(opened) => Ok(opened),
            Input::Failed(error) => Err(error),
            _ => self.wrong_answer().await,
        }
    }

    /// Replaces a row's state if its version is still `from`. When it returns, the change is durable.
    ///
    /// # Errors
    /// `unknown_order`, `conflict`, `journal`, as [`Journal::advance`](super::Journal::advance).
    pub async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<String>,
    ) -> Result<Advanced> {
        let id = id.to_owned();
        let write = Write::Advance {
            id,
            from,
            change,
            seen,
        };
        match self.ask(Step::Record(write)).await {
            Input::Advanced(advanced) => Ok(advanced),
            Input::Failed(error) => Err(error),
            _ => self.wrong_answer().await,
        }
    }

    /// Sends one request, once.
    ///
    /// # Errors
    /// [`NotDelivered::NotSent`] when it provably never left, [`NotDelivered::Lost`] when it may have arrived.
    pub async fn send(
        &self,
        request: WireRequest,
    ) -> std::result::Result<HttpResponse, NotDelivered> {
        match self.ask(Step::Send(request)).await {
            Input::Answered(response) => Ok(response),
            Input::NotSent(why) => Err(NotDelivered::NotSent(why)),
            Input::Lost(why) => Err(NotDelivered::Lost(why)),
            // It does not say that nothing left.
            Input::Failed(error) => Err(NotDelivered::Lost(error.detail().to_owned())),
            _ => self.wrong_answer().await,
        }
    }

    /// Waits. May return earlier when the driver's overall time is over.
    pub async fn sleep(&self, duration: Duration) {
        match self.ask(Step::Sleep(duration)).await {
            Input::Woke => (),
            Input::Failed(error) => self.stop(error).await,
            _ => self.wrong_answer().await,
        }
    }

    /// The instant of the present step.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.cell().now
    }

    /// The next random number: decided by the script's seed alone (splitmix64). Good for jitter, not for secrets.
    #[must_use]
    pub fn random(&self) -> u64 {
        let mut cell = self.cell();
        cell.random = cell.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(cell.random)
    }

    async fn ask(&self, step: Step<Infallible>) -> Input {
        {
            let mut cell = self.cell();
            cell.turn = match std::mem::replace(&mut cell.turn, Turn::Script) {
                Turn::Script => Turn::Asked(step),
                Turn::Broken(error) => Turn::Broken(error),
                _ => Turn::Broken(out_of_turn("the script asks for two things at once")),
            };
        }
        poll_fn(|_| {
            let mut cell = self.cell();
            match std::mem::replace(&mut cell.turn, Turn::Script) {
                Turn::Answered(input) => Poll::Ready(input),
                other => {
                    cell.turn = other;
                    Poll::Pending
                }
            }
        })
        .await
    }

    async fn wrong_answer<T>(&self) -> T {
        self.stop(out_of_turn("the answer does not fit the last step"))
            .await
    }

    /// Ends the script where it stands: it is never polled again.
    async fn stop<T>(&self, error: Error) -> T {
        self.cell().turn = Turn::Broken(error);
        pending().await
    }

    fn cell(&self) -> MutexGuard<'_, Cell> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The output function of splitmix64.
const fn mix(state: u64) -> u64 {
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl fmt::Debug for Io {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Io").finish_non_exhaustive()
    }
}
