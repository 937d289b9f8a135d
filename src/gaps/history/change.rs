//! What changed between two days: people within reach and places, by part of the municipality and category. This module does no
//! I/O.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{
    CategoryId, DistrictId, ExactNumber, FigureDefinitions, PlanningFigures, PlanningSummary, UnitFigures,
};

/// A value of two days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct BeforeAfter<T> {
    /// On the earlier day.
    pub before: T,
    /// On the later day.
    pub after: T,
}

/// What changed between the day of a summary and another day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanningChange {
    /// The day on which the earlier numbers were kept.
    pub since: NaiveDate,
    /// The later day.
    pub until: NaiveDate,
    /// How they were counted.
    pub definitions: BeforeAfter<FigureDefinitions>,
    /// Whether that changed: the numbers cannot be compared.
    pub definitions_changed: bool,
    /// The days of the populations.
    pub population: BeforeAfter<Option<NaiveDate>>,
    /// Whether the population changed, also of the same day: people moved, not only places.
    pub population_changed: bool,
    /// Places of neighbouring municipalities that count for reach.
    pub neighbours: BeforeAfter<usize>,
    /// Places of the municipality.
    pub places: BeforeAfter<usize>,
    /// People with a known point.
    pub people: BeforeAfter<ExactNumber>,
    /// Those of them with a place within reach.
    pub reached: BeforeAfter<ExactNumber>,
    /// Every part of the municipality of either day: those of the later day first, in their order.
    pub units: Vec<UnitChange>,
}

/// What changed in one part of the municipality.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitChange {
    /// Its code; `None` is in no part.
    pub district: Option<DistrictId>,
    /// Its name, by the later day that has it.
    pub name: String,
    /// People with a known point.
    pub people: BeforeAfter<ExactNumber>,
    /// Those of them with a place within reach.
    pub reached: BeforeAfter<ExactNumber>,
    /// Places of all categories.
    pub places: BeforeAfter<usize>,
    /// The categories of which the number of places changed.
    pub categories: Vec<CategoryChange>,
}

/// How many places of a category there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CategoryChange {
    /// The category.
    pub category: CategoryId,
    /// Its places.
    #[serde(flatten)]
    pub places: BeforeAfter<usize>,
}

impl<T> BeforeAfter<T> {
    fn of<S>(sides: &BeforeAfter<S>, value: impl Fn(&S) -> T) -> Self {
        Self { before: value(&sides.before), after: value(&sides.after) }
    }
}

impl<T: PartialEq> BeforeAfter<T> {
    /// Whether the two differ.
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }
}

impl PlanningChange {
    /// What changed from `earlier` to the numbers of `until`.
    pub fn between(earlier: &PlanningSummary, now: &PlanningFigures, until: NaiveDate) -> Self {
        let sides = BeforeAfter { before: &earlier.figures, after: now };
        let population = BeforeAfter::of(&sides, |side| side.population.as_ref());
        let definitions = BeforeAfter::of(&sides, |side| side.definitions);
        Self {
            since: earlier.day,
            until,
            definitions_changed: definitions.is_changed(),
            definitions,
            population_changed: population.is_changed(),
            population: BeforeAfter::of(&population, |stamp| stamp.map(|it| it.as_of)),
            neighbours: BeforeAfter::of(&sides, |side| side.neighbours),
            places: BeforeAfter::of(&sides, |side| side.places()),
            people: BeforeAfter::of(&sides, |side| ExactNumber(side.coverage().0)),
            reached: BeforeAfter::of(&sides, |side| ExactNumber(side.coverage().1)),
            units: unit_changes(&earlier.figures.units, &now.units),
        }
    }

    /// The summary to compare with for `since`: the newest that is not later, else the oldest; `None` where none was kept.
    pub fn summary_of(history: &[PlanningSummary], since: Option<NaiveDate>) -> Option<&PlanningSummary> {
        let not_later = since.and_then(|day| history.iter().rfind(|summary| summary.day <= day));
        not_later.or_else(|| history.first())
    }
}

impl UnitChange {
    /// Whether any of its numbers moved.
    pub fn is_changed(&self) -> bool {
        self.people.is_changed() || self.reached.is_changed() || !self.categories.is_empty()
    }
}

