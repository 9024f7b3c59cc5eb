//! A hundred thousand flows keep every promise, and every kind of fault is among them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::time::Instant;

use netmile_simulation::range;

/// `SIMULATION_FLOWS` says otherwise.
const FLOWS: u64 = 100_000;

#[test]
fn every_promise_is_kept_whatever_goes_wrong() {
    let flows = std::env::var("SIMULATION_FLOWS").map_or(FLOWS, |text| text.parse().unwrap());
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    let start = Instant::now();
    let tally = range(0..flows, threads, &|_| ());
    let took = start.elapsed().as_secs_f64();
    println!(
        "{flows} flows in {took:.1} s, {:.0} per second",
        flows as f64 / took
    );
    println!("{tally}");
    assert_eq!(tally.flows, flows);
    assert!(tally.broken.is_empty(), "{:#?}", tally.samples);
    let rare = tally.rare(10);
    assert!(rare.is_empty(), "in less than 1 % of the flows: {rare:?}");
}
