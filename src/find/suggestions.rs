//! Suggestions for the form of a wish: starts, avoidance chips and common interests of the city.
//!
//! This module does no I/O.

use std::collections::BTreeSet;

use super::Finder;
use super::avoidance::AVOIDANCE_TABLE;
use super::features::PlaceFeatures;
use super::offers::PlaceInterest;
use crate::model::{Position, Thesaurus};

/// The source of the chips, for their order in the file.
const TABLE: &str = include_str!("avoidance.toml");

/// Suggested terms per top term.
const OFFERED_OF_EACH: usize = 2;
/// Suggested troubles.
const TROUBLES_OFFERED: usize = 16;

impl Finder {
    /// Every 大字 that a wish may start from, by name, with its representative point and its folded reading.
    pub fn towns(&self) -> impl Iterator<Item = (&str, Position, Option<&str>)> {
        self.towns.all()
    }

    /// The thesaurus that it searches with.
    pub fn thesaurus(&self) -> &Thesaurus {
        &self.thesaurus
    }

    /// Suggested terms in the order of the thesaurus: below each top term the ones that most places of the snapshot
    /// state, none narrower than another, none without a place.
    pub fn common_terms(&self) -> impl Iterator<Item = &str> {
        self.common.iter().map(|term| self.thesaurus.all()[*term].term.as_str())
    }

    /// Troubles of which the snapshot has places, the most common first, none narrower than another.
    pub fn common_troubles(&self) -> impl Iterator<Item = &str> {
        self.troubles.iter().map(|term| self.thesaurus.all()[*term].term.as_str())
    }

    /// Avoidance chips, the most common first: the name in a wish, and the label.
    pub fn avoidable() -> Vec<(&'static str, &'static str)> {
        let mut chips: Vec<_> = AVOIDANCE_TABLE.chips().map(|chip| (chip.name.as_str(), chip.label.as_str())).collect();
        chips.sort_by_key(|(name, _)| TABLE.find(&format!("[avoid.{name}]")));
        chips
    }
}

/// Computes [`Finder::common_troubles`], as numbers in the thesaurus.
pub(super) fn common_troubles<'a>(
    thesaurus: &Thesaurus,
    rows: impl Iterator<Item = &'a PlaceFeatures>,
    place_interests: &[PlaceInterest],
) -> Vec<usize> {
    let all = thesaurus.all();
    let mut counts = vec![0_u32; all.len()];
    for it in rows.flat_map(|row| row.interests(place_interests)) {
        counts[usize::from(it.interest)] += if it.stated { 2 } else { 1 };
    }
    let is_trouble = |it: &usize| !all[*it].is_pursuit() && !all[*it].is_general() && counts[*it] > 0;
    let mut troubles: Vec<usize> = (0..all.len()).filter(is_trouble).collect();
    troubles.sort_by_key(|it| (std::cmp::Reverse(counts[*it]), *it));
    let above = above(thesaurus);
    let mut chosen: Vec<usize> = Vec::new();
    for term in troubles {
        let related = |known: &usize| above[term].contains(known) || above[*known].contains(&term);
        if chosen.len() < TROUBLES_OFFERED && !chosen.iter().any(related) {
            chosen.push(term);
        }
    }
    chosen
}

/// Computes [`Finder::common_terms`], as numbers in the thesaurus.
pub(super) fn common_terms<'a>(
    thesaurus: &Thesaurus,
    rows: impl Iterator<Item = &'a PlaceFeatures>,
    place_interests: &[PlaceInterest],
) -> Vec<usize> {
    let all = thesaurus.all();
    let above = above(thesaurus);
    let mut counts = vec![0_u32; all.len()];
    for row in rows {
        let stated = row.interests(place_interests).iter().filter(|it| it.stated).map(|it| usize::from(it.interest));
        let held: BTreeSet<usize> = stated.flat_map(|term| above[term].iter().copied()).collect();
        for term in held {
            counts[term] += 1;
        }
    }
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for root in (0..all.len()).filter(|term| all[*term].broader.is_empty()) {
        let kinds = thesaurus.kinds_of(root).into_iter();
        let mut below: Vec<usize> = kinds.filter(|term| *term != root && all[*term].is_pursuit()).collect();
        below.sort_by_key(|term| (std::cmp::Reverse(counts[*term]), *term));
        let mut room = OFFERED_OF_EACH;
        for term in below.into_iter().filter(|term| counts[*term] > 0) {
            let related = |known: &usize| above[term].contains(known) || above[*known].contains(&term);
            if room > 0 && !chosen.iter().any(related) {
                chosen.insert(term);
                room -= 1;
            }
        }
    }
    chosen.into_iter().collect()
}

/// Per term, itself and all its broader terms.
fn above(thesaurus: &Thesaurus) -> Vec<Vec<usize>> {
    let mut above = vec![Vec::new(); thesaurus.all().len()];
    for wider in 0..above.len() {
        for kind in thesaurus.kinds_of(wider) {
            above[kind].push(wider);
        }
    }
    above
}
