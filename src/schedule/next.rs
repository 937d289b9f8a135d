//! Evaluates the dates of a rule.
//!
//! The crate `opening-hours` is not used here: a rule expresses more than OSM's `opening_hours` can (a fortnight, a
//! closing that moves past a holiday, a day without a time), and one evaluator is enough. The crate is the test oracle:
//! it evaluates whatever [`Rule::opening_hours`] prints, with the same table of holidays.
//! A look ahead takes at most [`HORIZON_DAYS`] steps. Where a substituted day is itself a holiday, so that the words leave open
//! which day is meant, no date is given. This module does no I/O.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days as Step, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use serde::{Serialize, Serializer};

use super::holidays::{self, is_holiday};
use super::rule::{
    DayKind, DayPattern, HolidayMove, HolidayRule, Rule, RulePattern, Session, Shift, TimeSlot, Weekdays,
};

/// The search horizon in days: two years.
pub const HORIZON_DAYS: u64 = 731;

/// A moment in local time, or a whole day where no time is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A day without a time.
    Day(NaiveDate),
    /// A day and a time.
    Time(NaiveDateTime),
}

impl Moment {
    /// The day.
    pub fn date(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Time(time) => time.date(),
        }
    }

    /// The day and the time, if given; a whole day sorts before its hours.
    pub fn at(self) -> (NaiveDate, Option<NaiveTime>) {
        match self {
            Self::Day(day) => (day, None),
            Self::Time(time) => (time.date(), Some(time.time())),
        }
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            // Written by hand: a pattern is read anew each time, and the finder writes a hundred dates an answer.
            Self::Time(time) => write!(f, "{}T{:02}:{:02}", time.date(), time.hour(), time.minute()),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One occurrence in local time: `2026-11-26T13:30`, or `2026-11-26` without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// When it begins.
    pub start: Moment,
    /// When it ends; `None` if not given.
    pub end: Option<Moment>,
}

impl Occurrence {
    /// Whether it is still to come at `after`; a whole day is until it is over.
    pub fn begins_after(&self, after: NaiveDateTime) -> bool {
        match self.start {
            Moment::Day(day) => day >= after.date(),
            Moment::Time(time) => time > after,
        }
    }
}

impl Rule {
    /// The first `n` occurrences that begin after the moment given (local time), in order; a day without a time counts while it
    /// lasts. Single days are found however far away, everything else within [`HORIZON_DAYS`]. The list ends before the first
    /// session for which the words leave open whether it takes place: what comes after it is not next.
    pub fn next(&self, after: NaiveDateTime, n: usize) -> Vec<Occurrence> {
        self.certain_from(after.date()).filter(|it| it.begins_after(after)).take(n).collect()
    }

    /// The first `n` occurrences on the day given or later, up to the first that is open.
    pub fn next_from(&self, day: NaiveDate, n: usize) -> Vec<Occurrence> {
        self.certain_from(day).take(n).collect()
    }

    /// The first `n` occurrences on the day given or later, those included for which the words leave open whether they take
    /// place: the weekdays and hours at which one may meet.
    pub fn possible_from(&self, day: NaiveDate, n: usize) -> Vec<Occurrence> {
        self.occurrences(day).take(n).collect()
    }

    /// The first day from the one given on with a session that may not take place.
    pub fn first_open_day(&self, from: NaiveDate) -> Option<NaiveDate> {
        if self.open.is_empty() {
            return None;
        }
        self.occurrences(from).map(|it| it.start.date()).find(|day| self.is_open_on(*day))
    }

