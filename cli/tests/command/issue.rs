//! `netmile issue`: files that are checked, issued, refused.

use netmile_mock::Mock;
use serde_json::{Value, json};

use crate::support::{Ran, Run, Scratch, is_japanese, mock_of_today, nobody};
#[cfg(unix)]
use crate::terminal;

const SECRET: &str = "demo-secret-of-the-mock-not-a-secret-1";

fn issue(scratch: &Scratch, arguments: &[&str]) -> Ran {
    let arguments: Vec<_> = std::iter::once("issue")
        .chain(arguments.iter().copied())
        .collect();
    Run::within(scratch)
        .with("NETMILE_SITE_SECRET", SECRET)
        .netmile(&arguments)
}

fn configure(scratch: &Scratch, url: &str) {
    let journal = scratch.path().join("journal.db");
    let text = format!(
        "[site]\nsite_id = \"8763\"\nkey_id = \"demo-key-1\"\nurl = \"{url}\"\n\n[journal]\nurl = \"sqlite:{}\"\n",
        journal.display()
    );
    scratch.file("netmile.toml", text);
}

/// Deletes the lists of the only upload, as a program of the merchant's does.
async fn deleted_lists(scratch: &Scratch, url: &str) -> String {
    let secret = netmile::reference::SiteSecret::new(SECRET).unwrap();
    let site = netmile::reference::Site::new("8763", "demo-key-1", secret, url).unwrap();
    let client = netmile::Client::builder().site(site).build().unwrap();
    let registered = Run::within(scratch)
        .with("NETMILE_SITE_SECRET", SECRET)
        .netmile(&["uploads", "--batch", "2026-11", "--json"]);
    let id = registered.json()["uploads"][0]["registration_id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let registrations = client.miles();
    let deleted = registrations.registrations().delete_lists(&id).await;
    assert!(deleted.unwrap().is_done());
    id
}

/// To whom NetMile wrote that a file is processed, and what.
async fn told_operators(mock: &Mock) -> Vec<(String, String)> {
    let mails = mock.admin().miles_mails(0, 100).await.unwrap();
    let finished = mails.into_iter().filter(|mail| mail.kind == "finished");
    finished.map(|mail| (mail.to, mail.body)).collect()
}

#[test]
fn a_file_is_checked_without_any_configuration() {
    let scratch = Scratch::new();
    let good = scratch.file(
        "good.csv",
        "hanako@example.jp,C1,100\r\ntaro@example.jp,C2,50\r\n",
    );
    let ran = issue(&scratch, &["--check", &good, "--json"]);
    assert_eq!(ran.exit, 0, "{}", ran.out);
    assert_eq!(
        (&ran.json()["rows"], &ran.json()["miles"]),
        (&2.into(), &150.into())
    );
    assert!(!scratch.path().join(format!("{good}.faults.csv")).exists());

    assert_eq!(ran.json()["may_be_cut"], false);

    // `1000` that was cut is a legal `10`.
    let cut = scratch.file(
        "cut.csv",
        "hanako@example.jp,C1,100\r\ntaro@example.jp,C2,10",
    );
    let ran = issue(&scratch, &["--check", &cut, "--json"]);
    assert_eq!((ran.exit, &ran.json()["may_be_cut"]), (0, &true.into()));
    let ran = issue(&scratch, &["--check", &cut]);
    assert!(ran.out.contains("may have been cut"), "{}", ran.out);
    let ran = issue(&scratch, &["--check", &cut, "--lang", "ja"]);
    assert!(ran.out.contains("途切れ"), "{}", ran.out);
    let ran = issue(&scratch, &["--check", &good]);
    assert!(!ran.out.contains("cut"), "{}", ran.out);

    let bad = scratch.file(
        "bad.csv",
        "=1+1,C1,100\r\ntaro@example.jp,C-2,\"1,000\"\r\n",
    );
    let ran = issue(&scratch, &["--check", &bad]);
    assert_eq!((ran.exit, ran.out.as_str()), (2, ""));
    for place in ["line 1, column 1", "line 2, column 2", "line 2, column 3"] {
        assert!(ran.err.contains(place), "{}", ran.err);
    }
    let faults = std::fs::read(scratch.path().join(format!("{bad}.faults.csv"))).unwrap();
    let faults = String::from_utf8(faults).unwrap();
    assert_eq!(faults.lines().count(), 4);
    assert!(faults.contains("'=1+1"), "{faults}");
    let ran = issue(&scratch, &["--check", &bad, "--lang", "ja"]);
    assert!(
        is_japanese(&ran.err) && ran.err.contains("2 行目・3 列目"),
        "{}",
        ran.err
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(scratch.path().join(format!("{bad}.faults.csv")))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0);
    }
}

