//! A sign of life during long work, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
        let target = if context.json {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let template = "{msg} [{bar:30}] {bytes}/{total_bytes} {eta}";
        Self(bar(target, template, what, total))
    }

    /// Turns it into a bar of rows.
    pub(crate) fn rows(&mut self, what: &str, total: u64) {
        let target = if self.0.is_hidden() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        // Another one: whatever is changed about a bar is drawn at once, so bytes would be shown as rows.
        self.0.finish_and_clear();
        let template = "{msg} [{bar:30}] {human_pos}/{human_len} {eta}";
        self.0 = bar(target, template, what, total);
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

/// A bar that is empty, and drawn.
fn bar(target: ProgressDrawTarget, template: &str, what: &str, total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), target).with_message(what.to_owned());
    let bar = match ProgressStyle::with_template(template) {
        // Blocks are two columns wide on some Japanese terminals; these are one wide everywhere.
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    };
    bar.tick();
    bar
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
