//! The districts for which a condition holds. This module does no I/O.

use super::expression::FilterExpression;
use crate::index::snapshot::Snapshot;

impl Snapshot {
    /// The districts for which `condition` holds, all where there is none, as ascending rows of their table.
    pub fn matching_districts(&self, condition: Option<&FilterExpression>) -> Vec<usize> {
        let holds = |row: &usize| condition.is_none_or(|condition| condition.holds(self, *row) == Some(true));
        (0..self.districts.all().len()).filter(holds).collect()
    }
}
