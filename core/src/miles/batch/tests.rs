use proptest::prelude::*;

use super::*;
use crate::error::ErrorKind;
use crate::miles::file::{UploadKind, UploadRow, UploadRules, check_upload};
use crate::miles::{
    CodeCount, IssueSettings, Lists, Registration, RegistrationKind, RegistrationState,
};
use crate::money::Miles;
use crate::operation::Rejection;
use crate::time::Timestamp;

fn request() -> BatchRequest {
    BatchRequest::new("B-1", "46255", UploadKind::Mail)
}

fn chunk() -> Chunk {
    Chunk {
        first_row: 11,
        rows: 10,
        miles: Miles::new(1000),
        sha256: "00".to_owned(),
        csv: Vec::new(),
    }
}

fn record(phase: ChunkPhase) -> ChunkRecord {
    let mut record = ChunkRecord::new("8763", "B-1", &chunk());
    record.phase = phase;
    if !matches!(phase, ChunkPhase::Sending | ChunkPhase::Refused) {
        record.registration_id = Some("R1".to_owned());
    }
    record
}

fn told() -> Registration {
    Registration {
        registration_id: "R1".to_owned(),
        kind: RegistrationKind::Csv,
        campaign_id: "46255".to_owned(),
        campaign_name: String::new(),
        method: "mail".to_owned(),
        file_name: None,
        batch_id: Some("B-1".to_owned()),
        first_row: Some(11),
        accepted_at: Timestamp::from_unix(0),
        finished_at: None,
        state: RegistrationState::Finished,
        records: 10,
        errors: 3,
        miles_issued: Miles::new(700),
        miles_refused: Miles::new(300),
        breakdown: vec![
            CodeCount {
                code: "41053".to_owned(),
                count: 2,
            },
            CodeCount {
                code: "44038".to_owned(),
                count: 1,
            },
        ],
        settings: IssueSettings::default(),
        lists: Lists::Available,
    }
}

#[test]
fn every_phase_and_event_has_its_entry() {
    use ChunkPhase::{Accepted, Finished, NeedsReview, Refused, Sending};
    let accepted = |id: &str| ChunkEvent::Accepted(id.to_owned());
    let rejected = |table, code| ChunkEvent::Rejected(Rejection::of_table(table, code));
    let open = Registration {
        state: RegistrationState::Processing,
        ..told()
    };
    // In the order of `ChunkPhase::ALL`.
    let lost = ChunkEvent::Lost(Timestamp::from_unix(1));
    let not_there = ChunkEvent::Reviewed(ChunkReview::NotThere);
    let all = ChunkPhase::ALL.map(Some);
    let table: [(ChunkEvent, [Option<ChunkPhase>; 5]); 12] = [
        (lost, all),
        (ChunkEvent::NeverArrived, all),
        (not_there, [None, None, None, None, Some(Sending)]),
        (
            ChunkEvent::SendingAgain,
            [Some(Sending), None, None, Some(Sending), None],
        ),
        (
            accepted("R1"),
            [
                Some(Accepted),
                Some(Accepted),
                Some(Finished),
                Some(Accepted),
                Some(NeedsReview),
            ],
        ),
        (
            accepted("R2"),
            [
                Some(Accepted),
                Some(NeedsReview),
                Some(Finished),
                Some(Accepted),
                Some(NeedsReview),
            ],
        ),
        (
            rejected("api", "bad_request"),
            [
                Some(Refused),
                Some(Accepted),
                Some(Finished),
                Some(Refused),
                Some(NeedsReview),
            ],
        ),
        (
            rejected("api", "conflict"),
            [
                Some(NeedsReview),
                Some(Accepted),
                Some(Finished),
                Some(Refused),
                Some(NeedsReview),
            ],
        ),
        (
            rejected("file", "malformed"),
            [
                Some(NeedsReview),
                Some(Accepted),
                Some(Finished),
                Some(Refused),
                Some(NeedsReview),
            ],
        ),
        (
            ChunkEvent::Counted(open),
            [
                None,
                Some(Accepted),
                Some(Finished),
                None,
                Some(NeedsReview),
            ],
        ),
        (
            ChunkEvent::Counted(told()),
            [
                None,
                Some(Finished),
                Some(Finished),
                None,
                Some(NeedsReview),
            ],
        ),
        (
            ChunkEvent::ListDiffers,
            [None, None, Some(NeedsReview), None, Some(NeedsReview)],
        ),
    ];
    for (event, expected) in table {
        for (phase, expected) in ChunkPhase::ALL.into_iter().zip(expected) {
            let next = transition(&record(phase), &event);
            match expected {
                Some(expected) => assert_eq!(next.unwrap().phase, expected, "{phase:?} {event:?}"),
                None => assert_eq!(
                    next.unwrap_err().kind(),
                    ErrorKind::InvalidState,
                    "{phase:?} {event:?}"
                ),
            }
        }
    }
}

