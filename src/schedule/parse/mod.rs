//! Reads the tokens of a schedule into a rule, or says which words it does not understand.
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

use self::condition::Then;
use self::cursor::Cursor;
use self::dates::DateSpan;
use self::draft::Draft;
use self::hours::Hours;
use super::Context;
use super::lex::{Kind, Token, Word, tokens};
use super::rule::{Days, Rule, Season};

/// Reads a text.
///
/// # Errors
///
/// With the part of the text, in its own letters, that is not understood.
pub(super) fn parse(text: &str, context: &Context) -> Result<Rule, String> {
    let tokens = tokens(text);
    let mut reader = Reader {
        context,
        here: Cursor::new(&tokens),
        draft: Draft::default(),
        booking: Booking::default(),
        beside_days: false,
        bracket: Bracket::None,
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

/// The words about the token at which reading stopped.
fn not_understood(text: &str, tokens: &[Token], at: usize) -> String {
    let ends = |t: &&Token| matches!(t.kind, Kind::Space | Kind::Break | Kind::Comma(_) | Kind::Open | Kind::Close);
    let rest = tokens.get(at..).unwrap_or_default();
    let last = rest.iter().skip(1).position(|t| ends(&t)).map_or(rest.len(), |n| n + 1);
    let (Some(first), Some(last)) = (rest.first(), rest.get(last.saturating_sub(1))) else {
        return text.trim().to_owned();
    };
    text.chars().skip(first.from).take(last.to - first.from).collect()
}

/// Whether words about booking were read, after which days and hours may be those of an office.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Booking {
    #[default]
    No,
    /// Said before anything else: 「要予約 毎週水曜」.
    First,
    InBrackets,
    Yes,
}

/// A bracket that was opened or closed just before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    None,
    Opened,
    Closed,
}

struct Reader<'a> {
    context: &'a Context,
    here: Cursor<'a>,
    draft: Draft,
    booking: Booking,
    /// Only a space, or nothing, stands between the last days and here.
    beside_days: bool,
    /// The bracket before, with no more than a space between.
    bracket: Bracket,
    /// The last days were written with 毎週.
    every_week: bool,
}

