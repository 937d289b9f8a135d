//! Values of another column: rows that have slipped show no telephone as their capacity. This module does no I/O.

use crate::import::cells::cell::RecordCells;
use crate::import::columns::{CellKind, Field, kind_of};

/// Fields whose cells hold no telephone, link or coordinate.
const FIELDS: [Field; 12] = [
    Field::Capacity,
    Field::Cost,
    Field::District,
    Field::FormerTown,
    Field::Category,
    Field::Kana,
    Field::Weekdays,
    Field::StartTime,
    Field::EndTime,
    Field::ClosedDays,
    Field::Eligibility,
    Field::Parking,
];

/// Keeps cells that plainly are another column's for the staff, and says so.
pub(super) fn set_aside(row: &mut RecordCells<'_>) {
    for field in FIELDS {
        row.set_aside(field, is_of_another_kind);
    }
}

fn is_of_another_kind(text: &str) -> bool {
    use CellKind::{Email, Lat, Lon, LonLat, Mobile, Phone, Postal, Url};
    // Most cells are short, and telling their kind costs more than a look.
    if text.len() < 7 || !text.contains(|c: char| c.is_numeric() || c == '@' || c == ':') {
        return false;
    }
    let is_plain =
        text.chars().filter(|c| c.is_alphabetic()).count() <= 4 || text.contains("://") || text.contains('@');
    is_plain && matches!(kind_of(text), Email | Lat | Lon | LonLat | Mobile | Phone | Postal | Url)
}
