//! Days on: what a list of days means when no word of closing follows. This module does no I/O.

use chrono::Weekday;

use super::cursor::Cursor;
use super::dates::{self, DateSpan};
use super::draft::DraftTarget;
use super::list::{self, ItemList, ItemMeaning, ListItem};
use super::{BracketDepth, ScheduleParser, closing, hours_after, single_days};
use crate::schedule::lex::{ScheduleWord, TokenKind};
use crate::schedule::rule::{DayPattern, HolidayRule, NthWeeks, RulePattern, Season};

impl<'a> ScheduleParser<'a> {
    /// A list of days, by what follows it: off, part of the year, or a session.
    pub(super) fn list(&mut self) -> Option<()> {
        let (list, after) = list::list(self.here, self.context)?;
        if let Some(off) = closing::off(&list, after, self.context)? {
            self.close(&list, off)?;
            return self.go(off.end);
        }
        if after
            .skip_words(&[ScheduleWord::Only])
            .skip(|k| matches!(k, TokenKind::Particle(_)))
            .is_word(ScheduleWord::NeverOff)
        {
            // 「7〜10月は無休」 would lift closings; leaving them in place gives fewer dates, none wrong.
            return list.is_seasons().then(|| self.go(after))?;
        }
        if after.is_word(ScheduleWord::LastDay) {
            return None;
        }
        if list.is_seasons() { self.season(&list, after) } else { self.sessions(list, after) }
    }

    /// 「8月は第2日曜」, 「4〜10月は9:00〜18:00」, 「（4〜11月）」.
    fn season(&mut self, seasons: &ItemList, after: Cursor<'a>) -> Option<()> {
        // The turn of the year and the like are said of closings only.
        let any_named = seasons.items.iter().any(|i| !i.by_month);
        (!any_named).then_some(())?;
        let whole = seasons.seasons();
        if self.draft.parts.is_empty() && self.draft.every_day {
            self.draft.add(DayPattern::EVERY, Vec::new());
            let leading = std::mem::take(&mut self.draft.leading);
            (!leading.is_empty()).then(|| self.draft.give_hours(leading))??;
        }
        let only = after.word(ScheduleWord::Only).unwrap_or(after);
        let named = only.eat(TokenKind::Particle('は')).unwrap_or(only);
        let topic = (named.left() < after.left()).then_some(named);
        if let Some(next) = topic
            && let Some((list, end)) = list::list(next.skip_spaces(), self.context)
        {
            let end_of_first = list::day_list_item(next.skip_spaces(), self.context).map(|(_, end)| end);
            return self.season_of(&whole, list, end, end_of_first);
        }
        if !self.draft.parts.is_empty()
            && let Some((hours, end)) = hours_after(after)
        {
            self.not_of_an_office()?;
            self.draft.give_seasonal_hours(&whole, hours)?;
            return self.go(end);
        }
        let stands_alone = only.left() == named.left() && (topic.is_none() || only.at_boundary());
        stands_alone.then_some(())?;
        if !self.draft.parts.is_empty() {
            // 「毎週水曜 8月」 may be short for a month off.
            (after.is_word(ScheduleWord::Only) || is_long(&whole)).then_some(())?;
            self.draft.restrict(&whole);
        }
        self.draft.prefix = whole;
        self.go(after)
    }

