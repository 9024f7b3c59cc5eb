//! The upload reader: any way of cutting a file gives the same, every row is either good or faulty, every fault stands at the
//! line and the column where it is, and what is good can be written and read back.
//!
//! What a row should give is worked out a second time here, by plain rules and without the reader's code.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use netmile::miles::file::{
    CarrierDomains, Checked, ErrorFile, FaultyRow, FileEncoding, FileFault, FileField, UploadEnd,
    UploadKind, UploadReader, UploadRules, UploadWriter,
};
use netmile::{Lang, Miles};

/// Characters of a foreign value that are shown.
const SHOWN: usize = 120;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    rows: Vec<(u64, String, String, u64)>,
    faults: Vec<FileFault>,
    /// Line and first cell of each faulty row.
    faulty: Vec<(u64, Option<String>)>,
    /// The error file.
    file: Vec<u8>,
}

fn read(kind: UploadKind, pieces: &[&[u8]]) -> (Told, UploadEnd) {
    let errors = ErrorFile::new(kind, Lang::Ja, FileEncoding::Cp932);
    let mut told = Told {
        file: errors.header(),
        ..Told::default()
    };
    let mut take = |checked: Checked<'_>| match checked {
        Checked::Row(row) => {
            let (user, key) = (row.user.to_owned(), row.key.to_owned());
            told.rows.push((row.line, user, key, row.miles.get()));
        }
        Checked::Faulty(row) => {
            check_faults(kind, &row);
            told.faults.extend_from_slice(row.faults);
            if row.number.is_some() {
                told.faulty.push((row.faults[0].line, row.value(1)));
            }
            errors.append(&mut told.file, &row);
        }
    };
    let mut reader = UploadReader::new(UploadRules::new(kind));
    for piece in pieces {
        reader.feed(piece, &mut take);
    }
    let end = reader.finish(&mut take);
    (told, end)
}

/// The faults of a row of three cells are in the cells that break a rule, one for each, and in no other.
fn check_faults(kind: UploadKind, row: &FaultyRow<'_>) {
    assert!(!row.faults.is_empty());
    let line = row.faults[0].line;
    assert!(row.faults.iter().all(|fault| fault.line == line));
    for fault in row.faults {
        assert!(fault.text(Lang::En).contains(&format!("line {line}")));
        assert_eq!(fault.column.is_some(), fault.field.is_some());
        match (fault.column, fault.field) {
            (None, _) => assert_eq!(row.faults.len(), 1, "about the row as a whole"),
            (Some(1), Some(FileField::User))
            | (Some(2), Some(FileField::DesignatedKey))
            | (Some(3), Some(FileField::Miles)) => {}
            other => panic!("{other:?} is no place"),
        }
    }
    let cells: Option<Vec<String>> = (1..=3).map(|column| row.value(column)).collect();
    let Some(cells) = cells.filter(|_| row.number.is_some() && row.value(4).is_none()) else {
        return;
    };
    if row.faults[0].column.is_none() {
        // All of it is blank.
        let blank = |cell: &String| cell.replace("[U+0009]", "").replace("[U+000C]", "");
        assert!(cells.iter().all(|cell| blank(cell).trim().is_empty()));
        return;
    }
    let good = [user(kind, &cells[0]), key(&cells[1]), miles(&cells[2])];
    for (at, good) in good.into_iter().enumerate() {
        let column = Some(at as u16 + 1);
        let found = row.faults.iter().filter(|fault| fault.column == column);
        if let Some(good) = good {
            assert_eq!(
                found.count(),
                usize::from(!good),
                "column {column:?} of {row:?}"
            );
        }
    }
}

