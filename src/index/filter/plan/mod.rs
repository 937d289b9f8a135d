//! Query planner: which places match a [`Filter`], and how surely.
//!
//! A plan starts from the most selective condition (category and district, words, or bounding box) and checks the remaining
//! conditions for each of its candidates. Categories, districts and boxes of an expression are taken out of it and answered by the
//! same tables and trees. This module does no I/O.

mod asked;
mod lifted;
mod words;

use std::cmp::Ordering;

use self::asked::AskedConditions;
use self::lifted::LiftedConditions;
use self::words::{FoundWord, LiteralWord, candidates, found_word, literal_words, merged};
use super::dates::{DateCondition, DateFit};
use super::expression::FilterExpression;
use super::query::UnderstoodQuery;
use super::{Filter, FilterAnswer, FilterFit};
use crate::index::ranges::PlaceRanges;
use crate::index::snapshot::Snapshot;
use crate::index::spatial::contains;

/// A [`Filter`] resolved to the table rows of one snapshot.
pub(super) struct QueryPlan<'a> {
    snapshot: &'a Snapshot,
    categories: Option<Vec<usize>>,
    districts: Option<Vec<usize>>,
    towns: Vec<String>,
    bbox: Option<[f64; 4]>,
    words: Vec<LiteralWord>,
    found: Vec<FoundWord>,
    asked: AskedConditions,
    /// What the tables and trees do not answer of the filter's expression.
    rest: Vec<FilterExpression>,
    dates: Option<DateCondition<'a>>,
}

