use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::*;
use crate::engine::hand::{Did, Hand, answered};
use crate::engine::machine::{Input, Script};
use crate::error::{Error, ErrorKind};
use crate::operation::{Blind, HttpMethod, HttpRequest, Keyed, Read, WireRequest};
use crate::time::Timestamp;

/// An operation of any effect. Its answer is the body; `no:` refuses, `?` leaves it open, `<` cannot be read.
struct Op<E> {
    /// Cannot be encoded from this instant on.
    until: Option<Timestamp>,
    effect: std::marker::PhantomData<E>,
}

fn op<E>() -> Op<E> {
    Op {
        until: None,
        effect: std::marker::PhantomData,
    }
}

impl<E: Effect> Operation for Op<E> {
    const KIND: &'static str = "test";
    type Answer = String;
    type Effect = E;

    fn encode(&self, now: Timestamp) -> Result<WireRequest> {
        if self.until.is_some_and(|until| now >= until) {
            return Err(Error::field(ErrorKind::InvalidValue, "amount", "too late"));
        }
        Ok(WireRequest {
            http: HttpRequest {
                method: HttpMethod::Post,
                url: "https://gateway.example/".to_owned(),
                headers: Vec::new(),
                body: format!("pay at {}", now.as_unix()).into_bytes(),
            },
            lane: "99999/001".to_owned(),
            function: "TEST".to_owned(),
        })
    }

    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<String>> {
        let body = String::from_utf8(answer.body.clone())
            .map_err(|_| Error::new(ErrorKind::Malformed, "not text"))?;
        if let Some(code) = body.strip_prefix("no:") {
            return Ok(Verdict::Rejected(Rejection::new(code)));
        }
        match body.as_str() {
            "?" => Ok(Verdict::Unknown("the gateway does not know".to_owned())),
            "<" => Err(Error::new(ErrorKind::Malformed, "not an answer")),
            _ => Ok(Verdict::Done(body)),
        }
    }
}

fn not_sent() -> Input {
    Input::NotSent("no connection".to_owned())
}

fn lost() -> Input {
    Input::Lost("reset".to_owned())
}

type Ran = Result<Exchanged<String>>;

/// Runs a call against these answers.
fn run<E: Effect>(call: Call<Op<E>>, answers: impl IntoIterator<Item = Input>) -> (Ran, Hand) {
    run_within(call, &RetryBudget::default(), answers)
}

fn run_within<E: Effect>(
    call: Call<Op<E>>,
    budget: &RetryBudget,
    answers: impl IntoIterator<Item = Input>,
) -> (Ran, Hand) {
    let budget = budget.clone();
    let mut hand = Hand::answering(answers);
    let script = Script::new(3, move |io| async move {
        call.run(&io, &budget, async |_| Ok(())).await
    });
    (hand.run(script), hand)
}

#[test]
fn an_answer_is_taken_whatever_the_effect() {
    let done = || [answered(200, "paid")];
    let paid = Exchanged::Done("paid".to_owned());
    assert_eq!(run(Call::new(op::<Read>()), done()).0.unwrap(), paid);
    assert_eq!(run(Call::new(op::<Keyed>()), done()).0.unwrap(), paid);
    assert_eq!(run(Call::new(op::<Blind>()), done()).0.unwrap(), paid);
    let (refused, hand) = run(Call::new(op::<Blind>()), [answered(200, "no:10103005")]);
    let why = Rejection::new("10103005");
    assert_eq!(refused.unwrap(), Exchanged::Rejected(why));
    assert_eq!(hand.sent().len(), 1);
}

#[test]
fn a_call_prints_its_kind_only() {
    let call = Call::new(op::<Blind>());
    assert_eq!(format!("{call:?}"), "Call { kind: \"test\", .. }");
    assert!(format!("{:?}", call.start()).contains("number: 1"));
}

#[test]
fn without_a_policy_it_is_sent_once() {
    let (ended, hand) = run(Call::new(op::<Read>()), [lost(), answered(200, "x")]);
    assert_eq!(ended.unwrap(), Exchanged::Unknown("reset".to_owned()));
    assert_eq!(hand.sent().len(), 1);
    let (ended, hand) = run(Call::new(op::<Blind>()), [not_sent(), answered(200, "x")]);
    assert_eq!(
        ended.unwrap(),
        Exchanged::NotSent("no connection".to_owned())
    );
    assert_eq!(hand.sent().len(), 1);
}

