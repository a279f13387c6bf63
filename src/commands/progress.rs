//! Progress of long work: a bar at a terminal, lines of the log elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::IsTerminal,
    sync::atomic::{AtomicU64, Ordering},
};

/// A bar that a job's progress can be told to.
pub struct Bar {
    bar: ProgressBar,
    what: &'static str,
    plain: bool,
    /// How many tenths a plain line has told.
    told: AtomicU64,
}

impl Bar {
    pub fn new(what: &'static str) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = if plain { ProgressBar::hidden() } else { ProgressBar::new(0) };
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self { bar, what, plain, told: AtomicU64::new(0) }
    }

    /// Shows the progress; in the log, every tenth of the work.
    pub fn tell(&self, done: u64, of: u64) {
        self.bar.set_length(of);
        self.bar.set_position(done);
        let tenths = done.saturating_mul(10).checked_div(of).unwrap_or(10);
        if self.plain && self.told.swap(tenths, Ordering::Relaxed) != tenths {
            tracing::info!(what = self.what, done, of, "on the way");
        }
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
