//! Snapshot → bytes: everything that goes out, framed and sliced from what the snapshot has encoded once.
//!
//! The same functions serve the API, the pages and the exported site. This module does no I/O.

pub mod desk;
pub mod geojson;
pub mod handout;
mod outline;
pub mod page;
