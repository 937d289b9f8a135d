//! The texts of one place as somebody edited them in a form: all of them are put into the place, or it is said of each field why not.
//! This module does no I/O.

use std::collections::BTreeMap;

use super::cell_value::{EditedPlace, EditedTexts, apply_all};
use super::column_groups::{ColumnGroup, field_of, is_required};
use super::outcome::WhyUndecided;
use crate::import::ImportContext;
use crate::import::places::list_checks;
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::{WorkbookColumn, WorkbookNames, cell_text};
use crate::model::{Audience, Facts, Place, PlaceId, Source};

/// Characters of one text; Excel's own bound, since every place can go out in a workbook.
pub const MOST_CHARACTERS: usize = 32_767;

/// A field that cannot be stored as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The key of its column, as it was given.
    pub field: String,
    /// Why not.
    pub why: WhyFieldRefused,
}

/// Why a field cannot be stored as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyFieldRefused {
    /// There is no such field.
    Unknown,
    /// It follows from something else, or is set elsewhere.
    Fixed,
    /// A place cannot be without it.
    CannotBeEmpty,
    /// The text is not understood in this field.
    NotUnderstood,
    /// It has more characters than one field may.
    TooLong,
}

impl WhyFieldRefused {
    /// Every reason, in the order of the type.
    pub const ALL: [Self; 5] = [Self::Unknown, Self::Fixed, Self::CannotBeEmpty, Self::NotUnderstood, Self::TooLong];

    /// Its name in JSON, and the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown_field",
            Self::Fixed => "fixed",
            Self::CannotBeEmpty => "cannot_be_empty",
            Self::NotUnderstood => "not_understood",
            Self::TooLong => "too_long",
        }
    }
}

/// The texts of a place under every column that it can have, by their keys; empty ones too.
pub fn form_texts(place: &Place, names: WorkbookNames<'_>) -> BTreeMap<String, String> {
    let extra = place.facts.extra.keys().cloned().map(WorkbookColumn::Extra);
    let columns = WorkbookColumn::of_audience(Audience::Staff).chain(extra);
    let columns = columns.filter(|column| *column != WorkbookColumn::ID);
    columns.map(|column| (column.key().into_owned(), cell_text(place, &column, names).into_owned())).collect()
}

/// Whether a form may change a column: not the identity, and no confirmation, which an edit is none of.
fn is_fixed(column: &WorkbookColumn) -> bool {
    *column == WorkbookColumn::ID || ColumnGroup::of(column) == ColumnGroup::Confirmation
}

/// Whether a form gave a text back as it was, but for white space around it and the browser's line ends.
fn is_untouched(was: &str, now: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    plain(was) == plain(now)
}

/// Puts `fields`, texts by the key of their column, into `place`. A text that is the place's own changes nothing.
///
/// # Errors
///
/// Every field that cannot be stored, in the order of their keys; nothing is then to be stored.
pub fn edited(
    place: &Place,
    fields: &BTreeMap<String, String>,
    known: ImportContext<'_>,
) -> Result<Facts, Vec<FieldFault>> {
    let names = WorkbookNames { categories: known.categories, districts: known.districts };
    let (mut edits, mut faults) = (EditedTexts::new(), Vec::new());
    for (key, text) in fields {
        let fault = |why| FieldFault { field: key.clone(), why };
        let Some(column) = WorkbookColumn::of_key(key) else {
            faults.push(fault(WhyFieldRefused::Unknown));
            continue;
        };
        if is_untouched(&cell_text(place, &column, names), text) {
            continue;
        }
        if is_fixed(&column) {
            faults.push(fault(WhyFieldRefused::Fixed));
        } else if text.trim().is_empty() && is_required(&column) {
            faults.push(fault(WhyFieldRefused::CannotBeEmpty));
        } else if text.chars().count() > MOST_CHARACTERS {
            faults.push(fault(WhyFieldRefused::TooLong));
        } else {
            edits.insert(column, text.clone());
        }
    }
    let (next, refused) = apply_all(&EditedPlace::of(place), &edits, known);
    faults.extend(refused.into_iter().map(|(column, why)| FieldFault {
        field: column.key().into_owned(),
        why: match why {
            WhyUndecided::CannotBeEmpty => WhyFieldRefused::CannotBeEmpty,
            _ => WhyFieldRefused::NotUnderstood,
        },
    }));
    faults.sort_by(|a, b| a.field.cmp(&b.field));
    if faults.is_empty() { Ok(next.facts) } else { Err(faults) }
}

/// The place that `fields` describe. Who may see it must be said: else only the staff.
///
/// # Errors
///
/// As [`edited`], also if the name or the category is missing.
pub fn added(fields: &BTreeMap<String, String>, known: ImportContext<'_>) -> Result<Facts, Vec<FieldFault>> {
    let start = Place {
        id: PlaceId::default(),
        facts: Facts { audience: Audience::Staff, ..Facts::default() },
        source: Source::default(),
        verification: None,
    };
    let is_missing = |column: &PlaceColumn| fields.get(column.key()).is_none_or(|text| text.trim().is_empty());
    let missing = [PlaceColumn::Category, PlaceColumn::Name].into_iter().filter(is_missing);
    let mut faults: Vec<FieldFault> = missing
        .map(|column| FieldFault { field: column.key().to_owned(), why: WhyFieldRefused::CannotBeEmpty })
        .collect();
    match edited(&start, fields, known) {
        Ok(mut facts) if faults.is_empty() => {
            if let (None, Some(gazetteer)) = (facts.site, known.gazetteer) {
                list_checks::locate(&mut facts, gazetteer, known.districts);
            }
            Ok(facts)
        }
        Ok(_) => Err(faults),
        Err(others) => {
            let known_fault = |fault: &FieldFault| faults.iter().any(|it| it.field == fault.field);
            let others: Vec<FieldFault> = others.into_iter().filter(|fault| !known_fault(fault)).collect();
            faults.extend(others);
            faults.sort_by(|a, b| a.field.cmp(&b.field));
            Err(faults)
        }
    }
}

/// The names of the fields in which two states of a place differ, as reports and the audit log name them.
pub fn changed_fields(before: &Facts, after: &Facts) -> Vec<&'static str> {
    let object = |facts: &Facts| serde_json::to_value(facts).unwrap_or_default();
    let (before, after) = (object(before), object(after));
    let mut fields: Vec<&'static str> = WorkbookColumn::of_audience(Audience::Staff)
        .chain([WorkbookColumn::Extra(String::new())])
        .map(|column| field_of(&column))
        .filter(|field| before.get(field) != after.get(field))
        .collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}
