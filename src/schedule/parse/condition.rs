//! What holds when a day is a holiday: 「祝日の場合は翌日」, 「火曜日が祝日の場合は開館で、翌日が休館」. This module does no I/O.

use chrono::Weekday;

use super::cursor::Cursor;
use crate::schedule::lex::{ScheduleWord, TokenKind};
use crate::schedule::rule::{DayKind, HolidayMove, Weekdays};

/// A condition and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    /// Of which weekday it speaks, where it says so (月曜が祝日の場合).
    pub of: Option<Weekday>,
    /// Which days are meant.
    pub when: DayKind,
    /// What happens then.
    pub then: ConditionOutcome,
}

/// What happens on such a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConditionOutcome {
    /// It goes to another day.
    Moves {
        to: HolidayMove,
        /// Said of days off (翌日休館).
        closed: bool,
        /// The day itself is off as well (翌日も休館).
        also: bool,
    },
    /// It does not take place.
    Off,
    /// It takes place, or is open.
    Held,
}

/// A condition; `None` if any word of it is not understood.
pub(super) fn condition(c: Cursor<'_>) -> Option<(Condition, Cursor<'_>)> {
    let c = c.skip_words(&[ScheduleWord::But]).skip(|k| matches!(k, TokenKind::Comma(_) | TokenKind::Space));
    let ((of, when), after) = reversed(c).or_else(|| subject(c))?;
    let after = after.skip(|k| {
        matches!(k, TokenKind::Particle('は' | 'に' | 'も') | TokenKind::Comma(_) | TokenKind::Space | TokenKind::Colon)
    });
    let (then, end) = moves(after, of).or_else(|| stays(after))?;
    let end = end.skip_words(&[ScheduleWord::ToBeMoved]);
    end.at_boundary().then_some((Condition { of, when, then }, end))
}

type ConditionSubject = (Option<Weekday>, DayKind);

/// 月曜日が祝日の場合, その日が祝日の場合, 土日祝の場合.
fn subject(c: Cursor<'_>) -> Option<(ConditionSubject, Cursor<'_>)> {
    let holiday = |weekdays| DayKind { weekdays, holidays: true };
    let (of, here) = match c.peek()? {
        TokenKind::Word(ScheduleWord::ThatDay) => (None, c.advance()),
        TokenKind::Weekday { day, .. } => match c.advance().peek()? {
            TokenKind::Particle('が' | 'は') => (Some(day), c.advance().advance()),
            _ => (None, c),
        },
        _ => (None, c),
    };
    let here = here.eat(TokenKind::Particle('が')).unwrap_or(here);
    let (mut weekdays, mut holidays) = (Weekdays::NONE, false);
    let mut end = here;
    while let Some((day, next)) = kind_of_day(end) {
        weekdays = day.map_or(weekdays, |d| weekdays.or(Weekdays::one(d)));
        holidays |= day.is_none();
        end = next.joint().filter(|(_, n)| kind_of_day(*n).is_some()).map_or(next, |(_, n)| n);
    }
    let end =
        end.word(ScheduleWord::Condition).or_else(|| unconditional(end).filter(|_| holidays && weekdays.is_empty()))?;
    if let (None, [day], true) = (of, weekdays.iter().collect::<Vec<_>>().as_slice(), holidays) {
        // 「月祝日の場合」: a Monday that is a holiday, or Mondays and holidays; the days it speaks of decide.
        let touching = here.advance().peek().is_some_and(|k| matches!(k, TokenKind::Word(ScheduleWord::Holiday)));
        return Some(((touching.then_some(*day), holiday(weekdays)), end));
    }
    let when = DayKind { weekdays, holidays };
    (of.is_none() || weekdays.is_empty()).then_some(((of, when), end)).filter(|_| holidays || !weekdays.is_empty())
}

