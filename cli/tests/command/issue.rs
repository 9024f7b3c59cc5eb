//! `netmile issue`: files that are checked, issued, refused.

use crate::support::{Ran, Run, Scratch, is_japanese, mock_of_today};

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
    let arguments = [&file, "--campaign", "46256", "--batch", "2026-11"];
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
    }
    assert_eq!(mock.admin().miles().await.unwrap().registrations, 1);

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
    assert_eq!(names.len(), 2, "{names:?}");
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
    assert_eq!(ran.json()["state"], "done");
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
