//! A progress bar for what takes long, on standard error and only where that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// Rows from which on an import is long enough to show how far it is: below, it is done before one could look.
const LONG: usize = 2_000;

/// Runs `work`, which tells how much of how much is done.
pub fn shown<T>(work: impl FnOnce(&mut dyn FnMut(usize, usize)) -> T) -> T {
    let mut bar: Option<ProgressBar> = None;
    let done = work(&mut |done, total| {
        if total >= LONG {
            bar.get_or_insert_with(|| new_bar(total)).set_position(done as u64);
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    done
}

fn new_bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::new(total as u64);
    let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
