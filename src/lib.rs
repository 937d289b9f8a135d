//! `tsunagari` turns a municipality's own list of community places into a map, a finder and open data.
//!
//! # A tour of the code
//!
//! **Data comes in.** [`import`] reads the bytes of a city's list, whatever Excel made of them, into facts about places and a
//! report of what to mend. It is one pure function and knows nothing of databases. [`store`] keeps every revision in SQLite;
//! [`editor`] is the only writer: it stores, rebuilds and swaps.
//!
//! **Data is known.** [`model`] holds the words of the field as types: a place, where it is, when it is open, who may see it.
//! [`index`] turns all places into one immutable snapshot an audience, with its trees, its text index and its encoded features.
//!
//! **Data is asked.** [`find`] goes from a person to places, with reasons. Requests take one snapshot and answer from it alone; none of them touches SQLite.
//!
//! **Data goes out.** [`publish`] frames the snapshot's bytes as GeoJSON and pages; [`http`] serves them; [`cli`] is the
//! same for a terminal.
//!
//! The arrows between these parts, and what each must never do, are checked by `tests/library/architecture/`.

pub mod cli;
pub mod config;
pub mod editor;
pub mod find;
pub mod gaps;
pub mod http;
pub mod import;
pub mod index;
pub mod model;
pub mod privacy;
pub mod publish;
pub mod schedule;
pub mod store;
pub mod text;
