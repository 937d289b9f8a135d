//! Geography of the municipality: gazetteer, districts, boundary.
//!
//! This module does no I/O.

pub mod gazetteer;
pub mod official_names;
pub mod outlines;
pub mod sketch;
