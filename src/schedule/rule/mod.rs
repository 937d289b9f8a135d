//! A recurrence rule: on which days, at what hours, and when not.
//!
//! A [`Rule`] holds exactly what the phrases of Japanese lists say, fortnights with their anchor date and closings that move
//! past a holiday included. It knows no text: `parse` makes it, `next` gives its dates, `osm` prints it.
//! This module does no I/O.

mod sets;

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

pub use sets::{MonthDays, NthWeeks, Weekdays};

/// A day of every year; the 31st of any month means its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct YearDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl YearDay {
    /// A day of the year, if some year has it (February has 29).
    pub fn new(month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| Self { month, day })
    }
}

/// A part of every year, both ends included; it may run past the turn of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// Its first day.
    pub from: YearDay,
    /// Its last day.
    pub to: YearDay,
}

impl Season {
    /// Whole months, e.g. from December to March.
    pub fn months(from: u32, to: u32) -> Self {
        Self { from: YearDay { month: from, day: 1 }, to: YearDay { month: to, day: 31 } }
    }

    /// Whether the day is in this part of the year.
    pub fn has(self, date: NaiveDate) -> bool {
        let day = YearDay { month: date.month(), day: date.day() };
        if self.from <= self.to { self.from <= day && day <= self.to } else { self.from <= day || day <= self.to }
    }
}

/// What weekdays mean on a national holiday.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HolidayRule {
    /// A holiday is a day like any other.
    #[default]
    AsAnyDay,
    /// Holidays count whatever their weekday (土日祝).
    Also,
    /// Holidays do not count (平日).
    Never,
    /// Only holidays on one of the weekdays count.
    Only,
}

/// Which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayPattern {
    /// Every week.
    Weekly {
        /// The days of the week.
        weekdays: Weekdays,
        /// What holds on holidays.
        holidays: HolidayRule,
    },
    /// Certain ones of the month's weekdays, e.g. the second and fourth Thursday.
    Nth {
        /// Which ones.
        nths: NthWeeks,
        /// Of which weekdays.
        weekdays: Weekdays,
    },
    /// Days of the month.
    Monthly(MonthDays),
    /// Every fourteenth day from this one on.
    Fortnight {
        /// The first day.
        anchor: NaiveDate,
    },
    /// These days alone.
    Dates(Vec<NaiveDate>),
    /// The day after each national holiday.
    AfterHoliday,
}

impl DayPattern {
    /// Every day.
    pub const EVERY: Self = Self::Weekly { weekdays: Weekdays::ALL, holidays: HolidayRule::AsAnyDay };
    /// National holidays.
    pub const HOLIDAYS: Self = Self::Weekly { weekdays: Weekdays::NONE, holidays: HolidayRule::Also };
}

/// Which days a substitution concerns: those of a weekday, or holidays, or either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayKind {
    /// The weekdays.
    pub weekdays: Weekdays,
    /// Whether holidays are meant.
    pub holidays: bool,
}

/// Where a day that is a holiday goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HolidayMove {
    /// Nowhere: the day does not count.
    Nowhere,
    /// To the day after (翌日).
    NextDay,
    /// To the next day from Monday to Friday that is no holiday (翌平日).
    NextWorkday,
    /// To the same weekday of the following week (翌週).
    NextWeek,
    /// To the day before (前日).
    PreviousDay,
    /// To the last day before it from Monday to Friday that is no holiday (前の平日).
    PreviousWorkday,
    /// To the same weekday of the week before (前週).
    PreviousWeek,
    /// To the first such weekday after it (次の月曜).
    NextNamed(Weekday),
    /// To the last such weekday before it (前の金曜).
    PreviousNamed(Weekday),
    /// To another one of the same weekday in its month (祝日の場合は第4月曜), 1 to 5.
    Nth(u32),
}

/// What happens to a day of a pattern that is, say, a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Which days it concerns.
    pub when: DayKind,
    /// Where they go.
    pub to: HolidayMove,
}

/// Days in parts of the year, with what holds on holidays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePattern {
    /// Which days.
    pub days: DayPattern,
    /// In which parts of the year; empty is all year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<Season>,
    /// What happens on holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
}

impl From<DayPattern> for RulePattern {
    fn from(days: DayPattern) -> Self {
        Self { days, seasons: Vec::new(), shift: None }
    }
}

/// From when to when, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TimeSlot {
    /// Minutes after midnight, below 1,440.
    pub from: u16,
    /// Minutes after the same midnight, so more than 1,440 past the night; `None` if no end is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u16>,
}

impl TimeSlot {
    /// Whether the two share a moment; a slot without an end is taken for a moment.
    pub fn overlaps(self, other: Self) -> bool {
        let end = |s: Self| s.to.unwrap_or(s.from + 1);
        self.from < end(other) && other.from < end(self)
    }
}

/// When it takes place: days and hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// On which days.
    pub when: RulePattern,
    /// Days among them for which another session speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<RulePattern>,
    /// At what hours; empty if no time is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<TimeSlot>,
}

/// Days on which the words leave open whether a session takes place: 「小学校の休業中は休み」, 「隔週」 without a first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDays {
    /// Which days.
    pub days: RulePattern,
    /// Whether a session may be held on another day instead, outside the rule; else it can only be missing.
    pub may_move: bool,
}

/// Everything a schedule says of dates and times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// When it takes place; a day counts if any of these has it.
    pub sessions: Vec<Session>,
    /// When it does not; stronger than any session.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<RulePattern>,
    /// Days for which the words do not settle whether a session takes place. Dates are given up to the first of them; the
    /// hours and weekdays of the sessions hold all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<OpenDays>,
    /// The first day it holds, if one is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day it holds, if one is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Rule {
    /// The days and hours, where they are all that the rule says: one session with at most one slot, and no season, exception, day
    /// off, or bound.
    pub fn plain_session(&self) -> Option<(&DayPattern, Option<TimeSlot>)> {
        let Self { sessions, closures, open, from: None, until: None } = self else { return None };
        let [Session { when: RulePattern { days, seasons, shift: None }, except, hours }] = sessions.as_slice() else {
            return None;
        };
        let is_plain = closures.is_empty() && open.is_empty() && seasons.is_empty() && except.is_empty();
        (is_plain && hours.len() <= 1).then(|| (days, hours.first().copied()))
    }

    /// Whether there is a session of which the words settle no single date: 隔週 without a first day, 「月2回 土曜」.
    pub fn has_open_session(&self) -> bool {
        let is_every = |days: &RulePattern| days.days == DayPattern::EVERY && days.seasons.is_empty();
        let is_open =
            |session: &Session| self.open.iter().any(|open| open.days == session.when || is_every(&open.days));
        self.sessions.iter().any(is_open)
    }

    /// Whether it never takes place outside its weekdays and hours, whatever its open days turn out to be.
    pub fn is_bounded(&self) -> bool {
        self.open.iter().all(|open| !open.may_move)
    }
}
