//! Miles of a file: what is believed, what a run says, and what becomes of an upload whose run is gone.

use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use netmile::client::BatchFiles;
use netmile::miles::batch::{
    BatchPhase, BatchReport, BatchRequest, BatchState, ChunkCause, ChunkPhase,
};
use netmile::miles::file::UploadKind;
use netmile::operation::Rejection;
use netmile::purchase::{FactKind, Subject};
use serde_json::{Value, json};

use super::support::*;

const FILE: &[u8] = b"a@example.jp,K1,100\r\nb@example.jp,K2,200\r\n";

fn batch() -> BatchRequest {
    BatchRequest::new("B-1", "46255", UploadKind::Mail)
}

/// A run over the file: its report, and the file of refused rows.
async fn run(house: &House, request: &BatchRequest) -> netmile::Result<(BatchReport, String)> {
    let (report, refused, _) = run_to(house, request).await?;
    Ok((report, refused))
}

/// As `run`, with the rows that its progress had as finished at the end.
async fn run_to(
    house: &House,
    request: &BatchRequest,
) -> netmile::Result<(BatchReport, String, u64)> {
    let mut finished = 0;
    let (mut faults, mut refused) = (Vec::new(), Vec::new());
    let files = BatchFiles {
        faults: &mut faults,
        refused: &mut refused,
        lang: netmile::Lang::En,
    };
    let source = FILE.to_vec();
    let miles = house.client.miles();
    let report = miles
        .issue_file(request, &source, files, &mut |told| {
            finished = told.finished;
        })
        .await?;
    Ok((report, String::from_utf8(refused).unwrap(), finished))
}

async fn polled<F: Future>(mut future: Pin<&mut F>) -> Poll<F::Output> {
    std::future::poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await
}

fn ok(mut body: Value) -> Answer {
    body["result"] = "ok".into();
    answer(200, &body)
}

fn accepted(first_row: u64) -> Answer {
    ok(json!({
        "tran_id": format!("B-1:{first_row}"),
        "registration_id": format!("R{first_row}"),
        "state": "accepted",
    }))
}

/// A registration in which every row was issued.
fn registration(first_row: u64, rows: u64, miles: u64) -> Value {
    json!({
        "registration_id": format!("R{first_row}"),
        "kind": "csv",
        "campaign_id": "46255",
        "campaign_name": "秋のキャンペーン",
        "method": "mail",
        "file_name": "upload.csv",
        "batch_id": "B-1",
        "first_row": first_row,
        "accepted_at": "2026-11-22T12:00:00+09:00",
        "finished_at": "2026-11-22T12:00:01+09:00",
        "state": "finished",
        "records": rows,
        "errors": 0,
        "miles_issued": miles,
        "miles_refused": 0,
        "breakdown": [],
        "deposit": { "kind": "campaign" },
        "lists": "available",
    })
}

fn finished() -> Answer {
    ok(registration(1, 2, 300))
}

/// Its rows are not processed yet.
fn processing() -> Answer {
    let mut is = registration(1, 2, 0);
    is["finished_at"] = Value::Null;
    is["state"] = "processing".into();
    is["lists"] = "none".into();
    ok(is)
}

/// The second row was refused.
fn one_refused() -> Value {
    let mut is = registration(1, 2, 100);
    is["errors"] = 1.into();
    is["miles_refused"] = 200.into();
    is["breakdown"] = json!([{ "code": "41053", "count": 1 }]);
    is
}

fn error_list(rows: &str) -> Answer {
    let text = format!(
        "メールアドレス・ユーザーID,指定キー,マイル発行数,パスワード,氏名(氏),氏名(名),エラー\r\n{rows}"
    );
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&text);
    raw(200, bytes.into_owned())
}

const REFUSED_ROW: &str = "b@example.jp,K2,200,,,,41053\r\n";

fn missing() -> Answer {
    ok(json!({ "tran_id": "B-1:1", "found": false }))
}

fn found(registration: &Value) -> Answer {
    ok(json!({ "tran_id": "B-1:1", "found": true, "registration": registration }))
}

