use proptest::prelude::*;

use super::*;
use crate::lang::Lang;
use crate::miles::IssueRule;
use crate::miles::codes::{self, Table};
use crate::money::Miles;
use crate::wire::csv::CsvFaultKind;

use FileFaultKind as Kind;

/// A file written by `tests/vectors/miles.py`.
fn golden(name: &str, encoding: &str) -> Vec<u8> {
    let root = env!("CARGO_MANIFEST_DIR");
    std::fs::read(format!(
        "{root}/../tests/vectors/miles/{name}.{encoding}.csv"
    ))
    .unwrap()
}

const ENCODINGS: [(&str, FileEncoding); 2] =
    [("cp932", FileEncoding::Cp932), ("utf8", FileEncoding::Utf8)];

type Owned = (u64, u64, String, String, u64);
type Read = (Vec<Owned>, Vec<FileFault>, UploadEnd);

fn read_in(rules: &UploadRules, pieces: &[&[u8]]) -> Read {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut take = |checked: Checked<'_>| match checked {
        Checked::Row(row) => rows.push((
            row.line,
            row.number,
            row.user.to_owned(),
            row.key.to_owned(),
            row.miles.get(),
        )),
        Checked::Faulty(row) => {
            assert!(!row.faults.is_empty());
            faults.extend_from_slice(row.faults);
        }
    };
    let mut reader = UploadReader::new(rules.clone());
    for piece in pieces {
        reader.feed(piece, &mut take);
    }
    let end = reader.finish(&mut take);
    (rows, faults, end)
}

fn mail() -> UploadRules {
    UploadRules::new(UploadKind::Mail)
}

/// Line, column and kind of each fault.
fn faults(rules: &UploadRules, file: &[u8]) -> Vec<(u64, u16, Kind)> {
    let (_, faults, end) = read_in(rules, &[file]);
    assert_eq!(end.faults, faults.len() as u64);
    let place = |f: &FileFault| (f.line, f.column.unwrap_or(0), f.kind);
    faults.iter().map(place).collect()
}

