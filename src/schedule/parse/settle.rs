//! Semantic checks: combines the parsed parts into a rule and rejects contradictions. This module does no I/O.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::dates::{self, DateSpec};
use super::draft::{ClausePart, RuleDraft};
use crate::schedule::ScheduleContext;
use crate::schedule::lex::PerUnit;
use crate::schedule::rule::{
    DayPattern, HolidayMove, HolidayRule, OpenDays, Rule, RulePattern, Season, Weekdays, YearDay,
};

/// How many days are compared where sessions meet: over two years.
const SAMPLE_DAYS: usize = 800;

impl RuleDraft {
    /// The rule; `None` if what was read says no dates, or contradicts itself.
    pub(super) fn finish(mut self, context: &ScheduleContext) -> Option<Rule> {
        self.settle_dates(context)?;
        self.settle_months();
        self.settle_open_days()?;
        self.settle_hours()?;
        self.settle_holidays()?;
        self.settle_overrides(context)?;
        self.refuse_repeated(context)?;
        self.settle_reopened();
        let counts = std::mem::take(&mut self.counts);
        let agree = |(per, times)| {
            self.holds(per, times) || self.ends_after(per, times, context.today) || self.chooses(per, times)
        };
        counts.into_iter().all(agree).then_some(())?;
        let timed = self.parts.iter().all(|p| !p.session.hours.is_empty());
        let months_said = self.named_months.is_empty() || self.bimonthly;
        (months_said && (timed || !self.needs_hours)).then_some(())?;
        for index in std::mem::take(&mut self.some_weeks) {
            let days = self.parts.get(index)?.session.when.clone();
            self.open.push(OpenDays { days, may_move: false });
        }
        self.settle_days_off();
        let rule = Rule {
            open: self.open,
            sessions: self.parts.into_iter().map(|p| p.session).collect(),
            closures: self.closures,
            from: self.from,
            until: self.until,
        };
        settle_next(rule, &self.named_next, context)
    }

    /// 「休日を除く」 beside sessions on Saturdays or Sundays: those stay open.
    fn settle_days_off(&mut self) {
        let weekend = Weekdays::range(Weekday::Sat, Weekday::Sun);
        let on_weekend = |p: &ClausePart| match &p.session.when.days {
            DayPattern::Weekly { weekdays, .. } | DayPattern::Nth { weekdays, .. } => !weekdays.and(weekend).is_empty(),
            _ => true,
        };
        if self.days_off && self.parts.iter().any(on_weekend) {
            let days = DayPattern::Weekly { weekdays: weekend, holidays: HolidayRule::AsAnyDay };
            self.open.push(OpenDays { days: days.into(), may_move: false });
        }
    }

