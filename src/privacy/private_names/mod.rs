//! Redaction dictionary of everything that is stored: the text of one row may name the person of another.
//!
//! A full name counts wherever it stands; a value of a column of persons where a field is nothing else; a family name, which is
//! often the name of a 大字 as well, with a form of address (さん, 先生, 宅) or in brackets only. This module does no I/O.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::name_index::{NameIndex, NameParts};
use super::persons::{
    end_of_family, is_family_in_kana, is_office, is_ordinary, persons_of_columns, place_words_in, reading_of_surname,
    readings_of, words_of,
};
use super::romaji::{romaji, words_of_address};
use super::telephone::digits::{digits, digits_and_kanji};
use super::telephone::{LOCAL_DIGITS, has_claimed_digits, has_own_telephone, telephone_digits_in};
use crate::model::{Contact, LinkWorker, Person, Place};
use crate::text::{fold, is_kanji, percent_decoded};

/// Minimum length, in characters, of a name written without a space: two characters are as often the name of a 大字.
const MIN_NAME_CHARS: usize = 3;

/// Longest word of kana alone that may as well be the name of a group: さくら, ひまわり.
const MAX_GROUP_CHARS: usize = 5;

/// Digits of a Japanese landline number.
const LANDLINE_DIGITS: usize = 10;

/// Trailing digits by which two spellings of a whole number are compared: without the zero that a spreadsheet drops.
const SUFFIX_DIGITS: usize = 9;

/// Shortest full name that counts within a longer word of Roman letters.
const MIN_FULL_LETTERS: usize = 6;

/// Longest name without a space that is cut into a family and a given name, in characters.
const MAX_CUT_CHARS: usize = 6;

/// How many readings of a family name and of a given name are tried.
const MAX_READINGS: usize = 4;

/// Longest field that can be nothing but a name with its role and form of address, in characters.
const MAX_WHOLE_CHARS: usize = 24;

/// How often a link is decoded at most.
const MAX_DECODINGS: usize = 3;

/// Shortest account of a messenger, in characters.
const MIN_ACCOUNT_CHARS: usize = 4;

/// Social networks and messengers, where a page is somebody's own.
const SOCIAL_HOSTS: [&str; 9] = [
    "line.me/",
    "lin.ee/",
    "instagram.com/",
    "facebook.com/",
    "twitter.com/",
    "//x.com/",
    "threads.net/",
    "tiktok.com/",
    "ameblo.jp/",
];

/// Words of a heading for a person.
const PERSON_HEADINGS: [&str; 7] = ["代表", "氏名", "担当", "会長", "世話", "講師", "責任者"];

/// Words of a heading under which a person's reading stands.
const READING_HEADINGS: [&str; 6] = ["ふりがな", "フリガナ", "ﾌﾘｶﾞﾅ", "よみ", "読み", "カナ"];

/// The private names and telephone numbers of everything that is stored, as a dictionary to search text for.
#[derive(Debug, Default)]
pub struct PrivateNames {
    /// Full names, folded.
    names: NameIndex,
    /// Whole values of columns of persons, folded.
    whole: HashSet<String>,
    /// Family names, folded: what is called by one alone, and by no town's name, is called after somebody.
    families: HashSet<String>,
    /// Parts of names, which count with a form of address.
    parts: NameParts,
    /// The last digits of private telephone numbers, for the directory of link workers.
    suffixes: NameIndex,
    /// The last nine digits of private telephone numbers.
    numbers: HashSet<String>,
    /// Full names in Roman letters, the given name behind or before.
    romaji: HashSet<String>,
    /// Those that are long enough to be found within a longer word.
    long_romaji: NameIndex,
    /// Names of towns, districts and categories, folded: no value of a column of persons makes them private.
    common: HashSet<String>,
    /// The names of lists that were read, which all rows of a list share.
    list_names: RwLock<HashMap<String, Arc<ListName>>>,
}

/// What is left of the name of a list where none of its rows has a person of its own.
#[derive(Debug)]
pub(super) struct ListName {
    /// Without persons in brackets: in this, the names of a row's own person are looked for.
    pub(super) unbracketed: String,
    /// What is left of it; `None` where nothing is.
    pub(super) kept: Option<String>,
}

impl PartialEq for PrivateNames {
    /// Whether both know the same; which names of lists were read already is no matter.
    fn eq(&self, other: &Self) -> bool {
        let Self { names, whole, families, parts, suffixes, numbers, romaji, long_romaji, common, list_names: _ } =
            self;
        (names, whole, families, parts) == (&other.names, &other.whole, &other.families, &other.parts)
            && (suffixes, numbers) == (&other.suffixes, &other.numbers)
            && (romaji, long_romaji, common) == (&other.romaji, &other.long_romaji, &other.common)
    }
}