    /// 「12〜3月は水曜が休み」, 「8月は第1のみ」: in that part of the year these days, and no others.
    fn season_of(
        &mut self,
        seasons: &[Season],
        mut list: ItemList,
        after: Cursor<'a>,
        end_of_first: Option<Cursor<'a>>,
    ) -> Option<()> {
        let of_days = |i: &ListItem| i.what == ItemMeaning::Season || i.seasons.is_empty();
        list.items.iter().all(of_days).then_some(())?;
        let dates = |i: &ListItem| matches!(i.what, ItemMeaning::Dates(_));
        for item in list.items.iter_mut().filter(|i| !dates(i) && i.what != ItemMeaning::Season) {
            item.seasons = seasons.to_vec();
            item.by_month = true;
        }
        if let Some(off) = closing::off(&list, after, self.context)? {
            if let [first, rest @ ..] = list.items.as_slice()
                && list.loose
                && first.what != ItemMeaning::Season
                && rest.iter().all(|i| i.what == ItemMeaning::Season)
                && let Some(end) = end_of_first
            {
                // 「1月は第2木曜、2月は休み」
                list.items.truncate(1);
                return self.in_season(seasons, list, end);
            }
            self.close(&list, off)?;
            return self.go(off.end);
        }
        self.in_season(seasons, list, after)
    }

    fn in_season(&mut self, seasons: &[Season], mut list: ItemList, after: Cursor<'a>) -> Option<()> {
        let base = self.draft.parts.first().map(|p| p.session.clone());
        if let [ListItem { what: ItemMeaning::Nth(_, weekdays @ None), .. }] = list.items.as_mut_slice() {
            let DayPattern::Nth { weekdays: of_base, .. } = base.as_ref()?.when.days else { return None };
            (self.draft.parts.len() == 1).then_some(())?;
            *weekdays = Some(of_base);
        }
        let season = RulePattern { days: DayPattern::EVERY, seasons: seasons.to_vec(), shift: None };
        self.draft.parts.iter_mut().for_each(|p| p.session.except.push(season.clone()));
        let waits = self.draft.waits();
        let first = self.draft.parts.len();
        let prefix = self.draft.prefix.clone();
        self.sessions(list, after)?;
        self.draft.prefix = prefix;
        if first > 0 && !waits && hours_after(self.here).is_none() {
            self.draft.give_hours(base?.hours).filter(|()| {
                self.draft.parts[..first].iter().all(|p| p.session.hours == self.draft.parts[0].session.hours)
            })?;
        }
        Some(())
    }

    pub(super) fn sessions(&mut self, list: ItemList, after: Cursor<'a>) -> Option<()> {
        self.not_of_an_office()?;
        let after = after.eat(TokenKind::Particle('の')).filter(|_| is_period(&list)).unwrap_or(after);
        // 「月曜の祝日」 are not all Mondays.
        let of_these =
            after.eat(TokenKind::Particle('の')).and_then(|next| list::list(next.skip_spaces(), self.context));
        of_these.is_none().then_some(())?;
        let before = self.draft.parts.len();
        for item in list.items {
            if item.what == ItemMeaning::Season {
                item.by_month.then_some(())?;
                self.draft.prefix = item.seasons;
                continue;
            }
            self.session(item, after)?;
        }
        if self.draft.parts.len() > before {
            self.draft.target = DraftTarget::Sessions(before);
            self.beside_days = true;
        }
        self.go(after)
    }

    fn session(&mut self, item: ListItem, after: Cursor<'a>) -> Option<()> {
        if !item.seasons.is_empty() {
            item.by_month.then_some(())?;
            self.draft.prefix = item.seasons;
        }
        let seasons = self.draft.prefix.clone();
        let days = match item.what {
            // 「毎週水曜（祝日）」: on or off, the words do not say.
            ItemMeaning::Week(week) if week.weekdays.is_empty() && self.draft.waits() => return None,
            // 休日 beside no Sunday: holidays only, or Sundays too?
            ItemMeaning::Week(week) if week.day_off && !week.weekdays.has(Weekday::Sun) => return None,
            ItemMeaning::Week(week) => DayPattern::Weekly { weekdays: week.weekdays, holidays: week.holidays },
            ItemMeaning::Nth(nths, None) => return self.narrow(nths, after),
            ItemMeaning::Nth(nths, Some(weekdays)) => DayPattern::Nth { nths, weekdays },
            ItemMeaning::Monthly(days) => DayPattern::Monthly(days),
            ItemMeaning::Fortnight(day) => {
                let first = self.draft.fortnight.replace((self.draft.parts.len(), day)).is_none();
                first.then_some(())?;
                self.note_open(self.here, after);
                // Its first day is named somewhere else; if it is not, `finish` leaves it open.
                DayPattern::Dates(Vec::new())
            }
            ItemMeaning::SomeWeeks(week) => {
                self.note_open(self.here, after);
                self.draft.some_weeks.push(self.draft.parts.len());
                DayPattern::Weekly { weekdays: week.weekdays, holidays: week.holidays }
            }
            ItemMeaning::Dates(spans) => return self.dates(&spans, after),
            ItemMeaning::Season | ItemMeaning::AfterHoliday | ItemMeaning::Vague(_) => return None,
        };
        self.every_week = item.marked;
        self.draft.every_week |= item.marked;
        self.draft.add(days, seasons);
        if let Some(condition) = item.condition {
            self.draft.target = DraftTarget::Sessions(self.draft.parts.len() - 1);
            self.draft.apply(condition)?;
        }
        Some(())
    }

