//! Lists of places: row import, checks over the whole list, record linkage and three-way merge with the stored places.
//!
//! This module does no I/O.

pub mod changes;
pub mod identity;
pub mod list_checks;
pub(in crate::import) mod own_export;
pub mod phrases;
pub mod row;
pub mod workbook;
