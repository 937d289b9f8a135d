//! Whether a word in kanji may be a family name that no table has, where the words beside it say that a person is meant.
//!
//! A short word in kanji is one, unless the table or its characters say that it is something else: no family is called 先着 or
//! 郵送. This module does no I/O.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::ends_like_people;
use crate::privacy::persons::known_words::{is_kana, is_name_space, is_none, is_only_family, is_role, is_surname};
use crate::privacy::persons::name::{NameLikelihood, likelihood};
use crate::privacy::persons::name_characters::{family_level, has_rare_character};
use crate::privacy::persons::name_dictionary::{family as dictionary_family, is_noun};
use crate::privacy::words::{PeopleWords, PrivacyWordFile};
use crate::text::{fold, is_kanji};

/// Lengths of a family name that stands alone, in characters.
const FAMILY_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

/// From which level on a word in no table is a family name by its characters.
const LIKELY_FAMILY: i32 = 2;

/// Longest rare family name in a sentence, in characters: four are a place as often, 天童高原.
const MOST_RARE_CHARS: usize = 3;

/// Characters that stand in no family name.
static NEVER: LazyLock<HashSet<char>> =
    LazyLock::new(|| PrivacyWordFile::get().people.never_in_families.chars().collect());

/// Where the name ends whose reading stands at the end of `text`: 「犬童（いんどう）へ」.
pub(super) fn without_reading(text: &str) -> usize {
    let bracket = text.strip_suffix(['）', ')']).and_then(|inner| inner.rfind(['（', '(']));
    let is_reading = |at: &usize| {
        let inner = text[*at..].trim_matches(['（', '(', '）', ')']);
        !inner.is_empty() && inner.chars().all(|c| is_kana(c) || c == 'ー')
    };
    bracket.filter(is_reading).unwrap_or(text.len())
}

/// Whether `name` is a single character that is a family name where somebody is called: 塙, 椋, 林.
pub(super) fn is_single_family(name: &str, words: &PeopleWords) -> bool {
    let mut chars = name.chars();
    let (Some(only), None) = (chars.next(), chars.next()) else { return false };
    let is_word = || words.single_words.contains(only) || NEVER.contains(&only) || ends_like_people(name, words);
    is_kanji(only) && !words.never_last_in_families.contains(only) && (is_surname(&fold(name)) || !is_word())
}

/// Whether `name` is a family of the table, or has characters that are too rare for any word: 鑓水.
pub(super) fn is_clear_family(name: &str, words: &PeopleWords) -> bool {
    let folded = fold(name);
    is_possible_family(name, words)
        && !words.place_words.contains(&folded)
        && (is_surname(&folded) || is_odd_family(&folded) || has_rare_character(&folded))
}

/// Whether `name` is a family of the table, or by its characters rather than a word.
pub(super) fn is_likely_family(name: &str, words: &PeopleWords) -> bool {
    let is_written_so = || !words.place_words.contains(&fold(name)) && family_level(&fold(name)) >= LIKELY_FAMILY;
    is_clear_family(name, words) || is_possible_family(name, words) && is_written_so()
}

/// The start of the single character that ends at byte `at` and is a family name where somebody is called.
pub(super) fn single_family_before(text: &str, at: usize, words: &PeopleWords) -> Option<usize> {
    let only = text[..at].chars().next_back()?;
    let start = at - only.len_utf8();
    let is_bounded = !text[..start].ends_with(|c: char| is_family_char(c) || c.is_numeric() || "おご御".contains(c));
    (is_bounded && is_single_family(&text[start..at], words)).then_some(start)
}

/// The start of what may be a family name that ends at byte `at`.
pub(super) fn family_before(text: &str, at: usize, words: &PeopleWords) -> Option<usize> {
    let run = text[..at].chars().rev().take_while(|c| is_family_char(*c));
    let start = at - run.map(char::len_utf8).sum::<usize>();
    // 「3日前まで」, 「大人お一人まで」
    let is_counted = text[..start].ends_with(|c: char| c.is_numeric() || "お御".contains(c));
    let run = &text[start..at];
    let name = without_role_behind(run).unwrap_or(run);
    let has_length = name.chars().count() <= MOST_RARE_CHARS || is_surname(&fold(name));
    (!is_counted && has_length && is_possible_family(name, words)).then_some(start)
}

