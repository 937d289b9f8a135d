//! Redaction dictionary of the whole directory: the free text of one entry may name the person of another.
//!
//! A family name is often the name of a 大字 as well. It therefore counts as a name only together with an honorific (さん,
//! 先生) or in brackets. This module does no I/O.

use std::collections::{BTreeSet, HashSet};

use super::mobile::{digits, digits_and_kanji};
use super::sensitive_terms::{LOCAL_DIGITS, words_of};
use crate::model::LinkWorker;
use crate::text::fold;

/// Minimum length, in characters, of a name written without a space: two characters are as often the name of a 大字.
const MIN_NAME_CHARS: usize = 3;

/// Honorifics that rarely follow anything but a personal name, folded. まで and 方 are not among them: 大屋まで, 大屋方.
const HONORIFICS: [&str; 9] = ["さん", "さま", "様", "氏", "先生", "殿", "ちゃん", "君", "宅"];

/// Stop list: ordinary words that look like a name with an honorific, folded.
// (見本) marks the entries of the sample data.
const NOT_NAMES: [&str; 15] = [
    "(見本)",
    "皆さん",
    "皆さま",
    "皆様",
    "みなさん",
    "みなさま",
    "みな様",
    "奥さん",
    "奥さま",
    "奥様",
    "おくさん",
    "おくさま",
    "たくさん",
    "家宅",
    "お宅",
];

/// Words that announce a private number (home, mobile), folded.
const PRIVATE_NUMBER_WORDS: [&str; 6] = ["自宅", "携帯", "けいたい", "じたく", "個人", "すまほ"];

/// Digits of a Japanese landline number.
const LANDLINE_DIGITS: usize = 10;

/// Words that may come between such a word and the number, folded.
const NUMBER_PREFIXES: [&str; 9] = ["電話", "番号", "でんわ", "ばんごう", "tel", "直通", "は", "の", "へ"];

/// The private names and telephone numbers of a whole directory, as a dictionary to search free text for.
#[derive(Debug, Default)]
pub struct PrivateNames {
    /// Full names, folded.
    names: NameWords,
    /// Parts of names with an honorific, folded.
    spoken: NameWords,
    /// The last digits of private telephone numbers.
    numbers: NameWords,
}

impl PrivateNames {
    /// Collects them from all `workers`, also from entries that are hidden from the public. Public names are left out.
    pub fn of(workers: &[LinkWorker]) -> Self {
        let mut everyone = Self::default();
        for worker in workers {
            if let Some(person) = worker.person.as_ref().filter(|person| !person.public) {
                everyone.add_names(&person.name, false);
                worker.person_kana.iter().for_each(|kana| everyone.add_names(kana, true));
            }
            for phone in &worker.person_phones {
                let digits = digits(phone);
                // People write a mobile number in full; its last six digits alone may be an office's.
                let suffix_len = if digits.len() > LANDLINE_DIGITS { LANDLINE_DIGITS } else { LOCAL_DIGITS };
                if digits.len() >= suffix_len {
                    everyone.numbers.add(digits[digits.len() - suffix_len..].to_owned());
                }
            }
        }
        everyone
    }

    /// `written` may list several names.
    fn add_names(&mut self, written: &str, is_reading: bool) {
        for name in written.split(['、', '，', ',', '/', '／']) {
            let words: Vec<String> = words_of(name).collect();
            let whole = words.concat();
            if char_count(&whole) >= MIN_NAME_CHARS || char_count(&whole) == 2 && words.len() == 2 {
                self.names.add(whole);
            }
            match words.as_slice() {
                // The boundary between family and given name is unknown, so every cut counts. Not in a reading: its parts are
                // often ordinary words.
                [word] if is_reading => self.add_spoken(word),
                [word] => parts_of(word).for_each(|part| self.add_spoken(part)),
                words => words.iter().for_each(|word| self.add_spoken(word)),
            }
        }
    }

    fn add_spoken(&mut self, part: &str) {
        let spoken = HONORIFICS.iter().map(|form| format!("{part}{form}")).chain([format!("({part})")]);
        spoken.filter(|spoken| !NOT_NAMES.contains(&spoken.as_str())).for_each(|spoken| self.spoken.add(spoken));
    }

    /// Whether `text` contains one of the full names. The cost grows with the length of the text, not with the number of names.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.names.are_in(&folded_chars(text)) || self.names.are_in(&folded_alphanumerics(text))
    }

    /// Whether `text` names one of the persons in any form, or contains a private number or an e-mail address.
    pub(super) fn are_hinted_at_in(&self, text: &str) -> bool {
        let is_own = |digits: String| self.numbers.are_in(&digits.chars().collect::<Vec<_>>());
        self.are_in(text)
            || self.spoken.are_in(&folded_chars(text))
            || is_own(digits(text))
            || is_own(digits_and_kanji(text))
            || has_mail(text)
            || has_own_number(text)
    }
}

/// Multi-pattern search with a hash set: one window per pattern length at every character.
#[derive(Debug, Default)]
struct NameWords {
    words: HashSet<String>,
    /// Distinct lengths, in characters.
    lengths: BTreeSet<usize>,
}

