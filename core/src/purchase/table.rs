//! The transition table, computed by running [`transition`]: the docs print it, a test compares.

use std::fmt::Write as _;

use crate::contract::{Billing, ContractId, Settlement};
use crate::lang::Lang;
use crate::money::Yen;
use crate::purchase::{
    Asked, ContractEnd, Decision, Event, NewPurchase, NoticeResult, Phase, Purchase, Purpose,
    RefundEvidence, ReviewReason, ReviewVerdict, Timeouts, transition,
};
use crate::time::Timestamp;

const FIRST: &str = "00000000000001";
const SECOND: &str = "00000000000002";

/// The table as Markdown: one row per event, one column per phase.
///
/// A cell names the phase after the event and, after `+`, what the shop is told; `–` means that nothing changes,
/// `refused` that the step is not possible (`invalid_state` or `unknown_order`).
#[must_use]
pub fn markdown(lang: Lang) -> String {
    let mut out = String::from(lang.pick("| event |", "| イベント |"));
    for column in COLUMNS {
        let _ = write!(out, " {} |", column.title(lang));
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(COLUMNS.len()));
    out.push('\n');
    for (en, ja, event) in events() {
        let _ = write!(out, "| {} |", lang.pick(en, ja));
        for column in COLUMNS {
            let _ = write!(out, " {} |", cell(column, &event, lang));
        }
        out.push('\n');
    }
    out
}

/// A phase, and for `needs_review` which of its reasons.
#[derive(Clone, Copy)]
struct Column {
    phase: Phase,
    review: Option<ReviewReason>,
}

const COLUMNS: [Column; 11] = [
    plain(Phase::Open),
    plain(Phase::AwaitingNotice),
    plain(Phase::AwaitingDeposit),
    plain(Phase::Paid),
    plain(Phase::PaidLate),
    plain(Phase::PaidTwice),
    review(ReviewReason::ShopRefused),
    review(ReviewReason::NoticeMissing),
    plain(Phase::RefundRequested),
    plain(Phase::Refunded),
    plain(Phase::GivenUp),
];

const fn plain(phase: Phase) -> Column {
    Column {
        phase,
        review: None,
    }
}

const fn review(reason: ReviewReason) -> Column {
    Column {
        phase: Phase::NeedsReview,
        review: Some(reason),
    }
}

impl Column {
    fn title(self, lang: Lang) -> String {
        let name = self.phase.name();
        match self.review {
            None => name.to_owned(),
            Some(ReviewReason::ShopRefused) => {
                format!(
                    "{name}{}",
                    lang.pick(" (refused by the shop)", "（ショップが拒否）")
                )
            }
            Some(_) => format!("{name}{}", lang.pick(" (no notice came)", "（通知なし）")),
        }
    }
}

fn cell(column: Column, event: &Event, lang: Lang) -> String {
    let phase = column.phase;
    let Some(before) = example(column) else {
        return String::new();
    };
    match transition(&before, event, now(), Timeouts::default()) {
        Err(_) => lang.pick("refused", "不可").to_owned(),
        Ok(after) if after.purchase.phase == phase && after.facts.is_empty() => "–".to_owned(),
        Ok(after) => {
            let mut text = after.purchase.phase.name().to_owned();
            for fact in &after.facts {
                let _ = write!(text, " + {}", fact.kind.name());
            }
            text
        }
    }
}

fn now() -> Timestamp {
    Timestamp::from_unix(1_700_000_000)
}

/// A purchase with two attempts in the wanted phase, made by events only.
fn example(Column { phase, review }: Column) -> Option<Purchase> {
    let mut path = vec![started(1), started(2)];
    path.extend(match phase {
        Phase::Open => vec![],
        Phase::AwaitingNotice => vec![returned(1)],
        Phase::AwaitingDeposit => vec![slip_issued()],
        Phase::Paid => vec![notified(1, FIRST, Decision::Accept)],
        Phase::PaidLate => vec![Event::GaveUp, notified(1, FIRST, Decision::Accept)],
        Phase::PaidTwice => vec![
            notified(1, FIRST, Decision::Accept),
            notified(2, SECOND, Decision::Accept),
        ],
        Phase::NeedsReview if review == Some(ReviewReason::NoticeMissing) => {
            vec![returned(1), Event::WaitedTooLong]
        }
        Phase::NeedsReview => vec![notified(1, FIRST, Decision::Refuse)],
        Phase::RefundRequested => vec![notified(1, FIRST, Decision::Accept), refund()],
        Phase::Refunded => vec![notified(1, FIRST, Decision::Accept), refund(), confirmed()],
        Phase::GivenUp => vec![Event::GaveUp],
    });
    let mut purchase = Purchase::new(NewPurchase {
        id: "P".to_owned(),
        contract: ContractId::new("99999", "001").ok()?,
        asked: Asked {
            cust_code: "C".to_owned(),
            item_id: "I".to_owned(),
            item_name: String::new(),
            amount: Yen::new(300),
            billing: Billing::OneTime,
        },
        at: now(),
    })
    .ok()?;
    for event in path {
        purchase = transition(&purchase, &event, now(), Timeouts::default())
            .ok()?
            .purchase;
    }
    (purchase.phase == phase && purchase.review == review).then_some(purchase)
}

fn order(number: u32) -> String {
    format!("P-{number}")
}

