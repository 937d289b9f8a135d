//! Who sees more after a change than before: told by building what others see, so that whatever hides a value (audience, category,
//! consent, a name in a text) is taken into account. This module does no I/O.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::index::{LastBuild, Snapshot, SnapshotInput};
use crate::model::{Audience, Facts, Place, PlaceId};

/// Those who do not see everything, the widest first.
const OTHERS: [Audience; 2] = [Audience::Public, Audience::LinkWorkers];

/// The places as they are, and what others see of them.
pub(super) struct VisibilityBefore {
    input: SnapshotInput,
    stored: HashMap<PlaceId, Facts>,
    visible: VisibleFacts,
    last: Option<Arc<LastBuild>>,
}

impl VisibilityBefore {
    /// Of `input` as it is; what is as it was in the build `last` is taken from there.
    pub(super) fn of(input: SnapshotInput, last: Option<Arc<LastBuild>>) -> Self {
        let input = without_ground(input);
        let stored = input.places.iter().map(|place| (place.id.clone(), place.facts.clone())).collect();
        Self { visible: VisibleFacts::of(&input, last.as_deref()), stored, input, last }
    }

    /// The places of which somebody sees more once those of `edited` are as it says, though it is not what was edited. Everything but
    /// those is as it was.
    pub(super) fn widened_by<'a>(
        &mut self,
        edited: impl IntoIterator<Item = (&'a PlaceId, &'a Facts)>,
    ) -> Vec<PlaceId> {
        let edited: HashMap<&PlaceId, &Facts> = edited.into_iter().collect();
        for place in &mut self.input.places {
            let facts = edited.get(&place.id).copied().or_else(|| self.stored.get(&place.id));
            if let Some(facts) = facts.filter(|facts| **facts != place.facts) {
                place.facts = facts.clone();
            }
        }
        let after = VisibleFacts::of(&self.input, self.last.as_deref());
        widened_places(&self.visible, &after, &self.stored, &self.input.places)
    }
}

/// What decides on redaction, without what a map draws.
fn without_ground(input: SnapshotInput) -> SnapshotInput {
    SnapshotInput {
        basemap: Vec::new(),
        boundary: None,
        population: None,
        neighbour_populations: Vec::new(),
        planning_history: Vec::new(),
        times: HashMap::new(),
        ..input
    }
}

/// The facts that each audience sees of each place.
struct VisibleFacts([HashMap<PlaceId, Facts>; OTHERS.len()]);

impl VisibleFacts {
    fn of(input: &SnapshotInput, last: Option<&LastBuild>) -> Self {
        Self(Snapshot::visible_facts(input, last, OTHERS))
    }
}

/// The places of which somebody sees more than before, though it is not what was edited.
fn widened_places(
    before: &VisibleFacts,
    after: &VisibleFacts,
    stored: &HashMap<PlaceId, Facts>,
    places: &[Place],
) -> Vec<PlaceId> {
    let is_widened = |place: &&Place| {
        let Some(old) = stored.get(&place.id) else { return false };
        before.0.iter().zip(&after.0).any(|(before, after)| {
            let Some(seen) = after.get(&place.id) else { return false };
            before.get(&place.id).is_none_or(|seen_before| shows_more((old, &place.facts), (seen_before, seen)))
        })
    };
    places.iter().filter(is_widened).map(|place| place.id.clone()).collect()
}

/// Whether a value that was not edited is seen now and was not before, a point is finer, or a person has become public.
fn shows_more((old, new): (&Facts, &Facts), (seen_before, seen): (&Facts, &Facts)) -> bool {
    let precision = |facts: &Facts| facts.site.map(|site| site.precision);
    let is_finer =
        old.site == new.site && precision(seen).zip(precision(seen_before)).is_some_and(|(now, then)| now < then);
    let person = |facts: &Facts| facts.contact.person.is_some();
    let is_named = person(seen) && !person(seen_before) && person(old);
    is_finer || is_named || shows_more_fields([old, new, seen_before, seen])
}

fn shows_more_fields(facts: [&Facts; 4]) -> bool {
    let [old, new, seen_before, seen] = facts.map(|it| serde_json::to_value(it).unwrap_or_default());
    let differs = |[old, new, seen_before, seen]: [&Value; 4]| {
        let is_object = |key: &str| matches!(key, "contact" | "access" | "extra");
        let one = |key: &String| {
            let is_untouched = old.get(key) == new.get(key) && old.get(key).is_some();
            is_untouched && !is_object(key) && seen.get(key) == new.get(key) && seen_before.get(key) != old.get(key)
        };
        new.as_object().is_some_and(|fields| fields.keys().any(one))
    };
    let none = Value::Null;
    let within = |key: &str| differs([&old, &new, &seen_before, &seen].map(|value| value.get(key).unwrap_or(&none)));
    differs([&old, &new, &seen_before, &seen]) || within("contact") || within("access")
}
