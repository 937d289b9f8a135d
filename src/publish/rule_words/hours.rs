//! Hours, in words. This module does no I/O.

use super::RuleWords;
use crate::schedule::rule::TimeSlot;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

impl RuleWords {
    /// Hours of a day; empty where none are said.
    pub(super) fn hours(&self, slots: &[TimeSlot]) -> String {
        self.listed(&slots.iter().map(|slot| self.slot(*slot)).collect::<Vec<_>>())
    }

    fn slot(&self, TimeSlot { from, to }: TimeSlot) -> String {
        let from = clock(from);
        match to {
            None => self.fill("schedule.hours_from", &[("from", &from)]),
            Some(to) if to > DAY => {
                let to = self.fill("schedule.next_day", &[("time", &clock(to - DAY))]);
                self.fill("schedule.hours", &[("from", &from), ("to", &to)])
            }
            Some(to) => self.fill("schedule.hours", &[("from", &from), ("to", &clock(to))]),
        }
    }
}

fn clock(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
