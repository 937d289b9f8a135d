//! Pauses within the hours: 「9:00〜17:00（12:00〜13:00は休憩）」 are the hours before and behind it. This module does no I/O.

use super::cursor::Cursor;
use super::remark::end_of_piece;
use super::{ScheduleParser, hours};
use crate::schedule::lex::{ScheduleWord, TokenKind};
use crate::schedule::rule::TimeSlot;

impl ScheduleParser<'_> {
    /// Takes a pause out of the hours read before; `None` if it is not within them.
    pub(super) fn pause(&mut self) -> Option<()> {
        let start = self.here.skip_words(&[ScheduleWord::But]);
        let start = start.skip(|k| matches!(k, TokenKind::Comma(_) | TokenKind::Space));
        let inner =
            start.eat(TokenKind::Unknown).filter(|next| ["うち", "内", "途中"].contains(&&*self.text(start, *next)));
        let (pause, end) = said_behind(inner.unwrap_or(start)).or_else(|| said_before(start))?;
        (!self.draft.waits()).then_some(())?;
        let parts = self.draft.parts.iter_mut().map(|part| &mut part.session.hours);
        let mut cut = false;
        for slots in parts.chain([&mut self.draft.leading]).filter(|slots| !slots.is_empty()) {
            *slots = without(slots, pause)?;
            cut = true;
        }
        cut.then_some(())?;
        self.go(end)
    }
}

/// 「12:00〜13:00は休憩」, 「12時から13時を除く」, 「12:00〜13:00は昼休みのため閉館」.
fn said_behind(c: Cursor<'_>) -> Option<(TimeSlot, Cursor<'_>)> {
    let (pause, after) = hours::slot_with_end(c)?;
    let end = end_of_piece(after.skip_spaces());
    let mut here = after.skip_spaces();
    let mut is_pause = false;
    while here.left() > end.left() {
        match here.peek()? {
            // 「12時〜13時以外は休み」 is turned round.
            TokenKind::Word(ScheduleWord::Except) => {
                (here.advance().left() == end.left()).then_some(())?;
                is_pause = true;
            }
            TokenKind::Word(ScheduleWord::Pause | ScheduleWord::Closed | ScheduleWord::Off) => is_pause = true,
            TokenKind::Particle(_)
            | TokenKind::Unknown
            | TokenKind::Word(ScheduleWord::Harmless | ScheduleWord::Label) => {}
            _ => return None,
        }
        here = here.advance();
    }
    is_pause.then_some((pause, end))
}

/// 「昼休み 12:00〜13:00」, 「休憩時間（12時〜13時）」.
fn said_before(c: Cursor<'_>) -> Option<(TimeSlot, Cursor<'_>)> {
    let after = c.word(ScheduleWord::Pause)?;
    let next = after.skip(|k| matches!(k, TokenKind::Particle('は' | 'の') | TokenKind::Colon | TokenKind::Space));
    let (pause, end) = after.bracketed(hours::slot_with_end).or_else(|| hours::slot_with_end(next))?;
    let end = end.word(ScheduleWord::Except).unwrap_or(end);
    end.at_boundary().then_some((pause, end))
}

/// The hours without the pause; `None` if they have no end, or all of one of them is taken away.
fn without(slots: &[TimeSlot], pause: TimeSlot) -> Option<Vec<TimeSlot>> {
    let (from, to) = (pause.from, pause.to?);
    let mut rest = Vec::new();
    for slot in slots {
        let end = slot.to?;
        if !slot.overlaps(pause) {
            rest.push(*slot);
            continue;
        }
        (slot.from < from).then_some(())?;
        rest.push(TimeSlot { from: slot.from, to: Some(from) });
        if to < end {
            rest.push(TimeSlot { from: to, to: Some(end) });
        }
    }
    Some(rest)
}
