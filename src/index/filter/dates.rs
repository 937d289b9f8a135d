//! The parameter `datetime` of OGC API – Features: a date, an instant or an interval, and which places meet during it.
//!
//! A date is the whole day in Japan. Schedules are the engine's: a session that may be called off by the words is no date. This
//! module does no I/O.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use super::meetings::MeetingTable;
use crate::model::City;
use crate::schedule::{Moment, Occurrence, Rule};

/// Japan's time, all year round, in seconds east of Greenwich.
const JAPAN_SECONDS: i32 = 9 * 3600;

/// An interval in Japan's local time; an end that is `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateInterval {
    from: Option<NaiveDateTime>,
    until: Option<IntervalEnd>,
}

/// The end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct IntervalEnd {
    at: NaiveDateTime,
    /// Whether the moment itself belongs to the interval; the midnight that ends a day does not.
    is_included: bool,
}

/// One side of an interval, as written.
#[derive(Debug, Clone, Copy)]
enum WrittenMoment {
    Open,
    Day(NaiveDate),
    Instant(NaiveDateTime),
}

impl DateInterval {
    /// Parses `2026-11-22`, `2026-11-22T10:00:00+09:00`, and two of either or `..` with `/` between them.
    ///
    /// # Errors
    ///
    /// If it is none of these, or ends before it begins.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        let is_single = !text.contains('/');
        let (first, last) = (WrittenMoment::parse(first, is_single)?, WrittenMoment::parse(last, is_single)?);
        let interval = Self { from: first.start(), until: last.end()? };
        match (interval.from, interval.until) {
            (Some(from), Some(until)) if until.at < from || until.at == from && !until.is_included => {
                Err(format!("{text:?} ends before it begins"))
            }
            _ => Ok(interval),
        }
    }

    /// Whether `occurrence` and the interval have a moment in common. An occurrence without an end is the moment of its start.
    fn overlaps(&self, occurrence: &Occurrence) -> bool {
        let (start, end) = bounds(occurrence);
        let begins_in_time = self.until.is_none_or(|until| start < until.at || until.is_included && start == until.at);
        let ends_late_enough = self.from.is_none_or(|from| end > from || start == end && start >= from);
        begins_in_time && ends_late_enough
    }

    /// Whether a session of `rule` takes place during the interval.
    pub fn has_session_of(&self, rule: &Rule) -> bool {
        // A session that began the day before may go on past midnight.
        let first = self.from.and_then(|from| from.date().pred_opt());
        let last = self.until.map(|until| until.at.date());
        rule.occurrences_between(first, last).any(|occurrence| self.overlaps(&occurrence))
    }
}

/// Start and end of an occurrence; a day without a time is all of it.
fn bounds(occurrence: &Occurrence) -> (NaiveDateTime, NaiveDateTime) {
    let midnight_after = |day: NaiveDate| (day + Days::new(1)).and_time(NaiveTime::MIN);
    match (occurrence.start, occurrence.end) {
        (Moment::Day(day), None) => (day.and_time(NaiveTime::MIN), midnight_after(day)),
        (Moment::Day(day), Some(end)) => (day.and_time(NaiveTime::MIN), midnight_after(end.date())),
        (Moment::Time(start), None) => (start, start),
        (Moment::Time(start), Some(Moment::Time(end))) => (start, end.max(start)),
        (Moment::Time(start), Some(Moment::Day(end))) => (start, midnight_after(end)),
    }
}

impl WrittenMoment {
    fn parse(text: &str, is_single: bool) -> Result<Self, String> {
        if !is_single && matches!(text, "" | "..") {
            return Ok(Self::Open);
        }
        if let Some(day) = text.parse::<NaiveDate>().ok().filter(|_| text.len() == 10) {
            return Ok(Self::Day(day));
        }
        let japan = FixedOffset::east_opt(JAPAN_SECONDS).ok_or("Japan is nine hours east")?;
        // RFC 3339; the `+` of an offset may have become a space on its way.
        let written = text.replace(' ', "+");
        let instant = DateTime::parse_from_rfc3339(&written).ok().filter(|_| text.get(10..11) == Some("T"));
        let instant = instant.map(|instant| Self::Instant(instant.with_timezone(&japan).naive_local()));
        instant.ok_or_else(|| {
            format!("{text:?} is neither a date (2026-11-22) nor a date-time (2026-11-22T10:00:00+09:00)")
        })
    }

