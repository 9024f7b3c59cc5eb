//! `kill -9` of a merchant that takes real payments from the real mock: nothing lost, nothing doubled.
//!
//! A process takes up new work and goes on with old, and is killed at a named point or at any moment; then the next
//! one is started, sometimes at once, sometimes after the windows of the SDK and the gateway have passed (both clocks
//! are moved; nobody waits). Now and then, and at the end, processes run in peace until everything has a verdict. Then
//! the mock's ledger, the journal and the delivered goods must tell one story.
//!
//! `make crash` prints what became of the steps that the processes were killed in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use netmile::charge::{Charge, ChargePhase, EntryResult};
use netmile::client::Adopt;
use netmile::contract::{Billing, Terminal};
use netmile::engine::{HttpTimeouts, HttpTransport, Journal, MemoryJournal};
use netmile::link::{OrderId, PurchaseRequest, ReturnUrls};
use netmile::schedule::{BillingDay, FirstPeriod, Schedule};
use netmile::time::Clock;
use netmile::{Client, Yen};
use netmile_journal_sql::SqlJournal;
use netmile_mock::api::MovementKind;
use netmile_mock::{Mock, Options, Scenario};
use netmile_tests::crash::{self, CONTRACT, CUSTOMER, Deed, Flow, Item, MEMBER, Moved, Point};
use tokio::runtime::Runtime;

/// Kills of each point, in the order of `Point::ALL`.
type Quotas = [u32; 7];

/// 300 kills.
const SQLITE: Quotas = [40, 40, 40, 40, 40, 20, 80];
/// 100 kills.
const POSTGRES: Quotas = [20, 20, 20, 20, 4, 4, 12];
/// So few that a planted defect is found.
const FEW: Quotas = [0, 4, 4, 4, 0, 4, 0];

/// Longer than any honest process is silent, on a machine that has other things to do.
const SILENCE: Duration = Duration::from_secs(120);

#[test]
fn a_merchant_with_sqlite_is_killed_300_times() {
    let folder = Folder::new("sqlite");
    Trial::new(&folder, folder.sqlite(), 1, "none").passes(SQLITE);
}

#[test]
fn two_merchants_with_one_postgres_are_killed_100_times() {
    let folder = Folder::new("postgres");
    let server = Postgres::start(&folder.0.join("server"));
    Trial::new(&folder, server.url.clone(), 2, "none").passes(POSTGRES);
}

#[test]
fn a_merchant_who_makes_a_mistake_is_found_out() {
    for (defect, says) in [
        ("new_name", "has not what the shop wanted"),
        ("goods_twice", "goods: paid"),
    ] {
        let folder = Folder::new(defect);
        let mut trial = Trial::new(&folder, folder.sqlite(), 1, defect);
        let (found, _) = trial.run(FEW);
        assert!(
            found.iter().any(|line| line.contains(says)),
            "{defect}: {found:?}"
        );
    }
}

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("netmile-kills-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn sqlite(&self) -> String {
        format!("sqlite://{}", self.0.join("shop.db").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A private server that ends with this value, or with the process if that is earlier.
struct Postgres {
    keeper: Child,
    url: String,
}

impl Postgres {
    fn start(folder: &Path) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/postgres.sh");
        let mut keeper = Command::new(script)
            .arg("run")
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("tests/postgres.sh must run");
        let mut url = String::new();
        let out = keeper.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut url).unwrap();
        assert!(
            url.starts_with("postgres://"),
            "see what tests/postgres.sh said above"
        );
        let url = url.trim().to_owned();
        Self { keeper, url }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}

/// Numbers that any run repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// A merchant's process, and what it said.
struct Payer {
    child: Child,
    /// Where it is to die, and at which turn.
    die: Option<(Point, u64)>,
    /// The last step that it opened: charge, step, key.
    opened: Option<String>,
    /// Where it waits for its end, and the step that the end hits.
    at: Option<(Point, String)>,
    deadline: Option<Instant>,
    killed: bool,
    ended: bool,
}

impl Payer {
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.killed = true;
    }
}