impl PrivateNames {
    /// Collects them from all `workers`, also from entries that are hidden from the public. Public names are left out.
    pub fn of(workers: &[LinkWorker]) -> Self {
        let mut everyone = Self::default();
        for worker in workers {
            everyone.add_worker(worker);
        }
        everyone
    }

    /// Collects them from all `places` and `workers`, also from those that are hidden from the public. `common` are the names
    /// of towns, districts and categories.
    pub fn of_everything<'a>(
        places: &[Place],
        workers: &[LinkWorker],
        common: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut everyone = Self { common: common.into_iter().map(fold).collect(), ..Self::default() };
        let called = places.iter().filter_map(|place| Some((&place.facts.name, place.facts.contact.person.as_ref()?)));
        everyone.common.extend(called.flat_map(|(name, person)| place_words_in(&person.name, name)));
        let offices: HashSet<String> = places.iter().flat_map(|place| office_numbers(&place.facts.contact)).collect();
        for place in places {
            everyone.add_place(place, &offices);
        }
        for worker in workers {
            everyone.add_worker(worker);
        }
        everyone
    }

    fn add_place(&mut self, place: &Place, offices: &HashSet<String>) {
        persons_of_columns(&place.facts.extra).for_each(|person| self.add_names(person, None));
        let contact = &place.facts.contact;
        if let Some(person) = contact.person.as_ref().filter(|person| !person.public) {
            self.add_names(&person.name, None);
            for (heading, reading) in &place.facts.extra {
                let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
                if says(&READING_HEADINGS) && says(&PERSON_HEADINGS) {
                    self.add_names(&person.name, Some(reading));
                }
            }
        }
        // A column of persons often holds an office, whose number other rows give as what it is.
        let names_nobody = |person: &Person| words_of(&person.name).all(|word| is_office(&word) || is_ordinary(&word));
        if contact.person.as_ref().is_some_and(names_nobody) {
            return;
        }
        let numbers = contact.person_phone.iter().flat_map(|phone| telephone_digits_in(phone));
        let own = numbers.map(|number| suffix(&number)).filter(|number| !offices.contains(number));
        self.numbers.extend(own);
    }

    fn add_worker(&mut self, worker: &LinkWorker) {
        if let Some(person) = worker.person.as_ref().filter(|person| !person.public) {
            self.add_names(&person.name, None);
            worker.person_kana.iter().for_each(|kana| self.add_names(&person.name, Some(kana)));
        }
        for phone in &worker.person_phones {
            self.numbers.extend(telephone_digits_in(phone).iter().map(|number| suffix(number)));
            let digits = digits(phone);
            // People write a mobile number in full; its last six digits alone may be an office's.
            let length = if digits.len() > LANDLINE_DIGITS { LANDLINE_DIGITS } else { LOCAL_DIGITS };
            if digits.len() >= length {
                self.suffixes.add(digits[digits.len() - length..].to_owned());
            }
        }
    }

    /// Adds the persons of a cell, which may list several, or their `reading`.
    fn add_names(&mut self, written: &str, reading: Option<&str>) {
        for name in reading.unwrap_or(written).split(['、', '，', ',', '/', '／', '\n', ';', '；']) {
            let words: Vec<String> = words_of(name).collect();
            let named: Vec<String> = words.iter().filter(|word| !is_office(word)).cloned().collect();
            let words = if named.concat().chars().count() >= 2 { named } else { words };
            let whole = words.concat();
            if whole.is_empty() || is_ordinary(&whole) || self.common.contains(&whole) || is_office(&whole) {
                continue;
            }
            self.add_family(&words);
            self.add_whole(&words, whole, reading.is_some());
            self.add_romaji(&words);
            self.add_readings(&words);
            match words.as_slice() {
                // The boundary between family and given name is unknown, so every cut counts. Not in a reading: its parts are
                // often ordinary words.
                [word] if reading.is_some() => self.parts.add(word),
                [word] if char_count(word) > MAX_CUT_CHARS => self.parts.add(word),
                [word] => parts_of(word).for_each(|part| self.parts.add(part)),
                words => words.iter().for_each(|word| self.parts.add(word)),
            }
        }
    }

    fn add_family(&mut self, words: &[String]) {
        let family = match words {
            [whole] if reading_of_surname(whole).is_some() => Some(whole.as_str()),
            [whole] => end_of_family(whole).map(|end| &whole[..end]),
            [family, ..] => Some(family.as_str()),
            [] => None,
        };
        let is_family = |family: &&str| char_count(family) >= 2 && family.chars().all(is_kanji);
        self.families.extend(family.filter(is_family).map(str::to_owned));
    }

    /// Whether `name` is nothing but the family name of one of the persons, and of no town.
    pub(super) fn are_families(&self, name: &str) -> bool {
        !self.families.is_empty() && {
            let folded = fold(name);
            self.families.contains(&folded) && !self.is_common(&folded)
        }
    }

    fn add_whole(&mut self, words: &[String], whole: String, is_reading: bool) {
        let length = char_count(&whole);
        let may_be_a_group = words.len() == 1 && length <= MAX_GROUP_CHARS && !whole.chars().any(is_kanji);
        let is_family_name = words.len() == 1 && reading_of_surname(&whole).is_some();
        let is_full = length >= MIN_NAME_CHARS || length == 2 && words.len() == 2;
        if is_full && !is_family_name && (!may_be_a_group || is_reading && length >= MAX_GROUP_CHARS) {
            self.names.add(whole.clone());
        }
        if length >= 2 && !(is_reading && may_be_a_group) {
            self.whole.insert(whole);
        }
    }

    /// Family and given name in Roman letters, where the reading is known.
    fn add_romaji(&mut self, words: &[String]) {
        let (mut families, mut all_given) = readings_of(words);
        if let [family, given] = words {
            families.extend(Some(family.as_str()).filter(|_| romaji(family).is_some()));
            all_given.extend(Some(given.as_str()).filter(|_| romaji(given).is_some()));
        }
        let read =
            |readings: &[&str]| readings.iter().take(MAX_READINGS).filter_map(|kana| romaji(kana)).collect::<Vec<_>>();
        let (families, all_given) = (read(&families), read(&all_given));
        for (family, given) in families.iter().flat_map(|family| all_given.iter().map(move |given| (family, given))) {
            for full in [format!("{family}{given}"), format!("{given}{family}")] {
                if full.len() >= MIN_FULL_LETTERS {
                    self.long_romaji.add(full.clone());
                }
                self.romaji.insert(full);
            }
        }
    }

    /// How the family name is read where no other word sounds so: しもじ宅.
    fn add_readings(&mut self, words: &[String]) {
        let (families, _) = readings_of(words);
        families.iter().filter(|reading| is_family_in_kana(reading)).for_each(|reading| self.parts.add(&fold(reading)));
    }

    /// What is left of the name of a list, which `read` says once.
    pub(super) fn list_name(&self, name: &str, read: impl FnOnce() -> ListName) -> Arc<ListName> {
        let known = self.list_names.read().unwrap_or_else(PoisonError::into_inner).get(name).map(Arc::clone);
        known.unwrap_or_else(|| {
            let read = Arc::new(read());
            let mut names = self.list_names.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(names.entry(name.to_owned()).or_insert(read))
        })
    }

    /// Whether the folded `word` names a town, a district or a category.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Whether `text` contains one of the full names. The cost grows with the length of the text, not with the number of names.
    pub(super) fn are_in(&self, text: &str) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let folded = fold(text);
        self.names.are_in(&folded.chars().collect::<Vec<_>>()) || self.names.are_in(&alphanumerics(&folded))
    }

    /// Whether `text`, as written or percent-encoded, names one of the persons, is nothing but such a name, or holds one of the
    /// private numbers.
    pub(super) fn are_named_in(&self, text: &str) -> bool {
        self.are_in_plain(text) || decodings(text).any(|decoded| self.are_in_plain(&decoded))
    }

    fn are_in_plain(&self, text: &str) -> bool {
        let is_number = !self.numbers.is_empty()
            && telephone_digits_in(text).iter().any(|number| self.numbers.contains(&suffix(number)));
        is_number || self.are_in(text) || self.is_whole(text) || self.parts.are_addressed_in(&fold(text))
    }

    fn is_whole(&self, text: &str) -> bool {
        let may_be = !self.whole.is_empty() && char_count(text) <= MAX_WHOLE_CHARS;
        may_be && self.whole.contains(&words_of(text).collect::<String>())
    }

    /// Whether a web or e-mail address, or a text, holds one of the names in Roman letters: yamada.hanako, hanakoyamada.
    pub(super) fn are_in_address(&self, address: &str) -> bool {
        if self.romaji.is_empty() {
            return false;
        }
        let words = words_of_address(address);
        words.windows(2).any(|pair| self.romaji.contains(&pair.concat()))
            || words.iter().any(|word| self.long_romaji.are_in(&word.chars().collect::<Vec<_>>()))
    }

    /// Whether `text`, of a link worker, names one of the persons in any form, or contains a private number, an e-mail address
    /// or an account of a messenger, as written or percent-encoded.
    pub(super) fn are_hinted_at_in(&self, text: &str) -> bool {
        let is_own = |decoded: String| self.are_hinted_at_in_plain(&decoded) || has_own_telephone(&decoded);
        self.are_hinted_at_in_plain(text) || decodings(text).any(is_own)
    }

    fn are_hinted_at_in_plain(&self, text: &str) -> bool {
        let is_own = |digits: String| self.suffixes.are_in(&digits.chars().collect::<Vec<_>>());
        self.are_in_plain(text)
            || self.are_in_address(text)
            || is_own(digits(text))
            || is_own(digits_and_kanji(text))
            || has_mail(text)
            || has_messenger(text)
            || has_claimed_digits(text)
    }
}