    /// Runs of days bound the sessions, if there are any; else they are the days. A fortnight gets its first day.
    fn settle_dates(&mut self, context: &ScheduleContext) -> Option<()> {
        for range in std::mem::take(&mut self.ranges) {
            if self.parts.is_empty() {
                let days = dates::resolve_all(&[range], context.today)?;
                self.add(DayPattern::Dates(days), Vec::new());
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
        let said = self.named_next.first().is_some_and(|d| d.year.is_some());
        let Some(anchor) = anchors.first().copied() else {
            self.parts[index].session.when.days =
                DayPattern::Weekly { weekdays: Weekdays::one(weekday), holidays: HolidayRule::AsAnyDay };
            self.some_weeks.push(index);
            return Some(());
        };
        (said || (anchor - context.today).num_days().abs() <= dates::ANCHOR_DAYS).then_some(())?;
        let agree =
            anchor.weekday() == weekday && anchors.iter().all(|d| (*d - anchor).num_days() % 14 == 0 && *d >= anchor);
        self.parts[index].session.when.days = DayPattern::Fortnight { anchor };
        agree.then_some(())
    }

    /// 隔月: the even or the odd months where the words say which, else all stay open.
    fn settle_months(&mut self) {
        let alternate = |p: &ClausePart| {
            let months = &p.session.when.seasons;
            months.len() == 6 && months.iter().all(|s| s.from.month % 2 == months[0].from.month % 2)
        };
        if !self.bimonthly || self.parts.iter().all(alternate) {
            return;
        }
        let named = self.named_next.first().map(|d| d.day.month).or_else(|| self.named_months.first().copied());
        match named {
            Some(named) => {
                let first = if named % 2 == 0 { 2 } else { 1 };
                let months: Vec<Season> = (0..6).map(|n| Season::months(first + n * 2, first + n * 2)).collect();
                self.restrict(&months);
            }
            None => self.some_weeks.extend(0..self.parts.len()),
        }
    }

    /// 「月2回 土曜」: on some of those days.
    fn chooses(&mut self, per: PerUnit, times: u32) -> bool {
        let weekly = |p: &ClausePart| matches!(p.session.when.days, DayPattern::Weekly { .. });
        let monthly = |p: &ClausePart| matches!(p.session.when.days, DayPattern::Nth { .. });
        let few = !self.every_week
            && match per {
                PerUnit::Month => times <= 4 && self.parts.iter().all(weekly),
                PerUnit::Year => times < 12 && self.parts.iter().all(|p| weekly(p) || monthly(p)),
                PerUnit::Week | PerUnit::InAll => false,
            };
        if few {
            self.some_weeks.extend(0..self.parts.len());
        }
        few
    }

    /// 「1月8日から毎週金曜 全6回」: the day of the sixth is the last; a last day that is said must be that one.
    fn ends_after(&mut self, per: PerUnit, times: u32, today: NaiveDate) -> bool {
        let [ClausePart { session, .. }] = self.parts.as_slice() else { return false };
        let is_plain = session.when.shift.is_none() && session.hours.len() < 2 && session.except.is_empty();
        let is_bare = self.closures.is_empty() && self.open.is_empty() && self.some_weeks.is_empty();
        (per == PerUnit::InAll && is_plain && is_bare) && (self.ends_from(times) || self.fills_season(times, today))
    }

    /// From the first day that is said.
    fn ends_from(&mut self, times: u32) -> bool {
        let [ClausePart { session, .. }] = self.parts.as_slice() else { return false };
        let Some(from) = self.from.filter(|from| session.has(*from)) else { return false };
        let Some(index) = usize::try_from(times).ok().and_then(|times| times.checked_sub(1)) else { return false };
        let mut days = from.iter_days().take(SAMPLE_DAYS).filter(|day| session.has(*day));
        let Some(last) = days.nth(index) else { return false };
        let next = days.next();
        match self.until {
            None => self.until = Some(last),
            Some(until) if until < last || next.is_some_and(|next| next <= until) => return false,
            Some(_) => {}
        }
        true
    }

    /// 「1月13日〜3月17日の毎週水曜 全10回」: the year in which both ends are such days and there are so many.
    fn fills_season(&mut self, times: u32, today: NaiveDate) -> bool {
        let [ClausePart { session, .. }] = self.parts.as_slice() else { return false };
        let ([season], None, None) = (session.when.seasons.as_slice(), self.from, self.until) else { return false };
        let on = |year: i32, day: YearDay| NaiveDate::from_ymd_opt(year, day.month, day.day);
        let fits = |year: i32| {
            let from = on(year, season.from)?;
            let until = on(if season.to < season.from { year + 1 } else { year }, season.to)?;
            let count = from.iter_days().take_while(|day| *day <= until).filter(|day| session.has(*day)).count();
            let is_whole = session.has(from) && session.has(until) && usize::try_from(times).ok() == Some(count);
            is_whole.then_some((from, until))
        };
        let mut years = (today.year() - 1..=today.year() + 1).filter_map(fits);
        let (Some((from, until)), None) = (years.next(), years.next()) else { return false };
        (self.from, self.until) = (Some(from), Some(until));
        true
    }

    fn only_weekday(&self) -> Option<Weekday> {
        let of_months = self.parts.iter().fold(Weekdays::NONE, |set, p| match p.session.when.days {
            DayPattern::Nth { weekdays, .. } => set.or(weekdays),
            _ => set,
        });
        let days = self.weekdays().or(of_months);
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
        self.add(DayPattern::EVERY, prefix);
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
        let moves = self.parts.iter().any(|p| p.session.when.shift.is_some_and(|s| s.to != HolidayMove::Nowhere));
        (with == self.parts.len() || (with == 0 && !moves)).then_some(())
    }

    /// Where holidays have hours of their own, weekdays do not speak for them; days off cannot be days on.
    fn settle_holidays(&mut self) -> Option<()> {
        let has = |p: &ClausePart, kind| matches!(p.session.when.days, DayPattern::Weekly { holidays, .. } if holidays == kind);
        let also = self.parts.iter().any(|p| has(p, HolidayRule::Also));
        let off = self
            .closures
            .iter()
            .any(|c| matches!(c.days, DayPattern::Weekly { holidays: HolidayRule::Also, .. }) && c.seasons.is_empty());
        if also {
            for part in &mut self.parts {
                if let DayPattern::Weekly { holidays: holidays @ HolidayRule::AsAnyDay, .. } =
                    &mut part.session.when.days
                {
                    *holidays = HolidayRule::Never;
                }
            }
        }
        (!(also && off)).then_some(())
    }

    /// A later session replaces an earlier one on the days of both if their hours overlap.
    fn settle_overrides(&mut self, context: &ScheduleContext) -> Option<()> {
        let year: Vec<NaiveDate> = context.today.iter_days().take(SAMPLE_DAYS).collect();
        for later in 1..self.parts.len() {
            let (before, rest) = self.parts.split_at_mut(later);
            let ClausePart { session: later, group } = &rest[0];
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

    /// Days that share their hours with days that contain them: 「火曜（第2火曜）」, 「毎週木曜 12/31（木）」. They may be meant as
    /// the only ones, or as days off.
    fn refuse_repeated(&self, context: &ScheduleContext) -> Option<()> {
        let days: Vec<NaiveDate> = context.today.iter_days().take(SAMPLE_DAYS).collect();
        let within = |a: &ClausePart, b: &ClausePart| {
            let mut own = days.iter().filter(|d| a.session.has(**d)).peekable();
            own.peek().is_some() && own.all(|d| b.session.has(*d))
        };
        let repeated = |i: usize, j: usize| {
            let (a, b) = (&self.parts[i], &self.parts[j]);
            let same = a.group == b.group && a.session.hours == b.session.hours;
            // 「毎週水曜 10時〜、第3水曜 13時〜」: as well, or instead?
            let both = matches!(
                (&a.session.when.days, &b.session.when.days),
                (DayPattern::Nth { .. }, DayPattern::Weekly { .. })
            );
            // 「平日（火・木）」: not beside the other days, holidays or not.
            let weekly = match (&a.session.when.days, &b.session.when.days) {
                (DayPattern::Weekly { weekdays: a, .. }, DayPattern::Weekly { weekdays: b, .. }) => {
                    !a.is_empty() && a.without(*b).is_empty()
                }
                _ => false,
            };
            i != j && ((same || both) && within(a, b) || same && weekly)
        };
        let all = 0..self.parts.len();
        (!all.clone().any(|i| all.clone().any(|j| repeated(i, j)))).then_some(())
    }

    /// Closed on Mondays unless a holiday: then open on those, also where Mondays are not among the days.
    fn settle_reopened(&mut self) {
        let weekly = |p: &ClausePart| {
            matches!(p.session.when.days, DayPattern::Weekly { .. }) && p.session.when.seasons.is_empty()
        };
        if !self.parts.iter().all(weekly) {
            return;
        }
        let missing = self
            .closures
            .iter()
            .filter(|c| c.shift.is_some_and(|s| s.when.holidays) && c.seasons.is_empty())
            .fold(Weekdays::NONE, |set, c| match c.days {
                DayPattern::Weekly { weekdays, .. } => set.or(weekdays),
                _ => set,
            });
        let missing = missing.without(self.weekdays());
        let has = |kind| move |p: &&ClausePart| matches!(p.session.when.days, DayPattern::Weekly { holidays, .. } if holidays == kind);
        if missing.is_empty() || self.parts.iter().any(|p| has(HolidayRule::Also)(&p) || has(HolidayRule::Never)(&p)) {
            return;
        }
        let of_holidays = self.parts.iter().find(has(HolidayRule::Only)).map(|p| p.session.hours.clone());
        let Some(hours) = of_holidays.or_else(|| self.common_hours()) else { return };
        self.add(DayPattern::Weekly { weekdays: missing, holidays: HolidayRule::Only }, Vec::new());
        if let Some(part) = self.parts.last_mut() {
            part.session.hours = hours;
        }
    }

    /// Whether a count agrees with the days: 月2回（第2・4火曜）.
    fn holds(&self, per: PerUnit, times: u32) -> bool {
        let stands_in = |p: &ClausePart| {
            let when = &p.session.when;
            let is_own = |e: &RulePattern| {
                !e.seasons.is_empty() && (e.seasons == when.seasons || matches!(when.days, DayPattern::Dates(_)))
            };
            per == PerUnit::Month && self.parts.iter().any(|other| other.session.except.iter().any(is_own))
        };
        // What takes the place of a month's meeting is no further one.
        let usual = self.parts.iter().filter(|p| !stands_in(p));
        let counted: Option<u32> = usual.map(|p| times_per(per, &p.session.when)).sum();
        counted == Some(times)
    }
}

fn times_per(per: PerUnit, when: &RulePattern) -> Option<u32> {
    let months = || -> Option<u32> {
        let whole = |s: &Season| s.from.day == 1 && s.to.day == 31 && s.from.month == s.to.month;
        when.seasons.iter().all(whole).then_some(u32::try_from(when.seasons.len()).ok()?)
    };
    match (per, &when.days) {
        (PerUnit::Week, DayPattern::Weekly { weekdays, .. }) => Some(weekdays.len()),
        (PerUnit::Month, DayPattern::Nth { nths, weekdays }) => Some(nths.len() * weekdays.len()),
        (PerUnit::Month, DayPattern::Monthly(days)) => Some(days.len()),
        (PerUnit::Year, DayPattern::Nth { nths, weekdays }) => Some(nths.len() * weekdays.len() * months()?),
        (PerUnit::InAll, DayPattern::Dates(dates)) => u32::try_from(dates.len()).ok(),
        _ => None,
    }
}

/// 「次回12/8」 with a rule: that day must be one of its days, and nothing takes place before it.
fn settle_next(mut rule: Rule, named: &[DateSpec], context: &ScheduleContext) -> Option<Rule> {
    let fortnightly = rule.sessions.iter().any(|s| matches!(s.when.days, DayPattern::Fortnight { .. }));
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
