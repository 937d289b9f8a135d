//! `tsunagari` turns a municipality's own list of community places into a map, a finder and open data.
//!
//! # A tour of the code
//!
//! **Words of the field.** [`model`] has the types: a place, where it is, what is written of its hours, who may see it; it never knows
//! file formats, databases or networks. [`text`] makes spellings comparable; it never changes what is shown. [`schedule`] turns the
//! words of opening hours into dates; it never guesses: what is not understood whole gives no date.
//!
//! **Data comes in.** [`config`] reads the data folder; it never writes. [`import`] reads the bytes of a city's list, whatever Excel made
//! of them, into facts and a report of what to fix; it never does I/O and never drops a row. [`store`] keeps every revision in SQLite; it
//! never updates or deletes one. [`editor`] is the only writer: it stores, rebuilds and swaps; it never writes outside a transaction.
//!
//! **Who is asking.** [`accounts`] keeps accounts, sessions and the audit log of the internal address; it never keeps or logs a secret.
//!
//! **Who may see it.** [`privacy`] redacts places and link workers per audience; no other part ever decides what an audience sees.
//! [`index`] turns what is left into one immutable snapshot per audience, with its trees, its text index and its encoded features; a
//! snapshot is never changed, only replaced.
//!
//! **Data is queried.** [`find`] goes from a person to places, with reasons; it never keeps or logs what a person wishes. [`gaps`]
//! counts unmet needs for planners under statistical disclosure control; it never releases a count that is no multiple of three.
//!
//! **Data goes out.** [`publish`] frames the snapshot's bytes as GeoJSON, pages, maps and papers; it never encodes a place a second time.
//! [`http`] serves them by one table of routes; it never holds rules, and but for the record of unmet needs no request reads the
//! database. [`cli`] does the same for a terminal; it never holds rules of its own.
//!
//! The arrows between these parts, and what pure parts must never name, are checked by `tests/library/architecture/`.

// A dependency that is no longer used fails the gate; unit tests see those of other tests too.
#![cfg_attr(not(test), warn(unused_crate_dependencies))]

pub mod accounts;
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
