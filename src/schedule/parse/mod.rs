//! The parser: turns the tokens of a schedule into a rule, or returns the words that it does not understand.
//!
//! The reader goes through the text clause by clause: a list of days and what is said of it (hours, 休み, を除く), hours alone,
//! a condition (祝日の場合は翌日), a label (休館日：), a remark. **Every token must be accounted for**: what is neither understood
//! nor known to change no date ends the reading without a rule. Days off without fixed days (小学校の休業中は休み) stay open in it. Where a text can be read in two
//! ways, the reading that gives fewer dates is taken if it gives none that the other has not; otherwise none is.
//! This module does no I/O.

mod apply;
mod closing;
mod condition;
mod cursor;
mod dates;
mod days;
mod draft;
mod exception;
mod gathering;
mod hours;
mod list;
mod office;
mod opening;
mod other_day;
mod pause;
mod remark;
mod remark_words;
mod settle;
mod validity;
mod weather;

use self::condition::ConditionOutcome;
use self::cursor::Cursor;
use self::dates::DateSpan;
use self::draft::{ClausePart, RuleDraft};
use self::hours::HoursSpan;
use super::ScheduleContext;
use super::lex::{ScheduleWord, Token, TokenKind, folded, tokens};
use super::rule::{DayPattern, MonthDays, Rule, Season};

/// Parses a text.
///
/// # Errors
///
/// With the part of the text that is not understood, verbatim.
pub(super) fn parse(text: &str, context: &ScheduleContext) -> Result<(Rule, Option<String>), String> {
    let tokens = gathering::settled(tokens(text));
    let source: Vec<char> = text.chars().collect();
    let mut reader = ScheduleParser {
        context,
        source: &source,
        tokens: &tokens,
        unsettled: None,
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
    let ScheduleParser { draft, unsettled, .. } = reader;
    let whole = || text.trim().to_owned();
    let rule = draft.finish(context).ok_or_else(whole)?;
    let unsettled = (!rule.open.is_empty()).then(|| unsettled.unwrap_or_else(whole));
    Ok((rule, unsettled))
}

/// A part of the year and nothing else.
pub(super) fn parse_season(text: &str) -> Option<Season> {
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
    /// The text, in characters.
    source: &'a [char],
    tokens: &'a [Token],
    /// The first words that leave some days open, as written.
    unsettled: Option<String>,
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
        self.remark()
            .or_else(|| self.rain_date())
            .or_else(|| self.pause())
            .or_else(|| self.other_day_of_month())
            .or_else(|| self.exception())
            .or_else(|| self.doors_before())
            .or_else(|| self.filler())
            .or_else(|| self.about_booking())
            .or_else(|| self.vague_hours())
            .or_else(|| self.only_some_of_weekday())
            .or_else(|| self.remark_by_week())
            .or_else(|| self.bimonthly())
            .or_else(|| self.reception())
            .or_else(|| self.count())
            .or_else(|| self.condition())
            .or_else(|| self.named_next())
            .or_else(|| self.label())
            .or_else(|| self.year())
            .or_else(|| self.last_day())
            .or_else(|| self.list())
            .or_else(|| self.hours())
    }

    /// Goes on from there; always succeeds, so that it can end a reader.
    #[expect(clippy::unnecessary_wraps, reason = "readers end with it")]
    fn go(&mut self, to: Cursor<'a>) -> Option<()> {
        self.here = to;
        Some(())
    }

    /// The characters between two cursors, as written.
    fn written(&self, from: Cursor<'a>, to: Cursor<'a>) -> String {
        let (first, end) = (self.tokens.len() - from.left(), self.tokens.len() - to.left());
        let span = self.tokens.get(first..end).and_then(|tokens| Some((tokens.first()?.from, tokens.last()?.to)));
        span.map(|(from, to)| self.source[from..to].iter().collect()).unwrap_or_default()
    }

    /// The same, normalized.
    fn text(&self, from: Cursor<'a>, to: Cursor<'a>) -> String {
        folded(&self.written(from, to))
    }

    /// The place from which so many tokens are left.
    fn at(&self, left: usize) -> Cursor<'a> {
        Cursor::new(&self.tokens[self.tokens.len().saturating_sub(left)..])
    }

    /// The token before.
    fn before(&self) -> Option<TokenKind> {
        (self.tokens.len() - self.here.left()).checked_sub(1).map(|index| self.tokens[index].kind)
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
            TokenKind::Times(_) if next.skip_spaces().peek() == Some(TokenKind::Amount) => {}
            TokenKind::Times(times) if self.draft.slots_a_day() == Some(times) => {}
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

    /// 月2回, 毎月1回: checked against the days at the end.
    fn count(&mut self) -> Option<()> {
        let here = self.here.skip_words(&[ScheduleWord::EveryMonth, ScheduleWord::EveryWeek]);
        let TokenKind::Count { per, times } = here.peek()? else { return None };
        self.draft.counts.push((per, times));
        self.go(here.advance())
    }

    fn condition(&mut self) -> Option<()> {
        let (condition, after) = condition::condition(self.past_own_day())?;
        let held_on_holidays =
            condition.then == ConditionOutcome::Held && condition.of.is_none() && condition.when.weekdays.is_empty();
        self.draft.apply(condition)?;
        if condition.then == ConditionOutcome::Open {
            self.note_open(self.here, after);
        }
        let waits = self.draft.waits();
        if held_on_holidays
            && !waits
            && let Some((HoursSpan::Slots(slots), end)) = hours_after(after)
        {
            self.draft.group += 1;
            self.draft.add(DayPattern::HOLIDAYS, Vec::new());
            self.draft.give_hours(slots)?;
            return self.go(end);
        }
        self.go(after)
    }

    /// Behind 「20日が」 of 「毎月20日（20日が土日祝の場合は翌平日）」, where that is the only day.
    fn past_own_day(&self) -> Cursor<'a> {
        let Some(TokenKind::Day(day)) = self.here.peek() else { return self.here };
        let is_its_own = |part: &ClausePart| matches!(part.session.when.days, DayPattern::Monthly(days) if Some(days) == MonthDays::range(day, day));
        let next = self.here.advance().eat(TokenKind::Particle('が'));
        next.filter(|_| self.draft.parts.len() == 1 && self.draft.parts.iter().all(is_its_own)).unwrap_or(self.here)
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
                | ScheduleWord::Pause
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
