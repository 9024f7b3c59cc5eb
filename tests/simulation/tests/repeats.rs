//! A seed gives the same flow, byte for byte. That debug and release builds agree is shown by `digests.sh`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;

use netmile_simulation::{range, run};

#[test]
fn a_seed_repeats() {
    for seed in 0..60 {
        let (one, other) = (run(seed, true), run(seed, true));
        assert_eq!(one.trace, other.trace, "seed {seed}");
        assert_eq!(one.digest, other.digest, "seed {seed}");
        assert!(one.trace.contains(&format!("seed: {seed},")));
    }
}

#[test]
fn threads_change_nothing() {
    let one = range(0..500, 1, &|_| ());
    let many = range(0..500, 4, &|_| ());
    assert_eq!(one.digest, many.digest);
    assert_eq!(one.to_string(), many.to_string());
}

#[test]
fn seeds_differ() {
    let digests: BTreeSet<u64> = (0..300).map(|seed| run(seed, false).digest).collect();
    assert_eq!(digests.len(), 300);
}
