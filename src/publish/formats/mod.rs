//! The formats in which places leave the program: GeoJSON, CSV, XLSX and JSON lines.
//!
//! A format is a type here with its ending, its media type and one function that writes any places in any order; the fixed files of a
//! snapshot, downloads of a filter and the command line all call it. Features come from `index::encoded`, rows from
//! [`PlaceRow`](crate::model::place_row::PlaceRow). This module does no I/O.

mod csv;
mod features;
mod table;
mod xlsx;

pub use self::features::collection_in;
pub(super) use self::table::PlaceTable;
pub(super) use self::xlsx::{MAX_CELL, MAX_ROWS};

use super::calendar::NoCalendar;
use crate::index::Snapshot;
use crate::index::filter::crs::CoordinateSystem;

/// A format of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceFormat {
    /// GeoJSON (RFC 7946).
    Geojson,
    /// CSV (RFC 4180) for spreadsheets.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// One feature a line (newline-delimited GeoJSON).
    JsonLines,
}

/// Why places cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// A sheet holds fewer rows.
    #[error("a workbook holds {most} places, these are {places}; use csv", most = xlsx::MAX_ROWS)]
    TooManyRows {
        /// How many places there are.
        places: usize,
    },
    /// A cell holds fewer characters.
    #[error("{cells}: longer than the {most} characters that a cell of a workbook holds; use csv", most = xlsx::MAX_CELL)]
    TooLongCells {
        /// The places and columns.
        cells: String,
    },
    /// A municipal list would have more rows than a spreadsheet opens.
    #[error("there are more places or dates than the rows that a spreadsheet opens; take the calendars or json")]
    TooManyMunicipalRows,
    /// There is no such calendar.
    #[error(transparent)]
    Calendar(NoCalendar),
    /// The archive of tiles could not be written.
    #[error("{reason}")]
    Tiles {
        /// What the writer of archives says.
        reason: String,
    },
    /// The workbook could not be written.
    #[error("the workbook could not be written; use csv")]
    Workbook,
}

impl PlaceFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Geojson, Self::Csv, Self::Xlsx, Self::JsonLines];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Geojson => "geojson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::JsonLines => "jsonl",
        }
    }

    /// Its name as a value of `f`.
    pub fn name(self) -> &'static str {
        if self == Self::Geojson { "json" } else { self.ending() }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Geojson => "application/geo+json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::JsonLines => "application/x-ndjson",
        }
    }

    /// `file` without the ending of a format, and that format.
    pub fn of_file(file: &str) -> Option<(&str, Self)> {
        Self::ALL.into_iter().find_map(|format| {
            let stem = file.strip_suffix(format.ending())?.strip_suffix('.')?;
            Some((stem, format))
        })
    }

    /// The places with these indices, in this order. Only features are written in another coordinate reference system.
    ///
    /// # Errors
    ///
    /// If a workbook cannot hold them.
    pub fn write(
        self,
        snapshot: &Snapshot,
        places: impl ExactSizeIterator<Item = usize>,
        crs: CoordinateSystem,
    ) -> Result<Vec<u8>, FormatError> {
        match self {
            Self::Geojson => Ok(features::collection_in(snapshot, places, crs, crate::index::encoded::HEADER)),
            Self::JsonLines => Ok(features::lines(snapshot, places, crs)),
            Self::Csv => Ok(csv::table(snapshot, places)),
            Self::Xlsx => xlsx::workbook(snapshot, places),
        }
    }
}
