//! Activities per axis of Positive Health, with the number of places that offer each.
//!
//! A rule picks the activities of an axis that most places of the snapshot offer, so nobody maintains a list. This
//! module does no I/O.

use super::features::{axis_bits, is_seeker};
use super::offers::interests_of;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::place::Status;
use crate::model::{Interest, Thesaurus};

/// The trait of a trouble for which there are services.
const SERVICE: &str = "窓口";

/// The number of axes, in the order of [`LifeAxis`](super::LifeAxis).
pub const AXES: usize = 6;

/// An activity and the number of places that offer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its term in the thesaurus.
    pub term: String,
    /// The number of active places that offer it or a narrower term.
    pub places: usize,
}

/// At most `most` activities per axis, by number of places, then in the order of the thesaurus.
///
/// Of a broader and a narrower term only one is listed: the one with more places, or the narrower one on a tie.
pub fn activities_per_axis(snapshot: &Snapshot, thesaurus: &Thesaurus, most: usize) -> [Vec<Activity>; AXES] {
    let all = thesaurus.all();
    let above = thesaurus.above();
    let counts = count_places(snapshot, thesaurus, &above);
    let mut order: Vec<usize> =
        (0..all.len()).filter(|&it| counts[it] > 0 && !above[it].is_empty() && is_offered(&all[it])).collect();
    order.sort_by_key(|&it| (std::cmp::Reverse(counts[it]), std::cmp::Reverse(above[it].len()), it));
    std::array::from_fn(|axis| {
        let mut chosen: Vec<usize> = Vec::new();
        for &it in order.iter().filter(|&&it| axis_bits(&all[it]) & (1 << axis) != 0) {
            let related = |other: &usize| above[it].contains(other) || above[*other].contains(&it);
            if chosen.len() < most && !chosen.iter().any(related) {
                chosen.push(it);
            }
        }
        chosen.into_iter().map(|it| Activity { term: all[it].term.clone(), places: counts[it] }).collect()
    })
}

/// Whether it is an activity: a pursuit, or a service that one uses as one uses a shop.
fn is_offered(interest: &Interest) -> bool {
    interest.is_pursuit() || interest.has_trait(SERVICE)
}

/// Per interest, the number of active places that offer it or a narrower term.
fn count_places(snapshot: &Snapshot, thesaurus: &Thesaurus, above: &[Vec<usize>]) -> Vec<usize> {
    let mut counts = vec![0; thesaurus.all().len()];
    // Who looks for a person is no activity of the municipality.
    let is_place = |it: &&VisiblePlace| it.place.facts.status == Status::Active && !is_seeker(snapshot, it);
    for listed in snapshot.places.iter().filter(is_place) {
        let mut offered: Vec<usize> = Vec::new();
        for found in interests_of(thesaurus, &listed.place.facts, &[]) {
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
