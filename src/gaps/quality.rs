//! How fresh and complete the data is, by list and by part of the municipality: a work list for the office. This module does no
//! I/O.

use std::collections::BTreeMap;

use chrono::Months;

use super::place_list::list_of;
use super::planner_data::PlaceStanding;
use super::selection::GapSelection;
use crate::model::{DistrictId, Status};

/// Months after which a confirmation is old.
const FRESH_MONTHS: u32 = 12;

/// What may be missing of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QualityFlaw {
    /// Not confirmed within twelve months.
    Stale,
    /// Without a point.
    Unplaced,
    /// With the point of its block, town or district.
    Approximate,
    /// Without a word on steps.
    UnknownAccess,
    /// Without days, or with words that are not wholly understood.
    UnreadSchedule,
}

/// Places and their flaws.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QualityCounts {
    /// Places that take place.
    pub places: usize,
    flaws: [usize; QualityFlaw::ALL.len()],
}

/// The counts of one list or part of the municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityRow<K> {
    /// Which; `None` where a place is of no list that the audience may know, or in no part.
    pub of: Option<K>,
    /// Its counts.
    pub counts: QualityCounts,
}

/// How fresh and complete the data is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataQuality {
    /// By list, in the order of their names.
    pub lists: Vec<QualityRow<String>>,
    /// By part of the municipality, in the order of answers.
    pub units: Vec<QualityRow<DistrictId>>,
}

impl QualityFlaw {
    /// All, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Stale, Self::Unplaced, Self::Approximate, Self::UnknownAccess, Self::UnreadSchedule];

    /// The value in a query, and the end of its message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Unplaced => "unplaced",
            Self::Approximate => "approximate",
            Self::UnknownAccess => "unknown_access",
            Self::UnreadSchedule => "unread_schedule",
        }
    }

    /// The flaw with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flaw| flaw.code() == code)
    }
}

impl QualityCounts {
    /// Places with a flaw.
    pub fn with(&self, flaw: QualityFlaw) -> usize {
        self.flaws[flaw as usize]
    }

    fn add(&mut self, flaws: &[QualityFlaw]) {
        self.places += 1;
        for flaw in flaws {
            self.flaws[*flaw as usize] += 1;
        }
    }
}

impl GapSelection<'_> {
    /// How fresh and complete the data of the active places of the filters is.
    pub fn quality(&self) -> DataQuality {
        let mut lists: BTreeMap<Option<&str>, QualityCounts> = BTreeMap::new();
        let units = self.data.units.all();
        let mut of_units = vec![QualityCounts::default(); units.len() + 1];
        for (place, flaws) in self.flaws() {
            lists.entry(list_of(self.visible(place))).or_default().add(&flaws);
            of_units[self.prepared(place).district.unwrap_or(units.len())].add(&flaws);
        }
        let ids = units.iter().map(|unit| Some(unit.id.clone())).chain([None]);
        let rows = ids.zip(of_units).filter(|(_, counts)| counts.places > 0);
        DataQuality {
            lists: lists.into_iter().map(|(of, counts)| QualityRow { of: of.map(str::to_owned), counts }).collect(),
            units: rows.map(|(of, counts)| QualityRow { of, counts }).collect(),
        }
    }

    /// The active places of the filters with this flaw, as indices into the snapshot's places.
    pub fn places_with(&self, flaw: QualityFlaw) -> Vec<usize> {
        self.flaws().filter(|(_, flaws)| flaws.contains(&flaw)).map(|(place, _)| place).collect()
    }

    /// The part of the municipality that a place is in.
    pub fn unit_of(&self, place: usize) -> Option<&DistrictId> {
        self.prepared(place).district.map(|at| &self.data.units.all()[at].id)
    }

    fn flaws(&self) -> impl Iterator<Item = (usize, Vec<QualityFlaw>)> + '_ {
        let days = self.calendar();
        let fresh_from = self.options.from.checked_sub_months(Months::new(FRESH_MONTHS));
        self.active().map(move |place| {
            let has = |flaw: QualityFlaw| match flaw {
                QualityFlaw::Stale => {
                    let verified = self.visible(place).place.verification.as_ref().map(|it| it.on);
                    verified.is_none_or(|on| fresh_from.is_some_and(|from| on < from))
                }
                QualityFlaw::Unplaced => self.prepared(place).standing == PlaceStanding::Unplaced,
                QualityFlaw::Approximate => matches!(
                    self.prepared(place).standing,
                    PlaceStanding::TooCoarse | PlaceStanding::Counts { is_approximate: true, .. }
                ),
                QualityFlaw::UnknownAccess => self.prepared(place).step_free.is_none(),
                QualityFlaw::UnreadSchedule => days[place].monthly.is_none(),
            };
            debug_assert_eq!(self.visible(place).place.facts.status, Status::Active);
            (place, QualityFlaw::ALL.into_iter().filter(|flaw| has(*flaw)).collect())
        })
    }
}
