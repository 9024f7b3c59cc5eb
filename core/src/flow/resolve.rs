//! Finding out what became of an open step.

use super::answer;
use super::call::{self, StepCall};
use super::evidence::{ask, can_ask};
use super::record::Written;
use super::{Desk, Open};
use crate::api::operations::Found;
use crate::charge::{Charge, ChargePhase, Doubt, Event, Finding, Pending, Source, Step};
use crate::contract::{ApiFlow, GatewayStatus};
use crate::engine::Io;
use crate::error::Result;
use crate::money::Yen;
use crate::planted::{self, Defect};
use crate::time::Timestamp;

/// Times one look is tried again because somebody else changed the same charge.
const MAX_RACES: usize = 16;

/// Looks after a charge: finds out about an open step, commits what was authorised, asks about a slip.
pub(crate) async fn resolve(io: &Io, desk: &Desk, open: Open) -> Result<Charge> {
    let open = if open.charge().pending.is_some() {
        resolve_open(io, desk, open).await?
    } else {
        open
    };
    if open.charge().pending.is_some() || open.charge().review.is_some() {
        return Ok(open.record.charge);
    }
    if open.charge().doubt.is_some() {
        return ask_deposit(io, desk, open).await;
    }
    match open.charge().phase {
        // Whoever asked for it died before the commit. The shop wanted it, and the journal says so.
        ChargePhase::Authorised => {
            let (contract, id) = (open.charge().contract.clone(), open.charge().id.clone());
            let before = open.due;
            // Where it leads to stands in the journal.
            let _ = super::charge::to_goal(io, desk, open, None).await?;
            let mut open = Open::load(io, &contract, &id).await?;
            if open.charge().phase == ChargePhase::Authorised && open.due == before {
                // Nothing could even be signed. That somebody tried counts all the same: its bound must not stand still.
                let _ = open.write(io, &Event::Checked, None, desk.bounds).await?;
            }
            Ok(open.record.charge)
        }
        ChargePhase::AwaitingDeposit => ask_deposit(io, desk, open).await,
        _ => Ok(open.record.charge),
    }
}

/// Looks for the outcome of the open step once. It may stay open.
pub(super) async fn resolve_open(io: &Io, desk: &Desk, mut open: Open) -> Result<Open> {
    for _ in 0..MAX_RACES {
        let Some(pending) = open.charge().pending.clone() else {
            return Ok(open);
        };
        if open.charge().review.is_some() || in_flight(&pending, io.now(), desk) {
            return Ok(open);
        }
        match look(io, desk, &open, &pending).await? {
            Look::Event(event) => {
                if let Written::Yes = open.write(io, &event, None, desk.bounds).await? {
                    return Ok(open);
                }
            }
            Look::SendAgain => {
                if let Some(event) = send_again(io, desk, &mut open, &pending).await? {
                    return Ok(answer::record(io, desk, open, event).await);
                }
            }
        }
    }
    Ok(open)
}

/// Whether somebody is probably sending it right now.
fn in_flight(pending: &Pending, now: Timestamp, desk: &Desk) -> bool {
    let until = pending.sending_until(desk.bounds.sending);
    until.is_some_and(|until| now < until)
}

enum Look {
    Event(Event),
    SendAgain,
}

fn happened(tracking_id: Option<String>) -> Look {
    Look::Event(Event::Looked(Finding::Happened {
        tracking_id,
        source: Source::Inquiry,
    }))
}

fn missing(source: Source) -> Look {
    Look::Event(Event::Looked(Finding::Missing { source }))
}

fn nothing() -> Look {
    Look::Event(Event::Looked(Finding::Nothing))
}

async fn look(io: &Io, desk: &Desk, open: &Open, pending: &Pending) -> Result<Look> {
    let charge = open.charge();
    // Judged by when the question is put: the process may sleep over the answer, and what arrives meanwhile is not in it.
    let closed = is_closed(io, charge, desk);
    if can_ask(desk, charge) && !is_renamed(pending) {
        return Ok(match ask(io, desk, charge).await? {
            Some(found) => judge(charge, pending, &found, closed),
            None => nothing(),
        });
    }
    if !pending.step.is_blind() || is_renamed(pending) {
        return Ok(Look::SendAgain);
    }
    // Nobody can be asked about a request without its tracking_id, and nothing else may be done about a part.
    let request = pending.step == Step::Request;
    Ok(match charge.plan.flow {
        // What is never committed charges nothing.
        ApiFlow::Commit if request && closed => missing(Source::Rule),
        // A slip that nobody paid until its last day will not be paid.
        ApiFlow::Slip if request && is_over(io, charge, desk) => missing(Source::Rule),
        _ => nothing(),
    })
}

