//! A file of many rows against the real mock, with faults and with `kill -9`: miles in = miles out, no row twice, constant
//! memory. `make test` takes 50,000 rows; `make bulk` a million (`BULK_ROWS`, `BULK_KILLS`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use netmile::client::{BatchFiles, Client};
use netmile::engine::MemoryJournal;
use netmile::miles::batch::{BatchPhase, BatchReport, BatchRequest, BatchState};
use netmile::miles::file::{FileFaults, UploadKind};
use netmile::schedule::YearMonth;
use netmile_journal_sql::SqlJournal;
use netmile_mock::faults::{FaultKind, FaultRule};
use netmile_mock::{Mock, Options, Scenario};
use netmile_tests::miles::{Asked, CAMPAIGN, site, write_file};

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

async fn mock() -> Mock {
    let mut scenario = Scenario::demo();
    scenario.office.crowd = 9_999_999;
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

    /// Kills it after so many lines of progress; false when it ended before.
    fn killed_after(&self, lines: u64) -> bool {
        let mut child = self.start();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        for _ in 0..lines {
            match out.next() {
                Some(Ok(line)) if line.starts_with("progress") => {}
                other => {
                    println!("ended early: {other:?}");
                    child.wait().unwrap();
                    return false;
                }
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        true
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
    let now = netmile::time::Clock::now(&netmile::time::SystemClock).jst_date();
    let month = YearMonth::new(now.year(), now.month().unsigned_abs()).unwrap();
    let bill = client.miles().bill(month).await.unwrap();
    assert_eq!(bill.total.issued.get(), asked.miles);
}

fn client(url: &str) -> Client {
    Client::builder()
        .site(site(url).unwrap())
        .journal(Arc::new(MemoryJournal::new()))
        .build()
        .unwrap()
}

#[test]
fn a_process_that_is_killed_again_and_again_issues_every_row_once() {
    let rows = setting("BULK_ROWS", 50_000);
    let kills = setting("BULK_KILLS", 6);
    // At least a hundred uploads of a million rows.
    let rows_per_upload = if rows >= 1_000_000 { 9_900 } else { rows / 20 };
    let uploads = rows.div_ceil(rows_per_upload);
    let folder = Folder::new("bulk");
    let file = folder.path("rewards.csv");
    let asked = write_file(&file, rows).unwrap();
    let runtime = runtime();
    let mock = runtime.block_on(mock());
    for (message, kind, times) in [
        ("miles-file", FaultKind::LostAfter, 2),
        ("miles-file", FaultKind::LostBefore, 2),
        ("miles-file", FaultKind::Truncated, 2),
        ("miles-file", FaultKind::ServerError, 1),
        ("miles-file", FaultKind::Reset, 1),
        ("miles-ask-registrations", FaultKind::Html, 1),
        ("miles-ask-registration", FaultKind::Html, 2),
        ("miles-ask-registration", FaultKind::LostAfter, 2),
        ("miles-ask-errors", FaultKind::Truncated, 2),
    ] {
        fault(&mock, message, kind, times);
    }
    let issuer = Issuer {
        db: folder.path("journal.db"),
        file,
        url: mock.url().to_owned(),
        rows_per_upload,
    };
    let mut killed = 0;
    for kill in 0..kills {
        // Two lines for each upload; the first kill comes while the file is checked. A run that ends before gave up on the
        // network.
        let lines = kill * uploads * 2 / kills;
        killed += u64::from((0..5).any(|_| issuer.killed_after(lines)));
    }
    assert_eq!(killed, kills);
    let mut end = issuer.to_its_end();
    // A run gives up on a network that stays bad, and goes on when it is called again.
    for _ in 0..5 {
        if end.state == "waiting" {
            end = issuer.to_its_end();
        }
    }
    println!("{uploads} uploads, {killed} kills: {end:?}");
    assert_all(&end, &asked);
    runtime.block_on(assert_books(&mock, &asked));
    // Once more changes nothing.
    assert_all(&issuer.to_its_end(), &asked);
    runtime.block_on(assert_books(&mock, &asked));
    runtime.block_on(another_file(&issuer, &folder));
}

/// Another file under the same batch id is refused, and sends nothing.
async fn another_file(issuer: &Issuer, folder: &Folder) {
    let path = folder.path("other.csv");
    write_file(&path, 10).unwrap();
    let journal = format!("sqlite://{}", issuer.db.display());
    let journal = SqlJournal::connect(&journal);
    let client = Client::builder()
        .site(site(&issuer.url).unwrap())
        .journal(Arc::new(journal.await.unwrap()))
        .build()
        .unwrap();
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
        let file = folder.path(&format!("{size}.csv"));
        let asked = write_file(&file, size).unwrap();
        let issuer = Issuer {
            db: folder.path(&format!("{size}.db")),
            file,
            url: mock.url().to_owned(),
            rows_per_upload: 10_000,
        };
        let end = issuer.to_its_end();
        assert_all(&end, &asked);
        println!("{size} rows: at most {} KiB", end.peak_kib);
        peaks.push(end.peak_kib);
    }
    let (first, last) = (peaks[0], peaks[peaks.len() - 1]);
    // Until ten thousand rows, one upload is in memory; beyond, the one that is made and the one that is sent.
    assert!(last * 10 <= first * 12, "{peaks:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_stop_everything_or_are_left_out() {
    let mock = mock().await;
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
    let mock = mock().await;
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
    let mock = mock().await;
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
    let mock = mock().await;
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
