//! Any other function.

use super::Prepared;
use crate::api::{Answer, Gateway, Message};
use crate::error::Result;
use crate::operation::{Blind, HttpResponse, Operation, Verdict, WireRequest};
use crate::time::Timestamp;

/// A function that this SDK has no words for: signed, encoded and journaled all the same, and never sent twice.
#[derive(Clone, Debug)]
pub struct Raw {
    prepared: Prepared,
}

impl Raw {
    /// Takes a message of any function.
    #[must_use]
    pub fn new(gateway: &Gateway, message: Message) -> Self {
        Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message,
            },
        }
    }
}

impl Operation for Raw {
    const KIND: &'static str = "raw";
    type Answer = Answer;
    type Effect = Blind;

    fn encode(&self, now: Timestamp) -> Result<WireRequest> {
        self.prepared.gateway.sign(&self.prepared.message, now)
    }

    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<Answer>> {
        self.prepared.gateway.read(&self.prepared.message, answer)
    }
}
