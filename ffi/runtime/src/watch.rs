//! What the leak test is shown of the core's own values and errors on their way to the border, where they become records.

use std::error::Error;
use std::fmt::Debug;
use std::sync::OnceLock;

/// Is given each of them in every way in which Rust prints it.
pub type Watcher = fn(What, String);

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A value that an operation gave.
    Value,
    /// An error, and those behind it.
    Error,
}

static WATCHER: OnceLock<Watcher> = OnceLock::new();

/// Watches from now on; the first who asks does.
pub fn begin(watcher: Watcher) {
    WATCHER.get_or_init(|| watcher);
}

/// A value of the core came to the border.
pub fn value(value: &impl Debug) {
    if let Some(watcher) = WATCHER.get() {
        watcher(What::Value, format!("{value:?}\n{value:#?}"));
    }
}

/// An error of the core came to the border.
pub fn error(error: &(dyn Error + 'static)) {
    if let Some(watcher) = WATCHER.get() {
        watcher(What::Error, chain(error));
    }
}

/// An error in every way in which Rust prints it, then those behind it.
#[must_use]
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut told = String::new();
    let mut one = Some(error);
    while let Some(error) = one {
        told.push_str(&format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n"));
        one = error.source();
    }
    told
}
