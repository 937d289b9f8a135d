//! Whether an expression holds for a place or a district, in three-valued logic. This module does no I/O.

use super::scalar::compare;
use super::{ComparisonOperator, FilterExpression, ScalarOperand};
use crate::index::filter::queryables::QueryableValue;
use crate::index::snapshot::Snapshot;

impl FilterExpression {
    /// Whether it holds for the place, or the district, with this index; `None` where that is not known.
    pub fn holds(&self, snapshot: &Snapshot, place: usize) -> Option<bool> {
        match self {
            Self::Constant(truth) => Some(*truth),
            Self::All(parts) => none_is(false, parts.iter().map(|part| part.holds(snapshot, place))),
            Self::Any(parts) => none_is(true, parts.iter().map(|part| part.holds(snapshot, place))),
            Self::Not(part) => part.holds(snapshot, place).map(|truth| !truth),
            Self::Comparison(left, operator, right) => {
                compare(&left.value(snapshot, place), *operator, &right.value(snapshot, place))
            }
            Self::OneOf(value, list) => {
                let value = value.value(snapshot, place);
                let equals =
                    |other: &ScalarOperand| compare(&value, ComparisonOperator::Equal, &other.value(snapshot, place));
                none_is(true, list.iter().map(equals))
            }
            Self::Between(value, low, high) => {
                let value = value.value(snapshot, place);
                let ends = [(ComparisonOperator::GreaterOrEqual, low), (ComparisonOperator::LessOrEqual, high)];
                let holds = ends.map(|(operator, end)| compare(&value, operator, &end.value(snapshot, place)));
                none_is(false, holds.into_iter())
            }
            Self::Like(value, pattern) => {
                let value = value.value(snapshot, place);
                let texts = value.texts();
                (!texts.is_empty()).then(|| texts.iter().any(|text| pattern.fits(text)))
            }
            Self::IsNull(queryable) => Some(queryable.value(snapshot, place) == QueryableValue::Missing),
            Self::Spatial(relation, queryable, shape) => match queryable.value(snapshot, place) {
                QueryableValue::Geometry(at) => Some(shape.relates(*relation, at)),
                QueryableValue::Outline(area) => Some(shape.relates_to_area(*relation, area)),
                _ => None,
            },
        }
    }
}

/// `truth` as soon as one of `parts` is it; else not known if one of them is not; else the contrary.
fn none_is(truth: bool, parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all_known = true;
    for part in parts {
        match part {
            Some(part) if part == truth => return Some(truth),
            Some(_) => {}
            None => all_known = false,
        }
    }
    all_known.then_some(!truth)
}
