use proptest::prelude::*;

use super::*;
use crate::error::ErrorKind;
use crate::lang::Lang;
use crate::money::Yen;
use crate::schedule::YearMonth;
use crate::wire::csv::{CsvFaultKind, CsvLimits};

const HEADER: &str = "record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,fee,net,status";

const GOOD: [&str; 6] = [
    HEADER,
    "D,20260105101112,o-1,00000000000001,netmile,sale,1000,700,300,57,943,partly_refunded",
    "D,20260110000000,o-2,00000000000002,credit,sale,500,,,0,500,captured",
    "D,20260131235959,o-1,00000000000001,netmile,refund,100,100,0,5,-95,partly_refunded",
    "P,20260225000000,,,,carried_over,,,,,1348,",
    "T,,3,,,,1400,,,52,1348,",
];

fn january() -> StatementPeriod {
    StatementPeriod::month(YearMonth::parse("202601").unwrap())
}

fn text(lines: &[&str]) -> Vec<u8> {
    lines
        .iter()
        .flat_map(|line| format!("{line}\r\n").into_bytes())
        .collect()
}

fn read_with(profile: &Profile, bytes: &[u8]) -> Result<Statement, StatementFaults> {
    let mut reader = StatementReader::new(profile.clone(), january()).unwrap();
    let rows = reader.feed(bytes);
    reader.finish().map(|end| Statement { rows, end })
}

fn read(lines: &[&str]) -> Result<Statement, StatementFaults> {
    read_with(&Profile::reference(), &text(lines))
}

/// Line, column and kind of every fault.
fn faults(result: Result<Statement, StatementFaults>) -> Vec<(u64, Option<u16>, FaultKind)> {
    let faults = result.unwrap_err();
    faults
        .faults()
        .iter()
        .map(|f| (f.line, f.column, f.kind))
        .collect()
}

#[test]
fn reads_the_reference_format() {
    let Statement { rows, end } = read(&GOOD).unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].line, 2);
    assert_eq!(rows[0].processed_at.to_jst(), "20260105101112");
    assert_eq!(rows[0].order_id, "o-1");
    assert_eq!(rows[0].parts, Some((Yen::new(700), Yen::new(300))));
    assert_eq!(rows[0].status, Some(PaymentStatus::PartlyRefunded));
    assert_eq!(
        (rows[1].parts, rows[1].pay_method.as_str()),
        (None, "credit")
    );
    assert_eq!(
        (rows[2].kind, rows[2].net),
        (MovementKind::Refund, Some(-95))
    );
    assert_eq!(rows[2].signed_amount(), -100);
    assert_eq!(
        end.totals,
        Totals {
            amount: 1400,
            fee: 52,
            net: 1348
        }
    );
    assert_eq!(
        (end.rows, end.is_proven_whole, end.is_date_only),
        (3, true, false)
    );
    assert_eq!(end.payouts.len(), 1);
    assert_eq!(
        (end.payouts[0].kind, end.payouts[0].net),
        (PayoutKind::CarriedOver, 1348)
    );
    assert_eq!(end.payouts[0].day.to_string(), "2026-02-25");
}

#[test]
fn a_month_without_movements_is_whole_too() {
    let end = read(&[HEADER, "T,,0,,,,0,,,0,0,"]).unwrap().end;
    assert_eq!((end.rows, end.is_proven_whole), (0, true));
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = text(&GOOD);
    assert!(read_with(&Profile::reference(), &whole).is_ok());
    // All but the line end of the last line.
    assert!(read_with(&Profile::reference(), &whole[..whole.len() - 2]).is_ok());
    for len in 0..whole.len() - 2 {
        let cut = read_with(&Profile::reference(), &whole[..len]);
        assert!(cut.is_err(), "{len} bytes");
    }
    let lines = text(&GOOD[..4]);
    assert_eq!(
        faults(read_with(&Profile::reference(), &lines)),
        [(4, None, FaultKind::TrailerMissing)]
    );
    assert_eq!(faults(read(&[])), [(1, None, FaultKind::Empty)]);
}

