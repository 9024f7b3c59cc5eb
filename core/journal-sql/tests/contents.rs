//! What a journal holds is what was put into it, whatever the database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use netmile::ErrorKind;
use netmile::engine::Journal;
use netmile::engine::journal::{
    Advanced, Change, Intent, KeptEvidence, NewEvent, Opened, Query, Row,
};
use netmile_journal_sql::{MAX_EVIDENCE_BYTES, SqlJournal};
use support::{NOW, Place, change, intent, on_both, plain};

on_both!(
    what_was_written_is_there_after_opening_again,
    text_is_kept_whole_in_every_place,
    rows_come_in_the_order_of_their_bytes,
    evidence_has_a_largest_size,
    the_number_of_an_event_is_never_used_again,
);

async fn what_was_written_is_there_after_opening_again(place: &Place) {
    let url = &place.url;
    let journal = SqlJournal::connect(url).await.unwrap();
    assert_eq!(format!("{journal:?}"), "SqlJournal { .. }", "no URL");
    journal.open(intent("a")).await.unwrap();
    journal.advance("a", 1, change(1), Some("s")).await.unwrap();
    journal.close().await.unwrap();

    let journal = SqlJournal::connect(url).await.unwrap();
    assert_eq!(journal.get("a").await.unwrap().unwrap().version, 2);
    let again = journal.advance("a", 2, change(2), Some("s")).await.unwrap();
    assert_eq!(again, Advanced::SeenBefore);
    let told = journal.events(NOW, NOW, 10).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].body, "1");
}

async fn text_is_kept_whole_in_every_place(place: &Place) {
    let journal = SqlJournal::connect(&place.url).await.unwrap();
    let odd = |name: &str| format!("\0{name}\0😀髙①～\u{10ffff}'\"\\;--\r\n\0");
    let first = Intent {
        id: odd("id"),
        kind: odd("kind"),
        phase: odd("phase"),
        body: odd("body"),
        keys: vec![odd("key")],
        due: Some(NOW),
        now: NOW,
    };
    let Opened::New(row) = journal.open(first).await.unwrap() else {
        panic!("a fresh journal has the row already");
    };
    assert_eq!(journal.get(&row.id).await.unwrap(), Some(row.clone()));
    assert_eq!(journal.find(&odd("key")).await.unwrap(), Some(row.clone()));
    assert_eq!(journal.find("").await.unwrap(), None, "not cut at NUL");
    let listed = Query {
        kind: odd("kind"),
        phases: vec![odd("phase"), odd("phase")],
        after: None,
        limit: 10,
    };
    assert_eq!(journal.list(listed).await.unwrap(), vec![row.clone()]);
    let next = Change {
        body: odd("next"),
        events: vec![NewEvent {
            kind: odd("event"),
            body: odd("fact"),
        }],
        ..plain("paid")
    };
    let seen = odd("seen");
    let advanced = journal.advance(&row.id, 1, next, Some(&seen)).await;
    let Advanced::Applied(row) = advanced.unwrap() else {
        panic!("not applied");
    };
    assert_eq!(row.body, odd("next"));
    assert_eq!(journal.get(&row.id).await.unwrap(), Some(row.clone()));
    let told = journal.events(NOW, NOW, 10).await.unwrap();
    assert_eq!((&told[0].row, &told[0].kind), (&row.id, &odd("event")));
    assert_eq!(told[0].body, odd("fact"));
    let shorter = seen.trim_end_matches('\0');
    let other = journal
        .advance(&row.id, 2, plain("x"), Some(shorter))
        .await
        .unwrap();
    assert!(matches!(other, Advanced::Applied(_)), "another key");
}

async fn rows_come_in_the_order_of_their_bytes(place: &Place) {
    let journal = SqlJournal::connect(&place.url).await.unwrap();
    let ids = [
        "", "\0", "10", "9", "B", "a", "a\0", "a\0b", "a\u{1}", "ab", "é", "～", "😀",
    ];
    for id in ids.iter().rev() {
        journal.open(intent(id)).await.unwrap();
    }
    for phases in [vec![], vec!["open".to_owned(), "none".to_owned()]] {
        let mut after: Option<String> = None;
        let mut got: Vec<Row> = Vec::new();
        for _ in 0..=ids.len() {
            let query = Query {
                kind: "purchase".to_owned(),
                phases: phases.clone(),
                after: after.clone(),
                limit: 2,
            };
            let page = journal.list(query).await.unwrap();
            assert!(page.len() <= 2);
            after = page.last().map(|row| row.id.clone()).or(after);
            got.extend(page);
        }
        let got: Vec<_> = got.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(got, ids);
    }
}

async fn evidence_has_a_largest_size(place: &Place) {
    let journal = SqlJournal::connect(&place.url).await.unwrap();
    let kept = |size| KeptEvidence {
        digest: "d".to_owned(),
        code: "expired".to_owned(),
        bytes: vec![7; size],
        at: NOW,
    };
    let error = journal
        .keep(kept(MAX_EVIDENCE_BYTES + 1))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.field_name(), Some("bytes"));
    assert!(journal.evidence(10).await.unwrap().is_empty());
    journal.keep(kept(MAX_EVIDENCE_BYTES)).await.unwrap();
    assert_eq!(journal.evidence(10).await.unwrap().len(), 1);
}

async fn the_number_of_an_event_is_never_used_again(place: &Place) {
    let journal = SqlJournal::connect(&place.url).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    let mut last = 0;
    for version in 1..5 {
        journal
            .advance("a", version, change(version), None)
            .await
            .unwrap();
        let told = journal.events(NOW, NOW, 10).await.unwrap();
        assert_eq!(told.len(), 1);
        assert!(told[0].id > last);
        last = told[0].id;
        assert!(journal.ack(last).await.unwrap());
    }
}
