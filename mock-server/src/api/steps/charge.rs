//! What carriers and points share: a period charged under a contract, capture, the ends.
//!
//! Kinds are those of the carrier family. See docs/protocol/api-type.md#codes.

use super::{
    super::{
        answer::{Answer, info},
        book::Book,
        call::{Call, Effects},
        outside::{LinkContract, LinkPayment},
        records::{LinkState, PaymentState},
        refusal::Ng,
        terms::Flow,
    },
    About,
    contract::done_before,
};
use crate::clock;

impl Book {
    /// A contract of the link type that is the caller's and of this method.
    pub(crate) fn link_contract(&self, call: &Call<'_>, pay_type: &str) -> Option<LinkContract> {
        call.outside
            .link_contract(call.get("tracking_id"))
            .filter(|c| {
                c.merchant_id == call.merchant.merchant_id
                    && c.service_id == call.merchant.service_id
                    && c.method == call.method.tag
                    && c.pay_type == pay_type
            })
    }

    pub(crate) fn link_state(&self, tracking_id: &str) -> LinkState {
        self.links
            .get(tracking_id)
            .cloned()
            .unwrap_or_else(|| LinkState {
                tracking_id: tracking_id.to_owned(),
                ..LinkState::default()
            })
    }

    /// `ST01-00104`: one period of a fixed/metered contract.
    pub(crate) fn charge_period(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let target = call.get("tracking_id").to_owned();
        let Some(contract) = self.link_contract(call, "2") else {
            return Err(Ng::late(
                "L0",
                "no fixed/metered contract under this tracking_id",
            ));
        };
        if contract.cust_code != call.get("cust_code") {
            return Err(Ng::late("L1", "cust_code: not the contract's"));
        }
        let state = self.link_state(&target);
        let ended = state.ended_by.as_deref().or(match contract.active {
            true => None,
            false => contract.ended_by.as_deref().or(Some("request")),
        });
        match ended {
            None => {}
            Some("request" | "CR") => return Err(Ng::late("L2", "the contract has ended")),
            Some(_) => return Err(Ng::late("L3", "the gateway ended the contract")),
        }
        let yen = call.request.number("amount");
        let mut back = 0;
        if call.method.flow == Flow::Point {
            let member = contract.member.as_deref().unwrap_or_default();
            match self.enough(call, member, yen) {
                Ok(miles) => back = miles,
                Err(ng) => {
                    if ng.kind == "S1" {
                        self.note_short_month(state, call.now, effects);
                    }
                    return Err(ng);
                }
            }
        }
        let mut payment = self.draft(call);
        payment.contract = Some(target);
        if call.method.flow == Flow::Point {
            let user = contract.member.unwrap_or_default();
            let about = About {
                at: call.now,
                user: &user,
                order_id: &payment.order_id,
                tracking_id: &payment.tracking_id,
            };
            about.take(yen, back, &mut effects.postings);
            payment.returned_miles = back;
            payment.user = Some(user);
        }
        if state.short_months > 0 {
            self.keep_link(LinkState {
                short_months: 0,
                short_month: String::new(),
                ..state
            });
        }
        if call.method.auto_capture {
            self.take_over(&mut payment, call.method, yen, call.now, effects);
        }
        effects.tracking.clone_from(&payment.tracking_id);
        let tracking = payment.tracking_id.clone();
        self.keep_payment(payment);
        Ok(Answer {
            tracking: Some(tracking),
            ..Answer::default()
        })
    }

    /// A payment by a method that the scenario declares: at once, and nobody's purse is asked.
    pub(crate) fn declared_request(&mut self, call: &Call<'_>, effects: &mut Effects) -> Answer {
        let mut payment = self.draft(call);
        if call.method.auto_capture {
            let yen = payment.amount;
            self.take_over(&mut payment, call.method, yen, call.now, effects);
        }
        effects.tracking.clone_from(&payment.tracking_id);
        let tracking = payment.tracking_id.clone();
        self.keep_payment(payment);
        Answer {
            tracking: Some(tracking),
            ..Answer::default()
        }
    }