#[test]
fn a_refusal_proves_nothing_while_an_earlier_send_may_arrive() {
    let refused = ChunkEvent::Rejected(Rejection::of_table("api", "bad_request"));
    let lost = ChunkEvent::Lost(Timestamp::from_unix(7));
    let is = transition(&record(ChunkPhase::Sending), &lost).unwrap();
    let is = transition(&is, &refused).unwrap();
    assert_eq!(
        (is.phase, is.doubtful_since, is.rejection.is_some()),
        (ChunkPhase::Sending, Some(Timestamp::from_unix(7)), true)
    );
    let arrived = transition(&is, &ChunkEvent::Accepted("R1".to_owned())).unwrap();
    assert_eq!(
        (arrived.phase, arrived.rejection),
        (ChunkPhase::Accepted, None)
    );
    let is = transition(&is, &ChunkEvent::NeverArrived).unwrap();
    assert_eq!((is.phase, is.doubtful_since), (ChunkPhase::Refused, None));
}

#[test]
fn a_person_settles_an_upload_only_within_what_was_sent() {
    let counted = |refused, miles| {
        let verdict = ChunkReview::Counted {
            refused,
            miles_refused: Miles::new(miles),
        };
        transition(
            &record(ChunkPhase::NeedsReview),
            &ChunkEvent::Reviewed(verdict),
        )
    };
    let is = counted(3, 300).unwrap();
    assert_eq!(
        (is.phase, is.miles_issued.get(), is.is_reviewed),
        (ChunkPhase::Finished, 700, true)
    );
    assert_eq!(counted(11, 0).unwrap_err().field_name(), Some("refused"));
    assert_eq!(
        counted(0, 1001).unwrap_err().field_name(),
        Some("miles_refused")
    );
}

#[test]
fn sums_that_differ_need_a_person() {
    let finished = |change: fn(&mut Registration)| {
        let mut registration = told();
        change(&mut registration);
        let event = ChunkEvent::Counted(registration);
        transition(&record(ChunkPhase::Accepted), &event)
            .unwrap()
            .phase
    };
    assert_eq!(finished(|_| {}), ChunkPhase::Finished);
    let changes: [fn(&mut Registration); 8] = [
        |r| r.records = 9,
        |r| r.errors = 2,
        |r| r.miles_issued = Miles::new(699),
        |r| r.miles_refused = Miles::new(u64::MAX),
        |r| r.breakdown.clear(),
        |r| r.batch_id = None,
        |r| r.batch_id = Some("B-2".to_owned()),
        |r| r.first_row = Some(1),
    ];
    for change in changes {
        assert_eq!(finished(change), ChunkPhase::NeedsReview);
    }
}

#[test]
fn a_batch_goes_on_only_with_the_same_file_and_settings() {
    let plan = |file: &str| Plan {
        file_sha256: file.to_owned(),
        plan_sha256: "p".to_owned(),
        rows: 1,
        miles: Miles::new(1),
        left_out: 0,
    };
    let begun = BatchRecord::new("8763", &request(), plan("a"));
    assert!(
        begun
            .same_as(&BatchRecord::new("8763", &request(), plan("a")))
            .is_ok()
    );
    let field = |other: BatchRecord| {
        begun
            .same_as(&other)
            .unwrap_err()
            .field_name()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        field(BatchRecord::new("8763", &request(), plan("b"))),
        "file"
    );
    let other = request().with_rows_per_upload(9);
    assert_eq!(
        field(BatchRecord::new("8763", &other, plan("a"))),
        "settings"
    );
    let json = serde_json::to_string(&begun).unwrap();
    assert_eq!(serde_json::from_str::<BatchRecord>(&json).unwrap(), begun);
}