/// The parts of the later day in their order, then those that only the earlier day has.
fn unit_changes(before: &[UnitFigures], after: &[UnitFigures]) -> Vec<UnitChange> {
    let earlier: BTreeMap<_, &UnitFigures> = before.iter().map(|unit| (&unit.id, unit)).collect();
    let later: BTreeSet<_> = after.iter().map(|unit| &unit.id).collect();
    let nothing = UnitFigures::default();
    let of_now = after.iter().map(|unit| (earlier.get(&unit.id).copied().unwrap_or(&nothing), unit));
    let gone = before.iter().filter(|unit| !later.contains(&unit.id)).map(|unit| (unit, &nothing));
    of_now.chain(gone).map(|(before, after)| unit_change(&BeforeAfter { before, after })).collect()
}

fn unit_change(sides: &BeforeAfter<&UnitFigures>) -> UnitChange {
    let named = if sides.after.name.is_empty() { sides.before } else { sides.after };
    let categories: BTreeSet<&CategoryId> = sides.before.places.keys().chain(sides.after.places.keys()).collect();
    let of_category = |category: &CategoryId| CategoryChange {
        category: category.clone(),
        places: BeforeAfter::of(sides, |side| side.places.get(category).copied().unwrap_or(0)),
    };
    UnitChange {
        district: named.id.clone(),
        name: named.name.clone(),
        people: BeforeAfter::of(sides, |side| ExactNumber(side.people.0)),
        reached: BeforeAfter::of(sides, |side| ExactNumber(side.reached.0)),
        places: BeforeAfter::of(sides, |side| side.places.values().sum()),
        categories: categories.into_iter().map(of_category).filter(|change| change.places.is_changed()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Audience, PeopleCount};

    fn unit(id: &str, salons: usize, reached: f64) -> UnitFigures {
        let places = if salons == 0 { BTreeMap::new() } else { BTreeMap::from([(CategoryId("salon".into()), salons)]) };
        let id = Some(id.to_owned()).filter(|id| !id.is_empty());
        let name = id.clone().unwrap_or_default();
        UnitFigures { id: id.map(DistrictId), name, places, people: PeopleCount(100.0), reached: PeopleCount(reached) }
    }

    fn summary(day: &str, units: Vec<UnitFigures>) -> PlanningSummary {
        let figures = PlanningFigures { units, ..PlanningFigures::default() };
        PlanningSummary { day: day.parse().unwrap(), audience: Audience::Public, figures }
    }

    #[test]
    fn parts_are_compared_by_their_code_and_none_is_lost() {
        let before = summary("2026-01-01", vec![unit("yama", 2, 50.0), unit("old", 1, 0.0), unit("", 1, 0.0)]);
        let now = summary("2026-02-01", vec![unit("new", 3, 80.0), unit("yama", 1, 60.0)]);
        let change = PlanningChange::between(&before, &now.figures, now.day);
        let rows: Vec<_> =
            change.units.iter().map(|it| (it.name.as_str(), it.places.before, it.places.after)).collect();
        assert_eq!(rows, [("new", 0, 3), ("yama", 2, 1), ("old", 1, 0), ("", 1, 0)]);
        assert_eq!((change.places.before, change.places.after), (4, 4));
        assert_eq!((change.reached.before, change.reached.after), (ExactNumber(50.0), ExactNumber(140.0)));
        assert_eq!(change.units.iter().map(|it| it.places.after).sum::<usize>(), change.places.after);
    }

    #[test]
    fn a_day_is_compared_with_the_newest_summary_that_is_not_later() {
        let days = ["2026-01-10", "2026-03-10", "2026-05-10"];
        let history: Vec<_> = days.iter().map(|day| summary(day, Vec::new())).collect();
        for (since, found) in [
            (None, "2026-01-10"),
            (Some("2025-12-31"), "2026-01-10"),
            (Some("2026-01-10"), "2026-01-10"),
            (Some("2026-03-09"), "2026-01-10"),
            (Some("2026-03-10"), "2026-03-10"),
            (Some("2027-01-01"), "2026-05-10"),
        ] {
            let since = since.map(|day| day.parse().unwrap());
            assert_eq!(PlanningChange::summary_of(&history, since).unwrap().day.to_string(), found, "{since:?}");
        }
        assert_eq!(PlanningChange::summary_of(&[], None), None);
    }
}