#[test]
fn every_sum_of_the_last_line_is_checked() {
    for (line, column) in [
        ("T,,2,,,,1400,,,52,1348,", 3),
        ("T,,3,,,,1500,,,52,1348,", 7),
        ("T,,3,,,,1400,,,53,1348,", 10),
        ("T,,3,,,,1400,,,52,-1348,", 11),
    ] {
        let mut lines = GOOD;
        lines[5] = line;
        assert_eq!(
            faults(read(&lines)),
            [(6, Some(column), FaultKind::TrailerSum)]
        );
    }
    let mut lines = GOOD;
    lines[5] = "T,,3,,,,,,,5 2,1348,";
    assert_eq!(
        faults(read(&lines)),
        [
            (6, Some(7), FaultKind::Missing),
            (6, Some(10), FaultKind::NotANumber)
        ]
    );
    let doubled = [GOOD[0], GOOD[1], GOOD[1], GOOD[2], GOOD[3], GOOD[5]];
    assert_eq!(faults(read(&doubled)).len(), 4);
    let after = [GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[5], GOOD[4]];
    assert_eq!(faults(read(&after)), [(6, None, FaultKind::AfterTrailer)]);
}

#[test]
fn every_fault_has_its_line_and_column() {
    use FaultKind::*;
    let rest = "netmile,sale,1000,700,300,57,943,captured";
    for (line, expected) in [
        (
            format!("X,20260105101112,o,1,{rest}"),
            vec![(1, UnknownRecord)],
        ),
        (format!("D,20260230101112,o,1,{rest}"), vec![(2, NotADate)]),
        (
            format!("D,20260201000000,o,1,{rest}"),
            vec![(2, OutsidePeriod)],
        ),
        (
            format!("D,20251231235959,o,1,{rest}"),
            vec![(2, OutsidePeriod)],
        ),
        (format!("D,20260105101112,,,{rest}"), vec![(4, NoId)]),
        (format!("D,20260105101112,a b,1,{rest}"), vec![(3, NotAnId)]),
        (
            format!("D,20260105101112,{},1,{rest}", "a".repeat(65)),
            vec![(3, NotAnId)],
        ),
        (
            format!("D,20260105101112,o,1.23457E+13,{rest}"),
            vec![(4, SpreadsheetNumber)],
        ),
        (
            "D,20260105101112,o,1,net mile,sold,1000,700,300,57,943,captured".into(),
            vec![(6, UnknownKind)],
        ),
        (
            "D,20260105101112,o,1,net mile,sale,1000,700,300,57,943,paid".into(),
            vec![(12, UnknownStatus), (5, UnknownMethod)],
        ),
        (
            "D,20260105101112,o,1,netmile,sale,-1000,7e2,3OO,57,943.0,captured".into(),
            vec![
                (7, Sign),
                (8, NotAnAmount),
                (9, NotAnAmount),
                (11, NotANumber),
            ],
        ),
        (
            "D,20260105101112,o,1,netmile,sale,100000000000,,,,,captured".into(),
            vec![(7, NotAnAmount)],
        ),
        (
            "D,20260105101112,o,1,netmile,sale,,,,,,captured".into(),
            vec![(7, Missing)],
        ),
        (
            "D,20260105101112,o,1,netmile,sale,0,,,,,captured".into(),
            vec![(7, ZeroAmount)],
        ),
        (
            "D,20260105101112,o,1,netmile,sale,1000,700,299,57,943,captured".into(),
            vec![(9, PartsDiffer)],
        ),
        (
            "D,20260105101112,o,1,netmile,sale,1000,700,,57,943,captured".into(),
            vec![(9, OnePart)],
        ),
        (
            "D,20260105101112,o,1,netmile,sale,1000,,300,57,944,captured".into(),
            vec![(8, OnePart), (11, NetDiffers)],
        ),
        (
            "D,20260105101112,o,1,netmile,refund,1000,700,300,57,943,refunded".into(),
            vec![(11, NetDiffers)],
        ),
        (
            "P,2026022500000,,,,paid,,,,,,".into(),
            vec![(6, UnknownKind), (2, NotADate), (11, Missing)],
        ),
    ] {
        let found = faults(read(&[HEADER, &line, "T,,0,,,,0,,,0,0,"]));
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(column, kind)| (2, Some(column), kind))
            .collect();
        assert_eq!(found, expected, "{line}");
    }
    let found = faults(read(&[HEADER, "D,20260105101112", "T,,0,,,,0,,,0,0,"]));
    assert_eq!(found, [(2, None, ColumnCount)]);
}

