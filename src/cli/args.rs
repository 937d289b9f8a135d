//! What can be written on the command line. The words of the help are in `lang/`, see `usage`.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::model::{Audience, Month};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "tsunagari", version, arg_required_else_help = true)]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
pub struct Arguments {
    /// What every command understands.
    #[command(flatten)]
    pub common: CommonArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
pub struct CommonArgs {
    /// The database file.
    #[arg(long, global = true, value_name = "PATH")]
    pub db: Option<PathBuf>,
    /// The data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language of messages; `messages::language` finds it before clap reads the rest.
    #[arg(long, global = true, value_parser = PossibleValuesParser::new(["ja", "en"]), value_name = "ja|en")]
    pub lang: Option<String>,
    /// How logs are written to standard error.
    #[arg(long, global = true, value_enum, value_name = "text|json", default_value = "text")]
    pub log_format: LogFormat,
    /// Shows the help.
    #[arg(long, short, global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
    /// Shows the version.
    #[arg(long, short = 'V', action = ArgAction::Version)]
    pub version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the page and the API.
    Serve(ServeArgs),
    /// Reads lists and reports what to fix, without a database.
    Check(CheckArgs),
    /// Reads lists, districts, outlines and 大字 into the database.
    Import(ImportArgs),
    /// Finds places for a person.
    Find(FindArgs),
    /// Reports unmet needs, as far as disclosure control allows.
    Unmet(UnmetArgs),
    /// Writes the places as open data.
    Export(ExportArgs),
    /// Copies the database while it is in use.
    Backup(BackupArgs),
    /// Prints the next dates of a schedule phrase.
    Schedule(ScheduleArgs),
}

/// `serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Address and port of the internal address, for link workers.
    // The alias is the name of the first releases; it goes with the next one.
    #[arg(long, alias = "staff-listen", value_name = "ADDRESS:PORT")]
    pub internal_listen: Option<SocketAddr>,
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The lists.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// JSON Lines: one line per file, for workbooks one per data sheet.
    #[arg(long)]
    pub json: bool,
    /// What each column was taken for; a `.toml` among the files gives headings their meaning.
    #[arg(long)]
    pub columns: bool,
    /// Every row of every problem.
    #[arg(long)]
    pub all: bool,
    /// 大字 to place addresses with.
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
    /// The outline of the municipality.
    #[arg(long, value_name = "FILE")]
    pub boundary: Option<PathBuf>,
    /// The districts.
    #[arg(long, value_name = "FILE")]
    pub districts: Option<PathBuf>,
}

/// `import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// What to import.
    #[command(subcommand)]
    pub what: ImportCommand,
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// A new edition of a list.
    Places(ImportPlacesArgs),
    /// A new edition of a list of link workers.
    LinkWorkers(ImportLinkWorkersArgs),
    /// The districts.
    Districts(ImportFileArgs),
    /// The outline of the municipality.
    Boundary(ImportFileArgs),
    /// The 大字 with their positions.
    Gazetteer(ImportFileArgs),
}

/// `import places`
#[derive(Debug, Args)]
pub struct ImportPlacesArgs {
    /// The lists.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// JSON Lines: one line per file.
    #[arg(long)]
    pub json: bool,
    /// Reports what would change and writes nothing (dry run).
    #[arg(long)]
    pub dry_run: bool,
    /// Of which list this is the new edition.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// What headings of this list mean, as `columns.toml` has it; remembered for its next edition.
    #[arg(long = "columns", value_name = "FILE")]
    pub own_columns: Option<PathBuf>,
}

/// `import link-workers`
#[derive(Debug, Args)]
pub struct ImportLinkWorkersArgs {
    /// The lists.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// JSON Lines: one line per sheet and one per list.
    #[arg(long)]
    pub json: bool,
    /// Reports what would change and writes nothing (dry run).
    #[arg(long)]
    pub dry_run: bool,
    /// Of which list this is the new edition.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
}

/// `import districts`, `import boundary` and `import gazetteer`
#[derive(Debug, Args)]
pub struct ImportFileArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `find`
#[derive(Debug, Args)]
pub struct FindArgs {
    /// What the person wishes; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub wish: PathBuf,
    /// The whole answer, as `POST /find` gives it.
    #[arg(long)]
    pub json: bool,
}

/// `unmet`
#[derive(Debug, Args)]
pub struct UnmetArgs {
    /// The first month to look at.
    #[arg(long, value_name = "YYYY-MM")]
    pub since: Option<Month>,
    /// The file to write; `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// `export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The file to write; `-` for standard output.
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// Whose view to write.
    #[arg(long, value_enum, value_name = "public|link-workers|staff", default_value = "public")]
    pub audience: AudienceOption,
}

/// `backup`
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `schedule`
#[derive(Debug, Args)]
pub struct ScheduleArgs {
    /// The words, e.g. 「第2・4木曜 13:30〜15:00」.
    #[arg(value_name = "PHRASE", allow_hyphen_values = true)]
    pub phrase: String,
    /// The first day to look at; today if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<NaiveDate>,
    /// How many dates.
    #[arg(long, value_name = "N", default_value = "5")]
    pub count: u16,
    /// One line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Whose view an export shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AudienceOption {
    /// Everybody's.
    Public,
    /// Link workers'.
    LinkWorkers,
    /// The staff's: everything.
    Staff,
}

impl From<AudienceOption> for Audience {
    fn from(readers: AudienceOption) -> Self {
        match readers {
            AudienceOption::Public => Self::Public,
            AudienceOption::LinkWorkers => Self::LinkWorkers,
            AudienceOption::Staff => Self::Staff,
        }
    }
}
