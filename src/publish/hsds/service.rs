//! A place as a service, its location, and both together. This module does no I/O.

use serde_json::{Value, json};

use super::identity::{IdentityKind, uuid};
use super::schedule::schedules;
use super::taxonomy::{self, TaxonomyKind};
use super::{Hsds, organization, without_unknown};
use crate::find::certain_ages;
use crate::index::VisiblePlace;
use crate::model::place_row::answer_text;
use crate::model::{AccessFact, Language, MeetingMode, Precision, Status};
use crate::publish::messages::page_messages;
use crate::text::fold;

/// The age above which words of an age have no upper end.
const OLDEST: u8 = 120;

/// How much of an object is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HsdsDetail {
    /// The fields of which there is one each.
    OneToOne,
    /// All that belongs to it.
    Full,
}

/// The identity of the service of a place.
pub(super) fn service_id(hsds: &Hsds<'_>, listed: &VisiblePlace) -> String {
    uuid(hsds.city(), IdentityKind::Service, &listed.place.id.0)
}

/// A place as a service.
pub(super) fn service(hsds: &Hsds<'_>, listed: &VisiblePlace, detail: HsdsDetail) -> Value {
    let (place, facts) = (&listed.place, &listed.place.facts);
    let id = service_id(hsds, listed);
    let organization = organization::of_place(hsds.city(), listed);
    let (youngest, oldest) = ages(facts.eligibility.as_deref());
    let mut written = json!({
        "id": id,
        "organization_id": organization["id"],
        "name": facts.name,
        "alternate_name": facts.kana,
        "description": facts.description,
        "url": facts.contact.url.as_deref().filter(|url| is_uri(url)),
        "email": facts.contact.email.as_deref().filter(|email| is_email(email)),
        "status": status(facts.status),
        "application_process": facts.access.get(&AccessFact::BookingNeeded).map(|it| &it.words).filter(|it| !it.is_empty()),
        "fees_description": facts.cost,
        "fees": facts.cost,
        "eligibility_description": facts.eligibility,
        "minimum_age": youngest,
        "maximum_age": oldest,
        "assured_date": place.verification.as_ref().map(|it| it.on.to_string()),
        "licenses": place.source.licence.as_ref().or(hsds.city().licence.as_ref()),
        "alert": listed.sample.then(|| page_messages(Language::Ja).text("sample.place")),
        "organization": organization,
    });
    if detail == HsdsDetail::Full {
        written["phones"] = phones(hsds, listed, &id).into();
        written["contacts"] = contacts(hsds, listed, &id).into();
        written["schedules"] = schedules(hsds.city(), &hsds.context, place, &id).into();
        written["service_at_locations"] = json!([service_at_location(hsds, listed, HsdsDetail::Full)]);
        written["attributes"] = attributes(hsds, listed, &id).into();
    }
    without_unknown(written)
}

/// A service together with where it is.
pub(super) fn service_at_location(hsds: &Hsds<'_>, listed: &VisiblePlace, detail: HsdsDetail) -> Value {
    let id = &listed.place.id.0;
    without_unknown(json!({
        "id": uuid(hsds.city(), IdentityKind::ServiceAtLocation, id),
        "service_id": service_id(hsds, listed),
        "location_id": uuid(hsds.city(), IdentityKind::Location, id),
        "location": location(hsds, listed, detail),
    }))
}

/// The same with the service itself.
pub(super) fn with_service(hsds: &Hsds<'_>, listed: &VisiblePlace, detail: HsdsDetail) -> Value {
    let mut written = service_at_location(hsds, listed, detail);
    let mut whole = service(hsds, listed, detail);
    if let Some(fields) = whole.as_object_mut() {
        // It would hold itself.
        fields.remove("service_at_locations");
    }
    written["service"] = whole;
    written
}

fn location(hsds: &Hsds<'_>, listed: &VisiblePlace, detail: HsdsDetail) -> Value {
    let facts = &listed.place.facts;
    let id = uuid(hsds.city(), IdentityKind::Location, &listed.place.id.0);
    let rough = facts.site.filter(|site| site.precision != Precision::Door);
    let messages = page_messages(Language::Ja);
    let mut written = json!({
        "id": id,
        "location_type": location_type(facts.mode),
        "name": facts.venue.as_ref().unwrap_or(&facts.name),
        "description": rough.map(|site| messages.of("precision.", site.precision.code())),
        "transportation": facts.directions,
        "latitude": facts.site.map(|site| site.position.lat()),
        "longitude": facts.site.map(|site| site.position.lon()),
    });
    if detail == HsdsDetail::Full {
        written["addresses"] = address(hsds, listed, &id).into_iter().collect::<Vec<_>>().into();
        written["accessibility"] = accessibility(hsds, listed, &id).into();
    }
    written
}

