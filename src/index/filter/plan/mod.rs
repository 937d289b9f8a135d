//! Query planner: which places match a [`Filter`], and how surely.
//!
//! A plan starts from the most selective condition (category and district, words, or bounding box) and checks the remaining
//! conditions for each of its candidates. Categories, districts and boxes of an expression are taken out of it and answered by the
//! same tables and trees. This module does no I/O.

mod lifted;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use chrono::Datelike as _;

use self::lifted::LiftedConditions;
use super::dates::{DateCondition, DateFit};
use super::expression::FilterExpression;
use super::meetings::MeetingWeek;
use super::query::{SearchedMeaning, UnderstoodQuery};
use super::{Filter, FilterAnswer, FilterFit};
use crate::index::filter::conditions::{MeetingWish, PlaceFact};
use crate::index::ranges::PlaceRanges;
use crate::index::snapshot::Snapshot;
use crate::index::spatial::{contains, place_number};
use crate::text::fold;

/// What one wants to do weighs more than where, and either more than when and how (1 each), where a place fits only a part of a query.
const INTEREST_WEIGHT: usize = 3;
const PLACE_WEIGHT: usize = 2;

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

/// A folded search word, with a flag per category and district whose name contains it.
struct LiteralWord {
    folded: String,
    categories: Vec<bool>,
    districts: Vec<bool>,
}

/// The places that fit one word of a query, in ascending order.
struct FoundWord {
    /// How much it says of what is wished, beside other words and conditions: what one wants to do, then where.
    weight: usize,
    certain: Vec<u32>,
    near: Vec<u32>,
}

/// Times and facts that are required, by the filter itself or by words of its query.
#[derive(Default)]
struct AskedConditions {
    when: MeetingWish,
    facts: Vec<PlaceFact>,
    typed_when: MeetingWish,
    /// The folded words that say so, for places whose times are not known.
    typed_when_words: Vec<String>,
    typed_facts: Vec<(PlaceFact, String)>,
    /// By number of the schedules; none without a day.
    meetings: Option<Arc<[MeetingWeek]>>,
    weekday: usize,
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

impl AskedConditions {
    fn new(snapshot: &Snapshot, filter: &Filter, query: &UnderstoodQuery) -> Self {
        let (typed_when, words) = query.when();
        let needs_times = !filter.when.is_empty() || !typed_when.is_empty();
        let today = filter.today.filter(|_| needs_times);
        let typed_facts = query.words.iter().filter_map(|word| match &word.meaning {
            SearchedMeaning::Fact(fact, text) => Some((*fact, text.clone())),
            _ => None,
        });
        Self {
            when: filter.when,
            facts: filter.facts.clone(),
            typed_when,
            typed_when_words: words.into_iter().map(str::to_owned).collect(),
            typed_facts: typed_facts.collect(),
            meetings: today.map(|today| snapshot.meetings().on(today, &snapshot.city)),
            weekday: today.map_or(0, |today| today.weekday().num_days_from_monday() as usize),
        }
    }

    fn is_empty(&self) -> bool {
        self.when.is_empty() && self.facts.is_empty() && self.typed_when.is_empty() && self.typed_facts.is_empty()
    }

    /// How many conditions were typed; a time counts as one.
    fn typed_len(&self) -> usize {
        self.typed_facts.len() + usize::from(!self.typed_when.is_empty())
    }

    /// How many of the typed conditions certainly hold; `None` where a chosen one may not.
    fn typed_fits(&self, snapshot: &Snapshot, place: usize) -> Option<usize> {
        if self.chosen(snapshot, place) != FilterFit::Certain {
            return None;
        }
        let when = (!self.typed_when.is_empty()).then(|| self.typed_times(snapshot, place));
        Some(self.typed_facts(snapshot, place).chain(when).filter(|fit| *fit == FilterFit::Certain).count())
    }

    fn fit(&self, snapshot: &Snapshot, place: usize) -> FilterFit {
        let conditions = [self.chosen(snapshot, place), self.typed_times(snapshot, place)];
        self.typed_facts(snapshot, place).chain(conditions).max().unwrap_or(FilterFit::Certain)
    }

    /// How the conditions hold that were chosen.
    fn chosen(&self, snapshot: &Snapshot, place: usize) -> FilterFit {
        let known = snapshot.known_facts(place);
        let facts = self.facts.iter().map(|fact| known.fit(*fact));
        facts.chain([self.meets(snapshot, place, self.when)]).max().unwrap_or(FilterFit::Certain)
    }

    fn typed_facts(&self, snapshot: &Snapshot, place: usize) -> impl Iterator<Item = FilterFit> {
        let known = snapshot.known_facts(place);
        self.typed_facts
            .iter()
            .map(move |(fact, word)| typed(known.fit(*fact), || snapshot.text().contains(place, word)))
    }

