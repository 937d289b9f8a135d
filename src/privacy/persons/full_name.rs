//! Full names that no word beside them announces: 「不在時は鴫原久夫へ」. A rare family name stands in no table, but given names
//! are written with few characters, and in a fixed order. This module does no I/O.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::known_words::{is_kana, is_known_family, is_none, is_surname};
use super::name_characters::name_level;
use super::name_dictionary::{
    family as dictionary_family, given as dictionary_given, is_dictionary_given_in_kana, is_noun,
};
use crate::privacy::words::{GivenNameWords, PrivacyWordFile};
use crate::text::{fold, is_kanji};

/// Lengths of a family name, in characters.
const FAMILY_CHARS: std::ops::RangeInclusive<usize> = 1..=4;

/// Lengths of a family name that stands in no table, in characters.
const UNKNOWN_FAMILY_CHARS: std::ops::RangeInclusive<usize> = 2..=3;

/// What a municipality, a house or an office ends with, and no family name of three characters that stands in no table: 新宮市千穂.
const NO_FAMILY_ENDS: &str = "市町村区郡家料県府都庁課係部局会館社所園校";

/// From which level a name is one by its characters alone.
const BEYOND_DOUBT: i32 = 5;

/// Longest run of characters that is looked at, in characters: a name with a word before and behind it.
const MAX_RUN_CHARS: usize = 12;

/// Family names of one character that are as often a direction or a part of a place.
const DIRECTIONS: &str = "東西南北金原林森谷岡関堀";

static FIRST: LazyLock<HashSet<char>> = LazyLock::new(|| words().first.chars().collect());
static MIDDLE: LazyLock<HashSet<char>> = LazyLock::new(|| words().middle.chars().collect());
static LAST: LazyLock<HashSet<char>> = LazyLock::new(|| words().last.chars().collect());
static WHOLE: LazyLock<HashSet<&str>> = LazyLock::new(|| words().whole.iter().map(String::as_str).collect());
static KANA: LazyLock<HashSet<&str>> = LazyLock::new(|| words().kana.iter().map(String::as_str).collect());
static ORDINARY: LazyLock<HashSet<&str>> = LazyLock::new(|| words().ordinary.iter().map(String::as_str).collect());

fn words() -> &'static GivenNameWords {
    &PrivacyWordFile::get().given
}

/// Where the family name ends in the folded `word`, which is nothing but a full name.
pub(in crate::privacy) fn end_of_family(word: &str) -> Option<usize> {
    let cuts = word.char_indices().map(|(at, _)| at).enumerate().skip(*FAMILY_CHARS.start());
    cuts.take(*FAMILY_CHARS.end()).find(|(length, at)| is_full(&word[..*at], &word[*at..], *length)).map(|(_, at)| at)
}

/// Whether the folded words are a family name of `length` characters and a given name.
fn is_full(family: &str, given: &str, length: usize) -> bool {
    if is_none(family) || !family.chars().all(|c| is_kanji(c) || "がの".contains(c)) {
        return false;
    }
    if is_in_dictionary(family, given, length) {
        return true;
    }
    match (is_surname(family), length) {
        (true, 1) if DIRECTIONS.contains(family) => is_given(given) && given.ends_with(['子', '夫', '雄', '男', '彦']),
        (true, _) => is_given(given) || length > 1 && (KANA.contains(given) || is_single(given)),
        (false, _) => {
            is_unknown_family(family) && (is_given(given) || is_long_kana(given) || is_by_characters(family, given))
        }
    }
}

/// Whether the dictionary knows the folded words as a family and a given name, and not both as something else.
pub(super) fn is_in_dictionary(family: &str, given: &str, length: usize) -> bool {
    let (Some(first), Some(last)) = (dictionary_family(family), dictionary_given(given)) else {
        let is_long = length > 1 && is_known_family(family);
        return is_long && given.chars().all(is_kana) && is_dictionary_given_in_kana(given);
    };
    let is_alike = first.is_word || last.is_word || (first.is_place || length == 1) && last.is_place;
    let is_long = given.chars().nth(1).is_some();
    is_long && !is_alike && !is_none(given) && !ORDINARY.contains(given) && !is_noun(&format!("{family}{given}"))
}

/// Whether the folded `given` is written like a given name: 久夫, 千代松, 由美子.
pub(super) fn is_given(given: &str) -> bool {
    let chars: Vec<char> = given.chars().collect();
    let Some((first, behind)) = chars.split_first() else { return false };
    let is_first = FIRST.contains(first);
    if ORDINARY.contains(given) {
        return false;
    }
    let is_whole = WHOLE.contains(given);
    match behind {
        [last] => is_whole || is_first && LAST.contains(last),
        [middle, last] => {
            is_first
                && (words().behind.iter().any(|end| given[first.len_utf8()..] == **end)
                    || "子江".contains(*last) && MIDDLE.contains(middle))
        }
        _ => is_first && words().behind.iter().any(|end| given[first.len_utf8()..] == **end),
    }
}

