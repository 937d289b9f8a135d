//! The periods of published tables. They end with what is over, so that no number moves while somebody watches. This module does no
//! I/O.

use crate::model::{Month, Quarter};

/// A range of months, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPeriod {
    /// The first month; `None` means from the beginning.
    pub first: Option<Month>,
    /// The last month.
    pub last: Month,
}

impl MonthPeriod {
    /// The period from `first` to the last month that is over in `this_month`. Numbers thus move at the turn of the month only,
    /// so that nobody can enter needs of their own and watch what becomes of them.
    pub fn released_in(this_month: Month, first: Option<Month>) -> Self {
        Self { first, last: this_month.back(1) }
    }

    /// The `months` last months that are over in `this_month`.
    pub fn last_months(this_month: Month, months: u16) -> Self {
        Self::released_in(this_month, Some(this_month.back(months)))
    }

    /// As [`released_in`](Self::released_in), by quarters: from the quarter of `first` to the last quarter that is over.
    pub fn quarters_released_in(this_month: Month, first: Option<Month>) -> Self {
        let last = Quarter::of(this_month).first().back(1);
        Self { first: first.map(|month| Quarter::of(month).first()), last }
    }

    /// The `quarters` last quarters that are over in `this_month`.
    pub fn last_quarters(this_month: Month, quarters: u16) -> Self {
        let first = Quarter::of(this_month).first().back(3 * quarters);
        Self::quarters_released_in(this_month, Some(first))
    }

    /// The fiscal year that begins in April of `year`, as far as its quarters are over in `this_month`; `None` before its first one
    /// is.
    pub fn fiscal_year(this_month: Month, year: i32) -> Option<Self> {
        let first = chrono::NaiveDate::from_ymd_opt(year, 4, 1).map(Month::of)?;
        let over = Self::quarters_released_in(this_month, Some(first));
        let last = over.last.min(first.on(11));
        (first <= last).then_some(Self { first: Some(first), last })
    }

    /// Its quarters, in order, from `earliest` on where it has no beginning; those that it holds whole.
    pub fn quarters(self, earliest: Option<Month>) -> Vec<Quarter> {
        let Some(first) = self.first.or(earliest) else { return Vec::new() };
        let whole = |quarter: &Quarter| quarter.last() <= self.last;
        std::iter::successors(Some(Quarter::of(first)), |quarter| Some(quarter.next())).take_while(whole).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn quarters_are_shown_when_they_are_over_and_never_before() {
        for (today, last) in [
            ("2026-10", "2026-09"),
            ("2026-12", "2026-09"),
            ("2027-01", "2026-12"),
            ("2027-03", "2026-12"),
            ("2027-04", "2027-03"),
        ] {
            assert_eq!(MonthPeriod::quarters_released_in(month(today), None).last, month(last), "{today}");
            let year = MonthPeriod::last_quarters(month(today), 4);
            assert_eq!((year.first, year.last), (Some(month(last).back(11)), month(last)), "{today}");
            assert_eq!(year.quarters(None).len(), 4, "{today}");
        }
    }

    #[test]
    fn a_fiscal_year_ends_with_its_last_quarter_that_is_over() {
        let year = |today: &str, year| {
            let period = MonthPeriod::fiscal_year(month(today), year)?;
            Some(format!("{}..{}", period.first.unwrap(), period.last))
        };
        assert_eq!(year("2026-11", 2026).as_deref(), Some("2026-04..2026-09"));
        assert_eq!(year("2026-06", 2026), None, "its first quarter is not over");
        assert_eq!(year("2026-07", 2026).as_deref(), Some("2026-04..2026-06"));
        assert_eq!(year("2030-01", 2026).as_deref(), Some("2026-04..2027-03"));
        assert_eq!(year("2026-11", 2027), None);
        assert_eq!(year("2026-11", i32::MAX), None);
    }
}
