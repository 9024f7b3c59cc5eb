//! One flow, from its seed to its verdict.

use std::collections::BTreeMap;
use std::sync::Arc;

use netmile::engine::MemoryJournal;
use netmile::schedule::YearMonth;
use netmile::time::Timestamp;
use netmile_mock::api::Ack;

use crate::check::{Read, check};
use crate::drop_flow;
use crate::executor::{Executor, at_once};
use crate::fault::Fault;
use crate::gateway::Gateway;
use crate::miles_check;
use crate::miles_plan;
use crate::plan::{DAY, HOUR, Plan, SECOND, Way};
use crate::process::{WEB, WORKERS, reader, start};
use crate::records::is_open;
use crate::shop::{Letter, Shop};
use crate::shop_book::Verdict;
use crate::statement;
use crate::tally::MilesSums;
use crate::world::{Action, Invariant, Process, Shared, Trick, Violation, World};

/// What came of a flow.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its seed.
    pub seed: u64,
    /// By what was paid.
    pub way: Way,
    /// Digest of everything that happened.
    pub digest: u64,
    /// What happened, if it was asked for.
    pub trace: String,
    /// Promises that were broken.
    pub violations: Vec<Violation>,
    /// Faults that happened.
    pub faults: BTreeMap<Fault, u32>,
    /// How verbs ended.
    pub verdicts: BTreeMap<Verdict, u32>,
    /// Charges that a person had to look at.
    pub reviews: usize,
    /// Requests that the shop sent.
    pub exchanges: usize,
    /// What a flow about miles came to.
    pub miles: MilesSums,
}

/// A flow is at rest long before: a slip runs out, a file comes in the next month.
const LONGEST: u64 = 200 * DAY;
/// More than any honest flow has.
const MOST_EVENTS: u32 = 60_000;

/// Runs the flow of a seed.
#[must_use]
pub fn run(seed: u64, keep_trace: bool) -> Report {
    if miles_plan::is_by_drop(seed) {
        return drop_flow::run(seed, keep_trace);
    }
    let plan = Arc::new(Plan::draw(seed));
    let gateway = Gateway::new(&plan);
    let mut world = World::new(Arc::clone(&plan), gateway, keep_trace);
    if keep_trace {
        world.log(format_args!("{plan:#?}"));
    }
    if plan.skew.abs() > 10 {
        world.hit(Fault::Skew);
    }
    world.processes = vec![Process::default(), Process::default()];
    let shared = Shared::new(world);
    let mut flow = Flow {
        executor: Executor::new(shared.clone()),
        journal: Arc::new(MemoryJournal::new()),
        web: None,
        shared,
    };
    if !plan.way.is_miles() {
        flow.shared.lock().plan_file();
    }
    flow.start(WEB);
    if plan.habits.own_workers {
        flow.start(WORKERS);
    }
    flow.go_on();
    let read = flow.read(&plan);
    let mut world = flow.shared.lock();
    world.tick();
    match read {
        Some(Ok(read)) => check(&mut world, &read),
        Some(Err(error)) => world.broken(Invariant::NoNonsense, format!("cannot read: {error}")),
        None => miles_check::check(&mut world),
    }
    Report {
        seed,
        way: plan.way,
        digest: world.trace.digest(),
        trace: world.trace.text().to_owned(),
        violations: world.violations.clone(),
        faults: world.faults.clone(),
        verdicts: world.shop.verdicts.clone(),
        reviews: world.shop.reviewed.len(),
        exchanges: world.exchanges.len(),
        miles: world.miles_sums,
    }
}

struct Flow {
    executor: Executor,
    shared: Shared,
    journal: Arc<MemoryJournal>,
    web: Option<Shop>,
}

impl Flow {
    fn start(&mut self, process: usize) {
        match start(&mut self.executor, &self.shared, &self.journal, process) {
            Ok(shop) if process == WEB => {
                self.web = Some(shop);
                let mut world = self.shared.lock();
                if std::mem::take(&mut world.reads_file) {
                    // The job that died over the file starts again.
                    world.after(HOUR, Action::File);
                }
            }
            Ok(_) => {}
            Err(error) => {
                let mut world = self.shared.lock();
                world.broken(Invariant::NoNonsense, format!("no client: {error}"));
            }
        }
    }

