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
