//! A file of many rows against the real mock, with uploads that are cut, late, lost and repeated, and with `kill -9` at
//! chosen moments: miles in = miles out, no row twice, constant memory. `make test` takes 50,000 rows; `make bulk` a
//! million (`BULK_ROWS`, `BULK_KILLS`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use netmile::client::{BatchFiles, Client};
use netmile::engine::MemoryJournal;
use netmile::miles::RegistrationSearch;
use netmile::miles::batch::{BatchPhase, BatchReport, BatchRequest, BatchState, ChunkPhase};
use netmile::miles::file::{FileFaults, ResultKind, ResultReader, ResultRow, UploadKind};
use netmile::schedule::YearMonth;
use netmile::time::Timestamp;
use netmile_journal_sql::SqlJournal;
use netmile_mock::faults::{FaultKind, FaultRule};
use netmile_mock::{Mock, Options, Scenario};
use netmile_tests::between::{Between, Moment, Stopped, Told, Trick};
use netmile_tests::miles::{Asked, CAMPAIGN, Row, site, write_file};

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("netmile-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Seconds of the mock's clock that an upload is processed for.
const PROCESSING: u32 = 60;

/// Seconds that the mock's clock is moved by when a process hears that an upload is not finished.
const STEP: u32 = 25;

async fn mock() -> Mock {
    processing(PROCESSING).await
}

async fn processing(seconds: u32) -> Mock {
    let mut scenario = Scenario::demo();
    scenario.office.crowd = 9_999_999;
    scenario.office.processing_seconds = seconds;
    let options = Options {
        scenario,
        ..Options::default()
    };
    Mock::start(options).await.unwrap()
}

fn fault(mock: &Mock, message: &str, kind: FaultKind, times: u32) {
    let mut rule = FaultRule::once(message, kind);
    rule.times = Some(times);
    mock.admin().add_fault(rule);
}

struct Issuer {
    db: PathBuf,
    file: PathBuf,
    url: String,
    rows_per_upload: u64,
}

/// What the process says at its end.
#[derive(Debug, PartialEq, Eq)]
struct End {
    state: String,
    rows: u64,
    issued: u64,
    refused: u64,
    miles_issued: u64,
    miles_refused: u64,
    listed: u64,
    peak_kib: u64,
}

impl Issuer {
    /// A client that sees its journal.
    async fn client(&self) -> Client {
        let journal = format!("sqlite://{}", self.db.display());
        let journal = SqlJournal::connect(&journal);
        Client::builder()
            .site(site(&self.url).unwrap())
            .journal(Arc::new(journal.await.unwrap()))
            .build()
            .unwrap()
    }

    fn start(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_issuer"))
            .arg(&self.db)
            .arg(&self.url)
            .arg(&self.file)
            .args(["BULK-1", &self.rows_per_upload.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn to_its_end(&self) -> End {
        let output = self.start().wait_with_output().unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        let line = text.lines().last().unwrap();
        let words: Vec<_> = line.split(' ').collect();
        let number = |at: usize| words[at].parse().unwrap();
        assert_eq!(words[0], "end");
        End {
            state: words[1].to_owned(),
            rows: number(2),
            issued: number(3),
            refused: number(4),
            miles_issued: number(5),
            miles_refused: number(6),
            listed: number(7),
            peak_kib: number(8),
        }
    }
}

fn assert_all(end: &End, asked: &Asked) {
    assert_eq!(end.state, "done", "{end:?}");
    assert_eq!(end.rows, asked.rows);
    assert_eq!(
        (end.refused, end.listed),
        (asked.strangers, asked.strangers)
    );
    assert_eq!(end.issued, asked.rows - asked.strangers);
    assert_eq!(end.miles_issued, asked.miles);
    assert_eq!(end.miles_refused, asked.strangers_miles);
}

/// What NetMile issued and bills, by its own books.
async fn assert_books(mock: &Mock, asked: &Asked) {
    let office = mock.admin().miles().await.unwrap();
    assert_eq!(office.issuances, asked.rows - asked.strangers);
    let client = client(mock.url());
    // The mock's clock was moved, and may have come into another month.
    let clock = mock.admin().clock();
    let months = [clock.unix - clock.advanced - 3600, clock.unix].map(|at| {
        let day = Timestamp::from_unix(at).jst_date();
        (day.year(), day.month().unsigned_abs())
    });
    let mut issued = 0;
    for (year, month) in months.into_iter().collect::<BTreeSet<_>>() {
        let month = YearMonth::new(year, month).unwrap();
        let bill = client.miles().bill(month).await.unwrap();
        issued += bill.total.issued.get();
    }
    assert_eq!(issued, asked.miles);
}

/// Rows by their numbers, a bit each.
struct Seen(Vec<u64>);

impl Seen {
    fn of(rows: u64) -> Self {
        Self(vec![0; usize::try_from(rows / 64 + 1).unwrap()])
    }

    /// False when it was there already.
    fn insert(&mut self, row: u64) -> bool {
        let (word, bit) = (usize::try_from(row / 64).unwrap(), 1 << (row % 64));
        let is_new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        is_new
    }

    fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }
}

/// The lists of all registrations of the office together are the rows that were sent: each once, with its user, its key and
/// its miles, as completed or as refused. Sums alone would not show a row that took another one's place.
async fn assert_rows(mock: &Mock, asked: &Asked) {
    let client = client(mock.url());
    let (desk, mut search) = (client.miles(), RegistrationSearch::default());
    let mut seen = Seen::of(asked.rows);
    let mut strangers = 0;
    let mut registrations = 0;
    for page in 1.. {
        search.page = page;
        let found = desk.registrations().search(&search).await.unwrap();
        for registration in &found.items {
            registrations += 1;
            let id = &registration.registration_id;
            let mut take = |listed: &ResultRow| {
                let number = listed.key.strip_prefix('K').unwrap().parse().unwrap();
                let row = Row::of(number);
                let miles = listed.miles().unwrap().get();
                assert_eq!((&listed.user, miles), (&row.user, row.miles), "{number}");
                assert!((1..=asked.rows).contains(&number), "{number}");
                let code = row.is_stranger.then_some("41053");
                assert_eq!(listed.code.as_deref(), code, "{number}");
                assert!(seen.insert(number), "row {number} is listed twice");
                strangers += u64::from(row.is_stranger);
            };
            let lists = desk.registrations();
            let completed = lists.completed(id).await.unwrap();
            let completed = ResultReader::read(ResultKind::Completed, &completed);
            completed.unwrap().iter().for_each(&mut take);
            let errors = lists.errors(id).await.unwrap();
            let errors = ResultReader::read(ResultKind::Errors, &errors);
            errors.unwrap().iter().for_each(&mut take);
        }
        if u64::from(page) >= found.pages {
            break;
        }
    }
    let office = mock.admin().miles().await.unwrap();
    assert_eq!(registrations, office.registrations);
    assert_eq!((seen.count(), strangers), (asked.rows, asked.strangers));
}

#[test]
fn a_row_that_is_seen_twice_is_noticed() {
    let mut seen = Seen::of(130);
    assert!([1, 63, 64, 130].iter().all(|row| seen.insert(*row)));
    assert!(!seen.insert(64) && !seen.insert(130));
    assert_eq!(seen.count(), 4);
}

fn client(url: &str) -> Client {
    Client::builder()
        .site(site(url).unwrap())
        .journal(Arc::new(MemoryJournal::new()))
        .build()
        .unwrap()
}

/// What this process hears of the one that it kills, and of the proxy.
#[derive(Debug)]
enum Heard {
    Line(String),
    Ended,
    Proxy(Told),
}

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    /// From 1 to `most`.
    fn upto(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        1 + (self.0 >> 33) % most.max(1)
    }

    fn part(&mut self) -> usize {
        usize::try_from(self.upto(998)).unwrap()
    }
}

/// Where a process is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    /// While the file is checked.
    Checking,
    /// While an upload is half sent.
    HalfSent,
    /// When the office has an upload, and the process does not know.
    Taken,
    /// While it waits for an upload to be processed.
    Unfinished,
    /// While an error list is fetched.
    HalfListed,
    /// After so many lines of progress: between two requests.
    Between(u64),
}

impl Where {
    fn of(kill: u64, kills: u64, uploads: u64) -> Self {
        match kill % 6 {
            0 => Self::Checking,
            1 => Self::HalfSent,
            2 => Self::Taken,
            3 => Self::Unfinished,
            4 => Self::HalfListed,
            // Two lines for each upload.
            _ => Self::Between((kill * uploads * 2 / kills).max(1)),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Checking => "while the file is checked",
            Self::HalfSent => "while an upload is half sent",
            Self::Taken => "while the office has an upload and its answer has not come",
            Self::Unfinished => "while it waits for an upload to be processed",
            Self::HalfListed => "while an error list is fetched",
            Self::Between(_) => "between two requests",
        }
    }
}

/// Uploads by what the journal says of them.
type Journal = BTreeMap<&'static str, u64>;

/// A process that is killed, the proxy before the mock, and the mock.
struct Bench {
    issuer: Issuer,
    mock: Mock,
    proxy: Between,
    heard: Receiver<Heard>,
    say: Sender<Heard>,
    dice: Dice,
    /// Uploads for each kill, about.
    pace: u64,
}

impl Bench {
    fn hear(&self) -> Heard {
        self.heard.recv_timeout(Duration::from_secs(120)).unwrap()
    }

    /// What the journal of the killed process says of its uploads.
    async fn journal(&self) -> Journal {
        let mut found = Journal::new();
        if !self.issuer.db.exists() {
            return found;
        }
        let client = self.issuer.client().await;
        for upload in client.miles().uploads("BULK-1", 1, 10_000).await.unwrap() {
            *found.entry(upload.phase.name()).or_default() += 1;
        }
        found
    }

    /// Starts it and kills it there. `None` when it ended before: a run may give up on the network.
    fn kill(&mut self, runtime: &tokio::runtime::Runtime, at: Where) -> Option<String> {
        let turn = u32::try_from(self.dice.upto(self.pace)).unwrap();
        let part = self.dice.part();
        let (lines, begin) = match at {
            Where::Checking => (self.dice.upto(10), "checking"),
            Where::Between(lines) => (lines, "progress"),
            _ => (0, ""),
        };
        self.proxy.stop_at(match at {
            Where::HalfSent => Some((Moment::HalfSent(part), turn)),
            Where::Taken => Some((Moment::Taken, turn)),
            Where::Unfinished => Some((Moment::Unfinished, turn)),
            Where::HalfListed => Some((Moment::HalfListed(part), turn)),
            Where::Checking | Where::Between(_) => None,
        });
        let mut child = self.issuer.start();
        let (out, say) = (
            BufReader::new(child.stdout.take().unwrap()),
            self.say.clone(),
        );
        let reader = std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                say.send(Heard::Line(line)).unwrap();
            }
            say.send(Heard::Ended).unwrap();
        });
        let mut seen = 0;
        let stopped: Option<Option<Stopped>> = loop {
            match self.hear() {
                Heard::Line(line) if !begin.is_empty() && line.starts_with(begin) => {
                    seen += 1;
                    if seen == lines {
                        break Some(None);
                    }
                }
                Heard::Line(_) => {}
                Heard::Ended => break None,
                Heard::Proxy(Told::Stopped(stopped)) => break Some(Some(stopped)),
                Heard::Proxy(told) => panic!("{told:?}"),
            }
        };
        let _ = child.kill();
        child.wait().unwrap();
        reader.join().unwrap();
        self.proxy.stop_at(None);
        let Some(stopped) = stopped else {
            println!("a run ended before it was killed {}", at.name());
            while self.heard.try_recv().is_ok() {}
            return None;
        };
        let mut text = at.name().to_owned();
        if let Some(Stopped { line, passed, of }) = &stopped {
            text = format!("{text}: {line}, {passed} of {of} bytes passed on");
            self.proxy.go_on();
            let more = loop {
                match self.hear() {
                    Heard::Proxy(Told::Over(more)) => break more,
                    Heard::Proxy(told) => panic!("{told:?}"),
                    Heard::Line(_) | Heard::Ended => {}
                }
            };
            if at == Where::HalfSent {
                text = format!("{text}, {} written", passed + more);
            }
        }
        while self.heard.try_recv().is_ok() {}
        let journal = runtime.block_on(self.journal());
        self.assert_killed_there(runtime, at, &journal);
        Some(format!("{text}; journal: {journal:?}"))
    }

    /// What the journal knows and what the office has differ by what was under way.
    fn assert_killed_there(&self, runtime: &tokio::runtime::Runtime, at: Where, journal: &Journal) {
        let of = |phase: ChunkPhase| journal.get(phase.name()).copied().unwrap_or(0);
        let known = of(ChunkPhase::Accepted) + of(ChunkPhase::Finished);
        let office = runtime.block_on(self.mock.admin().miles()).unwrap();
        let unheard = office.registrations - known;
        let sending = of(ChunkPhase::Sending);
        match at {
            Where::HalfSent => assert_eq!((sending, unheard), (1, 0), "{journal:?}"),
            Where::Taken => assert_eq!((sending, unheard), (1, 1), "{journal:?}"),
            Where::Unfinished | Where::HalfListed => assert_eq!((sending, unheard), (0, 0)),
            // The process does not stand still until it is dead.
            Where::Checking | Where::Between(_) => assert!(sending <= 1 && unheard <= sending),
        }
    }
}

