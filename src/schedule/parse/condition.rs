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
    /// The weekday it moves to, where it says so (第4月曜).
    pub to_weekday: Option<Weekday>,
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
    /// The words say that something happens, but not what: 要確認, 変更.
    Open,
}

/// A condition; `None` if any word of it is not understood.
pub(super) fn condition(c: Cursor<'_>) -> Option<(Condition, Cursor<'_>)> {
    let c = c.skip_words(&[ScheduleWord::But]).skip(|k| matches!(k, TokenKind::Comma(_) | TokenKind::Space));
    let ((of, when), after) = reversed(c).or_else(|| subject(c))?;
    let after = after.skip(|k| {
        matches!(k, TokenKind::Particle('は' | 'に' | 'も') | TokenKind::Comma(_) | TokenKind::Space | TokenKind::Colon)
    });
    let certain = moves(after, of)
        .or_else(|| stays(after))
        .map(|(then, end)| (then, end.skip_words(&[ScheduleWord::ToBeMoved]).skip_words(&[ScheduleWord::Held])));
    let (then, end) = certain.filter(|(_, end)| end.at_boundary()).or_else(|| unsettled(after))?;
    let to_weekday = match then {
        ConditionOutcome::Moves { to: HolidayMove::Nth(_), .. } => nth_weekday(after),
        ConditionOutcome::Moves { to: HolidayMove::NextDay | HolidayMove::PreviousDay, .. } => named_day(after),
        _ => None,
    };
    Some((Condition { of, when, then, to_weekday }, end))
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
    // 「祝日の月曜は開館し…」
    if let (true, Some(next)) = (here.is_word(ScheduleWord::Holiday), here.advance().eat(TokenKind::Particle('の')))
        && let Some(TokenKind::Weekday { day, .. }) = next.peek()
        && next.advance().peek() == Some(TokenKind::Particle('は'))
    {
        return Some(((Some(day), holiday(Weekdays::NONE)), next.advance()));
    }
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
        Some(TokenKind::Word(
            ScheduleWord::NextDay
                | ScheduleWord::NextWorkday
                | ScheduleWord::NextWeek
                | ScheduleWord::PreviousDay
                | ScheduleWord::PreviousWorkday
                | ScheduleWord::PreviousWeek
                | ScheduleWord::NextNamed
                | ScheduleWord::PreviousNamed
                | ScheduleWord::NextYear
        ))
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

/// The weekday behind 第n.
fn nth_weekday(c: Cursor<'_>) -> Option<Weekday> {
    let here = c.skip(|k| !matches!(k, TokenKind::Nth(_))).advance().skip_words(&[ScheduleWord::Week]);
    match here.eat(TokenKind::Particle('の')).unwrap_or(here).peek()? {
        TokenKind::Weekday { day, .. } => Some(day),
        _ => None,
    }
}

/// The weekday behind 翌日の or 前日の.
fn named_day(c: Cursor<'_>) -> Option<Weekday> {
    let day = |k| matches!(k, TokenKind::Word(ScheduleWord::NextDay | ScheduleWord::PreviousDay));
    let here = c.skip(|k| !day(k)).advance().eat(TokenKind::Particle('の'))?;
    weekday(here).map(|(day, _)| day)
}

/// 要確認, 変更, 別の日: whether and when it takes place is settled somewhere else.
fn unsettled(c: Cursor<'_>) -> Option<(ConditionOutcome, Cursor<'_>)> {
    let words =
        |k| matches!(k, TokenKind::Word(ScheduleWord::OtherDay | ScheduleWord::Booking | ScheduleWord::ToBeMoved));
    if let Some((_, end)) = weekday(c) {
        // 「祝日の場合は木曜」: of which week?
        let end = end.skip_words(&[ScheduleWord::ToBeMoved, ScheduleWord::Held]);
        return end.at_boundary().then_some((ConditionOutcome::Open, end));
    }
    let end = c.skip(|k| words(k) || matches!(k, TokenKind::Particle(_)));
    (c.peek().is_some_and(words) && end.at_boundary()).then_some((ConditionOutcome::Open, end))
}

fn target(c: Cursor<'_>, of: Option<Weekday>) -> Option<(HolidayMove, Cursor<'_>)> {
    let to = match c.peek()? {
        TokenKind::Word(ScheduleWord::NextDay) => HolidayMove::NextDay,
        TokenKind::Word(ScheduleWord::NextWorkday) => HolidayMove::NextWorkday,
        TokenKind::Word(ScheduleWord::NextWeek) => HolidayMove::NextWeek,
        TokenKind::Word(ScheduleWord::PreviousDay) => HolidayMove::PreviousDay,
        TokenKind::Word(ScheduleWord::PreviousWorkday) => HolidayMove::PreviousWorkday,
        TokenKind::Word(ScheduleWord::PreviousWeek) => HolidayMove::PreviousWeek,
        TokenKind::Word(ScheduleWord::NextNamed) => {
            return weekday(c.advance()).map(|(day, end)| (HolidayMove::NextNamed(day), end));
        }
        TokenKind::Word(ScheduleWord::PreviousNamed) => {
            return weekday(c.advance()).map(|(day, end)| (HolidayMove::PreviousNamed(day), end));
        }
        TokenKind::Nth(n @ 1..=5) => {
            let end = c.advance().skip_words(&[ScheduleWord::Week]);
            let end = end.eat(TokenKind::Particle('の')).unwrap_or(end);
            return Some((HolidayMove::Nth(n), weekday(end).map_or(end, |(_, end)| end)));
        }
        // 「月曜日が祝日のときは火曜日が休館」
        TokenKind::Weekday { day, .. } if of.is_some_and(|of| of.succ() == day) => HolidayMove::NextDay,
        TokenKind::Word(ScheduleWord::NextYear) => {
            let (day, end) = weekday(c.advance())?;
            let to =
                if of.is_some_and(|of| of.succ() == day) { HolidayMove::NextDay } else { HolidayMove::NextNamed(day) };
            return Some((to, end));
        }
        _ => return None,
    };
    let end = c.advance();
    // 「翌日の金曜」 names the same day twice.
    let named = matches!(to, HolidayMove::NextDay | HolidayMove::PreviousDay)
        .then(|| end.eat(TokenKind::Particle('の')).and_then(weekday))
        .flatten();
    Some((to, named.map_or(end, |(_, end)| end)))
}

fn weekday(c: Cursor<'_>) -> Option<(Weekday, Cursor<'_>)> {
    match c.peek()? {
        TokenKind::Weekday { day, .. } => Some((day, c.advance())),
        _ => None,
    }
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
