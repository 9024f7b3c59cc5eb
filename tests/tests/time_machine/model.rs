//! What must come out: a naive walk through the days.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Calendar, Date, last_day};
use crate::plans::{Capture, Ending, First, Kind, Method, Plan, Purse};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Paid,
    /// Authorised, and not captured.
    Reserved,
    /// Authorised, and given up.
    Cancelled,
    Refused,
}

/// What the shop does today about an authorised period.
pub(crate) struct ToCapture {
    pub(crate) order_id: String,
    pub(crate) capture: Capture,
    /// What is captured of it. Yen.
    pub(crate) yen: u64,
    /// The answer is lost on its way.
    pub(crate) lost: bool,
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
    has_purse: bool,
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
        let enough = self.hold(price);
        if enough {
            self.note(date, i64::try_from(price).unwrap());
        }
        enough
    }

    /// The same before the yen are the shop's.
    fn hold(&mut self, price: u64) -> bool {
        if self.has_purse {
            let yen = i64::try_from(price).unwrap();
            if self.miles < 2 * yen {
                return false;
            }
            self.miles += bonus(price) - 2 * yen;
        }
        self.shorts = 0;
        self.short_month = None;
        true
    }

    fn give_back(&mut self, date: Date, before: u64, yen: u64) {
        self.let_go(before, yen);
        self.note(date, -i64::try_from(yen).unwrap());
    }

    /// The same before the yen were the shop's.
    fn let_go(&mut self, before: u64, yen: u64) {
        if self.has_purse {
            let back = i64::try_from(yen).unwrap();
            self.miles += 2 * back - (bonus(before) - bonus(before - yen));
        }
    }
}

/// One hundredth of the miles, from 100 yen on.
pub(crate) fn bonus(yen: u64) -> i64 {
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
    free_months: usize,
    bad_tokens: usize,
    card_months: usize,
    card_months_back: usize,
    /// By method.
    captured: [usize; Method::ALL.len()],
    given_back: [usize; Method::ALL.len()],
    captured_less: usize,
    cancelled: usize,
    too_late: usize,
    captures_lost: usize,
    ended_elsewhere: usize,
    end_told: usize,
}

impl Seen {
    pub(crate) fn all(&self) -> Vec<(String, usize)> {
        let by_method = |what: &str, of: [usize; Method::ALL.len()]| -> Vec<(String, usize)> {
            // A card has months, no periods.
            let methods = Method::ALL.into_iter().zip(of);
            methods
                .filter(|(method, _)| *method != Method::Card)
                .map(|(method, n)| (format!("periods {what} by {}", method.tag()), n))
                .collect()
        };
        let others = [
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
            ("free first months", self.free_months),
            ("tokens of no use", self.bad_tokens),
            ("months of cards", self.card_months),
            ("refunded months of cards", self.card_months_back),
            ("captures of less", self.captured_less),
            ("authorisations given up", self.cancelled),
            ("captures that came too late", self.too_late),
            ("captures whose answer was lost", self.captures_lost),
            ("contracts ended with the carrier", self.ended_elsewhere),
            ("of them told by a refusal", self.end_told),
        ];
        let others = others.into_iter().map(|(what, n)| (what.to_owned(), n));
        others
            .chain(by_method("captured", self.captured))
            .chain(by_method("given back", self.given_back))
            .collect()
    }
}

pub(crate) struct Model {
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) seen: Seen,
    /// By day: subscription and period.
    refund_on: BTreeMap<usize, Vec<(usize, usize)>>,
    again_on: BTreeMap<usize, Vec<(usize, usize)>>,
    /// By day: subscription, period and what is done about it.
    capture_on: BTreeMap<usize, Vec<(usize, usize, Capture)>>,
    held_captures: usize,
}

