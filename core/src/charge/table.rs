//! The transition table, computed by running [`transition`]: the docs print it, a test compares.

use std::fmt::Write as _;

use crate::charge::{
    Bounds, Charge, Event, Finding, Kind, NewCharge, Plan, Review, Source, Step, transition,
};
use crate::contract::{ApiFlow, CaptureMode, ContractId};
use crate::lang::Lang;
use crate::money::Yen;
use crate::operation::Rejection;
use crate::time::Timestamp;

const TRACKING_ID: &str = "00000000000001";
const ASKED: u64 = 300;
const DAY: i64 = 86_400;

/// The table as Markdown: one row per event, one column per phase.
///
/// A cell names what the charge is listed as after the event and, after `+`, what the shop is told; `–` means that
/// neither changes, `refused` that the event is not possible (`invalid_state` or `invalid_value`).
#[must_use]
pub fn markdown(lang: Lang) -> String {
    let mut out = String::from(lang.pick("| event |", "| イベント |"));
    for column in COLUMNS {
        let _ = write!(out, " {} |", column.title(lang));
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(COLUMNS.len()));
    out.push('\n');
    for row in rows() {
        let _ = write!(out, "| {} |", lang.pick(row.en, row.ja));
        for column in COLUMNS {
            let _ = write!(out, " {} |", cell(column, &row, lang));
        }
        out.push('\n');
    }
    out
}

/// An example charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    NeverLeft,
    Sending,
    Unknown,
    Authorised,
    Reserved,
    AwaitingDeposit,
    Doubted,
    Paid,
    PartUnknown,
    PartlyRefunded,
    Refunded,
    Cancelled,
    Rejected,
    Expired,
    NeedsReview,
    Active,
    EndUnknown,
    Ended,
}

const COLUMNS: [Column; 18] = [
    Column::NeverLeft,
    Column::Sending,
    Column::Unknown,
    Column::Authorised,
    Column::Reserved,
    Column::AwaitingDeposit,
    Column::Doubted,
    Column::Paid,
    Column::PartUnknown,
    Column::PartlyRefunded,
    Column::Refunded,
    Column::Cancelled,
    Column::Rejected,
    Column::Expired,
    Column::NeedsReview,
    Column::Active,
    Column::EndUnknown,
    Column::Ended,
];

impl Column {
    fn title(self, lang: Lang) -> String {
        let listed = example(self).map_or("", |charge| charge.search_phase());
        let more = match self {
            Self::Sending => lang.pick(" (request)", "（要求）"),
            Self::Unknown => lang.pick(" (request)", "（要求）"),
            Self::Doubted => lang.pick(" (sum of deposits)", "（入金額）"),
            Self::PartUnknown => lang.pick(" (refund of a part)", "（一部返金）"),
            Self::EndUnknown => lang.pick(" (end of a contract)", "（契約の終了）"),
            _ => "",
        };
        format!("{listed}{more}")
    }

    fn flow(self) -> (Kind, ApiFlow) {
        match self {
            Self::Authorised | Self::Reserved => (Kind::Payment, ApiFlow::Commit),
            Self::AwaitingDeposit | Self::Doubted | Self::Expired => (Kind::Payment, ApiFlow::Slip),
            Self::Active | Self::EndUnknown | Self::Ended => {
                (Kind::SimpleContract, ApiFlow::OneStep)
            }
            _ => (Kind::Payment, ApiFlow::OneStep),
        }
    }

    fn path(self) -> Vec<Event> {
        let request = || sending(Step::Request);
        let mut path = vec![request()];
        path.extend(match self {
            Self::Sending => vec![],
            Self::NeverLeft => vec![Event::NotSent],
            Self::Unknown | Self::NeedsReview => vec![Event::Lost],
            Self::Authorised | Self::AwaitingDeposit | Self::Paid | Self::Active => vec![done()],
            Self::Reserved => vec![done(), sending(Step::Commit), done()],
            Self::PartUnknown => vec![done(), sending(Step::PartialRefund), Event::Lost],
            Self::PartlyRefunded => vec![done(), sending(Step::PartialRefund), done()],
            Self::Refunded => vec![done(), sending(Step::Refund), done()],
            Self::Cancelled => vec![Event::Lost, missing(Source::Rule)],
            Self::Rejected => vec![rejected()],
            Self::Doubted => vec![done(), noticed_at(400, "20231115110000")],
            Self::Expired => vec![done(), Event::SlipExpired],
            Self::EndUnknown => vec![done(), sending(Step::End), Event::Lost],
            Self::Ended => vec![done(), sending(Step::End), done()],
        });
        path
    }
}

