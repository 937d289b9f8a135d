//! Coordinate parsing: decimals, degrees with minutes and seconds, both in one cell, swapped axes, zero, or nothing.
//!
//! A bad coordinate is never guessed at: the place is kept without a position. This module does no I/O.

use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, narrow};
use crate::import::columns::Field;
use crate::model::Position;

/// Bounding box of Japan with its outer islands: west, south, east and north in degrees.
const JAPAN: [f64; 4] = [122.0, 20.0, 154.1, 45.7];

/// Parts of that box in other countries: west, south, east and north in degrees.
const ABROAD: [[f64; 4]; 5] = [
    [122.0, 27.0, 126.0, 45.7],
    [126.0, 33.0, 128.5, 45.7],
    [128.5, 34.76, 129.8, 45.7],
    [129.8, 38.0, 136.0, 45.7],
    [136.0, 41.7, 139.0, 45.7],
];

/// The axis that a value names itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CoordinateAxis {
    Lon,
    Lat,
}

/// A value in degrees, and the axis that its own words name.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Degrees {
    value: f64,
    axis: Option<CoordinateAxis>,
}

/// A value with its source cell.
type CoordinateReading<'a> = (Cell<'a>, Degrees);

/// Reads the position of a row in degrees; `None` if there is none or it is unusable, with the problem reported.
pub(super) fn position(row: &mut RecordCells<'_>) -> Option<Position> {
    let (lon, lat) = (row.first(Field::Lon), row.first(Field::Lat));
    match (lon, lat) {
        (Some(lon), Some(lat)) => from_two_cells(row, lon, lat),
        (None, None) => {
            let Some(cell) = row.first(Field::LonLat) else {
                missing(row);
                return None;
            };
            from_one_cell(row, cell)
        }
        (Some(cell), None) | (None, Some(cell)) => from_half(row, cell),
    }
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
fn from_half(row: &mut RecordCells<'_>, cell: Cell<'_>) -> Option<Position> {
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

fn from_two_cells(row: &mut RecordCells<'_>, lon: Cell<'_>, lat: Cell<'_>) -> Option<Position> {
    let both = [lon, lat].map(|cell| degrees(cell.text));
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

fn from_one_cell(row: &mut RecordCells<'_>, cell: Cell<'_>) -> Option<Position> {
    if let Some((a, b)) = pair(cell.text) {
        return settle(row, (cell, a), (cell, b), true);
    }
    let kind = if degrees(cell.text).is_some() { ProblemKind::IncompleteCoordinates } else { ProblemKind::NotANumber };
    row.warn(cell, kind);
    None
}

/// Axis detection: `first` is the longitude, unless only the swapped order lies in Japan. In one cell (`either_order`)
/// the order is no mistake.
fn settle(
    row: &mut RecordCells<'_>,
    first: CoordinateReading<'_>,
    second: CoordinateReading<'_>,
    either_order: bool,
) -> Option<Position> {
    let (a, b) = (first.1, second.1);
    if a.value == 0.0 && b.value == 0.0 {
        row.problem(Some(second.0.heading), ProblemKind::ZeroCoordinates, &[]);
        return None;
    }
    if let Some(position) = in_japan(a.value, b.value) {
        return Some(position);
    }
    if let Some(position) = in_japan(b.value, a.value) {
        if !either_order {
            let values = [("lon", &*b.value.to_string()), ("lat", &*a.value.to_string())];
            row.problem(Some(second.0.heading), ProblemKind::SwappedCoordinates, &values);
        }
        return Some(position);
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

/// Bounds check: the position if it is in Japan or its waters, judged by boxes: coarse at sea, never wrong about an
/// island.
fn in_japan(lon: f64, lat: f64) -> Option<Position> {
    let within = |[west, south, east, north]: [f64; 4]| (west..=east).contains(&lon) && (south..=north).contains(&lat);
    let position = Position::new(lon, lat).ok()?;
    (within(JAPAN) && !ABROAD.into_iter().any(within)).then_some(position)
}

/// Splits one cell into two values, in the order written.
fn pair(text: &str) -> Option<(Degrees, Degrees)> {
    let text = narrow(text);
    let text = text.trim().trim_start_matches("POINT").trim();
    let text = text.trim_matches(|c| "()[]（）「」".contains(c)).replace('、', ",");
    for separator in [',', ';', '/', '\n'] {
        let parts: Vec<&str> = text.split(separator).map(str::trim).filter(|p| !p.is_empty()).collect();
        if let [a, b] = parts[..] {
            return coordinate(a).zip(coordinate(b)).filter(|(a, b)| a.axis.is_none() || a.axis != b.axis);
        }
    }
    split_anywhere(&text)
}

/// Splits at white space or at the words of the second value: `35.4 134.7`, `北緯35度…東経134度…`.
fn split_anywhere(text: &str) -> Option<(Degrees, Degrees)> {
    let cuts = text.char_indices().filter(|&(i, c)| i > 0 && (c.is_whitespace() || "東北EN".contains(c)));
    cuts.filter_map(|(i, _)| coordinate(&text[..i]).zip(coordinate(&text[i..])))
        .find(|(a, b)| if a.axis.is_some() { a.axis != b.axis } else { in_japan_either(a.value, b.value) })
}

fn in_japan_either(a: f64, b: f64) -> bool {
    in_japan(a, b).or_else(|| in_japan(b, a)).is_some()
}

/// Parses one value in degrees, in any notation; `None` if it is not one.
fn degrees(text: &str) -> Option<Degrees> {
    coordinate(narrow(text).trim())
}

fn coordinate(text: &str) -> Option<Degrees> {
    let (text, axis, negative) = hemisphere(text.trim());
    let value = decimal(text).map(unpack).or_else(|| sexagesimal(text))?;
    let value = if negative { -value } else { value };
    value.is_finite().then_some(Degrees { value, axis })
}

/// Removes the words for the hemisphere: returns the rest, the axis, and whether it is west or south.
fn hemisphere(text: &str) -> (&str, Option<CoordinateAxis>, bool) {
    const WORDS: [(&str, CoordinateAxis, bool); 17] = [
        ("北緯", CoordinateAxis::Lat, false),
        ("南緯", CoordinateAxis::Lat, true),
        ("東経", CoordinateAxis::Lon, false),
        ("西経", CoordinateAxis::Lon, true),
        ("緯度", CoordinateAxis::Lat, false),
        ("経度", CoordinateAxis::Lon, false),
        ("lat", CoordinateAxis::Lat, false),
        ("lng", CoordinateAxis::Lon, false),
        ("lon", CoordinateAxis::Lon, false),
        ("N", CoordinateAxis::Lat, false),
        ("S", CoordinateAxis::Lat, true),
        ("E", CoordinateAxis::Lon, false),
        ("W", CoordinateAxis::Lon, true),
        ("n", CoordinateAxis::Lat, false),
        ("e", CoordinateAxis::Lon, false),
        ("北", CoordinateAxis::Lat, false),
        ("東", CoordinateAxis::Lon, false),
    ];
    let rest = |text: &str, word: &str| text.strip_prefix(word).or_else(|| text.strip_suffix(word)).map(str::len);
    for (word, axis, negative) in WORDS {
        if rest(text, word).is_some() {
            let text = text.strip_prefix(word).or_else(|| text.strip_suffix(word)).unwrap_or(text);
            return (text.trim_matches(|c: char| c.is_whitespace() || ":=".contains(c)), Some(axis), negative);
        }
    }
    (text, None, false)
}

/// Parses a plain number, with a decimal comma too; no exponents, no words such as `inf`.
fn decimal(text: &str) -> Option<f64> {
    let text = text.strip_suffix(['°', '度', 'º', '˚']).unwrap_or(text).trim();
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || b".+-".contains(&b)) && !s.is_empty();
    if plain(text) {
        return text.parse().ok();
    }
    let (whole, fraction) = text.split_once(',')?;
    let looks_decimal = plain(whole) && fraction.len() >= 4 && fraction.bytes().all(|b| b.is_ascii_digit());
    looks_decimal.then(|| format!("{whole}.{fraction}").parse().ok())?
}

/// Converts packed degrees, minutes and seconds (`352410.5`, `1344614.2`) to degrees; other numbers stay.
fn unpack(value: f64) -> f64 {
    if !(200_000.0..1_550_000.0).contains(&value) {
        return value;
    }
    let (whole_degrees, rest) = ((value / 10_000.0).floor(), value % 10_000.0);
    let (minutes, seconds) = ((rest / 100.0).floor(), rest % 100.0);
    let plausible = minutes < 60.0 && seconds < 60.0 && !(46.0..122.0).contains(&whole_degrees);
    if plausible { whole_degrees + minutes / 60.0 + seconds / 3600.0 } else { value }
}

/// Parses degrees, minutes and seconds with any signs between them: `35°24′10.5″`, `35度24分10.5秒`, `35.24.10.5`,
/// `35-24-10`.
fn sexagesimal(text: &str) -> Option<f64> {
    let text: String = text.chars().map(|c| if is_mark(c) { ' ' } else { c }).collect();
    let mut parts: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if let [single] = &parts[..] {
        parts = split_dots(single)?;
    }
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let numbers = parts.iter().map(|p| p.parse::<f64>().ok().filter(|n| *n >= 0.0)).collect::<Option<Vec<f64>>>()?;
    let whole = parts[0].bytes().all(|b| b.is_ascii_digit());
    let sixtieths = numbers[1..].iter().all(|n| *n < 60.0);
    let plain = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    (whole && sixtieths && plain)
        .then(|| numbers[0] + numbers[1] / 60.0 + numbers.get(2).map_or(0.0, |seconds| seconds / 3600.0))
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "°度º˚′'’‘分´`″\"”“秒:-_".contains(c)
}

/// Splits `35.24.10.5` into `35`, `24`, `10.5`.
fn split_dots(text: &str) -> Option<Vec<String>> {
    let dots: Vec<&str> = text.splitn(3, '.').collect();
    (dots.len() == 3 && text.matches('.').count() <= 3).then(|| dots.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(text: &str, expected: f64) {
        let found = degrees(text).unwrap_or_else(|| panic!("{text} is a coordinate"));
        assert!((found.value - expected).abs() < 1e-6, "{text}: {} instead of {expected}", found.value);
    }

    #[test]
    fn degrees_are_read_however_they_are_written() {
        let dms = 35.0 + 24.0 / 60.0 + 10.5 / 3600.0;
        for text in [
            "35°24′10.5″",
            "35度24分10.5秒",
            "北緯35度24分10.5秒",
            "352410.5",
            "N35.24.10.5",
            "35°24'10.5\"N",
            "35 24 10.5",
            "35:24:10.5",
            "35-24-10.5",
            "３５度２４分１０．５秒",
            "北緯 35°24′10.5″",
            "35° 24’ 10.5”",
            "35°24'10.5''",
        ] {
            about(text, dms);
        }
        about("1344614.2", 134.0 + 46.0 / 60.0 + 14.2 / 3600.0);
        about("E134.46.14.2", 134.0 + 46.0 / 60.0 + 14.2 / 3600.0);
        about("35度24.5分", 35.0 + 24.5 / 60.0);
        for text in
            ["35.4012", "３５．４０１２", "35.4012°", "35.4012度", "北緯35.4012", "35.4012N", " 35.4012 ", "35,4012"]
        {
            about(text, 35.4012);
        }
        about("369.56056", 369.56056);
        about("-35.4", -35.4);
    }

    #[test]
    fn what_is_no_number_is_no_coordinate() {
        for text in ["不明", "八鹿町", "inf", "NaN", "1e5", "35.4.", "35度70分", "", "35,4", "１−２−３−４", "約35.4"]
        {
            assert_eq!(degrees(text), None, "{text}");
        }
    }

    #[test]
    fn both_values_in_one_cell_are_read_in_either_order() {
        for text in [
            "35.40, 134.77",
            "134.77,35.40",
            "35.40 134.77",
            "35.40、134.77",
            "(35.40, 134.77)",
            "[134.77, 35.40]",
            "POINT(134.77 35.40)",
            "35.40/134.77",
            "北緯35.40東経134.77",
            "N35.40 E134.77",
            "北緯35度24分0秒、東経134度46分12秒",
            "35°24′00″ 134°46′12″",
            "３５．４０，１３４．７７",
            "35.40\n134.77",
            "北緯：35.40　東経：134.77",
        ] {
            let (a, b) = pair(text).unwrap_or_else(|| panic!("{text} are two coordinates"));
            let position = in_japan(a.value, b.value).or_else(|| in_japan(b.value, a.value));
            let position = position.unwrap_or_else(|| panic!("{text}: {a:?} {b:?}"));
            assert!((position.lon() - 134.77).abs() < 1e-6 && (position.lat() - 35.40).abs() < 1e-6, "{text}");
        }
        for text in ["35.40", "八鹿町, 養父市", "1,2,3", ""] {
            assert_eq!(pair(text), None, "{text}");
        }
    }

    #[test]
    fn japan_ends_where_its_neighbours_begin() {
        let inside = [
            ("与那国島", 122.93, 24.45),
            ("南鳥島", 153.98, 24.28),
            ("択捉島", 148.8, 45.5),
            ("対馬の北端", 129.48, 34.70),
            ("沖ノ鳥島", 136.08, 20.42),
            ("奥尻島", 139.45, 42.15),
            ("隠岐", 133.2, 36.3),
            ("五島", 128.6, 32.7),
            ("竹島", 131.87, 37.24),
            ("礼文島", 141.0, 45.4),
            ("魚釣島", 123.47, 25.74),
            ("八丈島", 139.8, 33.1),
        ];
        for (name, lon, lat) in inside {
            assert!(in_japan(lon, lat).is_some(), "{name}");
        }
        for (name, lon, lat) in [
            ("ソウル", 127.0, 37.5),
            ("釜山", 129.05, 35.15),
            ("台北", 121.5, 25.0),
            ("ウラジオストク", 131.9, 43.1),
            ("済州島", 126.5, 33.4),
            ("ホノルル", -157.8, 21.3),
        ] {
            assert!(in_japan(lon, lat).is_none(), "{name}");
        }
    }
}
