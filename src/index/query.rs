//! Which places are asked for, and the plan by which they are found.
//!
//! A plan starts from whatever names the fewest places (a category and district, a bigram, a bounding box) and looks at
//! those one by one for the rest. This module does no I/O.

use std::borrow::Cow;

use super::ranges::PlaceRanges;
use super::snapshot::Snapshot;
use super::spatial::{holds, number};
use crate::model::{CategoryId, DistrictId};
use crate::text::fold;

/// What is asked for; an empty part asks for everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Any of these categories.
    pub categories: Vec<CategoryId>,
    /// Any of these districts.
    pub districts: Vec<DistrictId>,
    /// West, south, east, north in degrees (OGC:CRS84). West may be greater than east: across the antimeridian.
    pub bbox: Option<[f64; 4]>,
    /// Words, all of which must occur; compared folded.
    pub text: String,
}

impl Snapshot {
    /// The places that pass `filter`, as positions in [`places`](Self::places), in that order.
    pub fn select(&self, filter: &Filter) -> Vec<usize> {
        self.matching(filter).iter().collect()
    }

    /// The places that pass `filter`, as ranges of positions in [`places`](Self::places).
    pub fn matching(&self, filter: &Filter) -> PlaceRanges {
        QueryPlan::new(self, filter).run()
    }

    /// How many places there are of a category, of a district, of both; `None` means any.
    pub fn count(&self, category: Option<&CategoryId>, district: Option<&DistrictId>) -> usize {
        let filter = Filter {
            categories: category.into_iter().cloned().collect(),
            districts: district.into_iter().cloned().collect(),
            ..Filter::default()
        };
        QueryPlan::new(self, &filter).listed_count()
    }
}

/// A [`Filter`] in the numbers of one snapshot.
pub(super) struct QueryPlan<'a> {
    snapshot: &'a Snapshot,
    categories: Option<Vec<usize>>,
    districts: Option<Vec<usize>>,
    bbox: Option<[f64; 4]>,
    words: Vec<QueryWord>,
}

/// A folded word, and the categories and districts whose names hold it.
struct QueryWord {
    folded: String,
    categories: Vec<bool>,
    districts: Vec<bool>,
}

impl<'a> QueryPlan<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, filter: &Filter) -> Self {
        Self {
            snapshot,
            categories: snapshot.category_numbers(&filter.categories),
            districts: snapshot.district_numbers(&filter.districts),
            bbox: filter.bbox,
            words: words(snapshot, &filter.text),
        }
    }

    /// The places that pass, in ascending order.
    pub(super) fn run(&self) -> PlaceRanges {
        if self.bbox.is_none() && self.words.is_empty() {
            return self.listed();
        }
        let by_text = self.by_text();
        let fewest = by_text.as_ref().map_or(usize::MAX, Vec::len).min(self.listed_count());
        if let Some(candidates) = self.by_box(fewest) {
            let nothing_else = self.districts.is_none() && self.words.is_empty();
            return if nothing_else {
                PlaceRanges::from_sorted(candidates.into_iter().map(|it| it as usize))
            } else {
                self.passing(candidates)
            };
        }
        match by_text {
            Some(candidates) if candidates.len() == fewest => self.passing(candidates),
            _ => PlaceRanges::from_sorted(self.listed().iter().filter(|&place| self.passes(place))),
        }
    }

    /// All places of the categories and districts asked for, whatever else is asked.
    fn listed(&self) -> PlaceRanges {
        let Some(districts) = &self.districts else {
            return PlaceRanges::from_disjoint(self.category_runs());
        };
        let mut places: Vec<usize> = Vec::new();
        for run in self.category_runs() {
            for &district in districts {
                places.extend(self.snapshot.in_district(district, &run).iter().map(|&place| place as usize));
            }
        }
        places.sort_unstable();
        PlaceRanges::from_sorted(places)
    }

    /// How many [`listed`](Self::listed) are, without listing them.
    pub(super) fn listed_count(&self) -> usize {
        let in_run = |run: std::ops::Range<usize>| match &self.districts {
            None => run.len(),
            Some(some) => some.iter().map(|&district| self.snapshot.in_district(district, &run).len()).sum(),
        };
        self.category_runs().into_iter().map(in_run).sum()
    }

    fn category_runs(&self) -> Vec<std::ops::Range<usize>> {
        match &self.categories {
            None => std::iter::once(0..self.snapshot.places.len()).collect(),
            Some(some) => some.iter().map(|&category| self.snapshot.category_run(category)).collect(),
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

    /// The places in which the rarest word may occur, in ascending order; `None` where that is no help.
    fn by_text(&self) -> Option<Vec<u32>> {
        let pieces = self.words.iter().filter_map(|word| self.candidates(word));
        let rarest = pieces.min_by_key(|pieces| pieces.iter().map(|piece| piece.len()).sum::<usize>())?;
        let mut places = rarest.concat();
        places.sort_unstable();
        places.dedup();
        Some(places)
    }

    /// The places whose text may hold `word`, and those whose category or district holds it, list by list; `None` where any
    /// place may.
    fn candidates(&self, word: &QueryWord) -> Option<Vec<Cow<'a, [u32]>>> {
        let snapshot = self.snapshot;
        let by_letters = snapshot.text().candidates(&word.folded)?;
        let everywhere = 0..snapshot.places.len();
        let of_category = |category| snapshot.category_run(category).map(number).collect::<Vec<u32>>();
        let of_district = |district| snapshot.in_district(district, &everywhere);
        let named = chosen(&word.categories).map(of_category).map(Cow::from);
        let named = named.chain(chosen(&word.districts).map(of_district).map(Cow::from));
        Some(std::iter::once(by_letters.into()).chain(named).collect())
    }

    fn passing(&self, sorted: Vec<u32>) -> PlaceRanges {
        PlaceRanges::from_sorted(sorted.into_iter().map(|place| place as usize).filter(|&place| self.passes(place)))
    }

    fn passes(&self, place: usize) -> bool {
        let snapshot = self.snapshot;
        let (category, district) = (snapshot.category_of(place), snapshot.district_of(place));
        self.categories.as_ref().is_none_or(|some| category.is_some_and(|it| some.contains(&it)))
            && self.districts.as_ref().is_none_or(|some| district.is_some_and(|it| some.contains(&it)))
            && self.bbox.is_none_or(|bbox| snapshot.spatial().point(place).is_some_and(|at| holds(bbox, at)))
            && self.words.iter().all(|word| {
                category.is_some_and(|it| word.categories[it])
                    || district.is_some_and(|it| word.districts[it])
                    || snapshot.text().holds(place, &word.folded)
            })
    }
}

fn words(snapshot: &Snapshot, text: &str) -> Vec<QueryWord> {
    let folded = text.split_whitespace().map(fold).filter(|word| !word.is_empty());
    let word = |folded: String| {
        let named = |names: &[String]| names.iter().map(|name| name.contains(&folded)).collect();
        let (categories, districts) = snapshot.folded_names();
        QueryWord { categories: named(categories), districts: named(districts), folded }
    };
    folded.map(word).collect()
}

fn chosen(flags: &[bool]) -> impl Iterator<Item = usize> + '_ {
    flags.iter().enumerate().filter_map(|(at, &flag)| flag.then_some(at))
}
