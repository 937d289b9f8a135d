//! Which days, in words. This module does no I/O.

use chrono::{Datelike as _, Weekday};

use super::RuleWords;
use crate::schedule::rule::{DayPattern, HolidayMove, HolidayRule, MonthDays, NthWeeks, RulePattern, Shift, Weekdays};

/// From how many days in a row on a run is said by its first and last.
const RUN: usize = 3;

impl RuleWords {
    /// Days in their part of the year, with what happens on holidays.
    pub(super) fn days(&self, pattern: &RulePattern) -> Option<String> {
        let days = self.seasonal(&pattern.days, &pattern.seasons)?;
        match pattern.shift {
            None => Some(days),
            Some(shift) => self.shifted(&days, shift),
        }
    }

    /// Days of the whole year, or of each month where `in_months` are said besides.
    pub(super) fn plain_days(&self, days: &DayPattern, in_months: bool) -> Option<String> {
        match days {
            DayPattern::Weekly { weekdays, holidays } => self.weekly(*weekdays, *holidays),
            DayPattern::Nth { nths, weekdays } => {
                let key = if in_months { "schedule.nth_in" } else { "schedule.nth" };
                Some(self.fill(key, &[("nths", &self.nths(*nths)), ("days", &self.weekdays(*weekdays))]))
            }
            DayPattern::Monthly(days) => {
                let key = if in_months { "schedule.monthly_in" } else { "schedule.monthly" };
                Some(self.fill(key, &[("dates", &self.month_days(*days))]))
            }
            DayPattern::Fortnight { anchor } => {
                let weekday = self.weekday(anchor.weekday());
                Some(self.fill("schedule.fortnight", &[("weekday", weekday), ("date", &self.date(*anchor))]))
            }
            DayPattern::Dates(dates) => {
                let dates: Vec<String> = dates.iter().map(|day| self.date(*day)).collect();
                Some(self.fill("schedule.on_dates", &[("dates", &self.listed(&dates))]))
            }
            DayPattern::AfterHoliday => Some(self.text("schedule.after_holiday").to_owned()),
        }
    }

    fn weekly(&self, weekdays: Weekdays, holidays: HolidayRule) -> Option<String> {
        let days = self.weekdays(weekdays);
        let daily = weekdays == Weekdays::ALL;
        let every = if daily {
            self.text("schedule.daily").to_owned()
        } else {
            self.fill("schedule.weekly", &[("days", &days)])
        };
        match holidays {
            HolidayRule::AsAnyDay => Some(every).filter(|_| !weekdays.is_empty()),
            HolidayRule::Also if weekdays.is_empty() => Some(self.text("schedule.holidays").to_owned()),
            HolidayRule::Also => Some(self.fill("schedule.also_holidays", &[("days", &every)])),
            HolidayRule::Never => Some(self.fill("schedule.not_holidays", &[("days", &every)])),
            HolidayRule::Only => None,
        }
    }

    /// Weekdays by name, those in a row by the first and last.
    fn weekdays(&self, days: Weekdays) -> String {
        let all: Vec<Weekday> = days.iter().collect();
        let runs = all.chunk_by(|a, b| a.succ() == *b);
        let words = runs.flat_map(|run| match run {
            [first, .., last] if run.len() >= RUN => {
                vec![self.fill("schedule.day_range", &[("from", self.weekday(*first)), ("to", self.weekday(*last))])]
            }
            _ => run.iter().map(|day| self.weekday(*day).to_owned()).collect(),
        });
        self.listed(&words.collect::<Vec<_>>())
    }

    fn weekday(&self, day: Weekday) -> &'static str {
        self.nth("schedule.weekdays", day.num_days_from_monday())
    }

    fn nths(&self, nths: NthWeeks) -> String {
        let last = 5;
        let words = nths.iter().map(|n| self.nth("schedule.nths", u32::try_from(n - 1).unwrap_or(last)));
        self.listed(&words.collect::<Vec<_>>())
    }

    fn month_days(&self, days: MonthDays) -> String {
        let numbers = days.iter().map(|day| self.nth("schedule.dates", day - 1));
        let last = days.last.then(|| self.text("schedule.last_day"));
        self.listed(&numbers.chain(last).collect::<Vec<_>>())
    }

    /// Days that move past a holiday; `None` where other days move, or they move in a way without words.
    fn shifted(&self, days: &str, shift: Shift) -> Option<String> {
        if !shift.when.weekdays.is_empty() || !shift.when.holidays {
            return None;
        }
        let to = match shift.to {
            HolidayMove::Nowhere => return Some(self.fill("schedule.not_holidays", &[("days", days)])),
            HolidayMove::NextDay => 0,
            HolidayMove::NextWorkday => 1,
            HolidayMove::NextWeek => 2,
            HolidayMove::PreviousDay => 3,
            HolidayMove::PreviousWorkday => 4,
            HolidayMove::PreviousWeek => 5,
            HolidayMove::NextNamed(_) | HolidayMove::PreviousNamed(_) | HolidayMove::Nth(_) => return None,
        };
        Some(self.fill("schedule.moved", &[("days", days), ("to", self.nth("schedule.moves", to))]))
    }
}
