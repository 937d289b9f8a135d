//! Conditions of an expression that tables and trees answer: categories, districts and boxes that must hold in any case.
//!
//! A condition is lifted out only from the outermost `AND`, so that an expression with nothing else in it is answered as the plain
//! parameters are. This module does no I/O.

use crate::index::filter::Filter;
use crate::index::filter::expression::{
    ComparisonOperator, FilterExpression, ScalarOperand, ScalarSource, SpatialRelation,
};
use crate::index::snapshot::Snapshot;

/// A filter's conditions by what answers them; `None` means any.
pub(super) struct LiftedConditions {
    /// Rows of the table of categories, in ascending order.
    pub(super) categories: Option<Vec<usize>>,
    /// Rows of the table of districts, in ascending order.
    pub(super) districts: Option<Vec<usize>>,
    /// A box in degrees.
    pub(super) bbox: Option<[f64; 4]>,
    /// What is left to test place by place.
    pub(super) rest: Vec<FilterExpression>,
}

impl LiftedConditions {
    /// The conditions of `filter`, with those of its expression.
    pub(super) fn of(snapshot: &Snapshot, filter: &Filter) -> Self {
        let mut lifted = Self {
            categories: snapshot.category_rows(&filter.categories),
            districts: snapshot.district_rows(&filter.districts),
            bbox: filter.bbox,
            rest: Vec::new(),
        };
        match &filter.expression {
            Some(FilterExpression::All(parts)) => parts.iter().for_each(|part| lifted.add(snapshot, part)),
            Some(other) => lifted.add(snapshot, other),
            None => {}
        }
        lifted
    }

    fn add(&mut self, snapshot: &Snapshot, condition: &FilterExpression) {
        match condition {
            FilterExpression::Constant(true) => return,
            FilterExpression::Spatial(SpatialRelation::Intersects | SpatialRelation::Within, _, shape)
                if self.bbox.is_none() =>
            {
                self.bbox = shape.bounds();
                let is_exact = matches!(condition, FilterExpression::Spatial(SpatialRelation::Intersects, ..));
                if is_exact && shape.as_box().is_some() {
                    return;
                }
            }
            _ => {
                if let Some((name, codes)) = codes(condition) {
                    return self.keep(snapshot, name, &codes);
                }
            }
        }
        self.rest.push(condition.clone());
    }

    /// Leaves only the rows of these codes.
    fn keep(&mut self, snapshot: &Snapshot, name: &str, codes: &[&str]) {
        let is_one = |id: &str| codes.contains(&id);
        if name == "category" {
            let all = snapshot.categories.all().iter();
            intersect(&mut self.categories, all.map(|category| is_one(&category.id.0)));
        } else {
            let all = snapshot.districts.all().iter();
            intersect(&mut self.districts, all.map(|district| is_one(&district.id.0)));
        }
    }
}

/// Leaves the rows that `is_kept`.
fn intersect(rows: &mut Option<Vec<usize>>, is_kept: impl Iterator<Item = bool>) {
    let kept = is_kept.enumerate().filter(|(_, is_kept)| *is_kept).map(|(row, _)| row);
    *rows = Some(kept.filter(|row| rows.as_ref().is_none_or(|rows| rows.contains(row))).collect());
}

/// The codes of which `condition` requires one, with the name of the table: category or district.
fn codes(condition: &FilterExpression) -> Option<(&'static str, Vec<&str>)> {
    match condition {
        FilterExpression::Comparison(left, ComparisonOperator::Equal, right) => match (table(left), table(right)) {
            (Some(name), None) => Some((name, vec![literal(right)?])),
            (None, Some(name)) => Some((name, vec![literal(left)?])),
            _ => None,
        },
        FilterExpression::OneOf(value, list) => {
            Some((table(value)?, list.iter().map(literal).collect::<Option<Vec<_>>>()?))
        }
        _ => None,
    }
}

fn table(operand: &ScalarOperand) -> Option<&'static str> {
    match operand.source {
        ScalarSource::Property(queryable) if !operand.ignores_case => {
            ["category", "district"].into_iter().find(|name| *name == queryable.name)
        }
        _ => None,
    }
}

fn literal(operand: &ScalarOperand) -> Option<&str> {
    match &operand.source {
        ScalarSource::Text(text) if !operand.ignores_case => Some(text),
        _ => None,
    }
}
