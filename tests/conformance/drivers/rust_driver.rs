//! The driver of Rust: every operation by the entry that all languages stand on, in one process with the core.
//!
//! With `--trace` everything that the core and its libraries log is written to the error stream, with what an observer is
//! told and every error of the core with those behind it; a journal that is not named is then a database.

use std::fmt::Debug;
use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use netmile::engine::{Observation, Observer};
use netmile_ffi_runtime::watch::{self, What};
use netmile_ffi_runtime::{Config, Context, FfiError, Handle, Run};
use netmile_uniffi::{NetmileFailure, steps};
use serde_json::{Value, json};
use tracing_subscriber::fmt::format::FmtSpan;

/// What is between the part that must not show anything and the one that must.
const BARE: &str = "== redaction off";

/// What the core gave since it was last printed.
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn watched(what: What, text: String) {
    match what {
        What::Value => SEEN
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(text),
        What::Error => tell(&text),
    }
}

/// Writes into the error stream, if anybody listens to it.
fn tell(text: &str) {
    if log::log_enabled!(log::Level::Trace) {
        eprintln!("{text}");
    }
}

fn debugged(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// Prints all that it is told.
struct Loud;

impl Observer for Loud {
    fn observe(&self, what: &Observation<'_>) {
        tell(&debugged(what));
    }
}

/// What libraries say by the crate `log`.
struct Logged;

impl log::Log for Logged {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        eprintln!("log {} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

static LOGGED: Logged = Logged;

fn listen() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .init();
    log::set_max_level(log::LevelFilter::Trace);
    // Nobody else in this program sets one.
    let _ = log::set_logger(&LOGGED);
}

/// A command that could not be carried out, and how Rust prints why.
struct Failed {
    told: Value,
    texts: Vec<String>,
}

impl From<FfiError> for Failed {
    fn from(error: FfiError) -> Self {
        let told = json!({
            "code": error.code, "field": error.field, "retryable": error.retryable, "text": error.to_string(),
        });
        let failure = NetmileFailure::from(error.clone());
        let texts = vec![watch::chain(&error), watch::chain(&failure)];
        Self { told, texts }
    }
}

type Answer = Result<Value, Failed>;

/// A record of the manifest, as JSON.
struct Record {
    name: String,
    json: String,
}

#[derive(Default)]
struct Driver {
    traces: bool,
    is_bare: bool,
    databases: Option<Databases>,
    handle: Option<Handle>,
    run: Option<Run>,
    /// What the program itself handed over.
    given: Vec<String>,
    asked: Vec<Record>,
    held: Vec<Record>,
    parts: Vec<Config>,
    last: Option<Record>,
    errors: Vec<String>,
}

/// A directory for the journals of this process, which goes with it.
struct Databases {
    at: PathBuf,
    made: usize,
}

impl Databases {
    fn new() -> std::io::Result<Self> {
        let at = std::env::temp_dir().join(format!("netmile-driver-{}", std::process::id()));
        std::fs::create_dir_all(&at)?;
        Ok(Self { at, made: 0 })
    }

    fn next(&mut self) -> String {
        self.made += 1;
        format!("sqlite://{}/{}.db", self.at.display(), self.made)
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        // The system clears its temporary files as well.
        let _ = std::fs::remove_dir_all(&self.at);
    }
}

fn own(code: &'static str, detail: &'static str) -> Failed {
    FfiError::new(code, detail).into()
}

fn value(text: &str) -> Result<Value, Failed> {
    serde_json::from_str(text).map_err(|_| own("malformed", "this is no JSON"))
}

impl Driver {
    fn handle(&self) -> Result<&Handle, Failed> {
        let handle = self.handle.as_ref();
        handle.ok_or_else(|| own("invalid_state", "there is no client"))
    }

    /// Keeps what the program handed over; without redaction it is logged by both ways that libraries have.
    fn give(&mut self, text: &str) {
        self.given.push(text.to_owned());
        if self.is_bare {
            tracing::trace!(text, "given");
            log::trace!("{text}");
        }
    }

    fn client(&mut self, config: &str) -> Answer {
        self.give(config);
        let mut document = value(config)?;
        if let (Some(databases), Some(document)) = (&mut self.databases, document.as_object_mut()) {
            document
                .entry("journal")
                .or_insert_with(|| databases.next().into());
        }
        self.handle = Some(Handle::with_observer(
            &document.to_string(),
            Arc::new(Loud),
        )?);
        Ok(json!({}))
    }

    fn hold(&mut self, name: &str, json: &str) -> Answer {
        self.give(json);
        match name {
            "Contract" | "Site" => {
                let list = if name == "Site" { "sites" } else { "contracts" };
                let whole = json!({ list: [value(json)?] }).to_string();
                self.parts.push(Config::from_json(&whole)?);
            }
            _ if netmile_uniffi::printed(name, json).is_none() => {
                return Err(own("malformed", "this is no such record"));
            }
            _ => {}
        }
        self.held.push(Record {
            name: name.to_owned(),
            json: json.to_owned(),
        });
        Ok(json!({}))
    }

    /// Runs an operation in one of the ways there are, and keeps request and answer.
    fn invoke(
        &mut self,
        operation: &str,
        request: &str,
        way: fn(&Handle, &str, &str) -> Result<String, FfiError>,
    ) -> Answer {
        self.give(request);
        let mut known = netmile_uniffi::operations::all();
        let names = known.find(|one| one.name == operation);
        let record = |name: &str, json: &str| Record {
            name: name.to_owned(),
            json: json.to_owned(),
        };
        if let Some(names) = names {
            self.asked.push(record(names.request, request));
        }
        let answer = way(self.handle()?, operation, request)?;
        if self.is_bare {
            self.give(&answer.clone());
        }
        self.last = names.map(|names| record(names.answer, &answer));
        value(&answer)
    }

    fn step(&self, input: &str) -> Answer {
        let run = self.run.as_ref();
        let run = run.ok_or_else(|| own("invalid_state", "there is no run"))?;
        value(&steps::step(run, (!input.is_empty()).then_some(input))?)
    }

    /// Every way in which Rust prints what there is.
    fn print(&mut self) -> Vec<String> {
        let mut texts = self.errors.clone();
        if let Some(handle) = &self.handle {
            texts.push(debugged(handle));
            texts.extend(handle.run(stored).unwrap_or_default());
        }
        texts.extend(self.run.as_ref().map(debugged));
        for config in &self.parts {
            texts.push(debugged(config));
            texts.push(debugged(&config.contracts()));
            texts.push(debugged(&config.sites()));
        }
        texts.append(&mut SEEN.lock().unwrap_or_else(PoisonError::into_inner));
        let asked = std::mem::take(&mut self.asked);
        for record in asked.iter().chain(&self.held).chain(&self.last) {
            texts.extend(netmile_uniffi::printed(&record.name, &record.json));
        }
        if self.is_bare {
            texts.extend(self.given.iter().cloned());
            texts.extend(self.exposed());
        }
        texts
    }

    /// What the fields give, which are public in Rust.
    fn exposed(&self) -> impl Iterator<Item = String> {
        self.held.iter().chain(&self.last).map(|r| r.json.clone())
    }

    fn reset(&mut self) {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self = Self {
            traces: self.traces,
            is_bare: self.is_bare,
            databases: self.databases.take(),
            ..Self::default()
        };
    }

    fn answer(&mut self, parts: &[&str]) -> Answer {
        let nothing = || Ok(json!({}));
        match *parts {
            ["hello"] => Ok(hello(self.traces)),
            ["reset"] => {
                self.reset();
                nothing()
            }
            ["version"] => Ok(json!({
                "abi_version": netmile_uniffi::abi_version(),
                "library_version": netmile_uniffi::library_version(),
                "facade_abi_version": netmile_uniffi::ABI_VERSION,
            })),
            ["new", config] => self.client(config),
            ["site", id] => {
                self.handle = Some(self.handle()?.for_site(id)?);
                nothing()
            }
            ["contract", merchant, service] => {
                self.handle = Some(self.handle()?.for_contract(merchant, service)?);
                nothing()
            }
            ["release"] => {
                self.handle()?.release()?;
                nothing()
            }
            ["invoke" | "raw", operation, request] => {
                self.invoke(operation, request, netmile_uniffi::invoke)
            }
            ["async", operation, request] => self.invoke(operation, request, awaited),
            ["start", operation, request] => {
                self.give(request);
                let (operation, request) = (operation.to_owned(), request.to_owned());
                self.run = Some(netmile_uniffi::start(self.handle()?, operation, request));
                nothing()
            }
            ["step"] => self.step(""),
            ["step", input] => self.step(input),
            ["hold", record, value] => self.hold(record, value),
            ["redaction", which] => {
                self.is_bare = which == "off";
                tell(BARE);
                nothing()
            }
            ["expose"] => {
                let texts = [self.given.join("\n")];
                let texts: Vec<_> = texts.into_iter().chain(self.exposed()).collect();
                Ok(json!({ "texts": texts }))
            }
            ["print"] => Ok(json!({ "texts": self.print() })),
            _ => Err(own("unknown_command", "is not known")),
        }
    }
}

fn hello(traces: bool) -> Value {
    let mut has = vec![
        "reuse",
        "async",
        "steps",
        "runs",
        "raw",
        "hold",
        "release",
        "unreleased",
        "blocking",
    ];
    if traces {
        has.push("trace");
    }
    json!({
        "language": "rust",
        "has": has,
        "why": {
            "fork": "the driver is one program with the core; ffi/runtime forks in a test of its own",
            "callbacks": "the entry of all languages takes transports by steps; those of Rust are tested in core/tests",
            "checksums": "cargo links the core and its entry into one program",
        },
        "without": {"mismatch": "cargo links the core into the program: no library is loaded"},
    })
}

/// The values that the core itself gives of what is in the journal, and the client.
async fn stored(context: Context) -> Result<Vec<String>, FfiError> {
    let client = &context.client;
    let mut texts = vec![
        debugged(context.config()),
        debugged(client),
        debugged(&client.contract()),
        debugged(&client.site()),
    ];
    texts.push(debugged(&client.purchases().list(&[], None, 100).await));
    texts.push(debugged(&client.purchases().evidence(100).await));
    texts.push(debugged(&client.payments().list(&[], None, 100).await));
    texts.push(debugged(&client.exchanges().list(&[], None, 100).await));
    let miles = client.miles();
    texts.push(debugged(&miles.unresolved_batches(None, 100).await));
    texts.push(debugged(&miles.issues().list(&[], None, 100).await));
    texts.push(debugged(&miles.by_hand().list(&[], None, 100).await));
    texts.push(debugged(&miles.cancels().list(&[], None, 100).await));
    Ok(texts)
}

/// The operation, awaited by an executor that is not the library's.
fn awaited(handle: &Handle, operation: &str, request: &str) -> Result<String, FfiError> {
    let work = netmile_uniffi::invoke_async(handle, operation.to_owned(), request.to_owned());
    tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|_| FfiError::new("configuration", "no executor"))?
        .block_on(work)
}

fn main() -> std::io::Result<()> {
    let mut driver = Driver::default();
    if std::env::args().any(|argument| argument == "--trace") {
        listen();
        driver.traces = true;
        driver.databases = Some(Databases::new()?);
    }
    watch::begin(watched);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let parts: Vec<&str> = line.split('\t').collect();
        if parts.as_slice() == ["quit"] {
            break;
        }
        let (kind, told) = match driver.answer(&parts) {
            Ok(told) => ("ok", told),
            Err(failed) => {
                driver.errors.extend(failed.texts);
                ("error", failed.told)
            }
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{kind}\t{told}")?;
        out.flush()?;
    }
    Ok(())
}
