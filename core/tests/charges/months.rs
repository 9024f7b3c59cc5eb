//! Months of a simple contract: the gateway bills them, and statements tell of them.

use netmile::charge::BilledMonth;
use netmile::settlement::Reconciliation;

use super::*;

const CONTRACT: &str = "77777777777777";

async fn adopted(world: &World) -> Client {
    let client = world.client();
    let contract = ChargeRequest::new("CLUB", "netmile", Yen::new(300), Means::Contract)
        .customer("CUST0001")
        .item("ITEM1", "会費");
    for _ in 0..2 {
        let subscriptions = client.subscriptions();
        let adopted = subscriptions.adopt_simple(&contract, CONTRACT).await;
        assert_eq!(adopted.unwrap().phase, ChargePhase::Active);
    }
    client
}

/// A statement from one month of 2024 to another; each line says when, `sale` or `refund`, and the yen.
fn statement(months: (u8, u8), lines: &[(&str, &str, i64)]) -> Statement {
    let mut file = String::from(
        "record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,fee,net,status\r\n",
    );
    let (mut sum, mut net) = (0, 0);
    for (at, kind, yen) in lines {
        let (sign, status, fee) = match *kind {
            "sale" => (1, "captured", yen * 5 / 100),
            _ => (-1, "refunded", 0),
        };
        let own = sign * yen - fee;
        file += &format!(
            "D,{at},LINK-1,{CONTRACT},netmile,{kind},{yen},{yen},0,{fee},{own},{status}\r\n"
        );
        sum += sign * yen;
        net += own;
    }
    let fees = sum - net;
    file += &format!("T,,{},,,,{sum},,,{fees},{net},\r\n", lines.len());
    let day = |month: u8| YearMonth::new(2024, month).unwrap();
    let period = StatementPeriod::new(day(months.0).first_day(), day(months.1).last_day());
    Statement::read(&Profile::reference(), period.unwrap(), file.as_bytes()).unwrap()
}

async fn compared(client: &Client, statement: Statement) -> Reconciliation {
    let terms = SettlementTerms::default();
    client.reconcile(statement, &terms).await.unwrap()
}

/// Compares, repairs, and compares again: then nothing is left to do.
async fn repaired(client: &Client, statement: &Statement) -> Vec<Repaired> {
    let plan = compared(client, statement.clone()).await.repair_plan();
    let done = client.repair(&plan).await.unwrap();
    let again = client.repair(&plan).await.unwrap();
    assert!(again.iter().all(|one| *one == Repaired::Known), "{again:?}");
    let left = compared(client, statement.clone()).await.repair_plan();
    assert!(left.is_empty(), "{left:?}");
    done
}

async fn months(client: &Client) -> Vec<(String, u64)> {
    let known = client.payments().get("CLUB").await.unwrap().billed_months;
    let told = |one: BilledMonth| (one.month, one.amount.get());
    known.into_iter().map(told).collect()
}

#[tokio::test]
async fn a_month_is_recorded_as_the_statement_tells_it() {
    let world = World::new();
    let client = adopted(&world).await;
    // The month in which it came here belongs to the application, which was made by link type.
    assert!(compared(&client, statement((1, 1), &[])).await.is_clean());
    let february = statement((2, 2), &[("20240201000004", "sale", 300)]);
    assert_eq!(repaired(&client, &february).await, [Repaired::Done]);
    // Nothing was billed in March, and nobody is asked.
    assert_eq!(
        repaired(&client, &statement((3, 3), &[])).await,
        [Repaired::Done]
    );
    let told = |month: &str, yen| (month.to_owned(), yen);
    assert_eq!(
        months(&client).await,
        [told("202402", 300), told("202403", 0)]
    );
    assert!(compared(&client, february).await.is_clean());
}

#[tokio::test]
async fn several_months_of_one_statement_are_told_apart_whatever_the_hour() {
    let world = World::new();
    let client = adopted(&world).await;
    // March was not billed; April late in the night of the first.
    let lines = [
        ("20240201000004", "sale", 300),
        ("20240401034500", "sale", 300),
        ("20240501000000", "sale", 300),
    ];
    let done = repaired(&client, &statement((2, 5), &lines)).await;
    assert!(done.iter().all(|one| *one == Repaired::Done), "{done:?}");
    let mut known = months(&client).await;
    known.sort();
    let told = |month: &str, yen| (month.to_owned(), yen);
    let expected = [
        ("202402", 300),
        ("202403", 0),
        ("202404", 300),
        ("202405", 300),
    ];
    assert_eq!(known, expected.map(|(month, yen)| told(month, yen)));
}