impl Drop for Payer {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A kill: where, and the step that it hit (charge, step, key).
struct Kill {
    point: Point,
    hit: Option<String>,
}

struct Trial {
    runtime: Runtime,
    mock: Mock,
    journal: String,
    goods: PathBuf,
    processes: usize,
    defect: &'static str,
    offset: i64,
    dice: Dice,
    items: Vec<Item>,
    /// Items without a verdict, by their place in `items`.
    waiting: BTreeSet<usize>,
    kills: Vec<Kill>,
    known: u32,
    troubles: BTreeMap<String, u32>,
    runs: u32,
}

impl Trial {
    fn new(folder: &Folder, journal: String, processes: usize, defect: &'static str) -> Self {
        let goods = folder.0.join("goods");
        std::fs::create_dir_all(&goods).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let mut scenario = Scenario::demo();
        for member in &mut scenario.members {
            member.miles = 1_000_000_000;
        }
        let options = Options {
            scenario,
            ..Options::default()
        };
        let mock = runtime.block_on(Mock::start(options)).unwrap();
        let mut trial = Self {
            runtime,
            mock,
            journal,
            goods,
            processes,
            defect,
            offset: 0,
            dice: Dice(7),
            items: Vec::new(),
            waiting: BTreeSet::new(),
            kills: Vec::new(),
            known: 0,
            troubles: BTreeMap::new(),
            runs: 0,
        };
        trial.adopt_contract();
        trial
    }

    async fn client(&self, journal: Arc<dyn Journal>) -> Client {
        let transport = HttpTransport::new(HttpTimeouts::default()).unwrap();
        crash::client(self.mock.url(), journal, transport.shared(), self.offset).unwrap()
    }

    /// A member applies for a contract on the gateway's pages; the shop takes it under control.
    fn adopt_contract(&mut self) {
        self.runtime.block_on(async {
            let here = "http://127.0.0.1:9/x".to_owned();
            let urls = ReturnUrls {
                success: here.clone(),
                cancel: here.clone(),
                error: here.clone(),
                notify: here,
            };
            let order = OrderId::new("LINK-1").unwrap();
            let request =
                PurchaseRequest::new(order, CUSTOMER, "ITEM1", Yen::new(100), Terminal::Pc, urls)
                    .with_billing(Billing::RecurringMetered);
            let client = self.client(Arc::new(MemoryJournal::new())).await;
            let checkout = client.subscriptions().start(&request).await.unwrap();
            let http = reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap();
            let form = |url: String, body: Vec<u8>| {
                http.post(url)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(body)
                    .send()
            };
            let action = checkout.form.action().to_owned();
            let response = form(action, checkout.form.urlencoded()).await.unwrap();
            let session = response.headers()["location"].to_str().unwrap().to_owned();
            let session = format!("{}{session}", self.mock.url());
            let login = format!("login={MEMBER}&password={MEMBER}-demo").into_bytes();
            form(format!("{session}/login"), login).await.unwrap();
            form(format!("{session}/pay"), Vec::new()).await.unwrap();
            let contracts = self.mock.admin().contracts().await.unwrap();

            let journal = SqlJournal::connect(&self.journal).await.unwrap();
            let client = self.client(Arc::new(journal)).await;
            let start = Moved(0).now().jst_date();
            let day = BillingDay::new(21).unwrap();
            let adopt = Adopt {
                id: CONTRACT.to_owned(),
                method: "netmile".to_owned(),
                tracking_id: contracts[0].tracking_id.clone(),
                cust_code: CUSTOMER.to_owned(),
                item: ("ITEM1".to_owned(), "しおり".to_owned()),
                amount: Yen::new(120),
                schedule: Schedule::monthly(start, day, FirstPeriod::BillAtOnce).unwrap(),
            };
            let contract = client.subscriptions().adopt(&adopt).await.unwrap();
            assert_eq!(contract.phase, ChargePhase::Active);
        });
    }

    fn advance(&mut self, seconds: u32) {
        let admin = self.mock.admin();
        self.runtime.block_on(admin.advance(seconds)).unwrap();
        self.offset += i64::from(seconds);
    }

    fn start(
        &self,
        die: Option<(Point, u64)>,
        items: &[usize],
        said: &Talk,
        number: usize,
    ) -> Payer {
        let named = die.filter(|(point, _)| *point != Point::Random);
        let mut child = Command::new(env!("CARGO_BIN_EXE_payer"))
            .args([self.journal.as_str(), self.mock.url()])
            .arg(&self.goods)
            .arg(self.offset.to_string())
            .arg(named.map_or_else(
                || "none".to_owned(),
                |(point, turn)| format!("{}:{turn}", point.name()),
            ))
            .arg(self.defect)
            .args(items.iter().map(|&item| self.items[item].to_arg()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let said = said.clone();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                said.send((number, Some(line))).ok();
            }
            said.send((number, None)).ok();
        });
        Payer {
            child,
            die,
            opened: None,
            at: None,
            deadline: None,
            killed: false,
            ended: false,
        }
    }

