//! What the weather may do: 「雨天時は翌週に延期」. The day itself stands, as where it only says 雨天中止; another one may take its place,
//! so that nobody can say that nothing takes place outside the rule. This module does no I/O.

use super::cursor::Cursor;
use super::remark_words::REMARKS;
use super::{ScheduleParser, dates};
use crate::schedule::lex::{ScheduleWord, TokenJoint, TokenKind};
use crate::schedule::rule::{DayPattern, OpenDays};

impl<'a> ScheduleParser<'a> {
    /// 「雨天順延」, 「荒天の場合は第3日曜」, 「予備日：12月13日」.
    pub(super) fn rain_date(&mut self) -> Option<()> {
        (self.stands_apart() && !self.draft.parts.is_empty()).then_some(())?;
        let start = self.here.skip_words(&[ScheduleWord::But]);
        let end = self.end_of_rain_date(start)?;
        self.draft.open.push(OpenDays { days: DayPattern::Dates(Vec::new()).into(), may_move: true });
        self.note_open(start, end);
        self.beside_days = false;
        self.go(end)
    }

    fn end_of_rain_date(&self, start: Cursor<'a>) -> Option<Cursor<'a>> {
        let end = end_of_words(start);
        let text = self.text(start, end);
        if let Some(rest) = text.split_once("予備日").map(|(_, rest)| rest) {
            let link =
                |k| matches!(k, TokenKind::Unknown | TokenKind::Colon | TokenKind::Space | TokenKind::Particle(_));
            let day = start.skip(link);
            let begins = text.starts_with("予備日") || REMARKS.is_of_weather(text.split("予備日").next()?);
            let end = dates::dates(day).map_or(end, |(_, end)| end);
            return (begins && !rest.contains("なし")).then_some(end);
        }
        let moves = REMARKS.moves(&text) || has(start, end, is_day);
        (moves && REMARKS.names_weather(&text) && !has(start, end, is_more_than_a_day)).then_some(end)
    }
}

/// The end of the words that belong together: a bracket that only names a weekday is among them.
fn end_of_words(c: Cursor<'_>) -> Cursor<'_> {
    let apart = |k| {
        matches!(
            k,
            TokenKind::Break
                | TokenKind::Close
                | TokenKind::Open
                | TokenKind::Space
                | TokenKind::Comma(TokenJoint::Loose)
        )
    };
    let end = c.skip(|k| !apart(k));
    let Some(TokenKind::Weekday { .. }) = end.eat(TokenKind::Open).and_then(Cursor::peek) else { return end };
    match end.advance().advance().eat(TokenKind::Close) {
        Some(after) => after.skip(|k| !apart(k)),
        None => end,
    }
}

fn has(from: Cursor<'_>, to: Cursor<'_>, wanted: impl Fn(TokenKind) -> bool) -> bool {
    let mut here = from;
    while here.left() > to.left() {
        if here.peek().is_some_and(&wanted) {
            return true;
        }
        here = here.advance();
    }
    false
}

/// A day that may take another's place.
fn is_day(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Nth(_)
            | TokenKind::Date { .. }
            | TokenKind::Day(_)
            | TokenKind::Weekday { full: true, .. }
            | TokenKind::Word(
                ScheduleWord::NextDay | ScheduleWord::NextWeek | ScheduleWord::NextWorkday | ScheduleWord::NextNamed
            )
    )
}

/// What says more than the one day: hours, or days of every week.
fn is_more_than_a_day(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Clock(_)
            | TokenKind::Count { .. }
            | TokenKind::Word(
                ScheduleWord::EveryWeek | ScheduleWord::EveryMonth | ScheduleWord::Fortnight | ScheduleWord::Daily
            )
    )
}