#[test]
fn no_row_is_given_after_a_fault() {
    let mut lines = GOOD;
    lines[2] = "D,oops";
    let mut reader = StatementReader::new(Profile::reference(), january()).unwrap();
    assert_eq!(reader.feed(&text(&lines)).len(), 1);
    // The sums are not called wrong because of a line that could not be read.
    assert_eq!(reader.finish().unwrap_err().count(), 1);
}

#[test]
fn many_faults_are_counted_and_few_are_kept() {
    let mut lines = vec![HEADER];
    lines.extend(std::iter::repeat_n("X", 2_500));
    let faults = read(&lines).unwrap_err();
    assert_eq!((faults.faults().len(), faults.count()), (MAX_FAULTS, 2_501));
    assert!(faults.text(Lang::En).ends_with("and 1501 more"));
    assert!(faults.text(Lang::Ja).ends_with("ほか 1501 件"));
    let error = crate::Error::from(faults);
    assert_eq!(
        (error.kind(), error.field_name()),
        (ErrorKind::Malformed, Some("statement"))
    );
    assert!(error.detail().ends_with("; 2501 faults in all"));
}

#[test]
fn a_fault_names_place_and_rule_and_no_value() {
    let mut lines = GOOD;
    lines[1] = "D,20260105101112,o-1,00000000000001,netmile,sale,SECRET,700,300,57,943,captured";
    let faults = read(&lines).unwrap_err();
    assert_eq!(
        faults.text(Lang::En),
        "line 2, column 7 (amount): must be an amount of 1 to 11 digits"
    );
    assert_eq!(
        faults.text(Lang::Ja),
        "2 行目・7 列目（amount）：金額は 11 桁以内の数字でなければなりません"
    );
    assert!(!format!("{faults:?} {faults}").contains("SECRET"));
}

#[test]
fn the_reference_header_is_exact() {
    for header in [
        HEADER.replace("order_id,tracking_id", "tracking_id,order_id"),
        format!("{HEADER},more"),
        HEADER.replace(",status", ""),
        HEADER.to_uppercase(),
        GOOD[1].to_owned(),
    ] {
        let found = faults(read(&[&header, GOOD[1]]));
        assert_eq!(found, [(1, None, FaultKind::HeaderDiffers)]);
    }
}

#[test]
fn limits_of_the_table_end_the_reading() {
    let long = format!("D,{}", "x".repeat(70_000));
    assert_eq!(
        faults(read(&[HEADER, GOOD[1], &long, "X"])),
        [(3, None, FaultKind::Csv(CsvFaultKind::RecordTooLong))]
    );
    let limits = CsvLimits {
        max_records: 3,
        ..CsvLimits::default()
    };
    let mut reader = StatementReader::with_limits(Profile::reference(), january(), limits).unwrap();
    assert_eq!(reader.feed(&text(&GOOD)).len(), 2);
    assert_eq!(reader.feed(&text(&GOOD)).len(), 0);
    let found = reader.finish().unwrap_err();
    assert_eq!(found.count(), 1);
    assert_eq!(
        found.faults()[0].kind,
        FaultKind::Csv(CsvFaultKind::TooManyRecords)
    );
    // The sums stand in quotes that never end.
    let open = [&text(&GOOD[..5])[..], b"T,,\"3,,,,1400,,,52,1348,\r\n"].concat();
    assert_eq!(
        faults(read_with(&Profile::reference(), &open)),
        [(6, None, FaultKind::Csv(CsvFaultKind::OpenQuote))]
    );
    let mut payouts = vec![HEADER];
    payouts.extend(std::iter::repeat_n(GOOD[4], 1_001));
    payouts.push("T,,0,,,,0,,,0,0,");
    assert_eq!(
        faults(read(&payouts)),
        [(1_002, Some(6), FaultKind::TooManyPayouts)]
    );
}

