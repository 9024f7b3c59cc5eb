//! Every row of both tables by a documented action, on the office alone.

use std::collections::BTreeSet;

use netmile_mock::{
    Scenario, clock,
    office::{
        Code, Office, Refusal, Tag, User, param3,
        request::{Deposit, IssueRequest, Settings},
    },
};

const NOW: &str = "2026-01-02T03:04:05+09:00";

fn now() -> i64 {
    clock::parse_instant(NOW).unwrap()
}

fn mail(text: &str) -> User {
    User::Mail(text.to_owned())
}

fn request(tran: &str, campaign: &str, user: User) -> IssueRequest {
    IssueRequest {
        tran_id: tran.to_owned(),
        campaign_id: campaign.to_owned(),
        user,
        designated_key: "CUST1".to_owned(),
        miles: Some(100),
        settings: Settings::default(),
    }
}

fn manual(office: &mut Office, request: &IssueRequest) -> Option<Code> {
    match office.issue_manual("8763", request, now()) {
        Ok(_) => None,
        Err(Refusal::Code(code)) => Some(code),
        Err(other) => panic!("{other}"),
    }
}

fn published(site: &str, campaign: &str, key: &str, mile: &str) -> Tag {
    Tag::Published {
        param1: site.to_owned(),
        param2: campaign.to_owned(),
        param3: param3(site, campaign),
        earnsite_key: key.to_owned(),
        mile: mile.to_owned(),
        tran_id: String::new(),
    }
}

#[test]
fn every_row_of_both_tables_has_an_action() {
    let mut office = Office::new(&Scenario::demo());
    let taro = || mail("taro@member.example");
    let mut seen = BTreeSet::new();
    let mut number = 0;
    let mut by_hand = |office: &mut Office, campaign: &str, user: User, miles: u64, key: &str| {
        number += 1;
        let mut asked = request(&format!("T{number}"), campaign, user);
        asked.miles = Some(miles);
        asked.designated_key = key.to_owned();
        asked.settings.deposit_mail = matches!(asked.user, User::Mail(_));
        manual(office, &asked)
    };
    for (campaign, user, miles, key, code) in [
        ("46255", mail("no mail"), 100, "K1", Code::M19013),
        (
            "46255",
            mail("taro.mihon@docomo.ne.jp"),
            100,
            "K1",
            Code::M19013,
        ),
        (
            "46255",
            User::MobileMail("taro@member.example".into()),
            100,
            "K1",
            Code::M19013,
        ),
        ("46255", taro(), 100, "", Code::M19014),
        ("46255", taro(), 100, "会員1", Code::M19014),
        ("46255", taro(), 0, "K1", Code::M19015),
        ("46260", taro(), 100, "K1", Code::M42030),
        ("46261", taro(), 100, "K1", Code::M42030),
        ("46264", taro(), 100, "K1", Code::M44019),
        ("46256", taro(), 501, "K1", Code::M12006),
        ("46255", taro(), 99, "K1", Code::M12006),
        (
            "46255",
            mail("nobody@member.example"),
            100,
            "K1",
            Code::M41053,
        ),
        (
            "46255",
            mail("kari@member.example"),
            100,
            "K1",
            Code::M41023,
        ),
        (
            "46255",
            mail("teishi@member.example"),
            100,
            "K1",
            Code::M41023,
        ),
        (
            "46255",
            User::UserId("NM10000002".into()),
            100,
            "K1",
            Code::M41023,
        ),
        // The first failure wins.
        ("46259", mail("no mail"), 0, "", Code::M19013),
        (
            "46259",
            mail("nobody@member.example"),
            0,
            "K1",
            Code::M19015,
        ),
        (
            "46259",
            mail("nobody@member.example"),
            99,
            "K1",
            Code::M42030,
        ),
    ] {
        let got = by_hand(&mut office, campaign, user, miles, key);
        assert_eq!(got, Some(code), "{campaign} {miles} {key}");
        seen.insert(code);
    }
    assert_eq!(by_hand(&mut office, "46263", taro(), 10, "K1"), None);
    assert_eq!(
        by_hand(&mut office, "46263", taro(), 10, "K1"),
        Some(Code::M44039)
    );
    for day in 1..=3 {
        let at = now() + day * 86_400;
        let mut asked = request(&format!("D{day}"), "46263", taro());
        asked.miles = None;
        let got = office.issue_manual("8763", &asked, at);
        if day < 3 {
            assert!(got.is_ok(), "{day}");
        } else {
            assert_eq!(got, Err(Refusal::Code(Code::M44038)));
        }
    }
    seen.extend([Code::M44039, Code::M44038]);

    let at = now();
    let mut click = |tag: Tag, mail: &str, broken: bool, code: Code| {
        let got = office.issue_automatic(&tag, mail, broken, at);
        assert_eq!(got, Err(code));
        seen.insert(code);
    };
    let member = "hanako@member.example";
    let of = |campaign: &str| published("8763", campaign, "K1", "");
    click(
        published("1", "46255", "K1", ""),
        member,
        false,
        Code::A13011,
    );
    let Tag::Published { param1, param2, .. } = of("46255") else {
        panic!()
    };
    let wrong = Tag::Published {
        param3: param3("8763", "46256"),
        param1,
        param2,
        earnsite_key: String::new(),
        mile: String::new(),
        tran_id: String::new(),
    };
    click(wrong, member, false, Code::A13005);
    click(of("99999"), member, false, Code::A11008);
    click(of("46262"), member, false, Code::A12005);
    click(of("46259"), member, false, Code::A13006);
    click(of("46260"), member, false, Code::A13006);
    click(of("46261"), member, false, Code::A12004);
    click(of("46264"), member, false, Code::A44040);
    click(
        published("8763", "46255", "a b", ""),
        member,
        false,
        Code::A11007,
    );
    click(
        published("8763", "46256", "K1", "501"),
        member,
        false,
        Code::A12006,
    );
    click(
        published("8763", "46256", "K1", ""),
        member,
        false,
        Code::A12006,
    );
    click(of("46255"), "nobody@member.example", false, Code::A11022);
    click(of("46255"), "teishi@member.example", false, Code::A11022);
    click(of("46255"), member, true, Code::A20012);
    let once = of("46263");
    assert!(office.issue_automatic(&once, member, false, at).is_ok());
    let again = office.issue_automatic(&once, member, false, at);
    assert_eq!(again, Err(Code::A44039));
    for day in 1..=2 {
        let at = at + day * 86_400;
        assert!(office.issue_automatic(&once, member, false, at).is_ok());
    }
    let more = office.issue_automatic(&once, member, false, at + 3 * 86_400);
    assert_eq!(more, Err(Code::A44038));
    seen.extend([Code::A44039, Code::A44038]);
    // Provisional members may receive automatic issues, and a key may stay empty.
    let kari = published("8763", "46255", "", "");
    assert!(
        office
            .issue_automatic(&kari, "kari@member.example", false, at)
            .is_ok()
    );

    assert_eq!(seen, Code::ALL.iter().copied().collect());
}

