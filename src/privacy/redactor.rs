//! Applies the rules of the access table to values. This module does no I/O.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::field_rule::{AccessColumn, FieldRule, TextRule};
use super::persons::{is_known_method, role_before, without_bracketed_families};
use super::sensitive_terms::{SEPARATORS, SensitiveTerms};
use super::telephone::parts_of_own_telephones;
use super::{PrivateNames, plain_words};
use crate::model::place::Town;
use crate::model::{
    AccessFact, Audience, CategoryId, Consent, Contact, Layer, Location, MeetingMode, Person, PlaceId, Position,
    Precision, Role, Status,
};

/// In how many keywords a name or number may stand.
const MAX_SPLIT: usize = 3;

#[cfg(test)]
thread_local! {
    /// How many texts were read: what a list of keywords costs, without a clock.
    pub(super) static READS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// What the rules need to know besides the value: whose column is read, what may not be named, and what the program puts in
/// place of the list's words.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent properties of the record, none a state of another")]
pub(super) struct Redactor<'a> {
    pub(super) column: AccessColumn,
    /// The names and numbers of this record.
    pub(super) terms: SensitiveTerms<'a>,
    /// The private names of the whole directory, for entries of the directory.
    pub(super) directory: Option<&'a PrivateNames>,
    /// The private names of everything, for a private person's place.
    pub(super) everyone: Option<&'a PrivateNames>,
    /// Whether the name of the place stays.
    pub(super) is_named: bool,
    /// Whether the entry has an office.
    pub(super) has_office: bool,
    /// Whether the place is at a private person's home.
    pub(super) is_home: bool,
    /// Whether it is a person who looks for a person.
    pub(super) is_seeker: bool,
    /// The 大字 of the place, where it may be seen.
    pub(super) town: Option<&'a Town>,
    /// The middle of its district, where not even the 大字 may be seen.
    pub(super) district_centre: Option<Position>,
    /// A name for the place without any word of the list.
    pub(super) generated_name: String,
    /// The official name of its district.
    pub(super) district: Option<String>,
    /// The office to call in place of a private person.
    pub(super) office: Contact,
}

impl Redactor<'_> {
    /// A redactor for `column` that knows of no secret yet.
    pub(super) fn new(column: AccessColumn) -> Self {
        Self {
            column,
            terms: SensitiveTerms::default(),
            directory: None,
            everyone: None,
            is_named: false,
            has_office: false,
            is_home: false,
            is_seeker: false,
            town: None,
            district_centre: None,
            generated_name: String::new(),
            district: None,
            office: Contact::default(),
        }
    }

    /// What is left of `text`.
    pub(super) fn text(&self, rule: TextRule, text: &str) -> Option<String> {
        #[cfg(test)]
        READS.set(READS.get() + 1);
        let kept = match rule {
            TextRule::Words => self.terms.cleaned(text),
            TextRule::Group => self.terms.cleaned_group(text),
            TextRule::List => self.terms.cleaned_list(text),
            TextRule::Sentence => self.terms.cleaned_sentence(text),
            TextRule::Number if self.directory.is_some() => self.terms.cleaned(text),
            TextRule::Number => self.terms.cleaned_number(text),
            TextRule::Link => self.terms.cleaned_address(text),
        }?;
        let Some(directory) = self.directory else { return Some(kept) };
        if directory.are_hinted_at_in(&kept) {
            return None;
        }
        // Last, since a bracket such as （自宅） says whose an address is: behind an office, one holds a person more often than
        // anything else.
        let kept = without_bracketed_families(&kept, |name| directory.is_common(name));
        let kept = kept.trim_matches(|c| SEPARATORS.contains(c));
        let is_left = !kept.is_empty() && (rule != TextRule::Number || kept.chars().any(char::is_numeric));
        is_left.then(|| kept.to_owned())
    }
}

impl Redactor<'_> {
    /// Which of `list`, neighbours, name somebody or are a private number only where up to [`MAX_SPLIT`] of them are read as one.
    /// Each run of neighbours is read once.
    fn split_secrets(&self, list: &[String]) -> Vec<bool> {
        let mut secret = vec![false; list.len()];
        let mut open: Vec<bool> = list.iter().map(|word| self.is_whole(word)).collect();
        for size in 2..=MAX_SPLIT.min(list.len()) {
            let runs = list.windows(size).enumerate();
            let longer: Vec<bool> =
                runs.map(|(at, run)| open[at] && open[at + 1] && self.is_whole(&run.join("・"))).collect();
            for at in (0..longer.len()).filter(|at| open[*at] && open[at + 1] && !longer[*at]) {
                secret[at..at + size].fill(true);
            }
            open = longer;
        }
        secret
    }

    /// Whether nothing of `text` is left out.
    fn is_whole(&self, text: &str) -> bool {
        self.text(TextRule::Words, text).is_some_and(|kept| kept == text)
            && self.everyone.is_none_or(|everyone| !everyone.are_named_in(text))
    }
}

/// A value to which the rules of the access table can be applied.
pub(super) trait RedactByRule: Sized {
    /// What is left of the value under `rule`; `None` where nothing is. A rule that is not made for such a value hides it.
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self>;

    /// Which values give somebody away together with their neighbours, though none of them does alone; none where it is empty.
    fn given_away(_list: &[Self], _rule: FieldRule, _by: &Redactor<'_>) -> Vec<bool> {
        Vec::new()
    }

