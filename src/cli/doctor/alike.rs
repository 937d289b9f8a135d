//! Findings between and within lists: two that are the same, and one of which hardly any address is found. Names of places are not
//! printed, since they may be private. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::finding::Finding;
use crate::model::{MeetingMode, Place};
use crate::text::fold;

/// Shorter lists show nothing.
const FEW_PLACES: usize = 5;

/// Share of the shorter list, in percent, from which two lists are one: last year's edition under another name keeps most.
const ALIKE: usize = 50;

/// Share of the addresses of a list, in percent, from which too many are not found.
const MANY_UNPLACED: usize = 50;

/// Findings in the lists of `places`.
pub fn findings(places: &[Place]) -> Vec<Finding> {
    let mut lists: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for place in places {
        lists.entry(&place.source.list).or_default().push(place);
    }
    let mut findings = lists_alike(&lists);
    findings.extend(lists.iter().filter_map(|(list, places)| unplaced(list, places)));
    findings
}

fn lists_alike(lists: &BTreeMap<&str, Vec<&Place>>) -> Vec<Finding> {
    let key = |place: &&Place| {
        let facts = &place.facts;
        (fold(&facts.name), facts.address.as_deref().map(fold).unwrap_or_default())
    };
    let keys: Vec<(&str, BTreeSet<(String, String)>)> =
        lists.iter().map(|(list, places)| (*list, places.iter().map(key).collect())).collect();
    let mut findings = Vec::new();
    for (at, (one, ones)) in keys.iter().enumerate() {
        for (other, others) in &keys[at + 1..] {
            let (same, shorter) = (ones.intersection(others).count(), ones.len().min(others.len()));
            if shorter >= FEW_PLACES && same * 100 >= shorter * ALIKE {
                let values = [("one", *one), ("other", *other), ("count", &*same.to_string())];
                findings.push(Finding::warning("doctor.lists_alike", &values));
            }
        }
    }
    findings
}

/// A list of which most addresses are not found: it is another municipality's, or 大字 are missing.
fn unplaced(list: &str, places: &[&Place]) -> Option<Finding> {
    let has_address = |place: &&&Place| place.facts.address.is_some() && place.facts.mode == MeetingMode::AtPlace;
    let with_address: Vec<&&Place> = places.iter().filter(has_address).collect();
    let count = with_address.iter().filter(|place| place.facts.site.is_none()).count();
    let is_many = with_address.len() >= FEW_PLACES && count * 100 >= with_address.len() * MANY_UNPLACED;
    let values = [("list", list), ("count", &*count.to_string()), ("of", &*with_address.len().to_string())];
    is_many.then(|| Finding::warning("doctor.unplaced_list", &values))
}
