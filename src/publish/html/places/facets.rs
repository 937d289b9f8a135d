//! Faceted search: the number of places that each filter chip would select. This module does no I/O.

use std::collections::BTreeMap;

use crate::index::{Filter, FilterAnswer, Snapshot};
use crate::model::{CategoryId, DistrictId};
use crate::publish::html::view::PageView;

/// The answer to a view, and the facet counts.
pub struct Facets<'a> {
    /// The places that match the filter, by how sure that is.
    pub answer: FilterAnswer,
    /// Places per category, under all filters but the categories.
    pub by_category: BTreeMap<&'a CategoryId, usize>,
    /// Places per district, under all filters but the districts.
    pub by_district: BTreeMap<&'a DistrictId, usize>,
    /// Of a municipality without districts: places per 大字, under all filters but the 大字.
    pub by_town: BTreeMap<&'a str, usize>,
}

impl<'a> Facets<'a> {
    /// Queries `snapshot` at most four times: with all filters, without categories, without districts, without 大字.
    pub fn of(snapshot: &'a Snapshot, view: &PageView) -> Self {
        let filter = &view.filter;
        let answer = snapshot.answer(filter);
        let without_categories = Filter { categories: Vec::new(), ..filter.clone() };
        let without_districts = Filter { districts: Vec::new(), ..filter.clone() };
        let categories = select_unless_known(snapshot, &answer, filter, &without_categories);
        let categories =
            count_rows(snapshot.categories.all(), categories.into_iter().filter_map(|i| snapshot.category_of(i)));
        let by_category = categories.map(|(category, count)| (&category.id, count)).collect();
        let districts = select_unless_known(snapshot, &answer, filter, &without_districts);
        let districts =
            count_rows(snapshot.districts.all(), districts.into_iter().filter_map(|i| snapshot.district_of(i)));
        let by_district = districts.map(|(district, count)| (&district.id, count)).collect();
        let by_town = Self::by_town(snapshot, &answer, filter);
        Self { answer, by_category, by_district, by_town }
    }

    fn by_town(snapshot: &'a Snapshot, answer: &FilterAnswer, filter: &Filter) -> BTreeMap<&'a str, usize> {
        let mut by_town = BTreeMap::new();
        if snapshot.districts.all().is_empty() {
            let without_towns = Filter { towns: Vec::new(), ..filter.clone() };
            for i in select_unless_known(snapshot, answer, filter, &without_towns) {
                if let Some(town) = &snapshot.places[i].place.facts.town {
                    *by_town.entry(town.name.as_str()).or_default() += 1;
                }
            }
        }
        by_town
    }
}

/// How often each row of a table stands in `rows`, of those that do.
fn count_rows<T>(table: &[T], rows: impl Iterator<Item = usize>) -> impl Iterator<Item = (&T, usize)> {
    let mut counts = vec![0; table.len()];
    rows.for_each(|row| counts[row] += 1);
    table.iter().zip(counts).filter(|(_, count)| *count > 0)
}

/// The places that certainly match `wider`; `answer` is that of `filter`, so that an equal filter needs no query.
fn select_unless_known(snapshot: &Snapshot, answer: &FilterAnswer, filter: &Filter, wider: &Filter) -> Vec<usize> {
    if wider == filter { answer.certain.iter().collect() } else { snapshot.select(wider) }
}
