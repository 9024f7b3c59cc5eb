//! Commission and payout of a statement against the contract.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::money::Yen;
use crate::settlement::fees::{FeeSchedule, Rate};
use crate::settlement::file::{MovementKind, PayoutKind, StatementEnd, StatementRow};
use crate::settlement::payout::PayoutTerms;

/// What the merchant agreed about commission and payout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SettlementTerms {
    /// The `pay_method` tag that [`fees`](Self::fees) are about; `netmile`.
    pub netmile_tag: String,
    /// Commission of NetMile payments.
    pub fees: FeeSchedule,
    /// Commission of other methods by their tag, a rate of the whole amount. One that is not named is not checked.
    pub other_rates: BTreeMap<String, Rate>,
    /// How a month is paid out.
    pub payout: PayoutTerms,
    /// What the month before carried over, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried_in: Option<i64>,
}

impl Default for SettlementTerms {
    fn default() -> Self {
        Self {
            netmile_tag: "netmile".to_owned(),
            fees: FeeSchedule::default(),
            other_rates: BTreeMap::new(),
            payout: PayoutTerms::default(),
            carried_in: None,
        }
    }
}

impl SettlementTerms {
    /// Commission that a row may have; none where nothing is agreed, or the file does not say the parts.
    fn commission(&self, row: &StatementRow) -> Option<RangeInclusive<Yen>> {
        if row.pay_method == self.netmile_tag {
            let (netmile, paypal) = row.parts?;
            return match row.kind {
                MovementKind::Sale => self.fees.fee(netmile, paypal).ok().map(|fee| fee..=fee),
                MovementKind::Refund => self.fees.given_back(netmile, paypal).ok(),
            };
        }
        let netmile = *self.other_rates.get(&row.pay_method)?;
        let other = FeeSchedule {
            netmile,
            ..self.fees
        };
        let nothing = Yen::default();
        match row.kind {
            MovementKind::Sale => other.fee(row.amount, nothing).ok().map(|fee| fee..=fee),
            MovementKind::Refund => other.given_back(row.amount, nothing).ok(),
        }
    }
}

/// A commission that is not the contract's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeDifference {
    /// Line of the file.
    pub line: u64,
    /// The shop's id.
    pub order_id: String,
    /// The gateway's id.
    pub tracking_id: String,
    /// Sale or refund.
    pub kind: MovementKind,
    /// What it may be by the contract; of a sale one value.
    pub agreed: RangeInclusive<Yen>,
    /// What the file says.
    pub found: Yen,
}

impl FeeDifference {
    /// One line for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (least, most) = (self.agreed.start(), self.agreed.end());
        let agreed = if least == most {
            least.to_string()
        } else {
            format!("{least}–{most}")
        };
        let (line, order, found) = (self.line, &self.order_id, self.found);
        match lang {
            Lang::En => {
                format!("line {line}, order {order}: commission {found} yen, agreed {agreed} yen")
            }
            Lang::Ja => {
                format!("{line} 行目・注文 {order}：手数料 {found} 円（契約上は {agreed} 円）")
            }
        }
    }
}

/// Something about the payout that is not as the contract says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PayoutDifference {
    /// Yen carried in from the month before.
    CarriedIn {
        /// What the month before carried over.
        agreed: i64,
        /// What the file says.
        found: i64,
    },
    /// Yen paid.
    Paid {
        /// By the contract.
        agreed: i64,
        /// What the file says.
        found: i64,
    },
    /// Yen carried over.
    CarriedOver {
        /// By the contract.
        agreed: i64,
        /// What the file says.
        found: i64,
    },
    /// The day of the payout.
    Day {
        /// Line of the file.
        line: u64,
        /// By the contract.
        agreed: Date,
        /// What the file says.
        found: Date,
    },
}

impl PayoutDifference {
    /// One line for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let yen = |en: &str, ja: &str, agreed: i64, found: i64| match lang {
            Lang::En => format!("{en}: {found} yen, by the contract {agreed} yen"),
            Lang::Ja => format!("{ja}：{found} 円（契約上は {agreed} 円）"),
        };
        match *self {
            Self::CarriedIn { agreed, found } => yen("carried in", "前月繰越額", agreed, found),
            Self::Paid { agreed, found } => yen("paid", "入金額", agreed, found),
            Self::CarriedOver { agreed, found } => yen("carried over", "次月繰越額", agreed, found),
            Self::Day {
                line,
                agreed,
                found,
            } => match lang {
                Lang::En => {
                    format!("line {line}, day of payout: {found}, by the contract {agreed}")
                }
                Lang::Ja => format!("{line} 行目・入金日：{found}（契約上は {agreed}）"),
            },
        }
    }
}

/// How many commissions could be checked, and those that differ.
pub(super) fn fees(rows: &[StatementRow], terms: &SettlementTerms) -> (u64, Vec<FeeDifference>) {
    let mut checked = 0;
    let mut differences = Vec::new();
    for row in rows {
        let (Some(found), Some(agreed)) = (row.fee, terms.commission(row)) else {
            continue;
        };
        checked += 1;
        if !agreed.contains(&found) {
            differences.push(FeeDifference {
                line: row.line,
                order_id: row.order_id.clone(),
                tracking_id: row.tracking_id.clone(),
                kind: row.kind,
                agreed,
                found,
            });
        }
    }
    (checked, differences)
}

/// Differences in the lines about the payout. A file that has none, or is not about a month, is not checked.
pub(super) fn payout(end: &StatementEnd, terms: &SettlementTerms) -> Vec<PayoutDifference> {
    let Some(month) = end.period.as_month() else {
        return Vec::new();
    };
    if end.payouts.is_empty() {
        return Vec::new();
    }
    let sum = |kind| {
        end.payouts
            .iter()
            .filter(|line| line.kind == kind)
            .fold(0_i64, |sum, line| sum.saturating_add(line.net))
    };
    let carried_in = sum(PayoutKind::CarriedIn);
    let mut differences = Vec::new();
    if let Some(agreed) = terms.carried_in
        && agreed != carried_in
    {
        differences.push(PayoutDifference::CarriedIn {
            agreed,
            found: carried_in,
        });
    }
    // Outside the years whose holidays are known nothing can be said.
    let Ok(payout) = terms.payout.close(month, carried_in, end.totals.net) else {
        return differences;
    };
    let agreed = payout.paid.to_i64().unwrap_or(i64::MAX);
    let found = sum(PayoutKind::Payout);
    if found != agreed {
        differences.push(PayoutDifference::Paid { agreed, found });
    }
    let (agreed, found) = (payout.carried_over, sum(PayoutKind::CarriedOver));
    if found != agreed {
        differences.push(PayoutDifference::CarriedOver { agreed, found });
    }
    for line in end.payouts.iter().filter(|line| line.day != payout.day) {
        differences.push(PayoutDifference::Day {
            line: line.line,
            agreed: payout.day,
            found: line.day,
        });
    }
    differences
}
