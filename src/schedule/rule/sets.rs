//! Sets of days: of the week, of a weekday within the month, of the month. This module does no I/O.

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
pub struct NthWeeks(u8);

impl NthWeeks {
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