/// The numbers of an office, by their last digits: what one row gives as somebody's may be the office's that another names.
fn office_numbers(contact: &Contact) -> Vec<String> {
    let phones = contact.phone.iter().filter(|_| contact.office.is_some());
    phones.flat_map(|phone| telephone_digits_in(phone)).map(|number| suffix(&number)).collect()
}

/// `text` percent-decoded, once and again: links are encoded twice where a link is the parameter of another.
pub(super) fn decodings(text: &str) -> impl Iterator<Item = String> {
    std::iter::successors(percent_decoded(text), |decoded| percent_decoded(decoded)).take(MAX_DECODINGS)
}

fn suffix(digits: &str) -> String {
    digits[digits.len().saturating_sub(SUFFIX_DIGITS)..].to_owned()
}

/// Candidate family and given names of a name without a space: 森愛子 → 森, 森愛, 愛子.
fn parts_of(word: &str) -> impl Iterator<Item = &str> {
    let length = char_count(word);
    let cuts = word.char_indices().skip(1);
    let parts = cuts.flat_map(|(i, _)| [(&word[..i], true), (&word[i..], false)]).chain([(word, true)]);
    // 子 cut from 花子 would match お子さん.
    let is_part = move |(part, first): &(&str, bool)| {
        char_count(part) > 1 || *first && length <= 3 && reading_of_surname(part).is_some()
    };
    parts.filter(is_part).map(|(part, _)| part)
}

