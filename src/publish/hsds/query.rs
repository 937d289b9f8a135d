//! Pages of HSDS objects and what can be required of them. This module does no I/O.

use chrono::NaiveTime;
use serde_json::{Value, json};

use super::service::{ages, service, service_at_location, service_id, with_service};
use super::taxonomy::{self, TaxonomyKind};
use super::{Hsds, HsdsDetail, organization, provider, schedule};
use crate::index::Filter;
use crate::text::fold;

/// A kind of object, each with a list of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HsdsKind {
    /// Places as services.
    Services,
    /// Services with where they are.
    ServiceAtLocations,
    /// Who runs them.
    Organizations,
    /// Categories, and interests.
    Taxonomies,
    /// What these are made of.
    TaxonomyTerms,
}

impl HsdsKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Services, Self::ServiceAtLocations, Self::Organizations, Self::Taxonomies, Self::TaxonomyTerms];

    /// The name of its list in addresses and of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::ServiceAtLocations => "service_at_locations",
            Self::Organizations => "organizations",
            Self::Taxonomies => "taxonomies",
            Self::TaxonomyTerms => "taxonomy_terms",
        }
    }
}

/// What is required of the objects of a list, and which page of them.
#[derive(Debug, Clone, Default)]
pub struct HsdsQuery {
    /// Words that must occur.
    pub search: String,
    /// The identity of a term.
    pub taxonomy_term_id: Option<String>,
    /// The identity of a taxonomy.
    pub taxonomy_id: Option<String>,
    /// The identity of an organization.
    pub organization_id: Option<String>,
    /// The identity of the parent of a term; terms have none.
    pub parent_id: Option<String>,
    /// The lowest `minimum_age`.
    pub minimum_age: Option<f64>,
    /// The highest `maximum_age`.
    pub maximum_age: Option<f64>,
    /// The earliest `opens_at`.
    pub start_time: Option<NaiveTime>,
    /// The latest `closes_at`.
    pub end_time: Option<NaiveTime>,
    /// A day of the week: `MO`.
    pub day: Option<chrono::Weekday>,
    /// All that belongs to each object.
    pub full: bool,
    /// Of services their identities alone.
    pub minimal: bool,
    /// Organizations with their services.
    pub full_service: bool,
}

/// A page of a list.
#[derive(Debug, Clone, Copy)]
pub struct HsdsPage {
    /// Its number, from 1.
    pub number: usize,
    /// How many objects a page has.
    pub size: usize,
}