impl Model {
    pub(crate) fn new(plans: &[Plan]) -> Self {
        let one = |plan: &Plan| Subscription {
            has_purse: plan.method.has_purse(),
            miles: plan.miles,
            ..Subscription::default()
        };
        Self {
            subscriptions: plans.iter().map(one).collect(),
            seen: Seen::default(),
            refund_on: BTreeMap::new(),
            again_on: BTreeMap::new(),
            capture_on: BTreeMap::new(),
            held_captures: 0,
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
                Purse::Full | Purse::None => false,
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
            if !plan.is_simple() || !sub.under_control || sub.ended {
                continue;
            }
            if sub.take(date, plan.price) {
                sub.months.insert((date.0, date.1), plan.price);
                self.seen.simple += 1;
                self.seen.card_months += usize::from(plan.method == Method::Card);
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

    /// A simple contract was applied for: its first month is billed at once, unless it is free.
    pub(crate) fn applied(&mut self, plan: &Plan, calendar: &Calendar, day: usize) {
        let date = calendar.days[day];
        let Kind::Simple {
            first_is_free,
            bad_token,
        } = plan.kind
        else {
            panic!("billed by the shop");
        };
        self.seen.bad_tokens += usize::from(bad_token);
        let sub = &mut self.subscriptions[plan.at];
        sub.under_control = true;
        if first_is_free {
            self.seen.free_months += 1;
        } else {
            assert!(sub.take(date, plan.price));
            sub.months.insert((date.0, date.1), plan.price);
        }
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

    /// Nobody tells the shop.
    pub(crate) fn ended_elsewhere(&mut self, plan: &Plan) {
        self.subscriptions[plan.at].ended = true;
        self.seen.ended_elsewhere += 1;
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

    /// The shop's job; how many tries come before the first that succeeds by miles, if one does.
    pub(crate) fn run_job(
        &mut self,
        plans: &[Plan],
        calendar: &Calendar,
        day: usize,
    ) -> Option<usize> {
        let mut first = None;
        let mut tries = 0;
        for plan in plans {
            if !self.subscriptions[plan.at].under_control || plan.is_simple() {
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
                if paid && plan.method.has_purse() {
                    first.get_or_insert(tries);
                }
                tries += 1;
                now += 1;
            }
            self.seen.caught_up += usize::from(now > 1);
        }
        first
    }

    fn try_period(&mut self, plan: &Plan, calendar: &Calendar, day: usize, number: usize) -> bool {
        let date = calendar.days[day];
        let sub = &mut self.subscriptions[plan.at];
        let price = sub.periods[number].price;
        if plan.method.is_held() && !sub.ended && sub.hold(price) {
            let period = &mut sub.periods[number];
            period.tries.push((Outcome::Reserved, 0));
            let (days, capture) = plan.capture_of(period.starts);
            let later = self.capture_on.entry(day + days).or_default();
            later.push((plan.at, number, capture));
            return true;
        }
        if !plan.method.is_held() && !sub.ended && sub.take(date, price) {
            sub.periods[number].tries.push((Outcome::Paid, price));
            self.paid(plan, day, number);
            return true;
        }
        sub.periods[number].tries.push((Outcome::Refused, 0));
        self.seen.refused += 1;
        if sub.ended {
            // The refusal says that the contract runs no more.
            sub.client_knows_end = true;
            self.seen.end_told += usize::from(!plan.method.has_purse());
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

    fn paid(&mut self, plan: &Plan, day: usize, number: usize) {
        let sub = &mut self.subscriptions[plan.at];
        sub.paid += 1;
        self.seen.paid += 1;
        self.seen.captured[plan.method as usize] += 1;
        if plan.refund_every > 0 && sub.paid % plan.refund_every == 0 {
            let later = self.refund_on.entry(day + 40).or_default();
            later.push((plan.at, number));
        }
    }

    /// Authorised periods that the shop captures today, or gives up.
    pub(crate) fn captures(
        &mut self,
        plans: &[Plan],
        calendar: &Calendar,
        day: usize,
    ) -> Vec<ToCapture> {
        let date = calendar.days[day];
        let mut captures = Vec::new();
        for (at, number, capture) in self.capture_on.remove(&day).unwrap_or_default() {
            let (plan, sub) = (&plans[at], &mut self.subscriptions[at]);
            let period = &mut sub.periods[number];
            let tried = period.tries.len() - 1;
            let order_id = order_id(plan, &period.key, tried);
            let price = period.price;
            let yen = match capture {
                Capture::All => price,
                Capture::Less(less) => price - less,
                Capture::Cancelled | Capture::TooLate => 0,
            };
            period.price = yen;
            period.tries[tried] = match yen {
                0 => (Outcome::Cancelled, 0),
                yen => (Outcome::Paid, yen),
            };
            sub.let_go(price, price - yen);
            let mut lost = false;
            if yen > 0 {
                sub.note(date, i64::try_from(yen).unwrap());
                self.paid(plan, day, number);
                // Only miles can be asked about.
                if plan.method.has_purse() {
                    self.held_captures += 1;
                    lost = self.held_captures % 6 == 0;
                }
            }
            self.seen.captured_less += usize::from(matches!(capture, Capture::Less(_)));
            self.seen.cancelled += usize::from(capture == Capture::Cancelled);
            self.seen.too_late += usize::from(capture == Capture::TooLate);
            self.seen.captures_lost += usize::from(lost);
            captures.push(ToCapture {
                order_id,
                capture,
                yen,
                lost,
            });
        }
        captures
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
            self.seen.given_back[plan.method as usize] += 1;
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
                && plan.is_simple()
                && sub.under_control
                && sub.refund_asked.insert(last);
            if !asks {
                continue;
            }
            let possible = sub.months.remove(&last);
            if let Some(yen) = possible {
                sub.give_back(date, yen, yen);
                self.seen.month_refunds += 1;
                self.seen.card_months_back += usize::from(plan.method == Method::Card);
            } else {
                self.seen.month_refunds_refused += 1;
            }
            let text = format!("{:04}{:02}", last.0, last.1);
            refunds.push((plan.at, text, possible.is_some()));
        }
        refunds
    }
}
