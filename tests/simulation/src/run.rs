//! Many flows, on several threads.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use netmile::planted::{self, Defect};

use crate::flow::{Report, run};
use crate::tally::Tally;

/// Flows that a thread takes at once.
const CHUNK: u64 = 64;

/// Runs the flows of a range of seeds. `told` is called now and then with how many are done.
#[must_use]
pub fn range(seeds: Range<u64>, threads: usize, told: &(dyn Fn(u64) + Sync)) -> Tally {
    chosen(seeds, threads, &|_| true, told)
}

/// Runs the flows of those seeds of a range that are wanted. `told` as in [`range`]; it counts all.
#[must_use]
pub fn chosen(
    seeds: Range<u64>,
    threads: usize,
    wanted: &(dyn Fn(u64) -> bool + Sync),
    told: &(dyn Fn(u64) + Sync),
) -> Tally {
    let next = AtomicU64::new(seeds.start);
    let done = AtomicU64::new(0);
    let total = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let mut own = Tally::default();
                loop {
                    let from = next.fetch_add(CHUNK, Ordering::SeqCst);
                    if from >= seeds.end {
                        break;
                    }
                    for seed in (from..seeds.end.min(from + CHUNK)).filter(|seed| wanted(*seed)) {
                        own.add(&run(seed, false));
                    }
                    let chunk = CHUNK.min(seeds.end - from);
                    told(done.fetch_add(chunk, Ordering::SeqCst) + chunk);
                }
                if let Ok(mut total) = total.lock() {
                    total.merge(&own);
                }
            });
        }
    });
    total.into_inner().unwrap_or_default()
}

/// Runs one flow with a defect planted.
#[must_use]
pub fn with_defect(defect: Defect, seed: u64, keep_trace: bool) -> Report {
    planted::set(Some(defect));
    let report = run(seed, keep_trace);
    planted::set(None);
    report
}

/// Looks for a flow that finds a planted defect; the first seed that does, and how many flows it took.
#[must_use]
pub fn hunt(defect: Defect, seeds: Range<u64>) -> Option<Report> {
    seeds
        .map(|seed| with_defect(defect, seed, false))
        .find(|report| !report.violations.is_empty())
}