    /// Starts the processes with these items, kills those that get to their point, and waits for the others.
    fn go(&mut self, deaths: &[Option<(Point, u64)>], items: &[usize]) {
        self.runs += 1;
        let (talk, said) = channel();
        let starts = deaths.iter().enumerate();
        let mut payers: Vec<Payer> = starts
            .map(|(number, &die)| self.start(die, items, &talk, number))
            .collect();
        let last_word = Instant::now() + SILENCE;
        while !payers.iter().all(|payer| payer.ended) {
            let Some((number, line)) = hear(&said, &payers, last_word) else {
                self.kill_those_whose_time_has_come(&mut payers, last_word);
                continue;
            };
            let payer = &mut payers[number];
            match line {
                Some(line) => self.heard(payer, &line),
                None => {
                    payer.ended = true;
                    payer.deadline = None;
                    let status = payer.child.wait().unwrap();
                    if !payer.killed && !status.success() {
                        *self.troubles.entry("exit".to_owned()).or_default() += 1;
                    }
                }
            }
        }
    }

    fn kill_those_whose_time_has_come(&mut self, payers: &mut [Payer], last_word: Instant) {
        let now = Instant::now();
        assert!(now < last_word, "a process hangs");
        for payer in payers {
            if payer.deadline.is_some_and(|deadline| deadline <= now) {
                self.kill(payer);
            }
        }
    }

    fn kill(&mut self, payer: &mut Payer) {
        payer.deadline = None;
        payer.kill();
        let (point, hit) = match payer.at.take() {
            Some((point, hit)) => (point, Some(hit)),
            None => (Point::Random, payer.opened.take()),
        };
        self.kills.push(Kill { point, hit });
    }

