//! What of a place can be searched: all that a page shows, and how its names are spelled in Latin letters.
//!
//! One table names the fields; the page's script gets their names from the server and reads the same ones out of the GeoJSON. This
//! module does no I/O.

use std::collections::HashMap;

use super::filter::vocabulary::romaji_key;
use super::visible::VisiblePlace;
use crate::model::{Facts, TownEntry};

type FieldTexts = fn(&Facts) -> Vec<&str>;

/// The searched fields, by their path in the properties of a feature; `access` stands for the words of all its answers.
pub const SEARCHED_FIELDS: [(&str, FieldTexts); 22] = [
    ("name", |it| vec![&it.name]),
    ("kana", |it| it.kana.iter().map(String::as_str).collect()),
    ("tags", |it| it.tags.iter().map(String::as_str).collect()),
    ("interests", |it| it.interests.iter().map(String::as_str).collect()),
    ("description", |it| it.description.iter().map(String::as_str).collect()),
    ("organization", |it| it.organization.iter().map(String::as_str).collect()),
    ("venue", |it| it.venue.iter().map(String::as_str).collect()),
    ("address", |it| it.address.iter().map(String::as_str).collect()),
    ("town", |it| it.town.iter().map(|town| town.name.as_str()).collect()),
    ("schedule", |it| it.schedule.iter().map(|schedule| schedule.text.as_str()).collect()),
    ("access", |it| it.access.values().map(|answer| answer.words.as_str()).collect()),
    ("directions", |it| it.directions.iter().map(String::as_str).collect()),
    ("cost", |it| it.cost.iter().map(String::as_str).collect()),
    ("bring", |it| it.bring.iter().map(String::as_str).collect()),
    ("eligibility", |it| it.eligibility.iter().map(String::as_str).collect()),
    ("capacity", |it| it.capacity.iter().map(String::as_str).collect()),
    ("note", |it| it.note.iter().map(String::as_str).collect()),
    ("contact.person", |it| it.contact.person.iter().map(|person| person.name.as_str()).collect()),
    ("contact.office", |it| it.contact.office.iter().map(String::as_str).collect()),
    ("contact.phone", |it| it.contact.phone.iter().map(String::as_str).collect()),
    ("contact.fax", |it| it.contact.fax.iter().map(String::as_str).collect()),
    ("contact.email", |it| it.contact.email.iter().map(String::as_str).collect()),
];

/// The readings of the 大字, by name.
#[derive(Debug, Default)]
pub struct TownKana<'a>(HashMap<&'a str, &'a str>);

impl<'a> TownKana<'a> {
    /// The readings that the gazetteer has.
    pub fn new(towns: &'a [TownEntry]) -> Self {
        let read = |town: &'a TownEntry| Some((town.town.as_str(), town.kana.as_deref()?));
        Self(towns.iter().filter(|town| town.small_area.is_none()).filter_map(read).collect())
    }
}

/// All fields of a place that are searched, and [`reading_words`].
pub(super) fn searched_texts<'a>(listed: &'a VisiblePlace, towns: &TownKana) -> Vec<std::borrow::Cow<'a, str>> {
    let facts = &listed.place.facts;
    let fields = SEARCHED_FIELDS.iter().flat_map(|(_, texts)| texts(facts)).map(Into::into);
    fields.chain([reading_words(listed, towns).into()]).collect()
}

/// How name and 大字 of a place are read, as far as no field says so: in Latin letters, and the 大字 in kana; separated by spaces.
pub fn reading_words(listed: &VisiblePlace, towns: &TownKana) -> String {
    let facts = &listed.place.facts;
    let town = facts.town.as_ref().and_then(|town| towns.0.get(town.name.as_str()).copied());
    let latin = facts.kana.as_deref().into_iter().chain(town).filter_map(romaji_key);
    town.map(str::to_owned).into_iter().chain(latin).collect::<Vec<_>>().join("\n")
}
