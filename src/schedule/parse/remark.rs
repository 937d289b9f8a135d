//! Remarks: words beside the days and hours that cannot change a date.
//!
//! A remark is accepted where it stands apart (in brackets, behind a mark or a space) and none of its words may change a date,
//! by the table `remarks.toml`; everything else stays unread. This module does no I/O.

use super::cursor::Cursor;
use super::list::{self, ItemList, ItemMeaning, ListItem};
use super::remark_words::{REMARKS, RemarkWords};
use super::{ScheduleParser, hours_after};
use super::{days, hours};
use crate::schedule::lex::{ScheduleWord, TokenKind};
use crate::schedule::rule::{DayPattern, Weekdays};

impl<'a> ScheduleParser<'a> {
    /// 「上履き持参」, 「会場は広報で」, 「雨天の場合は室内で」.
    pub(super) fn remark(&mut self) -> Option<()> {
        self.stands_apart().then_some(())?;
        let end = end_of_piece(self.here);
        let text = self.text(self.here, end);
        let about_something_else = REMARKS.has_topic(&text) && no_token(self.here, end, is_date_or_day_off);
        let weather = REMARKS.is_of_weather(&text) && no_token(self.here, end, is_date);
        let harmless = about_something_else || weather || is_deadline(&text) || self.is_plain(self.here, end);
        harmless.then_some(())?;
        (!self.may_name_an_office(end)).then_some(())?;
        self.beside_days = false;
        self.go(end)
    }

    /// Whether days or hours stand behind the words that may be those of an office: 「10:00〜（社協 平日9:00〜17:00）」.
    fn may_name_an_office(&self, end: Cursor<'a>) -> bool {
        let next = end.skip(|k| matches!(k, TokenKind::Space | TokenKind::Colon | TokenKind::Comma(_)));
        let timed = !self.draft.leading.is_empty() || self.draft.parts.iter().any(|p| !p.session.hours.is_empty());
        let week = |i: &ListItem| matches!(&i.what, ItemMeaning::Week(week) if week.weekdays.len() > 3);
        let days = list::list(next, self.context).is_some_and(|(list, _)| list.items.iter().any(week));
        timed && (days || hours::hours(next).is_some())
    }

    /// 「第2は中央会館」, 「第4木曜は誕生会」: what takes place on days of those read before, or where.
    pub(super) fn remark_by_week(&mut self) -> Option<()> {
        self.stands_apart().then_some(())?;
        let months = list::list(self.here, self.context).filter(|(list, _)| self.are_months_of_sessions(list));
        let (known, after) = match months {
            Some((_, after)) => (true, after),
            None => {
                list::day_list_item(self.here, self.context).map(|(item, after)| (self.has_days_of(&item), after))?
            }
        };
        known.then_some(())?;
        let words = after.eat(TokenKind::Particle('は')).or_else(|| after.eat(TokenKind::Colon))?;
        let end = end_of_piece(words);
        let known = self.is_plain(words, end) || only_harmless(words, end);
        (known && end.left() < words.left() && hours_after(end).is_none()).then_some(())?;
        self.go(end)
    }

    /// 「火〜土（土は第1・3のみ）」.
    pub(super) fn only_some_of_weekday(&mut self) -> Option<()> {
        self.stands_apart().then_some(())?;
        let TokenKind::Weekday { day, .. } = self.here.peek()? else { return None };
        let (nth, end) = days::nth(self.here.advance().eat(TokenKind::Particle('は'))?)?;
        nth.weekdays.is_none().then_some(())?;
        let end = end.skip_words(&[ScheduleWord::Only]);
        (end.at_boundary() && hours_after(end).is_none()).then_some(())?;
        self.draft.narrow_weekday(day, nth.nths)?;
        self.go(end)
    }

    /// 「※11月・5月は野外活動」, behind sessions with their hours.
    fn are_months_of_sessions(&self, list: &ItemList) -> bool {
        let timed = !self.draft.parts.is_empty() && !self.draft.waits();
        timed && list.items.iter().all(|item| item.what == ItemMeaning::Season && item.by_month)
    }

    /// Whether the days of the item are among those of a session already read.
    fn has_days_of(&self, item: &ListItem) -> bool {
        let within = |days: &DayPattern| match (&item.what, days) {
            (ItemMeaning::Nth(_, of), DayPattern::Weekly { weekdays, .. }) => {
                of.is_none_or(|of| of.without(*weekdays).is_empty())
            }
            (ItemMeaning::Nth(nths, of), DayPattern::Nth { nths: known, weekdays }) => {
                of.is_none_or(|of| of.without(*weekdays).is_empty())
                    && nths.iter().all(|n| known.iter().any(|k| k == n))
            }
            (ItemMeaning::Week(week), DayPattern::Weekly { weekdays, .. }) => {
                week.weekdays != Weekdays::NONE && week.weekdays.without(*weekdays).is_empty()
            }
            _ => false,
        };
        item.seasons.is_empty()
            && item.condition.is_none()
            && self.draft.parts.iter().any(|p| within(&p.session.when.days))
    }

