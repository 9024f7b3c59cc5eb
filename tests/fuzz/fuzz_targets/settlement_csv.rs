//! The statement reader: any way of cutting a file gives the same, what passes adds up, and comparing it with a journal
//! loses no row.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use netmile::Lang;
use netmile::schedule::YearMonth;
use netmile::settlement::file::{
    Amounts, Column, Header, MAX_FAULTS, Profile, StatementPeriod, StatementReader,
};
use netmile::settlement::reconcile::{Class, Expected, Source, reconcile};
use netmile::settlement::{MovementKind, SettlementTerms, Statement, StatementFaults};

static PROFILES: LazyLock<[Profile; 3]> = LazyLock::new(|| {
    // Without the exact header and the sums, so that more files get through.
    let mut loose = Profile::reference();
    loose.header = Header::Named;
    loose.trailer = None;
    loose.records.trailer.clear();
    loose.records.ignored = vec!["T".to_owned()];
    let mut bare = loose.clone();
    bare.header = Header::None;
    bare.amounts = Amounts::Signed;
    bare.thousands_separators = true;
    bare.date_format = "YYYY-MM-DD".to_owned();
    let columns = &mut bare.columns;
    for slot in [
        &mut columns.record,
        &mut columns.kind,
        &mut columns.netmile_amount,
        &mut columns.paypal_amount,
        &mut columns.status,
        &mut columns.net,
    ] {
        *slot = None;
    }
    bare.records = netmile::settlement::file::Records::default();
    columns.processed_at = Column::Number(1);
    columns.order_id = Some(Column::Number(2));
    columns.tracking_id = Some(Column::Number(3));
    columns.pay_method = Some(Column::Number(4));
    columns.amount = Column::Number(5);
    columns.fee = Some(Column::Number(6));
    [Profile::reference(), loose, bare]
});

fn read(profile: &Profile, pieces: &[&[u8]]) -> Result<Statement, StatementFaults> {
    let month = YearMonth::new(2026, 1).expect("a month");
    let period = StatementPeriod::month(month);
    let mut reader = StatementReader::new(profile.clone(), period).expect("a profile that holds");
    let mut rows = Vec::new();
    for piece in pieces {
        rows.extend(reader.feed(piece));
    }
    reader.finish().map(|end| Statement { rows, end })
}

fuzz_target!(|input: &[u8]| {
    // The last bytes say where the file is cut, so that a seed is a file.
    let (file, cuts) = input.split_at(input.len() - input.len().min(4));
    for profile in &*PROFILES {
        let mut pieces = Vec::new();
        let mut rest = file;
        for cut in cuts {
            let (piece, tail) = rest.split_at(usize::from(*cut).min(rest.len()));
            pieces.push(piece);
            rest = tail;
        }
        pieces.push(rest);
        let whole = read(profile, &[file]);
        assert_eq!(read(profile, &pieces), whole);
        match whole {
            Err(faults) => {
                assert!(faults.count() > 0 && faults.faults().len() <= MAX_FAULTS);
                assert!(!faults.text(Lang::En).is_empty() && !faults.text(Lang::Ja).is_empty());
            }
            Ok(statement) => compare(statement),
        }
    }
});

fn compare(statement: Statement) {
    let Statement { rows, end } = statement;
    assert_eq!(end.rows, rows.len() as u64);
    let sum: i128 = rows.iter().map(|row| row.signed_amount()).sum();
    assert_eq!(sum, i128::from(end.totals.amount));
    // A journal that knows every other row, and does not know the outcome of every third.
    let expected: Vec<_> = rows
        .iter()
        .enumerate()
        .filter(|(index, _)| index % 2 == 0)
        .map(|(index, row)| {
            let one = Expected::new(Source::Payment, "id", row.order_id.clone())
                .with_tracking_id(row.tracking_id.clone());
            match (row.kind, index % 3) {
                (MovementKind::Sale, 0) => one.unknown_sale(row.amount, row.processed_at, None),
                (MovementKind::Sale, _) => one.sale(row.amount, row.processed_at),
                (MovementKind::Refund, _) => one.refund(row.amount, row.processed_at),
            }
        })
        .collect();
    let count = rows.len() + expected.len();
    let result = reconcile(expected, rows, &end, &SettlementTerms::default());
    let both = result
        .entries()
        .iter()
        .filter(|e| e.row.is_some() && e.movement.is_some())
        .count();
    assert_eq!(result.entries().len() + both, count);
    let yen: i128 = Class::ALL
        .iter()
        .map(|class| result.tally(*class).file_yen)
        .sum();
    assert_eq!(yen, sum);
    assert!(!result.summary(Lang::Ja).is_empty());
}
