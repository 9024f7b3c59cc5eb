//! Whatever comes in, the book answers, moves money only on an OK, and its sums add up.

use netmile_mock::api::{Flow, MovementKind, PaymentState};
use proptest::prelude::*;

use crate::common::*;

/// One thing that a client may do.
#[derive(Debug, Clone)]
enum Act {
    Pay { yen: u64, user: usize },
    Card { yen: u64 },
    Commit(usize),
    Capture(usize, u64),
    Refund(usize),
    Part(usize, u64),
    Contract { yen: u64 },
    End(usize),
    Days(i64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (1_u64..400, 0_usize..3).prop_map(|(yen, user)| Act::Pay { yen, user }),
        (1_u64..2_000).prop_map(|yen| Act::Card { yen }),
        (0_usize..6).prop_map(Act::Commit),
        (0_usize..6, 0_u64..2_000).prop_map(|(n, yen)| Act::Capture(n, yen)),
        (0_usize..6).prop_map(Act::Refund),
        (0_usize..6, 1_u64..300).prop_map(|(n, yen)| Act::Part(n, yen)),
        (10_u64..100).prop_map(|yen| Act::Contract { yen }),
        (0_usize..6).prop_map(Act::End),
        (1_i64..70).prop_map(Act::Days),
    ]
}

fn perform(desk: &mut Desk, n: usize, act: &Act) {
    let ids: Vec<(String, String)> = desk
        .book
        .payments()
        .map(|p| (p.tracking_id.clone(), p.method.clone()))
        .collect();
    let contracts: Vec<String> = desk
        .book
        .contracts()
        .map(|c| c.tracking_id.clone())
        .collect();
    let at = |index: &usize| ids.get(*index).cloned().unwrap_or_default();
    let order = format!("ORDER-{n}");
    let message = match act {
        Act::Pay { yen, user } => netmile(
            &order,
            &yen.to_string(),
            ["taro", "hanako", "nobody"][*user],
        ),
        Act::Card { yen } => token(&order, &yen.to_string(), &order),
        Act::Commit(index) => processed("ST02-00101-101", &at(index).0),
        Act::Capture(index, yen) => amount("ST02-00201-101", &at(index).0, &yen.to_string()),
        Act::Refund(index) => {
            let (id, method) = at(index);
            processed(&format!("ST02-00303-{method}"), &id)
        }
        Act::Part(index, yen) => {
            let (id, method) = at(index);
            amount(&format!("ST02-00307-{method}"), &id, &yen.to_string())
        }
        Act::Contract { yen } => netmile_monthly(&order, &yen.to_string(), "taro"),
        Act::End(index) => {
            let id = contracts.get(*index).cloned().unwrap_or_default();
            processed("ST02-00302-900", &id)
        }
        Act::Days(days) => {
            desk.now += days * 86_400;
            for one in desk.book.advance(desk.now, &desk.purse) {
                desk.purse.post(&one.postings);
            }
            return;
        }
    };
    let before = desk.book.ledger().len();
    let handled = desk.handle(&message);
    if handled.outcome != "OK" {
        assert_eq!(desk.book.ledger().len(), before, "{act:?}");
        assert!(handled.postings.is_empty(), "{act:?}");
    }
}

fn sums_add_up(desk: &Desk) {
    for payment in desk.book.payments() {
        assert!(payment.refunded <= payment.captured && payment.captured <= payment.amount);
        let moved = |kind| {
            desk.book
                .ledger()
                .iter()
                .filter(|m| m.tracking_id == payment.tracking_id && m.kind == kind)
                .map(|m| m.yen)
                .sum::<u64>()
        };
        assert_eq!(moved(MovementKind::Captured), payment.captured);
        assert_eq!(moved(MovementKind::Refunded), payment.refunded);
        let refunded = payment.state == PaymentState::Refunded;
        assert_eq!(
            refunded,
            payment.captured > 0 && payment.refunded == payment.captured
        );
    }
    for (user, opening) in [("taro", 400), ("hanako", 1_000_000)] {
        let paid = desk
            .book
            .payments()
            .filter(|p| p.flow == Flow::Point && p.user.as_deref() == Some(user));
        let of_payments: u64 = paid
            .map(|p| 2 * (p.captured - p.refunded) - p.returned_miles)
            .sum();
        let months = desk
            .book
            .contracts()
            .filter(|c| c.user.as_deref() == Some(user));
        let of_months: u64 = months
            .flat_map(|c| c.months.values())
            .map(|m| 2 * m.billed - m.returned_miles)
            .sum();
        let balance = desk.balance(user);
        assert!(balance >= 0);
        assert_eq!(
            balance,
            opening - i64::try_from(of_payments + of_months).unwrap()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_done_the_sums_add_up(acts in prop::collection::vec(act(), 1..40)) {
        let mut desk = Desk::open();
        for (n, act) in acts.iter().enumerate() {
            perform(&mut desk, n, act);
        }
        sums_add_up(&desk);
    }

    #[test]
    fn bent_requests_are_answered_and_move_nothing_unless_ok(
        which in 0_usize..4,
        from in 0_usize..2_000,
        length in 0_usize..60,
        filling in prop::collection::vec(any::<u8>(), 0..30),
    ) {
        let mut desk = Desk::open();
        let message = match which {
            0 => netmile("ORDER-1", "150", "taro"),
            1 => netmile("ORDER-1", "150", "taro").encrypted(),
            2 => token("ORDER-1", "1000", "tok-1"),
            _ => slip("ORDER-1", "1500").encrypted(),
        };
        let mut body = message.body(desk.now);
        let from = from.min(body.len());
        let to = (from + length).min(body.len());
        body.splice(from..to, filling);
        let handled = desk.raw(Some(&message.basic()), &body);
        prop_assert_eq!(handled.status, 200);
        let text = text(&handled.body);
        prop_assert!(text.contains("</sps-api-response>"));
        if !text.contains("<res_result>OK<") {
            prop_assert!(desk.book.ledger().is_empty());
            prop_assert_eq!(desk.book.payments().count(), 0);
            prop_assert_eq!(desk.balance("taro"), 400);
        }
    }

    #[test]
    fn any_bytes_are_answered(body in prop::collection::vec(any::<u8>(), 0..300), header in ".{0,60}") {
        let mut desk = Desk::open();
        let basic = Message::new("x").basic();
        prop_assert_eq!(desk.raw(Some(&basic), &body).status, 200);
        prop_assert_eq!(desk.raw(Some(&header), &body).status, 401);
    }
}