    /// Whether the tokens are unknown words, one at least, that can change no date.
    fn is_plain(&self, from: Cursor<'a>, to: Cursor<'a>) -> bool {
        let admits = |k| {
            matches!(
                k,
                TokenKind::Unknown
                    | TokenKind::Particle(_)
                    | TokenKind::Number(_)
                    | TokenKind::Amount
                    | TokenKind::Word(ScheduleWord::Harmless | ScheduleWord::Held)
            )
        };
        let mut unknown = String::new();
        let mut here = from;
        while here.left() > to.left() {
            let next = here.advance();
            match here.peek() {
                Some(TokenKind::Unknown | TokenKind::Particle(_)) => unknown += &self.text(here, next),
                Some(k) if admits(k) => unknown.push(' '),
                _ => return false,
            }
            here = next;
        }
        let has_words = !no_token(from, to, |k| k == TokenKind::Unknown);
        let numbered = Self::ends_in_number(from, to);
        has_words && !numbered && !unknown.ends_with('ば') && REMARKS.settles(&unknown)
    }

    fn ends_in_number(from: Cursor<'a>, to: Cursor<'a>) -> bool {
        let mut here = from;
        let mut last = None;
        while here.left() > to.left() {
            last = here.peek();
            here = here.advance();
        }
        matches!(last, Some(TokenKind::Number(_)))
    }

    /// Whether nothing, a mark or a space stands before, so that what follows is no part of the word before.
    pub(super) fn stands_apart(&self) -> bool {
        let before = self.before();
        // 「10:00〜12:00に公園で」
        let behind_hours =
            before == Some(TokenKind::Particle('に')) && !self.draft.parts.is_empty() && !self.draft.waits();
        behind_hours
            || matches!(
                before,
                None | Some(
                    TokenKind::Space
                        | TokenKind::Break
                        | TokenKind::Comma(_)
                        | TokenKind::Open
                        | TokenKind::Close
                        | TokenKind::Colon
                        | TokenKind::Particle('は')
                        | TokenKind::To
                        | TokenKind::Word(ScheduleWord::But)
                )
            )
    }
}

/// 「前日までに予約」, 「3日前の17時までに電話」: by when to book.
fn is_deadline(text: &str) -> bool {
    let Some((until, what)) = text.split_once("までに") else { return false };
    let of_days = until.chars().all(|c| c.is_ascii_digit() || "開催利用実施日前々当週間月のに正午後時分:".contains(c));
    let books = ["予約", "申込", "申し込", "連絡", "電話"].iter().any(|word| what.contains(word));
    of_days && until.contains(['前', '当']) && books && RemarkWords::settles_booking(what)
}

/// The end of the words up to the next mark or space.
pub(super) fn end_of_piece(c: Cursor<'_>) -> Cursor<'_> {
    c.skip(|k| {
        !matches!(
            k,
            TokenKind::Space
                | TokenKind::Break
                | TokenKind::Comma(_)
                | TokenKind::Open
                | TokenKind::Close
                | TokenKind::Colon
        )
    })
}

fn no_token(from: Cursor<'_>, to: Cursor<'_>, unwanted: impl Fn(TokenKind) -> bool) -> bool {
    let mut here = from;
    while here.left() > to.left() {
        if here.peek().is_some_and(&unwanted) {
            return false;
        }
        here = here.advance();
    }
    true
}

fn only_harmless(from: Cursor<'_>, to: Cursor<'_>) -> bool {
    no_token(from, to, |k| {
        !matches!(
            k,
            TokenKind::Word(ScheduleWord::Harmless) | TokenKind::Particle(_) | TokenKind::Number(_) | TokenKind::Amount
        )
    })
}

fn is_date(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Clock(_)
            | TokenKind::AmPm(_)
            | TokenKind::Date { .. }
            | TokenKind::Day(_)
            | TokenKind::Month(_)
            | TokenKind::MonthEnd(_)
            | TokenKind::Nth(_)
            | TokenKind::Count { .. }
            | TokenKind::Weekday { full: true, .. }
            | TokenKind::Word(
                ScheduleWord::NextDay
                    | ScheduleWord::NextWeek
                    | ScheduleWord::NextWorkday
                    | ScheduleWord::ToBeMoved
                    | ScheduleWord::OtherDay
                    | ScheduleWord::NextYear
                    | ScheduleWord::EveryWeek
                    | ScheduleWord::Fortnight
            )
    )
}

fn is_date_or_day_off(kind: TokenKind) -> bool {
    is_date(kind)
        || matches!(
            kind,
            TokenKind::Word(ScheduleWord::Closed | ScheduleWord::Off | ScheduleWord::Except | ScheduleWord::Holiday)
        )
}
