//! What must come out: a naive walk through the days.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Calendar, Date, last_day};
use crate::plans::{Ending, First, Kind, Plan, Purse};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Paid,
    Refused,
}

pub(crate) struct Period {
    key: String,
    starts: Date,
    free: bool,
    price: u64,
    /// How each try ended, and the yen kept of it.
    tries: Vec<(Outcome, u64)>,
}

#[derive(Default)]
pub(crate) struct Subscription {
    pub(crate) yen: BTreeMap<(u32, u32), i64>,
    pub(crate) miles: i64,
    pub(crate) client_knows_end: bool,
    under_control: bool,
    ended: bool,
    shorts: u32,
    short_month: Option<(u32, u32)>,
    periods: Vec<Period>,
    /// Months that a simple contract was billed for, and what is kept of them.
    months: BTreeMap<(u32, u32), u64>,
    refund_asked: BTreeSet<(u32, u32)>,
    paid: usize,
}

impl Subscription {
    pub(crate) fn tries(&self, plan: &Plan) -> BTreeMap<String, (Outcome, u64)> {
        let mut all = BTreeMap::new();
        for period in &self.periods {
            for (number, result) in period.tries.iter().enumerate() {
                all.insert(order_id(plan, &period.key, number), *result);
            }
        }
        all
    }

    fn note(&mut self, date: Date, yen: i64) {
        *self.yen.entry((date.0, date.1)).or_default() += yen;
    }

    /// Takes the miles of a price, if they suffice.
    fn take(&mut self, date: Date, price: u64) -> bool {
        let yen = i64::try_from(price).unwrap();
        if self.miles < 2 * yen {
            return false;
        }
        self.miles += bonus(price) - 2 * yen;
        self.note(date, yen);
        self.shorts = 0;
        self.short_month = None;
        true
    }

    fn give_back(&mut self, date: Date, before: u64, yen: u64) {
        let back = i64::try_from(yen).unwrap();
        self.miles += 2 * back - (bonus(before) - bonus(before - yen));
        self.note(date, -back);
    }
}

/// One hundredth of the miles, from 100 yen on.
fn bonus(yen: u64) -> i64 {
    if yen < 100 {
        return 0;
    }
    i64::try_from(2 * yen / 100).unwrap()
}

fn order_id(plan: &Plan, key: &str, number: usize) -> String {
    match number {
        0 => format!("{}-{key}", plan.id()),
        number => format!("{}-{key}r{:02}", plan.id(), number + 1),
    }
}

/// How often things happened that must be in the walk.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen {
    paid: usize,
    refused: usize,
    again: usize,
    free: usize,
    leap_days: usize,
    moved_days: usize,
    on_billing_day: [usize; 3],
    two_in_a_month: usize,
    caught_up: usize,
    ended_short: usize,
    ended_by_shop: usize,
    refunds: usize,
    parts: usize,
    simple: usize,
    simple_short: usize,
    month_refunds: usize,
    month_refunds_refused: usize,
}

impl Seen {
    pub(crate) fn all(&self) -> [(&'static str, usize); 19] {
        [
            ("periods paid", self.paid),
            ("periods refused", self.refused),
            ("refused periods billed again", self.again),
            ("free first periods", self.free),
            ("periods on a 29 February", self.leap_days),
            (
                "periods on the last day instead of a later one",
                self.moved_days,
            ),
            (
                "starts on the billing day, billed at once",
                self.on_billing_day[0],
            ),
            (
                "starts on the billing day, billed later",
                self.on_billing_day[1],
            ),
            ("starts on the billing day, free", self.on_billing_day[2]),
            ("second periods of a month", self.two_in_a_month),
            ("periods caught up with", self.caught_up),
            ("contracts ended after three refusals", self.ended_short),
            ("contracts ended by the shop", self.ended_by_shop),
            ("full refunds", self.refunds),
            ("partial refunds", self.parts),
            ("months billed by the gateway", self.simple),
            ("months short of miles", self.simple_short),
            ("refunds of a month", self.month_refunds),
            ("refused refunds of a month", self.month_refunds_refused),
        ]
    }
}

pub(crate) struct Model {
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) seen: Seen,
    /// By day: subscription and period.
    refund_on: BTreeMap<usize, Vec<(usize, usize)>>,
    again_on: BTreeMap<usize, Vec<(usize, usize)>>,
}

impl Model {
    pub(crate) fn new(plans: &[Plan]) -> Self {
        let one = |plan: &Plan| Subscription {
            miles: plan.miles,
            ..Subscription::default()
        };
        Self {
            subscriptions: plans.iter().map(one).collect(),
            seen: Seen::default(),
            refund_on: BTreeMap::new(),
            again_on: BTreeMap::new(),
        }
    }

