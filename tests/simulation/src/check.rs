//! What must hold when a flow is over: the gateway's ledger against what the shop has.

use std::collections::{BTreeMap, BTreeSet};

use netmile::charge::{Charge, ChargePhase, Kind};
use netmile_mock::api::{ApiContract, MovementKind};

use crate::plan::{Visit, Way};
use crate::world::{Invariant, World};

/// What the shop reads through its client when a flow is over.
#[derive(Debug, Default)]
pub struct Read {
    /// Every charge, as `list` gives it.
    pub charges: Vec<Charge>,
    /// Events that still wait for it.
    pub events: usize,
}

/// Checks a flow that is over.
pub fn check(world: &mut World, read: &Read) {
    let charges = &read.charges;
    let mut orders: BTreeSet<String> = charges.iter().map(|charge| charge.id.clone()).collect();
    orders.extend(
        world
            .gateway
            .book
            .ledger()
            .iter()
            .map(|m| m.order_id.clone()),
    );
    let mut kept = 0;
    let monthly = world.plan.way.is_monthly();
    for order in &orders {
        let (captured, refunded) = world.gateway.moved(order);
        if monthly {
            contract(
                world,
                order,
                charges.iter().find(|charge| charge.id == *order),
            );
            continue;
        }
        kept += captured.saturating_sub(refunded);
        if captured > most(world) {
            let detail = format!("{order}: {captured} yen captured, {} asked", most(world));
            world.broken(Invariant::NoDoubleCharge, detail);
        }
        match charges.iter().find(|charge| charge.id == *order) {
            Some(charge) => compare(world, charge, captured, refunded),
            None if captured > 0 => {
                let detail =
                    format!("{order}: {captured} yen captured, the shop has no such charge");
                world.broken(Invariant::NoLostPayment, detail);
            }
            None => {}
        }
    }
    let most = most(world);
    if world.plan.way.is_periods() {
        billed_once(world, charges);
    } else if kept > most {
        let detail = format!("{kept} yen are kept for a purchase of {most}");
        world.broken(Invariant::NoDoubleCharge, detail);
    }
    world.sent_once();
    if read.events > 0 {
        let detail = format!("{} events never reached the shop", read.events);
        world.broken(Invariant::NoLostPayment, detail);
    }
}

/// Most that the purchase may cost: what was asked, or what the customer paid in of his own.
fn most(world: &World) -> u64 {
    let plan = &world.plan;
    let paid_in = plan.visits.iter().map(|(_, visit)| match visit {
        Visit::Pays(yen) | Visit::PaysForCertain(yen) => *yen,
        _ => 0,
    });
    plan.amount.max(paid_in.sum())
}

/// A period is billed once, under whatever ids.
fn billed_once(world: &mut World, charges: &[Charge]) {
    let mut kept: BTreeMap<&str, u64> = BTreeMap::new();
    for charge in charges {
        if let Kind::Period { period, .. } = &charge.kind {
            let (captured, refunded) = world.gateway.moved(&charge.id);
            *kept.entry(period).or_default() += captured.saturating_sub(refunded);
        }
    }
    let most = world.plan.amount;
    for (period, yen) in kept {
        if yen > most {
            let detail = format!("period {period}: {yen} yen are kept, {most} were asked");
            world.broken(Invariant::NoDoubleCharge, detail);
        }
    }
}

/// A contract that the gateway bills: both sides know it, its end and its refunded months.
fn contract(world: &mut World, order: &str, charge: Option<&Charge>) {
    let there = world.gateway.contract(order).cloned();
    let runs = there.as_ref().is_some_and(|contract| contract.committed);
    let Some(charge) = charge else {
        if runs {
            let detail = format!("{order}: a contract runs that the shop does not know");
            world.broken(Invariant::NoLostPayment, detail);
        }
        return;
    };
    if let Some(pending) = &charge.pending
        && charge.review.is_none()
    {
        let detail = format!("{order}: {} is still open", pending.step.name());
        world.broken(Invariant::EndsInTime, detail);
    }
    if charge.pending.is_some() || charge.review.is_some() {
        return;
    }
    let known = matches!(charge.phase, ChargePhase::Active | ChargePhase::Ended);
    if runs && !known {
        let detail = format!(
            "{order}: a contract runs, here it is {}",
            charge.phase.name()
        );
        world.broken(Invariant::NoLostPayment, detail);
    }
    if known && !runs {
        let detail = format!("{order}: the shop counts on a contract that is not there");
        world.broken(Invariant::NoPhantomSuccess, detail);
    }
    let Some(there) = there.filter(|_| runs) else {
        return;
    };
    ended(world, charge);
    let here: BTreeSet<&str> = charge
        .refunded_months
        .iter()
        .map(|m| m.month.as_str())
        .collect();
    let months = there.months.iter();
    let back: BTreeSet<&str> = months
        .filter_map(|(month, billed)| billed.refunded_at.map(|_| month.as_str()))
        .collect();
    if here != back {
        let detail = format!("{order}: months refunded {here:?} here, {back:?} there");
        world.broken(Invariant::RefundsEqual, detail);
    }
    billed(world, charge, &there);
}