#[test]
fn the_golden_uploads_read_and_are_written_the_same() {
    for (name, kind, rows, miles) in [
        ("upload-mail", UploadKind::Mail, 4, 1111),
        ("upload-mobile", UploadKind::MobileMail, 3, 160),
        ("upload-user-id", UploadKind::UserId, 2, 300),
        ("exchange", UploadKind::Exchange, 2, 2000),
    ] {
        for (suffix, encoding) in ENCODINGS {
            let file = golden(name, suffix);
            let (read, faults, end) = read_in(&UploadRules::new(kind), &[&file]);
            assert_eq!(faults, [], "{name}.{suffix}");
            assert_eq!((end.rows, end.miles.get()), (rows, miles));
            assert_eq!((end.has_header, end.is_utf8), (true, suffix == "utf8"));
            assert!(end.is_clean());
            let mut writer = UploadWriter::new(kind, encoding);
            for (_, _, user, key, miles) in &read {
                writer.row(user, key, Miles::new(*miles)).unwrap();
            }
            assert_eq!(writer.take(), file, "{name}.{suffix}");
        }
        let sample = format!("{}/../docs/samples/{name}.csv", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(std::fs::read(sample).unwrap(), golden(name, "cp932"));
    }
}

#[test]
fn the_golden_lists_read_and_are_written_the_same() {
    for (name, kind, rows) in [
        ("completed", ResultKind::Completed, 3),
        ("errors", ResultKind::Errors, 3),
        ("exchange-result", ResultKind::Exchange, 2),
    ] {
        for (suffix, encoding) in ENCODINGS {
            let file = golden(name, suffix);
            let read = ResultReader::read(kind, &file).unwrap();
            assert_eq!(read.len(), rows);
            let mut writer = ResultWriter::new(kind, encoding);
            for row in &read {
                assert_eq!(row.code.is_some(), kind.has_code());
                writer.row(row).unwrap();
            }
            assert_eq!(writer.take(), file, "{name}.{suffix}");
        }
    }
    let completed = ResultReader::read(ResultKind::Completed, &golden("completed", "cp932"));
    let completed = completed.unwrap();
    assert_eq!(completed[1].last_name, "髙橋");
    assert_eq!(completed[2].password.expose(), "a,b\"c");
    assert_eq!(completed[2].miles(), Some(Miles::new(10)));
    assert!(!format!("{completed:?}").contains("example"));
    let errors = ResultReader::read(ResultKind::Errors, &golden("errors", "utf8")).unwrap();
    assert_eq!(
        (errors[2].user.as_str(), errors[2].code.as_deref()),
        ("=1+1", Some("19013"))
    );
}

#[test]
fn with_and_without_header_and_whatever_ends_the_lines() {
    let header = golden("upload-mail", "cp932");
    let names = &header[..header.iter().position(|b| *b == b'\r').unwrap()];
    for line_end in ["\r\n", "\n", "\r"] {
        for with_header in [true, false] {
            for last in [line_end, ""] {
                let mut file = Vec::new();
                if with_header {
                    file.extend_from_slice(names);
                    file.extend_from_slice(line_end.as_bytes());
                }
                let rows = ["\"a@example.jp\",C1,\"100\"", "b@example.jp,C2,200"];
                file.extend_from_slice(rows.join(line_end).as_bytes());
                file.extend_from_slice(last.as_bytes());
                let (rows, faults, end) = read_in(&mail(), &[&file]);
                assert_eq!(end.ends_with_newline, !last.is_empty());
                assert_eq!(faults, []);
                assert_eq!((rows.len(), end.has_header), (2, with_header));
                assert_eq!(rows[0].1, 1);
                if line_end != "\r" {
                    assert_eq!(rows[1].0, if with_header { 3 } else { 2 });
                }
            }
        }
    }
}

#[test]
fn every_rule_of_the_first_column() {
    let kinds = |kind: UploadKind, user: &str| {
        let file = format!("{user},C1,100\n");
        let found = faults(&UploadRules::new(kind), file.as_bytes());
        assert!(
            found
                .iter()
                .all(|(line, column, _)| (*line, *column) == (1, 1))
        );
        found.first().map(|(_, _, kind)| *kind)
    };
    let of_mail = |user: &str| kinds(UploadKind::Mail, user);
    let longest = format!(
        "{}@{}.{}.{}.jp",
        "a".repeat(64),
        "b".repeat(63),
        "c".repeat(63),
        "d".repeat(60)
    );
    assert_eq!(longest.len(), 256);
    for good in [
        "a@example.jp",
        "A.b-c_d+e=f@x-1.example.co.jp",
        "o'brien@example.museum",
        &longest,
    ] {
        assert_eq!(of_mail(good), None, "{good}");
    }
    for bad in [
        "a",
        "@example.jp",
        "a@",
        "a@jp",
        "a@example.",
        "a@.example.jp",
        "a@-x.jp",
        "a@x-.jp",
        "a@x.1",
        "a@x.j",
        "a b@example.jp",
        " a@example.jp",
        "a@example.jp ",
        "a@b@example.jp",
        "あ@example.jp",
        "a@例え.jp",
        "ａ@example.jp",
        "a\u{0}@example.jp",
        "\"\"\"a\"\"@example.jp\"",
        "a;b@example.jp",
        "a@127.0.0.1",
        "<a@example.jp>",
    ] {
        assert_eq!(of_mail(bad), Some(Kind::MailForm), "{bad:?}");
    }
    assert_eq!(
        of_mail(&format!("a{}", &longest[1..].replace("d.jp", "dd.jp"))),
        Some(Kind::MailTooLong)
    );
    assert_eq!(of_mail(""), Some(Kind::Missing));
    assert_eq!(of_mail("a@docomo.ne.jp"), Some(Kind::CarrierMail));
    assert_eq!(of_mail("a@T.Vodafone.ne.jp"), Some(Kind::CarrierMail));
    assert_eq!(kinds(UploadKind::MobileMail, "a..b.@docomo.ne.jp"), None);
    assert_eq!(
        kinds(UploadKind::MobileMail, "a@example.jp"),
        Some(Kind::NotCarrierMail)
    );
    assert_eq!(
        kinds(UploadKind::MobileMail, "docomo.ne.jp"),
        Some(Kind::MailForm)
    );
    for id in ["1", "NM10000001", &"9".repeat(32)] {
        assert_eq!(kinds(UploadKind::UserId, id), None);
        assert_eq!(kinds(UploadKind::Exchange, id), None);
    }
    for id in ["１", "1.0", "1E+05", "a b", &"9".repeat(33)] {
        assert_eq!(
            kinds(UploadKind::UserId, id),
            Some(Kind::UserIdForm),
            "{id}"
        );
    }
    assert_eq!(
        kinds(UploadKind::UserId, "a@example.jp"),
        Some(Kind::UserIdForm)
    );
    assert_eq!(kinds(UploadKind::Exchange, "a@example.jp"), None);
    assert_eq!(kinds(UploadKind::Exchange, "a@"), Some(Kind::MailForm));
    assert_eq!(
        kinds(UploadKind::Exchange, "a@docomo.ne.jp"),
        Some(Kind::CarrierExchange)
    );
    assert_eq!(kinds(UploadKind::Exchange, "1.0"), Some(Kind::UserForm));
    let own = UploadRules::new(UploadKind::Mail).with_carriers(CarrierDomains::new(["example.jp"]));
    assert_eq!(
        faults(&own, b"a@example.jp,C,1\na@docomo.ne.jp,C,1\n"),
        [(1, 1, Kind::CarrierMail)]
    );
}

#[test]
fn every_rule_of_key_and_miles() {
    let at = |key: &str, miles: &str| {
        let file = format!("a@example.jp,{key},{miles}\n");
        let found = faults(&mail(), file.as_bytes());
        found
            .into_iter()
            .map(|(_, column, kind)| (column, kind))
            .collect::<Vec<_>>()
    };
    assert_eq!(at(&"k".repeat(255), "1"), []);
    assert_eq!(at("C1", "999999999"), []);
    for bad in ["a-b", "a b", "あ", "Ａ", "a_b", &"k".repeat(256)] {
        assert_eq!(at(bad, "1"), [(2, Kind::KeyForm)], "{bad}");
    }
    for (bad, kind) in [
        ("", Kind::Missing),
        ("0", Kind::MilesZero),
        ("000", Kind::MilesZero),
        ("\"1,000\"", Kind::MilesComma),
        ("1，000", Kind::MilesForm),
        ("１００", Kind::MilesForm),
        ("-1", Kind::MilesForm),
        ("+1", Kind::MilesForm),
        ("1.5", Kind::MilesForm),
        ("1E+05", Kind::MilesForm),
        ("100mile", Kind::MilesForm),
        (" 100", Kind::MilesForm),
        ("12345678901", Kind::MilesTooMany),
        ("1000000000", Kind::MilesTooMany),
        ("99999999999999999999999", Kind::MilesTooMany),
    ] {
        assert_eq!(at("C1", bad), [(3, kind)], "{bad}");
    }
    assert_eq!(at("", ""), [(2, Kind::Missing), (3, Kind::Missing)]);
    // Full-width characters in the file's own encoding.
    let wide = |miles: &[u8], bom: &[u8]| {
        faults(&mail(), &[bom, b"a@example.jp,C1,", miles].concat())[0].2
    };
    assert_eq!(
        wide("１００".as_bytes(), b"\xEF\xBB\xBF"),
        Kind::MilesFullWidth
    );
    assert_eq!(wide(b"\x82\x50\x82\x4F", b""), Kind::MilesFullWidth);
    assert_eq!(wide(b"1\x81\x43000", b""), Kind::MilesComma);
}

#[test]
fn the_rule_of_the_campaign() {
    let fixed = mail().with_rule(IssueRule::Fixed {
        miles: Miles::new(100),
    });
    let file = b"a@example.jp,C,100\na@example.jp,C,101\na@example.jp,C,99\n";
    assert_eq!(
        faults(&fixed, file),
        [(2, 3, Kind::AgainstRule), (3, 3, Kind::AgainstRule)]
    );
    let range = IssueRule::Variable {
        min: Miles::new(100),
        max: Miles::new(101),
    };
    assert_eq!(
        faults(&mail().with_rule(range), file),
        [(3, 3, Kind::AgainstRule)]
    );
}

#[test]
fn columns_blank_rows_and_numbers_that_fell_apart() {
    let file = b"a@example.jp,C1\n,,\n a , , \n,\na@example.jp,C1,1,000\na@example.jp,C1,1,000,000\na@example.jp,C1,1,x\n\n";
    assert_eq!(
        faults(&mail(), file),
        [
            (1, 0, Kind::ColumnCount),
            (2, 0, Kind::BlankRow),
            (3, 1, Kind::MailForm),
            (3, 2, Kind::KeyForm),
            (3, 3, Kind::MilesForm),
            (4, 0, Kind::BlankRow),
            (5, 3, Kind::MilesComma),
            (6, 3, Kind::MilesComma),
            (7, 0, Kind::ColumnCount),
        ]
    );
}

#[test]
fn whole_files_that_are_wrong() {
    let header = golden("upload-mail", "utf8");
    let names = &header[3..header.iter().position(|b| *b == b'\r').unwrap()];
    let unmarked = [names, b"\na@example.jp,C,1\nx,C,1\n"].concat();
    assert_eq!(
        faults(&mail(), &unmarked),
        [(1, 0, Kind::UnmarkedUtf8), (3, 1, Kind::MailForm)]
    );
    let other = "\u{feff}メールアドレス,指定キー,金額\na@example.jp,C,1\n";
    assert_eq!(
        faults(&mail(), other.as_bytes()),
        [(1, 0, Kind::HeaderDiffers)]
    );
    let utf16: Vec<u8> = "\u{feff}a,b,c"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(faults(&mail(), &utf16), [(1, 0, Kind::Utf16)]);
    for (empty, line) in [(&b""[..], 1), (b"\n\r\n", 2), (b"\xEF\xBB\xBF", 1)] {
        assert_eq!(faults(&mail(), empty), [(line, 0, Kind::Empty)]);
    }
    let only_header = [b"\xEF\xBB\xBF", names, b"\n"].concat();
    assert_eq!(faults(&mail(), &only_header), [(1, 0, Kind::Empty)]);
    let open = b"a@example.jp,C,1\n\"a@example.jp,C,1\na@example.jp,C,1\n";
    assert_eq!(
        faults(&mail(), open),
        [(2, 0, Kind::Csv(CsvFaultKind::OpenQuote))]
    );
    assert!(!read_in(&mail(), &[open]).2.is_whole);
}

#[test]
fn one_upload_has_ten_thousand_rows() {
    let row = "a@example.jp,C,1\r\n";
    let (end, found) = check_upload(mail(), row.repeat(10_000).as_bytes());
    assert!(end.is_clean() && found.is_empty());
    let file = row.repeat(10_003);
    let found = faults(&mail(), file.as_bytes());
    assert_eq!(found, [(10_001, 0, Kind::TooManyRows)]);
    assert!(
        check_upload(mail().of_any_size(), file.as_bytes())
            .0
            .is_clean()
    );
}

#[test]
fn faults_read_well_and_their_codes_are_in_the_catalogue() {
    let all = [
        Kind::Csv(CsvFaultKind::OpenQuote),
        Kind::Empty,
        Kind::Utf16,
        Kind::UnmarkedUtf8,
        Kind::HeaderDiffers,
        Kind::TooManyRows,
        Kind::ColumnCount,
        Kind::BlankRow,
        Kind::SpansLines,
        Kind::Missing,
        Kind::Characters,
        Kind::MailForm,
        Kind::MailTooLong,
        Kind::CarrierMail,
        Kind::NotCarrierMail,
        Kind::CarrierExchange,
        Kind::UserIdForm,
        Kind::UserForm,
        Kind::KeyForm,
        Kind::MilesComma,
        Kind::MilesFullWidth,
        Kind::MilesForm,
        Kind::MilesTooMany,
        Kind::MilesZero,
        Kind::AgainstRule,
        Kind::CodeForm,
    ];
    for kind in all {
        assert!(kind.text(Lang::En).is_ascii() && !kind.text(Lang::Ja).is_ascii());
        if let Some(code) = kind.code() {
            assert!(codes::lookup(Table::Manual, code).is_some());
        }
        // The error file can hold it.
        let ja = kind.text(Lang::Ja);
        assert!(
            crate::wire::text::encode("t", ja, &crate::wire::TextPolicy::Cp932).is_ok(),
            "{ja}"
        );
    }
    let fault = FileFault {
        line: 3,
        column: Some(3),
        field: Some(FileField::Miles),
        kind: Kind::MilesZero,
    };
    assert_eq!(
        fault.text(Lang::Ja),
        "3 行目・3 列目（マイル数）：1 以上でなければなりません"
    );
    let mut faults = FileFaults::default();
    (0..1002).for_each(|_| faults.push(fault));
    assert!(faults.text(Lang::Ja).ends_with("\nほか 2 件"));
    let error = crate::Error::from(faults);
    assert!(error.detail().ends_with("1002 faults in all"), "{error}");
}

#[test]
fn the_error_file_opens_in_excel_and_runs_nothing() {
    let hostile = [
        "=cmd|'/c calc'!A1",
        "@SUM(A1)",
        "+1",
        "-1",
        "＝1",
        " =1",
        "a\u{202e}b",
        "寿司🍣",
        "\"a\r\nb\"",
        "\"x,\"\"y\"\"\"",
    ];
    let body: String = hostile
        .iter()
        .map(|cell| format!("{cell},C1,=1\r\n"))
        .collect();
    let file = format!("\u{feff}{body}");
    for (lang, encoding) in [
        (Lang::Ja, FileEncoding::Cp932),
        (Lang::En, FileEncoding::Utf8),
    ] {
        let errors = ErrorFile::new(UploadKind::Mail, lang, encoding);
        let mut out = errors.header();
        let mut take = |checked: Checked<'_>| {
            if let Checked::Faulty(row) = checked {
                errors.append(&mut out, &row);
            }
        };
        let mut reader = UploadReader::new(mail());
        reader.feed(file.as_bytes(), &mut take);
        reader.finish(&mut take);
        let text = match encoding {
            FileEncoding::Utf8 => String::from_utf8(out).unwrap(),
            FileEncoding::Cp932 => {
                let (text, _, bad) = encoding_rs::SHIFT_JIS.decode(&out);
                assert!(!bad);
                text.into_owned()
            }
        };
        let text = text.trim_start_matches('\u{feff}');
        // The row that spans lines has one fault, all others two.
        assert_eq!(text.matches("\r\n").count(), 2 * hostile.len());
        let cells = csv_cells(text);
        for row in &cells[1..] {
            assert_eq!(row.len(), 8);
            for cell in row {
                assert!(!cell.starts_with(['=', '+', '-', '@', '＝']), "{cell}");
            }
        }
        assert!(text.contains("a[U+202E]b") && text.contains("a[U+000D][U+000A]b"));
        if encoding == FileEncoding::Cp932 {
            assert!(
                text.contains("寿司[U+1F363]")
                    && text.starts_with("行,列,項目,エラー内容,コード,メールアドレス,")
            );
        }
    }
}