    /// Miles that members get at the start of a month.
    pub(crate) fn top_up(
        &mut self,
        plans: &[Plan],
        calendar: &Calendar,
        day: usize,
    ) -> Vec<(usize, i64)> {
        let (year, month, 1) = calendar.days[day] else {
            return Vec::new();
        };
        let walked = ((year - 2027) * 12 + month) as usize;
        let mut given = Vec::new();
        for plan in plans {
            let fills = match plan.purse {
                Purse::Full => false,
                Purse::Gaps | Purse::GapsAndAgain => !(walked + plan.at).is_multiple_of(5),
                Purse::DriesUp(from) => walked < from,
            };
            let miles = 2 * i64::try_from(plan.price + 100).unwrap();
            // Nobody hoards: the purse is filled up, not added to.
            if fills && self.subscriptions[plan.at].miles < miles {
                self.subscriptions[plan.at].miles += miles;
                given.push((plan.at, miles));
            }
        }
        given
    }

    /// The gateway bills simple contracts on the first of the month.
    pub(crate) fn gateway_bills(&mut self, plans: &[Plan], calendar: &Calendar, day: usize) {
        let date = calendar.days[day];
        if date.2 != 1 {
            return;
        }
        for plan in plans {
            let sub = &mut self.subscriptions[plan.at];
            if !matches!(plan.kind, Kind::Simple) || !sub.under_control || sub.ended {
                continue;
            }
            if sub.take(date, plan.price) {
                sub.months.insert((date.0, date.1), plan.price);
                self.seen.simple += 1;
            } else {
                sub.shorts += 1;
                self.seen.simple_short += 1;
                if sub.shorts == 3 {
                    sub.ended = true;
                    self.seen.ended_short += 1;
                }
            }
        }
    }

    /// A simple contract was applied for: its first month is billed at once.
    pub(crate) fn applied(&mut self, plan: &Plan, calendar: &Calendar, day: usize) {
        let date = calendar.days[day];
        let sub = &mut self.subscriptions[plan.at];
        assert!(sub.take(date, plan.price));
        sub.months.insert((date.0, date.1), plan.price);
        sub.under_control = true;
    }

    pub(crate) fn adopted(&mut self, plan: &Plan) {
        self.subscriptions[plan.at].under_control = true;
    }

    pub(crate) fn ended_by_shop(&mut self, plan: &Plan) {
        let sub = &mut self.subscriptions[plan.at];
        sub.ended = true;
        sub.client_knows_end = true;
        self.seen.ended_by_shop += 1;
    }

    /// Which periods start today.
    pub(crate) fn walk(&mut self, plans: &[Plan], calendar: &Calendar, day: usize) {
        let date = calendar.days[day];
        for plan in plans {
            let Kind::Metered {
                day: billing_day,
                every,
                anchor,
                first,
                ending,
            } = plan.kind
            else {
                continue;
            };
            let over = match ending {
                Ending::Never => false,
                Ending::LastMonth(year, month) => (date.0, date.1) > (year, month),
                Ending::LastDay(last) => date > last,
            };
            if day < plan.starts || over {
                continue;
            }
            let stands_in = billing_day.min(last_day(date.0, date.1));
            let months = i64::from(date.0 * 12 + date.1) - i64::from(anchor.0 * 12 + anchor.1);
            let is_billing_day = date.2 == stands_in && months.rem_euclid(i64::from(every)) == 0;
            let is_start = day == plan.starts;
            let starts = if is_start {
                first != First::Later
            } else {
                is_billing_day
            };
            if is_start && is_billing_day {
                self.seen.on_billing_day[first as usize] += 1;
            }
            if !starts {
                continue;
            }
            let sub = &mut self.subscriptions[plan.at];
            let same_month = |p: &&Period| (p.starts.0, p.starts.1) == (date.0, date.1);
            let second = sub.periods.iter().any(|p| same_month(&p));
            let month = format!("{:04}-{:02}", date.0, date.1);
            let free = is_start && first == First::Free;
            self.seen.free += usize::from(free);
            self.seen.two_in_a_month += usize::from(second);
            self.seen.leap_days += usize::from((date.1, date.2) == (2, 29) && is_billing_day);
            self.seen.moved_days += usize::from(is_billing_day && stands_in < billing_day);
            sub.periods.push(Period {
                key: if second { format!("{month}-2") } else { month },
                starts: date,
                free,
                price: plan.price_of(date),
                tries: Vec::new(),
            });
        }
    }

