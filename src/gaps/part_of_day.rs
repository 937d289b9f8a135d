//! Parts of a day, for planners' filters. This module does no I/O.

use chrono::{NaiveTime, Timelike as _};

use crate::schedule::{Moment, Occurrence};

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOfDay {
    /// Before noon.
    Morning,
    /// From noon to five.
    Afternoon,
    /// From five on.
    Evening,
}

impl PartOfDay {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The value in a query and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// The part with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Minutes after midnight, the end excluded.
    const fn minutes(self) -> (u32, u32) {
        match self {
            Self::Morning => (0, 12 * 60),
            Self::Afternoon => (12 * 60, 17 * 60),
            Self::Evening => (17 * 60, 24 * 60),
        }
    }

    /// Whether a meeting takes place in this part: some minute of it, where its end is known. Hours that are not known are in none.
    pub(super) fn has(self, meeting: &Occurrence) -> bool {
        let Moment::Time(start) = meeting.start else { return false };
        let minute = |time: NaiveTime| time.hour() * 60 + time.minute();
        let begins = minute(start.time());
        let ends = match meeting.end {
            Some(Moment::Time(end)) if end.date() > start.date() => 24 * 60,
            Some(Moment::Time(end)) => minute(end.time()).max(begins + 1),
            _ => begins + 1,
        };
        let (from, to) = self.minutes();
        begins < to && ends > from
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{ScheduleContext, read};

    #[test]
    fn a_meeting_is_in_every_part_of_the_day_that_it_reaches_into() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let parts = |words: &str| {
            let rule = read(words, &ScheduleContext::new(today)).rule.unwrap();
            let meetings = rule.next_from(today, 1);
            let parts = PartOfDay::ALL.into_iter().filter(|part| meetings.iter().any(|it| part.has(it)));
            parts.map(PartOfDay::code).collect::<Vec<_>>().join(" ")
        };
        for (words, expected) in [
            ("毎週木曜 10:00〜11:30", "morning"),
            ("毎週木曜 10:00〜12:00", "morning"),
            ("毎週木曜 10:00〜15:00", "morning afternoon"),
            ("毎週木曜 13:30〜15:00", "afternoon"),
            ("毎週木曜 16:00〜18:00", "afternoon evening"),
            ("毎週木曜 19:00〜21:00", "evening"),
            ("毎週木曜 9:00〜21:00", "morning afternoon evening"),
            ("毎週木曜 13:30から", "afternoon"),
            ("毎週木曜", ""),
        ] {
            assert_eq!(parts(words), expected, "{words}");
        }
    }
}