/// A table without line breaks in its cells, read by a few lines of its own.
fn csv_cells(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .map(|line| {
            let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
            let mut rest = line.chars().peekable();
            while let Some(c) = rest.next() {
                match c {
                    '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
                    '"' => quoted = !quoted,
                    ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                    c => cell.push(c),
                }
            }
            cells.push(cell);
            cells
        })
        .collect()
}

#[test]
fn a_file_without_a_row_is_told_of_at_its_last_line() {
    let header = "メールアドレス,指定キー,マイル発行数";
    for (file, line) in [
        (String::new(), 1),
        ("\n".to_owned(), 1),
        (header.to_owned(), 1),
        (format!("{header}\n"), 1),
        (format!("{header}{}", "\r\n".repeat(11)), 11),
        (format!("{header}{}", "\r".repeat(11)), 11),
        (format!("{header}{}", "\n".repeat(11)), 11),
    ] {
        let file = if file.is_empty() {
            file
        } else {
            format!("\u{feff}{file}")
        };
        let bytes: Vec<_> = file.as_bytes().chunks(1).collect();
        for pieces in [&[file.as_bytes()][..], &bytes] {
            let (_, faults, _) = read_in(&mail(), pieces);
            assert_eq!(faults, [FileFault::row(line, Kind::Empty)], "{file:?}");
        }
    }
}