impl<'a> Reader<'a> {
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
            Kind::Close => {
                let again = next.skip_spaces().peek() == Some(Kind::Open);
                if self.booking == Booking::InBrackets && !again {
                    self.booking = Booking::No;
                }
            }
            Kind::Times if next.skip_spaces().peek() == Some(Kind::Amount) => {}
            Kind::Word(Word::Label) => not_about_booking(next)?,
            Kind::Word(Word::NeverOff) => self.draft.every_day = true,
            Kind::Duration => return self.go(next.skip_words(&[Word::About])),
            Kind::Word(Word::About) if next.peek() == Some(Kind::Duration) => {}
            kind if is_harmless(kind) => {}
            Kind::Word(Word::Starts)
                if hours::hours(next.skip(|k| matches!(k, Kind::Space | Kind::Colon))).is_some() => {}
            _ => return None,
        }
        self.beside_days &= matches!(self.here.peek(), Some(Kind::Space | Kind::Close));
        self.bracket = match self.here.peek() {
            Some(Kind::Open) => Bracket::Opened,
            Some(Kind::Close) => Bracket::Closed,
            Some(Kind::Space) => self.bracket,
            _ => Bracket::None,
        };
        self.go(next)
    }

    fn about_booking(&mut self) -> Option<()> {
        let after = match self.here.peek()? {
            Kind::Word(Word::Booking) | Kind::Phone => self.here.advance(),
            _ => return None,
        };
        let bracket = after.skip(|k| !matches!(k, Kind::Open | Kind::Close)).peek() == Some(Kind::Close);
        let of_an_office = after.skip_spaces().peek() == Some(Kind::Open);
        let first = self.draft.parts.is_empty() && self.draft.leading.is_empty() && !of_an_office;
        self.booking = match self.booking {
            Booking::No if bracket && !of_an_office => Booking::InBrackets,
            Booking::No | Booking::First if first => Booking::First,
            _ => Booking::Yes,
        };
        self.go(after)
    }

    /// Days and hours are not those of an office: nothing is said of booking, or only before them.
    fn not_of_an_office(&self) -> Option<()> {
        let first_group = self.booking == Booking::First && self.draft.group == 0;
        (self.booking == Booking::No || first_group).then_some(())
    }

    /// 受付 9:30〜, 入館は16:30まで: times that are not the session's.
    fn reception(&mut self) -> Option<()> {
        let after = self.here.word(Word::Reception)?;
        let next = after.skip(|k| matches!(k, Kind::Particle('は' | 'の') | Kind::Colon | Kind::Space));
        let closing = next.word(Word::BeforeClosing).map(|end| end.eat(Kind::Until).unwrap_or(end));
        let times = || hours::hours(next).map(|(_, end)| end);
        let end = closing.or_else(times)?;
        self.go(end.skip_words(&[Word::Ends]))
    }

    /// 月2回, 毎月1回: checked against the days at the end.
    fn count(&mut self) -> Option<()> {
        let here = self.here.skip_words(&[Word::EveryMonth, Word::EveryWeek]);
        let Kind::Count { per, times } = here.peek()? else { return None };
        self.draft.counts.push((per, times));
        self.go(here.advance())
    }

    fn condition(&mut self) -> Option<()> {
        let (condition, after) = condition::condition(self.here)?;
        let held_on_holidays =
            condition.then == Then::Held && condition.of.is_none() && condition.when.weekdays.is_empty();
        self.draft.apply(condition)?;
        if held_on_holidays && let Some((Hours::Slots(slots), end)) = hours_after(after) {
            self.draft.group += 1;
            self.draft.add(Days::HOLIDAYS, Vec::new());
            self.draft.give_hours(slots)?;
            return self.go(end);
        }
        self.go(after)
    }

    /// 次回12/1（火）.
    fn named_next(&mut self) -> Option<()> {
        let after = self.here.word(Word::NextTime)?;
        let next =
            after.skip(|k| matches!(k, Kind::Particle('は' | 'が' | 'の') | Kind::Colon | Kind::Space | Kind::To));
        let (spans, end) = dates::dates(next)?;
        self.draft.named_next.extend(single_days(&spans)?);
        self.go(end)
    }

    /// 令和8年度; 令和8年4月〜令和9年3月.
    fn year(&mut self) -> Option<()> {
        let (from, until, end) = match self.here.peek()? {
            Kind::FiscalYear(year) => (month_of(year, 4)?, month_of(year + 1, 4)?.pred_opt()?, self.here.advance()),
            Kind::Year(_) => {
                let (from, after) = year_month(self.here)?;
                let (until, end) = after.to().map_or(Some((from, after)), year_month)?;
                (
                    from,
                    until.checked_add_months(chrono::Months::new(1))?.pred_opt()?,
                    end.eat(Kind::Until).unwrap_or(end),
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
            Hours::Slots(slots) => self.draft.give_hours(slots)?,
            Hours::Until(end) => self.draft.give_end(end)?,
        }
        self.go(after)
    }
}

/// Marks, particles and words that change no date wherever they stand.
fn is_harmless(kind: Kind) -> bool {
    match kind {
        Kind::Space | Kind::Break | Kind::Comma(_) | Kind::Open | Kind::Colon | Kind::Amount => true,
        Kind::Particle(p) => p != 'も',
        Kind::Word(word) => matches!(word, Word::Harmless | Word::PartOfDay | Word::Held | Word::Only | Word::But),
        _ => false,
    }
}

/// 「日程は要問合せ」 says that the dates are not known.
fn not_about_booking(after: Cursor<'_>) -> Option<()> {
    let next = after.skip(|k| matches!(k, Kind::Particle(_) | Kind::Colon | Kind::Space));
    (!next.is_word(Word::Booking)).then_some(())
}

fn single_days(spans: &[DateSpan]) -> Option<Vec<dates::DateSpec>> {
    spans.iter().map(|s| s.to.is_none().then_some(s.from)).collect()
}

/// Hours after は, a colon, brackets or nothing.
fn hours_after(c: Cursor<'_>) -> Option<(Hours, Cursor<'_>)> {
    let next = c
        .skip_words(&[Word::Held])
        .skip(|k| matches!(k, Kind::Particle('は' | 'の') | Kind::Colon | Kind::Space | Kind::Comma(_)));
    c.bracketed(hours::hours).or_else(|| hours::hours(next))
}

fn year_month(c: Cursor<'_>) -> Option<(chrono::NaiveDate, Cursor<'_>)> {
    let Kind::Year(year) = c.peek()? else { return None };
    let after = c.advance().skip_spaces();
    let Kind::Month(month) = after.peek()? else { return None };
    Some((month_of(year, month)?, after.advance()))
}

fn month_of(year: i32, month: u32) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(year, month, 1)
}
