//! Days off: 「月曜と年末年始は休館」, 「祝日を除く」, 「休館日：第3月曜」. This module does no I/O.

use chrono::Weekday;

use super::cursor::Cursor;
use super::days::WeekSpec;
use super::draft::{ClausePart, DraftTarget};
use super::list::{self, ItemList, ItemMeaning, ListItem};
use super::remark_words::REMARKS;
use super::{BracketDepth, ScheduleParser, dates, hours_after};
use crate::schedule::ScheduleContext;
use crate::schedule::lex::{ScheduleWord, TokenKind};
use crate::schedule::rule::{DayPattern, HolidayRule, RulePattern, Season, Weekdays};

/// Words of closing after a list.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the words may say, in any combination")]
#[derive(Debug, Clone, Copy)]
pub(super) struct ClosedDays<'a> {
    /// Said of a house, or by exclusion: all other days are open.
    house: bool,
    /// A space stands before it.
    apart: bool,
    /// は or the like stands before it, or を除く behind, so that the list before is all that is off.
    topic: bool,
    /// By を除く, which is said of all.
    except: bool,
    pub end: Cursor<'a>,
}

fn is_closing(kind: Option<TokenKind>) -> bool {
    matches!(kind, Some(TokenKind::Word(ScheduleWord::Closed | ScheduleWord::Off)))
}

/// Whether the list before is closed. The outer `None` is for what can be read in two ways: 「水曜 休み 木曜」.
#[expect(clippy::option_option, reason = "unreadable is not the same as nothing of closing")]
pub(super) fn off<'a>(list: &ItemList, c: Cursor<'a>, context: &ScheduleContext) -> Option<Option<ClosedDays<'a>>> {
    let dated = list.items.iter().all(|i| matches!(i.what, ItemMeaning::Season | ItemMeaning::Dates(_)));
    let near =
        c.skip(|k| matches!(k, TokenKind::Particle('は' | 'が' | 'も' | 'を') | TokenKind::Word(ScheduleWord::Only)));
    let here = near.skip_spaces();
    let here = if dated || near.left() < c.left() { past_reason(here) } else { here };
    if dated && let Some(end) = named_days_off(near) {
        return Some(Some(ClosedDays { house: false, apart: false, topic: true, except: false, end }));
    }
    if let Some(end) = here.word(ScheduleWord::Except) {
        let next = end.skip(|k| matches!(k, TokenKind::Particle(_) | TokenKind::Space | TokenKind::Comma(_)));
        let negated = is_closing(next.peek()) || next.is_word(ScheduleWord::Except);
        return (!negated).then_some(Some(ClosedDays { house: true, apart: false, topic: true, except: true, end }));
    }
    if !is_closing(here.peek()) {
        return Some(None);
    }
    let house = here.is_word(ScheduleWord::Closed);
    let end = here.advance();
    if matches!(end.peek(), Some(TokenKind::Colon | TokenKind::Particle('は'))) {
        // A label of its own: 「火〜日 休館日：月曜」; what stands directly before it is doubtful.
        let apart = here.left() < near.left() && near.left() == c.left();
        return apart.then_some(None);
    }
    let end = end.skip_words(&[ScheduleWord::Harmless, ScheduleWord::ToBeMoved]);
    if !end.at_boundary() && !end.is_word(ScheduleWord::But) {
        return None;
    }
    let apart = here.left() < near.left();
    let days_follow = end.peek() == Some(TokenKind::Space) && list::list(end.skip_spaces(), context).is_some();
    let topic = near.left() < c.left();
    (!(apart && days_follow)).then_some(Some(ClosedDays { house, apart, topic, except: false, end }))
}

