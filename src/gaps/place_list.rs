//! Which list a place is of, as far as its audience may know. This module does no I/O.

use crate::index::VisiblePlace;

/// The list that a place is of, as far as the audience may know: not of a private person.
pub(super) fn list_of(listed: &VisiblePlace) -> Option<&str> {
    Some(listed.place.source.list.as_str()).filter(|list| !listed.private && !list.is_empty())
}
