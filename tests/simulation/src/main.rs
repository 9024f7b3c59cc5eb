//! x
fn main() {
    let from: u64 = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(0);
    let n: u64 = std::env::args().nth(2).and_then(|a| a.parse().ok()).unwrap_or(1);
    let keep = n == 1;
    let start = std::time::Instant::now();
    let mut bad = 0;
    let mut by: std::collections::BTreeMap<String, (u32, u64)> = Default::default();
    let mut faults: std::collections::BTreeMap<_, u32> = Default::default();
    for seed in from..from + n {
        let r = netmile_simulation::run(seed, keep);
        if keep { println!("{}", r.trace); }
        for f in r.faults.keys() { *faults.entry(*f).or_default() += 1; }
        if !r.violations.is_empty() {
            bad += 1;
            for v in &r.violations {
              let e = by.entry(format!("{:?}/{:?}: {}", r.way, v.invariant, v.detail.split_once(':').map_or("", |x| x.1).chars().filter(|c| !c.is_ascii_digit()).collect::<String>())).or_insert((0, seed));
              e.0 += 1;
            }
        }
    }
    println!("{} flows, {bad} bad, {:.0} flows/s", n, n as f64 / start.elapsed().as_secs_f64());
    for (k, (c, s)) in by { println!("{c:>6} seed {s}: {k}"); }
    for (k, c) in faults { println!("{:>6.2} % {}", c as f64 * 100.0 / n as f64, k.name()); }
}
