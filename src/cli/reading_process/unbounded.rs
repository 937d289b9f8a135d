//! In place of `bounded` where the system has no bounds per process as Unix has them: lists are read in the command's own
//! process, within the bounds of `import` alone. Not tried anywhere yet.

use std::ffi::OsString;

use crate::cli::{ExitStatus, Failure};
use crate::model::ReadingLimits;

/// No process is the child that reads.
pub fn is_reader(_: &[OsString]) -> bool {
    false
}

/// No child is started.
pub fn run(_: &[OsString], _: impl FnOnce() -> ReadingLimits) -> Option<Result<ExitStatus, Failure>> {
    None
}

/// No child can be started.
pub(super) fn reader_command() -> Option<std::process::Command> {
    None
}

/// Nothing is bounded.
pub fn bound_this_process(_: &ReadingLimits, _: usize) {}