#[test]
fn a_user_id_is_described_as_it_is_taken() {
    let upload = |id: &str| check_upload(UploadRules::new(UploadKind::UserId), id.as_bytes()).1;
    assert!(upload("NM_1-a,C1,100\n").is_empty());
    for kind in [Kind::UserIdForm, Kind::UserForm] {
        assert!(kind.text(Lang::En).contains("letters, digits, '_' and '-'"));
        assert!(kind.text(Lang::Ja).contains("半角英数字と「_」「-」"));
    }
}

#[test]
fn faults_of_a_list_are_located() {
    let read = |kind, file: &str| {
        let faults = ResultReader::read(kind, format!("\u{feff}{file}").as_bytes()).unwrap_err();
        let place = |f: &FileFault| (f.line, f.column.unwrap_or(0), f.kind);
        faults.faults().iter().map(place).collect::<Vec<_>>()
    };
    let errors = "a,b,c,,,,41053\na,b,c,,,,4105\na,b\na,b,c,,,,\n";
    assert_eq!(
        read(ResultKind::Errors, errors),
        [
            (2, 7, Kind::CodeForm),
            (3, 0, Kind::ColumnCount),
            (4, 7, Kind::CodeForm)
        ]
    );
    assert_eq!(
        read(ResultKind::Completed, ",k,1,,,\nu,k,x,,,\n"),
        [(1, 1, Kind::Missing), (2, 3, Kind::MilesForm)]
    );
    assert_eq!(
        read(ResultKind::Exchange, "u,k,1,41023\n\"u"),
        [(2, 0, Kind::Csv(CsvFaultKind::OpenQuote))]
    );
    assert_eq!(
        read(ResultKind::Exchange, "u\u{7},k,1,41023\n"),
        [(1, 1, Kind::Characters)]
    );
    for (kind, file) in [
        (ResultKind::Exchange, "u,k,1,41023\nu,k,1,41023"),
        (ResultKind::Errors, "u,k,1,,,,41023\r\nu,k,1,,,,41023"),
        (ResultKind::Completed, "u,k,1,,,\nu,k,1,,,"),
    ] {
        assert_eq!(read(kind, file), [(2, 0, Kind::Unterminated)]);
    }
    let bad = ResultReader::read(ResultKind::Exchange, b"\x81,k,1,41023\n").unwrap_err();
    assert_eq!(bad.faults()[0].kind, Kind::Characters);
    assert_eq!(ResultReader::read(ResultKind::Errors, b"").unwrap(), []);
    assert_eq!(
        ResultReader::read(ResultKind::Exchange, &golden("exchange", "utf8"))
            .unwrap_err()
            .count(),
        1
    );
}

