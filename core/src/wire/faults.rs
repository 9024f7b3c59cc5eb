//! All that is wrong with a file.

use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

/// Most faults of a file that are kept; further ones are counted.
pub const MAX_FAULTS: usize = 1000;

/// One thing that is wrong with a file of one kind.
pub trait FileDefect {
    /// What an [`Error`] about such a file names as its field.
    const FILE: &'static str;

    /// Place and rule, for people.
    fn text(&self, lang: Lang) -> String;
}

/// All that is wrong with a file, as far as it is kept. Nothing of it may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults<F> {
    faults: Vec<F>,
    count: u64,
}

impl<F> Default for Faults<F> {
    fn default() -> Self {
        Self {
            faults: Vec::new(),
            count: 0,
        }
    }
}

impl<F> Faults<F> {
    /// Adds one; kept up to [`MAX_FAULTS`].
    pub fn push(&mut self, fault: F) {
        self.count += 1;
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }

    /// The faults in the order of the file, at most [`MAX_FAULTS`].
    #[must_use]
    pub fn faults(&self) -> &[F] {
        &self.faults
    }

    /// How many there are, those that were not kept included.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl<F: FileDefect> Faults<F> {
    /// One line for each, for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut lines: Vec<_> = self.faults.iter().map(|f| f.text(lang)).collect();
        let kept = u64::try_from(self.faults.len()).unwrap_or(u64::MAX);
        let more = self.count.saturating_sub(kept);
        if more > 0 {
            lines.push(match lang {
                Lang::En => format!("and {more} more"),
                Lang::Ja => format!("ほか {more} 件"),
            });
        }
        lines.join("\n")
    }
}

impl<F: FileDefect> fmt::Display for Faults<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl<F: FileDefect + fmt::Debug> std::error::Error for Faults<F> {}

impl<F: FileDefect + fmt::Debug + Send + Sync + 'static> From<Faults<F>> for Error {
    /// The first fault and their number.
    fn from(faults: Faults<F>) -> Self {
        let first: Cow<'static, str> = match faults.faults.first() {
            Some(fault) => fault.text(Lang::En).into(),
            None => "the file is not whole".into(),
        };
        let detail = match faults.count {
            0 | 1 => first,
            count => format!("{first}; {count} faults in all").into(),
        };
        Self::field(ErrorKind::Malformed, F::FILE, detail).with_source(faults)
    }
}

/// Place and rule, for people.
pub(crate) fn text_at(
    lang: Lang,
    (line, column): (u64, Option<u16>),
    field: Option<&str>,
    rule: &str,
) -> String {
    let mut place = match lang {
        Lang::En => format!("line {line}"),
        Lang::Ja => format!("{line} 行目"),
    };
    if let Some(column) = column {
        place += &match lang {
            Lang::En => format!(", column {column}"),
            Lang::Ja => format!("・{column} 列目"),
        };
    }
    if let Some(field) = field {
        place += &match lang {
            Lang::En => format!(" ({field})"),
            Lang::Ja => format!("（{field}）"),
        };
    }
    match lang {
        Lang::En => format!("{place}: {rule}"),
        Lang::Ja => format!("{place}：{rule}"),
    }
}
