//! Query planner: which places match a [`Filter`].
//!
//! A plan starts from the most selective condition (category and district, bigram, or bounding box) and checks the remaining
//! conditions for each of its candidates. This module does no I/O.

use std::borrow::Cow;

use super::ranges::PlaceRanges;
use super::snapshot::Snapshot;
use super::spatial::{contains, place_number};
use crate::model::{CategoryId, DistrictId};
use crate::text::fold;

/// Conditions on places, all of which must hold; an empty one holds for every place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Any of these categories.
    pub categories: Vec<CategoryId>,
    /// Any of these districts.
    pub districts: Vec<DistrictId>,
    /// West, south, east, north in degrees (OGC:CRS84). West may be greater than east: across the antimeridian.
    pub bbox: Option<[f64; 4]>,
    /// Search text: words separated by white space, all of which must occur (compared folded, see [`fold`]).
    pub text: String,
}

impl Snapshot {
    /// The places that match `filter`, as ascending indices into [`places`](Self::places).
    pub fn select(&self, filter: &Filter) -> Vec<usize> {
        self.matching(filter).iter().collect()
    }

    /// The places that match `filter`, as ranges of indices into [`places`](Self::places).
    pub fn matching(&self, filter: &Filter) -> PlaceRanges {
        QueryPlan::new(self, filter).run()
    }

    /// Number of places of a category, of a district, or of both; `None` means any.
    pub fn count(&self, category: Option<&CategoryId>, district: Option<&DistrictId>) -> usize {
        let filter = Filter {
            categories: category.into_iter().cloned().collect(),
            districts: district.into_iter().cloned().collect(),
            ..Filter::default()
        };
        QueryPlan::new(self, &filter).in_tables_count()
    }
}

/// A [`Filter`] resolved to the table rows of one snapshot.
pub(super) struct QueryPlan<'a> {
    snapshot: &'a Snapshot,
    categories: Option<Vec<usize>>,
    districts: Option<Vec<usize>>,
    bbox: Option<[f64; 4]>,
    words: Vec<QueryWord>,
}

/// A folded search word, with a flag per category and district whose name contains it.
struct QueryWord {
    folded: String,
    categories: Vec<bool>,
    districts: Vec<bool>,
}

