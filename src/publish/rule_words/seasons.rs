//! Parts of the year, in words. This module does no I/O.

use super::RuleWords;
use crate::schedule::rule::{DayPattern, Season, YearDay};

const EVEN: [u32; 6] = [2, 4, 6, 8, 10, 12];
const ODD: [u32; 6] = [1, 3, 5, 7, 9, 11];

impl RuleWords {
    /// Days of a part of the year, or of all of it.
    pub(super) fn seasonal(&self, days: &DayPattern, seasons: &[Season]) -> Option<String> {
        if seasons.is_empty() {
            return self.plain_days(days, false);
        }
        if let Some(months) = self.single_months(seasons) {
            let days = self.plain_days(days, true)?;
            return Some(self.fill("schedule.in_months", &[("days", &days), ("months", &months)]));
        }
        let range = self.season_alone(seasons)?;
        Some(self.fill("schedule.in_season", &[("days", &self.plain_days(days, false)?), ("season", &range)]))
    }

    /// A part of the year, with all its days.
    pub(super) fn season_alone(&self, seasons: &[Season]) -> Option<String> {
        if seasons.is_empty() {
            return None;
        }
        let words = |season: &Season| {
            if is_month(*season) {
                return self.month(season.from.month).to_owned();
            }
            let [from, to] = if is_months(*season) {
                [season.from, season.to].map(|it| self.month(it.month).to_owned())
            } else {
                [self.year_day(season.from), self.year_day(season.to)]
            };
            if from == to { from } else { self.fill("schedule.season", &[("from", &from), ("to", &to)]) }
        };
        Some(self.listed(&seasons.iter().map(words).collect::<Vec<_>>()))
    }

    /// Months that stand alone: 「偶数月」, 「4月・10月」.
    fn single_months(&self, seasons: &[Season]) -> Option<String> {
        if !seasons.iter().all(|season| is_month(*season)) {
            return None;
        }
        let mut months: Vec<u32> = seasons.iter().map(|season| season.from.month).collect();
        months.sort_unstable();
        Some(match months.as_slice() {
            months if months == EVEN => self.text("schedule.even_months").to_owned(),
            months if months == ODD => self.text("schedule.odd_months").to_owned(),
            months => self.listed(&months.iter().map(|month| self.month(*month)).collect::<Vec<_>>()),
        })
    }

    fn month(&self, number: u32) -> &'static str {
        self.nth("schedule.months", number.saturating_sub(1))
    }

    fn year_day(&self, day: YearDay) -> String {
        self.fill("schedule.year_day", &[("month", self.month(day.month)), ("day", &day.day.to_string())])
    }
}

/// Whether it is of whole months.
fn is_months(season: Season) -> bool {
    season.from.day == 1 && season.to.day == 31
}

/// Whether it is one whole month.
fn is_month(season: Season) -> bool {
    is_months(season) && season.from.month == season.to.month
}
