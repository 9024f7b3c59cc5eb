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
    /// Verbs by how they ended, those about payments.
    pub verdicts: BTreeMap<Verdict, u64>,
    /// The same, those about miles and points.
    pub miles_verdicts: BTreeMap<Verdict, u64>,
    /// What flows about miles came to.
    pub miles: MilesSums,
    /// Requests that shops sent.
    pub exchanges: u64,
    /// Charges, issues and exchanges that a person had to look at: sums of slips that were not what was asked, and what
    /// the office did not answer about for a day.
    pub reviews: u64,
    /// Digest of all traces, whatever the order of the seeds.
    pub digest: u64,
    /// Broken promises: flows, and the smallest seed.
    pub broken: BTreeMap<Invariant, (u64, u64)>,
    /// The first flows that broke one, by seed: what was broken.
    pub samples: BTreeMap<u64, String>,
}

/// What flows about miles came to, by the office's passbooks and the shop's points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MilesSums {
    /// Rewards that were deposited.
    pub deposited: u64,
    /// Deposits that were taken back.
    pub taken_back: u64,
    /// Miles that came for points.
    pub exchanged: u64,
    /// Points that the customers have less for them.
    pub points: u64,
}

impl MilesSums {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.deposited += other.deposited;
        self.taken_back += other.taken_back;
        self.exchanged += other.exchanged;
        self.points += other.points;
    }
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
        let verdicts = if report.way.is_miles() {
            &mut self.miles_verdicts
        } else {
            &mut self.verdicts
        };
        for (verdict, times) in &report.verdicts {
            *verdicts.entry(*verdict).or_default() += u64::from(*times);
        }
        self.miles.add(report.miles);
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
        for (key, value) in &other.miles_verdicts {
            *self.miles_verdicts.entry(*key).or_default() += value;
        }
        self.miles.add(other.miles);
        for (seed, what) in &other.samples {
            self.keep(*seed, what.clone());
        }
        for (key, (flows, seed)) in &other.broken {
            let entry = self.broken.entry(*key).or_insert((0, *seed));
            entry.0 += flows;
            entry.1 = entry.1.min(*seed);
        }
    }

    /// Flows about miles and points; the others are about payments.
    #[must_use]
    pub fn about_miles(&self) -> u64 {
        let miles = self.ways.iter().filter(|(way, _)| way.is_miles());
        miles.map(|(_, flows)| flows).sum()
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
        let miles = self.about_miles();
        let payments = self.flows - miles;
        writeln!(
            f,
            "{payments} flows about payments, {miles} about miles and points"
        )?;
        writeln!(f, "flows by method")?;
        for way in Way::ALL {
            let flows = self.ways.get(&way).copied().unwrap_or(0);
            writeln!(f, "  {:>6.2} %  {}", share(flows, self.flows), way.name())?;
        }
        writeln!(f, "{} exchanges over the network", self.exchanges)?;
        let of_payments = ("about payments", &self.verdicts);
        for (about, verdicts) in [
            of_payments,
            ("about miles and points", &self.miles_verdicts),
        ] {
            let verbs = verdicts.values().sum();
            writeln!(f, "verdicts of {verbs} verbs {about}")?;
            for verdict in Verdict::ALL {
                let times = verdicts.get(&verdict).copied().unwrap_or(0);
                writeln!(f, "  {:>6.2} %  {}", share(times, verbs), verdict.name())?;
            }
        }
        let sums = self.miles;
        writeln!(
            f,
            "{} deposits of miles, {} taken back; {} points became {} miles",
            sums.deposited, sums.taken_back, sums.points, sums.exchanged
        )?;
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
            "{odd:.2} % of the flows need a person: another sum was deposited than asked, or no answer for a day"
        )?;
        write!(f, "digest {:016x}", self.digest)
    }
}
