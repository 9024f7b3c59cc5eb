//! A proxy between a merchant's process and the mock: it cuts uploads, holds them back and repeats them, moves the mock's
//! clock when the process asks for what is not finished, and stops at a chosen moment so that the process is killed there.
//!
//! Everything happens one after the other, in the order of the requests: there is nothing to wait for but bytes.

mod wire;

use std::collections::VecDeque;
use std::io::Result;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use netmile_mock::Admin;
use netmile_mock::faults::{FaultKind, FaultRule};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;

use wire::{Answer, Request, drain};

/// Bytes that the system takes of a request before the proxy does, about: a process that sends more is still sending it.
const UNREAD: u32 = 32 * 1024;

/// What goes wrong with one upload on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    /// Nothing.
    Nothing,
    /// The mock's own fault.
    Office(FaultKind),
    /// The body is cut at this many thousandths, and the connection broken on both sides.
    Cut(usize),
    /// It is held back, and the connection to the process broken. The copy arrives just before the one sent next.
    LateBefore,
    /// The same; the copy arrives just after the one sent next.
    LateAfter,
    /// Once it was accepted it arrives again, byte for byte; the first answer is passed on.
    Repeated,
    /// The same; the answer to the copy is passed on.
    RepeatAnswered,
}

/// Where the proxy stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// So many thousandths of the body of an upload are with the office.
    HalfSent(usize),
    /// The office has accepted an upload; nothing of its answer was passed on.
    Taken,
    /// The office has said that an upload is not finished; nothing of that was passed on.
    Unfinished,
    /// So many thousandths of an error list were passed on.
    HalfListed(usize),
}

/// A request at which the proxy stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Method and path.
    pub line: String,
    /// Bytes of the request's body, or of the answer, that were passed on.
    pub passed: usize,
    /// Of so many.
    pub of: usize,
}

/// What the proxy tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It has stopped, until [`Between::go_on`].
    Stopped(Stopped),
    /// It went on, and that request is over. Bytes that came of it after the stop.
    Over(usize),
}

/// What happened so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Uploads that were cut, and of which nothing was registered.
    pub cut: u64,
    /// Uploads that were held back and arrived before their repetition, and were one with it.
    pub late_before: u64,
    /// The same, after it.
    pub late_after: u64,
    /// Byte-identical copies of accepted uploads that were turned away.
    pub repeated: u64,
    /// Answers that an upload is not finished.
    pub unfinished: u64,
    /// Most uploads that waited at the office at a time.
    pub most_waiting: u64,
    /// Uploads that were held back and have not arrived yet.
    pub held: u64,
    /// Tricks that were not played yet.
    pub tricks_left: usize,
}

#[derive(Default)]
struct State {
    tricks: VecDeque<Trick>,
    stop: Option<(Moment, u32)>,
    held: Option<(Trick, Request)>,
    counts: Counts,
    wrong: Vec<String>,
}

struct Office {
    admin: Admin,
    address: SocketAddr,
    /// Seconds that the clock is moved by after each answer that something is not finished.
    step: u32,
    state: Mutex<State>,
    go_on: Notify,
    tell: Box<dyn Fn(Told) + Send + Sync>,
}

/// The proxy. It ends when it is dropped.
pub struct Between {
    office: Arc<Office>,
    address: SocketAddr,
    accepting: tokio::task::JoinHandle<()>,
}

impl Drop for Between {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Between {
    /// Listens on a port of its own, before the mock at `office`.
    ///
    /// # Errors
    /// What the system says.
    pub async fn start(
        (admin, office): (Admin, SocketAddr),
        tricks: impl IntoIterator<Item = Trick>,
        step: u32,
        tell: impl Fn(Told) + Send + Sync + 'static,
    ) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(UNREAD)?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let listener = socket.listen(16)?;
        let address = listener.local_addr()?;
        let office = Arc::new(Office {
            admin,
            address: office,
            step,
            state: Mutex::new(State {
                tricks: tricks.into_iter().collect(),
                ..State::default()
            }),
            go_on: Notify::new(),
            tell: Box::new(tell),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&office)));
        Ok(Self {
            office,
            address,
            accepting,
        })
    }

    /// Its base address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops once, at the `turn`th request of this kind from now on (from 1); `None` takes that back.
    pub fn stop_at(&self, stop: Option<(Moment, u32)>) {
        self.office.state().stop = stop;
    }

    /// Goes on after a stop.
    pub fn go_on(&self) {
        self.office.go_on.notify_one();
    }

    /// What happened so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let state = self.office.state();
        Counts {
            held: u64::from(state.held.is_some()),
            tricks_left: state.tricks.len(),
            ..state.counts.clone()
        }
    }

    /// Everything that must not be.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        self.office.state().wrong.clone()
    }
}

