//! Grid squares of JIS X 0410 by their codes. This module does no I/O.

use crate::model::Position;

/// The middle of the cell with this code of 8 (1 km), 9 (500 m), 10 (250 m) or 11 digits (125 m); `None` if there is no such
/// cell.
///
/// ```
/// use tsunagari::import::population::mesh_centre;
///
/// let middle = mesh_centre("53394611").unwrap();
/// assert!((middle.lat() - (35.675 + 1.0 / 240.0)).abs() < 1e-9);
/// assert!((middle.lon() - (139.7625 + 1.0 / 160.0)).abs() < 1e-9);
/// assert_eq!(mesh_centre("53398611"), None);
/// ```
pub fn mesh_centre(code: &str) -> Option<Position> {
    if !(8..=11).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: Vec<u32> = code.bytes().map(|b| u32::from(b - b'0')).collect();
    let (first, quarters) = digits.split_at_checked(8)?;
    let two = |at: usize| first[at] * 10 + first[at + 1];
    if first[4] > 7 || first[5] > 7 || quarters.iter().any(|q| !(1..=4).contains(q)) {
        return None;
    }
    // In units of the smallest square, an eighth of a kilometre's: whole numbers, so that nothing is lost on the way.
    let (mut south, mut west) = ((two(0) * 8 + first[4]) * 10 + first[6], (two(2) * 8 + first[5]) * 10 + first[7]);
    for quarter in quarters {
        south = south * 2 + (quarter - 1) / 2;
        west = west * 2 + (quarter - 1) % 2;
    }
    let squares = f64::from(1_u32 << quarters.len()) * 80.0;
    let middle = |corner: u32| (f64::from(corner) + 0.5) / squares;
    Position::new(middle(west) + 100.0, middle(south) / 1.5).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_cell_is_exact_at_every_size() {
        // South-west corner of 5134-43-25: 34° + 4/12 · … worked by hand: lat 51 ÷ 1.5 + 4 × 5′ + 2 × 30″, lon 134 + 3 × 7.5′ + 5 × 45″.
        let (lat, lon) = (34.0 + 20.0 / 60.0 + 60.0 / 3600.0, 134.0 + 22.5 / 60.0 + 225.0 / 3600.0);
        for (code, up, right) in [
            ("51344325", 15.0, 22.5),
            ("513443251", 7.5, 11.25),
            ("513443254", 22.5, 33.75),
            ("5134432542", 15.0 + 3.75, 22.5 + 11.25 + 5.625),
            ("51344325423", 15.0 + 3.75 + 1.875, 22.5 + 11.25 + 2.8125),
        ] {
            let middle = mesh_centre(code).unwrap();
            assert!((middle.lat() - (lat + up / 3600.0)).abs() < 1e-9, "{code} {middle:?}");
            assert!((middle.lon() - (lon + right / 3600.0)).abs() < 1e-9, "{code} {middle:?}");
        }
    }

    #[test]
    fn a_code_that_is_no_cell_has_no_middle() {
        for code in [
            "",
            "5134",
            "513443",
            "5134832",
            "51348325",
            "51344825",
            "513443250",
            "513443255",
            "513443251111",
            "5134432a",
            "99994325",
        ] {
            assert_eq!(mesh_centre(code), None, "{code}");
        }
    }
}
