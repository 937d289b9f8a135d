//! What programs read and what our own pages request: one file per resource.

pub(super) mod categories;
pub(super) mod districts;
pub(super) mod find;
pub(super) mod handout;
pub(super) mod health;
pub(super) mod items;
pub(super) mod nearest;
pub(super) mod places;
pub(super) mod unmet;
