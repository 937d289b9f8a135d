//! Redaction dictionary of one place: a private person's name and telephone numbers, found in any spelling.
//!
//! The person is named in remarks, venues and schedules, not only in the contact. This module does no I/O.

use super::home_address::{gives_home_address, is_own_home, without_home_addresses};
use super::name_parts::{
    contains_any, ends_there, families_of, is_kana_of_word, is_lone_family, is_name_with_form, is_owned,
    is_personal_account, parts_of, without_last_bracket, without_own_numbers,
};
use super::persons::{
    AMONG_WORDS, is_list_maker, is_probably_a_name, without_bracketed_persons, without_list_words, without_persons,
    words_of,
};
use super::persons::{
    MentionKind, NameLikelihood, PersonMention, is_office, is_ordinary, likelihood, persons_in, reading_of_surname,
};
use super::persons::{family_and_given, is_family_in_kana, readings_of};
use super::private_names::{ListName, PrivateNames, decodings, has_own_messenger};
use super::romaji::{hold_name, romaji, words_of_address};
use super::telephone::digits::{digits, digits_and_kanji};
use super::telephone::{LOCAL_DIGITS, has_claimed_digits, has_own_telephone, is_damaged_mobile};
use super::user_names::{is_like_a_user, names_its_user};
use super::words::PrivacyWordFile;
use crate::model::{Contact, Person};
use crate::text::fold;

/// Separators to trim from the ends of a text after numbers are removed from it.
pub(super) const SEPARATORS: &str = " \u{3000}\r\n/／、,，・;；+＋";

/// Minimum length, in characters, of an address that identifies a home; a shorter one is the name of a 大字.
const MIN_ADDRESS_CHARS: usize = 6;

/// How many words belong together to one name at most: 「山田 花子 マリア 旧姓鈴木」.
const MAX_NAME_WORDS: usize = 4;

/// How many names of one cell are looked for with every form of address, and how long such a name is, in characters.
const MAX_FORM_WORDS: usize = 200;
const MAX_FORM_CHARS: usize = 16;

/// Forms of address that make a name of a single character.
const SINGLE_FORMS: [&str; 5] = ["さん", "様", "さま", "氏", "先生"];

/// The names and numbers to redact from one place or link worker.
#[derive(Debug, Default)]
pub(super) struct SensitiveTerms<'a> {
    /// Folded; each identifies the person wherever it occurs.
    names: Vec<String>,
    /// Folded names that may be the name of a 大字 as well: they count in sentences only.
    short_names: Vec<String>,
    /// Folded family names, as far as one can tell where they end: they count where a field is nothing else.
    families: Vec<String>,
    /// The folded family names, also of one character: they count before a shop or a building that is called after them.
    housed: Vec<String>,
    /// Folded parts of names, which count with a form of address: 山さん, 山田さん, 太郎さん. The length of the family name is unknown.
    addressed: Vec<String>,
    /// The last [`LOCAL_DIGITS`] digits of private telephone numbers.
    numbers: Vec<String>,
    /// Names in Roman letters, as far as their reading is known.
    romaji: Vec<String>,
    /// The public names of the place in Roman letters, as far as they are written in kana.
    own_romaji: Vec<String>,
    /// The names of the district and the town, and the address, folded: a family name that stands in them is a place's.
    areas: Vec<String>,
    /// Whether the contact has a private person.
    person: bool,
    /// The words of a person whose name the list or the city publishes, folded.
    open_names: Vec<String>,
    /// The private names of everything that is stored.
    everyone: Option<&'a PrivateNames>,
}

impl<'a> SensitiveTerms<'a> {
    /// The person of `contact` unless public, and that person's private telephone in any case.
    pub(super) fn of_contact(contact: &Contact) -> Self {
        Self::new(None, contact.person.as_ref().filter(|p| !p.public), contact)
    }

    /// The same for a place, among the private names of `everyone`.
    pub(super) fn of_place(contact: &Contact, everyone: &'a PrivateNames) -> Self {
        let mut secrets = Self::new(Some(everyone), contact.person.as_ref().filter(|p| !p.public), contact);
        let public = contact.person.iter().filter(|person| person.public);
        secrets.open_names = public.flat_map(|p| words_of(&p.name)).filter(|word| word.chars().count() >= 2).collect();
        secrets
    }

