use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::error::{ErrorKind, Result};
use crate::miles::file::{UploadKind, UploadRow, UploadRules, check_upload};
use crate::miles::{
    CodeCount, IssueSettings, Lists, Registration, RegistrationKind, RegistrationState,
};
use crate::money::Miles;
use crate::operation::Rejection;
use crate::reference::{Limits, Told};
use crate::time::Timestamp;

const LIMITS: Limits = Limits {
    sending: Duration::from_secs(90),
    asked: Duration::from_secs(86_400),
    skew: Duration::from_secs(120),
};

const START: Timestamp = Timestamp::from_unix(1_000_000);

/// What an event makes of an upload a minute after it was begun.
fn after(record: &ChunkRecord, event: &ChunkEvent) -> Result<ChunkRecord> {
    let at = START.plus_seconds(60);
    transition(record, event, at, LIMITS).map(|step| step.record)
}

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
    let mut record = ChunkRecord::new("8763", "B-1", &chunk(), START);
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
    let lost = ChunkEvent::Lost;
    let not_there = ChunkEvent::Reviewed(ChunkReview::NotThere);
    let all = ChunkPhase::ALL.map(Some);
    let table: [(ChunkEvent, [Option<ChunkPhase>; 5]); 13] = [
        (lost, all),
        (ChunkEvent::Looked, all),
        (
            ChunkEvent::NeverArrived,
            [
                Some(Refused),
                Some(Accepted),
                Some(Finished),
                Some(Refused),
                Some(NeedsReview),
            ],
        ),
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
            ChunkEvent::Counted(Box::new(open)),
            [
                None,
                Some(Accepted),
                Some(Finished),
                None,
                Some(NeedsReview),
            ],
        ),
        (
            ChunkEvent::Counted(Box::new(told())),
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
            let next = after(&record(phase), &event);
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
    let is = after(&record(ChunkPhase::Sending), &ChunkEvent::Lost).unwrap();
    let is = after(&is, &refused).unwrap();
    assert_eq!(
        (is.phase, is.is_doubtful, is.rejection.is_some()),
        (ChunkPhase::Sending, true, true)
    );
    let arrived = after(&is, &ChunkEvent::Accepted("R1".to_owned())).unwrap();
    assert_eq!(
        (arrived.phase, arrived.rejection),
        (ChunkPhase::Accepted, None)
    );
    let is = after(&is, &ChunkEvent::NeverArrived).unwrap();
    assert_eq!((is.phase, is.is_doubtful), (ChunkPhase::Refused, false));
    assert_eq!(is.rejection.unwrap().code, "api:bad_request");
}

#[test]
fn looks_at_an_upload_become_rarer_and_end_with_a_person_who_is_called_once() {
    for phase in [ChunkPhase::Sending, ChunkPhase::Accepted] {
        let mut is = record(phase);
        let mut at = is.due(START, LIMITS).unwrap();
        assert_eq!(at, START.plus_seconds(90), "who sent it would have heard");
        let (mut waits, mut told) = (Vec::new(), Vec::new());
        for _ in 0..100 {
            let step = transition(&is, &ChunkEvent::Looked, at, LIMITS).unwrap();
            told.extend(step.told);
            is = step.record;
            let Some(due) = step.due else { break };
            waits.push(due.as_unix() - at.as_unix());
            at = due;
        }
        assert_eq!(is.phase, ChunkPhase::NeedsReview);
        assert_eq!(is.cause, Some(ChunkCause::Unanswered));
        assert_eq!(told, [Told::NeedsReview]);
        assert!(waits.is_sorted() && waits.last() == Some(&3600));
        assert!(at.as_unix() - START.as_unix() <= 86_400 + 3600);

        // What NetMile says after all ends the review.
        let late = if phase == ChunkPhase::Sending {
            assert!(is.is_open() && is.registration_id.is_none());
            ChunkEvent::NeverArrived
        } else {
            ChunkEvent::Counted(Box::new(told_of(&is)))
        };
        let step = transition(&is, &late, at, LIMITS).unwrap();
        let expected = match phase {
            ChunkPhase::Sending => (ChunkPhase::Refused, Some(Told::Refused)),
            _ => (ChunkPhase::Finished, Some(Told::Done)),
        };
        assert_eq!((step.record.phase, step.told), expected);
        assert!(!step.record.is_open() && step.record.cause.is_none());
    }
}

/// What NetMile says of an upload in which nothing is wrong.
fn told_of(is: &ChunkRecord) -> Registration {
    assert_eq!((is.rows, is.miles.get()), (10, 1000));
    told()
}

