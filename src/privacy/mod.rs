//! Redaction and field-level access control: who may see what.
//!
//! [`redact`] and [`redact_link_worker`] alone decide it. The index builds one snapshot per [`Audience`] from redacted places
//! only, so that no later code can leak what the snapshot does not contain.
//!
//! | | public | link workers | staff |
//! |---|---|---|---|
//! | places marked for link workers, for staff | – | link workers' | all |
//! | columns the program does not know (`extra`) | – | – | all |
//! | the name of any person of any row, in any field | only where the list or the city says so | all | all |
//! | a person's own telephone; who confirmed a place; file, sheet, row, the list's own ID | – | all | all |
//! | words that hold a private person's name or telephone | the whole field is left out | all | all |
//! | mobile numbers and numbers at somebody's home, in any writing | cut out | all | all |
//! | brackets and clauses that name somebody (代表 …, … 様方) | cut out | all | all |
//! | how a place was confirmed | known words | all | all |
//! | words of a link worker that name anybody of the directory, or contain an e-mail address or a private number | the field is left out | all | all |
//! | places of private persons ([`Category::private_persons`]) | category, 大字, district, schedule in plain words, yes and no | all | all |
//! | link workers ([`LinkWorker`](crate::model::LinkWorker)) | role, office, districts, what to ask; an office's telephone, hours and address | all but unknown columns | all |
//!
//! Secure default: a place whose category is not in the table is treated as a private person's.
//!
//! Redaction for the public is an allow-list that names every field, so that a new field does not compile until somebody
//! decides who sees it. This module does no I/O.

mod link_worker;
mod name_index;
mod persons;
mod private_names;
mod private_person;
mod romaji;
mod sensitive_terms;
mod telephone;
pub mod words;

pub use self::link_worker::redact_link_worker;
pub(crate) use self::persons::{
    ContactParts, NameLikelihood, PersonHints, classify_contact, could_be_a_name, is_private_role, likelihood,
    names_somebody, personal_name, without_bracketed_persons,
};
pub use self::private_names::PrivateNames;
use self::sensitive_terms::SensitiveTerms;
pub(crate) use self::telephone::{WrittenTelephone, is_damaged_mobile, split_telephones, with_leading_zero};
use crate::model::{
    Access, AccessAnswer, Audience, Category, CategoryTable, Contact, DistrictTable, Facts, Location, Place, Precision,
    Schedule, Source, Verification,
};

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
    Some(match audience {
        Audience::Staff => place.clone(),
        Audience::LinkWorkers => without_unknown_columns(place),
        Audience::Public => match categories.by_id(&place.facts.category) {
            Some(category) if !category.private_persons && !is_private_person(place) => {
                redact_for_public(place, category, everyone)
            }
            category => without_names(private_person::redact_private_person(place, category, districts), everyone),
        },
    })
}

/// Redacts `place` for a handout as for the public, also where the place itself is for link workers only: others than the link
/// worker read the paper. `is_private` marks a private person's place, whatever its category is by now.
pub fn redact_for_handout(
    place: &Place,
    is_private: bool,
    categories: &CategoryTable,
    districts: &DistrictTable,
    everyone: &PrivateNames,
) -> Place {
    match categories.by_id(&place.facts.category) {
        Some(category) if !is_private && !category.private_persons && !is_private_person(place) => {
            redact_for_public(place, category, everyone)
        }
        category => without_names(private_person::redact_private_person(place, category, districts), everyone),
    }
}

/// Whether `place` is a private person by its name, whatever its category: the name is the person's of a column of persons, or
/// stands with a role that is a person (家庭福祉員) or with 個人立.
pub fn is_private_person(place: &Place) -> bool {
    persons::is_private_person(&place.facts.name, place.facts.contact.person.as_ref())
}

/// The interests of a private person's place that name nobody of any other row.
fn without_names(mut place: Place, everyone: &PrivateNames) -> Place {
    place.facts.interests.retain(|interest| !everyone.are_named_in(interest));
    place
}

