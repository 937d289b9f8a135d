//! Identities of HSDS: UUIDs by name, the same on every server and after every restart. This module does no I/O.

use uuid::Uuid;

use crate::model::City;

/// What an identity is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdentityKind {
    Service,
    Location,
    ServiceAtLocation,
    Organization,
    Schedule,
    Address,
    Phone,
    Contact,
    Accessibility,
    Attribute,
    Taxonomy,
    TaxonomyTerm,
}

impl IdentityKind {
    fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Location => "location",
            Self::ServiceAtLocation => "service_at_location",
            Self::Organization => "organization",
            Self::Schedule => "schedule",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Contact => "contact",
            Self::Accessibility => "accessibility",
            Self::Attribute => "attribute",
            Self::Taxonomy => "taxonomy",
            Self::TaxonomyTerm => "taxonomy_term",
        }
    }
}

/// The UUID (version 5) of `id` in a municipality.
pub(super) fn uuid(city: &City, kind: IdentityKind, id: &str) -> String {
    let name = format!("urn:tsunagari:{}:{}:{id}", city.code, kind.name());
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).to_string()
}
