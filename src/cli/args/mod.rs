//! Arguments and options of every command, for clap's derive. The help texts come from `lang/`; see `help`.

mod export;
mod gaps;
mod neighbour;
mod population;
mod unmet;
mod user;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub use self::export::{
    ExportArgs, ExportCommand, ExportFolderArgs, ExportFormat, ExportOpendataArgs, ExportPlacesArgs,
};
pub use self::gaps::{
    CandidatesOption, GapsArgs, GapsCatchmentArgs, GapsCommand, GapsCommonArgs, GapsCoverageArgs, GapsHistoryArgs,
    GapsReportArgs, GapsSiteArgs, GapsTableArgs, UnitsOption,
};
pub use self::neighbour::NeighbourArgs;
pub use self::population::ImportPopulationArgs;
pub use self::unmet::ImportUnmetArgs;
pub use self::user::{PasswordOption, UserArgs, UserCommand};
use crate::cli::inputs;
use crate::model::{Audience, Month};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "tsunagari", version, arg_required_else_help = true)]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
pub struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub common: CommonArgs,
    /// The command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct CommonArgs {
    /// The database file.
    #[arg(long, global = true, value_name = "PATH")]
    pub db: Option<PathBuf>,
    /// The data folders, the most general first.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Vec<PathBuf>,
    /// The language of messages; `messages::language` determines it before clap parses the rest.
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
    /// Runs the web server: pages and API.
    Serve(ServeArgs),
    /// Reads lists and reports what to fix, without a database.
    Check(CheckArgs),
    /// Imports lists, districts, the boundary and the gazetteer into the database.
    Import(ImportArgs),
    /// Looks whether settings, folder, database and lists fit together.
    Doctor(DoctorArgs),
    /// Makes the data folder of a municipality.
    Init(InitArgs),
    /// The sample in the database.
    Sample(SampleArgs),
    /// Finds places for a person.
    Find(FindArgs),
    /// Draws districts from towns.
    Districts(DistrictsArgs),
    /// Says where places are missing.
    Gaps(GapsArgs),
    /// Reports unmet needs, as far as disclosure control allows.
    Unmet(UnmetArgs),
    /// Reports what became of referrals, as far as disclosure control allows.
    Results(ResultsArgs),
    /// Writes the places as GeoJSON.
    Export(ExportArgs),
    /// Keeps the accounts of the internal address.
    User(UserArgs),
    /// Backs up the database while it is in use.
    Backup(BackupArgs),
    /// Verifies the database.
    VerifyDb,
    /// Prints the next dates of a schedule phrase.
    Schedule(ScheduleArgs),
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Socket address of the public listener; port 0 picks a free port.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Socket address of the internal listener, for link workers.
    // The alias is the option's name in the first releases; it is removed in the next one.
    #[arg(long, alias = "staff-listen", value_name = "ADDRESS:PORT")]
    pub internal_listen: Option<SocketAddr>,
    /// Serves the built-in sample from memory: no database, no data folder.
    #[arg(long = "try")]
    pub try_sample: bool,
}

/// Arguments of `sample`.
#[derive(Debug, Args)]
pub struct SampleArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub what: SampleCommand,
}

/// What can be done with the sample.
#[derive(Debug, Subcommand)]
pub enum SampleCommand {
    /// Empties a database that holds the sample.
    Remove,
}

/// Arguments of `check`.
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
    /// Gazetteer to geocode addresses with.
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
    /// Boundary of the municipality.
    #[arg(long, value_name = "FILE")]
    pub boundary: Option<PathBuf>,
    /// The districts.
    #[arg(long, value_name = "FILE")]
    pub districts: Option<PathBuf>,
    /// The list that they are to become a new edition of; default: the file's name without its extension.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
}

impl CheckArgs {
    /// The list that `file` is to become a new edition of.
    pub fn list_of(&self, file: &Path) -> String {
        self.list.clone().unwrap_or_else(|| inputs::list_name(file))
    }
}

/// Arguments of `import`.
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
    /// The population of one day.
    Population(ImportPopulationArgs),
    /// Unmet needs that were counted on paper.
    Unmet(ImportUnmetArgs),
    /// The districts.
    Districts(ImportFileArgs),
    /// The boundary of the municipality.
    Boundary(ImportFileArgs),
    /// The gazetteer: towns (大字) with their positions.
    Gazetteer(ImportFileArgs),
    /// Lines and points of the base map.
    Basemap(ImportBasemapArgs),
}

