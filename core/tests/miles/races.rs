//! Two runs of one batch at once, under different terms.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use async_trait::async_trait;
use netmile::Result;
use netmile::client::BatchFiles;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::engine::{Journal, MemoryJournal};
use netmile::miles::IssueSettings;
use netmile::miles::batch::{BatchPhase, BatchReport, BatchRequest, BatchState};
use netmile::miles::file::{CarrierDomains, UploadKind};
use netmile::time::Timestamp;
use netmile::{ErrorKind, Lang};
use serde_json::{Value, json};

use super::support::*;

const FILE: &[u8] = b"a@example.jp,K1,100\r\nb@example.jp,K2,200\r\n";

/// Stands still before an upload is recorded, as long as it is told to.
struct Slow {
    inner: Arc<MemoryJournal>,
    stands: Arc<AtomicBool>,
}

#[async_trait]
impl Journal for Slow {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        let is_upload = intent.kind == "chunk";
        std::future::poll_fn(|_| match is_upload && self.stands.load(Ordering::Relaxed) {
            true => Poll::Pending,
            false => Poll::Ready(()),
        })
        .await;
        self.inner.open(intent).await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        self.inner.advance(id, from, change, seen).await
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        self.inner.get(id).await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.inner.find(key).await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.inner.list(query).await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        self.inner.lease_of(prefixes, now, until, limit).await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.inner.events(now, until, limit).await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.inner.ack(event).await
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        self.inner.keep(evidence).await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.inner.evidence(limit).await
    }
}

/// A process over the journal that stands still before its first upload, and what lets it go on.
fn slow(inner: &Arc<MemoryJournal>) -> (House, Arc<AtomicBool>) {
    let stands = Arc::new(AtomicBool::new(true));
    let view = Slow {
        inner: Arc::clone(inner),
        stands: Arc::clone(&stands),
    };
    let house = House::seeing(Arc::new(view), Arc::clone(inner), CarrierDomains::default());
    (house, stands)
}

fn batch(campaign: &str) -> BatchRequest {
    BatchRequest::new("B-1", campaign, UploadKind::Mail).with_rows_per_upload(1)
}

async fn run(house: &House, request: &BatchRequest) -> Result<BatchReport> {
    let (mut faults, mut refused) = (Vec::new(), Vec::new());
    let files = BatchFiles {
        faults: &mut faults,
        refused: &mut refused,
        lang: Lang::En,
    };
    let source = FILE.to_vec();
    let miles = house.client.miles();
    miles.issue_file(request, &source, files, &mut |_| {}).await
}

async fn polled<F: Future>(mut future: Pin<&mut F>) -> Poll<F::Output> {
    std::future::poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await
}

fn ok(mut body: Value) -> Answer {
    body["result"] = "ok".into();
    answer(200, &body)
}

fn accepted(row: u64) -> Answer {
    ok(json!({
        "tran_id": format!("B-1:{row}"),
        "registration_id": format!("R{row}"),
        "state": "accepted",
    }))
}

fn finished(row: u64) -> Answer {
    ok(json!({
        "registration_id": format!("R{row}"),
        "kind": "csv",
        "campaign_id": "46255",
        "campaign_name": "",
        "method": "mail",
        "batch_id": "B-1",
        "first_row": row,
        "accepted_at": "2026-11-22T12:00:00+09:00",
        "finished_at": "2026-11-22T12:00:01+09:00",
        "state": "finished",
        "records": 1,
        "errors": 0,
        "miles_issued": row * 100,
        "miles_refused": 0,
        "breakdown": [],
        "deposit": { "kind": "campaign" },
        "lists": "available",
    }))
}