/// What happens to the uploads of twenty, in this order; those that are sent again count.
const TRICKS: [Trick; 22] = [
    Trick::Nothing,
    Trick::Cut(500),
    Trick::Nothing,
    Trick::Cut(1),
    Trick::Cut(999),
    Trick::Nothing,
    Trick::LateBefore,
    Trick::Nothing,
    Trick::LateAfter,
    Trick::Repeated,
    Trick::RepeatAnswered,
    Trick::Office(FaultKind::LostAfter),
    Trick::Nothing,
    Trick::Office(FaultKind::LostBefore),
    Trick::Cut(750),
    Trick::Office(FaultKind::LostAfter),
    Trick::Nothing,
    Trick::Office(FaultKind::Truncated),
    Trick::Office(FaultKind::ServerError),
    Trick::Nothing,
    Trick::Office(FaultKind::Reset),
    Trick::LateAfter,
];

#[test]
fn a_process_that_is_killed_again_and_again_issues_every_row_once() {
    let rows = setting("BULK_ROWS", 50_000);
    let kills = setting("BULK_KILLS", 6);
    // At least a hundred uploads of a million rows.
    let rows_per_upload = if rows >= 1_000_000 { 9_900 } else { rows / 20 };
    let uploads = rows.div_ceil(rows_per_upload);
    let rounds = uploads / 20;
    let folder = Folder::new("bulk");
    let file = folder.path("rewards.csv");
    let asked = write_file(&file, rows).unwrap();
    let runtime = runtime();
    let mock = runtime.block_on(mock());
    for (message, kind, times) in [
        ("miles-ask-registrations", FaultKind::Html, 1),
        ("miles-ask-registration", FaultKind::Html, 2),
        ("miles-ask-registration", FaultKind::LostAfter, 2),
        ("miles-ask-errors", FaultKind::Truncated, 2),
    ] {
        fault(&mock, message, kind, times);
    }
    let (say, heard) = channel();
    let tell = say.clone();
    let tricks = (0..rounds).flat_map(|_| TRICKS);
    let proxy = runtime
        .block_on(Between::start(
            (mock.admin(), mock.address()),
            tricks,
            STEP,
            move |told| tell.send(Heard::Proxy(told)).unwrap(),
        ))
        .unwrap();
    let issuer = Issuer {
        db: folder.path("journal.db"),
        file,
        url: proxy.url(),
        rows_per_upload,
    };
    let mut bench = Bench {
        issuer,
        mock,
        proxy,
        heard,
        say,
        dice: Dice(4),
        pace: (uploads / kills).max(1),
    };
    for kill in 0..kills {
        let at = Where::of(kill, kills, uploads);
        let hit = (0..5).find_map(|_| bench.kill(&runtime, at));
        println!("kill {}: {}", kill + 1, hit.unwrap());
    }
    let (issuer, mock) = (&bench.issuer, &bench.mock);
    let mut end = issuer.to_its_end();
    // A run gives up on a network that stays bad, and goes on when it is called again.
    for _ in 0..5 {
        if end.state == "waiting" {
            end = issuer.to_its_end();
        }
    }
    let counts = bench.proxy.counts();
    println!("{uploads} uploads, {kills} kills: {end:?}");
    println!("{counts:?}");
    assert_all(&end, &asked);
    runtime.block_on(assert_books(mock, &asked));
    // Once more changes nothing.
    assert_all(&issuer.to_its_end(), &asked);
    runtime.block_on(assert_books(mock, &asked));
    runtime.block_on(assert_rows(mock, &asked));
    runtime.block_on(another_file(issuer, &folder));

    assert_eq!(bench.proxy.wrong(), [""; 0]);
    let office = runtime.block_on(mock.admin().miles()).unwrap();
    assert_eq!((office.registrations, office.waiting_files), (uploads, 0));
    // Each trick did what it is for.
    assert_eq!((counts.tricks_left, counts.held), (0, 0));
    assert_eq!(counts.cut, 4 * rounds);
    assert_eq!(
        (counts.late_before, counts.late_after),
        (rounds, 2 * rounds)
    );
    assert_eq!(counts.repeated, 2 * rounds);
    // Uploads had to be waited for, as many at a time as there may be.
    assert!(counts.unfinished >= uploads / 4, "{counts:?}");
    assert_eq!(counts.most_waiting, 4);
}

