//! What both sides check on their own, read from the same page: mail addresses, mobile carriers, user ids.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use netmile::miles::file::{
    CarrierDomains, Checked, ErrorFile, FileEncoding, UploadKind, UploadReader, UploadRules,
};
use netmile::reference::Mail;
use netmile::{Lang, Miles};
use netmile_mock::Options;
use netmile_mock::office::terms::OfficeRules;
use netmile_mock::office::{ListOf, Office};
use netmile_tests::oracle::compare::cells;
use serde_json::json;

use super::{AT_ONCE, NOON, World, reward};

/// A file of one row, in UTF-8 with its mark.
fn file(user: &str) -> Vec<u8> {
    let user = user.replace('"', "\"\"");
    format!("\u{feff}\"{user}\",C0001,100\r\n").into_bytes()
}

/// The code that the mock gives to the row, if it refuses it.
fn code_of_mock(office: &mut Office, batch: &str, kind: UploadKind, user: &str) -> Option<String> {
    let request = serde_json::from_value(json!({
        "tran_id": format!("{batch}:1"), "campaign_id": AT_ONCE, "batch_id": batch, "first_row": 1,
        "file_name": "miles.csv", "method": kind.name(), "csv": STANDARD.encode(file(user)),
        "deposit_mail": kind != UploadKind::MobileMail,
    }));
    let accepted = office.upload("8763", &request.unwrap(), NOON).unwrap();
    office.process_due(NOON);
    let errors = office.list("8763", &accepted.registration_id, ListOf::Errors);
    cells(&errors.unwrap()).get(1).map(|row| row[6].clone())
}

/// The codes in the error file that the library writes about the row.
fn codes_of_library(kind: UploadKind, user: &str) -> Vec<String> {
    let errors = ErrorFile::new(kind, Lang::Ja, FileEncoding::Cp932);
    let mut written = errors.header();
    let mut take = |checked: Checked<'_>| {
        if let Checked::Faulty(row) = checked {
            errors.append(&mut written, &row);
        }
    };
    let mut reader = UploadReader::new(UploadRules::new(kind));
    reader.feed(&file(user), &mut take);
    reader.finish(&mut take);
    let rows = cells(&written);
    rows.iter().skip(1).map(|row| row[4].clone()).collect()
}

#[test]
fn an_address_has_one_form_in_files_calls_and_at_the_office() {
    let mut office = Office::new(&Options::default().scenario);
    let of = |local: usize, label: usize| format!("{}@{}.jp", "a".repeat(local), "b".repeat(label));
    let long = |rest: usize| {
        let (local, label) = ("a".repeat(64), "b".repeat(63));
        format!("{local}@{label}.{label}.{}.jp", "c".repeat(rest))
    };
    let table = [
        ("a@example.jp", true),
        ("A.b-c_d+e=f@x-1.example.co.jp", true),
        ("o'brien@example.museum", true),
        (".a@example.jp", true),
        ("a.@example.jp", true),
        ("a..b@example.jp", true),
        ("a@1.2.j2", true),
        (&of(64, 63), true),
        (&of(65, 63), false),
        (&of(64, 64), false),
        (&long(60), true),
        (&long(61), false),
        ("", false),
        ("a", false),
        ("@example.jp", false),
        ("a@", false),
        ("a@jp", false),
        ("a@example.", false),
        ("a@.example.jp", false),
        ("a@x..jp", false),
        ("a@-x.jp", false),
        ("a@x-.jp", false),
        ("a@x.1", false),
        ("a@x.12", false),
        ("a@x.j", false),
        ("a@127.0.0.1", false),
        ("a b@example.jp", false),
        (" a@example.jp", false),
        ("a@b@example.jp", false),
        ("<a@example.jp>", false),
        ("a;b@example.jp", false),
        ("a\"b@example.jp", false),
        ("あ@example.jp", false),
        ("ａ@example.jp", false),
        ("a@例え.jp", false),
    ];
    for (at, (address, fits)) in table.into_iter().enumerate() {
        assert_eq!(Mail::new(address).is_ok(), fits, "{address:?}");
        let kind = UploadKind::Mail;
        let code = code_of_mock(&mut office, &format!("m{at}"), kind, address).unwrap();
        let codes = codes_of_library(kind, address);
        if fits {
            // Nobody has registered it.
            assert_eq!((code.as_str(), codes.len()), ("41053", 0), "{address:?}");
        } else {
            assert_eq!(
                (code.as_str(), codes),
                ("19013", vec![code.clone()]),
                "{address:?}"
            );
        }
    }
}