    /// What a shop that sells reads through its client in the end, an hour later.
    fn read(&self, plan: &Plan) -> Option<netmile::Result<Read>> {
        if plan.way.is_miles() {
            return None;
        }
        // Nobody holds an event any more.
        self.shared.lock().now += HOUR;
        let reads = async {
            let client = reader(&self.shared, &self.journal, plan)?;
            Ok(Read {
                charges: client.payments().list(&[], None, 500).await?,
                events: client.events().next(100).await?.len(),
            })
        };
        Some(at_once(reads))
    }

    /// Until nothing happens any more.
    fn go_on(&mut self) {
        for _ in 0..MOST_EVENTS {
            for process in self.executor.run() {
                if process == WEB {
                    self.web = None;
                }
                let mut world = self.shared.lock();
                let down = match world.dice.below(4) {
                    0 => world.dice.between(1, 5) * SECOND,
                    1 | 2 => world.dice.between(5, 600) * SECOND,
                    _ => world.dice.between(600, 20_000) * SECOND,
                };
                world.after(down, Action::Restart(process));
            }
            let action = {
                let mut world = self.shared.lock();
                let action = world.next_action();
                if world.now > LONGEST {
                    let detail = "something still happens after 200 days".to_owned();
                    world.broken(Invariant::EndsInTime, detail);
                    return;
                }
                action
            };
            match action {
                Some(action) => self.happens(action),
                None => return,
            }
        }
        let mut world = self.shared.lock();
        let detail = format!("more than {MOST_EVENTS} events");
        world.broken(Invariant::EndsInTime, detail);
    }

    fn happens(&mut self, action: Action) {
        match action {
            Action::Wake(waker) => waker.wake(),
            Action::Arrive {
                exchange,
                answers,
                copy,
            } => self.shared.lock().arrived(exchange, answers, copy),
            Action::Deliver { exchange, outcome } => {
                self.shared.lock().delivered(exchange, outcome);
            }
            Action::Visit(number) => self.shared.lock().visited(number),
            Action::Tick => self.shared.lock().tick(),
            Action::Restart(process) => self.start(process),
            Action::File => self.file(),
            Action::Notice { id, trick } => self.notice(id, trick),
            Action::Decide => self.shared.lock().decided(),
        }
    }

    /// The file comes, of every month since the one before the start: what happened at the edge of a month is proven
    /// by both.
    fn file(&mut self) {
        let mut world = self.shared.lock();
        world.tick();
        let Some(shop) = self.web.clone() else {
            world.after(HOUR, Action::File);
            return;
        };
        let to = world.month_before();
        let start = YearMonth::of_instant(Timestamp::from_unix(world.plan.start));
        let from = before(start).min(to);
        let file = statement::write(world.gateway.book.ledger(), from, to);
        world.log(format_args!("a file comes, {} bytes", file.len()));
        let orders = world.gateway.book.ledger().iter();
        let orders: Vec<String> = orders.map(|m| m.order_id.clone()).collect();
        world.gateway.told.extend(orders);
        world.reads_file = true;
        let now = world.now;
        world.files.push(now);
        let [reading, _] = &mut world.file_until;
        *reading = to.to_wire();
        world.more_files = world.has_moved_since(to) || !world.is_at_rest();
        drop(world);
        self.executor
            .spawn(WEB, Box::pin(shop.file(file, from, to)));
    }

    fn notice(&mut self, id: u64, trick: Trick) {
        let mut world = self.shared.lock();
        let Some(letter) = world.letter(id, trick) else {
            return;
        };
        let Some(shop) = self.web.clone() else {
            world.log(format_args!("notice {id}: nobody is there"));
            if trick != Trick::Forged {
                world.noticed(id, &Ack::Failed("nobody is there".to_owned()));
            }
            return;
        };
        drop(world);
        let task = shop.notice(letter);
        self.executor.spawn(WEB, Box::pin(task));
    }
}

