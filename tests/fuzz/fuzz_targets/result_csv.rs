//! The reader of NetMile's lists: any way of cutting a file gives the same, and what is read is written the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
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
        let Ok(rows) = whole else { continue };
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