#[test]
fn what_never_left_is_sent_again_whatever_the_effect() {
    let policy = RetryPolicy::default();
    let answers = || [not_sent(), not_sent(), answered(200, "paid")];
    let runs = [
        run(Call::new(op::<Read>()).never_left(policy), answers()),
        run(Call::new(op::<Keyed>()).retry(policy), answers()),
        run(Call::new(op::<Blind>()).never_left(policy), answers()),
    ];
    for (ended, hand) in runs {
        assert_eq!(ended.unwrap(), Exchanged::Done("paid".to_owned()));
        assert_eq!(hand.sent().len(), 3);
    }
    let (ended, hand) = run(
        Call::new(op::<Blind>()).never_left(policy),
        std::iter::repeat_with(not_sent).take(9),
    );
    assert_eq!(
        ended.unwrap(),
        Exchanged::NotSent("no connection".to_owned())
    );
    assert_eq!(hand.sent().len(), 4);
}

/// Answers after which it is not known whether there was an effect, with what is said about them.
fn undecided() -> Vec<(Input, &'static str)> {
    vec![
        (lost(), "reset"),
        (answered(200, "?"), "the gateway does not know"),
        (answered(200, "<"), "not an answer (malformed)"),
        (answered(429, ""), "HTTP status 429"),
        (answered(500, ""), "HTTP status 500"),
        (answered(503, "busy"), "HTTP status 503"),
    ]
}

#[test]
fn what_may_have_moved_money_is_never_sent_again() {
    let policy = RetryPolicy::default();
    for (answer, why) in undecided() {
        for (ended, hand) in [
            run(
                Call::new(op::<Keyed>()).retry(policy),
                [answer.clone(), answered(200, "x")],
            ),
            run(
                Call::new(op::<Keyed>()).never_left(policy),
                [answer.clone(), answered(200, "x")],
            ),
            run(
                Call::new(op::<Blind>()).never_left(policy),
                [answer.clone(), answered(200, "x")],
            ),
        ] {
            assert_eq!(ended.unwrap(), Exchanged::Unknown(why.to_owned()));
            assert_eq!(hand.sent().len(), 1, "{why}");
        }
    }
}

#[test]
fn what_only_reads_is_sent_again() {
    for (answer, why) in undecided() {
        let (ended, hand) = run(
            Call::new(op::<Read>()).retry(RetryPolicy::default()),
            [answer.clone(), answered(200, "x")],
        );
        assert_eq!(ended.unwrap(), Exchanged::Done("x".to_owned()));
        assert_eq!(hand.sent().len(), 2, "{why}");
        let (ended, hand) = run(
            Call::new(op::<Read>()).retry(RetryPolicy::default()),
            std::iter::repeat_with(|| answer.clone()).take(9),
        );
        assert_eq!(ended.unwrap(), Exchanged::Unknown(why.to_owned()));
        assert_eq!(hand.sent().len(), 4);
    }
}

#[test]
fn a_read_that_may_have_arrived_once_is_unknown_in_the_end() {
    let (ended, _) = run(
        Call::new(op::<Read>()).retry(RetryPolicy::default()),
        [lost(), not_sent(), not_sent(), not_sent()],
    );
    assert_eq!(ended.unwrap(), Exchanged::Unknown("reset".to_owned()));
}

#[test]
fn a_status_says_who_is_to_act() {
    for status in [400, 401, 403, 404] {
        let (ended, hand) = run(
            Call::new(op::<Read>()).retry(RetryPolicy::default()),
            [answered(status, "paid"), answered(200, "x")],
        );
        let why = Rejection::new(format!("http_{status}"));
        assert_eq!(ended.unwrap(), Exchanged::Rejected(why));
        assert_eq!(hand.sent().len(), 1);
    }
    for status in [100, 201, 204, 301, 302, 307, 402, 405, 408, 418] {
        let (ended, hand) = run(
            Call::new(op::<Read>()).retry(RetryPolicy::default()),
            [answered(status, "paid"), answered(200, "x")],
        );
        let why = format!("HTTP status {status}");
        assert_eq!(ended.unwrap(), Exchanged::Unknown(why));
        assert_eq!(hand.sent().len(), 1);
    }
}

