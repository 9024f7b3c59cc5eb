use proptest::prelude::*;

use crate::error::{ErrorKind, Result};
use crate::exchange::drop::DropFile;
use crate::exchange::{ExchangeRow, UploadFile, settle, settle_counted, uploads_with};
use crate::miles::file::{CarrierDomains, FileEncoding, ResultKind, ResultRow, ResultWriter};
use crate::money::Miles;
use crate::reference::User;
use crate::time::Timestamp;

fn row(user: &str, miles: u64) -> ExchangeRow {
    ExchangeRow::new(&User::user_id(user).unwrap(), "CUST0001", Miles::new(miles))
}

fn uploads(
    rows: impl IntoIterator<Item = ExchangeRow>,
) -> impl Iterator<Item = Result<UploadFile>> {
    let at = Timestamp::parse_jst("20261231235930").unwrap();
    crate::exchange::uploads("8763", at, rows)
}

#[test]
fn every_file_of_a_run_has_a_name_of_its_own() {
    let files: Vec<_> = uploads((0..20_001).map(|_| row("1001", 7)))
        .collect::<Result<_>>()
        .unwrap();
    let names: Vec<_> = files.iter().map(|file| file.name.to_string()).collect();
    assert_eq!(
        names,
        [
            "NMEXC_8763_202612312359.csv",
            "NMEXC_8763_202701010000.csv",
            "NMEXC_8763_202701010001.csv"
        ]
    );
    let mut of_nobody = crate::exchange::uploads("../x", Timestamp::from_unix(0), [row("1001", 7)]);
    let error = of_nobody.next().unwrap().unwrap_err();
    assert_eq!(error.field_name(), Some("site_id"));
    assert!(of_nobody.next().is_none());
}

#[test]
fn ten_thousand_rows_are_one_upload() {
    let files: Vec<_> = uploads((0..10_000).map(|_| row("1001", 7)))
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!((files[0].rows, files[0].miles.get()), (10_000, 70_000));
    assert_eq!(uploads([]).count(), 0);
}

#[test]
fn a_wrong_row_is_named_and_ends_the_writing() {
    let mut rows = vec![row("1001", 7); 10_002];
    rows[10_000].miles = Miles::new(0);
    let mut files = uploads(rows);
    assert_eq!(files.next().unwrap().unwrap().rows, 10_000);
    let error = files.next().unwrap().unwrap_err();
    assert_eq!(error.field_name(), Some("miles"));
    assert!(error.to_string().contains("row 10001"), "{error}");
    assert!(files.next().is_none());
    let row = ExchangeRow {
        user: "=cmd|' /C calc'!A0,x".into(),
        ..row("1001", 7)
    };
    assert!(uploads([row]).next().unwrap().is_err());
}

#[test]
fn the_address_of_a_mobile_carrier_is_refused_before_it_is_sent_and_read_when_it_was() {
    let to = |address: &str| ExchangeRow {
        user: address.to_owned(),
        ..row("1001", 7)
    };
    let error = uploads([to("a@docomo.ne.jp")]).next().unwrap().unwrap_err();
    assert_eq!(error.field_name(), Some("user"));
    assert!(error.to_string().contains("mobile phone"), "{error}");
    let at = Timestamp::parse_jst("20261231235930").unwrap();
    let own = CarrierDomains::new(["example.jp"]);
    let written = |address| {
        uploads_with("8763", at, [to(address)], own.clone())
            .next()
            .unwrap()
    };
    assert!(written("a@example.jp").is_err());
    // One that was sent under another list settles all the same.
    let sent = written("a@docomo.ne.jp").unwrap();
    let settled = settle(&sent.bytes, b"a@docomo.ne.jp,CUST0001,7,19013\r\n").unwrap();
    assert_eq!(settled.refused.rows, 1);
    let write = |carriers: &CarrierDomains| {
        DropFile::write_with("8763", at, [to("a@docomo.ne.jp")], carriers)
    };
    assert!(write(&own).is_ok() && write(&CarrierDomains::default()).is_err());
    assert!(DropFile::write("8763", at, [to("a@docomo.ne.jp")]).is_err());
}

