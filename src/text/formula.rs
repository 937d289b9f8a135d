//! Formula injection (CSV injection): cells that a spreadsheet would evaluate are written with an apostrophe, and read without it.
//!
//! This module does no I/O.

use std::borrow::Cow;

/// Characters by which spreadsheets know a formula, in either width.
const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
/// What makes a cell text.
const APOSTROPHE: char = '\'';

/// Whether `text` begins like a formula and is no plain number.
fn is_like_formula(text: &str) -> bool {
    let is_number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    text.starts_with(STARTS) && !is_number()
}

/// Whether `text`, without the apostrophes before it, begins like a formula: then one more or less is ours.
fn is_guarded(text: &str) -> bool {
    text.starts_with(APOSTROPHE) && text.trim_start_matches(APOSTROPHE).starts_with(STARTS)
}

/// The cell as it is written: with an apostrophe before what a spreadsheet would evaluate, and before what [`unguarded`] would
/// take for one of ours.
///
/// ```
/// use tsunagari::text::formula::{guarded, unguarded};
///
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("-5"), "-5");
/// assert_eq!(unguarded("'=1+1"), "=1+1");
/// ```
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_like_formula(text) || is_guarded(text) { format!("{APOSTROPHE}{text}").into() } else { text.into() }
}

/// The cell as it was before [`guarded`].
pub fn unguarded(text: &str) -> &str {
    if is_guarded(text) { &text[APOSTROPHE.len_utf8()..] } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_evaluate_is_guarded_and_a_number_is_not() {
        for evil in
            ["=1+1", "+81-90", "-1-2", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", "'=1", "''@x", "-inf"]
        {
            assert_eq!(guarded(evil), format!("'{evil}"));
        }
        for plain in ["-5", "+5", "-1e3", "0795-12-3456", "'tis", "", "(=)", " =1"] {
            assert_eq!(guarded(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(text in "['=+\\-@＝a1 ]{0,6}|.*") {
            let written = guarded(&text);
            prop_assert_eq!(unguarded(&written), text.as_str());
        }
    }
}