    /// The shop's job; whether the first period that it bills is paid.
    pub(crate) fn run_job(&mut self, plans: &[Plan], calendar: &Calendar, day: usize) -> bool {
        let mut first = None;
        for plan in plans {
            if !self.subscriptions[plan.at].under_control || matches!(plan.kind, Kind::Simple) {
                continue;
            }
            let mut now = 0;
            for number in 0..self.subscriptions[plan.at].periods.len() {
                let sub = &self.subscriptions[plan.at];
                if sub.client_knows_end {
                    break;
                }
                let period = &sub.periods[number];
                let known = calendar.number(period.starts) + plan.metered_after <= day;
                if period.free || !period.tries.is_empty() || !known {
                    continue;
                }
                let paid = self.try_period(plan, calendar, day, number);
                first.get_or_insert(paid);
                now += 1;
            }
            self.seen.caught_up += usize::from(now > 1);
        }
        first == Some(true)
    }

    fn try_period(&mut self, plan: &Plan, calendar: &Calendar, day: usize, number: usize) -> bool {
        let date = calendar.days[day];
        let sub = &mut self.subscriptions[plan.at];
        let price = sub.periods[number].price;
        if !sub.ended && sub.take(date, price) {
            sub.periods[number].tries.push((Outcome::Paid, price));
            self.seen.paid += 1;
            sub.paid += 1;
            if plan.refund_every > 0 && sub.paid % plan.refund_every == 0 {
                let later = self.refund_on.entry(day + 40).or_default();
                later.push((plan.at, number));
            }
            return true;
        }
        sub.periods[number].tries.push((Outcome::Refused, 0));
        self.seen.refused += 1;
        if sub.ended {
            // The refusal says that the contract runs no more.
            sub.client_knows_end = true;
            return false;
        }
        let month = Some((date.0, date.1));
        if sub.short_month != month {
            sub.short_month = month;
            sub.shorts += 1;
            if sub.shorts == 3 {
                sub.ended = true;
                self.seen.ended_short += 1;
            }
        }
        if plan.purse == Purse::GapsAndAgain && !sub.ended {
            let tomorrow = self.again_on.entry(day + 1).or_default();
            tomorrow.push((plan.at, number));
        }
        false
    }

    /// Refused periods that are billed again today, with the miles that came in for them.
    pub(crate) fn bill_again(
        &mut self,
        plans: &[Plan],
        calendar: &Calendar,
        day: usize,
    ) -> Vec<(usize, String, i64)> {
        let mut again = Vec::new();
        for (at, number) in self.again_on.remove(&day).unwrap_or_default() {
            if self.subscriptions[at].ended {
                continue;
            }
            let sub = &mut self.subscriptions[at];
            let period = &sub.periods[number];
            let miles = 2 * i64::try_from(period.price).unwrap();
            again.push((at, period.key.clone(), miles));
            sub.miles += miles;
            assert!(self.try_period(&plans[at], calendar, day, number));
            self.seen.again += 1;
        }
        again
    }

    /// Paid periods that are refunded today: `order_id`, and yen of a part.
    pub(crate) fn refunds(
        &mut self,
        plans: &[Plan],
        calendar: &Calendar,
        day: usize,
    ) -> Vec<(String, Option<u64>)> {
        let mut refunds = Vec::new();
        for (at, number) in self.refund_on.remove(&day).unwrap_or_default() {
            let (plan, sub) = (&plans[at], &mut self.subscriptions[at]);
            let period = &mut sub.periods[number];
            let tried = period.tries.len() - 1;
            let order_id = order_id(plan, &period.key, tried);
            let price = period.price;
            let yen = if plan.refund_part { 37 } else { price };
            period.tries[tried].1 -= yen;
            sub.give_back(calendar.days[day], price, yen);
            refunds.push((order_id, plan.refund_part.then_some(yen)));
            if plan.refund_part {
                self.seen.parts += 1;
            } else {
                self.seen.refunds += 1;
            }
        }
        refunds
    }

    /// Months of simple contracts that are refunded today, and whether the gateway can.
    pub(crate) fn month_refunds(
        &mut self,
        plans: &[Plan],
        calendar: &Calendar,
        day: usize,
    ) -> Vec<(usize, String, bool)> {
        let date @ (year, month, 10) = calendar.days[day] else {
            return Vec::new();
        };
        let last = if month == 1 {
            (year - 1, 12)
        } else {
            (year, month - 1)
        };
        let mut refunds = Vec::new();
        for plan in plans {
            let sub = &mut self.subscriptions[plan.at];
            let asks = plan.refund_every > 0
                && (month as usize + plan.at).is_multiple_of(plan.refund_every)
                && matches!(plan.kind, Kind::Simple)
                && sub.under_control
                && sub.refund_asked.insert(last);
            if !asks {
                continue;
            }
            let possible = sub.months.remove(&last);
            if let Some(yen) = possible {
                sub.give_back(date, yen, yen);
                self.seen.month_refunds += 1;
            } else {
                self.seen.month_refunds_refused += 1;
            }
            let text = format!("{:04}{:02}", last.0, last.1);
            refunds.push((plan.at, text, possible.is_some()));
        }
        refunds
    }
}
