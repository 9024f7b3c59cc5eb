use super::*;
use crate::lang::Lang;
use crate::money::Yen;
use crate::schedule::YearMonth;
use crate::settlement::fees::Rate;
use crate::settlement::file::{
    MovementKind, PaymentStatus, PayoutKind, PayoutLine, Statement, Totals,
};
use crate::time::Timestamp;

mod truth;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_jst(text).unwrap()
}

fn yen(n: u64) -> Yen {
    Yen::new(n)
}

fn january() -> StatementPeriod {
    StatementPeriod::month(YearMonth::parse("202601").unwrap())
}

fn row(kind: MovementKind, order: &str, tracking: &str, amount: u64, when: &str) -> StatementRow {
    StatementRow {
        line: 0,
        processed_at: at(when),
        order_id: order.into(),
        tracking_id: tracking.into(),
        pay_method: "netmile".into(),
        kind,
        amount: yen(amount),
        parts: None,
        fee: None,
        net: None,
        status: None,
    }
}

fn sale(order: &str, tracking: &str, amount: u64, when: &str) -> StatementRow {
    row(MovementKind::Sale, order, tracking, amount, when)
}

fn refund(order: &str, tracking: &str, amount: u64, when: &str) -> StatementRow {
    row(MovementKind::Refund, order, tracking, amount, when)
}

fn state(row: StatementRow, status: PaymentStatus) -> StatementRow {
    StatementRow {
        status: Some(status),
        ..row
    }
}

fn end(rows: &[StatementRow]) -> StatementEnd {
    StatementEnd {
        period: january(),
        rows: rows.len() as u64,
        ignored: 0,
        totals: Totals::default(),
        payouts: Vec::new(),
        is_proven_whole: true,
        is_date_only: false,
    }
}

fn numbered(mut rows: Vec<StatementRow>) -> Vec<StatementRow> {
    for (index, row) in rows.iter_mut().enumerate() {
        row.line = index as u64 + 2;
    }
    rows
}

fn run_with(
    expected: Vec<Expected>,
    rows: Vec<StatementRow>,
    change: impl FnOnce(&mut StatementEnd),
) -> Reconciliation {
    let rows = numbered(rows);
    let mut end = end(&rows);
    change(&mut end);
    let result = reconcile(expected, rows, &end, &SettlementTerms::default());
    assert_adds_up(&result);
    result
}

fn run(expected: Vec<Expected>, rows: Vec<StatementRow>) -> Reconciliation {
    run_with(expected, rows, |_| {})
}

fn assert_adds_up(result: &Reconciliation) {
    let mut sum = Tally::default();
    for tally in Class::ALL.map(|class| result.tally(class)) {
        sum.file_count += tally.file_count;
        sum.file_yen += tally.file_yen;
        sum.journal_count += tally.journal_count;
        sum.journal_yen += tally.journal_yen;
    }
    assert_eq!(sum, result.total());
}

fn causes(result: &Reconciliation) -> Vec<Cause> {
    result.entries().iter().map(|e| e.cause).collect()
}

/// The names of the acts, in order.
fn plan(result: &Reconciliation) -> Vec<&'static str> {
    result
        .repair_plan()
        .iter()
        .map(|s| s.repair.name())
        .collect()
}

fn payment(order: &str) -> Expected {
    Expected::new(Source::Payment, format!("id-{order}"), order)
}

const NOON: &str = "20260115120000";

#[test]
fn equal_sides_are_clean() {
    let paid = payment("o-1")
        .with_tracking_id("1")
        .with_method("netmile")
        .sale(yen(1000), at(NOON))
        .refund(yen(300), at("20260120120000"));
    let rows = vec![
        state(
            sale("o-1", "1", 1000, "20260115115958"),
            PaymentStatus::PartlyRefunded,
        ),
        state(
            refund("o-1", "1", 300, "20260120120001"),
            PaymentStatus::PartlyRefunded,
        ),
    ];
    let result = run(
        vec![paid, payment("o-2").refused_sale(yen(50), at(NOON))],
        rows,
    );
    assert_eq!(
        causes(&result),
        [Cause::Agrees, Cause::Agrees, Cause::NothingMoved]
    );
    assert!(result.is_clean());
    assert!(plan(&result).is_empty());
    assert_eq!(
        result.tally(Class::Match),
        Tally {
            file_count: 2,
            file_yen: 700,
            journal_count: 3,
            journal_yen: 700
        }
    );
}

