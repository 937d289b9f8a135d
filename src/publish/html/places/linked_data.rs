//! A place for search engines: schema.org as JSON-LD, with its dates of this month and the next two as events. This module does no I/O.

use chrono::{NaiveDate, NaiveTime};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::super::layout::{digits, script_safe_json};
use super::next_dates::{certain_dates, dates_of};
use crate::index::filter::meeting_dates::DateSlot;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{AccessAnswer, AccessFact, Facts, Language, Month, Precision, Status};
use crate::publish::messages::page_messages;
use crate::publish::page_file::{SitePage, public_url};

/// The data block of a place: itself, and its dates of this month and the next two as events. Those of a private person have no dates
/// for robots.
pub(super) fn place_block(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language, month: Month) -> Markup {
    let place = place(snapshot, listed, lang);
    let mut graph = vec![place];
    if !listed.private && listed.place.facts.status == Status::Active {
        graph.extend(events(snapshot, listed, month));
    }
    let block = script_safe_json(&json!({ "@context": "https://schema.org", "@graph": graph }));
    html! { script type="application/ld+json" { (PreEscaped(block)) } }
}

fn place(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> Value {
    let facts = &listed.place.facts;
    let door = facts.site.filter(|site| site.precision == Precision::Door).map(|site| site.position);
    let free = facts.access.get(&AccessFact::FreeOfCharge).map(|answer| answer.yes);
    known([
        ("@type", Some(json!("Place"))),
        ("@id", Some(json!("#place"))),
        ("name", Some(json!(facts.name))),
        ("alternateName", facts.kana.as_ref().map(|kana| json!(kana))),
        ("description", facts.description.as_ref().map(|it| json!(it))),
        ("address", facts.address.as_ref().map(|it| json!(it))),
        ("geo", door.map(|at| json!({ "@type": "GeoCoordinates", "latitude": at.lat(), "longitude": at.lon() }))),
        ("telephone", facts.contact.phone.as_deref().filter(|it| !digits(it).is_empty()).map(|it| json!(it))),
        ("url", public_url(&snapshot.city, &SitePage::Place(listed.place.id.clone()), lang).map(|it| json!(it))),
        ("isAccessibleForFree", free.map(|yes| json!(yes))),
        ("amenityFeature", amenities(listed, lang)),
    ])
}

/// The facts that are known, each as it is.
fn amenities(listed: &VisiblePlace, lang: Language) -> Option<Value> {
    let messages = page_messages(lang);
    let of = |(fact, answer): (&AccessFact, &AccessAnswer)| {
        let name = messages.find(&format!("access.{}", fact.code()))?;
        Some(json!({ "@type": "LocationFeatureSpecification", "name": name, "value": answer.yes }))
    };
    let all: Vec<Value> = listed.place.facts.access.iter().filter_map(of).collect();
    (!all.is_empty()).then_some(Value::Array(all))
}

/// The certain dates as events in Japan's time.
fn events(snapshot: &Snapshot, listed: &VisiblePlace, month: Month) -> Vec<Value> {
    let facts = &listed.place.facts;
    let dates = dates_of(facts, month, &snapshot.city);
    certain_dates(&dates, month).into_iter().map(|(day, slot)| event(facts, day, slot)).collect()
}

fn event(facts: &Facts, day: NaiveDate, slot: &DateSlot) -> Value {
    let at = |time: Option<NaiveTime>| time.map(|time| json!(format!("{day}T{}+09:00", time.format("%H:%M:%S"))));
    let organizer = facts.organization.as_ref();
    known([
        ("@type", Some(json!("Event"))),
        ("name", Some(json!(facts.name))),
        ("startDate", at(slot.from).or_else(|| Some(json!(day)))),
        ("endDate", slot.from.and(at(slot.to))),
        ("eventStatus", Some(json!("https://schema.org/EventScheduled"))),
        ("location", Some(json!({ "@id": "#place" }))),
        ("organizer", organizer.map(|name| json!({ "@type": "Organization", "name": name }))),
    ])
}

/// An object of what is known.
fn known<const N: usize>(values: [(&str, Option<Value>); N]) -> Value {
    Value::Object(values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}
