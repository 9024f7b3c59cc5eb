//! Credit cards: authorise, commit, capture, cancel or refund, inquiry.
//!
//! Kinds of the state errors: 41, 46, 52, 59 and 60 are known; the others of their ranges are
//! assumed. See docs/protocol/api-type.md#codes.

use super::super::{
    answer::{Answer, group, info},
    book::Book,
    call::{Call, Effects},
    function::Operation,
    records::{ApiPayment, CardShown, CustomerKey, PaymentState},
    refusal::Ng,
    request::hex,
};
use crate::ids;
use sha1::{Digest as _, Sha1};

/// Card numbers that are only for tests, and their brands.
const TEST_CARDS: [(&str, &str); 8] = [
    ("4242424242424242", "V"),
    ("4012888888881881", "V"),
    ("4111111111111111", "V"),
    ("5555555555554444", "M"),
    ("3530111333300000", "J"),
    ("378282246310005", "A"),
    ("30569309025904", "D"),
    ("6011111111111117", "X"),
];

/// What the card centre calls itself in the answers that were recorded.
const COMPANY: &str = "99665";
const RECOGNIZED: &str = "123456";

impl Book {
    /// Reads a card given by number. Only test numbers are taken.
    pub(crate) fn card_by_number(&self, call: &Call<'_>) -> Result<CardShown, Ng> {
        let number = call.get("pay_method_info/cc_number");
        let Some((_, brand)) = TEST_CARDS.iter().find(|(n, _)| *n == number) else {
            return Err(Ng::late(
                "65",
                "cc_number: only test card numbers are taken",
            ));
        };
        let expiration = call.get("pay_method_info/cc_expiration");
        let valid = crate::clock::end_of_month(expiration).is_some_and(|end| end > call.now);
        if !valid {
            return Err(Ng::late("66", "cc_expiration: past"));
        }
        let last4 = number.get(number.len().saturating_sub(4)..);
        Ok(CardShown {
            last4: last4.unwrap_or_default().to_owned(),
            expiration: expiration.to_owned(),
            brand: (*brand).to_owned(),
            dealings_type: call.get("pay_method_info/dealings_type").to_owned(),
            divide_times: call.get("pay_method_info/divide_times").to_owned(),
        })
    }

    /// Uses a one-time token up.
    pub(crate) fn card_by_token(&mut self, call: &Call<'_>) -> Result<CardShown, Ng> {
        let token = call.get("pay_option_manage/token").to_owned();
        if call.get("pay_option_manage/token_key").is_empty() {
            return Err(Ng::early("03", 999, "token_key: required with a token"));
        }
        if token.starts_with("bad") {
            return Err(Ng::late("T1", "token: unreadable"));
        }
        if !self.use_token(&token) {
            return Err(Ng::late("T2", "token: used before"));
        }
        if let Some(code) = self.config.api.token_refusals.get(&token) {
            let field = code.get(5..).and_then(|f| f.parse().ok()).unwrap_or(999);
            let kind = code.get(3..5).unwrap_or("65");
            return Err(Ng {
                field,
                ..Ng::late(kind, "the card centre refuses this token")
            });
        }
        Ok(CardShown {
            last4: "4242".to_owned(),
            expiration: "203612".to_owned(),
            brand: "V".to_owned(),
            dealings_type: call.get("pay_method_info/dealings_type").to_owned(),
            divide_times: call.get("pay_method_info/divide_times").to_owned(),
        })
    }

    /// The card of a call: a token, a stored card, or the one of an earlier payment.
    fn card_of(&mut self, operation: Operation, call: &Call<'_>) -> Result<CardShown, Ng> {
        let again = matches!(
            operation,
            Operation::CardByNumberAgain | Operation::CardByTokenAgain
        );
        let earlier = if again {
            let mut unused = Effects::default();
            let payment = self.own_payment(call, &mut unused);
            let card = payment.and_then(|p| p.card);
            Some(card.ok_or_else(Ng::no_such_tracking)?)
        } else {
            None
        };
        let by_number = matches!(
            operation,
            Operation::CardByNumber | Operation::CardByNumberAgain
        );
        if by_number && !call.get("pay_method_info/cc_number").is_empty() {
            return self.card_by_number(call);
        }
        if !call.get("pay_option_manage/token").is_empty() {
            return self.card_by_token(call);
        }
        if let Some(card) = earlier {
            return Ok(card);
        }
        let stored = self.customers.get(&call.customer_key());
        stored.map(|s| s.card.clone()).ok_or_else(|| {
            Ng::early(
                "03",
                999,
                "token: required, the customer has no stored card",
            )
        })
    }

