//! Three-way merge, field by field: changes of the list against changes of an editor. This module does no I/O.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::model::{Facts, Precision};

/// Fields that are maps of independent entries; an edit of one entry does not touch the others.
const MAPS: [&str; 3] = ["access", "contact", "extra"];

/// The outcome of a three-way merge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MergedFacts {
    /// The merged facts.
    pub facts: Facts,
    /// The fields that differ from the current facts.
    pub fields: Vec<String>,
    /// The fields that both sides changed differently.
    pub conflicts: Vec<String>,
}

/// Applies the list's changes from `base` to `incoming`, and keeps the editor's changes from `base` to `current`.
pub(super) fn merge(base: &Facts, current: &Facts, incoming: &Facts) -> MergedFacts {
    if base == incoming {
        return MergedFacts { facts: current.clone(), fields: Vec::new(), conflicts: Vec::new() };
    }
    let sides = MergeSides { base: &object(base), current: &object(current), incoming: &object(incoming) };
    let mut conflicts = BTreeSet::new();
    let mut merged = sides.merge(&MAPS, &mut conflicts);
    keep_site_of_edited_address(sides, &mut merged, incoming);
    let fields = sides.keys().filter(|&k| merged.get(k) != sides.current.get(k)).cloned().collect();
    let facts = serde_json::from_value(Value::Object(merged)).expect("every field comes from facts that were read");
    MergedFacts { facts, fields, conflicts: conflicts.into_iter().collect() }
}

/// Keeps the editor's position: a point geocoded from the list's address does not belong to an address that an editor
/// wrote.
fn keep_site_of_edited_address(sides: MergeSides<'_>, merged: &mut Map<String, Value>, incoming: &Facts) {
    if merged.get("address") == sides.incoming.get("address") {
        return;
    }
    let own_coordinates = incoming.site.is_some_and(|s| s.precision == Precision::Door);
    for field in if own_coordinates { &["town"][..] } else { &["site", "town"] } {
        match sides.current.get(*field) {
            Some(value) => merged.insert((*field).to_owned(), value.clone()),
            None => merged.shift_remove(*field),
        };
    }
}

fn object(facts: &Facts) -> Map<String, Value> {
    match serde_json::to_value(facts) {
        Ok(Value::Object(map)) => map,
        _ => unreachable!("facts are written as an object"),
    }
}

/// The three states of one object; a missing entry is a value like any other.
#[derive(Debug, Clone, Copy)]
struct MergeSides<'a> {
    base: &'a Map<String, Value>,
    current: &'a Map<String, Value>,
    incoming: &'a Map<String, Value>,
}

impl<'a> MergeSides<'a> {
    fn keys(self) -> impl Iterator<Item = &'a String> {
        let all: BTreeSet<_> = self.base.keys().chain(self.current.keys()).chain(self.incoming.keys()).collect();
        all.into_iter()
    }

    /// Merges entry by entry; the entries called `maps` are merged recursively, one level deep.
    fn merge(self, maps: &[&str], conflicts: &mut BTreeSet<String>) -> Map<String, Value> {
        let mut merged = Map::new();
        for key in self.keys() {
            let (base, current, incoming) = (self.base.get(key), self.current.get(key), self.incoming.get(key));
            let value = if incoming == base || current == incoming {
                current.cloned()
            } else if current == base {
                incoming.cloned()
            } else if maps.contains(&key.as_str()) {
                self.within(key, conflicts)
            } else {
                conflicts.insert(key.clone());
                current.cloned()
            };
            if let Some(value) = value {
                merged.insert(key.clone(), value);
            }
        }
        merged
    }

    fn within(self, key: &str, conflicts: &mut BTreeSet<String>) -> Option<Value> {
        let empty = Map::new();
        let side = |side: &'a Map<String, Value>| side.get(key).and_then(Value::as_object);
        let sides = MergeSides {
            base: side(self.base).unwrap_or(&empty),
            current: side(self.current).unwrap_or(&empty),
            incoming: side(self.incoming).unwrap_or(&empty),
        };
        let mut inner = BTreeSet::new();
        let merged = sides.merge(&[], &mut inner);
        if !inner.is_empty() {
            conflicts.insert(key.to_owned());
        }
        (!merged.is_empty()).then_some(Value::Object(merged))
    }
}
