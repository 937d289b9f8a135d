//! Standard output and standard error. A broken pipe (`| head`) is no error: further output is discarded silently.

use std::io::{self, Write};

use super::{ExitStatus, Failure};

/// A writer for the results of commands that tolerates a broken pipe.
#[derive(Debug)]
pub struct Output<W> {
    sink: W,
    closed: bool,
}

impl<W: Write> Output<W> {
    /// Writes to `sink`.
    pub fn new(sink: W) -> Self {
        Self { sink, closed: false }
    }

    /// Writes one line.
    ///
    /// # Errors
    ///
    /// If it cannot be written, unless the pipe is broken.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }

    /// Writes bytes as they are.
    ///
    /// # Errors
    ///
    /// If they cannot be written, unless the pipe is broken.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        self.sink.write_all(bytes).or_else(|error| self.check_broken_pipe(&error))
    }

    /// Flushes the buffer at the end of a command and returns its status `exit`.
    ///
    /// # Errors
    ///
    /// If it cannot be written, unless the pipe is broken.
    pub fn finish(mut self, exit: ExitStatus) -> Result<ExitStatus, Failure> {
        self.sink.flush().or_else(|error| self.check_broken_pipe(&error))?;
        Ok(exit)
    }

    fn check_broken_pipe(&mut self, error: &io::Error) -> Result<(), Failure> {
        self.closed = error.kind() == io::ErrorKind::BrokenPipe;
        if self.closed { Ok(()) } else { Err(Failure::new("error.output", &[("reason", &error.to_string())])) }
    }
}

/// Prints one line on standard error and ignores a failure: there is no other place to report it.
pub fn print_to_stderr(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A line of JSON, its keys in the order of the type.
///
/// # Errors
///
/// None in practice: the types printed consist of strings and numbers.
pub fn json(line: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(line).map_err(|error| Failure::new("error.output", &[("reason", &error.to_string())]))
}