#[test]
fn what_cannot_be_encoded_is_an_error_and_nothing_is_sent() {
    let late = Op::<Blind> {
        until: Some(Timestamp::from_unix(0)),
        ..op()
    };
    let (ended, hand) = run(Call::new(late), []);
    assert_eq!(ended.unwrap_err().field_name(), Some("amount"));
    assert_eq!(hand.did, []);
}

#[test]
fn each_send_is_signed_anew_with_its_own_time() {
    let policy = RetryPolicy {
        attempts: 3,
        base: Duration::from_secs(1000),
        cap: Duration::from_secs(1000),
    };
    let call = Call::new(op::<Blind>()).never_left(policy);
    let (_, hand) = run(call, [not_sent(), not_sent(), answered(200, "x")]);
    let sent = hand.sent();
    assert_eq!(sent.len(), 3);
    assert_ne!(sent[0], sent[1]);
    assert_ne!(sent[1], sent[2]);
    let slept = hand.did.iter().filter(|did| matches!(did, Did::Slept(_)));
    assert_eq!(slept.count(), 2);

    // Can no longer be encoded after the wait: nothing ever left, so it is an error.
    let start = Hand::new().now;
    let late = |until: i64| Op::<Blind> {
        until: Some(start.plus_seconds(until)),
        ..op()
    };
    let (ended, hand) = run(Call::new(late(1)).never_left(policy), [not_sent()]);
    assert_eq!(ended.unwrap_err().field_name(), Some("amount"));
    assert_eq!(hand.sent().len(), 1);
}

#[test]
fn every_further_send_is_recorded_first() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let book = Arc::clone(&told);
    let mut hand = Hand::answering([not_sent(), not_sent(), answered(200, "x")]);
    let script = Script::new(0, move |io| async move {
        // Keeps state of its own over the sends, as a flow does with its row.
        let mut last = 1;
        let call = Call::new(op::<Blind>()).never_left(RetryPolicy::default());
        let budget = RetryBudget::default();
        let mut sends = call.start();
        loop {
            sends = match sends.send(&io, &budget).await? {
                Sent::Ended(exchanged) => return Ok(exchanged),
                Sent::Again(again) => {
                    drop(io.load("the journal").await?);
                    assert_eq!(again.number(), last + 1);
                    last = again.number();
                    book.lock().unwrap().push(last);
                    again
                }
            };
        }
    });
    assert_eq!(hand.run(script).unwrap(), Exchanged::Done("x".to_owned()));
    assert_eq!(*told.lock().unwrap(), [2, 3]);
    let order: Vec<&Did> = hand
        .did
        .iter()
        .filter(|did| !matches!(did, Did::Slept(_)))
        .collect();
    assert!(
        matches!(
            order.as_slice(),
            [
                Did::Sent(_),
                Did::Looked,
                Did::Sent(_),
                Did::Looked,
                Did::Sent(_)
            ]
        ),
        "{order:?}"
    );
}

#[test]
fn a_closure_may_record_with_what_the_script_has() {
    let mut hand = Hand::answering([not_sent(), answered(200, "x")]);
    let script = Script::new(0, move |io| async move {
        let numbers = Mutex::new(Vec::new());
        let (book, journal) = (&numbers, &io);
        let call = Call::new(op::<Blind>()).never_left(RetryPolicy::default());
        let budget = RetryBudget::default();
        let ended = call.run(&io, &budget, |number| async move {
            journal.load("the journal").await?;
            book.lock().unwrap().push(number);
            Ok(())
        });
        let ended = ended.await?;
        Ok((ended, numbers.into_inner().unwrap()))
    });
    let ended = (Exchanged::Done("x".to_owned()), vec![2]);
    assert_eq!(hand.run(script).unwrap(), ended);
}

#[test]
fn what_cannot_be_recorded_is_not_sent_again() {
    let refuse = |first: Input, policy| {
        let mut hand = Hand::answering([first, answered(200, "x")]);
        let script = Script::new(0, move |io| async move {
            let call = Call::new(op::<Read>()).retry(policy);
            call.run(&io, &RetryBudget::default(), async |_| {
                Err(Error::new(ErrorKind::Journal, "the disk is full"))
            })
            .await
        });
        let ended = hand.run(script).unwrap();
        assert_eq!(hand.sent().len(), 1);
        ended
    };
    let policy = RetryPolicy::default();
    assert_eq!(
        refuse(not_sent(), policy),
        Exchanged::NotSent("the disk is full".to_owned())
    );
    assert_eq!(
        refuse(lost(), policy),
        Exchanged::Unknown("reset".to_owned())
    );
}

