//! Standard output and standard error. A broken pipe (`| head`) is no error: further output is discarded silently.
//!
//! What comes from a list may hold control characters that a terminal would obey, or that show a text otherwise than it is.
//! Every line for people goes through [`printable`] (escape injection).

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{ExitStatus, Failure};

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

/// Prints one line on standard error and ignores a failure: there is no other place to report it.
pub fn print_to_stderr(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", printable(text, EscapeStyle::Visible));
}

/// How [`printable`] writes a character that must not reach a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscapeStyle {
    /// For people: `<U+202E>`.
    Visible,
    /// Within a string of JSON, of which the value stays the same: `\u202e`.
    Json,
}

/// `text` without the characters that a terminal obeys or does not show: control characters (C0, C1), those of the direction
/// of writing (bidi) and those of no width. Line breaks and tabs stay. This is the one edge to what people read.
pub fn printable(text: &str, style: EscapeStyle) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unprintable(c) { escape(&mut out, c, style) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn escape(out: &mut String, c: char, style: EscapeStyle) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = match style {
        EscapeStyle::Visible => write!(out, "<U+{code:04X}>"),
        EscapeStyle::Json => c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}")),
    };
}

/// Not among them: variation selectors, which choose between forms of a kanji in names.
fn is_unprintable(c: char) -> bool {
    let invisible = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    invisible || c.is_control() && !matches!(c, '\n' | '\t')
}

/// Writes logs to standard error, one event at a time, made [`printable`]: also a line break within one, which would begin a
/// line that looks like another event.
#[derive(Debug)]
pub struct LogWriter(pub EscapeStyle);

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let event = String::from_utf8_lossy(bytes);
        let line = event.strip_suffix('\n').unwrap_or(&event).replace('\n', "<U+000A>");
        writeln!(io::stderr(), "{}", printable(&line, self.0))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
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
    fn nothing_that_a_terminal_obeys_is_printed() {
        for (text, shown) in [
            ("囲碁サロン\t毎週\n次", "囲碁サロン\t毎週\n次"),
            ("\u{1b}[2J", "<U+001B>[2J"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("\u{1b}]0;題\u{7}", "<U+001B>]0;題<U+0007>"),
            ("前\r後", "前<U+000D>後"),
            ("\u{202e}txt.exe", "<U+202E>txt.exe"),
            ("\u{2066}a\u{2069}", "<U+2066>a<U+2069>"),
            ("ひだ\u{200b}まり", "ひだ<U+200B>まり"),
            ("\u{feff}\u{7f}\0", "<U+FEFF><U+007F><U+0000>"),
            ("\u{e0041}", "<U+E0041>"),
            ("葛\u{e0100}城の辻\u{fe00}", "葛\u{e0100}城の辻\u{fe00}"),
        ] {
            assert_eq!(printable(text, EscapeStyle::Visible), shown, "{text:?}");
        }
    }

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