impl World {
    /// Plans the file of this month: it comes on the fifth of the next one.
    fn plan_file(&mut self) {
        let this = YearMonth::of_instant(Timestamp::from_unix(self.unix()));
        let next = this.next().unwrap_or(this);
        let first = Timestamp::parse_jst(&format!("{}01100000", next.to_wire()));
        let day = first.map_or(0, |first| first.as_unix() + 4 * 86_400);
        self.at_unix(day, Action::File);
    }

    /// The month before this one.
    fn month_before(&self) -> YearMonth {
        before(YearMonth::of_instant(Timestamp::from_unix(self.unix())))
    }

    /// Whether the gateway's ledger has something that no file until this month shows.
    fn has_moved_since(&self, last: YearMonth) -> bool {
        let month = |at: i64| YearMonth::of_instant(Timestamp::from_unix(at));
        if self.plan.way.is_monthly() {
            // What the gateway bills by itself goes on for ever: the first two months will do.
            return Some(last) < month(self.plan.start).next();
        }
        let mut ledger = self.gateway.book.ledger().iter();
        ledger.any(|movement| month(movement.at) > last)
    }

    /// A file was read. The next one comes for as long as something happens that may be in one.
    pub(crate) fn file_was_read(&mut self) {
        self.reads_file = false;
        let [reading, read] = &mut self.file_until;
        read.clone_from(reading);
        let open = self.records.all().any(|(_, row)| is_open(&row.phase));
        if open || self.more_files {
            self.plan_file();
        }
    }

    /// A person at the office decides about wishes to cancel.
    fn decided(&mut self) {
        let now = self.unix();
        let Some(counter) = &mut self.gateway.counter else {
            return;
        };
        let decided = counter.decide(&mut self.dice, now);
        self.log(format_args!("the office decides about {decided} wishes"));
    }

    /// The customer does something with the slip.
    fn visited(&mut self, number: usize) {
        let Some((_, visit)) = self.plan.visits.get(number).copied() else {
            return;
        };
        self.tick();
        let slips = self.gateway.book.payments().filter(|p| p.slip.is_some());
        let order = slips.last().map(|payment| payment.order_id.clone());
        let order = order.unwrap_or_default();
        let now = self.unix();
        let notices = self.gateway.visit(&order, visit, now);
        self.log(format_args!(
            "customer {visit:?} {order}: {} notices",
            notices.len()
        ));
        for notice in notices {
            self.post(notice.id, 0);
        }
        self.plan_visit(number + 1);
    }

    /// A notice as it reaches the shop.
    fn letter(&mut self, id: u64, trick: Trick) -> Option<Letter> {
        let mut notice = self.gateway.book.notice(id)?.clone();
        if trick == Trick::WrongAmount && notice.rec_type != 0 {
            notice.rec_amount_total += 7;
        }
        let mut body = self.gateway.letter(&notice, self.unix())?;
        if trick == Trick::Forged {
            forge(&mut body);
        } else {
            if id < self.last_notice {
                self.hit(Fault::NoticeReordered);
            }
            self.last_notice = self.last_notice.max(id);
            self.gateway.told.insert(notice.order_id.clone());
        }
        let (kind, sum) = (notice.rec_type, notice.rec_amount_total);
        Some(Letter {
            id,
            trick,
            sum: (kind != 0).then_some(sum),
            what: format!("{} {} {kind} {sum}", notice.function, notice.tracking_id),
            function: notice.function,
            body,
        })
    }
}

/// The month before a month.
fn before(month: YearMonth) -> YearMonth {
    let first = Timestamp::parse_jst(&format!("{}01000000", month.to_wire()));
    first.map_or(month, |first| YearMonth::of_instant(first.plus_seconds(-1)))
}

/// Somebody without the key changes a notice: the day of its request.
fn forge(body: &mut [u8]) {
    let tag = b"<request_date>";
    let at = body.windows(tag.len()).position(|window| window == tag);
    if let Some(digit) = at.and_then(|at| body.get_mut(at + tag.len() + 13)) {
        *digit = if *digit == b'0' { b'1' } else { b'0' };
    }
}
