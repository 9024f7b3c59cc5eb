//! Whether what the shop is told about miles is so, at the moment when it is told; and what it believes from then on.

use netmile::exchange::ExchangedMiles;
use netmile::miles::{Cancellation, HandIssued, HandResult, IssuedMiles};
use netmile::operation::Outcome;
use netmile::time::Timestamp;

use crate::miles_book::Belief;
use crate::plan::{DAY, SECOND};
use crate::world::{Invariant, World};

/// What became of an issue.
pub fn issued(world: &mut World, id: &str, outcome: &Outcome<IssuedMiles>) {
    let Some(counter) = &world.gateway.counter else {
        return;
    };
    let there = counter.issue_of(id);
    let there = there.as_ref().map(|i| (i.issuance_id.as_str(), i.miles));
    let told = match outcome {
        Outcome::Done(issued) => Some((issued.issuance_id.as_str(), issued.miles.get())),
        Outcome::Rejected(_) => None,
        _ => return,
    };
    let (agree, detail) = (
        told == there,
        format!("{id}: told {told:?}, there {there:?}"),
    );
    let belief = told.map_or(Belief::Refused, |(issue, _)| {
        Belief::Issued(issue.to_owned())
    });
    compare(world, agree, matches!(belief, Belief::Issued(_)), detail);
    world.believes(id, belief);
}

/// What became of rows by hand.
pub fn by_hand(world: &mut World, id: &str, outcome: &Outcome<HandIssued>) {
    let Outcome::Done(done) = outcome else {
        return;
    };
    for (row, result) in done.rows.iter().enumerate() {
        let belief = match result {
            HandResult::Issued(issue) => Belief::Issued(issue.clone()),
            HandResult::Refused(_) => Belief::Refused,
        };
        world.believes(&format!("{id}/{row}"), belief);
    }
}

/// What became of an exchange.
pub fn exchanged(world: &mut World, id: &str, outcome: &Outcome<ExchangedMiles>) {
    let Some(counter) = &world.gateway.counter else {
        return;
    };
    let there = counter.exchange_of(id);
    let there = there.as_ref().map(|(id, _, miles)| (id.as_str(), *miles));
    let told = match outcome {
        Outcome::Done(done) => Some((done.exchange_id.as_str(), done.miles.get())),
        Outcome::Rejected(_) => None,
        _ => return,
    };
    let (agree, detail) = (
        told == there,
        format!("{id}: told {told:?}, there {there:?}"),
    );
    let belief = told.map_or(Belief::Refused, |(id, _)| Belief::Issued(id.to_owned()));
    compare(world, agree, matches!(belief, Belief::Issued(_)), detail);
    world.believes(id, belief);
}

fn compare(world: &mut World, agree: bool, success: bool, detail: String) {
    if agree {
        return;
    }
    let invariant = if success {
        Invariant::NoPhantomSuccess
    } else {
        Invariant::NoMilesLost
    };
    world.broken(invariant, detail);
}

/// What became of a wish to cancel.
pub fn cancelled(world: &mut World, id: &str, outcome: &Outcome<Cancellation>) {
    let Outcome::Done(done) = outcome else {
        return;
    };
    for result in &done.results {
        let standing = &result.standing;
        world.log(format_args!(
            "shop hears {id}: {} {standing:?}",
            result.issuance_id
        ));
        world.shop.miles.cancelled(&result.issuance_id, standing);
    }
}

/// A person was called: was that needed? Only while the office told nothing for a day.
///
/// Of rows by hand an inquiry says that they exist, no more: what became of each stands in the answer to the request.
pub fn review(world: &mut World, id: &str, since: Timestamp) {
    let begun = since.as_unix() - world.plan.start - world.plan.skew;
    let bound = u64::try_from(begun).unwrap_or(0) * SECOND + DAY;
    let last = world.gateway.answered.get(id).copied();
    world.log(format_args!(
        "a person looks at {id}: since {begun} s, answered {last:?}"
    ));
    world
        .shop
        .reviewed
        .insert(id.to_owned(), "no answer".to_owned());
    if last.is_some_and(|last| last > bound) {
        let detail = format!("{id}: a person was called although the office answers");
        world.broken(Invariant::NoNeedlessReview, detail);
    }
}
