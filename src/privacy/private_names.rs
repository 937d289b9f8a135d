//! What must not be read in public of a whole directory: one entry's words may name the person of another.
//!
//! A family name alone is often the name of a 大字 as well, so that it counts only where it is spoken of as a person's:
//! with さん, 先生 and the like. This module does no I/O.

use std::collections::{BTreeSet, HashSet};

use super::mobile::{digits, digits_and_kanji};
use super::sensitive_terms::{LOCAL_DIGITS, words_of};
use crate::model::LinkWorker;
use crate::text::fold;

/// Letters of a name at least that is written as one word: two are as often the name of a 大字.
const NAME_LETTERS: usize = 3;

/// What is said behind a name and behind hardly anything else, folded. 大屋まで and 大屋方 are places.
const FORMS: [&str; 9] = ["さん", "さま", "様", "氏", "先生", "殿", "ちゃん", "君", "宅"];

/// Words that speak of nobody by name, folded.
// A sample's mark is a name in the sample only.
const ORDINARY: [&str; 15] = [
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

/// Words before somebody's own number, folded.
const OWN: [&str; 6] = ["自宅", "携帯", "けいたい", "じたく", "個人", "すまほ"];

/// Digits of a number that belongs to a house.
const LANDLINE_DIGITS: usize = 10;

/// What stands between such a word and the number.
const BEFORE_NUMBERS: [&str; 9] = ["電話", "番号", "でんわ", "ばんごう", "tel", "直通", "は", "の", "へ"];

/// The private names and numbers of a whole directory.
#[derive(Debug, Default)]
pub struct PrivateNames {
    /// Whole names, folded.
    names: NameWords,
    /// A part of a name as it is spoken of, folded.
    spoken: NameWords,
    /// The last digits of everybody's own telephones.
    numbers: NameWords,
}

impl PrivateNames {
    /// Those of all `workers`, whoever may see them; names that are public are none.
    pub fn of(workers: &[LinkWorker]) -> Self {
        let mut everyone = Self::default();
        for worker in workers {
            if let Some(person) = worker.person.as_ref().filter(|person| !person.public) {
                everyone.add_names(&person.name, false);
                worker.person_kana.iter().for_each(|kana| everyone.add_names(kana, true));
            }
            for phone in &worker.person_phones {
                let digits = digits(phone);
                // A mobile number is always written whole; its last digits alone may be an office's.
                let told = if digits.len() > LANDLINE_DIGITS { LANDLINE_DIGITS } else { LOCAL_DIGITS };
                if digits.len() >= told {
                    everyone.numbers.add(digits[digits.len() - told..].to_owned());
                }
            }
        }
        everyone
    }

    /// `written` may hold several names.
    fn add_names(&mut self, written: &str, is_reading: bool) {
        for name in written.split(['、', '，', ',', '/', '／']) {
            let words: Vec<String> = words_of(name).collect();
            let whole = words.concat();
            if letters(&whole) >= NAME_LETTERS || letters(&whole) == 2 && words.len() == 2 {
                self.names.add(whole);
            }
            match words.as_slice() {
                // Where the family name ends is not known; of a reading, any cut may be an ordinary word.
                [word] if is_reading => self.add_spoken(word),
                [word] => parts_of(word).for_each(|part| self.add_spoken(part)),
                words => words.iter().for_each(|word| self.add_spoken(word)),
            }
        }
    }

    fn add_spoken(&mut self, part: &str) {
        let spoken = FORMS.iter().map(|form| format!("{part}{form}")).chain([format!("({part})")]);
        spoken.filter(|spoken| !ORDINARY.contains(&spoken.as_str())).for_each(|spoken| self.spoken.add(spoken));
    }

    /// Whether one of the whole names stands in `text`. Takes time by the length of the text, whatever the number of names.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.names.are_in(&folded_letters(text)) || self.names.are_in(&without_gaps(text))
    }

    /// Whether `text` names one of the persons in any way, or holds a way to reach somebody at home or by mail.
    pub(super) fn are_hinted_at_in(&self, text: &str) -> bool {
        let is_own = |digits: String| self.numbers.are_in(&digits.chars().collect::<Vec<_>>());
        self.are_in(text)
            || self.spoken.are_in(&folded_letters(text))
            || is_own(digits(text))
            || is_own(digits_and_kanji(text))
            || has_mail(text)
            || has_own_number(text)
    }
}

/// Words that are looked for at every letter of a text.
#[derive(Debug, Default)]
struct NameWords {
    words: HashSet<String>,
    /// How many letters they have.
    lengths: BTreeSet<usize>,
}

impl NameWords {
    fn add(&mut self, word: String) {
        self.lengths.insert(letters(&word));
        self.words.insert(word);
    }

    fn are_in(&self, text: &[char]) -> bool {
        let stands =
            |length: &usize| text.windows(*length).any(|part| self.words.contains(&part.iter().collect::<String>()));
        self.lengths.iter().any(stands)
    }
}

/// What may be the family name or the given name of a name without a gap: 森愛子 → 森, 森愛, 愛子.
fn parts_of(word: &str) -> impl Iterator<Item = &str> {
    let length = letters(word);
    let cuts = word.char_indices().skip(1);
    let parts = cuts.flat_map(|(i, _)| [(&word[..i], true), (&word[i..], false)]).chain([(word, true)]);
    // 花子 is no お子さん.
    parts.filter(move |(part, first)| letters(part) > 1 || *first && length <= 3).map(|(part, _)| part)
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

fn folded_letters(text: &str) -> Vec<char> {
    fold(text).chars().collect()
}

/// 秘密（花子） is 秘密花子.
fn without_gaps(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric() || *c == 'ー').collect()
}

/// Whether an address of mail stands in `text`.
fn has_mail(text: &str) -> bool {
    let folded = fold(text).replace("(at)", "@").replace("[at]", "@");
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
    folded
        .match_indices('@')
        .any(|(at, _)| is_part(folded[..at].chars().next_back()) && is_part(folded[at + 1..].chars().next()))
}

/// Whether a number stands behind 自宅, 携帯 and the like.
fn has_own_number(text: &str) -> bool {
    let folded = fold(text);
    OWN.iter().any(|own| folded.match_indices(own).any(|(at, _)| begins_with_number(&folded[at + own.len()..])))
}

fn begins_with_number(text: &str) -> bool {
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches(|c: char| !c.is_alphanumeric() || c == 'ー');
        let next = BEFORE_NUMBERS.iter().chain(&OWN).find_map(|word| bare.strip_prefix(word));
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
