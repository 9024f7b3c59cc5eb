use proptest::prelude::*;

use super::*;

type Rows = Vec<(u64, Vec<Vec<u8>>)>;

fn decode_in(pieces: &[&[u8]], limits: CsvLimits) -> (Rows, Result<CsvEnd, CsvFault>) {
    let mut rows = Rows::new();
    let mut take = |r: CsvRecord<'_>| {
        rows.push((r.line(), r.fields().map(<[u8]>::to_vec).collect()));
    };
    let mut decoder = CsvDecoder::new(b',', limits);
    for piece in pieces {
        if let Err(fault) = decoder.feed(piece, &mut take) {
            return (rows, Err(fault));
        }
    }
    let end = decoder.finish(&mut take);
    (rows, end)
}

fn decode(bytes: &[u8]) -> (Rows, Result<CsvEnd, CsvFault>) {
    decode_in(&[bytes], CsvLimits::default())
}

fn row(line: u64, fields: &[&str]) -> (u64, Vec<Vec<u8>>) {
    (line, fields.iter().map(|f| f.as_bytes().to_vec()).collect())
}

#[test]
fn counts_lines_whatever_ends_them() {
    for text in ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\nc,d"] {
        let (rows, end) = decode(text.as_bytes());
        assert_eq!(rows, [row(1, &["a", "b"]), row(2, &["c", "d"])], "{text:?}");
        assert_eq!(end.unwrap().ends_with_newline, !text.ends_with('d'));
    }
    let (rows, _) = decode(b"\r\n\r\na\r\n\r\n\"b\r\nb\"\r\nc\r\n");
    assert_eq!(rows, [row(3, &["a"]), row(5, &["b\r\nb"]), row(7, &["c"])]);
}

#[test]
fn counts_a_line_once_however_its_end_is_cut() {
    for (text, lines) in [
        (
            "\r\r\na\r\n\r\"b\r\n\rb\"\r\n\r\nc\rd\n\re",
            [3, 5, 9, 10, 12],
        ),
        ("a\rb\r\rc\rd\re", [1, 2, 4, 5, 6]),
    ] {
        for cut in 0..=text.len() {
            let (head, tail) = text.as_bytes().split_at(cut);
            let (rows, end) = decode_in(&[head, tail], CsvLimits::default());
            let found: Vec<_> = rows.iter().map(|(line, _)| *line).collect();
            assert_eq!(found, lines, "{text:?} cut at {cut}");
            assert!(end.is_ok());
        }
    }
}

#[test]
fn undoes_quotes_and_keeps_empty_fields() {
    let (rows, _) = decode(b"\"a \"\"x\"\", y\",,\"\"\n,\n");
    assert_eq!(rows, [row(1, &["a \"x\", y", "", ""]), row(2, &["", ""])]);
}

#[test]
fn a_byte_order_mark_is_no_text_however_it_is_cut() {
    let bytes = b"\xEF\xBB\xBFa\n";
    for cut in 0..bytes.len() {
        let (head, tail) = bytes.split_at(cut);
        let (rows, end) = decode_in(&[head, tail], CsvLimits::default());
        assert_eq!(rows, [row(1, &["a"])]);
        assert!(end.unwrap().utf8_bom);
    }
    // Only one: a second one is text.
    let (rows, _) = decode(b"\xEF\xBB\xBF\xEF\xBB\xBFa\n");
    assert_eq!(rows, [(1, vec![b"\xEF\xBB\xBFa".to_vec()])]);
    let (rows, end) = decode(b"\xEF\xBB");
    assert_eq!(rows, [(1, vec![b"\xEF\xBB".to_vec()])]);
    assert!(!end.unwrap().utf8_bom);
}

#[test]
fn a_file_that_ends_inside_quotes_was_cut() {
    let (rows, end) = decode(b"a\n\"b\nc\n");
    assert_eq!(rows, [row(1, &["a"])]);
    let fault = end.unwrap_err();
    assert_eq!(
        fault,
        CsvFault {
            line: 2,
            kind: CsvFaultKind::OpenQuote
        }
    );
    assert_eq!(Error::from(fault).kind(), ErrorKind::Malformed);
    assert!(decode(b"a\n\"b\"").1.is_ok());
}

#[test]
fn every_limit_is_exact() {
    let limits = CsvLimits {
        max_record: 4,
        max_fields: 2,
        max_records: 3,
    };
    let kind = |bytes: &[u8]| decode_in(&[bytes], limits).1.map_err(|f| f.kind).err();
    assert_eq!(kind(b"ab,cd\n"), None);
    assert_eq!(kind(b"ab,cde\n"), Some(CsvFaultKind::RecordTooLong));
    assert_eq!(kind(b"a,b,c\n"), Some(CsvFaultKind::TooManyFields));
    assert_eq!(kind(b"a\nb\nc\n"), None);
    assert_eq!(kind(b"a\nb\nc\nd\n"), Some(CsvFaultKind::TooManyRecords));
    assert_eq!(kind(b"a\n\"bbbbb"), Some(CsvFaultKind::RecordTooLong));
    let error = Error::from(decode_in(&[b"a\n\nbbbbb"], limits).1.unwrap_err());
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.detail().starts_with("line 3: "), "{error}");
}

#[test]
fn a_fault_stays() {
    let mut decoder = CsvDecoder::new(
        b',',
        CsvLimits {
            max_record: 1,
            ..CsvLimits::default()
        },
    );
    let mut rows = 0;
    let mut take = |_: CsvRecord<'_>| rows += 1;
    let fault = decoder.feed(b"abc", &mut take).unwrap_err();
    assert_eq!(decoder.feed(b"\na\n", &mut take), Err(fault));
    assert_eq!(decoder.finish(&mut take), Err(fault));
    assert_eq!(rows, 0);
}

/// RFC 4180, every field in quotes.
fn write(rows: &[Vec<Vec<u8>>]) -> Vec<u8> {
    let mut out = Vec::new();
    for fields in rows {
        for (i, field) in fields.iter().enumerate() {
            out.extend(if i == 0 { &b"\""[..] } else { b",\"" });
            for byte in field {
                out.extend(std::iter::repeat_n(byte, if *byte == b'"' { 2 } else { 1 }));
            }
            out.push(b'"');
        }
        out.extend(b"\r\n");
    }
    out
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        rows in prop::collection::vec(prop::collection::vec(any::<Vec<u8>>(), 1..5), 0..6)
    ) {
        let (read, end) = decode(&write(&rows));
        prop_assert!(end.unwrap().ends_with_newline);
        prop_assert_eq!(read.into_iter().map(|(_, fields)| fields).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn any_cut_gives_the_same(
        bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b"\",\r\na\xEF\xBB\xBF".to_vec())], 0..60
        ),
        cuts in prop::collection::vec(0usize..20, 0..8),
    ) {
        let limits = CsvLimits { max_record: 16, max_fields: 6, max_records: 8 };
        let whole = decode_in(&[&bytes], limits);
        let mut pieces = Vec::new();
        let mut rest = &bytes[..];
        for cut in cuts {
            let (piece, tail) = rest.split_at(cut.min(rest.len()));
            pieces.push(piece);
            rest = tail;
        }
        pieces.push(rest);
        prop_assert_eq!(decode_in(&pieces, limits), whole);
    }
}
