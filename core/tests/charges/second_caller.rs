//! Two callers at once: whoever is sent away with "unknown" is told by an event what became of it.

use netmile::engine::{Input, Machine as _, Step, Write};
use netmile::error::ErrorKind;
use netmile::purchase::{Fact, FactKind};

use super::*;

/// What two callers ask for at the same time.
#[derive(Clone, Copy, Debug)]
enum Asked {
    Charge,
    Capture,
    Refund,
    Part,
    OtherPart,
    LargerPart,
    End,
}

const ID: &str = "O-1";

impl Asked {
    async fn by(self, client: &Client) -> netmile::Result<Outcome<Charge>> {
        let payments = client.payments();
        match self {
            Self::Charge => payments.charge(&miles(ID)).await,
            Self::Capture => payments.capture(ID, None).await,
            Self::Refund => payments.refund(ID).await,
            Self::Part => payments.refund_part(ID, "a", Yen::new(100)).await,
            Self::OtherPart => payments.refund_part(ID, "b", Yen::new(100)).await,
            Self::LargerPart => payments.refund_part(ID, "a", Yen::new(200)).await,
            Self::End => client.subscriptions().end_by_api("SUB").await,
        }
    }

    /// A world in which it can be asked for, with nothing left to be told.
    async fn world(self) -> World {
        let world = World::new();
        match self {
            Self::Charge => {}
            Self::Capture => world.reserved(ID).await,
            Self::Refund | Self::Part | Self::OtherPart | Self::LargerPart => {
                world.paid(ID).await;
            }
            Self::End => {
                world.adopted().await;
            }
        }
        told(&world).await;
        world
    }

    /// What the shop is told when it happened, when it was refused, and when it never left.
    const fn facts(self) -> [FactKind; 3] {
        use FactKind as F;
        match self {
            Self::Charge => [F::Paid, F::AttemptFailed, F::AttemptFailed],
            Self::Capture => [F::Paid, F::StepFailed, F::StepFailed],
            Self::Refund => [F::Refunded, F::StepFailed, F::StepFailed],
            Self::Part | Self::OtherPart | Self::LargerPart => {
                [F::PartlyRefunded, F::StepFailed, F::StepFailed]
            }
            Self::End => [F::ContractEnded, F::StepFailed, F::StepFailed],
        }
    }
}

async fn told(world: &World) -> Vec<FactKind> {
    let facts = facts(world).await;
    facts.iter().map(|fact| fact.kind).collect()
}

async fn facts(world: &World) -> Vec<Fact> {
    let client = world.client();
    let deliveries = client.events().next(10).await.unwrap();
    for delivery in &deliveries {
        assert!(client.events().ack(delivery.id).await.unwrap());
    }
    deliveries.into_iter().map(|told| told.fact).collect()
}

/// Two ask for the same.
async fn both(
    world: &World,
    asked: Asked,
    replies: impl IntoIterator<Item = Reply>,
) -> [netmile::Result<Outcome<Charge>>; 2] {
    beside(world, asked, asked, replies).await
}

