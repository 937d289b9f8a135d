//! Whom one turns to by a family name that no table has, behind a label or a role: 「連絡：百々」, 「（鍵は椿山）」.
//!
//! Where a text says whom to call, a short word in kanji is a family name, unless the table or its characters say that it is
//! something else: no family is called 先着 or 郵送. This module does no I/O.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::family::{family_before, is_family_char, is_possible_family, is_single_family, without_role_behind};
use super::{MentionKind, PersonMention, ends_like_people};
use crate::privacy::persons::known_words::is_kana;
use crate::privacy::persons::name_characters::family_level;
use crate::privacy::words::{PeopleWords, PrivacyWordFile};
use crate::text::fold;

/// What stands between a label and the name: 「連絡先：」, 「鍵は」, 「要連絡（」.
const SEPARATORS: &str = " \u{3000}\n:：＝=→⇒▶►…‥｜|／/・ー―—–-－【】（）()[]［］〔〕「『<＜>＞は";

/// Most signs between a label and the name.
const MOST_SIGNS: usize = 3;

/// From which level on a word is a family name behind the hours when a house is closed.
const LIKELY_FAMILY: i32 = 0;

/// Longest role before a name, in characters.
const MOST_ROLE_CHARS: usize = 6;

/// Labels that are one only where they are a whole word: 「正：百々　副：犬童」.
const LONE_LABELS: [&str; 5] = ["正", "副", "主", "文", "記"];

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
    let listed = words.contact_labels.iter().chain(&words.private_times).chain(titles);
    listed.map(String::as_str).chain(LONE_LABELS)
}

/// The family names by which `text` says whom to turn to.
pub(super) fn turned_to(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found = behind_labels(text, words);
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
        if rest.starts_with('は')
            && words.private_times.iter().any(|time| time == label)
            && !is_last((label, rest), words)
        {
            return None;
        }
        let mut ends = words.label_endings.iter().filter_map(|end| rest.strip_prefix(end.as_str())).chain([rest]);
        let (name, length) = ends.find_map(|rest| {
            // ☎ is a sign itself.
            let is_sign = !label.contains(char::is_alphanumeric);
            let is_time = words.private_times.iter().any(|time| time == label) && is_last((label, rest), words);
            let name = without_signs(rest)
                .or((is_sign || is_time).then_some(rest))
                .or_else(|| last_behind_comma(label, rest))?;
            let name = without_date(name).unwrap_or(name);
            let name = without_former_role(name, words).unwrap_or(name);
            Some((name, length_of_family(name, words)?))
        })?;
        let start = text.len() - name.len();
        (!is_within_word(text, at, label)).then(|| mention((start, start + length)))
    });
    found.collect()
}

/// Whether the `label` at byte `at` is a part of another word: hotel is no label, and 副 of 副会長 none either.
fn is_within_word(text: &str, at: usize, label: &str) -> bool {
    let is_roman = label.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_bound = LONE_LABELS.contains(&label);
    text[..at].ends_with(|c: char| is_roman && c.is_ascii_alphabetic() || is_bound && c.is_alphanumeric())
}

/// What ends `rest` behind a comma, where the `label` says who is turned to: 「休みの連絡先、百々」.
fn last_behind_comma<'t>(label: &str, rest: &'t str) -> Option<&'t str> {
    let name = rest.strip_prefix('、').filter(|_| label.ends_with(['先', '人', '長']))?;
    name.trim_end_matches('。').chars().all(is_family_char).then_some(name)
}

/// Whether nothing but what may be a family name follows the hours when nobody is at an office: 「不在時は鑓水」, 「（不在時鑓水）」.
fn is_last((label, rest): (&str, &str), words: &PeopleWords) -> bool {
    let rest = ["時は", "中は", "時", "中", "は"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let name = rest.trim_end_matches(['。', '）', ')', ' ', '\u{3000}']);
    // Somebody is away, a house is closed: 「夜間は静寂」.
    let is_away = ["不在", "留守"].contains(&label);
    is_possible_family(name, words) && (is_away || family_level(&fold(name)) >= LIKELY_FAMILY)
}

/// `rest` without what the person was or does besides: 「発起人は元町長の百々」.
fn without_former_role<'t>(rest: &'t str, words: &PeopleWords) -> Option<&'t str> {
    let (role, name) = rest.split_once('の')?;
    // 「リーダーは3年の百々」, 「連絡は2組の百々」
    let is_of_group = role.ends_with(['年', '組', '班', '区', '町', '丁', '目', '階', '号', '隣']);
    (role.chars().count() <= MOST_ROLE_CHARS && (is_of_group || ends_like_people(role, words))).then_some(name)
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
        || words.turn_to.iter().any(|word| behind.starts_with(word.as_str()))
        || words.behind_names.iter().any(|word| behind.starts_with(word.as_str()))
        || words.address_forms.iter().any(|form| behind.starts_with(form.as_str()));
    // A single character counts, and is no family, where a number stands right behind it: 「休日：第1水曜」.
    let counts = behind.starts_with(char::is_numeric);
    let is_family = |name: &str| is_possible_family(name, words) || !counts && is_single_family(name, words);
    // 「問合せは鴨下支部長」
    let bare = if is_family(name) { Some(name) } else { without_role_behind(name).filter(|name| is_family(name)) };
    bare.filter(|_| is_bounded).map(str::len)
}

/// 「鑓水（世話人）」; behind an office's telephone, （代表） is its number.
fn before_roles(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let names = text.match_indices(['（', '(']).filter_map(|(at, open)| {
        let behind = &text[at + open.len()..];
        let close = behind.find(['）', ')'])?;
        let role = behind[..close].trim_end_matches(['O', 'B', 'Ｏ', 'Ｂ']);
        words.heads.iter().chain(&words.bracketed_roles).find(|known| *known == role)?;
        let end = &behind[close..];
        let end = &end[end.chars().next().map_or(0, char::len_utf8)..];
        let is_somebody = role != "代表" || words.turn_to.iter().any(|word| end.starts_with(word.as_str()));
        let given: usize = text[..at].chars().rev().take_while(|c| is_kana(*c)).map(char::len_utf8).sum();
        let has_given = (2..=4).contains(&text[at - given..at].chars().count());
        let start = family_before(text, if has_given { at - given } else { at }, words)?;
        is_somebody.then_some((start, at))
    });
    names.map(mention).collect()
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
            ("正：百々　副：犬童", "犬童"),
            ("休みの連絡先、百々", "百々"),
            ("発起人は元町長の百々", "百々"),
            ("リーダーは3年の百々", "百々"),
            ("300円（集金 蛯名）", "蛯名"),
            ("鍵は椿山", "椿山"),
            ("TEL 犬童 0796-62-0000", "犬童"),
            ("世話係→乙丸", "乙丸"),
            ("連絡先【仁井谷】", "仁井谷"),
            ("問合せ先\n犬童", "犬童"),
            ("緊急時　犬童　62-0000", "犬童"),
            ("運営：犬童・百々", "犬童"),
            ("Contact：犬童", "犬童"),
            ("受付は　一ノ瀬", "一ノ瀬"),
            ("連絡網：鑓水→都築野", "鑓水"),
            ("会計は鑓水、書記は都築野", "都築野"),
            ("鑓水（世話人）に聞く", "鑓水"),
            ("鑓水（代表）へ申し込み", "鑓水"),
            ("鑓水（民生委員OB）が見守り", "鑓水"),
            ("管理者は鑓水", "鑓水"),
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