    /// A month short of miles counts once, however often it is tried.
    fn note_short_month(&mut self, mut state: LinkState, now: i64, effects: &mut Effects) {
        let month = clock::stamp(now).get(..6).unwrap_or_default().to_owned();
        if state.short_month == month {
            return;
        }
        state.short_month = month;
        state.short_months += 1;
        let limit = self.config.recurring.end_after_short_months;
        if limit > 0 && state.short_months >= limit {
            state.ended_by = Some("short".to_owned());
            effects
                .ended
                .push((state.tracking_id.clone(), "short".to_owned()));
        }
        self.keep_link(state);
    }

    /// `ST02-00201` of carriers and points.
    pub(crate) fn capture(&mut self, call: &Call<'_>, effects: &mut Effects) -> Result<Answer, Ng> {
        let Some(mut payment) = self.own_payment(call, effects) else {
            return Err(Ng::late("20", "no authorisation to capture"));
        };
        let yen = match call.get("pay_option_manage/amount") {
            "" => payment.amount,
            text => text.parse().unwrap_or(0),
        };
        if call.method.auto_capture {
            return Err(Ng::late("24", "the contract captures by itself"));
        }
        match payment.state {
            PaymentState::Authorised => {}
            PaymentState::Voided => return Err(Ng::late("21", "cancelled before")),
            _ => return Err(Ng::late("23", "captured before")),
        }
        if yen > payment.amount || (call.method.exact_capture && yen != payment.amount) {
            return Err(Ng::late("22", "amount: not what was authorised"));
        }
        if self.too_late_to_capture(&payment, call.now) {
            return Err(Ng::late("33", "the time for captures is over"));
        }
        self.take_over(&mut payment, call.method, yen, call.now, effects);
        self.keep_payment(payment);
        Ok(Answer {
            day_only: true,
            ..Answer::default()
        })
    }

    /// `ST02-00303` of carriers: a payment, or a month of a simple contract.
    pub(crate) fn carrier_refund(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let cancelled = if self.own_payment(call, effects).is_some() {
            let amount = call.get("pay_option_manage/amount");
            self.give_back(call, amount.parse().ok(), effects)?
        } else if self.refund_link_payment(call, effects)? {
            false
        } else {
            self.refund_link_month(call, effects)?;
            false
        };
        // Both families answer with a leaf whose meaning is not known.
        let leaf = info("res_cancel_type", if cancelled { "1" } else { "2" });
        let tells = matches!(call.method.number.as_str(), "401" | "402");
        Ok(Answer {
            info: tells.then(|| vec![leaf]),
            ..Answer::default()
        })
    }

    /// Refunds a payment made by link type; `false` when there is none under the tracking id.
    fn refund_link_payment(&mut self, call: &Call<'_>, effects: &mut Effects) -> Result<bool, Ng> {
        let Some(payment) = link_payment(call).filter(|_| {
            // A month of a contract has its own way back.
            call.get("pay_option_manage/cancel_target_month").is_empty()
        }) else {
            return Ok(false);
        };
        let mut state = self.link_state(&payment.tracking_id);
        if payment.refunded || !state.refunded.is_empty() {
            return Err(Ng::late("30", "refunded before"));
        }
        let yen = call.get("pay_option_manage/amount");
        if !yen.is_empty() && yen.parse() != Ok(payment.amount) {
            let why = "amount: a payment made by link type is refunded in full";
            return Err(Ng::late("34", why));
        }
        let months = self.config.rules.refund_months;
        if call.now >= clock::end_of_month_after(payment.paid_at, months) {
            return Err(Ng::late("31", "the time for refunds is over"));
        }
        effects.tracking.clone_from(&payment.tracking_id);
        effects.refunded_payments.push(payment.tracking_id);
        state.refunded.push("payment".to_owned());
        self.keep_link(state);
        Ok(true)
    }

