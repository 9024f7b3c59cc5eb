use proptest::prelude::*;

use crate::exchange::{ExchangeRate, MAX_MILES, PointPrice, Points, UnfitKind};
use crate::lang::Lang;
use crate::money::Miles;

fn points(count: u64) -> Points {
    Points::new(count)
}

#[test]
fn two_miles_are_one_yen() {
    // One point is one yen; one point is half a yen; three points are one yen.
    for (yen, price_points, rate_points, rate_miles) in [(1, 1, 1, 2), (1, 2, 1, 1), (1, 3, 3, 2)] {
        let price = PointPrice::new(yen, price_points).unwrap();
        let rate = ExchangeRate::equal_value(price).unwrap();
        assert_eq!((rate.points(), rate.miles()), (rate_points, rate_miles));
        assert!(rate.is_equal_value(price));
        assert!(!rate.exceeds_value(price));
    }
    let price = PointPrice::new(1, 2).unwrap();
    assert!(ExchangeRate::new(2, 3).unwrap().exceeds_value(price));
    assert!(!ExchangeRate::new(3, 2).unwrap().exceeds_value(price));
}

#[test]
fn what_does_not_fit_is_refused_with_the_nearest_that_does() {
    let rate = ExchangeRate::new(3, 2)
        .unwrap()
        .in_units_of(10)
        .unwrap()
        .from(100)
        .unwrap()
        .up_to(1_000)
        .unwrap();
    assert_eq!(rate.step(), points(30));
    assert_eq!(rate.convert(points(300)).unwrap().miles, Miles::new(200));
    for (given, kind, below, above) in [
        (0, UnfitKind::BelowMinimum, None, Some(120)),
        (90, UnfitKind::BelowMinimum, None, Some(120)),
        (100, UnfitKind::NotWhole, None, Some(120)),
        (121, UnfitKind::NotInUnits, Some(120), Some(150)),
        (1_000, UnfitKind::NotWhole, Some(990), None),
        (1_020, UnfitKind::AboveMaximum, Some(990), None),
        (u64::MAX, UnfitKind::AboveMaximum, Some(990), None),
    ] {
        let unfit = rate.convert(points(given)).unwrap_err();
        let expected = (kind, below.map(points), above.map(points));
        assert_eq!((unfit.kind, unfit.below, unfit.above), expected, "{given}");
    }
}

#[test]
fn an_application_page_shows_what_is_left() {
    let rate = ExchangeRate::new(1, 2).unwrap().in_units_of(100).unwrap();
    let quote = rate.quote(points(1_250), points(1_200)).unwrap();
    assert_eq!(quote.balance_after, points(50));
    assert_eq!(quote.conversion.miles, Miles::new(2_400));
    let unfit = rate.quote(points(1_250), points(1_300)).unwrap_err();
    assert_eq!(unfit.kind, UnfitKind::NotHeld);
    assert_eq!((unfit.below, unfit.above), (Some(points(1_200)), None));

    let page = rate.application(points(1_250));
    assert_eq!(page.least.unwrap().points, points(100));
    assert_eq!(page.most.unwrap().points, points(1_200));
    let poor = rate.application(points(99));
    assert_eq!((poor.least, poor.most), (None, None));
}

#[test]
fn no_exchange_has_more_miles_than_a_file_holds() {
    let rate = ExchangeRate::new(1, 100_000_000).unwrap();
    assert_eq!(rate.convert(points(9)).unwrap().miles.get(), 900_000_000);
    let unfit = rate.convert(points(10)).unwrap_err();
    assert_eq!(unfit.kind, UnfitKind::TooManyMiles);
    assert_eq!((unfit.below, unfit.above), (Some(points(9)), None));
    let unfit = rate.convert(points(u64::MAX)).unwrap_err();
    assert_eq!(unfit.below, Some(points(9)));
}

#[test]
fn a_rate_that_was_stored_is_checked_again() {
    let rate = ExchangeRate::new(4, 6).unwrap().from(50).unwrap();
    let stored = serde_json::to_string(&rate).unwrap();
    assert_eq!(serde_json::from_str::<ExchangeRate>(&stored).unwrap(), rate);
    let bad = stored.replace("\"unit\":1", "\"unit\":0");
    assert!(serde_json::from_str::<ExchangeRate>(&bad).is_err());
    assert!(
        ExchangeRate::new(1, 1)
            .unwrap()
            .from(10)
            .unwrap()
            .up_to(9)
            .is_err()
    );
    assert!(serde_json::from_str::<PointPrice>("[1,0]").is_err());
}

