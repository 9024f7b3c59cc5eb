//! Charging, and every further step on a charge.

use super::answer;
use super::call::{self, StepCall};
use super::evidence::{ask, can_ask};
use super::record::Written;
use super::resolve::{confirm, refunded_sum, resolve_open};
use super::{Desk, Open, Record};
use crate::api::ChargeRequest;
use crate::charge::{
    Charge, ChargePhase, Entry, EntryResult, Event, Kind, NewCharge, Pending, Step,
};
use crate::engine::Io;
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::operation::{Outcome, Rejection, Ticket};
use crate::planted::{self, Defect};

/// Times a step is tried again because somebody else changed the same charge.
const MAX_RACES: usize = 16;

/// Records a charge, requests it, and goes on until the money has moved or the gateway refused.
///
/// The same request again goes on where the first one stopped.
pub(crate) async fn start(
    io: &Io,
    desk: &Desk,
    new: NewCharge,
    request: ChargeRequest,
) -> Result<Outcome<Charge>> {
    let contract = new.contract.clone();
    let (id, amount) = (new.id.clone(), new.amount);
    let record = Record {
        charge: Charge::new(new)?,
        request,
        billing: None,
    };
    let known = io.load(&super::row_id(&contract, &id)).await?;
    if let Some(row) = known {
        return go_on(io, desk, Open::from_row(row)?, &record).await;
    }
    // What cannot be composed or signed is refused before anything is recorded.
    let now = io.now();
    let call = StepCall::compose(desk, &record, Step::Request, amount, None, now)?;
    call.encode(now)?;
    let first = sending(desk, Step::Request, amount, None);
    let (open, created) = Open::create(io, record.clone(), &first, desk.bounds).await?;
    if !created {
        return go_on(io, desk, open, &record).await;
    }
    let mut open = send(io, desk, open, call, Step::Request).await?;
    if let Some(ticket) = left_open(io, desk, &mut open, ticket_to_charge).await {
        return Ok(Outcome::Unknown(ticket));
    }
    open.charge()
        .last(Step::Request, None)
        .map_or(Ok(()), not_sent)?;
    to_goal(io, desk, open, Some(record.request)).await
}

/// A charge of this id is known: the same one goes on, another one is refused.
async fn go_on(io: &Io, desk: &Desk, open: Open, asked: &Record) -> Result<Outcome<Charge>> {
    let known = &open.record;
    if !known.request.same(&asked.request) || known.charge.kind != asked.charge.kind {
        return Err(Error::field(
            ErrorKind::Conflict,
            "order_id",
            "was used for another charge",
        ));
    }
    to_goal(io, desk, open, Some(asked.request.clone())).await
}

/// Goes on until a payment is paid or reserved, a contract runs, a slip waits, or something is refused or unknown.
pub(super) async fn to_goal(
    io: &Io,
    desk: &Desk,
    mut open: Open,
    request: Option<ChargeRequest>,
) -> Result<Outcome<Charge>> {
    for _ in 0..MAX_RACES {
        if open.charge().pending.is_some() {
            open = resolve_open(io, desk, open).await?;
            if ticket_to_charge(&open).is_some() {
                match awaited(io, desk, &mut open).await {
                    Some(ticket) => return Ok(Outcome::Unknown(ticket)),
                    None => continue,
                }
            }
        }
        let step = match open.charge().phase {
            ChargePhase::Prepared => Step::Request,
            ChargePhase::Authorised => Step::Commit,
            _ => return Ok(standing(open.record.charge)),
        };
        // A one-time token is not in the journal: what the caller holds is sent.
        let mut record = open.record.clone();
        if let Some(request) = &request {
            record.request = request.clone();
        }
        let amount = match step {
            Step::Request => record.charge.amount,
            _ => Yen::default(),
        };
        match open_step(io, desk, &mut open, &record, step, amount, None).await {
            Ok(Some(call)) => open = send(io, desk, open, call, step).await?,
            Ok(None) => continue,
            Err(_) if step == Step::Commit => return Ok(Outcome::Unknown(to_commit(io, &open))),
            Err(error) => return Err(error),
        }
        if let Some(ticket) = left_open(io, desk, &mut open, ticket_to_charge).await {
            return Ok(Outcome::Unknown(ticket));
        }
        match open.charge().last(step, None).map_or(Ok(()), not_sent) {
            Err(_) if open.charge().phase == ChargePhase::Authorised => {
                return Ok(Outcome::Unknown(to_commit(io, &open)));
            }
            // Its bound has passed, and the authorisation with it.
            Err(_) if step == Step::Commit => {}
            done => done?,
        }
    }
    let sent = open.charge().phase == ChargePhase::Authorised;
    let ticket = ticket_to_charge(&open).or_else(|| sent.then(|| to_commit(io, &open)));
    worn_out(ticket)
}

