//! Rows of an upload that are read and checked by all rules per second, against the bare `csv` crate with typed serde
//! deserialisation, which checks nothing but that the miles are a number, and against Python's csv module.
//!
//! All in one process's run, over the same file, best of several rounds. Ends with 1 below the promised ratios.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Instant;

use netmile::Miles;
use netmile::miles::MileRule;
use netmile::miles::file::{Checked, UploadKind, UploadReader, UploadRules};

const ROWS: u64 = 1_000_000;
const ROUNDS: usize = 7;

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

fn file() -> String {
    let mut file = String::new();
    for row in 1..=ROWS {
        let _ = write!(
            file,
            "customer.{row:07}@mail{}.example.jp,C{row:08},{}\r\n",
            row % 97,
            10 + row % 491
        );
    }
    file
}

fn ours(file: &[u8]) -> u64 {
    let rule = MileRule::Variable {
        min: Miles::new(10),
        max: Miles::new(500),
    };
    let rules = UploadRules::new(UploadKind::Mail)
        .of_any_size()
        .with_rule(rule);
    let mut reader = UploadReader::new(rules);
    let mut take = |checked: Checked<'_>| {
        if let Checked::Row(row) = checked {
            black_box((row.user, row.key));
        }
    };
    for piece in file.chunks(PIECE) {
        reader.feed(piece, &mut take);
    }
    let end = reader.finish(&mut take);
    assert!(end.is_clean() && end.rows == ROWS);
    end.miles.get()
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

fn best(file: &[u8], read: fn(&[u8]) -> u64) -> (f64, u64) {
    let mut fastest = f64::INFINITY;
    let mut sum = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        sum = read(black_box(file));
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    (ROWS as f64 / fastest, sum)
}

/// Rows that Python reads per second; it converts the miles and checks nothing.
fn python(path: &std::path::Path) -> Option<(f64, u64)> {
    const SCRIPT: &str = "
import csv, sys, time
best = float('inf')
for _ in range(3):
    start = time.perf_counter()
    with open(sys.argv[1], encoding='cp932', newline='') as file:
        rows = total = 0
        for user, key, miles in csv.reader(file):
            rows += 1
            total += int(miles)
    best = min(best, time.perf_counter() - start)
print(rows / best, total)
";
    let output = Command::new("python3")
        .args(["-c", SCRIPT])
        .arg(path)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (rate, sum) = text.trim().split_once(' ')?;
    Some((rate.parse().ok()?, sum.parse().ok()?))
}

fn main() -> ExitCode {
    let file = file();
    let path = std::env::temp_dir().join(format!("netmile-bench-{}.csv", std::process::id()));
    std::fs::write(&path, &file).expect("a temporary file");
    let (ours, sum) = best(file.as_bytes(), ours);
    let (typed, typed_sum) = best(file.as_bytes(), typed);
    let (borrowed, borrowed_sum) = best(file.as_bytes(), borrowed);
    let python = python(&path);
    let _ = std::fs::remove_file(&path);
    let Some((python, python_sum)) = python else {
        eprintln!("python3 did not run");
        return ExitCode::FAILURE;
    };
    assert!(sum == typed_sum && sum == borrowed_sum && sum == python_sum);
    println!(
        "rows per second, {ROWS} rows of {} bytes",
        file.len() as u64 / ROWS
    );
    for (name, rate) in [
        ("netmile: read and checked", ours),
        ("csv crate, typed (String fields)", typed),
        ("csv crate, typed (borrowed fields)", borrowed),
        ("Python's csv module", python),
    ] {
        println!("  {name:36} {rate:>12.0}");
    }
    let (to_csv, to_borrowed, to_python) = (ours / typed, ours / borrowed, ours / python);
    println!("  netmile / csv crate, typed (String)   {to_csv:>6.2}  (promised: 0.5)");
    println!("  netmile / csv crate, typed (borrowed) {to_borrowed:>6.2}");
    println!("  netmile / Python                      {to_python:>6.2}  (promised: 3)");
    if to_csv >= 0.5 && to_python >= 3.0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
