//! What the sources may name of each other, of disks and of clocks (ARCHITECTURE.md, "Direction").

// Which part may name which, and what a part must not name at all.
mod arrows;
// No two files use each other.
mod circles;
// The files of `src`.
pub mod sources;
// What each file names of the others.
mod uses;
