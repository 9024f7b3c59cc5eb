//! What an app gets from its shop's server to show a payment in a web view.
//!
//! Nothing of the merchant's half is used here: no contract, no key, no signing.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// A signed request as plain data. It holds no secret: everything in it goes through the customer's own browser
/// anyway. `Debug` shows no field values.
///
/// A web view loads it by posting [`body_base64`](Self::body_base64) (decoded) to [`action`](Self::action), and
/// asks [`observe`](Self::observe) about every URL it is about to open.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostedCheckout {
    action: String,
    method: String,
    charset: String,
    content_type: String,
    fields: Vec<(String, String)>,
    success_url: String,
    cancel_url: String,
    error_url: String,
    body_base64: String,
}

/// Which of the return URLs the browser was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnedBy {
    /// `success_url`.
    Success,
    /// `cancel_url`.
    Cancel,
    /// `error_url`.
    Error,
}

/// What the app has seen. It is never proof of payment: anybody can open a URL. Ask the shop's server, which knows
/// what the gateway told it.
#[derive(Clone, PartialEq, Eq)]
pub enum Observation {
    /// Not a return URL; let the web view go on.
    Continue,
    /// The customer is back; close the web view.
    Returned {
        /// By which URL.
        how: ReturnedBy,
        /// The posted bytes, if the web view shows them (most do not). To be forwarded to the shop's server as they
        /// are.
        body: Option<Vec<u8>>,
    },
}

impl HostedCheckout {
    pub(crate) fn from_parts(
        action: String,
        fields: Vec<(String, String)>,
        [success_url, cancel_url, error_url]: [String; 3],
        body_base64: String,
    ) -> Result<Self> {
        if success_url == cancel_url || success_url == error_url || cancel_url == error_url {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "success_url",
                "success_url, cancel_url and error_url must differ, so that the app can tell them apart",
            ));
        }
        Ok(Self {
            action,
            method: "POST".to_owned(),
            charset: "Shift_JIS".to_owned(),
            content_type: "application/x-www-form-urlencoded".to_owned(),
            fields,
            success_url,
            cancel_url,
            error_url,
            body_base64,
        })
    }

    /// JSON to hand to the app.
    ///
    /// # Errors
    /// `malformed` when it cannot be written.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|e| {
            Error::new(ErrorKind::Malformed, "checkout cannot be written as JSON").with_source(e)
        })
    }

    /// Reads what [`to_json`](Self::to_json) wrote, at most 8 MiB.
    ///
    /// # Errors
    /// `too_large`, or `malformed` when it is something else or one of its URLs is not an http or https URL.
    pub fn from_json(json: &str) -> Result<Self> {
        const MAX_JSON: usize = 8 * 1024 * 1024;
        if json.len() > MAX_JSON {
            return Err(Error::new(
                ErrorKind::TooLarge,
                "the JSON of a checkout has at most 8 MiB",
            ));
        }
        // The parser's own message may quote a value, so it is not kept.
        let malformed = || Error::new(ErrorKind::Malformed, "is not the JSON of a checkout");
        let checkout: Self = serde_json::from_str(json).map_err(|_| malformed())?;
        let plain = |url: &str| Parts::of(url).is_some();
        let all_plain =
            plain(&checkout.action) && checkout.watch_urls().iter().all(|(_, url)| plain(url));
        if checkout.method != "POST" || !all_plain {
            return Err(malformed());
        }
        Ok(checkout)
    }

    /// Where to post to.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// `POST`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// `Shift_JIS`.
    #[must_use]
    pub fn charset(&self) -> &str {
        &self.charset
    }

    /// `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The fields in order, for a page that the app makes itself.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The ready body (Shift_JIS, url-encoded) in Base64.
    #[must_use]
    pub fn body_base64(&self) -> &str {
        &self.body_base64
    }

    /// The URLs to watch for: success, cancel, error.
    #[must_use]
    pub fn watch_urls(&self) -> [(ReturnedBy, &str); 3] {
        [
            (ReturnedBy::Success, &self.success_url),
            (ReturnedBy::Cancel, &self.cancel_url),
            (ReturnedBy::Error, &self.error_url),
        ]
    }

    /// Says what a URL means that the web view is about to open.
    ///
    /// Scheme, host, port and path must be exactly those of a return URL. The query is compared only when the
    /// return URL has one. The answer is never proof of payment.
    #[must_use]
    pub fn observe(&self, url: &str, body: Option<&[u8]>) -> Observation {
        let Some(seen) = Parts::of(url) else {
            return Observation::Continue;
        };
        let matching = self
            .watch_urls()
            .into_iter()
            .filter_map(|(how, watched)| Some((how, Parts::of(watched)?)))
            .filter(|(_, watched)| watched.matches(&seen))
            // One URL for all three, told apart by the query: the one that names a query is meant.
            .max_by_key(|(how, watched)| {
                let first_wins = match how {
                    ReturnedBy::Success => 2,
                    ReturnedBy::Cancel => 1,
                    ReturnedBy::Error => 0,
                };
                (watched.query.is_some(), first_wins)
            });
        match matching {
            Some((how, _)) => Observation::Returned {
                how,
                body: body.map(<[u8]>::to_vec),
            },
            None => Observation::Continue,
        }
    }
}

impl fmt::Debug for HostedCheckout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostedCheckout")
            .field("action", &self.action)
            .field("fields", &self.fields.len())
            .field("watch", &self.watch_urls())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Continue => f.write_str("Continue"),
            Self::Returned { how, body } => f
                .debug_struct("Returned")
                .field("how", how)
                .field("body_bytes", &body.as_ref().map(Vec::len))
                .finish(),
        }
    }
}

/// The parts of an http or https URL that are compared.
#[derive(PartialEq, Eq)]
struct Parts<'a> {
    scheme: String,
    host: String,
    port: u16,
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// `None` for what is not a plain http or https URL; a user name before the host is not plain.
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let default_port = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        if !rest.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') {
            return None;
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (before, query) = match rest.split_once('?') {
            Some((before, query)) => (before, Some(query)),
            None => (rest, None),
        };
        let (authority, path) = match before.find('/') {
            Some(at) => before.split_at_checked(at)?,
            None => (before, "/"),
        };
        if authority.contains('@') {
            return None;
        }
        // The colons of an IPv6 address stand inside brackets.
        let host_end = authority.rfind(']').map_or(0, |at| at + 1);
        let (host, port) = match authority.get(host_end..)?.find(':') {
            Some(at) => authority.split_at_checked(host_end + at)?,
            None => (authority, ""),
        };
        let port = match port.strip_prefix(':') {
            None | Some("") => default_port,
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
            Some(_) => return None,
        };
        if host.is_empty() {
            return None;
        }
        Some(Self {
            scheme,
            host: host.to_ascii_lowercase(),
            port,
            path,
            query,
        })
    }

    /// Whether `seen` is this watched URL.
    fn matches(&self, seen: &Self) -> bool {
        self.scheme == seen.scheme
            && self.host == seen.host
            && self.port == seen.port
            && self.path == seen.path
            && (self.query.is_none() || self.query == seen.query)
    }
}
