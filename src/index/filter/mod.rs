//! The one filter of places: page, API and finder parse their parameters into a [`Filter`], and the snapshot answers it.
//!
//! `conditions` are what can be chosen, `query` what was typed and how it is understood, by the table `words.toml`. `meetings` and
//! `place_facts` hold the answer of each place to a condition, `plan` finds the places. Unknown is never taken for yes or no: such
//! places are answered apart.
//!
//! For programs, `queryables` is the one table of what can be required by name, `expression` reads CQL2 over it, `dates` the
//! parameter `datetime`, `crs` coordinate reference systems, `order` the parameter `sortby`, and `parameters` all of them as one
//! filter. `districts` answers a condition on districts. This module does no I/O.

pub mod conditions;
pub mod crs;
pub mod dates;
mod districts;
pub mod expression;
pub mod meeting_dates;
pub mod meetings;
pub mod order;
pub mod parameters;
pub mod place_facts;
mod plan;
pub mod query;
pub mod queryables;
pub mod vocabulary;

use chrono::NaiveDate;

pub use self::conditions::FilterFit;
use self::conditions::{MeetingWish, PlaceFact};
use self::dates::DateInterval;
use self::expression::FilterExpression;
use super::ranges::PlaceRanges;
use super::snapshot::Snapshot;
use crate::model::{CategoryId, DistrictId};

/// Conditions on places, all of which must hold; an empty one holds for every place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Any of these categories.
    pub categories: Vec<CategoryId>,
    /// Any of these districts.
    pub districts: Vec<DistrictId>,
    /// Any of these 大字, by name.
    pub towns: Vec<String>,
    /// West, south, east, north in degrees (OGC:CRS84). West may be greater than east: across the antimeridian.
    pub bbox: Option<[f64; 4]>,
    /// Literal words separated by white space, all of which must occur (compared folded, see [`fold`](crate::text::fold)).
    pub text: String,
    /// What somebody typed, understood as [`query::UnderstoodQuery`] says.
    pub query: String,
    /// When it must take place.
    pub when: MeetingWish,
    /// What must be known to be so.
    pub facts: Vec<PlaceFact>,
    /// When a session must take place, by the dates of its schedules.
    pub dates: Option<DateInterval>,
    /// A condition on its properties.
    pub expression: Option<FilterExpression>,
    /// The day on which this is asked, for dates; without one, nothing is known of any date.
    pub today: Option<NaiveDate>,
}

impl Filter {
    /// Whether it has conditions of which it may be unknown whether they hold.
    pub fn has_conditions(&self) -> bool {
        !self.when.is_empty() || !self.facts.is_empty()
    }

    /// Whether its answer depends on the day: by a time that is required, or by a word that may name one.
    pub fn depends_on_day(&self) -> bool {
        !self.when.is_empty() || !self.query.is_empty() || self.dates.is_some()
    }

    /// The same within one category.
    #[must_use]
    pub fn within_category(mut self, id: &CategoryId) -> Self {
        if !self.categories.is_empty() && !self.categories.contains(id) {
            let never = FilterExpression::Constant(false);
            self.expression = Some(FilterExpression::all(std::iter::once(never).chain(self.expression).collect()));
        }
        self.categories = vec![id.clone()];
        self
    }

    /// Whether every place passes.
    pub fn is_empty(&self) -> bool {
        Self { today: self.today, ..Self::default() } == *self
    }
}

/// The places that a [`Filter`] leaves, by how sure that is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterAnswer {
    /// All conditions hold.
    pub certain: PlaceRanges,
    /// A word of the query fits only what is near it (紅茶 for コーヒー), and the other conditions hold; or, where no place fits all words,
    /// those that fit most of them.
    pub near: PlaceRanges,
    /// Of a condition it is not known whether it holds, and none is known not to.
    pub unknown: PlaceRanges,
    /// How many would match but for the dates that are required, because none of their schedules can be read.
    pub without_dates: usize,
}

impl FilterAnswer {
    /// Whether there is no place of any kind.
    pub fn is_empty(&self) -> bool {
        [&self.certain, &self.near, &self.unknown].iter().all(|places| places.len() == 0)
    }
}

impl Snapshot {
    /// The places that certainly match `filter`, as ascending indices into [`places`](Self::places).
    pub fn select(&self, filter: &Filter) -> Vec<usize> {
        self.matching(filter).iter().collect()
    }

    /// The places that certainly match `filter`, as ranges of indices into [`places`](Self::places).
    pub fn matching(&self, filter: &Filter) -> PlaceRanges {
        self.answer(filter).certain
    }

    /// All places that may match `filter`, by how sure that is.
    pub fn answer(&self, filter: &Filter) -> FilterAnswer {
        plan::QueryPlan::new(self, filter).run()
    }

    /// Number of places of a category, of a district, or of both; `None` means any.
    pub fn count(&self, category: Option<&CategoryId>, district: Option<&DistrictId>) -> usize {
        let filter = Filter {
            categories: category.into_iter().cloned().collect(),
            districts: district.into_iter().cloned().collect(),
            ..Filter::default()
        };
        plan::QueryPlan::new(self, &filter).in_tables_count()
    }
}