    fn heard(&mut self, payer: &mut Payer, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "ready" => self.one_more(payer),
            "open" => {
                payer.opened = Some(rest.to_owned());
                self.one_more(payer);
            }
            "at" => {
                let (point, hit) = rest.split_once(' ').unwrap();
                let point = Point::parse(point).unwrap();
                payer.at = Some((point, hit.to_owned()));
                if point == Point::InCommit {
                    // Before, in and after the transaction.
                    let patience = Duration::from_micros(self.dice.below(10_000));
                    payer.deadline = Some(Instant::now() + patience);
                } else {
                    self.kill(payer);
                }
            }
            "flow" => {
                let (name, end) = rest.split_once(' ').unwrap();
                let item = self.items.iter().position(|item| item.name == name);
                match end.split(' ').next().unwrap() {
                    "complete" | "rejected" => {
                        self.waiting.remove(&item.unwrap());
                    }
                    "unknown" => {}
                    _ => *self.troubles.entry(end.to_owned()).or_default() += 1,
                }
            }
            "error" => *self.troubles.entry(rest.to_owned()).or_default() += 1,
            "known" => self.known += 1,
            _ => {}
        }
    }

    /// A process that dies at any moment does so a moment after its turn: when it begins, or opens its n-th step.
    fn one_more(&mut self, payer: &mut Payer) {
        if let Some((Point::Random, turns)) = &mut payer.die {
            *turns = turns.saturating_sub(1);
            if *turns == 0 && payer.deadline.is_none() {
                let patience = Duration::from_micros(self.dice.below(30_000));
                payer.deadline = Some(Instant::now() + patience);
            }
        }
    }

    fn counted(&self, point: Point) -> u32 {
        let hits = self.kills.iter().filter(|kill| kill.point == point);
        u32::try_from(hits.count()).unwrap()
    }

    /// Something new to do; its place in `items`.
    fn add_item(&mut self) -> usize {
        let number = self.items.len();
        let flow = Flow::ALL[usize::try_from(self.dice.below(6)).unwrap()];
        self.items.push(Item {
            flow,
            name: format!("R{number}"),
        });
        self.waiting.insert(number);
        number
    }

    /// The points that are furthest behind, one for each process, and a turn that the new items get to.
    fn deaths(&mut self, quotas: &Quotas, turns: u64) -> Vec<Option<(Point, u64)>> {
        let mut open: Vec<(u32, Point)> = Point::ALL
            .into_iter()
            .zip(quotas)
            .filter(|(point, quota)| self.counted(*point) < **quota)
            .map(|(point, quota)| (self.counted(point) * 1000 / quota, point))
            .collect();
        open.sort_unstable();
        (0..self.processes)
            .map(|number| {
                let (_, point) = *open.get(number)?;
                let turns = if point == Point::AfterGoods { 1 } else { turns };
                Some((point, 1 + self.dice.below(turns)))
            })
            .collect()
    }

    /// Lets processes run in peace, and time pass, until everything has a verdict, or too long.
    fn settle(&mut self) {
        for _ in 0..8 {
            self.advance(800);
            let items: Vec<usize> = self.waiting.iter().copied().collect();
            self.go(&vec![None; self.processes], &items);
            if self.waiting.is_empty() {
                return;
            }
        }
    }

    fn passes(mut self, quotas: Quotas) {
        let began = Instant::now();
        let (found, charges) = self.run(quotas);
        self.print(&charges, began.elapsed());
        assert!(
            found.is_empty(),
            "{}\n{:?}",
            found.join("\n"),
            self.troubles
        );
    }

    /// What the checker found, and the charges.
    fn run(&mut self, quotas: Quotas) -> (Vec<String>, BTreeMap<String, Charge>) {
        let asked: u32 = quotas.iter().sum();
        let open = |trial: &Self| {
            let mut each = Point::ALL.into_iter().zip(quotas);
            each.any(|(point, quota)| trial.counted(point) < quota)
        };
        while open(self) {
            assert!(self.runs < 6 * asked, "the points are not reached");
            let fresh = self.add_item();
            let turns = u64::from(self.items[fresh].flow.calls());
            let mut items = vec![fresh];
            items.extend(self.waiting.iter().copied().filter(|&item| item != fresh));
            let deaths = self.deaths(&quotas, turns);
            self.go(&deaths, &items);
            match self.dice.below(4) {
                0 => {}
                1 => self.advance(100),
                2 => self.advance(800),
                _ => self.settle(),
            }
        }
        self.settle();
        // What was leased to the dead is delivered after the lease.
        self.advance(800);
        self.go(&[None], &[]);
        self.check()
    }

    /// Where the mock's ledger, the journal and the goods do not tell one story; and the charges.
    fn check(&self) -> (Vec<String>, BTreeMap<String, Charge>) {
        let goods = self.delivered();
        let (charges, open, left) = self.runtime.block_on(async {
            let journal = Arc::new(SqlJournal::connect(&self.journal).await.unwrap());
            let client = self.client(journal).await;
            let mut charges = BTreeMap::new();
            for item in &self.items {
                let charge = client.payments().get(&item.charge()).await.unwrap();
                charges.insert(charge.id.clone(), charge);
            }
            let open = client.payments().unresolved(100).await.unwrap();
            (charges, open, client.events().next(100).await.unwrap())
        });
        let (ledger, payments) = self.runtime.block_on(async {
            let admin = self.mock.admin();
            (admin.api_ledger().await, admin.api_payments().await)
        });
        let mut found = Vec::new();
        found.extend(
            open.iter()
                .map(|charge| format!("without a verdict: {charge:?}")),
        );
        found.extend(
            self.waiting
                .iter()
                .map(|&item| format!("unfinished: {:?}", self.items[item])),
        );
        found.extend(
            left.iter()
                .map(|delivery| format!("not delivered: {delivery:?}")),
        );
        let strangers = ledger.iter().filter(|m| !charges.contains_key(&m.order_id));
        found.extend(strangers.map(|m| format!("money that no charge knows: {m:?}")));
        if let Some(failed) = self.troubles.get("exit") {
            found.push(format!("{failed} processes failed"));
        }
        for item in &self.items {
            let charge = &charges[&item.charge()];
            let mut wrong = |what: String| found.push(format!("{what}: {item:?} {charge:?}"));
            let moved = |kind: MovementKind| -> Vec<u64> {
                let own = ledger
                    .iter()
                    .filter(|m| m.order_id == charge.id && m.kind == kind);
                own.map(|m| m.yen).collect()
            };
            let captures = moved(MovementKind::Captured);
            let made = payments.iter().filter(|p| p.order_id == charge.id).count();
            if captures.len() > 1 || made > 1 {
                wrong("charged twice".to_owned());
            }
            let captured: u64 = captures.iter().sum();
            let there = (captured, moved(MovementKind::Refunded).iter().sum());
            let here = (charge.captured.get(), charge.refunded.get());
            if here != there {
                wrong(format!("journal {here:?}, ledger {there:?}"));
            }
            let given_up = charge.rejection.is_some();
            let wanted = if given_up {
                (0, 0)
            } else {
                item.flow.ends_with()
            };
            if there != wanted {
                wrong(format!(
                    "{there:?} has not what the shop wanted, {wanted:?}"
                ));
            }
            let gave_back = |deed: &&Deed| matches!(deed, Deed::Part(..) | Deed::Refund);
            let refunds = item.flow.deeds().iter().filter(gave_back).count();
            let paid = usize::from(captured > 0);
            let told = |kind: &str| {
                goods
                    .get(&format!("{} {kind}", charge.id))
                    .copied()
                    .unwrap_or(0)
            };
            for (kind, told, times) in [
                ("paid", told("paid"), paid),
                (
                    "attempt_failed",
                    told("attempt_failed"),
                    usize::from(given_up),
                ),
                ("needs_review", told("needs_review"), 0),
                (
                    "refunds",
                    told("refunded") + told("partly_refunded"),
                    paid * refunds,
                ),
            ] {
                if told != times {
                    wrong(format!("goods: {kind} {told} times instead of {times}"));
                }
            }
        }
        (found, charges)
    }

    /// How often goods of this kind went out for this charge, by `CHARGE KIND`.
    fn delivered(&self) -> BTreeMap<String, usize> {
        let mut goods: BTreeMap<String, usize> = BTreeMap::new();
        for file in std::fs::read_dir(&self.goods).unwrap() {
            let file = file.unwrap();
            // A draft is what a process was writing when it died.
            if !file.file_name().to_string_lossy().starts_with("draft") {
                let what = std::fs::read_to_string(file.path()).unwrap();
                *goods.entry(what).or_default() += 1;
            }
        }
        goods
    }

    fn print(&self, charges: &BTreeMap<String, Charge>, took: Duration) {
        let mut histogram: BTreeMap<(Point, String), u32> = BTreeMap::new();
        for kill in &self.kills {
            let verdict = verdict(kill, charges);
            *histogram.entry((kill.point, verdict)).or_default() += 1;
        }
        let (kills, runs, items) = (self.kills.len(), self.runs, self.items.len());
        println!("{kills} kills in {runs} runs over {items} charges, {took:.0?}");
        for point in Point::ALL {
            println!("  {:<14} {}", point.name(), self.counted(point));
            for ((_, verdict), count) in histogram.iter().filter(|((at, _), _)| *at == point) {
                println!("    {count:>4} {verdict}");
            }
        }
        let given_up = charges.values().filter(|c| c.rejection.is_some()).count();
        println!("  {given_up} charges never got there, the others have all their money");
        println!(
            "  {} events came again after their goods were out",
            self.known
        );
        for (trouble, count) in &self.troubles {
            println!("  {count} × {trouble}");
        }
    }
}

