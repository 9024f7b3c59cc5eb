//! One gateway function.

use std::fmt;

use super::{Effect, HttpRequest, HttpResponse, Rejection};
use crate::error::Result;
use crate::time::Timestamp;

/// A signed request, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct WireRequest {
    /// What is posted, and where.
    pub http: HttpRequest,
    /// Requests of one lane share its limit of simultaneous requests: merchant and service.
    pub lane: String,
    /// What is called, for observers: never a secret.
    pub function: String,
}

impl fmt::Debug for WireRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireRequest")
            .field("lane", &self.lane)
            .field("function", &self.function)
            .finish_non_exhaustive()
    }
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<A> {
    /// It was done.
    Done(A),
    /// It was refused and had no effect.
    Rejected(Rejection),
    /// The answer leaves open whether it had an effect.
    Unknown(String),
}

/// One function of the gateway: how it is written, how its answer is read, and what it does there.
///
/// Signing needs the time, so the same operation can be encoded again later; only the date, the limit and the hash
/// differ.
pub trait Operation: Send + Sync {
    /// Name in journals and traces.
    const KIND: &'static str;
    /// What the gateway tells when it is done.
    type Answer: Send;
    /// Who may send it again.
    type Effect: Effect;

    /// Whether an answer with this HTTP status is read by [`decode`](Self::decode). Whoever calls judges the others: no
    /// table of codes stands behind them. Never one of a peer that may have failed half-way (429, 5xx).
    fn reads(&self, status: u16) -> bool {
        status == 200
    }

    /// Signs it.
    ///
    /// # Errors
    /// `invalid_value`, `not_encodable`, `configuration`: nothing was sent.
    fn encode(&self, now: Timestamp) -> Result<WireRequest>;

    /// Reads the answer.
    ///
    /// # Errors
    /// `malformed`, `too_large`, `mismatch`: the answer cannot be trusted, so the outcome is unknown.
    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<Self::Answer>>;
}