fn posts(house: &House) -> usize {
    let calls = house.calls();
    calls.iter().filter(|c| c.starts_with("POST")).count()
}

/// Nothing but what comes from now on is answered.
fn forget(house: &House) {
    house.net.answers.lock().unwrap().clear();
}

#[tokio::test]
async fn an_upload_that_is_processed_is_waited_for() {
    let house = House::answering([accepted(1), processing(), processing(), finished()]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 2));
    assert_eq!(report.miles_issued.get(), 300);
    let look = "GET registrations/R1";
    assert_eq!(
        house.calls(),
        ["POST registrations/files", look, look, look]
    );
}

#[tokio::test]
async fn a_run_gives_up_waiting_and_the_next_one_goes_on() {
    let house = House::answering([accepted(1)]);
    house.script((0..180).map(|_| processing()));
    // Nobody looks a 181st time.
    house.script([finished()]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!(report.state, BatchState::Waiting);
    assert_eq!((report.issued, report.refused, report.unknown), (0, 0, 2));
    assert_eq!(report.miles_unknown.get(), 300);
    assert_eq!(house.calls().len(), 1 + 180);
    let miles = house.client.miles();
    let uploads = miles.uploads("B-1", 1, 1).await.unwrap();
    assert_eq!(uploads[0].phase, ChunkPhase::Accepted);
    assert_eq!(miles.batch("B-1").await.unwrap().phase, BatchPhase::Running);

    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 2));
    assert_eq!(posts(&house), 1);
}

#[tokio::test]
async fn an_upload_whose_run_is_gone_is_found_by_the_resolver() {
    let house = House::answering([accepted(1)]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.unknown), (BatchState::Waiting, 2));
    let miles = house.client.miles();
    let open = miles.unresolved_uploads(None, 10).await.unwrap();
    assert_eq!((open.len(), open[0].phase), (1, ChunkPhase::Accepted));
    assert!(
        miles
            .unresolved_uploads(Some(&open[0]), 10)
            .await
            .unwrap()
            .is_empty()
    );

    // A run that lives would hear by itself.
    assert!(house.client.resolve().await.unwrap().uploads.is_empty());
    house.clock.advance(90);
    house.script([finished()]);
    let resolved = house.client.resolve().await.unwrap();
    assert_eq!(resolved.uploads[0].phase, ChunkPhase::Finished);
    assert_eq!(resolved.uploads[0].miles_issued.get(), 300);
    let told = house.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].fact.kind, FactKind::MilesIssued);
    assert_eq!(told[0].fact.subject, Subject::Upload);
    assert_eq!(told[0].fact.purchase_id, "B-1:1");
    assert_eq!(told[0].fact.contract.merchant_id, "8763");
    assert!(miles.unresolved_uploads(None, 10).await.unwrap().is_empty());
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 2));
    assert_eq!(posts(&house), 1);
}

#[tokio::test]
async fn an_upload_that_nobody_answers_for_goes_to_a_person() {
    let house = House::answering([lost()]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.unknown), (BatchState::Waiting, 2));
    let miles = house.client.miles();
    let phase = async || miles.uploads("B-1", 1, 1).await.unwrap()[0].phase;
    let mut looks = 0;
    while phase().await != ChunkPhase::NeedsReview {
        house.clock.advance(3600);
        looks += house.client.resolve().await.unwrap().uploads.len();
        assert!(looks < 30 && house.clock_passed() < 100 * 3600);
    }
    assert_eq!((house.clock_passed() / 3600, looks), (25, 25));
    assert_eq!(house.told_kinds().await, [FactKind::NeedsReview]);
    let open = miles.unresolved_uploads(None, 10).await.unwrap();
    assert_eq!(open[0].cause, Some(ChunkCause::Unanswered));

    // The person is called once, and late evidence ends the review.
    house.client.recover().await.unwrap();
    forget(&house);
    house.script([found(&registration(1, 2, 300)), finished()]);
    let recovered = house.client.recover().await.unwrap();
    assert_eq!(recovered.uploads[0].phase, ChunkPhase::Finished);
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!(report.state, BatchState::Done);
}

