//! The capability matrix: connection × billing × terminal.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// How the shop and the gateway talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// The customer's browser carries the request (リンク型).
    Link,
    /// Server to server (API型).
    Api,
}

/// How often a purchase is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    /// Pay-as-you-go, once per purchase (都度課金).
    OneTime,
    /// The gateway bills the same amount each month (継続課金・簡易).
    RecurringSimple,
    /// The merchant chooses when and how much (継続課金・定期/従量).
    RecurringMetered,
}

/// What the customer holds. The wire cannot tell a PC from a smartphone, so the shop says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terminal {
    /// A personal computer.
    Pc,
    /// A smartphone.
    Smartphone,
    /// A feature phone (携帯電話).
    FeaturePhone,
}

macro_rules! names {
    ($type:ident { $($variant:ident => $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in configuration, errors and journals.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

names!(Connection { Link => "link", Api => "api" });
names!(Billing {
    OneTime => "one_time",
    RecurringSimple => "recurring_simple",
    RecurringMetered => "recurring_metered",
});
names!(Terminal { Pc => "pc", Smartphone => "smartphone", FeaturePhone => "feature_phone" });

impl Terminal {
    /// `terminal_type` on the wire: `0` for PC and smartphone, `1` for a feature phone.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Pc | Self::Smartphone => "0",
            Self::FeaturePhone => "1",
        }
    }
}

/// Which combinations of connection, billing and terminal a contract offers.
///
/// ```
/// use netmile::contract::{Billing, CapabilityMatrix, Connection, Terminal};
/// let matrix = CapabilityMatrix::netmile_default();
/// assert!(matrix.offers(Connection::Link, Billing::OneTime, Terminal::Pc));
/// let refused = matrix.require("netmile", Connection::Api, Billing::OneTime, Terminal::Pc);
/// assert!(refused.unwrap_err().to_string().contains("api × one_time × pc"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CapabilityMatrix(u32);

impl CapabilityMatrix {
    /// Offers nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self(0)
    }

    /// Offers every cell.
    #[must_use]
    pub fn all() -> Self {
        let mut matrix = Self::none();
        for &connection in Connection::ALL {
            for &billing in Billing::ALL {
                for &terminal in Terminal::ALL {
                    matrix = matrix.with(connection, billing, terminal);
                }
            }
        }
        matrix
    }

    /// What SBPS publishes for NetMile: link type, pay-as-you-go, PC.
    #[must_use]
    pub const fn netmile_default() -> Self {
        Self::none().with(Connection::Link, Billing::OneTime, Terminal::Pc)
    }

    /// The same matrix with one more cell offered.
    #[must_use]
    pub const fn with(self, connection: Connection, billing: Billing, terminal: Terminal) -> Self {
        Self(self.0 | Self::bit(connection, billing, terminal))
    }

    /// Whether the cell is offered.
    #[must_use]
    pub const fn offers(
        self,
        connection: Connection,
        billing: Billing,
        terminal: Terminal,
    ) -> bool {
        self.0 & Self::bit(connection, billing, terminal) != 0
    }

    /// Refuses what is not offered.
    ///
    /// # Errors
    /// `not_in_contract`, naming the cell and how to widen it.
    pub fn require(
        self,
        method: &str,
        connection: Connection,
        billing: Billing,
        terminal: Terminal,
    ) -> Result<()> {
        if self.offers(connection, billing, terminal) {
            return Ok(());
        }
        Err(Error::field(
            ErrorKind::NotInContract,
            "contract",
            format!(
                "{method} is not offered for {} × {} × {}; if your contract has it, add the cell with CapabilityMatrix::with",
                connection.name(),
                billing.name(),
                terminal.name()
            ),
        ))
    }

    const fn bit(connection: Connection, billing: Billing, terminal: Terminal) -> u32 {
        1 << (connection as u32 * 9 + billing as u32 * 3 + terminal as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_offers_exactly_one_of_eighteen_cells() {
        let count = |matrix: CapabilityMatrix| matrix.0.count_ones();
        assert_eq!(count(CapabilityMatrix::netmile_default()), 1);
        assert_eq!(count(CapabilityMatrix::all()), 18);
    }
}