#[test]
fn what_was_unknown_gets_a_verdict() {
    let sent = at(NOON);
    let until = Some(at("20260115130000"));
    let expected = vec![
        payment("paid").unknown_sale(yen(1000), sent, until),
        payment("not").unknown_sale(yen(500), sent, until),
        payment("back")
            .with_tracking_id("3")
            .sale(yen(900), sent)
            .unknown_refund(yen(900), sent, until),
        payment("kept")
            .with_tracking_id("4")
            .sale(yen(800), sent)
            .unknown_refund(yen(200), sent, until),
    ];
    let rows = vec![
        sale("paid", "1", 1000, "20260115120002"),
        sale("back", "3", 900, NOON),
        refund("back", "3", 900, "20260115120010"),
        sale("kept", "4", 800, NOON),
    ];
    let result = run(expected, rows);
    let verdicts: Vec<_> = result.entries().iter().filter_map(|e| e.verdict).collect();
    assert_eq!(
        verdicts,
        [
            Verdict::Paid,
            Verdict::Refunded,
            Verdict::NotPaid,
            Verdict::NotRefunded
        ]
    );
    assert!(!result.is_clean());
    let plan = result.repair_plan();
    assert_eq!(
        plan[0].repair,
        Repair::ConfirmPaid {
            order_id: "paid".into(),
            tracking_id: Some("1".into()),
            amount: yen(1000)
        }
    );
    assert_eq!(plan[0].record.as_ref().unwrap().id, "id-paid");
    assert_eq!(
        (plan[0].line, plan[0].at),
        (Some(2), Some(at("20260115120002")))
    );
    let names: Vec<_> = plan.iter().map(|s| s.repair.name()).collect();
    assert_eq!(
        names,
        [
            "confirm_paid",
            "confirm_refund",
            "confirm_not_paid",
            "confirm_not_refunded"
        ]
    );
}

#[test]
fn absence_proves_nothing_where_it_can_not() {
    let unknown = |sent: &str, until: Option<&str>| {
        let until = until.map(at);
        vec![payment("o").unknown_sale(yen(500), at(sent), until)]
    };
    let soon = Some("20260115130000");
    assert_eq!(
        plan(&run(unknown(NOON, soon), vec![])),
        ["confirm_not_paid"]
    );
    // A slip may be paid later; the file may be cut; the movement may be dated into the neighbouring month.
    assert_eq!(plan(&run(unknown(NOON, None), vec![])), ["ask_gateway"]);
    let cut = run_with(unknown(NOON, soon), vec![], |end| {
        end.is_proven_whole = false
    });
    assert_eq!(plan(&cut), ["ask_gateway"]);
    for (sent, until) in [
        ("20260131120000", "20260131120500"),
        ("20260130235000", "20260131000000"),
        ("20260101235959", "20260102000500"),
    ] {
        let result = run(unknown(sent, Some(until)), vec![]);
        assert_eq!(plan(&result), ["ask_gateway"], "{sent}");
        assert_eq!(result.entries()[0].verdict, Some(Verdict::Undecided));
    }
    // Another month: nothing is said.
    let other = run(unknown("20251231235959", soon), vec![]);
    assert_eq!(causes(&other), [Cause::OtherPeriod]);
    assert!(plan(&other).is_empty());
    // The order was paid by another movement: it must not be called unpaid.
    let beside = vec![
        payment("o")
            .with_tracking_id("1")
            .sale(yen(500), at(NOON))
            .unknown_sale(yen(500), at("20260115120100"), soon.map(at)),
    ];
    let result = run(beside, vec![sale("o", "1", 500, NOON)]);
    assert_eq!(causes(&result), [Cause::Agrees, Cause::AnotherSaleInFile]);
    assert_eq!(plan(&result), ["ask_gateway"]);
    // A refund of other yen stands there: whether it is the one that a person was asked for is not certain.
    let asked = |until: Option<Timestamp>| {
        vec![
            payment("o")
                .with_tracking_id("1")
                .sale(yen(500), at(NOON))
                .unknown_refund(yen(200), at("20260115130000"), until),
        ]
    };
    let rows = |when| vec![sale("o", "1", 500, NOON), refund("o", "1", 300, when)];
    let result = run(asked(None), rows("20260120000000"));
    assert_eq!(
        causes(&result),
        [Cause::Agrees, Cause::RefundNotRecorded, Cause::NotDecided]
    );
    // What a program sent is of exactly its yen, however near the other one is.
    for when in ["20260120000000", "20260115130001"] {
        let result = run(asked(Some(at("20260115130500"))), rows(when));
        assert_eq!(
            causes(&result),
            [
                Cause::Agrees,
                Cause::RefundNotRecorded,
                Cause::AbsentFromFile
            ]
        );
    }
}

