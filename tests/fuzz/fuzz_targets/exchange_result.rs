//! The results of point exchange: whatever comes back, every row that was sent is issued or refused once, and the sums are
//! those of what was sent. And the drop takes nothing that it would not settle.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::Miles;
use netmile::exchange::drop::{
    BasicCredentials, DropFile, DropName, DropPart, DropRequest, DropStore, ExchangeDrop,
    MemoryDrop,
};
use netmile::exchange::{ExchangeRow, settle};
use netmile::reference::User;
use netmile::time::Timestamp;

const NAME: &str = "NMEXC_8763_202611220300.csv";

fuzz_target!(|input: &[u8]| {
    // What was sent may be anything too.
    let (sent, result) = match input.iter().position(|byte| *byte == 0) {
        Some(at) => (&input[..at], &input[at + 1..]),
        None => (&b"1001,C1,100\r\n1001,C1,100\r\n1002,C2,200\r\n"[..], input),
    };
    if let Ok(settled) = settle(sent, result) {
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
