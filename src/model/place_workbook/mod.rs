//! The workbook in which places go out to be edited in Excel and come home: what its sheets, columns and rows are called.
//!
//! One table for its writer and its reader. Row 1 of the sheet of places holds the keys of [`WorkbookColumn`], so that columns can be
//! moved and headings rewritten; each row is known by a [`WorkbookRowId`]; a hidden sheet holds the [`WorkbookRecord`]. What stands in
//! a cell is what [`cell_text`] says. Whoever changes any of it raises [`FORMAT`] and keeps the old one readable: workbooks come home
//! after a year. This module does no I/O.

mod record;
mod row_id;
mod words;

pub use self::record::{RecordedRow, WorkbookRecord};
pub use self::row_id::WorkbookRowId;
pub use self::words::{WorkbookWordFile, workbook_words};

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::place_row::{PlaceColumn, PlaceRow};
use super::{AccessFact, Audience, CategoryTable, DistrictTable, Place};

/// The version of the format that is written.
pub const FORMAT: u32 = 1;

/// The name of the hidden sheet.
pub const RECORD_SHEET: &str = "_tsunagari";

/// What the key of a column that the program does not know begins with.
const EXTRA: &str = "extra:";

/// The key of the column of identities in a workbook for reading begins with that of [`PlaceColumn::Id`] and this.
const READING: char = ':';

/// A column of the sheet of places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkbookColumn {
    /// A column of the row of a place.
    Place(PlaceColumn),
    /// A column that the program does not know, by its heading.
    Extra(String),
}

/// Columns of the row of a place that are not in the workbook: what the program derives, and where the row came from.
const LEFT_OUT: [PlaceColumn; 6] = [
    PlaceColumn::Town,
    PlaceColumn::PrivatePerson,
    PlaceColumn::List,
    PlaceColumn::Licence,
    PlaceColumn::Sample,
    PlaceColumn::Extra,
];

impl WorkbookColumn {
    /// The column of identities.
    pub const ID: Self = Self::Place(PlaceColumn::Id);

    /// The columns that a workbook for `audience` has besides those that the program does not know, in their order.
    pub fn of_audience(audience: Audience) -> impl Iterator<Item = Self> {
        let internal = if audience == Audience::Public { Vec::new() } else { PlaceColumn::internal().to_vec() };
        PlaceColumn::public().chain(internal).filter(|column| !LEFT_OUT.contains(column)).map(Self::Place)
    }

    /// Its key in row 1.
    pub fn key(&self) -> Cow<'static, str> {
        match self {
            Self::Place(column) => Cow::Borrowed(column.key()),
            Self::Extra(heading) => Cow::Owned(format!("{EXTRA}{heading}")),
        }
    }

    /// The column with this key; `None` for any other text.
    pub fn of_key(key: &str) -> Option<Self> {
        if let Some(heading) = key.strip_prefix(EXTRA) {
            return (!heading.trim().is_empty()).then(|| Self::Extra(heading.to_owned()));
        }
        Self::of_audience(Audience::Staff).find(|column| column.key() == key)
    }

    /// Its heading as it is written.
    pub fn heading(&self) -> &str {
        match self {
            Self::Place(column) => column.heading(),
            Self::Extra(heading) => heading,
        }
    }

    /// The access fact of which it holds the answer.
    pub fn access_fact(&self) -> Option<AccessFact> {
        match self {
            Self::Place(PlaceColumn::Access(fact)) => Some(*fact),
            _ => None,
        }
    }
}

impl Serialize for WorkbookColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for WorkbookColumn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::of_key(&key).ok_or_else(|| de::Error::custom("no key of a column"))
    }
}

/// The key of the column of identities in a workbook for `audience`: only the staff's comes home.
pub fn id_key(audience: Audience) -> String {
    let key = PlaceColumn::Id.key();
    match audience {
        Audience::Staff => key.to_owned(),
        Audience::LinkWorkers => format!("{key}{READING}link_workers"),
        Audience::Public => format!("{key}{READING}public"),
    }
}

/// Whether a text is the key of the column of identities in a workbook for reading.
pub fn is_reading_key(key: &str) -> bool {
    [Audience::LinkWorkers, Audience::Public].into_iter().any(|audience| id_key(audience) == key)
}

/// The names by which workbooks call categories and districts.
#[derive(Debug, Clone, Copy)]
pub struct WorkbookNames<'a> {
    /// The categories of the municipality.
    pub categories: &'a CategoryTable,
    /// Its districts.
    pub districts: &'a DistrictTable,
}

impl<'a> WorkbookNames<'a> {
    /// The name of the category of `place`; its code where the name is none, or belongs to several.
    pub fn category(&self, place: &'a Place) -> &'a str {
        let id = &place.facts.category;
        let name = self.categories.by_id(id).map_or("", |category| category.name.japanese());
        let uses = self.categories.all().iter().filter(|it| it.name.japanese() == name || it.id.0 == name).count();
        if name.trim().is_empty() || uses > 1 { &id.0 } else { name }
    }

    /// The district as the list wrote it, else the name of the one in which the place lies.
    pub fn district(&self, place: &'a Place) -> &'a str {
        let written = place.facts.district_written.as_deref();
        written.or_else(|| self.districts.assign(&place.facts).map(|it| it.name.as_str())).unwrap_or_default()
    }
}

/// The text of `place` under `column`; empty where nothing is known.
pub fn cell_text<'a>(place: &'a Place, column: &WorkbookColumn, names: WorkbookNames<'a>) -> Cow<'a, str> {
    match column {
        WorkbookColumn::Extra(heading) => place.facts.extra.get(heading).map_or("", String::as_str).into(),
        WorkbookColumn::Place(PlaceColumn::Category) => names.category(place).into(),
        WorkbookColumn::Place(PlaceColumn::District) => names.district(place).into(),
        WorkbookColumn::Place(column) => {
            let row =
                PlaceRow { place, category: "", district: None, licence: None, is_private: false, is_sample: false };
            row.text(*column)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_comes_back_by_its_key_and_none_by_another_text() {
        let extra = WorkbookColumn::Extra("鍵の場所".to_owned());
        for column in WorkbookColumn::of_audience(Audience::Staff).chain([extra]) {
            assert_eq!(WorkbookColumn::of_key(&column.key()), Some(column));
        }
        for other in ["", "licence", "extra:", "ID", "extra: "] {
            assert_eq!(WorkbookColumn::of_key(other), None, "{other}");
        }
    }

    #[test]
    fn the_public_has_no_column_that_is_for_others() {
        let public: Vec<_> = WorkbookColumn::of_audience(Audience::Public).collect();
        for column in PlaceColumn::internal() {
            assert!(!public.contains(&WorkbookColumn::Place(column)), "{column:?}");
        }
    }

    #[test]
    fn only_the_staff_s_identities_are_called_by_the_plain_key() {
        assert_eq!(id_key(Audience::Staff), "id");
        assert!(!is_reading_key("id") && is_reading_key("id:public") && is_reading_key("id:link_workers"));
    }
}
