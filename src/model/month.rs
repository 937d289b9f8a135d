//! A calendar month. This module does no I/O.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate};

/// A calendar month, written `2026-11`.
///
/// ```
/// use tsunagari::model::Month;
///
/// let month: Month = "2026-02".parse().unwrap();
/// assert_eq!(month.back(3).to_string(), "2025-11");
/// assert!("2026-13".parse::<Month>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// The text is not a calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written like 2026-11")]
pub struct MonthError;

impl Month {
    /// The month that contains `day`.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 12 + day.month0().cast_signed())
    }

    /// The month `months` before this one.
    #[must_use]
    pub fn back(self, months: u16) -> Self {
        Self(self.0 - i32::from(months))
    }

    /// The month `months` after this one.
    #[must_use]
    pub fn on(self, months: u16) -> Self {
        Self(self.0 + i32::from(months))
    }

    /// Its days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        let first = NaiveDate::from_ymd_opt(self.year(), self.number().cast_unsigned(), 1);
        first.into_iter().flat_map(|day| day.iter_days()).take_while(move |day| Self::of(*day) == self)
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        self.days().next().unwrap_or_default()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month within the year, 1 to 12.
    pub fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let (year, month) = text.split_once('-').ok_or(MonthError)?;
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(MonthError);
        }
        let (year, month): (i32, i32) = (year.parse().map_err(|_| MonthError)?, month.parse().map_err(|_| MonthError)?);
        if (1..=12).contains(&month) { Ok(Self(year * 12 + month - 1)) } else { Err(MonthError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_what_it_is_written_as() {
        for text in ["2026-01", "2026-12", "0001-06"] {
            assert_eq!(text.parse::<Month>().unwrap().to_string(), text);
        }
        for text in ["", "2026", "2026-1", "2026-00", "2026-13", "+026-01", "２０２６-01", "2026-01-01"] {
            assert_eq!(text.parse::<Month>(), Err(MonthError), "{text}");
        }
        assert_eq!(Month::of(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()).to_string(), "2026-11");
        assert_eq!("2026-01".parse::<Month>().unwrap().back(1).to_string(), "2025-12");
    }
}
