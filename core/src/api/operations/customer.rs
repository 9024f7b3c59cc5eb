//! Customer payment data at the gateway (顧客情報), by one-time token.

use super::{Prepared, StepAnswer};
use crate::api::{FunctionId, Gateway, Message};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{HttpResponse, Keyed, Operation, Verdict, WireRequest};
use crate::secret::SecretText;
use crate::time::Timestamp;

/// What to do with the stored card of a `cust_code`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CustomerStep {
    /// Store the card of this one-time token and its key.
    Store(SecretText, SecretText),
    /// Replace the stored card.
    Update(SecretText, SecretText),
    /// Forget it.
    Delete,
    /// Tell about it: `cc_number` with all but the last four digits as `*`, `cc_expiration` (`YYYYMM`) and
    /// `cardbrand_code` among the [details](StepAnswer::detail).
    Show,
}

/// Stores, replaces, deletes or shows the card that the gateway keeps for a `cust_code`. Moves no money; doing it
/// twice is doing it once.
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Debug)]
pub struct CustomerData {
    prepared: Prepared,
}

impl CustomerData {
    /// Composes it.
    ///
    /// # Errors
    /// `not_in_contract` for methods other than the card.
    pub fn new(gateway: &Gateway, cust_code: &str, step: &CustomerStep) -> Result<Self> {
        let ids = gateway.ids();
        if ids.number != "101" {
            return Err(Error::field(
                ErrorKind::NotInContract,
                "method",
                "only cards are stored at the gateway",
            ));
        }
        let operation = match step {
            CustomerStep::Store(..) => "MG02-00131",
            CustomerStep::Update(..) => "MG02-00132",
            CustomerStep::Delete => "MG02-00103",
            CustomerStep::Show => "MG02-00104",
        };
        let function = FunctionId::parse(&format!("{operation}-{}", ids.number))?;
        let message = Message::new(function)
            .single("cust_code", cust_code, 64)
            .digits("sps_cust_info_return_flg", "1", 1)
            .require("cust_code");
        let message = match step {
            CustomerStep::Store(token, key) | CustomerStep::Update(token, key) => message
                .group("pay_option_manage", |g| {
                    g.single("token", token.expose(), 200)
                        .single("token_key", key.expose(), 200)
                        .digits("cardbrand_return_flg", "1", 1)
                })
                .require("pay_option_manage/token"),
            CustomerStep::Show => message
                .digits("response_info_type", "2", 1)
                .group("pay_option_manage", |g| {
                    g.digits("cardbrand_return_flg", "1", 1)
                }),
            CustomerStep::Delete => message,
        };
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message: message.answers_secret(),
            },
        })
    }
}

impl Operation for CustomerData {
    const KIND: &'static str = "customer_data";
    type Answer = StepAnswer;
    type Effect = Keyed;

    fn encode(&self, now: Timestamp) -> Result<WireRequest> {
        self.prepared.gateway.sign(&self.prepared.message, now)
    }

    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<StepAnswer>> {
        let verdict = self.prepared.step_with(answer, None, &SHOWN)?;
        Ok(match verdict {
            Verdict::Done(mut answer) => {
                for (name, value) in &mut answer.details {
                    if name.as_str() == SHOWN[0] {
                        *value = masked(value);
                    }
                }
                Verdict::Done(answer)
            }
            other => other,
        })
    }
}

/// Leaves of a stored card that are told besides: its number, and until when it is valid (`YYYYMM`).
const SHOWN: [&str; 2] = ["cc_number", "cc_expiration"];

/// Digits of a card's number that are told.
const LAST: usize = 4;

/// The number with all but its last digits hidden, however many of them came.
fn masked(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(LAST);
    let mask = |(at, digit)| if at < hidden { '*' } else { digit };
    number.chars().enumerate().map(mask).collect()
}

impl StepAnswer {
    /// A further fact by its name.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        let known = self.details.iter().find(|(known, _)| known == name);
        known.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_number_that_comes_whole_is_masked_all_the_same() {
        let table = [
            ("4111111111111111", "************1111"),
            ("************1111", "************1111"),
            ("1111", "1111"),
            ("", ""),
            ("カード番号12345", "******2345"),
        ];
        for (came, told) in table {
            assert_eq!(masked(came), told);
        }
    }
}
