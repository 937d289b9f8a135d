//! Values that are compared: queryables and literals, with their types. This module does no I/O.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::NaiveDate;

use super::ComparisonOperator;
use crate::index::filter::queryables::{Queryable, QueryableType, QueryableValue};
use crate::index::snapshot::Snapshot;

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct ScalarOperand {
    /// Where its value comes from.
    pub source: ScalarSource,
    /// Whether capital and small letters are the same (`CASEI`); a literal is folded already.
    pub ignores_case: bool,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum ScalarSource {
    /// A property of the place.
    Property(&'static Queryable),
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
}

/// What can be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScalarType {
    Text,
    Number,
    Flag,
    Day,
}

impl ScalarType {
    /// What it is called in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Flag => "TRUE or FALSE",
            Self::Day => "a date, as DATE('2026-11-22')",
        }
    }
}

/// The value of an operand for one place.
#[derive(Debug, PartialEq)]
pub(super) enum ScalarValue<'a> {
    Missing,
    Text(Cow<'a, str>),
    TextList(Vec<Cow<'a, str>>),
    Number(f64),
    Flag(bool),
    Day(NaiveDate),
}

/// A text in which capital and small letters are the same.
pub(super) fn case_folded(text: &str) -> String {
    // Lower case of upper case: ß and SS, ς and σ are the same.
    text.to_uppercase().to_lowercase()
}

impl ScalarOperand {
    /// A value as it is.
    pub(super) fn new(source: ScalarSource) -> Self {
        Self { source, ignores_case: false }
    }

    /// The same with capital and small letters alike; `None` where it is no text.
    pub(super) fn case_insensitive(self) -> Option<Self> {
        (self.scalar_type()? == ScalarType::Text).then(|| {
            let source = match self.source {
                ScalarSource::Text(text) => ScalarSource::Text(case_folded(&text)),
                other => other,
            };
            Self { source, ignores_case: true }
        })
    }

    /// Its type; `None` for a geometry, which cannot be compared.
    pub(super) fn scalar_type(&self) -> Option<ScalarType> {
        match &self.source {
            ScalarSource::Property(queryable) => match queryable.value_type() {
                QueryableType::Text | QueryableType::TextList => Some(ScalarType::Text),
                QueryableType::Day => Some(ScalarType::Day),
                QueryableType::Flag => Some(ScalarType::Flag),
                QueryableType::Geometry => None,
            },
            ScalarSource::Text(_) => Some(ScalarType::Text),
            ScalarSource::Number(_) => Some(ScalarType::Number),
            ScalarSource::Flag(_) => Some(ScalarType::Flag),
            ScalarSource::Day(_) => Some(ScalarType::Day),
        }
    }

    /// Its value for a place.
    pub(super) fn value<'a>(&'a self, snapshot: &'a Snapshot, place: usize) -> ScalarValue<'a> {
        let text = |text: &'a str| if self.ignores_case { case_folded(text).into() } else { Cow::Borrowed(text) };
        match &self.source {
            ScalarSource::Text(literal) => ScalarValue::Text(Cow::Borrowed(literal)),
            ScalarSource::Number(number) => ScalarValue::Number(*number),
            ScalarSource::Flag(flag) => ScalarValue::Flag(*flag),
            ScalarSource::Day(day) => ScalarValue::Day(*day),
            ScalarSource::Property(queryable) => match queryable.value(snapshot, place) {
                QueryableValue::Missing | QueryableValue::Geometry(_) | QueryableValue::Outline(_) => {
                    ScalarValue::Missing
                }
                QueryableValue::Text(read) => ScalarValue::Text(text(read)),
                QueryableValue::TextList(all) => ScalarValue::TextList(all.into_iter().map(text).collect()),
                QueryableValue::Day(day) => ScalarValue::Day(day),
                QueryableValue::Flag(flag) => ScalarValue::Flag(flag),
            },
        }
    }
}

impl ScalarValue<'_> {
    /// Its texts; none of another type.
    pub(super) fn texts(&self) -> &[Cow<'_, str>] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::TextList(texts) => texts,
            _ => &[],
        }
    }
}

/// Whether `left` compares to `right`; `None` where one of them is missing. Of several texts any may fit, and `<>` is the contrary
/// of `=`.
pub(super) fn compare(left: &ScalarValue<'_>, operator: ComparisonOperator, right: &ScalarValue<'_>) -> Option<bool> {
    use ScalarValue::{Day, Flag, Missing, Number};
    let ordering = match (left, right) {
        (Missing, _) | (_, Missing) => return None,
        (Number(left), Number(right)) => left.partial_cmp(right)?,
        (Flag(left), Flag(right)) => left.cmp(right),
        (Day(left), Day(right)) => left.cmp(right),
        _ => {
            let fits = |wanted: ComparisonOperator| {
                let pairs = left.texts().iter().flat_map(|left| right.texts().iter().map(move |right| left.cmp(right)));
                pairs.into_iter().any(|ordering| wanted.accepts(ordering))
            };
            return Some(match operator {
                ComparisonOperator::NotEqual => !fits(ComparisonOperator::Equal),
                other => fits(other),
            });
        }
    };
    Some(operator.accepts(ordering))
}

impl ComparisonOperator {
    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}