    /// The same, where the place lies in `areas`.
    pub(super) fn with_areas<'t>(mut self, areas: impl IntoIterator<Item = &'t str>) -> Self {
        self.areas = areas.into_iter().map(fold).collect();
        self
    }

    /// The same, with the persons of columns that the program does not know: 運転手, 副代表.
    pub(super) fn with_persons<'t>(mut self, persons: impl IntoIterator<Item = &'t str>) -> Self {
        for written in persons {
            let words: Vec<String> = words_of(written).filter(|word| !self.names_nobody(word)).collect();
            self.person |= !words.is_empty();
            self.add_name_words(&words);
        }
        self
    }

    /// The same, where the place is called by `names`, by which it may call itself in addresses.
    pub(super) fn with_names<'t>(mut self, names: impl IntoIterator<Item = &'t String>) -> Self {
        let kana = names.into_iter().flat_map(|name| name.split(|c: char| !is_kana_of_word(c)));
        self.own_romaji = kana.filter_map(romaji).filter(|name| !name.is_empty()).collect();
        self
    }

    /// Every person and every number of `contact`, public or not.
    pub(super) fn of_everyone_in(contact: &Contact) -> Self {
        let mut secrets = Self::new(None, contact.person.as_ref(), contact);
        [&contact.phone, &contact.fax].into_iter().flatten().for_each(|number| secrets.add_number(number));
        secrets
    }

    fn new(everyone: Option<&'a PrivateNames>, person: Option<&Person>, contact: &Contact) -> Self {
        let mut secrets = Self { person: person.is_some(), everyone, ..Self::default() };
        if let Some(person) = person {
            let words: Vec<String> = words_of(&person.name).filter(|word| !secrets.names_nobody(word)).collect();
            secrets.add_name_words(&words);
        }
        if let Some(phone) = &contact.person_phone {
            secrets.add_number(phone);
        }
        secrets
    }

    /// Adds a name: every run of its words, and each part of a word with an honorific.
    pub(super) fn add_name(&mut self, written: &str) {
        self.add_name_words(&words_of(written).collect::<Vec<_>>());
    }

    fn add_name_words(&mut self, words: &[String]) {
        for from in 0..words.len() {
            for to in from..words.len().min(from + MAX_NAME_WORDS) {
                let joined = words[from..=to].concat();
                let is_family = to == from && words.len() > 1 && reading_of_surname(&joined).is_some();
                match joined.chars().count() {
                    0 | 1 => {}
                    2 if to == from => self.short_names.push(joined),
                    _ if is_family => self.short_names.push(joined),
                    _ => self.names.push(joined),
                }
            }
        }
        let read = |word: &String| romaji(word).or_else(|| romaji(reading_of_surname(word)?));
        self.romaji.extend(words.iter().filter_map(read));
        self.families.extend(families_of(words));
        // In a column of persons, a word that no dictionary knows is a family name.
        let family = family_and_given(words)
            .0
            .or_else(|| Some(words).filter(|words| words.len() == 1)?.first().map(String::as_str));
        self.housed.extend(family.map(str::to_owned));
        let (families, given) = readings_of(words);
        self.families.extend(families.iter().filter(|reading| is_family_in_kana(reading)).map(|reading| fold(reading)));
        for reading in families.iter().chain(&given) {
            self.romaji.extend(romaji(reading));
            self.addressed.extend(Some(fold(reading)).filter(|reading| reading.chars().nth(1).is_some()));
        }
        // A cell with hundreds of names, or without any gap, is found as it is written and not in every form of address.
        let short = words.iter().filter(|word| word.chars().count() <= MAX_FORM_CHARS).take(MAX_FORM_WORDS);
        self.addressed.extend(short.flat_map(|word| parts_of(word)).map(str::to_owned));
    }

    /// Whether the folded `word` of a column of persons is an office, a town or an ordinary word.
    fn names_nobody(&self, word: &str) -> bool {
        is_office(word) || is_ordinary(word) || self.is_common(word)
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

    /// Whether `text` contains a sensitive term, as written or percent-encoded, or anybody's own number percent-encoded.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.are_in_plain(text)
            || decodings(text).any(|decoded| self.are_in_plain(&decoded) || has_own_telephone(&decoded))
    }

    fn are_in_plain(&self, text: &str) -> bool {
        if !self.names.is_empty() || !self.addressed.is_empty() {
            let folded = fold(text);
            if contains_any(&folded, &self.names) || self.are_addressed_in(&folded) || self.own_a_house_in(&folded) {
                return true;
            }
        }
        !self.numbers.is_empty() && {
            let written = [digits(text), digits_and_kanji(text)];
            self.numbers.iter().any(|number| written.iter().any(|digits| digits.contains(number)))
        }
    }

    /// Whether a shop or a building in the folded `text` is called after the person: 「鑓水商店」.
    fn own_a_house_in(&self, text: &str) -> bool {
        let houses = &PrivacyWordFile::get().people.houses;
        self.housed.iter().any(|family| {
            text.match_indices(family.as_str()).any(|(at, _)| {
                let is_house = |house: &String| text[at + family.len()..].starts_with(house.as_str());
                !text[..at].ends_with(crate::text::is_kanji) && houses.iter().any(is_house)
            })
        })
    }

    /// Whether a part of a name stands in the folded `text` before a form of address.
    fn are_addressed_in(&self, text: &str) -> bool {
        let people = &PrivacyWordFile::get().people;
        // Of one character, only the first forms: 山方 is a place name, 山さん is not.
        let is_form = |behind: &str, single: bool| {
            let mut forms = people.spoken.iter().chain(&people.own_spoken);
            forms.any(|form| (!single || SINGLE_FORMS.contains(&form.as_str())) && behind.starts_with(form.as_str()))
        };
        self.addressed.iter().any(|part| {
            let single = part.chars().nth(1).is_none();
            text.match_indices(part.as_str()).any(|(at, _)| is_form(&text[at + part.len()..], single))
        })
    }

    /// Whether `text` is nothing but the person's family name, which no town has.
    fn is_family(&self, text: &str) -> bool {
        !self.families.is_empty() && {
            let folded = fold(text);
            self.families.contains(&folded) && !is_ordinary(&folded) && !self.is_common(&folded)
        }
    }

    /// Whether a sentence contains a sensitive term; there, a family name alone is one.
    fn are_in_sentence(&self, text: &str) -> bool {
        self.are_in(text) || (!self.short_names.is_empty() && contains_any(&fold(text), &self.short_names))
    }

    /// Whether `text` names anybody of any row.
    fn names_anybody(&self, text: &str) -> bool {
        self.everyone.is_some_and(|everyone| everyone.are_named_in(text) || everyone.are_in_address(text))
    }

    /// Whether the name of a place is nothing but the family name of anybody of any row.
    pub(super) fn are_called_after(&self, name: &str) -> bool {
        self.everyone.is_some_and(|everyone| everyone.are_families(name)) && !self.is_open(name)
    }

    /// Whether `text` names the person whom the list or the city publishes.
    fn is_open(&self, text: &str) -> bool {
        !self.open_names.is_empty() && contains_any(&fold(text), &self.open_names)
    }

    /// Whether `text`, a venue or an address, is a private person's home.
    pub(super) fn are_at_home_in(&self, text: &str) -> bool {
        self.are_in(text) || self.names_anybody(text) || !self.is_open(text) && self.is_home(text)
    }

    /// Whether `venue` is nothing but somebody's name, which means their home.
    pub(super) fn are_hosts(&self, venue: &str) -> bool {
        let is_common = || self.is_common(&fold(venue));
        let is_name = self.is_family(venue)
            || likelihood(venue) == NameLikelihood::Certain
            || is_probably_a_name(venue, AMONG_WORDS)
            || is_lone_family(venue) && !self.is_area(venue);
        is_name && !self.is_open(venue) && !is_common()
    }

    /// Whether the row's own district, town or address is called so as well.
    fn is_area(&self, name: &str) -> bool {
        let folded = fold(name.trim());
        self.areas.iter().any(|area| area.contains(&folded))
    }

    fn is_home(&self, text: &str) -> bool {
        let is_home = |mention: &PersonMention| {
            mention.kind == MentionKind::Home || mention.kind == MentionKind::FullName && ends_there(text, mention)
        };
        is_own_home(text) || self.persons_in(text).any(|mention| is_home(&mention))
    }

    /// The persons named in `text`, without what is the name of a town: 上三宅 looks like somebody's home.
    fn persons_in(&self, text: &str) -> impl Iterator<Item = PersonMention> {
        let is_area = |mention: &PersonMention| {
            mention.kind == MentionKind::Family && self.is_area(&text[mention.start..mention.end])
        };
        let persons = persons_in(text).into_iter();
        persons.filter(move |mention| !is_area(mention) && !mention.is_town(text, |word| self.is_common(word)))
    }

    /// Whether the folded `word` names a town, a district or a category.
    fn is_common(&self, word: &str) -> bool {
        self.everyone.is_some_and(|everyone| everyone.is_common(word))
    }

    /// Whether `text` is the beginning of a sensitive name, such as its family name.
    pub(super) fn have_prefix(&self, text: &str) -> bool {
        let folded = fold(text);
        let mut names = self.names.iter().chain(&self.short_names);
        folded.chars().count() >= 2 && self.person && names.any(|name| name.starts_with(&folded))
    }

    /// A number that the list publishes for the place, without a private person's own number beside it.
    pub(super) fn cleaned_number(&self, number: &str) -> Option<String> {
        if !has_own_telephone(number) {
            let is_private = self.are_in(number) || self.names_anybody(number) || is_damaged_mobile(number);
            return Some(number.to_owned()).filter(|_| !is_private);
        }
        let rest = self.cleaned(number)?;
        let rest = rest.trim_matches(|c| SEPARATORS.contains(c));
        (!digits(rest).is_empty()).then(|| rest.to_owned())
    }

    /// A name, address or keyword without private persons' numbers and without persons in brackets; `None` if it contains a
    /// sensitive term or nothing is left.
    pub(super) fn cleaned(&self, text: &str) -> Option<String> {
        let is_whole =
            |mention: &PersonMention| text[..mention.start].trim().is_empty() && text[mention.end..].trim().is_empty();
        let is_somebody = |mention: &PersonMention| {
            mention.kind == MentionKind::Alone
                || mention.kind == MentionKind::Addressed && (self.everyone.is_none() || is_whole(mention))
        };
        let is_named = !self.is_open(text) && self.persons_in(text).any(|mention| is_somebody(&mention));
        self.cleaned_name(text).filter(|_| !is_named)
    }

    /// The same for the name of a place, which may be written like a person's: 「千代田」, 「若松屋さん」.
    pub(super) fn cleaned_name(&self, text: &str) -> Option<String> {
        let is_open = self.is_open(text);
        let text = if is_open || self.everyone.is_none() { text.to_owned() } else { without_bracketed_persons(text).0 };
        if self.are_in(&text) || self.is_family(&text) || self.names_anybody(&text) {
            // 「ほほえみカフェ（百々）」
            let kept = without_last_bracket(&text).filter(|_| self.everyone.is_some())?;
            return self.cleaned_name(kept);
        }
        // 「宮沢賢治を読む会」 is a society, 「鴫原久夫」 and 「社協 鴫原久夫」 are somebody.
        let is_person = |mention: &PersonMention| match mention.kind {
            MentionKind::Home | MentionKind::WithRole | MentionKind::TurnedTo | MentionKind::Bracketed => true,
            MentionKind::FullName => {
                self.everyone.is_none() || ends_there(&text, mention) || is_owned(&text[mention.end..])
            }
            MentionKind::Family => self.everyone.is_none() || !self.is_area(&text[mention.start..mention.end]),
            MentionKind::Addressed => is_name_with_form(&text[mention.start..mention.end]),
            MentionKind::Alone => false,
        };
        if !is_open && let Some(mention) = self.persons_in(&text).find(is_person) {
            // 「カフェなないろ 代表 百々」
            let kept = text[..mention.start].trim_end_matches(|c: char| !c.is_alphanumeric());
            let is_behind = mention.kind == MentionKind::WithRole && mention.end == text.trim_end().len();
            let is_apart = kept.len() < mention.start && kept.chars().nth(1).is_some();
            return if is_behind && is_apart { self.cleaned_name(kept) } else { None };
        }
        without_own_numbers(&text).filter(|text| !gives_home_address(text) && !has_claimed_digits(text))
    }

    /// The same for the name of a group or of a list: nothing of one that is a person's full name, or has one or 「山田さん」 in it.
    pub(super) fn cleaned_group(&self, text: &str) -> Option<String> {
        let is_common = |part: &str| self.is_common(&fold(part));
        let is_full_name = |part: &str| likelihood(part) == NameLikelihood::Certain && !is_common(part);
        let kept = self.cleaned(text)?;
        let parts = || kept.split(|c: char| !c.is_alphabetic() && !c.is_whitespace() && c != '々');
        let is_person = |mention: &PersonMention| mention.kind != MentionKind::FullName || ends_there(&kept, mention);
        let is_named = parts().any(is_full_name) || self.persons_in(&kept).any(|mention| is_person(&mention));
        (self.is_open(&kept) || !is_named).then_some(kept)
    }

    /// The same for the name of a list, which is that of a file: nothing of one of which a part is no word of lists and may be a family
    /// name, as of 「鴫原サロン一覧」.
    pub(super) fn cleaned_list(&self, text: &str) -> Option<String> {
        let Some(everyone) = self.everyone.filter(|_| !self.is_open(text)) else { return self.read_list(text) };
        // The same for all rows, but for the names of each row's own person.
        let list = everyone.list_name(text, || ListName {
            unbracketed: without_bracketed_persons(text).0,
            kept: Self { everyone: self.everyone, ..Self::default() }.read_list(text),
        });
        let is_own = || self.are_in(&list.unbracketed) || self.is_family(&list.unbracketed);
        list.kept.clone().filter(|_| !is_own())
    }

    fn read_list(&self, text: &str) -> Option<String> {
        let kept = self.cleaned_group(text)?;
        let mut parts = kept.split(|c: char| !c.is_alphabetic() && c != '々' && c != 'ー');
        let is_named = |part: &str| {
            let is_roman = part.is_ascii() && is_like_a_user(part) && !self.is_common(&fold(part));
            let is_name = |part: &str| is_list_maker(part) && !self.is_common(&fold(part));
            is_roman || is_name(part) || is_name(without_list_words(part))
        };
        (self.is_open(&kept) || !parts.any(is_named)).then_some(kept)
    }

    /// The same as [`cleaned`](Self::cleaned) for a sentence: a family name alone is enough to remove it, and a clause that names anybody else is left out.
    pub(super) fn cleaned_sentence(&self, text: &str) -> Option<String> {
        // 「参加費100円（徴収は福井）」
        if text.ends_with(['）', ')'])
            && let Some(kept) = without_last_bracket(text)
            && self.gives_away(&text[kept.len()..])
        {
            return self.cleaned_sentence(kept);
        }
        // 「福井」 and 「上履き、福井」: the person's own family name, which the list may not write apart.
        let has_family = text.split(|c: char| !c.is_alphanumeric() && c != '々').any(|part| self.is_family(part));
        if self.are_in_sentence(text) || self.names_anybody(text) || has_family && !self.is_open(text) {
            return None;
        }
        let kept = without_home_addresses(text)?;
        let kept = if self.is_open(&kept) { kept } else { without_persons(&kept, |word| self.is_common(word))? };
        without_own_numbers(&kept).filter(|kept| !has_claimed_digits(kept) && !has_own_messenger(kept))
    }

    /// Whether `text`, a part of a sentence, holds a name of the row's own person or of anybody else.
    fn gives_away(&self, text: &str) -> bool {
        let has_family = text.split(|c: char| !c.is_alphanumeric() && c != '々').any(|part| self.is_family(part));
        !self.is_open(text) && (has_family || self.are_in_sentence(text) || self.names_anybody(text))
    }

    /// A web or e-mail address, unless it names the person or is the person's own.
    pub(super) fn cleaned_address(&self, address: &str) -> Option<String> {
        let words = words_of_address(&address.to_ascii_lowercase());
        let folded = fold(address);
        let is_own = self.romaji.iter().any(|name| hold_name(&words, name))
            || self.everyone.is_some_and(|everyone| everyone.are_in_address(address))
            || is_personal_account(&folded)
            || self.everyone.is_some() && names_its_user(address, &self.own_romaji)
            || decodings(address)
                .any(|text| self.persons_in(&text).any(|mention| mention.kind == MentionKind::FullName));
        (!is_own && !self.are_in(address) && !self.names_anybody(address) && !has_own_telephone(address))
            .then(|| address.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Facts, Place, PlaceId, Source};

    #[test]
    fn the_name_of_a_list_that_is_read_once_is_as_if_each_row_read_it() {
        let contact = |name: &str, public: bool, phone: &str| Contact {
            person: Some(Person { name: name.to_owned(), public }).filter(|_| !name.is_empty()),
            person_phone: Some(phone.to_owned()).filter(|phone| !phone.is_empty()),
            ..Contact::default()
        };
        let contacts = [
            contact("", false, ""),
            contact("鴫原 久夫", false, "090-1234-5678"),
            contact("鴫原 久夫", true, ""),
            contact("柳沢 果織", false, "079-000-1234"),
            contact("山田花子", false, ""),
        ];
        let place = |contact: &Contact| Place {
            id: PlaceId("p".to_owned()),
            facts: Facts { contact: contact.clone(), ..Facts::default() },
            source: Source::default(),
            verification: None,
        };
        let places: Vec<Place> = contacts.iter().map(place).collect();
        let everyone = PrivateNames::of_everything(&places[1..3], &[], ["見本町"]);
        let lists = [
            "サロン一覧",
            "鴫原サロン一覧",
            "鴫原久夫_サロン",
            "名簿（柳沢果織）",
            "柳沢果織の名簿",
            "山田花子さんの一覧",
            "shigihara_list",
            "一覧 090-1234-5678",
            "見本町の通いの場",
            "山田",
            "",
        ];
        for list in lists {
            for contact in contacts.iter().chain(&contacts) {
                let terms = SensitiveTerms::of_place(contact, &everyone);
                assert_eq!(terms.cleaned_list(list), terms.read_list(list), "{list} {contact:?}");
            }
        }
    }
}
