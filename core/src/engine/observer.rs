//! Who is told what happened, without a say in it.

use super::transport::NotDelivered;
use crate::error::ErrorKind;
use crate::purchase::Phase;

/// Something that happened. Carries ids and codes, never secrets or personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Observation<'a> {
    /// A signed form was handed out; the order is in the journal.
    FormHandedOut {
        /// The shop's id.
        purchase_id: &'a str,
        /// The id at the gateway.
        order_id: &'a str,
    },
    /// A message was verified, compared, and applied.
    Applied {
        /// The shop's id.
        purchase_id: &'a str,
        /// The id at the gateway.
        order_id: &'a str,
        /// Where the purchase stands now.
        phase: Phase,
    },
    /// A message was applied before; nothing changed.
    Repeated {
        /// The id at the gateway.
        order_id: &'a str,
    },
    /// A request leaves now, if there is a connection.
    Sending {
        /// Whose: merchant and service.
        lane: &'a str,
        /// What is called.
        function: &'a str,
    },
    /// A request that was [`Sending`](Self::Sending) came to its end.
    Exchanged {
        /// Whose: merchant and service.
        lane: &'a str,
        /// What was called.
        function: &'a str,
        /// HTTP status of the answer, if there is one.
        status: Option<u16>,
        /// Why there is no answer.
        failure: Option<&'a NotDelivered>,
    },
    /// A message was not accepted.
    NotAccepted {
        /// Why.
        kind: ErrorKind,
        /// The field it is about.
        field: Option<&'a str>,
    },
}

/// Is told what happened: for logs and metrics. Called on the caller's thread; must return quickly.
pub trait Observer: Send + Sync {
    /// Something happened.
    fn observe(&self, what: &Observation<'_>);
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoObserver;

impl Observer for NoObserver {
    fn observe(&self, _: &Observation<'_>) {}
}
