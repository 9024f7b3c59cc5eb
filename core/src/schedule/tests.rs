use jiff::ToSpan;
use proptest::prelude::*;

use super::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn day(n: u8) -> BillingDay {
    BillingDay::new(n).unwrap()
}

fn month(text: &str) -> YearMonth {
    YearMonth::parse(text).unwrap()
}

fn spans(schedule: &Schedule, count: usize) -> Vec<String> {
    schedule
        .periods()
        .take(count)
        .map(|p| {
            let billed = if p.is_billed() { "" } else { " free" };
            format!("{}: {} {}{billed}", p.key(), p.starts(), p.ends())
        })
        .collect()
}

/// A second calendar that walks day by day and knows nothing of the first.
mod naive {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub(super) struct Day(pub i32, pub i32, pub i32);

    pub(super) fn days_in(year: i32, month: i32) -> i32 {
        match month {
            2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    impl Day {
        pub(super) fn tomorrow(self) -> Self {
            let Self(year, month, day) = self;
            if day < 28 || day < days_in(year, month) {
                Self(year, month, day + 1)
            } else if month < 12 {
                Self(year, month + 1, 1)
            } else {
                Self(year + 1, 1, 1)
            }
        }
    }

    pub(super) struct Contract {
        pub start: Day,
        pub billing_day: i32,
        pub every: i32,
        /// Year and month that the others are counted from.
        pub anchor: (i32, i32),
        pub at_once: bool,
        pub free: bool,
    }

    /// First day, last day, billed.
    pub(super) type Span = (Day, Day, bool);

    /// Walks `months` months and writes down every period that ends within them.
    pub(super) fn walk(c: &Contract, months: i32) -> Vec<Span> {
        let last = c.start.1 - 1 + months;
        let until = Day(c.start.0 + last / 12, last % 12 + 1, 31);
        let mut spans = Vec::new();
        let mut open = (c.at_once || c.free).then_some((c.start, c.at_once));
        let mut yesterday = c.start;
        let mut today = c.start.tomorrow();
        while today <= until {
            let Day(year, month, day) = today;
            // The billing day itself, or the last day of a month that lacks it.
            let stands_in = day < c.billing_day && day >= 28 && day == days_in(year, month);
            if day == c.billing_day || stands_in {
                let apart = (year - c.anchor.0) * 12 + month - c.anchor.1;
                if apart % c.every == 0 {
                    if let Some((first, billed)) = open {
                        spans.push((first, yesterday, billed));
                    }
                    open = Some((today, true));
                }
            }
            yesterday = today;
            today = today.tomorrow();
        }
        spans
    }
}

fn of_naive(d: naive::Day) -> Date {
    let narrow = |n: i32| i8::try_from(n).unwrap();
    Date::new(i16::try_from(d.0).unwrap(), narrow(d.1), narrow(d.2)).unwrap()
}

fn compare(schedule: &Schedule, months: i32) {
    let start = schedule.start();
    let model = naive::Contract {
        start: naive::Day(
            start.year().into(),
            start.month().into(),
            start.day().into(),
        ),
        billing_day: schedule.billing_day().get().into(),
        every: schedule.interval().into(),
        anchor: (
            schedule.anchor().year().into(),
            schedule.anchor().month().into(),
        ),
        at_once: schedule.first() == FirstPeriod::BillAtOnce,
        free: schedule.first() == FirstPeriod::Free,
    };
    let expected = naive::walk(&model, months);
    assert!(expected.len() as i32 >= months / model.every - 2);
    let periods: Vec<_> = schedule.periods().take(expected.len()).collect();
    assert_eq!(periods.len(), expected.len());
    for (index, ((first, last, billed), period)) in expected.iter().zip(periods).enumerate() {
        assert_eq!(
            (period.starts(), period.ends(), period.is_billed()),
            (of_naive(*first), of_naive(*last), *billed),
            "{schedule:?}"
        );
        assert_eq!(period.number() as usize, index + 1);
    }
}

#[test]
fn every_start_and_billing_day_agrees_with_a_walk_over_120_months() {
    let mut start = date("2023-03-01");
    let mut combinations = 0;
    while start < date("2024-03-01") {
        for n in 1..=31 {
            // The option changes with the day, so that each start and each billing day meets all three.
            let option = (usize::from(n) + start.day_of_year() as usize) % 3;
            let first = FirstPeriod::ALL[option];
            compare(&Schedule::monthly(start, day(n), first).unwrap(), 120);
            combinations += 1;
        }
        start = start.tomorrow().unwrap();
    }
    assert_eq!(combinations, 366 * 31);
}

#[test]
fn every_option_agrees_with_a_walk_on_the_days_that_matter() {
    for start in [
        "2024-01-01",
        "2024-01-29",
        "2024-01-30",
        "2024-01-31",
        "2024-02-28",
        "2024-02-29",
        "2024-04-30",
    ] {
        for n in [1, 28, 29, 30, 31] {
            for first in FirstPeriod::ALL {
                for every in [1, 2, 3, 6, 12] {
                    let s = Schedule::every_months(every, date(start), day(n), first).unwrap();
                    compare(&s, 60);
                }
            }
        }
    }
}

#[test]
fn a_short_month_lends_its_last_day_and_gives_it_back() {
    let s = Schedule::monthly(date("2023-12-31"), day(31), FirstPeriod::BillAtOnce).unwrap();
    assert_eq!(
        spans(&s, 5),
        [
            "2023-12: 2023-12-31 2024-01-30",
            "2024-01: 2024-01-31 2024-02-28",
            "2024-02: 2024-02-29 2024-03-30",
            "2024-03: 2024-03-31 2024-04-29",
            "2024-04: 2024-04-30 2024-05-30",
        ]
    );
}

#[test]
fn a_yearly_leap_day_falls_on_the_28th_and_returns() {
    let s = Schedule::yearly(date("2024-02-29"), 2, day(29), FirstPeriod::BillAtOnce).unwrap();
    assert_eq!(
        spans(&s, 5),
        [
            "2024-02: 2024-02-29 2025-02-27",
            "2025-02: 2025-02-28 2026-02-27",
            "2026-02: 2026-02-28 2027-02-27",
            "2027-02: 2027-02-28 2028-02-28",
            "2028-02: 2028-02-29 2029-02-27",
        ]
    );
}

#[test]
fn leap_years_hold_for_400_years() {
    let s = Schedule::yearly(date("2000-02-29"), 2, day(29), FirstPeriod::BillAtOnce).unwrap();
    let leap = s
        .periods_until(date("2399-12-31"))
        .filter(|p| p.starts().day() == 29)
        .count();
    assert_eq!(s.periods_until(date("2399-12-31")).count(), 400);
    assert_eq!(leap, 97);
    compare(&s, 4_800);
}

#[test]
fn only_one_option_bills_a_start_on_the_billing_day_that_day() {
    let start = date("2026-02-10");
    let of = |first| Schedule::monthly(start, day(10), first).unwrap();
    assert_eq!(
        spans(&of(FirstPeriod::BillAtOnce), 2),
        [
            "2026-02: 2026-02-10 2026-03-09",
            "2026-03: 2026-03-10 2026-04-09"
        ]
    );
    assert_eq!(
        spans(&of(FirstPeriod::NextBillingDay), 1),
        ["2026-03: 2026-03-10 2026-04-09"]
    );
    assert_eq!(
        spans(&of(FirstPeriod::Free), 2),
        [
            "2026-02: 2026-02-10 2026-03-09 free",
            "2026-03: 2026-03-10 2026-04-09"
        ]
    );
    // A day that stands in for the billing day is one too.
    let s = Schedule::monthly(date("2026-02-28"), day(31), FirstPeriod::NextBillingDay).unwrap();
    assert_eq!(spans(&s, 1), ["2026-03: 2026-03-31 2026-04-29"]);
}

#[test]
fn two_periods_of_one_month_have_two_keys() {
    let s = Schedule::monthly(date("2026-01-10"), day(25), FirstPeriod::BillAtOnce).unwrap();
    assert_eq!(
        spans(&s, 3),
        [
            "2026-01: 2026-01-10 2026-01-24",
            "2026-01-2: 2026-01-25 2026-02-24",
            "2026-02: 2026-02-25 2026-03-24",
        ]
    );
}

#[test]
fn months_are_counted_from_the_anchor() {
    let s = Schedule::every_months(3, date("2026-01-26"), day(25), FirstPeriod::NextBillingDay)
        .unwrap();
    assert_eq!(spans(&s, 1), ["2026-04: 2026-04-25 2026-07-24"]);
    let s = s.anchored(month("2026-02")).unwrap();
    assert_eq!(spans(&s, 1), ["2026-02: 2026-02-25 2026-05-24"]);
    let s = s.anchored(month("2030-06")).unwrap();
    assert_eq!(spans(&s, 1), ["2026-03: 2026-03-25 2026-06-24"]);
}

#[test]
fn an_end_ends() {
    let s = Schedule::monthly(date("2026-01-15"), day(15), FirstPeriod::BillAtOnce).unwrap();
    let last_month = s.ending(End::LastChargeMonth(month("202602"))).unwrap();
    assert_eq!(
        spans(&last_month, 9),
        [
            "2026-01: 2026-01-15 2026-02-14",
            "2026-02: 2026-02-15 2026-03-14"
        ]
    );
    assert!(last_month.period_at(date("2026-03-14")).is_some());
    assert!(last_month.period_at(date("2026-03-15")).is_none());
    let last_day = s.ending(End::LastDay(date("2026-02-20"))).unwrap();
    assert_eq!(
        spans(&last_day, 9),
        [
            "2026-01: 2026-01-15 2026-02-14",
            "2026-02: 2026-02-15 2026-02-20"
        ]
    );
    assert!(last_day.period_at(date("2026-02-21")).is_none());
    assert!(s.ending(End::LastDay(date("2026-01-14"))).is_err());
    assert!(s.ending(End::LastChargeMonth(month("202512"))).is_err());
}

#[test]
fn recurring_simple_is_billed_at_the_start_of_each_later_month() {
    let s = Schedule::recurring_simple(date("2026-01-20"), None, Some(month("202603"))).unwrap();
    assert_eq!(
        spans(&s, 9),
        [
            "2026-01: 2026-01-20 2026-01-31",
            "2026-02: 2026-02-01 2026-02-28",
            "2026-03: 2026-03-01 2026-03-31",
        ]
    );
    let free = Schedule::recurring_simple(date("2026-01-20"), Some(1), None).unwrap();
    assert!(!free.periods().next().unwrap().is_billed());
    let unknown = Schedule::recurring_simple(date("2026-01-20"), Some(2), None).unwrap_err();
    assert_eq!(unknown.field_name(), Some("camp_type"));
    for first in FirstPeriod::ALL {
        let digit = first.camp_type();
        assert!(digit.is_none() || FirstPeriod::from_camp_type(digit).unwrap() == first);
    }
}

#[test]
fn a_period_belongs_to_the_japanese_day_on_which_it_starts() {
    let s = Schedule::monthly(date("2026-01-31"), day(1), FirstPeriod::NextBillingDay).unwrap();
    let first = s.periods().next().unwrap();
    assert_eq!(first.starts_at().to_jst(), "20260201000000");
    // 15:00 UTC of the eve.
    assert_eq!(first.starts_at().as_unix(), 1_769_871_600);
    assert_eq!(s.period_of(first.starts_at()), Some(first));
    assert_eq!(s.period_of(first.starts_at().plus_seconds(-1)), None);
}

#[test]
fn refuses_what_is_no_schedule() {
    let field = |e: Error| e.field_name().map(str::to_owned);
    let start = date("2026-01-01");
    for n in [0, 32, 255] {
        assert!(BillingDay::new(n).is_err());
    }
    let at_once = FirstPeriod::BillAtOnce;
    let every = |n| Schedule::every_months(n, start, day(1), at_once);
    assert_eq!(field(every(0).unwrap_err()).as_deref(), Some("interval"));
    assert_eq!(field(every(121).unwrap_err()).as_deref(), Some("interval"));
    assert!(every(120).is_ok());
    assert!(Schedule::yearly(start, 13, day(1), at_once).is_err());
    assert!(Schedule::monthly(date("0000-12-31"), day(1), at_once).is_err());
    assert!(Schedule::monthly(Date::MAX, day(1), at_once).is_err());
    for text in [
        "",
        "2026",
        "202600",
        "202613",
        "2026-1",
        "26-0102",
        "+20261",
        "2026/01",
        "０２６１１",
    ] {
        assert!(YearMonth::parse(text).is_err(), "{text}");
    }
}

#[test]
fn the_calendar_ends_without_a_fault() {
    let s = Schedule::monthly(date("9000-12-31"), day(31), FirstPeriod::Free).unwrap();
    let last = s.periods().last().unwrap();
    assert!(last.ends() > date("9999-10-01"));
    assert_eq!(s.period_at(Date::MAX), None);
    assert_eq!(s.period_at(Date::MIN), None);
    assert_eq!(s.nth(0), None);
    assert_eq!(s.nth(u32::MAX), None);
    assert_eq!(s.periods().nth(usize::MAX), None);
}

#[test]
fn a_stored_schedule_is_checked_again() {
    let text =
        r#"{"start":"2026-01-31","billing_day":31,"first":"free","last_charge_month":"2026-12"}"#;
    let s: Schedule = serde_json::from_str(text).unwrap();
    assert_eq!(s.interval(), 1);
    assert_eq!(s.end(), End::LastChargeMonth(month("202612")));
    for bad in [
        r#"{"start":"2026-01-32","billing_day":31}"#,
        r#"{"start":"2026-01-31","billing_day":32}"#,
        r#"{"start":"2026-01-31T00:00","billing_day":1}"#,
        r#"{"start":"2026-01-31","billing_day":1,"interval":0}"#,
        r#"{"start":"2026-01-31","billing_day":1,"last_day":"2026-01-30"}"#,
        r#"{"start":"2026-01-31","billing_day":1,"last_day":"2027-01-30","last_charge_month":"2026-12"}"#,
        r#"{"start":"2026-01-31","billing_day":1,"pause":true}"#,
    ] {
        assert!(serde_json::from_str::<Schedule>(bad).is_err(), "{bad}");
    }
}

prop_compose! {
    fn any_schedule()(
        offset in 0i64..150_000,
        n in 1u8..=31,
        interval in 1u16..=MAX_INTERVAL,
        shift in -40i32..40,
        first in prop::sample::select(FirstPeriod::ALL.to_vec()),
        end in prop_oneof![
            Just(None),
            (0i64..4000).prop_map(|days| Some((days, true))),
            (0i64..4000).prop_map(|days| Some((days, false))),
        ],
    ) -> Schedule {
        let start = date("1990-01-01").checked_add(offset.days()).unwrap();
        let s = Schedule::every_months(interval, start, day(n), first).unwrap();
        let s = s.anchored(YearMonth::of(start).plus(shift)).unwrap();
        let on = |days: i64| start.checked_add(days.days()).unwrap();
        match end {
            None => s,
            Some((days, true)) => s.ending(End::LastDay(on(days))).unwrap(),
            Some((days, false)) => {
                s.ending(End::LastChargeMonth(YearMonth::of(on(days)))).unwrap()
            }
        }
    }
}

proptest! {
    #[test]
    fn periods_follow_each_other_without_gap_or_overlap(s in any_schedule()) {
        let periods: Vec<_> = s.periods().take(40).collect();
        for pair in periods.windows(2) {
            prop_assert_eq!(pair[0].ends().tomorrow().unwrap(), pair[1].starts());
            prop_assert!(pair[0].key() < pair[1].key());
            prop_assert_eq!(pair[0].number() + 1, pair[1].number());
        }
        for p in &periods {
            prop_assert!(s.start() <= p.starts() && p.starts() <= p.ends());
            prop_assert!(p.is_billed() || p.number() == 1);
            for inside in [p.starts(), p.ends()] {
                prop_assert_eq!(s.period_at(inside), Some(*p));
            }
            prop_assert_eq!(s.nth(p.number()), Some(*p));
            prop_assert_eq!(s.periods_until(p.starts()).last(), Some(*p));
        }
        if let Some(first) = periods.first() {
            let eve = first.starts().yesterday().unwrap();
            prop_assert_eq!(s.period_at(eve), None);
            prop_assert_eq!(s.periods_until(eve).count(), 0);
        }
    }

    #[test]
    fn a_walk_agrees_whatever_the_interval(s in any_schedule()) {
        let open = s.ending(End::Open).unwrap();
        compare(&open, 240);
    }

    #[test]
    fn any_day_has_the_period_that_a_search_finds(s in any_schedule(), days in -100i64..5000) {
        let on = s.start().checked_add(days.days()).unwrap();
        let found = s.periods_until(on).find(|p| p.ends() >= on);
        prop_assert_eq!(s.period_at(on), found);
    }

    #[test]
    fn a_schedule_survives_being_stored(s in any_schedule()) {
        let json = serde_json::to_string(&s).unwrap();
        prop_assert_eq!(serde_json::from_str::<Schedule>(&json).unwrap(), s);
    }

    #[test]
    fn a_month_reads_back(index in 12i32..119_999) {
        let m = YearMonth::new(1, 1).unwrap().plus(index - 12);
        prop_assert_eq!(YearMonth::parse(&m.to_wire()).unwrap(), m);
        prop_assert_eq!(YearMonth::parse(&m.to_string()).unwrap(), m);
        prop_assert_eq!(m.next().map(|n| n.first_day()), m.last_day().tomorrow().ok());
    }
}
