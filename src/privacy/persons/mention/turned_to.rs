//! Whom one turns to by a family name that no table has: 「連絡：百々」, 「申込は轟木まで」, 「（鍵は椿山）」.
//!
//! Where a text says whom to call, a short word in kanji is a family name, unless the table or its characters say that it is
//! something else: no family is called 先着 or 郵送. This module does no I/O.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{MentionKind, PersonMention, clause_at, ends_like_people};
use crate::privacy::persons::known_words::{is_none, is_surname};
use crate::privacy::persons::name::{NameLikelihood, likelihood};
use crate::privacy::words::{PeopleWords, PrivacyWordFile};
use crate::text::{fold, is_kanji};

/// Lengths of a family name that stands alone, in characters.
const FAMILY_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

/// What stands between a label and the name: 「連絡先：」, 「鍵は」, 「要連絡（」.
const SEPARATORS: &str = " \u{3000}\n:：＝=→⇒▶►…‥｜|／/・ー―—–-－【】（）()[]［］〔〕「『<＜>＞は";

/// Most signs between a label and the name.
const MOST_SIGNS: usize = 3;

/// What follows the name of whom one turns to.
const TURN_TO: [&str; 12] =
    ["まで", "へ", "宛", "あて", "に電話", "に連絡", "にご連絡", "にお電話", "に申", "にお申", "が対応", "が受け"];

/// Characters that stand in no family name.
static NEVER: LazyLock<HashSet<char>> =
    LazyLock::new(|| PrivacyWordFile::get().people.never_in_families.chars().collect());

/// The labels behind which a name is looked for, by their first character.
static LABELS: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<&'static str>> = HashMap::new();
    for label in labels() {
        by_first.entry(label.chars().next().unwrap_or_default()).or_default().push(label);
    }
    by_first
});

/// Words for calling, and titles other than trades, which more words about the trade may follow: 講師 料理研究家.
fn labels() -> impl Iterator<Item = &'static str> {
    let words = &PrivacyWordFile::get().people;
    let titles = words.titles.iter().filter(|title| !words.jobs.contains(title));
    words.contact_labels.iter().chain(&words.private_times).chain(titles).map(String::as_str)
}

/// The family names by which `text` says whom to turn to.
pub(super) fn turned_to(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found = behind_labels(text, words);
    found.extend(before_verbs(text, words));
    found.extend(before_roles(text, words));
    found
}

fn mention((start, end): (usize, usize)) -> PersonMention {
    PersonMention { start, end, kind: MentionKind::TurnedTo }
}

/// 「連絡：百々」
fn behind_labels(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let names = text.char_indices().flat_map(|(at, c)| {
        let labels = LABELS.get(&c).map_or(&[][..], Vec::as_slice).iter();
        labels.filter_map(move |label| Some((at, *label, text[at..].strip_prefix(label)?)))
    });
    let found = names.filter_map(|(at, label, rest)| {
        // 「夜間は無人」 says how it is then.
        if rest.starts_with('は') && words.private_times.iter().any(|time| time == label) {
            return None;
        }
        let mut ends = words.label_endings.iter().filter_map(|end| rest.strip_prefix(end.as_str())).chain([rest]);
        let (name, length) = ends.find_map(|rest| {
            // ☎ is a sign itself.
            let is_sign = !label.contains(char::is_alphanumeric);
            let name =
                without_signs(rest).or(is_sign.then_some(rest)).map(|name| without_date(name).unwrap_or(name))?;
            Some((name, length_of_family(name, words)?))
        })?;
        let start = text.len() - name.len();
        (!is_within_word(text, at, label)).then(|| mention((start, start + length)))
    });
    found.collect()
}

/// Whether Roman letters stand right before a `label` in Roman letters: hotel is no label.
fn is_within_word(text: &str, at: usize, label: &str) -> bool {
    let is_roman = label.starts_with(|c: char| c.is_ascii_alphabetic());
    is_roman && text[..at].ends_with(|c: char| c.is_ascii_alphabetic())
}

/// `rest` without the signs with which it begins; `None` without any sign.
fn without_signs(rest: &str) -> Option<&str> {
    let signs: usize = rest.chars().take(MOST_SIGNS).take_while(|c| SEPARATORS.contains(*c)).map(char::len_utf8).sum();
    (signs > 0).then(|| &rest[signs..])
}

/// `rest` without the date with which it begins: 「当番：4月 犬童」.
fn without_date(rest: &str) -> Option<&str> {
    let behind = rest.trim_start_matches(char::is_numeric);
    let unit = behind.strip_prefix(['月', '日', '週', '班', '組']).filter(|_| behind.len() < rest.len())?;
    without_signs(unit)
}

/// The length of the family name with which `rest` begins, in bytes, if nothing of the word goes on behind it.
fn length_of_family(rest: &str, words: &PeopleWords) -> Option<usize> {
    let length = rest.find(|c| !is_family_char(c)).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(length);
    let is_bounded = behind.chars().next().is_none_or(|c| !c.is_alphabetic() && c != 'ー')
        || TURN_TO.iter().any(|word| behind.starts_with(word))
        || words.behind_names.iter().any(|word| behind.starts_with(word.as_str()))
        || words.address_forms.iter().any(|form| behind.starts_with(form.as_str()));
    (is_bounded && is_possible_family(name, words)).then_some(length)
}

