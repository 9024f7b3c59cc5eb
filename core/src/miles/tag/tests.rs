use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::error::ErrorKind;
use crate::miles::{DesignatedKey, IssueRule};
use crate::money::Miles;
use crate::time::Timestamp;

/// Answers computed by `tests/vectors/miles.py`.
fn vectors() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/miles.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

const FIXED: IssueRule = IssueRule::Fixed {
    miles: Miles::new(100),
};
const VARIABLE: IssueRule = IssueRule::Variable {
    min: Miles::new(10),
    max: Miles::new(500),
};
const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

fn mock() -> TagOrigin {
    TagOrigin::new("http://127.0.0.1:8080/").unwrap()
}

fn fixed() -> MileTag {
    MileTag::new("8763", "46255", FIXED, None).unwrap()
}

#[test]
fn the_check_values_are_known_answers() {
    let vectors = vectors();
    let values = vectors["check_values"].as_array().unwrap();
    assert_eq!(values[0]["param3"], "82fcba5e430abc31e186339d188416f5");
    for value in values {
        let text = |name: &str| value[name].as_str().unwrap();
        let tag = MileTag::new(text("site"), text("campaign"), FIXED, None).unwrap();
        let url = tag.url(&mock());
        assert!(
            url.contains(&format!("&param3={}&", text("param3"))),
            "{url}"
        );
    }
    // The colon keeps 12:3 and 1:23 apart.
    assert_ne!(values[2]["param3"], values[3]["param3"]);
}

#[test]
fn the_signatures_are_known_answers() {
    let vectors = vectors();
    for value in vectors["signed_tags"].as_array().unwrap() {
        let text = |name: &str| value[name].as_str().unwrap();
        let exp = Timestamp::from_unix(value["exp"].as_i64().unwrap());
        let secret = text("secret").as_bytes();
        let known = |site: &str, key_id: &str| {
            ((site, key_id) == (text("site"), text("kid"))).then_some(secret)
        };
        let signed = SignedTag::verify(text("url"), known, exp).unwrap();
        assert_eq!(signed.tran_id(), text("tran_id"));
        let key = signed.tag().key().map_or("", DesignatedKey::as_str);
        assert_eq!(key, text("earnsite_key"));
        let url = signed.url(&mock(), text("kid"), secret).unwrap();
        assert_eq!(url, text("url"));
        let late = SignedTag::verify(&url, known, exp.plus_seconds(1)).unwrap_err();
        assert_eq!(
            (late.kind(), late.field_name()),
            (ErrorKind::Expired, Some("exp"))
        );
    }
}

#[test]
fn the_html_is_one_anchor_that_reads_back() {
    let tag = fixed().with_key(DesignatedKey::new("C1").unwrap());
    let html = tag.html(&TagOrigin::netmile());
    assert_eq!(
        html,
        "<a href=\"https://mile.netmile.co.jp/ctrl/user/uMilePublishInput.do?param1=8763&amp;param2=46255&amp;\
         param3=82fcba5e430abc31e186339d188416f5&amp;earnsite_key=C1&amp;mile=&amp;tran_id=\" target=\"_blank\" \
         rel=\"noopener\"><img src=\"https://mile.netmile.co.jp/image/mileget.gif\" border=\"0\" alt=\"マイルGET!\"></a>"
    );
    assert_eq!(MileTag::parse(&html).unwrap(), tag);
    // As it may have been copied: other quotes and case, bare ampersands, another order.
    let copied = "<A class='x' HREF='https://mile.netmile.co.jp/ctrl/user/uMilePublishInput.do?param3=\
                  82fcba5e430abc31e186339d188416f5&param2=46255&param1=8763&mile=&tran_id=&earnsite_key=C1'>x</A>";
    assert_eq!(MileTag::parse(copied).unwrap(), tag);
}

#[test]
fn a_visitor_can_alter_key_and_miles_of_the_published_tag_but_not_of_the_signed_one() {
    let tag = MileTag::new("8763", "46255", VARIABLE, Some(Miles::new(10))).unwrap();
    let tag = tag.with_key(DesignatedKey::new("HANAKO").unwrap());
    let altered = |url: String| url.replace("HANAKO", "TARO").replace("mile=10", "mile=500");

    let taken = MileTag::parse(&altered(tag.url(&mock()))).unwrap();
    assert_eq!(taken.key().unwrap().as_str(), "TARO");
    assert_eq!(taken.miles(), Some(Miles::new(500)));

    let now = Timestamp::from_unix(1000);
    let signed = SignedTag::new(tag, "T1", now).unwrap();
    let url = altered(signed.url(&mock(), "k1", SECRET).unwrap());
    let error = SignedTag::verify(&url, |_, _| Some(SECRET), now).unwrap_err();
    assert_eq!(
        (error.kind(), error.field_name()),
        (ErrorKind::HashMismatch, Some("sig"))
    );
}