/// The ticket of an open step of the charge itself. A capture or a refund that is open, of whomever, leaves the charge
/// where it is.
fn ticket_to_charge(open: &Open) -> Option<Ticket> {
    let charge = open.charge();
    match charge.pending.as_ref()?.step {
        Step::Request | Step::Commit => charge.ticket(open.due),
        _ => None,
    }
}

/// Sends a caller away with a ticket for the open step: whoever is sending it tells only its own caller, unless the
/// journal says that somebody else waits for an event. `None` when the charge has moved meanwhile.
async fn awaited(io: &Io, desk: &Desk, open: &mut Open) -> Option<Ticket> {
    let ticket = open.charge().ticket(open.due)?;
    if open.charge().pending.as_ref()?.is_awaited() {
        return Some(ticket);
    }
    for failures in 1..=desk.retry.attempts {
        match open.write(io, &Event::Awaited, None, desk.bounds).await {
            Ok(Written::Yes) => return Some(ticket),
            Ok(_) => return None,
            Err(_) => io.sleep(desk.retry.delay(failures, io.random())).await,
        }
    }
    // An error would say that nothing was sent.
    Some(ticket)
}

/// The ticket of what a sender leaves open. It may be somebody's next try of the same, begun before the answer to one's
/// own was recorded: whose outcome only its own caller is told, unless the journal says that somebody waits for it.
async fn left_open(
    io: &Io,
    desk: &Desk,
    open: &mut Open,
    ticket: impl Fn(&Open) -> Option<Ticket>,
) -> Option<Ticket> {
    for _ in 0..MAX_RACES {
        ticket(open)?;
        if let Some(ticket) = awaited(io, desk, open).await {
            return Some(ticket);
        }
    }
    ticket(open)
}

/// This very step, if it is open. While another one is, this one is not possible, and nobody waits for it.
fn pending<'c>(charge: &'c Charge, step: Step, key: Option<&str>) -> Option<&'c Pending> {
    let is_this = |pending: &&Pending| pending.step == step && pending.key.as_deref() == key;
    charge.pending.as_ref().filter(is_this)
}

fn ticket(open: &Open, step: Step, key: Option<&str>) -> Option<Ticket> {
    pending(open.charge(), step, key).and_then(|_| open.charge().ticket(open.due))
}

fn same_amount(before: Yen, asked: Yen) -> Result<()> {
    if before == asked {
        return Ok(());
    }
    Err(Error::field(
        ErrorKind::Conflict,
        "amount",
        format!("was {before} yen when this step was taken before"),
    ))
}

/// The authorisation stands, and the resolver will commit it: an error would say that nothing was sent.
fn to_commit(io: &Io, open: &Open) -> Ticket {
    Ticket {
        id: open.charge().id.clone(),
        step: Step::Commit.name().to_owned(),
        key: None,
        since: io.now(),
        next_look: open.due,
    }
}

/// Takes one further step: capture, refund, end. Taken before, it answers what became of it.
pub(crate) async fn perform(
    io: &Io,
    desk: &Desk,
    mut open: Open,
    step: Step,
    amount: Yen,
    key: Option<&str>,
) -> Result<Outcome<Charge>> {
    for _ in 0..MAX_RACES {
        if open.charge().pending.is_some() {
            open = resolve_open(io, desk, open).await?;
            if let Some(pending) = pending(open.charge(), step, key) {
                same_amount(pending.amount, amount)?;
                match awaited(io, desk, &mut open).await {
                    Some(ticket) => return Ok(Outcome::Unknown(ticket)),
                    None => continue,
                }
            }
        }
        if let Some(known) = before(open.charge(), step, amount, key)? {
            return Ok(known);
        }
        if step == Step::PartialRefund
            && !ask_what_was_refunded(io, desk, &mut open, amount, key).await?
        {
            continue;
        }
        let record = open.record.clone();
        let Some(call) = open_step(io, desk, &mut open, &record, step, amount, key).await? else {
            continue;
        };
        open = send(io, desk, open, call, step).await?;
        // Others may have ended it, and begun another one, before its answer was recorded.
        let this = |open: &Open| ticket(open, step, key);
        if let Some(ticket) = left_open(io, desk, &mut open, this).await {
            return Ok(Outcome::Unknown(ticket));
        }
        let Some(entry) = open.charge().last(step, key) else {
            continue;
        };
        not_sent(entry)?;
        let rejection = match &entry.result {
            EntryResult::Rejected(rejection) => Some(rejection.clone()),
            EntryResult::FoundMissing => Some(never_processed()),
            _ => None,
        };
        return Ok(match rejection {
            Some(rejection) => Outcome::Rejected(rejection),
            None => Outcome::Done(open.record.charge),
        });
    }
    worn_out(ticket(&open, step, key))
}

