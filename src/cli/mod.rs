//! The command line: parses arguments, runs a command and prints its result in the user's language.
//!
//! It holds no domain rules. Results go to standard output, everything else to standard error; a closed pipe (`| head`) ends
//! the command silently. Exit codes: 0 fine, 1 some rows have errors, 2 refused or wrong use.

pub mod args;
mod check;
mod checkout;
mod city_content;
mod districts;
mod doctor;
mod escape;
mod export;
mod export_folder;
mod export_workbook;
mod failure;
mod find;
mod finding;
mod gaps;
mod help;
mod import;
mod init;
mod inputs;
mod log;
mod messages;
mod output;
mod progress;
mod reading_process;
mod report_text;
mod results;
mod sample;
mod schedule;
mod serve;
mod unmet;
mod user;
mod verify_db;

use std::ffi::OsString;
use std::io::{self, BufWriter, StdoutLock};
use std::path::{Path, PathBuf};

use self::help::EarlyExit;
use args::{Command, CommonArgs, DistrictsCommand, ExportCommand, ImportCommand, LogFormat};
pub use failure::Failure;
use output::{Output, print_to_stderr};
pub use serve::{ReadyServer, ServerEnding};

use chrono::Utc;

use crate::config::{Config, DataFolders};
use crate::editor::ImportAuthor;
use crate::import::{ImportedFile, Severity};
use crate::model::{Language, Messages};
use crate::schedule::holidays;

/// Buffered standard output, where commands print their results.
type StdoutWriter = Output<BufWriter<StdoutLock<'static>>>;

/// Exit status of a command; its number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// No errors.
    Fine,
    /// Some rows have errors.
    SomeErrors,
    /// A file or the whole command was refused, or the arguments are invalid.
    Refused,
}

impl ExitStatus {
    /// Status of a command that has read `import`.
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

/// What is left to do after [`start`].
#[derive(Debug)]
pub enum AfterParsing {
    /// Nothing: the command has run.
    Done(ExitStatus),
    /// Run the server until a signal stops it.
    Serve(Box<ReadyServer>),
}

/// Settings of every command, from its options and the environment.
#[derive(Debug, Clone)]
pub struct CommandContext {
    /// Path of the database.
    pub db: PathBuf,
    /// The data folders, the most general first.
    pub data: DataFolders,
    /// Whether the data folder was given explicitly, so that it must exist.
    pub data_named: bool,
    /// The message catalogue in the user's language.
    pub messages: &'static Messages,
    /// Whether standard error holds JSON logs only, for a log collector.
    pub logs_only: bool,
    /// Whether this is the process of `reading_process`, which bounds itself before it reads.
    pub is_reader: bool,
}

impl CommandContext {
    /// The options that a next command needs too, so that it can be copied: folders and database, unless they are the usual ones,
    /// each behind a space.
    pub fn named_options(&self) -> String {
        let folders = self.data.all().iter().filter(|folder| folder.as_path() != Path::new("data"));
        let database = Some(&self.db).filter(|db| db.as_path() != Path::new("tsunagari.sqlite"));
        let database = database.map(|db| format!(" --db {}", db.display()));
        folders.map(|folder| format!(" --data {}", folder.display())).chain(database).collect()
    }

    /// The configuration of the data folder. Without a data folder, unless one was given, the built-in one, so that lists can
    /// be checked before anything is set up.
    ///
    /// # Errors
    ///
    /// If the data folder was given and is missing, or a file in it is invalid.
    pub fn config(&self) -> Result<Config, Failure> {
        if !self.data_named && !self.data.own().exists() {
            return Ok(Config::built_in());
        }
        self.load_config()
    }

    /// The configuration of the data folder, which must exist. From here on its holidays are those of this process.
    ///
    /// # Errors
    ///
    /// If the folder is missing, or a file in it is invalid.
    pub fn load_config(&self) -> Result<Config, Failure> {
        let config = Config::load_layers(&self.data)?;
        if !config.holidays.is_empty() {
            holidays::announce(&config.holidays);
        }
        Ok(config)
    }

    /// Whether a data folder that was given explicitly has the file `name`.
    pub fn has_in_layer(&self, name: &str) -> bool {
        self.data_named && self.data.find(name).is_some()
    }

    /// The configuration as [`config`](Self::config) gives it, for a command that reads `files` lists: from here on this
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