/// 「祝日は開館」, 「祝日も開催」, 「祝日は翌日」: no 場合 is needed.
fn unconditional(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let next = c.skip(|k| matches!(k, TokenKind::Particle('は' | 'も')));
    let held = next.is_word(ScheduleWord::Held);
    let moved = matches!(
        next.peek(),
        Some(TokenKind::Word(ScheduleWord::NextDay | ScheduleWord::NextWorkday | ScheduleWord::NextWeek))
    );
    (held || (moved && next.left() < c.left())).then_some(c)
}

fn kind_of_day(c: Cursor<'_>) -> Option<(Option<Weekday>, Cursor<'_>)> {
    match c.peek()? {
        TokenKind::Weekday { day, .. } => Some((Some(day), c.advance())),
        TokenKind::Word(ScheduleWord::Holiday | ScheduleWord::DayOff) => Some((None, c.advance())),
        _ => None,
    }
}

/// 国民の祝日が火曜日に当たるとき.
fn reversed(c: Cursor<'_>) -> Option<(ConditionSubject, Cursor<'_>)> {
    let c = c.word(ScheduleWord::Holiday)?;
    let c = c.eat(TokenKind::Particle('が'))?;
    let Some(TokenKind::Weekday { day, .. }) = c.peek() else { return None };
    let end = c.advance().word(ScheduleWord::Condition)?;
    Some(((Some(day), DayKind { weekdays: Weekdays::NONE, holidays: true }), end))
}

/// （開館し、）翌日（が休館）.
fn moves(c: Cursor<'_>, of: Option<Weekday>) -> Option<(ConditionOutcome, Cursor<'_>)> {
    let open = c.skip(|k| matches!(k, TokenKind::Particle('も')));
    let held = open.skip_words(&[ScheduleWord::Held]);
    let was_held = held.left() < open.left();
    let here = held.skip(|k| matches!(k, TokenKind::Particle('で' | 'は') | TokenKind::Comma(_) | TokenKind::Space));
    let here = here.skip_words(&[ScheduleWord::But]).skip(|k| matches!(k, TokenKind::Comma(_) | TokenKind::Space));
    let (to, here) = target(here, of)?;
    let also = here.peek() == Some(TokenKind::Particle('も'));
    let here = here.skip(|k| matches!(k, TokenKind::Particle(_) | TokenKind::Space));
    let (closed, end) = match here.peek() {
        Some(TokenKind::Word(ScheduleWord::Closed | ScheduleWord::Off)) => (true, here.advance()),
        _ => (false, here.skip_words(&[ScheduleWord::Held, ScheduleWord::ToBeMoved]).skip_words(&[ScheduleWord::Held])),
    };
    (closed || !also).then_some((ConditionOutcome::Moves { to, closed: closed || was_held, also }, end))
}

fn target(c: Cursor<'_>, of: Option<Weekday>) -> Option<(HolidayMove, Cursor<'_>)> {
    let to = match c.peek()? {
        TokenKind::Word(ScheduleWord::NextDay) => HolidayMove::NextDay,
        TokenKind::Word(ScheduleWord::NextWorkday) => HolidayMove::NextWorkday,
        TokenKind::Word(ScheduleWord::NextWeek) => HolidayMove::NextWeek,
        // 「月曜日が祝日のときは火曜日が休館」
        TokenKind::Weekday { day, .. } if of.is_some_and(|of| of.succ() == day) => HolidayMove::NextDay,
        TokenKind::Word(ScheduleWord::NextYear) if of.is_some() => {
            return target(c.advance(), of).filter(|(to, _)| *to == HolidayMove::NextDay);
        }
        _ => return None,
    };
    Some((to, c.advance()))
}

/// 休み, 開催.
fn stays(c: Cursor<'_>) -> Option<(ConditionOutcome, Cursor<'_>)> {
    let here = c.skip(|k| matches!(k, TokenKind::Particle('も' | 'を')));
    match here.peek()? {
        TokenKind::Word(ScheduleWord::Closed | ScheduleWord::Off) => Some((ConditionOutcome::Off, here.advance())),
        TokenKind::Word(ScheduleWord::Held) => Some((ConditionOutcome::Held, here.advance())),
        _ => None,
    }
}
