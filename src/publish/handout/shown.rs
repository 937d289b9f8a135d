//! Redaction for the handout: only public facts of a place are printed, because anybody may find the paper. This module does no I/O.

use crate::index::Snapshot;
use crate::model::{Place, PlaceId};
use crate::privacy::redact_for_handout;

/// A place, redacted for the public.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PublicFacts {
    pub(super) place: Place,
    /// Whether the public snapshot lists it.
    pub(super) public: bool,
    /// Whether it is a private person's place.
    pub(super) private: bool,
    /// Whether it is of the sample.
    pub(super) sample: bool,
    /// The name of its category.
    pub(super) kind: String,
}

impl PublicFacts {
    /// The place as the public snapshot has it. A place for link workers only is redacted field by field as if it were public:
    /// the link worker chose it, but anybody may find the paper.
    pub(super) fn of(id: &PlaceId, inner: &Snapshot, public: &Snapshot) -> Option<Self> {
        let known = inner.by_id(id)?;
        let listed = public.by_id(id);
        let place = listed.map_or_else(
            || redact_for_handout(&known.place, known.private, &inner.categories, &inner.districts, &inner.names),
            |listed| listed.place.clone(),
        );
        let category = inner.categories.by_id(&place.facts.category);
        Some(Self {
            kind: category.map(|it| it.name.japanese().to_owned()).unwrap_or_default(),
            public: listed.is_some(),
            private: known.private,
            sample: known.sample,
            place,
        })
    }
}
