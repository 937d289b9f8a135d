//! Compares the meeting times of a place with a person's free time.
//!
//! Schedules are parsed lazily and cached per day: a date without a year depends on the current day. This module does
//! no I/O.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};

use super::wish::FreeTime;
use crate::model::Schedule;
use crate::schedule::{Moment, Occurrence, ParsedSchedule, Rule, ScheduleContext, named_weekdays, read};

/// The number of dates evaluated: more than a year of a weekly meeting, two months of a daily one.
const AHEAD: usize = 60;
/// The number of next dates cached: more than a response lists, however late in the day.
const KEPT: usize = 12;
/// Opening longer than this, in minutes, means that people can drop in.
const DROP_IN: u16 = 210;
/// The shortest useful drop-in visit, in minutes.
const WORTH_IT: u16 = 60;

/// The schedules of all places, deduplicated.
#[derive(Debug, Default)]
pub(super) struct MeetingCalendar {
    sets: Vec<Vec<Schedule>>,
    numbers: HashMap<Vec<String>, u32>,
    day: RwLock<Option<Arc<CalendarDay>>>,
}

/// Parsed schedules as of one day, each parsed on first use.
#[derive(Debug)]
pub(super) struct CalendarDay {
    context: ScheduleContext,
    /// Allocated in pieces, so that a day used once costs little however many places there are.
    pieces: Vec<OnceLock<Box<[OnceLock<MeetingTimes>]>>>,
}

/// Schedules per piece.
const PIECE: usize = 256;

/// The meeting times of a place.
#[derive(Debug)]
pub(super) struct MeetingTimes {
    /// One parsed schedule per text.
    pub(super) readings: Vec<ParsedSchedule>,
    /// Whether every schedule was parsed whole, so that no date is missing.
    pub(super) complete: bool,
    /// Whether it never meets outside these slots, even if some of its dates may be excepted.
    bounded: bool,
    /// The first day on which a meeting may be excepted; dates are given before it only.
    open_from: Option<NaiveDate>,
    /// The days after Monday on which it may meet, where the texts that are not understood name them.
    named: Option<[bool; 7]>,
    /// Weekday and minutes of the day of its meetings.
    slots: Vec<MeetingSlot>,
    /// Its first dates on that day or later, in order.
    upcoming: Vec<Occurrence>,
}

/// A weekly slot: days after Monday, minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct MeetingSlot {
    day: u8,
    from: Option<u16>,
    to: Option<u16>,
}

/// How far the hours of a place overlap with a person's free time, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FreeTimeFit {
    /// A whole meeting lies in the free time, or enough of a drop-in.
    Full,
    /// Less than half of a meeting does.
    Partly,
    /// Not every schedule was parsed.
    Unknown,
    /// No overlap.
    Never,
}

impl MeetingCalendar {
    /// The number under which a place's schedules are stored.
    pub(super) fn number_of(&mut self, schedules: &[Schedule]) -> u32 {
        let texts: Vec<String> = schedules.iter().map(|it| it.text.clone()).collect();
        let next = u32::try_from(self.sets.len()).expect("places are numbered in 32 bits");
        *self.numbers.entry(texts).or_insert_with(|| {
            self.sets.push(schedules.to_vec());
            next
        })
    }

    /// Drops the lookup table that numbering needs.
    pub(super) fn finish_numbering(&mut self) {
        self.numbers = HashMap::new();
    }

    /// The cache of a day; replaced when another day is requested.
    pub(super) fn day(&self, context: ScheduleContext) -> Arc<CalendarDay> {
        let of_today = |day: &&Arc<CalendarDay>| day.context == context;
        if let Some(day) = self.day.read().unwrap_or_else(PoisonError::into_inner).as_ref().filter(of_today) {
            return Arc::clone(day);
        }
        let pieces = (0..self.sets.len().div_ceil(PIECE)).map(|_| OnceLock::new()).collect();
        let day = Arc::new(CalendarDay { context, pieces });
        *self.day.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&day));
        day
    }

    /// The meeting times of the schedules with this number as of `day`.
    pub(super) fn times<'a>(&self, number: u32, day: &'a CalendarDay) -> &'a MeetingTimes {
        let at = number as usize;
        let piece = day.pieces[at / PIECE].get_or_init(|| (0..PIECE).map(|_| OnceLock::new()).collect());
        piece[at % PIECE].get_or_init(|| MeetingTimes::parse(&self.sets[at], day.context))
    }
}