impl<'a> QueryPlan<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, filter: &Filter) -> Self {
        Self {
            snapshot,
            categories: snapshot.category_rows(&filter.categories),
            districts: snapshot.district_rows(&filter.districts),
            bbox: filter.bbox,
            words: query_words(snapshot, &filter.text),
        }
    }

    /// The matching places, in ascending order.
    pub(super) fn run(&self) -> PlaceRanges {
        if self.bbox.is_none() && self.words.is_empty() {
            return self.in_tables();
        }
        let by_text = self.by_text();
        let fewest = by_text.as_ref().map_or(usize::MAX, Vec::len).min(self.in_tables_count());
        if let Some(candidates) = self.by_box(fewest) {
            let nothing_else = self.districts.is_none() && self.words.is_empty();
            return if nothing_else {
                PlaceRanges::from_sorted(candidates.into_iter().map(|it| it as usize))
            } else {
                self.filtered(candidates)
            };
        }
        match by_text {
            Some(candidates) if candidates.len() == fewest => self.filtered(candidates),
            _ => PlaceRanges::from_sorted(self.in_tables().iter().filter(|&place| self.matches_all(place))),
        }
    }

    /// The places of the filter's categories and districts, without its other conditions.
    fn in_tables(&self) -> PlaceRanges {
        let Some(districts) = &self.districts else {
            return PlaceRanges::from_disjoint(self.category_ranges());
        };
        let mut places: Vec<usize> = Vec::new();
        for range in self.category_ranges() {
            for &district in districts {
                places.extend(self.snapshot.in_district(district, &range).iter().map(|&place| place as usize));
            }
        }
        places.sort_unstable();
        PlaceRanges::from_sorted(places)
    }

    /// Length of [`in_tables`](Self::in_tables), in constant time per category and district.
    pub(super) fn in_tables_count(&self) -> usize {
        let in_range = |range: std::ops::Range<usize>| match &self.districts {
            None => range.len(),
            Some(some) => some.iter().map(|&district| self.snapshot.in_district(district, &range).len()).sum(),
        };
        self.category_ranges().into_iter().map(in_range).sum()
    }

    fn category_ranges(&self) -> Vec<std::ops::Range<usize>> {
        match &self.categories {
            None => std::iter::once(0..self.snapshot.places.len()).collect(),
            Some(some) => some.iter().map(|&category| self.snapshot.category_range(category)).collect(),
        }
    }

    /// The places in the box, unless there are more than `at_most`.
    fn by_box(&self, at_most: usize) -> Option<Vec<u32>> {
        let within = self.snapshot.spatial().within(self.bbox?, self.categories.as_deref());
        let mut places: Vec<u32> = within.take(at_most.saturating_add(1)).collect();
        (places.len() <= at_most).then(|| {
            places.sort_unstable();
            places
        })
    }

    /// Candidates for the rarest word, in ascending order; `None` where the index cannot narrow any word down.
    fn by_text(&self) -> Option<Vec<u32>> {
        let lists = self.words.iter().filter_map(|word| self.candidates(word));
        let rarest = lists.min_by_key(|lists| lists.iter().map(|list| list.len()).sum::<usize>())?;
        let mut places = rarest.concat();
        places.sort_unstable();
        places.dedup();
        Some(places)
    }

    /// The places whose text may contain `word`, and those whose category or district contains it, as several lists; `None`
    /// where any place may.
    fn candidates(&self, word: &QueryWord) -> Option<Vec<Cow<'a, [u32]>>> {
        let snapshot = self.snapshot;
        let by_bigrams = snapshot.text().candidates(&word.folded)?;
        let everywhere = 0..snapshot.places.len();
        let of_category = |category| snapshot.category_range(category).map(place_number).collect::<Vec<u32>>();
        let of_district = |district| snapshot.in_district(district, &everywhere);
        let named = set_indices(&word.categories).map(of_category).map(Cow::from);
        let named = named.chain(set_indices(&word.districts).map(of_district).map(Cow::from));
        Some(std::iter::once(by_bigrams.into()).chain(named).collect())
    }

    fn filtered(&self, sorted: Vec<u32>) -> PlaceRanges {
        PlaceRanges::from_sorted(
            sorted.into_iter().map(|place| place as usize).filter(|&place| self.matches_all(place)),
        )
    }

    fn matches_all(&self, place: usize) -> bool {
        let snapshot = self.snapshot;
        let (category, district) = (snapshot.category_of(place), snapshot.district_of(place));
        self.categories.as_ref().is_none_or(|some| category.is_some_and(|it| some.contains(&it)))
            && self.districts.as_ref().is_none_or(|some| district.is_some_and(|it| some.contains(&it)))
            && self.bbox.is_none_or(|bbox| snapshot.spatial().point(place).is_some_and(|at| contains(bbox, at)))
            && self.words.iter().all(|word| {
                category.is_some_and(|it| word.categories[it])
                    || district.is_some_and(|it| word.districts[it])
                    || snapshot.text().contains(place, &word.folded)
            })
    }
}

fn query_words(snapshot: &Snapshot, text: &str) -> Vec<QueryWord> {
    let folded = text.split_whitespace().map(fold).filter(|word| !word.is_empty());
    let word = |folded: String| {
        let named = |names: &[String]| names.iter().map(|name| name.contains(&folded)).collect();
        let (categories, districts) = snapshot.folded_names();
        QueryWord { categories: named(categories), districts: named(districts), folded }
    };
    folded.map(word).collect()
}

fn set_indices(flags: &[bool]) -> impl Iterator<Item = usize> + '_ {
    flags.iter().enumerate().filter_map(|(at, &flag)| flag.then_some(at))
}
