//! Parses opening times written in Japanese into rules and dates.
//!
//! The text is always kept and shown. [`read`] turns it into a [`Rule`] only where all of it is understood, else it
//! returns the part that is not: a wrong date is far worse than none. Only the text ([`Schedule`](crate::model::Schedule)) is stored, so that a
//! better parser changes no revision.
//!
//! `lex` tokenizes the text, `parse` reads it clause by clause into a [`Rule`], `next` evaluates the rule's dates with
//! the table of [`holidays`], `named_days` says on which weekdays a text that is not understood cannot be meant, `timetable` does so for all schedules of a place, and `osm` prints it as `opening_hours`. This module does no I/O.

pub mod holidays;
mod lex;
mod named_days;
pub mod next;
mod osm;
mod parse;
pub mod rule;
mod timetable;

use chrono::NaiveDate;
use serde::Serialize;

pub use named_days::named_weekdays;
pub use next::{Moment, Occurrence};
pub use rule::Rule;
use rule::{Season, YearDay};
pub use timetable::Timetable;

use crate::model::City;

/// The context of a parse: what the text leaves implicit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleContext {
    /// The reference day: a date without a year is the nearest one that agrees with its weekday.
    pub today: NaiveDate,
    /// The days meant by 年末年始 where the text does not define them.
    pub new_year: Season,
}

impl ScheduleContext {
    /// The context of a municipality, with its own 年末年始.
    pub fn of_city(city: &City, today: NaiveDate) -> Self {
        let said = city.new_year.as_deref().and_then(parse_season);
        said.map_or_else(|| Self::new(today), |new_year| Self { today, new_year })
    }

    /// A context with 年末年始 from 29 December to 3 January.
    pub fn new(today: NaiveDate) -> Self {
        let new_year = Season { from: YearDay { month: 12, day: 29 }, to: YearDay { month: 1, day: 3 } };
        Self { today, new_year }
    }

    /// Whether the day is a national holiday or in 年末年始: many groups do not meet then, whatever their schedule
    /// states.
    pub fn is_holiday_or_new_year(&self, day: NaiveDate) -> bool {
        holidays::is_holiday(day) || self.new_year.has(day)
    }
}

/// The result of a parse: a rule, the part that is not understood, or a rule of which that part leaves some days open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParsedSchedule {
    /// The rule; `None` if any words that may concern the dates are not understood, or the text has no dates.
    pub rule: Option<Rule>,
    /// The part not understood, verbatim. With a rule it is an exception without fixed days (小学校の休業中は休み): the weekdays and
    /// hours of the rule hold, and its dates up to the first that may be excepted.
    pub unread: Option<String>,
}

/// A phrase with its rule, or the part not understood, and its next dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhraseAnswer {
    /// The phrase as given.
    pub text: String,
    /// The rule as OSM `opening_hours`, or in an extended notation where OSM cannot express it: with braces, so that
    /// OSM parsers reject it.
    pub rule: Option<String>,
    /// The part not understood.
    pub unread: Option<String>,
    /// The next dates, in order and in local time.
    pub next: Vec<Occurrence>,
}

/// Parses a phrase and evaluates its first `count` dates on `from` or later.
pub fn answer(text: &str, context: &ScheduleContext, from: NaiveDate, count: usize) -> PhraseAnswer {
    let ParsedSchedule { rule, unread } = read(text, context);
    let next = rule.as_ref().map(|rule| rule.next_from(from, count)).unwrap_or_default();
    PhraseAnswer { text: text.to_owned(), rule: rule.map(|rule| rule.to_string()), unread, next }
}

/// Parses a part of the year: 「12/29〜1/3」, 「12〜3月」; `None` for anything else.
pub fn parse_season(text: &str) -> Option<Season> {
    parse::parse_season(text)
}

/// The longest text that is parsed, in characters; longer ones are prose.
const LONGEST: usize = 1_000;

/// Parses a schedule.
///
/// ```
/// use chrono::NaiveDate;
/// use tsunagari::schedule::{ScheduleContext, read};
///
/// let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
/// let rule = read("第2・第4木曜 13:30〜15:00", &ScheduleContext::new(today)).rule.unwrap();
/// assert_eq!(rule.next_from(today, 1)[0].start.to_string(), "2026-11-26T13:30");
/// assert_eq!(rule.opening_hours().as_deref(), Some("Th[2,4] 13:30-15:00"));
///
/// assert_eq!(read("毎週水曜（変更の場合あり）", &ScheduleContext::new(today)).unread.as_deref(), Some("変更の場合あり"));
/// ```
pub fn read(text: &str, context: &ScheduleContext) -> ParsedSchedule {
    if text.chars().count() > LONGEST {
        return ParsedSchedule { rule: None, unread: Some(text.trim().to_owned()) };
    }
    match parse::parse(text, context) {
        Ok((rule, unread)) => ParsedSchedule { rule: Some(rule), unread },
        Err(unread) => ParsedSchedule { rule: None, unread: Some(unread) },
    }
}
