//! What a schedule says, as a value: on which days, at what hours, and when not.
//!
//! A [`Rule`] holds exactly what the phrases of Japanese lists say, fortnights with their anchor date and closings that move
//! past a holiday included. It knows no text: `parse` makes it, `next` gives its dates, `osm` prints it.
//! This module does no I/O.

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A set of days of the week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Sunday.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);
    /// No day.
    pub const NONE: Self = Self(0);

    /// The set of one day.
    pub fn one(day: Weekday) -> Self {
        Self(1 << day.num_days_from_monday())
    }

    /// From one day to another, past the end of the week if need be.
    pub fn range(from: Weekday, to: Weekday) -> Self {
        let mut set = Self::one(from);
        let mut day = from;
        while day != to {
            day = day.succ();
            set = set.or(Self::one(day));
        }
        set
    }

    /// The days of either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The days of both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The days of this set that are not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the day is in the set.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & Self::one(day).0 != 0
    }

    /// How many days the set has, 0 to 7.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether the set has no day.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days of the set, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        std::iter::successors(Some(Weekday::Mon), |d| (*d != Weekday::Sun).then(|| d.succ()))
            .filter(move |d| self.has(*d))
    }
}

/// Which of a weekday's occurrences in a month: the first to the fifth, and the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nths(u8);

impl Nths {
    const LAST_BIT: u8 = 1 << 7;
    /// The last one of the month.
    pub const LAST: Self = Self(Self::LAST_BIT);

    /// The n-th, 1 to 5; `None` for any other number.
    pub fn nth(n: u32) -> Option<Self> {
        (1..=5).contains(&n).then(|| Self(1 << n))
    }

    /// The occurrences of either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// How many a month these are at most.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the day is the first, second … or last of its weekday in its month, as the set says.
    pub fn has(self, date: NaiveDate) -> bool {
        let nth = (date.day() - 1) / 7 + 1;
        self.0 & (1 << nth) != 0 || (self.0 & Self::LAST_BIT != 0 && is_last_week(date))
    }

    /// The numbers of the set; -1 is the last.
    pub fn iter(self) -> impl Iterator<Item = i8> {
        (1..=5).filter(move |n| self.0 & (1 << n) != 0).chain((self.0 & Self::LAST_BIT != 0).then_some(-1))
    }
}

fn is_last_week(date: NaiveDate) -> bool {
    date.checked_add_days(chrono::Days::new(7)).is_none_or(|next| next.month() != date.month())
}

/// A set of days of the month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthDays {
    bits: u32,
    /// Whether the last day of the month, whichever it is, belongs to the set.
    pub last: bool,
}

impl MonthDays {
    /// The last day of every month.
    pub const LAST: Self = Self { bits: 0, last: true };

    /// The days from one to another, 1 to 31; `None` if that is no range of days.
    pub fn range(from: u32, to: u32) -> Option<Self> {
        let valid = 1 <= from && from <= to && to <= 31;
        valid.then(|| Self { bits: (from..=to).fold(0, |bits, d| bits | 1 << d), last: false })
    }

    /// The days whose last digit is the one given, e.g. 5, 15 and 25.
    pub fn ending_in(digit: u32) -> Self {
        Self { bits: (1..=31).filter(|d| d % 10 == digit).fold(0, |bits, d| bits | 1 << d), last: false }
    }

    /// The days of either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, last: self.last || other.last }
    }

    /// How many days a month these are at most.
    pub fn len(self) -> u32 {
        self.bits.count_ones() + u32::from(self.last)
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the day is in the set.
    pub fn has(self, date: NaiveDate) -> bool {
        let is_last = || date.succ_opt().is_none_or(|next| next.month() != date.month());
        self.bits & (1 << date.day()) != 0 || (self.last && is_last())
    }

    /// The numbers of the set, without the last day.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        (1..=31).filter(move |d| self.bits & (1 << d) != 0)
    }
}

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
pub enum Holidays {
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
pub enum Days {
    /// Every week.
    Weekly {
        /// The days of the week.
        weekdays: Weekdays,
        /// What holds on holidays.
        holidays: Holidays,
    },
    /// Certain ones of the month's weekdays, e.g. the second and fourth Thursday.
    Nth {
        /// Which ones.
        nths: Nths,
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

impl Days {
    /// Every day.
    pub const EVERY: Self = Self::Weekly { weekdays: Weekdays::ALL, holidays: Holidays::AsAnyDay };
    /// National holidays.
    pub const HOLIDAYS: Self = Self::Weekly { weekdays: Weekdays::NONE, holidays: Holidays::Also };
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
pub enum Move {
    /// Nowhere: the day does not count.
    Nowhere,
    /// To the day after (翌日).
    NextDay,
    /// To the next day from Monday to Friday that is no holiday (翌平日).
    NextWorkday,
    /// To the same weekday of the following week (翌週).
    NextWeek,
}

/// What happens to a day of a pattern that is, say, a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Which days it concerns.
    pub when: DayKind,
    /// Where they go.
    pub to: Move,
}

/// Days in parts of the year, with what holds on holidays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// Which days.
    pub days: Days,
    /// In which parts of the year; empty is all year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<Season>,
    /// What happens on holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
}

impl From<Days> for Pattern {
    fn from(days: Days) -> Self {
        Self { days, seasons: Vec::new(), shift: None }
    }
}

/// From when to when, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    /// Minutes after midnight, below 1,440.
    pub from: u16,
    /// Minutes after the same midnight, so more than 1,440 past the night; `None` if no end is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u16>,
}

impl Slot {
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
    pub when: Pattern,
    /// Days among them for which another session speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Pattern>,
    /// At what hours; empty if no time is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Slot>,
}

/// Everything a schedule says of dates and times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// When it takes place; a day counts if any of these has it.
    pub sessions: Vec<Session>,
    /// When it does not; stronger than any session.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Pattern>,
    /// The first day it holds, if one is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day it holds, if one is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}
