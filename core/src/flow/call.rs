//! The operation that belongs to a step, and the call of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::record::{Record, Written};
use super::{Desk, Open};
use crate::api::codes::{ApiCode, Step as CodeStep};
use crate::api::operations::{
    Capture, Commit, End, PartialRefund, Period, Refund, RefundMonth, Request, StepAnswer,
};
use crate::charge::{Event, Kind, Pending, Step};
use crate::engine::{Call, Exchanged, Io, Sent};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::operation::{HttpResponse, Operation, Rejection, Verdict, WireRequest};
use crate::time::Timestamp;

/// Times a further send is recorded again because somebody else changed the same charge.
const MAX_RACES: usize = 16;

/// The operation of a step.
pub(super) enum StepCall {
    Request(Request),
    Period(Period),
    Commit(Commit),
    Capture(Capture),
    Refund(Refund),
    PartialRefund(PartialRefund),
    RefundMonth(RefundMonth),
    End(End),
}

macro_rules! each {
    ($call:expr, $operation:ident => $body:expr) => {
        match $call {
            StepCall::Request($operation) => $body,
            StepCall::Period($operation) => $body,
            StepCall::Commit($operation) => $body,
            StepCall::Capture($operation) => $body,
            StepCall::Refund($operation) => $body,
            StepCall::PartialRefund($operation) => $body,
            StepCall::RefundMonth($operation) => $body,
            StepCall::End($operation) => $body,
        }
    };
}

impl StepCall {
    /// Composes the operation of a step. `at` is when the step was opened: what is sent again carries it again.
    pub(super) fn compose(
        desk: &Desk,
        record: &Record,
        step: Step,
        amount: Yen,
        key: Option<&str>,
        at: Timestamp,
    ) -> Result<Self> {
        let gateway = &desk.gateway;
        let charge = &record.charge;
        if step == Step::Request {
            return Ok(match &charge.kind {
                Kind::Period { tracking_id, .. } => {
                    Self::Period(Period::new(gateway, tracking_id, &record.request)?)
                }
                kind => Self::Request(Request::new(gateway, kind, &record.request, at)?),
            });
        }
        let Some(tracking_id) = charge.tracking_id.as_deref() else {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "tracking_id",
                "is not known yet",
            ));
        };
        Ok(match step {
            Step::Commit => Self::Commit(Commit::new(gateway, tracking_id, at)?),
            Step::Capture => Self::Capture(Capture::new(
                gateway,
                tracking_id,
                amount,
                charge.amount,
                at,
            )?),
            Step::Refund => Self::Refund(Refund::new(gateway, tracking_id, at)?),
            Step::PartialRefund => {
                Self::PartialRefund(PartialRefund::new(gateway, tracking_id, amount, at)?)
            }
            Step::RefundMonth => {
                let month = key.unwrap_or_default();
                Self::RefundMonth(RefundMonth::new(gateway, tracking_id, month, at)?)
            }
            Step::End | Step::Request => {
                Self::End(End::new(gateway, &charge.kind, tracking_id, at)?)
            }
        })
    }

    pub(super) fn encode(&self, at: Timestamp) -> Result<WireRequest> {
        each!(self, operation => operation.encode(at))
    }

    /// Sends it; what provably never left is sent again after it is recorded.
    pub(super) async fn run(
        self,
        io: &Io,
        desk: &Desk,
        open: &mut Open,
    ) -> Result<Exchanged<StepAnswer>> {
        each!(self, operation => send(operation, io, desk, open).await)
    }
}

/// An operation that is signed with the time at which the journal says that it is sent.
///
/// Between the record and the send a process may sleep for hours. Signed with the later time the gateway would accept
/// what the resolver has given up by then; signed with the recorded one it refuses.
pub(super) struct Dated<O> {
    pub(super) operation: O,
    pub(super) signed_at: Arc<AtomicI64>,
}

impl<O: Operation> Operation for Dated<O> {
    const KIND: &'static str = O::KIND;
    type Answer = O::Answer;
    type Effect = O::Effect;

    fn reads(&self, status: u16) -> bool {
        self.operation.reads(status)
    }

    fn encode(&self, _: Timestamp) -> Result<WireRequest> {
        let at = self.signed_at.load(Ordering::Relaxed);
        self.operation.encode(Timestamp::from_unix(at))
    }

    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<O::Answer>> {
        self.operation.decode(answer)
    }
}

