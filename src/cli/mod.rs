//! The command line: reads arguments, touches files and the database through the parts that may, and speaks to people.
//!
//! It holds no rules of its own. Standard output carries answers, standard error everything else; a reader of the answer
//! that has gone (`| head`) ends the command in silence. Exit codes: 0 fine, 1 some rows have errors, 2 refused or wrong use.

pub mod args;
mod check;
mod export;
mod failure;
mod find;
mod help;
mod import;
mod inputs;
mod messages;
mod output;
mod progress;
mod reading_process;
mod report_text;
mod schedule;
mod serve;
mod unmet;

use std::ffi::OsString;
use std::io::{self, BufWriter, StdoutLock};
use std::path::PathBuf;

use self::help::EarlyExit;
use args::{Command, CommonArgs, ImportCommand, LogFormat};
pub use failure::Failure;
use output::{Output, print_to_stderr};
pub use serve::{ReadyServer, ServerEnding};

use crate::config::Config;
use crate::import::{ImportedFile, Severity};
use crate::model::Messages;

/// Standard output, as commands write to it.
type StdoutWriter = Output<BufWriter<StdoutLock<'static>>>;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// Nothing to complain about.
    Fine,
    /// Some rows have errors.
    SomeErrors,
    /// Refused, or used in a wrong way.
    Refused,
}

impl ExitStatus {
    /// How a command ends that read `import`.
    fn of_import<T>(import: &ImportedFile<T>) -> Self {
        if import.refused.is_some() {
            return Self::Refused;
        }
        if import.has(Severity::Error) { Self::SomeErrors } else { Self::Fine }
    }
}

impl From<ExitStatus> for std::process::ExitCode {
    fn from(exit: ExitStatus) -> Self {
        Self::from(exit as u8)
    }
}

/// What is left to do after the command line was read.
#[derive(Debug)]
pub enum AfterParsing {
    /// Nothing.
    Done(ExitStatus),
    /// To serve, until a signal stops it.
    Serve(Box<ReadyServer>),
}

/// What every command works with.
#[derive(Debug, Clone)]
pub struct CommandContext {
    /// The database.
    pub db: PathBuf,
    /// The data folder.
    pub data: PathBuf,
    /// Whether somebody named the data folder, so that it must be there.
    pub data_named: bool,
    /// The language it speaks.
    pub words: &'static Messages,
    /// Whether a log collector reads standard error rather than a person.
    pub logs_only: bool,
    /// Whether this is the process of `reading_process`, which bounds itself before it reads.
    pub is_reader: bool,
}

impl CommandContext {
    /// The settings; where there is no data folder and nobody named one, those that are built in: reading lists must work
    /// before anything is set up.
    ///
    /// # Errors
    ///
    /// If there is a data folder, or should be one, and it cannot be used.
    pub fn config(&self) -> Result<Config, Failure> {
        if !self.data_named && !self.data.exists() {
            return Ok(Config::built_in());
        }
        Ok(Config::load(&self.data)?)
    }

    /// The settings as [`config`](Self::config) gives them, for a command that reads `files` lists: from here on this
    /// process is bounded, if it is the one that reads.
    ///
    /// # Errors
    ///
    /// As [`config`](Self::config).
    pub fn config_for_reading(&self, files: usize) -> Result<Config, Failure> {
        let config = self.config()?;
        if self.is_reader {
            reading_process::bound_this_process(&config.city.limits, files);
        }
        Ok(config)
    }

    /// Prints the message under `key` on standard error: to a person, or as a log where only logs may stand there.
    pub fn report(&self, key: &str, values: &[(&str, &str)]) {
        let sentence = self.words.fill(key, values);
        if self.logs_only {
            tracing::info!("{sentence}");
        } else {
            print_to_stderr(&sentence);
        }
    }
}

