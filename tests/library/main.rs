//! The library in process: lists, the finder, the store and the API. What starts the program itself is in `tests/program`.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails must fail the test")]

// Who sees which field: the table and its paper.
mod access_table;
// Accounts of the internal address, over HTTP.
mod accounts;
// Addresses as people write them.
mod addresses;
// The API as a client sees it, address by address.
mod api;
// What the sources may name: arrows between parts, circles between files, disks and clocks.
mod architecture;
// Set-up: a city without any data of its own.
mod bare_city;
// Calendars of the dates on which places meet.
mod calendar;
mod categories;
// Persons who look for a person, and how their consent ends.
mod companions;
// Editions of the directory of link workers.
mod directory;
// Editions of lists, edits and snapshots.
mod editing;
mod editor;
// Expressions in CQL2 against a naive evaluator.
mod expressions;
// The finder on the sample city.
mod find;
// Planners' answers against plain loops.
mod gaps;
// Gazetteers of real municipalities.
mod gazetteers;
// The paper a person takes home.
mod handout;
// Places in the words of HSDS.
mod hsds;
// Reading lists: real ones, hostile ones, twins, and the tables of the papers.
mod import;
// The index against a full scan.
mod index;
// Lists of link workers of the kinds that cities have.
mod link_workers;
// The lists of the municipal standard.
mod municipal;
// Tables of population, and where their areas are.
mod population;
// What is private and what is public, as a table of cases that import and redaction both answer.
mod privacy_cases;
// Lists that were once misread.
mod regression;
// Exports imported again.
mod round_trip;
// The committed sample city is what its source tables give.
mod sample;
// The words of a city, in one table.
mod words;
// Set-up: the sample city, imported as the command line does.
mod sample_city;
// Schedules in the words of those who run them.
mod schedule;
// Nothing private in a thousand rows is in any public byte.
mod secrets;
// Districts drawn from towns.
mod sketch;
// The database.
mod store;
// Vector tiles and their archive.
mod tiles;
// Places edited in a workbook: any places, any edits, every version of the format.
mod workbook;
