//! Which changes of a workbook somebody takes. This module does no I/O.

use std::collections::BTreeSet;

use crate::import::places::workbook::plan::WorkbookPlan;
use crate::model::PlaceId;

/// A change of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkbookChange {
    /// The cells of this place were edited.
    Edited(PlaceId),
    /// This row is a new place.
    Added(u32),
    /// The row of this place was removed.
    Removed(PlaceId),
}

/// Which changes of a workbook are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkbookChoice {
    /// The changes that are taken; `None` for all of them.
    pub taken: Option<BTreeSet<WorkbookChange>>,
    /// Of which of them also what widens who sees something is taken.
    pub published: PublishedEdits,
}

/// Of which places what widens who sees something is stored too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PublishedEdits {
    /// Of none.
    #[default]
    None,
    /// Of these.
    Of(BTreeSet<PlaceId>),
    /// Of all.
    All,
}

impl PublishedEdits {
    /// Whether that of `place` is stored.
    pub fn holds(&self, place: &PlaceId) -> bool {
        match self {
            Self::None => false,
            Self::Of(places) => places.contains(place),
            Self::All => true,
        }
    }
}

impl WorkbookChoice {
    /// Every change; what widens who sees something only if `publish`.
    pub fn everything(publish: bool) -> Self {
        Self { taken: None, published: if publish { PublishedEdits::All } else { PublishedEdits::None } }
    }

    /// Takes what was not chosen out of `plan`; whether there was any.
    pub(super) fn reduce(&self, plan: &mut WorkbookPlan) -> bool {
        let Some(taken) = &self.taken else { return false };
        let count = |plan: &WorkbookPlan| plan.edits.len() + plan.added.len() + plan.gone.len();
        let before = count(plan);
        plan.edits.retain(|it| taken.contains(&WorkbookChange::Edited(it.place.clone())));
        plan.added.retain(|it| taken.contains(&WorkbookChange::Added(it.row)));
        plan.gone.retain(|it| taken.contains(&WorkbookChange::Removed(it.place.clone())));
        count(plan) < before
    }
}
