//! A merchant's process that issues a file and is killed while it does.
//!
//! `issuer DB MOCK FILE BATCH ROWS_PER_UPLOAD`: prints a line for each piece of progress while it checks and while it
//! issues, and at the end one with what became of the rows and its largest memory. Its pauses are short.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use netmile::Client;
use netmile::client::{BatchFiles, FileOnDisk};
use netmile::engine::{Timer, TokioTimer};
use netmile::miles::batch::{BatchProgress, BatchRequest, Stage};
use netmile::miles::file::UploadKind;
use netmile_journal_sql::SqlJournal;
use netmile_tests::miles::{CAMPAIGN, site};

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        [db, mock, file, batch, rows] => issue(db, mock, file, batch, rows).await,
        _ => Err("see the source for the arguments".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn issue(
    db: &str,
    mock: &str,
    file: &str,
    batch: &str,
    rows: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let journal = SqlJournal::connect(&format!("sqlite://{db}")).await?;
    let client = Client::builder()
        .site(site(mock)?)
        .journal(Arc::new(journal))
        .timer(Arc::new(Hurried))
        .build()?;
    let request =
        BatchRequest::new(batch, CAMPAIGN, UploadKind::Mail).with_rows_per_upload(rows.parse()?);
    let (mut faults, mut refused) = (std::io::sink(), Lines::default());
    let mut tell = |told: &BatchProgress| {
        // Whoever kills this process counts the lines.
        let mut out = std::io::stdout();
        let _ = match told.stage {
            Stage::Checking => writeln!(out, "checking {}", told.rows),
            Stage::Issuing => writeln!(out, "progress {} {}", told.uploaded, told.finished),
        };
        let _ = out.flush();
    };
    let files = BatchFiles {
        faults: &mut faults,
        refused: &mut refused,
        lang: netmile::Lang::En,
    };
    let source = FileOnDisk(file.into());
    let report = client
        .miles()
        .issue_file(&request, &source, files, &mut tell)
        .await?;
    println!(
        "end {} {} {} {} {} {} {} {}",
        report.state.name(),
        report.rows,
        report.issued,
        report.refused,
        report.miles_issued.get(),
        report.miles_refused.get(),
        refused.0.saturating_sub(1),
        peak_kib(),
    );
    Ok(())
}

/// Waits a twentieth of the time, except for what bounds a whole call.
struct Hurried;

#[async_trait]
impl Timer for Hurried {
    async fn sleep(&self, duration: Duration) {
        let is_bound = duration >= Duration::from_secs(60);
        let of = if is_bound { 1 } else { 20 };
        TokioTimer.sleep(duration / of).await;
    }
}

/// Counts lines.
#[derive(Default)]
struct Lines(u64);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The largest memory of this process so far, in KiB; 0 where the system does not tell.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB")?.trim().parse().ok())
        .unwrap_or(0)
}
