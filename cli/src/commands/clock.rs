//! `netmile clock`: the clock of a running mock.

use std::time::Duration;

use clap::{Args, Subcommand};
use jiff::civil::DateTime;
use jiff::{Span, Timestamp, Zoned};
use netmile::time::japan;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::arguments::MockArguments;
use crate::context::Context;
use crate::http::block_on;
use crate::mock::{ClockView, Mock};
use crate::output::{Answer, Exit, Failure, Outcome, printable, table};
use crate::progress::Progress;

/// How long a move of the clock may take: years of billing happen in it.
const LONG: Duration = Duration::from_secs(600);

#[derive(Debug, Args)]
#[command(subcommand_required = false)]
pub(crate) struct Clock {
    #[command(flatten)]
    mock: MockArguments,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Shows the clock.
    Show,
    /// Moves it forward and says what happened.
    Advance {
        /// How far, such as 90s, 10m, 3h, 30d, 1mo, 1y or '1mo 2d'.
        #[arg(value_name = "DURATION", value_parser = parse_span)]
        by: Span,
    },
    /// Moves it forward to an instant and says what happened.
    To {
        /// When, in Japan time: 2026-03-01, 2026-03-01T09:00:00, or with an offset.
        #[arg(value_name = "TIME", value_parser = parse_instant)]
        at: Timestamp,
    },
}

fn parse_span(text: &str) -> Result<Span, String> {
    text.parse::<Span>()
        .ok()
        .filter(|span| span.is_positive())
        .ok_or_else(|| "write it like 90s, 10m, 3h, 30d, 1mo or 1y".to_owned())
}

fn parse_instant(text: &str) -> Result<Timestamp, String> {
    let civil = || {
        let local: DateTime = text.parse().ok()?;
        Some(local.to_zoned(japan()).ok()?.timestamp())
    };
    // A text with an offset also parses as a local time, which would drop the offset.
    text.parse::<Timestamp>()
        .ok()
        .or_else(civil)
        .ok_or_else(|| "write it like 2026-03-01 or 2026-03-01T09:00:00".to_owned())
}

#[derive(Deserialize)]
struct Advanced {
    clock: ClockView,
    happened: Vec<Happening>,
}

#[derive(Serialize, Deserialize)]
struct Happening {
    at: i64,
    kind: String,
    id: String,
    outcome: String,
}

pub(crate) fn run(context: &Context, arguments: &Clock) -> Outcome {
    let config = context.config()?;
    let mock = Mock::open(context, &arguments.mock, &config)?;
    block_on(context, async {
        let clock: ClockView = mock.get("/_mock/clock").await?;
        let target = match &arguments.action {
            None | Some(Action::Show) => return Ok(shown(context, &clock)),
            Some(Action::Advance { by }) => later(context, &clock, *by)?,
            Some(Action::To { at }) => *at,
        };
        advance(context, &mock, &clock, target).await
    })
}

fn shown(context: &Context, clock: &ClockView) -> Answer {
    Answer::new(
        Exit::Fine,
        json!({ "clock": clock }),
        describe(context, clock),
    )
}

fn describe(context: &Context, clock: &ClockView) -> String {
    let runs = if clock.frozen {
        context.say("stands still until it is moved", "進めるまで停止")
    } else {
        context.say("runs by itself", "自動で進行")
    };
    format!("{} ({runs})\n", printable(&clock.now, 40))
}

fn later(context: &Context, clock: &ClockView, by: Span) -> Result<Timestamp, Failure> {
    zoned(clock.unix)
        .and_then(|now| now.checked_add(by).ok())
        .map(|then| then.timestamp())
        .ok_or_else(|| too_far(context))
}

async fn advance(
    context: &Context,
    mock: &Mock<'_>,
    clock: &ClockView,
    target: Timestamp,
) -> Outcome {
    let seconds = target.as_second().saturating_sub(clock.unix);
    if seconds <= 0 {
        return Err(Failure::usage(
            "clock_backwards",
            context.say(
                "the clock only goes forward, and that time has passed",
                "時計は進めることしかできません。指定した日時は過ぎています",
            ),
        ));
    }
    let seconds = u32::try_from(seconds).map_err(|_| too_far(context))?;
    let progress = Progress::start(
        context,
        context.say("the clock moves", "時計を進めています"),
    );
    let advanced: Advanced = mock
        .post("/_mock/clock/advance", &json!({ "seconds": seconds }), LONG)
        .await?;
    drop(progress);
    let rows: Vec<_> = advanced
        .happened
        .iter()
        .map(|happening| {
            vec![
                format!("  {}", at(happening.at)),
                printable(&happening.kind, 40),
                printable(&happening.id, 64),
                printable(&happening.outcome, 120),
            ]
        })
        .collect();
    let mut text = describe(context, &advanced.clock);
    if rows.is_empty() {
        text.push_str(context.say("nothing happened", "何も起こりませんでした"));
    } else {
        text.push_str(&table(&rows));
    }
    Ok(Answer::new(
        Exit::Fine,
        json!({
            "clock": advanced.clock,
            "advanced_seconds": seconds,
            "happened": advanced.happened,
        }),
        text,
    ))
}

fn too_far(context: &Context) -> Failure {
    Failure::usage(
        "clock_too_far",
        context.say(
            "the clock moves by at most 136 years at once",
            "一度に進められるのは 136 年までです",
        ),
    )
}

fn zoned(unix: i64) -> Option<Zoned> {
    Some(Timestamp::from_second(unix).ok()?.to_zoned(japan()))
}

/// Japan time for people.
fn at(unix: i64) -> String {
    zoned(unix).map_or_else(
        || unix.to_string(),
        |time| time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_japan_time_unless_they_say_otherwise() {
        for (text, unix) in [
            ("1970-01-02", 86_400 - 32_400),
            ("1970-01-01T09:00:00", 0),
            ("1970-01-01T09:00:00+09:00", 0),
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T01:00:00+00:00", 3_600),
        ] {
            assert_eq!(parse_instant(text).unwrap().as_second(), unix, "{text}");
        }
        for wrong in ["", "tomorrow", "2026-02-30", "09:00"] {
            assert!(parse_instant(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations_move_the_clock_forward_only() {
        for text in ["90s", "10m", "3h", "30d", "1mo", "1y", "1mo 2d", "PT1H"] {
            assert!(parse_span(text).is_ok(), "{text}");
        }
        for wrong in ["", "0s", "-1h", "30", "1 fortnight"] {
            assert!(parse_span(wrong).is_err(), "{wrong}");
        }
    }
}
