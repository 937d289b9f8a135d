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

use self::condition::Then;
use self::cursor::Cursor;
use self::dates::DateSpan;
use self::draft::{Draft, Target};
use self::hours::Hours;
use self::list::{Item, List, What};
use super::Context;
use super::lex::{Kind, Token, Word, tokens};
use super::rule::{Days, Pattern, Rule, Season};

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
        opened: false,
    };
    while reader.here.left() > 0 {
        if reader.clause().is_none() {
            return Err(not_understood(text, &tokens, tokens.len() - reader.here.left()));
        }
    }
    reader.draft.finish(context).ok_or_else(|| text.trim().to_owned())
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

struct Reader<'a> {
    context: &'a Context,
    here: Cursor<'a>,
    draft: Draft,
    booking: Booking,
    /// Only a space, or nothing, stands between the last days and here.
    beside_days: bool,
    /// A bracket was opened directly before.
    opened: bool,
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
            Kind::Word(Word::Label) => self.not_about_booking(next)?,
            Kind::Word(Word::NeverOff) => self.draft.every_day = true,
            Kind::Space | Kind::Break | Kind::Comma(_) | Kind::Open | Kind::Colon | Kind::Duration | Kind::Amount => {}
            Kind::Particle(p) if p != 'も' => {}
            Kind::Word(Word::Harmless | Word::PartOfDay | Word::Held | Word::Only | Word::But | Word::About) => {}
            _ => return None,
        }
        self.beside_days &= self.here.peek() == Some(Kind::Space);
        self.opened = self.here.peek() == Some(Kind::Open);
        self.go(next)
    }

    /// 「日程は要問合せ」 says that the dates are not known.
    fn not_about_booking(&self, after: Cursor<'a>) -> Option<()> {
        let next = after.skip(|k| matches!(k, Kind::Particle(_) | Kind::Colon | Kind::Space));
        (!next.is_word(Word::Booking)).then_some(())
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
                let (until, end) = year_month(after.to()?)?;
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

    /// A list of days, by what follows it: off, part of the year, or a session.
    fn list(&mut self) -> Option<()> {
        let (list, after) = list::list(self.here, self.context)?;
        if let Some(off) = closing::off(after, self.context)? {
            self.close(&list, off)?;
            return self.go(off.end);
        }
        if after.skip_words(&[Word::Only]).skip(|k| matches!(k, Kind::Particle(_))).is_word(Word::NeverOff) {
            // 「7〜10月は無休」 would lift closings; leaving them in place gives fewer dates, none wrong.
            return list.is_seasons().then(|| self.go(after))?;
        }
        if after.is_word(Word::LastDay) {
            return None;
        }
        if list.is_seasons() { self.season(&list, after) } else { self.sessions(list, after) }
    }

    /// 「8月は第2日曜」, 「4〜10月は9:00〜18:00」, 「（4〜11月）」.
    fn season(&mut self, seasons: &List, after: Cursor<'a>) -> Option<()> {
        // The turn of the year and the like are said of closings only.
        let any_named = seasons.items.iter().any(|i| !i.by_month);
        (!any_named).then_some(())?;
        let whole = seasons.seasons();
        if self.draft.parts.is_empty() && self.draft.every_day {
            self.draft.add(Days::EVERY, Vec::new());
            let leading = std::mem::take(&mut self.draft.leading);
            (!leading.is_empty()).then(|| self.draft.give_hours(leading))??;
        }
        let topic = after.eat(Kind::Particle('は'));
        if let Some(next) = topic
            && let Some((list, end)) = list::list(next.skip_spaces(), self.context)
        {
            return self.season_of(&whole, list, end);
        }
        if !self.draft.parts.is_empty()
            && let Some((hours, end)) = hours_after(after)
        {
            self.not_of_an_office()?;
            self.draft.give_seasonal_hours(&whole, hours)?;
            return self.go(end);
        }
        topic.is_none().then_some(())?;
        if !self.draft.parts.is_empty() {
            // 「毎週水曜 8月」 may be short for a month off.
            (after.is_word(Word::Only) || is_long(&whole)).then_some(())?;
            self.draft.restrict(&whole);
        }
        self.draft.prefix = whole;
        self.go(after)
    }

    /// 「12〜3月は水曜が休み」, 「8月は第1のみ」: in that part of the year these days, and no others.
    fn season_of(&mut self, seasons: &[Season], mut list: List, after: Cursor<'a>) -> Option<()> {
        list.items.iter_mut().all(|i| i.seasons.is_empty()).then_some(())?;
        let dates = |i: &Item| matches!(i.what, What::Dates(_));
        for item in list.items.iter_mut().filter(|i| !dates(i)) {
            item.seasons = seasons.to_vec();
            item.by_month = true;
        }
        if let Some(off) = closing::off(after, self.context)? {
            self.close(&list, off)?;
            return self.go(off.end);
        }
        let base = self.draft.parts.first().map(|p| p.session.clone());
        if let [Item { what: What::Nth(_, weekdays @ None), .. }] = list.items.as_mut_slice() {
            let Days::Nth { weekdays: of_base, .. } = base.as_ref()?.when.days else { return None };
            (self.draft.parts.len() == 1).then_some(())?;
            *weekdays = Some(of_base);
        }
        let season = Pattern { days: Days::EVERY, seasons: seasons.to_vec(), shift: None };
        self.draft.parts.iter_mut().for_each(|p| p.session.except.push(season.clone()));
        let waits = self.draft.waits();
        let first = self.draft.parts.len();
        let prefix = self.draft.prefix.clone();
        self.sessions(list, after)?;
        self.draft.prefix = prefix;
        if first > 0 && !waits && hours_after(self.here).is_none() {
            self.draft.give_hours(base?.hours).filter(|()| {
                self.draft.parts[..first].iter().all(|p| p.session.hours == self.draft.parts[0].session.hours)
            })?;
        }
        Some(())
    }

    fn sessions(&mut self, list: List, after: Cursor<'a>) -> Option<()> {
        self.not_of_an_office()?;
        let before = self.draft.parts.len();
        for item in list.items {
            if item.what == What::Season {
                item.by_month.then_some(())?;
                self.draft.prefix = item.seasons;
                continue;
            }
            self.session(item, after)?;
        }
        if self.draft.parts.len() > before {
            self.draft.target = Target::Sessions(before);
            self.beside_days = true;
        }
        self.go(after)
    }

    fn session(&mut self, item: Item, after: Cursor<'a>) -> Option<()> {
        if !item.seasons.is_empty() {
            item.by_month.then_some(())?;
            self.draft.prefix = item.seasons;
        }
        let seasons = self.draft.prefix.clone();
        let days = match item.what {
            // 「毎週水曜（祝日）」: on or off, the words do not say.
            What::Week(week) if week.weekdays.is_empty() && self.draft.waits() => return None,
            What::Week(week) => Days::Weekly { weekdays: week.weekdays, holidays: week.holidays },
            What::Nth(nths, weekdays) => Days::Nth { nths, weekdays: weekdays? },
            What::Monthly(days) => Days::Monthly(days),
            What::Fortnight(day) => {
                let first = self.draft.fortnight.replace((self.draft.parts.len(), day)).is_none();
                first.then_some(())?;
                // Its first day is named somewhere else; `finish` fails if it is not.
                Days::Dates(Vec::new())
            }
            What::Dates(spans) => return self.dates(&spans, after),
            What::Season | What::AfterHoliday => return None,
        };
        self.draft.add(days, seasons);
        if let Some(condition) = item.condition {
            self.draft.target = Target::Sessions(self.draft.parts.len() - 1);
            self.draft.apply(condition)?;
        }
        Some(())
    }

    /// Single days; beside other sessions a run of them bounds those, and with a fortnight they are its first.
    fn dates(&mut self, spans: &[DateSpan], after: Cursor<'a>) -> Option<()> {
        if let [span] = spans
            && (span.to.is_some() || span.open)
        {
            let yearly = dates::seasons(spans)
                .filter(|_| span.from.weekday.is_none() && span.to.is_none_or(|to| to.weekday.is_none()));
            // A range alone may be days off: 「月〜金。12/29〜1/3」.
            let closed = after.skip_words(&[Word::Only]).skip_spaces().peek() == Some(Kind::Close);
            let said_of_days = self.draft.parts.is_empty() || (self.opened && closed);
            match yearly {
                Some(seasons) if !said_of_days || seasons.contains(&self.context.new_year) => return None,
                Some(seasons) if self.draft.parts.is_empty() => self.draft.prefix = seasons,
                Some(seasons) => self.draft.restrict(&seasons),
                None => self.draft.ranges.push(*span),
            }
            return Some(());
        }
        if self.draft.fortnight.is_some() {
            self.draft.named_next.extend(single_days(spans)?);
            return Some(());
        }
        let days = dates::resolve_all(spans, self.context.today)?;
        self.draft.add(Days::Dates(days), Vec::new());
        Some(())
    }
}

/// Whether these are three months or more.
fn is_long(seasons: &[Season]) -> bool {
    let months = |s: &Season| (s.to.month + 12 - s.from.month) % 12 + 1;
    seasons.iter().map(months).sum::<u32>() >= 3
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