#[tokio::test]
async fn a_run_goes_on_with_an_upload_that_a_person_was_called_for() {
    let house = House::answering([accepted(1)]);
    let _ = run(&house, &batch()).await.unwrap();
    house.clock.advance(100_000);
    let upload = house.client.miles().resolve_upload("B-1", 1).await.unwrap();
    assert_eq!(upload.phase, ChunkPhase::NeedsReview);
    let (report, _, settled) = run_to(&house, &batch()).await.unwrap();
    assert_eq!(report.state, BatchState::NeedsReview);
    assert_eq!((report.issued, report.unknown), (0, 2));
    assert_eq!(report.miles_unknown.get(), 300);
    assert_eq!((report.uploads, settled), (0, 0));
    forget(&house);
    house.script([finished()]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 2));
}

#[tokio::test]
async fn what_never_arrived_is_refused_and_sent_by_the_next_run() {
    let house = House::answering([lost()]);
    let _ = run(&house, &batch()).await.unwrap();
    let miles = house.client.miles();
    house.clock.advance(CLOSED - 1);
    house.script([missing()]);
    let upload = miles.resolve_upload("B-1", 1).await.unwrap();
    assert_eq!(upload.phase, ChunkPhase::Sending, "it may still arrive");
    house.clock.advance(1);
    house.script([missing()]);
    let upload = miles.resolve_upload("B-1", 1).await.unwrap();
    assert_eq!(upload.phase, ChunkPhase::Refused);
    assert_eq!(upload.rejection.unwrap().code, "client:never_arrived");
    assert_eq!(house.told_kinds().await, [FactKind::MilesRefused]);
    assert_eq!(posts(&house), 1, "only a run has the rows");

    house.script([accepted(1), finished()]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.rejection), (BatchState::Done, None));
    assert_eq!(posts(&house), 2);
}

#[tokio::test]
async fn a_resolver_and_a_run_that_slept_do_not_harm_one_another() {
    let house = House::new();
    let request = batch();
    house.net.hang();
    let mut sleeping = std::pin::pin!(run(&house, &request));
    assert!(polled(sleeping.as_mut()).await.is_pending());
    assert_eq!(posts(&house), 1);

    let other = House::over(Arc::clone(&house.journal));
    // Another process may be sending it right now.
    other.clock.advance(89);
    assert!(other.client.resolve().await.unwrap().uploads.is_empty());
    other.clock.advance(1);
    other.script([missing()]);
    let resolved = other.client.resolve().await.unwrap();
    assert_eq!(resolved.uploads[0].phase, ChunkPhase::Sending);
    other.clock.advance(CLOSED);
    other.script([missing()]);
    let resolved = other.client.resolve().await.unwrap();
    assert_eq!(resolved.uploads[0].phase, ChunkPhase::Refused);

    // It arrived after all: what NetMile says is true, whatever was written meanwhile.
    house.script([accepted(1), finished()]);
    house.net.release();
    let (report, _) = sleeping.await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 2));
    assert_eq!(posts(&house) + posts(&other), 1);
}

#[tokio::test]
async fn a_late_refusal_at_the_door_says_nothing_of_somebody_elses_upload() {
    let (house, request) = (House::new(), batch());
    house.net.hang();
    let mut first = std::pin::pin!(run(&house, &request));
    assert!(polled(first.as_mut()).await.is_pending());
    let other = House::over(Arc::clone(&house.journal));
    other.clock.advance(CLOSED);
    other.script([missing()]);
    let upload = other.client.miles().resolve_upload("B-1", 1).await.unwrap();
    assert_eq!(upload.phase, ChunkPhase::Refused);
    other.net.hang();
    let mut second = std::pin::pin!(run(&other, &request));
    assert!(polled(second.as_mut()).await.is_pending());
    assert_eq!(posts(&other), 1);

    house.script([refusal(400, "api", "bad_request")]);
    house.net.release();
    let (report, _) = first.await.unwrap();
    assert_eq!((report.state, report.unknown), (BatchState::Waiting, 2));
    let uploads = other.client.miles().uploads("B-1", 1, 1).await.unwrap();
    assert_eq!(uploads[0].phase, ChunkPhase::Sending);

    other.script([accepted(1), finished()]);
    other.net.release();
    let (report, _) = second.await.unwrap();
    assert_eq!(report.state, BatchState::Done);
}