impl MeetingTimes {
    /// Parses the schedules of a place and evaluates their next dates.
    fn parse(schedules: &[Schedule], context: ScheduleContext) -> Self {
        let readings: Vec<ParsedSchedule> = schedules.iter().map(|it| read(&it.text, &context)).collect();
        let has_rules = !readings.is_empty() && readings.iter().all(|it| it.rule.is_some());
        let complete = has_rules && readings.iter().all(|it| it.unread.is_none());
        let rules = || readings.iter().filter_map(|it| it.rule.as_ref());
        let bounded = has_rules && rules().all(Rule::is_bounded);
        let open_from = rules().filter_map(|rule| rule.first_open_day(context.today)).min();
        let mut upcoming: Vec<Occurrence> = rules().flat_map(|rule| rule.possible_from(context.today, AHEAD)).collect();
        let mut slots: Vec<MeetingSlot> = upcoming.iter().copied().map(MeetingSlot::of).collect();
        slots.sort_unstable();
        slots.dedup();
        let named = if has_rules { None } else { named_days(schedules, &readings, context.today) };
        sort_and_dedup(&mut upcoming);
        if !has_rules {
            upcoming.clear();
        }
        upcoming.retain(|it| open_from.is_none_or(|day| it.start.date() < day));
        upcoming.truncate(KEPT);
        Self { readings, complete, bounded, open_from, named, slots, upcoming }
    }

    /// The first `count` dates after `now`, which must lie on the day of the cache, up to the first that may be excepted;
    /// none unless every schedule has a rule.
    pub(super) fn next(&self, now: NaiveDateTime, count: usize) -> Vec<Occurrence> {
        let kept: Vec<Occurrence> =
            self.upcoming.iter().filter(|it| it.begins_after(now)).take(count).copied().collect();
        if kept.len() == count || self.upcoming.len() < KEPT {
            return kept;
        }
        let rules = self.readings.iter().filter_map(|it| it.rule.as_ref());
        let mut dates: Vec<Occurrence> = rules.flat_map(|rule| rule.next(now, count)).collect();
        dates.retain(|it| self.open_from.is_none_or(|day| it.start.date() < day));
        sort_and_dedup(&mut dates);
        dates.truncate(count);
        dates
    }

    /// Whether every schedule was parsed and no date is left.
    pub(super) fn is_over(&self) -> bool {
        self.complete && self.slots.is_empty()
    }

    /// Compares the meeting times with a person's free time.
    pub(super) fn fit_with(&self, free: &[FreeTime]) -> FreeTimeFit {
        let is_named = |days: [bool; 7]| free.iter().any(|free| days[usize::from(free.day)]);
        if self.named.is_some_and(|days| !is_named(days)) {
            return FreeTimeFit::Never;
        }
        let pairs = self.slots.iter().flat_map(|slot| free.iter().map(|free| slot.fit_with(*free)));
        match pairs.min() {
            Some(FreeTimeFit::Never) | None if !self.bounded => FreeTimeFit::Unknown,
            best => best.unwrap_or(FreeTimeFit::Never),
        }
    }
}

