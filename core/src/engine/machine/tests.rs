use super::*;
use crate::engine::hand::{Did, Hand, answered};
use crate::engine::transport::NotDelivered;
use crate::operation::{HttpMethod, HttpRequest};

const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

fn intent(id: &str, now: Timestamp) -> Intent {
    Intent {
        id: id.to_owned(),
        kind: "test".to_owned(),
        phase: "open".to_owned(),
        body: "{\"secret\":\"SECRET\"}".to_owned(),
        keys: vec![format!("key:{id}")],
        due: None,
        now,
    }
}

fn change(phase: &str, now: Timestamp) -> Change {
    Change {
        phase: phase.to_owned(),
        body: "{}".to_owned(),
        new_keys: Vec::new(),
        due: None,
        events: Vec::new(),
        now,
    }
}

fn request(body: &str) -> WireRequest {
    WireRequest {
        http: HttpRequest {
            method: HttpMethod::Post,
            url: "https://gateway.example/".to_owned(),
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
        },
        lane: "99999/001".to_owned(),
        function: "TEST".to_owned(),
    }
}

fn query() -> Query {
    Query {
        kind: "test".to_owned(),
        phases: Vec::new(),
        after: None,
        limit: 10,
    }
}

/// A script that uses everything an `Io` offers.
async fn whole(io: Io) -> Result<(u16, usize)> {
    assert!(io.find("key:a").await?.is_none());
    let Opened::New(row) = io.open(intent("a", io.now())).await? else {
        return Err(out_of_turn("there already"));
    };
    io.sleep(Duration::from_millis(1500)).await;
    let response = io.send(request("hello")).await;
    let status = response.map_or(0, |response| response.status);
    let changed = change("done", io.now());
    let advanced = io.advance(&row.id, row.version, changed, None).await?;
    assert!(matches!(advanced, Advanced::Applied(_)));
    let row = io.load("a").await?;
    assert_eq!(row.map(|row| row.phase).as_deref(), Some("done"));
    Ok((status, io.list(query()).await?.len()))
}

#[test]
fn a_script_runs_step_by_step() {
    let mut hand = Hand::answering([answered(200, "")]);
    assert_eq!(hand.run(Script::new(1, whole)).unwrap(), (200, 1));
    assert_eq!(
        hand.did,
        [
            Did::Looked,
            Did::Recorded("a".to_owned()),
            Did::Slept(Duration::from_millis(1500)),
            Did::Sent("hello".to_owned()),
            Did::Recorded("a".to_owned()),
            Did::Looked,
            Did::Looked,
        ]
    );
    assert_eq!(hand.now, NOW.plus_seconds(1));
}

/// Every kind of input, with whether it answers this step.
fn inputs() -> Vec<(&'static str, Input)> {
    let row = crate::engine::journal::Row {
        id: "a".to_owned(),
        kind: "test".to_owned(),
        version: 1,
        phase: "open".to_owned(),
        body: String::new(),
        due: None,
    };
    vec![
        ("start", Input::Start),
        ("row", Input::Loaded(None)),
        ("rows", Input::Listed(Vec::new())),
        ("opened", Input::Opened(Opened::New(row))),
        ("advanced", Input::Advanced(Advanced::SeenBefore)),
        ("sent", answered(200, "")),
        ("sent", Input::NotSent("refused".to_owned())),
        ("sent", Input::Lost("reset".to_owned())),
        ("woke", Input::Woke),
    ]
}

fn script_of(which: &'static str) -> Script<()> {
    Script::new(0, move |io| async move {
        match which {
            "load" => drop(io.load("a").await?),
            "find" => drop(io.find("a").await?),
            "list" => drop(io.list(query()).await?),
            "open" => drop(io.open(intent("a", io.now())).await?),
            "advance" => drop(io.advance("a", 1, change("x", io.now()), None).await?),
            "send" => drop(io.send(request("x")).await),
            _ => io.sleep(Duration::from_secs(1)).await,
        }
        Ok(())
    })
}

#[test]
fn only_the_answer_to_the_last_step_is_taken() {
    for (step, answer) in [
        ("load", "row"),
        ("find", "row"),
        ("list", "rows"),
        ("open", "opened"),
        ("advance", "advanced"),
        ("send", "sent"),
        ("sleep", "woke"),
    ] {
        for (name, input) in inputs() {
            let mut machine = script_of(step);
            assert!(!matches!(machine.step(Input::Start, NOW), Step::Done(_)));
            match machine.step(input, NOW) {
                Step::Done(Ok(())) => assert_eq!(name, answer, "{step} took {name}"),
                Step::Done(Err(error)) => {
                    assert_ne!(name, answer, "{step} refused {name}");
                    assert_eq!(error.kind(), ErrorKind::InvalidState);
                }
                other => panic!("{step} after {name}: {other:?}"),
            }
            let Step::Done(Err(error)) = machine.step(Input::Start, NOW) else {
                panic!("{step} went on after its end");
            };
            assert_eq!(error.kind(), ErrorKind::InvalidState);
        }
    }
}

#[test]
fn the_first_input_is_start() {
    for (name, input) in inputs() {
        let step = script_of("load").step(input, NOW);
        assert_eq!(
            matches!(step, Step::Load(_)),
            name == "start",
            "{name}: {step:?}"
        );
    }
}

