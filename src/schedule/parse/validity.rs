//! From when to when a schedule holds, and which day is its next: 令和8年度, 「3月31日まで」, 「次回12/1」, 隔月.
//!
//! This module does no I/O.

use chrono::{Datelike as _, Months, NaiveDate};

use super::cursor::Cursor;
use super::dates::{self, DateSpan};
use super::list::{self, ItemMeaning, ListItem};
use super::{ScheduleParser, single_days};
use crate::schedule::lex::{ScheduleWord, TokenKind};

impl<'a> ScheduleParser<'a> {
    /// 次回12/1（火）.
    pub(super) fn named_next(&mut self) -> Option<()> {
        let after = self.here.word(ScheduleWord::NextTime)?;
        let next = after.skip(|k| {
            matches!(k, TokenKind::Particle('は' | 'が' | 'の') | TokenKind::Colon | TokenKind::Space | TokenKind::To)
        });
        if let (Some(TokenKind::Month(month)), None) = (next.peek(), dates::dates(next)) {
            self.draft.named_months.push(month);
            return self.go(next.advance());
        }
        let (spans, end) = dates::dates(next)?;
        self.draft.named_next.extend(single_days(&spans)?);
        self.go(end)
    }

    /// 隔月: which months is said somewhere else, or stays open.
    pub(super) fn bimonthly(&mut self) -> Option<()> {
        let after = self.here.word(ScheduleWord::Bimonthly)?;
        self.draft.bimonthly = true;
        self.note_open(self.here, after);
        self.go(after)
    }

    /// 「12月20日（日）まで」, 「令和9年3月31日まで」.
    pub(super) fn last_day(&mut self) -> Option<()> {
        let (spans, end) = dates::dates(self.here)?;
        let [DateSpan { from, to: None, open: false }] = spans.as_slice() else { return None };
        let end = end.eat(TokenKind::Until)?;
        let day = dates::resolve(*from, None, self.context.today)?;
        self.draft.until.is_none().then(|| self.draft.until = Some(day))?;
        self.go(end)
    }

    /// 令和8年度; 令和8年4月〜令和9年3月.
    pub(super) fn year(&mut self) -> Option<()> {
        match self.here.peek()? {
            TokenKind::FiscalYear(year) => {
                let (from, until) = (month_of(year, 4)?, month_of(year + 1, 4)?.pred_opt()?);
                self.holds(Some(from), Some(until), self.here.advance())
            }
            TokenKind::Year(_) => self.year_and_month(),
            TokenKind::Month(month) => self.first_month(month),
            _ => None,
        }
    }

    /// 「1月から毎月第2火曜」: the first day of that month that lies nearest; before it, nothing is certain.
    fn first_month(&mut self, month: u32) -> Option<()> {
        let next = self.here.advance().to()?;
        // 「10月〜」 may lack its end.
        let is_word = self.text(self.here.advance(), next).starts_with(['か', 'よ', '以']);
        is_word.then_some(())?;
        let (list, _) = list::list(next, self.context)?;
        let of_days = |item: &ListItem| {
            item.seasons.is_empty()
                && matches!(item.what, ItemMeaning::Week(_) | ItemMeaning::Nth(..) | ItemMeaning::Monthly(_))
        };
        list.items.iter().all(|item| of_days(item) && item.marked).then_some(())?;
        let today = self.context.today;
        let months = (today.year() - 1..=today.year() + 1).filter_map(|year| month_of(year, month));
        let from = months.min_by_key(|first| (*first - today).num_days().abs())?;
        self.holds(Some(from), None, next)
    }

    /// 「令和8年4月〜令和9年3月」, 「令和9年1月から3月の」, 「令和9年3月まで」, 「令和8年10月から」.
    fn year_and_month(&mut self) -> Option<()> {
        let (from, after) = year_month(self.here)?;
        if let Some(end) = after.eat(TokenKind::Until) {
            return self.holds(None, Some(last_day_of(from)?), end);
        }
        let Some(next) = after.to() else { return self.holds(Some(from), Some(last_day_of(from)?), after) };
        let after_year = next.skip_words(&[ScheduleWord::NextYear]);
        let (until, end) = match (year_month(next), after_year.peek()) {
            (Some((until, end)), _) => (until, end),
            (None, Some(TokenKind::Month(month))) => {
                let year = if month < from.month() { from.year() + 1 } else { from.year() };
                (month_of(year, month)?, after_year.advance())
            }
            _ => return self.holds(Some(from), None, next),
        };
        self.holds(Some(from), Some(last_day_of(until)?), end.eat(TokenKind::Until).unwrap_or(end))
    }

    /// Notes from when to when it holds; `None` if that was said before, or contradicts itself.
    fn holds(&mut self, from: Option<NaiveDate>, until: Option<NaiveDate>, end: Cursor<'a>) -> Option<()> {
        let said = from.is_some() && self.draft.from.is_some() || until.is_some() && self.draft.until.is_some();
        let in_order = from.zip(until).is_none_or(|(from, until)| from < until);
        (!said && in_order).then_some(())?;
        self.draft.from = from.or(self.draft.from);
        self.draft.until = until.or(self.draft.until);
        self.go(end)
    }
}

fn last_day_of(month: NaiveDate) -> Option<NaiveDate> {
    month.checked_add_months(Months::new(1))?.pred_opt()
}

fn year_month(c: Cursor<'_>) -> Option<(NaiveDate, Cursor<'_>)> {
    let TokenKind::Year(year) = c.peek()? else { return None };
    let after = c.advance().skip_spaces();
    let TokenKind::Month(month) = after.peek()? else { return None };
    Some((month_of(year, month)?, after.advance()))
}

fn month_of(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)
}