/// Reads `arguments` (the program's name first) and does what they say.
pub fn start(arguments: &[OsString]) -> AfterParsing {
    let environment = |name: &str| std::env::var(name).ok();
    let words = messages::cli_messages(messages::language(arguments, environment));
    let mut out = Output::new(BufWriter::new(io::stdout().lock()));
    let read = match help::read(arguments, words) {
        Ok(read) => read,
        Err(EarlyExit::Asked(text)) => {
            return finish(out.bytes(text.as_bytes()).map(|()| ExitStatus::Fine), out, words);
        }
        Err(EarlyExit::Wrong(text)) => {
            print_to_stderr(text.trim_end());
            return AfterParsing::Done(ExitStatus::Refused);
        }
    };
    print_places_of_panics(words);
    let desk = CommandContext { is_reader: reading_process::is_reader(arguments), ..desk(&read.common, words) };
    if let Command::Serve(serve) = &read.command {
        serve::log(read.common.log_format);
        let desk = CommandContext { logs_only: read.common.log_format == LogFormat::Json, ..desk };
        return match serve::prepare(&desk, serve) {
            Ok(ready) => AfterParsing::Serve(Box::new(ready)),
            Err(failure) => finish(Err(failure), out, words),
        };
    }
    let done = in_reader(&desk, &read.command, arguments).unwrap_or_else(|| run(&desk, &read.command, &mut out));
    finish(done, out, words)
}

/// Lets a panic print where it happened and nothing else: its message may quote a list. `serve` logs it instead.
fn print_places_of_panics(words: &'static Messages) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        print_to_stderr(&words.fill("error.panic", &[("place", &place)]));
    }));
}

/// Runs a command that reads lists in a process of its own; `None` if it is to be run here.
fn in_reader(desk: &CommandContext, command: &Command, arguments: &[OsString]) -> Option<Result<ExitStatus, Failure>> {
    if desk.is_reader || !matches!(command, Command::Check(_) | Command::Import(_)) {
        return None;
    }
    reading_process::run(arguments, || desk.config().map(|config| config.city.limits).unwrap_or_default())
}

fn desk(common: &CommonArgs, words: &'static Messages) -> CommandContext {
    let named = |given: &Option<PathBuf>, variable: &str| {
        let from_environment = || std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        given.clone().or_else(from_environment)
    };
    let data = named(&common.data, "TSUNAGARI_DATA");
    CommandContext {
        db: named(&common.db, "TSUNAGARI_DB").unwrap_or_else(|| PathBuf::from("tsunagari.sqlite")),
        data_named: data.is_some(),
        data: data.unwrap_or_else(|| PathBuf::from("data")),
        words,
        logs_only: false,
        is_reader: false,
    }
}

fn run(desk: &CommandContext, command: &Command, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    match command {
        Command::Serve(_) => Ok(ExitStatus::Fine),
        Command::Check(check) => check::run(desk, check, out),
        Command::Import(import) => match &import.what {
            ImportCommand::Places(places) => import::places::run(desk, places, out),
            ImportCommand::LinkWorkers(workers) => import::link_workers::run(desk, workers, out),
            ImportCommand::Districts(file) => import::regions::districts(desk, &file.file, out),
            ImportCommand::Boundary(file) => import::regions::boundary(desk, &file.file, out),
            ImportCommand::Gazetteer(file) => import::regions::gazetteer(desk, &file.file, out),
        },
        Command::Find(find) => find::run(desk, find, out),
        Command::Unmet(asked) => unmet::run(desk, asked, out),
        Command::Export(export) => export::export(desk, export, out),
        Command::Backup(backup) => export::backup(desk, backup),
        Command::Schedule(phrase) => schedule::run(desk, phrase, out),
    }
}

fn finish(done: Result<ExitStatus, Failure>, out: StdoutWriter, words: &Messages) -> AfterParsing {
    let exit = done.and_then(|exit| out.finish(exit)).unwrap_or_else(|failure| {
        print_to_stderr(&failure.message(words));
        ExitStatus::Refused
    });
    AfterParsing::Done(exit)
}
