//! What must not be read in public of one place: a private person's name and telephone, in whatever words they stand.
//!
//! This module does no I/O.

use super::mobile::{digits, digits_and_kanji, mobiles_in};
use crate::model::{Contact, Person};
use crate::text::fold;

/// What is written behind a part of a name to speak of the person, folded.
const FORMS_OF_ADDRESS: [&str; 15] =
    ["さん", "様", "さま", "氏", "先生", "宅", "方", "会長", "代表", "区長", "君", "ちゃん", "まで", "宛", "世話人"];

/// Words of a column of persons that name nobody, folded.
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

/// Signs that are left at the ends of a text when numbers are cut out of it.
pub(super) const LEFT_OVER: &str = " \u{3000}\r\n/／、,，・;；+＋";

/// Digits that a written number shares with the secret one at least: area codes are left out at home.
pub(super) const LOCAL_DIGITS: usize = 6;

/// Letters of an address from which on it says where somebody lives: shorter ones are the name of a 大字.
const ADDRESS_LETTERS: usize = 6;

/// Names and numbers that must not be read.
#[derive(Debug, Default)]
pub(super) struct SensitiveTerms {
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

impl SensitiveTerms {
    /// The person of `contact` unless public, and that person's own telephone in any case.
    pub(super) fn of_contact(contact: &Contact) -> Self {
        let private = contact.person.as_ref().filter(|p| !p.public);
        let mut secrets = Self::new(private, contact);
        let open = [&contact.phone, &contact.fax].into_iter().flatten();
        secrets.open_numbers = open.filter(|n| !secrets.is_own_number(n)).map(|n| digits_and_kanji(n)).collect();
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
            let written = [digits(text), digits_and_kanji(text)];
            self.numbers.iter().any(|number| written.iter().any(|digits| digits.contains(number)))
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

    /// Whether a number that the list gives as the place's is a private person's mobile, or holds one.
    fn is_own_number(&self, number: &str) -> bool {
        self.person && !mobiles_in(&number.chars().collect::<Vec<_>>()).is_empty()
    }

    /// A number that the list gives as the place's, without a private person's mobile beside it.
    pub(super) fn cleaned_number(&self, number: &str) -> Option<String> {
        if !self.is_own_number(number) {
            return Some(number.to_owned()).filter(|number| !self.are_in(number));
        }
        let rest = self.cleaned(number)?;
        let rest = rest.trim_matches(|c| LEFT_OVER.contains(c));
        (!digits(rest).is_empty()).then(|| rest.to_owned())
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
        let mut from = 0;
        for (start, end) in mobiles_in(&letters) {
            if self.is_open(&letters[start..end]) {
                continue;
            }
            kept.extend(&letters[from..start]);
            // The sign of a country's number goes with it.
            let before = kept.trim_end();
            if before.ends_with(['+', '＋']) {
                kept.truncate(before.trim_end_matches(['+', '＋']).len());
            }
            from = end;
        }
        kept.extend(&letters[from..]);
        (!kept.trim().is_empty()).then_some(kept)
    }

    fn is_open(&self, number: &[char]) -> bool {
        self.open_numbers.contains(&digits_and_kanji(&number.iter().collect::<String>()))
    }
}

/// The words of a column of persons without roles and forms of address, folded.
pub(super) fn words_of(written: &str) -> impl Iterator<Item = String> {
    let is_gap = |c: char| c.is_whitespace() || "（）()・･,、，/／:：;；「」『』".contains(c);
    written.split(is_gap).map(fold).map(|word| without_role(&word)).filter(|word| !word.is_empty())
}

/// The role with which a text begins, where the rest of it must not be read.
pub(super) fn role_before(text: &str) -> Option<String> {
    let text = text.trim_start();
    let roles = ROLES.iter().filter(|role| text.starts_with(**role));
    roles.max_by_key(|role| role.len()).map(|role| (*role).to_owned())
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
