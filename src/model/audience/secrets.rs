//! What must not be read in public of one place: a private person's name and telephone, in whatever words they stand.
//!
//! This module does no I/O.

use crate::model::text::fold;
use crate::model::{Contact, Person};

/// What is written behind a part of a name to speak of the person, folded.
const FORMS_OF_ADDRESS: [&str; 15] =
    ["さん", "様", "さま", "氏", "先生", "宅", "方", "会長", "代表", "区長", "君", "ちゃん", "まで", "宛", "世話人"];

/// Words of a column of persons that name nobody, folded.
const ROLES: [&str; 22] = [
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
    "講師",
    "先生",
    "指導員",
    "職員",
];

/// Signs that stand between the digits of a telephone number.
const BETWEEN_DIGITS: &str = "-‐‑–—―−－ー()（） 　.・";

/// Digits that a written number shares with the secret one at least: area codes are left out at home.
const LOCAL_DIGITS: usize = 6;

/// Letters of an address from which on it says where somebody lives: shorter ones are the name of a 大字.
const ADDRESS_LETTERS: usize = 6;

/// Names and numbers that must not be read.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    /// Folded; wherever one occurs, the person is named.
    names: Vec<String>,
    /// Folded family names and the like, which are names of 大字 as well: they count in sentences only.
    short_names: Vec<String>,
    /// The last digits of telephone numbers.
    numbers: Vec<String>,
    /// Whether there is a private person at all.
    person: bool,
    /// Digits of numbers that the list gives as the place's own: they may stand in free text as well.
    open_numbers: Vec<String>,
}

impl Secrets {
    /// The person of `contact` unless public, and that person's own telephone in any case.
    pub(super) fn of_contact(contact: &Contact) -> Self {
        let private = contact.person.as_ref().filter(|p| !p.public);
        let mut secrets = Self::new(private, contact);
        let open = [&contact.phone, &contact.fax].into_iter().flatten();
        secrets.open_numbers = open.filter(|n| !secrets.is_own_number(n)).map(|n| digits(n)).collect();
        secrets
    }

    /// Everybody and every number that `contact` names, public or not.
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

    /// Keeps `written` secret: as a whole, each word of it, and each part together with さん and the like.
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
        self.names.extend(words.iter().flat_map(|word| spoken_of(word)));
    }

    /// Keeps a telephone number secret.
    pub(super) fn add_number(&mut self, written: &str) {
        let digits = digits(written);
        if digits.len() >= LOCAL_DIGITS {
            self.numbers.push(digits[digits.len() - LOCAL_DIGITS..].to_owned());
        }
    }

    /// Keeps words secret that are no name, such as where somebody lives.
    pub(super) fn add_words(&mut self, written: &str) {
        let folded = fold(written);
        if folded.chars().count() >= ADDRESS_LETTERS {
            self.names.push(folded);
        }
    }

    /// Whether a secret stands in `text`.
    pub(super) fn are_in(&self, text: &str) -> bool {
        if !self.names.is_empty() && contains_any(&fold(text), &self.names) {
            return true;
        }
        !self.numbers.is_empty() && {
            let digits = digits(text);
            self.numbers.iter().any(|number| digits.contains(number))
        }
    }

    /// Whether a secret stands in a sentence, where a family name alone is one.
    fn are_in_sentence(&self, text: &str) -> bool {
        self.are_in(text) || (!self.short_names.is_empty() && contains_any(&fold(text), &self.short_names))
    }

    /// Whether `text` is a part of a secret name.
    pub(super) fn hold(&self, text: &str) -> bool {
        let folded = fold(text);
        let mut names = self.names.iter().chain(&self.short_names);
        folded.chars().count() >= 2 && self.person && names.any(|name| name.starts_with(&folded))
    }

    /// Whether a number that the list gives as the place's is a private person's mobile.
    pub(super) fn is_own_number(&self, number: &str) -> bool {
        self.person && mobile_at(&number.chars().collect::<Vec<_>>(), 0).is_some()
    }

    /// A name, address or keyword without mobile numbers, or `None` if it holds a secret or nothing is left.
    pub(super) fn cleaned(&self, text: &str) -> Option<String> {
        if self.are_in(text) { None } else { self.without_mobiles(text) }
    }

    /// The same for a sentence: a family name alone is enough to leave it out.
    pub(super) fn cleaned_sentence(&self, text: &str) -> Option<String> {
        if self.are_in_sentence(text) { None } else { self.without_mobiles(text) }
    }

    fn without_mobiles(&self, text: &str) -> Option<String> {
        let letters: Vec<char> = text.chars().collect();
        let mut kept = String::with_capacity(text.len());
        let mut i = 0;
        while i < letters.len() {
            let starts_here = i == 0 || digit(letters[i - 1]).is_none();
            match mobile_at(&letters, i).filter(|_| starts_here) {
                Some(end) if !self.is_open(&letters[i..end]) => i = end,
                Some(end) => {
                    kept.extend(&letters[i..end]);
                    i = end;
                }
                None => {
                    kept.push(letters[i]);
                    i += 1;
                }
            }
        }
        (!kept.trim().is_empty()).then_some(kept)
    }

    fn is_open(&self, number: &[char]) -> bool {
        self.open_numbers.contains(&digits(&number.iter().collect::<String>()))
    }
}

