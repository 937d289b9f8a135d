//! Words of a query and the places that fit them. This module does no I/O.

use std::borrow::Cow;

use crate::index::filter::FilterFit;
use crate::index::filter::query::SearchedMeaning;
use crate::index::snapshot::Snapshot;
use crate::index::spatial::place_number;
use crate::text::fold;

/// What one wants to do weighs more than where, and either more than when and how (1 each), where a place fits only a part of a query.
const INTEREST_WEIGHT: usize = 3;
const PLACE_WEIGHT: usize = 2;

/// A folded search word, with a flag per category and district whose name contains it.
pub(super) struct LiteralWord {
    folded: String,
    categories: Vec<bool>,
    districts: Vec<bool>,
}

/// The places that fit one word of a query, in ascending order.
pub(super) struct FoundWord {
    /// How much it says of what is wished, beside other words and conditions: what one wants to do, then where.
    weight: usize,
    pub(super) certain: Vec<u32>,
    pub(super) near: Vec<u32>,
}

impl LiteralWord {
    pub(super) fn new(snapshot: &Snapshot, folded: String) -> Self {
        let named =
            |names: &[String]| names.iter().map(|name| snapshot.text().bounds().occurs_in(name, &folded)).collect();
        let (categories, districts) = snapshot.folded_names();
        Self { categories: named(categories), districts: named(districts), folded }
    }

    pub(super) fn is_in(&self, snapshot: &Snapshot, place: usize) -> bool {
        snapshot.category_of(place).is_some_and(|it| self.categories[it])
            || snapshot.district_of(place).is_some_and(|it| self.districts[it])
            || snapshot.text().contains(place, &self.folded)
    }

    /// The places that contain it, in ascending order.
    pub(super) fn places(&self, snapshot: &Snapshot) -> Vec<u32> {
        let is_in = |place: &u32| self.is_in(snapshot, *place as usize);
        match candidates(snapshot, self) {
            Some(lists) => merged(lists).into_iter().filter(is_in).collect(),
            None => (0..snapshot.places.len()).map(place_number).filter(is_in).collect(),
        }
    }
}

impl FoundWord {
    /// Its weight for a place that fits it, one less for one that is only near it.
    pub(super) fn share(&self, place: usize) -> usize {
        match self.fit(place) {
            FilterFit::Certain => self.weight,
            FilterFit::Near => self.weight - 1,
            FilterFit::Unknown | FilterFit::Never => 0,
        }
    }

    pub(super) fn fit(&self, place: usize) -> FilterFit {
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

/// The places that fit a word of a query; `None` for a word that is a condition.
pub(super) fn found_word(snapshot: &Snapshot, meaning: &SearchedMeaning) -> Option<FoundWord> {
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
pub(super) fn candidates<'a>(snapshot: &'a Snapshot, word: &LiteralWord) -> Option<Vec<Cow<'a, [u32]>>> {
    let by_bigrams = snapshot.text().candidates(&word.folded)?;
    let everywhere = 0..snapshot.places.len();
    let of_category = |category| snapshot.category_range(category).map(place_number).collect::<Vec<u32>>();
    let of_district = |district| snapshot.in_district(district, &everywhere);
    let named = set_indices(&word.categories).map(of_category).map(Cow::from);
    let named = named.chain(set_indices(&word.districts).map(of_district).map(Cow::from));
    Some(std::iter::once(by_bigrams.into()).chain(named).collect())
}

/// Several ascending lists as one, without duplicates.
pub(super) fn merged(lists: impl IntoIterator<Item: AsRef<[u32]>>) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    lists.into_iter().for_each(|list| all.extend_from_slice(list.as_ref()));
    all.sort_unstable();
    all.dedup();
    all
}

pub(super) fn literal_words(snapshot: &Snapshot, text: &str) -> Vec<LiteralWord> {
    let folded = text.split_whitespace().map(fold).filter(|word| !word.is_empty());
    folded.map(|folded| LiteralWord::new(snapshot, folded)).collect()
}

fn set_indices(flags: &[bool]) -> impl Iterator<Item = usize> + '_ {
    flags.iter().enumerate().filter_map(|(at, &flag)| flag.then_some(at))
}
