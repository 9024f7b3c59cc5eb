//! An operation whose HTTP requests the caller sends itself: for languages without callbacks, for transports of the
//! shop's own, and for tests that need no network.
//!
//! [`Run::step`] goes on until the operation wants something sent, or is over. The first step takes no input; each
//! further one says what became of the request. Whatever the operation promises holds here too: it was recorded
//! before the caller gets the request, and an answer that never comes leaves a known unknown.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::process;
use std::task::Poll;
use std::time::{Duration, Instant};

use netmile::engine::{NotDelivered, Transport};
use netmile::operation::{HttpRequest, HttpResponse};
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::error::FfiError;
use crate::handle::Place;
use crate::runtime;

/// Largest answer that is taken.
pub const MAX_ANSWER: usize = 16 * 1024 * 1024;

type Answered = Result<HttpResponse, NotDelivered>;
type Doing = Pin<Box<dyn Future<Output = Result<String, FfiError>> + Send>>;

/// A request that somebody is to send.
struct Asked {
    request: HttpRequest,
    reply: Reply,
}

/// Who waits for what became of a request.
struct Reply {
    to: oneshot::Sender<Answered>,
    /// Until when, if there is an end.
    until: Option<Instant>,
}

tokio::task_local! {
    static MAILBOX: mpsc::UnboundedSender<Asked>;
}

/// Hands every request to whoever drives the run that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct StepTransport;

#[async_trait::async_trait]
impl Transport for StepTransport {
    async fn send(&self, request: HttpRequest) -> Answered {
        self.send_within(request, None).await
    }

    async fn send_within(&self, request: HttpRequest, left: Option<Duration>) -> Answered {
        let outside = || NotDelivered::NotSent("the operation is not driven by steps".to_owned());
        let mailbox = MAILBOX.try_with(Clone::clone).map_err(|_| outside())?;
        if left.is_some_and(|left| left.is_zero()) {
            return Err(too_late_to_send());
        }
        let (to, answer) = oneshot::channel();
        let until = left.and_then(|left| Instant::now().checked_add(left));
        let reply = Reply { to, until };
        mailbox
            .send(Asked { request, reply })
            .map_err(|_| outside())?;
        answer
            .await
            .unwrap_or_else(|_| Err(NotDelivered::Lost("no answer was handed in".to_owned())))
    }
}

fn too_late_to_send() -> NotDelivered {
    NotDelivered::NotSent("no time was left to send it".to_owned())
}

impl Reply {
    /// Whether nobody waits any more.
    fn is_over(&self, now: Instant) -> bool {
        self.to.is_closed() || self.until.is_some_and(|until| until <= now)
    }

    fn tell(self, input: Input) {
        let lost = |why: &str| Err(NotDelivered::Lost(why.to_owned()));
        let answered = match input {
            Input::Answered(response) if response.body.len() > MAX_ANSWER => {
                lost("the answer is too large")
            }
            Input::Answered(response) => Ok(response),
            Input::NotSent if self.is_over(Instant::now()) => {
                lost("the caller said too late that it was not sent")
            }
            Input::NotSent => Err(NotDelivered::NotSent("the caller says so".to_owned())),
            Input::Lost => lost("the caller says so"),
        };
        // Nobody listens any more when the overall time is over; what it became is then known already.
        drop(self.to.send(answered));
    }
}

/// What the caller says about the request of the last step.
#[derive(Clone, Debug)]
pub enum Input {
    /// It was answered.
    Answered(HttpResponse),
    /// No byte of it can have left: no connection, a refused address. Counts only while the operation waits: once its
    /// time is over, others may look for what became of the request, and it is [`Lost`](Self::Lost).
    NotSent,
    /// It may have arrived: a timeout, a reset, an error of the transport.
    Lost,
}

/// What the operation wants, or gave.
#[derive(Clone, Debug)]
pub enum Step {
    /// Send this once, without retries, redirects or kept connections, and hand the answer to the next step. The
    /// operation waits no longer than so long for it, if that is known, and it is never nothing. What the caller says
    /// later is taken where it is an answer and nobody found out otherwise; else it counts as lost.
    Send(HttpRequest, Option<Duration>),
    /// It is over: its answer as JSON.
    Done(String),
}

/// An operation that is driven step by step. Dropped in between, it leaves what a crash at that point leaves.
pub struct Run {
    pid: u32,
    state: std::sync::Arc<Mutex<State>>,
}

struct State {
    doing: Option<Doing>,
    asked: mpsc::UnboundedReceiver<Asked>,
    reply: Option<Reply>,
}

