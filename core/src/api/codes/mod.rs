//! The result codes of the API type (`res_err_code`), as data.
//!
//! A code has eight characters: payment method (3), kind (2), field (3). `10103005` reads: credit card, a required
//! value is missing, `item_id`. The gateway adds codes without notice, so every text is kept, and each part that the
//! catalogue knows is explained. Wording is our own.
//!
//! The four-digit codes of the link type are another table: [`crate::link::codes`].
//!
//! ```
//! use netmile::api::codes::{ApiCode, Class, Step};
//! use netmile::Lang;
//!
//! let code = ApiCode::parse("10103005");
//! assert_eq!((code.method(), code.kind(), code.field()), ("101", "03", "005"));
//! let explanation = code.explain();
//! assert_eq!((explanation.class, explanation.field_tag), (Class::Bug, Some("item_id")));
//! assert_eq!(explanation.method_name.text(Lang::En), "Credit card");
//!
//! assert!(ApiCode::parse("10196999").is_duplicate());
//! assert!(ApiCode::parse("40123999").is_already_done(Step::Capture));
//! assert!(!ApiCode::parse("3127Z999").explain().known);
//! ```
//!
//! Source: docs/protocol/api-type.md#codes

mod by_method;
mod class;
mod common;
mod explain;
mod fields;
mod http;
mod kind;
mod methods;
mod page;
mod seen;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::link::codes::{Provenance, Words};
pub use class::{Class, Step};
pub use explain::Explanation;
pub use http::{HttpExplanation, explain_http};
pub use page::markdown;

/// Characters of a code.
pub const CODE_LEN: usize = 8;

/// A result code of the API type. Any text is kept as it is, known or not.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ApiCode(Box<str>);

impl ApiCode {
    /// Takes a code as the gateway sent it. Never fails: the parts of a text that is not eight letters and digits of
    /// ASCII are empty.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self(code.into())
    }

    /// The code as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is eight letters and digits of ASCII.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        self.0.len() == CODE_LEN && self.0.bytes().all(|b| b.is_ascii_alphanumeric())
    }

    /// Number of the payment method, such as `101`; empty if the code is not well-formed.
    #[must_use]
    pub fn method(&self) -> &str {
        self.part(0, 3)
    }

    /// Kind of the error, such as `03`; empty if the code is not well-formed.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.part(3, 5)
    }

    /// Number of the field, such as `005`; `999` for none, empty if the code is not well-formed.
    #[must_use]
    pub fn field(&self) -> &str {
        self.part(5, 8)
    }

    fn part(&self, from: usize, to: usize) -> &str {
        if self.is_well_formed() {
            self.0.get(from..to).unwrap_or_default()
        } else {
            ""
        }
    }

    /// What it means and what to do, in both languages.
    #[must_use]
    pub fn explain(&self) -> Explanation {
        explain::explain(self)
    }

    /// What follows from it.
    ///
    /// A kind that nobody knows is [`Class::Final`], since the gateway said NG, unless it begins with 8 or 9: the
    /// kinds of the gateway's own trouble. Those, and texts that are no code at all, are [`Class::UnknownOutcome`].
    #[must_use]
    pub fn class(&self) -> Class {
        match kind::find(self) {
            Some(found) => found.class(),
            None if matches!(self.kind().as_bytes(), [] | [b'8' | b'9', _]) => {
                Class::UnknownOutcome
            }
            None => Class::Final,
        }
    }

    /// Whether a money-moving step may be repeated, replaced or given up only after asking what became of it: by
    /// inquiry, notice or statement.
    ///
    /// Wider than [`Class::UnknownOutcome`]: every kind that begins with 8, and 94 and 96, ask for it too.
    #[must_use]
    pub fn must_ask_first(&self) -> bool {
        self.class() == Class::UnknownOutcome
            || self.kind().starts_with('8')
            || matches!(self.kind(), "94" | "96")
    }

    /// Whether the gateway took the request for one that it has already (kind 96). In answer to a re-send this is
    /// evidence that the first one arrived, not an error: look the first one up.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        self.kind() == "96"
    }

    /// Whether the code says that this step was done before, so that a re-send of the same call counts as done.
    ///
    /// Known for the card (101) and the carriers (401, 402, 405); for any other method the answer is `false`. Where
    /// the method has an inquiry, ask it as well: the card's kind 60 is also given for a payment that was cancelled, and
    /// its kinds 46 and 52 do not tell cancel and refund apart, which are one call there.
    #[must_use]
    pub fn is_already_done(&self, step: Step) -> bool {
        kind::find(self).is_some_and(|found| found.done().contains(&step))
    }

    /// Whether the member has too few miles. Only the mock's NetMile says so; assumed, as NetMile has no public API
    /// codes.
    #[must_use]
    pub fn is_short_of_miles(&self) -> bool {
        self.kind() == by_method::SHORT_OF_MILES && methods::is_numbered_by_contract(self.method())
    }
}

impl From<&str> for ApiCode {
    fn from(code: &str) -> Self {
        Self::parse(code)
    }
}

impl From<String> for ApiCode {
    fn from(code: String) -> Self {
        Self(code.into_boxed_str())
    }
}

impl From<ApiCode> for String {
    fn from(code: ApiCode) -> Self {
        code.0.into_string()
    }
}

impl fmt::Display for ApiCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_well_formed() {
            f.write_str(&self.0)
        } else {
            write!(f, "{}", self.0.escape_debug())
        }
    }
}

impl fmt::Debug for ApiCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiCode({self})")
    }
}
