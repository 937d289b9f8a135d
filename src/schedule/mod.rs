//! When a place is open, in the words of those who run it.
//!
//! The words are always kept and always shown; [`read`] turns them into a [`Rule`] where they are understood whole, and says
//! which part is not otherwise. It never guesses: a wrong date is far worse than none. The stored fact is the text alone
//! ([`Schedule`]), so that a better reader changes no revision.
//!
//! How a text becomes dates: `lex` cuts it into tokens, `parse` reads them clause by clause into a [`Rule`], `next` gives the
//! rule's dates with our own table of [`holidays`], and `osm` prints the rule. This module does no I/O.

pub mod holidays;
mod lex;
pub mod next;
mod osm;
mod parse;
pub mod rule;

use chrono::NaiveDate;
use serde::Serialize;

pub use next::{Moment, Occurrence};
pub use rule::Rule;
use rule::{Season, YearDay};

use crate::model::City;

/// What a reader must know besides the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleContext {
    /// The day from which a date without a year is told: the nearest that agrees with its weekday.
    pub today: NaiveDate,
    /// The days meant by 年末年始 where the words do not say.
    pub new_year: Season,
}

impl ScheduleContext {
    /// With 年末年始 as the municipality has it.
    pub fn of_city(city: &City, today: NaiveDate) -> Self {
        let said = city.new_year.as_deref().and_then(season);
        said.map_or_else(|| Self::new(today), |new_year| Self { today, new_year })
    }

    /// With 年末年始 from 29 December to 3 January.
    pub fn new(today: NaiveDate) -> Self {
        let new_year = Season { from: YearDay { month: 12, day: 29 }, to: YearDay { month: 1, day: 3 } };
        Self { today, new_year }
    }

    /// Whether the day is a national holiday or at the turn of the year: days on which many do not meet, whatever their words say.
    pub fn is_out_of_the_ordinary(&self, day: NaiveDate) -> bool {
        holidays::is_holiday(day) || self.new_year.has(day)
    }
}

/// What was understood of a schedule: either a rule, or the part for which there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParsedSchedule {
    /// The rule; `None` if any words that may concern the dates are not understood, or the words say no dates.
    pub rule: Option<Rule>,
    /// The part not understood, in the letters of the text; `None` if there is a rule.
    pub unread: Option<String>,
}

/// What is answered to a phrase: its rule, or what of it is not understood, and the next dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhraseAnswer {
    /// The words as given.
    pub text: String,
    /// The rule as OSM `opening_hours`, or in our own notation where OSM cannot say it: then with braces, so that no OSM reader
    /// takes it.
    pub rule: Option<String>,
    /// The part not understood.
    pub unread: Option<String>,
    /// The next times, in order and in local time.
    pub next: Vec<Occurrence>,
}

/// Reads a phrase and gives its first `count` dates on the day given or later.
pub fn answer(text: &str, context: &ScheduleContext, from: NaiveDate, count: usize) -> PhraseAnswer {
    let ParsedSchedule { rule, unread } = read(text, context);
    let next = rule.as_ref().map(|rule| rule.next_from(from, count)).unwrap_or_default();
    PhraseAnswer { text: text.to_owned(), rule: rule.map(|rule| rule.to_string()), unread, next }
}

/// A part of the year as lists write it: 「12/29〜1/3」, 「12〜3月」; `None` for anything else.
pub fn season(text: &str) -> Option<Season> {
    parse::season(text)
}

/// The longest text that is read, in characters; longer ones are prose.
const LONGEST: usize = 1_000;

/// Reads a schedule.
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
        Ok(rule) => ParsedSchedule { rule: Some(rule), unread: None },
        Err(unread) => ParsedSchedule { rule: None, unread: Some(unread) },
    }
}
