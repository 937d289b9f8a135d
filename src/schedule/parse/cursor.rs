//! A cursor over the tokens, for backtracking: every parser takes one and returns the next. This module does no I/O.

use crate::schedule::lex::{ScheduleWord, Token, TokenJoint, TokenKind};

/// The tokens not read yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [Token],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: &'a [Token]) -> Self {
        Self { rest: tokens }
    }

    pub(super) fn left(self) -> usize {
        self.rest.len()
    }

    pub(super) fn peek(self) -> Option<TokenKind> {
        self.rest.first().map(|t| t.kind)
    }

    pub(super) fn advance(self) -> Self {
        Self { rest: self.rest.get(1..).unwrap_or_default() }
    }

    /// Consumes the token if it is this one.
    pub(super) fn eat(self, kind: TokenKind) -> Option<Self> {
        (self.peek() == Some(kind)).then(|| self.advance())
    }

    pub(super) fn word(self, word: ScheduleWord) -> Option<Self> {
        self.eat(TokenKind::Word(word))
    }

    /// Skips all tokens that `admits` accepts.
    pub(super) fn skip(self, admits: impl Fn(TokenKind) -> bool) -> Self {
        let mut here = self;
        while here.peek().is_some_and(&admits) {
            here = here.advance();
        }
        here
    }

    pub(super) fn skip_spaces(self) -> Self {
        self.skip(|k| k == TokenKind::Space)
    }

    pub(super) fn skip_words(self, words: &[ScheduleWord]) -> Self {
        self.skip(|k| matches!(k, TokenKind::Word(w) if words.contains(&w)))
    }

    pub(super) fn is_word(self, word: ScheduleWord) -> bool {
        self.peek() == Some(TokenKind::Word(word))
    }

    /// Consumes a joint of a list with the spaces around it.
    pub(super) fn joint(self) -> Option<(TokenJoint, Self)> {
        let here = self.skip_spaces();
        match here.peek() {
            Some(TokenKind::Comma(joint)) => Some((joint, here.advance().skip_spaces())),
            _ => None,
        }
    }

    /// Consumes 〜 or から with the spaces around it.
    pub(super) fn to(self) -> Option<Self> {
        self.skip_spaces().eat(TokenKind::To).map(Self::skip_spaces)
    }

    /// Whether a clause can end here.
    pub(super) fn at_boundary(self) -> bool {
        matches!(
            self.peek(),
            None | Some(TokenKind::Space | TokenKind::Break | TokenKind::Comma(_) | TokenKind::Close | TokenKind::Open)
        )
    }

    /// Reads what stands in brackets, and only that.
    pub(super) fn bracketed<T>(self, reader: impl Fn(Cursor<'a>) -> Option<(T, Cursor<'a>)>) -> Option<(T, Self)> {
        let (value, after) = reader(self.skip_spaces().eat(TokenKind::Open)?.skip_spaces())?;
        Some((value, after.skip_spaces().eat(TokenKind::Close)?))
    }
}
