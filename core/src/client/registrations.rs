//! Customer payment data at the gateway (B01-1, C01-1): no money moves, nothing is journaled.

use super::Client;
use crate::error::Result;
use crate::link::{
    Ack, MAX_FUTURE_SECONDS, MessageKind, RawMessage, RegistrationDeletion, RegistrationRequest,
    ResultMessage, Return, SignedForm, Verified, parse, parse_return,
};

/// Customer payment data. Made by [`Client::registrations`].
pub struct Registrations<'c>(pub(super) &'c Client);

/// The verified result of a registration.
#[derive(Clone, Debug)]
pub struct Registration {
    /// What the gateway says.
    pub message: ResultMessage,
    /// What to answer, if it came as a notice.
    pub ack: Ack,
}

impl Registrations<'_> {
    /// Signs a registration or update (B01-1).
    ///
    /// # Errors
    /// `not_in_contract`, and whatever signing refuses, naming the field.
    pub fn register(&self, request: &RegistrationRequest) -> Result<SignedForm> {
        let settings = self.0.settings();
        request.sign(
            self.0.contract()?,
            self.0.now(),
            settings.limit,
            &settings.text,
        )
    }

    /// Signs a deletion (C01-1).
    ///
    /// # Errors
    /// `configuration` when the contract has no URL for it; else as [`register`](Self::register).
    pub fn delete(&self, request: &RegistrationDeletion) -> Result<SignedForm> {
        let settings = self.0.settings();
        request.sign(
            self.0.contract()?,
            self.0.now(),
            settings.limit,
            &settings.text,
        )
    }

    /// Verifies a registration notice. Compare `cust_code` with the customer who registered.
    ///
    /// # Errors
    /// The form errors, `hash_mismatch`, `expired`, `from_future`.
    pub fn notice(&self, raw: &RawMessage) -> Result<Registration> {
        let verified = parse(MessageKind::RegistrationNotice, raw, |id| {
            self.0.find_contract(id)
        })?;
        self.in_time(verified)
    }

    /// Verifies the browser's return from a registration. `None` when it brought nothing.
    ///
    /// # Errors
    /// As [`notice`](Self::notice).
    pub fn returned(&self, raw: &RawMessage) -> Result<Option<Registration>> {
        let read = parse_return(MessageKind::RegistrationReturn, raw, |id| {
            self.0.find_contract(id)
        })?;
        match read {
            Return::Bare => Ok(None),
            Return::Signed(verified) => self.in_time(verified).map(Some),
        }
    }

    fn in_time(&self, verified: Verified<ResultMessage>) -> Result<Registration> {
        verified.check_window(self.0.now(), MAX_FUTURE_SECONDS)?;
        Ok(Registration {
            message: verified.into_inner(),
            ack: Ack::ok(),
        })
    }
}