/// Another file under the same batch id is refused, and sends nothing.
async fn another_file(issuer: &Issuer, folder: &Folder) {
    let path = folder.path("other.csv");
    write_file(&path, 10).unwrap();
    let client = issuer.client().await;
    let request = BatchRequest::new("BULK-1", CAMPAIGN, UploadKind::Mail)
        .with_rows_per_upload(issuer.rows_per_upload);
    let error = issue(&client, &request, std::fs::read(&path).unwrap())
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        ("conflict", Some("file"))
    );
    let batch = client.miles().batch("BULK-1").await.unwrap();
    assert_eq!(batch.phase, BatchPhase::Done);
}

/// A proxy that only moves the mock's clock.
async fn plain(mock: &Mock) -> Between {
    let office = (mock.admin(), mock.address());
    Between::start(office, [], STEP, |_| {}).await.unwrap()
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let largest = setting("BULK_ROWS", 50_000);
    let sizes: Vec<u64> = [10_000, 100_000, 1_000_000]
        .into_iter()
        .filter(|size| *size < largest)
        .chain([largest])
        .collect();
    let folder = Folder::new("bulk-memory");
    let runtime = runtime();
    let mut peaks = Vec::new();
    for size in sizes {
        let mock = runtime.block_on(mock());
        let proxy = runtime.block_on(plain(&mock));
        let file = folder.path(&format!("{size}.csv"));
        let asked = write_file(&file, size).unwrap();
        let issuer = Issuer {
            db: folder.path(&format!("{size}.db")),
            file,
            url: proxy.url(),
            rows_per_upload: 10_000,
        };
        let end = issuer.to_its_end();
        assert_all(&end, &asked);
        let (counts, uploads) = (proxy.counts(), size.div_ceil(10_000));
        assert!(counts.unfinished >= uploads.div_ceil(4), "{counts:?}");
        assert_eq!(counts.most_waiting, uploads.min(4));
        assert_eq!(proxy.wrong(), [""; 0]);
        println!("{size} rows: at most {} KiB", end.peak_kib);
        peaks.push(end.peak_kib);
    }
    let (first, last) = (peaks[0], peaks[peaks.len() - 1]);
    // Until ten thousand rows, one upload is in memory; beyond, the one that is made and the one that is sent.
    assert!(last * 10 <= first * 12, "{peaks:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_stop_everything_or_are_left_out() {
    let mock = processing(0).await;
    let client = client(mock.url());
    let file = b"u0000001@crowd.example,K1,100\r\nnobody,K2,100\r\nu0000003@crowd.example,K3,\"1,000\"\r\nu0000004@crowd.example,K4,200\r\n";
    let request = BatchRequest::new("B-1", CAMPAIGN, UploadKind::Mail);
    let error = issue(&client, &request, file.to_vec()).await.unwrap_err();
    assert_eq!(error.code(), "malformed");
    let faults = std::error::Error::source(&error).unwrap();
    let faults = faults.downcast_ref::<FileFaults>().unwrap();
    assert_eq!(faults.count(), 2);
    assert_eq!(mock.admin().miles().await.unwrap().registrations, 0);
    assert_eq!(
        client.miles().batch("B-1").await.unwrap_err().code(),
        "unknown_order"
    );

    let request = request.leaving_out_faulty_rows();
    let (report, faults, refused) = issue(&client, &request, file.to_vec()).await.unwrap();
    assert_eq!(
        (report.state, report.issued, report.left_out),
        (BatchState::Done, 2, 2)
    );
    assert_eq!(report.miles_issued.get(), 300);
    assert_eq!(faults.lines().count(), 3);
    assert_eq!(refused.lines().count(), 1);

    // The same bytes again next month are another batch.
    let next = BatchRequest::new("B-2", CAMPAIGN, UploadKind::Mail).leaving_out_faulty_rows();
    let (report, ..) = issue(&client, &next, file.to_vec()).await.unwrap();
    assert_eq!(report.issued, 2);
    assert_eq!(mock.admin().miles().await.unwrap().issuances, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_refused_at_the_door_can_go_on() {
    let mock = processing(0).await;
    let client = client(mock.url());
    let file = b"u0000001@crowd.example,K1,100\r\n".to_vec();
    let request = BatchRequest::new("B-1", "99999", UploadKind::Mail);
    let (report, ..) = issue(&client, &request, file).await.unwrap();
    assert_eq!(report.state, BatchState::Refused);
    assert_eq!(report.rejection.unwrap().table(), Some("api"));
    assert_eq!(
        client.miles().batch("B-1").await.unwrap().phase,
        BatchPhase::Running
    );
}

/// Another content each time that it is opened.
struct Changing(std::sync::atomic::AtomicBool);

impl netmile::client::BatchSource for Changing {
    fn open(&self) -> std::io::Result<Box<dyn std::io::Read + Send>> {
        let again = self.0.swap(true, std::sync::atomic::Ordering::SeqCst);
        let miles = if again { "500" } else { "100" };
        let text = format!("u0000001@crowd.example,K1,{miles}\r\n");
        Ok(Box::new(std::io::Cursor::new(text)))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_checked_is_not_sent() {
    let mock = processing(0).await;
    let client = client(mock.url());
    let request = BatchRequest::new("B-1", CAMPAIGN, UploadKind::Mail);
    let (mut faults, mut refused) = (Vec::new(), Vec::new());
    let files = BatchFiles {
        faults: &mut faults,
        refused: &mut refused,
        lang: netmile::Lang::En,
    };
    let source = Changing(std::sync::atomic::AtomicBool::new(false));
    let error = client
        .miles()
        .issue_file(&request, &source, files, &mut |_| {})
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        ("conflict", Some("file"))
    );
    assert_eq!(mock.admin().miles().await.unwrap().registrations, 0);
    // The file that was checked goes on.
    let file = b"u0000001@crowd.example,K1,100\r\n".to_vec();
    let (report, ..) = issue(&client, &request, file).await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_may_be_corrected_as_long_as_nothing_was_taken() {
    let mock = processing(0).await;
    let client = client(mock.url());
    let file = b"u0000001@crowd.example,K1,100\r\n".to_vec();
    let wrong = BatchRequest::new("B-1", "99999", UploadKind::Mail);
    let (report, ..) = issue(&client, &wrong, file.clone()).await.unwrap();
    assert_eq!(report.state, BatchState::Refused);
    let right = BatchRequest::new("B-1", CAMPAIGN, UploadKind::Mail);
    let (report, ..) = issue(&client, &right, file.clone()).await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 1));
    let error = issue(&client, &wrong, file).await.unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        ("conflict", Some("settings"))
    );
    let uploads = client.miles().uploads("B-1", 1, 10).await.unwrap();
    assert_eq!((uploads.len(), uploads[0].rows), (1, 1));
}

type Issued = (BatchReport, String, String);

async fn issue(client: &Client, request: &BatchRequest, file: Vec<u8>) -> netmile::Result<Issued> {
    let (mut faults, mut refused) = (Vec::new(), Vec::new());
    let files = BatchFiles {
        faults: &mut faults,
        refused: &mut refused,
        lang: netmile::Lang::En,
    };
    let report = client
        .miles()
        .issue_file(request, &file, files, &mut |_| {})
        .await?;
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ok((report, text(faults), text(refused)))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}