/// `run` without the role of somebody who heads something at its end: 「猪俣支部長」.
pub(super) fn without_role_behind(run: &str) -> Option<&str> {
    let cuts = run.char_indices().map(|(at, _)| at).skip(*FAMILY_CHARS.start());
    let is_cut = |at: &usize| run.ends_with(['長', '員']) && is_role(&fold(&run[*at..]));
    // The longest role: 老人会長 is one as a whole.
    (!is_role(&fold(run))).then(|| cuts.into_iter().find(is_cut)).flatten().map(|at| &run[..at])
}

pub(super) fn is_family_char(c: char) -> bool {
    is_kanji(c) || matches!(c, '々' | 'ヶ' | 'ケ' | 'ノ')
}

/// Whether `name`, which stands where a person is called, may be a family name, though it is in no table.
pub(super) fn is_possible_family(name: &str, words: &PeopleWords) -> bool {
    let folded = fold(name);
    let is_written_so = || {
        !is_ordinary_word(name)
            && !is_noun(&folded)
            && !name.ends_with(|c| words.never_last_in_families.contains(c))
            && likelihood(name) != NameLikelihood::No
            && !ends_like_people(name, words)
    };
    FAMILY_CHARS.contains(&name.chars().count())
        && name.chars().all(is_family_char)
        && (!is_none(&folded) || is_only_family(&folded))
        && !words.contact_labels.iter().any(|label| label == name)
        && !is_place_of_a_word(&folded)
        && !is_date(name)
        && !is_municipality(name)
        && (is_surname(&folded) || is_odd_family(&folded) || is_written_so())
}

/// Whether `part` of the name of a list, without the words of lists, may be who has made it: a family name, with its role or form of
/// address.
pub(in crate::privacy) fn is_list_maker(part: &str) -> bool {
    let words = &PrivacyWordFile::get().people;
    let bare = words.address_forms.iter().chain(&words.posts).find_map(|end| part.strip_suffix(end.as_str()));
    let bare = bare.filter(|bare| !bare.is_empty()).unwrap_or(part);
    is_possible_family(bare, words) || is_surname(&fold(bare))
}

/// `part` of the name of a list without the words of lists before and behind it: 「鴫原作成サロン一覧」.
pub(in crate::privacy) fn without_list_words(part: &str) -> &str {
    let words = &PrivacyWordFile::get().people.list_words;
    let mut rest = part;
    loop {
        let shorter = words.iter().find_map(|word| {
            rest.strip_suffix(word.as_str())
                .or_else(|| rest.strip_prefix(word.as_str()))
                .filter(|rest| !rest.is_empty())
        });
        match shorter {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

/// Whether `name` is a municipality of three characters or more; 市川 and 中村 are families.
fn is_municipality(name: &str) -> bool {
    name.chars().count() >= 3 && name.ends_with(['市', '町', '村', '区', '郡', '県', '府'])
}

/// Whether the folded `name` is a family of the dictionary or the table, with whatever characters, and no ordinary noun.
fn is_odd_family(name: &str) -> bool {
    dictionary_family(name).is_some_and(|name| !name.is_word) || PrivacyWordFile::odd_families().contains(name)
}

/// Whether a character of `name` stands in no family name: 総務.
pub(super) fn is_ordinary_word(name: &str) -> bool {
    let folded = fold(name.split(is_name_space).next().unwrap_or(name));
    !is_surname(&folded) && !is_odd_family(&folded) && name.chars().any(|c| NEVER.contains(&c))
}

/// Whether the folded `name` says where at what is no person: 自宅前, 玄関先.
fn is_place_of_a_word(name: &str) -> bool {
    let last = name.char_indices().next_back().map_or(0, |(at, _)| at);
    name[..last].chars().nth(1).is_some() && is_none(&name[..last])
}

/// Whether `name` counts something: 三日前, 二名.
fn is_date(name: &str) -> bool {
    let rest = name.trim_start_matches(|c| "一二三四五六七八九十百".contains(c));
    rest.len() < name.len() && rest.starts_with(|c| "日月週年時分名人回件組班部席".contains(c))
}
