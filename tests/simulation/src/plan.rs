//! What a flow is, drawn from its seed before anything runs.

use std::collections::BTreeMap;

use crate::dice::Dice;
use crate::fault::{CrashPoint, Fault};
use crate::miles_plan::{self, MilesPlan};

/// Nanoseconds of a second.
pub const SECOND: u64 = 1_000_000_000;
/// Nanoseconds of a minute.
pub const MINUTE: u64 = 60 * SECOND;
/// Nanoseconds of an hour.
pub const HOUR: u64 = 3600 * SECOND;
/// Nanoseconds of a day.
pub const DAY: u64 = 24 * HOUR;

/// By what the customer pays, and how the contract captures it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// NetMile (900), captured by the gateway.
    NetMile,
    /// NetMile, captured by the shop.
    NetMileReserved,
    /// Credit card by token (101), captured by the gateway.
    Card,
    /// Credit card by token, captured by the shop.
    CardReserved,
    /// Web convenience store (701).
    Slip,
    /// A simple recurring contract of NetMile: the gateway bills each month.
    NetMileMonthly,
    /// A simple recurring contract of a card.
    CardMonthly,
    /// A metered contract of NetMile: the shop bills each period.
    NetMilePeriods,
    /// A metered contract of a carrier (401, 402, 405).
    CarrierPeriods,
    /// Miles are issued one by one.
    Issue,
    /// Miles are issued by hand, up to ten at once.
    ByHand,
    /// Points are exchanged into miles.
    Exchange,
    /// The same by files that NetMile fetches from the shop's drop.
    Drop,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 13] = [
        Self::NetMile,
        Self::NetMileReserved,
        Self::Card,
        Self::CardReserved,
        Self::Slip,
        Self::NetMileMonthly,
        Self::CardMonthly,
        Self::NetMilePeriods,
        Self::CarrierPeriods,
        Self::Issue,
        Self::ByHand,
        Self::Exchange,
        Self::Drop,
    ];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NetMile => "NetMile",
            Self::NetMileReserved => "NetMile, captured later",
            Self::Card => "card",
            Self::CardReserved => "card, captured later",
            Self::Slip => "convenience store",
            Self::NetMileMonthly => "NetMile, monthly",
            Self::CardMonthly => "card, monthly",
            Self::NetMilePeriods => "NetMile, by period",
            Self::CarrierPeriods => "carrier, by period",
            Self::Issue => "miles, one by one",
            Self::ByHand => "miles, by hand",
            Self::Exchange => "points into miles",
            Self::Drop => "points into miles, by drop",
        }
    }

    /// Whether the customer pays with miles.
    #[must_use]
    pub const fn is_netmile(self) -> bool {
        matches!(
            self,
            Self::NetMile | Self::NetMileReserved | Self::NetMileMonthly | Self::NetMilePeriods
        )
    }

    /// Whether the customer pays by card.
    #[must_use]
    pub const fn is_card(self) -> bool {
        matches!(self, Self::Card | Self::CardReserved | Self::CardMonthly)
    }

    /// Whether the gateway's inquiry tells how much was refunded.
    #[must_use]
    pub const fn tells_refunds(self) -> bool {
        matches!(
            self,
            Self::NetMile | Self::NetMileReserved | Self::NetMilePeriods
        )
    }

    /// Whether it is about miles, and no payment.
    #[must_use]
    pub const fn is_miles(self) -> bool {
        matches!(
            self,
            Self::Issue | Self::ByHand | Self::Exchange | Self::Drop
        )
    }

    /// Whether the gateway bills each month.
    #[must_use]
    pub const fn is_monthly(self) -> bool {
        matches!(self, Self::NetMileMonthly | Self::CardMonthly)
    }

    /// Whether the shop bills each period.
    #[must_use]
    pub const fn is_periods(self) -> bool {
        matches!(self, Self::NetMilePeriods | Self::CarrierPeriods)
    }
}

/// One thing that the shop does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Charges the customer.
    Charge,
    /// Captures; a lower amount, or everything.
    Capture(Option<u64>),
    /// Cancels or refunds everything.
    Refund,
    /// Refunds a part under a name.
    Part(String, u64),
    /// Refunds two parts at the same time.
    Together([(String, u64); 2]),
    /// Refunds a part of the last period that was paid.
    PartOfPeriod(String, u64),
    /// Lets time pass.
    Wait(u64),
    /// Takes a metered contract under control.
    Adopt,
    /// Runs the billing job.
    Bill,
    /// Bills refused periods once more.
    BillAgain,
    /// Captures what was reserved for periods.
    CapturePeriods,
    /// Refunds the last period that was paid.
    RefundPeriod,
    /// Refunds a month of a simple contract, so many months after the start.
    RefundMonth(u32),
    /// Ends the contract.
    End,
    /// Rewards a customer with miles.
    Reward(usize),
    /// Rewards all customers by hand.
    Hand,
    /// Exchanges a customer's points.
    Exchange(usize),
    /// Takes a customer's miles back.
    CancelReward(usize),
    /// Asks what the office decided about that.
    AskCancel(usize),
}

