//! Spellings of a cell's text: width, dashes, white space, blanks. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// Whether `text` is empty, white space, or any number of dashes.
pub(in crate::import) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_dash(c))
}

/// Whether people type `c` for a dash or a minus.
pub(in crate::import) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' | '－' | '─' | 'ｰ' | '﹣')
}

/// Width normalisation (NFKC), with every dash between digits as `-`.
pub(in crate::import) fn narrow(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut digit_before = false;
    text.nfkc()
        .map(|c| {
            let dash = is_dash(c) && (digit_before || c != 'ー');
            digit_before = c.is_ascii_digit();
            if dash { '-' } else { c }
        })
        .collect()
}

/// Collapses line breaks and repeated white space into one space.
pub(in crate::import) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_of_every_kind_say_nothing() {
        for blank in ["", " ", "　", "-", "ー", "−", "―", "－", "‐", "---", " ― "] {
            assert!(is_blank(blank), "{blank:?}");
        }
        assert!(!is_blank("0") && !is_blank("なし"));
    }

    #[test]
    fn a_dash_between_digits_is_a_minus_but_a_long_vowel_in_a_word_is_not() {
        assert_eq!(narrow("０７９ー６６２−０１６０"), "079-662-0160");
        assert_eq!(narrow("サービス"), "サービス");
    }
}