type Talk = Sender<(usize, Option<String>)>;

/// The next line of anybody (`None`: no more of this one), or nothing when it is time to kill or to give up.
fn hear(
    said: &Receiver<(usize, Option<String>)>,
    payers: &[Payer],
    last_word: Instant,
) -> Option<(usize, Option<String>)> {
    let next = payers.iter().filter_map(|payer| payer.deadline).min();
    let until = next.unwrap_or(last_word).min(last_word);
    match said.recv_timeout(until.saturating_duration_since(Instant::now())) {
        Ok(heard) => Some(heard),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => panic!("nobody is left to hear"),
    }
}

/// What became of the step that a kill hit.
fn verdict(kill: &Kill, charges: &BTreeMap<String, Charge>) -> String {
    if kill.point == Point::AfterGoods {
        return "delivered once".to_owned();
    }
    let Some(hit) = &kill.hit else {
        return "no step open".to_owned();
    };
    let mut parts = hit.split(' ');
    let mut next = || parts.next().unwrap();
    let (charge, step, key) = (&charges[next()], next(), next());
    let ends: Vec<&str> = charge
        .log
        .iter()
        .filter(|entry| entry.step.name() == step && entry.key.as_deref().unwrap_or("-") == key)
        .map(|entry| match entry.result {
            EntryResult::Done => "done",
            EntryResult::Rejected(_) => "rejected",
            EntryResult::NotSent => "not sent",
            EntryResult::Found => "found",
            EntryResult::FoundMissing => "missing",
            EntryResult::Reviewed => "reviewed",
        })
        .collect();
    assert!(!ends.is_empty(), "{hit} has no verdict");
    format!("{} {step}: {}", charge.method, ends.join(", then "))
}
