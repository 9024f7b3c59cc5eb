//! Payment slips: web convenience store and Pay-easy, and what becomes of them.

use serde::{Deserialize, Serialize};

use super::super::{
    answer::{Answer, info},
    book::Book,
    call::{Call, Effects},
    records::{ApiNotice, ApiPayment, Hidden, Key, MovementKind, PaymentState, Slip},
    refusal::Ng,
};
use crate::clock;

/// What happens to a slip at the store or in the merchant portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlipEvent {
    /// Reported as paid (速報), `rec_type` 1.
    Preliminary,
    /// The report is taken back, `rec_type` 2.
    PreliminaryCancelled,
    /// Paid for certain (確報), `rec_type` 3.
    Confirmed,
    /// That is taken back, `rec_type` 4.
    ConfirmedCancelled,
    /// Cancelled before anybody paid.
    Cancelled,
    /// The last day passed.
    Expired,
}

/// The instant at which an unpaid slip expires.
pub(crate) fn expiry(payment: &ApiPayment) -> Option<i64> {
    let slip = payment.slip.as_ref()?;
    let open = payment.state == PaymentState::Requested && slip.preliminary + slip.confirmed == 0;
    let day = clock::parse_stamp(&format!("{}000000", slip.bill_date))?;
    open.then(|| day.saturating_add(86_400))
}

impl Book {
    pub(crate) fn slip_request(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
        store: bool,
    ) -> Result<Answer, Ng> {
        let issue = call.get("pay_method_info/issue_type");
        let issues = if store { &["0"][..] } else { &["0", "1", "2"] };
        if !issues.contains(&issue) {
            return Err(Ng::early(
                "07",
                200,
                "pay_method_info/issue_type: not of this method",
            ));
        }
        let webcvstype = call.get("pay_method_info/webcvstype").to_owned();
        if store && !["001", "002", "005", "010", "016", "018"].contains(&webcvstype.as_str()) {
            return Err(Ng::early(
                "07",
                213,
                "pay_method_info/webcvstype: no such store",
            ));
        }
        if let Some(kind) = self.config.api.store_refusals.get(&webcvstype) {
            return Err(Ng::late(kind, "the store's centre fails"));
        }
        let bill_date = self.bill_date(call)?;
        let mut payment = self.draft(call);
        payment.state = PaymentState::Requested;
        let mail = call.get("pay_method_info/mail").to_owned();
        payment.slip = Some(Slip {
            store: webcvstype,
            bill_date,
            mail: Hidden(mail),
            preliminary: 0,
            confirmed: 0,
        });
        effects.tracking.clone_from(&payment.tracking_id);
        let leaves = if store {
            store_leaves(&payment)
        } else {
            payeasy_leaves(&payment)
        };
        let answer = Answer {
            tracking: Some(payment.tracking_id.clone()),
            info: Some(leaves),
            ..Answer::default()
        };
        self.keep_payment(payment);
        Ok(answer)
    }

    fn bill_date(&self, call: &Call<'_>) -> Result<String, Ng> {
        let day = |days: u32| {
            let stamp = clock::stamp(call.now.saturating_add(i64::from(days) * 86_400));
            stamp.get(..8).unwrap_or_default().to_owned()
        };
        let asked = call.get("pay_method_info/bill_date");
        if asked.is_empty() {
            return Ok(day(self.config.api.slip_days));
        }
        // Eight digits each, so the order of the texts is the order of the days.
        if asked < day(0).as_str() || asked > day(self.config.api.slip_days_max).as_str() {
            return Err(Ng {
                field: 214,
                ..Ng::late("23", "bill_date: today to the last possible day")
            });
        }
        Ok(asked.to_owned())
    }

    pub(crate) fn slip_inquiry(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        if call.get("tracking_id").is_empty() && call.get("sps_transaction_id").is_empty() {
            return Err(Ng::early(
                "03",
                26,
                "sps_transaction_id or tracking_id: required",
            ));
        }
        let payment = self.payment_asked_for(call, effects)?;
        let slip = payment.slip.as_ref();
        let mut leaves = vec![info("webcvstype", slip.map_or("", |s| s.store.as_str()))];
        leaves.extend(store_leaves(&payment));
        leaves.push(info("payment_status", status(&payment)));
        Ok(Answer {
            inquiry: true,
            info: Some(leaves),
            ..Answer::default()
        })
    }

