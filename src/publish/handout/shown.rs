//! Redaction for the handout: only public facts of a place are printed, because anybody may find the paper. This module does no I/O.

use std::borrow::Cow;

use crate::index::Snapshot;
use crate::model::{Place, PlaceId};

/// A place, redacted for the public.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PublicFacts<'a> {
    pub(super) place: Cow<'a, Place>,
    /// Whether the public snapshot lists it.
    pub(super) public: bool,
    /// Whether it is a private person's place.
    pub(super) private: bool,
    /// Whether it is of the sample.
    pub(super) sample: bool,
    /// The name of its category.
    pub(super) kind: String,
}

impl<'a> PublicFacts<'a> {
    /// The place as the public snapshot has it. A place for link workers only is redacted field by field as if it were public:
    /// the link worker chose it, but anybody may find the paper.
    pub(super) fn of(id: &PlaceId, inner: &'a Snapshot, public: &'a Snapshot) -> Option<Self> {
        let at = inner.position_of(id)?;
        let known = &inner.places[at];
        let listed = public.by_id(id);
        let place = listed.map_or_else(|| inner.public_form(at), |listed| Cow::Borrowed(&listed.place));
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
