//! Geography of the municipality: base map, gazetteer, boundary, and districts by outlines, as a list, or as lists of places name them.
//!
//! This module does no I/O.

pub mod basemap;
pub mod district_list;
pub mod gazetteer;
pub mod official_names;
pub mod outlines;
pub mod sketch;
pub mod written_districts;
