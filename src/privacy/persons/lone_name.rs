//! Texts that are nothing but what is probably a person's name, known or not: 「鯨井律子」 in a column of keywords.
//!
//! A word that stands alone says less of itself than one in a sentence, and a name that is published cannot be called back: what is
//! written like a name, and by no word of the table something else, is taken for one. This module does no I/O.

use super::full_name::{is_given_in_kana, is_in_dictionary};
use super::known_words::{is_kana, is_name_space, is_none, is_role, is_surname};
use super::name_characters::{cuts_of, family_level, name_level};
use super::name_dictionary::{family as dictionary_family, given as dictionary_given, is_noun};
use crate::privacy::words::PrivacyWordFile;
use crate::text::{fold, is_kanji};

/// From which level characters are a name's where it stands alone in a field that holds anything.
pub(crate) const ALONE: i32 = 1;

/// The same where other words are as likely: in the name of a place, or as a part of a text.
pub(crate) const AMONG_WORDS: i32 = 3;

/// Lengths of a full name in kanji without a space, in characters.
const PLAIN_CHARS: std::ops::RangeInclusive<usize> = 3..=7;

/// What opens a bracket.
const BRACKETS: [char; 5] = ['（', '(', '〔', '［', '['];

/// Most characters of a name with a post before or behind it.
const MOST_CHARS: usize = 40;

/// Most characters of a family name, and of a given name behind a space.
const MOST_PART_CHARS: usize = 4;

/// How likely a family name before a given name in kana is one that no table has.
const FAMILY_BEFORE_KANA: i32 = 0;

/// How likely a family name before a given name of one character without a space is one: of 郷土史 it is none.
const FAMILY_BEFORE_SINGLE: i32 = 4;

/// Whether `text` is nothing but a person's full name, with its reading, role or form of address, as far as its characters tell;
/// `least`: from which level on.
pub(crate) fn is_probably_a_name(text: &str, least: i32) -> bool {
    // Most texts are sentences, numbers and addresses, and are told apart without looking anything up.
    if !may_be_nothing_else(text) {
        return false;
    }
    let Some(bare) = without_additions(text.trim()) else { return false };
    let words: Vec<String> = bare.split(is_name_space).map(fold).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.iter().any(|word| is_none(word)) || is_none(&words.concat()) {
        return false;
    }
    match words.as_slice() {
        [whole] => !is_noun(whole) && is_plain_name(whole, least),
        [family, given] => is_in_two_words(family, given, least) || is_spaced_name(family, given, least),
        _ => false,
    }
}

/// Whether what stands before a bracket has neither digits nor the signs of sentences, and is not too long for a name with a post.
fn may_be_nothing_else(text: &str) -> bool {
    let head = text.split(BRACKETS).next().unwrap_or(text);
    let is_of_name = |c: char| !(c.is_numeric() || "。、，．？！?!/／〜～".contains(c));
    head.chars().all(is_of_name) && head.chars().nth(MOST_CHARS).is_none()
}

/// `text` without the reading in a bracket, the role and the form of address behind a name, and without the role before it; `None`
/// where somebody is addressed who has no name: 聖徳太子様.
fn without_additions(text: &str) -> Option<&str> {
    let words = &PrivacyWordFile::get().people;
    let mut bare = text.split(BRACKETS).next().unwrap_or(text).trim_end();
    let forms = || words.address_forms.iter().chain(&words.homes);
    if let Some(rest) = forms().find_map(|form| bare.strip_suffix(form.as_str())) {
        bare = rest.trim_end();
        if words.people_endings.iter().any(|end| bare.ends_with(end.as_str())) {
            return None;
        }
    }
    let role_end = words.titles.iter().find_map(|title| {
        let rest = bare.strip_prefix(title.as_str())?;
        let name = rest.trim_start_matches([' ', '\u{3000}', ':', '：', '・']);
        (name.len() < rest.len()).then_some(name)
    });
    bare = role_end.unwrap_or(bare);
    let without_role = bare.rsplit_once(is_name_space).filter(|(_, role)| is_role(&fold(role)));
    Some(without_role.map_or(bare, |(name, _)| name).trim())
}

