//! Parts of the year and single days: 4〜11月, 12/29〜1/3, 年末年始, 令和8年12月20日（日）. This module does no I/O.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::cursor::Cursor;
use super::hours;
use crate::schedule::ScheduleContext;
use crate::schedule::holidays::is_holiday;
use crate::schedule::lex::{PerUnit, ScheduleWord, TokenKind};
use crate::schedule::rule::{Season, YearDay};

/// How far from today, in days, a day without a year may lie: beyond, the same day came sooner and disagreed with its weekday,
/// which is more likely a slip of the pen.
const NEAR_DAYS: i64 = 364;
/// The same for the first day of a fortnight, which a stale list would put in the wrong week.
pub(super) const ANCHOR_DAYS: i64 = 183;
/// The longest run of single days read as one event, in days.
const EVENT_DAYS: i64 = 92;

/// A day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateSpec {
    pub year: Option<i32>,
    pub day: YearDay,
    pub weekday: Option<Weekday>,
    /// Said to be a holiday.
    pub holiday: bool,
}

/// A day, or the days from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateSpan {
    pub from: DateSpec,
    pub to: Option<DateSpec>,
    /// Written with から or 〜 and no end.
    pub open: bool,
}

/// Months of every year: 8月, 4〜11月, 3・6・9・12月, 偶数月.
pub(super) fn months(c: Cursor<'_>) -> Option<(Vec<Season>, Cursor<'_>)> {
    if let Some(after) = c.word(ScheduleWord::EvenMonths) {
        return Some(((1..=6).map(|n| Season::months(n * 2, n * 2)).collect(), after));
    }
    if let Some(after) = c.word(ScheduleWord::OddMonths) {
        return Some(((1..=6).map(|n| Season::months(n * 2 - 1, n * 2 - 1)).collect(), after));
    }
    let mut seasons = Vec::new();
    let mut here = c;
    loop {
        let (season, has_unit, after) = month_or_range(here)?;
        seasons.push(season);
        let next = after.joint().map(|(_, next)| next).filter(|next| numbers_end_in_month(*next));
        match next {
            Some(next) => here = next,
            None => return has_unit.then_some((seasons, after)),
        }
    }
}

/// Whether these numbers end in one with 月, as the 4・7・10 of 「4・7・10月」.
fn numbers_end_in_month(c: Cursor<'_>) -> bool {
    match month_or_range(c) {
        Some((_, true, _)) => true,
        Some((_, false, after)) => after.joint().is_some_and(|(_, next)| numbers_end_in_month(next)),
        None => false,
    }
}

fn month_or_range(c: Cursor<'_>) -> Option<(Season, bool, Cursor<'_>)> {
    // 「8月末の日曜」 is not all of August.
    matches!(c.peek(), Some(TokenKind::Month(_) | TokenKind::Number(_))).then_some(())?;
    let (from, has_unit, after) = month(c)?;
    let after_to = after.to().map(|next| next.word(ScheduleWord::NextYear).unwrap_or(next));
    if let Some((to, has_unit, end)) = after_to.and_then(month) {
        // 「11月3日」 cannot come here, 「4月〜10」 is no range of months.
        return has_unit.then(|| (Season::months(from, to), true, end.eat(TokenKind::Until).unwrap_or(end)));
    }
    let open = after_to.is_some();
    (!open).then_some((Season::months(from, from), has_unit, after))
}

/// A month by number, and whether 月 stands behind it.
fn month(c: Cursor<'_>) -> Option<(u32, bool, Cursor<'_>)> {
    match c.peek()? {
        TokenKind::Month(n) | TokenKind::MonthEnd(n) => Some((n, true, c.advance())),
        TokenKind::Number(n @ 1..=12) => Some((n, false, c.advance())),
        _ => None,
    }
}

/// The turn of the year and what is named like it: 年末年始（12/29〜1/3）, 元日, 冬季（12〜3月）.
pub(super) fn named_season<'a>(c: Cursor<'a>, context: &ScheduleContext) -> Option<(Vec<Season>, Cursor<'a>)> {
    let after = c.advance();
    match c.peek()? {
        TokenKind::Word(ScheduleWord::YearEnd) => {
            let said = after.bracketed(any_season).or_else(|| any_season(after));
            Some(said.unwrap_or_else(|| (vec![context.new_year], after)))
        }
        TokenKind::Word(ScheduleWord::NewYearDay) => Some((vec![one_day(1, 1)], after)),
        TokenKind::Word(ScheduleWord::NewYearEve) => Some((vec![one_day(12, 31)], after)),
        TokenKind::Word(ScheduleWord::FirstThreeDays) => {
            Some((vec![Season { from: YearDay { month: 1, day: 1 }, to: YearDay { month: 1, day: 3 } }], after))
        }
        TokenKind::Word(ScheduleWord::VagueSeason) => after.bracketed(any_season),
        _ => None,
    }
}

