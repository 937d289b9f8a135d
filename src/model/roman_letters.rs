//! Readings in Latin letters, as signs at stations have them. This module does no I/O.

use wana_kana::ConvertJapanese as _;

use crate::text::hiragana;

/// Kana in Latin letters, in the passport's spelling: long vowels are not written, たかまつ is `takamatsu`. `None` for anything but
/// kana.
pub fn roman_letters(kana: &str) -> Option<String> {
    let mut roman = hiragana(kana)?.replace('ー', "").to_romaji();
    for (long, short) in
        [("ou", "o"), ("oo", "o"), ("uu", "u"), ("nb", "mb"), ("nm", "mm"), ("np", "mp"), ("cch", "tch"), ("'", "")]
    {
        roman = roman.replace(long, short);
    }
    (!roman.is_empty() && roman.bytes().all(|b| b.is_ascii_lowercase())).then_some(roman)
}

/// A word with its first letter as a capital.
pub fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_spelled_as_on_a_sign_and_anything_else_is_not() {
        let said = ["たかまつ", "おおや", "とうきょう", "しんばし", "マッチャ", "サロン", "まっちゃ", "しんいち"]
            .map(roman_letters);
        let said = said.map(Option::unwrap_or_default);
        assert_eq!(said, ["takamatsu", "oya", "tokyo", "shimbashi", "matcha", "saron", "matcha", "shinichi"]);
        assert_eq!([roman_letters("大屋"), roman_letters(""), roman_letters("A棟")], [None, None, None]);
        assert_eq!(capitalised("oya"), "Oya");
    }
}