/// Before a part is refunded: what was refunded so far? A refund of the same sum on the management page would else be
/// taken for this one, should its answer be lost. False when the charge has changed.
async fn ask_what_was_refunded(
    io: &Io,
    desk: &Desk,
    open: &mut Open,
    amount: Yen,
    key: Option<&str>,
) -> Result<bool> {
    let charge = open.charge();
    if !charge.plan.ask_refunded || charge.review.is_some() || !can_ask(desk, charge) {
        return Ok(true);
    }
    // What is not possible anyway is refused without asking.
    let part = sending(desk, Step::PartialRefund, amount, key);
    crate::charge::transition(charge, &part, io.now(), desk.bounds)?;
    let Some(found) = ask(io, desk, charge).await? else {
        return Err(Error::new(
            ErrorKind::Transport,
            "the gateway did not tell what was refunded so far; nothing was sent",
        ));
    };
    match refunded_sum(charge, &found) {
        Some(total) if total != charge.refunded => {
            let elsewhere = Event::RefundedElsewhere { total };
            open.write(io, &elsewhere, None, desk.bounds).await?;
            Ok(false)
        }
        _ => Ok(true),
    }
}

fn sending(desk: &Desk, step: Step, amount: Yen, key: Option<&str>) -> Event {
    Event::Sending {
        step,
        amount,
        key: key.map(str::to_owned),
        limit_seconds: super::limit_seconds(&desk.gateway),
    }
}

/// What became of the same step when it was taken before.
fn before(
    charge: &Charge,
    step: Step,
    amount: Yen,
    key: Option<&str>,
) -> Result<Option<Outcome<Charge>>> {
    // Only what happens once is recognised without a name.
    let once = matches!(step, Step::Refund | Step::End | Step::Capture);
    if !once && key.is_none() {
        return Ok(None);
    }
    let mut entry = charge.last(step, key);
    if planted::is(Defect::PartTakenForAnother) && step == Step::PartialRefund {
        let same = |entry: &&Entry| entry.step == step && entry.amount == amount;
        entry = entry.or_else(|| charge.log.iter().rfind(same));
    }
    let Some(entry) = entry else {
        return Ok(None);
    };
    let happened = matches!(
        entry.result,
        EntryResult::Done | EntryResult::Found | EntryResult::Reviewed
    );
    if !happened {
        return Ok(None);
    }
    same_amount(entry.amount, amount)?;
    Ok(Some(Outcome::Done(charge.clone())))
}

/// Records that a step is about to be sent. `None` when somebody else was faster; the charge was read again.
async fn open_step(
    io: &Io,
    desk: &Desk,
    open: &mut Open,
    record: &Record,
    step: Step,
    amount: Yen,
    key: Option<&str>,
) -> Result<Option<StepCall>> {
    let now = io.now();
    let sending = sending(desk, step, amount, key);
    // What is not possible or cannot be signed is refused before anything is recorded.
    crate::charge::transition(open.charge(), &sending, now, desk.bounds)?;
    let call = StepCall::compose(desk, record, step, amount, key, now)?;
    call.encode(now)?;
    Ok(match open.write(io, &sending, None, desk.bounds).await? {
        Written::Yes => Some(call),
        Written::Moved | Written::SeenBefore => None,
    })
}

/// Sends the step that is open, and records what came of it. From here on nothing may be reported as an error: the
/// step may have moved money.
async fn send(io: &Io, desk: &Desk, mut open: Open, call: StepCall, step: Step) -> Result<Open> {
    let exchanged = call.run(io, desk, &mut open).await;
    let event = match exchanged {
        Ok(exchanged) => confirm(io, desk, open.charge(), call::event(exchanged)).await,
        // Signing failed at the first send: nothing left.
        Err(_) => Event::NotSent,
    };
    let event = match event {
        // Without the gateway's id nothing further could be done with it: something is wrong with this answer.
        Event::Done {
            tracking_id: None, ..
        } if step == Step::Request && !matches!(open.charge().kind, Kind::Period { .. }) => {
            Event::Lost
        }
        event => event,
    };
    Ok(answer::record(io, desk, open, event).await)
}

/// Where a charge stands, as the outcome of charging it.
fn standing(charge: Charge) -> Outcome<Charge> {
    match charge.phase {
        ChargePhase::Rejected | ChargePhase::Cancelled => match charge.rejection.clone() {
            Some(rejection) => Outcome::Rejected(rejection),
            None => Outcome::Done(charge),
        },
        _ => Outcome::Done(charge),
    }
}

fn not_sent(entry: &Entry) -> Result<()> {
    if entry.result == EntryResult::NotSent {
        return Err(Error::new(
            ErrorKind::Transport,
            "the gateway could not be reached; nothing was sent",
        ));
    }
    Ok(())
}

fn never_processed() -> Rejection {
    Rejection::new(crate::charge::NOT_PROCESSED)
}

/// Others changed the charge again and again: what may have been sent is no error.
fn worn_out(ticket: Option<Ticket>) -> Result<Outcome<Charge>> {
    ticket.map(Outcome::Unknown).ok_or_else(too_many)
}

fn too_many() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "the charge is being changed by too many at once",
    )
}