#[test]
fn what_the_journal_lacks_is_missing_here() {
    let expected = vec![
        payment("open"),
        payment("kept")
            .with_tracking_id("2")
            .sale(yen(700), at(NOON)),
    ];
    let rows = vec![
        sale("open", "1", 600, NOON),
        sale("kept", "2", 700, NOON),
        refund("kept", "2", 200, "20260116120000"),
        sale("alien", "9", 100, NOON),
        refund("alien", "8", 100, NOON),
    ];
    let result = run(expected, rows);
    assert_eq!(
        causes(&result),
        [
            Cause::SaleNotRecorded,
            Cause::Agrees,
            Cause::RefundNotRecorded,
            Cause::UnknownOrder,
            Cause::RefundOfUnknown
        ]
    );
    assert_eq!(
        plan(&result),
        [
            "confirm_paid",
            "confirm_refund",
            "investigate",
            "investigate"
        ]
    );
    let steps = result.repair_plan();
    assert_eq!(steps[1].record.as_ref().unwrap().id, "id-kept");
    assert_eq!(
        result.tally(Class::MissingHere).file_yen,
        600 - 200 + 100 - 100
    );
}

#[test]
fn two_months_together_decide_what_neither_does_alone() {
    let month = |text: &str, rows: Vec<StatementRow>| {
        let mut end = end(&rows);
        end.period = StatementPeriod::month(YearMonth::parse(text).unwrap());
        Statement { rows, end }
    };
    let january = || month("202601", vec![sale("a", "1", 100, NOON)]);
    let february = || month("202602", vec![sale("b", "2", 100, "20260201000003")]);
    // The answers of both were lost in the last seconds of January; one of them was paid in February.
    let lost = |order: &str| {
        let until = Some(at("20260201000500"));
        payment(order).unknown_sale(yen(100), at("20260131235958"), until)
    };
    let verdicts = |statement: Statement| {
        let expected = vec![lost("b"), lost("c")];
        let terms = SettlementTerms::default();
        let result = reconcile(expected, statement.rows, &statement.end, &terms);
        let of = |order: &str| {
            let entries = result.entries().iter();
            let mut own = entries.filter(|e| {
                e.record
                    .as_ref()
                    .is_some_and(|r| r.id == format!("id-{order}"))
            });
            own.find_map(|e| e.verdict)
        };
        [of("b"), of("c")]
    };
    let undecided = Some(Verdict::Undecided);
    assert_eq!(verdicts(january()), [undecided, undecided]);
    assert_eq!(verdicts(february()), [Some(Verdict::Paid), undecided]);
    let both = january().followed_by(february()).unwrap();
    assert_eq!((both.end.rows, both.rows.len()), (2, 2));
    assert_eq!(
        verdicts(both),
        [Some(Verdict::Paid), Some(Verdict::NotPaid)]
    );

    let mut cut = february();
    cut.end.is_proven_whole = false;
    let both = january().followed_by(cut).unwrap();
    assert_eq!(verdicts(both), [Some(Verdict::Paid), undecided]);
    for (one, other) in [(february(), january()), (january(), january())] {
        let error = one.followed_by(other).unwrap_err();
        assert_eq!(error.field_name(), Some("period"));
    }
}

#[test]
fn what_the_file_lacks_is_missing_there() {
    let of = |when: &str| vec![payment("o").with_tracking_id("1").sale(yen(500), at(when))];
    for (when, cause) in [
        (NOON, Cause::NotInFile),
        ("20260131235959", Cause::NotInFileAtEdge),
        ("20260101000000", Cause::NotInFileAtEdge),
        ("20251231235959", Cause::OtherPeriod),
        ("20260201000000", Cause::OtherPeriod),
    ] {
        assert_eq!(causes(&run(of(when), vec![])), [cause], "{when}");
    }
    let cut = run_with(of(NOON), vec![], |end| end.is_proven_whole = false);
    assert_eq!(causes(&cut), [Cause::NotInFileUnproven]);
    let undated = payment("o").with(MovementKind::Sale, yen(5), None, Belief::Happened);
    assert_eq!(
        causes(&run(vec![undated], vec![])),
        [Cause::NotInFileUndated]
    );
}

