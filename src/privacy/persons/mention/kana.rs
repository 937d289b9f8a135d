//! Persons whose names are written in kana, by their form of address: 「世話人はしぎはらひさおさん」, 「ゴチョウさんへ電話」.
//!
//! Kana says nothing of a name, so that a role or a word for calling must stand beside it. This module does no I/O.

use super::{MentionKind, PersonMention, SEPARATORS, clause_at, is_about_contact};
use crate::privacy::persons::known_words::is_kana;
use crate::privacy::persons::name_dictionary::is_family_in_kana;
use crate::privacy::words::{PeopleWords, PrivacyWordFile};

/// Length of a full name in hiragana, in characters.
const KANA_NAME_CHARS: std::ops::RangeInclusive<usize> = 5..=10;

/// Length of a family name in kana, in characters.
const KANA_FAMILY_CHARS: std::ops::RangeInclusive<usize> = 3..=6;

/// Length of a family or given name in kana before a home or a form of address, in characters.
const LONE_KANA_CHARS: std::ops::RangeInclusive<usize> = 2..=6;

/// Forms of address.
const FORMS: [&str; 3] = ["さん", "さま", "ちゃん"];

/// What follows whom one turns to, behind the form of address.
const TURN_TO: [&str; 7] = ["まで", "へ", "に", "宛", "あて", "が", "の携帯"];

/// The length of a name in hiragana with a form of address with which `rest` begins behind a separator: 「世話人はしぎはらひさおさん」.
pub(super) fn kana_name_behind(rest: &str, words: &PeopleWords) -> Option<usize> {
    let behind = rest.trim_start_matches(|c| SEPARATORS.contains(c));
    let separator = &rest[..rest.len() - behind.len()];
    let run = &behind[..behind.find(|c| !is_kana(c)).unwrap_or(behind.len())];
    let (name, form) = ["さん", "さま", "ちゃん"].iter().find_map(|form| Some((run.split_once(form)?.0, *form)))?;
    let is_name = (KANA_NAME_CHARS).contains(&name.chars().count()) && !separator.is_empty();
    let whole = &run[..name.len() + form.len()];
    let is_word = words.not_names.iter().any(|word| whole.ends_with(word.as_str())) || name.contains(['を', 'の']);
    (is_name && !is_word).then_some(separator.len() + whole.len())
}

/// Names in kana with a form of address, to whom a clause about contact says to turn: 「ごちょうさんへ電話」.
pub(super) fn addressed_in_kana(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let forms = FORMS.iter().flat_map(|form| text.match_indices(form));
    let named = forms.filter_map(|(at, form)| {
        let end = at + form.len();
        let turns = TURN_TO.iter().any(|word| text[end..].starts_with(word));
        let given = given_before(&text[..at], words_of_given());
        let family = || family_start(&text[..at]).filter(|_| turns && is_about_contact(clause_at(text, at)));
        let start = given.or_else(family)?;
        let is_word = words.not_names.iter().chain(&words.kana_people).any(|word| {
            let bare = FORMS.iter().find_map(|form| word.strip_suffix(form)).unwrap_or(word);
            text[start..at].ends_with(bare)
        });
        (!is_word).then_some(PersonMention { start, end, kind: MentionKind::Addressed })
    });
    named.collect()
}

/// Homes and forms of address behind a name in kana, which is the whole run of kana before them: 「しもじ宅」, 「ふみさん」.
pub(super) fn at_home_in_kana(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let is_form = |form: &&String| !["家", "方", "夫妻"].contains(&form.as_str());
    let homes = words.homes.iter().filter(is_form).map(|form| (form.as_str(), MentionKind::Home));
    let forms = words.address_forms.iter().map(|form| (form.as_str(), MentionKind::Addressed));
    let named =
        homes.chain(forms).flat_map(|(form, kind)| text.match_indices(form).map(move |(at, _)| (at, form, kind)));
    let named = named.filter_map(|(at, form, kind)| {
        let run: usize = text[..at].chars().rev().take_while(|c| is_kana(*c)).map(char::len_utf8).sum();
        let run = &text[at - run..at];
        let is_name = |name: &&str| names_in_kana(name, name.len() == run.len(), form, words);
        let behind_particle = run.rsplit(['の', 'は', 'を', 'も', 'と']).next();
        let name = [Some(run), behind_particle].into_iter().flatten().find(is_name)?;
        Some(PersonMention { start: at - name.len(), end: at + form.len(), kind })
    });
    named.collect()
}

/// A room of a home behind the name of a family in kana: 「いかるが家の土間」.
pub(super) fn family_home_in_kana(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let homes = text.match_indices('家').filter_map(|(at, house)| {
        let behind = &text[at + house.len()..];
        let is_home =
            words.parts_of_homes.iter().chain(&words.rooms_of_homes).any(|part| behind.starts_with(part.as_str()));
        let run: usize = text[..at].chars().rev().take_while(|c| is_kana(*c)).map(char::len_utf8).sum();
        let run = &text[at - run..at];
        let name = run.rsplit(['は', 'の', 'を']).next().unwrap_or(run);
        let is_word = words.kana_people.iter().any(|word| word == name) || name.starts_with(['お', 'わ']);
        let is_name = is_home && !is_word && KANA_FAMILY_CHARS.contains(&name.chars().count());
        is_name.then_some(PersonMention { start: at - name.len(), end: at + house.len(), kind: MentionKind::Home })
    });
    homes.collect()
}

