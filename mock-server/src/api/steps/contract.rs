//! Recurring simple: the gateway bills a contract at the start of each month by its own clock.

use super::{
    super::{
        answer::{Answer, info},
        book::{Book, Due},
        call::{Call, Effects},
        outside::{Outside, Posting, Running},
        records::{ApiContract, ApiNotice, CardShown, Hidden, Month, Movement, MovementKind},
        refusal::Ng,
        terms::ApiMethod,
    },
    About, card, returned,
    slip::SlipEvent,
};
use crate::clock;

const CARD: &str = "101";

/// Kind of the refusal of what was done before: the card's own, since its 20 to 36 are words of the card centre, or that
/// of the carrier family. Which one the gateway takes for a card's contract is not known; assumed, like 43 for a month
/// without a sale.
pub(super) fn done_before(method: &ApiMethod, of_carriers: &'static str) -> &'static str {
    if method.number == CARD {
        "46"
    } else {
        of_carriers
    }
}

/// Something that happened because time passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Unix seconds at which it was due.
    pub at: i64,
    /// `period_billed`, `period_failed`, `contract_ended` or `slip_expired`.
    pub kind: &'static str,
    /// Transaction id.
    pub tracking_id: String,
    /// Month, amount or reason.
    pub outcome: String,
    /// Miles to be moved.
    pub postings: Vec<Posting>,
    /// Notice to be sent.
    pub notice: Option<ApiNotice>,
}

/// The month of an instant, `YYYYMM`.
pub(crate) fn month_of(at: i64) -> String {
    clock::stamp(at).get(..6).unwrap_or_default().to_owned()
}

impl Book {
    fn new_contract(
        &mut self,
        call: &Call<'_>,
        user: Option<String>,
        card: Option<CardShown>,
    ) -> ApiContract {
        ApiContract {
            tracking_id: self.next_tracking(),
            sps_transaction_id: call.transaction.clone(),
            merchant_id: call.merchant.merchant_id.clone(),
            service_id: call.merchant.service_id.clone(),
            method: call.method.number.clone(),
            order_id: call.get("order_id").to_owned(),
            cust_code: Hidden(call.get("cust_code").to_owned()),
            amount: call.request.number("amount"),
            committed: card.is_none(),
            user,
            card,
            started_at: call.now,
            ended_at: None,
            ended_by: None,
            next_at: clock::end_of_month_after(call.now, 0),
            short_months: 0,
            months: std::collections::BTreeMap::new(),
        }
    }

    /// `ST01-00132`: a token, a simple contract; it runs from its commit on.
    pub(crate) fn card_contract(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        if call.get("pay_option_manage/token").is_empty() {
            return Err(Ng::early("03", 999, "token: required"));
        }
        let shown = self.card_by_token(call)?;
        let leaves = card::authorised(call, &shown);
        let contract = self.new_contract(call, None, Some(shown));
        effects.tracking.clone_from(&contract.tracking_id);
        let tracking = contract.tracking_id.clone();
        self.keep_contract(contract);
        Ok(Answer {
            tracking: Some(tracking),
            info: Some(leaves),
            customer: Some(card::customer_numbers(call)),
            ..Answer::default()
        })
    }

    /// The first month is billed with the commit.
    pub(crate) fn commit_contract(
        &mut self,
        mut contract: ApiContract,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        if contract.committed || contract.ended_at.is_some() {
            return Err(Ng::late("60", "committed or cancelled before"));
        }
        contract.committed = true;
        contract.next_at = clock::end_of_month_after(call.now, 0);
        self.bill(&mut contract, call.now, call.outside, &mut effects.postings);
        self.keep_contract(contract);
        Ok(Answer::default())
    }

    /// `ST01-00102` (mock-only): a member's simple contract. The first month is billed at once,
    /// unless `camp_type` is 1.
    pub(crate) fn point_contract(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let user = call.get("pay_method_info/netmile_user_id").to_owned();
        let free = match call.get("pay_option_manage/camp_type") {
            "" | "0" => false,
            "1" => true,
            _ => return Err(Ng::early("07", 22, "camp_type: 0 or 1")),
        };
        let yen = call.request.number("amount");
        if free {
            call.outside
                .balance(&user)
                .ok_or_else(super::point::no_member)?;
        } else {
            self.enough(call, &user, yen)?;
        }
        let mut contract = self.new_contract(call, Some(user), None);
        if !free {
            self.bill(&mut contract, call.now, call.outside, &mut effects.postings);
        }
        effects.tracking.clone_from(&contract.tracking_id);
        let tracking = contract.tracking_id.clone();
        let next = clock::stamp(contract.next_at);
        self.keep_contract(contract);
        Ok(Answer {
            tracking: Some(tracking),
            info: Some(vec![
                info("billed_amount", if free { 0 } else { yen }.to_string()),
                info("next_bill_date", next.get(..8).unwrap_or_default()),
            ]),
            ..Answer::default()
        })
    }

