//! Answers that are recorded late: the journal writes them and says that it failed, and somebody else goes on meanwhile.

use std::sync::atomic::{AtomicU8, Ordering};

use async_trait::async_trait;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Row,
};
use netmile::error::ErrorKind;
use netmile::purchase::FactKind;

use super::*;

const ID: &str = "O-1";
const WRITES: u8 = 0;
const STUMBLED: u8 = 1;
const GOES_ON: u8 = 2;

/// Writes the first row with a certain text in it and says that it failed; then it waits until the test lets it go on.
struct Stumbling {
    inner: Arc<MemoryJournal>,
    text: &'static str,
    state: AtomicU8,
}

impl Stumbling {
    async fn until(&self, state: u8) {
        while self.state.load(Ordering::SeqCst) < state {
            tokio::task::yield_now().await;
        }
    }
}

#[async_trait]
impl Journal for Stumbling {
    async fn open(&self, intent: Intent) -> netmile::Result<Opened> {
        self.inner.open(intent).await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> netmile::Result<Advanced> {
        if self.state.load(Ordering::SeqCst) == STUMBLED {
            self.until(GOES_ON).await;
        }
        let is_it = change.body.contains(self.text);
        let advanced = self.inner.advance(id, from, change, seen).await;
        if is_it && self.state.load(Ordering::SeqCst) == WRITES {
            self.state.store(STUMBLED, Ordering::SeqCst);
            return Err(netmile::Error::new(
                ErrorKind::Journal,
                "said to have failed",
            ));
        }
        advanced
    }

    async fn get(&self, id: &str) -> netmile::Result<Option<Row>> {
        self.inner.get(id).await
    }

    async fn find(&self, key: &str) -> netmile::Result<Option<Row>> {
        self.inner.find(key).await
    }

    async fn list(&self, query: Query) -> netmile::Result<Vec<Row>> {
        self.inner.list(query).await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> netmile::Result<Vec<Row>> {
        self.inner.lease_of(prefixes, now, until, limit).await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> netmile::Result<Vec<OutboxEvent>> {
        self.inner.events(now, until, limit).await
    }

    async fn ack(&self, event: EventId) -> netmile::Result<bool> {
        self.inner.ack(event).await
    }

    async fn keep(&self, evidence: KeptEvidence) -> netmile::Result<()> {
        self.inner.keep(evidence).await
    }

    async fn evidence(&self, limit: u32) -> netmile::Result<Vec<KeptEvidence>> {
        self.inner.evidence(limit).await
    }
}

/// The second try of a part has the name, the sum and the second of the first one.
#[tokio::test]
async fn a_late_refusal_does_not_close_the_next_try_of_the_same_part() {
    for (answer, fact) in [
        (paid(), FactKind::PartlyRefunded),
        (Reply::Ng("900S1008"), FactKind::StepFailed),
    ] {
        let done = fact == FactKind::PartlyRefunded;
        let world = World::new();
        world.paid(ID).await;
        let events = world.client();
        for told in events.events().next(10).await.unwrap() {
            assert!(events.events().ack(told.id).await.unwrap());
        }
        let journal = Arc::new(Stumbling {
            inner: Arc::clone(&world.journal),
            text: "rejected",
            state: AtomicU8::new(WRITES),
        });
        let first = world.client_with(Arc::clone(&journal) as Arc<dyn Journal>, "001", 600);
        world.reply([found("2", 0), Reply::Ng("900S1008"), found("2", 0)]);
        let part = |client: Client| async move {
            client.payments().refund_part(ID, "b", Yen::new(100)).await
        };
        let first = tokio::spawn(part(first));
        journal.until(STUMBLED).await;
        world.asked();
        let given = Arc::new(Mutex::new(None));
        world.reply([found("2", 0), Reply::Later(Arc::clone(&given))]);
        let second = tokio::spawn(part(world.client()));
        while world.gateway.asked.lock().unwrap().len() < 2 {
            tokio::task::yield_now().await;
        }
        journal.state.store(GOES_ON, Ordering::SeqCst);
        let Outcome::Unknown(ticket) = first.await.unwrap().unwrap() else {
            panic!("another try is open");
        };
        assert_eq!(ticket.key.as_deref(), Some("b"));
        world.reply((!done).then(|| found("2", 0)));
        *given.lock().unwrap() = Some(answer);
        let second = second.await.unwrap().unwrap();
        assert_eq!(matches!(second, Outcome::Done(_)), done, "{second:?}");
        let charge = events.payments().get(ID).await.unwrap();
        assert_eq!(charge.refunded, Yen::new(if done { 100 } else { 0 }));
        let told = events.events().next(10).await.unwrap();
        let kinds: Vec<FactKind> = told.iter().map(|told| told.fact.kind).collect();
        assert_eq!(kinds, [fact]);
    }
}

#[tokio::test]
async fn what_never_left_is_not_unknown_because_the_journal_lost_its_answer() {
    let world = World::new();
    let journal = Arc::new(Stumbling {
        inner: Arc::clone(&world.journal),
        text: r#""sends":2"#,
        state: AtomicU8::new(WRITES),
    });
    let client = world.client_with(Arc::clone(&journal) as Arc<dyn Journal>, "001", 600);
    world.reply([Reply::NotSent]);
    let charged = tokio::spawn(async move { client.payments().charge(&miles(ID)).await });
    journal.until(STUMBLED).await;
    journal.state.store(GOES_ON, Ordering::SeqCst);
    let error = charged.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let charge = world.client().payments().get(ID).await.unwrap();
    assert_eq!(
        (charge.phase, charge.pending),
        (ChargePhase::Prepared, None)
    );
}
