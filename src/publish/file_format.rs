//! Endings of the fixed files of places: the formats of places, and calendars. This module does no I/O.

use super::calendar;
use super::formats::PlaceFormat;

/// What a file of places is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// The places themselves.
    Places(PlaceFormat),
    /// When they meet (iCalendar).
    Calendar,
}

impl FileFormat {
    /// Every format.
    pub fn all() -> impl Iterator<Item = Self> {
        PlaceFormat::ALL.into_iter().map(Self::Places).chain([Self::Calendar])
    }

    /// Every format but GeoJSON: what is saved rather than read page by page.
    pub fn downloads() -> impl Iterator<Item = Self> {
        Self::all().filter(|format| *format != Self::Places(PlaceFormat::Geojson))
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Places(format) => format.ending(),
            Self::Calendar => calendar::ENDING,
        }
    }

    /// Its name as a value of `f`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Places(format) => format.name(),
            Self::Calendar => calendar::ENDING,
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Places(format) => format.media(),
            Self::Calendar => calendar::ICALENDAR,
        }
    }

    /// `file` without the ending of a format, and that format.
    pub fn of_file(file: &str) -> Option<(&str, Self)> {
        Self::all().find_map(|format| {
            let stem = file.strip_suffix(format.ending())?.strip_suffix('.')?;
            Some((stem, format))
        })
    }
}