/// A portal that writes Japanese names, signs and separators, and no sums.
fn portal() -> Profile {
    toml::from_str(
        r#"
        date_format = "YYYY/MM/DD hh:mm"
        amounts = "signed"
        thousands_separators = true

        [columns]
        processed_at = "処理日時"
        order_id = "購入ID"
        tracking_id = 2
        pay_method = "決済手段"
        amount = "金額"
        netmile_amount = "マイル分"
        fee = "手数料"
        status = "状態"

        [statuses]
        captured = ["売上済"]
        refunded = ["返金済"]
        ignored = ["与信"]

        [methods]
        "ネットマイル" = "netmile"
        "#,
    )
    .unwrap()
}

const PORTAL: &str = "購入ID,追跡,顧客名,処理日時,決済手段,金額,マイル分,手数料,状態\n\
    a-1,11,鈴木,2026/01/05 10:11,ネットマイル,\"1,000\",700,57,売上済\n\
    a-2,12,髙橋,2026/01/06 10:11,ネットマイル,\"-1,000\",-1000,-50,返金済\n\
    a-3,13,佐藤,2026/01/07 10:11,credit,500,,,与信\n";

#[test]
fn a_profile_maps_another_portal() {
    let sjis = encoding_rs::SHIFT_JIS.encode(PORTAL).0.into_owned();
    let read = read_with(&portal(), &sjis).unwrap();
    assert_eq!(read.rows.len(), 2);
    assert_eq!(read.rows[0].parts, Some((Yen::new(700), Yen::new(300))));
    assert_eq!(read.rows[0].pay_method, "netmile");
    assert_eq!(read.rows[0].tracking_id, "11");
    assert_eq!(read.rows[1].kind, MovementKind::Refund);
    assert_eq!(read.rows[1].amount, Yen::new(1000));
    assert_eq!(read.rows[1].fee, Some(Yen::new(50)));
    assert_eq!(read.end.ignored, 1);
    assert_eq!(
        read.end.totals,
        Totals {
            amount: 0,
            fee: 7,
            net: 0
        }
    );
    // Without sums nothing proves that lines are missing.
    assert!(!read.end.is_proven_whole);
    // A byte order mark says UTF-8, whatever the profile says.
    let utf8 = [b"\xEF\xBB\xBF", PORTAL.as_bytes()].concat();
    assert_eq!(read_with(&portal(), &utf8).unwrap(), read);
    let utf8 = Profile {
        encoding: Encoding::Utf8,
        ..portal()
    };
    assert_eq!(read_with(&utf8, PORTAL.as_bytes()).unwrap(), read);
    // Neither is taken for the other.
    assert!(read_with(&portal(), PORTAL.as_bytes()).is_err());
    assert!(read_with(&utf8, &sjis).is_err());
}

#[test]
fn a_file_without_sums_must_end_its_last_line() {
    let sjis = encoding_rs::SHIFT_JIS
        .encode(PORTAL.trim_end())
        .0
        .into_owned();
    assert_eq!(
        faults(read_with(&portal(), &sjis)),
        [(4, None, FaultKind::Unterminated)]
    );
}

#[test]
fn lines_that_are_passed_over_may_be_shorter() {
    let mut profile = Profile::reference();
    profile.records.ignored = vec!["H".into()];
    let lines = [HEADER, "H,remark", GOOD[2], "T,,1,,,,500,,,0,500,"];
    let end = read_with(&profile, &text(&lines)).unwrap().end;
    assert_eq!((end.rows, end.ignored), (1, 1));
    assert_eq!(faults(read(&lines)), [(2, None, FaultKind::ColumnCount)]);
}

