//! Runs flows, and says what they came to.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use netmile::planted::Defect;
use netmile_simulation::miles_plan::is_about_miles;
use netmile_simulation::{chosen, hunt, run, with_defect};

/// Payments, refunds, subscriptions, issues of miles and exchanges of points against a gateway and an office, over a
/// network that loses, doubles and mangles, in virtual time.
///
/// Exit code 0: every promise was kept (or every planted defect was found). 1: not.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many flows.
    #[arg(long, default_value_t = 1_000_000)]
    flows: u64,
    /// Runs one seed alone and prints everything that happens.
    #[arg(long)]
    seed: Option<u64>,
    /// Plants this defect (with --seed).
    #[arg(long)]
    defect: Option<usize>,
    /// Runs only those seeds that are about miles and points.
    #[arg(long)]
    miles: bool,
    /// Plants every defect, one after the other, and says which promise found each.
    #[arg(long)]
    planted: bool,
    /// Prints only the digest of everything that happened.
    #[arg(long)]
    digest: bool,
    /// Threads; as many as there are processors if not given.
    #[arg(long)]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(seed) = arguments.seed {
        return one(seed, arguments.defect);
    }
    if arguments.planted {
        return defects(arguments.from);
    }
    many(&arguments)
}

fn many(arguments: &Arguments) -> ExitCode {
    let threads = arguments
        .threads
        .or_else(|| std::thread::available_parallelism().ok().map(Into::into))
        .unwrap_or(1);
    let seeds = arguments.from..arguments.from.saturating_add(arguments.flows);
    let start = Instant::now();
    let shown = std::sync::Mutex::new(start);
    let told = |done: u64| {
        let Ok(mut last) = shown.lock() else { return };
        if last.elapsed() > Duration::from_millis(500) && std::io::stderr().is_terminal() {
            *last = Instant::now();
            let rate = done as f64 / start.elapsed().as_secs_f64();
            let percent = done * 100 / arguments.flows.max(1);
            let mut to = std::io::stderr().lock();
            let _ = write!(to, "\r{percent:>3} %  {done} flows, {rate:.0} per second ");
        }
    };
    let wanted = |seed: u64| !arguments.miles || is_about_miles(seed);
    let tally = chosen(seeds, threads, &wanted, &told);
    if arguments.digest {
        println!("{:016x}", tally.digest);
        return ExitCode::SUCCESS;
    }
    let took = start.elapsed().as_secs_f64();
    let rate = tally.flows as f64 / took;
    println!(
        "\r{} flows in {took:.1} s, {rate:.0} per second",
        tally.flows
    );
    println!("{tally}");
    // Notices and the gateway's codes have no part in flows about miles.
    for fault in tally.rare(10).into_iter().filter(|_| !arguments.miles) {
        println!("too rare: {}", fault.name());
    }
    for (seed, what) in &tally.samples {
        println!("seed {seed:>8}  {what}");
    }
    for (invariant, (flows, seed)) in &tally.broken {
        println!(
            "BROKEN in {flows} flows: {}; try --seed {seed}",
            invariant.name()
        );
    }
    let Some(worst) = tally.broken.values().map(|(_, seed)| *seed).min() else {
        println!("every promise was kept");
        return ExitCode::SUCCESS;
    };
    one(worst, None);
    ExitCode::FAILURE
}

fn one(seed: u64, defect: Option<usize>) -> ExitCode {
    let defect = defect.and_then(|number| Defect::ALL.get(number).copied());
    let report = match defect {
        Some(defect) => with_defect(defect, seed, true),
        None => run(seed, true),
    };
    println!("{}", report.trace);
    println!("seed {seed}, digest {:016x}", report.digest);
    for violation in &report.violations {
        println!(
            "BROKEN: {}: {}",
            violation.invariant.name(),
            violation.detail
        );
    }
    if report.violations.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn defects(from: u64) -> ExitCode {
    let mut all = true;
    for defect in Defect::ALL {
        match hunt(defect, from..from + 10_000) {
            Some(report) => {
                let flows = report.seed - from + 1;
                let first = report.violations.first();
                let invariant = first.map_or("", |violation| violation.invariant.name());
                println!(
                    "{:<22} found in flow {flows:>5} by: {invariant}",
                    format!("{defect:?}")
                );
            }
            None => {
                all = false;
                println!("{:<22} NOT FOUND in 10000 flows", format!("{defect:?}"));
            }
        }
    }
    if all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
