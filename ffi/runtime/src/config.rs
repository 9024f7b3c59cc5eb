//! A client's whole configuration as one JSON document, the same in every language.
//!
//! ```
//! use netmile_ffi_runtime::Config;
//! let config = Config::from_json(r#"{
//!     "contracts": [{
//!         "merchant_id": "99999", "service_id": "001",
//!         "hash_key": "TESTHASHKEY0123456789abcdef0123456789abc",
//!         "environment": "mock", "base_url": "http://127.0.0.1:8080",
//!         "methods": [{"tag": "netmile", "cells": "all"}]
//!     }],
//!     "journal": "memory:",
//!     "lang": "ja"
//! }"#)?;
//! assert_eq!(config.contracts().len(), 1);
//! assert!(!format!("{config:?}").contains("TESTHASHKEY"));
//! # Ok::<(), netmile_ffi_runtime::FfiError>(())
//! ```

use std::fmt;
use std::time::Duration;

use netmile::contract::{
    ApiIds, Billing, CapabilityMatrix, CarrierNumber, Connection, Contract, Endpoints, Method,
    Settlement, Terminal,
};
use netmile::link::{EchoCheck, LimitSeconds};
use netmile::miles::file::CarrierDomains;
use netmile::reference::{Site, SiteSecret};
use netmile::secret::SecretText;
use netmile::wire::TdesKey;
use netmile::wire::TextPolicy;
use netmile::wire::text::Replacement;
use netmile::{Error, ErrorKind, HashKey, Lang, Yen};
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use crate::error::FfiError;
use crate::json;

/// A checked configuration. `Debug` shows no key, and of the journal its kind only: its URL may hold a password.
#[derive(Clone)]
pub struct Config {
    contracts: Vec<Contract>,
    sites: Vec<Site>,
    /// Which mail domains are those of mobile carriers; the known ones when not given.
    pub carriers: Option<CarrierDomains>,
    /// How long one operation sends and waits at most.
    pub overall: Option<Duration>,
    /// For how long a call of the API type is valid.
    pub api_limit: Option<LimitSeconds>,
    /// Where purchases are kept: `memory:`, `sqlite://shop.db`, … With `memory:`, which a test or mock contract has when
    /// nothing is given, all that is known is gone with the process, what it had begun and not ended included.
    pub journal: String,
    /// Which characters go on the wire.
    pub text: TextPolicy,
    /// How long a form stays valid.
    pub limit: LimitSeconds,
    /// How much of a message must equal what was asked.
    pub echo: EchoCheck,
    /// How long a taken event is hidden from other workers.
    pub lease: Option<Duration>,
    /// The language of texts for people.
    pub lang: Lang,
}

impl Config {
    /// Reads and checks a document. Touches neither network nor disk.
    ///
    /// # Errors
    /// `invalid_argument` for what is not such a document; what the contracts refuse, naming the field.
    pub fn from_json(text: &str) -> Result<Self, FfiError> {
        Ok(json::read::<Document>("config", text)?.check()?)
    }

    /// The contracts.
    #[must_use]
    pub fn contracts(&self) -> &[Contract] {
        &self.contracts
    }

