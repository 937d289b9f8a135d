//! Numbers as the planners' page writes them: people whole, shares to 0.1 %, metres to 10 m, others to two decimals, halves up.
//! This module does no I/O.

use crate::gaps::ExactNumber;
use crate::publish::messages::thousands;

/// The sign for a number that there is none of.
pub const NO_NUMBER: &str = "–";

/// People, with thousands set apart.
pub fn people(count: f64) -> String {
    thousands(whole(count))
}

/// A share of 1 as a percentage.
pub fn percent(share: Option<ExactNumber>) -> String {
    share.map_or_else(|| NO_NUMBER.to_owned(), |share| format!("{:.1}%", halves_up(share.0 * 100.0, 10.0)))
}

/// A distance: `780 m`, `6.2 km`.
pub fn distance(metres: f64) -> String {
    let tens = halves_up(metres, 0.1);
    if tens < 1000.0 {
        return format!("{tens:.0} m");
    }
    let kilometres = format!("{:.1}", halves_up(metres / 1000.0, 10.0));
    format!("{} km", kilometres.trim_end_matches(".0"))
}

/// A distance that may be unknown.
pub fn distance_or_none(metres: Option<ExactNumber>) -> String {
    metres.map_or_else(|| NO_NUMBER.to_owned(), |metres| distance(metres.0))
}

/// Any other number.
pub fn decimal(number: Option<ExactNumber>) -> String {
    number.map_or_else(|| NO_NUMBER.to_owned(), |number| format!("{:.2}", halves_up(number.0, 100.0)))
}

/// Rounded to the nearest `1 / per_unit`; halves away from zero.
fn halves_up(number: f64, per_unit: f64) -> f64 {
    // A half that is not exact in binary (0.285 × 100) is one as people see it.
    (number * per_unit + 1e-9).round() / per_unit
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "people are no fewer than 0 and fewer than 2^53"
)]
fn whole(count: f64) -> usize {
    count.max(0.0).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_as_people_expect() {
        assert_eq!([people(1234.0), people(0.4), people(120_999.0)], ["1,234", "0", "120,999"]);
        let share = |n| percent(Some(ExactNumber(n)));
        assert_eq!([share(0.3045), share(0.6125), share(1.0), percent(None)], ["30.5%", "61.3%", "100.0%", "–"]);
        assert_eq!(
            [distance(784.9), distance(785.0), distance(995.0), distance(6_249.0)],
            ["780 m", "790 m", "1 km", "6.2 km"]
        );
        assert_eq!(decimal(Some(ExactNumber(0.285))), "0.29");
    }
}