#[tokio::test]
async fn an_answer_about_another_upload_is_not_believed() {
    // Neither to an upload …
    let other = json!({ "tran_id": "B-1:3", "registration_id": "R9", "state": "accepted" });
    let nameless = json!({ "registration_id": "R9", "state": "accepted" });
    for odd in [other, nameless] {
        let house = House::answering([ok(odd), found(&registration(1, 2, 300)), finished()]);
        let (report, _) = run(&house, &batch()).await.unwrap();
        assert_eq!(report.state, BatchState::Done);
        assert!(house.calls()[1].starts_with("GET registrations?tran_id=B-1%3A1"));
        let upload = house.client.miles().resolve_upload("B-1", 1).await.unwrap();
        assert_eq!(upload.registration_id.as_deref(), Some("R1"));
    }
    // … nor to the inquiry about it.
    let mut of_another_batch = registration(1, 2, 300);
    of_another_batch["batch_id"] = "B-2".into();
    let mut of_no_batch = registration(1, 2, 300);
    of_no_batch["batch_id"] = Value::Null;
    for odd in [of_another_batch, of_no_batch, registration(2, 2, 300)] {
        let house = House::answering([lost()]);
        house.script((0..100).map(|_| found(&odd)));
        let (report, _) = run(&house, &batch()).await.unwrap();
        assert_eq!((report.state, report.unknown), (BatchState::Waiting, 2));
        assert_eq!(posts(&house), 1);
    }
}

#[tokio::test]
async fn a_file_that_was_refused_whole_is_found_and_goes_to_a_person() {
    let refused = json!({
        "tran_id": "B-1:1", "found": true, "refused": { "table": "file", "code": "malformed" },
    });
    let house = House::answering([lost(), ok(refused)]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!(report.state, BatchState::NeedsReview);
    assert_eq!(
        report.rejection,
        Some(Rejection::of_table("file", "malformed"))
    );
    assert_eq!(posts(&house), 1, "it would be refused again");
    assert_eq!(house.told_kinds().await, [FactKind::NeedsReview]);
}

// Finding 3.
#[tokio::test]
async fn a_damaged_error_list_is_fetched_again_and_leaves_no_half_rows() {
    let house = House::answering([accepted(1), ok(one_refused())]);
    // Cut in a row, cut between rows, then whole.
    house.script([
        error_list("b@example.jp,K2,200,,"),
        error_list(""),
        error_list(REFUSED_ROW),
    ]);
    let (report, refused) = run(&house, &batch()).await.unwrap();
    assert_eq!(
        (report.state, report.issued, report.refused),
        (BatchState::Done, 1, 1)
    );
    assert_eq!(refused.matches("b@example.jp").count(), 1);

    // Never whole: it waits, and needs nobody.
    let house = House::answering([accepted(1), ok(one_refused())]);
    house.script((0..100).map(|_| error_list("b@example.jp,K2,200,,")));
    let (report, refused) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.lists_open), (BatchState::Waiting, 1));
    assert!(!refused.contains("b@example.jp"));
    let uploads = house.client.miles().uploads("B-1", 1, 1).await.unwrap();
    assert_eq!(uploads[0].phase, ChunkPhase::Finished);

    // A contradiction counts when it is told twice.
    let other = "b@example.jp,K2,999,,,,41053\r\n";
    let house = House::answering([accepted(1), ok(one_refused())]);
    house.script([error_list(other), error_list(other)]);
    let (report, refused, settled) = run_to(&house, &batch()).await.unwrap();
    assert_eq!(report.state, BatchState::NeedsReview);
    // Which row was refused is in doubt, not how many.
    let rows = (report.issued, report.refused, report.unknown);
    assert_eq!((rows, report.uploads, settled), ((1, 1, 0), 1, 2));
    assert_eq!(report.miles_issued.get(), 100);
    assert!(!refused.contains("b@example.jp"));
    let uploads = house.client.miles().uploads("B-1", 1, 1).await.unwrap();
    assert_eq!(uploads[0].cause, Some(ChunkCause::ListDiffers));
}