/// 「1・2月は積雪のため休み」, 「12〜3月は冬季休止」: why, of days that are named.
fn past_reason(c: Cursor<'_>) -> Cursor<'_> {
    let because =
        |here: Cursor<'_>| is_closing(here.peek()) && here.advance().peek() == Some(TokenKind::Particle('の'));
    let c = if because(c) && is_closing_as_reason(c) { c.advance() } else { c };
    let end = skip_reason(c);
    let end = if because(end) { skip_reason(end.advance()) } else { end };
    if is_closing(end.peek()) { end } else { c }
}

/// Whether the closing word here only gives the reason, and the closing itself follows: the 休館 in 「会場休館のため休み」.
fn is_closing_as_reason(c: Cursor<'_>) -> bool {
    is_closing(skip_reason(c.advance()).peek())
}

fn skip_reason(c: Cursor<'_>) -> Cursor<'_> {
    c.skip(|k| {
        matches!(
            k,
            TokenKind::Unknown
                | TokenKind::Particle('の' | 'で' | 'に' | 'が')
                | TokenKind::Word(ScheduleWord::VagueSeason | ScheduleWord::Vacation | ScheduleWord::Harmless)
        )
    })
}

/// 「8月は夏休み」.
fn named_days_off(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let after = c.word(ScheduleWord::Vacation)?;
    after.at_boundary().then_some(after)
}

impl<'a> ScheduleParser<'a> {
    /// Closes the days of a list.
    pub(super) fn close(&mut self, list: &ItemList, off: ClosedDays<'a>) -> Option<()> {
        let doubtful =
            self.beside_days && self.draft.may_be_closed(off.house, off.apart || self.bracket == BracketDepth::Closed);
        (!doubtful || self.is_sentence_of_its_own(list, off)).then_some(())?;
        self.draft.needs_hours |= doubtful;
        if self.draft.parts.is_empty()
            && let Some((days, rest)) = without_holidays(list, off)
            && self.draft.leading.is_empty()
        {
            self.draft.needs_hours = true;
            self.sessions(days, self.here)?;
            return self.close(&rest, off);
        }
        if is_sentence_of_two(list, off) && self.draft.parts.is_empty() {
            return self.split(list, off);
        }
        let first = self.draft.closures.len();
        for item in &list.items {
            self.draft.target = DraftTarget::Closures(self.draft.closures.len());
            self.close_item(item)?;
        }
        self.draft.target = DraftTarget::Closures(first);
        let weekly = self.weekly_days(first);
        let regular = self.draft.closures[first..]
            .iter()
            .any(|c| c.seasons.is_empty() && !matches!(c.days, DayPattern::Dates(_) | DayPattern::AfterHoliday));
        let regular = regular
            && self.draft.closures[first..].iter().any(|c| c.days != DayPattern::HOLIDAYS && c.seasons.is_empty());
        let in_doubt = weekly.len() > 3
            || (!off.house && list.loose)
            || list.items.iter().any(|i| i.marked && !off.house && list.items.len() > 1);
        self.draft.implies_open |= regular;
        self.draft.doubtful |= in_doubt;
        Some(())
    }

    /// 「第4日曜 12・1月は休業」, 「月2回（第1・3月曜）祝日は休み」: は ends the list, and the days before are no days off of a house.
    fn is_sentence_of_its_own(&self, list: &ItemList, off: ClosedDays<'a>) -> bool {
        let nth = |p: &ClausePart| matches!(p.session.when.days, DayPattern::Nth { .. });
        let never_weekly = |i: &ListItem| match &i.what {
            ItemMeaning::Season | ItemMeaning::Dates(_) | ItemMeaning::Vague(_) => true,
            ItemMeaning::Week(week) => week.weekdays.is_empty(),
            // 「毎週木曜 第5木曜を除く」
            ItemMeaning::Nth(_, Some(days)) => days.without(self.draft.weekdays()).is_empty(),
            _ => false,
        };
        let group = self.draft.group;
        let before = self.every_week || self.draft.parts.iter().filter(|p| p.group == group).all(nth);
        let dated = list.is_seasons();
        off.topic
            && before
            && (!off.house || off.except || dated)
            && list.items.iter().all(never_weekly)
            && self.draft.leading.is_empty()
    }

    fn weekly_days(&self, first: usize) -> Weekdays {
        self.draft.closures[first..].iter().fold(Weekdays::NONE, |set, c| match c.days {
            DayPattern::Weekly { weekdays, .. } if c.seasons.is_empty() => set.or(weekdays),
            _ => set,
        })
    }

    /// 「毎週水曜、8月は休み」: the days that come first are not off, only the months are.
    fn split(&mut self, list: &ItemList, off: ClosedDays<'a>) -> Option<()> {
        let (first, rest) = list.items.split_first()?;
        let days = ItemList { items: vec![first.clone()], loose: false };
        let months = ItemList { items: rest.to_vec(), loose: false };
        self.sessions(days, self.here)?;
        self.close(&months, off)
    }

    fn close_item(&mut self, item: &ListItem) -> Option<()> {
        let seasons = item.seasons.clone();
        let days = match &item.what {
            ItemMeaning::Week(week) => {
                self.draft.days_off |= week.day_off && !week.weekdays.has(Weekday::Sun);
                DayPattern::Weekly { weekdays: week.weekdays, holidays: week.holidays }
            }
            ItemMeaning::Nth(nths, weekdays) => {
                DayPattern::Nth { nths: *nths, weekdays: weekdays.or_else(|| self.only_weekday())? }
            }
            ItemMeaning::Monthly(days) => DayPattern::Monthly(*days),
            ItemMeaning::AfterHoliday => DayPattern::AfterHoliday,
            ItemMeaning::Season => DayPattern::EVERY,
            ItemMeaning::Dates(spans) => return self.close_dates(spans),
            ItemMeaning::Vague(left) => {
                let word = self.at(*left);
                let seasons = REMARKS.spans(&self.text(word, word.advance()));
                self.leave_open(seasons, word, word.advance());
                return Some(());
            }
            ItemMeaning::Fortnight(_) | ItemMeaning::SomeWeeks(_) => return None,
        };
        self.draft.closures.push(RulePattern { days, seasons, shift: None });
        match item.condition {
            Some(condition) => self.draft.apply(condition),
            None => Some(()),
        }
    }

    fn close_dates(&mut self, spans: &[dates::DateSpan]) -> Option<()> {
        let pattern = match dates::seasons(spans) {
            Some(seasons) => every_day_of(seasons),
            None => DayPattern::Dates(dates::resolve_all(spans, self.context.today)?).into(),
        };
        self.draft.closures.push(pattern);
        Some(())
    }

    /// The weekday of the only session: 「毎週水曜（第5は休み）」.
    fn only_weekday(&self) -> Option<Weekdays> {
        let [part] = self.draft.parts.as_slice() else { return None };
        match part.session.when.days {
            DayPattern::Weekly { weekdays, holidays: HolidayRule::AsAnyDay } | DayPattern::Nth { weekdays, .. } => {
                Some(weekdays).filter(|w| w.len() == 1)
            }
            _ => None,
        }
    }

    /// 「休館日：月曜日、年末年始」, 「定休日は水曜」, 「【休館日】12月30日〜1月2日」.
    pub(super) fn label(&mut self) -> Option<()> {
        let here = self.here;
        // 「（除：祝日）」
        let except = here.is_word(ScheduleWord::Except) && self.bracket == BracketDepth::Opened;
        (is_closing(here.peek()) || except).then_some(())?;
        // 「休：月・火、12/28〜1/4」: behind a colon all of the list is off, as behind 休館日.
        let house = except || here.is_word(ScheduleWord::Closed) || here.advance().peek() == Some(TokenKind::Colon);
        let list_at = here.advance().skip(|k| {
            matches!(
                k,
                TokenKind::Particle('は' | 'が')
                    | TokenKind::Colon
                    | TokenKind::Close
                    | TokenKind::Comma(_)
                    | TokenKind::Space
                    | TokenKind::Break
            )
        });
        let (list, end) = list::list(list_at, self.context)?;
        let next = end.skip(|k| matches!(k, TokenKind::Particle(_) | TokenKind::Space));
        let negated =
            next.is_word(ScheduleWord::Except) || next.is_word(ScheduleWord::NeverOff) || is_closing(next.peek());
        (!negated && hours_after(end).is_none() && !self.more_days_follow(end)).then_some(())?;
        self.close(&list, ClosedDays { house, apart: false, topic: except, except, end })?;
        self.go(end.skip_words(&[ScheduleWord::ToBeMoved]))
    }

    /// Whether further days without hours follow, which may be days off as well or days on.
    fn more_days_follow(&self, c: Cursor<'a>) -> bool {
        let next = c.skip(|k| matches!(k, TokenKind::Space | TokenKind::Break | TokenKind::Comma(_)));
        let Some((list, after)) = list::list(next, self.context) else { return false };
        let said = off(&list, after, self.context).is_some_and(|o| o.is_some());
        !said && hours_after(after).is_none()
    }
}

/// Whether the list is days of every week and, after a comma, months off.
fn is_sentence_of_two(list: &ItemList, off: ClosedDays<'_>) -> bool {
    let Some((first, rest)) = list.items.split_first() else { return false };
    let months_only = !rest.is_empty() && rest.iter().all(|i| i.what == ItemMeaning::Season && i.by_month);
    let of_week = match first.what {
        ItemMeaning::Week(week) => week.weekdays,
        _ => Weekdays::NONE,
    };
    // 「毎週火曜、第5火曜は休み」
    let some_of_them =
        |i: &ListItem| matches!(i.what, ItemMeaning::Nth(_, Some(days)) if days.without(of_week).is_empty());
    let some_only = !rest.is_empty() && rest.iter().all(some_of_them);
    (months_only || some_only) && first.marked && list.loose && !off.house
}

/// 「毎週水曜、祝日は休み」: one weekday with 毎週, and after a comma holidays.
fn without_holidays(list: &ItemList, off: ClosedDays<'_>) -> Option<(ItemList, ItemList)> {
    let [ListItem { what: ItemMeaning::Week(week), marked: true, .. }] = list.items.as_slice() else { return None };
    let one_day = week.weekdays.len() == 1 && week.holidays == HolidayRule::Also && week.loose;
    let item = |weekdays, holidays| ListItem {
        what: ItemMeaning::Week(WeekSpec { weekdays, holidays, loose: false, day_off: week.day_off }),
        ..list.items[0].clone()
    };
    let of = |item| ItemList { items: vec![item], loose: false };
    let holidays = of(item(Weekdays::NONE, HolidayRule::Also));
    (one_day && off.topic && !off.house).then(|| (of(item(week.weekdays, HolidayRule::AsAnyDay)), holidays))
}

fn every_day_of(seasons: Vec<Season>) -> RulePattern {
    RulePattern { days: DayPattern::EVERY, seasons, shift: None }
}
