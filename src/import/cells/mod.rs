//! What a cell says, whatever the list: dates, times, telephones, persons, damage, who may see it.
//!
//! This module does no I/O.

pub(super) mod audience;
pub(super) mod cell;
pub(super) mod damage;
pub(super) mod dates;
pub(super) mod people;
pub(super) mod phones;
pub(super) mod times;
