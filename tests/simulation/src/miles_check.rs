//! What must hold when a flow about miles is over: the office's passbooks against what the shop believes and its points.

use netmile::miles::CancelStanding;

use crate::miles_book::Belief;
use crate::miles_plan::MILES_PER_POINT;
use crate::office::member;
use crate::plan::Way;
use crate::world::{Invariant, World};

/// What a member got and lost again.
#[derive(Clone, Debug, Default)]
struct Passbook {
    times: u32,
    issued: u64,
    taken_back: u64,
    issuance: Option<String>,
}

/// Checks a flow about miles that is over.
pub fn check(world: &mut World) {
    let now = world.unix();
    if let Some(counter) = &mut world.gateway.counter {
        counter.close(now);
    }
    open(world);
    for reward in 0..world.plan.miles_plan.rewards.len() {
        let passbook = world.passbook(reward);
        let sums = &mut world.miles_sums;
        sums.deposited += u64::from(passbook.times);
        sums.taken_back += u64::from(passbook.taken_back > 0);
        once(world, reward, &passbook);
        if world.plan.way == Way::Exchange {
            points(world, reward, &passbook);
        } else {
            belief(world, reward, &passbook);
        }
    }
    if world.records.unacknowledged > 0 {
        let detail = format!(
            "{} events never reached the shop",
            world.records.unacknowledged
        );
        world.broken(Invariant::NoMilesLost, detail);
    }
}

/// Nothing is open any more.
fn open(world: &mut World) {
    let known = ["done", "refused", "issued", "credited_back", "not_debited"];
    // What provably never left may be asked for again at any time.
    let rows = world.records.all();
    let open: Vec<String> = rows
        .filter(|(_, row)| row.phase != "prepared" && !known.contains(&row.phase.as_str()))
        .map(|(id, row)| format!("{id} is still {}", row.phase))
        .collect();
    for detail in open {
        world.broken(Invariant::EndsInTime, detail);
    }
}

/// A customer gets a reward once, under whatever names it was asked for.
fn once(world: &mut World, reward: usize, passbook: &Passbook) {
    let asked = world.plan.miles_plan.rewards.get(reward);
    let asked = asked.map_or(0, |reward| reward.miles);
    if passbook.times > 1 || passbook.issued > asked {
        let (times, issued) = (passbook.times, passbook.issued);
        let detail = format!("reward {reward}: {issued} miles in {times} issues, {asked} asked");
        world.broken(Invariant::IssuedOnce, detail);
    }
}

/// What the shop believes of a reward is so.
fn belief(world: &mut World, reward: usize, passbook: &Passbook) {
    let seed = world.plan.seed;
    let here = world.issued_to(reward);
    let names = world.shop.miles.names('T', seed, reward);
    let there = world.gateway.counter.as_ref().and_then(|counter| {
        let of_name = names.iter().find_map(|name| counter.issue_of(name));
        let held = of_name.map(|issued| issued.issuance_id);
        passbook.issuance.clone().or(held)
    });
    let standing = here
        .as_ref()
        .and_then(|id| world.shop.miles.cancels.get(id));
    let standing = standing.cloned();
    world.log(format_args!(
        "end reward {reward}: here {here:?} {standing:?}, there {there:?} {passbook:?}"
    ));
    let cancelled_here = matches!(
        standing,
        Some(CancelStanding::Cancelled | CancelStanding::Approved)
    );
    // Rows by hand that were cancelled while they were held left nothing in a passbook.
    let only_here = here.is_some() && there.is_none() && !cancelled_here;
    let other = here.is_some() && there.is_some() && here != there;
    if only_here || other {
        let detail = format!("reward {reward}: the shop counts on {here:?}, there is {there:?}");
        world.broken(Invariant::NoMilesLost, detail);
    }
    if here.is_none() && there.is_some() {
        let detail = format!("reward {reward}: {there:?} was issued, the shop does not know");
        world.broken(Invariant::NoMilesLost, detail);
    }
    if let Some(id) = &here {
        let cancelled_there = world
            .gateway
            .counter
            .as_ref()
            .is_some_and(|c| c.is_cancelled(id));
        // A wish that a person at the office decides about later is asked for by the shop when it likes.
        let waits = matches!(standing, Some(CancelStanding::Applied));
        if cancelled_here != cancelled_there && !waits {
            let detail = format!("{id}: cancelled here {cancelled_here}, there {cancelled_there}");
            world.broken(Invariant::NoMilesLost, detail);
        }
    }
}

/// The points that the customer has less are the miles that he has more.
fn points(world: &mut World, reward: usize, passbook: &Passbook) {
    let names = world.shop.miles.names('X', world.plan.seed, reward);
    let book = &world.shop.miles;
    let kept: u64 = names.iter().map(|name| book.points.kept(name)).sum();
    let believes = names
        .iter()
        .any(|name| matches!(book.beliefs.get(name), Some(Belief::Issued(_))));
    world.log(format_args!(
        "end exchange {reward}: {kept} points kept, {passbook:?}"
    ));
    world.miles_sums.points += kept;
    world.miles_sums.exchanged += passbook.issued;
    if kept * MILES_PER_POINT != passbook.issued {
        let miles = passbook.issued;
        let detail = format!("exchange {reward}: {kept} points are gone, {miles} miles came");
        world.broken(Invariant::NoPointsLost, detail);
    }
    if !believes && passbook.times > 0 {
        let detail = format!("exchange {reward}: miles were issued, the shop does not know");
        world.broken(Invariant::NoMilesLost, detail);
    }
}

impl World {
    fn passbook(&self, reward: usize) -> Passbook {
        let mut passbook = Passbook::default();
        let Some(counter) = &self.gateway.counter else {
            return passbook;
        };
        for posting in counter.postings(&member(reward)) {
            match u64::try_from(posting.miles) {
                Ok(miles) => {
                    passbook.times += 1;
                    passbook.issued += miles;
                    passbook.issuance = Some(posting.issuance_id.clone());
                }
                Err(_) => passbook.taken_back += posting.miles.unsigned_abs(),
            }
        }
        passbook
    }
}
