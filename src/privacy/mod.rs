//! Who may see what.
//!
//! [`redact`] is the only place that decides it. A snapshot is built for one [`Audience`] from redacted places only, so that
//! nothing later can leak what is not there.
//!
//! | | public | link workers | staff |
//! |---|---|---|---|
//! | places marked for link workers, for staff | – | link workers' | all |
//! | columns the program does not know (`extra`) | – | – | all |
//! | a person's name | only where the list or the city says so | all | all |
//! | a person's own telephone; who confirmed a place; file, sheet, row, the list's own ID | – | all | all |
//! | words that hold a private person's name or telephone | the whole field is left out | all | all |
//! | mobile numbers in free text, in any writing | cut out | all | all |
//! | words of a link worker that name anybody of the directory, or hold mail or an own number | the field is left out | all | all |
//! | places of private persons ([`Category::private_persons`]) | category, 大字, district, schedule in plain words, yes and no | all | all |
//! | link workers ([`LinkWorker`](super::LinkWorker)) | role, office, districts, what to ask; an office's telephone, hours and address | all but unknown columns | all |
//!
//! A place whose category is not in the table is treated as a private person's: nobody can say that it is not.
//!
//! Every field is named when a place is redacted for the public, so that a new one does not compile until somebody has
//! decided who sees it. This module does no I/O.

mod link_worker;
mod mobile;
mod private_names;
mod private_person;
mod sensitive_terms;

pub use self::link_worker::redact_link_worker;
pub use self::private_names::PrivateNames;
use self::sensitive_terms::SensitiveTerms;
use crate::model::{
    Access, AccessAnswer, Audience, Category, CategoryTable, Contact, DistrictTable, Facts, Location, Place, Precision,
    Schedule, Source, Verification,
};

/// `place` as `audience` may see it, or `None` if it may not see it at all.
///
/// `districts` gives the district of a private person its own name instead of the list's words.
pub fn redact(
    place: &Place,
    audience: Audience,
    categories: &CategoryTable,
    districts: &DistrictTable,
) -> Option<Place> {
    if place.facts.audience > audience {
        return None;
    }
    Some(match audience {
        Audience::Staff => place.clone(),
        Audience::LinkWorkers => without_unknown_columns(place),
        Audience::Public => match categories.by_id(&place.facts.category) {
            Some(category) if !category.private_persons => for_everybody(place, category),
            category => private_person::for_everybody(place, category, districts),
        },
    })
}

/// `place` as everybody would see it if it were for everybody, for a paper that somebody hands over; `is_private` where it is a
/// private person's, whatever its category says by now.
pub fn as_if_public(place: &Place, is_private: bool, categories: &CategoryTable, districts: &DistrictTable) -> Place {
    match categories.by_id(&place.facts.category) {
        Some(category) if !is_private && !category.private_persons => for_everybody(place, category),
        category => private_person::for_everybody(place, category, districts),
    }
}

fn without_unknown_columns(place: &Place) -> Place {
    let facts = Facts { extra: std::collections::BTreeMap::new(), ..place.facts.clone() };
    Place { facts, ..place.clone() }
}

fn for_everybody(place: &Place, category: &Category) -> Place {
    let Place { id, facts, source, verification } = place;
    let secrets = SensitiveTerms::of_contact(&facts.contact);
    Place {
        id: id.clone(),
        facts: facts_for_everybody(facts, category, &secrets),
        source: source_for_everybody(source, &secrets),
        verification: verification.as_ref().map(|v| verification_for_everybody(v, &secrets)),
    }
}