/// The address; its postal code, which the schema demands, is not known and stays empty.
fn address(hsds: &Hsds<'_>, listed: &VisiblePlace, location: &str) -> Option<Value> {
    let address = listed.place.facts.address.as_ref()?;
    let city = hsds.city();
    Some(json!({
        "id": uuid(city, IdentityKind::Address, &listed.place.id.0),
        "location_id": location,
        "address_1": address,
        "city": city.name,
        "state_province": city.prefecture,
        "postal_code": "",
        "country": "JP",
        "address_type": "physical",
    }))
}

/// An entry per known fact.
fn accessibility(hsds: &Hsds<'_>, listed: &VisiblePlace, location: &str) -> Vec<Value> {
    let messages = page_messages(Language::Ja);
    let known = listed.place.facts.access.iter().map(|(fact, answer)| {
        let (id, what) = (&listed.place.id.0, messages.of("access.", fact.code()));
        without_unknown(json!({
            "id": uuid(hsds.city(), IdentityKind::Accessibility, &format!("{id}:{}", fact.code())),
            "location_id": location,
            "description": what,
            "accessibility": what,
            "details": answer_text(*fact, answer),
        }))
    });
    known.collect()
}

fn phones(hsds: &Hsds<'_>, listed: &VisiblePlace, service: &str) -> Vec<Value> {
    let number = listed.place.facts.contact.phone.as_ref();
    let written = number.map(|number| {
        json!({ "id": uuid(hsds.city(), IdentityKind::Phone, &listed.place.id.0), "service_id": service, "number": number })
    });
    written.into_iter().collect()
}

fn contacts(hsds: &Hsds<'_>, listed: &VisiblePlace, service: &str) -> Vec<Value> {
    let contact = &listed.place.facts.contact;
    let person = contact.person.as_ref().filter(|person| person.public).map(|person| &person.name);
    if contact.office.is_none() && person.is_none() {
        return Vec::new();
    }
    vec![without_unknown(json!({
        "id": uuid(hsds.city(), IdentityKind::Contact, &listed.place.id.0),
        "service_id": service,
        "name": person,
        "department": contact.office,
        "title": contact.office,
    }))]
}

/// The category and the interests, as terms of the taxonomies.
fn attributes(hsds: &Hsds<'_>, listed: &VisiblePlace, service: &str) -> Vec<Value> {
    let terms = taxonomy::terms_of(hsds, listed);
    let written = terms.into_iter().map(|term| {
        let id = term["id"].as_str().unwrap_or_default().to_owned();
        json!({
            "id": uuid(hsds.city(), IdentityKind::Attribute, &format!("{}:{id}", listed.place.id.0)),
            "link_id": service,
            "link_type": TaxonomyKind::LINK,
            "link_entity": TaxonomyKind::LINK,
            "taxonomy_term_id": id,
            "taxonomy_term": term,
        })
    });
    written.collect()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Paused => "temporarily closed",
        Status::Closed => "defunct",
    }
}

fn location_type(mode: MeetingMode) -> &'static str {
    match mode {
        MeetingMode::AtPlace | MeetingMode::Roaming | MeetingMode::Visiting => "physical",
        MeetingMode::Phone | MeetingMode::Online => "virtual",
    }
}

/// The lowest and highest age, where the words leave no doubt and name that very number: the finder is lenient, and takes おおむね65歳
/// for 60 and over.
pub(super) fn ages(eligibility: Option<&str>) -> (Option<u8>, Option<u8>) {
    let words = fold(eligibility.unwrap_or_default());
    let Some((youngest, oldest)) = certain_ages(&words) else { return (None, None) };
    let named = |age: u8| names_number(&words, &age.to_string()).then_some(age);
    (named(youngest), named(oldest).filter(|age| *age < OLDEST))
}

/// Whether `number` stands in a text as a whole number.
fn names_number(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + number.len()..]);
        !before.ends_with(|c: char| c.is_ascii_digit()) && !behind.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn is_uri(text: &str) -> bool {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web && text.bytes().all(|c| c.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&c))
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@').filter(|(_, host)| !host.contains('@') && host.contains('.'));
    parts.is_some_and(|(name, _)| !name.is_empty())
        && text.bytes().all(|c| c.is_ascii_graphic() && !b"()<>,;:\\\"[]".contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_published_only_where_the_words_name_it() {
        for (words, youngest, oldest) in [
            ("65歳以上", Some(65), None),
            ("６５歳以上の方", Some(65), None),
            ("おおむね65歳以上", None, None),
            ("18歳以下", None, Some(18)),
            ("小学生", None, None),
            ("どなたでも", None, None),
            ("165名まで", None, None),
        ] {
            assert_eq!(ages(Some(words)), (youngest, oldest), "{words}");
        }
        assert_eq!(ages(None), (None, None));
    }

    #[test]
    fn only_what_is_an_address_is_written_as_one() {
        for (text, is) in [("https://example.jp/a?b=1", true), ("example.jp", false), ("https://例.jp/", false)] {
            assert_eq!(is_uri(text), is, "{text}");
        }
        for (text, is) in [("a@example.jp", true), ("a＠example.jp", false), ("a@b", false), ("a b@example.jp", false)]
        {
            assert_eq!(is_email(text), is, "{text}");
        }
    }
}
