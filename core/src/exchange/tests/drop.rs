use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::error::ErrorKind;
use crate::exchange::ExchangeRow;
use crate::exchange::drop::{
    BasicCredentials, DropFile, DropName, DropPart, DropRequest, DropResponse, DropSchedule,
    DropStore, DropTime, ExchangeDrop, IpRange, MemoryDrop, Weekday, settled,
};
use crate::money::Miles;
use crate::reference::User;
use crate::time::Timestamp;

const PASSWORD: &str = "PASSWORD-0123456789";
const FILE: &str = "NMEXC_8763_202611220300.csv";

fn run() -> Timestamp {
    Timestamp::parse_jst("20261122030000").unwrap()
}

fn rows() -> Vec<ExchangeRow> {
    [("1001", 100), ("1002", 200), ("1003", 300)]
        .map(|(user, miles)| {
            ExchangeRow::new(&User::user_id(user).unwrap(), "CUST0001", Miles::new(miles))
        })
        .to_vec()
}

struct World {
    door: ExchangeDrop,
    store: MemoryDrop,
}

fn world() -> World {
    let credentials = BasicCredentials::new("netmile", PASSWORD).unwrap();
    let door = ExchangeDrop::new("8763", "/drop", credentials)
        .unwrap()
        .allow("203.0.113.0/24".parse().unwrap())
        .allow("2001:db8::/32".parse().unwrap());
    let mut store = MemoryDrop::default();
    let file = DropFile::write("8763", run(), rows()).unwrap();
    file.publish(&mut store).unwrap();
    World { door, store }
}

fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

impl World {
    fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> DropResponse {
        let pair = basic(&format!("netmile:{PASSWORD}"));
        self.ask_as("203.0.113.9", Some(&pair), method, path, body)
    }