impl Run {
    pub(crate) fn new(
        place: Place,
        operation: impl Future<Output = Result<String, FfiError>> + Send + 'static,
    ) -> Self {
        let (mailbox, asked) = mpsc::unbounded_channel();
        let work = MAILBOX.scope(mailbox, operation);
        let doing: Doing = match place {
            Place::Shared => Box::pin(work),
            Place::Apart => Box::pin(runtime::spawn_apart(work)),
        };
        Self {
            pid: process::id(),
            state: std::sync::Arc::new(Mutex::new(State {
                doing: Some(doing),
                asked,
                reply: None,
            })),
        }
    }

    /// Goes on, on the calling thread. `input` is what became of the request of the last step; the first step has none.
    /// An answer of more than [`MAX_ANSWER`] counts as lost.
    ///
    /// # Errors
    /// What the operation returns; `invalid_state` when it is over, when `input` answers nothing, when a request waits
    /// for its answer, or after a fork.
    pub fn step(&self, input: Option<Input>) -> Result<Step, FfiError> {
        self.check()?;
        let state = std::sync::Arc::clone(&self.state);
        runtime::block_on(async move { state.lock().await.step(input).await })
    }

    /// The same, but for at most so long: nothing when it is not that far yet. Then the next step takes no input.
    ///
    /// # Errors
    /// As [`step`](Self::step).
    pub fn step_within(
        &self,
        input: Option<Input>,
        most: Duration,
    ) -> Result<Option<Step>, FfiError> {
        self.check()?;
        let state = std::sync::Arc::clone(&self.state);
        runtime::block_on(async move {
            let mut state = state.lock().await;
            match tokio::time::timeout(most, state.step(input)).await {
                Ok(step) => step.map(Some),
                Err(_) => Ok(None),
            }
        })
    }

    /// The same as [`step`](Self::step), to be awaited by any executor.
    ///
    /// # Errors
    /// As [`step`](Self::step).
    pub async fn step_async(&self, input: Option<Input>) -> Result<Step, FfiError> {
        self.check()?;
        let state = std::sync::Arc::clone(&self.state);
        runtime::spawn(async move { state.lock().await.step(input).await }).await
    }

    fn check(&self) -> Result<(), FfiError> {
        if self.pid == process::id() {
            return Ok(());
        }
        Err(FfiError::new(
            "invalid_state",
            "the run belongs to the process that started it",
        ))
    }
}

