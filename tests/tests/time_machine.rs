//! Ten years of a thousand subscriptions: the real client over the mock's books, against a model that only walks
//! through the days.
//!
//! The model knows nothing of `netmile::schedule`: it asks of every single day whether it is a billing day. Equal to
//! the yen: each subscription in each month, each period, each try, the members' miles, and the total.
//!
//! All kinds of subscriptions: periods by miles, docomo, au and SoftBank, captured at once or by the shop, and simple
//! contracts by miles and by card. Simple contracts of the link type, with carriers too, have a walk of their own in
//! `time_machine/links.rs`: only the whole mock bills them.
//!
//! In a debug build it walks ten years of 150 subscriptions, of all kinds too; `make time-machine` walks the thousand.
//! `TIME_MACHINE_MONTHS` and `TIME_MACHINE_SUBSCRIPTIONS` say otherwise.

#![allow(
    clippy::manual_is_multiple_of,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "time_machine/calendar.rs"]
mod calendar;
#[path = "time_machine/links.rs"]
mod links;
#[path = "time_machine/model.rs"]
mod model;
#[path = "time_machine/plans.rs"]
mod plans;
#[path = "time_machine/shop.rs"]
mod shop;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use calendar::Calendar;
use model::{Model, Outcome as Expected};
use netmile::api::{ChargeRequest, Means};
use netmile::charge::ChargePhase;
use netmile::client::{Adopt, DuePeriod};
use netmile::operation::Outcome;
use netmile::schedule::{BillingDay, End, FirstPeriod, Schedule, YearMonth};
use netmile::time::Timestamp;
use netmile::{Client, Yen};
use netmile_mock::api::{LinkContract, MovementKind};
use netmile_tests::api::{Fault, World};
use plans::{Capture, Ending, First, Kind, Method, Plan};

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().expect(name))
}

#[tokio::test]
async fn ten_years_of_subscriptions_are_equal_to_the_yen() {
    let months = setting("TIME_MACHINE_MONTHS", 120);
    let count = setting("TIME_MACHINE_SUBSCRIPTIONS", 150);
    let began = Instant::now();
    let calendar = Calendar::new(months);
    let plans = plans::all(count, &calendar);
    let mut machine = Machine::new(plans, calendar);
    for day in 0..machine.calendar.days.len() {
        machine.live(day).await;
    }
    machine.settle_what_is_unknown().await;
    let told = machine.compare(months, count).await;
    println!("{told} in {:.1} s", began.elapsed().as_secs_f64());
}

struct Machine {
    calendar: Calendar,
    plans: Vec<Plan>,
    model: Model,
    world: Arc<World>,
    client: Client,
    next_run: usize,
    runs: usize,
    lost: usize,
}

/// Days from one run of the job to the next: it is not up every day.
const GAPS: [usize; 8] = [1, 2, 7, 1, 3, 9, 1, 5];

impl Machine {
    fn new(plans: Vec<Plan>, calendar: Calendar) -> Self {
        let world = World::new();
        *world.book.lock().unwrap() = shop::book();
        let client = shop::client(&world);
        for plan in &plans {
            world.purse.lock().unwrap().open(&plan.member(), plan.miles);
            if let Kind::Metered { .. } = plan.kind {
                let contract = LinkContract {
                    merchant_id: "99999".to_owned(),
                    service_id: "001".to_owned(),
                    cust_code: plan.customer(),
                    method: plan.method.tag().to_owned(),
                    pay_type: "2".to_owned(),
                    active: true,
                    ended_by: None,
                    member: plan.method.has_purse().then(|| plan.member()),
                };
                let mut purse = world.purse.lock().unwrap();
                purse.apply_for(&plan.tracking_id(), contract);
            }
        }
        Self {
            model: Model::new(&plans),
            calendar,
            plans,
            world,
            client,
            next_run: 0,
            runs: 0,
            lost: 0,
        }
    }

    fn set_clock(&self, day: usize, seconds: i64) {
        let now = self.calendar.midnight(day) + seconds;
        self.world.clock.set(Timestamp::from_unix(now));
    }

