//! The 5-digit codes with which NetMile refuses to issue miles, as data.
//!
//! There are two tables: manual issuing (手動発行: by hand, by file, by API) and automatic issuing (自動発行: the mile-get
//! tag). `12006`, `44038` and `44039` are in both with different wording, so table and code together are the key. The
//! Japanese text that NetMile published is a fact that people search for, and is kept to the letter; everything else is
//! our own wording.
//!
//! ```
//! use netmile::Lang;
//! use netmile::miles::codes::{self, Actor, Table};
//!
//! let row = codes::lookup(Table::Manual, "44038").expect("known");
//! assert_eq!((row.id, row.actor), ("too_often_in_campaign", Actor::Nobody));
//! assert!(row.meaning.text(Lang::En).starts_with("The member"));
//! assert_eq!(codes::find("44038").count(), 2);
//! assert!(codes::lookup(Table::Manual, "13005").is_none());
//! ```
//!
//! Source: docs/reference-api.md#issuing-by-hand

mod automatic;
mod manual;
mod page;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
pub use crate::link::codes::Words;
pub use page::markdown;

/// Which table a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Manual issuing (手動発行): by hand, by file, by API.
    Manual,
    /// Automatic issuing (自動発行): the mile-get tag.
    Automatic,
}

impl Table {
    /// Both tables.
    pub const ALL: [Self; 2] = [Self::Manual, Self::Automatic];

    /// Name on the wire: `manual`, `automatic`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Automatic => "automatic",
        }
    }

    /// The table of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its name for people.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Manual => lang.pick("manual issuing", "手動発行"),
            Self::Automatic => lang.pick("automatic issuing", "自動発行"),
        }
    }
}

/// Who can do something about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Actor {
    /// The shop: its data, its program or its tag.
    Merchant,
    /// The person who gets the miles.
    Member,
    /// NetMile; the shop can ask its contact person there.
    Netmile,
    /// Nobody needs to.
    Nobody,
}

impl Actor {
    /// Its name for people.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Merchant => lang.pick("the shop", "加盟店"),
            Self::Member => lang.pick("the customer", "お客様"),
            Self::Netmile => lang.pick("NetMile", "ネットマイル"),
            Self::Nobody => lang.pick("nobody", "なし"),
        }
    }
}

/// What is known about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MileCode {
    /// The table.
    pub table: Table,
    /// Five digits.
    pub code: &'static str,
    /// Stable name within the table, such as `no_such_member`.
    pub id: &'static str,
    /// The text that NetMile published, to the letter.
    pub published: &'static str,
    /// What it means.
    pub meaning: Words,
    /// What to do.
    pub remedy: Words,
    /// Who does it.
    pub actor: Actor,
}

impl MileCode {
    /// Table, code, meaning and remedy in one text, fit for a log.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (table, code) = (self.table.label(lang), self.code);
        let (meaning, remedy) = (self.meaning.text(lang), self.remedy.text(lang));
        match lang {
            Lang::En => format!("{code} ({table}): {meaning} {remedy}"),
            Lang::Ja => format!("{code}（{table}）：{meaning}{remedy}"),
        }
    }
}

/// The row of a code, if the table has it. NetMile may add codes, so keep one that is not found as it is.
#[must_use]
pub fn lookup(table: Table, code: &str) -> Option<&'static MileCode> {
    rows(table).iter().find(|row| row.code == code)
}

/// The rows of a code in both tables.
pub fn find(code: &str) -> impl Iterator<Item = &'static MileCode> {
    Table::ALL
        .into_iter()
        .filter_map(move |table| lookup(table, code))
}

/// Every row of a table, in the order in which they were published.
#[must_use]
pub const fn rows(table: Table) -> &'static [MileCode] {
    match table {
        Table::Manual => manual::ROWS,
        Table::Automatic => automatic::ROWS,
    }
}

const fn words(en: &'static str, ja: &'static str) -> Words {
    Words { en, ja }
}