/// The first caller is sending while the second one asks; then the first one's `replies` come. Gives what both were told.
async fn beside(
    world: &World,
    asked: Asked,
    then: Asked,
    replies: impl IntoIterator<Item = Reply>,
) -> [netmile::Result<Outcome<Charge>>; 2] {
    let mut replies = replies.into_iter();
    let given = Arc::new(Mutex::new(None));
    if matches!(asked, Asked::Part) {
        world.reply([found("2", 0)]);
    }
    let before = usize::from(matches!(asked, Asked::Part));
    world.reply([Reply::Later(Arc::clone(&given))]);
    let first = world.client();
    let first = tokio::spawn(async move { asked.by(&first).await });
    for _ in 0..10_000 {
        if world.gateway.asked.lock().unwrap().len() > before {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(world.asked().len(), before + 1, "{asked:?} is being sent");
    let second = then.by(&world.client()).await;
    assert!(
        world.asked().is_empty(),
        "{then:?} was sent beside {asked:?}"
    );
    *given.lock().unwrap() = replies.next();
    world.reply(replies);
    [first.await.unwrap(), second]
}

const ALL: [Asked; 5] = [
    Asked::Charge,
    Asked::Capture,
    Asked::Refund,
    Asked::Part,
    Asked::End,
];

#[tokio::test]
async fn whoever_was_told_unknown_hears_that_it_was_done() {
    for asked in ALL {
        let world = asked.world().await;
        let [first, second] = both(&world, asked, [paid()]).await;
        assert!(first.unwrap().is_done(), "{asked:?}");
        assert!(second.unwrap().is_unknown(), "{asked:?}");
        assert_eq!(told(&world).await, [asked.facts()[0]], "{asked:?}");
    }
}

#[tokio::test]
async fn whoever_was_told_unknown_hears_that_it_was_refused() {
    for asked in ALL {
        let world = asked.world().await;
        // A refusal is confirmed by asking, where the method can.
        let status = if matches!(asked, Asked::Capture) {
            "1"
        } else {
            "2"
        };
        let [first, second] = both(&world, asked, [Reply::Ng("900S1008"), found(status, 0)]).await;
        assert!(
            matches!(first, Ok(Outcome::Rejected(_))),
            "{asked:?} {first:?}"
        );
        assert!(second.unwrap().is_unknown(), "{asked:?}");
        assert_eq!(told(&world).await, [asked.facts()[1]], "{asked:?}");
    }
}

#[tokio::test]
async fn whoever_was_told_unknown_hears_that_it_never_left() {
    for asked in ALL {
        let world = asked.world().await;
        let [first, second] = both(&world, asked, (0..4).map(|_| Reply::NotSent)).await;
        assert_eq!(first.unwrap_err().code(), "transport", "{asked:?}");
        assert!(second.unwrap().is_unknown(), "{asked:?}");
        assert_eq!(told(&world).await, [asked.facts()[2]], "{asked:?}");
        // So it may be asked for again, and what comes of that is told as ever.
        if matches!(asked, Asked::Part) {
            world.reply([found("2", 0)]);
        }
        world.reply([paid()]);
        assert!(asked.by(&world.client()).await.unwrap().is_done());
        assert_eq!(told(&world).await, [asked.facts()[0]], "{asked:?}");
    }
}

#[tokio::test]
async fn what_only_its_sender_asked_for_is_refused_without_an_event() {
    for asked in [Asked::Refund, Asked::Part, Asked::End] {
        let world = asked.world().await;
        if matches!(asked, Asked::Part) {
            world.reply([found("2", 0)]);
        }
        world.reply([Reply::Ng("900S1008"), found("2", 0)]);
        let outcome = asked.by(&world.client()).await.unwrap();
        assert!(matches!(outcome, Outcome::Rejected(_)), "{asked:?}");
        assert_eq!(told(&world).await, [], "{asked:?}");
    }
}

#[tokio::test]
async fn a_second_caller_does_not_stop_the_first_from_sending_again_what_never_left() {
    let world = World::new();
    let [first, second] = both(&world, Asked::Charge, [Reply::NotSent, paid()]).await;
    assert!(first.unwrap().is_done());
    assert!(second.unwrap().is_unknown());
    assert_eq!(told(&world).await, [FactKind::Paid]);
}

#[tokio::test]
async fn a_refund_whose_process_died_and_which_is_refused_when_sent_again_is_told() {
    let world = Asked::Refund.world().await;
    world.reply([Reply::Never]);
    let client = world.client();
    let process = tokio::spawn(async move { Asked::Refund.by(&client).await });
    for _ in 0..10_000 {
        if !world.gateway.asked.lock().unwrap().is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    process.abort();
    assert!(process.await.unwrap_err().is_cancelled());
    // The first may still arrive: what the second is told says nothing about it.
    world.clock.advance(91);
    world.reply([found("2", 0), Reply::Ng("900S1008"), found("2", 0)]);
    let charge = world.client().payments().resolve(ID).await.unwrap();
    assert!(charge.pending.is_some());
    assert_eq!(told(&world).await, []);
    world.clock.advance(600 + 120 + 1);
    world.reply([found("2", 0), Reply::Ng("900S1008"), found("2", 0)]);
    let charge = world.client().payments().resolve(ID).await.unwrap();
    assert_eq!(charge.pending, None);
    assert_eq!(told(&world).await, [FactKind::StepFailed]);
}

#[tokio::test]
async fn a_step_beside_another_one_is_refused_and_its_caller_waits_for_no_event() {
    let cases = [
        (Asked::Part, Asked::OtherPart),
        (Asked::Part, Asked::Refund),
        (Asked::Capture, Asked::Refund),
        (Asked::Refund, Asked::Part),
    ];
    for (asked, then) in cases {
        let world = asked.world().await;
        let status = if matches!(asked, Asked::Capture) {
            "1"
        } else {
            "2"
        };
        // Of a refusal only its own caller is told, unless somebody waits.
        let replies = [Reply::Ng("900S1008"), found(status, 0)];
        let [first, second] = beside(&world, asked, then, replies).await;
        assert!(matches!(first, Ok(Outcome::Rejected(_))), "{asked:?}");
        let error = second.unwrap_err();
        assert_eq!(
            (error.code(), error.field_name()),
            ("invalid_state", Some("charge")),
            "{asked:?} {then:?}"
        );
        assert_eq!(told(&world).await, [], "{asked:?} {then:?}");
    }
}

#[tokio::test]
async fn a_part_of_the_same_name_and_another_sum_is_a_conflict_while_the_first_is_open() {
    let world = Asked::Part.world().await;
    let [first, second] = beside(&world, Asked::Part, Asked::LargerPart, [paid()]).await;
    assert!(first.unwrap().is_done());
    let error = second.unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        ("conflict", Some("amount"))
    );
}

#[tokio::test]
async fn a_charge_that_is_paid_is_done_while_its_refund_is_open() {
    for asked in [Asked::Refund, Asked::Part] {
        let world = asked.world().await;
        let [first, second] = beside(&world, asked, Asked::Charge, [paid()]).await;
        assert!(first.unwrap().is_done());
        let Outcome::Done(charge) = second.unwrap() else {
            panic!("{asked:?}: the charge itself is paid");
        };
        assert_eq!(charge.phase, ChargePhase::Paid);
        assert!(charge.pending.is_some());
    }
}

#[tokio::test]
async fn a_ticket_and_the_event_after_it_name_the_part() {
    let world = Asked::Part.world().await;
    world.reply([found("2", 0), Reply::Lost]);
    let Outcome::Unknown(ticket) = Asked::OtherPart.by(&world.client()).await.unwrap() else {
        panic!("its answer is lost");
    };
    assert_eq!(
        (ticket.step.as_str(), ticket.key.as_deref()),
        ("partial_refund", Some("b"))
    );
    world.clock.advance(721);
    world.reply([found("2", 0)]);
    world.client().payments().resolve(ID).await.unwrap();
    let facts = facts(&world).await;
    let named: Vec<_> = facts
        .iter()
        .map(|fact| (fact.kind, fact.step.as_deref(), fact.key.as_deref()))
        .collect();
    assert_eq!(
        named,
        [(FactKind::StepFailed, Some("partial_refund"), Some("b"))]
    );
}

/// The write of an answer succeeds, and is reported as failed; before it is tried again another step is being sent.
#[tokio::test]
async fn an_answer_recorded_late_is_told_although_another_step_is_open_by_then() {
    let world = World::new();
    let request = ChargeRequest::new(ID, "reserving", Yen::new(300), Means::member("taro"))
        .customer("CUST0001")
        .item("ITEM1", "しおり");
    let client = world.client();
    let mut steps = client.payments().charge_steps(&request).unwrap();
    let journal: &dyn Journal = &*world.journal;
    let mut input = Input::Start;
    let mut capture = None;
    let outcome = loop {
        let now = world.clock.now();
        input = match steps.step(input, now) {
            Step::Load(id) => Input::Loaded(journal.get(&id).await.unwrap()),
            Step::Record(Write::Open(intent)) => Input::Opened(journal.open(intent).await.unwrap()),
            Step::Record(Write::Advance {
                id, from, change, ..
            }) => {
                let done = journal.advance(&id, from, change, None).await.unwrap();
                if capture.is_none() {
                    world.reply([Reply::Never]);
                    let client = world.client();
                    let other =
                        tokio::spawn(async move { client.payments().capture(ID, None).await });
                    while world.asked().is_empty() {
                        tokio::task::yield_now().await;
                    }
                    capture = Some(other);
                    Input::Failed(netmile::Error::new(
                        ErrorKind::Journal,
                        "said to have failed",
                    ))
                } else {
                    Input::Advanced(done)
                }
            }
            Step::Send(sent) => {
                world.reply([paid()]);
                let answer = world.gateway.send(sent.http).await;
                world.asked();
                Input::Answered(answer.unwrap())
            }
            Step::Sleep(_) => Input::Woke,
            Step::Done(outcome) => break outcome,
            other => panic!("{other:?}"),
        };
    };
    let charge = done(outcome.unwrap());
    assert_eq!(charge.phase, ChargePhase::Reserved);
    assert!(charge.pending.is_some());
    capture.unwrap().abort();
}
