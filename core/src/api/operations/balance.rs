//! Balance of a member, for the shop's own payment screen.

use super::Prepared;
use crate::api::{Gateway, Message};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::operation::{HttpResponse, Operation, Read, Verdict, WireRequest};
use crate::time::Timestamp;

/// Asks how many miles a member has. No such function is public; the mock has one (assumed).
///
/// Source: docs/protocol/api-type.md#netmile
#[derive(Clone, Debug)]
pub struct Balance {
    prepared: Prepared,
}

impl Balance {
    /// Composes it.
    ///
    /// # Errors
    /// `not_in_contract` when the method has no members or no such function.
    pub fn new(gateway: &Gateway, member: &str) -> Result<Self> {
        let ids = gateway.ids();
        let function = gateway.function(ids.functions.balance.as_ref(), "ask for a balance")?;
        let Some(leaf) = ids.member_leaf.clone() else {
            return Err(Error::field(
                ErrorKind::NotInContract,
                "member",
                "this method has no members",
            ));
        };
        let message = Message::new(function)
            .secret_group("pay_method_info", |g| g.single(leaf, member, 64))
            .answers_secret();
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message,
            },
        })
    }
}

impl Operation for Balance {
    const KIND: &'static str = "balance";
    type Answer = Miles;
    type Effect = Read;

    fn encode(&self, now: Timestamp) -> Result<WireRequest> {
        self.prepared.gateway.sign(&self.prepared.message, now)
    }

    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<Miles>> {
        Ok(
            match self.prepared.gateway.read(&self.prepared.message, answer)? {
                Verdict::Done(answer) => {
                    let miles = answer
                        .get("res_pay_method_info/balance")
                        .unwrap_or_default();
                    Verdict::Done(Miles::parse(miles)?)
                }
                Verdict::Rejected(rejection) => Verdict::Rejected(rejection),
                Verdict::Unknown(why) => Verdict::Unknown(why),
            },
        )
    }
}