/// Last possible day of a slip, counted from its request.
///
/// Source: docs/protocol/api-type.md#fields
const SLIP_DAYS: i64 = 59;

/// Whether a slip can no longer be paid, nor reported as paid. Where the shop named no day, the gateway's answer does;
/// without it only the longest time is known.
fn is_over(io: &Io, charge: &Charge, desk: &Desk) -> bool {
    let told = charge.details.get("bill_date");
    let told = told.and_then(|day| Timestamp::parse_jst(&format!("{day}235959")).ok());
    let longest = charge.created_at.plus_seconds((SLIP_DAYS + 1) * 86_400);
    let until = charge.pay_by.or(told).unwrap_or(longest);
    io.now() > until.plus(desk.bounds.deposit_grace)
}

/// Whether the gateway can no longer accept what was signed: its time limit has passed, whatever the two clocks say.
fn is_closed(io: &Io, charge: &Charge, desk: &Desk) -> bool {
    let Some(until) = charge.valid_until() else {
        return false;
    };
    if planted::is(Defect::WindowFlipped) {
        return is_open(io, until, desk);
    }
    !is_open(io, until, desk)
}

fn is_open(io: &Io, until: Timestamp, desk: &Desk) -> bool {
    io.now() <= until.plus(desk.bounds.skew)
}

/// What the gateway's word says about the open step.
fn judge(charge: &Charge, pending: &Pending, found: &Found, closed: bool) -> Look {
    use GatewayStatus as S;
    let Some(status) = found.status else {
        return nothing();
    };
    // An answer about another payment says nothing of this one.
    if let (Some(known), Some(named)) = (&charge.tracking_id, &found.tracking_id)
        && known != named
    {
        return nothing();
    }
    // What is told of a contract is what was billed so far.
    let one_sum = !matches!(status, S::None | S::Processing) && !charge.kind.is_contract();
    if one_sum
        && !planted::is(Defect::AmountNotChecked)
        && found
            .amount
            .is_some_and(|amount| amount != expected(charge, pending, status))
    {
        // About another payment, or another sum: no evidence for this one.
        return nothing();
    }
    let tracking_id = found.tracking_id.clone();
    let gone = |look: Look| if closed { look } else { nothing() };
    match pending.step {
        Step::Request => match status {
            S::None => gone(missing(Source::Inquiry)),
            S::Processing => nothing(),
            _ => happened(tracking_id),
        },
        Step::Commit => match (found.committed, status) {
            (Some(true), _) | (None, S::Captured) => happened(None),
            (_, S::Cancelled | S::Refunded) => missing(Source::Inquiry),
            _ => Look::SendAgain,
        },
        Step::Capture => match status {
            S::Captured | S::Refunded | S::PartlyRefunded => happened(None),
            S::Cancelled => missing(Source::Inquiry),
            S::Authorised => Look::SendAgain,
            _ => nothing(),
        },
        Step::Refund => match status {
            S::Cancelled | S::Refunded => happened(None),
            S::Authorised | S::Captured => Look::SendAgain,
            _ => nothing(),
        },
        Step::PartialRefund => {
            let before = pending.refunded_before;
            let after = before.checked_add(pending.amount).ok();
            match found.refunded {
                Some(sum) if Some(sum) == after => happened(None),
                // Had it happened, the sum would be larger. What is more than before was refunded elsewhere.
                Some(sum) if before <= sum && after.is_some_and(|after| sum < after) => {
                    gone(missing(Source::Inquiry))
                }
                // Where the sum is told once there is one, its absence is certain as well. Where it never is, the
                // status may stay as it was after a part.
                None if status == S::Captured
                    && before == Yen::default()
                    && charge.plan.ask_refunded =>
                {
                    gone(missing(Source::Inquiry))
                }
                _ => nothing(),
            }
        }
        Step::RefundMonth | Step::End => Look::SendAgain,
    }
}

