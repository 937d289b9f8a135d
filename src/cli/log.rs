//! The log of `serve`: gathered in memory and written by a thread of its own, so that no request waits for standard error.
//!
//! A line is written within a tenth of a second, a warning or an error at once, with all that was logged before it. What is still
//! gathered is written when the server ends ([`flush`]) and before anything else is printed there.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

use super::escape::{EscapeStyle, printable};

/// How long a line waits to be written at most.
const INTERVAL: Duration = Duration::from_millis(100);
/// So much may wait, in bytes; whoever logs more writes it, as slow as the reader of the log may be.
const CAPACITY: usize = 256 << 10;

/// The lines that wait to be written.
static WAITING: LogBuffer = LogBuffer {
    lines: Mutex::new(Vec::new()),
    has_lines: Condvar::new(),
    in_turn: Mutex::new(()),
    has_thread: AtomicBool::new(false),
};

struct LogBuffer {
    lines: Mutex<Vec<u8>>,
    has_lines: Condvar,
    /// Held while lines are taken out and written, so that they come out in order.
    in_turn: Mutex<()>,
    /// Whether a thread writes what waits; without one, every line is written at once.
    has_thread: AtomicBool,
}

/// Starts the thread that writes what is logged.
pub fn start_writing() {
    let write = || {
        loop {
            WAITING.wait();
            std::thread::sleep(INTERVAL);
            flush();
        }
    };
    let started = std::thread::Builder::new().name("log".to_owned()).spawn(write);
    WAITING.has_thread.store(started.is_ok(), Ordering::Relaxed);
}

/// Writes what waits.
pub fn flush() {
    let _in_turn = WAITING.in_turn.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = std::mem::take(&mut *WAITING.lines.lock().unwrap_or_else(PoisonError::into_inner));
    // A closed standard error must neither stop the server nor cause a panic.
    let _ = io::stderr().lock().write_all(&lines);
}

impl LogBuffer {
    /// Waits until there are lines.
    fn wait(&self) {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.has_lines.wait_while(lines, |lines| lines.is_empty()).unwrap_or_else(PoisonError::into_inner));
    }

    fn add(&self, line: &str, is_urgent: bool) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = lines.is_empty();
        lines.extend_from_slice(line.as_bytes());
        lines.push(b'\n');
        let is_full = lines.len() > CAPACITY;
        drop(lines);
        if is_urgent || is_full || !self.has_thread.load(Ordering::Relaxed) {
            flush();
        } else if is_first {
            self.has_lines.notify_one();
        }
    }
}

/// Where the events of the log go, one line each, made [`printable`]: also a line break within one, which would begin a line that
/// looks like another event.
#[derive(Debug, Clone, Copy)]
pub struct LogLines(pub EscapeStyle);

impl<'a> MakeWriter<'a> for LogLines {
    type Writer = LogLine;

    fn make_writer(&'a self) -> LogLine {
        LogLine { style: self.0, is_urgent: true }
    }

    fn make_writer_for(&'a self, event: &Metadata<'_>) -> LogLine {
        LogLine { style: self.0, is_urgent: *event.level() <= Level::WARN }
    }
}

/// One event of the log.
#[derive(Debug)]
pub struct LogLine {
    style: EscapeStyle,
    is_urgent: bool,
}

impl Write for LogLine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let event = String::from_utf8_lossy(bytes);
        let line = event.strip_suffix('\n').unwrap_or(&event);
        if line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            WAITING.add(line, self.is_urgent);
        } else {
            WAITING.add(&printable(&line.replace('\n', "<U+000A>"), self.style), self.is_urgent);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
