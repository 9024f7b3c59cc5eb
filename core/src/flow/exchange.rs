//! Exchanges of points: begun, taken by the shop, issued by NetMile, or given back.

use super::transaction::{
    Counter, Kept, MAX_RACES, Next, Saved, resolve as look, row_id, send, signed, too_many,
};
use crate::engine::Io;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{
    Exchange, ExchangeEvent, ExchangePhase, ExchangeRequest, ExchangedMiles, transition,
};
use crate::operation::{Operation, Outcome};
use crate::reference::{Event, Limits, Transaction};
use crate::time::Timestamp;

impl Kept for Exchange {
    type Task = ExchangeRequest;

    fn transaction(&self) -> &Transaction<ExchangeRequest> {
        &self.issue
    }

    fn phase(&self) -> &'static str {
        self.phase.name()
    }

    fn next(
        &self,
        event: &Event<ExchangedMiles>,
        at: Timestamp,
        limits: Limits,
    ) -> Result<Next<Self>> {
        step(self, &ExchangeEvent::Issue(event.clone()), at, limits)
    }
}

fn step(
    exchange: &Exchange,
    event: &ExchangeEvent,
    at: Timestamp,
    limits: Limits,
) -> Result<Next<Exchange>> {
    let step = transition(exchange, event, at, limits)?;
    Ok(Next {
        is: step.exchange,
        told: step.told.map(|told| told.kind()),
        due: step.due,
    })
}

impl Saved<Exchange> {
    fn standing(&self) -> Outcome<ExchangedMiles> {
        self.is
            .outcome(self.due)
            .unwrap_or_else(|| Outcome::Unknown(self.ticket()))
    }
}

/// Records that the shop is about to take the points. The same again tells where it stands. `fits` is what else was checked
/// of it: rules that may be others by now do not count for what is recorded.
pub(crate) async fn begin(
    io: &Io,
    counter: &Counter,
    request: ExchangeRequest,
    fits: Result<()>,
) -> Result<Exchange> {
    // What could never be sent is refused before the shop takes any points.
    signed(io, counter, &request).encode(io.now())?;
    let id = row_id::<ExchangeRequest>(counter.site.id(), request.tran_id());
    if fits.is_err() && io.load(&id).await?.is_none() {
        fits?;
    }
    let first = Exchange::new(counter.site.id().to_owned(), request, io.now());
    let due = first.first_look();
    let (saved, created) = Saved::open(io, &first, due).await?;
    if !created && saved.is.request() != first.request() {
        return Err(Error::field(
            ErrorKind::Conflict,
            "tran_id",
            "was used for something else",
        ));
    }
    Ok(saved.is)
}

/// Records what the shop says. Said again it changes nothing.
pub(crate) async fn note(
    io: &Io,
    counter: &Counter,
    mut saved: Saved<Exchange>,
    event: &ExchangeEvent,
) -> Result<Saved<Exchange>> {
    for _ in 0..MAX_RACES {
        let next = step(&saved.is, event, io.now(), counter.limits)?;
        if next.is == saved.is || saved.put(io, next).await? {
            return Ok(saved);
        }
    }
    Err(too_many())
}

/// Asks for the miles, or tells what became of them.
///
/// # Errors
/// `invalid_state` before the points are taken; `transport` when nothing was sent.
pub(crate) async fn issue(
    io: &Io,
    counter: &Counter,
    mut saved: Saved<Exchange>,
) -> Result<Outcome<ExchangedMiles>> {
    for _ in 0..MAX_RACES {
        match saved.is.phase {
            ExchangePhase::Debiting | ExchangePhase::NotDebited => {
                return Err(Error::field(
                    ErrorKind::InvalidState,
                    "tran_id",
                    "does not allow this step: the points are not taken",
                ));
            }
            ExchangePhase::Issuing | ExchangePhase::NeedsReview => {
                return Ok(look(io, counter, saved).await?.standing());
            }
            ExchangePhase::Debited => {}
            _ => return Ok(saved.standing()),
        }
        let sending = ExchangeEvent::Issue(Event::Sending);
        let next = step(&saved.is, &sending, io.now(), counter.limits)?;
        if saved.put(io, next).await? {
            let call = signed(io, counter, saved.is.request());
            let (saved, not_sent) = send(io, counter, saved, call).await;
            return match not_sent {
                Some(why) if saved.is.phase == ExchangePhase::Debited => {
                    Err(Error::new(ErrorKind::Transport, why))
                }
                _ => Ok(saved.standing()),
            };
        }
    }
    Err(too_many())
}

/// Does what is due, once: asks the shop, asks for the miles, or asks what became of them.
pub(crate) async fn resolve(
    io: &Io,
    counter: &Counter,
    saved: Saved<Exchange>,
) -> Result<Saved<Exchange>> {
    match saved.is.phase {
        ExchangePhase::Debiting if saved.is.first_look().is_none_or(|due| io.now() >= due) => {
            note(io, counter, saved, &ExchangeEvent::Overdue).await
        }
        ExchangePhase::Debited => {
            let mut saved = note(io, counter, saved, &ExchangeEvent::Overdue).await?;
            if saved.is.phase != ExchangePhase::Debited {
                return Ok(saved);
            }
            let sending = ExchangeEvent::Issue(Event::Sending);
            let next = step(&saved.is, &sending, io.now(), counter.limits)?;
            if !saved.put(io, next).await? {
                return Ok(saved);
            }
            let call = signed(io, counter, saved.is.request());
            Ok(send(io, counter, saved, call).await.0)
        }
        ExchangePhase::Issuing | ExchangePhase::NeedsReview => look(io, counter, saved).await,
        _ => Ok(saved),
    }
}
