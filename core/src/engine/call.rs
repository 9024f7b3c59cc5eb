//! One call of one operation: sent once, and again only where the effect allows it.

use std::fmt;
use std::time::Duration;

use super::io::Io;
use super::retry::{RetryBudget, RetryPolicy};
use super::transport::NotDelivered;
use crate::error::{Error, Result};
use crate::operation::{
    AfterLoss, Effect, HttpResponse, Operation, Rejection, Resendable, Verdict,
};
use crate::planted::{self, Defect};

#[cfg(test)]
mod tests;

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an unknown outcome may have moved money"]
pub enum Exchanged<A> {
    /// It was done.
    Done(A),
    /// It was refused and had no effect. Codes `http_400`, `http_401`, `http_403` and `http_404` come from the HTTP
    /// status, unless the operation [reads](Operation::reads) it: an endpoint, a password or an address that is not
    /// configured.
    Rejected(Rejection),
    /// It may have been done. Why it is not known.
    Unknown(String),
    /// It provably never left, in any of the sends. Why.
    NotSent(String),
}

/// A call of an operation, with what may be done when it fails. Sends once unless told otherwise.
///
/// | | request never left | answer lost, unreadable or undecided | HTTP 429, 5xx |
/// |---|---|---|---|
/// | [`Read`](crate::operation::Read) | again | again | again |
/// | [`Keyed`](crate::operation::Keyed) | again | unknown at once | unknown at once |
/// | [`Blind`](crate::operation::Blind) | again | unknown at once | unknown at once |
///
/// "Again" is within the policy and the budget. A policy of retries for a blind operation does not compile:
///
/// ```compile_fail,E0277
/// use netmile::engine::{Call, RetryPolicy};
/// use netmile::operation::{Blind, HttpResponse, Operation, Verdict, WireRequest};
/// # use netmile::time::Timestamp;
/// struct Pay;
/// impl Operation for Pay {
///     const KIND: &'static str = "pay";
///     type Answer = ();
///     type Effect = Blind;
/// #   fn encode(&self, _: Timestamp) -> netmile::Result<WireRequest> { unreachable!() }
/// #   fn decode(&self, _: &HttpResponse) -> netmile::Result<Verdict<()>> { unreachable!() }
///     // …
/// }
/// let call = Call::new(Pay).retry(RetryPolicy::default());
/// ```
///
/// For one that may be sent again it does:
///
/// ```
/// use netmile::engine::{Call, RetryPolicy};
/// use netmile::operation::{HttpResponse, Keyed, Operation, Verdict, WireRequest};
/// # use netmile::time::Timestamp;
/// struct Refund;
/// impl Operation for Refund {
///     const KIND: &'static str = "refund";
///     type Answer = ();
///     type Effect = Keyed;
/// #   fn encode(&self, _: Timestamp) -> netmile::Result<WireRequest> { unreachable!() }
/// #   fn decode(&self, _: &HttpResponse) -> netmile::Result<Verdict<()>> { unreachable!() }
///     // …
/// }
/// let call = Call::new(Refund).retry(RetryPolicy::default());
/// ```
#[derive(Clone)]
pub struct Call<O> {
    operation: O,
    never_left: RetryPolicy,
    after_loss: RetryPolicy,
}

impl<O: Operation> Call<O> {
    /// A call that is sent once.
    #[must_use]
    pub const fn new(operation: O) -> Self {
        Self {
            operation,
            never_left: RetryPolicy::ONCE,
            after_loss: RetryPolicy::ONCE,
        }
    }

    /// Sends again what provably never left; nothing else.
    #[must_use]
    pub const fn never_left(mut self, policy: RetryPolicy) -> Self {
        self.never_left = policy;
        self
    }

    /// Makes the call.
    ///
    /// `before_resend` is awaited before every send but the first, with the number of that send (from 2): record it
    /// there. When it fails, nothing more is sent. A recorder that changes what it borrows does not fit in a closure:
    /// use [`start`](Self::start).
    ///
    /// # Errors
    /// Whatever the operation's `encode` returns: nothing was sent.
    pub async fn run<F, Fut>(
        self,
        io: &Io,
        budget: &RetryBudget,
        mut before_resend: F,
    ) -> Result<Exchanged<O::Answer>>
    where
        F: FnMut(u32) -> Fut,
        Fut: Future<Output = Result<()>>,
    {
        let mut sends = self.start();
        loop {
            sends = match sends.send(io, budget).await? {
                Sent::Ended(exchanged) => return Ok(exchanged),
                Sent::Again(again) => match before_resend(again.number()).await {
                    Ok(()) => again,
                    Err(error) => return Ok(again.give_up(&error)),
                },
            };
        }
    }

    /// The call as single sends, for a caller that does something of its own between them.
    pub const fn start(self) -> Sends<O> {
        Sends {
            call: self,
            sent: 0,
            unknown: None,
        }
    }
}

impl<O: Operation> Call<O>
where
    O::Effect: Resendable,
{
    /// Sends again within the policy: an operation that only reads whenever no answer can be used, a keyed one only
    /// when it provably never left.
    #[must_use]
    pub const fn retry(mut self, policy: RetryPolicy) -> Self {
        self.never_left = policy;
        self.after_loss = policy;
        self
    }
}

/// What to do after one send.
#[must_use = "a call that is not ended has no outcome yet"]
pub enum Sent<O: Operation> {
    /// The call is over.
    Ended(Exchanged<O::Answer>),
    /// It may be sent again, and the wait before that is over. Record it, then [`send`](Sends::send); or
    /// [`give_up`](Sends::give_up).
    Again(Sends<O>),
}

