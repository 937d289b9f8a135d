//! The rule under construction while a schedule is parsed. This module does no I/O.

use chrono::{NaiveDate, Weekday};

use super::dates::{DateSpan, DateSpec};
use super::hours::HoursSpan;
use crate::schedule::lex::PerUnit;
use crate::schedule::rule::{
    DayPattern, HolidayRule, NthWeeks, OpenDays, RulePattern, Season, Session, TimeSlot, Weekdays,
};

/// What the last list was, for a condition that follows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum DraftTarget {
    #[default]
    Nothing,
    /// Sessions from this one on.
    Sessions(usize),
    /// Closures from this one on.
    Closures(usize),
}

/// A session and the group of sessions that share its hours.
#[derive(Debug, Clone)]
pub(super) struct ClausePart {
    pub session: Session,
    pub group: usize,
}

/// The parts of a rule that are parsed so far.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the words may say, in any combination")]
#[derive(Debug, Default)]
pub(super) struct RuleDraft {
    pub parts: Vec<ClausePart>,
    pub closures: Vec<RulePattern>,
    /// The part of the year that what follows is about.
    pub prefix: Vec<Season>,
    /// Hours that stand before the days.
    pub leading: Vec<TimeSlot>,
    pub group: usize,
    pub target: DraftTarget,
    /// Runs of days with a year, which bound the rule or are the days themselves.
    pub ranges: Vec<DateSpan>,
    /// Days named as the next ones.
    pub named_next: Vec<DateSpec>,
    /// The fortnight whose first day is still to come.
    pub fortnight: Option<(usize, Weekday)>,
    pub counts: Vec<(PerUnit, u32)>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// 年中無休.
    pub every_day: bool,
    /// The closings read say, without doubt, that all other days are open.
    pub implies_open: bool,
    /// 休日 are off, which may be Saturdays and Sundays as well as holidays.
    pub days_off: bool,
    /// Some closing may have been a session as well.
    pub doubtful: bool,
    /// Days on which sessions may not take place.
    pub open: Vec<OpenDays>,
    /// A session whose weeks are not said: 偶数週.
    pub some_weeks: Vec<usize>,
    /// Said with 毎週.
    pub every_week: bool,
    /// Every second month, and the months named as the next ones.
    pub bimonthly: bool,
    pub named_months: Vec<u32>,
    /// Days without hours may be days off: 「毎週水曜、祝日は休み」.
    pub needs_hours: bool,
    /// A session whose hours hold in one part of the year only.
    pub replaced: Vec<usize>,
}

impl RuleDraft {
    /// Adds a session to the group that waits for its hours.
    pub(super) fn add(&mut self, days: DayPattern, seasons: Vec<Season>) {
        let when = RulePattern { days, seasons, shift: None };
        self.parts
            .push(ClausePart { session: Session { when, except: Vec::new(), hours: Vec::new() }, group: self.group });
    }

    /// Whether the days that wait for their hours may as well belong to a closing that follows: 「月曜 祝日 休館」.
    pub(super) fn may_be_closed(&self, house: bool, apart: bool) -> bool {
        let few = |p: &ClausePart| match p.session.when.days {
            DayPattern::Weekly { weekdays, .. } => weekdays.len() <= 3,
            _ => true,
        };
        self.waits() && (apart || (house && self.parts.iter().filter(|p| p.group == self.group).all(few)))
    }

    /// How many times a day the last session takes place.
    pub(super) fn slots_a_day(&self) -> Option<u32> {
        let last = self.parts.last().map(|p| &p.session.hours).filter(|hours| !hours.is_empty());
        last.or(Some(&self.leading)).and_then(|hours| u32::try_from(hours.len()).ok())
    }

    /// Whether sessions wait for their hours.
    pub(super) fn waits(&self) -> bool {
        self.parts.last().is_some_and(|p| p.group == self.group)
    }

    /// Gives hours to the sessions that wait for them, or to the last ones, or keeps them for those to come; `None` if they
    /// contradict what was read.
    pub(super) fn give_hours(&mut self, slots: Vec<TimeSlot>) -> Option<()> {
        let Some(last) = self.parts.last().map(|p| p.group) else {
            let first = self.leading.is_empty();
            self.leading = slots;
            return first.then_some(());
        };
        for part in self.parts.iter_mut().filter(|p| p.group == last) {
            let hours = &mut part.session.hours;
            let apart = slots.iter().all(|s| hours.iter().all(|h| !h.overlaps(*s)));
            apart.then_some(())?;
            hours.extend(&slots);
            hours.sort_unstable();
        }
        self.group = last + 1;
        Some(())
    }

