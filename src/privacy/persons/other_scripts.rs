//! Names of persons in kana or in Roman letters, where a column or a role says that a person is meant: 「マルコ・ロッシ」, 「さなえ」,
//! 「Tran Thi Hoa」. This module does no I/O.

use super::full_name::is_given_in_kana;
use super::known_words::is_kana;
use super::name_dictionary::{family, given, is_dictionary_given_in_kana, is_family_in_kana};
use crate::privacy::words::PrivacyWordFile;
use crate::text::fold;

/// How many words a full name in such a script has.
const WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// Longest word of a name in katakana, in characters.
const MOST_KANA: usize = 9;

/// Whether `text`, of a column of persons, is nothing but a name in kana or in Roman letters.
pub(crate) fn is_name_in_another_script(text: &str) -> bool {
    let text = text.trim();
    let words: Vec<&str> =
        text.split(['・', '･', '＝', '=', ' ', '\u{3000}']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [word] => is_name_in_kana(word),
        words if WORDS.contains(&words.len()) => are_in_katakana(words) || are_in_roman_letters(words),
        _ => false,
    }
}

/// Whether `name`, in kana, is a family or given name, also one of another country: ジャクソン.
pub(super) fn is_name_in_kana(name: &str) -> bool {
    let folded = fold(name);
    let is_in_dictionary = || [family(&folded), given(&folded)].into_iter().flatten().any(|name| !name.is_word);
    name.chars().nth(1).is_some()
        && name.chars().all(is_kana_of_name)
        && (is_given_in_kana(&folded)
            || is_family_in_kana(name)
            || is_dictionary_given_in_kana(name)
            || is_in_dictionary())
}

fn is_kana_of_name(c: char) -> bool {
    is_kana(c) || c == 'ー'
}

fn are_in_katakana(words: &[&str]) -> bool {
    let is_katakana = |c: char| is_kana_of_name(c) && !('\u{3041}'..='\u{3096}').contains(&c);
    words.iter().all(|word| word.chars().all(is_katakana) && word.chars().count() <= MOST_KANA)
}

fn are_in_roman_letters(words: &[&str]) -> bool {
    let offices = &PrivacyWordFile::get().people.roman_offices;
    let is_part = |word: &&str| {
        word.starts_with(|c: char| c.is_uppercase())
            && word
                .chars()
                .all(|c| c.is_alphabetic() && !is_kana(c) && !crate::text::is_kanji(c) || "'’-.,".contains(c))
    };
    words.iter().all(is_part) && !words.iter().any(|word| offices.contains(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_other_scripts_are_told_from_offices_and_groups() {
        for text in [
            "マルコ・ロッシ",
            "グエン・ティ・ラン",
            "さなえ",
            "ジャクソン",
            "Tran Thi Hoa",
            "DANIEL Kobayashi",
            "シモジ",
        ] {
            assert!(is_name_in_another_script(text), "{text}");
        }
        for text in [
            "Citizens Affairs Section",
            "City Hall",
            "ひまわり",
            "みんなの会",
            "社協",
            "ボランティアの会",
            "English, 中国語",
        ] {
            assert!(!is_name_in_another_script(text), "{text}");
        }
    }
}
