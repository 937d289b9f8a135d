//! The conditions that can be chosen: when a place must meet, and what must be known of it.
//!
//! Their codes are the same in addresses, in the API and in `words.toml`. This module does no I/O.

use chrono::Weekday;

use crate::model::AccessFact;

/// How far a place passes a filter; of several conditions, the last in this order counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilterFit {
    /// It does.
    Certain,
    /// By something near what was typed.
    Near,
    /// Nobody knows.
    Unknown,
    /// It does not.
    Never,
}

/// The days of the week, Monday first, with their codes.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayPart {
    /// Before noon.
    Morning,
    /// From noon to five.
    Afternoon,
    /// From five on.
    Evening,
}

impl DayPart {
    /// Every part, in the order of the day.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// Its code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// Its first minute of the day, and the one after its last; the evening ends with the night.
    pub fn minutes(self) -> (u16, u16) {
        match self {
            Self::Morning => (0, 12 * 60),
            Self::Afternoon => (12 * 60, 17 * 60),
            Self::Evening => (17 * 60, 48 * 60),
        }
    }

    /// Its bit in a set of parts.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The days asked for, counted from the day of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskedDays {
    /// That day.
    Today,
    /// The day after.
    Tomorrow,
    /// Seven days, the first of which is that day.
    Week,
}

impl AskedDays {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Today, Self::Tomorrow, Self::Week];

    /// Its code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Week => "week",
        }
    }

    /// The days, as numbers from the day of the question.
    pub fn days(self) -> std::ops::Range<usize> {
        match self {
            Self::Today => 0..1,
            Self::Tomorrow => 1..2,
            Self::Week => 0..7,
        }
    }
}

/// When a place must meet: on one of these days, in one of these parts of it. Sets are bits; an empty one means any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MeetingWish {
    /// Single days, counted from the day of the question.
    pub days: Option<AskedDays>,
    /// Days of the week, Monday is bit 0.
    pub weekdays: u8,
    /// Parts of the day ([`DayPart::bit`]).
    pub parts: u8,
}

impl MeetingWish {
    /// Whether any time will do.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Adds what `code` names: a day of the week, 平日 or 週末, a part of the day, or single days. Returns whether there is such a code.
    pub fn add(&mut self, code: &str) -> bool {
        if let Some(day) = WEEKDAYS.iter().position(|(known, _)| *known == code) {
            self.weekdays |= 1 << day;
        } else if let Some(part) = DayPart::ALL.into_iter().find(|part| part.code() == code) {
            self.parts |= part.bit();
        } else if let Some(days) = AskedDays::ALL.into_iter().find(|days| days.code() == code) {
            self.days = Some(days);
        } else {
            match code {
                "weekday" => self.weekdays |= 0b001_1111,
                "weekend" => self.weekdays |= 0b110_0000,
                _ => return false,
            }
        }
        true
    }

    /// The codes that make it up, in the order of the page.
    pub fn codes(self) -> Vec<&'static str> {
        let days = self.days.into_iter().map(AskedDays::code);
        let weekdays = WEEKDAYS.iter().enumerate().filter(move |(day, _)| self.weekdays & 1 << day != 0);
        let parts = DayPart::ALL.into_iter().filter(move |part| self.parts & part.bit() != 0);
        days.chain(weekdays.map(|(_, (code, _))| *code)).chain(parts.map(DayPart::code)).collect()
    }

    /// This wish with what `code` names added to it, or taken out of it.
    #[must_use]
    pub fn toggled(self, code: &str) -> Self {
        let mut one = Self::default();
        one.add(code);
        let days = if one.days.is_none() { self.days } else { one.days.filter(|_| self.days != one.days) };
        Self { days, weekdays: self.weekdays ^ one.weekdays, parts: self.parts ^ one.parts }
    }
}

/// What can be required of a place: an access fact, or that new people are welcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceFact {
    /// A fact of access, as lists have them; some also follow from others.
    Access(AccessFact),
    /// New people are welcome.
    AcceptsNew,
}

/// The facts that the page offers, in its order.
pub const OFFERED_FACTS: [PlaceFact; 6] = [
    PlaceFact::Access(AccessFact::StepFree),
    PlaceFact::Access(AccessFact::PickUp),
    PlaceFact::Access(AccessFact::Toilet),
    PlaceFact::Access(AccessFact::FreeOfCharge),
    PlaceFact::Access(AccessFact::VisitFirst),
    PlaceFact::AcceptsNew,
];

impl PlaceFact {
    /// Every fact, in the order of its bit.
    pub fn all() -> impl Iterator<Item = Self> {
        AccessFact::ALL.into_iter().map(Self::Access).chain([Self::AcceptsNew])
    }

    /// The fact with this code: `step_free`, `accepts_new` …
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|fact| fact.code() == code)
    }

    /// Its code in addresses and in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Access(fact) => fact.code(),
            Self::AcceptsNew => "accepts_new",
        }
    }

    /// Its bit in the sets of a place.
    pub fn bit(self) -> u32 {
        Self::all().position(|fact| fact == self).map_or(0, |at| 1 << at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_as_it_is_written() {
        for fact in PlaceFact::all() {
            assert_eq!(PlaceFact::from_code(fact.code()), Some(fact));
        }
        let mut wish = MeetingWish::default();
        let codes = ["week", "mon", "sat", "morning", "evening"];
        assert!(codes.iter().all(|code| wish.add(code)) && !wish.add("noon"));
        assert_eq!(wish.codes(), codes);
    }

    #[test]
    fn toggling_a_code_twice_changes_nothing() {
        let mut wish = MeetingWish::default();
        wish.add("tue");
        for code in ["today", "week", "tue", "sun", "morning"] {
            assert_ne!(wish.toggled(code), wish, "{code}");
            assert_eq!(wish.toggled(code).toggled(code), wish, "{code}");
        }
    }
}
