//! What a contract adds to every message.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::contract::ContractId;
use crate::error::{Error, ErrorKind, Result};
use crate::link::LimitSeconds;
use crate::secret::HashKey;
use crate::wire::tdes::TdesKey;
use crate::wire::text::TextPolicy;

/// Merchant, service and keys: what a message is sealed with and a notice is verified with.
///
/// `Debug` shows neither keys nor credentials.
///
/// ```
/// use netmile::HashKey;
/// use netmile::api::ApiContext;
/// use netmile::contract::ContractId;
/// use netmile::wire::TdesKey;
/// let context = ApiContext::new(
///     ContractId::new("99999", "001")?,
///     HashKey::new("samplehashkeysamplehashkeysamplehashkey0")?,
/// )
/// .with_encryption(TdesKey::new("0123456789abcdef01234567", "76543210")?);
/// assert!(context.tdes().is_some());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone)]
pub struct ApiContext {
    id: ContractId,
    hash_key: HashKey,
    basic: Option<Zeroizing<String>>,
    tdes: Option<TdesKey>,
    text: TextPolicy,
    limit: Option<LimitSeconds>,
}

impl ApiContext {
    /// A contract without encryption, with the usual credentials, [`TextPolicy::Cp932`] and requests that are valid
    /// for 600 seconds.
    #[must_use]
    pub fn new(id: ContractId, hash_key: HashKey) -> Self {
        Self {
            id,
            hash_key,
            basic: None,
            tdes: None,
            text: TextPolicy::default(),
            limit: Some(LimitSeconds::default()),
        }
    }

    /// Encrypts secret leaves by 3DES (暗号化), where the contract says so.
    #[must_use]
    pub fn with_encryption(mut self, key: TdesKey) -> Self {
        self.tdes = Some(key);
        self
    }

    /// Basic authentication by other credentials than merchant id and service id, joined, with the hash key.
    ///
    /// # Errors
    /// `invalid_value` for `basic_user` or `basic_password` when it is not 1 to 128 visible ASCII characters, or the
    /// user has a colon.
    pub fn with_basic(mut self, user: &str, password: &str) -> Result<Self> {
        let visible = |text: &str| {
            (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
        };
        for (field, fits) in [
            ("basic_user", visible(user) && !user.contains(':')),
            ("basic_password", visible(password)),
        ] {
            if !fits {
                return Err(Error::field(
                    ErrorKind::InvalidValue,
                    field,
                    "must be 1 to 128 visible ASCII characters, a user without colon",
                ));
            }
        }
        self.basic = Some(Zeroizing::new(format!("{user}:{password}")));
        Ok(self)
    }

    /// Which characters may be sent.
    #[must_use]
    pub fn with_text(mut self, policy: TextPolicy) -> Self {
        self.text = policy;
        self
    }

    /// How long requests are valid; `None` leaves it to what the contract presets at the gateway.
    #[must_use]
    pub fn with_limit(mut self, limit: Option<LimitSeconds>) -> Self {
        self.limit = limit;
        self
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

    /// The 3DES key, if secret leaves are encrypted.
    #[must_use]
    pub fn tdes(&self) -> Option<&TdesKey> {
        self.tdes.as_ref()
    }

    /// Which characters may be sent.
    #[must_use]
    pub fn text(&self) -> &TextPolicy {
        &self.text
    }

    /// How long requests are valid.
    #[must_use]
    pub fn limit(&self) -> Option<LimitSeconds> {
        self.limit
    }

    /// The value of the header `Authorization`.
    pub(super) fn authorization(&self) -> Zeroizing<String> {
        let usual;
        let credentials = match &self.basic {
            Some(credentials) => credentials,
            None => {
                let ContractId {
                    merchant_id,
                    service_id,
                } = &self.id;
                usual = Zeroizing::new(format!(
                    "{merchant_id}{service_id}:{}",
                    self.hash_key.expose()
                ));
                &usual
            }
        };
        let encoded = Zeroizing::new(STANDARD.encode(credentials.as_bytes()));
        Zeroizing::new(format!("Basic {}", *encoded))
    }
}

impl fmt::Debug for ApiContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiContext")
            .field("id", &self.id)
            .field("encrypts", &self.tdes.is_some())
            .field("text", &self.text)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
