//! Cells that look like data, by which a row of headings is told from the rows below it. This module does no I/O.

/// Characters of a heading at most; longer text is data.
const HEADING_CHARS: usize = 60;

/// Whether `text` looks like data: a number, a date, a link, a sentence.
pub(super) fn is_data(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.chars().count() > HEADING_CHARS
        || digits > letters
        || digits >= 6
        || text.contains("://")
        || text.ends_with('。')
}
