//! Defects that a test can plant, to show that the simulation would find them.
//!
//! Only with the feature `planted-defects`, which nothing but `tests/simulation` turns on. Without it every question
//! is answered with a constant, and nothing of this is compiled in.

/// A mistake that a payment SDK can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(feature = "planted-defects"), allow(unreachable_pub))]
pub enum Defect {
    /// A payment request is sent again when its answer is lost.
    BlindRetry,
    /// What is sent again has another `order_id`.
    NewIdPerRetry,
    /// A step is written down after it was sent.
    JournalAfterSend,
    /// An answer about another amount is believed.
    AmountNotChecked,
    /// A request counts as dead while the gateway still accepts it.
    WindowFlipped,
    /// First-seen keys are ignored.
    ReplayGuardOff,
    /// The cancel of what was reserved counts as a refund.
    CancelTakenForRefund,
    /// Everybody waits equally long before the next try.
    JitterZero,
    /// The billing job forgets what it has billed.
    PeriodBilledTwice,
    /// What a notice says is told although it could not be written down.
    NoticeBeforeCommit,
    /// An issue that is sent again has another `tran_id`.
    NewTranIdPerRetry,
    /// What the office has not got yet counts as refused, although it may still arrive.
    MissingIsRefused,
    /// An answer about other miles than were asked for is believed.
    MilesNotChecked,
    /// The shop is told to give points back while nobody knows whether miles were issued.
    CreditOnUnknown,
    /// Points that nobody said were taken count as taken.
    UnconfirmedIsDebited,
    /// The shop is not told of the refusal of an exchange.
    RefusalNotTold,
    /// A month that a settlement file proves is not written down.
    MonthNotRecorded,
    /// A part that equals an earlier one is taken for it.
    PartTakenForAnother,
    /// What was deposited beyond the sum that was asked is not written down: only that a person has to look.
    SurplusForgotten,
    /// A sum of deposits that calls a person is believed, although the gateway can be asked.
    NoticeNotDoubted,
}

#[cfg(feature = "planted-defects")]
mod state {
    use super::Defect;
    use std::cell::Cell;

    thread_local! {
        static PLANTED: Cell<Option<Defect>> = const { Cell::new(None) };
        static NUMBER: Cell<u64> = const { Cell::new(0) };
    }

    impl Defect {
        /// Every defect.
        pub const ALL: [Self; 20] = [
            Self::BlindRetry,
            Self::NewIdPerRetry,
            Self::JournalAfterSend,
            Self::AmountNotChecked,
            Self::WindowFlipped,
            Self::ReplayGuardOff,
            Self::CancelTakenForRefund,
            Self::JitterZero,
            Self::PeriodBilledTwice,
            Self::NoticeBeforeCommit,
            Self::NewTranIdPerRetry,
            Self::MissingIsRefused,
            Self::MilesNotChecked,
            Self::CreditOnUnknown,
            Self::UnconfirmedIsDebited,
            Self::RefusalNotTold,
            Self::MonthNotRecorded,
            Self::PartTakenForAnother,
            Self::SurplusForgotten,
            Self::NoticeNotDoubted,
        ];
    }

    /// Plants a defect in this thread, or takes it out.
    pub fn set(defect: Option<Defect>) {
        PLANTED.set(defect);
        NUMBER.set(0);
    }

    /// Whether a defect is planted in this thread.
    pub(crate) fn is(defect: Defect) -> bool {
        PLANTED.get() == Some(defect)
    }

    /// A number that no other call gives.
    pub(crate) fn number() -> u64 {
        NUMBER.set(NUMBER.get() + 1);
        NUMBER.get()
    }
}

#[cfg(feature = "planted-defects")]
pub use state::set;
#[cfg(feature = "planted-defects")]
pub(crate) use state::{is, number};

#[cfg(not(feature = "planted-defects"))]
pub(crate) const fn is(_: Defect) -> bool {
    false
}

#[cfg(not(feature = "planted-defects"))]
pub(crate) const fn number() -> u64 {
    0
}
