//! How the times of a place read since it was first stored. This module does no I/O.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Contact, Schedule, Status};

/// When the times of a place were revised, and what they were each time.
///
/// Calendars publish when a place was last revised. An edit that an audience may not see must not show there, so that each
/// audience's snapshot compares the wordings as that audience sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimesHistory {
    /// When the place was first stored.
    pub since: DateTime<Utc>,
    /// Every wording, oldest first; empty where there was only one.
    pub wordings: Vec<TimesWording>,
}

/// The times of a place from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimesWording {
    /// The moment of the revision.
    pub at: DateTime<Utc>,
    /// Its schedules, as written.
    pub schedule: Vec<Schedule>,
    /// Whether it took place.
    pub status: Status,
    /// Its contact then, whose names and numbers the words may hold.
    pub contact: Contact,
}

impl TimesHistory {
    /// When the times last changed for somebody who sees a wording as `seen` gives it.
    pub fn last_change<S: PartialEq>(&self, seen: impl Fn(&TimesWording) -> S) -> DateTime<Utc> {
        let mut newest_first = self.wordings.iter().rev();
        let Some(mut later) = newest_first.next() else { return self.since };
        let current = seen(later);
        for earlier in newest_first {
            if seen(earlier) != current {
                return later.at;
            }
            later = earlier;
        }
        self.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        format!("2026-11-{day:02}T00:00:00Z").parse().unwrap()
    }

    fn history(texts: &[&str]) -> TimesHistory {
        let wording = |(n, text): (usize, &&str)| TimesWording {
            at: at(u32::try_from(n).unwrap() + 1),
            schedule: vec![Schedule { text: (*text).to_owned() }],
            status: Status::Active,
            contact: Contact::default(),
        };
        TimesHistory { since: at(1), wordings: texts.iter().enumerate().map(wording).collect() }
    }

    #[test]
    fn what_one_does_not_see_of_a_change_is_no_change() {
        let everything = |it: &TimesWording| it.schedule.clone();
        let before_brackets = |it: &TimesWording| it.schedule[0].text.split('（').next().unwrap_or_default().to_owned();
        for (texts, all, without_brackets) in [
            (&[][..], 1, 1),
            (&["木曜"], 1, 1),
            (&["木曜", "金曜"], 2, 2),
            (&["木曜（鍵は見本）", "木曜（鍵は例示）"], 2, 1),
            (&["木曜", "金曜（鍵は見本）", "金曜（鍵は例示）"], 3, 2),
            (&["木曜", "金曜", "木曜"], 3, 3),
        ] {
            let history = history(texts);
            assert_eq!(history.last_change(everything), at(all), "{texts:?}");
            assert_eq!(history.last_change(before_brackets), at(without_brackets), "{texts:?}");
        }
    }
}
