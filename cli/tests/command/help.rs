use crate::support::{Run, Scratch, is_japanese, netmile};

#[test]
fn the_help_teaches_in_both_languages() {
    for verb in [
        "explain-code",
        "explain-hash",
        "doctor",
        "inquire",
        "refund",
        "unresolved",
        "resolve",
        "reconcile",
        "issue",
        "uploads",
        "cancels",
        "notify",
        "clock",
    ] {
        let english = netmile(&[verb, "--help"]);
        assert_eq!((english.exit, english.err.as_str()), (0, ""), "{verb}");
        assert!(
            english.out.contains("Examples:") && !is_japanese(&english.out),
            "{verb}"
        );
        let japanese = netmile(&[verb, "--help", "--lang", "ja"]);
        assert_eq!(japanese.exit, 0, "{verb}");
        for part in ["使い方:", "例:", "オプション:"] {
            assert!(japanese.out.contains(part), "{verb}: {}", japanese.out);
        }
    }
    let top = netmile(&["--help"]);
    for code in [
        "0  done",
        "1  done",
        "2  wrong usage",
        "3  something",
        "4  sent",
    ] {
        assert!(top.out.contains(code), "{}", top.out);
    }
    assert!(netmile(&["--version"]).out.starts_with("netmile "));
}

#[test]
fn wrong_usage_ends_with_2() {
    for arguments in [
        &[][..],
        &["explain"],
        &["clock", "rewind"],
        &["explain-code", "--table", "card", "5101"],
        &["explain-code", "--lang", "fr", "5101"],
        &["notify"],
        &["inquire"],
        &["refund", "P-1", "--part", "a"],
        &["refund", "P-1", "--amount", "100"],
        &["refund", "P-1", "--part", "a", "--amount", "-1"],
        &["unresolved", "--limit", "0"],
        &["reconcile", "file.csv"],
        &["reconcile", "file.csv", "--month", "202613"],
        &["doctor", "--hash-key", "abc"],
        &["uploads", "--review", "1", "--not-there"],
        &["uploads", "--batch", "B", "--review", "1"],
        &["uploads", "--batch", "B", "--review", "0", "--not-there"],
        &["uploads", "--batch", "B", "--review", "1", "--refused", "1"],
        &["uploads", "--batch", "B", "--not-there"],
        &["cancels", "--review", "--not-there"],
        &["cancels", "C-1", "--review"],
        &["cancels", "C-1", "--not-there"],
        &["cancels", "C-1", "--approved", "I1"],
        &[
            "cancels",
            "C-1",
            "--review",
            "--not-there",
            "--approved",
            "I1",
        ],
        &["cancels", "C-1", "--review", "--cancellation-id", "C1"],
    ] {
        let ran = netmile(arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn a_configuration_that_is_wrong_names_its_line() {
    let scratch = Scratch::new();
    scratch.file(
        "netmile.toml",
        "merchant_id = \"99999\"\nservice = \"001\"\n",
    );
    let ran = Run::within(&scratch).netmile(&["doctor"]);
    assert_eq!(ran.exit, 2);
    assert!(
        ran.err.contains("line 2") && ran.err.contains("service"),
        "{}",
        ran.err
    );
}