    /// Bills the month of `at`; `false` when the miles do not suffice.
    fn bill(
        &mut self,
        contract: &mut ApiContract,
        at: i64,
        outside: &dyn Outside,
        postings: &mut Vec<Posting>,
    ) -> bool {
        let yen = contract.amount;
        let month = month_of(at);
        let mut back = 0;
        if let Some(user) = &contract.user {
            let balance = outside.balance(user).unwrap_or(0);
            if balance < yen.saturating_mul(2) {
                contract.short_months += 1;
                let nothing = Month {
                    at,
                    billed: 0,
                    returned_miles: 0,
                    refunded_at: None,
                };
                contract.months.insert(month, nothing);
                return false;
            }
            back = returned(yen, self.config.rules.return_from_yen);
            let about = About {
                at,
                user,
                order_id: &contract.order_id,
                tracking_id: &contract.tracking_id,
            };
            about.take(yen, back, postings);
        }
        contract.short_months = 0;
        let billed = Month {
            at,
            billed: yen,
            returned_miles: back,
            refunded_at: None,
        };
        contract.months.insert(month.clone(), billed);
        self.enter_month(contract, &month, MovementKind::Captured, yen, at);
        true
    }

    fn enter_month(
        &mut self,
        contract: &ApiContract,
        month: &str,
        kind: MovementKind,
        yen: u64,
        at: i64,
    ) {
        let tag = self
            .config
            .merchants
            .iter()
            .filter(|m| {
                m.merchant_id == contract.merchant_id && m.service_id == contract.service_id
            })
            .flat_map(|m| &m.api_methods)
            .find(|m| m.number == contract.method)
            .map_or_else(String::new, |m| m.tag.clone());
        self.enter(Movement {
            id: 0,
            at,
            kind,
            yen,
            merchant_id: contract.merchant_id.clone(),
            service_id: contract.service_id.clone(),
            method: contract.method.clone(),
            tag,
            order_id: contract.order_id.clone(),
            tracking_id: contract.tracking_id.clone(),
            month: month.to_owned(),
        });
    }

    /// `ST02-00303` on a simple contract applied for by API: one month goes back.
    pub(crate) fn refund_month(
        &mut self,
        mut contract: ApiContract,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let asked = call.get("pay_option_manage/cancel_target_month").to_owned();
        if asked.is_empty() {
            return Err(Ng::early(
                "03",
                200,
                "cancel_target_month: required for a contract",
            ));
        }
        let Some(month) = contract.months.get_mut(&asked).filter(|m| m.billed > 0) else {
            let kind = if call.method.number == CARD {
                "43"
            } else {
                "27"
            };
            return Err(Ng::late(kind, "no sale in that month"));
        };
        if month.refunded_at.is_some() {
            let kind = done_before(call.method, "30");
            return Err(Ng::late(kind, "refunded before"));
        }
        if call.now >= clock::end_of_month_after(month.at, self.config.rules.refund_months) {
            return Err(Ng::late("31", "the time for refunds is over"));
        }
        month.refunded_at = Some(call.now);
        let (yen, back) = (month.billed, month.returned_miles);
        if let Some(user) = &contract.user {
            let about = About {
                at: call.now,
                user,
                order_id: &contract.order_id,
                tracking_id: &contract.tracking_id,
            };
            about.give_back(yen, back, &mut effects.postings);
        }
        self.enter_month(&contract, &asked, MovementKind::Refunded, yen, call.now);
        self.keep_contract(contract);
        Ok(Answer::default())
    }

