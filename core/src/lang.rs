//! The two languages that every message for people exists in.

use serde::{Deserialize, Serialize};

/// Language of a message for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese (日本語).
    Ja,
}

impl Lang {
    /// The text of this language out of a pair.
    #[must_use]
    pub const fn pick<'a>(self, en: &'a str, ja: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Ja => ja,
        }
    }

    /// A number with what it counts: in English one word for one and another for all others, in Japanese the counter (助数詞).
    ///
    /// ```
    /// use netmile::Lang;
    /// assert_eq!(Lang::En.counted(1, ["row", "rows"], "件"), "1 row");
    /// assert_eq!(Lang::En.counted(0, ["row", "rows"], "件"), "0 rows");
    /// assert_eq!(Lang::Ja.counted(1, ["row", "rows"], "件"), "1 件");
    /// ```
    #[must_use]
    pub fn counted(self, count: u64, [one, many]: [&str; 2], ja: &str) -> String {
        let word = match self {
            Self::En if count == 1 => one,
            Self::En => many,
            Self::Ja => ja,
        };
        format!("{count} {word}")
    }
}