fn is_plain_name(whole: &str, least: i32) -> bool {
    let kanji = whole.find(|c| !is_name_kanji(c)).unwrap_or(whole.len());
    let (kanji, kana) = whole.split_at(kanji);
    if kana.is_empty() {
        return PLAIN_CHARS.contains(&whole.chars().count())
            && !is_of_municipality(whole)
            && cuts_of(whole).any(|(family, given, level)| {
                let is_single = given.chars().nth(1).is_none();
                let is_clear = !is_single || is_surname(family) || family_level(family) >= FAMILY_BEFORE_SINGLE;
                level >= least && is_clear && may_be_family(family) && !is_none(given)
            });
    }
    is_family_before_kana(kanji) && kanji.chars().count() >= 2 && is_given_in_kana(kana)
}

/// Whether the dictionary knows the folded words, apart from each other, as a family and a given name: 「乾 武」, 「マルコ・ロッシ」.
fn is_in_two_words(family: &str, given: &str, least: i32) -> bool {
    if is_in_dictionary(family, given, family.chars().count()) {
        return true;
    }
    let is_name =
        |word: &str| [dictionary_family(word), dictionary_given(word)].into_iter().flatten().any(|it| !it.is_word);
    if family.chars().chain(given.chars()).all(|c| is_kana(c) || c == '-') {
        let is_long = family.chars().count().min(given.chars().count()) >= 2;
        return least <= ALONE && is_long && is_name(family) && is_name(given);
    }
    let is_single = family.chars().count() + given.chars().count() == 2;
    let has_name = dictionary_family(family).is_some_and(|it| !it.is_word)
        && dictionary_given(given).is_some_and(|it| !it.is_word);
    least <= ALONE && is_single && has_name
}

fn is_spaced_name(family: &str, given: &str, least: i32) -> bool {
    let is_short = [family, given].iter().all(|part| part.chars().count() <= MOST_PART_CHARS);
    let is_in_kanji = |part: &str| part.chars().all(is_name_kanji);
    if !is_short || !is_in_kanji(family) || !may_be_family(family) {
        return false;
    }
    if is_in_kanji(given) {
        let single = i32::from(given.chars().nth(1).is_none());
        return name_level(family, given) + single >= least
            && !is_word(given)
            && family.chars().count() + given.chars().count() > 2;
    }
    let is_short_kana = given.chars().all(is_kana) && given.chars().count() >= 2;
    is_short_kana && (is_given_in_kana(given) || is_surname(family)) && is_family_before_kana(family)
}

fn is_family_before_kana(family: &str) -> bool {
    is_surname(family) || may_be_family(family) && family_level(family) >= FAMILY_BEFORE_KANA
}

/// Whether the folded `word` begins with a municipality: 「新宮市千穂」.
fn is_of_municipality(word: &str) -> bool {
    let last = word.chars().count() - 1;
    let is_end = |(at, c): (usize, char)| (2..last).contains(&at) && "市町村郡区".contains(c);
    word.chars().enumerate().any(is_end)
}

/// Whether the folded `given` is one character that is a word by itself: 「片町 外」.
fn is_word(given: &str) -> bool {
    let words = PrivacyWordFile::get();
    given.chars().nth(1).is_none()
        && words.people.single_words.contains(given)
        && !words.given.single.iter().any(|name| name == given)
}

/// Whether no character of the folded `family` says that it is none: 総務.
fn may_be_family(family: &str) -> bool {
    let never = &PrivacyWordFile::get().people.never_in_families;
    let is_long = || family.chars().nth(1).is_some();
    !is_none(family) && (is_surname(family) || is_long() && !family.chars().any(|c| never.contains(c)))
}

fn is_name_kanji(c: char) -> bool {
    is_kanji(c) || c == '々'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_name_that_stands_alone_is_seen_in_any_writing() {
        for text in [
            "鯨井律子",
            "鯨井　律子",
            "漆戸みつえ",
            "代表　鯨井律子",
            "鯨井律子（くじらいりつこ）",
            "鯨井律子さん",
            "鯨井 律子 会長",
            "雲雀谷 征四郎",
            "薬袋 千草",
        ] {
            assert!(is_probably_a_name(text, ALONE), "{text}");
        }
    }

    #[test]
    fn words_of_lists_are_no_names() {
        for text in [
            "健康体操",
            "大正琴",
            "三味線",
            "日本舞踊",
            "大広間",
            "調理実習室",
            "福寿会",
            "中央公民館 二階",
            "上履き持参",
            "囲碁 将棋",
            "和菓子",
            "太陽光",
            "郷土史",
            "老人クラブ",
            "未就園児",
        ] {
            assert!(!is_probably_a_name(text, ALONE), "{text}");
        }
    }
}
