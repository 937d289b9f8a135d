//! What has been read of a schedule so far, and the rule that comes of it. This module does no I/O.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::super::Context;
use super::super::lex::Per;
use super::super::rule::{DayKind, Days, Holidays, Move, Pattern, Rule, Season, Session, Shift, Slot, Weekdays};
use super::condition::{Condition, Then};
use super::dates::{self, DateSpan, DateSpec};
use super::hours::Hours;

/// What the last list was, for a condition that follows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Target {
    #[default]
    Nothing,
    /// Sessions from this one on.
    Sessions(usize),
    /// Closures from this one on.
    Closures(usize),
}

/// A session and the group of sessions that share its hours.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub session: Session,
    pub group: usize,
}

/// The parts of a rule, as they are read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub parts: Vec<Part>,
    pub closures: Vec<Pattern>,
    /// The part of the year that what follows is about.
    pub prefix: Vec<Season>,
    /// Hours that stand before the days.
    pub leading: Vec<Slot>,
    pub group: usize,
    pub target: Target,
    /// Runs of days with a year, which bound the rule or are the days themselves.
    pub ranges: Vec<DateSpan>,
    /// Days named as the next ones.
    pub named_next: Vec<DateSpec>,
    /// The fortnight whose first day is still to come.
    pub fortnight: Option<(usize, Weekday)>,
    pub counts: Vec<(Per, u32)>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// 年中無休.
    pub every_day: bool,
    /// The closings read say, without doubt, that all other days are open.
    pub implies_open: bool,
    /// Some closing may have been a session as well.
    pub doubtful: bool,
    /// A session whose hours hold in one part of the year only.
    pub replaced: Vec<usize>,
}

impl Draft {
    /// Adds a session to the group that waits for its hours.
    pub(super) fn add(&mut self, days: Days, seasons: Vec<Season>) {
        let when = Pattern { days, seasons, shift: None };
        self.parts.push(Part { session: Session { when, except: Vec::new(), hours: Vec::new() }, group: self.group });
    }

    /// Whether the days that wait for their hours may as well belong to a closing that follows: 「月曜 祝日 休館」.
    pub(super) fn may_be_closed(&self, house: bool, apart: bool) -> bool {
        let few = |p: &Part| match p.session.when.days {
            Days::Weekly { weekdays, .. } => weekdays.len() <= 3,
            _ => true,
        };
        self.waits() && (apart || (house && self.parts.iter().filter(|p| p.group == self.group).all(few)))
    }

    /// Whether sessions wait for their hours.
    pub(super) fn waits(&self) -> bool {
        self.parts.last().is_some_and(|p| p.group == self.group)
    }

    /// Gives hours to the sessions that wait for them, or to the last ones, or keeps them for those to come; `None` if they
    /// contradict what was read.
    pub(super) fn give_hours(&mut self, slots: Vec<Slot>) -> Option<()> {
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
        let waiting: Vec<Part> = self.parts.extract_if(.., |p| p.group == self.group).collect();
        let base = self.common_hours()?;
        let [Slot { from, to: Some(_) }] = base.as_slice() else { return None };
        let slot = Slot { from: *from, to: Some(end) };
        (end > *from && !waiting.is_empty()).then_some(())?;
        let open = self.weekdays();
        for part in waiting {
            let Days::Weekly { weekdays, holidays } = part.session.when.days else { return None };
            (!weekdays.and(open).is_empty() || holidays == Holidays::Also).then_some(())?;
            self.add(
                Days::Weekly {
                    weekdays: weekdays.and(open),
                    holidays: if holidays == Holidays::Never { holidays } else { Holidays::AsAnyDay },
                },
                part.session.when.seasons,
            );
            if holidays == Holidays::Also {
                self.add(Days::Weekly { weekdays: open, holidays: Holidays::Only }, Vec::new());
            }
        }
        self.give_hours(vec![slot])
    }

