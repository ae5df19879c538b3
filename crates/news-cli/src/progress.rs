//! A line on the terminal while many pages are read.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Progress on standard error; silent where that is no terminal, or where data goes to one.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// For an unknown number of pages; `wanted` is false where a line would only disturb.
    pub(crate) fn new(wanted: bool) -> Self {
        Self::with(
            wanted,
            ProgressBar::new_spinner(),
            "{spinner} {pos} pages, {per_sec}, {elapsed}",
        )
    }

    /// For `pages` pages.
    pub(crate) fn of(pages: usize) -> Self {
        let bar = ProgressBar::new(pages as u64);
        Self::with(pages > 1, bar, "{wide_bar} {pos} of {len} pages, {eta} left")
    }

    fn with(wanted: bool, bar: ProgressBar, template: &str) -> Self {
        if !wanted || !std::io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    /// One page is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }

    /// Does something that writes to the terminal.
    pub(crate) fn pause<T>(&self, talk: impl FnOnce() -> T) -> T {
        self.bar.suspend(talk)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
