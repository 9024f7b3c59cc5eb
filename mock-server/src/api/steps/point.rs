//! Points (NetMile). No public document describes NetMile by API: everything here is assumed, and
//! its leaves beyond the common ones are the mock's own. See docs/protocol/api-type.md#netmile.

use super::{
    super::{
        answer::{Answer, info},
        book::Book,
        call::{Call, Effects},
        records::PaymentState,
        refusal::Ng,
        terms::Standing,
    },
    About, miles, returned,
};

/// No member of that name.
pub(crate) fn no_member() -> Ng {
    Ng::late("S0", "netmile_user_id: no such member")
}

impl Book {
    /// Whether a member has the miles of `yen`; the miles that will return.
    pub(crate) fn enough(&self, call: &Call<'_>, user: &str, yen: u64) -> Result<u64, Ng> {
        let Some(balance) = call.outside.balance(user) else {
            return Err(no_member());
        };
        let needed = u64::try_from(miles(yen)).unwrap_or(u64::MAX);
        if balance < needed {
            return Err(Ng {
                field: 8,
                leaves: vec![
                    ("short_miles", (needed - balance).to_string()),
                    ("balance", balance.to_string()),
                ],
                ..Ng::late("S1", "amount: the miles do not suffice")
            });
        }
        Ok(returned(yen, self.config.rules.return_from_yen))
    }

    pub(crate) fn point_request(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let user = call.get("pay_method_info/netmile_user_id").to_owned();
        let yen = call.request.number("amount");
        let back = self.enough(call, &user, yen)?;
        let mut payment = self.draft(call);
        let about = About {
            at: call.now,
            user: &user,
            order_id: &payment.order_id,
            tracking_id: &payment.tracking_id,
        };
        about.take(yen, back, &mut effects.postings);
        payment.user = Some(user.clone());
        payment.returned_miles = back;
        if call.method.auto_capture {
            self.take_over(&mut payment, call.method, yen, call.now, effects);
        }
        effects.tracking.clone_from(&payment.tracking_id);
        let tracking = payment.tracking_id.clone();
        self.keep_payment(payment);
        let used = u64::try_from(miles(yen)).unwrap_or(0);
        let left = call.outside.balance(&user).unwrap_or(0) + back;
        Ok(Answer {
            tracking: Some(tracking),
            info: Some(vec![
                info("used_miles", used.to_string()),
                info("returned_miles", back.to_string()),
                info("balance", left.saturating_sub(used).to_string()),
            ]),
            ..Answer::default()
        })
    }

    /// A full refund, a cancellation, or the refund of a month of a simple contract.
    pub(crate) fn point_refund(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        if let Some(contract) = self.own_contract(call, effects) {
            return self.refund_month(contract, call, effects);
        }
        if self.own_payment(call, effects).is_some() {
            self.give_back(call, None, effects)?;
        } else {
            self.refund_link_month(call, effects)?;
        }
        Ok(Answer::default())
    }

    pub(crate) fn point_partial_refund(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        if let Some(payment) = self.own_payment(call, effects)
            && payment.state == PaymentState::Authorised
        {
            return Err(Ng::late("25", "not captured yet"));
        }
        let yen = call.request.number("pay_option_manage/amount");
        self.give_back(call, Some(yen), effects)?;
        Ok(Answer::default())
    }

    pub(crate) fn point_inquiry(
        &mut self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        let nothing = ["tracking_id", "order_id", "sps_transaction_id"]
            .iter()
            .all(|name| call.get(name).is_empty());
        if nothing {
            return Err(Ng::early("03", 26, "tracking_id or order_id: required"));
        }
        if let Some(contract) = self.own_contract(call, effects) {
            return Ok(Self::contract_status(&contract));
        }
        let payment = if call.get("tracking_id").is_empty() && !call.get("order_id").is_empty() {
            let key = call.order_key();
            let id = self.orders.get(&key).cloned().unwrap_or_default();
            effects.tracking.clone_from(&id);
            if let Some(contract) = self
                .contracts
                .get(&id)
                .filter(|c| c.method == call.method.number)
            {
                return Ok(Self::contract_status(contract));
            }
            let found = self.payments.get(&id).cloned();
            found.filter(|p| p.method == call.method.number)
        } else {
            Some(self.payment_asked_for(call, effects)?)
        };
        let leaf = |name, yen: u64| info(name, yen.to_string());
        let mut leaves = vec![info(
            "tracking_id",
            payment.as_ref().map_or("", |p| p.tracking_id.as_str()),
        )];
        match &payment {
            None => leaves.extend([
                info("order_id", call.get("order_id")),
                info("payment_status", call.method.payment_status(Standing::None)),
                leaf("amount", 0),
                leaf("refunded_amount", 0),
            ]),
            Some(payment) => leaves.extend([
                info("order_id", payment.order_id.as_str()),
                info(
                    "payment_status",
                    call.method.payment_status(standing(payment.state)),
                ),
                leaf(
                    "amount",
                    match payment.state {
                        PaymentState::Authorised | PaymentState::Voided => payment.amount,
                        _ => payment.captured,
                    },
                ),
                leaf("refunded_amount", payment.refunded),
            ]),
        }
        Ok(Answer {
            inquiry: true,
            info: Some(leaves),
            ..Answer::default()
        })
    }
}

const fn standing(state: PaymentState) -> Standing {
    match state {
        PaymentState::Requested | PaymentState::Authorised => Standing::Authorised,
        PaymentState::Captured => Standing::Captured,
        PaymentState::Voided | PaymentState::Closed => Standing::Cancelled,
        PaymentState::Refunded => Standing::Refunded,
        PaymentState::PartlyRefunded => Standing::PartlyRefunded,
    }
}

/// Miles of a member: mock-only, so that a shop's own payment page can show them.
pub(crate) fn point_balance(call: &Call<'_>) -> Result<Answer, Ng> {
    let user = call.get("pay_method_info/netmile_user_id");
    let Some(miles) = call.outside.balance(user) else {
        return Err(no_member());
    };
    Ok(Answer {
        inquiry: true,
        info: Some(vec![info("balance", miles.to_string())]),
        ..Answer::default()
    })
}
