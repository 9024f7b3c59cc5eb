//! The transition table, computed by running [`transition`]: the docs print it, a test compares.

use std::fmt::Write as _;
use std::time::Duration;

use super::{
    Conversion, Exchange, ExchangeEvent, ExchangePhase, ExchangeRequest, ExchangedMiles, Points,
    transition,
};
use crate::lang::Lang;
use crate::money::Miles;
use crate::operation::Rejection;
use crate::reference::{Event, Finding, Limits, Review, User, UserId};
use crate::time::Timestamp;

const DAY: i64 = 86_400;
const LIMITS: Limits = Limits {
    sending: Duration::from_secs(90),
    asked: Duration::from_secs(86_400),
    skew: Duration::from_secs(120),
};

/// The table as Markdown: one row per event, one column per phase.
///
/// A cell names the phase after the event and, after `+`, what the shop is told; `–` means that neither changes,
/// `impossible` that the event is refused (`invalid_state`).
#[must_use]
pub fn markdown(lang: Lang) -> String {
    let mut out = String::from(lang.pick("| event |", "| イベント |"));
    for phase in ExchangePhase::ALL {
        let _ = write!(out, " {} |", phase.name());
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(ExchangePhase::ALL.len()));
    out.push('\n');
    for row in rows().unwrap_or_default() {
        let _ = write!(out, "| {} |", lang.pick(row.en, row.ja));
        for phase in ExchangePhase::ALL {
            let _ = write!(out, " {} |", cell(phase, &row, lang));
        }
        out.push('\n');
    }
    out
}

fn cell(phase: ExchangePhase, row: &Row, lang: Lang) -> String {
    let Some(before) = example(phase) else {
        return String::new();
    };
    // What is under review got there after the bound.
    let days = match phase {
        ExchangePhase::NeedsReview => row.days.max(2),
        _ => row.days,
    };
    match transition(&before, &row.event, at(days), LIMITS) {
        Err(_) => lang.pick("impossible", "不可").to_owned(),
        Ok(after) if after.exchange.phase == phase && after.told.is_none() => "–".to_owned(),
        Ok(after) => {
            let mut text = after.exchange.phase.name().to_owned();
            if let Some(told) = after.told {
                let _ = write!(text, " + {}", told.kind().name());
            }
            text
        }
    }
}

/// An exchange that stands in a phase, made by events only.
pub(super) fn example(phase: ExchangePhase) -> Option<Exchange> {
    let debited = || vec![ExchangeEvent::Debited];
    let sending = || vec![ExchangeEvent::Debited, issue(Event::Sending)];
    let (mut path, last) = match phase {
        ExchangePhase::Debiting => (vec![], None),
        ExchangePhase::Debited => (debited(), None),
        ExchangePhase::Issuing => (sending(), None),
        ExchangePhase::Issued => (sending(), Some(issue(Event::Done(issued()?)))),
        ExchangePhase::Refused => (sending(), Some(issue(Event::Rejected(refused())))),
        ExchangePhase::CreditedBack => {
            let mut path = sending();
            path.push(issue(Event::Rejected(refused())));
            (path, Some(ExchangeEvent::CreditedBack))
        }
        ExchangePhase::NotDebited => (vec![], Some(ExchangeEvent::NotDebited)),
        ExchangePhase::NeedsReview => (sending(), None),
    };
    path.extend(last);
    let conversion = Conversion {
        points: Points::new(500),
        miles: Miles::new(1_000),
    };
    let request = ExchangeRequest::new("EX-1", User::test(), "CUST0001", conversion);
    let mut exchange = Exchange::new("8763".to_owned(), request, at(0));
    for event in &path {
        exchange = transition(&exchange, event, at(0), LIMITS).ok()?.exchange;
    }
    if phase == ExchangePhase::NeedsReview {
        let lost = issue(Event::Lost);
        exchange = transition(&exchange, &lost, at(2), LIMITS).ok()?.exchange;
    }
    Some(exchange)
}

