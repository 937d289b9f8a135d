//! Parser of CQL2 text by recursive descent; its depth is that of the brackets, which the tokens bound. This module does no I/O.

mod geometry;

use super::build::{self, SpatialArgument};
use super::scalar::{ScalarOperand, ScalarSource};
use super::token::{ExpressionToken, ExpressionTokenKind, tokens};
use super::{ComparisonOperator, ExpressionContext, ExpressionError, FilterExpression, SpatialRelation};
use crate::index::filter::queryables::{FilterSubject, GEOMETRY, Queryable};

type Parsed<T> = Result<T, ExpressionError>;

/// Parses the whole of `text`.
///
/// # Errors
///
/// At the first token that cannot be used.
pub(super) fn parse(text: &str, context: ExpressionContext) -> Parsed<FilterExpression> {
    let mut parser = TextParser { tokens: tokens(text)?, next: 0, context };
    let expression = parser.any()?;
    match parser.peek() {
        ExpressionTokenKind::End => Ok(expression),
        _ => Err(parser.unexpected("AND, OR or the end")),
    }
}

/// The tokens and the one that comes next.
struct TextParser {
    tokens: Vec<ExpressionToken>,
    next: usize,
    context: ExpressionContext,
}

impl TextParser {
    fn peek(&self) -> &ExpressionTokenKind {
        &self.tokens[self.next.min(self.tokens.len() - 1)].kind
    }

    fn at(&self) -> usize {
        self.tokens[self.next.min(self.tokens.len() - 1)].at
    }

    fn advance(&mut self) -> ExpressionTokenKind {
        let kind = self.peek().clone();
        self.next += 1;
        kind
    }

    /// Steps over the keyword `word`, if it comes next.
    fn takes_word(&mut self, word: &str) -> bool {
        let is_next = matches!(self.peek(), ExpressionTokenKind::Word(next) if next.eq_ignore_ascii_case(word));
        self.next += usize::from(is_next);
        is_next
    }

    /// Steps over `sign`, if it comes next.
    fn takes(&mut self, sign: &str) -> bool {
        let is_next = matches!(self.peek(), ExpressionTokenKind::Sign(next) if *next == sign);
        self.next += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.takes(sign) { Ok(()) } else { Err(self.unexpected(&format!("{sign:?}"))) }
    }

    fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.takes_word(word) { Ok(()) } else { Err(self.unexpected(&word.to_ascii_uppercase())) }
    }

    /// The error that something else stands where `wanted` should.
    fn unexpected(&self, wanted: &str) -> ExpressionError {
        let found = match self.peek() {
            ExpressionTokenKind::Word(name) | ExpressionTokenKind::QuotedWord(name) => format!("{name:?}"),
            ExpressionTokenKind::Literal(text) => format!("the text {text:?}"),
            ExpressionTokenKind::Number(number) => number.to_string(),
            ExpressionTokenKind::Sign(sign) => format!("{sign:?}"),
            ExpressionTokenKind::End => "the end".to_owned(),
        };
        ExpressionError::at(self.at(), format!("{found} stands where {wanted} should"))
    }

    fn any(&mut self) -> Parsed<FilterExpression> {
        let mut parts = vec![self.all()?];
        while self.takes_word("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { FilterExpression::Any(parts) })
    }

    fn all(&mut self) -> Parsed<FilterExpression> {
        let mut parts = vec![self.negated()?];
        while self.takes_word("and") {
            parts.push(self.negated()?);
        }
        Ok(FilterExpression::all(parts))
    }

    fn negated(&mut self) -> Parsed<FilterExpression> {
        let mut is_negated = false;
        while self.takes_word("not") {
            is_negated = !is_negated;
        }
        let condition = self.condition()?;
        Ok(negated_if(is_negated, condition))
    }

    fn condition(&mut self) -> Parsed<FilterExpression> {
        let at = self.at();
        if self.takes("(") {
            let inner = self.any()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if let ExpressionTokenKind::Word(word) = self.peek()
            && let Some(relation) = build::spatial_function(word)
        {
            self.next += 1;
            return self.spatial(at, relation);
        }
        let value = self.scalar()?;
        self.predicate(at, value)
    }

    /// What is said of `value`, which began at `at`.
    fn predicate(&mut self, at: usize, value: ScalarOperand) -> Parsed<FilterExpression> {
        let checked = |made: Result<FilterExpression, String>| made.map_err(|reason| ExpressionError::at(at, reason));
        if let ExpressionTokenKind::Sign(sign) = self.peek()
            && let Some(operator) = ComparisonOperator::named(sign)
        {
            self.next += 1;
            let right = self.scalar()?;
            return checked(build::comparison(value, operator, right));
        }
        if self.takes_word("is") {
            let is_negated = self.takes_word("not");
            self.expect_word("null")?;
            return Ok(negated_if(is_negated, checked(build::is_null(&value))?));
        }
        let is_negated = self.takes_word("not");
        let condition = if self.takes_word("like") {
            checked(build::like(value, &self.scalar()?))?
        } else if self.takes_word("in") {
            checked(build::one_of(value, self.list(Self::scalar)?))?
        } else if self.takes_word("between") {
            let low = self.scalar()?;
            self.expect_word("and")?;
            checked(build::between(value, low, self.scalar()?))?
        } else if let (ScalarSource::Flag(truth), false) = (&value.source, is_negated) {
            FilterExpression::Constant(*truth)
        } else {
            return Err(self.unexpected("a comparison, LIKE, IN, BETWEEN or IS NULL"));
        };
        Ok(negated_if(is_negated, condition))
    }

    /// What `item` reads, once or more, between brackets and commas.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect("(")?;
        let mut items = vec![item(self)?];
        while self.takes(",") {
            items.push(item(self)?);
        }
        self.expect(")")?;
        Ok(items)
    }

    fn scalar(&mut self) -> Parsed<ScalarOperand> {
        let at = self.at();
        let source = match self.peek().clone() {
            ExpressionTokenKind::Number(_) | ExpressionTokenKind::Sign("-" | "+") => {
                ScalarSource::Number(self.number()?)
            }
            ExpressionTokenKind::Literal(text) => {
                self.next += 1;
                ScalarSource::Text(text)
            }
            ExpressionTokenKind::QuotedWord(name) => {
                self.next += 1;
                ScalarSource::Property(property(self.context.subject, at, &name)?)
            }
            ExpressionTokenKind::Word(word) => {
                self.next += 1;
                return self.named(at, &word);
            }
            _ => return Err(self.unexpected("a queryable or a value")),
        };
        Ok(ScalarOperand::new(source))
    }

    /// The value that begins with `word` at `at`: TRUE, FALSE, a function or a queryable.
    fn named(&mut self, at: usize, word: &str) -> Parsed<ScalarOperand> {
        let source = match (word.to_ascii_lowercase().as_str(), self.peek()) {
            ("casei", ExpressionTokenKind::Sign("(")) => {
                self.expect("(")?;
                let inner = self.scalar()?;
                self.expect(")")?;
                let folded = inner.case_insensitive();
                return folded.ok_or_else(|| ExpressionError::at(at, "wrong type: only a text has a case"));
            }
            ("date", ExpressionTokenKind::Sign("(")) => {
                self.expect("(")?;
                let ExpressionTokenKind::Literal(text) = self.peek().clone() else {
                    return Err(self.unexpected("a date between quotes"));
                };
                let day = build::day(&text).map_err(|reason| ExpressionError::at(self.at(), reason))?;
                self.next += 1;
                self.expect(")")?;
                ScalarSource::Day(day)
            }
            (_, ExpressionTokenKind::Sign("(")) => return Err(ExpressionError::at(at, build::unknown_function(word))),
            ("true", _) => ScalarSource::Flag(true),
            ("false", _) => ScalarSource::Flag(false),
            _ => ScalarSource::Property(property(self.context.subject, at, word)?),
        };
        Ok(ScalarOperand::new(source))
    }

    /// A number with any signs before it.
    fn number(&mut self) -> Parsed<f64> {
        let mut sign = 1.0;
        loop {
            if self.takes("-") {
                sign = -sign;
            } else if !self.takes("+") {
                break;
            }
        }
        match *self.peek() {
            ExpressionTokenKind::Number(number) => {
                self.next += 1;
                Ok(sign * number)
            }
            _ => Err(self.unexpected("a number")),
        }
    }

    /// The arguments of a spatial function, which began at `at`.
    fn spatial(&mut self, at: usize, relation: SpatialRelation) -> Parsed<FilterExpression> {
        self.expect("(")?;
        let first = self.spatial_argument()?;
        self.expect(",")?;
        let second = self.spatial_argument()?;
        self.expect(")")?;
        build::spatial(relation, first, second).map_err(|reason| ExpressionError::at(at, reason))
    }

    fn spatial_argument(&mut self) -> Parsed<SpatialArgument> {
        let at = self.at();
        match self.advance() {
            ExpressionTokenKind::QuotedWord(name) => own_geometry(self.context.subject, at, &name),
            ExpressionTokenKind::Word(word) if matches!(self.peek(), ExpressionTokenKind::Sign("," | ")")) => {
                own_geometry(self.context.subject, at, &word)
            }
            ExpressionTokenKind::Word(word) => self.shape(at, &word).map(SpatialArgument::Shape),
            _ => {
                self.next -= 1;
                Err(self.unexpected("geometry, BBOX or a geometry such as POINT"))
            }
        }
    }
}

fn own_geometry(subject: FilterSubject, at: usize, name: &str) -> Parsed<SpatialArgument> {
    let queryable = property(subject, at, name)?;
    if queryable.name == GEOMETRY {
        return Ok(SpatialArgument::Own(queryable));
    }
    Err(ExpressionError::at(at, format!("wrong type: {name} is no geometry")))
}

fn property(subject: FilterSubject, at: usize, name: &str) -> Parsed<&'static Queryable> {
    build::queryable(subject, name).map_err(|reason| ExpressionError::at(at, reason))
}

/// `condition`, or its contrary.
fn negated_if(is_negated: bool, condition: FilterExpression) -> FilterExpression {
    if is_negated { FilterExpression::Not(Box::new(condition)) } else { condition }
}
