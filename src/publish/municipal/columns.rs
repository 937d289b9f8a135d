//! The columns of the municipal lists and what each holds: `columns.toml`. This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::AccessFact;
use crate::model::place_row::PlaceColumn;

/// The columns of both lists.
pub(super) static COLUMNS: LazyLock<MunicipalColumns> =
    LazyLock::new(|| toml::from_str(include_str!("columns.toml")).expect("columns.toml is a table of columns"));

/// The columns of both lists, in their order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MunicipalColumns {
    /// The letters of the days of the week, Monday first.
    pub(super) weekdays: [String; 7],
    /// What stands before the extension of a telephone.
    pub(super) extension: String,
    pub(super) facilities: Vec<MunicipalColumn>,
    pub(super) events: Vec<MunicipalColumn>,
    pub(super) unmapped: UnmappedWords,
}

/// The words of the list of what has no column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnmappedWords {
    pub(super) headings: [String; 6],
    pub(super) no_column: String,
    pub(super) rough: String,
    pub(super) no_character: String,
    pub(super) no_dates: String,
    pub(super) not_held: String,
}

/// A column of a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MunicipalColumn {
    pub(super) heading: String,
    /// What it holds; `None`: nothing that is known of a place.
    #[serde(default)]
    pub(super) from: Option<MunicipalSource>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) enum MunicipalSource {
    /// The code of the municipality.
    Code,
    /// The number of the row.
    Number,
    Prefecture,
    City,
    /// The reading of the name in full-width katakana.
    Katakana,
    /// Degrees, where the position is the door.
    DoorLatitude,
    DoorLongitude,
    /// The telephone without its extension.
    Telephone,
    Extension,
    /// The days of the week, where one weekly statement says all.
    Weekdays,
    Opens,
    Closes,
    /// The dates and hours of an occurrence.
    FirstDay,
    LastDay,
    Begins,
    Ends,
    /// What is known of steps, wheelchairs, toilets and hearing.
    BarrierFree,
    /// The building, or the place itself.
    VenueOrName,
    /// What a column of the place holds.
    Place(PlaceColumn),
}

/// The facts that `BarrierFree` is made of.
pub(super) const BARRIER_FREE: [AccessFact; 5] = [
    AccessFact::StepFree,
    AccessFact::Wheelchair,
    AccessFact::Toilet,
    AccessFact::AccessibleToilet,
    AccessFact::HearingSupport,
];

impl MunicipalSource {
    /// Whether what the place has under `column` is in this source.
    pub(super) fn covers(self, column: PlaceColumn) -> bool {
        match self {
            Self::Place(own) => own == column,
            Self::Katakana => column == PlaceColumn::Kana,
            Self::DoorLatitude => column == PlaceColumn::Latitude,
            Self::DoorLongitude => column == PlaceColumn::Longitude,
            Self::Telephone => column == PlaceColumn::Phone,
            Self::VenueOrName => column == PlaceColumn::Venue,
            Self::BarrierFree => BARRIER_FREE.iter().any(|fact| column == PlaceColumn::Access(*fact)),
            _ => false,
        }
    }
}

impl TryFrom<String> for MunicipalSource {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Ok(match name.as_str() {
            "code" => Self::Code,
            "number" => Self::Number,
            "prefecture" => Self::Prefecture,
            "city" => Self::City,
            "katakana" => Self::Katakana,
            "door_latitude" => Self::DoorLatitude,
            "door_longitude" => Self::DoorLongitude,
            "telephone" => Self::Telephone,
            "extension" => Self::Extension,
            "weekdays" => Self::Weekdays,
            "opens" => Self::Opens,
            "closes" => Self::Closes,
            "first_day" => Self::FirstDay,
            "last_day" => Self::LastDay,
            "begins" => Self::Begins,
            "ends" => Self::Ends,
            "barrier_free" => Self::BarrierFree,
            "venue_or_name" => Self::VenueOrName,
            key => {
                let column = PlaceColumn::all().find(|column| column.key() == key);
                Self::Place(column.ok_or_else(|| format!("no source is called {key:?}"))?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_the_table_is_known_and_no_heading_stands_twice() {
        for columns in [&COLUMNS.facilities, &COLUMNS.events] {
            let mut headings: Vec<&str> = columns.iter().map(|it| it.heading.as_str()).collect();
            headings.sort_unstable();
            headings.dedup();
            assert_eq!(headings.len(), columns.len());
        }
        assert!(MunicipalSource::try_from("phone_of_nobody".to_owned()).is_err());
    }
}