#[test]
fn columns_that_are_missing_or_double_are_named() {
    let sjis = |text: &str| encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    let found = read_with(&portal(), &sjis("購入ID\n")).unwrap_err();
    let fields: Vec<_> = found
        .faults()
        .iter()
        .map(|f| (f.field.unwrap(), f.kind))
        .collect();
    assert_eq!(fields.len(), 7);
    assert!(fields.contains(&("tracking_id", FaultKind::ColumnMissing)));
    assert!(fields.contains(&("amount", FaultKind::ColumnMissing)));
    let double = PORTAL.replace("顧客名", "金額");
    let found = read_with(&portal(), &sjis(&double)).unwrap_err();
    assert_eq!(found.faults()[0].field, Some("amount"));
    assert_eq!(found.faults()[0].kind, FaultKind::ColumnTwice);
}

#[test]
fn signs_and_separators_stand_where_they_belong() {
    for (amount, fits) in [
        ("\"1,000\"", true),
        ("1000", true),
        ("\"12,345,678\"", true),
        ("\"1,00\"", false),
        ("\",100\"", false),
        ("\"1000,000\"", false),
        ("+1000", false),
        ("--1000", false),
        ("\u{ff11}00", false),
    ] {
        let file = PORTAL.replace("\"1,000\",700,57", &format!("{amount},700,57"));
        let file = [b"\xEF\xBB\xBF", file.as_bytes()].concat();
        assert_eq!(read_with(&portal(), &file).is_ok(), fits, "{amount}");
    }
    let file = PORTAL.replace("-1000,-50", "-1000,50");
    let file = [b"\xEF\xBB\xBF", file.as_bytes()].concat();
    assert_eq!(
        faults(read_with(&portal(), &file)),
        [(3, Some(8), FaultKind::Sign)]
    );
    let file = PORTAL.replace(",700,", ",1001,");
    let file = [b"\xEF\xBB\xBF", file.as_bytes()].concat();
    assert_eq!(
        faults(read_with(&portal(), &file)),
        [(2, Some(7), FaultKind::PartsDiffer)]
    );
}

#[test]
fn a_file_without_header_is_mapped_by_number() {
    let profile: Profile = serde_json::from_str(
        r#"{"header":"none","delimiter":"\t","date_format":"YYYYMMDD","amounts":"signed",
            "columns":{"processed_at":1,"order_id":2,"amount":3}}"#,
    )
    .unwrap();
    let read = read_with(&profile, b"20260131\to-1\t100\n20260131\to-1\t-40\n").unwrap();
    assert_eq!(read.rows.len(), 2);
    assert!(read.end.is_date_only);
    assert_eq!(read.end.totals.amount, 60);
    assert_eq!(
        read_with(&profile, b"20260131\to-1\n")
            .unwrap_err()
            .faults()[0]
            .kind,
        FaultKind::ColumnMissing
    );
}

#[test]
fn a_profile_that_does_not_hold_is_refused_by_name() {
    let good = Profile::reference();
    good.check().unwrap();
    portal().check().unwrap();
    let json = serde_json::to_string(&good).unwrap();
    assert_eq!(serde_json::from_str::<Profile>(&json).unwrap(), good);
    let toml = toml::to_string(&good).unwrap();
    assert_eq!(toml::from_str::<Profile>(&toml).unwrap(), good);
    let refused = |field: &str, change: &dyn Fn(&mut Profile)| {
        let mut profile = good.clone();
        change(&mut profile);
        let error = profile.check().unwrap_err();
        assert_eq!(
            (error.kind(), error.field_name()),
            (ErrorKind::Configuration, Some(field))
        );
        assert!(StatementReader::new(profile, january()).is_err());
    };
    refused("delimiter", &|p| p.delimiter = '|');
    refused("date_format", &|p| p.date_format = "YYYY".into());
    refused("columns", &|p| {
        (p.columns.order_id, p.columns.tracking_id) = (None, None)
    });
    refused("columns.kind", &|p| p.columns.kind = None);
    refused("kinds.sale", &|p| p.kinds.sale.clear());
    refused("records.detail", &|p| p.records.detail.clear());
    refused("records.payout", &|p| p.columns.net = None);
    refused("trailer", &|p| p.records.trailer.clear());
    refused("trailer", &|p| p.trailer = Some(Trailer::default()));
    refused("records.trailer", &|p| p.trailer = None);
    refused("amount", &|p| p.columns.amount = Column::Number(3));
    refused("net", &|p| p.columns.fee = Some("net".into()));
    refused("net", &|p| p.columns.net = Some(" net".into()));
    refused("kinds", &|p| p.kinds.refund = vec!["sale".into()]);
    refused("statuses", &|p| p.statuses.ignored = vec![" x".into()]);
    refused("record", &|p| p.header = Header::None);
}

