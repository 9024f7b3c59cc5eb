use netmile_mock::faults::{FaultKind, FaultRule};

use crate::support::{KEY, Run, Says, Scratch, Shop, mock, netmile, nobody, raw_server};

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_is_shown_and_moved() {
    let mock = mock().await;
    let url = mock.url().to_owned();
    let clock = |arguments: &[&str]| {
        let arguments = [&["clock", "--mock", &url], arguments].concat();
        netmile(&arguments)
    };
    assert_eq!(
        clock(&[]).out,
        "2026-01-02T03:04:05+09:00 (stands still until it is moved)\n"
    );
    assert_eq!(clock(&["show"]).out, clock(&[]).out);
    let moved = clock(&["advance", "1mo"]);
    assert_eq!(moved.exit, 0, "{moved:?}");
    assert!(
        moved.out.starts_with("2026-02-02T03:04:05+09:00"),
        "{}",
        moved.out
    );
    let moved = clock(&["--lang", "ja", "advance", "1h30m"]);
    assert!(
        moved.out.starts_with("2026-02-02T04:34:05+09:00（")
            || moved.out.contains("進めるまで停止")
    );
    let moved = clock(&["--json", "to", "2026-03-01"]).json();
    assert_eq!(moved["clock"]["now"], "2026-03-01T00:00:00+09:00");
    assert_eq!(moved["clock"]["frozen"], true);
    assert_eq!(moved["advanced_seconds"], 2_316_355);
    assert!(moved["happened"].is_array());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_listed() {
    let mock = mock().await;
    let shop = Shop::open(Says::Text(200, "OK,")).await;
    mock.admin()
        .add_fault(FaultRule::once("A02-1", FaultKind::Reordered));
    let scratch = Scratch::new();
    let run = || {
        Run::within(&scratch)
            .with("NETMILE_MOCK_URL", mock.url())
            .with("NETMILE_HASH_KEY", KEY)
    };
    let bought = run().netmile(&[
        "notify",
        "purchase",
        "--to",
        &shop.url,
        "--merchant-id",
        "99999",
        "--service-id",
        "001",
    ]);
    assert_eq!(bought.exit, 1, "held back: {bought:?}");
    let moved = run().netmile(&["clock", "advance", "1d"]);
    assert!(moved.out.contains("notice_sent"), "{}", moved.out);
    assert!(moved.out.contains("2026-01-03 03:04:05"), "{}", moved.out);
    assert_eq!(shop.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_does_not_go_back() {
    let mock = mock().await;
    for (arguments, code) in [
        (["to", "2026-01-01"], "clock_backwards"),
        (["advance", "200y"], "clock_too_far"),
        (["advance", "9000y"], "clock_too_far"),
    ] {
        let arguments = [&["clock", "--json", "--mock", mock.url()], &arguments[..]].concat();
        let ran = netmile(&arguments);
        assert_eq!(ran.exit, 2);
        assert_eq!(ran.json()["error"]["code"], code);
    }
    for wrong in [["advance", "-1h"], ["advance", "soon"], ["to", "yesterday"]] {
        let arguments = [&["clock", "--mock", mock.url()], &wrong[..]].concat();
        assert_eq!(netmile(&arguments).exit, 2);
    }
    assert_eq!(mock.admin().clock().advanced, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_told_apart_from_a_lost_answer() {
    let json = |url: &str, action: &[&str]| {
        let arguments = [&["clock", "--json", "--mock", url], action].concat();
        let ran = netmile(&arguments);
        (
            ran.exit,
            ran.json()["error"]["code"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(json(&nobody(), &[]), (3, "mock_unreachable".to_owned()));
    let stranger = raw_server("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello").await;
    assert_eq!(json(&stranger, &[]), (3, "not_a_mock".to_owned()));
    assert_eq!(
        json("http://gateway.example", &[]),
        (2, "url_invalid".to_owned())
    );
    // Answers the question for the clock, and breaks off when it is to be moved.
    let breaks = breaks_off_on_post().await;
    assert_eq!(
        json(&breaks, &["advance", "1d"]),
        (4, "outcome_unknown".to_owned())
    );
}

async fn breaks_off_on_post() -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    const CLOCK: &str =
        r#"{"now":"2026-01-02T03:04:05+09:00","unix":1767290645,"advanced":0,"frozen":true}"#;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                while let Ok(count) = stream.read(&mut buffer).await {
                    if count == 0 || buffer.starts_with(b"POST") {
                        break;
                    }
                    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
                    let answer = format!("{head}content-length: {}\r\n\r\n{CLOCK}", CLOCK.len());
                    let _ = stream.write_all(answer.as_bytes()).await;
                }
            });
        }
    });
    url
}