    /// Lets something happen to a slip: a deposit of `yen` (the missing rest when `None`), its
    /// cancellation, expiry. The notice to be sent.
    ///
    /// # Errors
    /// Why it can not happen.
    pub fn slip_event(
        &mut self,
        tracking_id: &str,
        event: SlipEvent,
        yen: Option<u64>,
        now: i64,
    ) -> Result<ApiNotice, String> {
        let mut payment = self
            .payments
            .get(tracking_id)
            .cloned()
            .ok_or_else(|| format!("no such payment: {tracking_id}"))?;
        let tag = self.tag_of(&payment);
        let amount = payment.amount;
        let Some(slip) = payment.slip.as_mut() else {
            return Err("the payment has no slip".to_owned());
        };
        if payment.state == PaymentState::Closed {
            return Err("the slip is closed".to_owned());
        }
        let before = slip.preliminary + slip.confirmed;
        let deposit = yen.unwrap_or_else(|| amount.saturating_sub(before));
        let (rec_type, moved, kind) = match event {
            SlipEvent::Preliminary if deposit > 0 => {
                slip.preliminary += deposit;
                (1, deposit, Some(MovementKind::Captured))
            }
            SlipEvent::Confirmed if slip.preliminary > 0 => {
                let confirmed = std::mem::take(&mut slip.preliminary);
                slip.confirmed += confirmed;
                (3, confirmed, None)
            }
            SlipEvent::Confirmed if deposit > 0 => {
                slip.confirmed += deposit;
                (3, deposit, Some(MovementKind::Captured))
            }
            SlipEvent::PreliminaryCancelled if slip.preliminary > 0 => {
                let back = std::mem::take(&mut slip.preliminary);
                (2, back, Some(MovementKind::Refunded))
            }
            SlipEvent::ConfirmedCancelled if slip.confirmed > 0 => {
                let back = std::mem::take(&mut slip.confirmed);
                (4, back, Some(MovementKind::Refunded))
            }
            SlipEvent::Cancelled | SlipEvent::Expired if before == 0 => {
                payment.state = PaymentState::Closed;
                (0, 0, None)
            }
            _ => return Err("the slip's state does not allow it".to_owned()),
        };
        let total = slip.preliminary + slip.confirmed;
        let mail = slip.mail.clone();
        if payment.state != PaymentState::Closed {
            payment.captured = total;
            payment.captured_at = (total > 0).then_some(now);
            payment.state = if total >= amount {
                PaymentState::Captured
            } else {
                PaymentState::Requested
            };
        }
        if let Some(kind) = kind {
            self.enter_payment(&payment, &tag, kind, moved, now);
        }
        let operation = if rec_type == 0 {
            "NT01-00104"
        } else {
            "NT01-00103"
        };
        let notice = ApiNotice {
            id: self.next_notice(),
            function: format!("{operation}-{}", payment.method),
            merchant_id: payment.merchant_id.clone(),
            service_id: payment.service_id.clone(),
            sps_transaction_id: payment.sps_transaction_id.clone(),
            tracking_id: payment.tracking_id.clone(),
            order_id: payment.order_id.clone(),
            happened_at: now,
            rec_type,
            rec_amount: moved,
            rec_amount_total: total,
            mail,
            tries: 0,
            next_at: Some(now),
            accepted: false,
        };
        self.keep_payment(payment);
        self.keep_notice(notice.clone());
        Ok(notice)
    }

    fn next_notice(&mut self) -> u64 {
        self.counters.notices += 1;
        self.touch(Key::Counters);
        self.counters.notices
    }

    pub(crate) fn keep_notice(&mut self, notice: ApiNotice) {
        let id = notice.id;
        self.notices.insert(id, notice);
        self.touch(Key::Notice(id));
    }

    /// Link name of a payment's method.
    pub(crate) fn tag_of(&self, payment: &ApiPayment) -> String {
        let merchants = &self.config.merchants;
        let merchant = merchants
            .iter()
            .find(|m| m.merchant_id == payment.merchant_id && m.service_id == payment.service_id);
        merchant
            .and_then(|m| m.api_methods.iter().find(|a| a.number == payment.method))
            .map_or_else(String::new, |a| a.tag.clone())
    }
}

/// `payment_status` of a slip: 1 unpaid, 2 in part, 3 paid, 4 too much, 9 cancelled or expired.
fn status(payment: &ApiPayment) -> &'static str {
    let total = payment
        .slip
        .as_ref()
        .map_or(0, |s| s.preliminary + s.confirmed);
    match payment.state {
        PaymentState::Closed => "9",
        _ if total == 0 => "1",
        _ if total < payment.amount => "2",
        _ if total == payment.amount => "3",
        _ => "4",
    }
}

fn store_leaves(payment: &ApiPayment) -> Vec<super::super::answer::Info> {
    let id = &payment.tracking_id;
    let (date, store) = payment
        .slip
        .as_ref()
        .map_or(("", ""), |s| (s.bill_date.as_str(), s.store.as_str()));
    let tail = id.get(6..).unwrap_or_default();
    // Two numbers joined by a hyphen where the store asks for both, as Lawson and FamilyMart do.
    let data1 = match store {
        "002" | "016" => format!("{tail}-{}", id.get(5..).unwrap_or_default()),
        _ => format!("00{tail}"),
    };
    vec![
        info("invoice_no", id.as_str()),
        info("bill_date", date),
        info("cvs_pay_data1", data1),
        info(
            "cvs_pay_data2",
            format!("https://slip.example/show?no={id}&store={store}"),
        ),
    ]
}

fn payeasy_leaves(payment: &ApiPayment) -> Vec<super::super::answer::Info> {
    let id = &payment.tracking_id;
    let date = payment.slip.as_ref().map_or("", |s| s.bill_date.as_str());
    vec![
        info("invoice_no", id.as_str()),
        info("bill_date", date),
        info("skno", "59999"),
        info("cust_number", "12345678901234567890-123456"),
        info("bank_form", format!("F{id}")),
        info("bptn", format!("P{id}")),
        info("bill", format!("B{id}")),
    ]
}
