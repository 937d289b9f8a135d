//! Record linkage (entity resolution): which stored place a row of a newer edition is.
//!
//! In this order, and never two rows to one place:
//!
//! In this order, and never two rows to one place:
//!
//! 1. the list's own lasting ID, unless the edition itself shows that its IDs do not last;
//! 2. the same name, address and venue, compared folded; among several such rows the ones that say most alike;
//! 3. *plainly the same*: renamed or moved, with one of name, address and telephone kept and the others near.
//!    The surest pair comes first, and where two pairs are about as sure, neither is taken: a loss and an addition can be fixed
//!    by hand, an edit that went to the wrong group cannot.
//!
//! Rows are compared with what *the list* said last time, not with what was edited since, and only within one list. The order
//! of rows and the sheet they stand on mean nothing. This module does no I/O.

mod likeness;
mod renamed;

use std::collections::{HashMap, HashSet};

use crate::model::Facts;
use likeness::PlaceTraits;

/// One entry of a list, in the last edition or the new one.
#[derive(Debug, Clone, Copy)]
pub struct IdentityEntry<'a> {
    /// The facts that the list gives.
    pub facts: &'a Facts,
    /// The list's own ID of the entry.
    pub list_id: Option<&'a str>,
}

/// The matching of rows to entries of the last edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowMatching {
    /// For each row, the index of its stored entry; `None` for a new one.
    pub stored_of_row: Vec<Option<usize>>,
    /// Whether the list's IDs mean the same entries as in the last edition; `true` if there are none.
    pub ids_last: bool,
}

/// Matches each of `rows` to one of `stored`, or to none.
pub fn match_rows(stored: &[IdentityEntry<'_>], rows: &[IdentityEntry<'_>]) -> RowMatching {
    let traits = |entries: &[IdentityEntry<'_>]| entries.iter().map(|e| PlaceTraits::of(e.facts)).collect::<Vec<_>>();
    let mut pairing = RowPairing::new(traits(stored), traits(rows));
    let by_id = pairs_by_id(stored, rows);
    let ids_last = ids_last(&by_id, &pairing);
    if ids_last {
        for &(s, r) in &by_id {
            pairing.add_pair(s, r);
        }
    }
    pair_by_content(&mut pairing, stored, rows);
    let differ = |s: usize, r: usize| ids_last && stored[s].list_id.is_some() && rows[r].list_id.is_some();
    renamed::pair(&mut pairing, differ);
    RowMatching { stored_of_row: pairing.stored_of_row, ids_last }
}

/// The matching in progress.
struct RowPairing {
    stored: Vec<PlaceTraits>,
    rows: Vec<PlaceTraits>,
    taken: Vec<bool>,
    stored_of_row: Vec<Option<usize>>,
}

impl RowPairing {
    fn new(stored: Vec<PlaceTraits>, rows: Vec<PlaceTraits>) -> Self {
        Self { taken: vec![false; stored.len()], stored_of_row: vec![None; rows.len()], stored, rows }
    }

    fn add_pair(&mut self, stored: usize, row: usize) {
        self.taken[stored] = true;
        self.stored_of_row[row] = Some(stored);
    }

    fn free_stored(&self) -> Vec<usize> {
        (0..self.stored.len()).filter(|&s| !self.taken[s]).collect()
    }

    fn free_rows(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|&r| self.stored_of_row[r].is_none()).collect()
    }

    /// Matches entries with equal keys, in their order.
    fn pair_equal(&mut self, stored_key: impl Fn(usize) -> String, row_key: impl Fn(usize) -> String) {
        let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
        for s in self.free_stored().into_iter().rev() {
            waiting.entry(stored_key(s)).or_default().push(s);
        }
        for r in self.free_rows() {
            if let Some(s) = waiting.get_mut(&row_key(r)).and_then(Vec::pop) {
                self.add_pair(s, r);
            }
        }
    }
}

/// Pairs with the same ID. An ID that occurs twice in an edition (an office with several groups) identifies none of
/// them.
fn pairs_by_id(stored: &[IdentityEntry<'_>], rows: &[IdentityEntry<'_>]) -> Vec<(usize, usize)> {
    let known = unique_ids(stored);
    let mut pairs: Vec<_> = unique_ids(rows).into_iter().filter_map(|(id, r)| Some((*known.get(id)?, r))).collect();
    pairs.sort_unstable();
    pairs
}

fn unique_ids<'a>(entries: &[IdentityEntry<'a>]) -> HashMap<&'a str, usize> {
    let (mut ids, mut twice) = (HashMap::new(), HashSet::new());
    for (index, id) in entries.iter().enumerate().filter_map(|(i, e)| Some((i, e.list_id?))) {
        if ids.insert(id, index).is_some() {
            twice.insert(id);
        }
    }
    ids.retain(|id, _| !twice.contains(id));
    ids
}

/// Whether IDs are stable. A disguised running number reveals itself: after one inserted row, most IDs belong to rows
/// that were stored, word for word, under another ID.
fn ids_last(by_id: &[(usize, usize)], pairing: &RowPairing) -> bool {
    let stored: HashSet<&str> = pairing.stored.iter().map(|t| t.key.as_str()).collect();
    let elsewhere = |&&(s, r): &&(usize, usize)| {
        let (s, r) = (&pairing.stored[s], &pairing.rows[r]);
        s.name != r.name && stored.contains(r.key.as_str())
    };
    by_id.iter().filter(elsewhere).count() * 2 <= by_id.len()
}

/// Matches entries of the same name, address and venue; those with the most traits in common first.
fn pair_by_content(pairing: &mut RowPairing, stored: &[IdentityEntry<'_>], rows: &[IdentityEntry<'_>]) {
    let parts: [fn(&Facts) -> String; 5] = [
        |f| serde_json::to_string(f).unwrap_or_default(),
        |f| format!("{}\0{}\0{}", schedule(f), phone(f), organization(f)),
        schedule,
        |f| format!("{}\0{}", phone(f), organization(f)),
        |_| String::new(),
    ];
    for part in parts {
        let keys = |traits: &[PlaceTraits], entries: &[IdentityEntry<'_>], free: Vec<usize>| {
            let key = |i: usize| (i, format!("{}\0{}", traits[i].key, part(entries[i].facts)));
            free.into_iter().map(key).collect::<HashMap<_, _>>()
        };
        let stored_keys = keys(&pairing.stored, stored, pairing.free_stored());
        let row_keys = keys(&pairing.rows, rows, pairing.free_rows());
        pairing.pair_equal(|s| stored_keys[&s].clone(), |r| row_keys[&r].clone());
    }
}

fn schedule(facts: &Facts) -> String {
    facts.schedule.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn phone(facts: &Facts) -> String {
    facts.contact.phone.clone().or_else(|| facts.contact.person_phone.clone()).unwrap_or_default()
}

fn organization(facts: &Facts) -> String {
    facts.organization.clone().unwrap_or_default()
}

#[cfg(test)]
mod tests;