    /// Cuts the hours short on the days that wait for theirs (土日祝は17:00まで), within the days read before.
    pub(super) fn give_end(&mut self, end: u16) -> Option<()> {
        let waiting: Vec<ClausePart> = self.parts.extract_if(.., |p| p.group == self.group).collect();
        let base = self.common_hours()?;
        let [TimeSlot { from, to: Some(_) }] = base.as_slice() else { return None };
        let slot = TimeSlot { from: *from, to: Some(end) };
        (end > *from && !waiting.is_empty()).then_some(())?;
        let open = self.weekdays();
        for part in waiting {
            let DayPattern::Weekly { weekdays, holidays } = part.session.when.days else { return None };
            (!weekdays.and(open).is_empty() || holidays == HolidayRule::Also).then_some(())?;
            self.add(
                DayPattern::Weekly {
                    weekdays: weekdays.and(open),
                    holidays: if holidays == HolidayRule::Never { holidays } else { HolidayRule::AsAnyDay },
                },
                part.session.when.seasons,
            );
            if holidays == HolidayRule::Also {
                self.add(DayPattern::Weekly { weekdays: open, holidays: HolidayRule::Only }, Vec::new());
            }
        }
        self.give_hours(vec![slot])
    }

    /// Other hours for all days read so far, in one part of the year.
    pub(super) fn give_seasonal_hours(&mut self, seasons: &[Season], hours: HoursSpan) -> Option<()> {
        let bases: Vec<usize> = (0..self.parts.len()).filter(|i| !self.is_seasonal_copy(*i)).collect();
        let slots = match hours {
            HoursSpan::Slots(slots) => slots,
            HoursSpan::Until(end) => match self.parts[*bases.first()?].session.hours.as_slice() {
                [TimeSlot { from, .. }] if *from < end && self.parts.len() == 1 + self.replaced.len() => {
                    vec![TimeSlot { from: *from, to: Some(end) }]
                }
                _ => return None,
            },
        };
        let copies: Vec<RulePattern> = bases.iter().map(|i| self.parts[*i].session.when.clone()).collect();
        copies.iter().all(|w| w.seasons.is_empty()).then_some(())?;
        self.group += 1;
        for (base, when) in bases.into_iter().zip(copies) {
            let season = RulePattern { days: DayPattern::EVERY, seasons: seasons.to_vec(), shift: None };
            self.parts[base].session.except.push(season);
            self.replaced.push(base);
            self.add(when.days, seasons.to_vec());
        }
        self.give_hours(slots)
    }

    fn is_seasonal_copy(&self, index: usize) -> bool {
        !self.replaced.contains(&index) && !self.replaced.is_empty()
    }

    /// The hours of all sessions, if they are the same.
    pub(super) fn common_hours(&self) -> Option<Vec<TimeSlot>> {
        let first = self.parts.first()?.session.hours.clone();
        self.parts.iter().all(|p| p.session.hours == first).then_some(first)
    }

    /// The days of the week on which there are weekly sessions.
    pub(super) fn weekdays(&self) -> Weekdays {
        self.parts.iter().fold(Weekdays::NONE, |set, p| match p.session.when.days {
            DayPattern::Weekly { weekdays, holidays } if holidays != HolidayRule::Only => set.or(weekdays),
            _ => set,
        })
    }

    /// Restricts the sessions read so far to parts of the year, those that are not restricted yet.
    pub(super) fn restrict(&mut self, seasons: &[Season]) {
        for part in self.parts.iter_mut().filter(|p| p.session.when.seasons.is_empty()) {
            part.session.when.seasons = seasons.to_vec();
        }
    }

    /// 「土は第1・3のみ」: of one weekday among those of a week, only some.
    pub(super) fn narrow_weekday(&mut self, weekday: Weekday, nths: NthWeeks) -> Option<()> {
        let one = Weekdays::one(weekday);
        let mut found = self.parts.iter_mut().filter_map(|part| match &mut part.session.when.days {
            DayPattern::Weekly { weekdays, holidays: HolidayRule::AsAnyDay } if weekdays.has(weekday) => {
                (weekdays.len() > 1).then(|| *weekdays = weekdays.without(one))?;
                Some((part.group, part.session.clone()))
            }
            _ => None,
        });
        let (group, session) = found.next().filter(|_| found.next().is_none())?;
        let when = RulePattern { days: DayPattern::Nth { nths, weekdays: one }, ..session.when };
        self.parts.push(ClausePart { session: Session { when, ..session }, group });
        Some(())
    }
}
