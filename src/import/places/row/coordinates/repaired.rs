//! Coordinates whose decimal point was lost or doubled: `35,401,234` and `35401234` are 35.401234 if nothing else in Japan is.
//!
//! This module does no I/O.

use super::bounds::in_japan;
use super::degrees::{CoordinateAxis, Degrees, degrees};
use crate::import::cells::cell::narrow;

/// Degrees within which two readings are one.
const SAME_DEGREES: f64 = 1e-7;

/// Digits from which on a number without a point can be a coordinate.
const ENOUGH_DIGITS: usize = 5;

/// The only longitude and latitude in Japan that the two cells can mean; `None` if there are several or none.
pub(super) fn repaired(lon: &str, lat: &str) -> Option<(Degrees, Degrees)> {
    let lats = readings(lat, CoordinateAxis::Lat);
    let mut pairs: Vec<(Degrees, Degrees)> = Vec::new();
    for lon in readings(lon, CoordinateAxis::Lon) {
        for lat in lats.iter().copied().filter(|lat| in_japan(lon.value, lat.value).is_some()) {
            let same = |a: Degrees, b: Degrees| (a.value - b.value).abs() < SAME_DEGREES;
            if !pairs.iter().any(|pair| same(pair.0, lon) && same(pair.1, lat)) {
                pairs.push((lon, lat));
            }
        }
    }
    if let [only] = pairs[..] { Some(only) } else { None }
}

/// What a cell can mean: its value if it is one, else its digits with the point where the axis has it.
fn readings(text: &str, axis: CoordinateAxis) -> Vec<Degrees> {
    let whole_degrees = if axis == CoordinateAxis::Lat { 2 } else { 3 };
    let range = if axis == CoordinateAxis::Lat { 20.0..46.0 } else { 122.0..155.0 };
    if let Some(plain) = degrees(text).filter(|plain| range.contains(&plain.value)) {
        return vec![plain];
    }
    let typed = typed_number(text);
    if let Some(plain) = degrees(&typed).filter(|plain| range.contains(&plain.value)) {
        return vec![plain];
    }
    let Some((digits, is_grouped)) = digits_of(&typed) else { return Vec::new() };
    let Some((whole, fraction)) = digits.split_at_checked(whole_degrees) else { return Vec::new() };
    let packed = || -> Option<Degrees> {
        let (minutes, rest) = fraction.split_at_checked(2)?;
        let (seconds, part) = rest.split_at_checked(2)?;
        degrees(&format!("{whole}度{minutes}分{seconds}.{part}0秒"))
    };
    let point = degrees(&format!("{whole}.{fraction}"));
    let found = point.into_iter().chain(if is_grouped { None } else { packed() });
    found.filter(|found| range.contains(&found.value)).collect()
}

/// A number without white space and with digits and points for what was typed or scanned for them.
fn typed_number(text: &str) -> String {
    let normal: String = narrow(text).chars().filter(|c| !c.is_whitespace() && !"\'\"’`".contains(*c)).collect();
    normal.chars().map(|c| if "。・、".contains(c) { '.' } else { slip(c) }).collect()
}

/// The digits of a number that is written without a decimal point or with several, and whether it is in groups.
fn digits_of(normal: &str) -> Option<(String, bool)> {
    let separators = normal.matches([',', '.']).count();
    let is_number = normal.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    let groups = || normal.split([',', '.']).all(|group| !group.is_empty());
    // One point in the wrong place is no loss that can be repaired.
    let points_elsewhere = separators == 1 && degrees(normal).is_some();
    let digits: String = normal.chars().filter(char::is_ascii_digit).collect();
    (is_number && groups() && !points_elsewhere && digits.len() >= ENOUGH_DIGITS).then_some((digits, separators > 0))
}

/// The digit that a letter was typed or scanned for.
fn slip(c: char) -> char {
    match c {
        'O' | 'o' | '〇' | '○' => '0',
        'l' | 'I' | '|' => '1',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_point_is_put_back_if_one_reading_lies_in_japan() {
        for (lon, lat) in [
            ("134,771,234", "35,401,234"),
            ("134.771234", "35,401,234"),
            ("134771234", "35.401234"),
            ("134.771.234", "35.401.234"),
            ("134・771234", "35。401234"),
            ("134. 771234", "35. 401234"),
            ("134.77l234", "35.4O1234"),
            ("１３４，７７１，２３４", "３５，４０１，２３４"),
        ] {
            let (a, b) = repaired(lon, lat).unwrap_or_else(|| panic!("{lon} {lat}"));
            assert!(
                (a.value - 134.771_234).abs() < 1e-6 && (b.value - 35.401_234).abs() < 1e-6,
                "{lon} {lat}: {a:?} {b:?}"
            );
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_or_in_none_is_not_repaired() {
        // 35.402030 and 35°40′20.30″.
        for (lon, lat) in [
            ("134.771234", "35402030"),
            ("134.771234", "369.56056"),
            ("134.771234", "不明"),
            ("", ""),
            ("134.7", "355"),
        ] {
            assert_eq!(repaired(lon, lat), None, "{lon} {lat}");
        }
    }
}
