//! A hundred thousand flows keep every promise, and every kind of fault is among them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::time::Instant;

use netmile_simulation::{drop_flow, range, run};

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

/// Beyond the first hundred thousand: flows in which a million once broke a promise. A change of the dice makes others of
/// them; they are cheap.
const ONCE_BROKEN: [u64; 11] = [
    156_043, 188_581, 269_249, 312_543, 385_311, 571_574, 752_643, 800_296, 853_139, 854_559,
    974_627,
];

#[test]
fn what_a_million_flows_once_broke_is_kept() {
    for seed in ONCE_BROKEN {
        let report = run(seed, false);
        assert!(
            report.violations.is_empty(),
            "seed {seed}: {:#?}",
            report.violations
        );
    }
}

/// Flows through the hosted drop alone; the others above have some of them too.
const DROPS: u64 = 5_000;

#[test]
fn no_point_is_lost_or_doubled_in_the_hosted_drop() {
    let (mut faults, mut settled, mut points) = (0, 0, 0);
    for seed in 0..DROPS {
        let report = drop_flow::run(seed, false);
        let violations = &report.violations;
        assert!(violations.is_empty(), "seed {seed}: {violations:#?}");
        faults += report
            .faults
            .values()
            .map(|times| u64::from(*times))
            .sum::<u64>();
        settled += report.miles.deposited;
        points += report.miles.points;
        assert_eq!(report.miles.points * 2, report.miles.exchanged);
    }
    println!("{DROPS} flows, {faults} faults, {points} points in {settled} deposits");
    assert!(faults > 10 * DROPS && settled > DROPS);
}
