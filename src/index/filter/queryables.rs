//! The one table of what can be required of a place by name: parameters, CQL2, sorting and their documentation are made from it.
//!
//! A value is what the encoded feature has under the same name; what is not there is missing, and neither equal to anything nor
//! different from it. Titles stand in `queryables.toml`. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::index::snapshot::Snapshot;
use crate::index::visible::VisiblePlace;
use crate::model::{AccessFact, MeetingMode, Position, Precision, Role, Status, Translated};

/// The types of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryableType {
    /// Text, compared by code points.
    Text,
    /// Several texts, any of which may fit.
    TextList,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
    /// The point of the place.
    Geometry,
}

/// One property of places that filters may name.
#[derive(Debug)]
pub struct Queryable {
    /// Its name in parameters and expressions.
    pub name: &'static str,
    /// What it is called, by language.
    pub title: Translated,
    source: QueryableSource,
}

/// How a value is read from a place.
#[derive(Debug, Clone, Copy)]
enum QueryableSource {
    Text(for<'a> fn(&'a Snapshot, &'a VisiblePlace) -> Option<&'a str>),
    TextList(for<'a> fn(&'a VisiblePlace) -> Vec<&'a str>),
    Day(fn(&VisiblePlace) -> Option<NaiveDate>),
    Flag(fn(&Snapshot, &VisiblePlace) -> Option<bool>),
    Access(AccessFact),
    Geometry,
}