#[test]
fn the_guides_show_what_is() {
    for (lang, guide) in [
        (Lang::En, include_str!("../../../../docs/reconcile.md")),
        (Lang::Ja, include_str!("../../../../docs/reconcile.ja.md")),
    ] {
        let toml = guide
            .split("```toml\n")
            .nth(1)
            .unwrap()
            .split("```")
            .next()
            .unwrap();
        let profile: Profile = toml::from_str(toml).unwrap();
        profile.check().unwrap();
        let fault = |line, column, field, kind| Fault {
            line,
            column,
            field,
            kind,
        };
        for fault in [
            fault(2, Some(7), Some("amount"), FaultKind::NotAnAmount),
            fault(
                9,
                Some(4),
                Some("tracking_id"),
                FaultKind::SpreadsheetNumber,
            ),
            fault(31, None, None, FaultKind::TrailerMissing),
        ] {
            assert!(guide.contains(&fault.text(lang)), "{}", fault.text(lang));
        }
        for class in crate::settlement::reconcile::Class::ALL {
            assert!(guide.contains(&format!("| `{}` |", class.name())));
        }
    }
    assert!(include_str!("../../../../docs/protocol/settlement.md").contains(HEADER));
}

#[test]
fn names_of_files_are_read_and_written() {
    let name = StatementName::parse("settlement_99999_001_202601.csv").unwrap();
    assert_eq!(name.to_string(), "settlement_99999_001_202601.csv");
    for bad in [
        "",
        "settlement_99999_001_202613.csv",
        "settlement_9999_001_202601.csv",
        "settlement_99999_001_2026-01.csv",
        "settlement_99999_001_202601.csv.exe",
        "settlement_99999_001_202601_1.csv",
        "../settlement_99999_001_202601.csv",
    ] {
        assert!(StatementName::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn periods_have_edges() {
    let period = january();
    assert_eq!(period.starts_at().to_jst(), "20260101000000");
    assert_eq!(period.ends_at().to_jst(), "20260131235959");
    assert_eq!(period.to_string(), "2026-01");
    assert!(period.contains(period.ends_at()));
    assert!(!period.contains(period.ends_at().plus_seconds(1)));
    let half = StatementPeriod::new(period.from(), "2026-01-15".parse().unwrap()).unwrap();
    assert_eq!(
        (half.as_month(), half.to_string().as_str()),
        (None, "2026-01-01 – 2026-01-15")
    );
    assert!(StatementPeriod::new(half.until(), half.from()).is_err());
}

#[test]
fn every_fault_says_something_in_both_languages() {
    use FaultKind::*;
    let kinds = [
        Empty,
        HeaderDiffers,
        ColumnMissing,
        ColumnTwice,
        ColumnCount,
        Characters,
        UnknownRecord,
        UnknownKind,
        UnknownStatus,
        UnknownMethod,
        Missing,
        NotAnAmount,
        ZeroAmount,
        Sign,
        NotANumber,
        NotADate,
        OutsidePeriod,
        NotAnId,
        SpreadsheetNumber,
        NoId,
        OnePart,
        PartsDiffer,
        NetDiffers,
        TrailerMissing,
        AfterTrailer,
        TrailerSum,
        Unterminated,
        TooManyPayouts,
        Csv(CsvFaultKind::RecordTooLong),
        Csv(CsvFaultKind::TooManyFields),
        Csv(CsvFaultKind::TooManyRecords),
        Csv(CsvFaultKind::OpenQuote),
    ];
    let texts: std::collections::BTreeSet<_> = kinds.iter().map(|k| k.text(Lang::En)).collect();
    assert_eq!(texts.len(), kinds.len());
    for kind in kinds {
        assert!(!kind.text(Lang::Ja).is_ascii());
    }
}

prop_compose! {
    /// A movement as a line, and what it adds to the three sums.
    fn movement()(
        second in 0i64..31 * 86_400,
        n in 1u64..10_000_000_000,
        mile_share in 0u64..=100,
        fee in 0u64..1000,
        refund in any::<bool>(),
        order in "[0-9A-Za-z_-]{1,38}",
        tracking in "[0-9]{14}",
        other in any::<bool>(),
    ) -> (String, [i64; 3]) {
        let at = january().starts_at().plus_seconds(second).to_jst();
        let sign = if refund { -1 } else { 1 };
        let (amount, fee) = (i64::try_from(n).unwrap(), i64::try_from(fee).unwrap());
        let miles = n * mile_share / 100;
        let (method, parts) = if other {
            ("credit", ",".to_owned())
        } else {
            ("netmile", format!("{miles},{}", n - miles))
        };
        let (kind, status) = if refund { ("refund", "refunded") } else { ("sale", "captured") };
        let net = sign * (amount - fee);
        let line = format!("D,{at},{order},{tracking},{method},{kind},{n},{parts},{fee},{net},{status}");
        (line, [sign * amount, sign * fee, net])
    }
}

fn file(movements: &[(String, [i64; 3])]) -> Vec<u8> {
    let sum = |i: usize| movements.iter().map(|(_, sums)| sums[i]).sum::<i64>();
    let last = format!(
        "T,,{},,,,{},,,{},{},",
        movements.len(),
        sum(0),
        sum(1),
        sum(2)
    );
    let lines: Vec<_> = std::iter::once(HEADER)
        .chain(movements.iter().map(|(line, _)| line.as_str()))
        .chain([last.as_str()])
        .collect();
    text(&lines)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_however_it_is_cut(
        movements in prop::collection::vec(movement(), 0..30),
        size in 1usize..200,
    ) {
        let bytes = file(&movements);
        let whole = read_with(&Profile::reference(), &bytes).unwrap();
        prop_assert_eq!(whole.rows.len(), movements.len());
        let net: i64 = whole.rows.iter().filter_map(|r| r.net).sum();
        prop_assert_eq!(net, whole.end.totals.net);
        let mut reader = StatementReader::new(Profile::reference(), january()).unwrap();
        let mut rows = Vec::new();
        for piece in bytes.chunks(size) {
            rows.extend(reader.feed(piece));
        }
        let end = reader.finish().unwrap();
        prop_assert_eq!(Statement { rows, end }, whole);
    }

    #[test]
    fn no_movement_is_lost_or_doubled_unseen(
        movements in prop::collection::vec(movement(), 1..10), at in any::<prop::sample::Index>(), double in any::<bool>()
    ) {
        let bytes = file(&movements);
        let whole = String::from_utf8(bytes).unwrap();
        let mut lines: Vec<_> = whole.lines().collect();
        let at = 1 + at.index(movements.len());
        if double { lines.insert(at, lines[at]) } else { lines.remove(at); }
        prop_assert!(read(&lines).is_err());
    }

    #[test]
    fn a_changed_digit_is_seen_in_every_sum(
        movements in prop::collection::vec(movement(), 1..10), at in any::<prop::sample::Index>(), digit in b'0'..=b'9'
    ) {
        let mut bytes = file(&movements);
        let before = read_with(&Profile::reference(), &bytes).unwrap();
        let at = at.index(bytes.len());
        if bytes[at].is_ascii_digit() {
            bytes[at] = digit;
        }
        if let Ok(after) = read_with(&Profile::reference(), &bytes) {
            // Only ids and times have no sum.
            prop_assert_eq!(after.end.totals, before.end.totals);
            let money = |s: &Statement| s.rows.iter().map(|r| (r.amount, r.fee, r.net)).collect::<Vec<_>>();
            prop_assert_eq!(money(&after), money(&before));
        }
    }

    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>(), lines in prop::collection::vec("[DPT0-9a-z,\"\\-é]{0,60}", 0..5)) {
        let _ = read_with(&Profile::reference(), &bytes);
        let mut all = vec![HEADER];
        all.extend(lines.iter().map(String::as_str));
        let _ = read(&all);
        let _ = read_with(&portal(), &bytes);
    }
}