/// Whether `name`, in kana before `form`, is a person's; `is_whole`: whether no particle stands before it.
fn names_in_kana(name: &str, is_whole: bool, form: &str, words: &PeopleWords) -> bool {
    let is_same = |word: &String| word == name || FORMS.iter().any(|end| word.strip_suffix(end) == Some(name));
    let is_word = words.not_names.iter().chain(&words.kana_people).any(is_same);
    let is_given = words_of_given().iter().any(|given| given == name);
    // 「お宅」 is nobody's; any other word before 宅 is somebody's.
    let is_home = is_whole
        && (form == "宅" || form == "邸")
        && !name.starts_with(['お', 'ご', 'の'])
        && !name.ends_with(['お', 'ご', 'の']);
    LONE_KANA_CHARS.contains(&name.chars().count()) && !is_word && (is_given || is_family_in_kana(name) || is_home)
}

fn words_of_given() -> &'static [String] {
    &PrivacyWordFile::get().given.kana
}

/// Where a given name of the table, three characters or more, begins that ends `text` and no longer word.
fn given_before(text: &str, names: &[String]) -> Option<usize> {
    let name = names.iter().filter(|name| name.chars().count() >= 3).find(|name| text.ends_with(name.as_str()))?;
    let start = text.len() - name.len();
    let is_bounded = text[..start].chars().next_back().is_none_or(|c| !is_kana(c) || "はのをもと".contains(c));
    is_bounded.then_some(start)
}

/// Given names in kana, to whom a clause about calling says to turn without any form of address: 「申込はたえこまで」.
pub(super) fn turned_to_in_kana(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let ends = ["まで", "へ"].iter().flat_map(|word| text.match_indices(word));
    let named = ends.filter_map(|(at, _)| {
        let is_called = words.calling.iter().any(|word| clause_at(text, at).contains(word.as_str()));
        let run: usize = text[..at].chars().rev().take_while(|c| is_kana(*c)).map(char::len_utf8).sum();
        let run = &text[at - run..at];
        let name = run.rsplit(['は', 'を', 'も']).next().unwrap_or(run);
        let is_given = PrivacyWordFile::get().given.kana.iter().any(|given| given == name) || is_like_given(name);
        (is_called && is_given).then_some(PersonMention {
            start: at - name.len(),
            end: at,
            kind: MentionKind::TurnedTo,
        })
    });
    named.collect()
}

/// A family and a given name in one script of kana, to whom one turns, as the whole clause: 「デグチ ショウタまで」.
pub(super) fn spaced_in_kana(text: &str, words: &PeopleWords) -> Option<PersonMention> {
    let bare = text.trim().trim_end_matches('。');
    let named = ["さんまで", "さんへ", "さん", "まで", "へ", "宛"].iter().find_map(|end| bare.strip_suffix(end))?;
    let (family, given) = named.split_once([' ', '\u{3000}', '・'])?;
    let is_katakana = |c: char| ('ァ'..='ヺ').contains(&c);
    let is_part = |part: &str| {
        let is_one_script = part.chars().all(is_katakana) || part.chars().all(|c| is_kana(c) && !is_katakana(c));
        (2..=5).contains(&part.chars().count()) && is_one_script && !words.kana_people.iter().any(|word| word == part)
    };
    let start = text.len() - text.trim_start().len();
    (is_part(family) && is_part(given)).then_some(PersonMention {
        start,
        end: start + named.len(),
        kind: MentionKind::TurnedTo,
    })
}

/// Whether a word in hiragana is made like a given name: たえこ, みちよ.
pub(super) fn is_like_given(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "あそこ",
        "おとこ",
        "むすこ",
        "てまえ",
        "となり",
        "めいご",
        "ひとこ",
        "いりえ",
        "かどえ",
        "つくえ",
        "なまえ",
        "おまえ",
    ];
    let is_long = (3..=4).contains(&name.chars().count());
    is_long && name.ends_with(['こ', 'え', 'よ']) && !WORDS.contains(&name) && !name.starts_with(['お', 'ご'])
}

/// Where a family name in one script of kana begins that `text` ends with.
fn family_start(text: &str) -> Option<usize> {
    let is_katakana = |c: char| ('ァ'..='ヺ').contains(&c) || c == 'ー';
    let katakana = text.ends_with(is_katakana);
    let is_same = |c: &char| if katakana { is_katakana(*c) } else { is_kana(*c) && !is_katakana(*c) };
    let run: Vec<char> = text.chars().rev().take_while(is_same).collect();
    let start = text.len() - run.iter().map(|c| c.len_utf8()).sum::<usize>();
    // 「詳しくはごちょうさんへ」: hiragana before the name is not told from it, but a particle ends it.
    let particle = text[start..].rfind(['は', 'へ', 'を']).filter(|_| !katakana);
    let behind_particle = particle.map(|at| start + at + 'は'.len_utf8());
    let has_length = |start: &usize| KANA_FAMILY_CHARS.contains(&text[*start..].chars().count());
    Some(start).filter(has_length).or(behind_particle.filter(has_length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_kana_is_seen_where_one_turns_to_it() {
        let words = &PrivacyWordFile::get().people;
        let names = |text: &'static str| -> Vec<&str> {
            addressed_in_kana(text, words).iter().map(|mention| &text[mention.start..mention.end]).collect()
        };
        for (text, name) in [
            ("ゴチョウさんへ電話", "ゴチョウさん"),
            ("詳しくはごちょうさんに電話", "ごちょうさん"),
            ("申込：みつくりさんまで", "みつくりさん"),
            ("いのまたさんまで電話", "いのまたさん"),
        ] {
            assert_eq!(names(text), [name], "{text}");
        }
        for text in [
            "みなさんに電話",
            "ヘルパーさんへ連絡",
            "おとなりさんに声をかけて集合",
            "スタッフさんまで",
            "おばあさんが受付",
            "お気軽に、ゴチョウさんは休み",
            "ボランティアさんが受付",
            "たくさんのお申し込み",
            "コーディネーターさんへ連絡",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
    }
}
