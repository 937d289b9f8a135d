//! `import`: one file per kind of list, `workbook` for edits, `regions` for districts, boundary and gazetteer, and `basemap`.
//!
//! `lists` runs the import of every kind of list; `reference_data` provides gazetteer, boundary and districts to the readers.
//! `seed_regions` and `sample` fill a new database from the data folder. Shared files never use a command.

pub(super) mod basemap;
mod beside_sample;
mod change_report;
mod known_edition;
pub(super) mod link_workers;
mod list_districts;
mod lists;
mod neighbour;
pub(super) mod places;
mod planning_history;
pub(super) mod population;
pub(super) mod reference_data;
pub(super) mod region_files;
pub(super) mod region_owner;
pub(super) mod regions;
pub(super) mod remembered_columns;
pub(super) mod sample;
mod scratch_database;
pub(super) mod seed_regions;
pub(super) mod unmet;
mod workbook;
mod workbook_report;