#[test]
fn amounts_methods_orders_and_ids_are_compared() {
    let paid = |order: &str, tracking: &str| {
        payment(order)
            .with_tracking_id(tracking)
            .with_method("netmile")
            .sale(yen(500), at(NOON))
    };
    let expected = vec![
        paid("a", "1"),
        paid("b", "2"),
        paid("c", "3"),
        paid("d", "4"),
    ];
    let rows = vec![
        sale("a", "1", 501, NOON),
        StatementRow {
            pay_method: "credit".into(),
            ..sale("b", "2", 500, NOON)
        },
        sale("x", "3", 500, NOON),
        sale("d", "5", 500, NOON),
    ];
    let result = run(expected, rows);
    assert_eq!(
        causes(&result),
        [
            Cause::AmountDiffers,
            Cause::OtherMethod,
            Cause::OtherOrder,
            Cause::OtherTracking
        ]
    );
    let classes: Vec<_> = result.entries().iter().map(|e| e.class).collect();
    assert_eq!(
        classes,
        [Class::Amount, Class::Status, Class::Status, Class::Status]
    );
    assert_eq!(plan(&result), ["investigate"; 4]);
    let amount = result.tally(Class::Amount);
    assert_eq!((amount.file_yen, amount.journal_yen), (501, 500));
}

#[test]
fn what_was_refused_and_stands_in_the_file_happened() {
    let refused = payment("a").refused_sale(yen(500), at(NOON));
    let result = run(vec![refused.clone()], vec![sale("a", "1", 500, NOON)]);
    assert_eq!(causes(&result), [Cause::RefusedButInFile]);
    assert_eq!(plan(&result), ["confirm_paid"]);
    // Of other yen it is not certain that it is the same.
    let result = run(vec![refused], vec![sale("a", "1", 400, NOON)]);
    assert_eq!(plan(&result), ["investigate"]);
}

#[test]
fn a_second_payment_of_an_order_is_given_back() {
    let lost = || vec![payment("o").unknown_sale(yen(500), at(NOON), None)];
    let twice = || {
        vec![
            sale("o", "1", 500, "20260115120002"),
            sale("o", "2", 500, "20260115120103"),
        ]
    };
    let result = run(lost(), twice());
    assert_eq!(causes(&result), [Cause::FoundInFile, Cause::PaidTwice]);
    assert_eq!(plan(&result), ["confirm_paid", "refund_duplicate"]);
    assert_eq!(result.repair_plan()[1].repair.tracking_id(), Some("2"));

    // The second one was refunded already, and its refund is not one of the first.
    let mut rows = twice();
    rows.push(refund("o", "2", 500, "20260116120000"));
    let result = run(lost(), rows);
    assert_eq!(
        causes(&result),
        [
            Cause::FoundInFile,
            Cause::PaidTwiceAndRefunded,
            Cause::RefundOfUnknown
        ]
    );
    assert_eq!(
        plan(&result),
        ["confirm_paid", "investigate", "investigate"]
    );

    // The first one was: giving the second back too would leave the shop with nothing.
    let mut rows = twice();
    rows.push(refund("o", "1", 500, "20260116120000"));
    let result = run(lost(), rows);
    assert_eq!(result.entries()[1].cause, Cause::PaidTwiceUnclear);
    assert!(!plan(&result).contains(&"refund_duplicate"));

    // The state of either says that it was given back.
    for index in [0, 1] {
        let mut rows = twice();
        rows[index].status = Some(PaymentStatus::Refunded);
        let result = run(lost(), rows);
        assert_eq!(result.entries()[1].cause, Cause::PaidTwiceUnclear);
    }

    // Its refund alone is in the file: it is not one of the payment that the journal asked for.
    let result = run(lost(), vec![refund("o", "2", 500, "20260116120000")]);
    assert_eq!(result.entries()[0].cause, Cause::RefundOfUnknown);

    // Nobody knows the order, or the yen differ, or the file does not tell the payments apart.
    let result = run(vec![], twice());
    assert_eq!(
        causes(&result),
        [Cause::UnknownOrder, Cause::PaidTwiceUnclear]
    );
    let mut rows = twice();
    rows[1].amount = yen(400);
    assert_eq!(
        run(lost(), rows).entries()[1].cause,
        Cause::PaidTwiceUnclear
    );
    let mut rows = twice();
    rows[1].tracking_id.clear();
    assert_eq!(
        run(lost(), rows).entries()[1].cause,
        Cause::PaidTwiceUnclear
    );
}

