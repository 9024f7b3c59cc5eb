//! What a cheap call and a check of a hash cost in Rust itself: what `benches/languages/run.py` compares the other
//! languages with. The first argument names a file with a signed purchase notice.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use netmile::HashKey;
use netmile::contract::{Contract, Endpoints};
use netmile::exchange::{ExchangeRate, PointPrice};
use netmile::link::{self, MessageKind, RawMessage};

/// The key of the known answers.
const KEY: &str = "TESTHASHKEY0123456789abcdef0123456789abc";
const ROUNDS: usize = 100;
const ROUND: Duration = Duration::from_millis(7);

/// Processor time of this thread: whatever else the machine does takes its own.
fn used() -> Duration {
    let mut at = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `at` is a timespec of this thread.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut at) };
    assert_eq!(status, 0, "there is no clock of the thread");
    Duration::from_secs(at.tv_sec.unsigned_abs()) + Duration::from_nanos(at.tv_nsec.unsigned_abs())
}

/// Nanoseconds a call, of the best round.
fn best(mut call: impl FnMut() -> bool) -> Option<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let started = used();
        let mut calls = 0_u32;
        while used() - started < ROUND {
            for _ in 0..16 {
                if !black_box(call()) {
                    return None;
                }
            }
            calls += 16;
        }
        best = best.min((used() - started).as_secs_f64() * 1e9 / f64::from(calls));
    }
    Some(best)
}

fn measured(body: &[u8]) -> netmile::Result<(Option<f64>, Option<f64>)> {
    let endpoints = Endpoints::mock("http://127.0.0.1:1");
    let contract = Contract::netmile("99999", "001", HashKey::new(KEY)?, endpoints)?;
    let cheap = best(|| {
        PointPrice::new(black_box(1), black_box(1))
            .and_then(ExchangeRate::equal_value)
            .is_ok()
    });
    let hash = best(|| {
        let raw = RawMessage::form(body);
        link::parse(MessageKind::PurchaseNotice, &raw, |id| {
            (id == contract.id()).then_some(&contract)
        })
        .is_ok()
    });
    Ok((cheap, hash))
}

fn main() -> ExitCode {
    let body = std::env::args().nth(1).map(std::fs::read);
    let Some(Ok(body)) = body else {
        eprintln!("the first argument must name a file with a notice");
        return ExitCode::FAILURE;
    };
    match measured(&body) {
        Ok((Some(cheap), Some(hash))) => {
            println!("cheap {cheap:.1}\nhash {hash:.1}");
            ExitCode::SUCCESS
        }
        Ok(_) => {
            eprintln!("a call failed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
