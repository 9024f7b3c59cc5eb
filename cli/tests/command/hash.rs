use netmile::contract::{Contract, Endpoints, Terminal};
use netmile::link::{LimitSeconds, OrderId, PurchaseRequest, ReturnUrls};
use netmile::time::Timestamp;
use netmile::wire::TextPolicy;
use netmile::{HashKey, Yen};

use crate::support::{KEY, OTHER_KEY, Run, Scratch, is_japanese};

/// A01-1 as a shop posts it, signed with the key.
fn form(key: &str) -> String {
    let contract = Contract::netmile(
        "99999",
        "001",
        HashKey::new(key).unwrap(),
        Endpoints::test(),
    )
    .unwrap();
    let to = "https://shop.example/".to_owned();
    let urls = ReturnUrls {
        success: to.clone(),
        cancel: to.clone(),
        error: to.clone(),
        notify: to,
    };
    let request = PurchaseRequest::new(
        OrderId::new("ORDER-0001").unwrap(),
        "CUST0001",
        "ITEM1",
        Yen::new(100),
        Terminal::Pc,
        urls,
    )
    .with_item_name("テスト商品");
    let at = Timestamp::from_unix(1_767_290_645);
    let signed = request
        .sign(&contract, at, LimitSeconds::default(), &TextPolicy::Cp932)
        .unwrap();
    String::from_utf8(signed.urlencoded()).unwrap()
}

fn without(form: &str, name: &str) -> String {
    let fields: Vec<_> = form
        .split('&')
        .filter(|field| !field.starts_with(&format!("{name}=")))
        .collect();
    fields.join("&")
}

#[test]
fn a_right_hash_is_called_right() {
    let scratch = Scratch::new();
    let key = scratch.file("hash.key", format!("{KEY}\n"));
    let file = scratch.file("form.txt", format!("{}\n", form(KEY)));
    let from_file = Run::within(&scratch).netmile(&["explain-hash", "--key-file", &key, &file]);
    assert_eq!(from_file.exit, 0, "{from_file:?}");
    assert_eq!(from_file.out, "message: purchase\nThe hash is correct.\n");
    let from_input = Run::within(&scratch)
        .with("NETMILE_HASH_KEY", KEY)
        .input(form(KEY))
        .netmile(&["explain-hash", "--lang", "ja"]);
    assert_eq!(from_input.exit, 0);
    assert!(from_input.out.contains("ハッシュは正しい値です。"));
}

