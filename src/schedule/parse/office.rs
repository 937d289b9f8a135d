//! Bookings and doors: days and hours that are those of an office, or of the reception, and not of the sessions.
//!
//! This module does no I/O.

use super::cursor::Cursor;
use super::{BookingRemark, ScheduleParser, hours};
use crate::schedule::lex::{ScheduleWord, TokenKind};

impl ScheduleParser<'_> {
    pub(super) fn about_booking(&mut self) -> Option<()> {
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
    pub(super) fn not_of_an_office(&self) -> Option<()> {
        let first_group = self.booking == BookingRemark::First && self.draft.group == 0;
        (self.booking == BookingRemark::No || first_group).then_some(())
    }

    /// 「30分前から受付」, which begins like how long it takes.
    pub(super) fn doors_before(&mut self) -> Option<()> {
        let has_hours = self.draft.parts.iter().any(|p| !p.session.hours.is_empty()) || !self.draft.leading.is_empty();
        let end = doors(self.here).filter(|_| has_hours && matches!(self.here.peek(), Some(TokenKind::Duration)))?;
        self.go(end)
    }

    /// 受付 9:30〜, 入館は16:30まで: times that are not the session's.
    pub(super) fn reception(&mut self) -> Option<()> {
        let has_hours = self.draft.parts.iter().any(|p| !p.session.hours.is_empty());
        if let Some(end) = doors(self.here)
            && (has_hours || hours::hours(end.skip(|k| matches!(k, TokenKind::Space | TokenKind::Comma(_)))).is_some())
        {
            return self.go(end);
        }
        let after = self.here.word(ScheduleWord::Reception)?;
        let next = after.skip(|k| matches!(k, TokenKind::Particle('は' | 'の') | TokenKind::Colon | TokenKind::Space));
        let closing = next.word(ScheduleWord::BeforeClosing).map(|end| end.eat(TokenKind::Until).unwrap_or(end));
        let times = || hours::hours(next).map(|(_, end)| end);
        let end = closing.or_else(times)?;
        self.go(end.skip_words(&[ScheduleWord::Ends]))
    }
}

/// 「11:30開場」, 「30分前開場」, behind the hours.
fn doors(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let after = match c.peek()? {
        TokenKind::Clock(_) => c.advance(),
        TokenKind::Duration => c.advance().eat(TokenKind::Unknown)?,
        _ => return None,
    };
    let after = after.eat(TokenKind::To).or_else(|| after.eat(TokenKind::Particle('に'))).unwrap_or(after);
    after.word(ScheduleWord::Reception).filter(|end| end.at_boundary())
}
