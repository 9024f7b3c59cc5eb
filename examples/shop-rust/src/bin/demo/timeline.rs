//! Who said what to whom, as it happens.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use netmile::engine::{NotDelivered, Observation, Observer};
use netmile_mock::store::notices::LogEntry;

/// Who takes part.
#[derive(Clone, Copy)]
pub(crate) enum Who {
    Browser,
    Shop,
    Gateway,
    Advertiser,
    Staff,
}

impl Who {
    /// Name and colour.
    const fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Browser => ("browser", "36"),
            Self::Shop => ("shop", "32"),
            Self::Gateway => ("gateway", "35"),
            Self::Advertiser => ("advertiser", "33"),
            Self::Staff => ("staff", "34"),
        }
    }
}

/// Prints lines with the time since the start.
pub(crate) struct Timeline {
    start: Instant,
    colours: bool,
}

impl Timeline {
    pub(crate) fn start() -> Self {
        Self {
            start: Instant::now(),
            colours: io::stdout().is_terminal(),
        }
    }

    /// A heading.
    pub(crate) fn part(&self, text: &str) {
        self.line(&format!("\n{}", self.paint("1", text)));
    }

    /// Something went from one to the other.
    pub(crate) fn sent(&self, from: Who, to: Who, what: &str) {
        let arrow = format!("{} → {}", self.name(from), self.name(to));
        let pad = 20_usize.saturating_sub(from.look().0.len() + to.look().0.len());
        self.line(&format!(
            "{}  {arrow}{}  {what}",
            self.clock(),
            " ".repeat(pad)
        ));
    }

    /// Somebody verified something; without an arrow.
    pub(crate) fn found(&self, who: Who, what: &str) {
        let pad = 23_usize.saturating_sub(who.look().0.len());
        // What is not known, or was refused, gets no tick.
        let mark = if what.contains("NO ANSWER") || what.contains(": NG ") {
            self.paint("33", "?")
        } else {
            self.paint("32", "✓")
        };
        let name = self.name(who);
        self.line(&format!(
            "{}  {name}{}  {mark} {what}",
            self.clock(),
            " ".repeat(pad)
        ));
    }

    /// A line without time.
    pub(crate) fn line(&self, text: &str) {
        // A closed pipe is the reader's choice, not a failure of the walk.
        let _ = writeln!(io::stdout().lock(), "{text}");
    }

    fn clock(&self) -> String {
        let text = format!("{:7.3}s", self.start.elapsed().as_secs_f64());
        self.paint("2", &text)
    }

    fn name(&self, who: Who) -> String {
        let (name, colour) = who.look();
        self.paint(colour, name)
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.colours {
            format!("\x1b[{colour}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

/// What the shop's payment client verified since the last look.
#[derive(Default)]
pub(crate) struct Seen(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    /// The attempt whose form was handed out last.
    signed: String,
}

impl Seen {
    pub(crate) fn take(&self) -> Vec<String> {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut notes.lines)
    }
}

impl Observer for Seen {
    fn observe(&self, what: &Observation<'_>) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = match what {
            Observation::FormHandedOut { order_id, .. } if notes.signed == *order_id => {
                "signed again for the page: same order_id, new request_date".to_owned()
            }
            Observation::FormHandedOut { order_id, .. } => {
                notes.signed = (*order_id).to_owned();
                "attempt in the journal, form signed (SHA-1 over UTF-8)".to_owned()
            }
            Observation::Applied { phase, .. } => {
                format!("hash, time, order, amount, customer fit: {}", phase.name())
            }
            Observation::Repeated { .. } => "seen before: nothing changes".to_owned(),
            Observation::NotAccepted { kind, field } => {
                format!(
                    "NOT accepted: {} {}",
                    kind.code(),
                    field.unwrap_or_default()
                )
            }
            // What arrives stands in the gateway's log.
            Observation::Sending { .. } => return,
            Observation::Exchanged {
                function, failure, ..
            } => match failure {
                None => format!("{function}: answered"),
                Some(NotDelivered::Lost(_)) => {
                    format!("{function}: NO ANSWER, it may have been done or not")
                }
                Some(NotDelivered::NotSent(_)) => format!("{function}: never left"),
            },
            _ => "something new happened".to_owned(),
        };
        notes.lines.push(text);
    }
}

/// One message of the mock's log, as lines of the timeline; `verified` is what the shop found meanwhile, `answer` what
/// it said to the last notice.
pub(crate) fn tell(
    timeline: &Timeline,
    entry: &LogEntry,
    verified: &mut Vec<String>,
    answer: &str,
) {
    let field = |name: &str| {
        let found = entry.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    };
    let count = entry.fields.len();
    let name = &entry.message;
    match (entry.direction.as_str(), entry.peer.as_str()) {
        ("in", "browser") => {
            timeline.found(
                Who::Gateway,
                &format!(
                    "{name}: {count} fields, hash, order unused: {}",
                    entry.outcome
                ),
            );
        }
        ("out", "merchant") => {
            let result = field("res_result");
            timeline.sent(
                Who::Gateway,
                Who::Shop,
                &format!("{name} {result}: {count} fields in random order, Shift_JIS"),
            );
            for text in verified.drain(..) {
                timeline.found(Who::Shop, &text);
            }
            timeline.sent(
                Who::Shop,
                Who::Gateway,
                &format!("answers {answer:?}: {}", entry.outcome),
            );
        }
        ("in", "merchant") => {
            timeline.sent(Who::Shop, Who::Gateway, &format!("{name}, XML"));
            timeline.found(Who::Gateway, &format!("{name}: {}", entry.outcome));
        }
        ("out", "advertiser") => {
            timeline.sent(
                Who::Gateway,
                Who::Advertiser,
                &format!("{name}: {}", entry.outcome),
            );
        }
        ("out", "browser") => {
            timeline.found(
                Who::Gateway,
                &format!("{name}: {count} fields, hash over Shift_JIS"),
            );
        }
        _ => {}
    }
}