#[test]
fn the_key_may_come_from_the_file_that_the_configuration_names() {
    let scratch = Scratch::new();
    std::fs::create_dir(scratch.path().join("keys")).unwrap();
    scratch.file("keys/hash.key", KEY);
    scratch.file("shop.toml", "hash_key_file = \"keys/hash.key\"\n");
    let ran =
        Run::within(&scratch)
            .input(form(KEY))
            .netmile(&["--config", "shop.toml", "explain-hash"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
}

#[test]
fn the_wrong_recipe_is_named() {
    let scratch = Scratch::new();
    // SHA-1 of the values without the key.
    let file = scratch.file(
        "form.txt",
        "merchant_id=99999&service_id=001&amount=100&order_id=\
         &sps_hashcode=97d4612f093843fc94ffd6138ea3d7f0ba4eefd6",
    );
    let ask = |more: &[&str]| {
        let arguments = [&["explain-hash", file.as_str()], more].concat();
        Run::within(&scratch)
            .with("NETMILE_HASH_KEY", KEY)
            .netmile(&arguments)
    };
    let english = ask(&[]);
    assert_eq!(english.exit, 1);
    assert!(
        english.out.contains("The hash key was not appended."),
        "{}",
        english.out
    );
    let japanese = ask(&["--lang", "ja"]);
    assert!(
        japanese.out.contains("ハッシュキーを連結していません"),
        "{}",
        japanese.out
    );
    let json = ask(&["--json"]).json();
    assert_eq!(json["message"], "purchase");
    assert_eq!(json["verdict"], "recipe");
    assert_eq!(json["faults"][0]["id"], "key_missing");
    let other = ask(&[
        "--json",
        "--hash",
        "0000000000000000000000000000000000000000",
    ])
    .json();
    assert_eq!(other["verdict"], "no_known_recipe");
    assert_eq!(ask(&["--hash", "nonsense"]).exit, 1);
}

#[test]
fn the_key_of_another_service_is_named_by_its_file() {
    let scratch = Scratch::new();
    let key = scratch.file("mine.key", KEY);
    let other = scratch.file("service-002.key", OTHER_KEY);
    let ran = Run::within(&scratch).input(form(OTHER_KEY)).netmile(&[
        "explain-hash",
        "--key-file",
        &key,
        "--other-key-file",
        &other,
    ]);
    assert_eq!(ran.exit, 1);
    assert!(ran.out.contains("service-002.key"), "{}", ran.out);
}

#[test]
fn a_form_in_utf_8_says_so() {
    let scratch = Scratch::new();
    let utf8 = without(&form(KEY), "item_name");
    let utf8 = format!("item_name=%E3%83%86%E3%82%B9%E3%83%88%E5%95%86%E5%93%81&{utf8}");
    let run = || {
        Run::within(&scratch)
            .with("NETMILE_HASH_KEY", KEY)
            .input(utf8.clone())
    };
    let taken_for_shift_jis = run().netmile(&["explain-hash"]);
    assert_ne!(taken_for_shift_jis.exit, 0);
    let told = run()
        .netmile(&["explain-hash", "--charset", "utf-8", "--json"])
        .json();
    assert_eq!(told["command"], "explain-hash");
    let broken = Run::within(&scratch)
        .with("NETMILE_HASH_KEY", KEY)
        .input("item_name=%FF%FF&sps_hashcode=00")
        .netmile(&["explain-hash"]);
    assert_eq!(broken.exit, 2);
    assert!(broken.err.contains("item_name") && broken.err.contains("--charset utf-8"));
}

#[test]
fn what_is_missing_is_said() {
    let scratch = Scratch::new();
    let table: &[(&[&str], &str, i32, &str)] = &[
        (
            &["explain-hash"],
            "amount=100&sps_hashcode=00",
            2,
            "key_missing",
        ),
        (
            &["explain-hash", "--key-file", "none.key"],
            "a=b",
            3,
            "key_file_unreadable",
        ),
        (
            &["explain-hash", "--key-file", "good.key"],
            "amount=100",
            2,
            "hash_missing",
        ),
        (
            &["explain-hash", "--key-file", "good.key"],
            "",
            2,
            "form_empty",
        ),
        (
            &["explain-hash", "--key-file", "good.key"],
            "%",
            2,
            "malformed",
        ),
        (
            &["explain-hash", "--key-file", "good.key", "none.txt"],
            "",
            3,
            "form_unreadable",
        ),
        (
            &["explain-hash", "--key-file", "spaces.key"],
            "a=b",
            2,
            "key_invalid",
        ),
        (
            &["explain-hash", "--key-file", "empty.key"],
            "a=b",
            2,
            "key_invalid",
        ),
        (
            &["explain-hash", "--key-file", "huge.key"],
            "a=b",
            3,
            "key_file_unreadable",
        ),
        (
            &["explain-hash", "--config", "none.toml"],
            "a=b",
            3,
            "config_unreadable",
        ),
        (
            &["explain-hash", "--config", "secret.toml"],
            "a=b",
            2,
            "secret_in_config",
        ),
    ];
    scratch.file("good.key", KEY);
    scratch.file("spaces.key", format!("{KEY} \n"));
    scratch.file("empty.key", "\n");
    scratch.file("huge.key", "k".repeat(2000));
    scratch.file("secret.toml", format!("hash_key = \"{KEY}\""));
    for (arguments, input, exit, code) in table {
        let arguments = [*arguments, &["--json"]].concat();
        let ran = Run::within(&scratch).input(*input).netmile(&arguments);
        assert_eq!(ran.exit, *exit, "{arguments:?} {ran:?}");
        assert_eq!(ran.json()["error"]["code"], *code, "{arguments:?}");
        let text = [&arguments[..arguments.len() - 1], &["--lang", "ja"]].concat();
        let ran = Run::within(&scratch).input(*input).netmile(&text);
        assert_eq!((ran.exit, ran.out.as_str()), (*exit, ""));
        assert!(
            is_japanese(&ran.err) || *code == "key_invalid",
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_form_that_is_too_large_is_refused() {
    let scratch = Scratch::new();
    let ran = Run::within(&scratch)
        .with("NETMILE_HASH_KEY", KEY)
        .input(format!("free1={}", "x".repeat(300 * 1024)))
        .netmile(&["explain-hash", "--json"]);
    assert_eq!(ran.exit, 2);
    assert_eq!(ran.json()["error"]["code"], "too_large");
}

/// A request of the API type, signed with the key.
fn request(key: &str) -> String {
    use netmile::api::{ApiContext, FunctionId, Message};
    let id = netmile::contract::ContractId::new("99999", "001").unwrap();
    let context = ApiContext::new(id, HashKey::new(key).unwrap());
    let message = Message::new(FunctionId::parse("ST01-00101-900").unwrap())
        .single("order_id", "ORDER-0001", 38)
        .multi("item_name", "テスト商品", 40)
        .digits("amount", Yen::new(100), 7);
    let sealed = message
        .seal(&context, Timestamp::from_unix(1_767_290_645))
        .unwrap();
    String::from_utf8(sealed.into_body()).unwrap()
}

#[test]
fn of_a_message_of_the_api_type_the_order_of_the_hash_is_listed() {
    let scratch = Scratch::new();
    let key = scratch.file("hash.key", KEY);
    let file = scratch.file("request.xml", request(KEY));
    let ran = Run::within(&scratch).netmile(&["explain-hash", "--key-file", &key, &file]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    let expected = "message: ST01-00101-900\n\
        hashed in this order, in plain Shift_JIS:\n   \
        1 merchant_id: 5 bytes\n   \
        2 service_id: 3 bytes\n   \
        3 order_id: 10 bytes\n   \
        4 item_name: 10 bytes (Base64 on the wire)\n   \
        5 amount: 3 bytes\n   \
        6 request_date: 14 bytes\n   \
        7 limit_second: 3 bytes\n   \
        8 the hash key\n\
        The hash is correct.\n";
    assert_eq!(ran.out, expected);
    let ran = Run::within(&scratch).input(request(OTHER_KEY)).netmile(&[
        "explain-hash",
        "--key-file",
        &key,
        "--lang",
        "ja",
    ]);
    assert_eq!(ran.exit, 1, "{ran:?}");
    assert!(is_japanese(&ran.out), "{}", ran.out);
}

#[test]
fn the_wrong_recipe_of_a_message_of_the_api_type_is_named() {
    let scratch = Scratch::new();
    let key = scratch.file("hash.key", KEY);
    let other = scratch.file("other.key", OTHER_KEY);
    let file = scratch.file("request.xml", request(OTHER_KEY));
    let ran = Run::within(&scratch).netmile(&[
        "--json",
        "explain-hash",
        "--key-file",
        &key,
        "--other-key-file",
        &other,
        &file,
    ]);
    assert_eq!(ran.exit, 1, "{ran:?}");
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["verdict"], "recipe");
    assert_eq!(told["faults"][0]["id"], "key_of_other_service");
    assert_eq!(told["hashed"][3]["form"], "base64");
    assert!(!ran.out.contains(OTHER_KEY));
    let form_only = Run::within(&scratch).netmile(&[
        "explain-hash",
        "--key-file",
        &key,
        "--message",
        "purchase",
        &file,
    ]);
    assert_ne!(form_only.exit, 0);
}