impl NameWords {
    fn add(&mut self, word: String) {
        self.lengths.insert(char_count(&word));
        self.words.insert(word);
    }

    fn are_in(&self, text: &[char]) -> bool {
        let stands =
            |length: &usize| text.windows(*length).any(|part| self.words.contains(&part.iter().collect::<String>()));
        self.lengths.iter().any(stands)
    }
}

/// Candidate family and given names of a name without a space: 森愛子 → 森, 森愛, 愛子.
fn parts_of(word: &str) -> impl Iterator<Item = &str> {
    let length = char_count(word);
    let cuts = word.char_indices().skip(1);
    let parts = cuts.flat_map(|(i, _)| [(&word[..i], true), (&word[i..], false)]).chain([(word, true)]);
    // 子 cut from 花子 would match お子さん.
    parts.filter(move |(part, first)| char_count(part) > 1 || *first && length <= 3).map(|(part, _)| part)
}

fn char_count(text: &str) -> usize {
    text.chars().count()
}

fn folded_chars(text: &str) -> Vec<char> {
    fold(text).chars().collect()
}

/// Only alphanumeric characters, folded: 秘密（花子） becomes 秘密花子.
fn folded_alphanumerics(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric() || *c == 'ー').collect()
}

/// Whether `text` contains an e-mail address, also with (at) in place of @.
fn has_mail(text: &str) -> bool {
    let folded = fold(text).replace("(at)", "@").replace("[at]", "@");
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
    folded
        .match_indices('@')
        .any(|(at, _)| is_part(folded[..at].chars().next_back()) && is_part(folded[at + 1..].chars().next()))
}

/// Whether `text` contains a number after 自宅, 携帯 and the like.
fn has_own_number(text: &str) -> bool {
    let folded = fold(text);
    let after = |(at, word): (usize, &str)| begins_with_number(&folded[at + word.len()..]);
    PRIVATE_NUMBER_WORDS.iter().any(|word| folded.match_indices(word).any(after))
}

fn begins_with_number(text: &str) -> bool {
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches(|c: char| !c.is_alphanumeric() || c == 'ー');
        let next = NUMBER_PREFIXES.iter().chain(&PRIVATE_NUMBER_WORDS).find_map(|word| bare.strip_prefix(word));
        rest = match next {
            Some(next) => next,
            None if bare.len() == rest.len() => break,
            None => bare,
        };
    }
    // 13:30 is a time.
    let number = rest.split(|c: char| c == ':' || c.is_alphabetic() && c != 'ー' || "〜~".contains(c)).next();
    number.is_some_and(|number| digits(number).len() >= LOCAL_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Audience, Person};

    fn entry(name: &str, kana: &str) -> LinkWorker {
        LinkWorker {
            person: Some(Person { name: name.to_owned(), public: false }),
            person_kana: Some(kana.to_owned()),
            person_phones: vec!["079-662-7777".to_owned()],
            audience: Audience::LinkWorkers,
            ..LinkWorker::default()
        }
    }

    fn directory() -> PrivateNames {
        PrivateNames::of(&[
            entry("秘密 花子", "ひみつ はなこ"),
            entry("森 愛", "もり あい"),
            entry("大屋六郎", "おおやろくろう"),
        ])
    }

    #[test]
    fn whoever_names_somebody_of_the_directory_is_heard() {
        for text in [
            "不在時は秘密さんへ",
            "秘密氏と分担",
            "秘密様",
            "秘密先生に相談",
            "秘密（花子）まで",
            "副（花子）",
            "花子ちゃんの会",
            "ヒミツ ハナコ",
            "ﾋﾐﾂさんへ",
            "森 愛",
            "森愛に電話",
            "森さん",
            "大屋さんと",
            "大屋 六郎",
            "おおやろくろう",
            "夜は079-662-7777",
            "夜は０７９（６６２）７７７７",
            "夜は662 7777",
            "hanako@example.jp",
            "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ",
            "hanako(at)example.jp",
            "自宅 079-660-0001",
            "自宅電話：0796-60-0001",
            "携帯番号は 12-345-678",
            "けいたい１２３４５６７８",
        ] {
            assert!(directory().are_hinted_at_in(text), "{text}");
        }
    }

    #[test]
    fn an_office_whose_number_ends_like_a_mobile_is_not_a_person_s() {
        let worker = LinkWorker {
            person_phones: vec!["090-0000-4006".to_owned()],
            ..entry("見本 太郎", "みほん たろう")
        };
        let directory = PrivateNames::of(&[worker]);
        assert!(!directory.are_hinted_at_in("電話は079-000-4006へ"));
        assert!(directory.are_hinted_at_in("電話は09000004006へ"));
    }

    #[test]
    fn ordinary_words_and_an_office_s_number_name_nobody() {
        for text in [
            "お子さんの相談",
            "皆さんお気軽に",
            "大屋地区",
            "大屋まで送迎",
            "森の会",
            "秘密は守ります",
            "自宅訪問 13:30〜15:00",
            "自宅へ 2回",
            "八鹿支所 079-662-3333",
            "毎月第2・4木曜 9:00〜12:00",
            "@で始まる",
        ] {
            assert!(!directory().are_hinted_at_in(text), "{text}");
        }
    }
}
