//! What everything in a flow shares: the time, what is going to happen, the gateway, what was seen.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use netmile::engine::{HttpResponse, NotDelivered};

use crate::dice::Dice;
use crate::fault::{CrashPoint, Fault};
use crate::gateway::Gateway;
use crate::network::Exchange;
use crate::plan::{Plan, SECOND};
use crate::records::Records;
use crate::shop_book::ShopBook;
use crate::tally::MilesSums;
use crate::trace::Trace;

/// What is going to happen by itself.
pub enum Action {
    /// Somebody waited for this instant.
    Wake(Waker),
    /// A request arrives at the gateway.
    Arrive {
        /// Number of the exchange.
        exchange: usize,
        /// The sender gets the answer to this one.
        answers: bool,
        /// The network made it, not the sender.
        copy: bool,
    },
    /// An exchange ends for the sender.
    Deliver {
        /// Number of the exchange.
        exchange: usize,
        /// How.
        outcome: Result<HttpResponse, NotDelivered>,
    },
    /// The customer goes to the store: number of the visit.
    Visit(usize),
    /// A notice is sent to the shop.
    Notice {
        /// Its number at the gateway.
        id: u64,
        /// What is done to it.
        trick: Trick,
    },
    /// The gateway does what is due.
    Tick,
    /// The settlement file of the last month comes.
    File,
    /// A person at NetMile's office decides about the wishes to cancel that wait.
    Decide,
    /// A dead process starts again.
    Restart(usize),
}

/// What is done to a notice on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    /// Nothing.
    Honest,
    /// The gateway reports another sum.
    WrongAmount,
    /// Somebody changed it.
    Forged,
}

struct Due {
    at: u64,
    number: u64,
    action: Action,
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

/// A process of the shop.
#[derive(Clone, Debug, Default)]
pub struct Process {
    /// Runs.
    pub alive: bool,
    /// Dies as soon as the present task pauses.
    pub dying: bool,
    /// Stands still until then, nanoseconds.
    pub frozen_until: u64,
    /// How often it was started.
    pub starts: u32,
}

/// A promise that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub invariant: Invariant,
    /// How.
    pub detail: String,
}

/// What must hold in every flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// Never more money than asked, per charge, period and purchase.
    NoDoubleCharge,
    /// What the gateway captured the shop knows.
    NoLostPayment,
    /// What the shop was told the gateway has captured.
    NoPhantomSuccess,
    /// Both sides have refunded the same.
    RefundsEqual,
    /// A charge is delivered at most once.
    DeliveredOnce,
    /// An unknown outcome ends within its bound.
    EndsInTime,
    /// Nobody is called while an inquiry, a notice or a file says what happened.
    NoNeedlessReview,
    /// What may happen each time that it arrives is sent once.
    NoBlindRetry,
    /// What is sent stands in the journal.
    JournalFirst,
    /// What is told stands in the journal.
    ToldFromJournal,
    /// What is sent again is not sent at the same instant by all.
    RetriesSpread,
    /// A notice is applied once.
    AppliedOnce,
    /// A forged notice changes nothing.
    NothingForged,
    /// A reward, or an exchange, gets its miles at most once.
    IssuedOnce,
    /// What one side believes of issued miles the other has.
    NoMilesLost,
    /// The points that are gone are the miles that came.
    NoPointsLost,
    /// The client neither panics nor gives an error that it must not give.
    NoNonsense,
}

impl Invariant {
    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoDoubleCharge => "no double charge",
            Self::NoLostPayment => "no lost payment",
            Self::NoPhantomSuccess => "no phantom success",
            Self::RefundsEqual => "refunds equal on both sides",
            Self::DeliveredOnce => "delivered at most once",
            Self::EndsInTime => "every unknown ends within its bound",
            Self::NoNeedlessReview => "no person where evidence exists",
            Self::NoBlindRetry => "no blind operation sent twice",
            Self::JournalFirst => "journal before the first byte",
            Self::ToldFromJournal => "what is told stands in the journal",
            Self::RetriesSpread => "retries are spread",
            Self::AppliedOnce => "a notice is applied once",
            Self::NothingForged => "nothing unverified is data",
            Self::IssuedOnce => "no miles issued twice",
            Self::NoMilesLost => "no miles lost",
            Self::NoPointsLost => "no points lost between the two sides",
            Self::NoNonsense => "no nonsense",
        }
    }
}