fn good_row() -> impl Strategy<Value = [String; 3]> {
    let mail = "[a-z0-9]{1,10}(\\.[a-z0-9+_-]{1,5})?@[a-z]{1,10}\\.(example|co)\\.jp";
    (mail, "[0-9A-Za-z]{1,20}", 1..=Miles::MAX_ISSUE.get())
        .prop_map(|(mail, key, miles)| [mail, key, miles.to_string()])
}

/// What is wrong with a row on purpose: a cell, and the fault that it must give.
fn spoiled() -> impl Strategy<Value = Option<(usize, &'static str, Kind)>> {
    prop::option::weighted(
        0.3,
        prop::sample::select(vec![
            (0, "", Kind::Missing),
            (0, "nobody", Kind::MailForm),
            (0, "日本@example.jp", Kind::MailForm),
            (0, "a@ezweb.ne.jp", Kind::CarrierMail),
            (1, "", Kind::Missing),
            (1, "C-1", Kind::KeyForm),
            (1, "表ソ", Kind::KeyForm),
            (2, "", Kind::Missing),
            (2, "1,000", Kind::MilesComma),
            (2, "１", Kind::MilesFullWidth),
            (2, "0", Kind::MilesZero),
            (2, "ten", Kind::MilesForm),
        ]),
    )
}