fn started(number: u32) -> Event {
    Event::AttemptStarted {
        purpose: Purpose::Pay,
        order_id: order(number),
        request_date: "20240102030405".to_owned(),
        echo: Vec::new(),
    }
}

fn returned(number: u32) -> Event {
    Event::Returned {
        order_id: order(number),
        tracking_id: FIRST.to_owned(),
    }
}

fn notified(number: u32, tracking_id: &str, decision: Decision) -> Event {
    Event::Notified {
        order_id: order(number),
        tracking_id: tracking_id.to_owned(),
        result: NoticeResult::Ok,
        settlement: Settlement::Immediate,
        decision,
    }
}

fn slip_issued() -> Event {
    Event::Notified {
        order_id: order(1),
        tracking_id: FIRST.to_owned(),
        result: NoticeResult::Ok,
        settlement: Settlement::ByDeposit,
        decision: Decision::Accept,
    }
}

fn refund() -> Event {
    Event::RefundRequested {
        tracking_id: FIRST.to_owned(),
        reason: "returned goods".to_owned(),
    }
}

fn confirmed() -> Event {
    Event::RefundConfirmed {
        tracking_id: FIRST.to_owned(),
        evidence: RefundEvidence {
            source: "management_page".to_owned(),
            reference: "operator".to_owned(),
            amount: Yen::new(300),
            refunded_at: now(),
        },
    }
}

fn deposited(yen: u64) -> Event {
    Event::Deposited {
        order_id: order(1),
        tracking_id: FIRST.to_owned(),
        cumulative: Yen::new(yen),
    }
}

fn events() -> Vec<(&'static str, &'static str, Event)> {
    vec![
        ("start a further attempt", "新しい試行を開始", started(3)),
        (
            "render the newest form again",
            "最新フォームの再表示",
            Event::AttemptSignedAgain {
                order_id: order(2),
                request_date: "20240102030500".to_owned(),
            },
        ),
        (
            "notice OK of the first attempt, accepted",
            "1 回目の試行の OK 通知を受理",
            notified(1, FIRST, Decision::Accept),
        ),
        (
            "notice OK of the second attempt, accepted",
            "2 回目の試行の OK 通知を受理",
            notified(2, SECOND, Decision::Accept),
        ),
        (
            "notice OK of the second attempt, refused by the shop",
            "2 回目の試行の OK 通知をショップが拒否",
            notified(2, SECOND, Decision::Refuse),
        ),
        (
            "notice OK of the first attempt by a method that settles by deposit, accepted",
            "1 回目の試行の OK 通知（入金型の決済手段）を受理",
            slip_issued(),
        ),
        (
            "notice NG of the first attempt",
            "1 回目の試行の NG 通知",
            Event::Notified {
                order_id: order(1),
                tracking_id: String::new(),
                result: NoticeResult::Ng("5101".to_owned()),
                settlement: Settlement::Immediate,
                decision: Decision::Accept,
            },
        ),
        (
            "browser returns with success",
            "ブラウザが成功で戻る",
            returned(1),
        ),
        (
            "browser returns with cancel",
            "ブラウザがキャンセルで戻る",
            Event::ReturnedCancel { order_id: order(1) },
        ),
        (
            "browser returns with an error",
            "ブラウザがエラーで戻る",
            Event::ReturnedError {
                order_id: order(1),
                err_code: "4301".to_owned(),
            },
        ),
        ("deposit of a part (PY)", "一部入金（PY）", deposited(100)),
        (
            "deposit of the whole (PY)",
            "全額入金（PY）",
            deposited(300),
        ),
        (
            "deposit deadline passed (CN)",
            "入金期限切れ（CN）",
            Event::DepositExpired { order_id: order(1) },
        ),
        (
            "recurring contract ended (CR, CC, CL)",
            "継続契約の終了（CR・CC・CL）",
            Event::ContractEnded {
                how: ContractEnd::Cancelled,
            },
        ),
        ("the shop gives up", "ショップが待機を終了", Event::GaveUp),
        (
            "the bound of waiting passes",
            "待機の上限時間を超過",
            Event::WaitedTooLong,
        ),
        (
            "a person finds it paid",
            "担当者が支払い済みと確認",
            Event::Reviewed(ReviewVerdict::Paid {
                order_id: order(1),
                tracking_id: FIRST.to_owned(),
            }),
        ),
        (
            "a person finds it not paid",
            "担当者が未払いと確認",
            Event::Reviewed(ReviewVerdict::NotPaid),
        ),
        (
            "the shop keeps the late payment",
            "遅れた支払いをショップが承認",
            Event::LateAccepted,
        ),
        (
            "the shop asks for a refund",
            "ショップが返金を依頼",
            refund(),
        ),
        ("the refund is confirmed", "返金の実施を確認", confirmed()),
        (
            "the refund is withdrawn",
            "返金の取り下げ",
            Event::RefundWithdrawn {
                tracking_id: FIRST.to_owned(),
            },
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_can_be_reached_by_events_alone() {
        for column in COLUMNS {
            assert!(example(column).is_some(), "{}", column.title(Lang::En));
        }
        for phase in Phase::ALL {
            assert!(COLUMNS.iter().any(|c| c.phase == phase), "{}", phase.name());
        }
    }

    #[test]
    fn the_docs_show_the_table_that_the_code_computes() {
        for (file, lang) in [("states.md", Lang::En), ("states.ja.md", Lang::Ja)] {
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
