//! Keeps what planners' numbers are with every change that moves them, in the transaction of the change itself: there is no
//! change without its numbers, and no number of a change that did not come about.

use super::Editor;
use crate::index::SnapshotInput;
use crate::model::PlanningSummary;
use crate::store::{Edit, StoreError};

/// Computes planners' numbers of today; the caller passes it, because the editor knows neither a clock nor what planners count.
pub type Summarise = fn(&SnapshotInput) -> Vec<PlanningSummary>;

impl Editor {
    /// Keeps the numbers of `summarise` with every change from here on.
    #[must_use]
    pub fn with_planning_history(self, summarise: Summarise) -> Self {
        Self { summarise: Some(summarise), ..self }
    }

    /// Commits a change with what planners' numbers are by it.
    pub(super) fn commit(&self, edit: Edit<'_>) -> Result<(), StoreError> {
        if let Some(summarise) = self.summarise {
            let input = self.input_of(edit.content()?);
            edit.add_planning_summaries(&summarise(&input))?;
        }
        edit.commit()
    }
}