#[test]
fn a_line_that_stands_twice_is_no_second_payment() {
    let paid = payment("o")
        .with_tracking_id("1")
        .sale(yen(500), at(NOON))
        .refund(yen(100), at(NOON));
    let rows = vec![
        sale("o", "1", 500, NOON),
        sale("o", "1", 500, NOON),
        refund("o", "1", 100, NOON),
        refund("o", "1", 100, NOON),
    ];
    let result = run(vec![paid], rows);
    assert_eq!(
        causes(&result),
        [
            Cause::Agrees,
            Cause::LineTwice,
            Cause::Agrees,
            Cause::LineTwice
        ]
    );
    assert_eq!(plan(&result), ["investigate"]);
}

#[test]
fn a_movement_recorded_twice_is_found() {
    let paid = |source, id: &str| {
        Expected::new(source, id, "o")
            .with_tracking_id("1")
            .sale(yen(500), at(NOON))
    };
    let expected = vec![paid(Source::Payment, "a"), paid(Source::Period, "b")];
    let result = run(expected, vec![sale("o", "1", 500, NOON)]);
    assert_eq!(causes(&result), [Cause::Agrees, Cause::RecordedTwice]);
}

#[test]
fn partial_refunds_are_told_apart_by_yen_and_time() {
    let when = ["20260110000000", "20260111000000", "20260112000000"];
    let paid = payment("o")
        .with_tracking_id("1")
        .sale(yen(1000), at("20260109000000"))
        .refund(yen(100), at(when[0]))
        .unknown_refund(yen(100), at(when[1]), Some(at("20260111010000")))
        .refund(yen(250), at(when[2]));
    let rows = |indexes: &[usize]| {
        let mut rows = vec![sale("o", "1", 1000, "20260109000001")];
        for index in indexes {
            let amount = if *index == 2 { 250 } else { 100 };
            rows.push(refund("o", "1", amount, when[*index]));
        }
        rows
    };
    let result = run(vec![paid.clone()], rows(&[0, 1, 2]));
    assert_eq!(
        causes(&result)[1..],
        [Cause::Agrees, Cause::FoundInFile, Cause::Agrees]
    );
    let result = run(vec![paid.clone()], rows(&[0, 2]));
    assert_eq!(
        causes(&result)[1..],
        [Cause::Agrees, Cause::Agrees, Cause::AbsentFromFile]
    );
    // The one that was certain is not there, the other is.
    let result = run(vec![paid], rows(&[1, 2]));
    assert_eq!(
        causes(&result)[1..],
        [Cause::FoundInFile, Cause::Agrees, Cause::NotInFile]
    );
}

#[test]
fn a_refund_of_an_earlier_month_is_no_difference() {
    let paid = payment("o")
        .with_tracking_id("1")
        .sale(yen(1000), at("20251201000000"))
        .refund(yen(400), at("20251215000000"))
        .refund(yen(600), at("20260110000000"));
    let rows = vec![state(
        refund("o", "1", 600, "20260110000001"),
        PaymentStatus::Refunded,
    )];
    let result = run(vec![paid], rows);
    assert_eq!(
        causes(&result),
        [Cause::Agrees, Cause::OtherPeriod, Cause::OtherPeriod]
    );
    assert!(result.is_clean());
}

#[test]
fn more_than_was_paid_is_not_recorded_as_refunded() {
    let paid = payment("o")
        .with_tracking_id("1")
        .sale(yen(1000), at("20251201000000"))
        .refund(yen(1000), at("20251220000000"));
    let result = run(vec![paid], vec![refund("o", "1", 1000, "20260110000000")]);
    assert_eq!(result.entries()[0].cause, Cause::RefundBeyondPayment);
    assert_eq!(plan(&result), ["investigate"]);
}