/// The days on which the schedules may mean a meeting: those of the rules that keep to their days, and those that the other texts name;
/// `None` where any of them leaves days open.
fn named_days(schedules: &[Schedule], readings: &[ParsedSchedule], today: NaiveDate) -> Option<[bool; 7]> {
    let mut all = [false; 7];
    for (schedule, reading) in schedules.iter().zip(readings) {
        match &reading.rule {
            Some(rule) if rule.is_bounded() => {
                let dates = rule.possible_from(today, AHEAD);
                for date in dates {
                    all[usize::from(MeetingSlot::of(date).day)] = true;
                }
            }
            Some(_) => return None,
            None => {
                let days = named_weekdays(&schedule.text)?;
                all.iter_mut().zip(days).for_each(|(known, named)| *known |= named);
            }
        }
    }
    (!schedules.is_empty()).then_some(all)
}

/// Sorts by start and removes duplicates.
fn sort_and_dedup(dates: &mut Vec<Occurrence>) {
    dates.sort_by_key(|it| (it.start.at(), it.end.map(Moment::at)));
    dates.dedup();
}

impl MeetingSlot {
    /// The weekday and minutes of a date.
    fn of(occurrence: Occurrence) -> Self {
        let day =
            u8::try_from(occurrence.start.date().weekday().num_days_from_monday()).expect("a week has seven days");
        let first = occurrence.start.date();
        let minutes = |moment: Moment| match moment {
            Moment::Day(_) => None,
            Moment::Time(time) => Some(minutes_of(time) + if time.date() > first { 24 * 60 } else { 0 }),
        };
        Self { day, from: minutes(occurrence.start), to: occurrence.end.and_then(minutes) }
    }

    /// Compares a slot with one span of free time.
    fn fit_with(self, free: FreeTime) -> FreeTimeFit {
        if self.day != free.day {
            return FreeTimeFit::Never;
        }
        let Some(from) = self.from else { return FreeTimeFit::Full };
        let Some(to) = self.to else {
            return if (free.from..free.to).contains(&from) { FreeTimeFit::Full } else { FreeTimeFit::Never };
        };
        let shared = to.min(free.to).saturating_sub(from.max(free.from));
        let (long, whole) = (to.saturating_sub(from), from >= free.from && to <= free.to);
        if whole || long >= DROP_IN && shared >= WORTH_IT || from >= free.from && shared * 2 >= long && shared > 0 {
            FreeTimeFit::Full
        } else if shared > 0 {
            FreeTimeFit::Partly
        } else {
            FreeTimeFit::Never
        }
    }
}

