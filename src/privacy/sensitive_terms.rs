//! Redaction dictionary of one place: a private person's name and telephone numbers, found in any spelling.
//!
//! The person is named in remarks, venues and schedules, not only in the contact. This module does no I/O.

use super::mobile::{digits, digits_and_kanji, mobiles_in};
use crate::model::{Contact, Person};
use crate::text::fold;

/// Honorifics and titles that follow a name or a part of it, folded.
const HONORIFICS: [&str; 15] =
    ["さん", "様", "さま", "氏", "先生", "宅", "方", "会長", "代表", "区長", "君", "ちゃん", "まで", "宛", "世話人"];

/// Stop list: roles that stand in a column of persons but name nobody, folded.
const ROLES: [&str; 29] = [
    "会長",
    "副会長",
    "区長",
    "代表者",
    "代表",
    "世話人",
    "世話役",
    "事務局長",
    "事務局",
    "担当者",
    "担当",
    "責任者",
    "館長",
    "所長",
    "部長",
    "役員",
    "理事長",
    "民生委員",
    "児童委員",
    "福祉委員",
    "推進員",
    "保健師",
    "看護師",
    "相談員",
    "ボランティア",
    "講師",
    "先生",
    "指導員",
    "職員",
];

/// Separators to trim from the ends of a text after numbers are removed from it.
pub(super) const SEPARATORS: &str = " \u{3000}\r\n/／、,，・;；+＋";

/// Trailing digits that identify a number: people omit the area code of their own town.
pub(super) const LOCAL_DIGITS: usize = 6;

/// Minimum length, in characters, of an address that identifies a home; a shorter one is the name of a 大字.
const MIN_ADDRESS_CHARS: usize = 6;

/// The names and numbers to redact from one place or link worker.
#[derive(Debug, Default)]
pub(super) struct SensitiveTerms {
    /// Folded; each identifies the person wherever it occurs.
    names: Vec<String>,
    /// Folded names of two characters, which may be the name of a 大字 as well: they count in sentences only.
    short_names: Vec<String>,
    /// The last [`LOCAL_DIGITS`] digits of private telephone numbers.
    numbers: Vec<String>,
    /// Whether the contact has a private person.
    person: bool,
    /// Digits of the numbers that the list publishes for the place: they may remain in free text as well.
    open_numbers: Vec<String>,
}

impl SensitiveTerms {
    /// The person of `contact` unless public, and that person's private telephone in any case.
    pub(super) fn of_contact(contact: &Contact) -> Self {
        let private = contact.person.as_ref().filter(|p| !p.public);
        let mut secrets = Self::new(private, contact);
        let open = [&contact.phone, &contact.fax].into_iter().flatten();
        secrets.open_numbers = open.filter(|n| !secrets.is_own_number(n)).map(|n| digits_and_kanji(n)).collect();
        secrets
    }

    /// Every person and every number of `contact`, public or not.
    pub(super) fn of_everyone_in(contact: &Contact) -> Self {
        let mut secrets = Self::new(contact.person.as_ref(), contact);
        [&contact.phone, &contact.fax].into_iter().flatten().for_each(|number| secrets.add_number(number));
        secrets
    }

    fn new(person: Option<&Person>, contact: &Contact) -> Self {
        let mut secrets = Self { person: person.is_some(), ..Self::default() };
        if let Some(person) = person {
            secrets.add_name(&person.name);
        }
        if let Some(phone) = &contact.person_phone {
            secrets.add_number(phone);
        }
        secrets
    }

    /// Adds a name: every run of its words, and each part of a word with an honorific.
    pub(super) fn add_name(&mut self, written: &str) {
        let words: Vec<String> = words_of(written).collect();
        for from in 0..words.len() {
            for to in from..words.len() {
                let joined = words[from..=to].concat();
                match joined.chars().count() {
                    0 | 1 => {}
                    2 if to == from => self.short_names.push(joined),
                    _ => self.names.push(joined),
                }
            }
        }
        self.names.extend(words.iter().flat_map(|word| with_honorifics(word)));
    }

    pub(super) fn add_number(&mut self, written: &str) {
        let digits = digits(written);
        if digits.len() >= LOCAL_DIGITS {
            self.numbers.push(digits[digits.len() - LOCAL_DIGITS..].to_owned());
        }
    }

    /// Adds text that is no name, such as a home address.
    pub(super) fn add_words(&mut self, written: &str) {
        let folded = fold(written);
        if folded.chars().count() >= MIN_ADDRESS_CHARS {
            self.names.push(folded);
        }
    }