    async fn live(&mut self, day: usize) {
        self.set_clock(day, 0);
        for (at, miles) in self.model.top_up(&self.plans, &self.calendar, day) {
            let mut purse = self.world.purse.lock().unwrap();
            purse.open(&self.plans[at].member(), miles);
        }
        self.gateway_bills();
        self.model.gateway_bills(&self.plans, &self.calendar, day);
        // The first and the last second of the day belong to it as well.
        self.set_clock(day, [1, 36_000, 86_399][day % 3]);
        self.begin(day).await;
        self.bill_again(day).await;
        self.capture(day).await;
        self.refund(day).await;
        self.end(day).await;
        self.model.walk(&self.plans, &self.calendar, day);
        if day == self.next_run {
            self.run_job(day).await;
            self.next_run = day + GAPS[self.runs % GAPS.len()];
            self.runs += 1;
        }
    }

    fn gateway_bills(&self) {
        let mut purse = self.world.purse.lock().unwrap();
        let mut book = self.world.book.lock().unwrap();
        let now = netmile::time::Clock::now(&*self.world.clock).as_unix();
        for happened in book.advance(now, &*purse) {
            purse.post(&happened.postings);
        }
    }

    async fn begin(&mut self, day: usize) {
        for at in 0..self.plans.len() {
            let plan = &self.plans[at];
            if plan.begins != day {
                continue;
            }
            match &plan.kind {
                Kind::Simple { bad_token, .. } => {
                    if *bad_token {
                        let refused = application(plan, "-0", "bad-token");
                        let refused = self.client.subscriptions().apply_by_api(&refused).await;
                        let refused = refused.unwrap();
                        assert!(matches!(refused, Outcome::Rejected(_)), "{refused:?}");
                    }
                    let request = application(plan, "", &plan.customer());
                    let applied = self.client.subscriptions().apply_by_api(&request).await;
                    let contract = done(applied.unwrap());
                    assert_eq!(contract.phase, ChargePhase::Active);
                    self.model.applied(plan, &self.calendar, day);
                }
                Kind::Metered { .. } => {
                    let adopt = Adopt {
                        id: plan.id(),
                        method: plan.method.tag().to_owned(),
                        tracking_id: plan.tracking_id(),
                        cust_code: plan.customer(),
                        item: ("NEWS".to_owned(), "マイル新聞".to_owned()),
                        amount: Yen::new(plan.price),
                        schedule: schedule(plan, &self.calendar),
                    };
                    self.client.subscriptions().adopt(&adopt).await.unwrap();
                    self.model.adopted(plan);
                }
            }
        }
    }

    async fn run_job(&mut self, day: usize) {
        let first = self.model.run_job(&self.plans, &self.calendar, day);
        if let (Some(before), 3) = (first, self.runs % 5) {
            (0..before).for_each(|_| self.world.fault(Fault::None));
            self.world.fault(Fault::LostAfter);
            self.lost += 1;
        }
        let today = self.calendar.days[day];
        let plans = &self.plans;
        let calendar = &self.calendar;
        let amount = |due: &DuePeriod| {
            let plan = &plans[plans::index(&due.contract.id)];
            let starts = due.period.starts();
            let date = (
                starts.year().unsigned_abs().into(),
                starts.month().unsigned_abs().into(),
                starts.day().unsigned_abs().into(),
            );
            let known = calendar.number(date) + plan.metered_after <= calendar.number(today);
            known.then(|| Yen::new(plan.price_of(date)))
        };
        let billed = self.client.subscriptions().bill_due(amount).await.unwrap();
        for period in billed {
            let _ = period.outcome.unwrap();
        }
        self.world.faults.lock().unwrap().clear();
    }

    async fn bill_again(&mut self, day: usize) {
        for (at, key, miles) in self.model.bill_again(&self.plans, &self.calendar, day) {
            let plan = &self.plans[at];
            let purse = &self.world.purse;
            purse.lock().unwrap().open(&plan.member(), miles);
            let id = plan.id();
            let again = self.client.subscriptions().bill_again(&id, &key).await;
            done(again.unwrap());
        }
    }