impl State {
    async fn step(&mut self, input: Option<Input>) -> Result<Step, FfiError> {
        let wrong = |detail: &'static str| Err(FfiError::field("invalid_state", "input", detail));
        if self.doing.is_none() {
            return wrong("the operation is over");
        }
        match (self.reply.take(), input) {
            (None, None) => {}
            (Some(reply), Some(input)) => reply.tell(input),
            (Some(reply), None) => {
                self.reply = Some(reply);
                return wrong("a request waits for its answer");
            }
            (None, Some(_)) => return wrong("there is no request that this could answer"),
        }
        loop {
            let (doing, asked) = (&mut self.doing, &mut self.asked);
            let step = poll_fn(|context| {
                if let Some(running) = doing
                    && let Poll::Ready(done) = running.as_mut().poll(context)
                {
                    return Poll::Ready(Err(done));
                }
                match asked.poll_recv(context) {
                    Poll::Ready(Some(asked)) => Poll::Ready(Ok(asked)),
                    _ => Poll::Pending,
                }
            })
            .await;
            let Asked { request, reply } = match step {
                Ok(asked) => asked,
                Err(done) => {
                    self.doing = None;
                    return done.map(Step::Done);
                }
            };
            let now = Instant::now();
            if reply.is_over(now) {
                drop(reply.to.send(Err(too_late_to_send())));
                continue;
            }
            let left = reply.until.map(|until| until.duration_since(now));
            self.reply = Some(reply);
            return Ok(Step::Send(request, left));
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if self.pid != process::id() {
            // What it holds belongs to the runtime of the parent.
            std::mem::forget(std::sync::Arc::clone(&self.state));
            return;
        }
        // Without a runtime it never ran. None is started here: that could panic.
        let _inside = runtime::started().map(|runtime| runtime.enter());
        if let Ok(mut state) = self.state.try_lock() {
            state.doing = None;
        }
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Handle;

    const CONFIG: &str = r#"{"sites":[{"site_id":"8763","key_id":"K1",
        "secret":"TESTSITESECRET0123456789abcdef0123456789","base_url":"http://127.0.0.1:1"}]}"#;

    fn run() -> Run {
        let handle = Handle::new(CONFIG).unwrap();
        handle.steps(Place::Shared, |context| {
            Box::pin(async move {
                let members = context.client.members();
                let member = members.verify_mail("test1@netmile.co.jp").await?;
                Ok(format!("{}", member.active))
            })
        })
    }

    #[test]
    fn the_caller_sends_and_may_say_that_nothing_left() {
        let run = run();
        let Step::Send(request, left) = run.step(None).unwrap() else {
            panic!("nothing to send")
        };
        assert!(left.is_some_and(|left| left.as_secs() <= 80 && left.as_secs() > 60));
        assert!(request.url.starts_with("http://127.0.0.1:1/"));
        assert_eq!(run.step(None).unwrap_err().code, "invalid_state");
        let answer = HttpResponse {
            status: 401,
            content_type: Some("application/json".to_owned()),
            body: br#"{"result":"error","table":"api","code":"unknown_key"}"#.to_vec(),
        };
        let error = run.step(Some(Input::Answered(answer))).unwrap_err();
        assert_eq!(error.code, "configuration");
        assert_eq!(run.step(None).unwrap_err().code, "invalid_state");
    }

    #[test]
    fn an_input_without_a_request_is_refused_and_nothing_is_lost() {
        let run = run();
        let error = run.step(Some(Input::Lost)).unwrap_err();
        assert_eq!(error.code, "invalid_state");
        assert!(matches!(run.step(None).unwrap(), Step::Send(..)));
    }

    /// An operation that sends once, in so long.
    fn once(left: Option<Duration>) -> Run {
        let request = HttpRequest {
            method: netmile::operation::HttpMethod::Post,
            url: "http://127.0.0.1:1/".to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        Run::new(Place::Shared, async move {
            let sent = StepTransport.send_within(request, left).await;
            Ok(match sent {
                Ok(response) => format!("answered {}", response.status),
                Err(NotDelivered::NotSent(_)) => "not sent".to_owned(),
                Err(NotDelivered::Lost(_)) => "lost".to_owned(),
            })
        })
    }

    fn done(step: Step) -> String {
        match step {
            Step::Done(answer) => answer,
            Step::Send(..) => panic!("it is not over"),
        }
    }

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn what_was_not_sent_counts_only_in_time() {
        let answer = || {
            Input::Answered(HttpResponse {
                status: 200,
                content_type: None,
                body: Vec::new(),
            })
        };
        for (input, in_time, late) in [
            (Input::NotSent, "not sent", "lost"),
            (Input::Lost, "lost", "lost"),
            (answer(), "answered 200", "answered 200"),
        ] {
            for (left, is_late) in [(None, false), (Some(LONG), false), (Some(LONG), true)] {
                let run = once(left);
                assert!(matches!(run.step(None).unwrap(), Step::Send(..)));
                if is_late {
                    let mut state = run.state.blocking_lock();
                    state.reply.as_mut().unwrap().until = Some(Instant::now());
                }
                let told = done(run.step(Some(input.clone())).unwrap());
                let expected = if is_late { late } else { in_time };
                assert_eq!(told, expected, "{input:?} {left:?} {is_late}");
            }
        }
    }

    #[test]
    fn nothing_is_handed_out_when_no_time_is_left() {
        // The second is over before anybody asks for it.
        for left in [Duration::ZERO, Duration::from_nanos(1)] {
            assert_eq!(done(once(Some(left)).step(None).unwrap()), "not sent");
        }
        match once(Some(LONG)).step(None).unwrap() {
            Step::Send(_, left) => assert!(left.is_some_and(|left| !left.is_zero())),
            Step::Done(told) => panic!("{told}"),
        }
    }

    #[test]
    fn an_answer_that_is_too_large_is_lost() {
        let run = run();
        assert!(matches!(run.step(None).unwrap(), Step::Send(..)));
        let answer = HttpResponse {
            status: 200,
            content_type: None,
            body: vec![b' '; MAX_ANSWER + 1],
        };
        // What only reads is sent again after a lost answer; whatever was sent once would be unknown.
        let step = run.step(Some(Input::Answered(answer))).unwrap();
        assert!(matches!(step, Step::Send(..)));
    }

    #[test]
    fn a_step_may_be_waited_for_in_slices() {
        let handle = Handle::new(CONFIG).unwrap();
        let (done, wait) = tokio::sync::oneshot::channel::<()>();
        let run = handle.begin(Place::Shared, |_| {
            Box::pin(async move {
                drop(wait.await);
                Ok("{}".to_owned())
            })
        });
        let slice = Duration::from_millis(1);
        assert!(run.step_within(None, slice).unwrap().is_none());
        assert!(run.step_within(None, slice).unwrap().is_none());
        drop(done);
        let over = run.step_within(None, Duration::from_secs(20)).unwrap();
        assert!(matches!(over, Some(Step::Done(_))));
    }
}
