//! A sign of life during long work, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::context::Context;

/// Turns on standard error while it lives; silent with `--json` and where nobody watches.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn start(context: &Context, what: &str) -> Self {
        let bar = if context.json {
            ProgressBar::hidden()
        } else {
            ProgressBar::new_spinner()
        };
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// A bar that fills up with the bytes of a file.
    pub(crate) fn bytes(context: &Context, what: &str, total: u64) -> Self {
        let bar = if context.json {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(total)
        };
        let template = "{msg} [{bar:30}] {bytes}/{total_bytes} {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Self(bar)
    }

    /// Turns it into a bar of rows.
    pub(crate) fn rows(&self, what: &str, total: u64) {
        let template = "{msg} [{bar:30}] {human_pos}/{human_len} {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        self.0.set_length(total);
        self.0.set_message(what.to_owned());
    }

    /// Fills it up to here.
    pub(crate) fn set(&self, position: u64) {
        self.0.set_position(position);
    }

    /// Fills it by as many bytes.
    pub(crate) fn advance(&self, bytes: usize) {
        self.0.inc(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    pub(crate) fn say(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