    /// Whether the words leave open if it takes place on the day.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.open.iter().any(|open| open.days.has(day))
    }

    fn certain_from(&self, day: NaiveDate) -> impl Iterator<Item = Occurrence> {
        self.occurrences(day).take_while(|it| !self.is_open_on(it.start.date()))
    }

    /// Whether something takes place on the day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.sessions_on(day).next().is_some()
    }

    /// The occurrences of one day, in order.
    pub fn on(&self, day: NaiveDate) -> Vec<Occurrence> {
        let mut slots: Vec<Option<TimeSlot>> = Vec::new();
        for session in self.sessions_on(day) {
            if session.hours.is_empty() {
                slots.push(None);
            }
            slots.extend(session.hours.iter().copied().map(Some));
        }
        slots.sort_unstable();
        slots.dedup();
        slots.into_iter().filter_map(|slot| occurrence(day, slot)).collect()
    }

    fn occurrences(&self, from: NaiveDate) -> impl Iterator<Item = Occurrence> {
        let mut days: Vec<NaiveDate> = from.iter_days().take(usize::try_from(HORIZON_DAYS).unwrap_or(0)).collect();
        let horizon = days.last().copied().unwrap_or(from);
        let mut far: Vec<NaiveDate> = self.single_days().filter(|d| *d > horizon).collect();
        far.sort_unstable();
        far.dedup();
        days.extend(far);
        days.into_iter().flat_map(|day| self.on(day))
    }

    /// The occurrences on the first to the last day given, in no order of single days, and without those for which the words leave
    /// open whether they take place. An open end is as far as the rule goes; of a long time, the first [`HORIZON_DAYS`] from its
    /// beginning, or up to its end where it has no beginning, and all single days.
    pub fn occurrences_between(
        &self,
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
    ) -> impl Iterator<Item = Occurrence> {
        // Outside of these years nothing is known of holidays, and no date is given.
        let earliest = NaiveDate::from_ymd_opt(*holidays::YEARS.start(), 1, 1);
        let latest = NaiveDate::from_ymd_opt(*holidays::YEARS.end(), 12, 31);
        let forwards = first.is_some() || self.from.is_some() || last.is_none() && self.until.is_none();
        let first = [first, self.from, earliest].into_iter().flatten().max();
        let last = [last, self.until, latest].into_iter().flatten().min();
        let horizon = usize::try_from(HORIZON_DAYS).unwrap_or(0);
        let from = if forwards { first } else { last };
        let next = move |day: &NaiveDate| if forwards { day.succ_opt() } else { day.pred_opt() };
        let near = std::iter::successors(from, next).take(horizon);
        let days: BTreeSet<NaiveDate> = near
            .chain(self.single_days())
            .filter(|day| first.is_none_or(|first| *day >= first) && last.is_none_or(|last| *day <= last))
            .collect();
        days.into_iter().filter(|day| !self.is_open_on(*day)).flat_map(|day| self.on(day))
    }

    fn single_days(&self) -> impl Iterator<Item = NaiveDate> {
        self.sessions.iter().flat_map(|s| match &s.when.days {
            DayPattern::Dates(dates) => dates.clone(),
            _ => Vec::new(),
        })
    }

    pub(super) fn sessions_on(&self, day: NaiveDate) -> impl Iterator<Item = &Session> {
        let held = self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
            && holidays::YEARS.contains(&day.year())
            && !self.closures.iter().any(|c| c.may_close(day));
        self.sessions.iter().filter(move |s| held && s.has(day))
    }
}

fn occurrence(day: NaiveDate, slot: Option<TimeSlot>) -> Option<Occurrence> {
    let Some(slot) = slot else { return Some(Occurrence { start: Moment::Day(day), end: None }) };
    let end = match slot.to {
        Some(to) => Some(Moment::Time(moment(day, to)?)),
        None => None,
    };
    Some(Occurrence { start: Moment::Time(moment(day, slot.from)?), end })
}

fn moment(day: NaiveDate, minutes: u16) -> Option<NaiveDateTime> {
    let day = day.checked_add_days(Step::new(u64::from(minutes / 1440)))?;
    let time = NaiveTime::from_hms_opt(u32::from(minutes % 1440 / 60), u32::from(minutes % 60), 0)?;
    Some(day.and_time(time))
}

impl Session {
    /// Whether the session takes place on the day, closures apart.
    pub fn has(&self, day: NaiveDate) -> bool {
        self.when.has(day) && !self.except.iter().any(|p| p.has(day))
    }
}

impl RulePattern {
    /// Whether the pattern has the day, substitutions included. A day to which one moves does not count if it is itself a
    /// holiday: which day is meant then, the words leave open.
    pub fn has(&self, day: NaiveDate) -> bool {
        let Some(shift) = self.shift else { return self.is_regular(day) };
        let stays = self.is_regular(day) && !shift.when.has(day);
        stays
            || (!shift.when.has(day)
                && shift.sources(day).any(|b| self.moves(shift, b) && shift.target(b) == Some(day)))
    }

