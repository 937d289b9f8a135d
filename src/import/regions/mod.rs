//! Geography of the municipality: gazetteer, districts, boundary.
//!
//! This module does no I/O.

pub mod gazetteer;
pub mod outlines;
pub mod sketch;
