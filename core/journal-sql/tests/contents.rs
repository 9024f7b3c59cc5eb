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
use netmile::engine::journal::{Advanced, KeptEvidence};
use netmile_journal_sql::{MAX_EVIDENCE_BYTES, SqlJournal};
use support::{NOW, Place, change, intent, on_both};

on_both!(
    what_was_written_is_there_after_opening_again,
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
