//! Whatever the network does, miles are issued once, and what is told is true.
//!
//! The server here does not know the `tran_id` when it issues: it issues for every copy that it accepts. So what these
//! tests show does not lean on the server's own idempotency.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use netmile::Client;
use netmile::engine::{HttpMethod, HttpRequest, MemoryJournal, Seeds, Transport};
use netmile::operation::Outcome;
use netmile::purchase::FactKind;
use netmile::reference::{Phase, Site, SiteSecret};
use netmile::time::{Clock, ManualClock, Timestamp};
use proptest::prelude::*;
use serde_json::json;

use super::support::*;

/// What happens to one request.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    NotSent,
    /// It never arrives, which the sender cannot know.
    Vanishes,
    /// It arrives, the answer does not.
    AnswerLost,
    /// It arrives after so many seconds, the answer does not.
    Late(i64),
    /// It arrives twice; the answer is that to the second copy.
    Twice,
    /// It arrives, and somebody in between says something else.
    Babble,
    Busy,
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::NotSent),
        2 => Just(Fault::Vanishes),
        2 => Just(Fault::AnswerLost),
        2 => (1..2000_i64).prop_map(Fault::Late),
        1 => Just(Fault::Twice),
        1 => Just(Fault::Babble),
        1 => Just(Fault::Busy),
    ]
}

#[derive(Clone, Copy, Debug)]
enum Action {
    Issue,
    Resolve,
    Recover,
    Wait(i64),
    /// Another process takes over, whose clock is off by so many seconds.
    Restart(i64),
    /// The process dies while it sends.
    Die,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => Just(Action::Issue),
        3 => Just(Action::Resolve),
        1 => Just(Action::Recover),
        3 => prop_oneof![1..400_i64, 1..20_000_i64].prop_map(Action::Wait),
        1 => (-55..=55_i64).prop_map(Action::Restart),
        1 => Just(Action::Die),
    ]
}

#[derive(Default)]
struct Books {
    faults: Vec<Fault>,
    late: Vec<(i64, HttpRequest)>,
    nonces: BTreeSet<String>,
    issued: u32,
    refuses: bool,
    refused: bool,
    hangs: bool,
}

struct Server {
    books: Mutex<Books>,
    clock: ManualClock,
}

impl Server {
    /// Serves one copy of a request.
    fn serve(&self, books: &mut Books, request: &HttpRequest) -> Answer {
        let header = |name: &str| {
            let found = request.headers.iter().find(|(known, _)| known == name);
            found.unwrap().1.clone()
        };
        let signed: i64 = header("x-timestamp").parse().unwrap();
        if (self.clock.now().as_unix() - signed).abs() > 300 {
            return refusal(401, "api", "stale");
        }
        if !books.nonces.insert(header("x-nonce")) {
            return refusal(401, "api", "replayed");
        }
        if request.method == HttpMethod::Post {
            if books.refuses {
                books.refused = true;
                return refusal(422, "manual", "44038");
            }
            books.issued += 1;
            return issued();
        }
        match (books.issued, books.refused) {
            (0, false) => not_found(),
            (0, true) => {
                let refused = json!({ "table": "manual", "code": "44038" });
                answer(
                    200,
                    &json!({ "result": "ok", "found": true, "refused": refused }),
                )
            }
            _ => found(),
        }
    }

    /// What is late arrives when its time has come.
    fn wait(&self, seconds: i64) {
        let until = self.clock.now().as_unix() + seconds;
        let mut books = self.books.lock().unwrap();
        loop {
            books.late.sort_by_key(|(at, _)| *at);
            if books.late.first().is_none_or(|(at, _)| *at > until) {
                break;
            }
            let (at, request) = books.late.remove(0);
            self.clock.set(Timestamp::from_unix(at));
            let _ = self.serve(&mut books, &request);
        }
        self.clock.set(Timestamp::from_unix(until));
    }
}

#[async_trait]
impl Transport for Server {
    async fn send(&self, request: HttpRequest) -> Answer {
        let hangs = {
            let mut books = self.books.lock().unwrap();
            let hangs = books.hangs;
            if hangs {
                let _ = self.serve(&mut books, &request);
            }
            hangs
        };
        if hangs {
            std::future::pending::<()>().await;
        }
        let books = &mut *self.books.lock().unwrap();
        match books.faults.pop().unwrap_or(Fault::None) {
            Fault::None => self.serve(books, &request),
            Fault::NotSent => not_sent(),
            Fault::Vanishes => lost(),
            Fault::AnswerLost => {
                let _ = self.serve(books, &request);
                lost()
            }
            Fault::Late(seconds) => {
                let at = self.clock.now().as_unix() + seconds;
                books.late.push((at, request));
                lost()
            }
            Fault::Twice => {
                let _ = self.serve(books, &request);
                self.serve(books, &request)
            }
            Fault::Babble => {
                let _ = self.serve(books, &request);
                raw(200, b"<html>please log in</html>".to_vec())
            }
            Fault::Busy => raw(503, Vec::new()),
        }
    }
}