fn cell(column: Column, row: &Row, lang: Lang) -> String {
    let Some(before) = example(column) else {
        return String::new();
    };
    match transition(&before, &row.event, at(row.days), Bounds::default()) {
        Err(_) => lang.pick("refused", "不可").to_owned(),
        Ok(after)
            if after.charge.search_phase() == before.search_phase() && after.facts.is_empty() =>
        {
            "–".to_owned()
        }
        Ok(after) => {
            let mut text = after.charge.search_phase().to_owned();
            for fact in &after.facts {
                let _ = write!(text, " + {}", fact.kind.name());
            }
            text
        }
    }
}

/// A charge that stands where the column says, made by events only.
fn example(column: Column) -> Option<Charge> {
    let (kind, flow) = column.flow();
    let mut charge = Charge::new(NewCharge {
        id: "O-1".to_owned(),
        contract: ContractId::new("99999", "001").ok()?,
        method: "netmile".to_owned(),
        kind,
        amount: Yen::new(ASKED),
        plan: Plan {
            flow,
            capture: match column {
                Column::Authorised | Column::Reserved => CaptureMode::Manual,
                _ => CaptureMode::Automatic,
            },
            ask_by_order: true,
            ask: true,
            ask_refunded: true,
            limit_seconds: 600,
        },
        pay_by: None,
        at: at(0),
    })
    .ok()?;
    for event in column.path() {
        charge = transition(&charge, &event, at(0), Bounds::default())
            .ok()?
            .charge;
    }
    if column == Column::NeedsReview {
        charge = transition(&charge, &nothing(), at(2), Bounds::default())
            .ok()?
            .charge;
    }
    Some(charge)
}

fn at(days: i64) -> Timestamp {
    Timestamp::from_unix(1_700_000_000 + days * DAY)
}

fn sending(step: Step) -> Event {
    sending_as(step, "damaged")
}

fn sending_as(step: Step, part: &str) -> Event {
    let (yen, key) = match step {
        Step::Request | Step::Capture => (ASKED, None),
        Step::PartialRefund => (100, Some(part)),
        Step::RefundMonth => (0, Some("202311")),
        _ => (0, None),
    };
    Event::Sending {
        step,
        amount: Yen::new(yen),
        key: key.map(str::to_owned),
        limit_seconds: 600,
    }
}

fn done() -> Event {
    Event::Done {
        tracking_id: Some(TRACKING_ID.to_owned()),
        transaction_id: None,
        details: Vec::new(),
    }
}

fn rejected() -> Event {
    Event::Rejected(Rejection::new("900S1008"))
}

fn missing(source: Source) -> Event {
    Event::Looked(Finding::Missing { source })
}

fn nothing() -> Event {
    Event::Looked(Finding::Nothing)
}

fn noticed(yen: u64) -> Event {
    noticed_at(yen, "20231115120000")
}

fn noticed_at(yen: u64, received: &str) -> Event {
    Event::Deposited {
        tracking_id: Some(TRACKING_ID.to_owned()),
        cumulative: Yen::new(yen),
        received: Some(received.to_owned()),
    }
}

struct Row {
    en: &'static str,
    ja: &'static str,
    event: Event,
    days: i64,
}

