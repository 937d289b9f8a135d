//! Persons whom a dictionary of names tells from words and places: a family name that nothing else is called by (「鴫原が配達」), one
//! behind the hours (「10時〜 鑓水」), and the place of somebody who teaches (「波多江書道教室」, 「澄江の手芸教室」).
//!
//! A family name that is a place as well shows nobody by itself. This module does no I/O.

use super::family::{is_family_char, is_possible_family};
use super::kana::is_like_given;
use super::{MentionKind, PersonMention, ends_like_people};
use crate::privacy::persons::full_name::is_mixed_given;
use crate::privacy::persons::known_words::{is_kana, is_known_family, is_none, is_only_family, is_role};
use crate::privacy::persons::name_characters::{family_level, has_rare_character};
use crate::privacy::persons::name_dictionary::{
    DictionaryName, family, given, is_dictionary_given_in_kana, is_family_in_kana, is_noun,
};
use crate::privacy::persons::other_scripts::is_name_in_kana;
use crate::privacy::words::PeopleWords;
use crate::text::fold;

/// Lengths of a family name by itself, in characters.
const FAMILY_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

/// What ends the hours before a name: 「10時〜 鑓水」, 「第3土曜 鑓水」.
const HOURS_ENDS: &str = "時分日曜〜～半";

/// What follows somebody, and a place or a thing as well.
const PARTICLES: &str = "がはへともにを、，,。・／/）)」：:；;\n";

/// From which level on a word that no dictionary has is a family name before what is taught.
const LIKELY_FAMILY: i32 = -1;

/// Longest title of what is taught between a name and 教室, in characters.
const MOST_LESSON_CHARS: usize = 8;

/// The persons in `text` whom the dictionary shows.
pub(super) fn by_dictionary(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found = family_runs(text, words);
    found.extend(teacher(text, words));
    found.extend(with_role_in_kana(text, words));
    found.extend(at_outbuildings(text, words));
    found.extend(behind_jobs(text, words));
    found
}

/// The runs of kanji that are nothing but a family name.
fn family_runs(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(start) = text[from..].find(is_family_char).map(|at| from + at) {
        let end = text[start..].find(|c| !is_family_char(c)).map_or(text.len(), |at| start + at);
        from = end;
        let run = &text[start..end];
        if !FAMILY_CHARS.contains(&run.chars().count()) {
            continue;
        }
        let (before, behind) = (&text[..start], &text[end..]);
        let folded = fold(run);
        let is_named = is_only_family(&folded) && stands_for_somebody(before, behind, words)
            || may_be_family(&folded) && is_behind_hours(before, behind);
        if is_named && !ends_like_people(run, words) {
            found.push(PersonMention { start, end, kind: MentionKind::Family });
        }
    }
    found
}

/// Whether the folded `word` is a family name of the dictionary and no ordinary word, role or office.
fn may_be_family(word: &str) -> bool {
    is_only_family(word) || is_known_family(word) && !is_none(word)
}

/// Whether a family name between `before` and `behind` is neither a part of a word nor of an address.
fn stands_for_somebody(before: &str, behind: &str, words: &PeopleWords) -> bool {
    let is_part = before.ends_with(|c: char| c.is_alphanumeric() && !is_kana(c) || "お御・ー".contains(c));
    let ends = |word: &String| behind.starts_with(word.as_str());
    let next = behind.chars().next();
    let is_end = next.is_none_or(|c| PARTICLES.contains(c))
        || next.is_some_and(|c| "（( \u{3000}".contains(c))
            && !behind.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_numeric)
        || ["まで", "宛", "から", "より", "です", "さん", "ほか"].iter().any(|word| behind.starts_with(word))
        || words.own_spoken.iter().chain(&words.doings).chain(&words.behind_names).any(ends);
    !is_part && is_end
}