struct World {
    server: Arc<Server>,
    journal: Arc<MemoryJournal>,
    clock: Arc<ManualClock>,
    client: Client,
    seeds: u64,
}

impl World {
    fn new(faults: Vec<Fault>, refuses: bool) -> Self {
        let books = Books {
            faults,
            refuses,
            ..Books::default()
        };
        let server = Arc::new(Server {
            books: Mutex::new(books),
            clock: ManualClock::new(Timestamp::from_unix(NOW)),
        });
        let journal = Arc::new(MemoryJournal::new());
        let (client, clock) = Self::process(&server, &journal, 0, 1);
        Self {
            server,
            journal,
            clock,
            client,
            seeds: 1,
        }
    }

    fn process(
        server: &Arc<Server>,
        journal: &Arc<MemoryJournal>,
        skew: i64,
        seeds: u64,
    ) -> (Client, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::new(server.clock.now().plus_seconds(skew)));
        let secret = SiteSecret::new(SECRET).unwrap();
        let site = Site::new("8763", "K1", secret, "https://miles.example").unwrap();
        let client = Client::builder()
            .site(site)
            .journal(Arc::clone(journal) as _)
            .transport(Arc::clone(server) as _)
            .timer(Arc::new(Instant))
            .clock(Arc::clone(&clock) as _)
            .seeds(Seeds::fixed(seeds))
            .build();
        (client.unwrap(), clock)
    }

    fn restart(&mut self, skew: i64) {
        self.seeds += 1;
        (self.client, self.clock) = Self::process(&self.server, &self.journal, skew, self.seeds);
    }

    fn wait(&self, seconds: i64) {
        self.server.wait(seconds);
        self.clock.advance(seconds);
    }

    async fn act(&mut self, action: Action) {
        match action {
            Action::Issue => {
                let outcome = self.client.miles().issue(&request()).await;
                let books = self.server.books.lock().unwrap();
                match outcome {
                    Ok(Outcome::Done(_)) => assert_eq!(books.issued, 1),
                    Ok(Outcome::Rejected(why)) if why.table() == Some("manual") => {
                        assert!(books.refused);
                    }
                    // Nothing was sent, or it never arrived.
                    Err(_) | Ok(Outcome::Rejected(_)) => assert_eq!(books.issued, 0),
                    Ok(Outcome::Unknown(_)) => {}
                }
            }
            Action::Resolve => {
                self.client.resolve().await.unwrap();
            }
            Action::Recover => {
                self.client.recover().await.unwrap();
            }
            Action::Wait(seconds) => self.wait(seconds),
            Action::Restart(skew) => self.restart(skew),
            Action::Die => {
                self.server.books.lock().unwrap().hangs = true;
                let client = self.client.clone();
                let request = request();
                {
                    let miles = client.miles();
                    let mut sending = std::pin::pin!(miles.issue(&request));
                    let once = |cx: &mut std::task::Context<'_>| {
                        std::task::Poll::Ready(sending.as_mut().poll(cx).is_ready())
                    };
                    std::future::poll_fn(once).await;
                }
                self.server.books.lock().unwrap().hangs = false;
                self.restart(0);
            }
        }
    }
}

async fn live(faults: Vec<Fault>, actions: Vec<Action>, refuses: bool) {
    let mut world = World::new(faults, refuses);
    world.act(Action::Issue).await;
    for action in actions {
        world.act(action).await;
        assert!(world.server.books.lock().unwrap().issued <= 1);
    }
    // The network heals. Everything has an outcome within a day, unless a person was called before.
    world.server.books.lock().unwrap().faults.clear();
    for _ in 0..200 {
        world.wait(600);
        world.client.resolve().await.unwrap();
    }
    world.client.recover().await.unwrap();
    let issue = world.client.miles().issues().get("T-1").await.unwrap();
    let (issued, refused) = {
        let books = world.server.books.lock().unwrap();
        (books.issued, books.refused)
    };
    match issue.phase {
        Phase::Done => assert_eq!((issued, refused), (1, false)),
        Phase::Refused | Phase::Prepared => assert_eq!(issued, 0),
        other => panic!("{other:?} after the network healed"),
    }
    let told = world.client.events().next(100).await.unwrap();
    let of = |kind| told.iter().filter(|d| d.fact.kind == kind).count();
    assert!(of(FactKind::MilesIssued) <= 1);
    if issue.phase == Phase::Done {
        assert_eq!(of(FactKind::MilesIssued), usize::from(issue.lost));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn miles_are_issued_once_and_what_is_told_is_true(
        faults in prop::collection::vec(fault(), 0..12),
        actions in prop::collection::vec(action(), 0..12),
        refuses in prop::bool::weighted(0.2),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(live(faults, actions, refuses));
    }

    #[test]
    fn no_answer_panics(status in any::<u16>(), body in prop::collection::vec(any::<u8>(), 0..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let house = House::answering([raw(status, body.clone())]);
            let outcome = house.client.miles().issue(&request()).await.unwrap();
            assert!(outcome.is_unknown());
        });
    }
}