/// A call as single sends. Made by [`Call::start`]; a send uses it up and gives it back only where it may be sent
/// again.
///
/// ```
/// # use netmile::engine::{Call, Exchanged, Io, RetryBudget, RetryPolicy, Sent};
/// # use netmile::operation::Operation;
/// # async fn record(number: u32) -> netmile::Result<()> { Ok(()) }
/// # async fn pay<O: Operation>(operation: O, io: &Io, budget: &RetryBudget) -> netmile::Result<Exchanged<O::Answer>> {
/// let mut sends = Call::new(operation).never_left(RetryPolicy::default()).start();
/// loop {
///     sends = match sends.send(io, budget).await? {
///         Sent::Ended(exchanged) => return Ok(exchanged),
///         Sent::Again(again) => match record(again.number()).await {
///             Ok(()) => again,
///             Err(error) => return Ok(again.give_up(&error)),
///         },
///     };
/// }
/// # }
/// ```
#[must_use = "nothing is sent before `send` is awaited"]
pub struct Sends<O> {
    call: Call<O>,
    sent: u32,
    /// Why it is not known whether an earlier send arrived. Only an operation without effect gets past one.
    unknown: Option<String>,
}

impl<O: Operation> Sends<O> {
    /// The number of the next send, from 1.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.sent.saturating_add(1)
    }

    /// Sends once, signed with the present time, and waits if it may be sent again ([`Io::random`] draws how long).
    ///
    /// # Errors
    /// Whatever the operation's `encode` returns: nothing was sent, now or before.
    pub async fn send(mut self, io: &Io, budget: &RetryBudget) -> Result<Sent<O>> {
        let request = match (self.call.operation.encode(io.now()), &self.unknown) {
            (Ok(request), _) => request,
            (Err(error), None) => return Err(error),
            (Err(_), Some(why)) => return Ok(Sent::Ended(Exchanged::Unknown(why.clone()))),
        };
        self.sent = self.number();
        let (policy, why_not_sent) = match self.judge(io.send(request).await) {
            Judged::Ended(exchanged) => {
                if !matches!(exchanged, Exchanged::Unknown(_)) {
                    budget.put_back();
                }
                return Ok(Sent::Ended(exchanged));
            }
            Judged::Unknown(why) => {
                self.unknown = Some(why);
                let blind = planted::is(Defect::BlindRetry);
                let policy = if blind {
                    self.call.never_left
                } else {
                    self.call.after_loss
                };
                (policy, String::new())
            }
            Judged::NotSent(why) => (self.call.never_left, why),
        };
        if !policy.allows_after(self.sent) || !budget.take() {
            return Ok(Sent::Ended(self.given_up(why_not_sent)));
        }
        let delay = policy.delay(self.sent, io.random());
        if delay > Duration::ZERO {
            io.sleep(delay).await;
        }
        Ok(Sent::Again(self))
    }

    /// What the call came to when it is not sent again because of this error: nothing, unless an earlier send may
    /// have arrived.
    pub fn give_up(self, because: &Error) -> Exchanged<O::Answer> {
        self.given_up(because.detail().to_owned())
    }

    fn given_up(&self, why_not_sent: String) -> Exchanged<O::Answer> {
        match &self.unknown {
            Some(why) => Exchanged::Unknown(why.clone()),
            None => Exchanged::NotSent(why_not_sent),
        }
    }

    fn judge(&self, answer: std::result::Result<HttpResponse, NotDelivered>) -> Judged<O::Answer> {
        let response = match answer {
            Ok(response) => response,
            Err(NotDelivered::NotSent(why)) => return Judged::NotSent(why),
            Err(NotDelivered::Lost(why)) => return Self::undecided(why),
        };
        match response.status {
            status @ (429 | 500..=599) => Self::undecided(format!("HTTP status {status}")),
            status if self.call.operation.reads(status) => {
                match self.call.operation.decode(&response) {
                    Ok(Verdict::Done(answer)) => Judged::Ended(Exchanged::Done(answer)),
                    Ok(Verdict::Rejected(rejection)) => {
                        Judged::Ended(Exchanged::Rejected(rejection))
                    }
                    Ok(Verdict::Unknown(why)) => Self::undecided(why),
                    Err(error) => Self::undecided(error.to_string()),
                }
            }
            status @ (400 | 401 | 403 | 404) => Judged::Ended(Exchanged::Rejected(Rejection::new(
                format!("http_{status}"),
            ))),
            status => Judged::Ended(Exchanged::Unknown(format!("HTTP status {status}"))),
        }
    }

    /// It may have had its effect, so only what has none may go on.
    fn undecided(why: String) -> Judged<O::Answer> {
        if planted::is(Defect::BlindRetry) {
            return Judged::Unknown(why);
        }
        match O::Effect::AFTER_LOSS {
            AfterLoss::SendAgain => Judged::Unknown(why),
            AfterLoss::Ask | AfterLoss::Evidence => Judged::Ended(Exchanged::Unknown(why)),
        }
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("kind", &O::KIND)
            .finish_non_exhaustive()
    }
}

impl<O: Operation> fmt::Debug for Sends<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sends")
            .field("kind", &O::KIND)
            .field("number", &self.number())
            .finish_non_exhaustive()
    }
}

/// What one send came to.
enum Judged<A> {
    Ended(Exchanged<A>),
    /// Not known; another send does no harm.
    Unknown(String),
    /// It never left; another send does no harm.
    NotSent(String),
}
