//! Normalizes the characters of a schedule: width, brackets, dashes and waves. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// The folded characters, and for each the index of its source character.
pub(super) fn fold(text: &str) -> (Vec<char>, Vec<usize>) {
    let mut chars: Vec<char> = Vec::new();
    let mut places = Vec::new();
    for (place, c) in text.chars().enumerate() {
        for folded in fold_char(c, chars.last().copied()) {
            chars.push(folded);
            places.push(place);
        }
    }
    (chars, places)
}

fn fold_char(c: char, before: Option<char>) -> Vec<char> {
    match c {
        '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}' | '\r' => Vec::new(),
        // Circled numbers count the parts of a programme; they are no number of anything.
        '①'..='⑳' | '❶'..='❿' => vec!['|'],
        '\n' | '\u{2028}' | '\u{2029}' => vec!['\n'],
        c if c.is_whitespace() => vec![' '],
        '〜' | '∼' | '˜' | '⁓' | '〰' | '～' | '→' | '⇒' => vec!['~'],
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '－' | '﹣' => vec!['-'],
        // The long-vowel mark is a dash unless it follows kana: センター, but 9時ー17時.
        'ー' | 'ｰ' if !before.is_some_and(is_kana) => vec!['-'],
        '，' => vec!['、'],
        '〇' => vec!['〇'],
        _ => std::iter::once(c).nfkc().collect(),
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | '\u{30fc}')
}
