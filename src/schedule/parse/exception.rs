//! Days off without fixed days: 「小学校の休業中は休み」, 「積雪時休み」, 「祭りの日を除く」, 「冬は15時まで」.
//!
//! They can only take sessions away, so that the weekdays and hours of the rule hold all the same. The days on which they may
//! fall are kept as open ([`OpenDays`]). This module does no I/O.

use super::ScheduleParser;
use super::cursor::Cursor;
use super::hours::{self, HoursSpan};
use super::remark::end_of_piece;
use super::remark_words::REMARKS;
use crate::schedule::lex::{ScheduleWord, TokenJoint, TokenKind};
use crate::schedule::rule::{DayPattern, OpenDays, RulePattern, Season};

impl<'a> ScheduleParser<'a> {
    /// Days off whose cause is named, but not their days.
    pub(super) fn exception(&mut self) -> Option<()> {
        let tight = self.before() == Some(TokenKind::Comma(TokenJoint::Tight));
        (self.stands_apart() && !tight).then_some(())?;
        let start =
            self.here.skip_words(&[ScheduleWord::But]).skip(|k| matches!(k, TokenKind::Comma(_) | TokenKind::Space));
        let (cause, end) = self.cause_of_days_off(start)?;
        let text = self.text(start, cause);
        (!REMARKS.moves(&text) && self.may_be_an_exception(end)).then_some(())?;
        if !REMARKS.is_of_weather(&text) {
            self.leave_open(REMARKS.spans(&text), start, end);
        }
        self.beside_days = false;
        self.go(end)
    }

    /// Where the cause ends and where the words of closing do: the last of them in the sentence.
    fn cause_of_days_off(&self, start: Cursor<'a>) -> Option<(Cursor<'a>, Cursor<'a>)> {
        let mut here = start;
        let mut causes = 0;
        let mut found = None;
        let mut before = None;
        while let Some(kind) = here.peek() {
            let next = here.advance();
            match kind {
                // 「行事により」
                TokenKind::To if before == Some(TokenKind::Particle('に')) => {}
                TokenKind::Word(ScheduleWord::Closed | ScheduleWord::Off | ScheduleWord::Except) => {
                    let end = self.end_of_tail(next);
                    found = end.filter(|_| causes > 0).map(|end| (here, end)).or(found);
                }
                TokenKind::Word(ScheduleWord::Vacation) => {
                    causes += 1;
                    found = if next.at_boundary() { Some((next, next)) } else { found };
                }
                TokenKind::Unknown | TokenKind::Word(ScheduleWord::VagueSeason) => causes += 1,
                kind if has_no_weight(kind) => {}
                _ => break,
            }
            before = Some(kind);
            here = next;
        }
        found.filter(|(_, end)| !turns_round(start, *end))
    }

    /// The end of 「休み（となります）」; `None` if what follows may turn it round.
    fn end_of_tail(&self, after: Cursor<'a>) -> Option<Cursor<'a>> {
        let after = after.skip_words(&[ScheduleWord::ToBeMoved]);
        // 「中止することがあります」: と is no joint of a list here.
        let whole = after.skip(|k| {
            !matches!(
                k,
                TokenKind::Space
                    | TokenKind::Break
                    | TokenKind::Open
                    | TokenKind::Close
                    | TokenKind::Comma(TokenJoint::Loose)
            )
        });
        if REMARKS.is_tail(&self.text(after, whole)) {
            return Some(whole);
        }
        let end = end_of_piece(after);
        REMARKS.is_tail(&self.text(after, end)).then_some(end)
    }

    /// Whether the days before cannot be meant as off as well: 「月曜、お盆は休館」.
    fn may_be_an_exception(&mut self, end: Cursor<'a>) -> bool {
        if !self.draft.waits() || !self.beside_days && self.before() != Some(TokenKind::Comma(TokenJoint::Loose)) {
            return true;
        }
        let in_brackets = end.peek() == Some(TokenKind::Close);
        let certain =
            self.every_week || self.draft.parts.iter().all(|p| matches!(p.session.when.days, DayPattern::Nth { .. }));
        self.draft.needs_hours |= !in_brackets;
        in_brackets || certain && self.draft.leading.is_empty()
    }

    /// Leaves open the days on which something may fall; all days if `seasons` is `None`.
    pub(super) fn leave_open(&mut self, seasons: Option<Vec<Season>>, from: Cursor<'a>, to: Cursor<'a>) {
        let days = RulePattern { days: DayPattern::EVERY, seasons: seasons.unwrap_or_default(), shift: None };
        self.draft.open.push(OpenDays { days, may_move: false });
        self.note_open(from, to);
    }

    /// Notes the words that leave days open, the first of them to be shown.
    pub(super) fn note_open(&mut self, from: Cursor<'a>, to: Cursor<'a>) {
        let words = self.written(from, to);
        self.unsettled.get_or_insert(words);
    }

    /// 「冬は15時まで」: nobody says from when to when, so that no end is given at all.
    pub(super) fn vague_hours(&mut self) -> Option<()> {
        let season = self.here.word(ScheduleWord::VagueSeason)?;
        let (hours, end) = hours::hours(season.eat(TokenKind::Particle('は'))?.skip_spaces())?;
        let HoursSpan::Until(_) = hours else { return None };
        (!self.draft.parts.is_empty() && !self.draft.waits()).then_some(())?;
        self.draft.parts.iter_mut().flat_map(|p| &mut p.session.hours).for_each(|slot| slot.to = None);
        self.go(end)
    }
}

/// Marks, particles and words that may stand in a cause of days off.
fn has_no_weight(kind: TokenKind) -> bool {
    use ScheduleWord::{But, Condition, DayOff, Harmless, Label};
    matches!(
        kind,
        TokenKind::Particle(_) | TokenKind::Comma(_) | TokenKind::Word(Harmless | Condition | DayOff | Label | But)
    )
}

/// Whether an exclusion in the middle turns the whole round: 「お盆以外は休み」.
fn turns_round(start: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut here = start;
    while here.left() > end.left() {
        let next = here.advance();
        if here.is_word(ScheduleWord::Except) && next.left() > end.left() && !next.at_boundary() {
            return true;
        }
        here = next;
    }
    false
}