/// Arguments of `import places`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own on the command line")]
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
    /// Takes the edits of a workbook without asking.
    #[arg(long)]
    pub yes: bool,
    /// Takes also what widens who sees something.
    #[arg(long)]
    pub publish: bool,
    /// Of which list this is the new edition.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// What headings of this list mean, as `columns.toml` has it; remembered for its next edition.
    #[arg(long = "columns", value_name = "FILE")]
    pub own_columns: Option<PathBuf>,
    /// The neighbouring municipality, where the list is of one.
    #[command(flatten)]
    pub neighbour: NeighbourArgs,
}

/// Arguments of `import link-workers`.
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

/// Arguments of `import districts`, `import boundary` and `import gazetteer`.
#[derive(Debug, Args)]
pub struct ImportFileArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Arguments of `import basemap`.
#[derive(Debug, Args)]
pub struct ImportBasemapArgs {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Arguments of `districts`.
#[derive(Debug, Args)]
pub struct DistrictsArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: DistrictsCommand,
}

/// What can be done with districts.
#[derive(Debug, Subcommand)]
pub enum DistrictsCommand {
    /// Draws them from a table of towns.
    Sketch(DistrictsSketchArgs),
}

/// Arguments of `districts sketch`.
#[derive(Debug, Args)]
pub struct DistrictsSketchArgs {
    /// Table of towns and their districts.
    #[arg(long, value_name = "FILE")]
    pub towns: PathBuf,
    /// The GeoJSON file to write; standard output if not given.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// JSON Lines: one line per finding.
    #[arg(long)]
    pub json: bool,
    /// Socket address of the public listener, as `serve` is to have it.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Socket address of the internal listener, as `serve` is to have it.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub internal_listen: Option<SocketAddr>,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The code of the municipality, of five or six digits.
    #[arg(value_name = "CODE")]
    pub code: String,
    /// The folder to make; its name is the code if not given.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Published files that know the municipality: outlines, towns, tables of codes.
    #[arg(long = "from", value_name = "FILE", num_args = 1..)]
    pub sources: Vec<PathBuf>,
    /// Its name, where no file has it.
    #[arg(long = "name", value_name = "NAME")]
    pub city_name: Option<String>,
    /// The reading of its name, where no file has it.
    #[arg(long = "kana", value_name = "KANA")]
    pub city_kana: Option<String>,
}

/// Arguments of `find`.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// File with the wish as JSON; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub wish: PathBuf,
    /// Prints the answer as JSON, in the form of `POST /find`.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `unmet`.
#[derive(Debug, Args)]
pub struct UnmetArgs {
    /// First month of the period; the earliest stored one if not given.
    #[arg(long, value_name = "YYYY-MM")]
    pub since: Option<Month>,
    /// CSV file to write; `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// Arguments of `results`.
#[derive(Debug, Args)]
pub struct ResultsArgs {
    /// First month of the period, whose whole quarter is counted; the earliest stored one if not given.
    #[arg(long, value_name = "YYYY-MM")]
    pub since: Option<Month>,
    /// CSV file to write; `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// Arguments of `backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Arguments of `schedule`.
#[derive(Debug, Args)]
pub struct ScheduleArgs {
    /// Schedule phrase, e.g. 「第2・4木曜 13:30〜15:00」.
    #[arg(value_name = "PHRASE", allow_hyphen_values = true)]
    pub phrase: String,
    /// First day of the dates; today if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<NaiveDate>,
    /// Number of dates.
    #[arg(long, value_name = "N", default_value = "5")]
    pub count: u16,
    /// Prints one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// Format of the logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Plain text.
    Text,
    /// JSON Lines: one object per line.
    Json,
}

/// Values of `--audience`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AudienceOption {
    /// Everybody.
    Public,
    /// Link workers.
    LinkWorkers,
    /// Staff of the municipality, who see everything.
    Staff,
}

impl From<AudienceOption> for Audience {
    fn from(option: AudienceOption) -> Self {
        match option {
            AudienceOption::Public => Self::Public,
            AudienceOption::LinkWorkers => Self::LinkWorkers,
            AudienceOption::Staff => Self::Staff,
        }
    }
}
