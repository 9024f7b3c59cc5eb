//! Recurring simple contracts (継続課金・簡易): the months after the first, billed by the mock's own
//! clock at the start of each month.
//!
//! Published: the gateway bills the amount of the contract by itself. Assumed: at 00:00 on the first
//! day in Japan; a month for which the miles do not suffice is skipped, and three of them in a row end
//! the contract with a notice `CC`. No notice tells of a month that was billed or was short: the
//! merchant sees it in its statement.
//!
//! Source: docs/protocol/link-type.md#recurring.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use crate::{
    clock,
    due::Happening,
    gateway::Gateway,
    journey::settle::{Means, Split},
    options::MockError,
    settlement::Month,
    store::{
        ledger::{self, NewEntry},
        periods::{self, Due, Period},
    },
};

/// The rules of recurring simple contracts, `[recurring]` in a scenario. All assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecurringRules {
    /// So many short months in a row end a contract; 0 never does.
    pub end_after_short_months: u32,
    /// `res_result` of the notice of that end: `CC` (by the institution's side) or `CR`.
    pub end_result: String,
}

impl Default for RecurringRules {
    fn default() -> Self {
        Self {
            end_after_short_months: 3,
            end_result: "CC".to_owned(),
        }
    }
}

impl RecurringRules {
    pub(crate) fn check(&self) -> Result<(), String> {
        if ["CC", "CR"].contains(&self.end_result.as_str()) {
            Ok(())
        } else {
            Err("end_result: CC or CR".to_owned())
        }
    }
}

impl Gateway {
    /// Bills every running simple contract for a month that has begun, each once, and ends those that
    /// have been short too often.
    pub(crate) async fn bill(
        &self,
        month: Month,
        happened: &mut Vec<Happening>,
    ) -> Result<(), MockError> {
        let mut over = Vec::new();
        let mut months = Vec::new();
        let mut balances = HashMap::new();
        let mut tx = self.begin().await?;
        for due in periods::due(&mut tx, month).await? {
            let (period, missing) = self.charge(&mut tx, due, month, &mut balances).await?;
            let (kind, outcome) = if missing > 0 {
                let in_a_row = periods::short_in_a_row(&mut tx, &period.contract).await? + 1;
                let most = self.scenario.recurring.end_after_short_months;
                if most > 0 && in_a_row >= i64::from(most) {
                    over.push(period.contract.clone());
                }
                let outcome = format!("{month}: {missing} miles short, {in_a_row} in a row");
                ("period_failed", outcome)
            } else {
                ("period_billed", format!("{month}: {} yen", period.amount))
            };
            happened.push(Happening {
                at: month.start(),
                kind: kind.to_owned(),
                id: period.contract.clone(),
                outcome,
            });
            months.push(period);
        }
        periods::insert_all(&mut tx, &months).await?;
        let entries: Vec<NewEntry<'_>> = months
            .iter()
            .filter(|period| period.billed)
            .flat_map(charged)
            .collect();
        ledger::add_all(&mut tx, &entries).await?;
        tx.commit().await?;
        for contract in over {
            let result = &self.scenario.recurring.end_result;
            let verdict = self.later_notice(&contract, result).await?;
            happened.push(Happening {
                at: month.start(),
                kind: "contract_ended".to_owned(),
                id: contract,
                outcome: verdict.key().to_owned(),
            });
        }
        Ok(())
    }

    /// What a month takes, and how many miles are missing for it. `balances` are the members' miles
    /// at this point of the month's billing.
    async fn charge(
        &self,
        conn: &mut SqliteConnection,
        due: Due,
        month: Month,
        balances: &mut HashMap<String, i64>,
    ) -> Result<(Period, i64), MockError> {
        let mut period = Period {
            contract: due.contract,
            month,
            merchant_id: due.merchant_id,
            service_id: due.service_id,
            order_id: due.order_id,
            method: due.method,
            member: due.member,
            due: month.start(),
            billed: true,
            amount: due.amount,
            miles: 0,
            returned_miles: 0,
            refunded_at: None,
        };
        if let Some(member) = period
            .member
            .as_ref()
            .filter(|_| period.method == "netmile")
        {
            // One sum per member and month, however many contracts there are.
            if !balances.contains_key(member) {
                balances.insert(member.clone(), ledger::balance(conn, member).await?);
            }
            let balance = balances.get(member).copied().unwrap_or(0);
            let from = self.scenario.rules.return_from_yen;
            let Some(split) = Split::of(due.amount, balance, Means::Whole, from) else {
                period.billed = false;
                return Ok((period, due.amount * 2 - balance));
            };
            period.miles = split.miles;
            period.returned_miles = split.returned;
            balances.insert(member.clone(), balance - split.miles + split.returned);
        }
        Ok((period, 0))
    }

    /// Refunds a billed month in full, on the conditions of any other refund: until the end of the
    /// third month after it.
    pub(crate) async fn refund_period(
        &self,
        contract: &str,
        month: Month,
    ) -> Result<Period, MockError> {
        let mut tx = self.begin().await?;
        let now = self.clock.now();
        let found = periods::of_contract(&mut tx, contract).await?;
        let Some(period) = found.into_iter().find(|p| p.month == month) else {
            return Err(MockError::NotFound {
                what: "billed month",
                id: format!("{contract}/{month}"),
            });
        };
        let refuse = |why: &str| Err(MockError::Refused(why.to_owned()));
        if !period.billed {
            return refuse("nothing was charged");
        }
        if now >= clock::end_of_month_after(period.due, self.scenario.rules.refund_months) {
            return refuse("the refund period has passed");
        }
        if !periods::set_refunded(&mut tx, contract, month, now).await? {
            return refuse("the month has been refunded before");
        }
        let base = NewEntry {
            at: now,
            ..entry(&period)
        };
        for (kind, miles, yen) in [
            ("refund", period.miles, -period.amount),
            ("return_taken_back", -period.returned_miles, 0),
        ] {
            if miles != 0 || yen != 0 {
                let entry = NewEntry {
                    miles,
                    yen,
                    kind,
                    ..base
                };
                ledger::add(&mut tx, entry).await?;
            }
        }
        tx.commit().await?;
        Ok(Period {
            refunded_at: Some(now),
            ..period
        })
    }
}

/// The rows that a billed month writes into the ledger.
fn charged(period: &Period) -> impl Iterator<Item = NewEntry<'_>> {
    let payment = NewEntry {
        miles: -period.miles,
        yen: period.amount,
        kind: "payment",
        ..entry(period)
    };
    let back = NewEntry {
        miles: period.returned_miles,
        kind: "return",
        ..entry(period)
    };
    std::iter::once(payment).chain((period.returned_miles > 0).then_some(back))
}

fn entry(period: &Period) -> NewEntry<'_> {
    NewEntry {
        at: period.due,
        member: period.member.as_deref(),
        order_id: Some(&period.order_id),
        tracking_id: Some(&period.contract),
        detail: &period.method,
        ..NewEntry::default()
    }
}