    pub(crate) fn card_authorise(
        &mut self,
        operation: Operation,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let card = self.card_of(operation, call)?;
        let mut payment = self.draft(call);
        payment.committed = false;
        payment.card = Some(card.clone());
        if call.get("pay_option_manage/cust_manage_flg") == "1" {
            self.store_card(call, card.clone());
        }
        effects.tracking.clone_from(&payment.tracking_id);
        let answer = Answer {
            tracking: Some(payment.tracking_id.clone()),
            info: Some(authorised(call, &card)),
            customer: Some(customer_numbers(call)),
            ..Answer::default()
        };
        self.keep_payment(payment);
        Ok(answer)
    }

    pub(crate) fn commit(&mut self, call: &Call<'_>, effects: &mut Effects) -> Result<Answer, Ng> {
        if let Some(contract) = self.own_contract(call, effects) {
            return self.commit_contract(contract, call, effects);
        }
        let Some(mut payment) = self.own_payment(call, effects) else {
            return Err(Ng::no_such_tracking());
        };
        if payment.committed || payment.state != PaymentState::Authorised {
            return Err(Ng::late("60", "committed or cancelled before"));
        }
        payment.committed = true;
        if call.method.auto_capture {
            let yen = payment.amount;
            self.take_over(&mut payment, call.method, yen, call.now, effects);
        }
        self.keep_payment(payment);
        Ok(Answer::default())
    }

    pub(crate) fn card_capture(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let Some(mut payment) = self.own_payment(call, effects) else {
            return Err(Ng::no_such_tracking());
        };
        let yen = match call.get("pay_option_manage/amount") {
            "" => payment.amount,
            text => text.parse().unwrap_or(0),
        };
        match payment.state {
            PaymentState::Authorised => {}
            PaymentState::Captured => return Err(Ng::late("41", "captured before")),
            _ => return Err(Ng::late("38", "cancelled or refunded before")),
        }
        if call.method.auto_capture {
            return Err(Ng::late("79", "the contract captures at the commit"));
        }
        if !payment.committed {
            return Err(Ng::late("37", "commit before capturing"));
        }
        if yen > payment.amount || (call.method.exact_capture && yen != payment.amount) {
            return Err(Ng::late("39", "amount: above the authorised one"));
        }
        if self.too_late_to_capture(&payment, call.now) {
            return Err(Ng::late("42", "the authorisation has expired"));
        }
        self.take_over(&mut payment, call.method, yen, call.now, effects);
        self.keep_payment(payment);
        Ok(Answer {
            day_only: true,
            ..Answer::default()
        })
    }

    pub(crate) fn card_refund(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        if let Some(contract) = self.own_contract(call, effects) {
            return self.refund_month(contract, call, effects);
        }
        let Some(mut payment) = self.own_payment(call, effects) else {
            return Err(Ng::no_such_tracking());
        };
        match payment.state {
            PaymentState::Authorised => self.let_go(&mut payment, call.now, effects),
            PaymentState::Captured | PaymentState::PartlyRefunded => {
                if self.too_late_to_refund(&payment, call.now) {
                    return Err(Ng::late("47", "the time for refunds is over"));
                }
                let rest = payment.captured - payment.refunded;
                self.pay_back(&mut payment, call.method, rest, call.now, effects);
            }
            _ => return Err(Ng::late("46", "cancelled or refunded before")),
        }
        self.keep_payment(payment);
        Ok(Answer::default())
    }

    pub(crate) fn card_void(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let Some(mut payment) = self.own_payment(call, effects) else {
            return Err(Ng::no_such_tracking());
        };
        match payment.state {
            PaymentState::Authorised => self.let_go(&mut payment, call.now, effects),
            PaymentState::Voided => return Err(Ng::late("52", "cancelled before")),
            _ => return Err(Ng::late("53", "captured: refund it")),
        }
        self.keep_payment(payment);
        Ok(Answer::default())
    }