    /// Cancels or refunds a payment of a carrier or of points; whether it was a cancellation.
    pub(crate) fn give_back(
        &mut self,
        call: &Call<'_>,
        yen: Option<u64>,
        effects: &mut Effects,
    ) -> Result<bool, Ng> {
        let Some(mut payment) = self.own_payment(call, effects) else {
            return Err(Ng::late("25", "nothing to cancel"));
        };
        let cancelled = payment.state == PaymentState::Authorised;
        match payment.state {
            PaymentState::Authorised => self.let_go(&mut payment, call.now, effects),
            PaymentState::Captured | PaymentState::PartlyRefunded => {
                let left = payment.captured - payment.refunded;
                let yen = yen.unwrap_or(left);
                if yen > left {
                    let kind = if call.method.number == "402" {
                        "75"
                    } else {
                        "44"
                    };
                    return Err(Ng::late(kind, "amount: above what is left of the sale"));
                }
                if self.too_late_to_refund(&payment, call.now) {
                    return Err(Ng::late("31", "the time for refunds is over"));
                }
                self.pay_back(&mut payment, call.method, yen, call.now, effects);
            }
            PaymentState::Voided => return Err(Ng::late("26", "cancelled before")),
            PaymentState::Refunded => return Err(Ng::late("30", "refunded before")),
            PaymentState::Requested | PaymentState::Closed => {
                return Err(Ng::late("25", "nothing to cancel"));
            }
        }
        self.keep_payment(payment);
        Ok(cancelled)
    }

    /// `ST02-00302`: the end of a simple contract.
    pub(crate) fn end_simple(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        if let Some(mut contract) = self.own_contract(call, effects) {
            if contract.ended_at.is_some() {
                let kind = done_before(call.method, "32");
                return Err(Ng::late(kind, "the contract has ended"));
            }
            contract.ended_at = Some(call.now);
            contract.ended_by = Some("request".to_owned());
            self.keep_contract(contract);
            return Ok(Answer::default());
        }
        let Some(contract) = self.link_contract(call, "1") else {
            return Err(Ng::no_such_tracking());
        };
        let known = self.link_state(call.get("tracking_id"));
        if !contract.active || known.ended_by.is_some() {
            return Err(Ng::late("32", "the contract has ended"));
        }
        self.end_link(known, effects);
        Ok(Answer::default())
    }

    /// `ST02-00309`: the end of a fixed/metered contract.
    pub(crate) fn end_metered(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let Some(contract) = self.link_contract(call, "2") else {
            return Err(Ng::late(
                "L5",
                "no fixed/metered contract under this tracking_id",
            ));
        };
        let known = self.link_state(call.get("tracking_id"));
        if !contract.active || known.ended_by.is_some() {
            return Err(Ng::late("L7", "the contract has ended"));
        }
        self.end_link(known, effects);
        Ok(Answer::default())
    }

    fn end_link(&mut self, state: LinkState, effects: &mut Effects) {
        effects.tracking.clone_from(&state.tracking_id);
        effects
            .ended
            .push((state.tracking_id.clone(), "request".to_owned()));
        self.keep_link(LinkState {
            ended_by: Some("request".to_owned()),
            ..state
        });
    }
}

/// A payment made by link type that is the caller's and of this method.
fn link_payment(call: &Call<'_>) -> Option<LinkPayment> {
    call.outside
        .link_payment(call.get("tracking_id"), call.get("order_id"))
        .filter(|p| {
            p.merchant_id == call.merchant.merchant_id
                && p.service_id == call.merchant.service_id
                && p.method == call.method.tag
        })
}

/// `MG01-00101` of wallets, by tracking id or purchase id.
pub(crate) fn wallet_inquiry(call: &Call<'_>) -> Result<Answer, Ng> {
    if call.get("tracking_id").is_empty() && call.get("order_id").is_empty() {
        return Err(Ng::early("03", 4, "order_id: required"));
    }
    let Some(payment) = link_payment(call) else {
        return Err(Ng::late("83", "no such payment"));
    };
    Ok(Answer {
        inquiry: true,
        info: Some(vec![
            info("order_date", clock::stamp(payment.paid_at)),
            info("tracking_id", payment.tracking_id),
            info("payment_status", if payment.refunded { "5" } else { "3" }),
        ]),
        ..Answer::default()
    })
}