/// What an inquiry told beside the refunds with names: two that were sent twice on their way.
fn with_sum(sum: u64) -> Expected {
    payment("o")
        .with_tracking_id("1")
        .sale(yen(11_002), at("20260109000000"))
        .refund(yen(1995), at("20260110000000"))
        .refund(yen(2488), at("20260110000010"))
        .refunds_by(yen(sum), Some(at("20260112000000")))
}

#[test]
fn what_is_refunded_after_a_sum_was_learned_is_none_of_its_parts() {
    let rows = vec![
        sale("o", "1", 11_002, "20260109000001"),
        refund("o", "1", 1995, "20260110000000"),
        refund("o", "1", 2488, "20260110000010"),
        refund("o", "1", 100, "20260120000000"),
        refund("o", "1", 200, "20260121000000"),
    ];
    let result = run(vec![with_sum(300)], rows.clone());
    assert_eq!(
        causes(&result)[3..],
        [
            Cause::RefundNotRecorded,
            Cause::RefundNotRecorded,
            Cause::NotInFileUndated
        ]
    );
    // Nor is one of the same yen.
    let mut rows = rows;
    rows.truncate(4);
    let result = run(vec![with_sum(100)], rows);
    assert_eq!(causes(&result)[3], Cause::RefundNotRecorded);
}

#[test]
fn a_sum_of_refunds_is_found_by_its_parts() {
    let mut rows = vec![
        sale("o", "1", 11_002, "20260109000001"),
        refund("o", "1", 1995, "20260110000000"),
        refund("o", "1", 1995, "20260110000003"),
        refund("o", "1", 2488, "20260110000010"),
        refund("o", "1", 2488, "20260110000013"),
    ];
    let result = run(vec![with_sum(4483)], rows.clone());
    assert_eq!(causes(&result), [Cause::Agrees; 5]);
    assert!(result.is_clean());
    // A later refund is none of its parts.
    rows.push(refund("o", "1", 700, "20260111000000"));
    let result = run(vec![with_sum(4483)], rows);
    assert_eq!(causes(&result)[5], Cause::RefundNotRecorded);
}

#[test]
fn a_refund_that_may_be_part_of_a_sum_is_not_recorded_again() {
    let rows = vec![
        sale("o", "1", 11_002, "20260109000001"),
        refund("o", "1", 1995, "20260110000000"),
        refund("o", "1", 2488, "20260110000010"),
        refund("o", "1", 2488, "20260110000013"),
    ];
    let result = run(vec![with_sum(4483)], rows);
    assert_eq!(
        causes(&result)[3..],
        [Cause::RefundPerhapsRecorded, Cause::NotInFileUndated]
    );
    assert_eq!(plan(&result), ["ask_gateway", "ask_gateway"]);
}

#[test]
fn the_state_at_the_close_is_checked() {
    let of = |status, refunds: &[(u64, &str)], rows: Vec<StatementRow>| {
        let mut paid = payment("o").with_tracking_id("1").sale(yen(1000), at(NOON));
        for (amount, when) in refunds {
            paid = paid.refund(yen(*amount), at(when));
        }
        let mut all = vec![state(sale("o", "1", 1000, NOON), status)];
        all.extend(rows);
        run(vec![paid], all).entries()[0].cause
    };
    use PaymentStatus::{Captured, PartlyRefunded, Refunded};
    let part = || vec![refund("o", "1", 400, "20260120000000")];
    assert_eq!(of(Captured, &[], vec![]), Cause::Agrees);
    assert_eq!(of(Refunded, &[], vec![]), Cause::StateDiffers);
    assert_eq!(
        of(Captured, &[(400, "20260120000000")], part()),
        Cause::StateDiffers
    );
    assert_eq!(
        of(PartlyRefunded, &[(400, "20260120000000")], part()),
        Cause::Agrees
    );
    assert_eq!(
        of(Refunded, &[(400, "20260120000000")], part()),
        Cause::StateDiffers
    );
    // One cause is not reported twice: the refund itself is what differs.
    assert_eq!(of(PartlyRefunded, &[], part()), Cause::Agrees);
    assert_eq!(
        of(Captured, &[(1000, "20260120000000")], vec![]),
        Cause::Agrees
    );
    // Refunded after the close.
    assert_eq!(
        of(Captured, &[(1000, "20260205000000")], vec![]),
        Cause::Agrees
    );
}

