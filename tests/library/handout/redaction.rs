//! Nothing stands on a paper that not everybody may read.

use serde_json::{Value, json};
use tsunagari::model::{Audience, Place};
use tsunagari::privacy::{PrivateNames, redact};
use tsunagari::publish::link_worker_messages::catalogue;

use super::{CITY, all_ids, made};

fn place(id: &str) -> &'static Place {
    CITY.sample.everything.places.iter().find(|place| place.id.0 == id).unwrap()
}

/// What everybody may read of it; of one that is for link workers only, as if it were for everybody.
fn public(place: &Place) -> Place {
    let mut place = place.clone();
    place.facts.audience = Audience::Public;
    let everything = &CITY.sample.everything;
    redact(&place, Audience::Public, &everything.categories, &everything.districts, &PrivateNames::default()).unwrap()
}

fn texts_in<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(list) => list.iter().for_each(|value| texts_in(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts_in(value, found)),
        _ => {}
    }
}

#[test]
fn every_word_about_a_place_stands_in_what_everybody_may_read_of_it() {
    let city = serde_json::to_string(&CITY.sample.everything.city).unwrap();
    let own: String = catalogue("handout").all().values().flat_map(|text| text.chars().chain(['\n'])).collect();
    let own: String = own.split(['{', '}', '|']).collect();
    for id in all_ids() {
        let public = serde_json::to_string(&public(place(&id))).unwrap();
        let mut part = serde_json::to_value(&made(&json!({ "places": [id] })).places[0]).unwrap();
        let part = part.as_object_mut().unwrap();
        // Ours alone: the category's name, the dates reckoned from the words, the code, the readings.
        for key in ["id", "kind", "qr", "warnings"] {
            part.remove(key);
        }
        part["when"].as_object_mut().unwrap().remove("next");
        let part = without_readings(&Value::Object(part.clone()));
        let mut found = Vec::new();
        texts_in(&part, &mut found);
        assert!(found.len() > 3, "{part}");
        // Several words for what it is are joined.
        for text in found.into_iter().flat_map(|text| text.split('、')) {
            let escaped = serde_json::to_string(text).unwrap();
            let inner = escaped.trim_matches('"');
            assert!(
                public.contains(inner) || city.contains(inner) || own.contains(text) || is_word_of_ours(text),
                "{text:?} in {part}"
            );
        }
    }
}

/// Keys of what is to be asked, and how one meets.
fn is_word_of_ours(text: &str) -> bool {
    ["cost", "bring", "meets", "booking", "eligibility", "roaming", "visiting", "phone", "online"].contains(&text)
}

fn without_readings(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| *key != "reading")
            .map(|(key, it)| (key.clone(), without_readings(it)))
            .collect(),
        Value::Array(list) => list.iter().map(without_readings).collect(),
        other => other.clone(),
    }
}

#[test]
fn what_only_link_workers_may_know_is_on_no_paper() {
    let mut secrets = 0;
    for id in all_ids() {
        let (place, public) = (place(&id), public(place(&id)));
        let paper = serde_json::to_string(&made(&json!({"places": [id], "from": {"district": "oya"}}))).unwrap();
        let known = serde_json::to_string(&public).unwrap();
        let contact = &place.facts.contact;
        let person = contact.person.as_ref().map(|person| person.name.clone());
        for secret in person.into_iter().chain(contact.person_phone.clone()).chain([place.source.file.clone()]) {
            if !known.contains(&secret) {
                secrets += 1;
                assert!(!paper.contains(&secret), "{secret} in {paper}");
            }
        }
    }
    assert!(secrets > 40, "the sample holds things to hide: {secrets}");
}

#[test]
fn a_place_for_link_workers_only_says_so_and_has_no_code() {
    let (mut hidden, mut open) = (0, 0);
    for id in all_ids() {
        let part = &made(&json!({ "places": [id] })).places[0];
        let is_public = place(&id).facts.audience == Audience::Public;
        assert_eq!((part.public, part.qr.is_some()), (is_public, is_public), "{part:?}");
        if is_public { open += 1 } else { hidden += 1 }
    }
    assert!(hidden > 0 && open > 0, "{hidden} {open}");
}

#[test]
fn the_office_is_called_and_no_private_person() {
    let inner = CITY.finder.snapshot();
    let private: Vec<_> = inner.places.iter().filter(|it| it.private).collect();
    assert!(!private.is_empty());
    for listed in private {
        let part = &made(&json!({ "places": [listed.place.id.0] })).places[0];
        let category = inner.categories.by_id(&listed.place.facts.category).unwrap();
        assert_eq!((&part.contact.ask_for, &part.contact.phone), (&category.office, &category.office_phone));
    }
}
