//! The command line: reads arguments, touches files and the database through the parts that may, and speaks to people.
//!
//! It holds no rules of its own. Standard output carries answers, standard error everything else; a reader of the answer
//! that has gone (`| head`) ends the command in silence. Exit codes: 0 fine, 1 some rows have errors, 2 refused or wrong use.

pub mod args;
mod check;
mod diff;
mod export;
mod failure;
mod find;
mod furnish;
mod human;
mod import;
mod inputs;
mod knowledge;
mod output;
mod progress;
mod regions;
mod serve;
mod usage;
mod words;

use std::ffi::OsString;
use std::io::{self, BufWriter, StdoutLock};
use std::path::PathBuf;

use args::{Command, Common, ImportWhat};
pub use failure::Failure;
use output::{Output, say};
pub use serve::{Ending, Ready};
use usage::Instead;
pub use words::Words;

/// Standard output, as commands write to it.
type Out = Output<BufWriter<StdoutLock<'static>>>;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to complain about.
    Fine,
    /// Some rows have errors.
    SomeErrors,
    /// Refused, or used in a wrong way.
    Refused,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What is left to do after the command line was read.
#[derive(Debug)]
pub enum Next {
    /// Nothing.
    Done(Exit),
    /// To serve, until told to stop.
    Serve(Box<Ready>),
}

/// What every command works with.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The database.
    pub db: PathBuf,
    /// The data folder.
    pub data: PathBuf,
    /// The language it speaks.
    pub words: Words,
}

/// Reads `arguments` (the program's name first) and does what they say.
pub fn start(arguments: &[OsString]) -> Next {
    let environment = |name: &str| std::env::var(name).ok();
    let words = Words::new(words::language(arguments, environment));
    let mut out = Output::new(BufWriter::new(io::stdout().lock()));
    let read = match usage::read(arguments, &words) {
        Ok(read) => read,
        Err(Instead::Asked(text)) => {
            return finish(out.bytes(text.as_bytes()).map(|()| Exit::Fine), out, &words);
        }
        Err(Instead::Wrong(text)) => {
            say(text.trim_end());
            return Next::Done(Exit::Refused);
        }
    };
    let desk = desk(&read.common, words);
    if let Command::Serve(serve) = &read.command {
        serve::log(read.common.log_format);
        return match serve::prepare(&desk, serve) {
            Ok(ready) => Next::Serve(Box::new(ready)),
            Err(failure) => finish(Err(failure), out, &words),
        };
    }
    let done = run(&desk, &read.command, &mut out);
    finish(done, out, &words)
}

fn desk(common: &Common, words: Words) -> Desk {
    let place = |given: &Option<PathBuf>, variable: &str, default: &str| {
        let from_environment = || std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        given.clone().or_else(from_environment).unwrap_or_else(|| PathBuf::from(default))
    };
    Desk {
        db: place(&common.db, "TSUNAGARI_DB", "tsunagari.sqlite"),
        data: place(&common.data, "TSUNAGARI_DATA", "data"),
        words,
    }
}

fn run(desk: &Desk, command: &Command, out: &mut Out) -> Result<Exit, Failure> {
    match command {
        Command::Serve(_) => Ok(Exit::Fine),
        Command::Check(check) => check::run(desk, check, out),
        Command::Import(import) => match &import.what {
            ImportWhat::Places(places) => import::run(desk, places, out),
            ImportWhat::Districts(file) => regions::districts(desk, &file.file, out),
            ImportWhat::Boundary(file) => regions::boundary(desk, &file.file, out),
            ImportWhat::Gazetteer(file) => regions::gazetteer(desk, &file.file, out),
        },
        Command::Find(find) => find::run(desk, find, out),
        Command::Export(export) => export::export(desk, export, out),
        Command::Backup(backup) => export::backup(desk, backup),
    }
}

fn finish(done: Result<Exit, Failure>, out: Out, words: &Words) -> Next {
    let exit = done.and_then(|exit| out.finish(exit)).unwrap_or_else(|failure| {
        say(&failure.message(words));
        Exit::Refused
    });
    Next::Done(exit)
}