fn cut<'a>(bytes: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    for cut in cuts {
        let (piece, tail) = rest.split_at((*cut).min(rest.len()));
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    pieces
}

proptest! {
    #[test]
    fn every_fault_is_found_where_it_is(
        rows in prop::collection::vec((good_row(), spoiled(), any::<bool>()), 1..40),
        header: bool, utf8: bool, crlf: bool,
        cuts in prop::collection::vec(0usize..60, 0..10),
    ) {
        let mut text = String::new();
        let end = if crlf { "\r\n" } else { "\n" };
        if header {
            text.push_str("メールアドレス,指定キー,マイル発行数");
            text.push_str(end);
        }
        let mut expected = Vec::new();
        let mut good = Vec::new();
        for (at, (row, spoil, quote)) in rows.iter().enumerate() {
            let mut cells = row.clone();
            let line = at as u64 + 1 + u64::from(header);
            match spoil {
                Some((column, value, kind)) => {
                    cells[*column] = (*value).to_owned();
                    expected.push((line, *column as u16 + 1, *kind));
                }
                None => good.push((line, at as u64 + 1, cells[0].clone(), cells[1].clone(), cells[2].parse().unwrap())),
            }
            let cells = cells.map(|c| if *quote || c.contains(',') { format!("\"{c}\"") } else { c });
            text.push_str(&cells.join(","));
            text.push_str(end);
        }
        let file = if utf8 {
            format!("\u{feff}{text}").into_bytes()
        } else {
            let (file, _, bad) = encoding_rs::SHIFT_JIS.encode(&text);
            prop_assert!(!bad);
            file.into_owned()
        };
        let (read, found, end) = read_in(&mail(), &cut(&file, &cuts));
        let found: Vec<_> = found.iter().map(|f| (f.line, f.column.unwrap(), f.kind)).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(end.rows, rows.len() as u64);
        prop_assert_eq!(end.miles.get(), good.iter().map(|row| row.4).sum::<u64>());
        prop_assert_eq!(read, good);
    }

    #[test]
    fn any_bytes_give_the_same_however_they_are_cut(
        bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b"\",\r\n@.a1\xEF\xBB\xBF\x82\x50".to_vec())], 0..200
        ),
        cuts in prop::collection::vec(0usize..40, 0..8),
        kind in prop::sample::select(UploadKind::ALL.to_vec()),
    ) {
        let rules = UploadRules::new(kind);
        let whole = read_in(&rules, &[&bytes]);
        prop_assert_eq!(read_in(&rules, &cut(&bytes, &cuts)), whole.clone());
        let (rows, faults, end) = whole;
        prop_assert_eq!(rows.len() as u64 + end.faulty_rows, end.rows);
        prop_assert_eq!(faults.len() as u64, end.faults);
        prop_assert!(end.is_clean() == (end.faults == 0 && end.rows > 0));
        // What passes can be written, and is the same then.
        let mut writer = UploadWriter::new(kind, FileEncoding::Utf8);
        for (_, _, user, key, miles) in &rows {
            writer.row(user, key, Miles::new(*miles)).unwrap();
        }
        let again = read_in(&rules, &[&writer.take()]).0;
        let what = |rows: Vec<Owned>| rows.into_iter().map(|r| (r.2, r.3, r.4)).collect::<Vec<_>>();
        prop_assert_eq!(what(again), what(rows));
        for kind in [ResultKind::Completed, ResultKind::Errors, ResultKind::Exchange] {
            let _ = ResultReader::read(kind, &bytes);
        }
    }

    #[test]
    fn lists_read_back(
        rows in prop::collection::vec(("[ -~ぁ-ん表ソ能①髙]{1,20}", "[ -~]{0,20}", 0..u64::MAX / 2, "[ぁ-んー～\"]{0,5}", "[0-9]{5}"), 0..10),
        utf8: bool,
    ) {
        let encoding = if utf8 { FileEncoding::Utf8 } else { FileEncoding::Cp932 };
        for kind in [ResultKind::Completed, ResultKind::Errors, ResultKind::Exchange] {
            let mut writer = ResultWriter::new(kind, encoding);
            let mut expected = Vec::new();
            for (at, (user, key, miles, name, code)) in rows.iter().enumerate() {
                let code = kind.has_code().then_some(code.as_str());
                let mut row = ResultRow::new(format!("u{user}"), key, miles.to_string(), code);
                if kind != ResultKind::Exchange {
                    row.last_name.clone_from(name);
                }
                row.line = at as u64 + 1 + u64::from(kind != ResultKind::Exchange);
                writer.row(&row).unwrap();
                expected.push(row);
            }
            prop_assert_eq!(ResultReader::read(kind, &writer.take()).unwrap(), expected);
        }
    }
}

