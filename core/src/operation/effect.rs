//! Who may send an operation again, as a type.

mod sealed {
    pub trait Sealed {}
}

/// What to do when the answer to an operation is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterLoss {
    /// Send it again.
    SendAgain,
    /// Ask first; then it may be sent again.
    Ask,
    /// Never send it again; wait for evidence.
    Evidence,
}

/// What an operation does at the gateway. [`Read`], [`Keyed`] and [`Blind`] are all there is.
pub trait Effect: sealed::Sealed + Send + Sync + 'static {
    /// What to do when the answer is lost.
    const AFTER_LOSS: AfterLoss;
}

/// Effects whose operations may be sent a second time at all. [`Blind`] is not among them, so a policy of retries for
/// a payment request does not compile.
pub trait Resendable: Effect {}

/// Changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct Read;

/// Moves money under a name that makes it happen at most once.
#[derive(Clone, Copy, Debug)]
pub struct Keyed;

/// Moves money each time it arrives.
#[derive(Clone, Copy, Debug)]
pub struct Blind;

impl sealed::Sealed for Read {}
impl sealed::Sealed for Keyed {}
impl sealed::Sealed for Blind {}

impl Effect for Read {
    const AFTER_LOSS: AfterLoss = AfterLoss::SendAgain;
}
impl Effect for Keyed {
    const AFTER_LOSS: AfterLoss = AfterLoss::Ask;
}
impl Effect for Blind {
    const AFTER_LOSS: AfterLoss = AfterLoss::Evidence;
}

impl Resendable for Read {}
impl Resendable for Keyed {}
