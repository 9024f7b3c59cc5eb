//! The answer to a notice.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::function::FunctionId;
use crate::wire::text::{TextPolicy, encode};

/// What the shop answers to a notice of the API type: status, content type and body, byte for byte. It has no hash.
///
/// ```
/// use netmile::api::{ApiAck, FunctionId};
/// let function = FunctionId::parse("NT01-00103-701")?;
/// let body = String::from_utf8_lossy(ApiAck::ok(&function).body()).into_owned();
/// assert!(body.ends_with(
///     "<sps-api-response id=\"NT01-00103-701\"><res_result>OK</res_result>\
///      <res_err_msg></res_err_msg></sps-api-response>"
/// ));
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/api-type.md#notices
#[derive(Clone, PartialEq, Eq)]
pub struct ApiAck {
    is_ok: bool,
    body: Vec<u8>,
}

/// Longest reason, in characters.
const MAX_REASON: usize = 64;

impl ApiAck {
    /// Accepted: also for a repeat, and for a notice that is only recorded.
    #[must_use]
    pub fn ok(function: &FunctionId) -> Self {
        Self {
            is_ok: true,
            body: body(Some(function), "OK", ""),
        }
    }

    /// Refused. `function` is `None` when the notice could not be read.
    ///
    /// Of `reason` only characters that Shift_JIS has are kept, no control characters, and at most 64; if nothing is
    /// left it is `error`. Put no personal data into it.
    #[must_use]
    pub fn ng(function: Option<&FunctionId>, reason: &str) -> Self {
        let kept: String = reason
            .chars()
            .filter(|c| {
                let mut utf8 = [0; 4];
                encode("res_err_msg", c.encode_utf8(&mut utf8), &TextPolicy::Cp932).is_ok()
            })
            .take(MAX_REASON)
            .collect();
        let reason = match kept.trim_matches(' ') {
            "" => "error",
            kept => kept,
        };
        let sjis = encode("res_err_msg", reason, &TextPolicy::Cp932).unwrap_or_default();
        Self {
            is_ok: false,
            body: body(function, "NG", &STANDARD.encode(sjis.sjis())),
        }
    }

    /// HTTP status: always 200, the body alone says what was decided.
    #[must_use]
    pub const fn status(&self) -> u16 {
        200
    }

    /// `Content-Type`.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        "text/xml; charset=Shift_JIS"
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether this accepts the notice.
    #[must_use]
    pub const fn is_ok(&self) -> bool {
        self.is_ok
    }
}

/// Every part is ASCII without anything to escape.
fn body(function: Option<&FunctionId>, result: &str, base64: &str) -> Vec<u8> {
    let id = function
        .map(|id| format!(" id=\"{id}\""))
        .unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n<sps-api-response{id}><res_result>{result}</res_result>\
         <res_err_msg>{base64}</res_err_msg></sps-api-response>"
    )
    .into_bytes()
}

impl fmt::Debug for ApiAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiAck")
            .field("is_ok", &self.is_ok)
            .finish_non_exhaustive()
    }
}
