//! Reads lists in a process of its own, which the system bounds in memory and processor time.
//!
//! The bounds within `import` keep known attacks out; this one holds for what nobody thought of. A failed allocation aborts
//! a Rust program, and stable Rust has no hook for it, so that the process cannot report its own end: `check` and `import`
//! start the program again, as a child that bounds itself, and report its end in a sentence. A transaction that the child
//! had open is rolled back by the database, as after a power cut.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, IsTerminal as _, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Command, ExitStatus as ProcessStatus, Stdio};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::cli::{ExitStatus, Failure};
use crate::model::ReadingLimits;

/// The name under which the child runs; lists of processes show it.
pub(super) const READER: &str = "tsunagari-reader";

/// Nothing is optimised in a debug build, so that it needs more time for the same work.
const SLOWER: u64 = if cfg!(debug_assertions) { 10 } else { 1 };

/// Signals by which the system ends a process that exceeds a bound: its time, or (abort, bus error, kill, fault) its memory.
const OUT_OF_TIME: i32 = 24;
const OUT_OF_MEMORY: [i32; 4] = [6, 7, 9, 11];

/// Whether this process is the child that reads.
pub fn is_reader(arguments: &[OsString]) -> bool {
    arguments.first().is_some_and(|name| name == READER)
}

/// Runs the command in a child and waits for its end; `None` if no child could be started. `limits` are for the message.
pub fn run(arguments: &[OsString], limits: impl FnOnce() -> ReadingLimits) -> Option<Result<ExitStatus, Failure>> {
    let mut command = reader_command()?;
    command.args(arguments.get(1..)?);
    // A terminal is handed on, since the child draws its progress there.
    if !io::stderr().is_terminal() {
        command.stderr(Stdio::piped());
    }
    let mut child = command.spawn().ok()?;
    if let Some(errors) = child.stderr.take() {
        hand_on(BufReader::new(errors));
    }
    let status = child.wait().ok()?;
    Some(outcome(status, limits))
}

/// A command that starts the program again as the child that reads.
pub(super) fn reader_command() -> Option<Command> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    command.arg0(READER);
    Some(command)
}

/// Copies what the child reports to standard error, without the runtime's own lines on a failed allocation.
fn hand_on(mut errors: impl BufRead) {
    let mut line = Vec::new();
    while errors.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let is_of_runtime = line.starts_with(b"memory allocation of ") || line.starts_with(b"note: run with `RUST_");
        if !is_of_runtime {
            // A closed standard error is no reason to stop the child.
            let _ = io::stderr().write_all(&line);
        }
        line.clear();
    }
}

fn outcome(status: ProcessStatus, limits: impl FnOnce() -> ReadingLimits) -> Result<ExitStatus, Failure> {
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(ExitStatus::Fine),
        (Some(1), _) => Ok(ExitStatus::SomeErrors),
        (None, Some(OUT_OF_TIME)) => {
            Err(Failure::new("error.out_of_time", &[("limit", &limits().cpu_seconds.to_string())]))
        }
        (None, Some(signal)) if OUT_OF_MEMORY.contains(&signal) => {
            Err(Failure::new("error.out_of_memory", &[("limit", &limits().memory_mb.to_string())]))
        }
        (None, Some(signal)) => Err(Failure::new("error.reader_ended", &[("signal", &signal.to_string())])),
        // It has printed why.
        _ => Ok(ExitStatus::Refused),
    }
}

/// Bounds this process, which is about to read `files` files, and ends it with its parent.
pub fn bound_this_process(limits: &ReadingLimits, files: usize) {
    let seconds = limits.cpu_seconds.saturating_mul(SLOWER).saturating_mul(files.max(1) as u64);
    lower(Resource::As, limits.memory_mb.saturating_mul(1 << 20));
    lower(Resource::Cpu, seconds.saturating_add(used_seconds()));
    // A core dump would hold the list's text.
    lower(Resource::Core, 0);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// Lowers the soft bound on `resource`. A bound that was lower already stays, and a system without it goes without.
fn lower(resource: Resource, to: u64) {
    let Rlimit { current, maximum } = getrlimit(resource);
    if current.is_none_or(|current| current > to) {
        let _ = setrlimit(resource, Rlimit { current: Some(to), maximum });
    }
}

/// Seconds of processor time that this process has used so far.
fn used_seconds() -> u64 {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    u64::try_from(used.tv_sec).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_child_is_the_end_of_the_command_or_a_sentence_that_names_the_bound() {
        let end = |raw| outcome(ProcessStatus::from_raw(raw), ReadingLimits::default);
        assert_eq!(end(0), Ok(ExitStatus::Fine));
        assert_eq!(end(1 << 8), Ok(ExitStatus::SomeErrors));
        assert_eq!(end(2 << 8), Ok(ExitStatus::Refused));
        assert_eq!(end(101 << 8), Ok(ExitStatus::Refused));
        assert_eq!(end(6), Err(Failure::new("error.out_of_memory", &[("limit", "512")])));
        assert_eq!(end(9), Err(Failure::new("error.out_of_memory", &[("limit", "512")])));
        assert_eq!(end(24), Err(Failure::new("error.out_of_time", &[("limit", "10")])));
        assert_eq!(end(15), Err(Failure::new("error.reader_ended", &[("signal", "15")])));
    }
}
