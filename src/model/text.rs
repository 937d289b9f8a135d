//! Makes spellings equal that a person means to be equal.
//!
//! Used for search keys and for comparing names, never for what is shown. The same folding is written in `web/fold.js`;
//! both are held to `tests/fold-cases.json`. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// Folds width, case, script and form: NFKC, lower case, katakana to hiragana, long-vowel dashes alike, no white space.
///
/// ```
/// use tsunagari::model::text::fold;
///
/// assert_eq!(fold("ﾋﾞｯｸﾞ ＬＡＢＯ"), fold("びっぐlabo"));
/// ```
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '~' | '〜' => '-',
        _ => c,
    }
}
