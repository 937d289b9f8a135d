//! Reading lists: from bytes to places, problems and a report.

// How many places and problems of each kind real lists give.
mod counts;
// The tables of the papers are the program's own.
mod docs;
// Arbitrary bytes and damaged files.
mod hostile;
// Workbooks as offices use them.
mod marks;
// From the bytes of a list to a report, as `tsunagari check` sees them.
mod read;
// The tables in real files.
mod real;
// Arbitrary cells.
mod rows_hostile;
// The same real list in two forms.
mod twins;
// Lists in forms that nobody has met.
mod unseen_lists;
// Answers to forms, exports and text files, by rule alone.
mod unseen_offices;

use std::path::PathBuf;

/// The folder with real data, if there is one.
fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("TSUNAGARI_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
    }
    folder
}
