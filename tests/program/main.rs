//! The program as a person runs it: the binary, files made on the spot, what it prints and how it ends.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails must fail the test")]

// Accounts beside a running server, and the verification of a database.
mod accounts;
// Hostile files, against the bounds on memory and time.
mod attack;
// Districts without outlines.
mod districts;
// `check`: a report for people and for programs.
mod check;
// Another municipality from published files: nothing of the sample is in any byte.
mod another_town;
// `doctor`: planted mistakes, and a right folder.
mod doctor;
// The papers, held true by the code and by `--help`.
mod docs;
// Requests to a server that may be gone.
mod exchange;
// Exports, and their way back.
mod export;
// A full disk, a locked database, damage.
mod faults;
// `import population` and `gaps`.
mod gaps;
// `import`: lists, districts, outlines and towns.
mod import;
// `init`: a municipality's data folder from published files.
mod init;
// Edits that the public may not see leave no trace for it.
mod hidden_edits;
// An import that is killed at any moment.
mod kill;
// The other commands, killed at any moment.
mod killed_commands;
// Both languages: help, wrong use, wrong settings.
mod language;
// `import link-workers`.
mod link_workers;
// A crowd of slow clients: memory, and how long a visitor waits.
mod load;
// The papers for newcomers: each of their commands.
mod papers;
// Nothing of a person is left behind in any byte that the program wrote.
// The service and its tiles as other programs read them.
mod ogc;
// Planners' numbers over time and across the border.
mod planning_history;
// docs/planning.md: from published files to a paper for the council.
mod planning_walk;
mod privacy;
// Lists as municipalities publish them, judged by their right readings.
mod published_lists;
// What went wrong once when the running program was attacked.
mod regression;
// The database is deleted, emptied or replaced under a running server.
mod replaced;
// Set-up: the binary in a folder of its own.
mod run;
// The sample never mixes with a municipality's own lists.
mod sample;
// `schedule`: from words to dates.
mod schedule;
// Nothing private is in any byte that is public.
mod secrets;
// Set-up: a running server.
mod served;
// `serve`: the first start, the signals, the addresses.
mod serve;
// What the program is built from.
mod supply_chain;
// `results`: what became of referrals.
mod results;
// `unmet`: the planners' numbers.
mod unmet;
// Workbooks that come home in a browser.
mod uploads;
// Places edited in Excel: out, edited in every way, and home.
mod workbook;
