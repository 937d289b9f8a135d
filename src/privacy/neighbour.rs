//! Places of neighbouring municipalities: what planners need of them, and no more than the municipality's own would show.
//!
//! This module does no I/O.

use super::field_access::NEIGHBOUR_PLACE;
use super::{FieldAccess, FieldRule, PrivateNames, redact};
use crate::model::{Audience, CategoryTable, DistrictTable, Facts, NeighbourListing, NeighbourPlace, Place};

/// What `audience` may see of a neighbour's place; `None` where all of it is hidden. First the rules for the municipality's own places
/// hold, then those of the table for neighbours: what it does not name is not there.
pub fn redact_neighbour(
    listing: &NeighbourListing,
    audience: Audience,
    categories: &CategoryTable,
    districts: &DistrictTable,
    everyone: &PrivateNames,
) -> Option<NeighbourPlace> {
    let Place { id, facts, source, verification } = redact(&listing.place, audience, categories, districts, everyone)?;
    let Facts { name, category, mode, site, schedule, access, capacity, status, .. } = facts;
    let kind = || categories.by_id(&category).map(|it| it.name.japanese().to_owned()).unwrap_or_default();
    Some(NeighbourPlace {
        name: if shows("name", audience) { name } else { kind() },
        list: Some(source.list).filter(|list| shows("list", audience) && !list.is_empty()),
        id,
        municipality: listing.municipality.clone(),
        category,
        mode,
        site,
        schedule,
        access,
        capacity,
        status,
        accepts_new: verification.and_then(|it| it.accepts_new),
    })
}

/// Whether the table for neighbours lets `audience` see the words of the list in `field`.
fn shows(field: &str, audience: Audience) -> bool {
    let rule = |row: &FieldAccess| match audience {
        Audience::Public => row.public,
        Audience::LinkWorkers => row.link_workers,
        Audience::Staff => FieldRule::All,
    };
    let row = NEIGHBOUR_PLACE.iter().find(|row| row.field == field);
    row.is_some_and(|row| !matches!(rule(row), FieldRule::Hidden | FieldRule::Generated))
}