    async fn capture(&mut self, day: usize) {
        for period in self.model.captures(&self.plans, &self.calendar, day) {
            let id = &period.order_id;
            let payments = self.client.payments();
            let yen = match period.capture {
                Capture::All => None,
                Capture::Less(_) => Some(Yen::new(period.yen)),
                Capture::TooLate => {
                    let late = payments.capture(id, None).await.unwrap();
                    assert!(matches!(late, Outcome::Rejected(_)), "{id}: {late:?}");
                    done(payments.refund(id).await.unwrap());
                    continue;
                }
                Capture::Cancelled => {
                    done(payments.refund(id).await.unwrap());
                    continue;
                }
            };
            if period.lost {
                self.world.fault(Fault::LostAfter);
                assert!(payments.capture(id, yen).await.unwrap().is_unknown());
            }
            // Again it does nothing; after a lost answer it tells what became of it.
            for _ in 0..2 {
                done(payments.capture(id, yen).await.unwrap());
            }
        }
    }

    async fn refund(&mut self, day: usize) {
        for (order_id, part) in self.model.refunds(&self.plans, &self.calendar, day) {
            let payments = self.client.payments();
            for _ in 0..2 {
                done(match part {
                    None => payments.refund(&order_id).await.unwrap(),
                    Some(yen) => {
                        let part = payments.refund_part(&order_id, "sorry", Yen::new(yen));
                        part.await.unwrap()
                    }
                });
            }
        }
        for (at, month, expected) in self.model.month_refunds(&self.plans, &self.calendar, day) {
            let id = self.plans[at].id();
            for _ in 0..2 {
                let outcome = self.client.subscriptions().refund_month(&id, &month).await;
                assert_eq!(outcome.unwrap().is_done(), expected, "{id} {month}");
            }
        }
    }

    async fn end(&mut self, day: usize) {
        for plan in &self.plans {
            let subscriptions = self.client.subscriptions();
            if plan.ended_by_customer == Some(day) {
                let mut purse = self.world.purse.lock().unwrap();
                purse.end(&plan.tracking_id(), "CC");
                self.model.ended_elsewhere(plan);
            }
            if plan.ended_by_shop != Some(day) {
                continue;
            }
            if plan.method == Method::SoftBank {
                let refused = subscriptions.end_by_api(&plan.id()).await;
                assert_eq!(refused.unwrap_err().code(), "not_in_contract");
                let mut purse = self.world.purse.lock().unwrap();
                purse.end(&plan.tracking_id(), "CR");
                self.model.ended_elsewhere(plan);
                continue;
            }
            for _ in 0..2 {
                let ended = subscriptions.end_by_api(&plan.id()).await;
                assert_eq!(done(ended.unwrap()).phase, ChargePhase::Ended);
            }
            self.model.ended_by_shop(plan);
        }
    }

    /// An answer that was lost in the last runs is asked for.
    async fn settle_what_is_unknown(&self) {
        self.world.clock.advance(3_600);
        self.client.resolve().await.unwrap();
        let open = self.client.payments().unresolved(10).await.unwrap();
        assert!(open.is_empty(), "{open:?}");
    }