/// Whether a family name stands alone behind the hours, up to the end of what says something by itself.
fn is_behind_hours(before: &str, behind: &str) -> bool {
    // 「日曜は鑓水」
    let bare = before.strip_suffix('は').unwrap_or(before).trim_end_matches([' ', '\u{3000}', '（', '(', '・']);
    let is_apart = bare.len() < before.len() || bare.ends_with(['〜', '～']);
    let is_end = behind.trim_start().chars().next().is_none_or(|c| "）)、。\n／/".contains(c));
    is_apart && is_end && (bare.ends_with(|c| HOURS_ENDS.contains(c)) || ends_with_minutes(bare))
}

/// Whether `text` ends with a time of day: 「10:30」, and not the number of a house that is called so.
fn ends_with_minutes(text: &str) -> bool {
    let bare = text.trim_end_matches(char::is_numeric);
    bare.len() < text.len() && bare.ends_with([':', '：'])
}

/// The name of somebody who teaches, with which the whole text begins: 「波多江書道教室」, 「美也子先生のフラワー教室」.
fn teacher(text: &str, words: &PeopleWords) -> Option<PersonMention> {
    let bare = text.trim();
    let lessons = words.lessons.iter().find_map(|lesson| bare.strip_suffix(lesson.as_str()))?;
    let start = text.len() - text.trim_start().len();
    let mention = |length: usize| PersonMention { start, end: start + length, kind: MentionKind::Family };
    if let Some((name, _)) = lessons.split_once('の') {
        return is_teacher(name).then(|| mention(name.len()));
    }
    let cuts = lessons.char_indices().map(|(at, c)| at + c.len_utf8()).take(*FAMILY_CHARS.end());
    let is_family = |at: &usize| {
        let (name, subject) = lessons.split_at(*at);
        let folded = fold(name);
        let is_subject = words.subjects.iter().any(|word| subject.starts_with(word.as_str()));
        name.chars().nth(1).is_some()
            && name.chars().all(is_family_char)
            && subject.chars().count() <= MOST_LESSON_CHARS
            && (is_only_family(&folded)
                || is_subject && may_be_family(&folded)
                || (is_subject || is_noun(&fold(subject))) && is_unknown(name, words))
    };
    cuts.filter(is_family).max().map(mention)
}

/// Outbuildings of a home behind a family name: 「茂呂ガレージ」.
fn at_outbuildings(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let houses = words.outbuildings.iter().flat_map(|house| text.match_indices(house.as_str()));
    let homes = houses.filter_map(|(at, house)| {
        let run: usize = text[..at].chars().rev().take_while(|c| is_family_char(*c)).map(char::len_utf8).sum();
        let name = &text[at - run..at];
        (FAMILY_CHARS.contains(&name.chars().count()) && may_be_family(&fold(name))).then_some(PersonMention {
            start: at - run,
            end: at + house.len(),
            kind: MentionKind::Home,
        })
    });
    homes.collect()
}

/// A family name that is all that is said of who has a job: 「講師は鑓水」, 「ガイド・喜入」.
fn behind_jobs(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let parts = text.split(|c: char| "。\n、，；（）()".contains(c));
    let named = parts.filter_map(|part| {
        let bare = part.rsplit([':', '：']).next().unwrap_or(part).trim();
        let (job, name) = bare.split_once(['は', '・', 'の'])?;
        let name = name.strip_suffix("です").unwrap_or(name);
        let is_job = is_role(&fold(job)) || words.contact_labels.iter().any(|label| label == job);
        let is_name = is_job && !is_noun(&fold(name)) && (may_be_family(&fold(name)) || is_unknown(name, words));
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        is_name.then_some(PersonMention { start, end: start + name.len(), kind: MentionKind::TurnedTo })
    });
    named.collect()
}

/// Whether `name` is in no dictionary, and written like a family name.
fn is_unknown(name: &str, words: &PeopleWords) -> bool {
    let folded = fold(name);
    let is_in_dictionary = family(&folded).is_some() || given(&folded).is_some() || words.place_words.contains(&folded);
    !is_in_dictionary
        && is_possible_family(name, words)
        && (has_rare_character(&folded) || family_level(&folded) >= LIKELY_FAMILY)
}