#[tokio::test]
async fn a_refunded_month_agrees_with_its_statement() {
    let world = World::new();
    let client = adopted(&world).await;
    let february = statement((2, 2), &[("20240201000004", "sale", 300)]);
    repaired(&client, &february).await;
    world.clock.advance(40 * 86_400);
    world.reply([Reply::Ok(String::new())]);
    let refunded = client.subscriptions().refund_month("CLUB", "202402").await;
    assert!(refunded.unwrap().is_done());
    let at = world.clock.now().to_jst();
    let both = [
        ("20240201000004", "sale", 300),
        (at.as_str(), "refund", 300),
    ];
    let found = compared(&client, statement((2, 2), &both)).await;
    assert!(found.repair_plan().is_empty(), "{:?}", found.repair_plan());
    // A second refund that the journal does not know is a person's.
    let other = [both[0], both[1], ("20240215100000", "refund", 300)];
    let found = compared(&client, statement((2, 2), &other)).await;
    assert_eq!(found.repair_plan().len(), 1);
}

#[tokio::test]
async fn a_month_of_other_yen_is_a_persons() {
    let world = World::new();
    let client = adopted(&world).await;
    let february = statement((2, 2), &[("20240201000004", "sale", 400)]);
    let plan = compared(&client, february).await.repair_plan();
    assert!(
        matches!(plan[0].repair, Repair::Investigate { .. }),
        "{plan:?}"
    );
    let left = client.repair(&plan).await.unwrap();
    assert!(matches!(left[0], Repaired::Left(_)));
    assert!(months(&client).await.is_empty());
}

/// The application has the contract's ids too, and may be dated two days late: the month is the contract's all the same.
#[test]
fn the_month_after_the_application_is_the_contracts() {
    use netmile::settlement::reconcile::{Class, Expected, Source, reconcile};
    let at = |text: &str| Timestamp::parse_jst(text).unwrap();
    let applied = Expected::new(Source::Purchase, "LINK", "LINK-1")
        .with_tracking_id(CONTRACT)
        .sale(Yen::new(300), at("20240131235000"));
    let month = Expected::new(Source::Month, "CLUB@202402", "CLUB")
        .with_tracking_id(CONTRACT)
        .unknown_sale(
            Yen::new(300),
            at("20240201000000"),
            Some(at("20240229235959")),
        );
    let terms = SettlementTerms::default();
    let both = [
        ("20240131235000", "sale", 300),
        ("20240201000004", "sale", 300),
    ];
    for (statement, of_application) in [
        (statement((2, 2), &both[1..]), Class::OutsidePeriod),
        (statement((1, 2), &both), Class::Match),
    ] {
        let expected = [applied.clone(), month.clone()];
        let found = reconcile(expected, statement.rows, &statement.end, &terms);
        let class_of = |id: &str| {
            let mut entries = found.entries().iter();
            let entry = entries.find(|e| e.record.as_ref().is_some_and(|r| r.id == id));
            entry.unwrap().class
        };
        assert_eq!(class_of("LINK"), of_application);
        assert_eq!(class_of("CLUB@202402"), Class::Match);
        assert_eq!(found.repair_plan().len(), 1);
    }
}

#[tokio::test]
async fn a_refund_of_other_yen_is_not_the_months() {
    let world = World::new();
    let client = adopted(&world).await;
    let february = statement((2, 2), &[("20240201000004", "sale", 300)]);
    repaired(&client, &february).await;
    world.clock.advance(40 * 86_400);
    world.reply([Reply::Lost]);
    let lost = client.subscriptions().refund_month("CLUB", "202402").await;
    assert!(lost.unwrap().is_unknown());
    let both = [
        ("20240201000004", "sale", 300),
        ("20240211100000", "refund", 100),
    ];
    let plan = compared(&client, statement((2, 2), &both))
        .await
        .repair_plan();
    let done = client.repair(&plan).await.unwrap();
    // The statement is whole, so the month's refund did not happen; of what the other is, it says nothing.
    assert_eq!(
        done.iter()
            .filter(|one| matches!(one, Repaired::Left(_)))
            .count(),
        1
    );
    let charge = client.payments().get("CLUB").await.unwrap();
    assert!(charge.refunded_months.is_empty());
}

#[tokio::test]
async fn a_month_and_its_refund_are_written_down_by_one_plan() {
    let world = World::new();
    let client = adopted(&world).await;
    world.clock.advance(40 * 86_400);
    world.reply([Reply::Lost]);
    let lost = client.subscriptions().refund_month("CLUB", "202402").await;
    assert!(lost.unwrap().is_unknown());
    let at = world.clock.now().to_jst();
    let both = [
        ("20240201000004", "sale", 300),
        (at.as_str(), "refund", 300),
    ];
    let done = repaired(&client, &statement((2, 2), &both)).await;
    assert_eq!(done, [Repaired::Done, Repaired::Done]);
    let charge = client.payments().get("CLUB").await.unwrap();
    assert_eq!(charge.refunded_months.len(), 1);
}

#[tokio::test]
async fn half_a_month_asks_nobody() {
    let world = World::new();
    let client = adopted(&world).await;
    let day = |text: &str| text.parse().unwrap();
    let mut half = statement((2, 2), &[]);
    half.end.period = StatementPeriod::new(day("2024-02-01"), day("2024-02-15")).unwrap();
    assert!(compared(&client, half).await.repair_plan().is_empty());
}