    fn typed_times(&self, snapshot: &Snapshot, place: usize) -> FilterFit {
        let words = || self.typed_when_words.iter().all(|word| snapshot.text().contains(place, word));
        typed(self.meets(snapshot, place, self.typed_when), words)
    }

    fn meets(&self, snapshot: &Snapshot, place: usize, wish: MeetingWish) -> FilterFit {
        if wish.is_empty() {
            return FilterFit::Certain;
        }
        let Some(number) = snapshot.meetings().number_of(place) else { return FilterFit::Never };
        self.meetings.as_ref().map_or(FilterFit::Unknown, |all| all[number].fit(wish, self.weekday))
    }
}

/// How a typed condition fits: what is not known may still be written as it was typed.
fn typed(fit: FilterFit, is_written: impl FnOnce() -> bool) -> FilterFit {
    match fit {
        FilterFit::Unknown if is_written() => FilterFit::Certain,
        known => known,
    }
}

impl LiteralWord {
    fn new(snapshot: &Snapshot, folded: String) -> Self {
        let named =
            |names: &[String]| names.iter().map(|name| snapshot.text().bounds().occurs_in(name, &folded)).collect();
        let (categories, districts) = snapshot.folded_names();
        Self { categories: named(categories), districts: named(districts), folded }
    }

    fn is_in(&self, snapshot: &Snapshot, place: usize) -> bool {
        snapshot.category_of(place).is_some_and(|it| self.categories[it])
            || snapshot.district_of(place).is_some_and(|it| self.districts[it])
            || snapshot.text().contains(place, &self.folded)
    }

    /// The places that contain it, in ascending order.
    fn places(&self, snapshot: &Snapshot) -> Vec<u32> {
        let is_in = |place: &u32| self.is_in(snapshot, *place as usize);
        match candidates(snapshot, self) {
            Some(lists) => merged(lists).into_iter().filter(is_in).collect(),
            None => (0..snapshot.places.len()).map(place_number).filter(is_in).collect(),
        }
    }
}

impl FoundWord {
    /// Its weight for a place that fits it, one less for one that is only near it.
    fn share(&self, place: usize) -> usize {
        match self.fit(place) {
            FilterFit::Certain => self.weight,
            FilterFit::Near => self.weight - 1,
            FilterFit::Unknown | FilterFit::Never => 0,
        }
    }

    fn fit(&self, place: usize) -> FilterFit {
        let place = place_number(place);
        if self.certain.binary_search(&place).is_ok() {
            FilterFit::Certain
        } else if self.near.binary_search(&place).is_ok() {
            FilterFit::Near
        } else {
            FilterFit::Never
        }
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

/// The places that fit a word of a query; `None` for a word that is a condition.
fn found_word(snapshot: &Snapshot, meaning: &SearchedMeaning) -> Option<FoundWord> {
    let places =
        |words: &[String]| merged(words.iter().map(|word| LiteralWord::new(snapshot, word.clone()).places(snapshot)));
    match meaning {
        SearchedMeaning::Text(spellings) => {
            Some(FoundWord { weight: PLACE_WEIGHT, certain: places(spellings), near: Vec::new() })
        }
        SearchedMeaning::Interest { same, near, .. } => {
            Some(FoundWord { weight: INTEREST_WEIGHT, certain: places(same), near: places(near) })
        }
        SearchedMeaning::When(..) | SearchedMeaning::Fact(..) | SearchedMeaning::Ignored => None,
    }
}

/// The places whose text may contain `word`, and those whose category or district contains it, as several lists; `None`
/// where any place may.
fn candidates<'a>(snapshot: &'a Snapshot, word: &LiteralWord) -> Option<Vec<Cow<'a, [u32]>>> {
    let by_bigrams = snapshot.text().candidates(&word.folded)?;
    let everywhere = 0..snapshot.places.len();
    let of_category = |category| snapshot.category_range(category).map(place_number).collect::<Vec<u32>>();
    let of_district = |district| snapshot.in_district(district, &everywhere);
    let named = set_indices(&word.categories).map(of_category).map(Cow::from);
    let named = named.chain(set_indices(&word.districts).map(of_district).map(Cow::from));
    Some(std::iter::once(by_bigrams.into()).chain(named).collect())
}

/// Several ascending lists as one, without duplicates.
fn merged(lists: impl IntoIterator<Item: AsRef<[u32]>>) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    lists.into_iter().for_each(|list| all.extend_from_slice(list.as_ref()));
    all.sort_unstable();
    all.dedup();
    all
}

fn literal_words(snapshot: &Snapshot, text: &str) -> Vec<LiteralWord> {
    let folded = text.split_whitespace().map(fold).filter(|word| !word.is_empty());
    folded.map(|folded| LiteralWord::new(snapshot, folded)).collect()
}

fn set_indices(flags: &[bool]) -> impl Iterator<Item = usize> + '_ {
    flags.iter().enumerate().filter_map(|(at, &flag)| flag.then_some(at))
}