#[test]
fn a_day_and_a_period_end_at_midnight_in_japan() {
    let mut scenario = Scenario::demo();
    for campaign in &mut scenario.issuing_campaigns {
        if campaign.campaign_id == "46255" {
            campaign.issue_from = "2026-01-03".to_owned();
            campaign.issue_until = "2026-01-03".to_owned();
        }
    }
    let mut office = Office::new(&scenario);
    let midnight = clock::parse_instant("2026-01-03T00:00:00+09:00").unwrap();
    for (tran, at, fine) in [
        ("A", midnight - 1, false),
        ("B", midnight, true),
        ("C", midnight + 86_399, true),
        ("D", midnight + 86_400, false),
    ] {
        let asked = request(tran, "46255", mail("taro@member.example"));
        assert_eq!(
            office.issue_manual("8763", &asked, at).is_ok(),
            fine,
            "{tran}"
        );
    }
}

#[test]
fn the_deposit_follows_the_campaign_or_the_setting() {
    let mut office = Office::new(&Scenario::demo());
    let mut number = 0;
    let mut on = |campaign: &str, deposit: Deposit, at: i64| {
        number += 1;
        let mut asked = request(&format!("T{number}"), campaign, mail("taro@member.example"));
        asked.miles = Some(if campaign == "46258" { 50 } else { 100 });
        asked.settings.deposit = deposit;
        office.issue_manual("8763", &asked, at).unwrap().deposit_on
    };
    let at = now();
    assert_eq!(on("46255", Deposit::Campaign, at), "2026-01-02");
    assert_eq!(
        on("46255", Deposit::AfterDays { days: 365 }, at),
        "2027-01-02"
    );
    assert_eq!(on("46257", Deposit::Campaign, at), "2026-01-09");
    assert_eq!(on("46257", Deposit::AtOnce, at), "2026-01-02");
    assert_eq!(on("46258", Deposit::Campaign, at), "2026-12-24");
    let late = clock::parse_instant("2026-12-30T10:00:00+09:00").unwrap();
    assert_eq!(on("46258", Deposit::Campaign, late), "2026-12-30");
}

#[test]
fn a_crowd_can_be_given_miles() {
    let mut scenario = Scenario::demo();
    scenario.office.crowd = 10;
    let mut office = Office::new(&scenario);
    let member = |n: u32| mail(&format!("u{n:07}@crowd.example"));
    assert_eq!(
        manual(&mut office, &request("A", "46255", member(10))),
        None
    );
    assert_eq!(
        manual(&mut office, &request("B", "46255", member(11))),
        Some(Code::M41053)
    );
    assert_eq!(office.take_postings()[0].login, "crowd-0000010");
}