/// Longer than it should be because every field is named once, so that none is forgotten.
fn facts_for_everybody(facts: &Facts, kind: &Category, secrets: &SensitiveTerms) -> Facts {
    let Facts {
        name,
        kana,
        category,
        tags,
        interests,
        roles,
        description,
        organization,
        venue,
        mode,
        site,
        town,
        address,
        district_written,
        schedule,
        access,
        directions,
        cost,
        bring,
        eligibility,
        capacity,
        note,
        contact,
        status,
        audience,
        extra: _,
    } = facts;
    let clean = |text: &Option<String>| text.as_deref().and_then(|t| secrets.cleaned(t));
    let sentence = |text: &Option<String>| text.as_deref().and_then(|t| secrets.cleaned_sentence(t));
    let clean_all = |texts: &[String]| texts.iter().filter_map(|t| secrets.cleaned(t)).collect();
    // A building or address with the person's name in it is the person's home.
    let is_home = [venue, address].iter().any(|text| text.as_deref().is_some_and(|t| secrets.are_in(t)));
    let plain_name = || named_after(&kind.name_ja, town.as_ref().map(|t| t.name.as_str()));
    Facts {
        name: secrets.cleaned(name).unwrap_or_else(plain_name),
        kana: clean(kana),
        category: category.clone(),
        tags: clean_all(tags),
        interests: clean_all(interests),
        roles: roles.clone(),
        description: sentence(description),
        organization: clean(organization),
        venue: clean(venue),
        mode: *mode,
        site: if is_home { middle_of_town(facts) } else { *site },
        town: town.clone(),
        address: if is_home { town.as_ref().map(|t| t.name.clone()) } else { clean(address) },
        district_written: clean(district_written),
        schedule: schedule.iter().filter_map(|s| Some(Schedule { text: secrets.cleaned_sentence(&s.text)? })).collect(),
        access: access_for_everybody(access, |words| secrets.cleaned_sentence(words)),
        directions: sentence(directions),
        cost: sentence(cost),
        bring: sentence(bring),
        eligibility: sentence(eligibility),
        capacity: sentence(capacity),
        note: sentence(note),
        contact: contact_for_everybody(contact, secrets),
        status: *status,
        audience: *audience,
        extra: std::collections::BTreeMap::new(),
    }
}

fn contact_for_everybody(contact: &Contact, secrets: &SensitiveTerms) -> Contact {
    let Contact { person, person_phone: _, office, phone, fax, email, url } = contact;
    let clean = |text: &Option<String>| text.clone().filter(|t| !secrets.are_in(t));
    let number = |text: &Option<String>| text.as_deref().and_then(|t| secrets.cleaned_number(t));
    Contact {
        person: person.clone().filter(|p| p.public && !secrets.are_in(&p.name)),
        person_phone: None,
        office: office.as_deref().and_then(|t| secrets.cleaned_sentence(t)),
        phone: number(phone),
        fax: number(fax),
        email: clean(email),
        url: clean(url),
    }
}

fn source_for_everybody(source: &Source, secrets: &SensitiveTerms) -> Source {
    let Source { list, file: _, sheet: _, row: _, list_id: _, licence } = source;
    Source {
        list: secrets.cleaned(list).unwrap_or_default(),
        licence: licence.as_deref().and_then(|l| secrets.cleaned(l)),
        ..Source::default()
    }
}

fn verification_for_everybody(verification: &Verification, secrets: &SensitiveTerms) -> Verification {
    let Verification { on, by: _, how, accepts_new } = verification;
    let how = how.as_deref().and_then(|h| secrets.cleaned(h));
    Verification { on: *on, by: None, how, accepts_new: *accepts_new }
}

/// Yes and no stay; the words they came from only as `keep` lets them.
fn access_for_everybody(access: &Access, keep: impl Fn(&str) -> Option<String>) -> Access {
    access
        .iter()
        .map(|(fact, AccessAnswer { yes, words })| {
            (*fact, AccessAnswer { yes: *yes, words: keep(words).unwrap_or_default() })
        })
        .collect()
}

/// A name that holds nothing of the list: the category and, in brackets, the 大字 or district.
fn named_after(kind: &str, area: Option<&str>) -> String {
    match area {
        Some(area) => format!("{kind}（{area}）"),
        None => kind.to_owned(),
    }
}

fn middle_of_town(facts: &Facts) -> Option<Location> {
    facts.town.as_ref().map(|town| Location { position: town.centre, precision: Precision::Town })
}

#[cfg(test)]
mod tests;