pub(super) fn any_season(c: Cursor<'_>) -> Option<(Vec<Season>, Cursor<'_>)> {
    let (seasons, after) = months(c).or_else(|| {
        let (spans, after) = dates(c)?;
        Some((seasons(&spans)?, after))
    })?;
    Some((seasons, after.eat(TokenKind::Until).unwrap_or(after)))
}

fn one_day(month: u32, day: u32) -> Season {
    Season { from: YearDay { month, day }, to: YearDay { month, day } }
}

/// Single days, days that go on in the same month, and ranges: 12月1日（火）・8日（火）, 12/29,30,31, 12/29〜1/3.
pub(super) fn dates(c: Cursor<'_>) -> Option<(Vec<DateSpan>, Cursor<'_>)> {
    let (first, mut after) = date_or_range(c, None)?;
    let mut spans = vec![first];
    while let Some((span, end)) = after.joint().and_then(|(_, next)| {
        let last = spans.last().map(|s: &DateSpan| s.to.unwrap_or(s.from))?;
        date_or_range(next, Some(last))
    }) {
        spans.push(span);
        after = end;
    }
    let of_all = |c| weekday_of_all(c, &spans);
    if let Some((day, end)) = after.bracketed(of_all).or_else(|| of_all_behind(after.skip_spaces(), &spans)) {
        for span in &mut spans {
            span.from.weekday = span.from.weekday.or(Some(day));
        }
        after = end;
    }
    Some((spans, after))
}

/// 「12/12、1/9（いずれも土）」, 「2月6日・13日（全2回・土曜）」. A number of days must be that of `spans`.
fn weekday_of_all<'a>(c: Cursor<'a>, spans: &[DateSpan]) -> Option<(Weekday, Cursor<'a>)> {
    let (mut here, mut is_said) = (c, false);
    loop {
        match here.peek()? {
            TokenKind::Count { per: PerUnit::InAll, times } | TokenKind::Times(times) => {
                let singles = spans.iter().all(|span| span.to.is_none());
                (singles && usize::try_from(times).ok() == Some(spans.len())).then_some(())?;
                is_said = true;
            }
            TokenKind::Word(ScheduleWord::Harmless) => is_said = true,
            TokenKind::Space | TokenKind::Comma(_) | TokenKind::Particle('の') if is_said => {}
            TokenKind::Weekday { day, .. } if is_said => return Some((day, here.advance())),
            _ => return None,
        }
        here = here.advance();
    }
}

/// The same without brackets: 「12月7日、14日 いずれも月曜」.
fn of_all_behind<'a>(c: Cursor<'a>, spans: &[DateSpan]) -> Option<(Weekday, Cursor<'a>)> {
    let is_list = spans.len() > 1 && spans.iter().all(|span| span.to.is_none() && !span.open);
    let begins = matches!(c.peek(), Some(TokenKind::Word(ScheduleWord::Harmless)));
    let (day, end) = weekday_of_all(c, spans).filter(|_| is_list && begins)?;
    let before = c.skip(|k| !matches!(k, TokenKind::Weekday { .. })).peek();
    (end.at_boundary() && matches!(before, Some(TokenKind::Weekday { full: true, .. }))).then_some((day, end))
}

/// A day, a range of days or one left open (12/29〜); `before` lends the month that is left out.
fn date_or_range(c: Cursor<'_>, before: Option<DateSpec>) -> Option<(DateSpan, Cursor<'_>)> {
    let (from, after) = date(c, before)?;
    let Some(next) = after.to() else {
        let begun = begins_there(after);
        return Some((DateSpan { from, to: None, open: begun.is_some() }, begun.unwrap_or(after)));
    };
    let next = next.word(ScheduleWord::NextYear).unwrap_or(next);
    match date(next, Some(from)) {
        Some((to, end)) => {
            Some((DateSpan { from, to: Some(to), open: false }, end.eat(TokenKind::Until).unwrap_or(end)))
        }
        None => Some((DateSpan { from, to: None, open: true }, next)),
    }
}

