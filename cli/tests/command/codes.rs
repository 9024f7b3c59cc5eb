use crate::support::{Run, Scratch, is_japanese, netmile};

#[test]
fn a_code_of_the_api_type_is_explained_in_both_languages() {
    let english = netmile(&["explain-code", "10103005"]);
    assert_eq!(
        english.out,
        "10103005\n  \
         method  101  Credit card\n  \
         kind    03   A required value is missing.\n  \
         field   005  item_id (item)\n  \
         class   bug: The program sent something wrong. Nothing was done; the developer corrects it.\n  \
         to do   Correct the value of the named field, then send a new request.\n"
    );
    assert_eq!((english.exit, english.err.as_str()), (0, ""));
    let japanese = netmile(&["explain-code", "10103005", "--lang", "ja"]);
    for part in [
        "クレジットカード",
        "必須",
        "item_id（商品 ID）",
        "プログラムの誤り",
    ] {
        assert!(japanese.out.contains(part), "{}", japanese.out);
    }
}

#[test]
fn the_language_comes_from_the_environment() {
    let scratch = Scratch::new();
    let ja = Run::within(&scratch).with("LANG", "ja_JP.UTF-8");
    assert!(is_japanese(&ja.netmile(&["explain-code", "5101"]).out));
    let c = Run::within(&scratch)
        .with("LANG", "ja_JP.UTF-8")
        .with("LC_ALL", "C");
    assert!(!is_japanese(&c.netmile(&["explain-code", "5101"]).out));
}

#[test]
fn the_table_is_told_by_the_length() {
    let ran = netmile(&["--json", "explain-code", "40126999", "5101", "503", "7717"]);
    let codes = ran.json()["codes"].as_array().unwrap().clone();
    let tables: Vec<_> = codes
        .iter()
        .map(|code| code["table"].as_str().unwrap())
        .collect();
    assert_eq!(tables, ["api", "link", "http", "link"]);
    assert_eq!(ran.exit, 0);
    let forced = netmile(&["--json", "explain-code", "--table", "link", "503"]);
    assert_eq!(forced.json()["codes"][0]["table"], "link");
    assert_eq!(forced.exit, 1);
}

#[test]
fn the_json_of_a_code_has_every_part() {
    let ran = netmile(&["explain-code", "--json", "10160999"]);
    let json = ran.json();
    assert_eq!(json["command"], "explain-code");
    let code = &json["codes"][0];
    assert_eq!(code["code"], "10160999");
    assert_eq!(code["known"], true);
    assert_eq!(code["method"]["number"], "101");
    assert_eq!(code["kind"]["code"], "60");
    assert_eq!(code["field"]["number"], "999");
    assert_eq!(code["field"]["tag"], serde_json::Value::Null);
    assert_eq!(code["class"], "final");
    assert_eq!(code["duplicate"], false);
    assert_eq!(code["already_done"], serde_json::json!(["commit"]));
    assert_eq!(code["must_ask_first"], false);
    assert!(code["seen_after"].as_str().unwrap().contains("commit"));
    assert!(code["remedy"].as_str().unwrap().starts_with("Inquire"));
}

#[test]
fn a_code_that_nobody_knows_is_kept_and_ends_with_1() {
    for code in [
        "101ZZ999",
        "12007",
        "99",
        "0",
        "\u{1b}[31m",
        "８桁の数字です、ね",
    ] {
        let ran = netmile(&["explain-code", code]);
        assert_eq!(ran.exit, 1, "{code}");
        assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
    }
    let mixed = netmile(&["explain-code", "10103005", "101ZZ999"]);
    assert_eq!(mixed.exit, 1);
    assert!(mixed.out.contains("item_id"));
}

#[test]
fn a_code_must_be_given() {
    let ran = netmile(&["explain-code"]);
    assert_eq!((ran.exit, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("CODE"));
}

#[test]
fn a_code_of_two_tables_is_explained_from_both() {
    let ran = netmile(&["--json", "explain-code", "44038"]);
    let codes = ran.json()["codes"].as_array().unwrap().clone();
    let tables: Vec<_> = codes.iter().map(|code| &code["table"]).collect();
    assert_eq!(tables, ["manual", "automatic"]);
    assert_ne!(codes[0]["published"], codes[1]["published"]);
    assert_eq!(ran.exit, 0);
    let text = netmile(&["explain-code", "44038", "13005", "--lang", "ja"]).out;
    for part in [
        "44038 (手動発行)",
        "44038 (自動発行)",
        "1会員1キャンペーンあたり",
        "13005 (自動発行)",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(
        netmile(&["explain-code", "--table", "miles", "5101"]).exit,
        1
    );
}
