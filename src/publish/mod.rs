//! From a snapshot to bytes: pages, GeoJSON. This module does no I/O.

pub mod page;
