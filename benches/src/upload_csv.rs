//! Rows of an upload that are read and checked by all rules per second, against the bare `csv` crate with typed serde
//! deserialisation, which checks nothing but that the miles are a number, and against Python's csv module.
//!
//! The crate has two typed ways: into `String` fields, and into fields borrowed from one record that is used again, which is
//! faster. Both are measured, and the promised ratio has to hold against the faster one.
//!
//! All in one run, over the same file, best of several rounds in which all of them take their turn. Prints a table in
//! Markdown and ends with 1 below the promised ratios. Beside them, and without a promise: what netmile makes of the same
//! rows with all cells in quotes, and with a fault in each row.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Instant;

use netmile::Miles;
use netmile::miles::IssueRule;
use netmile::miles::file::{Checked, UploadEnd, UploadKind, UploadReader, UploadRules};

const ROWS: u64 = 1_000_000;
const ROUNDS: usize = 7;

/// Least ratio to the csv crate's typed speed, whichever of its ways is faster.
const TO_CSV: f64 = 0.5;

/// Least ratio to Python's csv module.
const TO_PYTHON: f64 = 3.0;

/// Bytes that are fed at a time, as from a file.
const PIECE: usize = 64 * 1024;

#[derive(serde::Deserialize)]
struct Typed {
    user: String,
    key: String,
    miles: u64,
}

#[derive(serde::Deserialize)]
struct Borrowed<'a> {
    user: &'a str,
    key: &'a str,
    miles: u64,
}

/// All rows, with a quotation mark or nothing around each cell, and what the designated keys begin with.
fn file(quote: &str, key: &str) -> String {
    let mut file = String::new();
    for row in 1..=ROWS {
        let _ = write!(
            file,
            "{quote}customer.{row:07}@mail{}.example.jp{quote},{quote}{key}{row:08}{quote},{quote}{}{quote}\r\n",
            row % 97,
            10 + row % 491
        );
    }
    file
}

fn ours(file: &[u8]) -> u64 {
    let end = read(file);
    assert!(end.is_clean() && end.rows == ROWS);
    end.miles.get()
}

/// Reads a file in which every row has a fault.
fn refused(file: &[u8]) -> u64 {
    let end = read(file);
    assert!(end.faulty_rows == ROWS && end.faults == ROWS);
    end.miles.get()
}

fn read(file: &[u8]) -> UploadEnd {
    let rule = IssueRule::Variable {
        min: Miles::new(10),
        max: Miles::new(500),
    };
    let rules = UploadRules::new(UploadKind::Mail)
        .of_any_size()
        .with_rule(rule);
    let mut reader = UploadReader::new(rules);
    let mut take = |checked: Checked<'_>| match checked {
        Checked::Row(row) => {
            black_box((row.user, row.key));
        }
        Checked::Faulty(row) => {
            black_box(row.faults);
        }
    };
    for piece in file.chunks(PIECE) {
        reader.feed(piece, &mut take);
    }
    reader.finish(&mut take)
}

fn typed(file: &[u8]) -> u64 {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file);
    let rows = reader.deserialize::<Typed>().map(|row| {
        let row = row.expect("a row");
        black_box((&row.user, &row.key));
        row.miles
    });
    rows.sum()
}

fn borrowed(file: &[u8]) -> u64 {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file);
    let mut record = csv::StringRecord::new();
    let mut sum = 0;
    while reader.read_record(&mut record).expect("a record") {
        let row: Borrowed<'_> = record.deserialize(None).expect("a row");
        black_box((row.user, row.key));
        sum += row.miles;
    }
    sum
}

/// Rows per second and sum of miles of each reader. They take turns, so that other work on the machine meets all alike.
fn best<const N: usize>(file: &[u8], readers: [fn(&[u8]) -> u64; N]) -> [(f64, u64); N] {
    let mut found = [(f64::INFINITY, 0); N];
    for _ in 0..ROUNDS {
        for (read, (fastest, sum)) in readers.iter().zip(&mut found) {
            let start = Instant::now();
            *sum = read(black_box(file));
            *fastest = fastest.min(start.elapsed().as_secs_f64());
        }
    }
    found.map(|(seconds, sum)| (ROWS as f64 / seconds, sum))
}

/// Rows that Python reads per second; it converts the miles and checks nothing. Its version, too.
fn python(path: &std::path::Path) -> Option<(f64, u64, String)> {
    const SCRIPT: &str = "
import csv, sys, time
best = float('inf')
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    with open(sys.argv[1], encoding='cp932', newline='') as file:
        rows = total = 0
        for user, key, miles in csv.reader(file):
            rows += 1
            total += int(miles)
    best = min(best, time.perf_counter() - start)
print(rows / best, total, sys.version.split()[0])
";
    let output = Command::new("python3")
        .args(["-c", SCRIPT])
        .arg(path)
        .arg(ROUNDS.to_string())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut words = text.split_whitespace();
    let rate = words.next()?.parse().ok()?;
    let sum = words.next()?.parse().ok()?;
    Some((rate, sum, words.next()?.to_owned()))
}

/// A number with thousands separators.
fn grouped(rate: f64) -> String {
    let digits = format!("{rate:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn main() -> ExitCode {
    let (file, quoted, faulty) = (file("", "C"), file("\"", "C"), file("", "C-"));
    let path = std::env::temp_dir().join(format!("netmile-bench-{}.csv", std::process::id()));
    std::fs::write(&path, &file).expect("a temporary file");
    let [(quoted, quoted_sum)] = best(quoted.as_bytes(), [ours]);
    let [(faulty, faulty_sum)] = best(faulty.as_bytes(), [refused]);
    let [(ours, sum), (owned, owned_sum), (borrowed, borrowed_sum)] =
        best(file.as_bytes(), [ours, typed, borrowed]);
    let python = python(&path);
    let _ = std::fs::remove_file(&path);
    let Some((python, python_sum, version)) = python else {
        eprintln!("python3 did not run");
        return ExitCode::FAILURE;
    };
    assert!([owned_sum, borrowed_sum, python_sum, quoted_sum] == [sum; 4] && faulty_sum == 0);
    println!(
        "| {} rows of {} bytes, best of {ROUNDS} rounds | rows per second | netmile's ratio to it | promised |",
        grouped(ROWS as f64),
        file.len() as u64 / ROWS
    );
    let named = format!("Python {version}, csv module");
    println!("|---|---|---|---|");
    for (name, rate) in [
        ("netmile: read, and checked by all rules", ours),
        ("netmile: the same with all cells in quotes", quoted),
        ("netmile: the same with a fault in each row", faulty),
    ] {
        println!("| {name} | {} | | |", grouped(rate));
    }
    for (name, rate, promised) in [
        ("csv crate, typed, borrowed fields", borrowed, TO_CSV),
        ("csv crate, typed, `String` fields", owned, TO_CSV),
        (named.as_str(), python, TO_PYTHON),
    ] {
        let (rate, ratio) = (grouped(rate), ours / rate);
        println!("| {name} | {rate} | {ratio:.2} | {promised} |");
    }
    if ours / borrowed.max(owned) >= TO_CSV && ours / python >= TO_PYTHON {
        ExitCode::SUCCESS
    } else {
        eprintln!("below what is promised");
        ExitCode::FAILURE
    }
}