    fn ask_as(
        &mut self,
        peer: &str,
        authorization: Option<&str>,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> DropResponse {
        let request = DropRequest {
            method,
            path,
            peer_ip: peer.parse().unwrap(),
            authorization,
            body,
        };
        self.door.handle(&request, &mut self.store)
    }
}

const RESULT: &str = "NMEXR_8763_202611220300.csv";

fn end_of(file: &str, result: &[u8], rows: u64, miles: u64) -> String {
    let hash: String = Sha256::digest(result)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    format!("file={file}\nrows={rows}\nmiles={miles}\nsha256={hash}\n")
}

#[test]
fn netmile_fetches_a_file_and_delivers_what_became_of_it() {
    let mut world = world();
    let listed = world.ask("GET", "/drop/", b"");
    assert_eq!(listed.body, format!("{FILE}\n").into_bytes());
    let csv = world.ask("GET", &format!("/drop/{FILE}"), b"");
    assert_eq!(csv.status, 200);
    assert!(
        csv.body
            .ends_with(b"1001,CUST0001,100\r\n1002,CUST0001,200\r\n1003,CUST0001,300\r\n")
    );
    let end = world.ask("GET", "/drop/NMEXC_8763_202611220300.end", b"");
    assert_eq!(end.body, end_of(FILE, &csv.body, 3, 600).into_bytes());

    let name = DropName::parse(FILE).unwrap();
    let result = b"1002,CUST0001,200,41023\r\n";
    let to = "/drop/results/NMEXR_8763_202611220300";
    assert_eq!(world.ask("POST", &format!("{to}.csv"), result).status, 201);
    assert_eq!(settled(&world.store, &name).unwrap(), None);
    let end = end_of(RESULT, result, 1, 200);
    assert_eq!(
        world
            .ask("POST", &format!("{to}.end"), end.as_bytes())
            .status,
        201
    );
    let settled = settled(&world.store, &name).unwrap().unwrap();
    assert_eq!((settled.issued.rows, settled.issued.miles.get()), (2, 400));
    assert_eq!(
        (settled.refused.rows, settled.refused.miles.get()),
        (1, 200)
    );
    // It is done with: nobody fetches it again by mistake.
    assert_eq!(world.ask("GET", "/drop/", b"").body, b"");

    // The same again is fine, other bytes are not.
    assert_eq!(world.ask("POST", &format!("{to}.csv"), result).status, 200);
    assert_eq!(
        world
            .ask("POST", &format!("{to}.end"), end.as_bytes())
            .status,
        200
    );
    assert_eq!(world.ask("POST", &format!("{to}.csv"), b"").status, 409);
    let other = b"1003,CUST0001,300,41023\r\n";
    assert_eq!(world.ask("POST", &format!("{to}.csv"), other).status, 409);
}

#[test]
fn a_result_that_came_damaged_is_replaced_until_it_is_confirmed() {
    let mut world = world();
    let to = "/drop/results/NMEXR_8763_202611220300";
    let result = b"1002,CUST0001,200,41023\r\n1003,CUST0001,300,41023\r\n";
    let mut post =
        |part: &str, body: &[u8]| world.ask("POST", &format!("{to}.{part}"), body).status;
    // Cut at the end of a line it is a result too.
    assert_eq!(post("csv", &result[..25]), 201);
    let end = end_of(RESULT, result, 2, 500);
    assert_eq!(post("end", end.as_bytes()), 422);
    assert_eq!(post("csv", b"1009,CUST0001,300,41023\r\n"), 422);
    assert_eq!(post("csv", result), 200);
    let of_another = end_of("NMEXR_8763_202611220301.csv", result, 2, 500);
    assert_eq!(post("end", of_another.as_bytes()), 422);
    assert_eq!(post("end", end.as_bytes()), 201);
    assert_eq!(post("csv", &result[..25]), 409);
    let settled = settled(&world.store, &DropName::parse(FILE).unwrap()).unwrap();
    assert_eq!(settled.unwrap().refused.rows, 2);
}

#[test]
fn both_checks_are_needed() {
    let mut world = world();
    let good = basic(&format!("netmile:{PASSWORD}"));
    for peer in ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8::1"] {
        assert_eq!(
            world.ask_as(peer, Some(&good), "GET", "/drop/", b"").status,
            200
        );
    }
    for peer in ["203.0.114.1", "127.0.0.1", "2001:db9::1", "::1"] {
        let refused = world.ask_as(peer, Some(&good), "GET", "/drop/", b"");
        assert_eq!(refused.status, 403);
    }
    let long = format!("Basic {}", "A".repeat(5_000));
    for wrong in [
        None,
        Some(""),
        Some("Basic"),
        Some("Basic !!!"),
        Some("Bearer x"),
        Some("日本語です"),
        Some(long.as_str()),
        Some(&basic("netmile:")),
        Some(&basic(&format!("netmile:{PASSWORD} "))),
        Some(&basic(&format!("Netmile:{PASSWORD}"))),
    ] {
        let refused = world.ask_as("203.0.113.9", wrong, "GET", "/drop/", b"");
        assert_eq!(refused.status, 401);
        assert!(
            refused
                .headers
                .iter()
                .any(|(name, _)| *name == "www-authenticate")
        );
    }
    let lower = good.replace("Basic", "basic");
    assert_eq!(
        world
            .ask_as("203.0.113.9", Some(&lower), "GET", "/drop/", b"")
            .status,
        200
    );
    // Nobody is let in by default.
    let credentials = BasicCredentials::new("netmile", PASSWORD).unwrap();
    assert!(!format!("{credentials:?}").contains("PASSWORD"));
    world.door = ExchangeDrop::new("8763", "", credentials).unwrap();
    assert_eq!(world.ask("GET", "/", b"").status, 403);
}

#[test]
fn nothing_but_the_files_of_this_site_is_reached() {
    let mut world = world();
    for path in [
        "/drop",
        "/",
        "/dropX/",
        "/drop//",
        "/drop/../drop/",
        "/drop/../../etc/passwd",
        "/drop/..%2f..%2fetc%2fpasswd",
        "/drop/%4eMEXC_8763_202611220300.csv",
        "/drop/NMEXC_8764_202611220300.csv",
        "/drop/NMEXC_8763_202611220301.csv",
        "/drop/NMEXR_8763_202611220300.csv",
        "/drop/NMEXC_8763_202611220300.csv\0",
        "/drop/NMEXC_8763_202611220300.csv?x=1",
    ] {
        assert_eq!(world.ask("GET", path, b"").status, 404, "{path}");
    }
    for path in [
        "/drop/results/../NMEXR_8763_202611220300.csv",
        "/drop/results/NMEXC_8763_202611220300.csv",
        "/drop/results/NMEXR_8763_202611220301.csv",
        "/drop/results/NMEXR_8764_202611220300.csv",
    ] {
        assert_eq!(world.ask("POST", path, b"").status, 404, "{path}");
    }
    for (method, path) in [
        ("POST", "/drop/"),
        ("DELETE", "/drop/results/x"),
        ("HEAD", "/drop/"),
    ] {
        assert_eq!(world.ask(method, path, b"").status, 405);
    }
}