    /// Prints the message under `key` on standard error, as a log line where that holds logs only.
    pub fn report(&self, key: &str, values: &[(&str, &str)]) {
        let sentence = self.messages.fill(key, values);
        if self.logs_only {
            tracing::info!("{sentence}");
        } else {
            print_to_stderr(&sentence);
        }
    }
}

/// The whole command line with its texts in `language`, for manual pages and completions.
pub fn command(language: Language) -> clap::Command {
    help::command(messages::cli_messages(language))
}

/// Parses `arguments` (the program's name first) and runs the command.
pub fn start(arguments: &[OsString]) -> AfterParsing {
    if let Some(exit) = reading_process::read_upload_here(arguments) {
        return AfterParsing::Done(exit);
    }
    let environment = |name: &str| std::env::var(name).ok();
    let messages = messages::cli_messages(messages::language(arguments, environment));
    let stdout = io::stdout().lock();
    let terminal = io::IsTerminal::is_terminal(&stdout);
    let mut out = Output::new(BufWriter::new(stdout)).for_terminal(terminal);
    let parsed = match help::parse(arguments, messages) {
        Ok(parsed) => parsed,
        Err(EarlyExit::Requested(text)) => {
            return finish(out.bytes(text.as_bytes()).map(|()| ExitStatus::Fine), out, messages);
        }
        Err(EarlyExit::Wrong(text)) => {
            print_to_stderr(text.trim_end());
            return AfterParsing::Done(ExitStatus::Refused);
        }
    };
    print_places_of_panics(messages);
    let is_reader = reading_process::is_reader(arguments);
    let context = CommandContext { is_reader, ..command_context(&parsed.common, messages) };
    if let Command::Serve(serve) = &parsed.command {
        serve::start_log(parsed.common.log_format);
        let context = CommandContext { logs_only: parsed.common.log_format == LogFormat::Json, ..context };
        return match serve::prepare(&context, serve) {
            Ok(ready) => AfterParsing::Serve(Box::new(ready)),
            Err(failure) => finish(Err(failure), out, messages),
        };
    }
    let done = run_in_reader(&context, &parsed.command, arguments);
    let outcome = done.unwrap_or_else(|| run(&context, &parsed.command, &mut out));
    finish(outcome, out, messages)
}

/// Lets a panic print where it happened and nothing else: its message may quote a list. `serve` logs it instead.
fn print_places_of_panics(messages: &'static Messages) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        print_to_stderr(&messages.fill("error.panic", &[("place", &place)]));
    }));
}

/// Runs a command that reads lists in a process of its own; `None` if it is to be run here.
fn run_in_reader(
    context: &CommandContext,
    command: &Command,
    arguments: &[OsString],
) -> Option<Result<ExitStatus, Failure>> {
    if context.is_reader
        || !matches!(command, Command::Check(_) | Command::Import(_) | Command::Districts(_) | Command::Init(_))
    {
        return None;
    }
    reading_process::run(arguments, || context.config().map(|config| config.city.limits).unwrap_or_default())
}

fn command_context(common: &CommonArgs, messages: &'static Messages) -> CommandContext {
    let named = |given: &Option<PathBuf>, variable: &str| {
        let from_environment = || std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        given.clone().or_else(from_environment)
    };
    let data = data_folders(common);
    CommandContext {
        db: named(&common.db, "TSUNAGARI_DB").unwrap_or_else(|| PathBuf::from("tsunagari.sqlite")),
        data_named: data.is_some(),
        data: DataFolders::new(data.unwrap_or_else(|| vec![PathBuf::from("data")])),
        messages,
        logs_only: false,
        is_reader: false,
    }
}

/// The folders of `--data`, else of the environment, where a colon stands between them.
fn data_folders(common: &CommonArgs) -> Option<Vec<PathBuf>> {
    if !common.data.is_empty() {
        return Some(common.data.clone());
    }
    let given = std::env::var_os("TSUNAGARI_DATA").filter(|value| !value.is_empty())?;
    Some(std::env::split_paths(&given).filter(|folder| !folder.as_os_str().is_empty()).collect())
}

fn run(context: &CommandContext, command: &Command, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    match command {
        Command::Serve(_) => Ok(ExitStatus::Fine),
        Command::Check(check) => check::run(context, check, out),
        Command::Import(import) => match &import.what {
            ImportCommand::Places(places) => import::places::run(context, places, out),
            ImportCommand::LinkWorkers(workers) => import::link_workers::run(context, workers, out),
            ImportCommand::Population(population) => import::population::run(context, population, out),
            ImportCommand::Unmet(unmet) => import::unmet::run(context, unmet, out),
            ImportCommand::Districts(file) => import::regions::districts(context, &file.file, out),
            ImportCommand::Boundary(file) => import::regions::boundary(context, &file.file, out),
            ImportCommand::Gazetteer(file) => import::regions::gazetteer(context, &file.file, out),
            ImportCommand::Basemap(basemap) => import::basemap::run(context, &basemap.files, out),
        },
        Command::Doctor(doctor) => doctor::run(context, doctor, out),
        Command::Init(init) => init::run(context, init, out),
        Command::Sample(sample) => sample::run(context, &sample.what, out),
        Command::Find(find) => find::run(context, find, out),
        Command::Districts(what) => match &what.what {
            DistrictsCommand::Sketch(sketch) => districts::run(context, sketch, out),
        },
        Command::Gaps(gaps) => gaps::run(context, gaps, out),
        Command::Unmet(args) => unmet::run(context, args, out),
        Command::Results(args) => results::run(context, args, out),
        Command::Export(export) => match &export.format {
            Some(ExportCommand::Xlsx(places)) => {
                export_workbook::run(context, (places, export.file.is_some()), export.audience(), out)
            }
            _ => export::export(context, export, out),
        },
        Command::User(args) => user::run(context, &args.what, out),
        Command::Backup(backup) => export::backup(context, backup),
        Command::VerifyDb => verify_db::run(context, out),
        Command::Schedule(phrase) => schedule::run(context, phrase, out),
    }
}

/// Who runs this command, by the operating system; empty where it does not say.
fn user_name() -> String {
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// Who runs this command, for the audit log.
fn import_author() -> ImportAuthor {
    ImportAuthor { by: user_name(), clock: Utc::now }
}

/// Flushes standard output and prints the failure, if any.
fn finish(outcome: Result<ExitStatus, Failure>, out: StdoutWriter, messages: &Messages) -> AfterParsing {
    let exit = outcome.and_then(|exit| out.finish(exit)).unwrap_or_else(|failure| {
        print_to_stderr(&failure.message(messages));
        ExitStatus::Refused
    });
    AfterParsing::Done(exit)
}
