//! Lexer of CQL2 text: names, texts, numbers and signs, each with its position; and how deep they are nested.
//!
//! Both are loops, so that no input can overflow the stack before the depth is known. This module does no I/O.

use super::{ExpressionError, MAX_DEPTH, too_deep};

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ExpressionTokenKind {
    /// A keyword, a function or a property.
    Word(String),
    /// A property between double quotes.
    QuotedWord(String),
    /// A text between single quotes, its doubled quotes read as one.
    Literal(String),
    /// A number without its sign.
    Number(f64),
    /// A bracket, a comma, an operator.
    Sign(&'static str),
    /// The end of the expression.
    End,
}

/// A token and where it begins, counted in characters from 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExpressionToken {
    pub(super) kind: ExpressionTokenKind,
    pub(super) at: usize,
}

/// The signs, longer ones first.
const SIGNS: [&str; 11] = ["<>", "<=", ">=", "<", ">", "=", "(", ")", ",", "+", "-"];

/// The tokens of `text`, closed by [`ExpressionTokenKind::End`].
///
/// # Errors
///
/// At the first character that begins none, a text that does not end, a number that is none, or too deep a nesting.
pub(super) fn tokens(text: &str) -> Result<Vec<ExpressionToken>, ExpressionError> {
    let mut lexer = ExpressionLexer { rest: text, at: 1 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip(lexer.rest.len() - lexer.rest.trim_start().len());
        let at = lexer.at;
        let kind = lexer.next()?;
        let is_end = kind == ExpressionTokenKind::End;
        tokens.push(ExpressionToken { kind, at });
        if is_end {
            check_depth(&tokens)?;
            return Ok(tokens);
        }
    }
}

/// Refuses brackets, negations and signs that are nested deeper than [`MAX_DEPTH`].
fn check_depth(tokens: &[ExpressionToken]) -> Result<(), ExpressionError> {
    let (mut brackets, mut run) = (0_usize, 0_usize);
    for token in tokens {
        match &token.kind {
            ExpressionTokenKind::Sign("(") => (brackets, run) = (brackets + 1, 0),
            ExpressionTokenKind::Sign(")") => (brackets, run) = (brackets.saturating_sub(1), 0),
            ExpressionTokenKind::Sign("-" | "+") => run += 1,
            ExpressionTokenKind::Word(word) if word.eq_ignore_ascii_case("not") => run += 1,
            _ => run = 0,
        }
        if brackets + run > MAX_DEPTH {
            return Err(too_deep(token.at));
        }
    }
    Ok(())
}

/// What is left of the text, and where that begins.
struct ExpressionLexer<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> ExpressionLexer<'a> {
    /// Steps over `bytes`, and returns them.
    fn skip(&mut self, bytes: usize) -> &'a str {
        let (skipped, rest) = self.rest.split_at(bytes);
        self.at += skipped.chars().count();
        self.rest = rest;
        skipped
    }

    fn next(&mut self) -> Result<ExpressionTokenKind, ExpressionError> {
        let Some(first) = self.rest.chars().next() else { return Ok(ExpressionTokenKind::End) };
        let after = self.rest[first.len_utf8()..].chars().next();
        match first {
            '\'' => self.quoted('\'').map(ExpressionTokenKind::Literal),
            '"' => self.quoted('"').map(ExpressionTokenKind::QuotedWord),
            _ if first.is_ascii_digit() || first == '.' && after.is_some_and(|c| c.is_ascii_digit()) => self.number(),
            _ if first.is_alphabetic() || first == '_' => {
                let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':');
                let end = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
                Ok(ExpressionTokenKind::Word(self.skip(end).to_owned()))
            }
            _ => {
                let sign = SIGNS.into_iter().find(|sign| self.rest.starts_with(sign));
                let sign = sign.ok_or_else(|| ExpressionError::at(self.at, format!("{first:?} begins nothing")))?;
                self.skip(sign.len());
                Ok(ExpressionTokenKind::Sign(sign))
            }
        }
    }

    /// The text up to the closing `quote`; a doubled one, and one behind `\`, stands for itself.
    fn quoted(&mut self, quote: char) -> Result<String, ExpressionError> {
        let at = self.at;
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1).peekable();
        while let Some((start, c)) = chars.next() {
            if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
                self.skip(start + quote.len_utf8());
                return Ok(text);
            }
            let escaped = if c == '\\' { chars.next_if(|(_, next)| *next == quote) } else { None };
            text.push(escaped.map_or(c, |(_, quote)| quote));
        }
        Err(ExpressionError::at(at, format!("the text that begins here has no closing {quote}")))
    }

    fn number(&mut self) -> Result<ExpressionTokenKind, ExpressionError> {
        let at = self.at;
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mut end = digits(self.rest);
        if self.rest[end..].starts_with('.') {
            end += 1 + digits(&self.rest[end + 1..]);
        }
        if self.rest[end..].starts_with(['e', 'E']) {
            let sign = usize::from(self.rest[end + 1..].starts_with(['+', '-']));
            let exponent = digits(&self.rest[end + 1 + sign..]);
            end += if exponent > 0 { 1 + sign + exponent } else { 0 };
        }
        let written = self.skip(end);
        let number = written.parse::<f64>().ok().filter(|number| number.is_finite());
        number
            .map(ExpressionTokenKind::Number)
            .ok_or_else(|| ExpressionError::at(at, format!("{written} is no finite number")))
    }
}
