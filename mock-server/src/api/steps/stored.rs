//! Card data of customers: store, update, delete, read.

use super::{
    super::{
        answer::{Answer, info, multi},
        book::Book,
        call::Call,
        records::{CardShown, Hidden, Key, StoredCard},
        refusal::Ng,
    },
    card::{brand, customer_number, customer_numbers},
};

const RESERVED: [&str; 3] = [
    "pay_method_info/resrv1",
    "pay_method_info/resrv2",
    "pay_method_info/resrv3",
];

impl Book {
    /// Stores the card of a customer, or replaces it.
    pub(crate) fn store_card(&mut self, call: &Call<'_>, card: CardShown) {
        let key = call.customer_key();
        self.keep_customer(StoredCard {
            cust_no: customer_number(&key),
            payment_no: "001".to_owned(),
            merchant_id: key.0,
            service_id: key.1,
            cust_code: Hidden(key.2),
            card,
            reserved: RESERVED.map(|path| Hidden(call.get(path).to_owned())),
        });
    }

    pub(crate) fn card_store(
        &mut self,
        by_token: bool,
        update: bool,
        call: &Call<'_>,
    ) -> Result<Answer, Ng> {
        let known = self.customers.contains_key(&call.customer_key());
        if known != update {
            return Err(Ng::late("95", "cust_code: stored before, or not yet"));
        }
        let card = if !by_token {
            self.card_by_number(call)?
        } else if call.get("pay_option_manage/token").is_empty() {
            return Err(Ng::early("03", 999, "token: required"));
        } else {
            self.card_by_token(call)?
        };
        let mut leaves = vec![info("cardbrand_code", brand(call, &card))];
        if by_token {
            leaves.push(info("res_payinfo_key", ""));
        }
        self.store_card(call, card);
        Ok(Answer {
            info: Some(leaves),
            customer: Some(customer_numbers(call)),
            ..Answer::default()
        })
    }

    pub(crate) fn card_delete(&mut self, call: &Call<'_>) -> Result<Answer, Ng> {
        let key = call.customer_key();
        if self.customers.remove(&key).is_none() {
            return Err(Ng::late("95", "cust_code: nothing stored"));
        }
        self.touch(Key::Customer(key));
        Ok(Answer {
            customer: Some(customer_numbers(call)),
            ..Answer::default()
        })
    }

    pub(crate) fn card_read(&mut self, call: &Call<'_>) -> Result<Answer, Ng> {
        let Some(stored) = self.customers.get(&call.customer_key()) else {
            return Err(Ng::late("95", "cust_code: nothing stored"));
        };
        let shown = !matches!(call.get("response_info_type"), "" | "0");
        let only = |value: String| if shown { value } else { String::new() };
        let [one, two, three] = &stored.reserved;
        Ok(Answer {
            info: Some(vec![
                info(
                    "cc_number",
                    only(format!("************{}", stored.card.last4)),
                ),
                info("cc_expiration", only(stored.card.expiration.clone())),
                info("cardbrand_code", brand(call, &stored.card)),
                multi("resrv1", one.0.as_str()),
                multi("resrv2", two.0.as_str()),
                multi("resrv3", three.0.as_str()),
            ]),
            customer: Some(customer_numbers(call)),
            ..Answer::default()
        })
    }
}