fn rows() -> Vec<Row> {
    let row = |en, ja, event| Row {
        en,
        ja,
        event,
        days: 0,
    };
    let again = |never_left| Event::SendingAgain {
        never_left,
        limit_seconds: 600,
    };
    vec![
        row("send the request", "要求を送信", sending(Step::Request)),
        row("send the commit", "確定を送信", sending(Step::Commit)),
        row("send the capture", "売上を送信", sending(Step::Capture)),
        row(
            "send the cancel or full refund",
            "取消・全額返金を送信",
            sending(Step::Refund),
        ),
        row(
            "send the refund of a part",
            "一部返金を送信",
            sending_as(Step::PartialRefund, "late"),
        ),
        row(
            "send the refund of a month",
            "月の返金を送信",
            sending(Step::RefundMonth),
        ),
        row(
            "send the end of the contract",
            "契約の終了を送信",
            sending(Step::End),
        ),
        row(
            "send again what provably never left",
            "送信されなかったことが確実なステップを再送",
            again(true),
        ),
        row(
            "send again what may have arrived",
            "届いたかもしれないステップを再送",
            again(false),
        ),
        row(
            "the step provably never left",
            "ステップが送信されなかったことが確実",
            Event::NotSent,
        ),
        row("the gateway says yes", "ゲートウェイの応答が OK", done()),
        row("the gateway says no", "ゲートウェイの応答が NG", rejected()),
        row("the answer never comes", "応答が届かない", Event::Lost),
        row(
            "somebody else asks meanwhile, and is told `unknown`",
            "別の呼び出し元が途中で問い合わせ、`unknown` と回答",
            Event::Awaited,
        ),
        row(
            "evidence: it happened",
            "証拠により、処理されたと判明",
            Event::Looked(Finding::Happened {
                tracking_id: Some(TRACKING_ID.to_owned()),
                source: Source::Inquiry,
            }),
        ),
        row(
            "evidence: it did not happen and no longer can",
            "証拠により、処理されず、今後も処理されないと判明",
            missing(Source::Inquiry),
        ),
        row("no evidence yet", "まだ証拠がない", nothing()),
        Row {
            days: 80,
            ..row(
                "no evidence, and the bound has passed",
                "証拠がないまま上限時間を超過",
                nothing(),
            )
        },
        Row {
            days: 2,
            ..row(
                "nothing new, and the bound of an authorisation or of a doubted sum has passed",
                "新しい情報がなく、与信または入金額の確認の上限時間を超過",
                Event::Checked,
            )
        },
        row("deposit of a part", "一部の入金", noticed(100)),
        row("deposit of the whole", "全額の入金", noticed(ASKED)),
        row(
            "a notice says: more than the whole was deposited",
            "通知により、請求額を超える入金があったとされる",
            noticed(400),
        ),
        row(
            "an inquiry agrees with the notice",
            "照会の結果が通知と一致",
            Event::DepositConfirmed,
        ),
        row(
            "an inquiry shows that the notice was wrong",
            "照会により、通知の誤りが判明",
            Event::DepositRefuted,
        ),
        row(
            "an inquiry says: more than the whole was deposited",
            "照会により、請求額を超える入金が判明",
            Event::DepositedOther { enough: true },
        ),
        row(
            "the slip was not paid in time",
            "払込票の期限切れ",
            Event::SlipExpired,
        ),
        row(
            "the gateway ends the contract",
            "ゲートウェイが契約を終了",
            Event::ContractEnded,
        ),
        row(
            "evidence: 50 yen were refunded elsewhere",
            "証拠により、別の場所で 50 円が返金されたと判明",
            Event::RefundedElsewhere {
                total: Yen::new(50),
            },
        ),
        row(
            "a person finds that it happened",
            "担当者が、処理されたと確認",
            Event::Reviewed(Review::HappenedAs {
                tracking_id: TRACKING_ID.to_owned(),
            }),
        ),
        row(
            "a person finds that it did not happen",
            "担当者が、処理されていないと確認",
            Event::Reviewed(Review::Missing),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charge::{ChargePhase, SENDING};

    #[test]
    fn every_phase_is_a_column_and_every_column_is_reached_by_events() {
        let mut listed: Vec<&str> = Vec::new();
        for column in COLUMNS {
            let charge = example(column).unwrap_or_else(|| panic!("{column:?}"));
            listed.push(charge.search_phase());
        }
        assert!(listed.contains(&SENDING));
        for phase in ChargePhase::ALL {
            assert!(listed.contains(&phase.name()), "{}", phase.name());
        }
    }

    #[test]
    fn every_event_is_possible_somewhere() {
        for row in rows() {
            let possible = COLUMNS
                .iter()
                .any(|c| cell(*c, &row, Lang::En) != "refused");
            assert!(possible, "{}", row.en);
        }
    }

    #[test]
    fn the_docs_show_the_table_that_the_code_computes() {
        for (file, lang) in [("charges.md", Lang::En), ("charges.ja.md", Lang::Ja)] {
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
