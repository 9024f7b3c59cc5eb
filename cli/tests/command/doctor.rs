use serde_json::Value;

use crate::support::{
    KEY, OTHER_KEY, Ran, Run, Says, Scratch, Shop, mock, mock_of_today, nobody, raw_server,
};

fn state<'j>(json: &'j Value, id: &str) -> &'j str {
    json["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["id"] == id)
        .map_or("absent", |check| check["state"].as_str().unwrap())
}

fn doctor(scratch: &Scratch, arguments: &[&str]) -> Ran {
    Run::within(scratch).netmile(&[&["doctor", "--json"], arguments].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_that_is_right_passes_in_both_languages() {
    let mock = mock().await;
    let shop = Shop::of_library(KEY).await;
    let scratch = Scratch::new();
    scratch.file("hash.key", format!("{KEY}\n"));
    scratch.file(
        "netmile.toml",
        format!(
            "merchant_id = \"99999\"\nservice_id = \"001\"\nhash_key_file = \"hash.key\"\n\
             mock_url = \"{}\"\nnotify_url = \"{}\"\n[endpoints]\nenvironment = \"mock\"\n\
             [journal]\nurl = \"sqlite:shop.db\"\n",
            mock.url(),
            shop.url
        ),
    );
    let english = Run::within(&scratch).netmile(&["doctor"]);
    assert_eq!(english.exit, 0, "{english:?}");
    assert!(
        english.out.ends_with("Nothing is wrong.\n"),
        "{}",
        english.out
    );
    assert_eq!(english.err, "");
    let japanese = Run::within(&scratch).netmile(&["doctor", "--lang", "ja"]);
    assert!(
        japanese.out.ends_with("問題は見つかりませんでした。\n"),
        "{}",
        japanese.out
    );
    let json = doctor(&scratch, &[]).json();
    for id in [
        "contract",
        "hash_key",
        "purchase",
        "registration",
        "registration_delete",
        "recurring",
        "clock",
        "journal",
        "notify_url",
    ] {
        assert_eq!(state(&json, id), "ok", "{id}: {json:#}");
    }
    assert_eq!(state(&json, "api"), "absent");
    assert_eq!(shop.count(), 3);
    assert!(mock.admin().payments().await.unwrap().is_empty());
}

#[test]
fn nothing_to_check_is_not_called_right() {
    let scratch = Scratch::new();
    let ran = doctor(&scratch, &[]);
    assert_eq!(ran.exit, 2);
    assert_eq!(state(&ran.json(), "endpoint"), "skipped");
}

#[test]
fn keys_are_looked_at_and_not_shown() {
    let scratch = Scratch::new();
    let bom = format!("\u{feff}{KEY}");
    for (name, content, expected) in [
        ("good.key", KEY.to_owned(), "ok"),
        ("windows.key", format!("{KEY}\r\n"), "ok"),
        ("short.key", KEY[..39].to_owned(), "warning"),
        ("blank.key", format!("{KEY} "), "failed"),
        ("two.key", format!("{KEY}\n\n"), "failed"),
        ("bom.key", bom, "failed"),
        ("wide.key", "鍵".repeat(40), "failed"),
        ("empty.key", String::new(), "failed"),
        ("long.key", "k".repeat(200), "failed"),
    ] {
        scratch.file(name, &content);
        let ran = doctor(&scratch, &["--key-file", name]);
        assert_eq!(state(&ran.json(), "hash_key"), expected, "{name}");
        assert_eq!(ran.exit, i32::from(expected == "failed"), "{name}");
        assert!(
            content.trim().is_empty() || !ran.out.contains(content.trim()),
            "{name}"
        );
    }
    let run = Run::within(&scratch)
        .with("NETMILE_HASH_KEY", KEY)
        .with("NETMILE_TDES_KEY", "0123456789abcdef0123456")
        .with("NETMILE_TDES_IV", "76543210");
    let ran = run.netmile(&["doctor", "--json"]);
    let json = ran.json();
    assert_eq!(
        (state(&json, "tdes_key"), state(&json, "tdes_iv")),
        ("failed", "ok")
    );
    assert!(!ran.out.contains("abcdef") && !ran.out.contains("76543210"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_is_found() {
    let behind = raw_server(
        "HTTP/1.1 405 Method Not Allowed\r\ndate: Fri, 02 Jan 2026 00:00:00 GMT\r\ncontent-length: 0\r\n\r\n",
    )
    .await;
    let scratch = Scratch::new();
    let ran = doctor(&scratch, &["--mock", &behind]);
    let json = ran.json();
    assert_eq!(ran.exit, 1, "{json:#}");
    assert_eq!(state(&json, "purchase"), "ok");
    assert_eq!(state(&json, "clock"), "failed");
    let clock = json["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == "clock")
        .unwrap();
    assert!(clock["value"].as_i64().unwrap() < -60);
    assert!(clock["text"].as_str().unwrap().contains("ahead"));
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_that_are_silent_or_wrong_are_found() {
    let scratch = Scratch::new();
    let silent = doctor(&scratch, &["--mock", &nobody()]);
    assert_eq!(silent.exit, 3);
    assert_eq!(state(&silent.json(), "purchase"), "unreachable");
    let elsewhere = raw_server("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
    let wrong = doctor(&scratch, &["--mock", &elsewhere]);
    assert_eq!(
        (wrong.exit, state(&wrong.json(), "purchase")),
        (1, "failed")
    );
    let plain = doctor(&scratch, &["--mock", "http://gateway.example"]);
    assert_eq!(
        (plain.exit, state(&plain.json(), "purchase")),
        (1, "failed")
    );
    let bad = doctor(&scratch, &["--merchant-id", "9", "--service-id", "001"]);
    assert_eq!((bad.exit, state(&bad.json(), "contract")), (1, "failed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_the_shop_is_judged() {
    let scratch = Scratch::new();
    for (says, expected) in [
        (Says::Text(200, "OK,"), "ok"),
        (Says::Text(200, "NG,unknown_order"), "ok"),
        (Says::Text(200, "OK"), "warning"),
        (Says::Text(200, "NG,out of stock"), "warning"),
        (Says::Text(200, "NG,hash_mismatch"), "failed"),
        (Says::Text(200, "NG,expired"), "failed"),
        (Says::Text(200, "NG,unknown_merchant"), "failed"),
        (Says::Text(200, "<html>OK,</html>"), "failed"),
        (Says::Text(200, ""), "failed"),
        (Says::Text(500, "OK,"), "failed"),
        (Says::Text(302, "OK,"), "failed"),
    ] {
        let shop = Shop::open(says).await;
        let ran = ask(&scratch, &shop.url, KEY);
        let json = ran.json();
        assert_eq!(state(&json, "notify_url"), expected, "{json:#}");
        assert_eq!(ran.exit, i32::from(expected == "failed"));
        let body = shop.bodies.lock().unwrap()[0].clone();
        assert!(body.contains("res_result=NG") && body.contains("order_id=DOCTOR-"));
    }
    let silent = ask(&scratch, &nobody(), KEY);
    assert_eq!(
        (silent.exit, state(&silent.json(), "notify_url")),
        (3, "unreachable")
    );
    let shop = Shop::of_library(KEY).await;
    let other = ask(&scratch, &shop.url, OTHER_KEY);
    assert_eq!(
        (other.exit, state(&other.json(), "notify_url")),
        (1, "failed")
    );
}

fn ask(scratch: &Scratch, url: &str, key: &str) -> Ran {
    Run::within(scratch)
        .with("NETMILE_HASH_KEY", key)
        .netmile(&[
            "doctor",
            "--json",
            "--merchant-id",
            "99999",
            "--service-id",
            "001",
            "--notify-url",
            url,
        ])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_sign_in_is_tried_when_asked_for() {
    const NG: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/xml;charset=Shift_JIS\r\nconnection: close\r\n\r\n\
        <?xml version='1.0' encoding='Shift_JIS' ?>\n<sps-api-response>\n<res_result>NG</res_result>\n\
        <res_err_code>10112027</res_err_code>\n<res_date>20300103100001</res_date>\n</sps-api-response>";
    const WRONG: &str =
        "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let scratch = Scratch::new();
    for (answer, expected) in [(NG, "ok"), (WRONG, "failed")] {
        let url = raw_server(answer).await;
        let run = |more: &[&str]| {
            let arguments = [
                &[
                    "doctor",
                    "--json",
                    "--merchant-id",
                    "99999",
                    "--service-id",
                    "001",
                    "--mock",
                    &url,
                ],
                more,
            ]
            .concat();
            Run::within(&scratch)
                .with("NETMILE_HASH_KEY", KEY)
                .netmile(&arguments)
        };
        let json = run(&["--api"]).json();
        assert_eq!(state(&json, "api_sign_in"), expected, "{json:#}");
        assert_eq!(state(&run(&[]).json(), "api_sign_in"), "absent");
    }
    let keyless = doctor(&scratch, &["--mock", &nobody(), "--api"]).json();
    assert_eq!(state(&keyless, "api_sign_in"), "skipped");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mock_accepts_the_right_key_and_clock_only() {
    let scratch = Scratch::new();
    let ask = |url: &str, key: &str, variables: &[(&'static str, &str)]| {
        let mut run = Run::within(&scratch).with("NETMILE_HASH_KEY", key);
        for (name, value) in variables {
            run = run.with(name, *value);
        }
        let arguments = [
            "doctor",
            "--json",
            "--api",
            "--merchant-id",
            "99999",
            "--service-id",
            "001",
            "--mock",
            url,
        ];
        let ran = run.netmile(&arguments);
        let json = ran.json();
        (
            ran.exit,
            state(&json, "api_sign_in").to_owned(),
            json.to_string(),
        )
    };
    let today = mock_of_today().await;
    let (exit, right, text) = ask(today.url(), KEY, &[]);
    assert_eq!((exit, right.as_str()), (0, "ok"), "{text}");
    assert_eq!(ask(today.url(), OTHER_KEY, &[]).1, "failed");
    // The right password and a wrong key: the hash is what fails.
    let (_, wrong, text) = ask(today.url(), OTHER_KEY, &[("NETMILE_API_PASSWORD", KEY)]);
    assert!(wrong == "failed" && text.contains("09"), "{text}");
    let past = mock().await;
    past.admin().advance(3_153_600_000).await.unwrap();
    let (_, late, text) = ask(past.url(), KEY, &[]);
    assert!(late == "failed" && text.contains("validity"), "{text}");
    assert!(today.admin().api_payments().await.is_empty());
}
