//! Times of day: 13:30〜15:00, 13時半, 午後1時半から3時, 午前10時〜正午. This module does no I/O.
//!
//! A time that could as well be meant for the afternoon is not read: 「2時〜4時」 without 午前 or 午後.

use super::cursor::Cursor;
use crate::schedule::lex::{ClockTime, DayHalf, ScheduleWord, TokenKind};
use crate::schedule::rule::TimeSlot;

const NOON: u16 = 12 * 60;
const MIDNIGHT: u16 = 24 * 60;

/// Hours as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HoursSpan {
    Slots(Vec<TimeSlot>),
    /// Only an end: 17:00まで.
    Until(u16),
}

/// Hours: one or more slots, or an end alone.
pub(super) fn hours(c: Cursor<'_>) -> Option<(HoursSpan, Cursor<'_>)> {
    if let Some(after) = c.word(ScheduleWord::AllDay) {
        return Some((HoursSpan::Slots(vec![TimeSlot { from: 0, to: Some(MIDNIGHT) }]), after));
    }
    if let Some(after) = all_day_in_columns(c) {
        return Some((HoursSpan::Slots(vec![TimeSlot { from: 0, to: Some(MIDNIGHT) }]), after));
    }
    if let Some(found) = until(c) {
        return Some(found);
    }
    let (first, mut after) = slot(c)?;
    let mut slots = vec![first];
    // 「9:00〜17:00 12:00〜13:00は休憩」: the second is none of the hours.
    while let Some((slot, end)) = further_slot(after).filter(|(_, end)| !is_of_something_else(*end)) {
        slots.push(slot);
        after = end;
    }
    let apart = slots.windows(2).all(|pair| pair[0].from < pair[1].from && !pair[0].overlaps(pair[1]));
    (apart && !is_of_something_else(after)).then_some((HoursSpan::Slots(slots), after))
}

/// 「00:00〜00:00 終日開放」, as lists with a column for each end have it.
fn all_day_in_columns(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let is_midnight = |t: HourMinute| t.clock.minutes == 0 && t.clock.colon;
    let (from, after) = time(c)?;
    let (to, after) = time(after.to()?)?;
    (is_midnight(from) && is_midnight(to)).then(|| after.skip_spaces().word(ScheduleWord::AllDay))?
}

/// Whether the time belongs to what follows: 「9:30受付」, 「12時〜13時は休み」.
fn is_of_something_else(c: Cursor<'_>) -> bool {
    use ScheduleWord::{Booking, Except, Pause, Reception};
    if matches!(c.peek(), Some(TokenKind::Word(Reception | Except | Booking | Pause))) {
        return true;
    }
    let next = c.skip(|k| matches!(k, TokenKind::Particle(_)));
    let particle = next.left() < c.left();
    match next.peek() {
        Some(TokenKind::Word(ScheduleWord::Closed | ScheduleWord::Off | ScheduleWord::Except)) => {
            particle || !next.advance().skip_spaces().is_label_mark()
        }
        Some(TokenKind::Word(Booking | Reception | Pause)) => particle,
        _ => false,
    }
}

impl Cursor<'_> {
    fn is_label_mark(self) -> bool {
        matches!(self.peek(), Some(TokenKind::Colon | TokenKind::Close | TokenKind::Particle('は')))
    }
}

/// From one time to another, and nothing more.
pub(super) fn slot_with_end(c: Cursor<'_>) -> Option<(TimeSlot, Cursor<'_>)> {
    let (slot, after) = slot(c)?;
    slot.to.is_some().then_some((slot, after))
}

fn further_slot(c: Cursor<'_>) -> Option<(TimeSlot, Cursor<'_>)> {
    let here = c.joint().map_or_else(|| c.skip_spaces(), |(_, next)| next);
    let here = here.skip_words(&[ScheduleWord::PartOfDay]).skip(|k| matches!(k, TokenKind::Space | TokenKind::Colon));
    slot(here)
}

/// 17:00まで, 〜17:00.
fn until(c: Cursor<'_>) -> Option<(HoursSpan, Cursor<'_>)> {
    if let Some(next) = c.eat(TokenKind::To) {
        let (end, after) = time(next.skip_spaces())?;
        let after = after.eat(TokenKind::Until).unwrap_or(after);
        return certain(end).then_some((HoursSpan::Until(end.minutes()?), after));
    }
    let (end, after) = time(c)?;
    let after = after.eat(TokenKind::Until)?;
    certain(end).then_some((HoursSpan::Until(end.minutes()?), after))
}

/// A time with what is written about the half of the day.
#[derive(Debug, Clone, Copy)]
struct HourMinute {
    clock: ClockTime,
    half: Option<DayHalf>,
}

impl HourMinute {
    /// Minutes after midnight; `None` for what no clock shows, or shows twice (午前12時).
    fn minutes(self) -> Option<u16> {
        let m = self.clock.minutes;
        match self.half {
            None => Some(m),
            Some(DayHalf::Morning) => (m < NOON).then_some(m),
            // 午後15時 is odd, but can mean one thing only.
            Some(DayHalf::Afternoon) => {
                if m < NOON {
                    Some(m + NOON)
                } else {
                    (m > 13 * 60 - 1).then_some(m)
                }
            }
            Some(DayHalf::Evening) => match m {
                300..660 => Some(m + NOON),
                1020..1440 => Some(m),
                _ => None,
            },
        }
    }
}

/// Whether the time can be meant in one half of the day only.
fn certain(time: HourMinute) -> bool {
    time.half.is_some() || time.clock.sure || is_day_hour(time.clock)
}