#[test]
fn an_error_of_the_journal_reaches_the_script() {
    for step in ["load", "find", "list", "open", "advance", "sleep"] {
        let mut machine = script_of(step);
        drop(machine.step(Input::Start, NOW));
        let failed = Input::Failed(Error::new(ErrorKind::Journal, "the disk is full"));
        let Step::Done(Err(error)) = machine.step(failed, NOW) else {
            panic!("{step} swallowed the error");
        };
        assert_eq!(error.kind(), ErrorKind::Journal, "{step}");
    }
}

#[test]
fn a_send_that_failed_somehow_counts_as_lost() {
    let mut machine = Script::new(0, |io| async move { Ok(io.send(request("x")).await) });
    drop(machine.step(Input::Start, NOW));
    let failed = Input::Failed(Error::new(ErrorKind::Transport, "something broke"));
    let Step::Done(Ok(Err(why))) = machine.step(failed, NOW) else {
        panic!("not ended");
    };
    assert_eq!(why, NotDelivered::Lost("something broke".to_owned()));
}

fn ends_at_once<T>(mut machine: Script<T>) -> Error {
    match machine.step(Input::Start, NOW) {
        Step::Done(Err(error)) => error,
        _ => panic!("the script went on"),
    }
}

#[test]
fn a_script_that_waits_for_something_else_is_ended() {
    let foreign = Script::<()>::new(0, |_| std::future::pending());
    assert_eq!(ends_at_once(foreign).kind(), ErrorKind::InvalidState);

    let yields = Script::<()>::new(0, |_| async {
        tokio::task::yield_now().await;
        Ok(())
    });
    assert_eq!(ends_at_once(yields).kind(), ErrorKind::InvalidState);
}

#[test]
fn a_script_asks_for_one_thing_at_a_time() {
    let two = Script::new(0, |io| async move {
        let (a, b) = tokio::join!(io.load("a"), io.load("b"));
        Ok((a?, b?))
    });
    assert_eq!(ends_at_once(two).kind(), ErrorKind::InvalidState);

    let lets_go = Script::<()>::new(0, |io| async move {
        let mut first = Box::pin(io.load("a"));
        std::future::poll_fn(|context| {
            assert!(first.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        drop(first);
        io.load("b").await?;
        Ok(())
    });
    assert_eq!(ends_at_once(lets_go).kind(), ErrorKind::InvalidState);
}

#[test]
fn a_call_that_is_dropped_after_its_step_is_out_does_not_answer_the_next() {
    let mut machine = Script::new(0, |io| async move {
        let mut first = Box::pin(io.load("a"));
        let mut turns = 0;
        std::future::poll_fn(|context| {
            turns += 1;
            if turns == 2 {
                return Poll::Ready(());
            }
            first.as_mut().poll(context).map(|_| ())
        })
        .await;
        drop(first);
        io.load("b").await
    });
    assert!(matches!(machine.step(Input::Start, NOW), Step::Load(_)));
    let step = machine.step(Input::Loaded(None), NOW);
    assert!(matches!(step, Step::Done(Err(_))), "{step:?}");
}

#[test]
fn a_panic_in_a_script_ends_it() {
    let mut machine = Script::<()>::new(0, |io| async move {
        io.load("a").await?;
        panic!("a bug");
    });
    drop(machine.step(Input::Start, NOW));
    let mut step = || machine.step(Input::Loaded(None), NOW);
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut step)).is_err());
    assert!(matches!(step(), Step::Done(Err(_))));
}

#[test]
fn the_seed_decides_every_random_number() {
    let draw = |seed| {
        let draws = Script::new(seed, |io| async move { Ok([io.random(), io.random()]) });
        Hand::new().run(draws).unwrap()
    };
    assert_eq!(draw(0), [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
    assert_eq!(draw(9), draw(9));
    assert_ne!(draw(9), draw(10));
    let step: u64 = 0x9e37_79b9_7f4a_7c15;
    assert_ne!(draw(step)[1], draw(step.wrapping_mul(2))[0]);
}

#[test]
fn nothing_runs_before_the_first_step_and_now_is_that_of_the_step() {
    let mut machine = Script::new(0, |io| {
        let made = io.now();
        async move {
            let first = io.now();
            io.sleep(Duration::from_secs(9)).await;
            Ok((made, first, io.now()))
        }
    });
    drop(machine.step(Input::Start, NOW));
    let Step::Done(Ok(times)) = machine.step(Input::Woke, NOW.plus_seconds(7)) else {
        panic!("not ended");
    };
    assert_eq!(times, (Timestamp::from_unix(0), NOW, NOW.plus_seconds(7)));
}

#[test]
fn a_machine_may_move_between_threads() {
    fn sent<T: Send>(machine: T) -> T {
        machine
    }
    let machine = sent(Script::new(1, whole));
    let ended = std::thread::spawn(move || Hand::answering([answered(503, "")]).run(machine));
    assert_eq!(ended.join().unwrap().unwrap(), (503, 1));
}

#[test]
fn no_step_prints_what_it_carries() {
    let steps = [
        format!("{:?}", Step::<()>::Record(Write::Open(intent("a", NOW)))),
        format!("{:?}", Step::<()>::Send(request("SECRET"))),
        format!("{:?}", answered(200, "SECRET")),
        format!("{:?}", Script::new(0, whole)),
    ];
    assert!(
        steps.iter().all(|step| !step.contains("SECRET")),
        "{steps:?}"
    );
    assert!(steps[0].contains("\"a\""));
}
