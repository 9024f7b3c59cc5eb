//! Customer payment data at the gateway (B01-1, C01-1): no money moves, nothing is journaled.

use super::Client;
use crate::error::Result;
use crate::link::{
    Ack, EchoCheck, MAX_FUTURE_SECONDS, MessageKind, RawMessage, RegistrationDeletion,
    RegistrationRequest, ResultMessage, Return, SignedForm, Verified, parse, parse_return,
};

/// Customer payment data. Made by [`Client::registrations`].
pub struct Registrations<'c>(pub(super) &'c Client);

/// The verified result of a registration.
///
/// Nothing is journaled, so nothing was compared with what was asked either: call [`check_echo`](Self::check_echo)
/// before the values are used.
#[derive(Clone, Debug)]
pub struct Registration {
    /// What the gateway says.
    pub message: ResultMessage,
    /// What to answer, if it came as a notice.
    pub ack: Ack,
    verified: Verified<ResultMessage>,
}

impl Registration {
    /// Checks that this answers what was asked: `asked` is [`SignedForm::echo`] of the form, `request_dates` are the
    /// dates of all its renderings.
    ///
    /// The hash has no separators: a customer `CUST12` can pass its own genuine result off as one of `CUST1` by moving
    /// the last digit to the next field. Only this comparison sees it. Keep the echo in the customer's session, or
    /// under a number of your own that `free1` carries.
    ///
    /// # Errors
    /// `mismatch`, naming the first field that differs.
    pub fn check_echo(&self, asked: &[(String, String)], request_dates: &[String]) -> Result<()> {
        self.verified
            .check_echo(asked, request_dates, EchoCheck::Strict)
    }
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

    /// Verifies a registration notice. Then compare it: [`Registration::check_echo`].
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
            message: verified.get().clone(),
            ack: Ack::ok(),
            verified,
        })
    }
}