/// The words of a column of persons without roles and forms of address, folded.
fn words_of(written: &str) -> impl Iterator<Item = String> {
    let is_gap = |c: char| c.is_whitespace() || "（）()・･,、，/／:：;；「」『』".contains(c);
    written.split(is_gap).map(fold).map(|word| without_role(&word)).filter(|word| !word.is_empty())
}

fn without_role(word: &str) -> String {
    let strip = |word: &str| {
        let front = ROLES.iter().find_map(|role| word.strip_prefix(role));
        let back = || ROLES.iter().chain(&FORMS_OF_ADDRESS[..4]).find_map(|form| word.strip_suffix(form));
        front.or_else(back).map(str::to_owned)
    };
    let mut rest = word.to_owned();
    while let Some(shorter) = strip(&rest) {
        rest = shorter;
    }
    rest
}

/// 山田太郎 → 山さん, 山田さん, 山田太さん … 太郎さん, 郎さん: the family name's length is not known.
fn spoken_of(word: &str) -> impl Iterator<Item = String> {
    let ends = word.char_indices().map(|(i, _)| i).skip(1);
    let parts = ends.flat_map(move |i| [&word[..i], &word[i..]]).chain([word]);
    // 山方 is a place; 山さん is not.
    let forms = |part: &str| if part.chars().count() > 1 { &FORMS_OF_ADDRESS[..] } else { &FORMS_OF_ADDRESS[..5] };
    parts.flat_map(move |part| forms(part).iter().map(move |form| format!("{part}{form}")))
}

fn contains_any(folded: &str, names: &[String]) -> bool {
    names.iter().any(|name| folded.contains(name.as_str()))
}

/// Where the mobile number that begins at `start` ends.
fn mobile_at(letters: &[char], start: usize) -> Option<usize> {
    let mut found = String::new();
    for (i, &c) in letters.iter().enumerate().skip(start) {
        match digit(c) {
            Some(d) if found.len() < 13 => found.push(d),
            None if !found.is_empty() && BETWEEN_DIGITS.contains(c) => continue,
            _ => return None,
        }
        if is_mobile(&found) && letters.get(i + 1).copied().and_then(digit).is_none() {
            return Some(i + 1);
        }
    }
    None
}

/// 090-1234-5678, 81-90-1234-5678.
fn is_mobile(digits: &str) -> bool {
    let home = digits.strip_prefix("81").map(|rest| format!("0{}", rest.trim_start_matches('0')));
    let number = home.as_deref().unwrap_or(digits);
    number.len() == 11 && ["060", "070", "080", "090"].iter().any(|prefix| number.starts_with(prefix))
}

fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}
