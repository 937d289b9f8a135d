//! The one recogniser of persons: which words are a name, and where a text names somebody.
//!
//! Import asks it to tell persons from offices, redaction to find persons whom no column announces. Its words are data,
//! `privacy.toml`. In doubt, the words of a contact are a person; the words of a sentence are not. This module does no I/O.

mod classify;
mod full_name;
mod known_words;
mod lone_name;
mod mention;
mod name;
mod name_characters;
mod name_dictionary;
mod other_scripts;
mod written;

pub(crate) use self::classify::{ContactParts, PersonHints, classify_contact, could_be_a_name};
pub(super) use self::full_name::end_of_family;
use self::known_words::is_known_family;
pub(super) use self::known_words::{is_office, is_ordinary, reading_of_surname, readings_of_surnames};
pub(crate) use self::lone_name::{ALONE, AMONG_WORDS, is_probably_a_name};
pub(crate) use self::mention::is_home;
pub(crate) use self::mention::{MentionKind, PersonMention, persons_in, without_bracketed_persons};
pub(super) use self::mention::{is_list_maker, without_list_words};
pub(super) use self::mention::{is_owner, without_bracketed_families, without_persons, without_persons_in_name};
pub(crate) use self::name::{NameLikelihood, likelihood, personal_name};

pub(super) use self::name_dictionary::{DictionaryName, family, given, is_family_in_kana, is_family_reading};
pub(crate) use self::other_scripts::is_name_in_another_script;
pub(super) use self::written::{role_before, words_of};
use std::collections::BTreeMap;

use crate::model::Person;
use crate::text::fold;

use super::words::PrivacyWordFile;

/// Words behind a name that make it a private person's.
const BY_ITSELF: [&str; 3] = ["個人立", "個人事業", "個人経営"];

/// Whether a place called `name`, with `person` in its contact, is that private person.
pub(super) fn is_private_person(name: &str, person: Option<&Person>) -> bool {
    let whole = |text: &str| words_of(text).collect::<String>();
    let own = whole(name);
    let is_name_of = |person: &Person| person.name.split(['、', ',', '，', '/', '／']).any(|part| whole(part) == own);
    let says_person = BY_ITSELF.iter().any(|word| name.contains(word)) || is_private_role(name);
    person.is_some_and(|person| !person.public && !own.is_empty() && is_name_of(person)) && !is_office(&own)
        || says_person && personal_name(name).is_some()
}

/// Whether `text` holds a role that is a person and no office: 家庭福祉員, 里親.
pub(crate) fn is_private_role(text: &str) -> bool {
    PrivacyWordFile::private_roles().iter().any(|role| text.contains(role.as_str()))
}

/// The common words of places in `written`, of a column of persons, by which the place `name` is called and beside which a role
/// stands: 「あけぼの 生活相談員」 of 「相談室あけぼの」 is nobody's name.
pub(super) fn place_words_in(written: &str, name: &str) -> Vec<String> {
    let known = &PrivacyWordFile::get().people.place_words;
    let has_role = written.split_whitespace().any(|word| known_words::is_role(&fold(word)));
    let name = fold(name);
    let is_place = |word: &String| has_role && known.contains(word) && name.contains(word.as_str());
    words_of(written).filter(is_place).collect()
}

/// Whether a list that is called `title` has a person in each row: 人材バンク.
pub(crate) fn is_list_of_persons(title: &str) -> bool {
    PrivacyWordFile::get().people.lists_of_persons.iter().any(|word| title.contains(word.as_str()))
}

/// Whether `text` is nothing but a family name or a full name, as of a group that is one person.
pub(super) fn is_called_like_a_person(text: &str) -> bool {
    is_known_family(&fold(text)) || is_probably_a_name(text, ALONE)
}

/// The family name and the given name of the folded `words` of a person, as far as one can tell them apart.
pub(super) fn family_and_given(words: &[String]) -> (Option<&str>, Option<&str>) {
    match words {
        [whole] => match end_of_family(whole) {
            Some(end) => (Some(&whole[..end]), Some(&whole[end..])),
            None => (Some(whole.as_str()).filter(|word| is_known_family(word)), None),
        },
        [family, given, ..] => (Some(family), Some(given)),
        [] => (None, None),
    }
}

/// How the family name and the given name of the folded `words` of a person are read, in hiragana.
pub(super) fn readings_of(words: &[String]) -> (Vec<&'static str>, Vec<&'static str>) {
    let (first, last) = family_and_given(words);
    let known = first.and_then(reading_of_surname);
    let families = first.and_then(family).into_iter().flat_map(DictionaryName::readings);
    let mut families: Vec<&'static str> = known.into_iter().chain(families).collect();
    families.dedup();
    (families, last.and_then(given).into_iter().flat_map(DictionaryName::readings).collect())
}

/// The values of the columns whose headings ask for a person, though the program reads nothing from them: 運転手, 鍵当番.
pub(super) fn persons_of_columns(columns: &BTreeMap<String, String>) -> impl Iterator<Item = &str> {
    columns.iter().filter(|(heading, _)| mention::asks_for_a_person(heading)).flat_map(|(_, value)| {
        let parts = value.split(|c: char| "、，,・／/\n".contains(c)).map(str::trim);
        parts.filter(|part| mention::is_person_in_column(part))
    })
}

/// Whether `text` is nothing but a person's full name.
pub(crate) fn is_full_name(text: &str) -> bool {
    let text = text.trim();
    let is_whole = |mention: &PersonMention| {
        mention.kind == MentionKind::FullName && (mention.start, mention.end) == (0, text.len())
    };
    persons_in(text).iter().any(is_whole)
}

/// Whether `text` seems to name a person or a private home.
pub(crate) fn names_somebody(text: &str) -> bool {
    !persons_in(text).is_empty()
}

/// Whether `how` consists of known words for how a place was confirmed.
pub(super) fn is_known_method(how: &str) -> bool {
    let known = &PrivacyWordFile::get().people.verification;
    let is_known = |part: &str| {
        let folded = fold(part);
        let bare = ["にて", "による", "により", "確認", "で", "調査", "済み", "済"]
            .iter()
            .fold(folded.as_str(), |text, end| text.strip_suffix(end).unwrap_or(text));
        known.iter().any(|word| *word == folded || *word == bare) || folded.is_empty()
    };
    how.split(['・', '、', ',', '，', '/', '／', ' ', '\u{3000}', '(', ')', '（', '）', '＋', '+', '\n']).all(is_known)
}