fn char_count(text: &str) -> usize {
    text.chars().count()
}

/// Only alphanumeric characters of a folded text: 秘密(花子) becomes 秘密花子.
fn alphanumerics(folded: &str) -> Vec<char> {
    folded.chars().filter(|c| c.is_alphanumeric() || *c == 'ー').collect()
}

/// Whether `text` contains an e-mail address, also with (at) in place of @.
fn has_mail(text: &str) -> bool {
    let folded = fold(text).replace("(at)", "@").replace("[at]", "@");
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
    folded
        .match_indices('@')
        .any(|(at, _)| is_part(folded[..at].chars().next_back()) && is_part(folded[at + 1..].chars().next()))
}

/// Whether `text` contains an account of a messenger or a page of a social network: 「LINE ID hanako55」, 「LINE：@hana」.
fn has_messenger(text: &str) -> bool {
    let folded = fold(text);
    let is_account = |name: &str, at: usize| {
        let stands_alone = !folded[..at].ends_with(char::is_alphabetic);
        let behind = folded[at + name.len()..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let behind = behind.strip_prefix("id").unwrap_or(behind).trim_start_matches([':', '=', '@', '-', 'は']);
        let account: String = behind.chars().take_while(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
        stands_alone && account.len() >= MIN_ACCOUNT_CHARS && account.contains(|c: char| c.is_ascii_alphabetic())
    };
    SOCIAL_HOSTS.iter().any(|host| folded.contains(host))
        || ["line", "らいん"].iter().any(|name| folded.match_indices(name).any(|(at, _)| is_account(name, at)))
}

/// Whether `text` holds somebody's own account of a messenger: official ones begin with @.
pub(super) fn has_own_messenger(text: &str) -> bool {
    let folded = fold(text);
    ["line", "らいん"].iter().flat_map(|name| folded.match_indices(name)).any(|(at, name)| {
        let stands_alone = !folded[..at].ends_with(char::is_alphabetic);
        let behind = folded[at + name.len()..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let Some(account) = behind.strip_prefix("id") else { return false };
        let account = account.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@').trim_start_matches('は');
        let account = account.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let letters = account.chars().take_while(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).count();
        stands_alone && !account.starts_with('@') && letters >= MIN_ACCOUNT_CHARS
    })
}

#[cfg(test)]
mod tests;
