//! Values in degrees as they are written: decimals, degrees with minutes and seconds, both coordinates in one cell.
//!
//! This module does no I/O.

use super::bounds::in_japan;
use crate::import::cells::cell::narrow;

/// Decimals of a degree that whole minutes and whole seconds are worth: 1′ is 1.8 km, 1″ is 31 m.
const DECIMALS_OF_SIXTIETHS: [usize; 3] = [0, 2, 4];

/// The axis that a value names itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CoordinateAxis {
    Lon,
    Lat,
}

/// A value in degrees, and the axis that its own words name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Degrees {
    pub(super) value: f64,
    pub(super) axis: Option<CoordinateAxis>,
    /// How many decimals of a degree the value is written with, or what its minutes and seconds are worth.
    pub(super) decimals: usize,
}

/// Splits one cell into two values, in the order written.
pub(super) fn pair(text: &str) -> Option<(Degrees, Degrees)> {
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
pub(super) fn degrees(text: &str) -> Option<Degrees> {
    coordinate(narrow(text).trim())
}

fn coordinate(text: &str) -> Option<Degrees> {
    let (text, axis, negative) = hemisphere(text.trim());
    let (value, decimals) = decimal(text).map(unpack).or_else(|| sexagesimal(text))?;
    let value = if negative { -value } else { value };
    value.is_finite().then_some(Degrees { value, axis, decimals })
}

/// How many digits `text` has behind its decimal point or comma.
fn decimals_of(text: &str) -> usize {
    text.split_once(['.', ',']).map_or(0, |(_, fraction)| fraction.bytes().filter(u8::is_ascii_digit).count())
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
fn decimal(text: &str) -> Option<(f64, usize)> {
    let text = text.strip_suffix(['°', '度', 'º', '˚']).unwrap_or(text).trim();
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || b".+-".contains(&b)) && !s.is_empty();
    if plain(text) {
        return Some((text.parse().ok()?, decimals_of(text)));
    }
    let (whole, fraction) = text.split_once(',')?;
    let looks_decimal = plain(whole) && fraction.len() >= 4 && fraction.bytes().all(|b| b.is_ascii_digit());
    let value = format!("{whole}.{fraction}").parse().ok().filter(|_| looks_decimal)?;
    Some((value, fraction.len()))
}

/// Converts packed degrees, minutes and seconds (`352410.5`, `1344614.2`) to degrees; other numbers stay.
fn unpack((value, decimals): (f64, usize)) -> (f64, usize) {
    if !(200_000.0..1_550_000.0).contains(&value) {
        return (value, decimals);
    }
    let (whole_degrees, rest) = ((value / 10_000.0).floor(), value % 10_000.0);
    let (minutes, seconds) = ((rest / 100.0).floor(), rest % 100.0);
    let plausible = minutes < 60.0 && seconds < 60.0 && !(46.0..122.0).contains(&whole_degrees);
    let unpacked = whole_degrees + minutes / 60.0 + seconds / 3600.0;
    if plausible { (unpacked, decimals + DECIMALS_OF_SIXTIETHS[2]) } else { (value, decimals) }
}

/// Parses degrees, minutes and seconds with any signs between them: `35°24′10.5″`, `35度24分10.5秒`, `35.24.10.5`,
/// `35-24-10`.
fn sexagesimal(text: &str) -> Option<(f64, usize)> {
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
    let decimals = DECIMALS_OF_SIXTIETHS[parts.len() - 1] + decimals_of(&parts[parts.len() - 1]);
    let value = numbers[0] + numbers[1] / 60.0 + numbers.get(2).map_or(0.0, |seconds| seconds / 3600.0);
    (whole && sixtieths && plain).then_some((value, decimals))
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
    fn the_fineness_of_a_coordinate_is_what_is_written() {
        for (text, decimals) in [
            ("35", 0),
            ("35.4", 1),
            ("35.40", 2),
            ("134.7712345", 7),
            ("35,4012", 4),
            ("北緯35.401度", 3),
            ("35度24分", 2),
            ("35度24.51分", 4),
            ("35度24分10秒", 4),
            ("35°24′10.5″", 5),
            ("352410", 4),
        ] {
            assert_eq!(degrees(text).map(|d| d.decimals), Some(decimals), "{text}");
        }
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
}
