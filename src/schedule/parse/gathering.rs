//! When people gather: 「8:00集合」 is when it starts, unless another time is said; beside one it is when to be there. This module does no I/O.

use crate::schedule::lex::{ScheduleWord, Token, TokenKind};

/// Tokens at most between a time and 「集合」: 「8:00 駅前に集合」.
const FAR: usize = 5;

/// The tokens with each 「集合」 replaced by what it means.
pub(super) fn settled(mut tokens: Vec<Token>) -> Vec<Token> {
    let is_gathering = |token: &Token| token.kind == TokenKind::Word(ScheduleWord::Gathering);
    if !tokens.iter().any(is_gathering) {
        return tokens;
    }
    let is_clock = |at: &usize| matches!(tokens[*at].kind, TokenKind::Clock(_));
    let mut clocks = (0..tokens.len()).filter(is_clock);
    let starts_there =
        clocks.all(|at| gathering_behind(&tokens, at).is_some() || is_led(&tokens, at) || is_end(&tokens, at));
    let (behind, before) = if starts_there {
        (ScheduleWord::Starts, ScheduleWord::Label)
    } else {
        (ScheduleWord::Reception, ScheduleWord::Reception)
    };
    while let Some(at) = tokens.iter().position(is_gathering) {
        let clock = (0..at).rev().find(|clock| gathering_behind(&tokens, *clock) == Some(at));
        if let Some(clock) = clock {
            tokens[at].kind = TokenKind::Word(behind);
            tokens.drain(clock + 1..at);
        } else {
            let leads = tokens[at + 1..].iter().find(|token| !is_link(token.kind));
            let leads = leads.is_some_and(|token| matches!(token.kind, TokenKind::Clock(_)));
            tokens[at].kind = TokenKind::Word(if leads { before } else { ScheduleWord::Harmless });
        }
    }
    tokens
}

/// Where 「集合」 stands that the time at `clock` belongs to.
fn gathering_behind(tokens: &[Token], clock: usize) -> Option<usize> {
    if !matches!(tokens[clock].kind, TokenKind::Clock(_)) || before(tokens, clock) == Some(TokenKind::To) {
        return None;
    }
    let between = |kind| {
        matches!(
            kind,
            TokenKind::Space
                | TokenKind::Particle('に' | 'で')
                | TokenKind::Unknown
                | TokenKind::Word(ScheduleWord::About | ScheduleWord::Harmless)
        )
    };
    let end = tokens.len().min(clock + 1 + FAR);
    let at = (clock + 1..end).find(|at| !between(tokens[*at].kind))?;
    (tokens[at].kind == TokenKind::Word(ScheduleWord::Gathering)).then_some(at)
}

/// Whether 「集合」 leads to the time at `clock`: 「集合時間：8時」.
fn is_led(tokens: &[Token], clock: usize) -> bool {
    let Some(led) = (0..clock).rev().find(|at| !is_link(tokens[*at].kind)) else { return false };
    // In 「8:45集合 9:00開始」 it has its own time already.
    let is_taken = (0..led).any(|other| gathering_behind(tokens, other) == Some(led));
    tokens[led].kind == TokenKind::Word(ScheduleWord::Gathering) && !is_taken
}

/// Whether the time at `clock` is when it ends: 「〜10:00」, 「10:00解散」.
fn is_end(tokens: &[Token], clock: usize) -> bool {
    let next = tokens[clock + 1..].iter().find(|token| token.kind != TokenKind::Space).map(|token| token.kind);
    let ends = matches!(next, Some(TokenKind::Until | TokenKind::Word(ScheduleWord::Ends)));
    ends || matches!(before(tokens, clock), Some(TokenKind::To | TokenKind::Word(ScheduleWord::Ends)))
}

/// What stands before the time at `clock`, without what only leads to it.
fn before(tokens: &[Token], clock: usize) -> Option<TokenKind> {
    tokens[..clock].iter().rev().map(|token| token.kind).find(|kind| !is_link(*kind))
}

/// What may stand between a word and its time.
fn is_link(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Space | TokenKind::Colon | TokenKind::Particle('は') | TokenKind::AmPm(_))
}