#[test]
fn no_site_signs_for_another() {
    let now = Timestamp::from_unix(1000);
    let other: &[u8] = &[7; 32];
    // Two sites that named their keys alike.
    let secrets = [("1", "k1", other), ("8763", "k1", SECRET)];
    let of = |site: &str, key_id: &str| {
        let known = secrets
            .iter()
            .find(|(s, k, _)| (*s, *k) == (site, key_id))?;
        Some(known.2)
    };
    let signed = SignedTag::new(fixed(), "T1", now).unwrap();
    assert_eq!(signed.tag().site_id(), "8763");
    let forged = signed.url(&mock(), "k1", other).unwrap();
    let error = SignedTag::verify(&forged, of, now).unwrap_err();
    assert_eq!(
        (error.kind(), error.field_name()),
        (ErrorKind::HashMismatch, Some("sig"))
    );
    let own = signed.url(&mock(), "k1", SECRET).unwrap();
    assert_eq!(SignedTag::verify(&own, of, now).unwrap(), signed);
}

#[test]
fn miles_are_for_variable_campaigns_only() {
    let make = |rule, miles: Option<u64>| {
        MileTag::new("1", "2", rule, miles.map(Miles::new)).map_err(|e| e.kind())
    };
    assert!(make(FIXED, None).is_ok() && make(VARIABLE, Some(10)).is_ok());
    assert_eq!(make(FIXED, Some(100)), Err(ErrorKind::InvalidValue));
    assert_eq!(make(VARIABLE, None), Err(ErrorKind::MissingField));
    assert_eq!(make(VARIABLE, Some(9)), Err(ErrorKind::InvalidValue));
}

#[test]
fn every_fault_of_a_link_names_its_field() {
    let good = fixed().url(&mock());
    let field = |from: &str, to: &str| {
        let error = MileTag::parse(&good.replace(from, to)).unwrap_err();
        (error.kind(), error.field_name().unwrap().to_owned())
    };
    let invalid = |name: &str| (ErrorKind::InvalidValue, name.to_owned());
    assert_eq!(field("param1=8763", "param1=x"), invalid("param1"));
    assert_eq!(field("param2=46255", "param2="), invalid("param2"));
    assert_eq!(
        field("param2=46255", "param2=46256"),
        (ErrorKind::HashMismatch, "param3".into())
    );
    assert_eq!(
        field("param3=82", "param3=83"),
        (ErrorKind::HashMismatch, "param3".into())
    );
    assert_eq!(
        field("earnsite_key=", "earnsite_key=a-b"),
        invalid("earnsite_key")
    );
    assert_eq!(
        field("earnsite_key=", "earnsite_key=%E3%81%82"),
        invalid("earnsite_key")
    );
    let long = format!("earnsite_key={}", "k".repeat(256));
    assert_eq!(field("earnsite_key=", &long), invalid("earnsite_key"));
    for mile in [
        "0",
        "-1",
        "%2B1",
        "1,000",
        "007",
        "12345678901",
        "%EF%BC%91",
    ] {
        assert_eq!(
            field("mile=", &format!("mile={mile}")),
            invalid("mile"),
            "{mile}"
        );
    }
    assert_eq!(
        field("&mile=", ""),
        (ErrorKind::MissingField, "mile".into())
    );
    assert_eq!(
        field("&mile=", "&mile=&mile="),
        (ErrorKind::DuplicateField, "mile".into())
    );
    assert_eq!(field("&mile=", "&mile=&x=1"), invalid("x"));
    assert_eq!(field("Input.do", "Output.do"), invalid("tag"));
    assert_eq!(field("http://", "ftp://"), invalid("tag"));
    assert_eq!(field("127.0.0.1", "192.0.2.1"), invalid("tag"));
    let huge = format!("{good}{}", "x".repeat(MAX_TAG_BYTES));
    assert_eq!(
        MileTag::parse(&huge).unwrap_err().kind(),
        ErrorKind::TooLarge
    );
    for html in [
        "<a>",
        "<b href=\"x\">",
        "<a href=x>",
        "<a href=\"x",
        "<",
        "",
    ] {
        assert!(MileTag::parse(html).is_err(), "{html}");
    }
}