    fn start(self) -> Option<NaiveDateTime> {
        match self {
            Self::Open => None,
            Self::Day(day) => Some(day.and_time(NaiveTime::MIN)),
            Self::Instant(instant) => Some(instant),
        }
    }

    fn end(self) -> Result<Option<IntervalEnd>, String> {
        Ok(match self {
            Self::Open => None,
            Self::Day(day) => {
                let next = day.succ_opt().ok_or("the last day of the calendar has no end")?;
                Some(IntervalEnd { at: next.and_time(NaiveTime::MIN), is_included: false })
            }
            Self::Instant(at) => Some(IntervalEnd { at, is_included: true }),
        })
    }
}

/// Which places meet during an interval, each set of schedules evaluated at most once.
#[derive(Debug)]
pub(super) struct DateCondition<'a> {
    interval: DateInterval,
    meetings: &'a MeetingTable,
    rules: Arc<[Vec<Rule>]>,
    fits: Vec<OnceCell<DateFit>>,
}

/// How a place fits an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFit {
    /// It meets during the interval.
    Meets,
    /// It does not.
    Never,
    /// None of its schedules can be read.
    WithoutDates,
}

impl<'a> DateCondition<'a> {
    pub(super) fn new(interval: DateInterval, meetings: &'a MeetingTable, today: NaiveDate, city: &City) -> Self {
        let rules = meetings.rules_on(today, city);
        let fits = vec![OnceCell::new(); rules.len()];
        Self { interval, meetings, rules, fits }
    }

    /// Whether the place with this index meets.
    pub(super) fn fit(&self, place: usize) -> DateFit {
        let Some(number) = self.meetings.number_of(place) else { return DateFit::Never };
        *self.fits[number].get_or_init(|| match self.rules[number].as_slice() {
            [] => DateFit::WithoutDates,
            rules if rules.iter().any(|rule| self.interval.has_session_of(rule)) => DateFit::Meets,
            _ => DateFit::Never,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{ScheduleContext, read};

    fn meets(schedule: &str, interval: &str) -> bool {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let rule = read(schedule, &ScheduleContext::new(today)).rule.unwrap();
        DateInterval::parse(interval).unwrap().has_session_of(&rule)
    }

    #[test]
    fn a_session_counts_if_it_has_a_moment_of_the_interval() {
        // The first of December 2026 is a Tuesday.
        for (schedule, interval, expected) in [
            ("毎週火曜 13:30〜15:00", "2026-12-01", true),
            ("毎週火曜 13:30〜15:00", "2026-12-02", false),
            ("毎週火曜 13:30〜15:00", "2026-12-01T14:00:00+09:00", true),
            ("毎週火曜 13:30〜15:00", "2026-12-01T05:00:00Z", true),
            ("毎週火曜 13:30〜15:00", "2026-12-01T15:00:00+09:00", false),
            ("毎週火曜 13:30〜15:00", "2026-12-01T13:30:00+09:00", true),
            ("毎週火曜 13:30〜15:00", "2026-12-01T14:59:00+09:00/2026-12-03", true),
            ("毎週火曜 13:30〜15:00", "2026-12-02/..", true),
            ("毎週火曜 13:30〜15:00", "../2026-12-02", true),
            ("毎週火曜", "2026-12-01T23:00:00+09:00", true),
            ("毎週火曜 13:30", "2026-12-01T13:30:00+09:00", true),
            ("毎週火曜 13:30", "2026-12-01T13:31:00+09:00", false),
            ("2026年12月3日 10:00〜12:00", "../2026-12-02", false),
            ("2026年12月3日 10:00〜12:00", "2020-01-01/2030-01-01", true),
            ("2026年12月3日 10:00〜12:00", "2026-12-04/..", false),
            ("毎週火曜 13:30〜15:00（祝日休み）", "2026-11-03", false),
        ] {
            assert_eq!(meets(schedule, interval), expected, "{schedule} {interval}");
        }
    }

    #[test]
    fn what_is_no_interval_is_refused() {
        for text in [
            "",
            "..",
            "tomorrow",
            "2026-13-01",
            "2026-12-01T10:00:00",
            "2026-12-02/2026-12-01",
            "2026-12-01/2026-12-02/..",
            "2026/12/01",
            "20261201",
            "2026-12-01 10:00:00+09:00",
        ] {
            assert!(DateInterval::parse(text).is_err(), "{text}");
        }
        for text in ["../..", "/2026-12-01", "2026-12-01/", "2026-12-01/2026-12-01", "2026-12-01T10:00:00 09:00"] {
            assert!(DateInterval::parse(text).is_ok(), "{text}");
        }
    }
}