#[test]
fn a_file_without_its_end_does_not_exist() {
    let mut world = world();
    let csv = world
        .store
        .read(&DropName::parse(FILE).unwrap())
        .unwrap()
        .unwrap();
    let half = DropName::parse("NMEXC_8763_202611230300.csv").unwrap();
    world.store.keep(&half, &csv).unwrap();
    assert_eq!(
        world
            .ask("GET", "/drop/NMEXC_8763_202611230300.csv", b"")
            .status,
        404
    );
    assert!(
        !world
            .ask("GET", "/drop/", b"")
            .body
            .windows(4)
            .any(|w| w == b"1123")
    );
    let early = world.ask("POST", "/drop/results/NMEXR_8763_202611230300.csv", b"");
    assert_eq!(early.status, 404);
    assert_eq!(
        settled(&world.store, &half).unwrap_err().kind(),
        ErrorKind::UnknownOrder
    );
}

#[test]
fn a_result_that_does_not_fit_is_not_kept() {
    let mut world = world();
    let to = "/drop/results/NMEXR_8763_202611220300";
    for body in [
        &b"1009,CUST0001,200,41023\r\n"[..],
        b"1002,CUST0001,200\r\n",
        b"1002,CUST0001,200,41023\r\n1002,CUST0001,200,41023\r\n",
        b"\xff\xfe\x00",
    ] {
        let refused = world.ask("POST", &format!("{to}.csv"), body);
        assert_eq!(refused.status, 422);
        assert!(!String::from_utf8(refused.body).unwrap().contains("CUST"));
    }
    assert_eq!(world.ask("POST", &format!("{to}.end"), b"").status, 409);
    assert_eq!(world.ask("POST", &format!("{to}.csv"), b"").status, 201);
    for end in [
        end_of(RESULT, b"", 1, 0),
        end_of(RESULT, b"", 0, 1),
        end_of(RESULT, b"x", 0, 0),
        "rows=0".into(),
    ] {
        assert_eq!(
            world
                .ask("POST", &format!("{to}.end"), end.as_bytes())
                .status,
            422
        );
    }
    let end = end_of(RESULT, b"", 0, 0);
    assert_eq!(
        world
            .ask("POST", &format!("{to}.end"), end.as_bytes())
            .status,
        201
    );
    let name = DropName::parse(FILE).unwrap();
    let all = settled(&world.store, &name).unwrap().unwrap();
    assert_eq!(all.issued, all.sent);
}

