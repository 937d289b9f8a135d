//! How many places each filter would leave: the numbers on the chips. This module does no I/O.

use std::collections::BTreeMap;

use crate::index::{Filter, Snapshot};
use crate::model::{CategoryId, DistrictId};
use crate::publish::html::view::PageView;

/// What a view leaves, and what each chip would.
pub struct Facets<'a> {
    /// The places of the list, as positions in the snapshot.
    pub selected: Vec<usize>,
    /// Places a category, within the rest of the filter.
    pub by_category: BTreeMap<&'a CategoryId, usize>,
    /// Places a district, within the rest of the filter.
    pub by_district: BTreeMap<&'a DistrictId, usize>,
}

impl<'a> Facets<'a> {
    /// Asks `snapshot` three times at most: all filters, all but the categories, all but the districts.
    pub fn of(snapshot: &'a Snapshot, view: &PageView) -> Self {
        let filter = &view.filter;
        let selected = snapshot.select(filter);
        let without_categories = Filter { categories: Vec::new(), ..filter.clone() };
        let without_districts = Filter { districts: Vec::new(), ..filter.clone() };
        let mut by_category = BTreeMap::new();
        for i in select_unless_known(snapshot, &selected, filter, &without_categories) {
            *by_category.entry(&snapshot.places[i].place.facts.category).or_default() += 1;
        }
        let mut by_district = BTreeMap::new();
        for i in select_unless_known(snapshot, &selected, filter, &without_districts) {
            if let Some(district) = &snapshot.places[i].district {
                *by_district.entry(district).or_default() += 1;
            }
        }
        Self { selected, by_category, by_district }
    }
}

/// The answer to `wider`, without asking when it is the question already answered.
fn select_unless_known(snapshot: &Snapshot, selected: &[usize], filter: &Filter, wider: &Filter) -> Vec<usize> {
    if wider == filter { selected.to_vec() } else { snapshot.select(wider) }
}
