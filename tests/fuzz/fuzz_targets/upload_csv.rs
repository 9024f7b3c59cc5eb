//! The upload reader: any way of cutting a file gives the same, every row is either good or located, and what is good can
//! be written and read back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::miles::file::{
    Checked, ErrorFile, FileEncoding, FileFault, UploadEnd, UploadKind, UploadReader, UploadRules,
    UploadWriter,
};
use netmile::{Lang, Miles};

type Row = (String, String, u64);

fn read(kind: UploadKind, pieces: &[&[u8]]) -> (Vec<Row>, Vec<FileFault>, UploadEnd, Vec<u8>) {
    let errors = ErrorFile::new(kind, Lang::Ja, FileEncoding::Cp932);
    let (mut rows, mut faults, mut file) = (Vec::new(), Vec::new(), errors.header());
    let mut take = |checked: Checked<'_>| match checked {
        Checked::Row(row) => rows.push((row.user.to_owned(), row.key.to_owned(), row.miles.get())),
        Checked::Faulty(row) => {
            assert!(!row.faults.is_empty());
            faults.extend_from_slice(row.faults);
            errors.append(&mut file, &row);
        }
    };
    let mut reader = UploadReader::new(UploadRules::new(kind));
    for piece in pieces {
        reader.feed(piece, &mut take);
    }
    let end = reader.finish(&mut take);
    (rows, faults, end, file)
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
        let (rows, faults, end, errors) = whole;
        assert_eq!(rows.len() as u64 + end.faulty_rows, end.rows);
        assert_eq!(faults.len() as u64, end.faults);
        assert_eq!(rows.iter().map(|row| row.2).sum::<u64>(), end.miles.get());
        let lines = file.iter().filter(|b| **b == b'\n').count() as u64 + 1;
        assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)));
        // One line each, whatever the cells hold, and text in CP932.
        assert_eq!(
            errors.iter().filter(|b| **b == b'\n').count(),
            faults.len() + 1
        );
        let mut writer = UploadWriter::new(kind, FileEncoding::Cp932);
        for (user, key, miles) in &rows {
            writer
                .row(user, key, Miles::new(*miles))
                .expect("a good row");
        }
        assert_eq!(read(kind, &[&writer.take()]).0, rows);
    }
});
