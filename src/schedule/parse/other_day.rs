//! One month's meeting on another day: 「（12月は17日）」, 「1月のみ12日（火）」, 「12月は行事のため18日」. This module does no I/O.

use chrono::{Datelike as _, NaiveDate};

use super::ScheduleParser;
use super::cursor::Cursor;
use super::dates::{self, DateSpec};
use super::draft::ClausePart;
use crate::schedule::lex::{ScheduleWord, TokenKind};
use crate::schedule::rule::{DayPattern, RulePattern, Season, Session, YearDay};

/// How far from today, in days, such a day may lie: a list says it of its own year.
const NEAR_DAYS: i64 = 250;
/// How a reason ends.
const REASONS: [&str; 4] = ["ため", "ために", "により", "につき"];

impl<'a> ScheduleParser<'a> {
    /// In a month that is named, the day that takes the place of the usual one.
    pub(super) fn other_day_of_month(&mut self) -> Option<()> {
        let start = self.here.skip_words(&[ScheduleWord::But]);
        let TokenKind::Month(month) = start.peek()? else { return None };
        let named = start.advance();
        let only = named.skip_words(&[ScheduleWord::Only]);
        let after = only.skip(|k| matches!(k, TokenKind::Particle('は') | TokenKind::Colon | TokenKind::Comma(_)));
        (after.left() < named.left()).then_some(())?;
        let after = self.past_reason(after.skip_spaces());
        let (day, end) = day_of(month, after)?;
        let end = end.skip_words(&[ScheduleWord::Only]);
        let end = end.eat(TokenKind::Particle('に')).unwrap_or(end);
        let end = end.skip_words(&[ScheduleWord::ToBeMoved, ScheduleWord::Held]);
        end.at_boundary().then_some(())?;
        // 「12月は17日、24日」 names more than one.
        let more = end.joint().and_then(|(_, next)| next.peek());
        (!matches!(more, Some(TokenKind::Day(_) | TokenKind::Number(_) | TokenKind::Weekday { .. }))).then_some(())?;
        self.replace(month, day)?;
        self.go(end)
    }

    /// Behind 「忘年会のため」.
    fn past_reason(&self, from: Cursor<'a>) -> Cursor<'a> {
        let end = from.skip(|k| {
            matches!(k, TokenKind::Unknown | TokenKind::Particle(_) | TokenKind::Word(ScheduleWord::Harmless))
        });
        let text = self.text(from, end);
        let text = text.trim_end_matches('、');
        let is_reason = REASONS.iter().any(|reason| text.ends_with(reason));
        if is_reason { end.skip(|k| matches!(k, TokenKind::Comma(_) | TokenKind::Space)) } else { from }
    }

    /// Puts `spec` in the place of the only day that the sessions read so far have in `month`.
    fn replace(&mut self, month: u32, spec: DateSpec) -> Option<()> {
        let is_other = |part: &ClausePart| matches!(part.session.when.days, DayPattern::Dates(_));
        let mut usual = self.draft.parts.iter().filter(|part| !is_other(part));
        let base = usual.next().filter(|_| usual.next().is_none())?;
        let (group, session) = (base.group, base.session.clone());
        let once = match &session.when.days {
            DayPattern::Nth { nths, weekdays } => nths.len() * weekdays.len() == 1,
            DayPattern::Monthly(days) => days.len() == 1,
            _ => false,
        };
        (once && session.when.shift.is_none() && session.hours.len() < 2).then_some(())?;
        let weekday = match &session.when.days {
            DayPattern::Nth { weekdays, .. } => weekdays.iter().next(),
            _ => None,
        };
        let day = match (spec.weekday, weekday) {
            (None, None) => nearest(spec.day, self.context.today),
            (said, usual) => dates::resolve(DateSpec { weekday: said.or(usual), ..spec }, None, self.context.today),
        };
        let day = day.filter(|day| (*day - self.context.today).num_days().abs() <= NEAR_DAYS)?;
        let season = RulePattern { days: DayPattern::EVERY, seasons: vec![Season::months(month, month)], shift: None };
        self.draft.parts.iter_mut().filter(|part| !is_other(part)).for_each(|p| p.session.except.push(season.clone()));
        let when = RulePattern { days: DayPattern::Dates(vec![day]), seasons: Vec::new(), shift: None };
        self.draft
            .parts
            .push(ClausePart { session: Session { when, except: Vec::new(), hours: session.hours }, group });
        Some(())
    }
}

/// A day of `month`, with its weekday if that is said.
fn day_of(month: u32, c: Cursor<'_>) -> Option<(DateSpec, Cursor<'_>)> {
    let before = DateSpec { year: None, day: YearDay::new(month, 1)?, weekday: None, holiday: false };
    let is_day = matches!(c.peek()?, TokenKind::Day(_) | TokenKind::Date { .. });
    let (spec, after) = dates::date(c, Some(before)).filter(|_| is_day)?;
    (spec.day.month == month).then_some((spec, after))
}

/// The year's day that lies nearest to `today`.
fn nearest(day: YearDay, today: NaiveDate) -> Option<NaiveDate> {
    let years = today.year() - 1..=today.year() + 1;
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, day.month, day.day));
    days.min_by_key(|day| (*day - today).num_days().abs())
}
