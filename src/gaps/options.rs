//! What every question of planners may choose: whose needs, which places, how far is far. This module does no I/O.

use chrono::{NaiveDate, Weekday};

use super::answer::GapMethod;
use super::part_of_day::PartOfDay;
use crate::index::Snapshot;
use crate::model::{Audience, CategoryId, ExactNumber, GapTargets, PopulationEdition};

/// Filters and definitions of a question.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a filter of its own")]
pub struct GapOptions {
    /// Whose needs: people of this age and over; 0 is everybody.
    pub age: u32,
    /// What straight distances are multiplied by.
    pub detour: f64,
    /// The first day of the year whose meetings are counted.
    pub from: NaiveDate,
    /// Only places of these categories; all where empty.
    pub categories: Vec<CategoryId>,
    /// Only places of these lists; all where empty.
    pub lists: Vec<String>,
    /// Only places that meet on one of these weekdays; any where empty.
    pub days: Vec<Weekday>,
    /// Only places that meet in one of these parts of the day; any where empty.
    pub times: Vec<PartOfDay>,
    /// Only places known to meet at least so many days a month.
    pub min_monthly: Option<f64>,
    /// Only places known to be free of steps.
    pub step_free: bool,
    /// Only places not known to be closed to new people.
    pub accepting: bool,
    /// Only places whose own point is known, not that of their block or town.
    pub exact_only: bool,
    /// Only places in the municipality.
    pub inside_only: bool,
}

/// Why a question cannot be answered as it stands.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GapOptionError {
    /// The population has no such age.
    #[error("the population has no number of people of {age} and over; it has {known}")]
    UnknownAge {
        /// The age.
        age: u32,
        /// The ages there are, for people.
        known: String,
    },
    /// There is no such category.
    #[error("there is no category {name}; there are {known}")]
    UnknownCategory {
        /// As requested.
        name: String,
        /// Those there are.
        known: String,
    },
    /// There is no such list, as far as the audience may know.
    #[error("there is no list {name}; there are {known}")]
    UnknownList {
        /// As requested.
        name: String,
        /// Those there are.
        known: String,
    },
    /// A number is out of its range.
    #[error("{option} cannot be {value}; it is {expected}")]
    BadNumber {
        /// The option.
        option: &'static str,
        /// The value, as requested.
        value: String,
        /// What would do.
        expected: &'static str,
    },
    /// Nothing could be a new place.
    #[error("there is no candidate for a new place")]
    NoCandidates,
    /// The question is too large to be answered exactly.
    #[error("{candidates} candidates for {areas} areas are too many; choose fewer")]
    TooManyCandidates {
        /// Candidates.
        candidates: usize,
        /// Areas.
        areas: usize,
    },
}

impl GapOptions {
    /// The question without filters, with the definitions of the municipality.
    pub fn new(targets: &GapTargets, from: NaiveDate) -> Self {
        Self {
            age: targets.age,
            detour: targets.detour,
            from,
            categories: Vec::new(),
            lists: Vec::new(),
            days: Vec::new(),
            times: Vec::new(),
            min_monthly: None,
            step_free: false,
            accepting: false,
            exact_only: false,
            inside_only: false,
        }
    }

    /// Whether a filter needs the days on which places meet.
    pub(super) fn needs_calendar(&self) -> bool {
        !self.days.is_empty() || !self.times.is_empty() || self.min_monthly.is_some()
    }

    /// Refuses names and numbers that mean nothing.
    pub(super) fn check(&self, snapshot: &Snapshot, population: &PopulationEdition) -> Result<(), GapOptionError> {
        let ages = population.ages();
        if !ages.contains(&self.age) {
            let known = ages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            return Err(GapOptionError::UnknownAge { age: self.age, known });
        }
        positive("--detour", self.detour)?;
        if let Some(monthly) = self.min_monthly {
            positive("--min-monthly", monthly)?;
        }
        for id in &self.categories {
            if snapshot.categories.by_id(id).is_none() {
                let known = snapshot.categories.all().iter().map(|it| it.id.0.as_str()).collect::<Vec<_>>().join(", ");
                return Err(GapOptionError::UnknownCategory { name: id.0.clone(), known });
            }
        }
        check_lists(&self.lists, snapshot)
    }

    /// The question as the answer repeats it.
    pub(super) fn method(&self, audience: Audience) -> GapMethod {
        GapMethod {
            distance: "great-circle",
            radius_m: ExactNumber(crate::model::position::EARTH_RADIUS_M),
            detour: ExactNumber(self.detour),
            age: self.age,
            from: self.from,
            audience,
            districts: None,
            category: self.categories.clone(),
            list: self.lists.clone(),
            day: self.days.iter().map(|day| day.to_string().to_lowercase()).collect(),
            time: self.times.iter().map(|part| part.code()).collect(),
            min_monthly: self.min_monthly.map(ExactNumber),
            step_free: self.step_free,
            accepting: self.accepting,
            exact_only: self.exact_only,
            inside_only: self.inside_only,
        }
    }
}

/// Refuses lists that no place of the snapshot is of.
pub(super) fn check_lists(lists: &[String], snapshot: &Snapshot) -> Result<(), GapOptionError> {
    if lists.is_empty() {
        return Ok(());
    }
    let neighbours = snapshot.neighbours.places.iter().filter_map(|place| place.list.as_deref());
    let mut known: Vec<&str> =
        snapshot.places.iter().filter_map(super::place_list::list_of).chain(neighbours).collect();
    known.sort_unstable();
    known.dedup();
    match lists.iter().find(|list| known.binary_search(&list.as_str()).is_err()) {
        Some(name) => Err(GapOptionError::UnknownList { name: name.clone(), known: known.join(", ") }),
        None => Ok(()),
    }
}

/// Refuses a number that is no positive one.
pub(super) fn positive(option: &'static str, value: f64) -> Result<(), GapOptionError> {
    if value.is_finite() && value > 0.0 {
        return Ok(());
    }
    Err(GapOptionError::BadNumber { option, value: value.to_string(), expected: "a number above 0" })
}
