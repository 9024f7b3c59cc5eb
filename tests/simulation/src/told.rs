//! Whether what the shop is told is so, at the moment when it is told.

use netmile::charge::{Charge, ChargePhase, OpenReason};
use netmile::purchase::{Fact, FactKind};
use netmile::settlement::reconcile::Cause;
use netmile::{Error, ErrorKind};
use netmile_mock::api::{Ack, MovementKind};

use crate::fault::Fault;
use crate::plan::{Act, Visit, Way};
use crate::world::{Action, Invariant, Trick, World};

/// A verb was done.
pub fn done(world: &mut World, act: &Act, charge: &Charge) {
    let id = charge.id.as_str();
    let (captured, refunded) = world.gateway.moved(id);
    if charge.captured.get() > 0 {
        paid(world, id);
        in_journal(world, charge);
    }
    match act {
        Act::Charge if charge.kind.is_contract() => runs(world, id),
        Act::Capture(_) if captured == 0 => {
            let detail = format!("{id}: the shop was told that it captured, the gateway has not");
            world.broken(Invariant::NoPhantomSuccess, detail);
        }
        Act::Capture(_) => {}
        Act::Refund if captured != refunded => {
            let detail = format!("{id}: told refunded; {captured} captured, {refunded} refunded");
            world.broken(Invariant::RefundsEqual, detail);
        }
        Act::Refund => {}
        Act::Part(name, yen) => {
            let is_it = |m: &&netmile_mock::api::Movement| {
                m.order_id == id && m.kind == MovementKind::Refunded && m.yen == *yen
            };
            if world.gateway.book.ledger().iter().filter(is_it).count() == 0 {
                let detail =
                    format!("{id}: told that {name} of {yen} yen was refunded; it was not");
                world.broken(Invariant::RefundsEqual, detail);
            }
        }
        Act::RefundMonth(_) if refunded == 0 => {
            let detail = format!("{id}: told that a month was refunded; none was");
            world.broken(Invariant::RefundsEqual, detail);
        }
        Act::End if world.gateway.ended_by(id).is_none() => {
            let detail = format!("{id}: told that the contract ended; it runs");
            world.broken(Invariant::NoPhantomSuccess, detail);
        }
        _ => {}
    }
}

/// The shop believes that a contract runs.
fn runs(world: &mut World, id: &str) {
    let contract = world.gateway.contract(id);
    if !contract.is_some_and(|contract| contract.committed) {
        let detail = format!("{id}: told that a contract runs, the gateway has none");
        world.broken(Invariant::NoPhantomSuccess, detail);
    }
}

/// The shop believes that a charge is paid.
fn paid(world: &mut World, id: &str) {
    let (captured, _) = world.gateway.moved(id);
    if captured == 0 {
        let detail = format!("{id}: told paid, the gateway has captured nothing");
        world.broken(Invariant::NoPhantomSuccess, detail);
    } else if !world.gateway.told.contains(id) {
        let detail = format!("{id}: told paid by answers about another amount alone");
        world.broken(Invariant::NoPhantomSuccess, detail);
    }
}

/// What is told about money stands in the journal.
fn in_journal(world: &mut World, charge: &Charge) {
    let row = world.records.of(&charge.id);
    let nothing = row.is_none_or(|row| row.body.contains("\"captured\":0,"));
    let taken_back = world
        .plan
        .visits
        .iter()
        .any(|(_, visit)| *visit == Visit::TakesBack);
    if nothing && !taken_back {
        let detail = format!("{}: told paid, the journal does not know", charge.id);
        world.broken(Invariant::ToldFromJournal, detail);
    }
}