#[test]
fn a_file_is_published_once() {
    let mut world = world();
    let same = DropFile::write("8763", run(), rows()).unwrap();
    same.publish(&mut world.store).unwrap();
    let mut fewer = rows();
    fewer.pop();
    let other = DropFile::write("8763", run().plus_seconds(59), fewer).unwrap();
    let error = other.publish(&mut world.store).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(DropFile::write("8763", run(), []).is_err());
    assert!(DropFile::write("87/63", run(), rows()).is_err());
    let many = std::iter::repeat_with(|| rows().remove(0)).take(10_001);
    let error = DropFile::write("8763", run(), many).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[test]
fn ranges_are_read_strictly() {
    for bad in [
        "",
        "203.0.113.0/33",
        "203.0.113.0/",
        "203.0.113.0/+8",
        "203.0.113.0/0024",
        "2001:db8::/129",
        "::ffff:203.0.113.0/120",
        "203.0.113.1/24",
        "example.com",
        "1.2.3",
    ] {
        assert!(bad.parse::<IpRange>().is_err(), "{bad}");
    }
    let all: IpRange = "0.0.0.0/0".parse().unwrap();
    assert!(all.contains("255.255.255.255".parse().unwrap()));
    assert!(!all.contains("2001:db8::1".parse().unwrap()));
    let one: IpRange = "2001:db8::1".parse().unwrap();
    assert!(
        one.contains("2001:db8::1".parse().unwrap())
            && !one.contains("2001:db8::2".parse().unwrap())
    );
    for bad in ["drop", "/a/../b", "/a//b", "/a b", "/%41"] {
        let credentials = BasicCredentials::new("netmile", PASSWORD).unwrap();
        assert!(
            ExchangeDrop::new("8763", bad, credentials).is_err(),
            "{bad}"
        );
    }
    assert!(BasicCredentials::new("net:mile", PASSWORD).is_err());
    assert!(BasicCredentials::new("netmile", "short").is_err());
}

#[test]
fn schedules_know_their_days() {
    let at = |text: &str| Timestamp::parse_jst(text).unwrap();
    let three = DropTime::new(3, 0).unwrap();
    let daily = DropSchedule::daily(three);
    assert_eq!(
        daily.latest(at("20261122025959")).to_jst(),
        "20261121030000"
    );
    assert_eq!(
        daily.latest(at("20261122030000")).to_jst(),
        "20261122030000"
    );
    assert_eq!(daily.next(at("20261122030000")).to_jst(), "20261123030000");
    // 2026-11-22 is a Sunday.
    let weekly = DropSchedule::weekly(Weekday::Sunday, three);
    assert_eq!(
        weekly.latest(at("20261122025959")).to_jst(),
        "20261115030000"
    );
    assert_eq!(weekly.next(at("20261122025959")).to_jst(), "20261122030000");
    let monthly = DropSchedule::monthly(31, three).unwrap();
    let months = ["20270131", "20270228", "20270331", "20270430", "20270531"];
    let mut now = at("20270101000000");
    for day in months {
        now = monthly.next(now);
        assert_eq!(now.to_jst(), format!("{day}030000"));
    }
    let leap = monthly.next(at("20280210000000"));
    assert_eq!(leap.to_jst(), "20280229030000");
    assert_eq!(daily.due(None, now), Some(now));
    assert_eq!(daily.due(Some(now), now.plus_seconds(86_399)), None);
    // Three missed days are one file.
    let later = now.plus_seconds(3 * 86_400 + 5);
    assert_eq!(daily.due(Some(now), later), Some(later.plus_seconds(-5)));
    assert!(DropTime::new(24, 0).is_err() && DropSchedule::monthly(0, three).is_err());
}

fn a_schedule() -> impl Strategy<Value = DropSchedule> {
    let time = (0u8..24, 0u8..60).prop_map(|(h, m)| DropTime::new(h, m).unwrap());
    (time, 0u8..3, 1u8..=31, 0i8..7).prop_map(|(time, kind, day, weekday)| match kind {
        0 => DropSchedule::daily(time),
        1 => DropSchedule::weekly(Weekday::from_monday_zero_offset(weekday).unwrap(), time),
        _ => DropSchedule::monthly(day, time).unwrap(),
    })
}

proptest! {
    #[test]
    fn between_two_runs_there_is_none(schedule in a_schedule(), seconds in 0i64..4_000_000_000) {
        let now = Timestamp::from_unix(seconds);
        let (latest, next) = (schedule.latest(now), schedule.next(now));
        prop_assert!(latest <= now && now < next);
        prop_assert_eq!(schedule.next(latest), next);
        prop_assert_eq!(schedule.latest(next), next);
        prop_assert_eq!(schedule.due(Some(latest), now), None);
    }

    #[test]
    fn whatever_is_asked_nothing_is_replaced(
        requests in proptest::collection::vec(("GET|POST|PUT", "/drop/(results/)?[NMEXCR_./%0-9a-z]{0,30}", any::<Vec<u8>>()), 0..20),
    ) {
        let mut world = world();
        let name = DropName::parse(FILE).unwrap();
        let before = world.store.read(&name).unwrap();
        for (method, path, body) in requests {
            world.ask(&method, &path, &body);
        }
        prop_assert_eq!(world.store.read(&name).unwrap(), before);
        prop_assert_eq!(world.store.names().unwrap().len(), 2);
    }

    #[test]
    fn a_name_that_is_read_is_written_again(name in "NMEX[CR]_[0-9A-Za-z_-]{1,10}_20[0-9]{10}\\.(csv|end)") {
        if let Ok(read) = DropName::parse(&name) {
            prop_assert_eq!(read.to_string(), name);
            let sibling = read.with(DropPart::Exchanges);
            prop_assert_eq!(sibling.site_id(), read.site_id());
        }
    }

    #[test]
    fn a_range_has_the_addresses_with_its_first_bits(address: u32, other: u32, prefix in 0u8..=32) {
        let bits = |a: u32| if prefix == 0 { 0 } else { a >> (32 - prefix) };
        let network = if prefix == 0 { 0 } else { bits(address) << (32 - prefix) };
        let range: IpRange = format!("{}/{prefix}", std::net::Ipv4Addr::from(network)).parse().unwrap();
        let peer = IpAddr::from(std::net::Ipv4Addr::from(other));
        prop_assert_eq!(range.contains(peer), bits(other) == bits(address));
    }
}
