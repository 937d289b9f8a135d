//! Data minimisation for places that a private person offers: the public sees no free text of the list at all.
//!
//! The name of such a place is often the person's own, and remarks contain more names, homes and numbers than any rule could
//! find. Only values that are safe by their form are published (allow-list), and what the program makes itself: this module
//! prepares both for the column of private persons in the access table. This module does no I/O.

use super::field_rule::{AccessColumn, FieldRule};
use super::redactor::{RedactByRule as _, Redactor};
use super::sensitive_terms::SensitiveTerms;
use super::words::PrivacyWordFile;
use super::{PrivateNames, named_after, town_centre};
use crate::model::{Category, Contact, District, DistrictTable, Facts, Role, Thesaurus};

/// How many interests stand in a name.
const NAMED_INTERESTS: usize = 2;

/// The redactor for a private person's place of `kind`, `None` where nobody knows the category.
pub(super) fn redactor<'a>(
    facts: &'a Facts,
    kind: Option<&Category>,
    (districts, everyone): (&DistrictTable, &'a PrivateNames),
) -> Redactor<'a> {
    let found = district_of(facts, districts);
    let district = found.map(|district| district.name.clone());
    let redactor = Redactor {
        terms: terms(facts, kind),
        everyone: Some(everyone),
        is_home: true,
        district,
        office: office_of(kind),
        ..Redactor::new(AccessColumn::PrivatePerson)
    };
    if kind.is_some_and(|kind| kind.person_to_person) {
        let generated_name = name_of_seeker(facts, &redactor);
        let district_centre = found.and_then(|district| district.centre);
        return Redactor { generated_name, district_centre, is_seeker: true, ..redactor };
    }
    let area = facts.town.as_ref().map(|town| &town.name).or(redactor.district.as_ref());
    let kind_name = kind.map_or(&*facts.category.0, |kind| kind.name.japanese());
    Redactor { town: facts.town.as_ref(), generated_name: named_after(kind_name, area.map(String::as_str)), ..redactor }
}

/// Leaves of a person's interests what people like to do. That somebody has a trouble or an illness is nobody's to read, not
/// even without the name, where few live.
pub(crate) fn without_troubles(facts: &mut Facts, thesaurus: &Thesaurus) {
    let is_pursuit = |word: &String| thesaurus.occurring_in(word).iter().all(|at| thesaurus.all()[*at].is_pursuit());
    facts.interests.retain(is_pursuit);
}

/// What somebody who looks for a person is called: 「大屋で針金アートの仲間をさがす人（窓口：社協）」. Of the list it has interests
/// alone, as far as these may be seen.
fn name_of_seeker(facts: &Facts, by: &Redactor<'_>) -> String {
    let words = &PrivacyWordFile::get().seeking;
    let forms = [(Role::Company, &words.company), (Role::Teach, &words.teach), (Role::Help, &words.help)];
    let form = forms.into_iter().find(|(role, _)| facts.roles.contains(role));
    let [with_interest, without] = form.map_or(&words.company, |(_, form)| form);
    let interests = facts.interests.redact(FieldRule::ShortWord, by).unwrap_or_default();
    let named: Vec<&str> = interests.iter().take(NAMED_INTERESTS).map(String::as_str).collect();
    let who = if named.is_empty() { without.clone() } else { with_interest.replace("{what}", &named.join("・")) };
    let area = by.district.as_ref().map(|area| words.area.replace("{area}", area)).unwrap_or_default();
    let office = by.office.office.as_ref().map(|office| words.office.replace("{office}", office)).unwrap_or_default();
    format!("{area}{who}{office}")
}

/// All names and numbers of the list's row.
fn terms(facts: &Facts, kind: Option<&Category>) -> SensitiveTerms<'static> {
    let Facts { name, kana, organization, contact, interests, .. } = facts;
    let mut terms = SensitiveTerms::of_everyone_in(contact);
    // The import itself generates some names from the category and an interest; those name nobody.
    let is_made = kind.is_some_and(|k| interests.iter().any(|i| *name == named_after(k.name.japanese(), Some(i))));
    let names = [Some(name).filter(|_| !is_made), kana.as_ref(), organization.as_ref()];
    names.into_iter().flatten().for_each(|text| terms.add_name(text));
    terms
}

/// The district that the list names, else the one around the centre of the 大字. The exact position is not used, so that the
/// district cannot reveal it.
fn district_of<'a>(facts: &Facts, districts: &'a DistrictTable) -> Option<&'a District> {
    let coarse = Facts {
        site: town_centre(facts),
        town: facts.town.clone(),
        district_written: facts.district_written.clone(),
        ..Facts::default()
    };
    districts.assign(&coarse)
}

fn office_of(kind: Option<&Category>) -> Contact {
    Contact {
        office: kind.and_then(|k| k.office.clone()),
        phone: kind.and_then(|k| k.office_phone.clone()),
        ..Contact::default()
    }
}
