//! Days of the week and of the month: 月・水・金, 土日祝, 第2・第4木曜, 毎月15日. This module does no I/O.

use chrono::Weekday;

use super::cursor::Cursor;
use crate::schedule::lex::{ScheduleWord, TokenJoint, TokenKind, weekday_of_unit};
use crate::schedule::rule::{HolidayRule, MonthDays, NthWeeks, Weekdays};

/// Days of every week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WeekSpec {
    pub weekdays: Weekdays,
    pub holidays: HolidayRule,
    /// Its members are joined by 、 somewhere, so that they may be parts of a sentence.
    pub loose: bool,
    /// Written with 休日, which may mean Saturdays and Sundays as well as holidays.
    pub day_off: bool,
}

/// One weekday, bare or in brackets, and whether it is written with 曜.
fn atom(c: Cursor<'_>) -> Option<(Weekday, bool, Cursor<'_>)> {
    if let Some(TokenKind::Weekday { day, full }) = c.peek() {
        return Some((day, full, c.advance()));
    }
    let (day, after) = c.bracketed(|c| match c.peek() {
        Some(TokenKind::Weekday { day, .. }) => Some((day, c.advance())),
        _ => None,
    })?;
    let after = after.skip(|k| matches!(k, TokenKind::Word(ScheduleWord::Label)));
    Some((day, true, after))
}

/// A weekday, or a range of them.
fn span(c: Cursor<'_>) -> Option<(Weekdays, bool, Cursor<'_>)> {
    let (from, full, after) = atom(c)?;
    let range = after.to().and_then(atom);
    Some(match range {
        Some((to, full, end)) => (Weekdays::range(from, to), full, end.eat(TokenKind::Until).unwrap_or(end)),
        None => (Weekdays::one(from), full, after),
    })
}

/// Days of the week with or without holidays: 月・水〜金, 土日祝, 毎日, 平日, 祝日.
pub(super) fn week(c: Cursor<'_>) -> Option<(WeekSpec, Cursor<'_>)> {
    if let Some(after) = c.word(ScheduleWord::Daily) {
        return Some((
            WeekSpec { weekdays: Weekdays::ALL, holidays: HolidayRule::AsAnyDay, loose: false, day_off: false },
            after,
        ));
    }
    if let Some(after) = c.word(ScheduleWord::Workday) {
        // 「平日（月〜金）」 says the same twice.
        let again = after.bracketed(span_only).filter(|(days, _)| *days == Weekdays::WORKING).map(|(_, end)| end);
        let week = WeekSpec { weekdays: Weekdays::WORKING, holidays: HolidayRule::Never, loose: false, day_off: false };
        return Some((week, again.unwrap_or(after)));
    }
    if let Some((Weekdays::WORKING, after)) = span_only(c)
        && let Some(((), end)) = after.bracketed(|c| Some(((), c.word(ScheduleWord::Workday)?)))
    {
        return Some((
            WeekSpec { weekdays: Weekdays::WORKING, holidays: HolidayRule::Never, loose: false, day_off: false },
            end,
        ));
    }
    let (mut week, mut after) = member(c)?;
    loop {
        let tight = member(after).map(|m| (false, m));
        let joined = || after.joint().and_then(|(joint, next)| Some((joint == TokenJoint::Loose, member(next)?)));
        let spaced = || after.eat(TokenKind::Space).and_then(bare).map(|m| (false, m));
        let Some((loose, (more, end))) = tight.or_else(joined).or_else(spaced) else {
            // 「火曜日・金曜日 (Tue & Fri)」 says the same twice.
            let again = after.bracketed(members).filter(|(days, _)| *days == week.weekdays && days.len() > 1);
            return Some((week, again.map_or(after, |(_, end)| end)));
        };
        week.weekdays = week.weekdays.or(more.weekdays);
        week.loose |= loose;
        week.day_off |= more.day_off;
        if more.holidays == HolidayRule::Also {
            week.holidays = HolidayRule::Also;
        }
        after = end;
    }
}

/// Weekdays joined as in a list.
fn members(c: Cursor<'_>) -> Option<(Weekdays, Cursor<'_>)> {
    let (mut days, mut after) = span_only(c)?;
    while let Some((more, end)) = after.joint().and_then(|(_, next)| span_only(next)).or_else(|| span_only(after)) {
        days = days.or(more);
        after = end;
    }
    Some((days, after))
}