fn without_unknown_columns(place: &Place) -> Place {
    let facts = Facts { extra: std::collections::BTreeMap::new(), ..place.facts.clone() };
    Place { facts, ..place.clone() }
}

fn redact_for_public(place: &Place, category: &Category, everyone: &PrivateNames) -> Place {
    let Place { id, facts, source, verification } = place;
    let secrets = SensitiveTerms::of_place(&facts.contact, everyone);
    Place {
        id: id.clone(),
        facts: redact_facts(facts, category, &secrets),
        source: redact_source(source, &secrets),
        verification: verification.as_ref().map(|v| redact_verification(v, &secrets)),
    }
}

/// Every field is named, so that a new field does not compile until somebody decides who sees it; hence the length.
fn redact_facts(facts: &Facts, kind: &Category, secrets: &SensitiveTerms) -> Facts {
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
    // A venue or address that contains the person's name is the person's home.
    let is_home = [venue, address].iter().any(|text| text.as_deref().is_some_and(|t| secrets.are_at_home_in(t)));
    let plain_name = || named_after(&kind.name_ja, town.as_ref().map(|t| t.name.as_str()));
    let open_name = secrets.cleaned(name);
    Facts {
        // The reading of a name that is left out is left out with it.
        kana: clean(kana).filter(|_| open_name.is_some()),
        name: open_name.unwrap_or_else(plain_name),
        category: category.clone(),
        tags: clean_all(tags),
        interests: clean_all(interests),
        roles: roles.clone(),
        description: sentence(description),
        organization: clean(organization),
        venue: clean(venue),
        mode: *mode,
        site: if is_home { town_centre(facts) } else { *site },
        town: town.clone(),
        address: if is_home { town.as_ref().map(|t| t.name.clone()) } else { clean(address) },
        district_written: clean(district_written),
        schedule: schedule.iter().filter_map(|s| Some(Schedule { text: secrets.cleaned_sentence(&s.text)? })).collect(),
        access: redact_access(access, |words| secrets.cleaned_sentence(words)),
        directions: sentence(directions),
        cost: sentence(cost),
        bring: sentence(bring),
        eligibility: sentence(eligibility),
        capacity: sentence(capacity),
        note: sentence(note),
        contact: redact_contact(contact, secrets),
        status: *status,
        audience: *audience,
        extra: std::collections::BTreeMap::new(),
    }
}

fn redact_contact(contact: &Contact, secrets: &SensitiveTerms) -> Contact {
    let Contact { person, person_phone: _, office, phone, fax, email, url } = contact;
    let address = |text: &Option<String>| text.as_deref().and_then(|t| secrets.cleaned_address(t));
    let number = |text: &Option<String>| text.as_deref().and_then(|t| secrets.cleaned_number(t));
    Contact {
        person: person.clone().filter(|p| p.public && !secrets.are_in(&p.name)),
        person_phone: None,
        office: office.as_deref().and_then(|t| secrets.cleaned_sentence(t)),
        phone: number(phone),
        fax: number(fax),
        email: address(email),
        url: address(url),
    }
}

fn redact_source(source: &Source, secrets: &SensitiveTerms) -> Source {
    let Source { list, file: _, sheet: _, row: _, list_id: _, licence } = source;
    Source {
        list: secrets.cleaned(list).unwrap_or_default(),
        licence: licence.as_deref().and_then(|l| secrets.cleaned(l)),
        ..Source::default()
    }
}

fn redact_verification(verification: &Verification, secrets: &SensitiveTerms) -> Verification {
    let Verification { on, by: _, how, accepts_new } = verification;
    let how = how.clone().filter(|how| persons::is_known_method(how) && secrets.cleaned(how).is_some());
    Verification { on: *on, by: None, how, accepts_new: *accepts_new }
}

/// Keeps every yes and no; `keep` redacts the words that they were read from.
fn redact_access(access: &Access, keep: impl Fn(&str) -> Option<String>) -> Access {
    access
        .iter()
        .map(|(fact, AccessAnswer { yes, words })| {
            (*fact, AccessAnswer { yes: *yes, words: keep(words).unwrap_or_default() })
        })
        .collect()
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