#[test]
fn a_stray_quote_that_swallows_lines_is_about_the_whole_file() {
    let file =
        b"a@example.jp,C1,1\n\"a@example.jp,C2,1\na@example.jp,C3,1\n\",C4,1\na@example.jp,C5,1\n";
    let mut numbers = Vec::new();
    let mut reader = UploadReader::new(UploadRules::new(UploadKind::Mail));
    let mut take = |checked: Checked<'_>| {
        if let Checked::Faulty(row) = checked {
            assert_eq!(row.faults[0].kind, FileFaultKind::SpansLines);
            numbers.push(row.number);
        }
    };
    reader.feed(file, &mut take);
    let end = reader.finish(&mut take);
    assert_eq!(numbers, [None]);
    assert_eq!((end.rows, end.is_clean()), (2, false));
}

#[test]
fn only_a_row_that_keeps_all_rules_goes_the_short_way() {
    let row = |text: &str| {
        let row = plain::row(text.as_bytes(), false, &mail());
        row.map(|(row, rest)| {
            let rest = String::from_utf8(rest.to_vec()).unwrap();
            (
                row.user.to_owned(),
                row.key.to_owned(),
                row.miles.get(),
                rest,
            )
        })
    };
    let read = |rest: &str| {
        Some((
            "a@example.jp".to_owned(),
            "C1".to_owned(),
            20,
            rest.to_owned(),
        ))
    };
    assert_eq!(row("a@example.jp,C1,20\n"), read(""));
    assert_eq!(row("a@example.jp,C1,20\r\nb,\"c"), read("b,\"c"));
    assert_eq!(row("\"a@example.jp\",\"C1\",\"20\"\r\n\n"), read("\n"));
    assert_eq!(row("a@example.jp,\"C1\",20\n\r"), read("\r"));
    for other in [
        "",
        "\n",
        "a@example.jp,C1,20",
        "a@example.jp,C1,20\r",
        "a@example.jp,C1,20\rb",
        "a@example.jp,C1,20,\n",
        "a@example.jp,C1\n20\n",
        "a@example.jp\n,C1,20\n",
        "a@example.jp,C1,\"20\"0\n",
        "a@example.jp,\"C\"\"1\",20\n",
        "\"a@example.jp,C1,20\n\",C1,20\n",
        "a\"@example.jp,C1,20\n",
        "a@example.jp,C-1,20\n",
        "a@docomo.ne.jp,C1,20\n",
        "a@example.jp,C1,0\n",
        "a@example.jp,\"\",20\n",
    ] {
        assert_eq!(row(other), None, "{other:?}");
    }
}