impl Hsds<'_> {
    /// A page of the objects of a kind that pass the query.
    pub fn page(&self, kind: HsdsKind, query: &HsdsQuery, page: HsdsPage) -> Value {
        let detail = if query.full { HsdsDetail::Full } else { HsdsDetail::OneToOne };
        match kind {
            HsdsKind::Services | HsdsKind::ServiceAtLocations => {
                paged(self.places(query), page, |place| self.of_place(kind, query, place, detail))
            }
            HsdsKind::Organizations => {
                let named = organization::names(self).into_iter().filter(|name| has_words(name, &query.search));
                let write = |name: &str| match (query.full_service, query.full) {
                    (false, false) => organization::alone(self, name),
                    (full_service, _) => provider::with_services(self, name, full_service),
                };
                paged(named.collect(), page, write)
            }
            HsdsKind::Taxonomies => {
                let all = TaxonomyKind::ALL.map(|it| it.written(self)).into_iter();
                paged(all.filter(|it| has_words(&text(it, "name"), &query.search)).collect(), page, |it| it)
            }
            HsdsKind::TaxonomyTerms => {
                let is_wanted = |term: &Value| {
                    has_words(&text(term, "name"), &query.search)
                        && query.taxonomy_id.as_ref().is_none_or(|id| term["taxonomy_id"] == *id)
                        && query.parent_id.is_none()
                };
                paged(taxonomy::terms(self).into_iter().filter(is_wanted).collect(), page, |it| it)
            }
        }
    }

    fn of_place(&self, kind: HsdsKind, query: &HsdsQuery, place: usize, detail: HsdsDetail) -> Value {
        let listed = &self.snapshot.places[place];
        match kind {
            HsdsKind::Services if query.minimal => json!({ "id": service_id(self, listed) }),
            HsdsKind::Services => service(self, listed, detail),
            _ if detail == HsdsDetail::Full => with_service(self, listed, detail),
            _ => service_at_location(self, listed, detail),
        }
    }

    /// The places that pass a query, in the order of the snapshot.
    fn places(&self, query: &HsdsQuery) -> Vec<usize> {
        let filter = Filter { query: query.search.clone(), ..Filter::default() };
        let mut places = self.snapshot.select(&filter);
        places.retain(|place| {
            let listed = &self.snapshot.places[*place];
            self.has_terms(query, *place)
                && query
                    .organization_id
                    .as_ref()
                    .is_none_or(|id| organization::of_place(self.city(), listed)["id"] == *id)
                && has_ages(query, ages(listed.place.facts.eligibility.as_deref()))
                && self.has_times(query, *place)
        });
        places
    }

    fn has_terms(&self, query: &HsdsQuery, place: usize) -> bool {
        if query.taxonomy_id.is_none() && query.taxonomy_term_id.is_none() {
            return true;
        }
        taxonomy::terms_of(self, &self.snapshot.places[place]).iter().any(|term| {
            query.taxonomy_id.as_ref().is_none_or(|id| term["taxonomy_id"] == *id)
                && query.taxonomy_term_id.as_ref().is_none_or(|id| term["id"] == *id)
        })
    }

    /// Whether one of its schedules has the day and lies within the hours.
    fn has_times(&self, query: &HsdsQuery, place: usize) -> bool {
        let HsdsQuery { start_time, end_time, day, .. } = query;
        if start_time.is_none() && end_time.is_none() && day.is_none() {
            return true;
        }
        let listed = &self.snapshot.places[place];
        schedule::schedules(self.city(), &self.context, &listed.place, "").iter().any(|it| {
            let time =
                |name: &str| it[name].as_str().and_then(|text| NaiveTime::parse_from_str(&text[..5], "%H:%M").ok());
            let has_day = |day: &chrono::Weekday| {
                let days = it["byday"].as_str().unwrap_or_default();
                days.split(',').any(|it| it.ends_with(schedule::letters(*day)))
            };
            start_time.is_none_or(|start| time("opens_at").is_some_and(|opens| opens >= start))
                && end_time.is_none_or(|end| time("closes_at").is_some_and(|closes| closes <= end))
                && day.as_ref().is_none_or(has_day)
        })
    }
}

/// Whether the ages of a service are known and lie within those of a query.
fn has_ages(query: &HsdsQuery, (youngest, oldest): (Option<u8>, Option<u8>)) -> bool {
    query.minimum_age.is_none_or(|least| youngest.is_some_and(|age| f64::from(age) >= least))
        && query.maximum_age.is_none_or(|most| oldest.is_some_and(|age| f64::from(age) <= most))
}

/// Whether all words of `search` occur in `text`.
fn has_words(text: &str, search: &str) -> bool {
    let text = fold(text);
    search.split_whitespace().all(|word| text.contains(&fold(word)))
}

fn text(object: &Value, field: &str) -> String {
    object[field].as_str().unwrap_or_default().to_owned()
}

/// The object of a page, with those of `all` that are on it.
fn paged<T>(all: Vec<T>, HsdsPage { number, size }: HsdsPage, write: impl Fn(T) -> Value) -> Value {
    let total = all.len();
    let pages = total.div_ceil(size.max(1));
    let from = number.saturating_sub(1).saturating_mul(size);
    let contents: Vec<Value> = all.into_iter().skip(from).take(size).map(write).collect();
    json!({
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": contents.len(),
        "first_page": number <= 1,
        "last_page": number >= pages,
        "empty": contents.is_empty(),
        "contents": contents,
    })
}
