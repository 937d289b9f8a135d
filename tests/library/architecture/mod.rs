//! What the sources may name of each other, of disks and of clocks (ARCHITECTURE.md, "Direction").

// Which part may name which, and what a part must not name at all.
mod arrows;
// The files of `src`.
pub mod sources;
