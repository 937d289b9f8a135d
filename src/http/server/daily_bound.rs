//! A bound per day: how many reports are accepted, so that nobody can fill the planners' tables with their own (insider).
//!
//! The count is kept in memory only, for the day at hand: what is stored of a report has no time finer than its month or quarter. A restart
//! therefore begins anew. This module does no I/O.

use std::sync::{Mutex, PoisonError};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::http::HttpProblem;
use crate::model::City;
use crate::model::city::DailyReports;

/// The bounds of both kinds of reports.
#[derive(Debug)]
pub(in crate::http) struct ReportBounds {
    /// Of unmet needs.
    pub(in crate::http) unmet: DailyBound,
    /// Of results of referrals.
    pub(in crate::http) results: DailyBound,
}

impl ReportBounds {
    /// The bounds that the city has set.
    pub(in crate::http) fn new(city: &City) -> Self {
        Self { unmet: DailyBound::new(city.unmet_per_day), results: DailyBound::new(city.results_per_day) }
    }
}

/// Counts what is accepted on one day.
#[derive(Debug)]
pub(in crate::http) struct DailyBound {
    most: u32,
    today: Mutex<(NaiveDate, u32)>,
}

impl DailyBound {
    /// A bound of `most` a day.
    pub(in crate::http) fn new(DailyReports(most): DailyReports) -> Self {
        Self { most, today: Mutex::default() }
    }

    /// Counts one more at the local time `now`.
    ///
    /// # Errors
    ///
    /// [`HttpProblem::EnoughToday`] if the bound is reached; it is then not counted.
    pub(in crate::http) fn take(&self, now: NaiveDateTime) -> Result<(), HttpProblem> {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.0 != now.date() {
            *today = (now.date(), 0);
        }
        if today.1 >= self.most {
            return Err(HttpProblem::EnoughToday { most: self.most, retry_after: seconds_to_midnight(now) });
        }
        today.1 += 1;
        Ok(())
    }

    /// Uncounts one that was taken at `taken` and could not be stored.
    pub(in crate::http) fn give_back(&self, taken: NaiveDateTime) {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.0 == taken.date() {
            today.1 = today.1.saturating_sub(1);
        }
    }
}

fn seconds_to_midnight(now: NaiveDateTime) -> u32 {
    let today = now.time().signed_duration_since(NaiveTime::MIN).num_seconds();
    u32::try_from(86_400 - today).unwrap_or(86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_holds_for_one_day_and_what_is_refused_is_not_counted() {
        let at = |day: u32, hour: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, 0, 0).unwrap();
        let bound = DailyBound::new(DailyReports(2));
        assert_eq!(bound.take(at(5, 9)), Ok(()));
        assert_eq!(bound.take(at(5, 23)), Ok(()));
        for _ in 0..3 {
            assert_eq!(bound.take(at(5, 23)), Err(HttpProblem::EnoughToday { most: 2, retry_after: 3_600 }));
        }
        assert_eq!(bound.take(at(6, 0)), Ok(()));
        assert_eq!(bound.take(at(6, 0)), Ok(()));
        assert!(bound.take(at(6, 0)).is_err());
        bound.give_back(at(6, 0));
        bound.give_back(at(5, 23));
        assert_eq!(bound.take(at(6, 1)), Ok(()), "what was given back is free");
        assert!(bound.take(at(6, 1)).is_err(), "a day that is over gives nothing back");
        let none = DailyBound::new(DailyReports(0));
        assert!(none.take(at(5, 9)).is_err());
    }
}
