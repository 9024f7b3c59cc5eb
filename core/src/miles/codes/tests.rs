use std::collections::BTreeSet;

use super::*;

#[test]
fn the_tables_have_ten_and_thirteen_rows_and_twenty_codes() {
    assert_eq!(rows(Table::Manual).len(), 10);
    assert_eq!(rows(Table::Automatic).len(), 13);
    let both: Vec<_> = Table::ALL.iter().flat_map(|t| rows(*t)).collect();
    let codes: BTreeSet<_> = both.iter().map(|row| row.code).collect();
    assert_eq!(codes.len(), 20);
    for table in Table::ALL {
        let ids: BTreeSet<_> = rows(table).iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), rows(table).len());
        assert!(
            rows(table)
                .windows(2)
                .all(|pair| pair[0].code != pair[1].code)
        );
        assert_eq!(Table::from_name(table.name()), Some(table));
    }
}

#[test]
fn three_codes_are_in_both_tables_with_different_wording() {
    let twice: Vec<_> = rows(Table::Manual)
        .iter()
        .filter_map(|row| Some((row, lookup(Table::Automatic, row.code)?)))
        .collect();
    let codes: Vec<_> = twice.iter().map(|(row, _)| row.code).collect();
    assert_eq!(codes, ["12006", "44038", "44039"]);
    for (manual, automatic) in twice {
        assert_ne!(manual.published, automatic.published);
        assert_eq!(find(manual.code).count(), 2);
    }
}

#[test]
fn every_row_is_complete_in_both_languages() {
    for row in Table::ALL.iter().flat_map(|t| rows(*t)) {
        assert!(row.code.len() == 5 && row.code.bytes().all(|b| b.is_ascii_digit()));
        assert!(row.published.ends_with('。'));
        for text in [row.meaning, row.remedy] {
            assert!(text.en.is_ascii() && text.en.ends_with('.'), "{}", row.code);
            assert!(text.ja.ends_with('。'), "{}", row.code);
        }
        assert_ne!(row.meaning.ja, row.published);
        for lang in [Lang::En, Lang::Ja] {
            assert!(row.text(lang).starts_with(row.code));
        }
    }
    for code in ["", "4403", "440380", "４４０３８", "99999"] {
        assert_eq!(find(code).count(), 0);
    }
}

#[test]
fn a_row_becomes_json() {
    let row = lookup(Table::Automatic, "13011").unwrap();
    let json = serde_json::to_value(row).unwrap();
    assert_eq!(json["table"], "automatic");
    assert_eq!(json["code"], "13011");
    assert_eq!(json["actor"], "merchant");
    assert_eq!(json["published"], "不正な加盟店IDが指定されました。");
}

#[test]
fn the_docs_show_the_catalogue() {
    for (file, lang) in [("mile-codes.md", Lang::En), ("mile-codes.ja.md", Lang::Ja)] {
        let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text == markdown(lang),
            "docs/{file} is not what `cargo run -p netmile --example codes_page -- … miles` prints"
        );
    }
}
