//! The parameter `sortby`: places or districts by one or several queryables, those without a value last. This module does no I/O.

use std::cmp::Ordering;

use super::queryables::{FilterSubject, Queryable, QueryableType, QueryableValue};
use crate::index::snapshot::Snapshot;

/// One key of an order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SortKey {
    queryable: &'static Queryable,
    descends: bool,
}

impl SortKey {
    /// Parses `name`, `+name` or `-name` of `subject`; a `+` may have become a space on its way.
    ///
    /// # Errors
    ///
    /// If there is no such queryable, or nothing can be sorted by it.
    pub fn parse(subject: FilterSubject, text: &str) -> Result<Self, String> {
        let name = text.strip_prefix(['+', '-', ' ']).unwrap_or(text);
        let known = || {
            let sortable = subject.queryables().iter().filter(|it| it.value_type() != QueryableType::Geometry);
            sortable.map(|it| it.name).collect::<Vec<_>>().join(", ")
        };
        let queryable = subject.queryable(name).filter(|it| it.value_type() != QueryableType::Geometry);
        let queryable = queryable.ok_or_else(|| format!("{name:?} is none of {}", known()))?;
        Ok(Self { queryable, descends: text.starts_with('-') })
    }
}

/// `indices` of what the keys are of, sorted by `keys`; equal ones stay in their order.
pub fn sorted(snapshot: &Snapshot, mut indices: Vec<usize>, keys: &[SortKey]) -> Vec<usize> {
    indices.sort_by(|&left, &right| {
        let by_key = |key: &SortKey| {
            let values = (key.queryable.value(snapshot, left), key.queryable.value(snapshot, right));
            compare(&values.0, &values.1, key.descends)
        };
        keys.iter().map(by_key).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    });
    indices
}

fn compare(left: &QueryableValue<'_>, right: &QueryableValue<'_>, descends: bool) -> Ordering {
    use QueryableValue::{Day, Flag, Missing, Text, TextList};
    let ordering = match (left, right) {
        (Missing, Missing) => Ordering::Equal,
        (Missing, _) => return Ordering::Greater,
        (_, Missing) => return Ordering::Less,
        (Text(left), Text(right)) => left.cmp(right),
        (TextList(left), TextList(right)) => left.cmp(right),
        (Day(left), Day(right)) => left.cmp(right),
        (Flag(left), Flag(right)) => left.cmp(right),
        // One queryable has values of one type.
        _ => Ordering::Equal,
    };
    if descends { ordering.reverse() } else { ordering }
}
