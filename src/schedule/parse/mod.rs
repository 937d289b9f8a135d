//! The parser: turns the tokens of a schedule into a rule, or returns the words that it does not understand.
//!
//! The reader goes through the text clause by clause: a list of days and what is said of it (hours, 休み, を除く), hours alone,
//! a condition (祝日の場合は翌日), a label (休館日：). **Every token must be accounted for**: what is neither understood nor in
//! the list of harmless words ends the reading without a rule, because it may change the dates. Where a text can be read in two
//! ways, the reading that gives fewer dates is taken if it gives none that the other has not; otherwise none is.
//! This module does no I/O.

mod closing;
mod condition;
mod cursor;
mod dates;
mod days;
mod draft;
mod hours;
mod list;
mod opening;
mod settle;

use self::condition::ConditionOutcome;
use self::cursor::Cursor;
use self::dates::DateSpan;
use self::draft::RuleDraft;
use self::hours::HoursSpan;
use super::ScheduleContext;
use super::lex::{ScheduleWord, Token, TokenKind, tokens};
use super::rule::{DayPattern, Rule, Season};

/// Parses a text.
///
/// # Errors
///
/// With the part of the text that is not understood, verbatim.
pub(super) fn parse(text: &str, context: &ScheduleContext) -> Result<Rule, String> {
    let tokens = tokens(text);
    let mut reader = ScheduleParser {
        context,
        here: Cursor::new(&tokens),
        draft: RuleDraft::default(),
        booking: BookingRemark::default(),
        beside_days: false,
        bracket: BracketDepth::None,
        every_week: false,
    };
    while reader.here.left() > 0 {
        if reader.clause().is_none() {
            return Err(not_understood(text, &tokens, tokens.len() - reader.here.left()));
        }
    }
    reader.draft.finish(context).ok_or_else(|| text.trim().to_owned())
}

/// A part of the year and nothing else.
pub(super) fn season(text: &str) -> Option<Season> {
    let tokens = tokens(text);
    let (seasons, end) = dates::any_season(Cursor::new(&tokens).skip_spaces())?;
    match seasons.as_slice() {
        [season] if end.skip_spaces().left() == 0 => Some(*season),
        _ => None,
    }
}

/// The words around the token at which parsing stopped.
fn not_understood(text: &str, tokens: &[Token], at: usize) -> String {
    let ends = |t: &&Token| {
        matches!(t.kind, TokenKind::Space | TokenKind::Break | TokenKind::Comma(_) | TokenKind::Open | TokenKind::Close)
    };
    let rest = tokens.get(at..).unwrap_or_default();
    let last = rest.iter().skip(1).position(|t| ends(&t)).map_or(rest.len(), |n| n + 1);
    let (Some(first), Some(last)) = (rest.first(), rest.get(last.saturating_sub(1))) else {
        return text.trim().to_owned();
    };
    text.chars().skip(first.from).take(last.to - first.from).collect()
}

/// Whether words about booking were read, after which days and hours may be those of an office.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum BookingRemark {
    #[default]
    No,
    /// Said before anything else: 「要予約 毎週水曜」.
    First,
    InBrackets,
    Yes,
}

/// A bracket that was opened or closed just before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BracketDepth {
    None,
    Opened,
    Closed,
}

struct ScheduleParser<'a> {
    context: &'a ScheduleContext,
    here: Cursor<'a>,
    draft: RuleDraft,
    booking: BookingRemark,
    /// Only a space, or nothing, stands between the last days and here.
    beside_days: bool,
    /// The bracket before, with no more than a space between.
    bracket: BracketDepth,
    /// The last days were written with 毎週.
    every_week: bool,
}

impl<'a> ScheduleParser<'a> {
    /// Reads one clause or one token without meaning for dates; `None` if neither is there.
    fn clause(&mut self) -> Option<()> {
        self.filler()
            .or_else(|| self.about_booking())
            .or_else(|| self.reception())
            .or_else(|| self.count())
            .or_else(|| self.condition())
            .or_else(|| self.named_next())
            .or_else(|| self.label())
            .or_else(|| self.year())
            .or_else(|| self.list())
            .or_else(|| self.hours())
    }