#[test]
fn an_empty_budget_ends_the_retries() {
    let budget = RetryBudget::new(2);
    let call = || Call::new(op::<Read>()).retry(RetryPolicy::default());
    let (_, hand) = run_within(call(), &budget, []);
    assert_eq!(hand.sent().len(), 3);
    let (ended, hand) = run_within(call(), &budget, [not_sent()]);
    assert_eq!(
        ended.unwrap(),
        Exchanged::NotSent("no connection".to_owned())
    );
    assert_eq!(hand.sent().len(), 1);
    for _ in 0..9 {
        drop(run_within(call(), &budget, [answered(200, "x")]));
    }
    assert_eq!(budget.tokens(), 0);
    drop(run_within(call(), &budget, [answered(200, "no:1")]));
    assert_eq!(budget.tokens(), 1);
    let (ended, _) = run_within(call(), &budget, [lost(), answered(200, "x")]);
    assert_eq!(ended.unwrap(), Exchanged::Done("x".to_owned()));
}

/// Any answer of a gateway and of the network before it.
fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        3 => Just(not_sent()),
        2 => Just(lost()),
        1 => Just(Input::Failed(Error::new(ErrorKind::Transport, "broke"))),
        2 => (any::<u16>(), "[?<a]").prop_map(|(status, body)| answered(status, &body)),
        3 => "(\\?|<|ok|no:[0-9]{8})".prop_map(|body| answered(200, &body)),
        1 => prop::sample::select(vec![400_u16, 401, 429, 500, 502, 503, 504])
            .prop_map(|status| answered(status, "")),
    ]
}

fn any_policy() -> impl Strategy<Value = RetryPolicy> {
    (0_u32..12, 0_u64..5000, 0_u64..60_000).prop_map(|(attempts, base, cap)| RetryPolicy {
        attempts,
        base: Duration::from_millis(base),
        cap: Duration::from_millis(cap),
    })
}

/// Whether after this input something may have happened at the gateway.
fn may_have_arrived(input: &Input) -> bool {
    !matches!(input, Input::NotSent(_))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_that_moves_money_is_sent_after_it_may_have_arrived(
        inputs in prop::collection::vec(any_input(), 0..20),
        policy in any_policy(),
        tokens in 0_u32..20,
    ) {
        let budget = || RetryBudget::new(tokens);
        // What the script has no answer for counts as lost.
        let first = inputs.iter().position(may_have_arrived).unwrap_or(inputs.len());
        for (ended, hand) in [
            run_within(Call::new(op::<Keyed>()).retry(policy), &budget(), inputs.clone()),
            run_within(Call::new(op::<Keyed>()).never_left(policy), &budget(), inputs.clone()),
            run_within(Call::new(op::<Blind>()).never_left(policy), &budget(), inputs.clone()),
        ] {
            let sent = hand.sent().len();
            prop_assert!(sent <= first + 1, "{sent} sends, the {first}th may have arrived");
            prop_assert!(sent <= policy.attempts.max(1) as usize);
            prop_assert!(sent <= 1 + tokens as usize);
            // "Not sent" is said only when every send provably never left.
            let never_left = matches!(ended, Ok(Exchanged::NotSent(_)));
            prop_assert_eq!(never_left, sent <= first);
        }
    }

    #[test]
    fn a_read_ends_within_its_policy_and_budget(
        inputs in prop::collection::vec(any_input(), 0..20),
        policy in any_policy(),
        tokens in 0_u32..20,
    ) {
        let call = Call::new(op::<Read>()).retry(policy);
        let (ended, hand) = run_within(call, &RetryBudget::new(tokens), inputs.clone());
        let sent = hand.sent().len();
        prop_assert!(sent >= 1 && sent <= policy.attempts.max(1) as usize);
        prop_assert!(sent <= 1 + tokens as usize);
        let arrived = sent > inputs.len() || inputs.iter().take(sent).any(may_have_arrived);
        prop_assert_eq!(matches!(ended, Ok(Exchanged::NotSent(_))), !arrived);
    }
}