/// Whether a cell keeps the rules of the first column. Nothing of one that is not shown as a whole.
fn user(kind: UploadKind, cell: &str) -> Option<bool> {
    if cell.len() >= SHOWN {
        return None;
    }
    let is_id = (1..=32).contains(&cell.len())
        && cell
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    if kind == UploadKind::UserId || (kind == UploadKind::Exchange && !cell.contains('@')) {
        return Some(is_id);
    }
    let Some((local, domain)) = cell.split_once('@') else {
        return Some(false);
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_{|}~`".contains(&b);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    let is_mail = (1..=64).contains(&local.len())
        && local.bytes().all(plain)
        && domain.contains('.')
        && domain.split('.').all(label)
        && last.len() >= 2
        && last.contains(|c: char| c.is_ascii_alphabetic());
    let is_mobile = CarrierDomains::default().contains(domain);
    Some(is_mail && is_mobile == (kind == UploadKind::MobileMail))
}

fn key(cell: &str) -> Option<bool> {
    (cell.len() < SHOWN)
        .then(|| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn miles(cell: &str) -> Option<bool> {
    let is_number = (1..=9).contains(&cell.len()) && cell.bytes().all(|b| b.is_ascii_digit());
    (cell.len() < SHOWN).then(|| is_number && cell.bytes().any(|b| b != b'0'))
}

/// Where no cell is quoted, a line is a row: all of them are told of, each at its place.
fn check_places(file: &[u8], told: &Told, end: &UploadEnd) {
    let is_plain = !file.contains(&b'"')
        && !file
            .windows(2)
            .any(|two| two[0] == b'\r' && two[1] != b'\n')
        && file.last() != Some(&b'\r');
    if !is_plain || !end.is_whole {
        return;
    }
    let text = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let line = |number: u64| {
        let line = lines[number as usize - 1];
        line.strip_suffix(b"\r").unwrap_or(line)
    };
    let mut seen = BTreeSet::new();
    for (number, user, key, miles) in &told.rows {
        assert!(seen.insert(*number));
        let cells: Vec<&[u8]> = line(*number).split(|byte| *byte == b',').collect();
        assert_eq!(cells.len(), 3);
        assert_eq!((cells[0], cells[1]), (user.as_bytes(), key.as_bytes()));
        let digits = std::str::from_utf8(cells[2]).expect("digits");
        assert_eq!(digits.parse(), Ok(*miles));
    }
    for (number, first) in &told.faulty {
        assert!(seen.insert(*number));
        let cell = line(*number).split(|byte| *byte == b',').next();
        let cell = cell.and_then(|cell| std::str::from_utf8(cell).ok());
        let is_shown =
            |cell: &&str| cell.len() < SHOWN && cell.bytes().all(|b| (32..127).contains(&b));
        if let Some(cell) = cell.filter(is_shown) {
            assert_eq!(first.as_deref(), Some(cell));
        }
    }
    let not_told =
        (1..=lines.len() as u64).filter(|at| !line(*at).is_empty() && !seen.contains(at));
    assert_eq!(not_told.count(), usize::from(end.has_header));
}

/// Lines of a file; a carriage return alone ends one too.
fn lines_of(file: &[u8]) -> u64 {
    let ends = |(at, byte): &(usize, &u8)| {
        **byte == b'\n' || (**byte == b'\r' && file.get(at + 1) != Some(&b'\n'))
    };
    file.iter().enumerate().filter(ends).count() as u64 + 1
}

fuzz_target!(|input: &[u8]| {
    // The last bytes say where the file is cut, so that a seed is a file.
    let (file, cuts) = input.split_at(input.len() - input.len().min(4));
    let mut pieces = Vec::new();
    let mut rest = file;
    for cut in cuts {
        let (piece, tail) = rest.split_at(usize::from(*cut).min(rest.len()));
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    for kind in UploadKind::ALL {
        let whole = read(kind, &[file]);
        assert_eq!(read(kind, &pieces), whole);
        // The short way takes whole lines: here it never does.
        let bytes: Vec<&[u8]> = file.chunks(1).collect();
        assert_eq!(read(kind, &bytes), whole);
        let (told, end) = whole;
        check_places(file, &told, &end);
        assert_eq!(told.rows.len() as u64 + end.faulty_rows, end.rows);
        assert_eq!(told.faulty.len() as u64, end.faulty_rows);
        assert_eq!(told.faults.len() as u64, end.faults);
        assert_eq!(
            told.rows.iter().map(|row| row.3).sum::<u64>(),
            end.miles.get()
        );
        if end.is_whole && !file.contains(&b'"') {
            let ends = file.last().is_none_or(|last| b"\r\n".contains(last));
            assert_eq!(end.ends_with_newline, ends || file == b"\xEF\xBB\xBF");
        }
        let lines = lines_of(file);
        let mut last = 1;
        for fault in &told.faults {
            assert!(
                (last..=lines).contains(&fault.line),
                "in the order of the file"
            );
            last = fault.line;
        }
        // One line each, whatever the cells hold, and text in CP932.
        assert_eq!(
            told.file.iter().filter(|b| **b == b'\n').count(),
            told.faults.len() + 1
        );
        let mut writer = UploadWriter::new(kind, FileEncoding::Cp932);
        for (_, user, key, miles) in &told.rows {
            assert!(self::user(kind, user) != Some(false) && self::key(key) != Some(false));
            writer
                .row(user, key, Miles::new(*miles))
                .expect("a good row");
        }
        let again = read(kind, &[&writer.take()]).0;
        let values = |told: &Told| -> Vec<_> {
            let rows = told.rows.iter();
            rows.map(|(_, user, key, miles)| (user.clone(), key.clone(), *miles))
                .collect()
        };
        assert_eq!(values(&again), values(&told));
        assert!(again.faults.is_empty() || told.rows.is_empty());
    }
});