    async fn compare(&self, months: usize, count: usize) -> String {
        let mut gateway: Vec<BTreeMap<(u32, u32), i64>> = vec![BTreeMap::new(); self.plans.len()];
        for movement in self.world.book.lock().unwrap().ledger() {
            let (year, month, _) = self.calendar.date_of(movement.at);
            let yen = i64::try_from(movement.yen).unwrap();
            let of_month = gateway[plans::index(&movement.order_id)]
                .entry((year, month))
                .or_default();
            *of_month += match movement.kind {
                MovementKind::Captured => yen,
                MovementKind::Refunded => -yen,
            };
        }
        let mut total = 0;
        for (at, plan) in self.plans.iter().enumerate() {
            let expected = &self.model.subscriptions[at];
            assert_eq!(gateway[at], expected.yen, "yen by month of {plan:?}");
            total += expected.yen.values().sum::<i64>();
            let miles = self.world.purse.lock().unwrap().balances()[&plan.member()];
            assert_eq!(miles, expected.miles, "miles of {plan:?}");
            if plan.begins >= self.calendar.days.len() {
                continue;
            }
            let contract = self.client.payments().get(&plan.id()).await.unwrap();
            let ended = contract.phase == ChargePhase::Ended;
            assert_eq!(ended, expected.client_knows_end, "end of {plan:?}");
            if let Kind::Metered { .. } = plan.kind {
                let mut known = BTreeMap::new();
                for charge in self
                    .client
                    .subscriptions()
                    .periods(&plan.id())
                    .await
                    .unwrap()
                {
                    let outcome = match charge.phase {
                        ChargePhase::Rejected => Expected::Refused,
                        ChargePhase::Reserved => Expected::Reserved,
                        ChargePhase::Cancelled => Expected::Cancelled,
                        _ => Expected::Paid,
                    };
                    known.insert(charge.id.clone(), (outcome, charge.kept().get()));
                }
                assert_eq!(known, expected.tries(plan), "periods of {plan:?}");
            }
        }
        let gateway: i64 = gateway.iter().flat_map(BTreeMap::values).sum();
        assert_eq!(gateway, total);
        let seen = self.model.seen.all();
        if months >= 120 && count >= 150 {
            for (what, times) in &seen {
                assert!(*times > 0, "no {what}");
            }
            assert!(self.lost > 0);
        }
        let seen: Vec<_> = seen.iter().map(|(what, n)| format!("{n} {what}")).collect();
        format!(
            "{months} months, {count} subscriptions, {} job runs, {} lost answers, {total} yen; {}",
            self.runs,
            self.lost,
            seen.join(", ")
        )
    }
}

/// The application for a simple contract.
fn application(plan: &Plan, suffix: &str, token: &str) -> ChargeRequest {
    let id = format!("{}{suffix}", plan.id());
    let means = match plan.method {
        Method::Card => Means::token(token, "token-key"),
        _ => Means::member(plan.member()),
    };
    let request = ChargeRequest::new(id, plan.method.tag(), Yen::new(plan.price), means)
        .customer(plan.customer())
        .item("NEWS", "マイル新聞");
    match plan.kind {
        Kind::Simple {
            first_is_free: true,
            ..
        } => request.camp_type(1),
        _ => request,
    }
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("{other:?}"),
    }
}

fn schedule(plan: &Plan, calendar: &Calendar) -> Schedule {
    let Kind::Metered {
        day,
        every,
        anchor,
        first,
        ending,
    } = &plan.kind
    else {
        panic!("billed by the gateway");
    };
    let text = |(year, month, day): calendar::Date| format!("{year:04}-{month:02}-{day:02}");
    let month = |(year, month): (u32, u32)| {
        YearMonth::new(i16::try_from(year).unwrap(), u8::try_from(month).unwrap()).unwrap()
    };
    let first = match first {
        First::AtOnce => FirstPeriod::BillAtOnce,
        First::Later => FirstPeriod::NextBillingDay,
        First::Free => FirstPeriod::Free,
    };
    let start = text(calendar.days[plan.starts]).parse().unwrap();
    let day = BillingDay::new(u8::try_from(*day).unwrap()).unwrap();
    let every = u16::try_from(*every).unwrap();
    let schedule = if every == 12 {
        let in_month = u8::try_from(anchor.1).unwrap();
        Schedule::yearly(start, in_month, day, first).unwrap()
    } else if every == 1 {
        Schedule::monthly(start, day, first).unwrap()
    } else {
        let schedule = Schedule::every_months(every, start, day, first).unwrap();
        schedule.anchored(month(*anchor)).unwrap()
    };
    let end = match *ending {
        Ending::Never => return schedule,
        Ending::LastMonth(year, of_year) => End::LastChargeMonth(month((year, of_year))),
        Ending::LastDay(date) => End::LastDay(text(date).parse().unwrap()),
    };
    schedule.ending(end).unwrap()
}