/// How the shop goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Two tasks charge at once.
    pub double_click: bool,
    /// Asks the same verb again after an unknown outcome; else it waits for the resolver.
    pub asks_again: bool,
    /// Takes the next step at once after an unknown outcome.
    pub hurries: bool,
    /// Leaves an unknown outcome to the resolver and goes away.
    pub walks_away: bool,
    /// The workers run in a process of their own.
    pub own_workers: bool,
    /// Calls `recover()` when it starts.
    pub recovers: bool,
    /// How often it begins anew under another id after a refusal.
    pub more_tries: u32,
}

/// What the customer does with a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Pays so much, reported and then confirmed.
    Pays(u64),
    /// Pays so much, confirmed at once.
    PaysForCertain(u64),
    /// What was reported is taken back.
    TakesBack,
    /// The shop's staff cancels the slip at the gateway.
    Cancels,
}

/// A flow.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The seed it was drawn from.
    pub seed: u64,
    /// When it starts, Unix seconds.
    pub start: i64,
    /// By what is paid.
    pub way: Way,
    /// The carrier, where one is meant.
    pub carrier: u16,
    /// The shop captures.
    pub captures: bool,
    /// Yen.
    pub amount: u64,
    /// Miles that the member has.
    pub miles: i64,
    /// Secret leaves are encrypted.
    pub encrypted: bool,
    /// The gateway's notices carry the order.
    pub notices_name_order: bool,
    /// Days until the slip expires; none: the gateway's default.
    pub slip_days: Option<u64>,
    /// What the shop does.
    pub script: Vec<Act>,
    /// How.
    pub habits: Habits,
    /// What the customer does with a slip, each with the nanoseconds that pass before.
    pub visits: Vec<(u64, Visit)>,
    /// Seconds by which the shop's clock is ahead.
    pub skew: i64,
    /// Faults by number of the exchange.
    pub exchanges: BTreeMap<u32, Fault>,
    /// Every further exchange fails in so many of 1000.
    pub storm: u64,
    /// When nothing connects: from and to, nanoseconds.
    pub outage: Option<(u64, u64)>,
    /// Failing verbs of the journal by number.
    pub journal: BTreeMap<u32, Fault>,
    /// Deaths by number of the journal's verb.
    pub crashes_at_journal: BTreeMap<u32, CrashPoint>,
    /// Deaths by number of the exchange.
    pub crashes_at_network: BTreeMap<u32, CrashPoint>,
    /// Verbs of the journal take time.
    pub slow_journal: bool,
    /// What happens to notices, each of 1000.
    pub notices: BTreeMap<Fault, u64>,
    /// What a flow about miles is.
    pub miles_plan: MilesPlan,
}

impl Plan {
    /// Tag of the method.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        match (self.way, self.carrier) {
            (way, _) if way.is_netmile() => "netmile",
            (way, _) if way.is_card() => "credit",
            (Way::Slip, _) => "webcvs",
            (_, 401) => "docomo",
            (_, 402) => "auone",
            _ => "softbank2",
        }
    }

    /// Draws a flow.
    #[must_use]
    pub fn draw(seed: u64) -> Self {
        let mut dice = Dice::new(seed, 1);
        let dice = &mut dice;
        let mut about_miles = miles_plan::draw(seed);
        let paid = draw_way(dice);
        let way = about_miles.as_ref().map_or(paid, |(way, _)| *way);
        let captures = match way {
            Way::NetMileReserved | Way::CardReserved => true,
            way => way.is_periods() && dice.chance(500),
        };
        let amount = match way {
            Way::Slip => dice.between(1, 299_999),
            _ => dice.between(10, 50_000),
        };
        let short = way.is_netmile() && dice.chance(60);
        let needed = i64::try_from(amount * 2).unwrap_or(i64::MAX);
        let mut plan = Self {
            seed,
            // 2026 and 2027, any second.
            start: 1_767_193_200 + i64::try_from(dice.below(2 * 365 * 86_400)).unwrap_or(0),
            way,
            amount,
            carrier: dice.pick(&[401, 402, 405]).unwrap_or(401),
            captures,
            miles: match way {
                _ if short => needed / 2,
                Way::NetMileMonthly | Way::NetMilePeriods => needed * 6,
                _ => needed * 3,
            },
            encrypted: dice.chance(80) && !way.is_miles(),
            notices_name_order: dice.chance(800),
            slip_days: dice.chance(930).then(|| dice.between(1, 4)),
            script: Vec::new(),
            habits: draw_habits(dice),
            visits: Vec::new(),
            skew: 0,
            exchanges: BTreeMap::new(),
            storm: 0,
            outage: None,
            journal: BTreeMap::new(),
            crashes_at_journal: BTreeMap::new(),
            crashes_at_network: BTreeMap::new(),
            slow_journal: dice.chance(150),
            notices: BTreeMap::new(),
            miles_plan: MilesPlan::default(),
        };
        if let Some((_, dice)) = &mut about_miles {
            miles_plan::fill(&mut plan, dice);
            if dice.chance(750) {
                draw_faults(dice, &mut plan);
            }
            return plan;
        }
        plan.script = if way.is_monthly() {
            monthly(dice)
        } else if way.is_periods() {
            periods(dice, captures, amount)
        } else {
            draw_script(dice, way, amount)
        };
        if way == Way::Slip {
            plan.visits = draw_visits(dice, amount);
        }
        if dice.chance(750) {
            draw_faults(dice, &mut plan);
        }
        plan
    }
}