/// Lines as they come in uploads, with all that may be wrong with them, and whatever ends them.
fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let cell = || {
        prop::sample::select(vec![
            &b"a@example.jp"[..],
            b"\"b@example.jp\"",
            b"c\"d@example.jp",
            b"\"e@example.jp",
            b"\"f@example.jp\"x",
            b"g@docomo.ne.jp",
            b"C1",
            b"\"C\"\"2\"",
            b"\"\"",
            b"",
            b"\x82\x50",
            b"100",
            b"\"1,000\"",
            b"\"200\"",
        ])
    };
    let good = prop::sample::select(vec![
        &b"a@example.jp,C1,1"[..],
        b"\"b@example.jp\",\"C2\",\"20\"",
        b"long.name.of.somebody@mail.example.co.jp,C3,\"300\"",
    ]);
    let any = prop::collection::vec(cell(), 0..5);
    let line = prop_oneof![
        3 => good.prop_map(<[u8]>::to_vec),
        1 => any.prop_map(|cells| cells.join(&b","[..])),
    ];
    let end = prop::sample::select(vec![
        &b"\r\n"[..],
        b"\r\n",
        b"\n",
        b"\n",
        b"\r",
        b"\n\n",
        b"\r\r\n",
        b"\n\r",
        b"",
    ]);
    (line, end).prop_map(|(line, end)| [&line[..], end].concat())
}

proptest! {
    #[test]
    fn the_short_way_gives_what_the_long_way_gives(
        lines in prop::collection::vec(any_line(), 0..30),
        utf8: bool,
        cuts in prop::collection::vec(0usize..100, 0..8),
        kind in prop::sample::select(UploadKind::ALL.to_vec()),
    ) {
        let mark = if utf8 { &b"\xEF\xBB\xBF"[..] } else { b"" };
        let file = [mark, &lines.concat()].concat();
        let rules = UploadRules::new(kind);
        // No byte alone is a row.
        let bytes: Vec<&[u8]> = file.chunks(1).collect();
        let long = read_in(&rules, &bytes);
        prop_assert_eq!(&read_in(&rules, &[&file]), &long);
        prop_assert_eq!(&read_in(&rules, &cut(&file, &cuts)), &long);
    }

    #[test]
    fn domains_of_carriers_are_found_as_by_plain_comparison(
        known in prop::collection::vec("\\.?[a-zA-Z]{1,3}(\\.[a-z]{1,5}){1,2}", 0..8),
        domain in "[a-zA-Z.]{0,4}",
        which: prop::sample::Index,
    ) {
        let domains = CarrierDomains::new(known.iter().map(String::as_str));
        let tail = if known.is_empty() { "" } else { which.get(&known) };
        let domain = format!("{domain}{tail}");
        let lower = domain.to_ascii_lowercase();
        let is_of = |known: &String| {
            let known = known.to_ascii_lowercase();
            lower == known && !known.starts_with('.')
                || known.starts_with('.') && lower.len() > known.len() && lower.ends_with(&known)
        };
        prop_assert_eq!(domains.contains(&domain), known.iter().any(is_of), "{}", domain);
        prop_assert_eq!(domains.iter().count(), known.len());
    }
}
