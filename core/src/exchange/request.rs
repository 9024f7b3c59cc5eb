//! A wish to exchange points, as it is sent.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Conversion, Points};
use crate::error::{Error, ErrorKind, Result};
use crate::miles::file::CarrierDomains;
use crate::miles::{check_carrier, check_miles, found, read_id};
use crate::money::Miles;
use crate::planted::{self, Defect};
use crate::purchase::{FactKind, Subject};
use crate::reference::{
    Draft, Found, Object, Task, User, UserId, check_designated_key, check_tran_id,
};
use crate::time::Timestamp;

/// A wish to exchange one customer's points into miles.
///
/// ```
/// use netmile::exchange::{ExchangeRate, ExchangeRequest, Points};
/// use netmile::reference::User;
/// let rate = ExchangeRate::new(1, 2)?;
/// let request = ExchangeRequest::new(
///     "EX-1001",
///     User::mail("hanako@example.jp")?,
///     "CUST0001",
///     rate.convert(Points::new(500))?,
/// );
/// assert_eq!(request.miles().get(), 1_000);
/// assert!(!format!("{request:?}").contains("hanako"));
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRequest {
    tran_id: String,
    user: User,
    designated_key: String,
    points: Points,
    miles: Miles,
}

impl ExchangeRequest {
    /// Takes the shop's own name of this exchange (`tran_id`), the NetMile user, the shop's name of its customer (指定キー,
    /// the designated key), and what the rate makes of the points.
    ///
    /// The `tran_id` makes it happen once: name the application of the customer, not the customer.
    #[must_use]
    pub fn new(
        tran_id: impl Into<String>,
        user: User,
        designated_key: impl Into<String>,
        conversion: Conversion,
    ) -> Self {
        Self {
            tran_id: tran_id.into(),
            user,
            designated_key: designated_key.into(),
            points: conversion.points,
            miles: conversion.miles,
        }
    }

    /// The shop's own name of this exchange.
    #[must_use]
    pub fn tran_id(&self) -> &str {
        &self.tran_id
    }

    /// Who gets the miles.
    #[must_use]
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// The shop's name of its customer (指定キー).
    #[must_use]
    pub fn designated_key(&self) -> &str {
        &self.designated_key
    }

    /// Checks that the mail address is not a mobile carrier's (携帯電話会社): NetMile refuses those with 19013.
    ///
    /// # Errors
    /// `invalid_value` on `user.mail`.
    pub fn check_carrier(&self, carriers: &CarrierDomains) -> Result<()> {
        match &self.user {
            User::Mail(mail) => {
                check_carrier("user.mail", mail, false, carriers).map_err(|_| {
                    Error::field(
                        ErrorKind::InvalidValue,
                        "user.mail",
                        "must not be the address of a mobile carrier: exchange by PC mail address or user id",
                    )
                })
            }
            _ => Ok(()),
        }
    }

    /// Points that the shop takes.
    #[must_use]
    pub const fn points(&self) -> Points {
        self.points
    }

    /// Miles that NetMile issues.
    #[must_use]
    pub const fn miles(&self) -> Miles {
        self.miles
    }
}

impl fmt::Debug for ExchangeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangeRequest")
            .field("tran_id", &self.tran_id)
            .field("points", &self.points)
            .field("miles", &self.miles)
            .finish_non_exhaustive()
    }
}

/// Miles that were issued for points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedMiles {
    /// NetMile's id of the exchange.
    pub exchange_id: String,
    /// The user who got them.
    pub user_id: UserId,
    /// How many.
    pub miles: Miles,
    /// When.
    pub issued_at: Timestamp,
}

impl Task for ExchangeRequest {
    const KIND: &'static str = "exchange";
    const SUBJECT: Subject = Subject::Exchange;
    const DONE: FactKind = FactKind::ExchangeIssued;
    const REFUSED: FactKind = FactKind::ExchangeRefused;
    type Answer = ExchangedMiles;

    fn tran_id(&self) -> &str {
        &self.tran_id
    }

    fn check(&self) -> Result<()> {
        check_tran_id(&self.tran_id)?;
        check_designated_key(&self.designated_key)?;
        if self.user.is_mobile() {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "user",
                "must be a mail address or a user id",
            ));
        }
        if self.points.get() == 0 || i64::try_from(self.points.get()).is_err() {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "points",
                "must be at least 1 and at most 2^63 - 1",
            ));
        }
        check_miles(Some(self.miles))
    }

    fn draft(&self) -> Result<Draft> {
        self.check()?;
        let body = json!({
            "tran_id": self.tran_id,
            "user": self.user.to_json(),
            "designated_key": self.designated_key,
            "miles": self.miles.get(),
        });
        Ok(Draft::post(&["exchanges"], body))
    }

    fn read(&self, answer: &Object<'_>) -> Result<ExchangedMiles> {
        answer.require("tran_id", &self.tran_id)?;
        let user_id = UserId::new(answer.text("user_id", 32)?).map_err(|_| {
            answer.malformed("user_id", "must be 1 to 32 of 0-9, A-Z, a-z, '_' and '-'")
        })?;
        if matches!(&self.user, User::UserId(asked) if *asked != user_id) {
            return Err(Error::field(
                ErrorKind::Mismatch,
                "user_id",
                "is not the one that was asked for",
            ));
        }
        let issued = ExchangedMiles {
            exchange_id: read_id(answer, "exchange_id")?,
            user_id,
            miles: answer.miles("miles")?,
            issued_at: answer.instant("issued_at")?,
        };
        if issued.miles == self.miles || planted::is(Defect::MilesNotChecked) {
            return Ok(issued);
        }
        Err(Error::field(
            ErrorKind::Mismatch,
            "miles",
            "are not what was asked for",
        ))
    }

    fn inquiry(&self) -> Draft {
        Draft::get(&["exchanges"]).with("tran_id", &self.tran_id)
    }

    fn found(&self, answer: &Object<'_>) -> Result<Found<ExchangedMiles>> {
        found(answer, self.tran_id(), "exchange", |exchange| {
            self.read(exchange).map(Found::Done)
        })
    }
}