/// An event reached the shop.
pub fn fact(world: &mut World, number: i64, fact: &Fact) {
    let id = fact.purchase_id.as_str();
    world.log(format_args!("event {number} {:?} {id}", fact.kind));
    if !world.shop.fulfilled.insert(number) {
        // Seen before its acknowledgement was lost.
        return;
    }
    match fact.kind {
        FactKind::Paid | FactKind::PaidLate => {
            paid(world, id);
            let times = world.shop.deliveries.entry(id.to_owned()).or_default();
            *times += 1;
            if *times > 1 {
                let detail = format!("{id}: the goods went out {times} times");
                world.broken(Invariant::DeliveredOnce, detail);
            }
        }
        FactKind::Refunded => {
            let (captured, refunded) = world.gateway.moved(id);
            if captured != refunded {
                let detail = format!("{id}: event refunded; {captured} captured, {refunded} back");
                world.broken(Invariant::RefundsEqual, detail);
            }
        }
        _ => {}
    }
}

/// A notice was taken. `what` says what it reports.
pub fn noticed(world: &mut World, what: String, charge: &Charge, repeated: bool) {
    if repeated {
        return;
    }
    if charge.phase == ChargePhase::Paid {
        in_journal(world, charge);
    }
    if !world.applied.insert(what.clone()) {
        let detail = format!("{}: applied twice: {what}", charge.id);
        world.broken(Invariant::AppliedOnce, detail);
    }
}

/// Whether another sum was deposited than asked, or somebody said so.
fn is_odd(world: &World) -> bool {
    let lied = [Fault::WrongNotice, Fault::WrongAmount];
    let amount = world.plan.amount;
    lied.iter().any(|fault| world.faults.contains_key(fault))
        || world.plan.visits.iter().any(|(_, visit)| match visit {
            Visit::Pays(yen) | Visit::PaysForCertain(yen) => *yen != amount,
            Visit::TakesBack => true,
            Visit::Cancels => false,
        })
}

/// A person was called: was that needed?
pub fn review(world: &mut World, charge: &Charge) {
    let Some(reason) = charge.review else {
        return;
    };
    let id = &charge.id;
    world
        .shop
        .reviewed
        .insert(id.clone(), format!("{reason:?}"));
    let needed = match reason {
        // In the end there is always a file.
        OpenReason::NoEvidence => false,
        OpenReason::DepositSum => world.plan.way == Way::Slip && is_odd(world),
        _ => is_odd(world),
    };
    if !needed {
        let step = charge.pending.as_ref().map(|pending| pending.step.name());
        let detail = format!("{id}: a person was called: {reason:?} of {step:?}");
        world.broken(Invariant::NoNeedlessReview, detail);
    }
}

/// A person has to look at a line of the settlement file: was that needed?
pub fn investigate(world: &mut World, order: &str, cause: Cause, why: &str) {
    let plan = &world.plan;
    let needed = match plan.way {
        Way::Slip => is_odd(world),
        // Two refunds of equal yen within one second look like one that is listed twice.
        _ => world.doubled_part && cause == Cause::LineTwice,
    };
    world.shop.reviewed.insert(order.to_owned(), why.to_owned());
    if !needed {
        let detail = format!("{order}: a person was called by the file: {why}");
        world.broken(Invariant::NoNeedlessReview, detail);
    }
}

/// A verb ended with an error.
pub fn error(world: &mut World, verb: &str, error: &Error) {
    let expected = matches!(
        error.kind(),
        ErrorKind::Journal
            | ErrorKind::Transport
            | ErrorKind::Conflict
            | ErrorKind::InvalidState
            | ErrorKind::UnknownOrder
    );
    // Half an id was told before its charge was recorded, or the part is more than what was captured.
    let part = verb.starts_with("Part") && error.kind() == ErrorKind::InvalidValue;
    let end = verb == "End" && error.kind() == ErrorKind::NotInContract;
    if !expected && !part && !end {
        world.broken(Invariant::NoNonsense, format!("{verb}: {error}"));
    }
}

impl World {
    /// The gateway learns how a notice was taken, and sends it again if it must.
    pub fn noticed(&mut self, id: u64, ack: &Ack) {
        let now = self.unix();
        let again = self.gateway.noticed(id, ack, now);
        if let Some(at) = again {
            self.at_unix(
                at,
                Action::Notice {
                    id,
                    trick: Trick::Honest,
                },
            );
        }
    }
}
