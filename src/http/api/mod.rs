//! Handlers of the data API, for other programs and for the scripts of our own pages: one file per resource.

pub(super) mod calendars;
pub(super) mod categories;
pub(super) mod districts;
mod download;
pub(super) mod find;
pub(super) mod handout;
pub(super) mod health;
pub(super) mod hsds;
pub(super) mod items;
pub(super) mod land;
pub(super) mod nearest;
pub(super) mod opendata;
pub(super) mod places;
mod reports;
pub(super) mod results;
pub(super) mod service;
mod service_address;
pub(super) mod tiles;
pub(super) mod unmet;
