//! Standard output and standard error. A broken pipe (`| head`) is no error: further output is discarded silently.
//!
//! What comes from a list may hold control characters that a terminal would obey, or that show a text otherwise than it is.
//! Every line for people goes through [`printable`] (escape injection).

use std::io::{self, Write};

use super::escape::{EscapeStyle, printable};
use super::{ExitStatus, Failure, log};

/// A writer for the results of commands that tolerates a broken pipe.
#[derive(Debug)]
pub struct Output<W> {
    sink: W,
    closed: bool,
    terminal: bool,
}

impl<W: Write> Output<W> {
    /// Writes to `sink`.
    pub fn new(sink: W) -> Self {
        Self { sink, closed: false, terminal: false }
    }

    /// The same for a sink that is a terminal: files that are written to it are made [`printable`] too.
    #[must_use]
    pub fn for_terminal(self, terminal: bool) -> Self {
        Self { terminal, ..self }
    }

    /// Writes one line.
    ///
    /// # Errors
    ///
    /// If it cannot be written, unless the pipe is broken.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(printable(text, EscapeStyle::Visible).as_bytes())?;
        self.bytes(b"\n")
    }

    /// Writes bytes as they are, to anything but a terminal.
    ///
    /// # Errors
    ///
    /// If they cannot be written, unless the pipe is broken.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let text = self.terminal.then(|| String::from_utf8_lossy(bytes));
        let printable = text.as_ref().map(|text| printable(text, EscapeStyle::Visible));
        let bytes = printable.as_ref().map_or(bytes, |text| text.as_bytes());
        self.sink.write_all(bytes).or_else(|error| self.check_broken_pipe(&error))
    }

    /// Shows what was written so far, before somebody is asked about it.
    ///
    /// # Errors
    ///
    /// If it cannot be written, unless the pipe is broken.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.sink.flush().or_else(|error| self.check_broken_pipe(&error))
    }

    /// Flushes the buffer at the end of a command and returns its status `exit`.
    ///
    /// # Errors
    ///
    /// If it cannot be written, unless the pipe is broken.
    pub fn finish(mut self, exit: ExitStatus) -> Result<ExitStatus, Failure> {
        self.flush()?;
        Ok(exit)
    }

    fn check_broken_pipe(&mut self, error: &io::Error) -> Result<(), Failure> {
        self.closed = error.kind() == io::ErrorKind::BrokenPipe;
        if self.closed { Ok(()) } else { Err(Failure::new("error.output", &[("reason", &error.to_string())])) }
    }
}

/// Prints one line on standard error, behind what was logged, and ignores a failure: there is no other place to report it.
pub fn print_to_stderr(text: &str) {
    log::flush();
    let _ = writeln!(io::stderr().lock(), "{}", printable(text, EscapeStyle::Visible));
}

/// A line of JSON, its keys in the order of the type.
///
/// # Errors
///
/// None in practice: the types printed consist of strings and numbers.
pub fn json(line: &impl serde::Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string(line);
    json.map(|json| printable(&json, EscapeStyle::Json).into_owned())
        .map_err(|error| Failure::new("error.output", &[("reason", &error.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_value_and_holds_no_such_character() {
        let value = "a\u{202e}b\u{9b}\u{200b}\u{e0041}\u{1b}\n";
        let line = json(&value).unwrap();
        assert!(line.is_ascii() && !line.contains('\u{1b}'), "{line}");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), value);
    }

    #[test]
    fn a_file_is_written_as_it_is_but_not_to_a_terminal() {
        let written = |terminal: bool| {
            let mut sink = Vec::new();
            Output::new(&mut sink).for_terminal(terminal).bytes("\u{1b}c".as_bytes()).unwrap();
            String::from_utf8(sink).unwrap()
        };
        assert_eq!((written(false).as_str(), written(true).as_str()), ("\u{1b}c", "<U+001B>c"));
    }
}