#[test]
fn of_equal_rows_the_later_ones_are_refused() {
    let sent = b"1001,CUST0001,100\r\n1001,CUST0001,100\r\n1001,CUST0001,100\r\n";
    let result = b"1001,CUST0001,100,44039\r\n1001,CUST0001,100,44038\r\n";
    let settled = settle(sent, result).unwrap();
    let codes: Vec<_> = settled
        .rows
        .iter()
        .map(|row| row.refused.as_ref().map(|r| r.code.as_str()))
        .collect();
    assert_eq!(codes, [None, Some("manual:44039"), Some("manual:44038")]);
    assert!(settle(sent, &[result.as_slice(), result].concat()).is_err());
}

#[test]
fn a_result_that_does_not_fit_settles_nothing() {
    let sent = b"1001,CUST0001,100\r\n";
    for (result, kind) in [
        (&b"1001,CUST0001,101,41023\r\n"[..], ErrorKind::Mismatch),
        (b"1001,CUST0002,100,41023\r\n", ErrorKind::Mismatch),
        (b"1001,CUST0001,abc,41023\r\n", ErrorKind::Mismatch),
        (b"1001,CUST0001,100,410\r\n", ErrorKind::Malformed),
        (b"1001,CUST0001,100\r\n", ErrorKind::Malformed),
    ] {
        let error = settle(sent, result).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(!error.to_string().contains("CUST"), "{error}");
    }
    assert_eq!(
        settle(b"1001,CUST-1,100\r\n", b"").unwrap_err().kind(),
        ErrorKind::Malformed
    );
    assert_eq!(settle(sent, b"").unwrap().issued.rows, 1);
}

#[test]
fn a_result_that_was_cut_settles_nothing() {
    let sent = b"1001,CUST0001,100\r\n1002,CUST0002,200\r\n1003,CUST0003,300\r\n";
    let result = b"1001,CUST0001,100,41023\r\n1002,CUST0002,200,41023\r\n";
    assert_eq!(settle_counted(sent, result, 2).unwrap().refused.rows, 2);
    for end in 0..result.len() {
        let cut = &result[..end];
        let behind_a_line = cut.last().is_none_or(|last| b"\r\n".contains(last));
        let read = settle(sent, cut);
        assert_eq!(read.is_ok(), behind_a_line, "cut at {end}");
        // Of a cut behind the CR nothing is lost.
        let counted = settle_counted(sent, cut, 2);
        assert_eq!(counted.is_ok(), end == result.len() - 1, "cut at {end}");
        let kind = counted.map_or_else(|error| error.kind(), |_| ErrorKind::Mismatch);
        let expected = if behind_a_line {
            ErrorKind::Mismatch
        } else {
            ErrorKind::Malformed
        };
        assert_eq!(kind, expected, "cut at {end}");
    }
    let error = settle(sent, result.trim_ascii_end()).unwrap_err();
    assert!(
        error.to_string().contains("line 2: the last line"),
        "{error}"
    );
    assert!(settle_counted(sent, result, 1).is_err());
}

proptest! {
    #[test]
    fn whatever_fails_the_sums_are_those_of_what_was_sent(
        rows in proptest::collection::vec((1u32..20, 1u64..100, any::<bool>()), 1..200),
        utf8: bool,
    ) {
        let written = rows.iter().map(|(user, miles, _)| row(&user.to_string(), *miles));
        let file = uploads(written).next().unwrap().unwrap();
        let encoding = if utf8 { FileEncoding::Utf8 } else { FileEncoding::Cp932 };
        let mut result = ResultWriter::new(ResultKind::Exchange, encoding);
        for (user, miles, _) in rows.iter().filter(|row| row.2) {
            let row = ResultRow::new(user.to_string(), "CUST0001", miles.to_string(), Some("41023"));
            result.row(&row).unwrap();
        }
        let settled = settle(&file.bytes, &result.take()).unwrap();
        let sum = |failed: bool| rows.iter().filter(|row| row.2 == failed).map(|row| row.1).sum::<u64>();
        prop_assert_eq!(settled.issued.miles.get(), sum(false));
        prop_assert_eq!(settled.refused.miles.get(), sum(true));
        prop_assert_eq!(settled.sent.rows, rows.len() as u64);
        prop_assert_eq!(settled.refused.rows, rows.iter().filter(|row| row.2).count() as u64);
    }
}
