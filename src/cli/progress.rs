//! A progress bar for long work, on standard error and only where that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// Smallest amount of work (rows or pages) with a progress bar: less is done before one could look.
const SHOW_FROM: usize = 2_000;

/// Runs `work`, which reports its progress as done and total.
pub fn with_bar<T>(work: impl FnOnce(&mut dyn FnMut(usize, usize)) -> T) -> T {
    let mut bar: Option<ProgressBar> = None;
    let done = work(&mut |done, total| {
        if total >= SHOW_FROM {
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
