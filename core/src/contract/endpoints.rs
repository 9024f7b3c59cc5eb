//! Where the gateway listens. Everything is configuration; the presets are what is publicly known.

use crate::error::{Error, ErrorKind, Result};

/// The URLs of one gateway environment.
///
/// See `docs/protocol/link-type.md`, section Transport.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoints {
    /// A01-1, purchase request.
    pub purchase: String,
    /// B01-1, registration of customer payment data.
    pub registration: String,
    /// C01-1, deletion of customer payment data; told by SBPS when the service starts.
    pub registration_delete: Option<String>,
    /// D01-1, recurring application; told by SBPS when the service starts.
    pub recurring: Option<String>,
    /// API type: one URL for all functions.
    pub api: String,
    /// The management page on which a person refunds; `{tracking_id}` is replaced.
    pub management: Option<String>,
}

impl Endpoints {
    /// SBPS's test environment.
    #[must_use]
    pub fn test() -> Self {
        Self::sbps("https://stbfep.sps-system.com")
    }

    /// SBPS's production environment.
    #[must_use]
    pub fn production() -> Self {
        Self {
            api: "https://api.sps-system.com/api/xmlapi.do".to_owned(),
            ..Self::sbps("https://fep.sps-system.com")
        }
    }

    /// Whether what is sent there moves real money.
    pub(crate) fn is_production(&self) -> bool {
        let real = Self::production();
        self.api == real.api || self.purchase == real.purchase
    }

    fn sbps(host: &str) -> Self {
        Self {
            purchase: format!("{host}/f01/FepBuyInfoReceive.do"),
            registration: format!("{host}/f04/FepPayInfoReceive.do"),
            registration_delete: None,
            recurring: None,
            api: format!("{host}/api/xmlapi.do"),
            management: None,
        }
    }

    /// A mock gateway, by its base URL as `netmile-mock serve` prints it.
    #[must_use]
    pub fn mock(base_url: &str) -> Self {
        let base = base_url.trim_end_matches('/');
        Self {
            registration_delete: Some(format!("{base}/f04/FepPayInfoDelete.do")),
            recurring: Some(format!("{base}/f02/FepAutoChargeReceive.do")),
            management: Some(format!("{base}/manage/payments/{{tracking_id}}")),
            ..Self::sbps(base)
        }
    }

    /// Checks every URL: HTTPS, or plain HTTP to the loopback only.
    ///
    /// # Errors
    /// `configuration`, naming the endpoint.
    pub fn check(&self) -> Result<()> {
        let optional = [
            ("registration_delete", self.registration_delete.as_deref()),
            ("recurring", self.recurring.as_deref()),
            ("management", self.management.as_deref()),
        ];
        let all = [
            ("purchase", Some(self.purchase.as_str())),
            ("registration", Some(self.registration.as_str())),
            ("api", Some(self.api.as_str())),
        ];
        for (name, url) in all.into_iter().chain(optional) {
            if let Some(url) = url
                && !is_safe_url(url)
            {
                return Err(Error::field(
                    ErrorKind::Configuration,
                    format!("endpoints.{name}"),
                    "must be an https URL (plain http only to the loopback)",
                ));
            }
        }
        Ok(())
    }
}

/// HTTPS anywhere, plain HTTP to the loopback only.
pub(crate) fn is_safe_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty()
        || authority.contains('@')
        || url
            .chars()
            .any(|c| c.is_ascii_control() || c == ' ' || c == '\\')
    {
        return false;
    }
    match scheme {
        "https" => true,
        "http" => is_loopback(authority),
        _ => false,
    }
}

fn is_loopback(authority: &str) -> bool {
    if let Some(v6) = authority.strip_prefix('[') {
        return v6.split(']').next() == Some("::1");
    }
    let host = authority.split(':').next().unwrap_or_default();
    host == "localhost"
        || host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_the_loopback_only() {
        for (url, safe) in [
            ("https://shop.example/x", true),
            ("http://127.0.0.1:8080/x", true),
            ("http://localhost/x", true),
            ("http://[::1]:80/", true),
            ("http://shop.example/x", false),
            ("http://127.0.0.1.evil.example/", false),
            ("http://127.0.0.1@evil.example/", false),
            ("http://127.0.0.1\\@evil.example/", false),
            ("https://", false),
            ("ftp://localhost/", false),
            ("localhost", false),
        ] {
            assert_eq!(is_safe_url(url), safe, "{url}");
        }
        assert!(Endpoints::mock("http://127.0.0.1:1/").check().is_ok());
        assert!(Endpoints::mock("http://10.0.0.1:1").check().is_err());
    }
}