/// Minutes after midnight.
fn minutes_of(time: NaiveDateTime) -> u16 {
    u16::try_from(time.hour() * 60 + time.minute()).expect("a day has 1,440 minutes")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn fit_with(texts: &[&str], day: u8, from: u16, to: u16) -> FreeTimeFit {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let schedules: Vec<Schedule> = texts.iter().map(|text| Schedule { text: (*text).to_owned() }).collect();
        MeetingTimes::parse(&schedules, ScheduleContext::new(today)).fit_with(&[FreeTime {
            day,
            from: from * 60,
            to: to * 60,
        }])
    }

    #[test]
    fn a_meeting_on_a_free_afternoon_fits() {
        assert_eq!(fit_with(&["第2・4木曜 13:30〜15:00"], 3, 13, 17), FreeTimeFit::Full);
        assert_eq!(fit_with(&["第2・4木曜 13:30〜15:00"], 3, 9, 12), FreeTimeFit::Never);
        assert_eq!(fit_with(&["第2・4木曜 13:30〜15:00"], 3, 9, 14), FreeTimeFit::Partly);
        assert_eq!(fit_with(&["第2・4木曜 13:30〜15:00"], 2, 9, 17), FreeTimeFit::Never);
    }

    #[test]
    fn a_place_that_is_open_all_day_is_worth_an_hour() {
        assert_eq!(fit_with(&["月〜金 9時〜16時（祝日休）"], 2, 13, 17), FreeTimeFit::Full);
        assert_eq!(fit_with(&["月〜金 9時〜16時（祝日休）"], 5, 13, 17), FreeTimeFit::Never);
    }

    #[test]
    fn the_dates_that_are_kept_are_those_of_the_rules() {
        let texts = ["毎日 9時〜10時", "毎日 11時〜12時", "第2・4木曜 13:30〜15:00", "毎月15日"];
        let schedules: Vec<Schedule> = texts.iter().map(|text| Schedule { text: (*text).to_owned() }).collect();
        for hour in [0, 9, 11, 13, 23] {
            let now = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap().and_hms_opt(hour, 30, 0).unwrap();
            let times = MeetingTimes::parse(&schedules, ScheduleContext::new(now.date()));
            for count in [1, 3, 11, 12, 20] {
                let rules = times.readings.iter().filter_map(|it| it.rule.as_ref());
                let mut wanted: Vec<Occurrence> = rules.flat_map(|rule| rule.next(now, count)).collect();
                sort_and_dedup(&mut wanted);
                wanted.truncate(count);
                assert_eq!(times.next(now, count), wanted, "{now} {count}");
            }
        }
    }

    #[test]
    fn a_rule_read_but_for_an_exception_keeps_its_weekdays_and_its_dates_before_it() {
        for text in [
            "毎週水曜 13:30〜15:00（祭りの日は休み）",
            "隔週水曜 13:30〜15:00",
            "毎週水曜 13:30〜15:00（積雪時は休み）",
        ] {
            assert_eq!(fit_with(&[text], 2, 13, 17), FreeTimeFit::Full, "{text}");
            assert_eq!(fit_with(&[text], 3, 13, 17), FreeTimeFit::Never, "{text}");
            assert_eq!(fit_with(&[text], 2, 9, 12), FreeTimeFit::Never, "{text}");
        }
        let may_move = ["毎週水曜 13:30〜15:00（祝日の場合は要確認）"];
        assert_eq!(fit_with(&may_move, 3, 13, 17), FreeTimeFit::Unknown);
        let schedules =
            vec![Schedule { text: "毎週水曜 13:30〜15:00（小学校の冬休みは休み）".to_owned() }];
        let now = NaiveDate::from_ymd_opt(2026, 12, 8).unwrap().and_hms_opt(9, 0, 0).unwrap();
        let times = MeetingTimes::parse(&schedules, ScheduleContext::new(now.date()));
        let dates: Vec<String> = times.next(now, 5).iter().map(|it| it.start.to_string()).collect();
        assert_eq!(dates, ["2026-12-09T13:30", "2026-12-16T13:30"]);
    }

    #[test]
    fn words_that_are_not_understood_never_keep_anybody_away() {
        assert_eq!(fit_with(&["不定期（区の回覧でお知らせ）"], 2, 13, 17), FreeTimeFit::Unknown);
        assert_eq!(fit_with(&["第2・4木曜 13:30〜15:00", "ほか相談"], 2, 13, 17), FreeTimeFit::Unknown);
        assert_eq!(fit_with(&[], 2, 13, 17), FreeTimeFit::Unknown);
    }

    #[test]
    fn a_schedule_that_is_read_in_part_is_never_on_a_day_that_it_does_not_name() {
        for text in ["毎週水曜 かねの音が鳴ったら", "第1・第3水曜 みんながそろうころ"] {
            assert_eq!(fit_with(&[text], 3, 0, 23), FreeTimeFit::Never, "{text}");
            assert_eq!(fit_with(&[text], 2, 0, 23), FreeTimeFit::Unknown, "{text}");
        }
        assert_eq!(fit_with(&["毎週水曜 かねの音が鳴ったら", "毎週金曜 10:00〜12:00"], 4, 9, 12), FreeTimeFit::Full);
        assert_eq!(fit_with(&["毎週水曜 かねの音が鳴ったら", "毎週金曜 10:00〜12:00"], 0, 0, 23), FreeTimeFit::Never);
        assert_eq!(fit_with(&["毎週水曜 かねの音が鳴ったら", "ほか相談"], 0, 0, 23), FreeTimeFit::Unknown);
    }
}