async fn send<O>(
    operation: O,
    io: &Io,
    desk: &Desk,
    open: &mut Open,
) -> Result<Exchanged<StepAnswer>>
where
    O: Operation<Answer = StepAnswer>,
{
    let recorded = |open: &Open| {
        let pending = open.charge().pending.as_ref();
        pending.map_or_else(|| io.now().as_unix(), |pending| pending.signed_at.as_unix())
    };
    let signed_at = Arc::new(AtomicI64::new(recorded(open)));
    let dated = Dated {
        operation,
        signed_at: Arc::clone(&signed_at),
    };
    let mut sends = Call::new(dated).never_left(desk.retry).start();
    loop {
        match sends.send(io, &desk.budget).await? {
            Sent::Ended(exchanged) => return Ok(exchanged),
            Sent::Again(next) => {
                match again(io, desk, open).await {
                    Ok(true) => {}
                    Ok(false) => {
                        return Ok(Exchanged::NotSent("the step was taken over".to_owned()));
                    }
                    Err(error) => return Ok(Exchanged::NotSent(error.detail().to_owned())),
                }
                signed_at.store(recorded(open), Ordering::Relaxed);
                sends = next;
            }
        }
    }
}

/// Records that what never left is about to be sent again. False when somebody else has taken the step over; `open` is
/// then what this sender wrote last, so that nobody takes the other's send for its own.
async fn again(io: &Io, desk: &Desk, open: &mut Open) -> Result<bool> {
    let again = Event::SendingAgain {
        never_left: true,
        limit_seconds: super::limit_seconds(&desk.gateway),
    };
    let Some(mut own) = open.charge().pending.clone() else {
        return Ok(false);
    };
    // Others write down that they wait for the outcome: that takes nothing over.
    own.lost = true;
    let mut now = open.clone();
    for _ in 0..MAX_RACES {
        if let Written::Yes = now.write(io, &again, None, desk.bounds).await? {
            *open = now;
            return Ok(true);
        }
        let is_ours = |pending: &Pending| {
            let mut pending = pending.clone();
            pending.lost = true;
            pending == own
        };
        if !now.charge().pending.as_ref().is_some_and(is_ours) {
            return Ok(false);
        }
    }
    Ok(false)
}

/// Number of the method whose kinds 20 to 36 are words of the card centre.
const CARD: &str = "101";

/// What an answer to a step means for the charge.
pub(super) fn event(exchanged: Exchanged<StepAnswer>) -> Event {
    match exchanged {
        Exchanged::Done(answer) => Event::Done {
            tracking_id: answer.tracking_id,
            transaction_id: answer.transaction_id,
            details: answer.details,
        },
        Exchanged::Rejected(rejection) => rejected(rejection),
        Exchanged::Unknown(_) => Event::Lost,
        Exchanged::NotSent(_) => Event::NotSent,
    }
}

fn rejected(rejection: Rejection) -> Event {
    if ApiCode::parse(&rejection.code).is_duplicate() {
        // The gateway has it already: evidence, to be looked into.
        Event::Lost
    } else {
        Event::Rejected(rejection)
    }
}

/// Whether a refusal of a step that was sent again shows that it was not done before: of what was, the gateway would say so
/// instead. Most refusals do not, since what is refused today (too late, wrong state, no access) may have been done before.
pub(super) fn shows_not_done(step: Step, rejection: &Rejection) -> bool {
    let code = ApiCode::parse(&rejection.code);
    if step != Step::RefundMonth {
        return false;
    }
    if code.method() == CARD {
        // The state does not allow a refund, and not because of an earlier one.
        let is_state = code
            .kind()
            .parse()
            .is_ok_and(|kind: u8| (43..59).contains(&kind));
        return is_state && !is_done_before(step, rejection);
    }
    // There is no sale in that month.
    code.kind() == "27"
}

/// Whether a refusal says that the step was done before.
///
/// Of contracts no code of the card is known: those of its payments are taken, and those of the carriers for every other
/// method. The card's own kinds 30 and 32 are refusals by the card centre.
pub(super) fn is_done_before(step: Step, rejection: &Rejection) -> bool {
    let code = ApiCode::parse(&rejection.code);
    let done = |steps: &[CodeStep]| steps.iter().any(|&known| code.is_already_done(known));
    let is_card = code.method() == CARD;
    match step {
        Step::Commit => done(&[CodeStep::Commit]),
        Step::Capture => done(&[CodeStep::Capture]),
        Step::Refund => done(&[CodeStep::Cancel, CodeStep::Refund]),
        Step::RefundMonth => done(&[CodeStep::Refund]) || (!is_card && code.kind() == "30"),
        Step::End if is_card => done(&[CodeStep::Cancel]),
        Step::End => done(&[CodeStep::EndContract]) || matches!(code.kind(), "32" | "L7"),
        Step::Request | Step::PartialRefund => false,
    }
}
