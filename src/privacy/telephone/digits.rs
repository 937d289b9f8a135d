//! Digits in any writing: widths, circled digits, other scripts, kanji numerals, and letters typed for digits.
//!
//! This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// The zeros of the scripts whose ten digits follow each other and which NFKC leaves alone.
const ZEROS: &str = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰";

/// The ones of the circled digits that NFKC leaves alone, which go up to nine.
const CIRCLED_ONES: &str = "⓵❶➀➊";

/// Kanji numerals with their values, everyday and formal ones. A circle is a zero only among these.
const KANJI: [(char, u32); 26] = [
    ('〇', 0),
    ('零', 0),
    ('○', 0),
    ('◯', 0),
    ('一', 1),
    ('壱', 1),
    ('壹', 1),
    ('弌', 1),
    ('二', 2),
    ('弐', 2),
    ('貳', 2),
    ('三', 3),
    ('参', 3),
    ('參', 3),
    ('四', 4),
    ('肆', 4),
    ('五', 5),
    ('伍', 5),
    ('六', 6),
    ('陸', 6),
    ('七', 7),
    ('漆', 7),
    ('八', 8),
    ('捌', 8),
    ('九', 9),
    ('玖', 9),
];

/// How the characters of a number are read, one after the other.
pub(super) type DigitReader = fn(char) -> Option<char>;

/// The readers, the strictest first: a kanji numeral is as often a word, a letter hardly ever a digit.
pub(super) const READERS: [DigitReader; 3] = [digit, digit_or_kanji, digit_or_letter];

/// The ASCII digit that `c` stands for: ９, ⑨, 𝟗, ⁹, ٩.
pub(in crate::privacy) fn digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    // Kana, kanji and wide signs, which most text consists of: a look-up in Unicode's tables costs a hundred times as much.
    if matches!(c, '\u{3000}'..='\u{31ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ffef}')
    {
        return None;
    }
    let mut digits = std::iter::once(c).nfkc().filter(char::is_ascii_digit);
    let normal = digits.next().filter(|_| digits.next().is_none());
    let from = |firsts: &str, count: u32| {
        firsts.chars().find_map(|first| (c as u32).checked_sub(first as u32).filter(|value| *value < count))
    };
    let other = || from(ZEROS, 10).or_else(|| from(CIRCLED_ONES, 9).map(|value| value + 1));
    normal.or_else(|| if c == '⓿' { Some('0') } else { char::from_digit(other()?, 10) })
}

/// The same, and for kanji numerals: 九, 玖.
pub(in crate::privacy) fn digit_or_kanji(c: char) -> Option<char> {
    digit(c).or_else(|| {
        let (_, value) = KANJI.iter().find(|(kanji, _)| *kanji == c)?;
        char::from_digit(*value, 10)
    })
}

/// The same as [`digit`], and for letters that are typed for digits: O9O-l234-5678.
fn digit_or_letter(c: char) -> Option<char> {
    digit(c).or(match c {
        'O' | 'o' | 'Ｏ' | 'ｏ' | 'О' | 'о' | 'Ο' | 'ο' => Some('0'),
        'l' | 'I' | 'ｌ' | 'Ｉ' => Some('1'),
        _ => None,
    })
}

/// The digits of a number that was found, by whatever reader.
pub(super) fn any_digits(chars: &[char]) -> String {
    let plain: String = chars.iter().filter_map(|c| digit(*c)).collect();
    let kanji: String = chars.iter().filter_map(|c| digit_or_kanji(*c)).collect();
    let letters: String = chars.iter().filter_map(|c| digit_or_letter(*c)).collect();
    if plain.len() >= 9 {
        plain
    } else if kanji.len() >= 9 {
        kanji
    } else {
        letters
    }
}

/// The digits of `text` as ASCII, without kanji numerals.
pub(in crate::privacy) fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// The digits of `text` as ASCII, kanji numerals included.
pub(in crate::privacy) fn digits_and_kanji(text: &str) -> String {
    text.chars().filter_map(digit_or_kanji).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_is_read_in_any_script() {
        for nine in ['9', '９', '⑨', '𝟗', '⁹', '٩', '۹', '९', '๙', '❾'] {
            assert_eq!(digit(nine), Some('9'), "{nine}");
        }
        for other in ['十', 'a', '⑫', '½', '-', 'あ'] {
            assert_eq!(digit(other), None, "{other}");
        }
        assert_eq!((digit_or_kanji('玖'), digit_or_kanji('○'), digit('○')), (Some('9'), Some('0'), None));
    }
}
