//! Coordinate parsing: decimals, degrees with minutes and seconds, both in one cell, swapped axes, zero, or nothing.
//!
//! A bad coordinate is never guessed at: the place is kept without a position, unless one reading only lies in Japan
//! (`repaired`). Coordinates of the former Japanese datum are converted (`datum`), and few decimals are no door. This module
//! does no I/O.

mod bounds;
mod datum;
mod degrees;
mod repaired;

pub(super) use self::bounds::in_japan;
use self::degrees::{CoordinateAxis, Degrees, degrees, pair};
use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells};
use crate::import::columns::Field;
use crate::model::{Location, Position, Precision};

/// Decimals of a degree from which on a point is a door (11 m), a block (110 m) and a town (1.1 km).
const DECIMALS: [(usize, Precision); 3] = [(4, Precision::Door), (3, Precision::Block), (2, Precision::Town)];

/// One coordinate as a person typed it, in degrees; `None` if it is none, or names the other axis.
pub(super) fn typed(text: &str, is_lon: bool) -> Option<f64> {
    let axis = if is_lon { CoordinateAxis::Lon } else { CoordinateAxis::Lat };
    degrees(text).filter(|it| it.axis.is_none_or(|named| named == axis)).map(|it| it.value)
}

/// A value with its source cell.
type CoordinateReading<'a> = (Cell<'a>, Degrees);

/// A position and how finely it is written.
struct WrittenPosition<'a> {
    position: Position,
    decimals: usize,
    /// The cell that a problem of it names.
    cell: Cell<'a>,
}

/// Reads the position of a row in degrees; `None` if there is none or it is unusable, with the problem reported.
pub(super) fn position(row: &mut RecordCells<'_>) -> Option<Location> {
    let written = written_position(row)?;
    let Some((_, precision)) = DECIMALS.into_iter().find(|(decimals, _)| written.decimals >= *decimals) else {
        row.warn(written.cell, ProblemKind::CoarseCoordinates);
        return None;
    };
    if precision != Precision::Door {
        row.problem(Some(written.cell.heading), ProblemKind::RoundedCoordinates, &[("rows", "1")]);
    }
    let position = if is_tokyo(row, written.cell) {
        row.problem(Some(written.cell.heading), ProblemKind::DatumConverted, &[("rows", "1")]);
        datum::to_world(written.position)?
    } else {
        written.position
    };
    Some(Location { position, precision })
}

fn written_position<'a>(row: &mut RecordCells<'a>) -> Option<WrittenPosition<'a>> {
    let (lon, lat) = (of_present_datum(row, Field::Lon), of_present_datum(row, Field::Lat));
    match (lon, lat) {
        (Some(lon), Some(lat)) => from_two_cells(row, lon, lat),
        (None, None) => {
            let Some(cell) = of_present_datum(row, Field::LonLat) else {
                missing(row);
                return None;
            };
            from_one_cell(row, cell)
        }
        (Some(cell), None) | (None, Some(cell)) => from_half(row, cell),
    }
}

/// The first cell of `field`; one of the former datum only where there is no other.
fn of_present_datum<'a>(row: &RecordCells<'a>, field: Field) -> Option<Cell<'a>> {
    row.cells(field).find(|cell| !datum::names_tokyo(cell.heading)).or_else(|| row.first(field))
}

/// Whether the heading of `cell` or a column for the datum says that the row has the former one.
fn is_tokyo(row: &RecordCells<'_>, cell: Cell<'_>) -> bool {
    let headings = || row.sheet.table.headings.iter().zip(&row.record.cells);
    let stated =
        || headings().filter(|(heading, _)| heading.contains("測地系") || heading.eq_ignore_ascii_case("datum"));
    datum::names_tokyo(cell.heading) || stated().any(|(_, text)| datum::names_tokyo(text))
}

fn missing(row: &mut RecordCells<'_>) {
    let columns = [Field::Lat, Field::Lon, Field::LonLat].map(|f| row.sheet.columns_of(f).first().copied());
    let heading = columns.into_iter().flatten().next().and_then(|i| row.sheet.table.headings.get(i));
    if !is_reported(row) {
        row.problem(heading.map(String::as_str), ProblemKind::MissingCoordinates, &[]);
    }
}

/// Whether a coordinate of this row is already reported as damaged.
fn is_reported(row: &RecordCells<'_>) -> bool {
    let headings = &row.sheet.table.headings;
    let columns = [Field::Lat, Field::Lon, Field::LonLat].map(|f| row.sheet.columns_of(f));
    let mut names = columns.into_iter().flatten().filter_map(|&i| headings.get(i));
    names.any(|h| row.problems.iter().any(|p| p.kind == ProblemKind::ExcelDamage && p.column.as_ref() == Some(h)))
}

