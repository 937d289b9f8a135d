//! What planners may know: where something is missing. This module does no I/O.

pub mod unmet;
