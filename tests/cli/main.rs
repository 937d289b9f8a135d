//! The program as a person runs it: the binary, files made on the spot, what it prints and how it ends.

mod check;
mod import;
mod language;
mod run;
mod serve;
