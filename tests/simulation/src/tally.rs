//! What many flows came to.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use crate::fault::Fault;
use crate::flow::Report;
use crate::plan::Way;
use crate::shop_book::Verdict;
use crate::world::Invariant;

/// Sums over flows.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Flows.
    pub flows: u64,
    /// Flows by what was paid with.
    pub ways: BTreeMap<Way, u64>,
    /// Flows that a fault hit.
    pub faults: BTreeMap<Fault, u64>,
    /// Verbs by how they ended.
    pub verdicts: BTreeMap<Verdict, u64>,
    /// Requests that shops sent.
    pub exchanges: u64,
    /// Charges that a person had to look at: sums of slips that were not what was asked.
    pub reviews: u64,
    /// Digest of all traces, whatever the order of the seeds.
    pub digest: u64,
    /// Broken promises: flows, and the smallest seed.
    pub broken: BTreeMap<Invariant, (u64, u64)>,
    /// The first flows that broke one, by seed: what was broken.
    pub samples: BTreeMap<u64, String>,
}

/// Broken flows of which the details are kept.
const SAMPLES: usize = 30;

impl Tally {
    /// Adds a flow.
    pub fn add(&mut self, report: &Report) {
        self.flows += 1;
        *self.ways.entry(report.way).or_default() += 1;
        for fault in report.faults.keys() {
            *self.faults.entry(*fault).or_default() += 1;
        }
        for (verdict, times) in &report.verdicts {
            *self.verdicts.entry(*verdict).or_default() += u64::from(*times);
        }
        self.exchanges += report.exchanges as u64;
        self.reviews += report.reviews as u64;
        self.digest = self.digest.wrapping_add(report.digest);
        if let Some(first) = report.violations.first() {
            let what = format!("{}: {}", first.invariant.name(), first.detail);
            self.keep(report.seed, what);
        }
        let mut invariants: Vec<_> = report.violations.iter().map(|v| v.invariant).collect();
        invariants.sort_unstable();
        invariants.dedup();
        for invariant in invariants {
            let entry = self.broken.entry(invariant).or_insert((0, report.seed));
            entry.0 += 1;
            entry.1 = entry.1.min(report.seed);
        }
    }

    fn keep(&mut self, seed: u64, what: String) {
        self.samples.insert(seed, what);
        if self.samples.len() > SAMPLES {
            self.samples.pop_last();
        }
    }

    /// Adds the sums of others.
    pub fn merge(&mut self, other: &Self) {
        self.flows += other.flows;
        self.exchanges += other.exchanges;
        self.reviews += other.reviews;
        self.digest = self.digest.wrapping_add(other.digest);
        for (key, value) in &other.ways {
            *self.ways.entry(*key).or_default() += value;
        }
        for (key, value) in &other.faults {
            *self.faults.entry(*key).or_default() += value;
        }
        for (key, value) in &other.verdicts {
            *self.verdicts.entry(*key).or_default() += value;
        }
        for (seed, what) in &other.samples {
            self.keep(*seed, what.clone());
        }
        for (key, (flows, seed)) in &other.broken {
            let entry = self.broken.entry(*key).or_insert((0, *seed));
            entry.0 += flows;
            entry.1 = entry.1.min(*seed);
        }
    }

    /// Faults that hit fewer flows than this, of 1000.
    #[must_use]
    pub fn rare(&self, per_mille: u64) -> Vec<Fault> {
        let hit = |fault: &Fault| self.faults.get(fault).copied().unwrap_or(0);
        let few = |fault: &Fault| hit(fault) * 1000 < self.flows * per_mille;
        Fault::ALL.into_iter().filter(few).collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: u64, of: u64| part as f64 * 100.0 / of.max(1) as f64;
        writeln!(f, "flows by method")?;
        for way in Way::ALL {
            let flows = self.ways.get(&way).copied().unwrap_or(0);
            writeln!(f, "  {:>6.2} %  {}", share(flows, self.flows), way.name())?;
        }
        let verbs = self.verdicts.values().sum();
        writeln!(
            f,
            "verdicts of {verbs} verbs over {} exchanges",
            self.exchanges
        )?;
        for verdict in Verdict::ALL {
            let times = self.verdicts.get(&verdict).copied().unwrap_or(0);
            writeln!(f, "  {:>6.2} %  {}", share(times, verbs), verdict.name())?;
        }
        writeln!(f, "flows that a fault hit")?;
        let mut line = String::new();
        for (number, fault) in Fault::ALL.into_iter().enumerate() {
            let flows = self.faults.get(&fault).copied().unwrap_or(0);
            write!(
                line,
                "  {:>6.2} %  {:<30}",
                share(flows, self.flows),
                fault.name()
            )?;
            if number % 2 == 1 {
                writeln!(f, "{}", line.trim_end())?;
                line.clear();
            }
        }
        if !line.is_empty() {
            writeln!(f, "{}", line.trim_end())?;
        }
        let odd = share(self.reviews, self.flows);
        writeln!(
            f,
            "{odd:.2} % of the flows need a person: another sum was deposited than asked"
        )?;
        write!(f, "digest {:016x}", self.digest)
    }
}
