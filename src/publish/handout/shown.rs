//! What of a place may stand on a paper that somebody leaves on a table: what everybody may read. This module does no I/O.

use crate::index::Snapshot;
use crate::model::{Place, PlaceId};
use crate::privacy::redact_for_handout;

/// A place as everybody may see it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PublicFacts {
    /// Redacted.
    pub(super) place: Place,
    /// Whether everybody may know of it at all.
    pub(super) public: bool,
    /// Whether it is a private person's.
    pub(super) private: bool,
    /// The name of its category.
    pub(super) kind: String,
}

impl PublicFacts {
    /// The place as the public snapshot has it. One that is for link workers only is redacted in the same way, field by field,
    /// as if it were for everybody: the link worker chose it, and the paper goes where it goes.
    pub(super) fn of(id: &PlaceId, inner: &Snapshot, public: &Snapshot) -> Option<Self> {
        let known = inner.by_id(id)?;
        let listed = public.by_id(id);
        let place = listed.map_or_else(
            || redact_for_handout(&known.place, known.private, &inner.categories, &inner.districts, &inner.names),
            |listed| listed.place.clone(),
        );
        let category = inner.categories.by_id(&place.facts.category);
        Some(Self {
            kind: category.map(|it| it.name_ja.clone()).unwrap_or_default(),
            public: listed.is_some(),
            private: known.private,
            place,
        })
    }
}
