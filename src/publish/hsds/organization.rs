//! Who runs the services: organizations by name; the municipality where a list names none. This module does no I/O.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::identity::{IdentityKind, uuid};
use super::{Hsds, without_unknown};
use crate::index::VisiblePlace;
use crate::model::City;

/// The name of who runs a place.
pub(super) fn name_of<'a>(city: &'a City, listed: &'a VisiblePlace) -> &'a str {
    listed.place.facts.organization.as_deref().unwrap_or(&city.name)
}

/// The organization of a place, with what there is one each of.
pub(super) fn of_place(city: &City, listed: &VisiblePlace) -> Value {
    organization(city, name_of(city, listed))
}

fn organization(city: &City, name: &str) -> Value {
    let is_city = name == city.name;
    let office = Some(city.office.as_str()).filter(|office| is_city && !office.is_empty());
    without_unknown(json!({
        "id": uuid(city, IdentityKind::Organization, name),
        "name": name,
        // The schema demands a description; lists have none of organizations.
        "description": office.unwrap_or(name),
        "email": city.office_email.as_ref().filter(|_| is_city),
        "website": city.public_url.as_ref().filter(|_| is_city),
    }))
}

/// The names of all organizations, in the order of their first services.
pub(super) fn names<'a>(hsds: &'a Hsds<'_>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    let all = hsds.snapshot.places.iter().map(|listed| name_of(hsds.city(), listed));
    all.filter(|name| seen.insert(*name)).collect()
}

/// An organization alone.
pub(super) fn alone(hsds: &Hsds<'_>, name: &str) -> Value {
    organization(hsds.city(), name)
}
