//! Whether words are a person's name: by their script, length and endings, and by the words that are none.
//!
//! This module does no I/O.

use super::full_name::end_of_family;
use super::known_words::{is_frequent_surname, is_kana, is_name_space, is_none, is_role, is_surname};
use super::lone_name::{ALONE, is_probably_a_name};
use crate::privacy::words::PrivacyWordFile;
use crate::text::{fold, is_kanji};

/// Maximum length of a name, in characters.
const MAX_NAME_CHARS: usize = 8;

/// Maximum length of a name that has no space and no family name of the table, in characters.
const MAX_PLAIN_CHARS: usize = 6;

/// Maximum length of a role, in characters.
const MAX_ROLE_CHARS: usize = 14;

/// How likely words are a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameLikelihood {
    /// They are something else, or too long for a name.
    No,
    /// They have the form of a name: a name where the context asks for one.
    Possible,
    /// A family name and a given name.
    Certain,
}

/// How likely `written`, without role and form of address, is a person's name.
pub(crate) fn likelihood(written: &str) -> NameLikelihood {
    let words: Vec<String> = written.split(is_name_space).map(fold).filter(|word| !word.is_empty()).collect();
    let length: usize = words.iter().map(|word| char_count(word)).sum();
    if words.is_empty() || words.len() > 2 || length > MAX_NAME_CHARS || !written.chars().all(is_name_char) {
        return NameLikelihood::No;
    }
    if is_none(&words.concat()) || words.iter().any(|word| is_none(word)) {
        return NameLikelihood::No;
    }
    match words.as_slice() {
        [family, given] => of_two(family, given),
        [whole] => of_one(whole, written),
        _ => NameLikelihood::No,
    }
}

fn of_two(family: &str, given: &str) -> NameLikelihood {
    let lengths = (char_count(family), char_count(given));
    // 南・北 are directions.
    let short = (1..=4).contains(&lengths.0) && (1..=4).contains(&lengths.1) && lengths != (1, 1);
    match short {
        false => NameLikelihood::No,
        true if is_frequent_surname(family) || (family.chars().all(is_kanji) && is_given(given)) => {
            NameLikelihood::Certain
        }
        true => NameLikelihood::Possible,
    }
}

fn of_one(whole: &str, written: &str) -> NameLikelihood {
    let has_family =
        whole.char_indices().skip(1).any(|(at, _)| is_frequent_surname(&whole[..at]) && is_given(&whole[at..]));
    if has_family || end_of_family(whole).is_some() {
        return NameLikelihood::Certain;
    }
    let length = char_count(whole);
    let has_kanji = written.chars().any(is_kanji);
    if (2..=MAX_PLAIN_CHARS).contains(&length) && (has_kanji || length <= 5) {
        NameLikelihood::Possible
    } else {
        NameLikelihood::No
    }
}

/// The personal name that `text` consists of, in a list whose rows are persons: without role, form of address and bracket.
/// `None` where it is the name of a group, which has no family name of the table, no space and mostly kana.
pub(crate) fn personal_name(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text.split(['(', '（', '[', '【']).next().unwrap_or(text);
    let bare = without_role(bare.trim());
    let bare = without_form(&bare);
    let kanji = bare.chars().filter(|c| is_kanji(*c)).count();
    let is_name = match likelihood(&bare) {
        NameLikelihood::Certain => true,
        NameLikelihood::Possible => {
            is_surname(&fold(&bare)) || bare.contains(is_name_space) || kanji >= 3 || is_probably_a_name(&bare, ALONE)
        }
        NameLikelihood::No => false,
    };
    is_name.then_some(bare)
}

/// `text` without the roles at its beginning.
fn without_role(text: &str) -> String {
    let mut rest = text;
    loop {
        // A role of one character is none here: 長谷川, 鬼頭.
        let heads = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(MAX_ROLE_CHARS).skip(1);
        let cut = heads.filter(|at| is_role(&fold(&rest[..*at])));
        match cut.max() {
            Some(at) if at < rest.len() => rest = rest[at..].trim_start_matches(|c: char| !c.is_alphanumeric()),
            _ => return rest.to_owned(),
        }
    }
}

fn without_form(text: &str) -> String {
    let forms = &PrivacyWordFile::get().people.spoken;
    let end = text.char_indices().map(|(at, _)| at).skip(1).find(|at| forms.contains(&fold(&text[*at..])));
    end.map_or(text, |at| &text[..at]).trim().to_owned()
}

/// Whether the folded `word` has the length and the end of a given name.
fn is_given(word: &str) -> bool {
    let endings = &PrivacyWordFile::get().people.given_endings;
    let length = char_count(word);
    let is_kana = word.chars().all(|c| !is_kanji(c));
    (1..=4).contains(&length)
        && (is_kana && (2..=3).contains(&length) || endings.iter().any(|end| word.ends_with(end.as_str())))
}

/// Whether `c` stands in names: kanji, kana and what repeats or lengthens them, and a space.
pub(super) fn is_name_char(c: char) -> bool {
    is_kanji(c) || is_kana(c) || "々ー".contains(c) || is_name_space(c)
}

fn char_count(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_offices_areas_and_ordinary_words() {
        for (text, expected) in [
            ("山田太郎", NameLikelihood::Certain),
            ("山田 太郎", NameLikelihood::Certain),
            ("葛岡 ゑみ", NameLikelihood::Certain),
            ("楠瀬 まつゑ", NameLikelihood::Certain),
            ("別所", NameLikelihood::Possible),
            ("楠瀬千代松", NameLikelihood::Certain),
            ("楠瀬千畝", NameLikelihood::Certain),
            ("山田地区", NameLikelihood::No),
            ("山田公民館", NameLikelihood::No),
            ("未定", NameLikelihood::No),
            ("平日", NameLikelihood::No),
            ("会長", NameLikelihood::No),
            ("健康課", NameLikelihood::No),
            ("13:30", NameLikelihood::No),
        ] {
            assert_eq!(likelihood(text), expected, "{text}");
        }
    }

    #[test]
    fn a_list_of_persons_has_groups_too() {
        for (text, expected) in [
            ("家庭福祉員 見田花子", Some("見田花子")),
            ("見田 花子（個人立）", Some("見田 花子")),
            ("保育ママ　山田さん", Some("山田")),
            ("ひまわり", None),
            ("ひまわり保育室", None),
            ("佐藤", Some("佐藤")),
            ("長谷川 一夫", Some("長谷川 一夫")),
            ("花園", None),
        ] {
            assert_eq!(personal_name(text).as_deref(), expected, "{text}");
        }
    }
}
