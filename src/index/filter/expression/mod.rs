//! Filter expressions in CQL2 (OGC 21-065): the parts that `docs/api.md` lists, as text and as JSON.
//!
//! `token` cuts a text into tokens and refuses what is nested too deep, `text` parses them by recursive descent, `json` reads
//! the JSON form, `scalar` and [`shape`] hold what is compared, and `build` puts conditions together so that both forms refuse
//! the same. `evaluate` tests a place in three-valued logic: what is not known is neither true nor false, and its negation is not
//! either. This module does no I/O.

mod build;
mod evaluate;
mod json;
mod pattern;
mod scalar;
pub mod shape;
mod text;
mod token;

use self::pattern::LikePattern;
pub use self::scalar::{ScalarOperand, ScalarSource};
pub use self::shape::{FilterShape, SpatialRelation};
use super::crs::CoordinateSystem;
use super::queryables::{FilterSubject, Queryable};

/// Longest expression in bytes.
pub const MAX_BYTES: usize = 2000;
/// Deepest nesting of an expression.
pub const MAX_DEPTH: usize = 32;

/// The language of an expression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExpressionLanguage {
    /// `cql2-text`.
    #[default]
    Text,
    /// `cql2-json`.
    Json,
}

impl ExpressionLanguage {
    /// Every language, with the name that `filter-lang` has for it.
    pub const ALL: [(&str, Self); 2] = [("cql2-text", Self::Text), ("cql2-json", Self::Json)];
}

/// What an expression is read against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExpressionContext {
    /// What has the queryables.
    pub subject: FilterSubject,
    /// The coordinate reference system of geometries.
    pub crs: CoordinateSystem,
}

impl From<CoordinateSystem> for ExpressionContext {
    fn from(crs: CoordinateSystem) -> Self {
        Self { crs, ..Self::default() }
    }
}

/// A condition on places or districts, whose names and types were checked.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterExpression {
    /// Always so, or never.
    Constant(bool),
    /// All of them.
    All(Vec<Self>),
    /// Any of them.
    Any(Vec<Self>),
    /// The contrary; of what is not known, not known.
    Not(Box<Self>),
    /// Two values compared.
    Comparison(ScalarOperand, ComparisonOperator, ScalarOperand),
    /// A value that equals one of several.
    OneOf(ScalarOperand, Vec<ScalarOperand>),
    /// A value from one to another, both included.
    Between(ScalarOperand, ScalarOperand, ScalarOperand),
    /// A text that fits a pattern.
    Like(ScalarOperand, LikePattern),
    /// Nothing is known.
    IsNull(&'static Queryable),
    /// How the point of the place, or the outline of the district, lies to a shape.
    Spatial(SpatialRelation, &'static Queryable, FilterShape),
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl ComparisonOperator {
    /// Every operator, as both forms write it.
    const ALL: [(&str, Self); 6] = [
        ("=", Self::Equal),
        ("<>", Self::NotEqual),
        ("<=", Self::LessOrEqual),
        (">=", Self::GreaterOrEqual),
        ("<", Self::Less),
        (">", Self::Greater),
    ];

    fn named(sign: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == sign).map(|(_, operator)| operator)
    }
}

/// Why an expression cannot be used, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// Where, counted in characters from 1.
    pub position: Option<usize>,
    /// Why, as a phrase for the client's author; it names what cannot be used.
    pub reason: String,
}

impl ExpressionError {
    fn at(position: usize, reason: impl Into<String>) -> Self {
        Self { position: Some(position), reason: reason.into() }
    }

    fn new(reason: impl Into<String>) -> Self {
        Self { position: None, reason: reason.into() }
    }
}

impl FilterExpression {
    /// Parses `text` in `context`; of a coordinate reference system alone, on places.
    ///
    /// # Errors
    ///
    /// If it is longer than [`MAX_BYTES`] or nested deeper than [`MAX_DEPTH`], which is seen before it is parsed, or cannot be
    /// understood or used.
    pub fn parse(
        text: &str,
        language: ExpressionLanguage,
        context: impl Into<ExpressionContext>,
    ) -> Result<Self, ExpressionError> {
        if text.len() > MAX_BYTES {
            return Err(ExpressionError::new(format!("it has {} bytes; at most {MAX_BYTES} are read", text.len())));
        }
        match language {
            ExpressionLanguage::Text => text::parse(text, context.into()),
            ExpressionLanguage::Json => json::parse(text, context.into()),
        }
    }

    /// `queryable` equals `value`, as a parameter of its name has it.
    ///
    /// # Errors
    ///
    /// If no place can have that value.
    pub fn equals(queryable: &'static Queryable, value: &str) -> Result<Self, String> {
        build::equals(queryable, value)
    }

    /// The geometry of the place or district, which is `queryable`, touches `shape`.
    pub fn intersects(queryable: &'static Queryable, shape: FilterShape) -> Self {
        Self::Spatial(SpatialRelation::Intersects, queryable, shape)
    }

    /// All of `conditions`, flat.
    pub fn all(conditions: Vec<Self>) -> Self {
        let flat = conditions.into_iter().flat_map(|condition| match condition {
            Self::All(parts) => parts,
            other => vec![other],
        });
        let mut flat: Vec<Self> = flat.collect();
        if flat.len() == 1 { flat.remove(0) } else { Self::All(flat) }
    }
}

/// The error of an expression that is nested too deep.
fn too_deep(position: usize) -> ExpressionError {
    ExpressionError::at(position, format!("it is nested deeper than {MAX_DEPTH} levels"))
}

#[cfg(test)]
mod tests;