    /// `ST02-00303` on a simple contract applied for by link type.
    pub(crate) fn refund_link_month(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<(), Ng> {
        let target = call.get("tracking_id").to_owned();
        let Some(contract) = self.link_contract(call, "1") else {
            return Err(Ng::late("25", "nothing to cancel"));
        };
        let month = call.get("pay_option_manage/cancel_target_month").to_owned();
        if month.is_empty() {
            return Err(Ng::early(
                "03",
                200,
                "cancel_target_month: required for a contract",
            ));
        }
        let Some(billed) = call.outside.billed_month(&target, &month) else {
            return Err(Ng::late("27", "no sale in that month"));
        };
        let mut state = self.link_state(&target);
        if billed.refunded || state.refunded.contains(&month) {
            return Err(Ng::late("30", "refunded before"));
        }
        if let Some(user) = &contract.member {
            let about = About {
                at: call.now,
                user,
                order_id: &billed.order_id,
                tracking_id: &target,
            };
            about.give_back(billed.yen, billed.returned_miles, &mut effects.postings);
        }
        effects.tracking.clone_from(&target);
        effects.refunded_months.push((target, month.clone()));
        state.refunded.push(month);
        self.keep_link(state);
        Ok(())
    }

    /// What an inquiry says of a contract (mock-only).
    pub(crate) fn contract_status(contract: &ApiContract) -> Answer {
        let billed: u64 = contract.months.values().map(|m| m.billed).sum();
        let refunded = |m: &&Month| m.refunded_at.is_some();
        let back: u64 = contract
            .months
            .values()
            .filter(refunded)
            .map(|m| m.billed)
            .sum();
        let last = contract.months.keys().next_back();
        let status = match (back, billed) {
            (_, 0) => "1",
            (0, _) => "2",
            (back, billed) if back == billed => "4",
            _ => "5",
        };
        Answer {
            inquiry: true,
            info: Some(vec![
                info("tracking_id", contract.tracking_id.as_str()),
                info("order_id", contract.order_id.as_str()),
                info("payment_status", status),
                info("amount", billed.to_string()),
                info("refunded_amount", back.to_string()),
                info(
                    "contract_status",
                    if contract.ended_at.is_some() {
                        "9"
                    } else {
                        "1"
                    },
                ),
                info("last_month", last.map_or("", String::as_str)),
                info("short_months", contract.short_months.to_string()),
            ]),
            ..Answer::default()
        }
    }

    /// Does everything that is due by `now`, each at its own instant, oldest first.
    pub fn advance(&mut self, now: i64, outside: &dyn Outside) -> Vec<Happened> {
        let mut running = Running {
            outside,
            moved: std::collections::BTreeMap::new(),
        };
        let mut happened = Vec::new();
        while let Some((at, due, id)) = self.due.first().filter(|(at, ..)| *at <= now).cloned() {
            match due {
                Due::Expiry => {
                    self.due.pop_first();
                    if let Ok(notice) = self.slip_event(&id, SlipEvent::Expired, None, at) {
                        happened.push(Happened {
                            at,
                            kind: "slip_expired",
                            tracking_id: id,
                            outcome: "expired".to_owned(),
                            postings: Vec::new(),
                            notice: Some(notice),
                        });
                    }
                }
                Due::Month => {
                    self.due.pop_first();
                    let month = self.bill_month(&id, at, &running);
                    for one in month {
                        running.post(&one.postings);
                        happened.push(one);
                    }
                }
            }
        }
        happened
    }

    fn bill_month(&mut self, id: &str, at: i64, outside: &dyn Outside) -> Vec<Happened> {
        let Some(mut contract) = self.contracts.get(id).cloned() else {
            return Vec::new();
        };
        let mut postings = Vec::new();
        let billed = self.bill(&mut contract, at, outside, &mut postings);
        contract.next_at = clock::end_of_month_after(at, 0);
        let mut happened = vec![Happened {
            at,
            kind: if billed {
                "period_billed"
            } else {
                "period_failed"
            },
            tracking_id: id.to_owned(),
            outcome: format!(
                "{}: {}",
                month_of(at),
                if billed { contract.amount } else { 0 }
            ),
            postings,
            notice: None,
        }];
        let limit = self.config.recurring.end_after_short_months;
        if limit > 0 && contract.short_months >= limit {
            contract.ended_at = Some(at);
            contract.ended_by = Some("short".to_owned());
            happened.push(Happened {
                at,
                kind: "contract_ended",
                tracking_id: id.to_owned(),
                outcome: "short".to_owned(),
                postings: Vec::new(),
                notice: None,
            });
        }
        self.keep_contract(contract);
        happened
    }
}
