//! From when to when a schedule holds, and which day is its next: 令和8年度, 「3月31日まで」, 「次回12/1」, 隔月.
//!
//! This module does no I/O.

use super::cursor::Cursor;
use super::dates::{self, DateSpan};
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
        let (from, until, end) = match self.here.peek()? {
            TokenKind::FiscalYear(year) => {
                (month_of(year, 4)?, month_of(year + 1, 4)?.pred_opt()?, self.here.advance())
            }
            TokenKind::Year(_) => {
                let (from, after) = year_month(self.here)?;
                if after.peek() == Some(TokenKind::Until) {
                    let last = from.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
                    self.draft.until.is_none().then(|| self.draft.until = Some(last))?;
                    return self.go(after.advance());
                }
                if let Some(next) = after.to().filter(|next| year_month(*next).is_none()) {
                    self.draft.from.is_none().then(|| self.draft.from = Some(from))?;
                    return self.go(next);
                }
                let (until, end) = after.to().map_or(Some((from, after)), year_month)?;
                (
                    from,
                    until.checked_add_months(chrono::Months::new(1))?.pred_opt()?,
                    end.eat(TokenKind::Until).unwrap_or(end),
                )
            }
            _ => return None,
        };
        let said = self.draft.from.is_some() || self.draft.until.is_some();
        (self.draft.from, self.draft.until) = (Some(from), Some(until));
        (!said && from < until).then_some(())?;
        self.go(end)
    }
}

fn year_month(c: Cursor<'_>) -> Option<(chrono::NaiveDate, Cursor<'_>)> {
    let TokenKind::Year(year) = c.peek()? else { return None };
    let after = c.advance().skip_spaces();
    let TokenKind::Month(month) = after.peek()? else { return None };
    Some((month_of(year, month)?, after.advance()))
}

fn month_of(year: i32, month: u32) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(year, month, 1)
}
