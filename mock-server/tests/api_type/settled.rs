//! Money of the API type in the statements, and months of link-type contracts.

use netmile_mock::settlement::{Month, MovementKind, Movements as _, Parts};

use crate::{
    client::{Client, applied},
    common::*,
};

#[test]
fn movements_say_method_month_and_direction() {
    let mut desk = Desk::open();
    let paid = tag(
        &desk.ok(&netmile("ORDER-1", "150", "taro")),
        "res_tracking_id",
    );
    desk.ok(&amount("ST02-00307-900", &paid, "50"));
    desk.ok(&netmile_monthly("ORDER-2", "500", "hanako"));
    let card = tag(&desk.ok(&token("ORDER-3", "1000", "t1")), "res_tracking_id");
    desk.ok(&processed("ST02-00101-101", &card));
    desk.ok(&processed("ST02-00201-101", &card));
    let january: Month = "202601".parse().unwrap();
    let all = desk
        .book
        .movements("99999", "001", january.start(), january.end());
    let netmile = |yen| Parts::NetMile {
        netmile: yen,
        paypal: 0,
    };
    let short: Vec<_> = all.iter().map(|m| (m.kind, m.parts, m.period)).collect();
    assert_eq!(
        short,
        [
            (MovementKind::Sale, netmile(150), None),
            (MovementKind::Refund, netmile(50), None),
            (MovementKind::Sale, netmile(500), Some(january)),
            (MovementKind::Sale, Parts::Whole(1000), None),
        ]
    );
    assert!(desk.book.movements("99999", "003", 0, i64::MAX).is_empty());
    assert!(
        desk.book
            .movements("99999", "001", january.end(), i64::MAX)
            .is_empty()
    );
}

#[tokio::test]
async fn api_payments_close_with_the_month_and_are_paid_out() {
    let client = Client::open().await;
    client.ok(&netmile("ORDER-1", "20000", "hanako")).await;
    let happened = client.mock.admin().advance(60 * 86_400).await.unwrap();
    let kinds: Vec<_> = happened
        .iter()
        .map(|h| (h.kind.as_str(), h.outcome.as_str()))
        .collect();
    assert!(kinds.iter().any(|(k, _)| *k == "month_closed"), "{kinds:?}");
    assert!(kinds.contains(&("payout", "19000 yen")), "{kinds:?}");
}

#[tokio::test]
async fn months_of_a_link_contract_are_refunded_by_api_once() {
    let client = Client::open().await;
    let tracking = applied(&client, "1").await;
    client.mock.admin().advance(31 * 86_400).await.unwrap();
    assert_eq!(client.balance("hanako").await, 1_000_000 - 2 * 198);
    let month = |month: &str| {
        processed("ST02-00303-900", &tracking).line("pay_option_manage/cancel_target_month", month)
    };
    for (n, asked) in ["202602", "202601"].into_iter().enumerate() {
        client.ok(&month(asked)).await;
        assert_eq!(client.ng(&month(asked)).await, "90030999");
        let left = 1 - i64::try_from(n).unwrap();
        assert_eq!(client.balance("hanako").await, 1_000_000 - left * 198);
    }
    assert_eq!(client.ng(&month("202603")).await, "90027999");
    let admin = client.mock.admin();
    assert!(admin.payments().await.unwrap()[0].refunded_at.is_some());
    assert!(
        admin.periods(&tracking).await.unwrap()[0]
            .refunded_at
            .is_some()
    );
    client.ok(&processed("ST02-00302-900", &tracking)).await;
    assert_eq!(
        client.ng(&processed("ST02-00302-900", &tracking)).await,
        "90032999"
    );
}