/// From 8 to 12 nobody means the evening; 6:00 and 7:00 with a colon are the morning's as well.
fn is_day_hour(clock: ClockTime) -> bool {
    let earliest = if clock.colon { 6 * 60 } else { 8 * 60 };
    clock.minutes >= earliest
}

fn time(c: Cursor<'_>) -> Option<(HourMinute, Cursor<'_>)> {
    let (half, here) = match c.peek()? {
        TokenKind::AmPm(half) => (Some(half), c.advance().skip_spaces()),
        _ => (None, c),
    };
    let Some(TokenKind::Clock(clock)) = here.peek() else { return None };
    Some((HourMinute { clock, half }, here.advance().skip_words(&[ScheduleWord::About])))
}

fn slot(c: Cursor<'_>) -> Option<(TimeSlot, Cursor<'_>)> {
    let (start, after) = noon(c).or_else(|| time(c)).or_else(|| hour_of_range(c))?;
    let (end, after) = end_of_slot(after);
    let after = duration(after);
    let Some(end) = end else {
        let from = start.minutes().filter(|m| certain(start) && *m < MIDNIGHT)?;
        return Some((TimeSlot { from, to: None }, after));
    };
    Some((slot_of(start, end)?, after))
}

/// The beginning of 「10〜12時」.
fn hour_of_range(c: Cursor<'_>) -> Option<(HourMinute, Cursor<'_>)> {
    let (half, here) = match c.peek()? {
        TokenKind::AmPm(half) => (Some(half), c.advance().skip_spaces()),
        _ => (None, c),
    };
    let Some(TokenKind::Number(hour @ 0..=24)) = here.peek() else { return None };
    let after = here.advance();
    let (end, _) = time(after.to()?)?;
    let minutes = u16::try_from(hour * 60).ok()?;
    (!end.clock.colon)
        .then_some((HourMinute { clock: ClockTime { minutes, sure: hour >= 13, colon: false }, half }, after))
}

fn noon(c: Cursor<'_>) -> Option<(HourMinute, Cursor<'_>)> {
    let clock = ClockTime { minutes: NOON, sure: true, colon: false };
    c.word(ScheduleWord::Noon).map(|after| (HourMinute { clock, half: None }, after))
}

/// What follows a beginning: nothing, 〜 alone, 開始, or an end.
fn end_of_slot(c: Cursor<'_>) -> (Option<HourMinute>, Cursor<'_>) {
    let started = c.skip_words(&[ScheduleWord::Starts]);
    if let Some(next) = started.to() {
        let open = started.skip_spaces().eat(TokenKind::To).unwrap_or(next);
        return written_end(next).unwrap_or_else(|| (None, open.skip_words(&[ScheduleWord::Starts])));
    }
    // 「10:00開始 12:00終了」
    let apart = started.joint().map_or_else(|| started.skip_spaces(), |(_, next)| next);
    let ended = end_time(apart).and_then(|(end, after)| Some((Some(end), after.word(ScheduleWord::Ends)?)));
    ended.unwrap_or((None, started))
}

fn written_end(c: Cursor<'_>) -> Option<(Option<HourMinute>, Cursor<'_>)> {
    let (end, after) = end_time(c)?;
    let after = after.word(ScheduleWord::Ends).or_else(|| after.eat(TokenKind::Until)).unwrap_or(after);
    Some((Some(end), after))
}

fn end_time(c: Cursor<'_>) -> Option<(HourMinute, Cursor<'_>)> {
    let here = c.word(ScheduleWord::NextYear).map_or(c, |next| next.eat(TokenKind::Particle('の')).unwrap_or(next));
    let next_day = here.left() < c.left() || c.is_word(ScheduleWord::NextDay);
    let here = c.word(ScheduleWord::NextDay).map_or(here, |next| next.eat(TokenKind::Particle('の')).unwrap_or(next));
    let (mut time, after) = noon(here).or_else(|| time(here))?;
    if next_day {
        let minutes = time.minutes().filter(|m| *m < NOON)?;
        time = HourMinute { clock: ClockTime { minutes: minutes + MIDNIGHT, sure: true, colon: true }, half: None };
    }
    Some((time, after))
}

/// How long it takes, which changes no beginning: （90分）, 約2時間.
fn duration(c: Cursor<'_>) -> Cursor<'_> {
    let here = c.skip_spaces().skip_words(&[ScheduleWord::About]);
    match here.peek() {
        Some(TokenKind::Duration) => here.advance().skip_words(&[ScheduleWord::About]),
        _ => c,
    }
}

/// The slot from one time to another, if there is only one way to read it.
fn slot_of(start: HourMinute, end: HourMinute) -> Option<TimeSlot> {
    let from = start.minutes().filter(|m| *m < MIDNIGHT)?;
    let carried = match (start.half, end.half) {
        (Some(DayHalf::Afternoon | DayHalf::Evening), None) if end.clock.minutes <= NOON && !end.clock.sure => {
            HourMinute { half: Some(DayHalf::Afternoon), ..end }
        }
        _ => end,
    };
    let to = carried.minutes()?;
    let early_but_sure = (4 * 60..8 * 60).contains(&from) && to >= 13 * 60;
    if !certain(start) && !early_but_sure {
        return None;
    }
    if to > from {
        return (to <= from + MIDNIGHT).then_some(TimeSlot { from, to: Some(to) });
    }
    let overnight = from >= 17 * 60 && to <= 6 * 60;
    overnight.then_some(TimeSlot { from, to: Some(to + MIDNIGHT) })
}
