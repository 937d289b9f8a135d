//! The months that a calendar covers. This module does no I/O.

use chrono::NaiveDate;

use crate::model::Month;

/// The months ahead of the current one.
const AHEAD: u16 = 12;

/// A run of whole months. Dates without a year are read as of its current month's first day, so that nothing in a calendar
/// depends on the day of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarWindow {
    current: Month,
    first: Month,
    last: Month,
}

impl CalendarWindow {
    /// From last month to the twelfth from now.
    pub fn around(today: NaiveDate) -> Self {
        let current = Month::of(today);
        Self { current, first: current.back(1), last: current.on(AHEAD) }
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.first.days().next().unwrap_or_default()
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.last.days().last().unwrap_or_default()
    }

    /// The day as of which dates without a year are read.
    pub fn anchor(self) -> NaiveDate {
        self.current.days().next().unwrap_or_default()
    }

    /// Its months, in order.
    pub(super) fn months(self) -> impl Iterator<Item = Month> {
        (0..).map(move |n| self.first.on(n)).take_while(move |month| *month <= self.last)
    }

    /// The window that ends with the month before `month`; `None` where the current month would be lost.
    pub(super) fn before(self, month: Month) -> Option<Self> {
        let last = month.back(1);
        (self.current <= last).then_some(Self { last, ..self })
    }

    /// The window without what lies before the current month.
    pub(super) fn without_past(self) -> Self {
        Self { first: self.current, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn it_reaches_from_last_month_to_the_end_of_the_twelfth_from_now() {
        let window = CalendarWindow::around(day("2026-11-27"));
        assert_eq!((window.first(), window.last()), (day("2026-10-01"), day("2027-11-30")));
        assert_eq!(window.months().count(), 14);
    }

    #[test]
    fn it_is_the_same_on_every_day_of_a_month() {
        let of = |text| CalendarWindow::around(day(text));
        assert_eq!(of("2026-12-01"), of("2026-12-31"));
        assert_ne!(of("2026-12-31"), of("2027-01-01"));
    }
}
