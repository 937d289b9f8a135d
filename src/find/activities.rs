//! What a city offers for each axis of Positive Health: pursuits, with how many places have them.
//!
//! Chosen by rule, so that nobody has to keep a list: the pursuits of an axis that most places of the snapshot name. This module
//! does no I/O.

use super::features::{axes, interests};
use crate::index::Snapshot;
use crate::model::Thesaurus;
use crate::model::place::Status;

/// How many axes there are; they stand in the order of [`Axis`](super::Axis).
pub const AXES: usize = 6;

/// Something that people do, and how many places offer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The thesaurus' word for it.
    pub term: String,
    /// How many places name it, or a kind of it.
    pub places: usize,
}

/// For each axis at most `most` pursuits, those of most places first, then in the order of the thesaurus.
///
/// Of a term and a kind of it only one is named: the one that more places have, or the kind where they have it alike.
pub fn pursuits(snapshot: &Snapshot, thesaurus: &Thesaurus, most: usize) -> [Vec<Activity>; AXES] {
    let all = thesaurus.all();
    let above = thesaurus.above();
    let counts = counts(snapshot, thesaurus, &above);
    let mut order: Vec<usize> = (0..all.len()).filter(|&it| counts[it] > 0 && !above[it].is_empty()).collect();
    order.sort_by_key(|&it| (std::cmp::Reverse(counts[it]), std::cmp::Reverse(above[it].len()), it));
    std::array::from_fn(|axis| {
        let mut chosen: Vec<usize> = Vec::new();
        for &it in order.iter().filter(|&&it| axes(&all[it]) & (1 << axis) != 0) {
            let related = |other: &usize| above[it].contains(other) || above[*other].contains(&it);
            if chosen.len() < most && !chosen.iter().any(related) {
                chosen.push(it);
            }
        }
        chosen.into_iter().map(|it| Activity { term: all[it].term.clone(), places: counts[it] }).collect()
    })
}

/// Of each interest, how many open places name it or a kind of it.
fn counts(snapshot: &Snapshot, thesaurus: &Thesaurus, above: &[Vec<usize>]) -> Vec<usize> {
    let mut counts = vec![0; thesaurus.all().len()];
    for listed in snapshot.places.iter().filter(|it| it.place.facts.status == Status::Active) {
        let mut offered: Vec<usize> = Vec::new();
        for found in interests(thesaurus, &listed.place.facts) {
            let interest = usize::from(found.interest);
            offered.push(interest);
            offered.extend(&above[interest]);
        }
        offered.sort_unstable();
        offered.dedup();
        for it in offered {
            counts[it] += 1;
        }
    }
    counts
}