fn draw_way(dice: &mut Dice) -> Way {
    match dice.below(100) {
        0..28 => Way::NetMile,
        28..36 => Way::NetMileReserved,
        36..48 => Way::Card,
        48..62 => Way::CardReserved,
        62..80 => Way::Slip,
        80..85 => Way::NetMileMonthly,
        85..90 => Way::CardMonthly,
        90..95 => Way::NetMilePeriods,
        _ => Way::CarrierPeriods,
    }
}

fn draw_habits(dice: &mut Dice) -> Habits {
    Habits {
        double_click: dice.chance(150),
        asks_again: dice.chance(500),
        hurries: dice.chance(200),
        walks_away: dice.chance(150),
        own_workers: dice.chance(300),
        recovers: dice.chance(800),
        more_tries: u32::try_from(dice.below(3)).unwrap_or(0),
    }
}

fn draw_script(dice: &mut Dice, way: Way, amount: u64) -> Vec<Act> {
    let mut script = vec![Act::Charge];
    if way == Way::Slip {
        return script;
    }
    pause(dice, &mut script);
    let mut left = amount;
    if matches!(way, Way::NetMileReserved | Way::CardReserved) {
        match dice.below(10) {
            0 => {
                script.push(Act::Refund);
                return script;
            }
            1..5 => {
                left = dice.between(1, amount);
                script.push(Act::Capture(Some(left)));
            }
            5..9 => script.push(Act::Capture(None)),
            _ => return script,
        }
        pause(dice, &mut script);
    }
    match dice.below(10) {
        0..3 => script.push(Act::Refund),
        3..7 => {
            parts(dice, left, &mut script);
        }
        _ => {}
    }
    script
}

/// Up to four parts, of equal sums now and then, and two at once now and then.
fn parts(dice: &mut Dice, mut left: u64, script: &mut Vec<Act>) {
    let count = dice.between(1, 4);
    let equal = dice
        .chance(500)
        .then(|| dice.between(1, (left / count).max(1)));
    let mut parts = Vec::new();
    for number in 1..=count {
        let most = left / (count + 1 - number);
        if most == 0 {
            break;
        }
        let yen = equal.unwrap_or_else(|| dice.between(1, most));
        parts.push((format!("part-{number}"), yen));
        left -= yen;
    }
    let mut parts = parts.into_iter().peekable();
    while let Some(one) = parts.next() {
        match parts.peek().cloned() {
            Some(other) if dice.chance(250) => {
                parts.next();
                script.push(Act::Together([one, other]));
            }
            _ => script.push(Act::Part(one.0, one.1)),
        }
        pause(dice, script);
    }
}

/// A contract that the gateway bills.
fn monthly(dice: &mut Dice) -> Vec<Act> {
    let mut script = vec![Act::Charge];
    if dice.chance(700) {
        script.push(Act::Wait(dice.between(1, 40) * DAY));
    }
    if dice.chance(600) {
        let month = u32::try_from(dice.below(2)).unwrap_or(0);
        script.push(Act::RefundMonth(month));
        pause(dice, &mut script);
    }
    if dice.chance(800) {
        script.push(Act::End);
        if dice.chance(300) {
            script.push(Act::RefundMonth(0));
        }
    }
    script
}

