//! Whether what the shop is told is so, at the moment when it is told.

use std::collections::BTreeSet;

use netmile::charge::{Charge, ChargePhase, OpenReason};
use netmile::operation::Ticket;
use netmile::purchase::{Fact, FactKind};
use netmile::settlement::reconcile::Cause;
use netmile::{Error, ErrorKind};
use netmile_mock::api::{Ack, MovementKind};

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
        Act::Refund if refunded > 0 => {
            world.shop.refunded.insert(id.to_owned());
        }
        Act::Refund => {}
        Act::Part(name, _) => part(world, id, name),
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

/// The shop believes that a part is refunded: among equal ones as many must be in the ledger as it believes.
fn part(world: &mut World, id: &str, name: &str) {
    let key = (id.to_owned(), name.to_owned());
    let Some(part) = world.shop.parts.get_mut(&key) else {
        let detail = format!("{id}: told of {name}, which nobody asked for");
        world.broken(Invariant::NoNonsense, detail);
        return;
    };
    part.refunded = true;
    let yen = part.yen;
    let (here, there) = (
        world.shop.told_parts(id, yen),
        world.gateway.refunds_of(id, yen),
    );
    if here > there {
        let detail = format!(
            "{id}: with {name} told that {yen} yen were refunded {here} times; they were {there} times"
        );
        world.broken(Invariant::RefundsEqual, detail);
    }
}

/// A verb says that the outcome is unknown: of what was asked, and of nothing else.
pub fn unknown(world: &mut World, act: &Act, ticket: &Ticket) {
    let steps: &[&str] = match act {
        Act::Charge => &["request", "commit"],
        Act::Capture(_) => &["capture"],
        Act::Refund => &["refund"],
        Act::Part(..) => &["partial_refund"],
        Act::RefundMonth(_) => &["refund_month"],
        Act::End => &["end"],
        _ => return,
    };
    let named = match act {
        Act::Part(name, _) => ticket.key.as_deref() == Some(name),
        Act::RefundMonth(_) => ticket.key.is_some(),
        _ => ticket.key.is_none(),
    };
    if !named || !steps.contains(&ticket.step.as_str()) {
        let (id, step, key) = (&ticket.id, &ticket.step, &ticket.key);
        let detail = format!("{id}: asked for {act:?}, told that {step} {key:?} is unknown");
        world.broken(Invariant::NoNonsense, detail);
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
            refund(world, fact);
        }
        FactKind::PartlyRefunded => refund(world, fact),
        _ => {}
    }
}

/// An event says that a refund is executed, and which.
fn refund(world: &mut World, fact: &Fact) {
    let id = fact.purchase_id.as_str();
    match (fact.step.as_deref(), fact.key.as_deref()) {
        (Some("partial_refund"), Some(name)) => part(world, id, name),
        (Some("refund"), None) => {
            world.shop.refunded.insert(id.to_owned());
        }
        // Somebody else's.
        _ => {}
    }
}

/// A notice was taken. `what` says what it reports, `sum` what was deposited in all, if it is about that.
pub fn noticed(world: &mut World, what: String, sum: Option<u64>, charge: &Charge, repeated: bool) {
    if repeated {
        return;
    }
    if let Some(sum) = sum {
        world.heard.insert(charge.id.clone(), sum);
    }
    if charge.phase == ChargePhase::Paid {
        in_journal(world, charge);
    }
    if !world.applied.insert(what.clone()) {
        let detail = format!("{}: applied twice: {what}", charge.id);
        world.broken(Invariant::AppliedOnce, detail);
    }
}

/// Whether another sum was deposited than asked. That a notice says so is not enough: the gateway can be asked.
fn is_odd(world: &World) -> bool {
    let amount = world.plan.amount;
    world.plan.way == Way::Slip
        && world.plan.visits.iter().any(|(_, visit)| match visit {
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
        _ => is_odd(world),
    };
    if !needed {
        let step = charge.pending.as_ref().map(|pending| pending.step.name());
        let detail = format!("{id}: a person was called: {reason:?} of {step:?}");
        world.broken(Invariant::NoNeedlessReview, detail);
    }
}

/// A person has to look at a line of the settlement file: was that needed? He writes what the management page shows
/// into the shop's own books.
pub fn investigate(world: &mut World, order: &str, cause: Cause, why: &str) {
    let needed = match world.plan.way {
        Way::Slip => is_odd(world),
        // Two refunds of equal yen within one second look like one that is listed twice.
        _ => cause == Cause::LineTwice && has_equal_lines(world, order),
    };
    let moved = world.gateway.moved(order);
    let shop = &mut world.shop;
    shop.reviewed.insert(order.to_owned(), why.to_owned());
    shop.seen_by_person.insert(order.to_owned(), moved);
    if !needed {
        let detail = format!("{order}: a person was called by the file: {why}");
        world.broken(Invariant::NoNeedlessReview, detail);
    }
}

/// Whether two refunds of an order cannot be told apart in a file.
fn has_equal_lines(world: &World, order: &str) -> bool {
    let mut seen = BTreeSet::new();
    let ledger = world.gateway.book.ledger().iter();
    let mut refunds = ledger.filter(|m| m.order_id == order && m.kind == MovementKind::Refunded);
    refunds.any(|m| !seen.insert((m.at, m.yen)))
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
    let bound = world.plan.way == Way::CarrierPeriods && verb.starts_with("Part");
    let end = (verb == "End" || bound) && error.kind() == ErrorKind::NotInContract;
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
