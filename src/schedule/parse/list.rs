//! Lists of days, the common part of openings and closings: 「第2・第4木曜と8月」. What follows a list says which of the two
//! it is. This module does no I/O.

use chrono::Weekday;

use super::condition::{self, Condition};
use super::cursor::Cursor;
use super::dates::{self, DateSpan};
use super::days::{self, WeekSpec};
use crate::schedule::ScheduleContext;
use crate::schedule::lex::{ScheduleWord, TokenJoint, TokenKind};
use crate::schedule::rule::{HolidayRule, MonthDays, NthWeeks, Season, Weekdays};

/// Which days a member of a list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ItemMeaning {
    Week(WeekSpec),
    /// The weekdays are missing in 「8月は第1のみ」.
    Nth(NthWeeks, Option<Weekdays>),
    Monthly(MonthDays),
    Fortnight(Weekday),
    /// In weeks that are not said: 偶数週の水曜, 第2・4週の火・木.
    SomeWeeks(WeekSpec),
    /// Days off without fixed days: お盆. The number of tokens from that word to the end says which word.
    Vague(usize),
    /// A part of the year and nothing more.
    Season,
    Dates(Vec<DateSpan>),
    AfterHoliday,
}

/// A member of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListItem {
    pub what: ItemMeaning,
    /// In which parts of the year; for [`ItemMeaning::Season`] the parts themselves.
    pub seasons: Vec<Season>,
    /// The parts of the year are months said by number.
    pub by_month: bool,
    /// Written with 毎週 or 毎月.
    pub marked: bool,
    /// What holds if it is a holiday.
    pub condition: Option<Condition>,
}

/// Days joined by ・ 、 と and the like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ItemList {
    pub items: Vec<ListItem>,
    /// Joined by 、 somewhere, so that its members may be parts of a sentence.
    pub loose: bool,
}

impl ItemList {
    /// Whether the list names parts of the year only.
    pub(super) fn is_seasons(&self) -> bool {
        self.items.iter().all(|i| i.what == ItemMeaning::Season)
    }

    /// All parts of the year in the list.
    pub(super) fn seasons(&self) -> Vec<Season> {
        self.items.iter().flat_map(|i| i.seasons.clone()).collect()
    }
}

/// A list of at least one member.
pub(super) fn list<'a>(c: Cursor<'a>, context: &ScheduleContext) -> Option<(ItemList, Cursor<'a>)> {
    let (first, mut after) = day_list_item(c, context)?;
    let mut list =
        ItemList { loose: matches!(first.what, ItemMeaning::Week(WeekSpec { loose: true, .. })), items: vec![first] };
    while let Some((joint, next)) = after.joint() {
        let Some((item, end)) = day_list_item(next, context) else { break };
        list.loose |=
            joint == TokenJoint::Loose || matches!(item.what, ItemMeaning::Week(WeekSpec { loose: true, .. }));
        list.items.push(item);
        after = end;
    }
    Some((list, after))
}

/// A member: days, a part of the year, or days in a part of the year (偶数月第1日曜).
pub(super) fn day_list_item<'a>(c: Cursor<'a>, context: &ScheduleContext) -> Option<(ListItem, Cursor<'a>)> {
    let c = c.skip_words(&[ScheduleWord::EveryYear]);
    if let Some((season, after)) = season_item(c, context) {
        let next = after.eat(TokenKind::Particle('の')).unwrap_or(after).skip_spaces();
        // 「12月の15日」 may be this year's; every second month's is a rule.
        let of_one_month =
            !matches!(c.peek(), Some(TokenKind::Word(ScheduleWord::EvenMonths | ScheduleWord::OddMonths)));
        return Some(match days_item(next, Some(of_one_month)) {
            Some((days, end)) => (ListItem { seasons: season.seasons, by_month: season.by_month, ..days }, end),
            None => (season, after),
        });
    }
    if let Some(after) = c.word(ScheduleWord::VagueSeason).or_else(|| c.word(ScheduleWord::Vacation)) {
        let vague = ListItem {
            what: ItemMeaning::Vague(c.left()),
            seasons: Vec::new(),
            by_month: false,
            marked: false,
            condition: None,
        };
        return Some((vague, after));
    }
    days_item(c, None)
}