    /// Whether `text` contains a sensitive term.
    pub(super) fn are_in(&self, text: &str) -> bool {
        if !self.names.is_empty() && contains_any(&fold(text), &self.names) {
            return true;
        }
        !self.numbers.is_empty() && {
            let written = [digits(text), digits_and_kanji(text)];
            self.numbers.iter().any(|number| written.iter().any(|digits| digits.contains(number)))
        }
    }

    /// Whether a sentence contains a sensitive term; there, a family name alone is one.
    fn are_in_sentence(&self, text: &str) -> bool {
        self.are_in(text) || (!self.short_names.is_empty() && contains_any(&fold(text), &self.short_names))
    }

    /// Whether `text` is the beginning of a sensitive name, such as its family name.
    pub(super) fn have_prefix(&self, text: &str) -> bool {
        let folded = fold(text);
        let mut names = self.names.iter().chain(&self.short_names);
        folded.chars().count() >= 2 && self.person && names.any(|name| name.starts_with(&folded))
    }

    /// Whether a number that the list publishes for the place is, or contains, a private person's mobile number.
    fn is_own_number(&self, number: &str) -> bool {
        self.person && !mobiles_in(&number.chars().collect::<Vec<_>>()).is_empty()
    }

    /// A number that the list publishes for the place, without a private person's mobile number beside it.
    pub(super) fn cleaned_number(&self, number: &str) -> Option<String> {
        if !self.is_own_number(number) {
            return Some(number.to_owned()).filter(|number| !self.are_in(number));
        }
        let rest = self.cleaned(number)?;
        let rest = rest.trim_matches(|c| SEPARATORS.contains(c));
        (!digits(rest).is_empty()).then(|| rest.to_owned())
    }

    /// A name, address or keyword without mobile numbers; `None` if it contains a sensitive term or nothing is left.
    pub(super) fn cleaned(&self, text: &str) -> Option<String> {
        if self.are_in(text) { None } else { self.without_mobiles(text) }
    }

    /// The same for a sentence: a family name alone is enough to remove it.
    pub(super) fn cleaned_sentence(&self, text: &str) -> Option<String> {
        if self.are_in_sentence(text) { None } else { self.without_mobiles(text) }
    }

    fn without_mobiles(&self, text: &str) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for (start, end) in mobiles_in(&chars) {
            if self.is_open(&chars[start..end]) {
                continue;
            }
            kept.extend(&chars[from..start]);
            // The plus sign of the country code belongs to the number.
            let before = kept.trim_end();
            if before.ends_with(['+', '＋']) {
                kept.truncate(before.trim_end_matches(['+', '＋']).len());
            }
            from = end;
        }
        kept.extend(&chars[from..]);
        (!kept.trim().is_empty()).then_some(kept)
    }

    fn is_open(&self, number: &[char]) -> bool {
        self.open_numbers.contains(&digits_and_kanji(&number.iter().collect::<String>()))
    }
}

/// The words of a column of persons without roles and honorifics, folded.
pub(super) fn words_of(written: &str) -> impl Iterator<Item = String> {
    let is_gap = |c: char| c.is_whitespace() || "（）()・･,、，/／:：;；「」『』".contains(c);
    written.split(is_gap).map(fold).map(|word| without_role(&word)).filter(|word| !word.is_empty())
}

/// The longest role at the beginning of a text whose rest is redacted.
pub(super) fn role_before(text: &str) -> Option<String> {
    let text = text.trim_start();
    let roles = ROLES.iter().filter(|role| text.starts_with(**role));
    roles.max_by_key(|role| role.len()).map(|role| (*role).to_owned())
}

fn without_role(word: &str) -> String {
    let strip = |word: &str| {
        let front = ROLES.iter().find_map(|role| word.strip_prefix(role));
        let back = || ROLES.iter().chain(&HONORIFICS[..4]).find_map(|form| word.strip_suffix(form));
        front.or_else(back).map(str::to_owned)
    };
    let mut rest = word.to_owned();
    while let Some(shorter) = strip(&rest) {
        rest = shorter;
    }
    rest
}

/// 山田太郎 → 山さん, 山田さん, 山田太さん … 太郎さん, 郎さん: the length of the family name is unknown.
fn with_honorifics(word: &str) -> impl Iterator<Item = String> {
    let ends = word.char_indices().map(|(i, _)| i).skip(1);
    let parts = ends.flat_map(move |i| [&word[..i], &word[i..]]).chain([word]);
    // Of one character, only the first five forms: 山方 is a place name, 山さん is not.
    let forms = |part: &str| if part.chars().count() > 1 { &HONORIFICS[..] } else { &HONORIFICS[..5] };
    parts.flat_map(move |part| forms(part).iter().map(move |form| format!("{part}{form}")))
}

fn contains_any(folded: &str, names: &[String]) -> bool {
    names.iter().any(|name| folded.contains(name.as_str()))
}
