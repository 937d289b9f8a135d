//! Transport and middleware: sockets, limits, origin checks, compression, caching, content negotiation.

pub(super) mod admission;
pub(super) mod background;
pub(super) mod body;
mod byte_range;
pub(super) mod client;
pub(super) mod compression;
pub(super) mod connections;
pub(super) mod content_policies;
pub(super) mod daily_bound;
pub(super) mod form;
pub(super) mod in_flight;
pub(super) mod json_body;
pub(super) mod limits;
pub(super) mod negotiate;
pub(super) mod origin;
pub(super) mod prepared;
pub(super) mod previous;
pub(super) mod recent_pages;
pub(super) mod respond;
pub(super) mod serve;
pub(super) mod server_limits;
pub(super) mod session_cookie;
pub(super) mod sign_in_state;
mod system;
mod tile_archive;
mod tile_cache;
pub(super) mod write_timeout;