/// A member of a list of days that is a part of the year: 6〜9月, 冬季（12〜3月）.
fn season_item<'a>(c: Cursor<'a>, context: &ScheduleContext) -> Option<(ListItem, Cursor<'a>)> {
    let by_month = dates::months(c);
    // 「夏（6〜9月）」 is said by number as well.
    let in_brackets = c.word(ScheduleWord::VagueSeason).is_some_and(|after| after.bracketed(dates::months).is_some());
    let is_month = by_month.is_some() || in_brackets;
    let (seasons, after) = by_month.or_else(|| dates::named_season(c, context))?;
    Some((ListItem { what: ItemMeaning::Season, seasons, by_month: is_month, marked: false, condition: None }, after))
}

fn days_item(c: Cursor<'_>, after_months: Option<bool>) -> Option<(ListItem, Cursor<'_>)> {
    let c = c.skip_words(&[ScheduleWord::EveryYear]);
    let (what, marked, after) = every_week(c).or_else(|| every_month(c)).or_else(|| unmarked(c, after_months))?;
    let bare = ListItem { what, seasons: Vec::new(), by_month: false, marked, condition: None };
    Some(match after.bracketed(condition::condition) {
        Some((condition, end)) => (ListItem { condition: Some(condition), ..bare }, end),
        None => (bare, after),
    })
}

type ListItems<'a> = Option<(ItemMeaning, bool, Cursor<'a>)>;

fn every_week(c: Cursor<'_>) -> ListItems<'_> {
    let after = c.word(ScheduleWord::EveryWeek)?;
    let after = after.eat(TokenKind::Particle('の')).unwrap_or(after).skip_spaces();
    let (week, after) = days::week(after)?;
    Some((ItemMeaning::Week(week), true, after))
}

fn every_month(c: Cursor<'_>) -> ListItems<'_> {
    let after = c.word(ScheduleWord::EveryMonth)?;
    let after = after.eat(TokenKind::Particle('の')).unwrap_or(after).skip_spaces();
    if let Some((nth, after)) = days::nth(after) {
        return Some((of_month(nth), true, after));
    }
    let (days, after) = days::month_days(after)?;
    Some((ItemMeaning::Monthly(days), true, after))
}

/// 第2・4週 of several weekdays may be rows of the calendar, which need not be the weekdays' second and fourth.
fn of_month(days::NthSpec { nths, weekdays, by_week }: days::NthSpec) -> ItemMeaning {
    match weekdays {
        Some(weekdays) if by_week && weekdays.len() > 1 => {
            ItemMeaning::SomeWeeks(WeekSpec { weekdays, holidays: HolidayRule::AsAnyDay, loose: false, day_off: false })
        }
        _ => ItemMeaning::Nth(nths, weekdays),
    }
}

fn unmarked(c: Cursor<'_>, after_months: Option<bool>) -> ListItems<'_> {
    if let Some(after) = c.word(ScheduleWord::Fortnight) {
        let after = after.eat(TokenKind::Particle('の')).unwrap_or(after).skip_spaces();
        let (week, after) = days::week(after)?;
        let day = week.weekdays.iter().next().filter(|_| week.weekdays.len() == 1)?;
        return Some((ItemMeaning::Fortnight(day), false, after));
    }
    if let Some(after) = c.word(ScheduleWord::AfterHoliday) {
        return Some((ItemMeaning::AfterHoliday, false, after));
    }
    if let Some(after) = c.word(ScheduleWord::SomeWeeks) {
        let after = after.eat(TokenKind::Particle('の')).unwrap_or(after).skip_spaces();
        let (week, after) = days::week(after)?;
        return Some((ItemMeaning::SomeWeeks(week), false, after));
    }
    if let Some((nth, after)) = days::nth(c) {
        return Some((of_month(nth), false, after));
    }
    if let Some((week, after)) = days::week(c) {
        return Some((ItemMeaning::Week(week), false, after));
    }
    if let Some((dates, after)) = dates::dates(c) {
        return Some((ItemMeaning::Dates(dates), false, after));
    }
    // 「15日」 alone, or after a month, is a single day of a month not said; 「1日・15日」 is every month's.
    let (days, after) = days::month_days(c)?;
    let monthly = match after_months {
        Some(of_one_month) => !of_one_month,
        None => days.len() > 1,
    };
    monthly.then_some((ItemMeaning::Monthly(days), false, after))
}
