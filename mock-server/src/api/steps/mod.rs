//! What each function does to the book, one file per flow.

pub(crate) mod card;
pub(crate) mod charge;
pub(crate) mod contract;
pub(crate) mod point;
pub(crate) mod slip;
pub(crate) mod stored;

use super::{
    book::Book,
    call::Effects,
    outside::Posting,
    records::{ApiPayment, MovementKind, PaymentState},
    terms::ApiMethod,
};
use crate::clock;

/// Miles of a yen amount: 2 miles are 1 yen.
pub(crate) fn miles(yen: u64) -> i64 {
    i64::try_from(yen.saturating_mul(2)).unwrap_or(i64::MAX)
}

/// Miles that return to the member for a NetMile part: 1 %, from the smallest part on.
pub(crate) fn returned(yen: u64, from: u64) -> u64 {
    if yen >= from {
        yen.saturating_mul(2) / 100
    } else {
        0
    }
}

/// Who and what postings are about.
pub(crate) struct About<'a> {
    pub(crate) at: i64,
    pub(crate) user: &'a str,
    pub(crate) order_id: &'a str,
    pub(crate) tracking_id: &'a str,
}

impl About<'_> {
    fn posting(&self, kind: &str, miles: i64, yen: i64) -> Posting {
        Posting {
            at: self.at,
            user: self.user.to_owned(),
            miles,
            yen,
            kind: kind.to_owned(),
            order_id: self.order_id.to_owned(),
            tracking_id: self.tracking_id.to_owned(),
        }
    }

    /// Takes the miles of `yen`, and gives `back` of them as the return.
    pub(crate) fn take(&self, yen: u64, back: u64, postings: &mut Vec<Posting>) {
        postings.push(self.posting("payment", -miles(yen), signed(yen)));
        if back > 0 {
            postings.push(self.posting("return", signed(back), 0));
        }
    }

    /// Gives the miles of `yen` back, and takes `back` of the return.
    pub(crate) fn give_back(&self, yen: u64, back: u64, postings: &mut Vec<Posting>) {
        postings.push(self.posting("refund", miles(yen), -signed(yen)));
        if back > 0 {
            postings.push(self.posting("return_taken_back", -signed(back), 0));
        }
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Book {
    /// Gives miles back when a member paid with them. `left` is what stays paid, in yen.
    pub(crate) fn return_miles(
        &self,
        payment: &mut ApiPayment,
        yen: u64,
        left: u64,
        at: i64,
        effects: &mut Effects,
    ) {
        let Some(user) = payment.user.clone() else {
            return;
        };
        let due = returned(left, self.config.rules.return_from_yen);
        let back = payment.returned_miles.saturating_sub(due);
        payment.returned_miles -= back;
        let about = About {
            at,
            user: &user,
            order_id: &payment.order_id,
            tracking_id: &payment.tracking_id,
        };
        about.give_back(yen, back, &mut effects.postings);
    }

    /// Captures `yen` of an authorised payment; the rest is free again.
    pub(crate) fn take_over(
        &mut self,
        payment: &mut ApiPayment,
        method: &ApiMethod,
        yen: u64,
        at: i64,
        effects: &mut Effects,
    ) {
        payment.state = PaymentState::Captured;
        payment.captured = yen;
        payment.captured_at = Some(at);
        if yen < payment.amount {
            self.return_miles(payment, payment.amount - yen, yen, at, effects);
        }
        self.enter_payment(payment, &method.tag, MovementKind::Captured, yen, at);
    }

    /// Gives `yen` of a captured payment back.
    pub(crate) fn pay_back(
        &mut self,
        payment: &mut ApiPayment,
        method: &ApiMethod,
        yen: u64,
        at: i64,
        effects: &mut Effects,
    ) {
        payment.refunded += yen;
        let left = payment.captured.saturating_sub(payment.refunded);
        payment.state = if left == 0 {
            PaymentState::Refunded
        } else {
            PaymentState::PartlyRefunded
        };
        self.return_miles(payment, yen, left, at, effects);
        self.enter_payment(payment, &method.tag, MovementKind::Refunded, yen, at);
    }

    /// Gives an authorisation up.
    pub(crate) fn let_go(&self, payment: &mut ApiPayment, at: i64, effects: &mut Effects) {
        payment.state = PaymentState::Voided;
        self.return_miles(payment, payment.amount, 0, at, effects);
    }

    /// Whether a payment can no longer be refunded: months after the one of its capture.
    pub(crate) fn too_late_to_refund(&self, payment: &ApiPayment, now: i64) -> bool {
        let at = payment.captured_at.unwrap_or(payment.at);
        now >= clock::end_of_month_after(at, self.config.rules.refund_months)
    }

    /// Whether an authorisation can no longer be captured.
    pub(crate) fn too_late_to_capture(&self, payment: &ApiPayment, now: i64) -> bool {
        let days = i64::from(self.config.api.capture_days);
        days > 0 && now >= payment.at.saturating_add(days * 86_400)
    }
}
