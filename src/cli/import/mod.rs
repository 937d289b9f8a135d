//! `import`: one file per kind of list.
//!
//! `lists` holds what all kinds share, `reference_data` what a reader of lists knows besides the bytes, `first_start` fills a
//! new database from the data folder through the same imports.

mod change_report;
pub(super) mod first_start;
pub(super) mod link_workers;
mod lists;
pub(super) mod places;
pub(super) mod reference_data;
pub(super) mod region_files;
pub(super) mod regions;
