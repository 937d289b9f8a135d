//! What a page can offer to somebody who writes a wish: where to start, what can be kept away, what people of this city do.
//!
//! This module does no I/O.

use std::collections::BTreeSet;

use super::Finder;
use super::avoidance::WORDS;
use super::features::{PlaceFeatures, PlaceInterest};
use crate::model::{Position, Thesaurus};

/// The chips in the order in which they were written.
const TABLE: &str = include_str!("avoidance.toml");

/// So many terms of each widest term are offered.
const OFFERED_OF_EACH: usize = 2;

impl Finder {
    /// Every 大字 that a wish may start from, by name, with the point that stands for it and how it is read, folded.
    pub fn towns(&self) -> impl Iterator<Item = (&str, Position, Option<&str>)> {
        self.towns.all()
    }

    /// The words that it understands.
    pub fn thesaurus(&self) -> &Thesaurus {
        &self.thesaurus
    }

    /// Terms worth offering at one touch, wide rather than narrow: below each of the thesaurus' widest terms those that most
    /// places of this snapshot state, none a kind of another, in the order of the thesaurus; none that no place has.
    pub fn common_terms(&self) -> impl Iterator<Item = &str> {
        self.common.iter().map(|term| self.thesaurus.all()[*term].term.as_str())
    }

    /// What can be kept away from a person at one touch, what is asked for most first: the name in a wish, and what it is called.
    pub fn avoidable() -> Vec<(&'static str, &'static str)> {
        let mut chips: Vec<_> = WORDS.chips().map(|chip| (chip.name.as_str(), chip.label.as_str())).collect();
        chips.sort_by_key(|(name, _)| TABLE.find(&format!("[avoid.{name}]")));
        chips
    }
}

/// The terms of [`Finder::common_terms`], as numbers in the thesaurus.
pub(super) fn common_terms<'a>(
    thesaurus: &Thesaurus,
    rows: impl Iterator<Item = &'a PlaceFeatures>,
    likeable: &[PlaceInterest],
) -> Vec<usize> {
    let all = thesaurus.all();
    let above = above(thesaurus);
    let mut counts = vec![0_u32; all.len()];
    for row in rows {
        let stated = row.interests(likeable).iter().filter(|it| it.stated).map(|it| usize::from(it.interest));
        let held: BTreeSet<usize> = stated.flat_map(|term| above[term].iter().copied()).collect();
        for term in held {
            counts[term] += 1;
        }
    }
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for root in (0..all.len()).filter(|term| all[*term].broader.is_empty()) {
        let mut below: Vec<usize> = thesaurus.kinds_of(root).into_iter().filter(|term| *term != root).collect();
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

/// By term, itself and everything it is a kind of.
fn above(thesaurus: &Thesaurus) -> Vec<Vec<usize>> {
    let mut above = vec![Vec::new(); thesaurus.all().len()];
    for wider in 0..above.len() {
        for kind in thesaurus.kinds_of(wider) {
            above[kind].push(wider);
        }
    }
    above
}
