//! Value parsers that all lists share: dates, times, telephone numbers, persons, damage by Excel, audience.
//!
//! This module does no I/O.

pub(super) mod audience;
pub(super) mod cell;
pub(super) mod damage;
pub(super) mod dates;
pub(super) mod persons;
pub(super) mod times;
