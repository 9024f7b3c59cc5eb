//! What to do about differences.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::cause::Cause;
use super::entry::{Entry, RecordRef, Verdict};
use super::expected::Belief;
use crate::lang::Lang;
use crate::money::Yen;
use crate::settlement::file::MovementKind;
use crate::time::Timestamp;
use crate::wire::signature::hex;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "repair", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Repair {
    /// Record that the order was paid.
    ConfirmPaid {
        /// The shop's id.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
        /// Yen.
        amount: Yen,
    },
    /// Record that the payment was refunded, in full or in part.
    ConfirmRefund {
        /// The shop's id.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
        /// Yen.
        amount: Yen,
    },
    /// Record that the order was not paid by this attempt.
    ConfirmNotPaid {
        /// The shop's id.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
        /// Yen that were asked.
        amount: Yen,
    },
    /// Record that this refund was not executed.
    ConfirmNotRefunded {
        /// The shop's id.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
        /// Yen that were asked.
        amount: Yen,
    },
    /// Give the second payment of an order back. The file shows the state at its close: ask the gateway first whether
    /// either of the two was given back since.
    RefundDuplicate {
        /// The shop's id.
        order_id: String,
        /// The gateway's id of the second payment.
        tracking_id: Option<String>,
        /// Yen.
        amount: Yen,
    },
    /// Ask the gateway: by an inquiry where the method has one, else on its management page.
    AskGateway {
        /// The shop's id.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
    },
    /// A person has to look.
    Investigate {
        /// The shop's id.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
    },
}

impl Repair {
    /// The name in every language binding.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ConfirmPaid { .. } => "confirm_paid",
            Self::ConfirmRefund { .. } => "confirm_refund",
            Self::ConfirmNotPaid { .. } => "confirm_not_paid",
            Self::ConfirmNotRefunded { .. } => "confirm_not_refunded",
            Self::RefundDuplicate { .. } => "refund_duplicate",
            Self::AskGateway { .. } => "ask_gateway",
            Self::Investigate { .. } => "investigate",
        }
    }

    /// What to do, for people.
    #[must_use]
    pub const fn text(&self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Self::ConfirmPaid { .. } => ("Record as paid", "支払い済みとして記録する"),
            Self::ConfirmRefund { .. } => ("Record the refund", "返金を記録する"),
            Self::ConfirmNotPaid { .. } => ("Record as not paid", "未払いとして記録する"),
            Self::ConfirmNotRefunded { .. } => {
                ("Record as not refunded", "返金不成立として記録する")
            }
            Self::RefundDuplicate { .. } => {
                ("Give the second payment back", "二重の支払いを返金する")
            }
            Self::AskGateway { .. } => ("Ask the gateway", "ゲートウェイに照会する"),
            Self::Investigate { .. } => ("Look into it", "調査する"),
        };
        lang.pick(en, ja)
    }

    /// The shop's id.
    #[must_use]
    pub fn order_id(&self) -> &str {
        self.ids().0
    }

    /// The gateway's id.
    #[must_use]
    pub fn tracking_id(&self) -> Option<&str> {
        self.ids().1
    }

    fn ids(&self) -> (&str, Option<&str>) {
        let (Self::ConfirmPaid {
            order_id,
            tracking_id,
            ..
        }
        | Self::ConfirmRefund {
            order_id,
            tracking_id,
            ..
        }
        | Self::ConfirmNotPaid {
            order_id,
            tracking_id,
            ..
        }
        | Self::ConfirmNotRefunded {
            order_id,
            tracking_id,
            ..
        }
        | Self::RefundDuplicate {
            order_id,
            tracking_id,
            ..
        }
        | Self::AskGateway {
            order_id,
            tracking_id,
        }
        | Self::Investigate {
            order_id,
            tracking_id,
        }) = self;
        (order_id, tracking_id.as_deref())
    }

    /// Facts first, so that what follows on the same payment knows them; then money; then questions.
    const fn rank(&self) -> u8 {
        match self {
            Self::ConfirmPaid { .. } => 0,
            Self::ConfirmRefund { .. } => 1,
            Self::ConfirmNotPaid { .. } | Self::ConfirmNotRefunded { .. } => 2,
            Self::RefundDuplicate { .. } => 3,
            Self::AskGateway { .. } => 4,
            Self::Investigate { .. } => 5,
        }
    }
}

/// One act, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairStep {
    /// What to do.
    pub repair: Repair,
    /// Why.
    pub cause: Cause,
    /// The record of the journal that it is about, if one is known.
    pub record: Option<RecordRef>,
    /// Line of the file that proves it.
    pub line: Option<u64>,
    /// When the movement happened by the file, else by the journal.
    pub at: Option<Timestamp>,
}