/// Yen that were refunded so far, if the gateway's word about this payment tells them.
pub(super) fn refunded_sum(charge: &Charge, found: &Found) -> Option<Yen> {
    use GatewayStatus as S;
    let other = |known: &String| {
        found
            .tracking_id
            .as_ref()
            .is_some_and(|named| named != known)
    };
    if charge.tracking_id.as_ref().is_some_and(other) {
        return None;
    }
    if found.amount.is_some_and(|amount| amount != charge.captured) {
        return None;
    }
    match (found.status?, found.refunded) {
        (S::Captured | S::Refunded | S::PartlyRefunded, Some(sum)) => Some(sum),
        (S::Captured, None) => Some(Yen::default()),
        _ => None,
    }
}

/// Yen that an inquiry about a charge in this status names.
fn expected(charge: &Charge, pending: &Pending, status: GatewayStatus) -> Yen {
    let captured = matches!(
        status,
        GatewayStatus::Captured | GatewayStatus::Refunded | GatewayStatus::PartlyRefunded
    );
    match pending.step {
        Step::Capture if captured => pending.amount,
        _ if captured && charge.captured > Yen::default() => charge.captured,
        _ => charge.amount,
    }
}

/// Whether a planted defect sends the request again, under another name.
fn is_renamed(pending: &Pending) -> bool {
    planted::is(Defect::NewIdPerRetry) && pending.step == Step::Request
}

/// Sends a keyed step again: at the gateway it happens once. `None` when somebody else changed the charge.
async fn send_again(
    io: &Io,
    desk: &Desk,
    open: &mut Open,
    pending: &Pending,
) -> Result<Option<Event>> {
    if is_renamed(pending) {
        let mut record = open.record.clone();
        record.request.id = format!("{}-r{}", record.request.id, pending.looks + 1);
        let (since, amount) = (pending.since, pending.amount);
        let call = StepCall::compose(desk, &record, pending.step, amount, None, since)?;
        return Ok(Some(call::event(call.run(io, desk, open).await?)));
    }
    let again = Event::SendingAgain {
        never_left: false,
        limit_seconds: super::limit_seconds(&desk.gateway),
    };
    let Written::Yes = open.write(io, &again, None, desk.bounds).await? else {
        return Ok(None);
    };
    let call = StepCall::compose(
        desk,
        &open.record,
        pending.step,
        pending.amount,
        pending.key.as_deref(),
        pending.since,
    )?;
    let event = call::event(call.run(io, desk, open).await?);
    Ok(Some(match confirm(io, desk, open.charge(), event).await {
        Event::Lost | Event::NotSent => Event::Looked(Finding::Nothing),
        event => event,
    }))
}

/// What the refusal of a keyed step means. The network may have delivered it twice, and the refusal may be about the
/// second time; its code may be one that nobody knows. So the gateway is asked, where it can be.
pub(super) async fn confirm(io: &Io, desk: &Desk, charge: &Charge, event: Event) -> Event {
    let (Event::Rejected(rejection), Some(pending)) = (&event, &charge.pending) else {
        return event;
    };
    if pending.step == Step::PartialRefund && charge.plan.ask_refunded && can_ask(desk, charge) {
        return confirm_part(io, desk, charge, pending, event.clone()).await;
    }
    if pending.step.is_blind() {
        return event;
    }
    let again = pending.earlier_until;
    let done = Event::Done {
        tracking_id: None,
        transaction_id: None,
        details: Vec::new(),
    };
    // An inquiry does not tell the end of a contract nor its months.
    let told = !matches!(pending.step, Step::RefundMonth | Step::End);
    if !(told && can_ask(desk, charge)) {
        let before = call::is_done_before(pending.step, rejection);
        return match pending.step {
            // In these words a commit is also refused after a cancel, which a contract has none of.
            Step::Commit if before && !charge.kind.is_contract() => Event::Lost,
            _ if before => done,
            // What is wrong with this one, the one before may have been without: it may have been done.
            _ if again.is_some_and(|until| {
                is_open(io, until, desk) || !call::shows_not_done(pending.step, rejection)
            }) =>
            {
                Event::Lost
            }
            _ => event,
        };
    }
    let Ok(Some(found)) = ask(io, desk, charge).await else {
        return Event::Lost;
    };
    match judge(charge, pending, &found, false) {
        Look::Event(Event::Looked(Finding::Happened { .. })) => done,
        Look::Event(Event::Looked(Finding::Nothing)) => Event::Lost,
        // The one before may still arrive, and not be refused.
        Look::SendAgain if again.is_some_and(|until| is_open(io, until, desk)) => Event::Lost,
        Look::Event(_) | Look::SendAgain => event,
    }
}