/// The state of a flow.
pub struct World {
    /// What the flow is.
    pub plan: Arc<Plan>,
    /// Nanoseconds since its start.
    pub now: u64,
    due: BinaryHeap<Reverse<Due>>,
    numbered: u64,
    /// Randomness while it runs.
    pub dice: Dice,
    /// What happened.
    pub trace: Trace,
    /// The other side.
    pub gateway: Gateway,
    /// Every exchange so far.
    pub exchanges: Vec<Exchange>,
    /// The shop's processes.
    pub processes: Vec<Process>,
    /// What the shop's journal holds, as seen from outside.
    pub records: Records,
    /// What the shop knows besides.
    pub shop: ShopBook,
    /// Faults that happened.
    pub faults: BTreeMap<Fault, u32>,
    /// Promises that were broken.
    pub violations: Vec<Violation>,
    /// Verbs of the journal so far.
    pub verbs: u32,
    /// Waits before something was sent again, nanoseconds.
    pub waits: BTreeSet<u64>,
    /// The last notice that reached the shop, by number.
    pub last_notice: u64,
    /// The network delivered a partial refund twice, so that it happened twice.
    pub doubled_part: bool,
    /// What the last notice told the shop was deposited in all, by order.
    pub heard: BTreeMap<String, u64>,
    /// What notices reported, of those that were applied.
    pub applied: BTreeSet<String>,
    /// When settlement files came, nanoseconds.
    pub files: Vec<u64>,
    /// The job that reads the settlement file has begun and not ended.
    pub reads_file: bool,
    /// What was going on when it began will be in another file.
    pub more_files: bool,
    /// The last month (`YYYYMM`) in the file that is read now, and in one that was read.
    pub file_until: [String; 2],
    /// What a flow about miles came to.
    pub miles_sums: MilesSums,
}

impl World {
    /// The start of a flow.
    #[must_use]
    pub fn new(plan: Arc<Plan>, gateway: Gateway, keep_trace: bool) -> Self {
        Self {
            now: 0,
            due: BinaryHeap::new(),
            numbered: 0,
            dice: Dice::new(plan.seed, 2),
            trace: Trace::new(keep_trace),
            gateway,
            exchanges: Vec::new(),
            processes: Vec::new(),
            records: Records::default(),
            shop: ShopBook::default(),
            faults: BTreeMap::new(),
            violations: Vec::new(),
            verbs: 0,
            waits: BTreeSet::new(),
            last_notice: 0,
            doubled_part: false,
            heard: BTreeMap::new(),
            applied: BTreeSet::new(),
            files: Vec::new(),
            reads_file: false,
            more_files: false,
            file_until: Default::default(),
            miles_sums: MilesSums::default(),
            plan,
        }
    }

    /// Lets something happen so many nanoseconds from now.
    pub fn after(&mut self, nanos: u64, action: Action) {
        self.numbered += 1;
        self.due.push(Reverse(Due {
            at: self.now.saturating_add(nanos),
            number: self.numbered,
            action,
        }));
    }

    /// Lets something happen at an instant, at once if that is past.
    pub fn at_unix(&mut self, unix: i64, action: Action) {
        let seconds = u64::try_from(unix - self.plan.start).unwrap_or(0);
        let nanos = seconds.saturating_mul(SECOND).saturating_sub(self.now);
        self.after(nanos, action);
    }

    /// Whether anything is going to happen.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.due.is_empty()
    }

    /// Goes on to the next thing that happens.
    pub fn next_action(&mut self) -> Option<Action> {
        let Reverse(due) = self.due.pop()?;
        self.now = due.at;
        Some(due.action)
    }

    /// The gateway's time, Unix seconds.
    #[must_use]
    pub fn unix(&self) -> i64 {
        self.unix_at(self.now)
    }

    /// The gateway's time at an instant of the flow, Unix seconds.
    #[must_use]
    pub fn unix_at(&self, nanos: u64) -> i64 {
        self.plan.start + i64::try_from(nanos / SECOND).unwrap_or(i64::MAX)
    }

    /// The shop's time, Unix seconds.
    #[must_use]
    pub fn shop_unix(&self) -> i64 {
        self.unix() + self.plan.skew
    }

    /// Writes an event down.
    pub fn log(&mut self, what: fmt::Arguments<'_>) {
        self.trace.event(self.now, what);
    }

    /// Notes that a fault happened.
    pub fn hit(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_default() += 1;
        self.trace
            .event(self.now, format_args!("fault: {}", fault.name()));
    }

    /// Notes that a promise was broken.
    pub fn broken(&mut self, invariant: Invariant, detail: String) {
        self.trace.event(
            self.now,
            format_args!("BROKEN: {}: {detail}", invariant.name()),
        );
        self.violations.push(Violation { invariant, detail });
    }

    /// Lets a process die as soon as its present task pauses.
    pub fn kill(&mut self, process: usize, point: CrashPoint) {
        self.hit(if point.at_journal() {
            Fault::CrashAtJournal
        } else {
            Fault::CrashAtNetwork
        });
        self.trace
            .event(self.now, format_args!("process {process} dies {point:?}"));
        if let Some(process) = self.processes.get_mut(process) {
            process.dying = true;
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("now", &self.now)
            .field("violations", &self.violations)
            .finish_non_exhaustive()
    }
}

/// The world, shared among the parts of a flow. One thread, so nobody ever waits for the lock.
#[derive(Clone, Debug)]
pub struct Shared(Arc<Mutex<World>>);

impl Shared {
    /// Shares a world.
    #[must_use]
    pub fn new(world: World) -> Self {
        Self(Arc::new(Mutex::new(world)))
    }

    /// The world. Never hold it over an await.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
