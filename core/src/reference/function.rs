//! One function of the reference API as an operation.

use std::fmt;
use std::sync::Arc;

use super::answer::read;
use super::{Draft, Nonces, Object, Site};
use crate::error::Result;
use crate::operation::{Effect, HttpResponse, Operation, Verdict, WireRequest};
use crate::time::Timestamp;

/// One function of the reference API: what is asked, and how the answer is read.
pub trait Function: Send + Sync {
    /// Name in traces, such as `miles.issue`.
    const KIND: &'static str;
    /// What is told when it is done.
    type Answer: Send;
    /// Who may send it again.
    type Effect: Effect;

    /// The request.
    ///
    /// # Errors
    /// `invalid_value`: nothing was sent.
    fn draft(&self) -> Result<Draft>;

    /// Reads what a successful answer says.
    ///
    /// # Errors
    /// `malformed`, `missing_field`, `too_large`, `mismatch`: the answer cannot be trusted.
    fn read(&self, answer: &Object) -> Result<Self::Answer>;

    /// Reads a successful answer. Only what is not JSON has its own way.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn read_bytes(&self, answer: &HttpResponse) -> Result<Self::Answer> {
        let object = Object::parse(&answer.body)?;
        object.require("result", "ok")?;
        self.read(&object)
    }
}

/// A function for one site: an operation that is signed anew, with a new nonce, for each send.
pub struct Signed<F> {
    site: Arc<Site>,
    function: F,
    nonces: Nonces,
}

impl<F: Function> Signed<F> {
    /// Joins them.
    #[must_use]
    pub const fn new(site: Arc<Site>, function: F, nonces: Nonces) -> Self {
        Self {
            site,
            function,
            nonces,
        }
    }
}

impl<F: Function> Operation for Signed<F> {
    const KIND: &'static str = F::KIND;
    type Answer = F::Answer;
    type Effect = F::Effect;

    fn reads(&self, status: u16) -> bool {
        matches!(status, 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422)
    }

    fn encode(&self, now: Timestamp) -> Result<WireRequest> {
        let nonce = self.nonces.next();
        self.function
            .draft()?
            .sign(&self.site, F::KIND, now, &nonce)
    }

    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<F::Answer>> {
        read(&self.function, answer)
    }
}

impl<F: Function> fmt::Debug for Signed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field("site", &self.site.id())
            .field("kind", &F::KIND)
            .finish_non_exhaustive()
    }
}