/// What the refusal of a part means. Had the network delivered it twice, the first one may have been done, and the second
/// one refused for what it left: the sum tells, which was asked before the part was sent.
async fn confirm_part(
    io: &Io,
    desk: &Desk,
    charge: &Charge,
    part: &Pending,
    refused: Event,
) -> Event {
    let found = ask(io, desk, charge).await;
    let total = match &found {
        Ok(Some(found)) => refunded_sum(charge, found),
        _ => None,
    };
    match total {
        Some(total) if Some(total) == part.refunded_before.checked_add(part.amount).ok() => {
            Event::Done {
                tracking_id: None,
                transaction_id: None,
                details: Vec::new(),
            }
        }
        Some(total) if total <= part.refunded_before => refused,
        _ => Event::Lost,
    }
}

/// Seconds that an inquiry may be behind a notice: until then it confirms only.
const CATCHES_UP: i64 = 900;

/// Asks what was deposited for a slip that waits for it, or of which a notice told an odd sum.
async fn ask_deposit(io: &Io, desk: &Desk, mut open: Open) -> Result<Charge> {
    use GatewayStatus as S;
    for _ in 0..MAX_RACES {
        let charge = open.charge();
        let waits = charge.phase == ChargePhase::AwaitingDeposit || charge.doubt.is_some();
        if !waits || charge.pending.is_some() || charge.review.is_some() {
            break;
        }
        let over = is_over(io, charge, desk);
        let found = if can_ask(desk, charge) {
            ask(io, desk, charge).await?
        } else {
            None
        };
        let status = found.as_ref().and_then(|found| {
            let odd = found.amount.is_some_and(|amount| amount != charge.amount);
            // Exactly what was asked was deposited: an answer that names another sum is no evidence.
            let doubtful = odd && found.status == Some(S::Deposited);
            let named = charge.tracking_id.as_ref().zip(found.tracking_id.as_ref());
            let is_other = named.is_some_and(|(known, named)| known != named);
            found.status.filter(|_| !doubtful && !is_other)
        });
        let is_fresh = |doubt: &Doubt| io.now() < doubt.since.plus_seconds(CATCHES_UP);
        let mut refuted = false;
        let event = match (status, &charge.doubt) {
            (Some(status), Some(doubt)) if agrees(status, doubt.deposited, charge.amount) => {
                Event::DepositConfirmed
            }
            (_, Some(doubt)) if is_fresh(doubt) => Event::Checked,
            (Some(S::Deposited), _) => Event::Deposited {
                tracking_id: found.and_then(|found| found.tracking_id),
                cumulative: charge.amount,
                received: None,
            },
            (Some(S::Overdeposited), _) => Event::DepositedOther { enough: true },
            // It was paid, a notice names another sum, and the gateway says that it is not paid.
            (Some(S::PartlyDeposited | S::AwaitingDeposit | S::Cancelled), Some(_))
                if charge.captured > Yen::default() =>
            {
                Event::DepositedOther { enough: false }
            }
            // It counts as over, and there is money for it.
            (Some(S::PartlyDeposited), Some(_)) if charge.phase != ChargePhase::AwaitingDeposit => {
                Event::DepositedOther { enough: false }
            }
            (Some(S::PartlyDeposited | S::AwaitingDeposit | S::Cancelled), Some(_)) => {
                refuted = true;
                Event::DepositRefuted
            }
            (Some(S::PartlyDeposited), None) if over => Event::DepositedOther { enough: false },
            (Some(S::Cancelled), None) => Event::SlipExpired,
            (Some(S::AwaitingDeposit), None) if over => Event::SlipExpired,
            _ => Event::Checked,
        };
        // Without the doubt the slip stands where it stood, and the same question says more about it.
        if let Written::Yes = open.write(io, &event, None, desk.bounds).await?
            && !refuted
        {
            break;
        }
    }
    Ok(open.record.charge)
}

/// Whether the gateway's word about a slip agrees with a sum of deposits that calls a person.
fn agrees(status: GatewayStatus, deposited: Yen, asked: Yen) -> bool {
    use GatewayStatus as S;
    let none = Yen::default();
    match status {
        S::Deposited => deposited == asked,
        S::Overdeposited => deposited > asked,
        S::PartlyDeposited => deposited > none && deposited < asked,
        S::AwaitingDeposit | S::Cancelled => deposited == none,
        _ => false,
    }
}
