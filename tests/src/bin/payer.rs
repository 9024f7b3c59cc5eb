//! A merchant's process that the crash tests kill.
//!
//! `payer JOURNAL MOCK GOODS OFFSET DIE DEFECT ITEM…` recovers, works on every item, resolves, and delivers what the outbox
//! says into the folder GOODS. Its clock is OFFSET seconds ahead. DIE is `none`, or `POINT:N`: at the N-th time that
//! it gets to this point it says so and waits to be killed. DEFECT is `none`, or a mistake that the checker must find:
//! `new_name` (a refund that is tried again gets a new name) or `goods_twice` (goods do not look at the event's id).
//! What it says, line by line:
//!
//! - `ready`: the journal is open, and the work begins;
//! - `open CHARGE STEP KEY`: the journal knows that a step is sent;
//! - `at POINT CHARGE STEP KEY`: kill me;
//! - `flow NAME complete|rejected|unknown|error …`: how far it got with an item;
//! - `known`: an event whose goods were out already;
//! - `done`.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::engine::{
    HttpRequest, HttpResponse, HttpTimeouts, HttpTransport, Journal, NotDelivered, Transport,
};
use netmile::operation::Outcome;
use netmile::time::Timestamp;
use netmile::{Client, Result, Yen};
use netmile_journal_sql::SqlJournal;
use netmile_tests::crash::{self, CONTRACT, Deed, Item, Point};

type Done<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("payer: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &[String]) -> Done<()> {
    let [journal, mock, goods, offset, die, defect, items @ ..] = args else {
        return Err("see the source for the arguments".into());
    };
    let items: Option<Vec<Item>> = items.iter().map(|arg| Item::parse(arg)).collect();
    let items = items.ok_or("an item is FLOW:NAME")?;
    let tap = Arc::new(Tap::parse(die)?);
    let journal = TappedJournal {
        inner: SqlJournal::connect(journal).await?,
        tap: Arc::clone(&tap),
    };
    let transport = TappedTransport {
        inner: HttpTransport::new(HttpTimeouts::default())?,
        mock: mock.clone(),
        tap: Arc::clone(&tap),
    };
    let client = crash::client(
        mock,
        Arc::new(journal),
        Arc::new(transport),
        offset.parse()?,
    )?;
    println!("ready");
    complain(client.recover().await.map(drop));
    for item in &items {
        let suffix = match defect.as_str() {
            "new_name" => offset.as_str(),
            _ => "",
        };
        let end = match work(&client, item, suffix).await {
            Ok(end) => end.to_owned(),
            Err(error) => format!("error {error}"),
        };
        println!("flow {} {end}", item.name);
    }
    complain(client.resolve().await.map(drop));
    let suffix = match defect.as_str() {
        "goods_twice" => format!("-{}", std::process::id()),
        _ => String::new(),
    };
    deliver(&client, Path::new(goods), &suffix, &tap).await?;
    println!("done");
    Ok(())
}

/// The next run tries again; whoever watches wants to know.
fn complain(result: Result<()>) {
    if let Err(error) = result {
        println!("error {error}");
    }
}

/// Goes on with an item as far as possible.
async fn work(client: &Client, item: &Item, suffix: &str) -> Result<&'static str> {
    let id = item.charge();
    let payments = client.payments();
    for &deed in item.flow.deeds() {
        let outcome = match deed {
            Deed::Miles(_) | Deed::Card(_) => match crash::request(item, deed) {
                Some(request) => payments.charge(&request).await?,
                None => continue,
            },
            Deed::Period(yen) => {
                let subscriptions = client.subscriptions();
                subscriptions
                    .bill(CONTRACT, &item.period(), Yen::new(yen))
                    .await?
            }
            Deed::Capture(yen) => payments.capture(&id, Some(Yen::new(yen))).await?,
            Deed::Part(name, yen) => {
                let name = format!("{name}{suffix}");
                payments.refund_part(&id, &name, Yen::new(yen)).await?
            }
            Deed::Refund => payments.refund(&id).await?,
        };
        match outcome {
            Outcome::Done(_) => {}
            Outcome::Rejected(_) => return Ok("rejected"),
            Outcome::Unknown(_) => return Ok("unknown"),
        }
    }
    Ok("complete")
}

/// Delivers whatever the outbox says: one file an event, which is there whole or not at all.
async fn deliver(client: &Client, goods: &Path, suffix: &str, tap: &Tap) -> Done<()> {
    let mut before = BTreeSet::new();
    loop {
        let deliveries = client.events().next(100).await?;
        if deliveries.is_empty() {
            return Ok(());
        }
        for delivery in deliveries {
            if !before.insert(delivery.id) {
                return Err("an event came twice within its lease".into());
            }
            let what = format!(
                "{} {}",
                delivery.fact.purchase_id,
                delivery.fact.kind.name()
            );
            if !put(goods, &format!("{}{suffix}", delivery.id), &what)? {
                println!("known");
            }
            tap.stop_at(Point::AfterGoods, &format!("{what} -")).await;
            client.events().ack(delivery.id).await?;
        }
    }
}