/// Handles a row in which one of the two columns is blank: the other holds both values, or the position is unusable.
fn from_half<'a>(row: &mut RecordCells<'a>, cell: Cell<'a>) -> Option<WrittenPosition<'a>> {
    if let Some((a, b)) = pair(cell.text) {
        return settle(row, (cell, a), (cell, b), true);
    }
    if is_reported(row) {
        return None;
    }
    match degrees(cell.text) {
        None => row.warn(cell, ProblemKind::NotANumber),
        Some(d) if d.value == 0.0 => row.problem(Some(cell.heading), ProblemKind::ZeroCoordinates, &[]),
        Some(_) => row.warn(cell, ProblemKind::IncompleteCoordinates),
    }
    None
}

fn from_two_cells<'a>(row: &mut RecordCells<'a>, lon: Cell<'a>, lat: Cell<'a>) -> Option<WrittenPosition<'a>> {
    let both = [lon, lat].map(|cell| degrees(cell.text));
    let is_usable =
        |a: Degrees, b: Degrees| in_japan(a.value, b.value).or_else(|| in_japan(b.value, a.value)).is_some();
    let is_broken = !matches!(both, [Some(a), Some(b)] if is_usable(a, b));
    if let Some((a, b)) = is_broken.then(|| repaired::repaired(lon.text, lat.text)).flatten() {
        row.problem(Some(lat.heading), ProblemKind::RepairedCoordinates, &[("rows", "1"), ("value", lat.text)]);
        return settle(row, (lon, a), (lat, b), false);
    }
    if let [Some(a), Some(b)] = both {
        return settle(row, (lon, a), (lat, b), false);
    }
    if let Some((a, b)) = pair(lat.text).or_else(|| pair(lon.text)) {
        return settle(row, (lat, a), (lat, b), true);
    }
    for (cell, value) in [lat, lon].into_iter().zip([both[1], both[0]]) {
        if value.is_none() {
            row.warn(cell, ProblemKind::NotANumber);
        }
    }
    None
}

fn from_one_cell<'a>(row: &mut RecordCells<'a>, cell: Cell<'a>) -> Option<WrittenPosition<'a>> {
    if let Some((a, b)) = pair(cell.text) {
        return settle(row, (cell, a), (cell, b), true);
    }
    let kind = if degrees(cell.text).is_some() { ProblemKind::IncompleteCoordinates } else { ProblemKind::NotANumber };
    row.warn(cell, kind);
    None
}

/// Axis detection: `first` is the longitude, unless only the swapped order lies in Japan. In one cell (`either_order`)
/// the order is no mistake.
fn settle<'a>(
    row: &mut RecordCells<'a>,
    first: CoordinateReading<'a>,
    second: CoordinateReading<'a>,
    either_order: bool,
) -> Option<WrittenPosition<'a>> {
    let (a, b) = (first.1, second.1);
    // Excel drops the zeros at the end of one of them.
    let decimals = a.decimals.max(b.decimals);
    let written = |position| Some(WrittenPosition { position, decimals, cell: second.0 });
    if a.value == 0.0 && b.value == 0.0 {
        row.problem(Some(second.0.heading), ProblemKind::ZeroCoordinates, &[]);
        return None;
    }
    if let Some(position) = in_japan(a.value, b.value) {
        return written(position);
    }
    if let Some(position) = in_japan(b.value, a.value) {
        if !either_order {
            let values = [("lon", &*b.value.to_string()), ("lat", &*a.value.to_string())];
            row.problem(Some(second.0.heading), ProblemKind::SwappedCoordinates, &values);
        }
        return written(position);
    }
    let latitude_first = either_order && a.axis != Some(CoordinateAxis::Lon) && b.axis != Some(CoordinateAxis::Lat);
    let (lon, lat) = if latitude_first { (second, first) } else { (first, second) };
    unusable(row, lon, lat);
    None
}

fn unusable(row: &mut RecordCells<'_>, lon: CoordinateReading<'_>, lat: CoordinateReading<'_>) {
    if lat.1.value.abs() > 90.0 {
        row.warn(lat.0, ProblemKind::NotOnGlobe);
    } else if lon.1.value.abs() > 180.0 {
        row.warn(lon.0, ProblemKind::NotOnGlobe);
    } else {
        let values = [("lon", &*lon.1.value.to_string()), ("lat", &*lat.1.value.to_string())];
        row.problem(Some(lat.0.heading), ProblemKind::OutsideJapan, &values);
    }
}