    /// 「木曜（第2・4）」: not every one of the weekday named before.
    fn narrow(&mut self, nths: NthWeeks, after: Cursor<'a>) -> Option<()> {
        let only = after.is_word(ScheduleWord::Only);
        let in_brackets = self.bracket == BracketDepth::Opened && after.skip_spaces().peek() == Some(TokenKind::Close);
        let waits = self.draft.waits() || in_brackets;
        let [part] = self.draft.parts.as_mut_slice() else { return None };
        let DayPattern::Weekly { weekdays, holidays: HolidayRule::AsAnyDay } = part.session.when.days else {
            return None;
        };
        // 「毎週水曜（第1・3）」 contradicts itself unless it says 「のみ」.
        (waits && weekdays.len() == 1 && (only || !self.every_week)).then_some(())?;
        part.session.when.days = DayPattern::Nth { nths, weekdays };
        Some(())
    }

    /// Single days; beside other sessions a run of them bounds those, and with a fortnight they are its first.
    fn dates(&mut self, spans: &[DateSpan], after: Cursor<'a>) -> Option<()> {
        if let [span] = spans
            && (span.to.is_some() || span.open)
        {
            let yearly = dates::seasons(spans)
                .filter(|_| span.from.weekday.is_none() && span.to.is_none_or(|to| to.weekday.is_none()));
            // A range alone may be days off: 「月〜金。12/29〜1/3」.
            let closed = after.skip_words(&[ScheduleWord::Only]).skip_spaces().peek() == Some(TokenKind::Close);
            let said_of_days = self.draft.parts.is_empty() || (self.bracket == BracketDepth::Opened && closed);
            match yearly {
                Some(seasons) if !said_of_days || seasons.contains(&self.context.new_year) => return None,
                Some(seasons) if self.draft.parts.is_empty() => self.draft.prefix = seasons,
                Some(seasons) => self.draft.restrict(&seasons),
                None => self.draft.ranges.push(*span),
            }
            return Some(());
        }
        if self.draft.fortnight.is_some() {
            self.draft.named_next.extend(single_days(spans)?);
            return Some(());
        }
        let days = dates::resolve_all(spans, self.context.today)?;
        self.draft.add(DayPattern::Dates(days), Vec::new());
        Some(())
    }
}

/// Whether the list is one run of days, which bounds the days of every week behind it: 「12月1日〜2月28日の毎週火曜」.
fn is_period(list: &ItemList) -> bool {
    let [ListItem { what: ItemMeaning::Dates(spans), .. }] = list.items.as_slice() else { return false };
    matches!(spans.as_slice(), [DateSpan { to: Some(_), .. }])
}

/// Whether these are three months or more.
fn is_long(seasons: &[Season]) -> bool {
    let months = |s: &Season| (s.to.month + 12 - s.from.month) % 12 + 1;
    seasons.iter().map(months).sum::<u32>() >= 3
}