fn span_only(c: Cursor<'_>) -> Option<(Weekdays, Cursor<'_>)> {
    span(c).map(|(days, _, after)| (days, after))
}

fn member(c: Cursor<'_>) -> Option<(WeekSpec, Cursor<'_>)> {
    if let Some(after) = c.word(ScheduleWord::Holiday) {
        return Some((
            WeekSpec { weekdays: Weekdays::NONE, holidays: HolidayRule::Also, loose: false, day_off: false },
            after,
        ));
    }
    if let Some(after) = c.word(ScheduleWord::DayOff) {
        return Some((
            WeekSpec { weekdays: Weekdays::NONE, holidays: HolidayRule::Also, loose: false, day_off: true },
            after,
        ));
    }
    let (weekdays, _, after) = span(c)?;
    Some((WeekSpec { weekdays, holidays: HolidayRule::AsAnyDay, loose: false, day_off: false }, after))
}

/// A weekday without 曜 after a space: 月 水 金.
fn bare(c: Cursor<'_>) -> Option<(WeekSpec, Cursor<'_>)> {
    match c.peek() {
        Some(TokenKind::Weekday { full: false, .. }) => member(c),
        _ => None,
    }
}

/// Which of a month's weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NthSpec {
    pub nths: NthWeeks,
    /// They may be missing (8月は第1のみ).
    pub weekdays: Option<Weekdays>,
    /// Written with 週: 第2週の木曜.
    pub by_week: bool,
}

/// Which of a month's weekdays: 第2・第4木曜, 最終金曜, 第1〜3土曜, 2・4週の月曜.
pub(super) fn nth(c: Cursor<'_>) -> Option<(NthSpec, Cursor<'_>)> {
    let (mut nths, mut after) = first_nth(c)?;
    let mut by_week = false;
    loop {
        let week = after.skip_words(&[ScheduleWord::Week]);
        by_week |= week.left() < after.left();
        after = week;
        if let (Some(TokenKind::Nth(n)), false) = (after.peek(), by_week) {
            nths = nths.or(NthWeeks::nth(n)?);
            after = after.advance();
            continue;
        }
        if let Some((to, end)) = after.to().and_then(number) {
            let from = nths.iter().last().filter(|n| *n > 0)?;
            let from = u32::try_from(from).ok()?;
            (from < to).then_some(())?;
            nths = (from..=to).try_fold(nths, |set, n| Some(set.or(NthWeeks::nth(n)?)))?;
            after = end;
            continue;
        }
        let Some((_, next)) = after.joint() else { break };
        if let Some((n, day)) = next.peek().and_then(weekday_of_unit) {
            // 「第1・3月」: the unit is the weekday.
            let all = nths.or(NthWeeks::nth(n)?);
            let end = next.advance();
            let spec = NthSpec { nths: all, weekdays: Some(Weekdays::one(day)), by_week };
            return (!continues(end)).then_some((spec, end));
        }
        let Some((more, end)) = another_nth(next) else { break };
        nths = nths.or(more);
        after = end;
    }
    let gap = after.eat(TokenKind::Particle('の')).unwrap_or(after).skip_spaces();
    match nth_weekdays(gap) {
        Some((days, end)) => days_of_a_nth(days).map(|days| (NthSpec { nths, weekdays: Some(days), by_week }, end)),
        None => Some((NthSpec { nths, weekdays: None, by_week }, after)),
    }
}

fn first_nth(c: Cursor<'_>) -> Option<(NthWeeks, Cursor<'_>)> {
    match c.peek()? {
        TokenKind::Nth(n) => Some((NthWeeks::nth(n)?, c.advance())),
        TokenKind::Word(ScheduleWord::Last) => Some((NthWeeks::LAST, c.advance())),
        TokenKind::Number(n) if reaches_week(c) => Some((NthWeeks::nth(n)?, c.advance())),
        _ => None,
    }
}

/// Whether these are numbers of weeks: 「2・4週」, 「2週目と4週目」.
fn reaches_week(c: Cursor<'_>) -> bool {
    let after = c.advance();
    match after.joint() {
        _ if after.is_word(ScheduleWord::Week) => true,
        Some((_, next)) => matches!(next.peek(), Some(TokenKind::Number(_))) && reaches_week(next),
        None => false,
    }
}