fn campaigns(house: &House) -> Vec<String> {
    let sent = house.sent();
    let bodies = sent.iter().filter(|request| !request.body.is_empty());
    let body = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    bodies
        .map(|request| {
            body(&request.body)["campaign_id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[tokio::test]
async fn two_runs_under_other_terms_do_not_mix() {
    let journal = Arc::new(MemoryJournal::new());
    let ((one, first), (two, second)) = (slow(&journal), slow(&journal));
    let (autumn, winter) = (batch("46255"), batch("46999"));
    {
        // Both have recorded their terms, the second one over the first one's, and neither has sent anything.
        let mut of_one = std::pin::pin!(run(&one, &autumn));
        let mut of_two = std::pin::pin!(run(&two, &winter));
        assert!(polled(of_one.as_mut()).await.is_pending());
        assert!(polled(of_two.as_mut()).await.is_pending());

        one.script([accepted(1), accepted(2), finished(1), finished(2)]);
        first.store(false, Ordering::Relaxed);
        assert_eq!(of_one.await.unwrap().state, BatchState::Done);
        second.store(false, Ordering::Relaxed);
        let error = of_two.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        assert_eq!(error.field_name(), Some("settings"));
        assert!(error.detail().contains("another campaign_id:"), "{error}");
    }
    assert_eq!(campaigns(&one), ["46255", "46255"]);
    assert!(campaigns(&two).is_empty());

    // What was sent decides with which terms the batch goes on, and the other ones are named each time.
    let error = run(&two, &winter).await.unwrap_err();
    assert_eq!(error.field_name(), Some("settings"));
    assert_eq!(run(&one, &autumn).await.unwrap().state, BatchState::Done);
    let error = run(&two, &winter).await.unwrap_err();
    assert!(error.detail().contains("another campaign_id:"), "{error}");
    let settings = IssueSettings::default().with_inserted_text("hello");
    let texted = autumn
        .clone()
        .with_settings(settings)
        .with_file_name("b.csv");
    let error = run(&two, &texted).await.unwrap_err();
    let both = "another file_name, another inserted_text:";
    assert!(error.detail().contains(both), "{error}");
    assert_eq!(campaigns(&one).len() + campaigns(&two).len(), 2);
}

#[tokio::test]
async fn an_upload_of_before_terms_were_kept_goes_on() {
    let house = House::answering([accepted(1)]);
    let request = batch("46255");
    let _ = run(&house, &request).await.unwrap();
    let id = "chunk:8763/B-1/1";
    let row = house.journal.get(id).await.unwrap().unwrap();
    let mut body: Value = serde_json::from_str(&row.body).unwrap();
    let kept = body.as_object_mut().unwrap().remove("terms").unwrap();
    assert_eq!(kept.as_object().unwrap().len(), 11, "{kept}");
    let older = Change {
        phase: row.phase,
        body: body.to_string(),
        new_keys: Vec::new(),
        due: row.due,
        events: Vec::new(),
        now: Timestamp::from_unix(NOW),
    };
    let written = house.journal.advance(id, row.version, older, None).await;
    assert!(matches!(written.unwrap(), Advanced::Applied(_)));
    // It says nothing of its terms: those of its batch count, as they did.
    let error = run(&house, &batch("46999")).await.unwrap_err();
    assert_eq!(error.field_name(), Some("settings"));
    house.net.answers.lock().unwrap().clear();
    let lost_second = json!({ "tran_id": "B-1:2", "found": false });
    house.clock.advance(CLOSED);
    house.script([ok(lost_second), accepted(2), finished(1), finished(2)]);
    let report = run(&house, &request).await.unwrap();
    assert_eq!((report.state, report.issued), (BatchState::Done, 2));
}

#[tokio::test]
async fn a_batch_that_was_killed_between_two_uploads_is_listed() {
    let house = House::new();
    let (slow_house, _) = slow(&house.journal);
    let miles = house.client.miles();
    assert!(miles.unresolved_batches(None, 10).await.unwrap().is_empty());
    let request = batch("46255");
    {
        let mut killed = std::pin::pin!(run(&slow_house, &request));
        assert!(polled(killed.as_mut()).await.is_pending());
    }
    // Not an upload of it is known, but the batch is.
    assert!(miles.unresolved_uploads(None, 10).await.unwrap().is_empty());
    let open = miles.unresolved_batches(None, 10).await.unwrap();
    assert_eq!((open.len(), open[0].phase), (1, BatchPhase::Running));
    assert_eq!((open[0].batch_id.as_str(), open[0].rows), ("B-1", 2));
    let rest = miles.unresolved_batches(Some(&open[0]), 10).await.unwrap();
    assert!(rest.is_empty());

    house.script([accepted(1), accepted(2), finished(1), finished(2)]);
    assert_eq!(run(&house, &request).await.unwrap().state, BatchState::Done);
    assert!(miles.unresolved_batches(None, 10).await.unwrap().is_empty());
}
