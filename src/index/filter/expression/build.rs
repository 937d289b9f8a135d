//! Conditions put together with their names and types checked, the same for text and JSON. This module does no I/O.

use chrono::NaiveDate;

use super::pattern::LikePattern;
use super::scalar::{ScalarOperand, ScalarSource, ScalarType};
use super::{ComparisonOperator, FilterExpression, FilterShape, SpatialRelation};
use crate::index::filter::queryables::{FilterSubject, GEOMETRY, Queryable, QueryableType};

/// What a spatial function is given.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SpatialArgument {
    /// The geometry of the place or district.
    Own(&'static Queryable),
    Shape(FilterShape),
}

/// The functions that take two geometries.
pub(super) const SPATIAL_FUNCTIONS: [(&str, SpatialRelation); 2] =
    [("s_intersects", SpatialRelation::Intersects), ("s_within", SpatialRelation::Within)];

/// The spatial function of this name, in any case.
pub(super) fn spatial_function(name: &str) -> Option<SpatialRelation> {
    SPATIAL_FUNCTIONS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, relation)| relation)
}

/// Why `name` is no function.
pub(super) fn unknown_function(name: &str) -> String {
    format!("there is no function {name:?}; known are CASEI, DATE, S_INTERSECTS, S_WITHIN and BBOX")
}

/// The queryable called `name`.
pub(super) fn queryable(subject: FilterSubject, name: &str) -> Result<&'static Queryable, String> {
    let known = || subject.queryables().iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
    subject.queryable(name).ok_or_else(|| format!("there is no queryable {name:?}; known are {}", known()))
}

/// A day as `2026-11-22`.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let is_plain = text.len() == 10 && text.is_ascii();
    let day = text.parse().ok().filter(|_| is_plain);
    day.ok_or_else(|| format!("{text:?} is no date; write it as 2026-11-22"))
}

/// A text literal beside a day is a day.
fn as_day(operand: ScalarOperand, wanted: Option<ScalarType>) -> Result<ScalarOperand, String> {
    match &operand.source {
        ScalarSource::Text(text) if wanted == Some(ScalarType::Day) && !operand.ignores_case => {
            Ok(ScalarOperand::new(ScalarSource::Day(day(text)?)))
        }
        _ => Ok(operand),
    }
}

/// The operands, all of the type of the first that names one beside texts.
fn alike(operands: Vec<ScalarOperand>) -> Result<Vec<ScalarOperand>, String> {
    let types: Vec<Option<ScalarType>> = operands.iter().map(ScalarOperand::scalar_type).collect();
    if types.contains(&None) {
        return Err(format!("{GEOMETRY} cannot be compared; use S_INTERSECTS or S_WITHIN"));
    }
    let wanted = if types.contains(&Some(ScalarType::Day)) { Some(ScalarType::Day) } else { types[0] };
    let operands = operands.into_iter().map(|it| as_day(it, wanted)).collect::<Result<Vec<_>, _>>()?;
    match operands.iter().filter_map(ScalarOperand::scalar_type).find(|it| Some(*it) != wanted) {
        Some(other) => {
            let wanted = wanted.map_or("", ScalarType::name);
            Err(format!("wrong type: {wanted} cannot be compared with {}", other.name()))
        }
        None => Ok(operands),
    }
}

pub(super) fn comparison(
    left: ScalarOperand,
    operator: ComparisonOperator,
    right: ScalarOperand,
) -> Result<FilterExpression, String> {
    let mut both = alike(vec![left, right])?.into_iter();
    let (Some(left), Some(right)) = (both.next(), both.next()) else { return Err("two values are needed".to_owned()) };
    Ok(FilterExpression::Comparison(left, operator, right))
}

pub(super) fn one_of(value: ScalarOperand, list: Vec<ScalarOperand>) -> Result<FilterExpression, String> {
    if list.is_empty() {
        return Err("the list is empty".to_owned());
    }
    let mut all = alike(std::iter::once(value).chain(list).collect())?;
    let list = all.split_off(1);
    Ok(FilterExpression::OneOf(all.remove(0), list))
}

pub(super) fn between(
    value: ScalarOperand,
    low: ScalarOperand,
    high: ScalarOperand,
) -> Result<FilterExpression, String> {
    let mut all = alike(vec![value, low, high])?.into_iter();
    let (Some(value), Some(low), Some(high)) = (all.next(), all.next(), all.next()) else {
        return Err("three values are needed".to_owned());
    };
    Ok(FilterExpression::Between(value, low, high))
}

/// `value` fits `pattern`, a literal whose case may be ignored.
pub(super) fn like(value: ScalarOperand, pattern: &ScalarOperand) -> Result<FilterExpression, String> {
    let ScalarSource::Text(text) = &pattern.source else { return Err("the pattern must be a text".to_owned()) };
    if value.scalar_type() != Some(ScalarType::Text) {
        return Err("wrong type: only a text can be LIKE a pattern".to_owned());
    }
    let ignores_case = pattern.ignores_case || value.ignores_case;
    let value = if ignores_case { value.case_insensitive().ok_or("only a text has a case")? } else { value };
    Ok(FilterExpression::Like(value, LikePattern::new(text, ignores_case)))
}

/// Nothing is known of `value`, which must be a property.
pub(super) fn is_null(value: &ScalarOperand) -> Result<FilterExpression, String> {
    match value.source {
        ScalarSource::Property(queryable) => Ok(FilterExpression::IsNull(queryable)),
        _ => Err("only a queryable can be NULL".to_owned()),
    }
}

/// Two geometries, one of which is the place's or the district's.
pub(super) fn spatial(
    relation: SpatialRelation,
    first: SpatialArgument,
    second: SpatialArgument,
) -> Result<FilterExpression, String> {
    match (first, second) {
        (SpatialArgument::Own(own), SpatialArgument::Shape(shape)) => {
            Ok(FilterExpression::Spatial(relation, own, shape))
        }
        (SpatialArgument::Shape(shape), SpatialArgument::Own(own)) => {
            let relation = if relation == SpatialRelation::Within { SpatialRelation::Covers } else { relation };
            Ok(FilterExpression::Spatial(relation, own, shape))
        }
        _ => Err(format!("one argument must be the queryable {GEOMETRY}, the other a geometry that is written out")),
    }
}

pub(super) fn equals(queryable: &'static Queryable, value: &str) -> Result<FilterExpression, String> {
    let source = match queryable.value_type() {
        QueryableType::Text | QueryableType::TextList => ScalarSource::Text(value.to_owned()),
        QueryableType::Day => ScalarSource::Day(day(value)?),
        QueryableType::Flag => match value {
            "true" => ScalarSource::Flag(true),
            "false" => ScalarSource::Flag(false),
            _ => return Err(format!("{value:?} is neither true nor false")),
        },
        QueryableType::Geometry => return Err("use bbox or filter for positions".to_owned()),
    };
    let property = ScalarOperand::new(ScalarSource::Property(queryable));
    Ok(FilterExpression::Comparison(property, ComparisonOperator::Equal, ScalarOperand::new(source)))
}