/// Behind 「12月5日スタート」, where no hour at which it starts follows.
fn begins_there(after: Cursor<'_>) -> Option<Cursor<'_>> {
    let end = after.skip_spaces().word(ScheduleWord::Starts)?;
    let next = end.skip(|k| matches!(k, TokenKind::Space | TokenKind::Colon | TokenKind::Comma(_)));
    (next.left() > 0 && hours::hours(next).is_none()).then_some(end)
}

/// A day; with one before it, the month may be left out.
pub(super) fn date(c: Cursor<'_>, before: Option<DateSpec>) -> Option<(DateSpec, Cursor<'_>)> {
    let (year, day, after) = match (c.peek()?, before) {
        (TokenKind::Date { year, month, day }, _) => (year, YearDay::new(month, day)?, c.advance()),
        (TokenKind::MonthEnd(month), Some(b)) => (b.year, YearDay { month, day: 31 }, c.advance()),
        (TokenKind::Day(day) | TokenKind::Number(day), Some(b)) => {
            (b.year, YearDay::new(b.day.month, day)?, c.advance())
        }
        (TokenKind::Word(ScheduleWord::SameMonth), Some(b)) => match c.advance().peek()? {
            TokenKind::Day(day) => (b.year, YearDay::new(b.day.month, day)?, c.advance().advance()),
            _ => return None,
        },
        _ => return None,
    };
    let (weekday, holiday, after) = weekday_of_date(after);
    Some((DateSpec { year, day, weekday, holiday }, after))
}

/// （日）, （月・祝）, 日曜.
fn weekday_of_date(c: Cursor<'_>) -> (Option<Weekday>, bool, Cursor<'_>) {
    if let Some(((weekday, holiday), after)) = c.bracketed(read_inside) {
        return (weekday, holiday, after);
    }
    let here = c.skip_spaces();
    let apart = here.left() < c.left();
    match here.peek() {
        Some(TokenKind::Weekday { day, full: true }) => (Some(day), false, here.advance()),
        // 「12月3日 木 19:00」, as columns that are joined have it: one day, and no weekday of every week.
        Some(TokenKind::Weekday { day, full: false }) if apart && stands_alone(here.advance()) => {
            (Some(day), false, here.advance())
        }
        _ => (None, false, c),
    }
}

/// Whether no further day is joined to the weekday before.
fn stands_alone(after: Cursor<'_>) -> bool {
    matches!(after.peek(), None | Some(TokenKind::Space | TokenKind::Break | TokenKind::Open | TokenKind::Close))
}

fn read_inside(c: Cursor<'_>) -> Option<((Option<Weekday>, bool), Cursor<'_>)> {
    let mut weekday = None;
    let mut holiday = false;
    let mut here = c;
    loop {
        match here.peek()? {
            TokenKind::Weekday { day, .. } if weekday.is_none() => weekday = Some(day),
            TokenKind::Word(ScheduleWord::Holiday) if !holiday => holiday = true,
            _ => return None,
        }
        here = here.advance();
        match here.joint() {
            Some((_, next)) => here = next,
            None if here.skip_spaces().peek() == Some(TokenKind::Close) => return Some(((weekday, holiday), here)),
            None => {}
        }
    }
}

/// The days as parts of every year; `None` if a year is said or an end is missing.
pub(super) fn seasons(spans: &[DateSpan]) -> Option<Vec<Season>> {
    spans
        .iter()
        .map(|s| {
            let to = s.to.unwrap_or(s.from);
            let yearly = !s.open && s.from.year.is_none() && to.year.is_none();
            yearly.then_some(Season { from: s.from.day, to: to.day })
        })
        .collect()
}

/// The days themselves; `None` if a year can be neither read nor inferred from a weekday, or they contradict themselves.
pub(super) fn resolve_all(spans: &[DateSpan], today: NaiveDate) -> Option<Vec<NaiveDate>> {
    let of_one_weekday = all_of_last_weekday(spans, today);
    let spans = of_one_weekday.as_deref().unwrap_or(spans);
    let mut days: Vec<NaiveDate> = Vec::new();
    let lent = year_of_first(spans, today);
    for span in spans {
        let span = match (days.is_empty(), lent) {
            (true, Some(year)) => &DateSpan { from: DateSpec { year: Some(year), ..span.from }, ..*span },
            _ => span,
        };
        let from = match days.last() {
            Some(last) if span.from.weekday.is_none() => follow(span.from, *last)?,
            _ => resolve(span.from, None, today)?,
        };
        let to = match span.to {
            Some(to) if to.weekday.is_none() => follow(to, from)?,
            Some(to) => resolve(to, None, from)?,
            None => from,
        };
        ((0..=EVENT_DAYS).contains(&(to - from).num_days()) && !span.open).then_some(())?;
        days.extend(from.iter_days().take_while(|d| *d <= to));
    }
    // In one of them, the weekday fits another year only.
    (!is_in_order(spans) || days.is_sorted()).then_some(days)
}

/// Whether the days are written one after another, past the turn of the year at most once.
fn is_in_order(spans: &[DateSpan]) -> bool {
    let back = spans.windows(2).filter(|pair| pair[0].from.day > pair[1].from.day);
    let back: Vec<bool> = back.map(|pair| pair[0].from.day.month > pair[1].from.day.month).collect();
    back.is_empty() || back == [true]
}

/// Days past the turn of the year whose last has the weekday of all: 「12/9・23、1/13・27（水）」.
fn all_of_last_weekday(spans: &[DateSpan], today: NaiveDate) -> Option<Vec<DateSpan>> {
    let weekday = spans.last()?.from.weekday?;
    let is_bare = |span: &DateSpan| span.to.is_none() && !span.open && span.from.year.is_none();
    let others_are_bare = spans[..spans.len() - 1].iter().all(|span| span.from.weekday.is_none());
    let turns = spans.windows(2).any(|pair| pair[0].from.day > pair[1].from.day);
    (turns && others_are_bare && spans.iter().all(is_bare)).then_some(())?;
    let all: Vec<DateSpan> =
        spans.iter().map(|span| DateSpan { from: DateSpec { weekday: Some(weekday), ..span.from }, ..*span }).collect();
    let days: Option<Vec<NaiveDate>> = all.iter().map(|span| resolve(span.from, None, today)).collect();
    days?.windows(2).all(|pair| pair[0] < pair[1]).then_some(all)
}

/// The year of a first day that has neither year nor weekday, where the last day has a weekday: 「12月5日・12日・19日（土）」.
fn year_of_first(spans: &[DateSpan], today: NaiveDate) -> Option<i32> {
    let [first, .., last] = spans else { return None };
    let is_bare = |spec: DateSpec| spec.year.is_none() && spec.weekday.is_none();
    let others_are_bare = spans[..spans.len() - 1].iter().all(|span| span.to.is_none() && is_bare(span.from));
    let in_order = spans.windows(2).all(|pair| pair[0].from.day < pair[1].from.day);
    (first.from.year.is_none() && others_are_bare && in_order && last.to.is_none()).then_some(())?;
    last.from.weekday?;
    resolve(last.from, None, today).map(|day| day.year())
}

/// A day without a weekday after another: in the same year, and later.
fn follow(spec: DateSpec, last: NaiveDate) -> Option<NaiveDate> {
    let day = on(spec.day, spec.year.unwrap_or_else(|| last.year()))?;
    (day >= last).then_some(day)
}

fn on(day: YearDay, year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, day.month, day.day)
}

/// The day meant: with its year, or the nearest to today that agrees with the weekday.
pub(super) fn resolve(spec: DateSpec, weekday: Option<Weekday>, today: NaiveDate) -> Option<NaiveDate> {
    if spec.weekday.is_some() && weekday.is_some() && spec.weekday != weekday {
        return None;
    }
    let weekday = spec.weekday.or(weekday);
    let agrees = |d: &NaiveDate| weekday.is_none_or(|w| d.weekday() == w) && (!spec.holiday || is_holiday(*d));
    if let Some(year) = spec.year {
        return on(spec.day, year).filter(agrees);
    }
    weekday?;
    let distance = |d: &NaiveDate| (*d - today).num_days().abs();
    let years = today.year() - 2..=today.year() + 2;
    years.filter_map(|year| on(spec.day, year)).filter(agrees).filter(|d| distance(d) <= NEAR_DAYS).min_by_key(distance)
}