/// The value of a queryable for one place.
#[derive(Debug, Clone, PartialEq)]
pub enum QueryableValue<'a> {
    /// It is not known.
    Missing,
    /// A text.
    Text(&'a str),
    /// At least one text.
    TextList(Vec<&'a str>),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// A point.
    Geometry(Position),
}

/// What the table holds besides the access facts, in its order.
const OWN: [(&str, QueryableSource); 27] = [
    ("id", QueryableSource::Text(|_, it| Some(&it.place.id.0))),
    ("name", QueryableSource::Text(|_, it| Some(&it.place.facts.name))),
    ("kana", QueryableSource::Text(|_, it| it.place.facts.kana.as_deref())),
    ("category", QueryableSource::Text(|_, it| Some(&it.place.facts.category.0))),
    ("district", QueryableSource::Text(|_, it| it.district.as_ref().map(|id| id.0.as_str()))),
    ("former_town", QueryableSource::Text(former_town)),
    ("status", QueryableSource::Text(|_, it| Some(it.place.facts.status.code()))),
    ("mode", QueryableSource::Text(|_, it| Some(it.place.facts.mode.code()))),
    ("precision", QueryableSource::Text(|_, it| it.place.facts.site.map(|site| site.precision.code()))),
    ("tags", QueryableSource::TextList(|it| it.place.facts.tags.iter().map(String::as_str).collect())),
    ("interests", QueryableSource::TextList(|it| it.place.facts.interests.iter().map(String::as_str).collect())),
    ("roles", QueryableSource::TextList(|it| it.place.facts.roles.iter().map(|role| role.code()).collect())),
    ("description", QueryableSource::Text(|_, it| it.place.facts.description.as_deref())),
    ("organization", QueryableSource::Text(|_, it| it.place.facts.organization.as_deref())),
    ("venue", QueryableSource::Text(|_, it| it.place.facts.venue.as_deref())),
    ("address", QueryableSource::Text(|_, it| it.place.facts.address.as_deref())),
    ("town", QueryableSource::Text(|_, it| it.place.facts.town.as_ref().map(|town| town.name.as_str()))),
    ("cost", QueryableSource::Text(|_, it| it.place.facts.cost.as_deref())),
    ("eligibility", QueryableSource::Text(|_, it| it.place.facts.eligibility.as_deref())),
    ("list", QueryableSource::Text(|_, it| Some(&it.place.source.list))),
    ("licence", QueryableSource::Text(licence)),
    ("verified_on", QueryableSource::Day(|it| it.place.verification.as_ref().map(|seen| seen.on))),
    ("verified_how", QueryableSource::Text(|_, it| it.place.verification.as_ref()?.how.as_deref())),
    ("accepts_new", QueryableSource::Flag(|_, it| it.place.verification.as_ref()?.accepts_new)),
    ("private_person", QueryableSource::Flag(private_person)),
    ("sample", QueryableSource::Flag(|_, it| it.sample.then_some(true))),
    (GEOMETRY, QueryableSource::Geometry),
];

/// The name of the one queryable that is no property.
pub const GEOMETRY: &str = "geometry";

static TABLE: LazyLock<Vec<Queryable>> = LazyLock::new(|| {
    let mut titles: BTreeMap<String, Translated> =
        toml::from_str(include_str!("queryables.toml")).expect("the table is our own");
    let access = AccessFact::ALL.map(|fact| (fact.code(), QueryableSource::Access(fact)));
    let queryable = |(name, source)| Queryable { name, title: titles.remove(name).unwrap_or_default(), source };
    OWN.into_iter().chain(access).map(queryable).collect()
});

fn former_town<'a>(snapshot: &'a Snapshot, it: &'a VisiblePlace) -> Option<&'a str> {
    snapshot.districts.by_id(it.district.as_ref()?)?.former_town.as_deref()
}

fn licence<'a>(snapshot: &'a Snapshot, it: &'a VisiblePlace) -> Option<&'a str> {
    it.place.source.licence.as_deref().or(snapshot.city.licence.as_deref())
}

fn private_person(snapshot: &Snapshot, it: &VisiblePlace) -> Option<bool> {
    let category = snapshot.categories.by_id(&it.place.facts.category);
    category.is_some_and(|category| category.private_persons).then_some(true)
}

impl Queryable {
    /// Every queryable, in the order of the documentation.
    pub fn all() -> &'static [Self] {
        &TABLE
    }

    /// The queryable of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|it| it.name == name)
    }

    /// The type of its values.
    pub fn value_type(&self) -> QueryableType {
        match self.source {
            QueryableSource::Text(_) => QueryableType::Text,
            QueryableSource::TextList(_) => QueryableType::TextList,
            QueryableSource::Day(_) => QueryableType::Day,
            QueryableSource::Flag(_) | QueryableSource::Access(_) => QueryableType::Flag,
            QueryableSource::Geometry => QueryableType::Geometry,
        }
    }

    /// The codes that its values are taken from; `None` where any text may be one.
    pub fn codes(&self, snapshot: &Snapshot) -> Option<Vec<String>> {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        match self.name {
            "category" => Some(snapshot.categories.all().iter().map(|it| it.id.0.clone()).collect()),
            "district" => Some(snapshot.districts.all().iter().map(|it| it.id.0.clone()).collect()),
            "status" => Some(owned(&Status::ALL.map(Status::code))),
            "mode" => Some(owned(&MeetingMode::ALL.map(MeetingMode::code))),
            "precision" => Some(owned(&Precision::ALL.map(Precision::code))),
            "roles" => Some(owned(&Role::ALL.map(Role::code))),
            _ => None,
        }
    }

    /// The value for a place, given by its index.
    pub fn value<'a>(&self, snapshot: &'a Snapshot, place: usize) -> QueryableValue<'a> {
        let listed = &snapshot.places[place];
        match self.source {
            QueryableSource::Text(read) => read(snapshot, listed)
                .filter(|text| !text.trim().is_empty())
                .map_or(QueryableValue::Missing, QueryableValue::Text),
            QueryableSource::TextList(read) => {
                let texts = read(listed);
                if texts.is_empty() { QueryableValue::Missing } else { QueryableValue::TextList(texts) }
            }
            QueryableSource::Day(read) => read(listed).map_or(QueryableValue::Missing, QueryableValue::Day),
            QueryableSource::Flag(read) => read(snapshot, listed).map_or(QueryableValue::Missing, QueryableValue::Flag),
            QueryableSource::Access(fact) => {
                let answer = listed.place.facts.access.get(&fact);
                answer.map_or(QueryableValue::Missing, |answer| QueryableValue::Flag(answer.yes))
            }
            QueryableSource::Geometry => {
                let site = listed.place.facts.site;
                site.map_or(QueryableValue::Missing, |site| QueryableValue::Geometry(site.position))
            }
        }
    }
}

/// Two of them are equal if they are the same line of the table.
impl PartialEq for Queryable {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn every_queryable_has_a_title_in_both_languages_and_every_title_a_queryable() {
        let titles: BTreeMap<String, Translated> = toml::from_str(include_str!("queryables.toml")).unwrap();
        for it in Queryable::all() {
            assert!(
                [Language::Ja, Language::En].into_iter().all(|lang| it.title.written(lang).is_some()),
                "{}",
                it.name
            );
        }
        assert!(titles.keys().all(|name| Queryable::named(name).is_some()));
        assert_eq!(titles.len(), Queryable::all().len());
    }
}