#[test]
fn no_file_is_written_over_another() {
    let scratch = Scratch::new();
    let text = "hanako@example.jp,C1,100\r\n";
    let file = scratch.file("good.csv", text);
    for path in ["good.csv", "./good.csv"] {
        let ran = issue(&scratch, &["--check", &file, "--faults", path]);
        assert_eq!(ran.exit, 2, "{}", ran.err);
        assert_eq!(
            std::fs::read(scratch.path().join(&file)).unwrap(),
            text.as_bytes()
        );
    }
    // What a run did not write stays, and nothing is left beside it.
    let old = scratch.file("good.csv.faults.csv", "old");
    assert_eq!(issue(&scratch, &["--check", &file]).exit, 0);
    assert_eq!(std::fs::read(scratch.path().join(old)).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(scratch.path()).unwrap().count(), 2);
}

#[test]
fn what_is_missing_is_named() {
    let scratch = Scratch::new();
    let file = scratch.file("good.csv", "hanako@example.jp,C1,100\r\n");
    assert_eq!(issue(&scratch, &[&file]).exit, 2);
    let ran = issue(&scratch, &[&file, "--campaign", "46256", "--batch", "B 1"]);
    assert!(ran.exit == 2 && ran.err.contains("batch_id"), "{}", ran.err);
    let ran = issue(&scratch, &[&file, "--campaign", "46256", "--batch", "B1"]);
    assert!(ran.exit == 2 && ran.err.contains("[site]"), "{}", ran.err);
    configure(&scratch, &nobody());
    let asked = [&file, "--campaign", "46256", "--batch", "B1"];
    let ran = issue(&scratch, &[&asked[..], &["--notify", "nobody"]].concat());
    assert!(ran.exit == 2 && ran.err.contains("mail"), "{}", ran.err);
    assert_eq!(issue(&scratch, &["--check", "missing.csv"]).exit, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_issued_once_and_says_what_was_refused() {
    let mock = mock_of_today().await;
    let scratch = Scratch::new();
    configure(&scratch, mock.url());
    // The campaign of the demo takes 10 to 500 miles; nobody here is a member but the test address.
    let text = "test1@netmile.co.jp,C1,100\r\nnobody@example.jp,C2,20\r\n";
    let file = scratch.file("rewards.csv", text);
    let arguments = [
        &file,
        "--campaign",
        "46256",
        "--batch",
        "2026-11",
        "--notify",
        "operator@example.jp",
    ];
    for _ in 0..2 {
        let ran = issue(&scratch, &arguments);
        assert_eq!(ran.exit, 1, "{}{}", ran.out, ran.err);
        assert!(
            ran.out.contains("1 row, 100 miles") && ran.out.contains("41053"),
            "{}",
            ran.out
        );
        let refused = std::fs::read(scratch.path().join(format!("{file}.refused.csv"))).unwrap();
        let refused = String::from_utf8_lossy(&refused);
        assert!(
            refused.contains("nobody@example.jp,C2,20,41053"),
            "{refused}"
        );
        let path = scratch.path().join("rewards.csv.result.json");
        let line = ran.out.lines().find(|line| line.contains("result file"));
        assert!(
            line.unwrap().ends_with("rewards.csv.result.json"),
            "{}",
            ran.out
        );
        let result: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for (name, value) in [
            ("state", json!("done")),
            ("batch_id", json!("2026-11")),
            ("campaign_id", json!("46256")),
            ("rows", json!(2)),
            ("issued", json!(1)),
            ("refused", json!(1)),
            ("miles", json!(120)),
            ("miles_issued", json!(100)),
            ("miles_refused", json!(20)),
            ("breakdown", json!({ "41053": 1 })),
            ("refused_file", json!("rewards.csv.refused.csv")),
        ] {
            assert_eq!(result[name], value, "{name} in {result}");
        }
        std::fs::remove_file(path).unwrap();
    }
    assert_eq!(mock.admin().miles().await.unwrap().registrations, 1);
    // It was processed once, so the operator is told once.
    let mails = told_operators(&mock).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    let (to, body) = &mails[0];
    assert_eq!(to, "operator@example.jp");
    for told in [
        "登録ファイル: rewards.csv",
        "処理レコード数: 2",
        "エラーレコード数: 1",
    ] {
        assert!(body.contains(told), "{body}");
    }

    // The lists are deleted at NetMile for good: the same command keeps what it listed before.
    let id = deleted_lists(&scratch, mock.url()).await;
    let path = scratch.path().join(format!("{file}.refused.csv"));
    let listed = std::fs::read(&path).unwrap();
    let ran = issue(&scratch, &arguments);
    assert_eq!(ran.exit, 1, "{id}: {}{}", ran.out, ran.err);
    assert!(ran.out.contains("an earlier run"), "{}", ran.out);
    assert_eq!(std::fs::read(&path).unwrap(), listed);
    let left = std::fs::read_dir(scratch.path()).unwrap();
    let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: Vec<_> = names.filter(|name| name.starts_with("rewards")).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    // Nothing was there: the file says by its header alone that nothing is left to list.
    std::fs::remove_file(&path).unwrap();
    let ran = issue(&scratch, &arguments);
    assert!(!ran.out.contains("an earlier run"), "{}", ran.out);
    assert_eq!(
        std::fs::read(&path).unwrap(),
        listed.split_inclusive(|b| *b == b'\n').next().unwrap()
    );

    let other = scratch.file("other.csv", "test1@netmile.co.jp,C1,101\r\n");
    let ran = issue(
        &scratch,
        &[&other, "--campaign", "46256", "--batch", "2026-11"],
    );
    assert!(ran.exit == 2 && ran.err.contains("conflict"), "{}", ran.err);
    let ran = issue(
        &scratch,
        &[
            &other,
            "--campaign",
            "46256",
            "--batch",
            "2026-12",
            "--json",
        ],
    );
    assert_eq!(ran.exit, 0, "{}", ran.out);
    // The file says what the run said.
    let mut said = ran.json();
    assert_eq!(
        (&said["state"], &said["result_file"]),
        (&json!("done"), &json!("other.csv.result.json"))
    );
    let kept = std::fs::read(scratch.path().join("other.csv.result.json")).unwrap();
    for only_said in ["command", "exit", "result_file"] {
        said.as_object_mut().unwrap().remove(only_said).unwrap();
    }
    assert_eq!(serde_json::from_slice::<Value>(&kept).unwrap(), said);
    // Nobody asked for a mail about this one.
    assert_eq!(told_operators(&mock).await.len(), 1);
    let against = scratch.file("against.csv", "test1@netmile.co.jp,C1,501\r\n");
    let ran = issue(
        &scratch,
        &[&against, "--campaign", "46256", "--batch", "2027-01"],
    );
    assert!(
        ran.exit == 2 && ran.err.contains("issue rule"),
        "{}",
        ran.err
    );
    let ran = issue(
        &scratch,
        &[&other, "--campaign", "99999", "--batch", "2027-02"],
    );
    assert_eq!(ran.exit, 2, "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_run_leaves_can_be_named() {
    let mock = mock_of_today().await;
    let scratch = Scratch::new();
    configure(&scratch, mock.url());
    let file = scratch.file("rewards.csv", "test1@netmile.co.jp,C1,100\r\n");
    let asked = [&file, "--campaign", "46256", "--batch", "2026-11"];
    for path in ["./rewards.csv", "rewards.csv.refused.csv", "f.csv"] {
        let named = ["--faults", "f.csv", "--result", path];
        let ran = issue(&scratch, &[&asked[..], &named].concat());
        assert!(ran.exit == 2 && ran.err.contains("--result"), "{}", ran.err);
    }
    assert_eq!(mock.admin().miles().await.unwrap().registrations, 0);
    let named = ["--result", "sums.json", "--lang", "ja"];
    let ran = issue(&scratch, &[&asked[..], &named].concat());
    assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
    let line = ran.out.lines().find(|line| line.contains("結果ファイル"));
    assert!(line.unwrap().ends_with("sums.json"), "{}", ran.out);
    assert!(!scratch.path().join("rewards.csv.result.json").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let kept = std::fs::metadata(scratch.path().join("sums.json")).unwrap();
        assert_eq!(kept.permissions().mode() & 0o077, 0);
    }
}

/// What a bar looks like, up to the time that is left.
#[cfg(unix)]
fn bar(what: &str, filled: usize, counted: &str) -> String {
    let tip = if filled == 0 || filled == 30 { "" } else { ">" };
    let done = "=".repeat(filled);
    format!("{what} [{:30}] {counted} ", format!("{done}{tip}"))
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_bar_on_a_terminal_shows_what_is_checked_and_what_is_issued() {
    let mock = mock_of_today().await;
    let scratch = Scratch::new();
    configure(&scratch, mock.url());
    let rows = (1..=3).map(|row| format!("test1@netmile.co.jp,C{row},100\r\n"));
    let file = scratch.file("rewards.csv", rows.collect::<String>());
    let run = |columns, arguments: &[&str]| {
        let asked = ["issue", &file, "--campaign", "46256", "--rows", "1"];
        let ran = Run::within(&scratch)
            .with("NETMILE_SITE_SECRET", SECRET)
            .on_terminal(columns, &[&asked[..], arguments].concat());
        assert_eq!(ran.exit, 0, "{}", ran.out);
        ran.out
    };
    for (lang, [checking, issuing, answer]) in [
        ("en", ["checking", "issuing", "Every row has"]),
        ("ja", ["検査しています", "発行しています", "すべての行"]),
    ] {
        let batch = format!("wide-{lang}");
        let written = run(80, &["--batch", &batch, "--lang", lang]);
        let seen = terminal::shown(80, &written);
        let expected = [
            bar(checking, 0, "0 B/84 B"),
            bar(checking, 30, "84 B/84 B"),
            bar(issuing, 0, "0/3"),
            bar(issuing, 10, "1/3"),
            bar(issuing, 20, "2/3"),
            bar(issuing, 30, "3/3"),
        ];
        let of_bar = |frame: &str| expected.iter().position(|bar| frame.starts_with(bar));
        let frames = seen.before.iter().filter(|frame| !frame.is_empty());
        let mut kinds: Vec<_> = frames.map(|frame| (of_bar(frame), frame)).collect();
        kinds.dedup_by_key(|(kind, _)| *kind);
        let found = kinds.iter().map(|(kind, _)| *kind);
        assert!(found.eq((0..expected.len()).map(Some)), "{kinds:#?}");
        // Nothing is left of it, nor on a narrow terminal that breaks its line.
        assert!(seen.end.starts_with(answer), "{}", seen.end);
        let batch = format!("narrow-{lang}");
        let written = run(40, &["--batch", &batch, "--lang", lang]);
        let seen = terminal::shown(40, &written);
        let drawn = |what| seen.before.iter().any(|frame| frame.starts_with(what));
        assert!(drawn(checking) && drawn(issuing), "{written:?}");
        assert!(seen.end.starts_with(answer), "{}", seen.end);
        assert!(!seen.end.contains('['), "{}", seen.end);
    }
    let silent = run(80, &["--batch", "silent", "--json"]);
    assert!(silent.starts_with('{'), "{silent}");
}