async fn accept(listener: TcpListener, office: Arc<Office>) {
    while let Ok((client, _)) = listener.accept().await {
        let office = Arc::clone(&office);
        tokio::spawn(async move {
            // A process that is gone is what this is for.
            let _ = office.serve(client).await;
        });
    }
}

enum Kind {
    Upload,
    Poll,
    List,
    Other,
}

fn kind_of(line: &str) -> Kind {
    if line == "POST /v1/registrations/files" {
        return Kind::Upload;
    }
    match line.strip_prefix("GET /v1/registrations/") {
        Some(rest) if rest.ends_with("/errors") => Kind::List,
        Some(rest) if !rest.contains('/') => Kind::Poll,
        _ => Kind::Other,
    }
}

const fn share(of: usize, thousandths: usize) -> usize {
    of * thousandths / 1000
}

impl Office {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wrong(&self, what: impl Into<String>) {
        self.state().wrong.push(what.into());
    }

    fn must(&self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong(what());
        }
    }

    /// Registrations, and files that wait.
    async fn books(&self) -> (u64, u64) {
        match self.admin.miles().await {
            Ok(view) => (view.registrations, view.waiting_files),
            Err(error) => {
                self.wrong(format!("the office does not open: {error}"));
                (0, 0)
            }
        }
    }

    /// The stop, if it is one of these and its turn has come.
    fn stops(&self, is_it: impl Fn(Moment) -> bool) -> Option<Moment> {
        let mut state = self.state();
        match &mut state.stop {
            Some((moment, turn)) if is_it(*moment) => {
                *turn = turn.saturating_sub(1);
                let now = (*turn == 0).then_some(*moment);
                if now.is_some() {
                    state.stop = None;
                }
                now
            }
            _ => None,
        }
    }

    async fn stopped(&self, line: &str, passed: usize, of: usize) {
        let line = line.to_owned();
        (self.tell)(Told::Stopped(Stopped { line, passed, of }));
        self.go_on.notified().await;
    }

    async fn serve(&self, mut client: TcpStream) -> Result<()> {
        let mut request = Request::begin(&mut client).await?;
        if let Kind::Upload = kind_of(&request.line) {
            return self.upload(client, request).await;
        }
        request.read_to(&mut client, usize::MAX).await?;
        let answer = request.pass(self.address).await?;
        match kind_of(&request.line) {
            Kind::Poll => self.polled(client, &request, answer).await,
            Kind::List => self.listed(client, &request, answer).await,
            Kind::Upload | Kind::Other => reply(client, &answer).await,
        }
    }

    async fn polled(&self, client: TcpStream, request: &Request, answer: Answer) -> Result<()> {
        let state = answer.field("state");
        if !matches!(state.as_deref(), Some("accepted" | "processing")) {
            return reply(client, &answer).await;
        }
        self.state().counts.unfinished += 1;
        if let Err(error) = self.admin.advance(self.step).await {
            self.wrong(format!("the clock stands: {error}"));
        }
        if self.stops(|moment| moment == Moment::Unfinished).is_some() {
            self.stopped(&request.line, 0, answer.0.len()).await;
            (self.tell)(Told::Over(0));
            return Ok(());
        }
        reply(client, &answer).await
    }

    async fn listed(&self, mut client: TcpStream, request: &Request, answer: Answer) -> Result<()> {
        if answer.status() == 200
            && let Some(Moment::HalfListed(part)) =
                self.stops(|moment| matches!(moment, Moment::HalfListed(_)))
        {
            let part = share(answer.0.len(), part);
            client
                .write_all(answer.0.get(..part).unwrap_or_default())
                .await?;
            self.stopped(&request.line, part, answer.0.len()).await;
            (self.tell)(Told::Over(0));
            return Ok(());
        }
        reply(client, &answer).await
    }

    async fn upload(&self, mut client: TcpStream, mut request: Request) -> Result<()> {
        if self.state().held.is_some() {
            request.read_to(&mut client, usize::MAX).await?;
            let answer = self.with_the_held_one(&request).await?;
            return reply(client, &answer).await;
        }
        if let Some(Moment::HalfSent(part)) =
            self.stops(|moment| matches!(moment, Moment::HalfSent(_)))
        {
            return self.half_sent(client, request, part).await;
        }
        let trick = self.state().tricks.pop_front().unwrap_or(Trick::Nothing);
        match trick {
            Trick::Cut(part) => {
                request
                    .read_to(&mut client, share(request.length, part))
                    .await?;
                drop(client);
                return self.cut(&request).await;
            }
            Trick::LateBefore | Trick::LateAfter => {
                request.read_to(&mut client, usize::MAX).await?;
                self.state().held = Some((trick, request));
                return Ok(());
            }
            Trick::Office(kind) => {
                self.admin.add_fault(FaultRule::once("miles-file", kind));
            }
            Trick::Nothing | Trick::Repeated | Trick::RepeatAnswered => {}
        }
        request.read_to(&mut client, usize::MAX).await?;
        let mut answer = self.bring(&request).await?;
        if matches!(trick, Trick::Repeated | Trick::RepeatAnswered) {
            let again = self.again(&request, &answer).await?;
            if trick == Trick::RepeatAnswered {
                answer = again;
            }
        }
        if answer.status() == 200
            && matches!(trick, Trick::Nothing | Trick::Repeated)
            && self.stops(|moment| moment == Moment::Taken).is_some()
        {
            self.stopped(&request.line, 0, answer.0.len()).await;
            (self.tell)(Told::Over(0));
            return Ok(());
        }
        reply(client, &answer).await
    }

    /// Brings an upload to the office, and looks how many wait there.
    async fn bring(&self, request: &Request) -> Result<Answer> {
        let answer = request.pass(self.address).await?;
        let (_, waiting) = self.books().await;
        let counts = &mut self.state().counts;
        counts.most_waiting = counts.most_waiting.max(waiting);
        Ok(answer)
    }

    /// Half an upload, and the process is about to end.
    async fn half_sent(
        &self,
        mut client: TcpStream,
        mut request: Request,
        part: usize,
    ) -> Result<()> {
        let part = share(request.length, part);
        request.read_to(&mut client, part).await?;
        let before = self.books().await;
        let server = request.write(self.address).await?;
        self.stopped(&request.line, request.body.len(), request.length)
            .await;
        let more = drain(&mut client).await;
        drop(server);
        self.nothing_of_half(before, &request).await?;
        (self.tell)(Told::Over(more));
        Ok(())
    }

    /// Half an upload, and then nothing more.
    async fn cut(&self, request: &Request) -> Result<()> {
        let before = self.books().await;
        let mut server = request.write(self.address).await?;
        server.shutdown().await?;
        let answer = Answer::read(server).await;
        self.must(answer.status() != 200, || {
            "the office took half an upload".to_owned()
        });
        self.nothing_of_half(before, request).await?;
        self.state().counts.cut += 1;
        Ok(())
    }

    /// The office has nothing of half an upload, and turns it away when it is said to be whole.
    async fn nothing_of_half(&self, before: (u64, u64), half: &Request) -> Result<()> {
        let answer = half.shortened().pass(self.address).await?;
        let code = answer.field("code");
        self.must(
            (answer.status(), code.as_deref()) == (401, Some("bad_signature")),
            || format!("half an upload: {} {code:?}", answer.status()),
        );
        let (registrations, _) = self.books().await;
        self.must(registrations == before.0, || {
            "half an upload was registered".to_owned()
        });
        Ok(())
    }

    /// The same bytes, once more.
    async fn again(&self, request: &Request, first: &Answer) -> Result<Answer> {
        let (before, _) = self.books().await;
        let again = request.pass(self.address).await?;
        let (after, _) = self.books().await;
        let (status, code) = (again.status(), again.field("code"));
        self.must(first.status() == 200 && before == after, || {
            format!("{} registrations before a copy, {after} after", before)
        });
        self.must((status, code.as_deref()) == (401, Some("replayed")), || {
            format!("a copy: {status} {code:?}")
        });
        self.state().counts.repeated += 1;
        Ok(again)
    }

    /// An upload that was held back, and the one that was sent in its place.
    async fn with_the_held_one(&self, request: &Request) -> Result<Answer> {
        let Some((trick, held)) = self.state().held.take() else {
            return self.bring(request).await;
        };
        self.must(held.body == request.body, || {
            "another upload was sent while one was late".to_owned()
        });
        let (before, _) = self.books().await;
        let is_first = trick == Trick::LateBefore;
        let (late, answer) = if is_first {
            let late = self.bring(&held).await?;
            (late, self.bring(request).await?)
        } else {
            let answer = self.bring(request).await?;
            (self.bring(&held).await?, answer)
        };
        let (after, _) = self.books().await;
        self.must(after == before + 1, || {
            format!("two copies of an upload: {before} registrations became {after}")
        });
        let ids = [
            late.field("registration_id"),
            answer.field("registration_id"),
        ];
        let of = [&late, &answer].map(|answer| answer.field("tran_id"));
        let sent = request.field("tran_id");
        self.must(
            late.status() == 200
                && answer.status() == 200
                && ids[0].is_some()
                && ids[0] == ids[1]
                && of == [sent.clone(), sent],
            || format!("two copies of an upload: {late:?} {answer:?}"),
        );
        let counts = &mut self.state().counts;
        *(if is_first {
            &mut counts.late_before
        } else {
            &mut counts.late_after
        }) += 1;
        Ok(answer)
    }
}

async fn reply(mut client: TcpStream, answer: &Answer) -> Result<()> {
    client.write_all(&answer.0).await?;
    client.shutdown().await
}
