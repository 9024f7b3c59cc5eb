//! A payment method is plain data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::contract::api::{ApiIds, CarrierNumber};
use crate::contract::{Billing, CapabilityMatrix, Connection, Terminal};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;

/// Smallest and largest amount of one purchase, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountLimits {
    /// Smallest amount in yen.
    pub min: Yen,
    /// Largest amount in yen.
    pub max: Yen,
}

impl AmountLimits {
    /// Checks an amount.
    ///
    /// # Errors
    /// `invalid_value` on `amount`, naming both limits.
    pub fn check(&self, amount: Yen) -> Result<()> {
        if amount < self.min || amount > self.max {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "amount",
                format!("must be {} to {} yen", self.min, self.max),
            ));
        }
        Ok(())
    }
}

/// When the money is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// An `OK` notice means paid.
    Immediate,
    /// An `OK` notice means that a slip was issued; a later deposit notice (`PY`) means paid.
    ByDeposit,
}

/// A payment method (決済手段).
///
/// ```
/// use netmile::contract::{CapabilityMatrix, Method};
/// use netmile::Yen;
/// let own = Method::new("examplepay", "Example Pay", "サンプルペイ")
///     .with_limits(Yen::new(1), Yen::new(50_000))
///     .with_matrix(CapabilityMatrix::all());
/// assert_eq!(own.tag(), "examplepay");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    tag: Cow<'static, str>,
    name_en: Cow<'static, str>,
    name_ja: Cow<'static, str>,
    limits: AmountLimits,
    matrix: CapabilityMatrix,
    settlement: Settlement,
    api: Option<ApiIds>,
}

impl Method {
    /// A method by its `pay_method` tag; 1 to 9,999,999 yen, offered nowhere until a matrix is given.
    #[must_use]
    pub fn new(
        tag: impl Into<Cow<'static, str>>,
        name_en: impl Into<Cow<'static, str>>,
        name_ja: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            tag: tag.into(),
            name_en: name_en.into(),
            name_ja: name_ja.into(),
            limits: AmountLimits {
                min: Yen::new(1),
                max: Yen::new(9_999_999),
            },
            matrix: CapabilityMatrix::none(),
            settlement: Settlement::Immediate,
            api: None,
        }
    }

    /// NetMile: 10 to 9,999,999,999 yen, link type, pay-as-you-go, PC.
    #[must_use]
    pub fn netmile() -> Self {
        Self::new("netmile", "NetMile", "ネットマイル")
            .with_limits(Yen::new(10), Yen::new(9_999_999_999))
            .with_matrix(CapabilityMatrix::netmile_default())
    }

    /// Credit card by one-time token (101): 1 to 9,999,999 yen, API type, pay-as-you-go and simple recurring.
    #[must_use]
    pub fn credit() -> Self {
        Self::new("credit", "Credit card", "クレジットカード")
            .with_matrix(api_matrix(&[Billing::OneTime, Billing::RecurringSimple]))
            .with_api(ApiIds::credit())
    }

    /// Web convenience store (701): 1 to 299,999 yen, API type, pay-as-you-go, settled by deposit.
    #[must_use]
    pub fn web_convenience_store() -> Self {
        Self::new("webcvs", "Web convenience store", "Webコンビニ決済")
            .with_limits(Yen::new(1), Yen::new(299_999))
            .with_matrix(api_matrix(&[Billing::OneTime]))
            .with_settlement(Settlement::ByDeposit)
            .with_api(ApiIds::web_convenience_store())
    }

    /// A carrier: contracts are applied for by link type, periods are charged by API type.
    #[must_use]
    pub fn carrier(number: CarrierNumber) -> Self {
        let (tag, name_en, name_ja) = match number {
            CarrierNumber::Docomo => ("docomo", "d payment", "d払い"),
            CarrierNumber::Au => ("auone", "au Easy Payment", "auかんたん決済"),
            CarrierNumber::SoftBank => (
                "softbank2",
                "SoftBank Matomete Shiharai",
                "ソフトバンクまとめて支払い",
            ),
        };
        Self::new(tag, name_en, name_ja)
            .with_matrix(CapabilityMatrix::all())
            .with_api(ApiIds::carrier(number))
    }

    /// Replaces the limits of one purchase.
    #[must_use]
    pub fn with_limits(mut self, min: Yen, max: Yen) -> Self {
        self.limits = AmountLimits { min, max };
        self
    }

    /// Replaces the capability matrix: what the contract offers.
    #[must_use]
    pub fn with_matrix(mut self, matrix: CapabilityMatrix) -> Self {
        self.matrix = matrix;
        self
    }

    /// Says when the money is there.
    #[must_use]
    pub fn with_settlement(mut self, settlement: Settlement) -> Self {
        self.settlement = settlement;
        self
    }

    /// Adds the ids of the API type.
    #[must_use]
    pub fn with_api(mut self, ids: ApiIds) -> Self {
        self.api = Some(ids);
        self
    }

    /// The `pay_method` tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The name for people.
    #[must_use]
    pub fn name(&self, lang: crate::Lang) -> &str {
        match lang {
            crate::Lang::En => &self.name_en,
            crate::Lang::Ja => &self.name_ja,
        }
    }

    /// Limits of one purchase.
    #[must_use]
    pub fn limits(&self) -> AmountLimits {
        self.limits
    }

    /// What the contract offers for this method.
    #[must_use]
    pub fn matrix(&self) -> CapabilityMatrix {
        self.matrix
    }

    /// When the money is there.
    #[must_use]
    pub fn settlement(&self) -> Settlement {
        self.settlement
    }

    /// Ids of the API type, if the contract has them.
    #[must_use]
    pub fn api(&self) -> Option<&ApiIds> {
        self.api.as_ref()
    }
}

fn api_matrix(billings: &[Billing]) -> CapabilityMatrix {
    let cells = billings
        .iter()
        .flat_map(|&billing| Terminal::ALL.iter().map(move |&t| (billing, t)));
    cells.fold(CapabilityMatrix::none(), |matrix, (billing, terminal)| {
        matrix.with(Connection::Api, billing, terminal)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn netmile_takes_ten_yen_to_ten_digits() {
        let limits = Method::netmile().limits();
        for (amount, fits) in [
            (9, false),
            (10, true),
            (9_999_999_999, true),
            (10_000_000_000, false),
        ] {
            assert_eq!(limits.check(Yen::new(amount)).is_ok(), fits, "{amount}");
        }
    }
}