impl RepairStep {
    /// Why, for people.
    #[must_use]
    pub const fn reason(&self, lang: Lang) -> &'static str {
        self.cause.text(lang)
    }

    /// Names the step by what it does and what for: the same in every comparison of the same file with the same
    /// records, whatever else the plan holds. 32 hexadecimal digits. When the record has changed since, so has the id.
    #[must_use]
    pub fn id(&self) -> String {
        let record = self.record.as_ref();
        let record =
            record.map(|record| (format!("{:?}", record.source), &record.id, &record.state));
        let whole = (&self.repair, self.cause, record, self.line, self.at);
        // Only maps whose keys are no texts cannot be written, and there are none.
        let text = serde_json::to_string(&whole).unwrap_or_default();
        let mut id = hex(&Sha256::digest(text));
        id.truncate(32);
        id
    }
}

/// The acts in their order. Questions about one payment for one reason are asked once.
pub(super) fn plan(entries: &[Entry]) -> Vec<RepairStep> {
    let mut steps: Vec<_> = entries.iter().filter_map(step).collect();
    steps.sort_by_key(|step| step.repair.rank());
    let mut asked = std::collections::BTreeSet::new();
    steps.retain(|step| {
        let is_question = matches!(
            step.repair,
            Repair::AskGateway { .. } | Repair::Investigate { .. }
        );
        !is_question || asked.insert((step.repair.clone(), step.cause))
    });
    steps
}

fn step(entry: &Entry) -> Option<RepairStep> {
    let repair = repair(entry)?;
    let at_here = entry.movement.and_then(|movement| movement.at);
    Some(RepairStep {
        repair,
        cause: entry.cause,
        record: entry.record.clone(),
        line: entry.row.as_ref().map(|row| row.line),
        at: entry.row.as_ref().map(|row| row.processed_at).or(at_here),
    })
}

fn repair(entry: &Entry) -> Option<Repair> {
    let order_id = entry.order_id().to_owned();
    let tracking_id = entry.tracking_id().map(str::to_owned);
    let of_row = entry.row.as_ref().map(|row| (row.kind, row.amount));
    let of_movement = entry.movement.map(|m| (m.kind, m.amount));
    let (kind, amount) = of_row.or(of_movement)?;
    let happened = |order_id, tracking_id| match kind {
        MovementKind::Sale => Repair::ConfirmPaid {
            order_id,
            tracking_id,
            amount,
        },
        MovementKind::Refund => Repair::ConfirmRefund {
            order_id,
            tracking_id,
            amount,
        },
    };
    Some(match entry.cause {
        Cause::Agrees | Cause::NothingMoved | Cause::OtherPeriod => return None,
        Cause::FoundInFile | Cause::SaleNotRecorded | Cause::RefundNotRecorded => {
            happened(order_id, tracking_id)
        }
        Cause::RefusedButInFile if is_certain(entry) => happened(order_id, tracking_id),
        Cause::AbsentFromFile if entry.verdict == Some(Verdict::NotRefunded) => {
            Repair::ConfirmNotRefunded {
                order_id,
                tracking_id,
                amount,
            }
        }
        Cause::AbsentFromFile => Repair::ConfirmNotPaid {
            order_id,
            tracking_id,
            amount,
        },
        Cause::PaidTwice => Repair::RefundDuplicate {
            order_id,
            tracking_id,
            amount,
        },
        Cause::NotDecided
        | Cause::AnotherSaleInFile
        | Cause::NotInFile
        | Cause::NotInFileAtEdge
        | Cause::NotInFileUnproven
        | Cause::NotInFileUndated
        | Cause::RefundPerhapsRecorded => Repair::AskGateway {
            order_id,
            tracking_id,
        },
        Cause::RefusedButInFile
        | Cause::UnknownOrder
        | Cause::FurtherSale
        | Cause::RefundBeyondPayment
        | Cause::RefundOfUnknown
        | Cause::AmountDiffers
        | Cause::OtherTracking
        | Cause::OtherOrder
        | Cause::OtherMethod
        | Cause::StateDiffers
        | Cause::LineTwice
        | Cause::PaidTwiceAndRefunded
        | Cause::PaidTwiceUnclear
        | Cause::RecordedTwice => Repair::Investigate {
            order_id,
            tracking_id,
        },
    })
}

/// Whether what was refused here and happened there is the same movement in every respect.
fn is_certain(entry: &Entry) -> bool {
    let (Some(row), Some(movement), Some(record)) = (&entry.row, &entry.movement, &entry.record)
    else {
        return false;
    };
    let tracking = record.tracking_id.as_deref().unwrap_or_default();
    let same_tracking =
        tracking.is_empty() || row.tracking_id.is_empty() || tracking == row.tracking_id;
    let same_order = row.order_id.is_empty()
        || row.order_id == record.order_id
        || record.source.shares_ids() && !tracking.is_empty();
    movement.belief == Belief::DidNotHappen
        && row.amount == movement.amount
        && same_tracking
        && same_order
}
