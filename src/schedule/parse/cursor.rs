//! A place among the tokens; readers take one and give the next, so that any of them can be tried. This module does no I/O.

use crate::schedule::lex::{Joint, Kind, Token, Word};

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

    pub(super) fn peek(self) -> Option<Kind> {
        self.rest.first().map(|t| t.kind)
    }

    pub(super) fn advance(self) -> Self {
        Self { rest: self.rest.get(1..).unwrap_or_default() }
    }

    /// Past the token if it is this one.
    pub(super) fn eat(self, kind: Kind) -> Option<Self> {
        (self.peek() == Some(kind)).then(|| self.advance())
    }

    pub(super) fn word(self, word: Word) -> Option<Self> {
        self.eat(Kind::Word(word))
    }

    /// Past all tokens that the question admits.
    pub(super) fn skip(self, admits: impl Fn(Kind) -> bool) -> Self {
        let mut here = self;
        while here.peek().is_some_and(&admits) {
            here = here.advance();
        }
        here
    }

    pub(super) fn skip_spaces(self) -> Self {
        self.skip(|k| k == Kind::Space)
    }

    pub(super) fn skip_words(self, words: &[Word]) -> Self {
        self.skip(|k| matches!(k, Kind::Word(w) if words.contains(&w)))
    }

    pub(super) fn is_word(self, word: Word) -> bool {
        self.peek() == Some(Kind::Word(word))
    }

    /// Past a joint of a list with the spaces about it.
    pub(super) fn joint(self) -> Option<(Joint, Self)> {
        let here = self.skip_spaces();
        match here.peek() {
            Some(Kind::Comma(joint)) => Some((joint, here.advance().skip_spaces())),
            _ => None,
        }
    }

    /// Past 〜 or から with the spaces about it.
    pub(super) fn to(self) -> Option<Self> {
        self.skip_spaces().eat(Kind::To).map(Self::skip_spaces)
    }

    /// Whether a clause can end here.
    pub(super) fn at_boundary(self) -> bool {
        matches!(self.peek(), None | Some(Kind::Space | Kind::Break | Kind::Comma(_) | Kind::Close | Kind::Open))
    }

    /// Reads what stands in brackets, and only that.
    pub(super) fn bracketed<T>(self, reader: impl Fn(Cursor<'a>) -> Option<(T, Cursor<'a>)>) -> Option<(T, Self)> {
        let (value, after) = reader(self.skip_spaces().eat(Kind::Open)?.skip_spaces())?;
        Some((value, after.skip_spaces().eat(Kind::Close)?))
    }
}