/// A contract that the shop bills.
fn periods(dice: &mut Dice, captures: bool, amount: u64) -> Vec<Act> {
    let mut script = vec![Act::Adopt, Act::Bill];
    for month in 0..dice.between(1, 2) {
        if dice.chance(400) {
            script.extend([Act::Wait(dice.between(1, 300) * SECOND), Act::Bill]);
        }
        if dice.chance(300) {
            script.push(Act::BillAgain);
        }
        if captures && dice.chance(850) {
            pause(dice, &mut script);
            script.push(Act::CapturePeriods);
        }
        match dice.below(10) {
            0..3 => script.push(Act::RefundPeriod),
            3..5 => {
                // The same sum again: another part.
                let yen = dice.between(1, (amount / 4).max(1));
                for part in 0..dice.between(1, 2) {
                    script.push(Act::PartOfPeriod(format!("part-{month}-{part}"), yen));
                }
            }
            _ => {}
        }
        script.extend([Act::Wait(dice.between(27, 34) * DAY), Act::Bill]);
    }
    if dice.chance(600) {
        script.push(Act::End);
    }
    script
}

pub(crate) fn pause(dice: &mut Dice, script: &mut Vec<Act>) {
    match dice.below(10) {
        0..6 => {}
        6..8 => script.push(Act::Wait(dice.between(1, 600) * SECOND)),
        _ => script.push(Act::Wait(dice.between(1, 40) * HOUR)),
    }
}

fn draw_visits(dice: &mut Dice, amount: u64) -> Vec<(u64, Visit)> {
    let soon = |dice: &mut Dice| match dice.below(4) {
        0 => dice.between(1, 30) * SECOND,
        1 => dice.between(1, 60) * MINUTE,
        _ => dice.between(1, 60) * HOUR,
    };
    let first = soon(dice);
    match dice.below(20) {
        0..9 => vec![(first, Visit::Pays(amount))],
        9..12 => vec![(first, Visit::PaysForCertain(amount))],
        12 => vec![(first, Visit::Pays(amount)), (soon(dice), Visit::TakesBack)],
        13 => vec![(first, Visit::Cancels)],
        14 if amount > 1 => {
            let part = dice.between(1, amount - 1);
            vec![
                (first, Visit::PaysForCertain(part)),
                (soon(dice), Visit::PaysForCertain(amount - part)),
            ]
        }
        15 => vec![(first, Visit::PaysForCertain(amount + dice.between(1, 1000)))],
        16 if amount > 1 => vec![(first, Visit::PaysForCertain(dice.between(1, amount - 1)))],
        _ => Vec::new(),
    }
}

fn draw_faults(dice: &mut Dice, plan: &mut Plan) {
    match dice.below(20) {
        0..15 => {
            for _ in 0..dice.between(1, 2) {
                let at = u32::try_from(dice.below(dice_reach(plan))).unwrap_or(0);
                if let Some(fault) = dice.pick(&Fault::OF_EXCHANGES) {
                    plan.exchanges.insert(at, fault);
                }
            }
        }
        15 => plan.storm = dice.between(100, 600),
        _ => {}
    }
    if dice.chance(60) {
        let from = dice.below(5) * SECOND / 4;
        let long = if dice.chance(300) { HOUR } else { 8 * SECOND };
        plan.outage = Some((from, from + dice.between(1, long)));
    }
    for _ in 0..dice.below(3) {
        if dice.chance(250) {
            let at = u32::try_from(dice.below(25)).unwrap_or(0);
            let fault = if dice.chance(500) {
                Fault::JournalBefore
            } else {
                Fault::JournalAfter
            };
            plan.journal.insert(at, fault);
        }
        if dice.chance(150) {
            let at = u32::try_from(dice.below(20)).unwrap_or(0);
            let points = [CrashPoint::BeforeJournal, CrashPoint::AfterJournal];
            plan.crashes_at_journal
                .extend(dice.pick(&points).map(|p| (at, p)));
        }
        if dice.chance(150) {
            let at = u32::try_from(dice.below(dice_reach(plan))).unwrap_or(0);
            let points = [
                CrashPoint::BeforeSend,
                CrashPoint::AfterSend,
                CrashPoint::AfterAnswer,
            ];
            plan.crashes_at_network
                .extend(dice.pick(&points).map(|p| (at, p)));
        }
    }
    if dice.chance(300) {
        plan.skew = i64::try_from(dice.between(0, 180)).unwrap_or(90) - 90;
    }
    if plan.way == Way::Slip {
        for fault in [
            Fault::NoticeTwice,
            Fault::NoticeReordered,
            Fault::NoticeLate,
            Fault::NoticeForged,
            Fault::NoticeFirst,
            Fault::WrongNotice,
        ] {
            if dice.chance(250) {
                plan.notices.insert(fault, 600);
            }
        }
    }
}

/// About how many exchanges a flow has.
fn dice_reach(plan: &Plan) -> u64 {
    1 + plan.script.len() as u64 + u64::from(plan.way.is_card())
}
