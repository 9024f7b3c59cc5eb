//! One contract: merchant, service, key, methods, endpoints.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contract::{Endpoints, Method};
use crate::error::{Error, ErrorKind, Result};
use crate::secret::{HashKey, SecretText};
use crate::wire::TdesKey;

/// Merchant and service: what names a contract on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContractId {
    /// `merchant_id` (マーチャントID): 5 digits.
    pub merchant_id: String,
    /// `service_id` (サービスID): 3 digits.
    pub service_id: String,
}

impl ContractId {
    /// Takes both ids.
    ///
    /// # Errors
    /// `invalid_value` when they are not 5 and 3 digits.
    pub fn new(merchant_id: impl Into<String>, service_id: impl Into<String>) -> Result<Self> {
        let id = Self {
            merchant_id: merchant_id.into(),
            service_id: service_id.into(),
        };
        for (field, value, len) in [
            ("merchant_id", &id.merchant_id, 5),
            ("service_id", &id.service_id, 3),
        ] {
            if value.len() != len || !value.bytes().all(|b| b.is_ascii_digit()) {
                return Err(Error::field(
                    ErrorKind::InvalidValue,
                    field,
                    format!("must be exactly {len} digits"),
                ));
            }
        }
        Ok(id)
    }

    /// What stands for a site (加盟サイト) where a contract is named: the site's id, and no service.
    #[must_use]
    pub fn of_site(site_id: impl Into<String>) -> Self {
        Self {
            merchant_id: site_id.into(),
            service_id: String::new(),
        }
    }
}

impl fmt::Display for ContractId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.merchant_id, self.service_id)
    }
}

/// What the merchant agreed with the payment provider.
///
/// ```
/// use netmile::contract::{Contract, Endpoints};
/// use netmile::HashKey;
/// let contract = Contract::netmile(
///     "99999",
///     "001",
///     HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc")?,
///     Endpoints::mock("http://127.0.0.1:8080"),
/// )?;
/// assert_eq!(contract.id().to_string(), "99999/001");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone)]
pub struct Contract {
    id: ContractId,
    hash_key: HashKey,
    endpoints: Endpoints,
    methods: Vec<Method>,
    refund_months: u32,
    encryption: Option<TdesKey>,
    basic: Option<(String, SecretText)>,
    encrypted_notices: bool,
}

impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contract")
            .field("id", &self.id)
            .field("hash_key", &self.hash_key)
            .field("endpoints", &self.endpoints)
            .field("methods", &self.methods)
            .field("refund_months", &self.refund_months)
            .field("encryption", &self.encryption)
            .field("has_basic", &self.basic.is_some())
            .field("encrypted_notices", &self.encrypted_notices)
            .finish()
    }
}

impl Contract {
    /// A contract for NetMile as SBPS publishes it. Use [`with_method`](Self::with_method) to widen it.
    ///
    /// # Errors
    /// `invalid_value` for ids that are not 5 and 3 digits, `configuration` for an unsafe endpoint.
    pub fn netmile(
        merchant_id: impl Into<String>,
        service_id: impl Into<String>,
        hash_key: HashKey,
        endpoints: Endpoints,
    ) -> Result<Self> {
        endpoints.check()?;
        Ok(Self {
            id: ContractId::new(merchant_id, service_id)?,
            hash_key,
            endpoints,
            methods: vec![Method::netmile()],
            refund_months: 3,
            encryption: None,
            basic: None,
            encrypted_notices: false,
        })
    }

    /// Adds a method, or replaces the one with the same tag.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Self {
        self.methods.retain(|known| known.tag() != method.tag());
        self.methods.push(method);
        self
    }

    /// Months after the month of purchase in which a refund may still be asked for. Default 3.
    #[must_use]
    pub fn with_refund_months(mut self, months: u32) -> Self {
        self.refund_months = months;
        self
    }

    /// The 3DES key and initial vector (暗号化キー) for the secret fields of the API type.
    #[must_use]
    pub fn with_encryption(mut self, key: TdesKey) -> Self {
        self.encryption = Some(key);
        self
    }

    /// User and password of the API type's Basic authentication, where they are not merchant and service, joined, and
    /// the hash key.
    #[must_use]
    pub fn with_basic(mut self, user: impl Into<String>, password: SecretText) -> Self {
        self.basic = Some((user.into(), password));
        self
    }

    /// Says that the API type's notices come encrypted.
    #[must_use]
    pub fn with_encrypted_notices(mut self) -> Self {
        self.encrypted_notices = true;
        self
    }

    /// The 3DES key.
    #[must_use]
    pub fn encryption(&self) -> Option<&TdesKey> {
        self.encryption.as_ref()
    }

    /// User and password of the Basic authentication, if they are special.
    #[must_use]
    pub fn basic(&self) -> Option<(&str, &SecretText)> {
        let basic = self.basic.as_ref();
        basic.map(|(user, password)| (user.as_str(), password))
    }

    /// Whether the API type's notices come encrypted.
    #[must_use]
    pub fn encrypted_notices(&self) -> bool {
        self.encrypted_notices
    }

    /// Merchant and service.
    #[must_use]
    pub fn id(&self) -> &ContractId {
        &self.id
    }

    /// The hash key.
    #[must_use]
    pub fn hash_key(&self) -> &HashKey {
        &self.hash_key
    }

    /// Where the gateway listens.
    #[must_use]
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// The method with this tag.
    ///
    /// # Errors
    /// `not_in_contract` when the contract has no such method.
    pub fn method(&self, tag: &str) -> Result<&Method> {
        self.methods
            .iter()
            .find(|method| method.tag() == tag)
            .ok_or_else(|| {
                Error::field(
                    ErrorKind::NotInContract,
                    "pay_method",
                    "is not a method of this contract; add it with Contract::with_method",
                )
            })
    }

    /// Every method of the contract.
    #[must_use]
    pub fn methods(&self) -> &[Method] {
        &self.methods
    }

    /// Months after the month of purchase in which a refund may still be asked for.
    #[must_use]
    pub fn refund_months(&self) -> u32 {
        self.refund_months
    }
}
