//! What holds when a day is a holiday: 「祝日の場合は翌日」, 「火曜日が祝日の場合は開館で、翌日が休館」. This module does no I/O.

use chrono::Weekday;

use super::cursor::Cursor;
use crate::schedule::lex::{Kind, Word};
use crate::schedule::rule::{DayKind, Move, Weekdays};

/// A condition and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    /// Of which weekday it speaks, where it says so (月曜が祝日の場合).
    pub of: Option<Weekday>,
    /// Which days are meant.
    pub when: DayKind,
    /// What happens then.
    pub then: Then,
}

/// What happens on such a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// It goes to another day.
    Moves {
        to: Move,
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
    let c = c.skip_words(&[Word::But]).skip(|k| matches!(k, Kind::Comma(_) | Kind::Space));
    let ((of, when), after) = reversed(c).or_else(|| subject(c))?;
    let after =
        after.skip(|k| matches!(k, Kind::Particle('は' | 'に' | 'も') | Kind::Comma(_) | Kind::Space | Kind::Colon));
    let (then, end) = moves(after, of).or_else(|| stays(after))?;
    let end = end.skip_words(&[Word::ToBeMoved]);
    end.at_boundary().then_some((Condition { of, when, then }, end))
}

type Subject = (Option<Weekday>, DayKind);

/// 月曜日が祝日の場合, その日が祝日の場合, 土日祝の場合.
fn subject(c: Cursor<'_>) -> Option<(Subject, Cursor<'_>)> {
    let holiday = |weekdays| DayKind { weekdays, holidays: true };
    let (of, here) = match c.peek()? {
        Kind::Word(Word::ThatDay) => (None, c.advance()),
        Kind::Weekday { day, .. } => match c.advance().peek()? {
            Kind::Particle('が' | 'は') => (Some(day), c.advance().advance()),
            _ => (None, c),
        },
        _ => (None, c),
    };
    let here = here.eat(Kind::Particle('が')).unwrap_or(here);
    let (mut weekdays, mut holidays) = (Weekdays::NONE, false);
    let mut end = here;
    while let Some((day, next)) = kind_of_day(end) {
        weekdays = day.map_or(weekdays, |d| weekdays.or(Weekdays::one(d)));
        holidays |= day.is_none();
        end = next.joint().filter(|(_, n)| kind_of_day(*n).is_some()).map_or(next, |(_, n)| n);
    }
    let end = end.word(Word::Condition).or_else(|| unconditional(end).filter(|_| holidays && weekdays.is_empty()))?;
    if let (None, [day], true) = (of, weekdays.iter().collect::<Vec<_>>().as_slice(), holidays) {
        // 「月祝日の場合」: a Monday that is a holiday, or Mondays and holidays; the days it speaks of decide.
        let touching = here.advance().peek().is_some_and(|k| matches!(k, Kind::Word(Word::Holiday)));
        return Some(((touching.then_some(*day), holiday(weekdays)), end));
    }
    let when = DayKind { weekdays, holidays };
    (of.is_none() || weekdays.is_empty()).then_some(((of, when), end)).filter(|_| holidays || !weekdays.is_empty())
}

/// 「祝日は開館」, 「祝日も開催」, 「祝日は翌日」: no 場合 is needed.
fn unconditional(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let next = c.skip(|k| matches!(k, Kind::Particle('は' | 'も')));
    let held = next.is_word(Word::Held);
    let moved = matches!(next.peek(), Some(Kind::Word(Word::NextDay | Word::NextWorkday | Word::NextWeek)));
    (held || (moved && next.left() < c.left())).then_some(c)
}

fn kind_of_day(c: Cursor<'_>) -> Option<(Option<Weekday>, Cursor<'_>)> {
    match c.peek()? {
        Kind::Weekday { day, .. } => Some((Some(day), c.advance())),
        Kind::Word(Word::Holiday | Word::DayOff) => Some((None, c.advance())),
        _ => None,
    }
}

/// 国民の祝日が火曜日に当たるとき.
fn reversed(c: Cursor<'_>) -> Option<(Subject, Cursor<'_>)> {
    let c = c.word(Word::Holiday)?;
    let c = c.eat(Kind::Particle('が'))?;
    let Some(Kind::Weekday { day, .. }) = c.peek() else { return None };
    let end = c.advance().word(Word::Condition)?;
    Some(((Some(day), DayKind { weekdays: Weekdays::NONE, holidays: true }), end))
}

/// （開館し、）翌日（が休館）.
fn moves(c: Cursor<'_>, of: Option<Weekday>) -> Option<(Then, Cursor<'_>)> {
    let open = c.skip(|k| matches!(k, Kind::Particle('も')));
    let held = open.skip_words(&[Word::Held]);
    let was_held = held.left() < open.left();
    let here = held.skip(|k| matches!(k, Kind::Particle('で' | 'は') | Kind::Comma(_) | Kind::Space));
    let here = here.skip_words(&[Word::But]).skip(|k| matches!(k, Kind::Comma(_) | Kind::Space));
    let (to, here) = target(here, of)?;
    let also = here.peek() == Some(Kind::Particle('も'));
    let here = here.skip(|k| matches!(k, Kind::Particle(_) | Kind::Space));
    let (closed, end) = match here.peek() {
        Some(Kind::Word(Word::Closed | Word::Off)) => (true, here.advance()),
        _ => (false, here.skip_words(&[Word::Held, Word::ToBeMoved]).skip_words(&[Word::Held])),
    };
    (closed || !also).then_some((Then::Moves { to, closed: closed || was_held, also }, end))
}

fn target(c: Cursor<'_>, of: Option<Weekday>) -> Option<(Move, Cursor<'_>)> {
    let to = match c.peek()? {
        Kind::Word(Word::NextDay) => Move::NextDay,
        Kind::Word(Word::NextWorkday) => Move::NextWorkday,
        Kind::Word(Word::NextWeek) => Move::NextWeek,
        // 「月曜日が祝日のときは火曜日が休館」
        Kind::Weekday { day, .. } if of.is_some_and(|of| of.succ() == day) => Move::NextDay,
        Kind::Word(Word::NextYear) if of.is_some() => {
            return target(c.advance(), of).filter(|(to, _)| *to == Move::NextDay);
        }
        _ => return None,
    };
    Some((to, c.advance()))
}

/// 休み, 開催.
fn stays(c: Cursor<'_>) -> Option<(Then, Cursor<'_>)> {
    let here = c.skip(|k| matches!(k, Kind::Particle('も' | 'を')));
    match here.peek()? {
        Kind::Word(Word::Closed | Word::Off) => Some((Then::Off, here.advance())),
        Kind::Word(Word::Held) => Some((Then::Held, here.advance())),
        _ => None,
    }
}
