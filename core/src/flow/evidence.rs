//! Asking the gateway, and writing down what others say: notices, files, people.

use super::record::Written;
use super::{Desk, Open};
use crate::api::operations::{Found, Inquiry};
use crate::charge::Bounds;
use crate::charge::{Charge, Event};
use crate::engine::{Call, Exchanged, Io};
use crate::error::{Error, ErrorKind, Result};
use crate::planted::{self, Defect};

/// Times a fact is written again because somebody else changed the same charge.
const MAX_RACES: usize = 64;

/// Whether the gateway can be asked about this charge.
pub(super) fn can_ask(desk: &Desk, charge: &Charge) -> bool {
    let known = charge.tracking_id.is_some();
    desk.gateway.ids().functions.inquiry.is_some()
        && charge.plan.ask
        && (known || charge.plan.ask_by_order)
        && (!charge.kind.is_contract() || charge.plan.ask_by_order)
}

/// Asks once, with retries. `None` when there was no usable answer.
pub(super) async fn ask(io: &Io, desk: &Desk, charge: &Charge) -> Result<Option<Found>> {
    let inquiry = Inquiry::new(&desk.gateway, charge.tracking_id.as_deref(), &charge.id)?;
    let call = Call::new(inquiry).retry(desk.retry);
    Ok(match call.run(io, &desk.budget, async |_| Ok(())).await? {
        Exchanged::Done(found) => Some(found),
        Exchanged::Rejected(_) | Exchanged::Unknown(_) | Exchanged::NotSent(_) => None,
    })
}

/// Asks on demand.
pub(crate) async fn look_up(io: &Io, desk: &Desk, charge: &Charge) -> Result<Option<Found>> {
    if !can_ask(desk, charge) {
        return Err(Error::field(
            ErrorKind::NotInContract,
            "function",
            "this charge cannot be asked about: the method has no inquiry, or its tracking_id is not known",
        ));
    }
    ask(io, desk, charge).await
}

/// Writes an event down, however often the charge moves meanwhile. False when the first-seen key was known.
pub(crate) async fn note(
    io: &Io,
    mut open: Open,
    event: &Event,
    seen: Option<String>,
    bounds: Bounds,
) -> Result<(Charge, bool)> {
    let seen = seen.filter(|_| !planted::is(Defect::ReplayGuardOff));
    for _ in 0..MAX_RACES {
        match open.write(io, event, seen.clone(), bounds).await? {
            Written::Yes => return Ok((open.record.charge, true)),
            Written::Moved => {}
            Written::SeenBefore => return Ok((open.record.charge, false)),
        }
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "the charge is being changed by too many at once",
    )
    .with_attempts(64))
}