#[test]
fn every_value_of_a_request_is_checked() {
    let field = |request: BatchRequest| {
        request
            .check()
            .unwrap_err()
            .field_name()
            .unwrap()
            .to_owned()
    };
    for id in ["", "a b", "日本", "a:b", &"x".repeat(41)] {
        assert_eq!(
            field(BatchRequest::new(id, "1", UploadKind::Mail)),
            "batch_id"
        );
    }
    assert_eq!(
        field(BatchRequest::new("B", "1/2", UploadKind::Mail)),
        "campaign_id"
    );
    assert_eq!(
        field(BatchRequest::new("B", "1", UploadKind::Exchange)),
        "kind"
    );
    for name in ["", "a\nb", &"x".repeat(256)] {
        assert_eq!(field(request().with_file_name(name)), "file_name");
    }
    for rows in [0, 10_001] {
        assert_eq!(
            field(request().with_rows_per_upload(rows)),
            "rows_per_upload"
        );
    }
    let mobile = BatchRequest::new("B", "1", UploadKind::MobileMail);
    let text = crate::miles::IssueSettings::default().with_inserted_text("x");
    assert!(mobile.check().is_ok());
    assert_eq!(field(mobile.with_settings(text)), "inserted_text");
}

#[test]
fn long_rows_fill_an_upload_by_its_bytes() {
    let key = "k".repeat(255);
    let mail = format!(
        "{}@{}.{}.{}.jp",
        "a".repeat(64),
        "b".repeat(63),
        "c".repeat(63),
        "d".repeat(60)
    );
    let mut cutter = Cutter::new(&request());
    let mut chunks = Vec::new();
    for number in 1..=4000 {
        let row = UploadRow {
            line: number,
            number,
            user: &mail,
            key: &key,
            miles: Miles::new(9_999_999_999),
        };
        chunks.extend(cutter.push(&row).unwrap());
    }
    chunks.extend(cutter.finish());
    assert!(chunks.len() > 2);
    assert!(
        chunks
            .iter()
            .all(|chunk| chunk.csv.len() <= MAX_UPLOAD_BYTES)
    );
    assert_eq!(chunks.iter().map(|chunk| chunk.rows).sum::<u64>(), 4000);
}

proptest! {
    #[test]
    fn chunks_hold_every_row_once_and_are_uploads_by_themselves(
        miles in prop::collection::vec(1..1000u64, 0..60),
        size in 1..20u64,
    ) {
        let request = request().with_rows_per_upload(size);
        let cut = || {
            let mut cutter = Cutter::new(&request);
            let mut chunks = Vec::new();
            for (at, miles) in miles.iter().enumerate() {
                let user = format!("u{at}@example.jp");
                let row = UploadRow { line: 1, number: 1, user: &user, key: "C1", miles: Miles::new(*miles) };
                chunks.extend(cutter.push(&row).unwrap());
            }
            chunks.extend(cutter.finish());
            chunks
        };
        let chunks = cut();
        prop_assert_eq!(&cut(), &chunks);
        let mut next = 1;
        for chunk in &chunks {
            prop_assert_eq!(chunk.first_row, next);
            prop_assert!(chunk.rows >= 1 && chunk.rows <= size);
            next += chunk.rows;
            let (end, faults) = check_upload(UploadRules::new(UploadKind::Mail), &chunk.csv);
            prop_assert!(faults.is_empty() && end.has_header);
            prop_assert_eq!((end.rows, end.miles), (chunk.rows, chunk.miles));
        }
        prop_assert_eq!(next - 1, miles.len() as u64);
        prop_assert_eq!(chunks.iter().map(|c| c.miles.get()).sum::<u64>(), miles.iter().sum::<u64>());
    }
}
