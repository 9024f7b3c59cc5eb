//! How a call ended.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// How a call ended. An `Err` beside it means that nothing was sent.
///
/// ```
/// use netmile::operation::{Outcome, Ticket};
/// fn tell(outcome: Outcome<u32>) -> String {
///     match outcome {
///         Outcome::Done(value) => format!("done: {value}"),
///         Outcome::Rejected(why) => format!("refused: {}", why.code),
///         Outcome::Unknown(ticket) => format!("ask again later about {}", ticket.id),
///     }
/// }
/// # assert_eq!(tell(Outcome::Done(1)), "done: 1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an unknown outcome is a value: it may have moved money"]
pub enum Outcome<T> {
    /// It happened.
    Done(T),
    /// The gateway refused it; no money moved.
    Rejected(Rejection),
    /// It may have happened. The journal knows; the resolver will find out.
    Unknown(Ticket),
}

impl<T> Outcome<T> {
    /// Changes what was done.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Done(value) => Outcome::Done(change(value)),
            Self::Rejected(rejection) => Outcome::Rejected(rejection),
            Self::Unknown(ticket) => Outcome::Unknown(ticket),
        }
    }

    /// What was done, if it was.
    #[must_use]
    pub fn done(self) -> Option<T> {
        match self {
            Self::Done(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it happened.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// Whether it may have happened.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}

/// Why the gateway refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The gateway's code. Those of NetMile's tables stand in several with different wording, so their table is part of
    /// it: `manual:44038`.
    pub code: String,
    /// Further facts of the answer, by name, such as the missing miles. Never personal data.
    #[serde(default)]
    pub details: Vec<(String, String)>,
}

impl Rejection {
    /// A refusal by its code.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            details: Vec::new(),
        }
    }

    /// A refusal by a code of one of several tables.
    ///
    /// ```
    /// use netmile::operation::Rejection;
    /// let refused = Rejection::of_table("manual", "44038");
    /// assert_eq!(refused.code, "manual:44038");
    /// assert_eq!((refused.table(), refused.code_in_table()), (Some("manual"), "44038"));
    /// assert_eq!(Rejection::new("40199030").table(), None);
    /// ```
    #[must_use]
    pub fn of_table(table: &str, code: &str) -> Self {
        Self::new(format!("{table}:{code}"))
    }

    /// The table that the code is of, where there are several.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        self.code.split_once(':').map(|(table, _)| table)
    }

    /// The code as its table writes it.
    #[must_use]
    pub fn code_in_table(&self) -> &str {
        self.code
            .split_once(':')
            .map_or(&self.code, |(_, code)| code)
    }

    /// A further fact by its name.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        let known = self.details.iter().find(|(known, _)| known == name);
        known.map(|(_, value)| value.as_str())
    }
}

/// The names of details: what a customer pays a slip with is his.
pub(crate) fn names(details: &[(String, String)]) -> Vec<&str> {
    details.iter().map(|(name, _)| name.as_str()).collect()
}

/// Names what is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The shop's id of what was asked.
    pub id: String,
    /// The step that is open.
    pub step: String,
    /// The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund.
    pub key: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// When the resolver looks next.
    pub next_look: Option<Timestamp>,
}
