//! Gap analysis for planners: where something is missing. This module does no I/O.

pub mod unmet;