/// 「申込は轟木まで」, 「夜は鴫原へ」: in a clause that speaks of calling somebody.
fn before_verbs(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let verbs = TURN_TO.iter().flat_map(|word| text.match_indices(word)).map(|(at, _)| at);
    let names = verbs.filter_map(|at| {
        let run = text[..at].chars().rev().take_while(|c| is_family_char(*c));
        let start = at - run.map(char::len_utf8).sum::<usize>();
        // 「3日前まで」, 「大人お一人まで」
        let is_counted = text[..start].ends_with(|c: char| c.is_numeric() || "お御".contains(c));
        let is_name = !is_counted && is_possible_family(&text[start..at], words);
        (is_name && is_about_calling(clause_at(text, at), words)).then_some((start, at))
    });
    names.map(mention).collect()
}

/// 「鑓水（世話人）」; behind an office's telephone, （代表） is its number.
fn before_roles(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let names = text.match_indices(['（', '(']).filter_map(|(at, open)| {
        let behind = &text[at + open.len()..];
        let role = words
            .heads
            .iter()
            .find(|role| behind.strip_prefix(role.as_str()).is_some_and(|rest| rest.starts_with(['）', ')'])))?;
        let end = &behind[role.len()..];
        let end = &end[end.chars().next().map_or(0, char::len_utf8)..];
        let is_somebody = role != "代表" || TURN_TO.iter().any(|word| end.starts_with(word));
        let run = text[..at].chars().rev().take_while(|c| is_family_char(*c));
        let start = at - run.map(char::len_utf8).sum::<usize>();
        (is_somebody && is_possible_family(&text[start..at], words)).then_some((start, at))
    });
    names.map(mention).collect()
}

fn is_about_calling(clause: &str, words: &PeopleWords) -> bool {
    let mut all = words.private_times.iter().chain(&words.calling);
    all.any(|word| clause.contains(word.as_str()))
}

fn is_family_char(c: char) -> bool {
    is_kanji(c) || matches!(c, '々' | 'ヶ' | 'ケ' | 'ノ')
}

/// Whether `name`, which stands where a person is called, may be a family name, though it is in no table.
pub(super) fn is_possible_family(name: &str, words: &PeopleWords) -> bool {
    let folded = fold(name);
    let is_written_so = || {
        !is_ordinary_word(name)
            && !name.ends_with(|c| words.never_last_in_families.contains(c))
            && likelihood(name) != NameLikelihood::No
            && !ends_like_people(name, words)
    };
    FAMILY_CHARS.contains(&name.chars().count())
        && name.chars().all(is_family_char)
        && !is_none(&folded)
        && !is_place_of_a_word(&folded)
        && !is_date(name)
        && (is_surname(&folded) || is_written_so())
}

/// Whether a character of `name` stands in no family name: 総務.
pub(super) fn is_ordinary_word(name: &str) -> bool {
    !is_surname(&fold(name)) && name.chars().any(|c| NEVER.contains(&c))
}

/// Whether the folded `name` says where at what is no person: 自宅前, 玄関先.
fn is_place_of_a_word(name: &str) -> bool {
    let last = name.char_indices().next_back().map_or(0, |(at, _)| at);
    name[..last].chars().nth(1).is_some() && is_none(&name[..last])
}

/// Whether `name` counts something: 三日前, 二名.
fn is_date(name: &str) -> bool {
    let rest = name.trim_start_matches(|c| "一二三四五六七八九十百".contains(c));
    rest.len() < name.len() && rest.starts_with(|c| "日月週年時分名人回件".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let found = turned_to(text, &PrivacyWordFile::get().people);
        found.iter().map(|mention| &text[mention.start..mention.end]).collect()
    }

    #[test]
    fn a_rare_family_name_behind_a_word_for_calling_is_a_person() {
        for (text, name) in [
            ("連絡：百々", "百々"),
            ("要連絡（犬童）", "犬童"),
            ("申込は轟木まで", "轟木"),
            ("300円（集金 蛯名）", "蛯名"),
            ("鍵は椿山", "椿山"),
            ("TEL 犬童 0796-62-0000", "犬童"),
            ("世話係→乙丸", "乙丸"),
            ("連絡先【仁井谷】", "仁井谷"),
            ("問合せ先\n犬童", "犬童"),
            ("犬童へご連絡ください", "犬童"),
            ("緊急時　犬童　62-0000", "犬童"),
            ("運営：犬童・百々", "犬童"),
            ("Contact：犬童", "犬童"),
            ("受付は　一ノ瀬", "一ノ瀬"),
            ("連絡網：鑓水→都築野", "鑓水"),
            ("会計は鑓水、書記は都築野", "都築野"),
            ("鑓水（世話人）に聞く", "鑓水"),
            ("鑓水（代表）へ申し込み", "鑓水"),
            ("送迎：鑓水の車", "鑓水"),
            ("当番：4月 犬童、5月 百々", "犬童"),
            ("カギは鵜木が持っています", "鵜木"),
            ("電話番 鵜木", "鵜木"),
            ("【受付】鵜木", "鵜木"),
            ("☎鵜木", "鵜木"),
            ("ドライバー：鵜木", "鵜木"),
            ("ご予約は 鵜木 0796-62-0000", "鵜木"),
            ("受付担当者　鑓水です", "鑓水"),
        ] {
            assert!(names(text).contains(&name), "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn how_and_where_one_calls_is_no_family_name() {
        let texts = include_str!("no_family_name.txt").lines();
        let mistaken: Vec<(&str, Vec<&str>)> =
            texts.map(|text| (text, names(text))).filter(|(_, names)| !names.is_empty()).collect();
        assert_eq!(mistaken, Vec::new());
    }
}