#[test]
fn a_refusal_is_a_sentence_in_both_languages() {
    let rate = ExchangeRate::new(3, 2).unwrap();
    let text = rate.convert(points(100)).unwrap_err().text(Lang::Ja);
    assert_eq!(
        text,
        "100 ポイントではマイルに端数が生じます。99 または 102 ポイントなら交換できます"
    );
}

fn a_rate() -> impl Strategy<Value = ExchangeRate> {
    let part = || prop_oneof![1u64..50, 1u64..=1_000_000_000];
    (part(), part(), part(), part(), proptest::option::of(part())).prop_map(
        |(p, m, unit, minimum, maximum)| {
            let rate = ExchangeRate::new(p, m).unwrap().in_units_of(unit).unwrap();
            let rate = rate.from(minimum).unwrap();
            maximum.map_or(rate, |most| rate.up_to(most).unwrap_or(rate))
        },
    )
}

fn an_amount() -> impl Strategy<Value = u64> {
    prop_oneof![0u64..2_000, any::<u64>()]
}

proptest! {
    #[test]
    fn miles_are_exactly_what_the_points_are_worth(rate in a_rate(), amount in an_amount()) {
        if let Ok(conversion) = rate.convert(points(amount)) {
            let miles = u128::from(conversion.miles.get());
            prop_assert_eq!(conversion.points.get(), amount);
            prop_assert_eq!(miles * u128::from(rate.points()), u128::from(amount) * u128::from(rate.miles()));
            prop_assert!(miles >= 1 && conversion.miles.get() <= MAX_MILES);
        }
    }

    #[test]
    fn miles_never_exceed_the_value_of_the_points(
        yen in 1u64..=1_000_000, price_points in 1u64..=1_000_000, amounts in proptest::collection::vec(an_amount(), 1..20),
    ) {
        let rate = ExchangeRate::equal_value(PointPrice::new(yen, price_points).unwrap()).unwrap();
        let (mut taken, mut issued) = (0u128, 0u128);
        for amount in amounts {
            if let Ok(conversion) = rate.convert(points(amount)) {
                taken += u128::from(amount);
                issued += u128::from(conversion.miles.get());
            }
        }
        // In half yen: a mile is one, a point 2 × yen / points.
        prop_assert_eq!(issued * u128::from(price_points), taken * u128::from(yen) * 2);
    }

    #[test]
    fn the_nearest_amounts_fit_and_nothing_between_them_does(rate in a_rate(), amount in an_amount(), held in an_amount()) {
        let Err(unfit) = rate.quote(points(held), points(amount)) else { return Ok(()) };
        let (below, above) = (unfit.below.map(Points::get), unfit.above.map(Points::get));
        for near in [below, above].into_iter().flatten() {
            prop_assert!(rate.quote(points(held), points(near)).is_ok());
        }
        prop_assert!(below.is_none_or(|b| b <= amount) && above.is_none_or(|a| a >= amount));
        // Neighbours that are whole steps away from what fits would have been nearer.
        let step = rate.step().get();
        if let Some(nearer) = below.and_then(|b| b.checked_add(step)).filter(|b| *b <= amount) {
            prop_assert!(rate.quote(points(held), points(nearer)).is_err());
        }
        if let Some(nearer) = above.and_then(|a| a.checked_sub(step)).filter(|a| *a >= amount) {
            prop_assert!(rate.quote(points(held), points(nearer)).is_err());
        }
        let page = rate.application(points(held));
        prop_assert_eq!(page.least.is_some(), page.most.is_some());
        if below.is_some() || above.is_some() {
            prop_assert!(page.most.is_some());
        }
    }
}

#[test]
fn why_an_amount_does_not_fit_is_an_error_like_any_other() {
    let unfit = ExchangeRate::new(3, 2)
        .unwrap()
        .convert(points(100))
        .unwrap_err();
    let told: Box<dyn std::error::Error> = Box::new(unfit);
    assert_eq!(
        told.to_string(),
        "100 points do not come out in whole miles; 99 or 102 points can be exchanged"
    );
}