    /// Goes on from there; always succeeds, so that it can end a reader.
    #[expect(clippy::unnecessary_wraps, reason = "readers end with it")]
    fn go(&mut self, to: Cursor<'a>) -> Option<()> {
        self.here = to;
        Some(())
    }

    /// Marks, particles and words that do not concern dates.
    fn filler(&mut self) -> Option<()> {
        let next = self.here.advance();
        match self.here.peek()? {
            TokenKind::Close => {
                let again = next.skip_spaces().peek() == Some(TokenKind::Open);
                if self.booking == BookingRemark::InBrackets && !again {
                    self.booking = BookingRemark::No;
                }
            }
            TokenKind::Times if next.skip_spaces().peek() == Some(TokenKind::Amount) => {}
            TokenKind::Word(ScheduleWord::Label) => not_about_booking(next)?,
            TokenKind::Word(ScheduleWord::NeverOff) => self.draft.every_day = true,
            TokenKind::Duration => return self.go(next.skip_words(&[ScheduleWord::About])),
            TokenKind::Word(ScheduleWord::About) if next.peek() == Some(TokenKind::Duration) => {}
            kind if is_harmless(kind) => {}
            TokenKind::Word(ScheduleWord::Starts)
                if hours::hours(next.skip(|k| matches!(k, TokenKind::Space | TokenKind::Colon))).is_some() => {}
            _ => return None,
        }
        self.beside_days &= matches!(self.here.peek(), Some(TokenKind::Space | TokenKind::Close));
        self.bracket = match self.here.peek() {
            Some(TokenKind::Open) => BracketDepth::Opened,
            Some(TokenKind::Close) => BracketDepth::Closed,
            Some(TokenKind::Space) => self.bracket,
            _ => BracketDepth::None,
        };
        self.go(next)
    }

    fn about_booking(&mut self) -> Option<()> {
        let after = match self.here.peek()? {
            TokenKind::Word(ScheduleWord::Booking) | TokenKind::Phone => self.here.advance(),
            _ => return None,
        };
        let bracket = after.skip(|k| !matches!(k, TokenKind::Open | TokenKind::Close)).peek() == Some(TokenKind::Close);
        let of_an_office = after.skip_spaces().peek() == Some(TokenKind::Open);
        let first = self.draft.parts.is_empty() && self.draft.leading.is_empty() && !of_an_office;
        self.booking = match self.booking {
            BookingRemark::No if bracket && !of_an_office => BookingRemark::InBrackets,
            BookingRemark::No | BookingRemark::First if first => BookingRemark::First,
            _ => BookingRemark::Yes,
        };
        self.go(after)
    }

    /// Days and hours are not those of an office: nothing is said of booking, or only before them.
    fn not_of_an_office(&self) -> Option<()> {
        let first_group = self.booking == BookingRemark::First && self.draft.group == 0;
        (self.booking == BookingRemark::No || first_group).then_some(())
    }

    /// 受付 9:30〜, 入館は16:30まで: times that are not the session's.
    fn reception(&mut self) -> Option<()> {
        let after = self.here.word(ScheduleWord::Reception)?;
        let next = after.skip(|k| matches!(k, TokenKind::Particle('は' | 'の') | TokenKind::Colon | TokenKind::Space));
        let closing = next.word(ScheduleWord::BeforeClosing).map(|end| end.eat(TokenKind::Until).unwrap_or(end));
        let times = || hours::hours(next).map(|(_, end)| end);
        let end = closing.or_else(times)?;
        self.go(end.skip_words(&[ScheduleWord::Ends]))
    }

    /// 月2回, 毎月1回: checked against the days at the end.
    fn count(&mut self) -> Option<()> {
        let here = self.here.skip_words(&[ScheduleWord::EveryMonth, ScheduleWord::EveryWeek]);
        let TokenKind::Count { per, times } = here.peek()? else { return None };
        self.draft.counts.push((per, times));
        self.go(here.advance())
    }