    /// Whether the pattern, read as days off, may close the day: where the words leave open which day is meant, each of them.
    fn may_close(&self, day: NaiveDate) -> bool {
        let Some(shift) = self.shift else { return self.is_regular(day) };
        if self.is_regular(day) && !shift.when.has(day) {
            return true;
        }
        let reaches = |b: NaiveDate| shift.target(b) == Some(day) || shift.first_free(b) == Some(day);
        shift.sources(day).any(|b| self.moves(shift, b) && reaches(b))
    }

    fn moves(&self, shift: Shift, day: NaiveDate) -> bool {
        self.is_regular(day) && shift.when.has(day)
    }

    fn is_regular(&self, day: NaiveDate) -> bool {
        self.days.has(day) && (self.seasons.is_empty() || self.seasons.iter().any(|s| s.has(day)))
    }
}

impl DayKind {
    fn has(self, day: NaiveDate) -> bool {
        self.weekdays.has(day.weekday()) || (self.holidays && is_holiday(day))
    }
}

/// How many days a substitution reaches at most: ten, or within a month.
const REACH: usize = 10;
const REACH_IN_MONTH: usize = 30;

impl Shift {
    /// The days that may move to this one.
    fn sources(self, day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        use HolidayMove::{
            NextDay, NextNamed, NextWeek, NextWorkday, Nowhere, Nth, PreviousDay, PreviousNamed, PreviousWeek,
            PreviousWorkday,
        };
        let (before, after) = match self.to {
            Nowhere => (0, 0),
            NextDay | NextWorkday | NextWeek | NextNamed(_) => (REACH, 0),
            PreviousDay | PreviousWorkday | PreviousWeek | PreviousNamed(_) => (0, REACH),
            Nth(_) => (REACH_IN_MONTH, REACH_IN_MONTH),
        };
        let earlier = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt).take(before);
        earlier.chain(std::iter::successors(day.succ_opt(), NaiveDate::succ_opt).take(after))
    }

    fn target(self, day: NaiveDate) -> Option<NaiveDate> {
        let working = |d: &NaiveDate| Weekdays::WORKING.has(d.weekday()) && !is_holiday(*d);
        match self.to {
            HolidayMove::Nowhere => None,
            HolidayMove::NextDay => day.succ_opt(),
            HolidayMove::NextWorkday => day.iter_days().skip(1).take(REACH).find(working),
            HolidayMove::NextWeek => day.checked_add_days(Step::new(7)),
            HolidayMove::NextNamed(named) => day.iter_days().skip(1).take(7).find(|d| d.weekday() == named),
            HolidayMove::PreviousDay => day.pred_opt(),
            HolidayMove::PreviousWorkday => days_back(day).take(REACH).find(working),
            HolidayMove::PreviousWeek => day.checked_sub_days(Step::new(7)),
            HolidayMove::PreviousNamed(named) => days_back(day).take(7).find(|d| d.weekday() == named),
            HolidayMove::Nth(n) => {
                let n = u8::try_from(n).ok()?;
                NaiveDate::from_weekday_of_month_opt(day.year(), day.month(), day.weekday(), n)
            }
        }
    }

    fn first_free(self, day: NaiveDate) -> Option<NaiveDate> {
        let free = |d: &NaiveDate| !self.when.has(*d);
        let forward = matches!(self.to, HolidayMove::NextDay | HolidayMove::NextWorkday);
        forward.then(|| day.iter_days().skip(1).take(REACH).find(free))?
    }
}

fn days_back(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(day.pred_opt(), NaiveDate::pred_opt)
}

impl DayPattern {
    /// Whether the day is one of these.
    pub fn has(&self, day: NaiveDate) -> bool {
        match self {
            Self::Weekly { weekdays, holidays } => match holidays {
                HolidayRule::AsAnyDay => weekdays.has(day.weekday()),
                HolidayRule::Also => weekdays.has(day.weekday()) || is_holiday(day),
                HolidayRule::Never => weekdays.has(day.weekday()) && !is_holiday(day),
                HolidayRule::Only => weekdays.has(day.weekday()) && is_holiday(day),
            },
            Self::Nth { nths, weekdays } => weekdays.has(day.weekday()) && nths.has(day),
            Self::Monthly(days) => days.has(day),
            Self::Fortnight { anchor } => day >= *anchor && (day - *anchor).num_days() % 14 == 0,
            Self::Dates(dates) => dates.contains(&day),
            Self::AfterHoliday => day.pred_opt().is_some_and(is_holiday),
        }
    }
}
