//! The results of point exchange: whatever comes back, every row that was sent is issued or refused once, and the sums are
//! those of what was sent. And the drop takes nothing that it would not settle.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::Miles;
use netmile::exchange::drop::{
    BasicCredentials, DropFile, DropName, DropPart, DropRequest, DropStore, ExchangeDrop,
    MemoryDrop,
};
use netmile::exchange::{ExchangeRow, Settled, settle, settle_counted};
use netmile::miles::file::{FileEncoding, ResultKind, ResultReader, ResultRow, ResultWriter};
use netmile::reference::User;
use netmile::time::Timestamp;

const NAME: &str = "NMEXC_8763_202611220300.csv";

fuzz_target!(|input: &[u8]| {
    // What was sent may be anything too.
    let (sent, result) = match input.iter().position(|byte| *byte == 0) {
        Some(at) => (&input[..at], &input[at + 1..]),
        None => (&b"1001,C1,100\r\n1001,C1,100\r\n1002,C2,200\r\n"[..], input),
    };
    let settled = settle(sent, result);
    if let Err(error) = &settled {
        // Which file, and where in it. Sums that do not fit are about all of it.
        let is_located = error.detail().contains("line ");
        assert!(is_located || error.field_name() == Some("miles"), "{error}");
    }
    if let Ok(settled) = settled {
        compare(sent, result, &settled);
        assert!(
            result.is_empty() || result.ends_with(b"\n") || result.ends_with(b"\r"),
            "not cut within a line"
        );
        let refused = settled.refused.rows;
        assert_eq!(
            settle_counted(sent, result, refused).as_ref().ok(),
            Some(&settled)
        );
        assert!(settle_counted(sent, result, refused + 1).is_err());
        let sum = |refused: bool| {
            let rows = settled
                .rows
                .iter()
                .filter(|row| row.refused.is_some() == refused);
            rows.fold((0, 0), |(rows, miles), row| {
                (rows + 1, miles + row.miles.get())
            })
        };
        assert_eq!(
            sum(false),
            (settled.issued.rows, settled.issued.miles.get())
        );
        assert_eq!(
            sum(true),
            (settled.refused.rows, settled.refused.miles.get())
        );
        assert_eq!(
            settled.sent.rows,
            settled.issued.rows + settled.refused.rows
        );
        assert_eq!(settled.sent.rows, settled.rows.len() as u64);
    }
    deliver(result);
});

/// What was sent is issued or refused, and what is refused is what the result says: each row as often as it stands there.
fn compare(sent: &[u8], result: &[u8], settled: &Settled) {
    let told = ResultReader::read(ResultKind::Exchange, result).expect("it was settled");
    let mut left: Vec<(&str, &str, u64, &str)> = told
        .iter()
        .map(|row| {
            let miles = row.miles().expect("it was settled").get();
            let code = row.code.as_deref().unwrap_or_default();
            (row.user.as_str(), row.key.as_str(), miles, code)
        })
        .collect();
    let mut writer = ResultWriter::new(ResultKind::Exchange, FileEncoding::Cp932);
    for (number, row) in (1..).zip(&settled.rows) {
        assert_eq!(row.row, number);
        let Some(why) = &row.refused else { continue };
        let (user, key, miles) = (
            row.user.as_str(),
            row.designated_key.as_str(),
            row.miles.get(),
        );
        let code = why.code_in_table();
        let at = left
            .iter()
            .position(|told| *told == (user, key, miles, code));
        left.swap_remove(at.expect("refused as the result says"));
        let miles = miles.to_string();
        let row = ResultRow::new(user, key, &miles, Some(code));
        writer.row(&row).expect("what was sent is ASCII");
    }
    assert!(left.is_empty(), "all of the result is in it");
    // Written again it says the same.
    assert_eq!(settle(sent, &writer.take()).as_ref().ok(), Some(settled));
}

fn deliver(result: &[u8]) {
    let user = User::user_id("1001").expect("an id");
    let rows = [100, 100, 200].map(|miles| ExchangeRow::new(&user, "C1", Miles::new(miles)));
    let run = Timestamp::parse_jst("20261122030000").expect("an instant");
    let mut store = MemoryDrop::default();
    let file = DropFile::write("8763", run, rows).expect("three rows");
    file.publish(&mut store).expect("the first file");
    let credentials = BasicCredentials::new("netmile", "only-an-example").expect("credentials");
    let door = ExchangeDrop::new("8763", "", credentials).expect("a drop");
    let door = door.allow("203.0.113.9".parse().expect("an address"));
    let request = DropRequest {
        method: "POST",
        path: "/results/NMEXR_8763_202611220300.csv",
        peer_ip: "203.0.113.9".parse().expect("an address"),
        authorization: Some("Basic bmV0bWlsZTpvbmx5LWFuLWV4YW1wbGU="),
        body: result,
    };
    let status = door.handle(&request, &mut store).status;
    let name = DropName::parse(NAME).expect("a name");
    let sent = store.read(&name).expect("memory").expect("the file");
    let kept = store.read(&name.with(DropPart::Result)).expect("memory");
    assert_eq!(settle(&sent, result).is_ok(), status == 201);
    assert_eq!(kept.is_some(), status == 201);
}