#[test]
fn a_signed_link_is_refused_without_its_key_and_nothing_shows_the_secret() {
    let now = Timestamp::from_unix(1000);
    let signed = SignedTag::new(fixed(), "a:b", now).unwrap();
    let url = signed.url(&mock(), "k1", SECRET).unwrap();
    assert!(url.contains("tran_id=a%3Ab"));
    for secret in [None, Some(&b"short"[..]), Some(&[0; 32][..])] {
        let error = SignedTag::verify(&url, |_, _| secret, now).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::HashMismatch);
    }
    let doubled = format!("{url}&sig={}", "0".repeat(64));
    let error = SignedTag::verify(&doubled, |_, _| Some(SECRET), now).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DuplicateField);
    let weak = signed.url(&mock(), "k1", b"short").unwrap_err();
    assert_eq!(weak.kind(), ErrorKind::Configuration);
    for tran_id in ["", "a b", "日本", &"t".repeat(65)] {
        assert!(SignedTag::new(fixed(), tran_id, now).is_err());
    }
    assert_eq!(
        format!("{:?}", DesignatedKey::new("HANAKO").unwrap()),
        "DesignatedKey(6 characters)"
    );
}

#[test]
fn an_origin_is_https_or_loopback_and_nothing_more() {
    for good in [
        "https://mile.example",
        "https://mile.example:8443/",
        "http://localhost:1",
        "http://[::1]:80",
    ] {
        assert!(TagOrigin::new(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "http://mile.example",
        "https://a/b",
        "https://a?x",
        "https://u@a",
        "https://a\"b",
        "//a",
    ] {
        assert!(TagOrigin::new(bad).is_err(), "{bad}");
    }
}

prop_compose! {
    fn any_tag()(
        site in "[0-9]{1,18}",
        campaign in "[0-9]{1,18}",
        key in prop::option::of("[0-9A-Za-z]{1,255}"),
        miles in prop::option::of(1..=Miles::MAX_ISSUE.get()),
    ) -> MileTag {
        let rule = IssueRule::Variable { min: Miles::new(1), max: Miles::new(u64::MAX) };
        let tag = match miles {
            Some(miles) => MileTag::new(&site, &campaign, rule, Some(Miles::new(miles))),
            None => MileTag::new(&site, &campaign, FIXED, None),
        }.unwrap();
        match key {
            Some(key) => tag.with_key(DesignatedKey::new(&key).unwrap()),
            None => tag,
        }
    }
}

proptest! {
    #[test]
    fn every_tag_reads_back(tag in any_tag(), tran_id in "[0-9A-Za-z._:-]{1,64}", kid in "[0-9A-Za-z_-]{1,32}") {
        prop_assert_eq!(&MileTag::parse(&tag.url(&mock())).unwrap(), &tag);
        prop_assert_eq!(&MileTag::parse(&tag.html(&mock())).unwrap(), &tag);
        let now = Timestamp::from_unix(1000);
        let signed = SignedTag::new(tag, &tran_id, now).unwrap();
        let html = signed.html(&mock(), &kid, SECRET).unwrap();
        prop_assert_eq!(SignedTag::verify(&html, |_, _| Some(SECRET), now).unwrap(), signed);
    }

    #[test]
    fn no_change_of_a_signed_link_passes(tag in any_tag(), at: prop::sample::Index, to in "[ -~]") {
        let now = Timestamp::from_unix(1000);
        let signed = SignedTag::new(tag, "T1", now).unwrap();
        let url = signed.url(&mock(), "k1", SECRET).unwrap();
        let start = url.find('?').unwrap() + 1;
        let at = start + at.index(url.len() - start);
        let changed = format!("{}{to}{}", &url[..at], &url[at + 1..]);
        if let Ok(read) = SignedTag::verify(&changed, |_, _| Some(SECRET), now) {
            prop_assert_eq!(read, signed);
        }
    }

    #[test]
    fn any_text_is_a_tag_or_an_error(text in any::<String>(), html: bool) {
        let text = if html { format!("<a href=\"{text}\">") } else { text };
        let _ = MileTag::parse(&text);
        let _ = SignedTag::verify(&text, |_, _| Some(SECRET), Timestamp::from_unix(0));
    }
}