/// A further number, unless it begins a weekday group of its own (第1土曜・第3日曜).
fn another_nth(c: Cursor<'_>) -> Option<(NthWeeks, Cursor<'_>)> {
    if let TokenKind::Number(n) = c.peek()? {
        return Some((NthWeeks::nth(n)?, c.advance()));
    }
    first_nth(c)
}

fn number(c: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    match c.peek()? {
        TokenKind::Nth(n) | TokenKind::Number(n) => Some((n, c.advance())),
        _ => None,
    }
}

/// The weekdays of a 第n: 木曜, 火木, 火・木. After one written with 曜 the list ends; a second weekday then may mean every
/// week, and nothing is read.
fn nth_weekdays(c: Cursor<'_>) -> Option<(Option<Weekdays>, Cursor<'_>)> {
    let (day, mut full, mut after) = atom(c)?;
    let mut days = Weekdays::one(day);
    loop {
        let next = atom(after).or_else(|| after.joint().and_then(|(_, next)| atom(next)));
        let Some((day, is_full, end)) = next else { break };
        if full {
            return Some((None, after));
        }
        days = days.or(Weekdays::one(day));
        full = is_full;
        after = end;
    }
    if after.to().and_then(atom).is_some() {
        return Some((None, after));
    }
    Some((Some(days), after))
}

/// The first Saturday and the first Sunday need not be one weekend: not read.
fn days_of_a_nth(days: Option<Weekdays>) -> Option<Weekdays> {
    let weekend = Weekdays::range(Weekday::Sat, Weekday::Sun);
    days.filter(|d| d.and(weekend) != weekend)
}

fn continues(c: Cursor<'_>) -> bool {
    matches!(
        c.peek(),
        Some(
            TokenKind::Nth(_)
                | TokenKind::Number(_)
                | TokenKind::Day(_)
                | TokenKind::Weekday { .. }
                | TokenKind::Particle('の')
        )
    )
}

/// Days of the month: 15日, 1・15日, 1日〜7日, 末日, 5のつく日.
pub(super) fn month_days(c: Cursor<'_>) -> Option<(MonthDays, Cursor<'_>)> {
    // 「8の付く日（8日・18日・28日）」 says the same twice.
    let Some((days, after)) = digit_days(c) else { return numbered_days(c) };
    let again = after.bracketed(numbered_days).filter(|(again, _)| *again == days);
    Some(again.unwrap_or((days, after)))
}

fn digit_days(c: Cursor<'_>) -> Option<(MonthDays, Cursor<'_>)> {
    let Some(TokenKind::Number(digit @ 0..=9)) = c.peek() else { return None };
    let here = MonthDays::ending_in(digit);
    if let Some(after) = c.advance().word(ScheduleWord::DigitDays) {
        return Some((here, after));
    }
    let (_, next) = c.advance().joint()?;
    let (more, after) = digit_days(next)?;
    Some((here.or(more), after))
}

fn numbered_days(c: Cursor<'_>) -> Option<(MonthDays, Cursor<'_>)> {
    let mut days = MonthDays::default();
    let mut complete = None;
    let mut here = c;
    loop {
        let (more, has_unit, after) = day_or_range(here)?;
        days = days.or(more);
        if has_unit {
            complete = Some((days, after));
        }
        match after.joint() {
            Some((_, next)) if day_or_range(next).is_some() => here = next,
            _ => return complete.filter(|(_, end)| end.left() == after.left()),
        }
    }
}

fn day_or_range(c: Cursor<'_>) -> Option<(MonthDays, bool, Cursor<'_>)> {
    if let Some(after) = c.word(ScheduleWord::LastDay) {
        return Some((MonthDays::LAST, true, after));
    }
    let (from, has_unit, after) = day(c)?;
    if let Some((to, has_unit, end)) = after.to().and_then(day) {
        return Some((MonthDays::range(from, to)?, has_unit, end.eat(TokenKind::Until).unwrap_or(end)));
    }
    Some((MonthDays::range(from, from)?, has_unit, after))
}

fn day(c: Cursor<'_>) -> Option<(u32, bool, Cursor<'_>)> {
    match c.peek()? {
        TokenKind::Number(n) => Some((n, false, c.advance())),
        TokenKind::Day(n) => Some((n, true, c.advance())),
        _ => None,
    }
}