/// What the gateway billed by itself is known from the files that came: month by month, to the yen.
fn billed(world: &mut World, charge: &Charge, there: &ApiContract) {
    let [_, until] = world.file_until.clone();
    let here = charge.billed_months.iter();
    let here: BTreeMap<&str, u64> = here
        .map(|month| (month.month.as_str(), month.amount.get()))
        .collect();
    let there = there.months.iter().filter(|(month, _)| **month <= until);
    let there: BTreeMap<&str, u64> = there
        .map(|(month, billed)| (month.as_str(), billed.billed))
        .collect();
    let months: BTreeSet<&str> = here.keys().chain(there.keys()).copied().collect();
    for month in months {
        let yen = |side: &BTreeMap<&str, u64>| side.get(month).copied().unwrap_or(0);
        let (here, there) = (yen(&here), yen(&there));
        if there > here {
            let detail = format!(
                "{}: {month}: {there} yen were billed, the shop knows of {here}",
                charge.id
            );
            world.broken(Invariant::NoLostPayment, detail);
        }
        if here > there {
            let detail = format!(
                "{}: {month}: the shop counts on {here} yen, {there} were billed",
                charge.id
            );
            world.broken(Invariant::NoPhantomSuccess, detail);
        }
    }
}

/// An end that the shop asked for is known to both; of one by the gateway the shop may not have heard yet.
fn ended(world: &mut World, charge: &Charge) {
    let here = charge.phase == ChargePhase::Ended;
    let agree = match world.gateway.ended_by(&charge.id).as_deref() {
        Some("request") => here,
        Some(_) => true,
        None => !here,
    };
    if !agree {
        let detail = format!(
            "{}: the contract is {} here only",
            charge.id,
            charge.phase.name()
        );
        world.broken(Invariant::NoLostPayment, detail);
    }
}

fn compare(world: &mut World, charge: &Charge, captured: u64, refunded: u64) {
    let id = &charge.id;
    world.trace.event(
        world.now,
        format_args!(
            "end {id}: {} captured {} refunded {} deposited {}; gateway {captured} and {refunded}",
            charge.phase.name(),
            charge.captured,
            charge.refunded,
            charge.deposited
        ),
    );
    if let Some(pending) = &charge.pending
        && charge.review.is_none()
    {
        let detail = format!("{id}: {} is still open", pending.step.name());
        world.broken(Invariant::EndsInTime, detail);
        return;
    }
    if charge.phase == ChargePhase::Authorised {
        let detail = format!("{id}: authorised, and nobody commits");
        world.broken(Invariant::EndsInTime, detail);
    }
    if charge.review.is_some() {
        let detail = format!("{id}: a person looked at it, and it still waits for one");
        world.broken(Invariant::EndsInTime, detail);
        return;
    }
    if charge.kind.is_contract() {
        ended(world, charge);
        return;
    }
    let slip = world.plan.way == Way::Slip;
    if !slip {
        refunds(world, id, captured);
    }
    let there = captured.saturating_sub(refunded);
    let heard = slip && world.heard.get(id) == Some(&there);
    if !heard && world.shop.seen_by_person.get(id) == Some(&(captured, refunded)) {
        // The client could not know, and nothing has moved since a person wrote down what is so.
        return;
    }
    told(world, id, captured);
    let here = if slip && charge.captured.get() == 0 {
        charge.deposited.get()
    } else {
        charge.kept().get()
    };
    if there > here {
        let detail = format!("{id}: the gateway keeps {there} yen, the shop knows of {here}");
        world.broken(Invariant::NoLostPayment, detail);
    }
    if here > there {
        let detail = format!("{id}: the shop counts on {here} yen, the gateway keeps {there}");
        world.broken(Invariant::NoPhantomSuccess, detail);
    }
    if !slip && charge.refunded.get() != refunded {
        let detail = format!("{id}: refunded {} here, {refunded} there", charge.refunded);
        world.broken(Invariant::RefundsEqual, detail);
    }
}

/// The shop was told to deliver what was paid for.
fn told(world: &mut World, id: &str, captured: u64) {
    let plan = &world.plan;
    let taken_back = |(_, visit): &(u64, Visit)| *visit == Visit::TakesBack;
    let paid = match plan.way {
        // What was taken back before the shop heard of it was never paid for the shop.
        Way::Slip => captured >= plan.amount && !plan.visits.iter().any(taken_back),
        _ => captured > 0,
    };
    let times = world.shop.deliveries.get(id).copied().unwrap_or(0);
    if paid && times == 0 {
        let detail = format!("{id}: paid, and the shop was never told to deliver");
        world.broken(Invariant::NoLostPayment, detail);
    }
}

/// Refund by refund: what the shop was told is in the ledger, as often, and nothing else but what the network doubled. Such
/// a copy may pass for a later part of as many yen, whose own request never came: the sum is what was asked for. The
/// gateway's own refusal of the network's copy may hide the part that was executed where no inquiry tells the sum, until
/// the file does.
fn refunds(world: &mut World, id: &str, captured: u64) {
    let mut here: BTreeMap<u64, usize> = BTreeMap::new();
    for part in world.shop.parts_of(id).filter(|part| part.refunded) {
        *here.entry(part.yen).or_default() += 1;
    }
    if captured > 0 && world.shop.refunded.contains(id) {
        *here.entry(captured).or_default() += 1;
    }
    let mut there: BTreeMap<u64, usize> = BTreeMap::new();
    let ledger = world.gateway.book.ledger().iter();
    for movement in ledger.filter(|m| m.order_id == id && m.kind == MovementKind::Refunded) {
        *there.entry(movement.yen).or_default() += 1;
    }
    let wanted: BTreeSet<u64> = here.keys().chain(there.keys()).copied().collect();
    for yen in wanted {
        let told = here.get(&yen).copied().unwrap_or(0);
        let copies = world.copies(id, yen);
        let hidden = world.hidden(id, yen);
        let moved = there.get(&yen).copied().unwrap_or(0);
        if moved < told || moved > told + copies + hidden {
            let detail = format!(
                "{id}: {yen} yen were refunded {moved} times, the shop was told of {told}, the network made {copies}"
            );
            world.broken(Invariant::RefundsEqual, detail);
        }
    }
}
