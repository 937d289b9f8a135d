//! Resolves a 大字 named as the start of a wish.
//!
//! This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::Snapshot;
use crate::model::Position;
use crate::text::fold;

/// The most candidates listed for an ambiguous name.
const CHOICES: usize = 12;

/// All 大字 by folded name.
#[derive(Debug, Default)]
pub(super) struct TownStarts {
    by_name: BTreeMap<String, (String, Position)>,
    /// Folded readings by folded name.
    readings: BTreeMap<String, String>,
    city: String,
    prefecture: String,
}

impl TownStarts {
    /// Indexes the 大字 of the gazetteer and of the places.
    pub(super) fn new(snapshot: &Snapshot) -> Self {
        let gazetteer = || snapshot.towns.iter().filter(|it| it.small_area.is_none());
        let listed = gazetteer().map(|it| (&it.town, it.position));
        let seen = snapshot.places.iter().filter_map(|it| it.place.facts.town.as_ref()).map(|it| (&it.name, it.centre));
        let mut by_name = BTreeMap::new();
        for (name, position) in listed.chain(seen) {
            by_name.entry(fold(name)).or_insert_with(|| (name.clone(), position));
        }
        let readings = gazetteer().filter_map(|it| Some((fold(&it.town), fold(it.kana.as_ref()?)))).collect();
        Self { by_name, readings, city: fold(&snapshot.city.name), prefecture: fold(&snapshot.city.prefecture) }
    }

    /// Every 大字 with its representative point and its reading, in the order of folded names.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Position, Option<&str>)> {
        let reading = |known: &String| self.readings.get(known).map(String::as_str);
        self.by_name.iter().map(move |(known, (name, position))| (name.as_str(), *position, reading(known)))
    }

    /// The 大字 with this name or reading, with or without its municipality and, where unambiguous, its former town.
    pub(super) fn find(&self, written: &str) -> Result<(String, Position), String> {
        let folded = fold(written);
        let name = folded.strip_prefix(&self.prefecture).unwrap_or(&folded);
        let name = name.strip_prefix(&self.city).filter(|rest| !rest.is_empty()).unwrap_or(name);
        // 養父市場 is a 大字 of its own, not a 場 of 養父市.
        if let Some(found) = self.by_name.get(&folded).or_else(|| self.by_name.get(name)) {
            return Ok(found.clone());
        }
        let ending: Vec<&(String, Position)> = self
            .by_name
            .iter()
            .filter(|(known, _)| {
                let read = self.readings.get(*known);
                !name.is_empty() && (known.ends_with(name) || read.is_some_and(|read| read.ends_with(name)))
            })
            .map(|(_, it)| it)
            .collect();
        match ending.as_slice() {
            [one] => Ok((*one).clone()),
            [] => Err(self.unknown_message(name)),
            several => {
                Err(format!("more than one town is called so: {}", joined_names(several.iter().map(|it| &it.0))))
            }
        }
    }

    /// The 大字 whose representative point is nearest to `position`.
    pub(super) fn nearest(&self, position: Position) -> Option<&str> {
        let metres = |at: &Position| position.distance_to(*at).0;
        self.by_name.values().min_by(|a, b| metres(&a.1).total_cmp(&metres(&b.1))).map(|(name, _)| name.as_str())
    }

    /// The error for an unknown name, with the most similar 大字.
    fn unknown_message(&self, name: &str) -> String {
        let chars: BTreeSet<char> = name.chars().collect();
        let shared = |known: &str| {
            let begins = known.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
            begins * 2 + known.chars().filter(|c| chars.contains(c)).count()
        };
        let mut near: Vec<(usize, &String)> = self.by_name.iter().map(|(known, it)| (shared(known), &it.0)).collect();
        near.retain(|(shared, _)| *shared > 0);
        near.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        if near.is_empty() {
            return "there is no such town".to_owned();
        }
        format!("there is no such town; did you mean one of {}?", joined_names(near.iter().map(|it| it.1)))
    }
}

/// The first candidates, joined by commas.
fn joined_names<'a>(all: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<&str> = all.map(String::as_str).take(CHOICES).collect();
    names.join(", ")
}
