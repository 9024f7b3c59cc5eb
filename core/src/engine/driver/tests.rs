use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Waker;

use async_trait::async_trait;

use super::*;
use crate::engine::io::Io;
use crate::engine::journal::{Advanced, Change, Intent, MemoryJournal, Opened};
use crate::engine::machine::Script;
use crate::operation::{HttpMethod, HttpRequest, HttpResponse};
use crate::time::{ManualClock, Timestamp};

const LANE: &str = "99999/001";

/// Time that passes only when told to.
#[derive(Default)]
struct HandTimer(Mutex<(Duration, Vec<Waker>)>);

impl HandTimer {
    fn pass(&self, time: Duration) {
        let wakers = {
            let mut state = self.0.lock().unwrap();
            state.0 += time;
            std::mem::take(&mut state.1)
        };
        wakers.into_iter().for_each(Waker::wake);
    }
}

#[async_trait]
impl Timer for HandTimer {
    async fn sleep(&self, duration: Duration) {
        let mut due = None;
        std::future::poll_fn(|context| {
            let mut state = self.0.lock().unwrap();
            if state.0 >= *due.get_or_insert(state.0 + duration) {
                return Poll::Ready(());
            }
            state.1.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// A gateway that answers when it is let.
#[derive(Default)]
struct HandTransport {
    called: AtomicUsize,
    in_flight: AtomicUsize,
    most: AtomicUsize,
    answers: Mutex<VecDeque<std::result::Result<HttpResponse, NotDelivered>>>,
}

struct InFlight<'a>(&'a AtomicUsize);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl HandTransport {
    fn answer(&self, answer: std::result::Result<HttpResponse, NotDelivered>) {
        self.answers.lock().unwrap().push_back(answer);
    }
}

#[async_trait]
impl Transport for HandTransport {
    async fn send(&self, _: HttpRequest) -> std::result::Result<HttpResponse, NotDelivered> {
        self.called.fetch_add(1, Ordering::SeqCst);
        let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        let _guard = InFlight(&self.in_flight);
        std::future::poll_fn(|_| match self.answers.lock().unwrap().pop_front() {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        })
        .await
    }
}

#[derive(Default)]
struct Book(Mutex<Vec<String>>);

impl Observer for Book {
    fn observe(&self, what: &Observation<'_>) {
        self.0.lock().unwrap().push(format!("{what:?}"));
    }
}

#[derive(Default)]
struct World {
    journal: Arc<MemoryJournal>,
    transport: Arc<HandTransport>,
    timer: Arc<HandTimer>,
    book: Arc<Book>,
    gate: Gate,
}

impl World {
    fn driver(&self) -> Driver {
        let clock = Arc::new(ManualClock::new(Timestamp::from_unix(1_700_000_000)));
        let timer = Arc::clone(&self.timer);
        let transport = Arc::clone(&self.transport);
        Driver::new(Arc::clone(&self.journal) as _, transport, timer, clock)
            .gate(self.gate.clone())
            .observer(Arc::clone(&self.book) as _)
    }

    fn called(&self) -> usize {
        self.transport.called.load(Ordering::SeqCst)
    }
}

fn ok(status: u16) -> std::result::Result<HttpResponse, NotDelivered> {
    Ok(HttpResponse {
        status,
        content_type: None,
        body: b"SECRET".to_vec(),
    })
}

fn request() -> WireRequest {
    WireRequest {
        http: HttpRequest {
            method: HttpMethod::Post,
            url: "https://gateway.example/".to_owned(),
            headers: Vec::new(),
            body: b"SECRET".to_vec(),
        },
        lane: LANE.to_owned(),
        function: "TEST".to_owned(),
    }
}

fn intent(id: &str, keys: Vec<String>, now: Timestamp) -> Intent {
    Intent {
        id: id.to_owned(),
        kind: "test".to_owned(),
        phase: "open".to_owned(),
        body: "{}".to_owned(),
        keys,
        due: None,
        now,
    }
}

type Sent = std::result::Result<u16, NotDelivered>;

/// Journals, waits a second, sends, journals what came.
fn pay(id: String) -> Script<Sent> {
    Script::new(0, move |io: Io| async move {
        let Opened::New(row) = io.open(intent(&id, Vec::new(), io.now())).await? else {
            return Err(Error::new(ErrorKind::Conflict, "there already"));
        };
        io.sleep(Duration::from_secs(1)).await;
        let sent = io.send(request()).await.map(|response| response.status);
        let change = Change {
            phase: format!("{sent:?}"),
            body: "{}".to_owned(),
            new_keys: Vec::new(),
            due: None,
            events: Vec::new(),
            now: io.now(),
        };
        let advanced = io.advance(&row.id, row.version, change, None).await?;
        assert!(matches!(advanced, Advanced::Applied(_)));
        Ok(sent)
    })
}

type Run<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

fn start<M: Machine + 'static>(driver: &Driver, machine: M) -> Run<M::Output>
where
    M::Output: Send,
{
    let driver = driver.clone();
    Box::pin(async move { driver.run(machine).await })
}

fn poll<T>(run: &mut Run<T>) -> Option<Result<T>> {
    match run.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

fn phase(world: &World, id: &str) -> Option<String> {
    let row = crate::engine::hand::ready(world.journal.get(id)).unwrap();
    row.map(|row| row.phase)
}

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn does_every_step() {
    let world = World::default();
    let mut run = start(&world.driver(), pay("a".to_owned()));
    assert!(poll(&mut run).is_none());
    assert_eq!(phase(&world, "a").as_deref(), Some("open"));
    assert_eq!(world.called(), 0);
    world.timer.pass(SECOND);
    assert!(poll(&mut run).is_none());
    assert_eq!((world.called(), world.gate.in_flight(LANE)), (1, 1));
    world.transport.answer(ok(200));
    assert_eq!(poll(&mut run).unwrap().unwrap(), Ok(200));
    assert_eq!(phase(&world, "a").as_deref(), Some("Ok(200)"));
    assert_eq!(world.gate.in_flight(LANE), 0);

    let book = world.book.0.lock().unwrap();
    assert_eq!(book.len(), 2);
    assert!(book[0].starts_with("Sending") && book[1].starts_with("Exchanged"));
    assert!(book[1].contains("200") && !book.concat().contains("SECRET"));
}

#[test]
fn an_error_of_the_journal_reaches_the_machine() {
    let world = World::default();
    let script = Script::<()>::new(0, |io| async move {
        let keys = || vec!["one".to_owned()];
        io.open(intent("a", keys(), io.now())).await?;
        assert!(io.find("one").await?.is_some());
        io.open(intent("b", keys(), io.now())).await?;
        Ok(())
    });
    let error = poll(&mut start(&world.driver(), script)).unwrap();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Conflict);
}

#[test]
fn what_waits_too_long_for_its_turn_is_not_sent() {
    let world = World {
        gate: Gate::new(1),
        ..World::default()
    };
    let driver = world.driver().overall(5 * SECOND);
    let mut first = start(&world.driver(), pay("first".to_owned()));
    assert!(poll(&mut first).is_none());
    world.timer.pass(SECOND);
    assert!(poll(&mut first).is_none());

    let mut second = start(&driver, pay("second".to_owned()));
    assert!(poll(&mut second).is_none());
    world.timer.pass(4 * SECOND);
    assert!(poll(&mut second).is_none());
    assert_eq!(world.called(), 1);
    world.timer.pass(SECOND);
    let sent = poll(&mut second).unwrap().unwrap();
    assert!(matches!(sent, Err(NotDelivered::NotSent(_))), "{sent:?}");
    assert_eq!(world.called(), 1);
    // What is known is still recorded.
    assert!(phase(&world, "second").unwrap().contains("NotSent"));
    world.transport.answer(ok(200));
    assert_eq!(poll(&mut first).unwrap().unwrap(), Ok(200));
}

#[test]
fn what_is_in_flight_when_the_time_is_over_is_lost() {
    let world = World::default();
    let mut run = start(&world.driver().overall(5 * SECOND), pay("a".to_owned()));
    assert!(poll(&mut run).is_none());
    world.timer.pass(SECOND);
    assert!(poll(&mut run).is_none());
    world.timer.pass(4 * SECOND);
    let sent = poll(&mut run).unwrap().unwrap();
    assert!(matches!(sent, Err(NotDelivered::Lost(_))), "{sent:?}");
    assert_eq!(world.transport.in_flight.load(Ordering::SeqCst), 0);
    assert_eq!(world.gate.in_flight(LANE), 0);
}

#[test]
fn an_answer_that_comes_with_the_end_of_the_time_counts() {
    let world = World::default();
    let mut run = start(&world.driver().overall(5 * SECOND), pay("a".to_owned()));
    assert!(poll(&mut run).is_none());
    world.timer.pass(SECOND);
    assert!(poll(&mut run).is_none());
    world.timer.pass(9 * SECOND);
    world.transport.answer(ok(200));
    assert_eq!(poll(&mut run).unwrap().unwrap(), Ok(200));
}

#[test]
fn nothing_begins_after_the_time_is_over() {
    let world = World::default();
    world.transport.answer(ok(200));
    let mut run = start(&world.driver().overall(SECOND / 2), pay("a".to_owned()));
    assert!(poll(&mut run).is_none());
    // The wait of a second ends with the time, and the request does not leave.
    world.timer.pass(SECOND / 2);
    let sent = poll(&mut run).unwrap().unwrap();
    assert!(matches!(sent, Err(NotDelivered::NotSent(_))), "{sent:?}");
    assert_eq!(world.called(), 0);
    assert_eq!(*world.book.0.lock().unwrap(), Vec::<String>::new());
}

#[test]
fn a_machine_that_spins_is_stopped() {
    struct Spins(u32);
    impl Machine for Spins {
        type Output = ();
        fn step(&mut self, _: Input, _: Timestamp) -> Step<()> {
            self.0 += 1;
            assert!(self.0 <= Driver::MAX_STEPS);
            Step::Load("nothing".to_owned())
        }
    }
    let error = poll(&mut start(&World::default().driver(), Spins(0))).unwrap();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidState);
}

#[test]
fn clones_share_the_gate() {
    let world = World::default();
    let driver = world.driver();
    let mut runs: Vec<_> = (0..20)
        .map(|i| start(&driver, pay(format!("{i}"))))
        .collect();
    for run in &mut runs {
        assert!(poll(run).is_none());
    }
    world.timer.pass(SECOND);
    let mut ended = 0;
    while !runs.is_empty() {
        runs.retain_mut(|run| poll(run).is_none());
        ended += 1;
        assert!(ended < 100, "the runs do not end");
        world.transport.answer(ok(200));
    }
    assert_eq!(world.called(), 20);
    assert_eq!(
        world.transport.most.load(Ordering::SeqCst),
        Gate::DEFAULT_LIMIT
    );
}

#[test]
fn a_run_may_be_dropped_at_any_await() {
    for polls in 1..=3 {
        let world = World::default();
        let mut run = start(&world.driver(), pay("a".to_owned()));
        for _ in 0..polls {
            assert!(poll(&mut run).is_none());
            world.timer.pass(SECOND);
        }
        drop(run);
        assert_eq!(world.called(), usize::from(polls > 1));
        assert_eq!(world.transport.in_flight.load(Ordering::SeqCst), 0);
        assert_eq!(world.gate.in_flight(LANE), 0);
        // As after a crash: what was sent is in the journal, open.
        assert_eq!(phase(&world, "a").as_deref(), Some("open"));
    }
}

#[test]
fn prints_none_of_its_parts() {
    let printed = format!("{:?}", World::default().driver().overall(SECOND));
    assert!(
        printed.contains("1s") && printed.contains("limit: 5"),
        "{printed}"
    );
}
