//! Lists of places: one record becomes facts, the whole list is checked, and an edition is compared with what is stored.
//!
//! This module does no I/O.

pub mod changes;
pub mod identity;
pub mod list_checks;
pub mod phrases;
pub mod row;
