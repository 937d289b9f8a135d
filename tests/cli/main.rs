//! The program as a person runs it: the binary, files made on the spot, what it prints and how it ends.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod check;
mod import;
mod language;
mod link_workers;
mod run;
mod schedule;
mod serve;
mod unmet;