/// Whether the folded `family`, which stands in no table, may be a family name.
fn is_unknown_family(family: &str) -> bool {
    let length = family.chars().count();
    UNKNOWN_FAMILY_CHARS.contains(&length) && (length == 2 || !family.ends_with(|c| NO_FAMILY_ENDS.contains(c)))
}

/// Whether the folded words, of which no table knows any, are written like a name beyond doubt.
fn is_by_characters(family: &str, given: &str) -> bool {
    given.chars().nth(1).is_some()
        && given.chars().all(is_kanji)
        && !ORDINARY.contains(given)
        && !given.starts_with(['市', '町', '村', '郡', '区'])
        && name_level(family, given) >= BEYOND_DOUBT
}

fn is_single(given: &str) -> bool {
    words().single.iter().any(|name| name == given)
}

/// Whether the folded `given` is a given name in kana, of the table or made like one.
pub(super) fn is_given_in_kana(given: &str) -> bool {
    KANA.contains(given)
}

/// Whether the folded `given` is a name in kana that is no ordinary word, whatever stands before it.
fn is_long_kana(given: &str) -> bool {
    given.chars().count() >= 3 && given.ends_with(['え', 'こ', 'ゑ']) && KANA.contains(given)
}

/// The full names in `text`, as ranges of bytes, ascending. A name is bounded by what is no kanji, or by words such as 妻 and 作成.
pub(super) fn full_names_in(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut from): (Vec<(usize, usize)>, usize) = (Vec::new(), 0);
    while let Some(start) = text[from..].find(is_letter).map(|at| from + at) {
        let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |at| start + at);
        let spaced = with_given_behind(text, (start, end));
        let name = spaced.or_else(|| within(text, (start, end)));
        found.extend(name);
        from = name.map_or(end, |(_, name_end)| name_end.max(end));
    }
    found
}

fn is_letter(c: char) -> bool {
    is_kanji(c) || matches!(c, '々' | 'ヶ' | 'ケ')
}

/// The name within the run of kanji at `start..end`: the whole run, or what is left of it without 妻 or 作成; with the kana behind.
fn within(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let run = &text[start..end];
    if run.chars().count() > MAX_RUN_CHARS {
        return None;
    }
    let before = words().before.iter().filter_map(|word| run.strip_prefix(word.as_str()));
    let starts: Vec<&str> = before.chain([run]).collect();
    let after = |rest: &'_ str| -> Vec<usize> {
        let ends = words().after.iter().filter_map(|word| rest.strip_suffix(word.as_str()));
        std::iter::once(rest.len()).chain(ends.map(str::len)).collect()
    };
    for rest in starts {
        let from = end - rest.len();
        let bare = after(rest).into_iter().find(|length| end_of_family(&fold(&rest[..*length])).is_some());
        if let Some(length) = bare {
            let is_bounded = length < rest.len() || !goes_on(&text[end..]);
            return is_bounded.then_some((from, from + length));
        }
        let kana = kana_behind(&text[end..]).filter(|kana| is_surname(&fold(rest)) || !kana.starts_with(is_katakana));
        if kana.is_some_and(|kana| end_of_family(&fold(&format!("{rest}{kana}"))).is_some()) {
            return Some((from, end + kana.map_or(0, str::len)));
        }
    }
    None
}

fn is_katakana(c: char) -> bool {
    ('ァ'..='ヺ').contains(&c)
}

/// The given name in kana with which `rest` begins, if nothing of the word goes on behind it.
pub(super) fn kana_behind(rest: &str) -> Option<&str> {
    const FORMS: [&str; 3] = ["さん", "さま", "ちゃん"];
    let length = rest.find(|c| !is_kana(c)).unwrap_or(rest.len());
    let kana = &rest[..length];
    // 「鴫原まつゑさん」
    let bare = FORMS.iter().find_map(|form| kana.strip_suffix(form)).unwrap_or(kana);
    let particles =
        ["へ", "が", "は", "と", "の", "に", "も", "を", "まで", "です", "が教えます", "ほか", "など", "より", "から"];
    // 「お金ちゃんと」: a form of address is no name.
    let is_given = |kana: &str| {
        !FORMS.contains(&kana) && (KANA.contains(fold(kana).as_str()) || is_dictionary_given_in_kana(kana))
    };
    let bare = if is_given(bare) {
        bare
    } else {
        particles.iter().filter_map(|end| bare.strip_suffix(end)).find(|rest| is_given(rest))?
    };
    (2..=4).contains(&bare.chars().count()).then_some(bare)
}