/// Whether `name` is what somebody is called before the name of a lesson: 澄江, トミ子, 波多江.
fn is_teacher(name: &str) -> bool {
    let bare = ["先生", "さん", "さま", "様"].iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name);
    let folded = fold(bare);
    let is_addressed = bare.len() < name.len();
    let is_clear = given(&folded).is_some_and(DictionaryName::is_clear);
    let is_likely = || given(&folded).is_some_and(|given| !given.is_word) || is_known_family(&folded);
    bare.chars().nth(1).is_some()
        && !is_none(&folded)
        && (is_clear
            || is_only_family(&folded)
            || is_mixed_given(&folded)
            || is_addressed && (is_likely() || is_dictionary_given_in_kana(bare) || is_family_in_kana(bare)))
}

/// Parts of a text that are nothing but a role and a name in kana: 「たえこ 生活相談員」, 「講師 シモジ」.
fn with_role_in_kana(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found = Vec::new();
    let parts = text.split(['。', '\n', '、', '，', '／', '/', '；', '（', '）', '(', ')']);
    for part in parts {
        let bare = part.trim();
        let Some((first, last)) = bare.split_once([' ', '\u{3000}', '：', ':', '・']) else { continue };
        let (first, last) = (first.trim(), last.trim());
        let is_named = |role: &str, name: &str| {
            let has_role = || is_role(&fold(role)) || words.contact_labels.iter().any(|label| label == role);
            (is_name_in_kana(name) || is_like_given(name)) && has_role() && !words.place_words.contains(&fold(name))
        };
        if is_named(first, last) || is_named(last, first) {
            let start = bare.as_ptr() as usize - text.as_ptr() as usize;
            found.push(PersonMention { start, end: start + bare.len(), kind: MentionKind::TurnedTo });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::words::PrivacyWordFile;

    fn names(text: &str) -> Vec<&str> {
        let found = by_dictionary(text, &PrivacyWordFile::get().people);
        found.iter().map(|mention| &text[mention.start..mention.end]).collect()
    }

    #[test]
    fn whom_the_dictionary_knows_is_seen_without_a_role() {
        for (text, name) in [
            ("鴫原が配達", "鴫原"),
            ("毎週月曜 10時〜 鑓水", "鑓水"),
            ("第3土曜（轟木）", "轟木"),
            ("鳥谷部が配達", "鳥谷部"),
            ("火〜土（日曜は轟木）", "轟木"),
            ("玉那覇三線教室", "玉那覇"),
            ("波多江書道教室", "波多江"),
            ("大谷ピアノ教室", "大谷"),
            ("美也子先生のフラワー教室", "美也子先生"),
            ("トミ子の手まり教室", "トミ子"),
            ("たえこ 生活相談員", "たえこ 生活相談員"),
            ("講師：シモジ", "講師：シモジ"),
            ("会場は轟木ガレージ", "轟木ガレージ"),
            ("講師は椎原", "椎原"),
            ("申込: ガイド・喜入", "喜入"),
        ] {
            assert_eq!(names(text), [name], "{text}");
        }
    }

    #[test]
    fn places_and_words_of_lists_name_nobody() {
        for text in [
            "大谷が会場",
            "轟木 1-2",
            "西町",
            "生活・仕事サポートセンター",
            "毎週月曜 10時〜 会議室",
            "第3土曜 午後",
            "青葉書道教室",
            "中央料理教室",
            "健康体操教室",
            "講師は地元",
            "代表は交代制",
            "ガイド・案内",
            "受付は当日",
            "担当は生涯学習課",
            "親子の料理教室",
            "さくら絵画教室",
            "ひまわり 相談員",
            "みどりの教室",
            "火曜・木曜 和室",
            "市民の歌声教室",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
    }
}