    pub(crate) fn card_partial_refund(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let Some(mut payment) = self.own_payment(call, effects) else {
            return Err(Ng::no_such_tracking());
        };
        let yen = call.request.number("pay_option_manage/amount");
        match payment.state {
            PaymentState::Captured | PaymentState::PartlyRefunded => {}
            PaymentState::Authorised => return Err(Ng::late("K0", "not captured yet")),
            _ => return Err(Ng::late("46", "cancelled or refunded before")),
        }
        if yen > payment.captured - payment.refunded {
            return Err(Ng::late("K1", "amount: above what is left of the sale"));
        }
        if self.too_late_to_refund(&payment, call.now) {
            return Err(Ng::late("47", "the time for refunds is over"));
        }
        self.pay_back(&mut payment, call.method, yen, call.now, effects);
        self.keep_payment(payment);
        Ok(Answer::default())
    }

    pub(crate) fn card_inquiry(
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
        let card = payment.card.clone().unwrap_or_else(|| CardShown {
            last4: String::new(),
            expiration: String::new(),
            brand: String::new(),
            dealings_type: String::new(),
            divide_times: String::new(),
        });
        let shown = !matches!(call.get("response_info_type"), "" | "0");
        let only = |value: String| if shown { value } else { String::new() };
        let (committed, status) = statuses(&payment);
        let mut leaves = vec![group(
            "res_pay_method_info_detail",
            vec![
                info("cc_number", only(format!("************{}", card.last4))),
                info("cc_expiration", only(card.expiration.clone())),
                info("dealings_type", card.dealings_type.clone()),
                info("divide_times", card.divide_times.clone()),
                info("bonus_details_times", ""),
            ],
        )];
        leaves.extend(authorised(call, &card));
        leaves.push(info("commit_status", committed));
        leaves.push(info("payment_status", status));
        Ok(Answer {
            inquiry: true,
            info: Some(leaves),
            ..Answer::default()
        })
    }

    /// The payment of an inquiry, by tracking id or by the id of the exchange that made it.
    pub(crate) fn payment_asked_for(
        &self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<ApiPayment, Ng> {
        if !call.get("tracking_id").is_empty() {
            return self
                .own_payment(call, effects)
                .ok_or_else(Ng::no_such_tracking);
        }
        let transaction = call.get("sps_transaction_id");
        let found = self.payments.values().find(|p| {
            p.sps_transaction_id == transaction
                && p.merchant_id == call.merchant.merchant_id
                && p.service_id == call.merchant.service_id
                && p.method == call.method.number
        });
        let Some(payment) = found else {
            return Err(Ng {
                field: 26,
                ..Ng::late("11", "no such sps_transaction_id")
            });
        };
        effects.tracking.clone_from(&payment.tracking_id);
        Ok(payment.clone())
    }
}

/// `commit_status` and `payment_status`.
fn statuses(payment: &ApiPayment) -> (&'static str, &'static str) {
    let status = match payment.state {
        PaymentState::Authorised | PaymentState::Requested => "1",
        PaymentState::Captured => "2",
        PaymentState::Voided | PaymentState::Closed => "3",
        PaymentState::Refunded => "4",
        PaymentState::PartlyRefunded => "5",
    };
    let commit = match (payment.committed, payment.state) {
        (true, PaymentState::Voided) => "2",
        (false, PaymentState::Voided) => "3",
        (true, _) => "1",
        (false, _) => "0",
    };
    (commit, status)
}

/// The three leaves of an authorisation.
pub(crate) fn authorised(call: &Call<'_>, card: &CardShown) -> Vec<super::super::answer::Info> {
    vec![
        info("cc_company_code", COMPANY),
        info("cardbrand_code", brand(call, card)),
        info("recognized_no", RECOGNIZED),
    ]
}

/// The brand, when it is asked for.
pub(crate) fn brand(call: &Call<'_>, card: &CardShown) -> String {
    if call.get("pay_option_manage/cardbrand_return_flg") == "1" {
        card.brand.clone()
    } else {
        String::new()
    }
}

/// The customer's numbers, when they are asked for.
pub(crate) fn customer_numbers(call: &Call<'_>) -> (String, String) {
    if call.get("sps_cust_info_return_flg") == "1" {
        (customer_number(&call.customer_key()), "001".to_owned())
    } else {
        (String::new(), String::new())
    }
}

/// 12 digits that follow from merchant, service and customer.
pub(crate) fn customer_number(key: &CustomerKey) -> String {
    use rand::Rng as _;
    let digest = hex(&Sha1::digest(format!("{}/{}/{}", key.0, key.1, key.2)));
    let number: u64 = ids::rng(0, &digest, 0).random_range(100_000_000_000..1_000_000_000_000);
    number.to_string()
}