// Finding 8.
#[tokio::test]
async fn a_run_that_stops_says_what_netmile_has() {
    let request = batch().with_rows_per_upload(1);
    let stopped = refusal(404, "api", "not_found");
    let house = House::answering([accepted(1), stopped.clone(), ok(registration(1, 1, 100))]);
    let (report, _) = run(&house, &request).await.unwrap();
    assert_eq!(report.state, BatchState::Refused);
    assert_eq!((report.issued, report.miles_issued.get()), (1, 100));
    assert_eq!(report.unknown, 0);

    let house = House::answering([accepted(1), stopped]);
    let (report, _) = run(&house, &request).await.unwrap();
    assert_eq!(report.state, BatchState::Refused);
    assert_eq!((report.issued, report.unknown), (0, 1));
    assert_eq!(report.miles_unknown.get(), 100);
}

// Finding 14.
#[tokio::test]
async fn a_refusal_to_tell_ends_a_run_and_says_why() {
    let why = Rejection::of_table("api", "unknown_key").code;
    let house = House::answering([accepted(1), refusal(401, "api", "unknown_key")]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.unknown), (BatchState::Refused, 2));
    assert_eq!(report.rejection.unwrap().code, why);
    assert_eq!(house.calls().len(), 2, "waiting would not help");

    let house = House::answering([lost(), refusal(401, "api", "unknown_key")]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!((report.state, report.unknown), (BatchState::Refused, 2));
    assert_eq!(report.rejection.unwrap().code, why);
    assert_eq!(house.calls().len(), 2);
}

// Finding 17.
#[tokio::test]
async fn an_error_list_is_missing_only_when_it_was_deleted() {
    let gone = || refusal(404, "api", "not_found");
    let deleted = {
        let mut is = one_refused();
        is["lists"] = "deleted".into();
        is
    };
    let house = House::answering([accepted(1), ok(one_refused()), gone(), ok(deleted)]);
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!(
        (report.state, report.lists_missing, report.lists_open),
        (BatchState::Done, 1, 0)
    );

    let house = House::answering([accepted(1), ok(one_refused())]);
    house.script((0..10).flat_map(|_| [gone(), ok(one_refused())]));
    let (report, _) = run(&house, &batch()).await.unwrap();
    assert_eq!(
        (report.state, report.lists_missing, report.lists_open),
        (BatchState::Waiting, 0, 1)
    );
}

// Finding 19.
#[tokio::test]
async fn a_slow_process_does_not_undo_that_a_batch_is_done() {
    let (house, request) = (House::answering([accepted(1)]), batch());
    let _ = run(&house, &request).await.unwrap();
    house.clock.advance(100_000);
    house.client.recover().await.unwrap();
    let _ = run(&house, &request).await.unwrap();
    let miles = house.client.miles();
    let phase = async || miles.batch("B-1").await.unwrap().phase;
    assert_eq!(phase().await, BatchPhase::NeedsReview);

    forget(&house);
    house.net.hang();
    let mut slow = std::pin::pin!(run(&house, &request));
    assert!(polled(slow.as_mut()).await.is_pending());
    let other = House::over(Arc::clone(&house.journal));
    other.script([ok(one_refused()), error_list(REFUSED_ROW)]);
    let (report, _) = run(&other, &request).await.unwrap();
    assert_eq!(report.state, BatchState::Done);
    assert_eq!(phase().await, BatchPhase::Done);

    // The slow one gets no error list.
    house.script([ok(one_refused())]);
    house.net.release();
    let (report, _) = slow.await.unwrap();
    assert_eq!(report.state, BatchState::Waiting);
    assert_eq!(phase().await, BatchPhase::Done);
}