    fn condition(&mut self) -> Option<()> {
        let (condition, after) = condition::condition(self.here)?;
        let held_on_holidays =
            condition.then == ConditionOutcome::Held && condition.of.is_none() && condition.when.weekdays.is_empty();
        self.draft.apply(condition)?;
        if held_on_holidays && let Some((HoursSpan::Slots(slots), end)) = hours_after(after) {
            self.draft.group += 1;
            self.draft.add(DayPattern::HOLIDAYS, Vec::new());
            self.draft.give_hours(slots)?;
            return self.go(end);
        }
        self.go(after)
    }

    /// 次回12/1（火）.
    fn named_next(&mut self) -> Option<()> {
        let after = self.here.word(ScheduleWord::NextTime)?;
        let next = after.skip(|k| {
            matches!(k, TokenKind::Particle('は' | 'が' | 'の') | TokenKind::Colon | TokenKind::Space | TokenKind::To)
        });
        let (spans, end) = dates::dates(next)?;
        self.draft.named_next.extend(single_days(&spans)?);
        self.go(end)
    }

    /// 令和8年度; 令和8年4月〜令和9年3月.
    fn year(&mut self) -> Option<()> {
        let (from, until, end) = match self.here.peek()? {
            TokenKind::FiscalYear(year) => {
                (month_of(year, 4)?, month_of(year + 1, 4)?.pred_opt()?, self.here.advance())
            }
            TokenKind::Year(_) => {
                let (from, after) = year_month(self.here)?;
                let (until, end) = after.to().map_or(Some((from, after)), year_month)?;
                (
                    from,
                    until.checked_add_months(chrono::Months::new(1))?.pred_opt()?,
                    end.eat(TokenKind::Until).unwrap_or(end),
                )
            }
            _ => return None,
        };
        let said = self.draft.from.is_some() || self.draft.until.is_some();
        (self.draft.from, self.draft.until) = (Some(from), Some(until));
        (!said && from < until).then_some(())?;
        self.go(end)
    }

    fn hours(&mut self) -> Option<()> {
        self.not_of_an_office()?;
        let (hours, after) = hours::hours(self.here)?;
        match hours {
            HoursSpan::Slots(slots) => self.draft.give_hours(slots)?,
            HoursSpan::Until(end) => self.draft.give_end(end)?,
        }
        self.go(after)
    }
}

/// Marks, particles and words that change no date wherever they stand.
fn is_harmless(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Space
        | TokenKind::Break
        | TokenKind::Comma(_)
        | TokenKind::Open
        | TokenKind::Colon
        | TokenKind::Amount => true,
        TokenKind::Particle(p) => p != 'も',
        TokenKind::Word(word) => matches!(
            word,
            ScheduleWord::Harmless
                | ScheduleWord::PartOfDay
                | ScheduleWord::Held
                | ScheduleWord::Only
                | ScheduleWord::But
        ),
        _ => false,
    }
}

/// 「日程は要問合せ」 says that the dates are not known.
fn not_about_booking(after: Cursor<'_>) -> Option<()> {
    let next = after.skip(|k| matches!(k, TokenKind::Particle(_) | TokenKind::Colon | TokenKind::Space));
    (!next.is_word(ScheduleWord::Booking)).then_some(())
}

fn single_days(spans: &[DateSpan]) -> Option<Vec<dates::DateSpec>> {
    spans.iter().map(|s| s.to.is_none().then_some(s.from)).collect()
}

/// Hours after は, a colon, brackets or nothing.
fn hours_after(c: Cursor<'_>) -> Option<(HoursSpan, Cursor<'_>)> {
    let next = c.skip_words(&[ScheduleWord::Held]).skip(|k| {
        matches!(k, TokenKind::Particle('は' | 'の') | TokenKind::Colon | TokenKind::Space | TokenKind::Comma(_))
    });
    c.bracketed(hours::hours).or_else(|| hours::hours(next))
}

fn year_month(c: Cursor<'_>) -> Option<(chrono::NaiveDate, Cursor<'_>)> {
    let TokenKind::Year(year) = c.peek()? else { return None };
    let after = c.advance().skip_spaces();
    let TokenKind::Month(month) = after.peek()? else { return None };
    Some((month_of(year, month)?, after.advance()))
}

fn month_of(year: i32, month: u32) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(year, month, 1)
}
