//! The gateway's functions, one file each. The effect of each is its type.
//!
//! A message is composed once and signed again for every send: only the date, the limit and the hash differ.
//!
//! Source: docs/protocol/api-type.md#functions

mod balance;
mod capture;
mod commit;
mod customer;
mod end;
mod inquiry;
mod partial_refund;
mod period;
mod raw;
mod refund;
mod refund_month;
mod request;

pub use balance::Balance;
pub use capture::Capture;
pub use commit::Commit;
pub use customer::{CustomerData, CustomerStep};
pub use end::End;
pub use inquiry::{Found, Inquiry};
pub use partial_refund::PartialRefund;
pub use period::Period;
pub use raw::Raw;
pub use refund::Refund;
pub use refund_month::RefundMonth;
pub use request::Request;

use std::fmt;

use super::codes::ApiCode;
use super::gateway::Gateway;
use super::{Answer, Message};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::operation::{HttpResponse, Verdict, names};
use crate::planted::{self, Defect};

/// What a step that moves money tells when it is done. `Debug` shows the names of its details, never their values.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StepAnswer {
    /// The gateway's id of the payment, where the answer has one.
    pub tracking_id: Option<String>,
    /// The gateway's id of the exchange.
    pub transaction_id: Option<String>,
    /// Further facts by name: what a customer needs to pay a slip, the card's brand.
    pub details: Vec<(String, String)>,
}

impl fmt::Debug for StepAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StepAnswer")
            .field("tracking_id", &self.tracking_id)
            .field("transaction_id", &self.transaction_id)
            .field("details", &names(&self.details))
            .finish()
    }
}

/// A message and where it goes.
#[derive(Clone, Debug)]
struct Prepared {
    gateway: Gateway,
    message: Message,
}

impl Prepared {
    fn step(&self, response: &HttpResponse, asked: Option<Yen>) -> Result<Verdict<StepAnswer>> {
        self.step_with(response, asked, &[])
    }

    /// The same with further leaves among the details.
    fn step_with(
        &self,
        response: &HttpResponse,
        asked: Option<Yen>,
        more: &[&'static str],
    ) -> Result<Verdict<StepAnswer>> {
        Ok(match self.gateway.read(&self.message, response)? {
            Verdict::Done(answer) => {
                if let Some(asked) = asked {
                    check_amount(&answer, asked)?;
                }
                Verdict::Done(StepAnswer {
                    tracking_id: answer.tracking_id().map(str::to_owned),
                    transaction_id: answer.transaction_id().map(str::to_owned),
                    details: details(&answer, more),
                })
            }
            // A code may say no and still leave open what happened to money.
            Verdict::Rejected(rejection)
                if ApiCode::parse(&rejection.code).must_ask_first()
                    && !ApiCode::parse(&rejection.code).is_duplicate() =>
            {
                Verdict::Unknown(format!("the gateway answered {}", rejection.code))
            }
            Verdict::Rejected(rejection) => Verdict::Rejected(rejection),
            Verdict::Unknown(why) => Verdict::Unknown(why),
        })
    }
}

/// Where an answer repeats the amount it must be the one that was asked.
fn check_amount(answer: &Answer, asked: Yen) -> Result<()> {
    match answer.get("res_pay_method_info/amount") {
        _ if planted::is(Defect::AmountNotChecked) => Ok(()),
        None | Some("") => Ok(()),
        Some(text) if Yen::parse(text).is_ok_and(|amount| amount == asked) => Ok(()),
        Some(_) => Err(Error::field(
            ErrorKind::Mismatch,
            "amount",
            "the answer is about another amount",
        )),
    }
}

/// The leaves of `res_pay_method_info` and `res_sps_info`, without what would be secret.
fn details(answer: &Answer, more: &[&'static str]) -> Vec<(String, String)> {
    const KEPT: [&str; 15] = [
        "invoice_no",
        "bill_date",
        "cvs_pay_data1",
        "cvs_pay_data2",
        "webcvstype",
        "cc_company_code",
        "cardbrand_code",
        "recognized_no",
        "res_cancel_type",
        "skno",
        "cust_number",
        "bank_form",
        "bptn",
        "res_sps_cust_no",
        "res_sps_payment_no",
    ];
    let at = |name: &str| {
        ["res_pay_method_info", "res_sps_info"]
            .iter()
            .find_map(|group| answer.get(&format!("{group}/{name}")))
    };
    KEPT.iter()
        .chain(more)
        .filter_map(|&name| Some((name.to_owned(), at(name)?.to_owned())))
        .filter(|(_, value)| !value.is_empty() && value.len() <= 500)
        .collect()
}

/// Writes the two methods of an operation that is a prepared message with a [`StepAnswer`].
macro_rules! step_operation {
    ($type:ident, $kind:literal, $effect:ident) => {
        impl crate::operation::Operation for $type {
            const KIND: &'static str = $kind;
            type Answer = super::StepAnswer;
            type Effect = crate::operation::$effect;

            fn encode(
                &self,
                now: crate::time::Timestamp,
            ) -> crate::error::Result<crate::operation::WireRequest> {
                self.prepared.gateway.sign(&self.prepared.message, now)
            }

            fn decode(
                &self,
                answer: &crate::operation::HttpResponse,
            ) -> crate::error::Result<crate::operation::Verdict<super::StepAnswer>> {
                self.prepared.step(answer, self.asked)
            }
        }
    };
}
use step_operation;
