//! Times and facts that a filter or its query requires, and how a place fits them. This module does no I/O.

use std::sync::Arc;

use chrono::Datelike as _;

use crate::index::filter::conditions::{MeetingWish, PlaceFact};
use crate::index::filter::meetings::MeetingWeek;
use crate::index::filter::query::{SearchedMeaning, UnderstoodQuery};
use crate::index::filter::{Filter, FilterFit};
use crate::index::snapshot::Snapshot;

/// Times and facts that are required, by the filter itself or by words of its query.
#[derive(Default)]
pub(super) struct AskedConditions {
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

impl AskedConditions {
    pub(super) fn new(snapshot: &Snapshot, filter: &Filter, query: &UnderstoodQuery) -> Self {
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

    pub(super) fn is_empty(&self) -> bool {
        self.when.is_empty() && self.facts.is_empty() && self.typed_when.is_empty() && self.typed_facts.is_empty()
    }

    /// How many conditions were typed; a time counts as one.
    pub(super) fn typed_len(&self) -> usize {
        self.typed_facts.len() + usize::from(!self.typed_when.is_empty())
    }

    /// How many of the typed conditions certainly hold; `None` where a chosen one may not.
    pub(super) fn typed_fits(&self, snapshot: &Snapshot, place: usize) -> Option<usize> {
        if self.chosen(snapshot, place) != FilterFit::Certain {
            return None;
        }
        let when = (!self.typed_when.is_empty()).then(|| self.typed_times(snapshot, place));
        Some(self.typed_facts(snapshot, place).chain(when).filter(|fit| *fit == FilterFit::Certain).count())
    }

    pub(super) fn fit(&self, snapshot: &Snapshot, place: usize) -> FilterFit {
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