    /// The sites that reward with miles. There is at least one contract or site.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.journal.split(':').next().unwrap_or_default();
        f.debug_struct("Config")
            .field("contracts", &self.contracts)
            .field("sites", &self.sites)
            .field("journal", &kind)
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

/// Whether what happens there is real: the answer is lost for ever if it is kept in memory only.
fn is_real(contracts: &[ContractDocument], sites: &[SiteDocument]) -> bool {
    let contract = |contract: &ContractDocument| contract.environment == "production";
    // Only a mock is reached without TLS.
    let site = |site: &SiteDocument| !site.base_url.to_ascii_lowercase().starts_with("http:");
    contracts.iter().any(contract) || sites.iter().any(site)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    contracts: Vec<ContractDocument>,
    #[serde(default)]
    sites: Vec<SiteDocument>,
    carrier_domains: Option<Vec<String>>,
    overall_seconds: Option<i64>,
    api_limit_seconds: Option<i64>,
    journal: Option<String>,
    text_policy: Option<String>,
    #[serde(default)]
    replacements: Vec<String>,
    form_limit_seconds: Option<i64>,
    echo_check: Option<String>,
    lease_seconds: Option<i64>,
    lang: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContractDocument {
    merchant_id: String,
    service_id: String,
    #[serde(deserialize_with = "wiped")]
    hash_key: Zeroizing<String>,
    environment: String,
    base_url: Option<String>,
    endpoints: Option<EndpointsDocument>,
    #[serde(default)]
    methods: Vec<MethodDocument>,
    refund_months: Option<i64>,
    encryption: Option<EncryptionDocument>,
    basic: Option<BasicDocument>,
    #[serde(default)]
    encrypted_notices: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EncryptionDocument {
    #[serde(deserialize_with = "wiped")]
    key: Zeroizing<String>,
    #[serde(deserialize_with = "wiped")]
    iv: Zeroizing<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BasicDocument {
    user: String,
    #[serde(deserialize_with = "wiped")]
    password: Zeroizing<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteDocument {
    site_id: String,
    key_id: String,
    #[serde(deserialize_with = "wiped")]
    secret: Zeroizing<String>,
    base_url: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndpointsDocument {
    purchase: Option<String>,
    registration: Option<String>,
    registration_delete: Option<String>,
    recurring: Option<String>,
    api: Option<String>,
    management: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MethodDocument {
    tag: String,
    name_en: Option<String>,
    name_ja: Option<String>,
    min_yen: Option<i64>,
    max_yen: Option<i64>,
    cells: Option<Cells>,
    settlement: Option<String>,
    api: Option<ApiDocument>,
}

/// What the method is called in the API type: one of the presets `credit`, `web_convenience_store`, `docomo`, `au`
/// and `softbank`, a number with the usual functions of one step, or everything in full.
#[derive(Deserialize)]
#[serde(untagged)]
enum ApiDocument {
    Preset(String),
    Full(Box<ApiIds>),
    OneStep(OneStep),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneStep {
    number: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Cells {
    Preset(String),
    List(Vec<Cell>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cell {
    connection: String,
    billing: String,
    terminal: String,
}

fn wiped<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(deserializer).map(Zeroizing::new)
}

fn wrong(field: &'static str, rule: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::field(ErrorKind::Configuration, field, rule)
}

impl Document {
    fn check(self) -> netmile::Result<Config> {
        if self.contracts.is_empty() && self.sites.is_empty() {
            return Err(wrong(
                "contracts",
                "must have at least one contract or site",
            ));
        }
        let journal = match self.journal {
            Some(ref named) => named.clone(),
            None if is_real(&self.contracts, &self.sites) => {
                return Err(wrong(
                    "journal",
                    "must be named in production: what is kept in memory is gone with the process",
                ));
            }
            None => "memory:".to_owned(),
        };
        let text = self.text()?;
        let limit = match self.form_limit_seconds {
            None => LimitSeconds::default(),
            Some(seconds) => LimitSeconds::new(u16::try_from(seconds).unwrap_or(0))?,
        };
        let echo = match self.echo_check.as_deref() {
            None | Some("strict") => EchoCheck::Strict,
            Some("identity") => EchoCheck::Identity,
            Some(_) => return Err(wrong("echo_check", "must be strict or identity")),
        };
        let lang = match self.lang.as_deref() {
            None | Some("en") => Lang::En,
            Some("ja") => Lang::Ja,
            Some(_) => return Err(wrong("lang", "must be en or ja")),
        };
        let lease = match self.lease_seconds {
            None => None,
            Some(seconds @ 1..=86_400) => Some(Duration::from_secs(seconds.unsigned_abs())),
            Some(_) => return Err(wrong("lease_seconds", "must be 1 to 86400")),
        };
        let overall = match self.overall_seconds {
            None => None,
            Some(seconds @ 1..=3600) => Some(Duration::from_secs(seconds.unsigned_abs())),
            Some(_) => return Err(wrong("overall_seconds", "must be 1 to 3600")),
        };
        let api_limit = match self.api_limit_seconds {
            None => None,
            Some(seconds) => Some(LimitSeconds::new(u16::try_from(seconds).unwrap_or(0))?),
        };
        let carriers = self
            .carrier_domains
            .map(|domains| CarrierDomains::new(domains.iter().map(String::as_str)));
        Ok(Config {
            overall,
            api_limit,
            carriers,
            sites: self
                .sites
                .into_iter()
                .map(SiteDocument::check)
                .collect::<netmile::Result<_>>()?,
            contracts: self
                .contracts
                .into_iter()
                .map(ContractDocument::check)
                .collect::<netmile::Result<_>>()?,
            journal,
            text,
            limit,
            echo,
            lease,
            lang,
        })
    }

    fn text(&self) -> netmile::Result<TextPolicy> {
        let named = |name: &String| {
            Replacement::from_name(name)
                .ok_or_else(|| wrong("replacements", "must be names of known replacements"))
        };
        let replacements: Vec<_> = self
            .replacements
            .iter()
            .map(named)
            .collect::<netmile::Result<_>>()?;
        match (self.text_policy.as_deref(), replacements.is_empty()) {
            (Some("strict"), true) => Ok(TextPolicy::Strict),
            (None | Some("cp932"), true) => Ok(TextPolicy::Cp932),
            (None | Some("cp932"), false) => Ok(TextPolicy::Replace(replacements)),
            (Some("strict"), false) => Err(wrong(
                "replacements",
                "are for the text policy cp932; strict replaces nothing",
            )),
            (Some(_), _) => Err(wrong("text_policy", "must be strict or cp932")),
        }
    }
}

impl ContractDocument {
    fn check(self) -> netmile::Result<Contract> {
        let key = HashKey::new(self.hash_key.as_str())?;
        let mut endpoints = match (self.environment.as_str(), &self.base_url) {
            ("production", None) => Endpoints::production(),
            ("test", None) => Endpoints::test(),
            ("mock", Some(url)) => Endpoints::mock(url),
            ("mock", None) => return Err(wrong("base_url", "must be the URL of the mock")),
            ("production" | "test", Some(_)) => {
                return Err(wrong("base_url", "is for the environment mock only"));
            }
            _ => return Err(wrong("environment", "must be test, production or mock")),
        };
        let given = self.endpoints.unwrap_or_default();
        endpoints.purchase = given.purchase.unwrap_or(endpoints.purchase);
        endpoints.registration = given.registration.unwrap_or(endpoints.registration);
        endpoints.registration_delete = given.registration_delete.or(endpoints.registration_delete);
        endpoints.recurring = given.recurring.or(endpoints.recurring);
        endpoints.api = given.api.unwrap_or(endpoints.api);
        endpoints.management = given.management.or(endpoints.management);
        let mut contract = Contract::netmile(self.merchant_id, self.service_id, key, endpoints)?;
        if let Some(months) = self.refund_months {
            let months = u32::try_from(months)
                .ok()
                .filter(|months| *months <= 120)
                .ok_or_else(|| wrong("refund_months", "must be 0 to 120"))?;
            contract = contract.with_refund_months(months);
        }
        for method in self.methods {
            contract = contract.with_method(method.check()?);
        }
        if let Some(keys) = self.encryption {
            contract = contract.with_encryption(TdesKey::new(keys.key.as_str(), keys.iv.as_str())?);
        }
        if let Some(basic) = self.basic {
            contract = contract.with_basic(basic.user, SecretText::new(basic.password.as_str()));
        }
        if self.encrypted_notices {
            contract = contract.with_encrypted_notices();
        }
        Ok(contract)
    }
}

impl SiteDocument {
    fn check(self) -> netmile::Result<Site> {
        let secret = SiteSecret::new(self.secret.as_str())?;
        Site::new(self.site_id, self.key_id, secret, &self.base_url)
    }
}

impl ApiDocument {
    fn check(self) -> netmile::Result<ApiIds> {
        match self {
            Self::Full(ids) => Ok(*ids),
            Self::OneStep(ids) => ApiIds::one_step(ids.number),
            Self::Preset(name) => match name.as_str() {
                "credit" => Ok(ApiIds::credit()),
                "web_convenience_store" => Ok(ApiIds::web_convenience_store()),
                "docomo" => Ok(ApiIds::carrier(CarrierNumber::Docomo)),
                "au" => Ok(ApiIds::carrier(CarrierNumber::Au)),
                "softbank" => Ok(ApiIds::carrier(CarrierNumber::SoftBank)),
                _ => Err(wrong(
                    "api",
                    "must be credit, web_convenience_store, docomo, au, softbank, or ids",
                )),
            },
        }
    }
}

impl MethodDocument {
    fn check(self) -> netmile::Result<Method> {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        if self.tag.is_empty() || self.tag.len() > 32 || !self.tag.bytes().all(fits) {
            return Err(wrong(
                "tag",
                "must be 1 to 32 of the characters 0-9 A-Z a-z _ -",
            ));
        }
        let known = match (self.tag.as_str(), &self.api) {
            ("netmile", _) => Some(Method::netmile()),
            (_, Some(ApiDocument::Preset(preset))) => match preset.as_str() {
                "credit" => Some(Method::credit()),
                "web_convenience_store" => Some(Method::web_convenience_store()),
                "docomo" => Some(Method::carrier(CarrierNumber::Docomo)),
                "au" => Some(Method::carrier(CarrierNumber::Au)),
                "softbank" => Some(Method::carrier(CarrierNumber::SoftBank)),
                _ => None,
            },
            _ => None,
        };
        // A preset brings name, limits and capabilities with it, under the gateway's own tag.
        let mut method = if let Some(known) = known.filter(|known| known.tag() == self.tag) {
            known
        } else {
            let name_en = self.name_en.unwrap_or_else(|| self.tag.clone());
            let name_ja = self.name_ja.unwrap_or_else(|| name_en.clone());
            Method::new(self.tag, name_en, name_ja)
        };
        let limits = method.limits();
        let yen = |field, given: Option<i64>, known: Yen| match given {
            None => Ok(known),
            Some(value) => Yen::from_i64(value).map_err(|_| wrong(field, "must not be negative")),
        };
        method = method.with_limits(
            yen("min_yen", self.min_yen, limits.min)?,
            yen("max_yen", self.max_yen, limits.max)?,
        );
        match self.cells {
            None => {}
            Some(cells) => method = method.with_matrix(cells.check()?),
        }
        match self.settlement.as_deref() {
            None => {}
            Some("immediate") => method = method.with_settlement(Settlement::Immediate),
            Some("by_deposit") => method = method.with_settlement(Settlement::ByDeposit),
            Some(_) => return Err(wrong("settlement", "must be immediate or by_deposit")),
        }
        if let Some(api) = self.api {
            method = method.with_api(api.check()?);
        }
        Ok(method)
    }
}

impl Cells {
    fn check(self) -> netmile::Result<CapabilityMatrix> {
        match self {
            Self::Preset(name) => match name.as_str() {
                "all" => Ok(CapabilityMatrix::all()),
                "none" => Ok(CapabilityMatrix::none()),
                "netmile" => Ok(CapabilityMatrix::netmile_default()),
                _ => Err(wrong(
                    "cells",
                    "must be all, none, netmile or a list of cells",
                )),
            },
            Self::List(cells) => {
                cells
                    .into_iter()
                    .try_fold(CapabilityMatrix::none(), |matrix, cell| {
                        Ok(matrix.with(
                            one_of(
                                "connection",
                                Connection::ALL,
                                |c| c.name(),
                                &cell.connection,
                            )?,
                            billing(&cell.billing)?,
                            terminal(&cell.terminal)?,
                        ))
                    })
            }
        }
    }
}

/// The terminal of this name.
///
/// # Errors
/// `invalid_value`, naming the known ones.
pub fn terminal(name: &str) -> netmile::Result<Terminal> {
    one_of("terminal", Terminal::ALL, |t| t.name(), name)
}

/// The way of billing of this name.
///
/// # Errors
/// `invalid_value`, naming the known ones.
pub fn billing(name: &str) -> netmile::Result<Billing> {
    one_of("billing", Billing::ALL, |b| b.name(), name)
}

/// The value of this name.
///
/// # Errors
/// `invalid_value` on `field`, naming the known ones.
pub fn one_of<T: Copy>(
    field: &'static str,
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
    name: &str,
) -> netmile::Result<T> {
    all.iter()
        .copied()
        .find(|value| name_of(*value) == name)
        .ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|value| name_of(*value)).collect();
            Error::field(
                ErrorKind::InvalidValue,
                field,
                format!("must be one of: {}", names.join(", ")),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(part: &str) -> Result<Config, FfiError> {
        Config::from_json(&format!(
            r#"{{"contracts":[{{"merchant_id":"99999","service_id":"001","hash_key":"SECRETKEY","environment":"test"}}]{part}}}"#
        ))
    }

    #[test]
    fn says_which_part_is_wrong_and_never_the_key() {
        for (part, field) in [
            (r#","lang":"fr""#, "lang"),
            (r#","echo_check":"none""#, "echo_check"),
            (r#","text_policy":"utf8""#, "text_policy"),
            (
                r#","text_policy":"strict","replacements":["wave_dash"]"#,
                "replacements",
            ),
            (r#","replacements":["tilde"]"#, "replacements"),
            (r#","form_limit_seconds":0"#, "limit_second"),
            (r#","lease_seconds":0"#, "lease_seconds"),
            (r#","journall":"x""#, "journall"),
        ] {
            let error = with(part).unwrap_err();
            assert_eq!(error.field.as_deref(), Some(field), "{part}");
            assert!(!error.to_string().contains("SECRETKEY"));
        }
        let config = with(r#","replacements":["wave_dash"],"lang":"ja""#).unwrap();
        assert_eq!(
            config.text,
            TextPolicy::Replace(vec![Replacement::WaveDash])
        );
        assert!(!format!("{config:?}").contains("SECRETKEY"));
    }

    #[test]
    fn production_must_name_its_journal() {
        let contract = |environment: &str, rest: &str| {
            Config::from_json(&format!(
                r#"{{"contracts":[{{"merchant_id":"99999","service_id":"001","hash_key":"k",
                "environment":"{environment}"}}]{rest}}}"#
            ))
        };
        let error = contract("production", "").unwrap_err();
        assert_eq!(
            (error.code, error.field.as_deref()),
            ("configuration", Some("journal"))
        );
        assert!(contract("production", r#","journal":"sqlite://shop.db""#).is_ok());
        assert_eq!(contract("test", "").unwrap().journal, "memory:");
        let site = |url: &str| {
            Config::from_json(&format!(
                r#"{{"sites":[{{"site_id":"8763","key_id":"K1",
                "secret":"TESTSITESECRET0123456789abcdef0123456789","base_url":"{url}"}}]}}"#
            ))
        };
        assert_eq!(
            site("https://miles.example").unwrap_err().field.as_deref(),
            Some("journal")
        );
        assert!(site("http://127.0.0.1:1").is_ok());
    }

    #[test]
    fn the_journals_password_is_not_printed() {
        let config =
            with(r#","journal":"postgres://shop:SECRETPASSWORD@db.example/shop""#).unwrap();
        let text = format!("{config:?}");
        assert!(
            !text.contains("SECRETPASSWORD") && text.contains("postgres"),
            "{text}"
        );
    }

    #[test]
    fn a_method_is_data() {
        let config = Config::from_json(
            r#"{"contracts":[{"merchant_id":"99999","service_id":"001","hash_key":"k","environment":"mock",
                "base_url":"http://127.0.0.1:1","methods":[{"tag":"examplepay","max_yen":500,"settlement":"by_deposit",
                "cells":[{"connection":"link","billing":"one_time","terminal":"smartphone"}]}]}]}"#,
        )
        .unwrap();
        let method = config.contracts()[0].method("examplepay").unwrap();
        assert_eq!(method.limits().max, Yen::new(500));
        assert_eq!(method.settlement(), Settlement::ByDeposit);
        let offers = |terminal| {
            method
                .matrix()
                .offers(Connection::Link, Billing::OneTime, terminal)
        };
        assert!(offers(Terminal::Smartphone) && !offers(Terminal::Pc));
    }
}
