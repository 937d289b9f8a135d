//! Redaction and field-level access control: who may see what.
//!
//! [`redact`] and [`redact_link_worker`] alone decide it. The index builds one snapshot per [`Audience`] from redacted places
//! only, so that no later code can leak what the snapshot does not contain.
//!
//! [`ACCESS_TABLE`] says for each field of each kind of record who may see it; its macro writes the redaction, so that a field
//! without an entry does not compile and no entry is only a promise. Columns that the program does not know (`extra`) are the
//! staff's alone. What hides a whole record is its [`Audience`]. Secure default: a place whose category is not in the table is
//! treated as a private person's ([`Category::private_persons`]). docs/privacy.md has the whole table and the rules in words.
//!
//! Redacted text: private persons' numbers are cut out, in any writing, and so are brackets and clauses that name somebody
//! (代表 …, … 様方); a text that names a private person of any row or gives the person's own number is left out whole; of the
//! directory also one that holds an e-mail address. What is a number or a name is decided by `telephone` and `persons`, which the
//! import asks as well, and by one table, `privacy.toml`. This module does no I/O.

mod consent;
mod field_access;
mod field_rule;
mod home_address;
mod link_worker;
mod name_index;
mod name_parts;
mod neighbour;
mod persons;
mod plain_words;
mod private_names;
mod private_person;
mod redactor;
mod romaji;
mod sensitive_terms;
mod telephone;
mod user_names;
pub mod words;

pub use self::consent::{ConsentRules, ConsentStanding};
pub use self::field_access::ACCESS_TABLE;
use self::field_rule::AccessColumn;
pub use self::field_rule::{FieldAccess, FieldRule, TextRule};
pub use self::link_worker::redact_link_worker;
pub use self::neighbour::redact_neighbour;
pub(crate) use self::persons::{
    ALONE, ContactParts, NameLikelihood, PersonHints, classify_contact, could_be_a_name, is_full_name, is_home,
    is_list_of_persons, is_name_in_another_script, is_private_role, is_probably_a_name, likelihood, names_somebody,
    personal_name, without_bracketed_persons,
};
pub use self::private_names::PrivateNames;
pub(crate) use self::private_person::without_troubles;
use self::redactor::{RedactByRule as _, Redactor};
use self::sensitive_terms::SensitiveTerms;
pub(crate) use self::telephone::{WrittenTelephone, is_damaged_mobile, split_telephones, with_leading_zero};
use crate::model::{Audience, Category, CategoryTable, DistrictTable, Facts, Location, Place, Precision};

/// Words of headings that make a telephone or an address below them a private person's.
pub(crate) fn heading_words() -> &'static words::PeopleWords {
    &words::PrivacyWordFile::get().people
}

/// Redacts `place` for `audience`; `None` where the whole place is hidden from it.
///
/// `everyone` holds the private names of everything that is stored: no other row may give them away.
/// `districts` supplies the official name of a private person's district, in place of the words of the list.
pub fn redact(
    place: &Place,
    audience: Audience,
    categories: &CategoryTable,
    districts: &DistrictTable,
    everyone: &PrivateNames,
) -> Option<Place> {
    if place.facts.audience > audience {
        return None;
    }
    match audience {
        Audience::Staff => Some(place.clone()),
        Audience::LinkWorkers => place.redact(FieldRule::ByField, &Redactor::new(AccessColumn::LinkWorkers)),
        Audience::Public => redact_for_public((place, false), categories, districts, everyone),
    }
}

/// Redacts `place` for a handout as for the public, also where the place itself is for link workers only: others than the link
/// worker read the paper. `is_private` marks a private person's place, whatever its category is by now.
///
/// # Panics
///
/// Never: what is left of a place is a place.
pub fn redact_for_handout(
    place: &Place,
    is_private: bool,
    categories: &CategoryTable,
    districts: &DistrictTable,
    everyone: &PrivateNames,
) -> Place {
    redact_for_public((place, is_private), categories, districts, everyone).expect("no field is needed for a place")
}

fn redact_for_public(
    (place, is_private): (&Place, bool),
    categories: &CategoryTable,
    districts: &DistrictTable,
    everyone: &PrivateNames,
) -> Option<Place> {
    let is_private = is_private || is_private_person(place);
    let redactor = match categories.by_id(&place.facts.category) {
        Some(category) if !is_private && !category.private_persons => {
            redactor_for_public(&place.facts, category, everyone)
        }
        category => private_person::redactor(&place.facts, category, (districts, everyone)),
    };
    place.redact(FieldRule::ByField, &redactor)
}

fn redactor_for_public<'a>(facts: &'a Facts, category: &Category, everyone: &'a PrivateNames) -> Redactor<'a> {
    let Facts { name, kana, organization, contact, venue, address, town, .. } = facts;
    let own_names = [Some(name), kana.as_ref(), organization.as_ref(), venue.as_ref()];
    let areas = [facts.district_written.as_deref(), town.as_ref().map(|town| &*town.name), address.as_deref()];
    let terms = SensitiveTerms::of_place(contact, everyone)
        .with_names(own_names.into_iter().flatten())
        .with_areas(areas.into_iter().flatten())
        .with_persons(persons::persons_of_columns(&facts.extra))
        .with_persons(organization.as_deref().filter(|group| persons::is_called_like_a_person(group)));
    // A venue or address that contains a person's name is the person's home.
    let is_at_home = |text: &Option<String>| text.as_deref().is_some_and(|text| terms.are_at_home_in(text));
    // Without a venue, 「木村宅 離れ」 in the column of persons is one.
    let is_with_person = || venue.is_none() && contact.person.iter().any(|person| persons::is_home(&person.name));
    let is_hosted = venue.as_deref().is_some_and(|venue| terms.are_hosts(venue));
    let is_home = is_at_home(venue) || is_at_home(address) || is_hosted || is_with_person();
    Redactor {
        is_home,
        is_named: terms.cleaned_name(name).is_some(),
        terms,
        town: town.as_ref(),
        generated_name: named_after(category.name.japanese(), town.as_ref().map(|town| town.name.as_str())),
        ..Redactor::new(AccessColumn::Public)
    }
}

/// Whether `place` is a private person by its name, whatever its category: the name is the person's of a column of persons, or
/// stands with a role that is a person (家庭福祉員) or with 個人立.
pub fn is_private_person(place: &Place) -> bool {
    persons::is_private_person(&place.facts.name, place.facts.contact.person.as_ref())
}

/// The name of a district, or of another part of the municipality, without the persons that a list names with it.
pub(crate) fn without_persons_in_name(name: &str) -> String {
    persons::without_persons_in_name(name)
}

/// A generated name without any text of the list: the category and, in brackets, the 大字 or district.
fn named_after(kind: &str, area: Option<&str>) -> String {
    match area {
        Some(area) => format!("{kind}（{area}）"),
        None => kind.to_owned(),
    }
}

fn town_centre(facts: &Facts) -> Option<Location> {
    facts.town.as_ref().map(|town| Location { position: town.centre, precision: Precision::Town })
}

#[cfg(test)]
mod tests;
