//! A place as planners' questions see it, whether it is the municipality's own or a neighbour's. This module does no I/O.

use super::place_list::list_of;
use crate::index::VisiblePlace;
use crate::model::{Access, AccessFact, CategoryId, Location, MeetingMode, NeighbourPlace, PlaceId, Schedule, Status};

/// What questions read of a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlannedPlace<'a> {
    pub(super) id: &'a PlaceId,
    pub(super) name: &'a str,
    /// The code of its municipality, of a neighbour's place.
    pub(super) municipality: Option<&'a str>,
    /// As far as the audience may know.
    pub(super) list: Option<&'a str>,
    pub(super) category: &'a CategoryId,
    pub(super) status: Status,
    pub(super) mode: MeetingMode,
    pub(super) site: Option<Location>,
    pub(super) schedule: &'a [Schedule],
    /// The text in which a capacity may stand.
    pub(super) capacity: Option<&'a str>,
    pub(super) access: &'a Access,
    pub(super) accepts_new: Option<bool>,
}

impl<'a> PlannedPlace<'a> {
    pub(super) fn own(listed: &'a VisiblePlace) -> Self {
        let facts = &listed.place.facts;
        Self {
            id: &listed.place.id,
            name: &facts.name,
            municipality: None,
            list: list_of(listed),
            category: &facts.category,
            status: facts.status,
            mode: facts.mode,
            site: facts.site,
            schedule: &facts.schedule,
            capacity: facts.capacity.as_deref().filter(|_| !listed.private),
            access: &facts.access,
            accepts_new: listed.place.verification.as_ref().and_then(|it| it.accepts_new),
        }
    }

    pub(super) fn of_neighbour(place: &'a NeighbourPlace) -> Self {
        Self {
            id: &place.id,
            name: &place.name,
            municipality: Some(&place.municipality),
            list: place.list.as_deref(),
            category: &place.category,
            status: place.status,
            mode: place.mode,
            site: place.site,
            schedule: &place.schedule,
            capacity: place.capacity.as_deref(),
            access: &place.access,
            accepts_new: place.accepts_new,
        }
    }

    /// What is known of a fact about getting in.
    pub(super) fn answer(&self, fact: AccessFact) -> Option<bool> {
        self.access.get(&fact).map(|answer| answer.yes)
    }
}
