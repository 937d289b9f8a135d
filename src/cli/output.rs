//! Standard output and standard error. Who closes the pipe (`| head`) has seen enough: that ends the command in silence.

use std::io::{self, Write};

use super::{ExitStatus, Failure};

/// Where answers go.
#[derive(Debug)]
pub struct Output<W> {
    sink: W,
    closed: bool,
}

impl<W: Write> Output<W> {
    /// Writes answers to `sink`.
    pub fn new(sink: W) -> Self {
        Self { sink, closed: false }
    }

    /// Writes one line.
    ///
    /// # Errors
    ///
    /// If it cannot be written, unless the reader has gone.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }

    /// Writes bytes as they are.
    ///
    /// # Errors
    ///
    /// If they cannot be written, unless the reader has gone.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        self.sink.write_all(bytes).or_else(|error| self.note(&error))
    }

    /// Hands on what is still buffered, at the end of a command that ended with `exit`.
    ///
    /// # Errors
    ///
    /// If it cannot be written, unless the reader has gone.
    pub fn finish(mut self, exit: ExitStatus) -> Result<ExitStatus, Failure> {
        self.sink.flush().or_else(|error| self.note(&error))?;
        Ok(exit)
    }

    fn note(&mut self, error: &io::Error) -> Result<(), Failure> {
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
/// None in practice: what is printed is made of texts and numbers.
pub fn json(line: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(line).map_err(|error| Failure::new("error.output", &[("reason", &error.to_string())]))
}
