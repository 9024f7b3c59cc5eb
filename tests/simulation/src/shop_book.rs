//! What the shop keeps besides the journal, and what it was told. Survives its processes.

use std::collections::{BTreeMap, BTreeSet};

use crate::miles_book::MilesBook;

/// How a verb ended for the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Done.
    Done,
    /// Refused.
    Rejected,
    /// Not known yet.
    Unknown,
    /// Nothing was sent.
    Err,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 4] = [Self::Done, Self::Rejected, Self::Unknown, Self::Err];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Err => "nothing sent",
        }
    }
}

/// The shop's own database, and its memory of what it was told.
#[derive(Debug, Default)]
pub struct ShopBook {
    /// The next act of the script.
    pub position: usize,
    /// Ids under which it charged, the last one current.
    pub ids: Vec<String>,
    /// Events that were fulfilled, by number.
    pub fulfilled: BTreeSet<i64>,
    /// How often the goods of a charge went out.
    pub deliveries: BTreeMap<String, u32>,
    /// How often verbs ended how.
    pub verdicts: BTreeMap<Verdict, u32>,
    /// Charges that a person had to look at, and why.
    pub reviewed: BTreeMap<String, String>,
    /// Its tables about miles and points.
    pub miles: MilesBook,
}

impl ShopBook {
    /// The id under which it charges now.
    #[must_use]
    pub fn id(&self) -> &str {
        self.ids.last().map_or("", String::as_str)
    }

    /// Notes how a verb ended.
    pub fn saw(&mut self, verdict: Verdict) {
        *self.verdicts.entry(verdict).or_default() += 1;
    }
}