#[test]
fn a_user_id_of_another_form_is_nobodys() {
    let mut office = Office::new(&Options::default().scenario);
    let long = "9".repeat(33);
    let kind = UploadKind::UserId;
    for (at, id) in ["", "１", "1.0", "a b", "a@example.jp", &long]
        .into_iter()
        .enumerate()
    {
        let code = code_of_mock(&mut office, &format!("u{at}"), kind, id).unwrap();
        assert_eq!(
            (code.as_str(), codes_of_library(kind, id)),
            ("41053", vec![code.clone()]),
            "{id:?}"
        );
    }
    assert_eq!(codes_of_library(kind, "NM99999999"), [""; 0]);
    let exchange = UploadKind::Exchange;
    assert_eq!(codes_of_library(exchange, "1.0"), ["41053"]);
    assert_eq!(codes_of_library(exchange, "a@"), ["19013"]);
}

#[test]
fn the_carriers_are_those_of_the_page_on_both_sides() {
    let page = include_str!("../../../docs/reference-api.md");
    let list = page.split("The list of mobile carriers").nth(1).unwrap();
    let list = list.split("```text\n").nth(1).unwrap();
    let list: Vec<&str> = list
        .split("```")
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    assert!(list.len() > 30);
    assert_eq!(OfficeRules::default().carrier_domains, list);
    let ours = CarrierDomains::default();
    assert!(ours.iter().eq(list.iter().copied()));

    let mut office = Office::new(&Options::default().scenario);
    let below = |domain: &str| format!("mail.{}", domain.trim_start_matches('.'));
    let mut domains: Vec<String> = list.iter().map(|domain| below(domain)).collect();
    domains.extend(
        list.iter()
            .map(|domain| domain.trim_start_matches('.').to_owned()),
    );
    let odd = [
        "DOCOMO.ne.jp",
        "T.Vodafone.NE.jp",
        "a.b.vodafone.ne.jp",
        "notdocomo.ne.jp",
        "xvodafone.ne.jp",
        "docomo.ne.jp.example.jp",
        "example.jp",
    ];
    domains.extend(odd.map(str::to_owned));
    for (at, domain) in domains.iter().enumerate() {
        let is_carrier = ours.contains(domain);
        let address = format!("a@{domain}");
        let mut code = |kind: UploadKind| {
            let code = code_of_mock(&mut office, &format!("{}{at}", kind.name()), kind, &address);
            let codes = codes_of_library(kind, &address);
            let code = code.unwrap();
            assert_eq!(
                codes.first().map_or("41053", String::as_str),
                code,
                "{domain}"
            );
            code == "19013"
        };
        assert_eq!(code(UploadKind::Mail), is_carrier, "{domain}");
        assert_eq!(code(UploadKind::MobileMail), !is_carrier, "{domain}");
    }
    assert!(!ours.contains("mail.docomo.ne.jp") && ours.contains("d.pdx.ne.jp"));
}

#[tokio::test]
async fn a_client_with_a_list_of_its_own_checks_files_by_it_too() {
    use netmile::miles::batch::BatchRequest;
    use netmile::miles::file::FileFaults;

    let world = World::new().await;
    let own = CarrierDomains::new(["member.example"]);
    let client = world.client_with(|builder| builder.carrier_domains(own.clone()));
    let refused = client.miles().issue(&reward("C-1", AT_ONCE, 100)).await;
    assert!(refused.is_err());
    let csv = b"taro@member.example,C0001,100\r\n".to_vec();
    let issue = async |request: BatchRequest| {
        let (mut faults, mut refused) = (Vec::new(), Vec::new());
        let files = netmile::client::BatchFiles {
            faults: &mut faults,
            refused: &mut refused,
            lang: Lang::En,
        };
        let miles = client.miles();
        miles.issue_file(&request, &csv, files, &mut |_| {}).await
    };
    let request = |id: &str| BatchRequest::new(id, AT_ONCE, UploadKind::Mail);
    let error = issue(request("B-1")).await.unwrap_err();
    let faults = std::error::Error::source(&error).and_then(|source| source.downcast_ref());
    let faults: &FileFaults = faults.unwrap();
    assert_eq!(faults.count(), 1);
    // What the request says goes before what the client says.
    let other = request("B-2").with_carriers(CarrierDomains::default());
    let report = issue(other).await.unwrap();
    assert_eq!((report.issued, report.miles_issued), (1, Miles::new(100)));
}