/// Whether a word goes on in katakana or small letters, or as 子ども: 善兵衛ランド is no person.
fn goes_on(rest: &str) -> bool {
    rest.starts_with("ども")
        || rest.chars().next().is_some_and(|c| matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー') || c.is_ascii_alphabetic())
}

/// The run at `start..end` as a family name, with a given name behind one space.
fn with_given_behind(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let space = text[end..].chars().next().filter(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '・' | '･'))?;
    let given_from = end + space.len_utf8();
    let rest = &text[given_from..];
    let is_part = |c: char| is_letter(c) || is_kana(c);
    let run = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
    let kanji = &run[..run.find(|c| !is_letter(c)).unwrap_or(run.len())];
    let family = fold(&text[start..end]);
    let families = std::iter::once(family.as_str())
        .chain(words().before.iter().filter_map(|word| family.strip_prefix(word.as_str())));
    let is_family = families.into_iter().any(|family| {
        let length = family.chars().count();
        let is_name = is_surname(family) || is_unknown_family(family);
        FAMILY_CHARS.contains(&length) && is_name && !is_none(family)
    });
    let known = is_surname(&family);
    let is_name = |given: &str| {
        let folded = fold(given);
        let is_kana_name = known && (is_single(&folded) || KANA.contains(folded.as_str())) || is_long_kana(&folded);
        if is_in_dictionary(&family, &folded, family.chars().count()) {
            return true;
        }
        // 「名人の喜入 トヨが教えます」: katakana before what a person does.
        let behind = &rest[given.len()..];
        if KANA.contains(folded.as_str())
            && ["が教", "さん", "まで", "が担", "宅", "方"].iter().any(|end| behind.starts_with(end))
        {
            return true;
        }
        // Behind a name that no table has, katakana is the name of a house: 札幌 トモエ.
        is_given(&folded) || is_kana_name && (known || !given.starts_with(is_katakana))
    };
    if is_family && is_mixed_given(run) && !goes_on(&rest[run.len()..]) {
        return Some((start, given_from + run.len()));
    }
    let kana = kana_behind(rest).filter(|_| kanji.is_empty());
    let given = kana.or_else(|| Some(kanji).filter(|kanji| !kanji.is_empty()))?;
    (is_family && is_name(given) && !goes_on(&rest[given.len()..])).then_some((start, given_from + given.len()))
}

/// Whether `given` is a given name in kana with a last character in kanji: きぬ子, ふみ江.
pub(super) fn is_mixed_given(given: &str) -> bool {
    let kana = given.chars().take_while(|c| is_kana(*c)).count();
    let is_end = given.ends_with(['子', '江', '代', '枝', '美', '恵', '世']);
    (2..=3).contains(&kana) && given.chars().count() == kana + 1 && is_end
}

/// Whether the words around a name say that it is of somebody known from books: 生誕の地, 設計.
pub(super) fn is_known_from_books(clause: &str) -> bool {
    words().known.iter().any(|word| clause.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        full_names_in(text).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn a_full_name_is_seen_without_any_word_beside_it() {
        for (text, name) in [
            ("不在時は鴫原久夫へ", "鴫原久夫"),
            ("薬袋千代松が教えます", "薬袋千代松"),
            ("妻鴫原花江でも可", "鴫原花江"),
            ("前任 山田 太郎", "山田 太郎"),
            ("9-17時 山田太郎", "山田太郎"),
            ("薬袋千代松作成_一覧", "薬袋千代松"),
            ("葛籠　由美子（夜間）", "葛籠　由美子"),
            ("連絡は鶸田まつえまで", "鶸田まつえ"),
            ("佐々木としこさん", "佐々木としこ"),
            ("毛受 善右衛門", "毛受 善右衛門"),
            ("長谷川誠", "長谷川誠"),
            ("小鳥遊由美子まで", "小鳥遊由美子"),
            ("百目鬼 義雄", "百目鬼 義雄"),
            ("五百旗頭 和夫", ""),
        ] {
            let expected: Vec<&str> = Some(name).filter(|name| !name.is_empty()).into_iter().collect();
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_words_places_and_houses_called_after_somebody_are_none() {
        let texts = include_str!("no_full_name.txt").lines();
        let mistaken: Vec<&str> = texts.filter(|text| !names(text).is_empty()).collect();
        assert_eq!(mistaken, Vec::<&str>::new());
    }
}
