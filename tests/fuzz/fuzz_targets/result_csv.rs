//! The reader of NetMile's lists: any way of cutting a file gives the same, and what is read is written the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::Lang;
use netmile::miles::file::{
    FileEncoding, FileFaults, ResultKind, ResultReader, ResultRow, ResultWriter,
};

fn read(kind: ResultKind, pieces: &[&[u8]]) -> Result<Vec<ResultRow>, FileFaults> {
    let mut rows = Vec::new();
    let mut reader = ResultReader::new(kind);
    for piece in pieces {
        reader.feed(piece, &mut |row| rows.push(row));
    }
    reader.finish(&mut |row| rows.push(row))?;
    Ok(rows)
}

/// Every fault has its place: a line of the file, in order, and where it is about a cell a column of the format.
fn check_faults(faults: &FileFaults, kind: ResultKind, lines: u64) {
    let columns = match kind {
        ResultKind::Completed => 6,
        ResultKind::Errors => 7,
        ResultKind::Exchange => 4,
    };
    let kept = faults.faults();
    assert!(!kept.is_empty() && faults.count() >= kept.len() as u64);
    let mut last = 1;
    for fault in kept {
        assert!((last..=lines).contains(&fault.line), "{fault:?}");
        last = fault.line;
        assert_eq!(fault.column.is_some(), fault.field.is_some());
        assert!(
            fault
                .column
                .is_none_or(|column| (1..=columns).contains(&column))
        );
        assert!(
            fault
                .text(Lang::En)
                .contains(&format!("line {}", fault.line))
        );
    }
}

/// Lines of a file; a carriage return alone ends one too.
fn lines_of(file: &[u8]) -> u64 {
    let ends = |(at, byte): &(usize, &u8)| {
        **byte == b'\n' || (**byte == b'\r' && file.get(at + 1) != Some(&b'\n'))
    };
    file.iter().enumerate().filter(ends).count() as u64 + 1
}

fuzz_target!(|input: &[u8]| {
    let (file, cuts) = input.split_at(input.len() - input.len().min(4));
    let mut pieces = Vec::new();
    let mut rest = file;
    for cut in cuts {
        let (piece, tail) = rest.split_at(usize::from(*cut).min(rest.len()));
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    for kind in [
        ResultKind::Completed,
        ResultKind::Errors,
        ResultKind::Exchange,
    ] {
        let whole = read(kind, &[file]);
        assert_eq!(read(kind, &pieces), whole);
        let lines = lines_of(file);
        let rows = match whole {
            Ok(rows) => rows,
            Err(faults) => {
                check_faults(&faults, kind, lines);
                continue;
            }
        };
        assert!(
            file.last().is_none_or(|last| b"\r\n".contains(last)) || file == b"\xEF\xBB\xBF",
            "not cut within a line"
        );
        let mut last = 0;
        for row in &rows {
            assert!(
                (last + 1..=lines).contains(&row.line),
                "a row has a line of its own"
            );
            last = row.line;
        }
        for encoding in [FileEncoding::Cp932, FileEncoding::Utf8] {
            let mut writer = ResultWriter::new(kind, encoding);
            let written = rows
                .iter()
                .map(|row| writer.row(row))
                .all(|row| row.is_ok());
            // A UTF-8 file may hold what CP932 does not have.
            assert!(written || encoding == FileEncoding::Cp932);
            if written {
                let mut again = read(kind, &[&writer.take()]).expect("what was written");
                assert_eq!(again.len(), rows.len());
                for (again, row) in again.iter_mut().zip(&rows) {
                    again.line = row.line;
                }
                assert_eq!(again, rows);
            }
        }
    }
});
