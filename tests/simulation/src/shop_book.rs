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

/// A part that the shop wants refunded, under a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Yen.
    pub yen: u64,
    /// When it was first asked for, nanoseconds of the flow.
    pub asked: u64,
    /// The shop was told that it is refunded.
    pub refunded: bool,
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
    /// Parts that it wanted refunded, by charge and name.
    pub parts: BTreeMap<(String, String), Part>,
    /// Charges of which it was told that everything is refunded.
    pub refunded: BTreeSet<String>,
    /// What a person read off the management page (yen captured and refunded), where the client takes no sum from him.
    pub seen_by_person: BTreeMap<String, (u64, u64)>,
    /// When a person decided about a step, and of which charge; nanoseconds.
    pub decided: Vec<(String, u64)>,
    /// Its tables about miles and points.
    pub miles: MilesBook,
}

impl ShopBook {
    /// The id under which it charges now.
    #[must_use]
    pub fn id(&self) -> &str {
        self.ids.last().map_or("", String::as_str)
    }

    /// Notes that a part is wanted.
    pub fn asks_part(&mut self, id: &str, name: &str, yen: u64, now: u64) {
        let key = (id.to_owned(), name.to_owned());
        self.parts.entry(key).or_insert(Part {
            yen,
            asked: now,
            refunded: false,
        });
    }

    /// Parts of a charge.
    pub fn parts_of(&self, id: &str) -> impl Iterator<Item = &Part> {
        let own = self.parts.iter().filter(move |((of, _), _)| of == id);
        own.map(|(_, part)| part)
    }

    /// How many parts of so many yen it was told are refunded.
    #[must_use]
    pub fn told_parts(&self, id: &str, yen: u64) -> usize {
        let told = |part: &&Part| part.refunded && part.yen == yen;
        self.parts_of(id).filter(told).count()
    }

    /// Notes how a verb ended.
    pub fn saw(&mut self, verdict: Verdict) {
        *self.verdicts.entry(verdict).or_default() += 1;
    }
}