/// Whether it was not there before.
fn put(folder: &Path, name: &str, what: &str) -> std::io::Result<bool> {
    let draft = folder.join(format!("draft-{}-{name}", std::process::id()));
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(what.as_bytes())?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, folder.join(name));
    std::fs::remove_file(&draft)?;
    std::fs::File::open(folder)?.sync_all()?;
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Knows where to stop.
struct Tap {
    point: Option<Point>,
    left: AtomicU32,
    /// The step that the journal says is sent, until it is.
    step: Mutex<Option<String>>,
}

impl Tap {
    fn parse(die: &str) -> Done<Self> {
        let (point, left) = match die.split_once(':') {
            Some((point, left)) => (
                Some(Point::parse(point).ok_or("no such point")?),
                left.parse()?,
            ),
            None => (None, 0),
        };
        Ok(Self {
            point,
            left: AtomicU32::new(left),
            step: Mutex::default(),
        })
    }

    fn is_at(&self, point: Point) -> bool {
        self.point == Some(point) && self.left.fetch_sub(1, Ordering::Relaxed) == 1
    }

    async fn stop_at(&self, point: Point, what: &str) {
        if self.is_at(point) {
            say_at(point, what);
            std::future::pending().await
        }
    }

    fn step(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.step.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn opened(&self, what: String) {
        println!("open {what}");
        *self.step() = Some(what.clone());
        self.stop_at(Point::AfterJournal, &what).await;
    }
}

fn say_at(point: Point, what: &str) {
    println!("at {} {what}", point.name());
}

/// Charge, step and key that a row is about: its open step, or the last that is over.
fn about(body: &str) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    let charge = body.get("charge")?;
    let open = charge.get("pending").filter(|pending| !pending.is_null());
    let step = open.or_else(|| charge.get("log")?.as_array()?.last())?;
    let text = |value: Option<&serde_json::Value>| {
        let text = value.and_then(serde_json::Value::as_str);
        text.unwrap_or("-").to_owned()
    };
    Some(format!(
        "{} {} {}",
        text(charge.get("id")),
        text(step.get("step")),
        text(step.get("key"))
    ))
}

const SENDING: &str = "sending";

struct TappedJournal {
    inner: SqlJournal,
    tap: Arc<Tap>,
}

#[async_trait]
impl Journal for TappedJournal {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        let what = about(&intent.body).filter(|_| intent.phase == SENDING);
        let opened = self.inner.open(intent).await?;
        if let (Opened::New(_), Some(what)) = (&opened, what) {
            self.tap.opened(what).await;
        }
        Ok(opened)
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        let what = about(&change.body);
        let sending = change.phase == SENDING;
        if let Some(what) = what.as_deref().filter(|_| !sending) {
            self.tap.stop_at(Point::BeforeCommit, what).await;
            if self.tap.is_at(Point::InCommit) {
                say_at(Point::InCommit, what);
                self.inner.advance(id, from, change, seen).await.ok();
                return std::future::pending().await;
            }
        }
        let advanced = self.inner.advance(id, from, change, seen).await?;
        if let (Advanced::Applied(_), true, Some(what)) = (&advanced, sending, what) {
            self.tap.opened(what).await;
        }
        Ok(advanced)
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        self.inner.get(id).await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.inner.find(key).await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.inner.list(query).await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        self.inner.lease_of(prefixes, now, until, limit).await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.inner.events(now, until, limit).await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.inner.ack(event).await
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        self.inner.keep(evidence).await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.inner.evidence(limit).await
    }
}

struct TappedTransport {
    inner: HttpTransport,
    mock: String,
    tap: Arc<Tap>,
}

#[async_trait]
impl Transport for TappedTransport {
    async fn send(
        &self,
        mut request: HttpRequest,
    ) -> std::result::Result<HttpResponse, NotDelivered> {
        // An inquiry opens no step.
        let step = self.tap.step().take();
        let Some(what) = step else {
            return self.inner.send(request).await;
        };
        if self.tap.is_at(Point::AfterSend) {
            let body = request.body.len();
            let relay = relay(&self.mock, body, what)
                .map_err(|error| NotDelivered::NotSent(error.to_string()))?;
            request.url = request.url.replace(&self.mock, &relay);
            // The relay never answers.
            drop(self.inner.send(request).await);
            return std::future::pending().await;
        }
        let answer = self.inner.send(request).await;
        self.tap.stop_at(Point::AfterAnswer, &what).await;
        answer
    }
}

/// Passes one request on to the mock, whole, says so, and keeps the answer to itself. Its own address.
fn relay(mock: &str, body: usize, what: String) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let mock = mock.trim_start_matches("http://").to_owned();
    std::thread::spawn(move || {
        let passed = pass_on(&listener, &mock, body);
        match &passed {
            Ok(_) => say_at(Point::AfterSend, &what),
            Err(error) => println!("error relay: {error}"),
        }
        // The connections stay open until the process is gone.
        loop {
            std::thread::park();
        }
    });
    Ok(format!("http://{address}"))
}

fn pass_on(
    listener: &TcpListener,
    mock: &str,
    body: usize,
) -> std::io::Result<(TcpStream, TcpStream)> {
    let (mut from, _) = listener.accept()?;
    let mut to = TcpStream::connect(mock)?;
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let head = bytes.windows(4).position(|end| end == b"\r\n\r\n");
        if head.is_some_and(|head| bytes.len() >= head + 4 + body) {
            to.write_all(&bytes)?;
            return Ok((from, to));
        }
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
}
