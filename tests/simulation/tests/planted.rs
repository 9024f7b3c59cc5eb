//! The simulation can fail: each planted defect is found.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use netmile::planted::Defect;
use netmile_simulation::{hunt, run};

const WITHIN: u64 = 10_000;

#[test]
fn ten_planted_defects_are_found_and_the_same_seeds_are_clean_without_them() {
    println!("| defect | flows until it was found | by the promise |");
    println!("|---|---|---|");
    for defect in Defect::ALL {
        let found = hunt(defect, 0..WITHIN)
            .unwrap_or_else(|| panic!("{defect:?} was not found in {WITHIN} flows"));
        let by = found.violations[0].invariant.name();
        println!("| {defect:?} | {} | {by} |", found.seed + 1);
        for seed in 0..=found.seed {
            let honest = run(seed, false).violations;
            assert!(honest.is_empty(), "{defect:?}, seed {seed}: {honest:?}");
        }
    }
}
