//! The answer to a server notice.

/// What the shop answers to a notice: status, content type and body, byte for byte.
///
/// ```
/// use netmile::link::Ack;
/// assert_eq!(Ack::ok().body(), b"OK,");
/// assert_eq!(Ack::ng("expired").body(), b"NG,expired");
/// ```
///
/// Source: docs/protocol/link-type.md#answer
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ack {
    body: Vec<u8>,
}

/// Longest reason, in characters.
const MAX_REASON: usize = 64;

impl Ack {
    /// Accepted: also for a repeat, and for a result that is only recorded.
    #[must_use]
    pub fn ok() -> Self {
        Self {
            body: b"OK,".to_vec(),
        }
    }

    /// Refused. The gateway then shows the customer an error page although the miles may be spent: refuse only what
    /// cannot be accepted.
    ///
    /// Of `reason` only printable ASCII is kept, without `,` `"` `'` `<` `>`, and at most 64 characters; if nothing
    /// is left it is `error`. Put no personal data into it.
    #[must_use]
    pub fn ng(reason: &str) -> Self {
        let kept: String = reason
            .chars()
            .filter(|c| matches!(c, ' '..='~') && !matches!(c, ',' | '"' | '\'' | '<' | '>'))
            .take(MAX_REASON)
            .collect();
        let reason = match kept.trim_matches(' ') {
            "" => "error",
            kept => kept,
        };
        Self {
            body: format!("NG,{reason}").into_bytes(),
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
        "text/csv; charset=Shift_JIS"
    }

    /// The body, without a line break at its end.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether this accepts the notice.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.body.starts_with(b"OK")
    }
}
