//! A sign of life during long work, on a terminal only.

use std::time::Duration;

use indicatif::ProgressBar;

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

    pub(crate) fn say(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
