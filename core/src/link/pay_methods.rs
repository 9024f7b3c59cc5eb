//! Which payment methods a request offers.

use serde::{Deserialize, Serialize};

use crate::contract::{Billing, Connection, Contract, Method, Terminal};
use crate::error::{Error, ErrorKind, Result};
use crate::link::fields;
use crate::money::Yen;

/// `pay_method` (支払方法).
///
/// ```
/// use netmile::link::PayMethods;
/// assert_eq!(PayMethods::one("netmile").to_wire(), "netmile");
/// assert_eq!(PayMethods::choice(["netmile", "credit"]).to_wire(), "netmile,credit");
/// assert_eq!(PayMethods::Any.to_wire(), "");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayMethods {
    /// One method, by its tag.
    One(String),
    /// The gateway shows a page to choose among these tags.
    Choice(Vec<String>),
    /// The gateway shows a page to choose among all methods of the merchant.
    Any,
}

impl PayMethods {
    /// One method.
    #[must_use]
    pub fn one(tag: impl Into<String>) -> Self {
        Self::One(tag.into())
    }

    /// A choice of methods.
    #[must_use]
    pub fn choice<T: Into<String>>(tags: impl IntoIterator<Item = T>) -> Self {
        Self::Choice(tags.into_iter().map(Into::into).collect())
    }

    /// The value of `pay_method`.
    #[must_use]
    pub fn to_wire(&self) -> String {
        self.tags().join(",")
    }

    pub(crate) fn tags(&self) -> &[String] {
        match self {
            Self::One(tag) => std::slice::from_ref(tag),
            Self::Choice(tags) => tags,
            Self::Any => &[],
        }
    }

    /// Checks the tags themselves.
    fn check(&self) -> Result<()> {
        let tags = self.tags();
        if tags.is_empty() && *self != Self::Any {
            return Err(Error::field(
                ErrorKind::MissingField,
                "pay_method",
                "must name at least one method",
            ));
        }
        for (index, tag) in tags.iter().enumerate() {
            if !fields::is_id(tag) {
                return Err(fields::invalid(
                    "pay_method",
                    "each tag must be of the characters 0-9 A-Z a-z _ -",
                ));
            }
            if tags.iter().skip(index + 1).any(|other| other == tag) {
                return Err(fields::invalid(
                    "pay_method",
                    "must not name a method twice",
                ));
            }
        }
        Ok(())
    }

    /// Checks that every named method passes `fits`; for [`Any`](Self::Any), that at least one of the contract does.
    fn require(&self, contract: &Contract, fits: impl Fn(&Method) -> Result<()>) -> Result<()> {
        self.check()?;
        if *self != Self::Any {
            return self
                .tags()
                .iter()
                .try_for_each(|tag| fits(contract.method(tag)?));
        }
        let mut refusal = None;
        for method in contract.methods() {
            match fits(method) {
                Ok(()) => return Ok(()),
                Err(error) => refusal = Some(error),
            }
        }
        Err(refusal.unwrap_or_else(|| {
            Error::field(
                ErrorKind::NotInContract,
                "pay_method",
                "the contract has no method",
            )
        }))
    }

    /// Requires the cell link type × `billing` × `terminal`, and the amount within the method's limits.
    pub(crate) fn require_cell(
        &self,
        contract: &Contract,
        billing: Billing,
        terminal: Terminal,
        amount: Option<Yen>,
    ) -> Result<()> {
        self.require(contract, |method| {
            method
                .matrix()
                .require(method.tag(), Connection::Link, billing, terminal)?;
            amount.map_or(Ok(()), |amount| method.limits().check(amount))
        })
    }

    /// Requires that stored payment data are of use: they serve recurring billing and the API type only.
    pub(crate) fn require_storable(&self, contract: &Contract, terminal: Terminal) -> Result<()> {
        self.require(contract, |method| {
            let matrix = method.matrix();
            let api = Billing::ALL
                .iter()
                .any(|&billing| matrix.offers(Connection::Api, billing, terminal));
            if api || matrix.offers(Connection::Link, Billing::RecurringSimple, terminal) {
                return Ok(());
            }
            matrix.require(
                method.tag(),
                Connection::Link,
                Billing::RecurringMetered,
                terminal,
            )
        })
    }
}
