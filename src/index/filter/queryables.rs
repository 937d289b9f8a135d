//! The one table of what can be required of a place, or of a district, by name: parameters, CQL2, sorting and their documentation are
//! made from it.
//!
//! A value is what the encoded feature has under the same name; what is not there is missing, and neither equal to anything nor
//! different from it. Titles stand in `queryables.toml`. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::index::snapshot::Snapshot;
use crate::index::visible::VisiblePlace;
use crate::model::{AccessFact, Area, District, MeetingMode, Position, Precision, Role, Status, Translated};

/// What a filter is about: each has queryables of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FilterSubject {
    /// Places.
    #[default]
    Place,
    /// Districts.
    District,
}

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
    /// The point of the place, or the outline of the district.
    Geometry,
}

/// One property that filters may name.
#[derive(Debug)]
pub struct Queryable {
    /// Its name in parameters and expressions.
    pub name: &'static str,
    /// What it is called, by language.
    pub title: Translated,
    source: QueryableSource,
}

/// How a value is read from a place or a district.
#[derive(Debug, Clone, Copy)]
enum QueryableSource {
    Text(for<'a> fn(&'a Snapshot, &'a VisiblePlace) -> Option<&'a str>),
    TextList(for<'a> fn(&'a VisiblePlace) -> Vec<&'a str>),
    Day(fn(&VisiblePlace) -> Option<NaiveDate>),
    Flag(fn(&Snapshot, &VisiblePlace) -> Option<bool>),
    Access(AccessFact),
    Geometry,
    DistrictText(fn(&District) -> Option<&str>),
    DistrictFlag(fn(&District) -> Option<bool>),
    DistrictOutline,
}

/// The value of a queryable for one place or district.
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
    /// An outline.
    Outline(&'a Area),
}

/// What the table holds of places besides the access facts, in its order.
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

/// What the table holds of districts, in its order.
const OF_DISTRICTS: [(&str, QueryableSource); 5] = [
    ("id", QueryableSource::DistrictText(|it| Some(&it.id.0))),
    ("name", QueryableSource::DistrictText(|it| Some(&it.name))),
    ("former_town", QueryableSource::DistrictText(|it| it.former_town.as_deref())),
    ("sketch", QueryableSource::DistrictFlag(|it| it.drawn().filter(|area| area.is_sketch()).map(|_| true))),
    (GEOMETRY, QueryableSource::DistrictOutline),
];

/// The name of the one queryable that is no property.
pub const GEOMETRY: &str = "geometry";

/// The queryables of places, then those of districts.
static TABLES: LazyLock<[Vec<Queryable>; 2]> = LazyLock::new(|| {
    let titles: BTreeMap<String, Translated> =
        toml::from_str(include_str!("queryables.toml")).expect("the table is our own");
    let access = AccessFact::ALL.map(|fact| (fact.code(), QueryableSource::Access(fact)));
    let queryable = |(name, source)| Queryable { name, title: titles.get(name).cloned().unwrap_or_default(), source };
    let of_places = OWN.into_iter().chain(access).map(queryable).collect();
    [of_places, OF_DISTRICTS.into_iter().map(queryable).collect()]
});

impl FilterSubject {
    /// Its queryables, in the order of the documentation.
    pub fn queryables(self) -> &'static [Queryable] {
        &TABLES[self as usize]
    }

    /// Its queryable of this name.
    pub fn queryable(self, name: &str) -> Option<&'static Queryable> {
        self.queryables().iter().find(|it| it.name == name)
    }
}

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
    /// The type of its values.
    pub fn value_type(&self) -> QueryableType {
        match self.source {
            QueryableSource::Text(_) | QueryableSource::DistrictText(_) => QueryableType::Text,
            QueryableSource::TextList(_) => QueryableType::TextList,
            QueryableSource::Day(_) => QueryableType::Day,
            QueryableSource::Flag(_) | QueryableSource::Access(_) | QueryableSource::DistrictFlag(_) => {
                QueryableType::Flag
            }
            QueryableSource::Geometry | QueryableSource::DistrictOutline => QueryableType::Geometry,
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

    /// The value for a place, or for a district, given by its index; `Missing` where it is not known.
    pub fn value<'a>(&self, snapshot: &'a Snapshot, index: usize) -> QueryableValue<'a> {
        self.known_value(snapshot, index).unwrap_or(QueryableValue::Missing)
    }

    fn known_value<'a>(&self, snapshot: &'a Snapshot, index: usize) -> Option<QueryableValue<'a>> {
        let listed = || &snapshot.places[index];
        let district = || &snapshot.districts.all()[index];
        let written = |text: &&str| !text.trim().is_empty();
        match self.source {
            QueryableSource::Text(read) => read(snapshot, listed()).filter(written).map(QueryableValue::Text),
            QueryableSource::TextList(read) => {
                Some(read(listed())).filter(|texts| !texts.is_empty()).map(QueryableValue::TextList)
            }
            QueryableSource::Day(read) => read(listed()).map(QueryableValue::Day),
            QueryableSource::Flag(read) => read(snapshot, listed()).map(QueryableValue::Flag),
            QueryableSource::Access(fact) => {
                listed().place.facts.access.get(&fact).map(|answer| QueryableValue::Flag(answer.yes))
            }
            QueryableSource::Geometry => listed().place.facts.site.map(|site| QueryableValue::Geometry(site.position)),
            QueryableSource::DistrictText(read) => read(district()).filter(written).map(QueryableValue::Text),
            QueryableSource::DistrictFlag(read) => read(district()).map(QueryableValue::Flag),
            QueryableSource::DistrictOutline => district().drawn().map(QueryableValue::Outline),
        }
    }
}

/// Two of them are equal if they are the same line of the table.
impl PartialEq for Queryable {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn every_queryable_has_a_title_in_both_languages_and_every_title_a_queryable() {
        let titles: BTreeMap<String, Translated> = toml::from_str(include_str!("queryables.toml")).unwrap();
        let all = || [FilterSubject::Place, FilterSubject::District].into_iter().flat_map(FilterSubject::queryables);
        for it in all() {
            assert!(
                [Language::Ja, Language::En].into_iter().all(|lang| it.title.written(lang).is_some()),
                "{}",
                it.name
            );
        }
        assert!(titles.keys().all(|name| all().any(|it| it.name == name)));
    }
}
