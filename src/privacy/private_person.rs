//! Data minimisation for places that a private person offers: the public sees no free text of the list at all.
//!
//! The name of such a place is often the person's own, and remarks contain more names, homes and numbers than any rule could
//! find. Only values that are safe by their form are published (allow-list), and what the program makes itself: this module
//! prepares both for the column of private persons in the access table. This module does no I/O.

use super::field_rule::AccessColumn;
use super::redactor::Redactor;
use super::sensitive_terms::SensitiveTerms;
use super::{named_after, town_centre};
use crate::model::{Category, Contact, DistrictTable, Facts};

/// The redactor for a private person's place of `kind`, `None` where nobody knows the category.
pub(super) fn redactor<'a>(facts: &'a Facts, kind: Option<&Category>, districts: &DistrictTable) -> Redactor<'a> {
    let district = district_of(facts, districts);
    let area = facts.town.as_ref().map(|town| &town.name).or(district.as_ref());
    let kind_name = kind.map_or(&*facts.category.0, |kind| kind.name.japanese());
    Redactor {
        terms: terms(facts, kind),
        is_home: true,
        town: facts.town.as_ref(),
        generated_name: named_after(kind_name, area.map(String::as_str)),
        district,
        office: office_of(kind),
        ..Redactor::new(AccessColumn::PrivatePerson)
    }
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

/// The district's official name: the one that the list names, else the one around the centre of the 大字. The exact position
/// is not used, so that the district cannot reveal it.
fn district_of(facts: &Facts, districts: &DistrictTable) -> Option<String> {
    let coarse =
        Facts { site: town_centre(facts), district_written: facts.district_written.clone(), ..Facts::default() };
    districts.assign(&coarse).map(|d| d.name.clone())
}

fn office_of(kind: Option<&Category>) -> Contact {
    Contact {
        office: kind.and_then(|k| k.office.clone()),
        phone: kind.and_then(|k| k.office_phone.clone()),
        ..Contact::default()
    }
}