#[test]
fn periods_of_one_contract_each_have_their_month() {
    let period = |key: &str, belief| {
        let when = at(&format!("{}01000000", key.replace('-', "")));
        Expected::new(Source::Period, format!("sub/{key}"), "contract")
            .with_tracking_id("7")
            .with(MovementKind::Sale, yen(500), Some(when), belief)
    };
    let unknown = Belief::Unknown { until: None };
    let expected = vec![
        period("2025-12", Belief::Happened),
        period("2026-01", unknown),
        period("2026-02", unknown),
    ];
    let result = run(
        expected.clone(),
        vec![sale("contract", "7", 500, "20260101000003")],
    );
    assert_eq!(result.entries()[0].cause, Cause::FoundInFile);
    assert_eq!(
        result.entries()[0].record.as_ref().unwrap().id,
        "sub/2026-01"
    );
    assert_eq!(
        causes(&result)[1..],
        [Cause::OtherPeriod, Cause::OtherPeriod]
    );
    // Nothing is known of this month: the neighbours do not take its charge.
    let neighbours = vec![expected[0].clone(), expected[2].clone()];
    let result = run(
        neighbours,
        vec![sale("contract", "7", 500, "20260115000000")],
    );
    assert_eq!(result.entries()[0].cause, Cause::FurtherSale);
    assert_eq!(plan(&result), ["investigate"]);
}

#[test]
fn a_file_with_days_only_matches_by_the_day() {
    let paid = payment("o")
        .with_tracking_id("1")
        .sale(yen(500), at("20260115235959"));
    let other = payment("o2").unknown_sale(yen(5), at("20260115235959"), None);
    let rows = vec![
        sale("o", "1", 500, "20260115000000"),
        sale("o2", "2", 5, "20260115000000"),
    ];
    let result = run_with(vec![paid, other], rows, |end| end.is_date_only = true);
    assert_eq!(causes(&result), [Cause::Agrees, Cause::FoundInFile]);
}

#[test]
fn a_file_with_one_kind_of_id_is_enough() {
    let paid = payment("o").with_tracking_id("1").sale(yen(500), at(NOON));
    let by_order = run(vec![paid.clone()], vec![sale("o", "", 500, NOON)]);
    assert!(by_order.is_clean());
    let by_tracking = run(vec![paid], vec![sale("", "1", 500, NOON)]);
    assert!(by_tracking.is_clean());
    assert_eq!(by_tracking.entries()[0].order_id(), "o");
}

#[test]
fn commission_is_checked_by_part() {
    let with = |parts: (u64, u64), fee, row: StatementRow| StatementRow {
        parts: Some((yen(parts.0), yen(parts.1))),
        fee: Some(yen(fee)),
        ..row
    };
    let rows = numbered(vec![
        with((700, 300), 57, sale("a", "1", 1000, NOON)),
        with((700, 300), 58, sale("b", "2", 1000, NOON)),
        with((700, 300), 50, refund("a", "1", 1000, NOON)),
        with((700, 300), 0, refund("b", "2", 1000, NOON)),
        StatementRow {
            pay_method: "credit".into(),
            fee: Some(yen(33)),
            ..sale("c", "3", 1000, NOON)
        },
        sale("d", "4", 1000, NOON),
    ]);
    let mut terms = SettlementTerms::default();
    let end = end(&rows);
    let result = reconcile([], rows.clone(), &end, &terms);
    assert_eq!(result.fees_checked(), 4);
    let lines: Vec<_> = result.fee_differences().iter().map(|d| d.line).collect();
    assert_eq!(lines, [3, 5]);
    assert_eq!(
        result.fee_differences()[0].text(Lang::En),
        "line 3, order b: commission 58 yen, agreed 57 yen"
    );
    terms
        .other_rates
        .insert("credit".into(), Rate::tenths_of_percent(32).unwrap());
    let result = reconcile([], rows, &end, &terms);
    assert_eq!(
        (result.fees_checked(), result.fee_differences().len()),
        (5, 3)
    );
}