    /// Other hours for all days read so far, in one part of the year.
    pub(super) fn give_seasonal_hours(&mut self, seasons: &[Season], hours: Hours) -> Option<()> {
        let bases: Vec<usize> = (0..self.parts.len()).filter(|i| !self.is_seasonal_copy(*i)).collect();
        let slots = match hours {
            Hours::Slots(slots) => slots,
            Hours::Until(end) => match self.parts[*bases.first()?].session.hours.as_slice() {
                [Slot { from, .. }] if *from < end && self.parts.len() == 1 + self.replaced.len() => {
                    vec![Slot { from: *from, to: Some(end) }]
                }
                _ => return None,
            },
        };
        let copies: Vec<Pattern> = bases.iter().map(|i| self.parts[*i].session.when.clone()).collect();
        copies.iter().all(|w| w.seasons.is_empty()).then_some(())?;
        self.group += 1;
        for (base, when) in bases.into_iter().zip(copies) {
            let season = Pattern { days: Days::EVERY, seasons: seasons.to_vec(), shift: None };
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
    fn common_hours(&self) -> Option<Vec<Slot>> {
        let first = self.parts.first()?.session.hours.clone();
        self.parts.iter().all(|p| p.session.hours == first).then_some(first)
    }

    /// The days of the week on which there are weekly sessions.
    fn weekdays(&self) -> Weekdays {
        self.parts.iter().fold(Weekdays::NONE, |set, p| match p.session.when.days {
            Days::Weekly { weekdays, holidays } if holidays != Holidays::Only => set.or(weekdays),
            _ => set,
        })
    }

    /// Restricts the sessions read so far to parts of the year, those that are not restricted yet.
    pub(super) fn restrict(&mut self, seasons: &[Season]) {
        for part in self.parts.iter_mut().filter(|p| p.session.when.seasons.is_empty()) {
            part.session.when.seasons = seasons.to_vec();
        }
    }

    /// Applies a condition to the days it speaks of; `None` if there are none.
    pub(super) fn apply(&mut self, condition: Condition) -> Option<()> {
        match self.target {
            Target::Nothing if self.parts.is_empty() && self.closures.is_empty() => None,
            Target::Closures(first) => {
                self.apply_to_closures(first, condition).or_else(|| self.apply_to_new(condition))
            }
            Target::Sessions(_) if self.closes(condition) => {
                self.apply_to_closures(0, condition).or_else(|| self.apply_to_new(condition))
            }
            Target::Sessions(first) => self.apply_to_sessions(first, condition),
            Target::Nothing => None,
        }
    }

    /// Whether a condition after sessions speaks of days off: it says so, or names a weekday without a session.
    fn closes(&self, condition: Condition) -> bool {
        let elsewhere = condition.of.is_some_and(|day| !self.weekdays().is_empty() && !self.weekdays().has(day));
        elsewhere || matches!(condition.then, Then::Moves { closed: true, .. })
    }

    fn apply_to_closures(&mut self, first: usize, condition: Condition) -> Option<()> {
        let speaks_of = |p: &Pattern| match p.days {
            Days::Weekly { weekdays, .. } if weekdays == Weekdays::ALL || weekdays.is_empty() => false,
            Days::Weekly { weekdays, .. } | Days::Nth { weekdays, .. } => condition.of.is_none_or(|d| weekdays.has(d)),
            Days::Monthly(_) => condition.of.is_none(),
            _ => false,
        };
        let found: Vec<usize> = (first..self.closures.len()).filter(|i| speaks_of(&self.closures[*i])).collect();
        if condition.then == Then::Off {
            // 「月曜休館（祝日の場合は休み）」: holidays are off as well.
            self.closures.push(Days::HOLIDAYS.into());
            return condition.when.weekdays.is_empty().then_some(());
        }
        if found.is_empty() {
            return (condition.then == Then::Held && condition.of.is_none()).then_some(());
        }
        for index in found {
            let closure = &mut self.closures[index];
            let shift = shift(condition, &closure.days);
            let Some(shift) = shift else { continue };
            if matches!(condition.then, Then::Moves { also: true, .. }) {
                let moved = Pattern { shift: Some(shift), ..closure.clone() };
                self.closures.push(moved);
            } else {
                closure.shift = Some(shift);
            }
        }
        Some(())
    }

    /// 「月曜日が祝日の場合は翌日休館」 where Mondays are simply missing among the days.
    fn apply_to_new(&mut self, condition: Condition) -> Option<()> {
        let day = condition.of?;
        let to = match condition.then {
            Then::Moves { to, .. } => to,
            Then::Held => Move::Nowhere,
            Then::Off => return Some(()),
        };
        let days = Days::Weekly { weekdays: Weekdays::one(day), holidays: Holidays::AsAnyDay };
        let when = DayKind { weekdays: Weekdays::NONE, holidays: true };
        self.closures.push(Pattern { days, seasons: Vec::new(), shift: Some(Shift { when, to }) });
        Some(())
    }

    fn apply_to_sessions(&mut self, first: usize, condition: Condition) -> Option<()> {
        if condition.then == Then::Held {
            return Some(());
        }
        for part in self.parts.get_mut(first..)? {
            let when = &mut part.session.when;
            let few = match &when.days {
                Days::Weekly { weekdays, holidays } => weekdays.len() <= 2 && *holidays == Holidays::AsAnyDay,
                Days::Nth { .. } | Days::Monthly(_) => true,
                _ => false,
            };
            let skipped = condition.then == Then::Off;
            (few || skipped).then_some(())?;
            when.shift = Some(shift(condition, &when.days)?);
        }
        Some(())
    }

    /// The rule; `None` if what was read says no dates, or contradicts itself.
    pub(super) fn finish(mut self, context: &Context) -> Option<Rule> {
        self.settle_dates(context)?;
        self.settle_open_days()?;
        self.settle_hours()?;
        self.settle_holidays()?;
        self.settle_overrides(context)?;
        self.settle_reopened();
        let counts = std::mem::take(&mut self.counts);
        counts.into_iter().all(|(per, times)| self.holds(per, times)).then_some(())?;
        let rule = Rule {
            sessions: self.parts.into_iter().map(|p| p.session).collect(),
            closures: self.closures,
            from: self.from,
            until: self.until,
        };
        settle_next(rule, &self.named_next, context)
    }

    /// Runs of days bound the sessions, if there are any; else they are the days. A fortnight gets its first day.
    fn settle_dates(&mut self, context: &Context) -> Option<()> {
        for range in std::mem::take(&mut self.ranges) {
            if self.parts.is_empty() {
                let days = dates::resolve_all(&[range], context.today)?;
                self.add(Days::Dates(days), Vec::new());
                continue;
            }
            let weekday = self.fortnight.map(|(_, day)| day).or_else(|| self.only_weekday());
            let from = dates::resolve(range.from, weekday.filter(|_| range.open), context.today)?;
            match range.to {
                Some(to) => self.until = Some(dates::resolve(to, None, from).filter(|to| *to > from)?),
                None if self.fortnight.is_some() => self.named_next.push(range.from),
                None => {}
            }
            self.from = Some(from);
        }
        let Some((index, weekday)) = self.fortnight else { return Some(()) };
        let anchors: Option<Vec<NaiveDate>> =
            self.named_next.iter().map(|d| dates::resolve(*d, Some(weekday), context.today)).collect();
        let anchors = anchors?;
        let anchor = *anchors.first()?;
        let said = self.named_next.first().is_some_and(|d| d.year.is_some());
        (said || (anchor - context.today).num_days().abs() <= dates::ANCHOR_DAYS).then_some(())?;
        let agree =
            anchor.weekday() == weekday && anchors.iter().all(|d| (*d - anchor).num_days() % 14 == 0 && *d >= anchor);
        self.parts[index].session.when.days = Days::Fortnight { anchor };
        agree.then_some(())
    }

    fn only_weekday(&self) -> Option<Weekday> {
        let days = self.weekdays();
        days.iter().next().filter(|_| days.len() == 1)
    }

    /// Hours and closings without days: open on all others, if the closings leave no doubt.
    fn settle_open_days(&mut self) -> Option<()> {
        if !self.parts.is_empty() {
            return Some(());
        }
        let implied = self.implies_open && !self.doubtful && !self.leading.is_empty();
        (self.every_day || implied).then_some(())?;
        let prefix = std::mem::take(&mut self.prefix);
        self.add(Days::EVERY, prefix);
        Some(())
    }

    /// Either all sessions have hours or none has: a day without them among others is more likely misread.
    fn settle_hours(&mut self) -> Option<()> {
        if !self.leading.is_empty() {
            self.parts.iter().all(|p| p.session.hours.is_empty()).then_some(())?;
            self.parts.iter_mut().for_each(|p| p.session.hours.clone_from(&self.leading));
        }
        let mut index = 0;
        let replaced = &self.replaced;
        self.parts.retain(|p| {
            index += 1;
            !(p.session.hours.is_empty() && replaced.contains(&(index - 1)))
        });
        let with = self.parts.iter().filter(|p| !p.session.hours.is_empty()).count();
        // 「月曜（祝日の場合は翌日）」 and no more is as often said of days off.
        let moves = self.parts.iter().any(|p| p.session.when.shift.is_some_and(|s| s.to != Move::Nowhere));
        (with == self.parts.len() || (with == 0 && !moves)).then_some(())
    }

    /// Where holidays have hours of their own, weekdays do not speak for them; days off cannot be days on.
    fn settle_holidays(&mut self) -> Option<()> {
        let has = |p: &Part, kind| matches!(p.session.when.days, Days::Weekly { holidays, .. } if holidays == kind);
        let also = self.parts.iter().any(|p| has(p, Holidays::Also));
        let off = self
            .closures
            .iter()
            .any(|c| matches!(c.days, Days::Weekly { holidays: Holidays::Also, .. }) && c.seasons.is_empty());
        if also {
            for part in &mut self.parts {
                if let Days::Weekly { holidays: holidays @ Holidays::AsAnyDay, .. } = &mut part.session.when.days {
                    *holidays = Holidays::Never;
                }
            }
        }
        (!(also && off)).then_some(())
    }

    /// A later session replaces an earlier one on the days of both if their hours overlap.
    fn settle_overrides(&mut self, context: &Context) -> Option<()> {
        let year: Vec<NaiveDate> = context.today.iter_days().take(800).collect();
        for later in 1..self.parts.len() {
            let (before, rest) = self.parts.split_at_mut(later);
            let Part { session: later, group } = &rest[0];
            for earlier in before.iter_mut().filter(|p| p.group != *group).map(|p| &mut p.session) {
                let overlap = earlier.hours.iter().any(|e| later.hours.iter().any(|l| e.overlaps(*l)));
                let meet = || year.iter().any(|d| earlier.has(*d) && later.has(*d));
                if overlap && meet() {
                    earlier.except.push(later.when.clone());
                    year.iter().any(|d| earlier.has(*d)).then_some(())?;
                }
            }
        }
        Some(())
    }

    /// Closed on Mondays unless a holiday: then open on those, also where Mondays are not among the days.
    fn settle_reopened(&mut self) {
        let weekly = |p: &Part| matches!(p.session.when.days, Days::Weekly { .. }) && p.session.when.seasons.is_empty();
        if !self.parts.iter().all(weekly) {
            return;
        }
        let missing = self
            .closures
            .iter()
            .filter(|c| c.shift.is_some_and(|s| s.when.holidays) && c.seasons.is_empty())
            .fold(Weekdays::NONE, |set, c| match c.days {
                Days::Weekly { weekdays, .. } => set.or(weekdays),
                _ => set,
            });
        let missing = missing.without(self.weekdays());
        let has =
            |kind| move |p: &&Part| matches!(p.session.when.days, Days::Weekly { holidays, .. } if holidays == kind);
        if missing.is_empty() || self.parts.iter().any(|p| has(Holidays::Also)(&p) || has(Holidays::Never)(&p)) {
            return;
        }
        let of_holidays = self.parts.iter().find(has(Holidays::Only)).map(|p| p.session.hours.clone());
        let Some(hours) = of_holidays.or_else(|| self.common_hours()) else { return };
        self.add(Days::Weekly { weekdays: missing, holidays: Holidays::Only }, Vec::new());
        if let Some(part) = self.parts.last_mut() {
            part.session.hours = hours;
        }
    }

    /// Whether a count agrees with the days: 月2回（第2・4火曜）.
    fn holds(&self, per: Per, times: u32) -> bool {
        let counted: Option<u32> = self.parts.iter().map(|p| times_per(per, &p.session.when)).sum();
        counted == Some(times)
    }
}

fn times_per(per: Per, when: &Pattern) -> Option<u32> {
    let months = || -> Option<u32> {
        let whole = |s: &Season| s.from.day == 1 && s.to.day == 31 && s.from.month == s.to.month;
        when.seasons.iter().all(whole).then_some(u32::try_from(when.seasons.len()).ok()?)
    };
    match (per, &when.days) {
        (Per::Week, Days::Weekly { weekdays, .. }) => Some(weekdays.len()),
        (Per::Month, Days::Nth { nths, weekdays }) => Some(nths.len() * weekdays.len()),
        (Per::Month, Days::Monthly(days)) => Some(days.len()),
        (Per::Year, Days::Nth { nths, weekdays }) => Some(nths.len() * weekdays.len() * months()?),
        (Per::InAll, Days::Dates(dates)) => u32::try_from(dates.len()).ok(),
        _ => None,
    }
}

/// What a condition does to days; `None` if nothing.
fn shift(condition: Condition, days: &Days) -> Option<Shift> {
    let to = match condition.then {
        Then::Moves { to, .. } => to,
        Then::Off | Then::Held => Move::Nowhere,
    };
    // 「月祝日の場合」 of Mondays is a Monday that is a holiday.
    let own = match days {
        Days::Weekly { weekdays, .. } | Days::Nth { weekdays, .. } => *weekdays,
        _ => Weekdays::NONE,
    };
    let of_own = condition.of.is_some();
    let weekdays = if of_own { Weekdays::NONE } else { condition.when.weekdays };
    let sensible = own.and(weekdays).is_empty();
    sensible.then_some(Shift { when: DayKind { weekdays, holidays: condition.when.holidays }, to })
}

/// 「次回12/8」 with a rule: that day must be one of its days, and nothing takes place before it.
fn settle_next(mut rule: Rule, named: &[DateSpec], context: &Context) -> Option<Rule> {
    let fortnightly = rule.sessions.iter().any(|s| matches!(s.when.days, Days::Fortnight { .. }));
    if named.is_empty() || fortnightly {
        return Some(rule);
    }
    let [spec] = named else { return None };
    let days = context.today.year() - 1..=context.today.year() + 1;
    let possible = |year: i32| {
        let day = NaiveDate::from_ymd_opt(spec.year.unwrap_or(year), spec.day.month, spec.day.day)?;
        let agrees = spec.weekday.is_none_or(|w| w == day.weekday());
        (agrees && rule.is_on(day)).then_some(day)
    };
    let next = days.filter_map(possible).min_by_key(|d| (*d - context.today).num_days().abs())?;
    rule.from = Some(rule.from.map_or(next, |from| from.max(next)));
    Some(rule)
}