impl<'a> QueryPlan<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, filter: &Filter) -> Self {
        let query = snapshot.understood(&filter.query);
        let found = query.words.iter().filter_map(|word| found_word(snapshot, &word.meaning)).collect();
        let lifted = LiftedConditions::of(snapshot, filter);
        let dates = filter.dates.zip(filter.today);
        Self {
            snapshot,
            categories: lifted.categories,
            districts: lifted.districts,
            towns: filter.towns.clone(),
            bbox: lifted.bbox,
            words: literal_words(snapshot, &filter.text),
            found,
            asked: AskedConditions::new(snapshot, filter, &query),
            rest: lifted.rest,
            dates: dates.map(|(dates, today)| DateCondition::new(dates, snapshot.meetings(), today, &snapshot.city)),
        }
    }

    /// The matching places, in ascending order; where a query of several words leaves none at all, those that fit most of them are
    /// near it.
    pub(super) fn run(&self) -> FilterAnswer {
        let answer = self.strict();
        if !answer.is_empty() || self.dates.is_some() || self.found.len() + self.asked.typed_len() < 2 {
            return answer;
        }
        FilterAnswer { near: self.nearest_to_all(), ..answer }
    }

    /// The places that pass what was chosen and fit the most of what was typed.
    fn nearest_to_all(&self) -> PlaceRanges {
        let mut best = (1, Vec::new());
        for place in self.in_tables().iter().filter(|place| self.passes(*place)) {
            let words: usize = self.found.iter().map(|word| word.share(place)).sum();
            let Some(conditions) = self.asked.typed_fits(self.snapshot, place) else { continue };
            match (words + conditions).cmp(&best.0) {
                Ordering::Less => {}
                Ordering::Equal => best.1.push(place),
                Ordering::Greater => best = (words + conditions, vec![place]),
            }
        }
        PlaceRanges::from_sorted(best.1)
    }

    /// The places for which all conditions hold.
    fn strict(&self) -> FilterAnswer {
        if self.bbox.is_none() && self.needs_no_test() {
            return FilterAnswer { certain: self.in_tables(), ..FilterAnswer::default() };
        }
        let by_text = self.by_text();
        let fewest = by_text.as_ref().map_or(usize::MAX, Vec::len).min(self.in_tables_count());
        if let Some(candidates) = self.by_box(fewest) {
            let is_box_alone = self.districts.is_none() && self.needs_no_test();
            let places = candidates.into_iter().map(|it| it as usize);
            return if is_box_alone {
                FilterAnswer { certain: PlaceRanges::from_sorted(places), ..FilterAnswer::default() }
            } else {
                self.parted(places)
            };
        }
        match by_text {
            Some(candidates) if candidates.len() == fewest => self.parted(candidates.into_iter().map(|it| it as usize)),
            _ => self.parted(self.in_tables().iter()),
        }
    }

    /// Whether tables and trees answer all of it.
    fn needs_no_test(&self) -> bool {
        let has_words = !self.words.is_empty() || !self.found.is_empty();
        !has_words && self.towns.is_empty() && self.asked.is_empty() && self.rest.is_empty() && self.dates.is_none()
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
        let found = self.found.iter().map(|word| merged([&word.certain, &word.near]));
        let literal = self.words.iter().filter_map(|word| Some(merged(candidates(self.snapshot, word)?)));
        found.chain(literal).min_by_key(Vec::len)
    }

    fn parted(&self, sorted: impl Iterator<Item = usize>) -> FilterAnswer {
        let mut parts = [Vec::new(), Vec::new(), Vec::new()];
        let mut without_dates = 0;
        for place in sorted {
            let fit = self.fit(place);
            if fit == FilterFit::Never {
                continue;
            }
            // Last, because evaluating dates takes longest.
            match self.dates.as_ref().map(|dates| dates.fit(place)) {
                Some(DateFit::Never) => {}
                Some(DateFit::WithoutDates) => without_dates += usize::from(fit == FilterFit::Certain),
                Some(DateFit::Meets) | None => parts[fit as usize].push(place),
            }
        }
        let [certain, near, unknown] = parts.map(PlaceRanges::from_sorted);
        FilterAnswer { certain, near, unknown, without_dates }
    }

    fn is_in_towns(&self, place: usize) -> bool {
        let town = self.snapshot.places[place].place.facts.town.as_ref();
        town.is_some_and(|town| self.towns.contains(&town.name))
    }

    /// Whether a place passes what can be neither near nor unknown.
    fn passes(&self, place: usize) -> bool {
        let snapshot = self.snapshot;
        let (category, district) = (snapshot.category_of(place), snapshot.district_of(place));
        self.categories.as_ref().is_none_or(|some| category.is_some_and(|it| some.contains(&it)))
            && self.districts.as_ref().is_none_or(|some| district.is_some_and(|it| some.contains(&it)))
            && (self.towns.is_empty() || self.is_in_towns(place))
            && self.bbox.is_none_or(|bbox| snapshot.spatial().point(place).is_some_and(|at| contains(bbox, at)))
            && self.words.iter().all(|word| word.is_in(snapshot, place))
            && self.rest.iter().all(|condition| condition.holds(snapshot, place) == Some(true))
    }

    fn fit(&self, place: usize) -> FilterFit {
        if !self.passes(place) {
            return FilterFit::Never;
        }
        let words = self.found.iter().map(|word| word.fit(place)).max().unwrap_or(FilterFit::Certain);
        if words == FilterFit::Never { words } else { words.max(self.asked.fit(self.snapshot, place)) }
    }
}

impl Snapshot {
    /// How `query` is understood with the words of this municipality.
    pub fn understood(&self, query: &str) -> UnderstoodQuery {
        if query.trim().is_empty() {
            return UnderstoodQuery::default();
        }
        UnderstoodQuery::new(query, self.vocabulary(), |text| self.occurs(text))
    }

    /// Whether a folded text occurs in any place, or in the name of a category or district.
    fn occurs(&self, folded: &str) -> bool {
        let (categories, districts) = self.folded_names();
        let is_in = |place: usize| self.text().contains(place, folded);
        categories.iter().chain(districts).any(|name| self.text().bounds().occurs_in(name, folded))
            || match self.text().candidates(folded) {
                Some(places) => places.iter().any(|&place| is_in(place as usize)),
                None => (0..self.places.len()).any(is_in),
            }
    }
}