#[test]
fn the_payout_is_computed_again() {
    let line = |line, kind, net, day: &str| PayoutLine {
        line,
        kind,
        net,
        day: day.parse().unwrap(),
    };
    let of = |net, payouts: Vec<PayoutLine>, carried_in| {
        let end = StatementEnd {
            totals: Totals {
                net,
                ..Totals::default()
            },
            payouts,
            ..end(&[])
        };
        let terms = SettlementTerms {
            carried_in,
            ..SettlementTerms::default()
        };
        let result = reconcile([], [], &end, &terms);
        result
            .payout_differences()
            .iter()
            .map(|d| d.text(Lang::En))
            .collect::<Vec<_>>()
    };
    let day = "2026-02-25";
    let paid = |net| line(9, PayoutKind::Payout, net, day);
    let over = |net| line(9, PayoutKind::CarriedOver, net, day);
    let carried = |net| line(8, PayoutKind::CarriedIn, net, day);
    assert!(of(10_000, vec![paid(10_000)], None).is_empty());
    assert!(
        of(
            9_000,
            vec![carried(1_000), paid(10_000), over(0)],
            Some(1_000)
        )
        .is_empty()
    );
    assert!(of(9_999, vec![over(9_999)], Some(0)).is_empty());
    assert!(of(9_999, vec![], None).is_empty());
    assert_eq!(
        of(9_999, vec![paid(9_999)], Some(5)),
        [
            "carried in: 0 yen, by the contract 5 yen",
            "paid: 9999 yen, by the contract 0 yen",
            "carried over: 0 yen, by the contract 9999 yen"
        ]
    );
    assert_eq!(
        of(
            10_000,
            vec![line(9, PayoutKind::Payout, 10_000, "2026-02-26")],
            None
        ),
        ["line 9, day of payout: 2026-02-26, by the contract 2026-02-25"]
    );
}

#[test]
fn the_summary_says_all_in_both_languages() {
    let expected = vec![
        payment("lost").unknown_sale(yen(1000), at(NOON), None),
        payment("gone")
            .with_tracking_id("5")
            .sale(yen(70), at(NOON)),
    ];
    let rows = vec![
        sale("lost", "1", 1000, NOON),
        sale("lost", "2", 1000, "20260115120100"),
    ];
    let result = run_with(expected, rows, |end| end.is_proven_whole = false);
    let en = result.summary(Lang::En);
    for part in [
        "Reconciliation of 2026-01\nThe file has no sums",
        "match: file 1 (1000 yen), journal 1 (1000 yen)\n",
        "missing there: file 0 (0 yen), journal 1 (70 yen)\n",
        "duplicate: file 1 (1000 yen), journal 0 (0 yen)\n",
        "total: file 2 (2000 yen), journal 2 (1070 yen)\n",
        "Outcomes that were not known: 1 paid\n",
        "To do (3):\n  - Record as paid, order lost, tracking id 1, line 2: Its outcome",
        "  - Give the second payment back, order lost, tracking id 2, line 3: The order was paid twice;",
    ] {
        assert!(en.contains(part), "{part}\n{en}");
    }
    assert!(!en.contains("status"));
    let ja = result.summary(Lang::Ja);
    for part in [
        "突合結果（2026-01）",
        "一致：ファイル 1 件（1000 円）、記録 1 件（1000 円）",
        "対応事項（3 件）：",
    ] {
        assert!(ja.contains(part), "{part}\n{ja}");
    }
    assert_eq!(en.lines().count(), ja.lines().count());
    let many = (0..80)
        .map(|n| payment(&format!("o{n}")).sale(yen(1), at(NOON)))
        .collect();
    assert!(
        run(many, vec![])
            .summary(Lang::En)
            .ends_with("… and 30 more\n")
    );
    assert!(
        run(vec![], vec![])
            .summary(Lang::Ja)
            .ends_with("対応は不要です。\n")
    );
}

#[test]
fn causes_have_texts_and_classes() {
    let texts: std::collections::BTreeSet<_> =
        Cause::ALL.iter().map(|c| c.text(Lang::En)).collect();
    assert_eq!(texts.len(), Cause::ALL.len());
    let distinct: std::collections::BTreeSet<_> = Cause::ALL.into_iter().collect();
    assert_eq!(distinct.len(), Cause::ALL.len());
    for class in Class::ALL {
        assert!(Cause::ALL.iter().any(|cause| cause.class() == class));
        assert_ne!(class.text(Lang::En), class.text(Lang::Ja));
    }
    for cause in Cause::ALL {
        assert!(!cause.text(Lang::Ja).is_ascii());
    }
}
