//! The simulation can fail: each planted defect is found, by a promise that it breaks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use netmile::planted::Defect;
use netmile_simulation::drop_flow::{self, Mistake};
use netmile_simulation::world::Invariant;
use netmile_simulation::{hunt, run};

const WITHIN: u64 = 10_000;

/// The promises that a defect breaks.
fn broken_by(defect: Defect) -> &'static [Invariant] {
    use Invariant as I;
    match defect {
        Defect::BlindRetry => &[I::NoBlindRetry, I::NoDoubleCharge],
        Defect::NewIdPerRetry => &[I::JournalFirst, I::NoDoubleCharge, I::NoLostPayment],
        Defect::JournalAfterSend => &[I::JournalFirst],
        Defect::AmountNotChecked => &[I::NoPhantomSuccess],
        // What is dead seems alive as well, so that nobody ends it.
        Defect::WindowFlipped => &[I::NoLostPayment, I::NoNeedlessReview, I::EndsInTime],
        Defect::ReplayGuardOff => &[I::AppliedOnce],
        Defect::CancelTakenForRefund => &[I::RefundsEqual],
        Defect::JitterZero => &[I::RetriesSpread],
        Defect::PeriodBilledTwice => &[I::NoDoubleCharge],
        // What is told without being written down is told again.
        Defect::NoticeBeforeCommit => &[I::ToldFromJournal, I::NoPhantomSuccess, I::AppliedOnce],
        Defect::NewTranIdPerRetry => &[I::JournalFirst, I::IssuedOnce],
        Defect::MissingIsRefused => &[I::NoMilesLost, I::IssuedOnce, I::NoPointsLost],
        Defect::MilesNotChecked => &[I::NoPhantomSuccess],
        Defect::CreditOnUnknown => &[I::NoMilesLost, I::NoPointsLost],
        Defect::UnconfirmedIsDebited => &[I::NoPointsLost],
        Defect::RefusalNotTold => &[I::NoPointsLost, I::EndsInTime],
        Defect::MonthNotRecorded => &[I::NoLostPayment],
        Defect::PartTakenForAnother => &[I::RefundsEqual],
        Defect::SurplusForgotten => &[I::NoLostPayment],
        Defect::NoticeNotDoubted => &[I::NoNeedlessReview],
    }
}

#[test]
fn planted_defects_are_found_and_the_same_seeds_are_clean_without_them() {
    println!("| defect | found in flow | by the promise |");
    println!("|---|---|---|");
    for defect in Defect::ALL {
        let found = hunt(defect, 0..WITHIN)
            .unwrap_or_else(|| panic!("{defect:?} was not found in {WITHIN} flows"));
        let by = found.violations[0].invariant;
        println!("| {defect:?} | {} | {} |", found.seed + 1, by.name());
        assert!(broken_by(defect).contains(&by), "{defect:?}: {by:?}");
        for seed in 0..=found.seed {
            let honest = run(seed, false).violations;
            assert!(honest.is_empty(), "{defect:?}, seed {seed}: {honest:?}");
        }
    }
}

#[test]
fn a_shop_that_keeps_its_books_otherwise_than_the_guide_says_is_found() {
    for mistake in Mistake::ALL {
        let found = (0..5_000)
            .map(|seed| drop_flow::with_mistake(Some(mistake), seed, false))
            .find(|report| !report.violations.is_empty())
            .unwrap_or_else(|| panic!("{mistake:?} was not found"));
        let by = found.violations[0].invariant;
        println!("{mistake:?}: flow {}, {}", found.seed + 1, by.name());
        let expected = [
            Invariant::IssuedOnce,
            Invariant::NoPointsLost,
            Invariant::NoMilesLost,
            Invariant::NoNonsense,
        ];
        assert!(expected.contains(&by), "{mistake:?}: {by:?}");
    }
}
