//! Writing down what came of a send.

use super::record::Written;
use super::{Desk, Open};
use crate::charge::{Event, Finding, Source, StepState};
use crate::engine::Io;

/// Times an answer is tried to be written because somebody else changed the same charge.
const MAX_RACES: usize = 16;

/// Writes down what came of the open step, which this caller has sent. An answer comes once: it is not given up because
/// somebody else changes the charge, or because a write fails.
pub(super) async fn record(io: &Io, desk: &Desk, mut open: Open, event: Event) -> Open {
    let Some(own) = open.charge().pending.clone() else {
        return open;
    };
    // Whoever closes a step logs it: the same step with a longer log is somebody's next try.
    let logged = open.charge().log.len();
    let mut failures = 0;
    for _ in 0..MAX_RACES {
        let pending = match &open.charge().pending {
            Some(p)
                if p.step == own.step
                    && p.since == own.since
                    && p.key == own.key
                    && open.charge().log.len() == logged =>
            {
                p
            }
            // Somebody else closed it; what was found stands.
            _ => return open,
        };
        // What somebody else has sent meanwhile may have its effect: only a success says something about both.
        let overtaken = pending.sends != own.sends;
        if overtaken && !matches!(event, Event::Done { .. }) {
            return open;
        }
        let looked_at = pending.state == StepState::Unknown && own.state == StepState::Sending;
        let event = match &event {
            // The resolver looked meanwhile, and sent nothing: what never left from here never left at all.
            Event::NotSent if looked_at && own.step.is_blind() => Event::Looked(Finding::Missing {
                source: Source::Answer,
            }),
            Event::NotSent if pending.state == StepState::Unknown => {
                Event::Looked(Finding::Nothing)
            }
            event => event.clone(),
        };
        match open.write(io, &event, None, desk.bounds).await {
            Ok(Written::Yes) => return open,
            Ok(_) => {}
            Err(_) => {
                failures += 1;
                if failures >= desk.retry.attempts {
                    // The journal knows that the step is open, no more; so does the caller.
                    return open;
                }
                io.sleep(desk.retry.delay(failures, io.random())).await;
            }
        }
    }
    open
}
