//! A kind of error, and how it is found.

use super::by_method::{CARRIERS, TABLES};
use super::common::COMMON;
use super::methods::is_numbered_by_contract;
use super::{ApiCode, Class, Provenance, Step, Words};

/// One kind or several with one meaning.
pub(super) struct KindRow {
    /// Kinds and ranges, separated by spaces.
    pub(super) kinds: &'static str,
    /// Methods it holds for within its table; empty for all of them.
    pub(super) methods: &'static [&'static str],
    pub(super) class: Class,
    pub(super) meaning: Words,
    pub(super) remedy: Words,
    /// Steps that it reports as done before.
    pub(super) done: &'static [Step],
    pub(super) provenance: Provenance,
}

/// The kinds of some methods.
pub(super) struct KindTable {
    pub(super) title: Words,
    pub(super) covers: fn(method: &str) -> bool,
    pub(super) rows: &'static [KindRow],
}

/// A row whose meaning public integrations agree on; its class is our reading.
pub(super) const fn row(
    kinds: &'static str,
    class: Class,
    meaning: Words,
    remedy: Words,
) -> KindRow {
    KindRow {
        kinds,
        methods: &[],
        class,
        meaning,
        remedy,
        done: &[],
        provenance: Provenance::Recorded,
    }
}

impl KindRow {
    pub(super) const fn only(mut self, methods: &'static [&'static str]) -> Self {
        self.methods = methods;
        self
    }

    pub(super) const fn done(mut self, steps: &'static [Step]) -> Self {
        self.done = steps;
        self
    }

    pub(super) const fn assumed(mut self) -> Self {
        self.provenance = Provenance::Assumed;
        self
    }

    fn covers(&self, method: &str, kind: &str) -> bool {
        (self.methods.is_empty() || self.methods.contains(&method))
            && self.kinds.split(' ').any(|part| {
                let (first, last) = part.split_once('-').unwrap_or((part, part));
                // All parts have two characters, so the order of text is that of numbers; letters belong to no range.
                first == kind
                    || (kind.bytes().all(|b| b.is_ascii_digit()) && first <= kind && kind <= last)
            })
    }
}

/// The row of a code.
pub(super) struct Found {
    row: &'static KindRow,
    /// Whether it is a carrier's, taken for a method that has no table of its own.
    borrowed: bool,
}

impl Found {
    pub(super) const fn class(&self) -> Class {
        self.row.class
    }

    pub(super) const fn meaning(&self) -> Words {
        self.row.meaning
    }

    pub(super) const fn remedy(&self) -> Words {
        self.row.remedy
    }

    /// A borrowed kind explains, but proves nothing.
    pub(super) const fn done(&self) -> &'static [Step] {
        if self.borrowed { &[] } else { self.row.done }
    }

    pub(super) const fn provenance(&self) -> Provenance {
        if self.borrowed {
            Provenance::Assumed
        } else {
            self.row.provenance
        }
    }
}

/// The row of a code: the method's own kinds first, then those that all methods share, then the carriers' for a method
/// whose number is set by the contract.
pub(super) fn find(code: &ApiCode) -> Option<Found> {
    let (method, kind) = (code.method(), code.kind());
    if kind.is_empty() {
        return None;
    }
    let own = TABLES
        .iter()
        .filter(|table| (table.covers)(method))
        .flat_map(|table| table.rows)
        .chain(COMMON)
        .find(|row| row.covers(method, kind))
        .map(|row| Found {
            row,
            borrowed: false,
        });
    own.or_else(|| {
        CARRIERS
            .iter()
            .filter(|_| is_numbered_by_contract(method))
            .copied()
            .flatten()
            .find(|row| row.covers(method, kind))
            .map(|row| Found {
                row,
                borrowed: true,
            })
    })
}

pub(super) const fn words(en: &'static str, ja: &'static str) -> Words {
    Words { en, ja }
}
