//! Edits that widen who sees something: found by building what others see before and after, and held back unless that was said.
//!
//! The snapshots decide, so that whatever hides a value (audience, category, consent, a name in a text) is taken into account.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::Value;

use crate::import::ImportContext;
use crate::import::places::workbook::plan::{EditedPlace, PlaceEdit};
use crate::index::{Snapshot, SnapshotInput};
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::WorkbookColumn;
use crate::model::{Audience, Facts, Place, PlaceId, Revision};

/// Those who do not see everything, the widest first.
const OTHERS: [Audience; 2] = [Audience::Public, Audience::LinkWorkers];
/// How often edits are held back until nothing is widened: by what decides who sees a place, then whole rows.
const ROUNDS: usize = 3;

/// A row that widens who sees something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WidenedRow {
    /// The place.
    pub id: PlaceId,
    /// The row as Excel shows it.
    pub row: u32,
    /// What widens it.
    pub why: WhyWidened,
}

/// What widens who sees something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyWidened {
    /// Who may see the place.
    Audience,
    /// The consent to be listed.
    Consent,
    /// The category: of persons, or not.
    Category,
    /// The person in charge, or the person's number.
    Person,
    /// Something else on which it depends that a text is hidden.
    Text,
}

impl WhyWidened {
    /// Its name in JSON, and the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Consent => "consent",
            Self::Category => "category",
            Self::Person => "person",
            Self::Text => "text",
        }
    }

    /// What of an edit is likeliest to widen something.
    fn of(edit: &PlaceEdit) -> Self {
        let columns = [
            (PlaceColumn::Audience, Self::Audience),
            (PlaceColumn::ConsentGiven, Self::Consent),
            (PlaceColumn::ConsentUntil, Self::Consent),
            (PlaceColumn::ConsentState, Self::Consent),
            (PlaceColumn::Category, Self::Category),
            (PlaceColumn::PublicPerson, Self::Person),
            (PlaceColumn::Person, Self::Person),
            (PlaceColumn::PersonPhone, Self::Person),
        ];
        let edited = |(column, _): &(PlaceColumn, Self)| edit.edits_column(&WorkbookColumn::Place(*column));
        columns.into_iter().find(edited).map_or(Self::Text, |(_, why)| why)
    }
}

/// Edits without what widens who sees something, and what that is.
pub(super) struct HeldBack {
    pub(super) edits: Vec<PlaceEdit>,
    pub(super) widened: Vec<WidenedRow>,
}

/// Finds the edits that widen who sees something and, unless they are to be published, holds them back.
pub(super) fn held_back(
    input: SnapshotInput,
    mut edits: Vec<PlaceEdit>,
    revisions: &HashMap<PlaceId, Revision>,
    (publish, known): (bool, ImportContext<'_>),
) -> HeldBack {
    let mut input = without_ground(input);
    let before = VisibleFacts::of(&input);
    let stored: HashMap<PlaceId, Facts> =
        revisions.iter().map(|(id, it)| (id.clone(), it.place.facts.clone())).collect();
    let mut widened: BTreeMap<(u32, PlaceId), WhyWidened> = BTreeMap::new();
    for round in 0..ROUNDS {
        put(&mut input.places, &edits);
        let after = VisibleFacts::of(&input);
        let found = widened_places(&before, &after, &stored, &input.places);
        let is_of_other = |edits: &[PlaceEdit]| found.iter().any(|id| edits.iter().all(|edit| edit.place != *id));
        // A name that is gone from its row hides nothing in others any more.
        let others = is_of_other(&edits);
        let is_meant =
            |edit: &PlaceEdit| found.contains(&edit.place) || others && WhyWidened::of(edit) == WhyWidened::Person;
        for edit in edits.iter().filter(|edit| is_meant(edit)) {
            widened.entry((edit.row, edit.place.clone())).or_insert_with(|| WhyWidened::of(edit));
        }
        if publish || !edits.iter().any(is_meant) {
            break;
        }
        edits = edits
            .into_iter()
            .map(|edit| {
                if !is_meant(&edit) {
                    return edit;
                }
                let is_all = round > 0 || !edit.decides_who_sees();
                let current = EditedPlace::of(&revisions[&edit.place].place);
                edit.held_back(&current, is_all, known)
            })
            .collect();
    }
    let widened = widened.into_iter().map(|((row, id), why)| WidenedRow { id, row, why }).collect();
    HeldBack { edits, widened }
}

/// What decides on redaction, without what a map draws.
fn without_ground(input: SnapshotInput) -> SnapshotInput {
    SnapshotInput {
        basemap: Vec::new(),
        boundary: None,
        population: None,
        neighbour_places: Vec::new(),
        neighbour_populations: Vec::new(),
        planning_history: Vec::new(),
        times: HashMap::new(),
        ..input
    }
}

/// Puts the places as edited among all.
fn put(places: &mut [Place], edits: &[PlaceEdit]) {
    let edits: HashMap<&PlaceId, &PlaceEdit> = edits.iter().map(|edit| (&edit.place, edit)).collect();
    for place in places {
        if let Some(edit) = edits.get(&place.id) {
            place.facts = edit.next.facts.clone();
        }
    }
}

/// The facts that each audience sees of each place.
struct VisibleFacts([HashMap<PlaceId, Facts>; OTHERS.len()]);

impl VisibleFacts {
    fn of(input: &SnapshotInput) -> Self {
        let snapshots = Snapshot::build_each(input, OTHERS);
        Self(
            snapshots.map(|snapshot| {
                snapshot.places.iter().map(|it| (it.place.id.clone(), it.place.facts.clone())).collect()
            }),
        )
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
