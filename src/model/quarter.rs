//! A quarter of a calendar year. This module does no I/O.

use std::fmt;

use super::Month;

/// A quarter of a calendar year, written as its months `2026-07/2026-09` (ISO 8601). Japan's fiscal year has the same quarters.
///
/// ```
/// use tsunagari::model::Quarter;
///
/// let quarter = Quarter::of("2026-08".parse().unwrap());
/// assert_eq!(quarter.to_string(), "2026-07/2026-09");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(Month);

impl Quarter {
    /// The quarter that contains `month`.
    pub fn of(month: Month) -> Self {
        let into = u16::try_from((month.number() - 1) % 3).unwrap_or(0);
        Self(month.back(into))
    }

    /// Its first month.
    pub fn first(self) -> Month {
        self.0
    }

    /// Its last month.
    pub fn last(self) -> Month {
        self.0.on(2)
    }

    /// The next quarter.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.on(3))
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first(), self.last())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_is_in_the_quarter_that_begins_in_january_april_july_or_october() {
        for (month, quarter) in [
            ("2026-01", "2026-01/2026-03"),
            ("2026-03", "2026-01/2026-03"),
            ("2026-06", "2026-04/2026-06"),
            ("2026-12", "2026-10/2026-12"),
        ] {
            assert_eq!(Quarter::of(month.parse().unwrap()).to_string(), quarter);
        }
        assert_eq!(Quarter::of("2026-12".parse().unwrap()).next().to_string(), "2027-01/2027-03");
    }
}