fn at(days: i64) -> Timestamp {
    Timestamp::from_unix(1_767_225_600).plus_seconds(days * DAY)
}

const fn issue(event: Event<ExchangedMiles>) -> ExchangeEvent {
    ExchangeEvent::Issue(event)
}

fn issued() -> Option<ExchangedMiles> {
    Some(ExchangedMiles {
        exchange_id: "X1".to_owned(),
        user_id: UserId::new("1001").ok()?,
        miles: Miles::new(1_000),
        issued_at: at(0),
    })
}

fn refused() -> Rejection {
    Rejection::of_table("manual", "41023")
}

struct Row {
    en: &'static str,
    ja: &'static str,
    event: ExchangeEvent,
    days: i64,
}

const fn row(en: &'static str, ja: &'static str, event: ExchangeEvent) -> Row {
    Row {
        en,
        ja,
        event,
        days: 0,
    }
}

fn rows() -> Option<Vec<Row>> {
    Some(vec![
        row(
            "the shop took the points",
            "ショップがポイントを減算",
            ExchangeEvent::Debited,
        ),
        row(
            "the shop did not take the points",
            "ショップはポイントを減算していない",
            ExchangeEvent::NotDebited,
        ),
        row(
            "nobody went on in time",
            "期限までに次の処理が行われない",
            ExchangeEvent::Overdue,
        ),
        Row {
            days: 2,
            ..row(
                "the same, longer than an answer is waited for",
                "同上（確認の期限を過ぎた場合）",
                ExchangeEvent::Overdue,
            )
        },
        row(
            "miles are asked for",
            "マイルの発行を依頼",
            issue(Event::Sending),
        ),
        row(
            "provably never left",
            "送信されなかったことが確実",
            issue(Event::NotSent),
        ),
        row("issued", "発行された", issue(Event::Done(issued()?))),
        row("refused", "拒否された", issue(Event::Rejected(refused()))),
        row("the answer is lost", "応答が失われた", issue(Event::Lost)),
        row(
            "inquiry: issued",
            "照会：発行済み",
            issue(Event::Looked(Finding::Happened(issued()?))),
        ),
        row(
            "inquiry: refused",
            "照会：拒否済み",
            issue(Event::Looked(Finding::Refused(refused()))),
        ),
        row(
            "inquiry: never arrived, and can no longer",
            "照会：届いておらず、今後も届かない",
            issue(Event::Looked(Finding::NeverArrived)),
        ),
        row(
            "inquiry: not known there, asked for anew",
            "照会：先方に記録がなく、再送",
            issue(Event::Resending { doubtful: false }),
        ),
        row(
            "inquiry: no usable answer",
            "照会：有効な応答なし",
            issue(Event::Looked(Finding::Nothing)),
        ),
        Row {
            days: 2,
            ..row(
                "the same, longer than an answer is waited for",
                "同上（確認の期限を過ぎた場合）",
                issue(Event::Looked(Finding::Nothing)),
            )
        },
        row(
            "the shop gave the points back",
            "ショップがポイントを返還",
            ExchangeEvent::CreditedBack,
        ),
        row(
            "a person finds that they were issued",
            "担当者が、発行済みと確認",
            issue(Event::Reviewed(Review::Happened(issued()?))),
        ),
        row(
            "a person finds that they were not",
            "担当者が、発行されていないと確認",
            issue(Event::Reviewed(Review::Missing)),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_is_possible_somewhere() {
        for row in rows().unwrap() {
            let possible = |phase: &ExchangePhase| cell(*phase, &row, Lang::En) != "impossible";
            assert!(ExchangePhase::ALL.iter().any(possible), "{}", row.en);
        }
    }

    #[test]
    fn the_docs_show_the_table_that_the_code_computes() {
        for (file, lang) in [
            ("point-exchange.md", Lang::En),
            ("point-exchange.ja.md", Lang::Ja),
        ] {
            let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                text.contains(&markdown(lang)),
                "{file} does not show the table; it should read:\n{}",
                markdown(lang)
            );
        }
    }
}
