//! Files about the municipality's land: where its 大字 are, its districts, its outline.
//!
//! This module does no I/O.

pub mod gazetteer;
pub mod outlines;