    /// What the program puts in place of the value under `rule`.
    fn generated(_rule: FieldRule, _by: &Redactor<'_>) -> Option<Self> {
        None
    }
}

/// Values without words, all or nothing.
macro_rules! all_or_nothing {
    ($($value:ty),+ $(,)?) => {
        $(impl RedactByRule for $value {
            fn redact(&self, rule: FieldRule, _: &Redactor<'_>) -> Option<Self> {
                (rule == FieldRule::All).then(|| self.clone())
            }
        })+
    };
}

all_or_nothing!(
    bool,
    u32,
    NaiveDate,
    PlaceId,
    CategoryId,
    Role,
    MeetingMode,
    Status,
    Audience,
    Layer,
    Consent,
    BTreeMap<String, String>,
);

impl<T: RedactByRule> RedactByRule for Option<T> {
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        Some(self.as_ref().and_then(|value| value.redact(rule, by)).or_else(|| T::generated(rule, by)))
    }
}

impl<T: RedactByRule> RedactByRule for Vec<T> {
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        let given_away = T::given_away(self, rule, by);
        let kept = self.iter().enumerate().filter(|(at, _)| !given_away.get(*at).copied().unwrap_or_default());
        Some(kept.filter_map(|(_, value)| value.redact(rule, by)).collect())
    }
}

impl<T: RedactByRule> RedactByRule for BTreeMap<AccessFact, T> {
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        let rule = match rule {
            FieldRule::ByFieldUnlessSeeker if by.is_seeker => return Some(Self::new()),
            FieldRule::ByFieldUnlessSeeker => FieldRule::ByField,
            rule => rule,
        };
        Some(self.iter().filter_map(|(fact, value)| Some((*fact, value.redact(rule, by)?))).collect())
    }
}

impl RedactByRule for String {
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        match rule {
            FieldRule::All => Some(self.clone()),
            FieldRule::Text(rule) => by.text(rule, self),
            FieldRule::OfficeText(rule) => by.text(rule, self).filter(|_| by.has_office),
            FieldRule::RoleWords => by.text(TextRule::Words, self).or_else(|| role_before(self)),
            FieldRule::TownIfHome if !by.is_home => by.text(TextRule::Words, self),
            FieldRule::NameOrGenerated => {
                let kept = by.terms.cleaned_name(self).filter(|name| !by.terms.are_called_after(name));
                kept.or_else(|| Self::generated(FieldRule::Generated, by))
            }
            FieldRule::WordsUnlessHome => by.text(TextRule::Words, self).filter(|_| !by.is_home),
            FieldRule::ReadingOfName => by.text(TextRule::Words, self).filter(|_| by.is_named),
            FieldRule::ShortWord => plain_words::is_short_word(self, &by.terms)
                .then(|| self.clone())
                .filter(|word| by.everyone.is_none_or(|everyone| !everyone.are_named_in(word))),
            FieldRule::PlainSchedule => plain_words::is_schedule(self, &by.terms).then(|| self.clone()),
            FieldRule::KnownMethod => {
                Some(self.clone()).filter(|how| is_known_method(how) && by.terms.cleaned(how).is_some())
            }
            _ => Self::generated(rule, by),
        }
    }

    /// The import splits lists of keywords: 「山田・花子」 stands as two of them.
    fn given_away(list: &[Self], rule: FieldRule, by: &Redactor<'_>) -> Vec<bool> {
        if rule == FieldRule::All || list.len() < 2 {
            return Vec::new();
        }
        let (names, numbers) = (by.split_secrets(list), parts_of_own_telephones(list));
        names.iter().zip(numbers).map(|(is_name, is_number)| *is_name || is_number).collect()
    }

    fn generated(rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        match rule {
            FieldRule::Generated => Some(by.generated_name.clone()),
            FieldRule::TownOnly => by.town.map(|town| town.name.clone()),
            FieldRule::TownIfHome => by.town.filter(|_| by.is_home).map(|town| town.name.clone()),
            FieldRule::OfficialDistrict => by.district.clone(),
            _ => None,
        }
    }
}

impl RedactByRule for Town {
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        match rule {
            FieldRule::All => Some(self.clone()),
            FieldRule::TownOnly => by.town.cloned(),
            _ => None,
        }
    }
}

impl RedactByRule for Location {
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        match rule {
            FieldRule::All => Some(*self),
            FieldRule::TownIfHome if !by.is_home => Some(*self),
            _ => Self::generated(rule, by),
        }
    }

    fn generated(rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        let is_coarse = rule == FieldRule::TownOnly || rule == FieldRule::TownIfHome && by.is_home;
        let district = || by.district_centre.map(|position| Self { position, precision: Precision::District });
        let town = by.town.map(|town| Self { position: town.centre, precision: Precision::Town });
        town.or_else(district).filter(|_| is_coarse)
    }
}

impl RedactByRule for Person {
    fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
        let is_named = || by.directory.map_or_else(|| by.terms.are_in(&self.name), |all| all.are_in(&self.name));
        match rule {
            FieldRule::All => Some(self.clone()),
            FieldRule::PublicPerson => Some(self.clone()).filter(|person| person.public && !is_named()),
            _ => None,
        }
    }
}

/// The contact that takes the place of a private person's.
pub(super) fn office_of_category(rule: FieldRule, by: &Redactor<'_>) -> Option<Contact> {
    (rule == FieldRule::OfficeOfCategory).then(|| by.office.clone())
}
