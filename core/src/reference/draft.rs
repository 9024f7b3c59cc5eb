//! A request before it is signed.

use std::fmt;

use serde_json::Value;

use super::Site;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{HttpMethod, HttpRequest, WireRequest};
use crate::time::Timestamp;
use crate::wire::signature::{Canonical, EncodedPair, percent_encode};

/// Longest body, in bytes: a file of 4 MiB in Base64, with what stands around it.
pub const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;

/// A request before it is signed. `Debug` shows no values.
#[derive(Clone, PartialEq)]
pub struct Draft {
    method: HttpMethod,
    path: String,
    query: Vec<EncodedPair>,
    body: Option<Value>,
}

impl Draft {
    /// Reads: the segments of the path after `/v1`.
    #[must_use]
    pub fn get(segments: &[&str]) -> Self {
        Self::of(HttpMethod::Get, segments)
    }

    /// Sends a body.
    #[must_use]
    pub fn post(segments: &[&str], body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::of(HttpMethod::Post, segments)
        }
    }

    /// Deletes.
    #[must_use]
    pub fn delete(segments: &[&str]) -> Self {
        Self::of(HttpMethod::Delete, segments)
    }

    /// Adds a pair to the query.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let pair = (percent_encode(name), percent_encode(value));
        self.query.push(pair);
        self
    }

    /// Adds a pair to the query if there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, &value.to_string()),
            None => self,
        }
    }

    /// Under another `tran_id`: what only a planted defect does.
    #[must_use]
    pub(crate) fn renamed(mut self, tran_id: &str, number: u64) -> Self {
        if let Some(Value::Object(body)) = &mut self.body {
            body.insert("tran_id".to_owned(), format!("{tran_id}-x{number}").into());
        }
        self
    }

    fn of(method: HttpMethod, segments: &[&str]) -> Self {
        let segments: String = segments
            .iter()
            .map(|segment| format!("/{}", percent_encode(segment)))
            .collect();
        Self {
            method,
            path: format!("/v1{segments}"),
            query: Vec::new(),
            body: None,
        }
    }

    /// Signs it. `function` is its name for observers.
    ///
    /// # Errors
    /// `too_large` when the body is longer than [`MAX_BODY_BYTES`].
    pub fn sign(
        &self,
        site: &Site,
        function: &str,
        at: Timestamp,
        nonce: &str,
    ) -> Result<WireRequest> {
        let body = match &self.body {
            Some(body) => serde_json::to_vec(body).map_err(|error| {
                Error::new(ErrorKind::InvalidValue, "the request cannot be written")
                    .with_source(error)
            })?,
            None => Vec::new(),
        };
        if body.len() > MAX_BODY_BYTES {
            return Err(Error::new(
                ErrorKind::TooLarge,
                "the request is longer than 8 MiB",
            ));
        }
        let signature = Canonical {
            method: self.method.name(),
            path: &format!("{}{}", site.base_path(), self.path),
            query: &self.query,
            timestamp: at.as_unix(),
            nonce,
            body: &body,
        }
        .sign(site.secret().expose().as_bytes());
        let pairs: Vec<String> = self.query.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let query = match pairs.as_slice() {
            [] => String::new(),
            pairs => format!("?{}", pairs.join("&")),
        };
        let mut headers = vec![
            ("x-key-id".to_owned(), site.key_id().to_owned()),
            ("x-timestamp".to_owned(), at.as_unix().to_string()),
            ("x-nonce".to_owned(), nonce.to_owned()),
            ("x-signature".to_owned(), signature),
        ];
        if self.body.is_some() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        Ok(WireRequest {
            lane: format!("miles/{}", site.id()),
            function: function.to_owned(),
            http: HttpRequest {
                method: self.method,
                url: format!("{}{}{query}", site.base_url(), self.path),
                headers,
                body,
            },
        })
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