#[test]
fn a_person_settles_an_upload_only_within_what_was_sent() {
    let counted = |refused, miles| {
        let verdict = ChunkReview::Counted {
            refused,
            miles_refused: Miles::new(miles),
        };
        after(
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
        let event = ChunkEvent::Counted(Box::new(registration));
        after(&record(ChunkPhase::Accepted), &event).unwrap().phase
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
fn every_row_that_was_sent_is_issued_refused_or_unknown() {
    use ChunkCause::{ListDiffers, Refused, SumsDiffer, TwoIds, Unanswered};
    let causes = [Unanswered, Refused, SumsDiffer, TwoIds, ListDiffers];
    let reviews = causes.map(|cause| (ChunkPhase::NeedsReview, Some(cause)));
    let phases = ChunkPhase::ALL.map(|phase| (phase, None));
    for (phase, cause) in phases.into_iter().chain(reviews) {
        // Counts that contradict themselves where they are not believed.
        let errors = if cause == Some(SumsDiffer) { 11 } else { 3 };
        let mut upload = record(phase);
        upload.cause = cause;
        if phase == ChunkPhase::Finished || matches!(cause, Some(SumsDiffer | ListDiffers)) {
            upload.refused = errors;
            upload.miles_issued = Miles::new(700);
            upload.miles_refused = Miles::new(300);
            upload.breakdown = vec![("41053".to_owned(), errors)];
        }
        let mut report = BatchReport::new(10, Miles::new(1000), 0);
        report.add(&upload);
        let rows = (report.issued, report.refused, report.unknown);
        let miles = [
            report.miles_issued,
            report.miles_refused,
            report.miles_unknown,
        ];
        let is_counted = phase == ChunkPhase::Finished || cause == Some(ListDiffers);
        let expected = match (phase, is_counted) {
            (ChunkPhase::Refused, _) => ((0, 0, 0), [0, 0, 0]),
            (_, true) => ((7, 3, 0), [700, 300, 0]),
            (_, false) => ((0, 0, 10), [0, 0, 1000]),
        };
        assert_eq!(
            (rows, miles.map(Miles::get)),
            expected,
            "{phase:?} {cause:?}"
        );
        assert_eq!(upload.is_counted(), is_counted);
        assert_eq!(report.uploads, u64::from(is_counted), "{phase:?} {cause:?}");
        assert_eq!(
            report.breakdown.values().sum::<u64>(),
            report.refused,
            "{phase:?} {cause:?}"
        );
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
            miles: Miles::MAX_ISSUE,
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

    /// Whatever happens in whatever order, an upload that is open is looked after, and a person is told once a try.
    #[test]
    fn no_order_of_events_leaves_an_upload_without_an_end(
        steps in prop::collection::vec((0..events().len(), 0..50_000_i64), 0..30),
    ) {
        let all = events();
        let mut is = record(ChunkPhase::Sending);
        let mut at = START;
        for (which, seconds) in steps {
            at = at.plus_seconds(seconds);
            let before = is.clone();
            let Ok(step) = transition(&is, &all[which], at, LIMITS) else { continue };
            is = step.record;
            let looked_after = matches!(is.phase, ChunkPhase::Sending | ChunkPhase::Accepted);
            prop_assert_eq!(step.due.is_some(), looked_after);
            prop_assert_eq!(is.phase == ChunkPhase::NeedsReview, is.cause.is_some());
            prop_assert_eq!(is.phase == ChunkPhase::Refused, is.rejection.is_some() && !is.is_doubtful && is.cause.is_none());
            prop_assert!(is.phase != ChunkPhase::Finished || is.miles_issued.get() + is.miles_refused.get() == is.miles.get());
            match step.told {
                Some(Told::NeedsReview) => prop_assert!(is.phase == ChunkPhase::NeedsReview && !before.is_called),
                Some(Told::Done) => prop_assert_eq!(is.phase, ChunkPhase::Finished),
                Some(Told::Refused) => prop_assert!(matches!(is.phase, ChunkPhase::Refused | ChunkPhase::Finished)),
                Some(Told::Decided) => prop_assert!(false, "nobody decides about an upload"),
                None => {}
            }
            let text = serde_json::to_string(&is).unwrap();
            prop_assert_eq!(&serde_json::from_str::<ChunkRecord>(&text).unwrap(), &is);
        }
    }
}

fn events() -> Vec<ChunkEvent> {
    let rejected = |table, code| ChunkEvent::Rejected(Rejection::of_table(table, code));
    let open = Registration {
        state: RegistrationState::Processing,
        ..told()
    };
    let other = Registration {
        records: 9,
        ..told()
    };
    vec![
        ChunkEvent::SendingAgain,
        ChunkEvent::Lost,
        ChunkEvent::NeverArrived,
        ChunkEvent::Looked,
        ChunkEvent::Accepted("R1".to_owned()),
        ChunkEvent::Accepted("R2".to_owned()),
        rejected("api", "bad_request"),
        rejected("api", "conflict"),
        rejected("file", "malformed"),
        ChunkEvent::Counted(Box::new(open)),
        ChunkEvent::Counted(Box::new(told())),
        ChunkEvent::Counted(Box::new(other)),
        ChunkEvent::ListDiffers,
        ChunkEvent::Reviewed(ChunkReview::NotThere),
        ChunkEvent::Reviewed(ChunkReview::Counted {
            refused: 3,
            miles_refused: Miles::new(300),
        }),
    ]
}
