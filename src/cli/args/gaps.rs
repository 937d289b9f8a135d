//! Arguments of `gaps`.

use std::path::PathBuf;

use chrono::{NaiveDate, Weekday};
use clap::{Args, Subcommand, ValueEnum};

use super::AudienceOption;
use crate::gaps::catchment::{DistanceDecay, SupplyUnit};
use crate::gaps::coverage::CoverageGrouping;
use crate::gaps::siting::SitingModel;
use crate::gaps::{PartOfDay, ReportingUnitKind};
use crate::model::Position;

/// Arguments of `gaps`.
#[derive(Debug, Args)]
pub struct GapsArgs {
    /// The question.
    #[command(subcommand)]
    pub question: GapsCommand,
}

/// The questions.
#[derive(Debug, Subcommand)]
pub enum GapsCommand {
    /// How many people have a place within reach.
    Coverage(GapsCoverageArgs),
    /// Districts by categories.
    Table(GapsTableArgs),
    /// Accessibility (E2SFCA).
    Catchment(GapsCatchmentArgs),
    /// Where one more place helps most.
    Site(GapsSiteArgs),
    /// The paper for the council.
    Report(GapsReportArgs),
    /// What changed over time.
    History(GapsHistoryArgs),
}

/// Options of all questions.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct GapsCommonArgs {
    /// People of this age and over; 0 is everybody.
    #[arg(long, value_name = "AGE", allow_negative_numbers = true)]
    pub age: Option<u32>,
    /// What straight distances are multiplied by.
    #[arg(long, value_name = "FACTOR", allow_negative_numbers = true)]
    pub detour: Option<f64>,
    /// First day of the year whose meetings are counted; today if not given.
    #[arg(id = "year_from", long = "from", value_name = "YYYY-MM-DD")]
    pub from: Option<NaiveDate>,
    /// The population of this day; the latest if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// Only places of these categories.
    #[arg(long, value_delimiter = ',', value_name = "CATEGORY,…")]
    pub category: Vec<String>,
    /// Only places of these lists.
    #[arg(id = "only_list", long = "list", value_delimiter = ',', value_name = "LIST,…")]
    pub list: Vec<String>,
    /// Only places that meet on one of these weekdays.
    #[arg(long, value_delimiter = ',', value_name = "mon,…")]
    pub day: Vec<Weekday>,
    /// Only places that meet in one of these parts of the day.
    #[arg(long, value_delimiter = ',', value_parser = part_of_day, value_name = "morning,…")]
    pub time: Vec<PartOfDay>,
    /// Only places known to meet so many days a month.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub min_monthly: Option<f64>,
    /// Only places known to be free of steps.
    #[arg(long)]
    pub step_free: bool,
    /// Only places not known to be closed to new people.
    #[arg(long)]
    pub accepting: bool,
    /// Only places with a point of their own.
    #[arg(long)]
    pub exact_only: bool,
    /// Only places in the municipality.
    #[arg(long)]
    pub inside_only: bool,
    /// What answers are told by.
    #[arg(long, value_enum, value_name = "districts|towns", default_value = "districts")]
    pub units: UnitsOption,
    /// Audience whose view of the places is used.
    #[arg(long, value_enum, value_name = "public|link-workers|staff", default_value = "public")]
    pub audience: AudienceOption,
    /// Prints the answer as one line of JSON.
    #[arg(id = "gaps_json", long = "json")]
    pub json: bool,
}

/// Arguments of `gaps coverage`.
#[derive(Debug, Args)]
pub struct GapsCoverageArgs {
    /// Options of all questions.
    #[command(flatten)]
    pub common: GapsCommonArgs,
    /// Reaches in metres.
    #[arg(
        id = "reaches",
        long = "reach",
        value_delimiter = ',',
        value_name = "METRES,…",
        allow_negative_numbers = true,
        default_value = "500,1000,2000"
    )]
    pub reach: Vec<f64>,
    /// What places are told apart by.
    #[arg(long, value_enum, value_name = "category|list", default_value = "category")]
    pub by: GroupingOption,
    /// A place that is not there yet; several times for several.
    #[arg(long, value_parser = position, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub add: Vec<Position>,
}

/// Arguments of `gaps table`.
#[derive(Debug, Args)]
pub struct GapsTableArgs {
    /// Options of all questions.
    #[command(flatten)]
    pub common: GapsCommonArgs,
    /// How far a place may be.
    #[arg(long, value_name = "METRES", allow_negative_numbers = true)]
    pub reach: Option<f64>,
    /// Days a month that something should take place.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub monthly: Option<f64>,
    /// CSV file to write; `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Excel workbook to write.
    #[arg(long, value_name = "FILE", conflicts_with = "csv")]
    pub xlsx: Option<PathBuf>,
}

/// Arguments of `gaps report`.
#[derive(Debug, Args)]
pub struct GapsReportArgs {
    /// Options of all questions.
    #[command(flatten)]
    pub common: GapsCommonArgs,
    /// How far a place may be.
    #[arg(long, value_name = "METRES", allow_negative_numbers = true)]
    pub reach: Option<f64>,
    /// How many new places are sought; none if not given.
    #[arg(id = "report_sites", long = "sites", value_name = "N")]
    pub sites: Option<usize>,
    /// What is best.
    #[arg(id = "report_model", long = "model", value_enum, value_name = "mclp|p-median", default_value = "mclp")]
    pub model: ModelOption,
    /// Where new places may be.
    #[arg(
        id = "report_candidates",
        long = "candidates",
        value_enum,
        value_name = "areas|places",
        default_value = "areas"
    )]
    pub candidates: CandidatesOption,
    /// HTML file to write, which needs no other; `-` for standard output.
    #[arg(id = "report_out", long = "out", value_name = "FILE")]
    pub out: PathBuf,
}

/// Arguments of `gaps history`.
#[derive(Debug, Args)]
pub struct GapsHistoryArgs {
    /// The day to compare with; the first that was kept if not given.
    #[arg(id = "history_since", long = "since", value_name = "YYYY-MM-DD")]
    pub since: Option<NaiveDate>,
    /// Audience whose view of the places is used; staff have no numbers of their own.
    #[arg(long, value_enum, value_name = "public|link-workers|staff", default_value = "public")]
    pub audience: AudienceOption,
    /// CSV file to write; `-` for standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "gaps_json")]
    pub csv: Option<PathBuf>,
    /// Prints the answer as one line of JSON.
    #[arg(id = "gaps_json", long = "json")]
    pub json: bool,
}

/// Arguments of `gaps catchment`.
#[derive(Debug, Args)]
pub struct GapsCatchmentArgs {
    /// Options of all questions.
    #[command(flatten)]
    pub common: GapsCommonArgs,
    /// How far people come.
    #[arg(
        id = "reach_far",
        long = "reach",
        value_name = "METRES",
        allow_negative_numbers = true,
        default_value = "2000"
    )]
    pub reach: f64,
    /// How distance lessens use.
    #[arg(long, value_name = "DECAY", default_value = "gaussian")]
    pub decay: DistanceDecay,
    /// What a place supplies.
    #[arg(long, value_enum, value_name = "one|monthly|person-places", default_value = "one")]
    pub supply: SupplyOption,
}

/// Arguments of `gaps site`.
#[derive(Debug, Args)]
pub struct GapsSiteArgs {
    /// Options of all questions.
    #[command(flatten)]
    pub common: GapsCommonArgs,
    /// What is best.
    #[arg(long, value_enum, value_name = "mclp|p-median", default_value = "mclp")]
    pub model: ModelOption,
    /// Solutions for one to so many places.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value = "5")]
    pub p: usize,
    /// How far a place may be.
    #[arg(long, value_name = "METRES", allow_negative_numbers = true)]
    pub reach: Option<f64>,
    /// Where new places may be.
    #[arg(long, value_enum, value_name = "areas|places", required = true)]
    pub candidates: CandidatesOption,
    /// Categories of places that may be sites.
    #[arg(long, value_delimiter = ',', value_name = "CATEGORY,…")]
    pub candidate_category: Vec<String>,
    /// Lists of places that may be sites.
    #[arg(long, value_delimiter = ',', value_name = "LIST,…")]
    pub candidate_list: Vec<String>,
}

fn part_of_day(text: &str) -> Result<PartOfDay, String> {
    PartOfDay::from_code(text).ok_or_else(|| PartOfDay::ALL.map(PartOfDay::code).join(", "))
}

/// Reads 「lon,lat」.
fn position(text: &str) -> Result<Position, String> {
    let number = |text: &str| text.trim().parse::<f64>().map_err(|error| error.to_string());
    let (lon, lat) = text.split_once(',').ok_or("LON,LAT")?;
    Position::new(number(lon)?, number(lat)?).map_err(|error| error.to_string())
}

macro_rules! options {
    ($(#[$doc:meta])* $name:ident => $target:ty { $($(#[$of:meta])* $value:ident => $to:expr),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub enum $name {
            $($(#[$of])* $value,)+
        }

        impl From<$name> for $target {
            fn from(option: $name) -> Self {
                match option {
                    $($name::$value => $to,)+
                }
            }
        }
    };
}

options! {
    /// Values of `--by`.
    GroupingOption => CoverageGrouping {
        /// Categories.
        Category => Self::Category,
        /// Lists.
        List => Self::List,
    }
}

options! {
    /// Values of `--units`.
    UnitsOption => ReportingUnitKind {
        /// Districts.
        Districts => Self::Districts,
        /// Former towns and 大字.
        Towns => Self::Towns,
    }
}

options! {
    /// Values of `--supply`.
    SupplyOption => SupplyUnit {
        /// One each.
        One => Self::One,
        /// Days a month.
        Monthly => Self::Monthly,
        /// Capacity times days a month.
        PersonPlaces => Self::PersonPlaces,
    }
}

options! {
    /// Values of `--model`.
    ModelOption => SitingModel {
        /// Maximal covering.
        Mclp => Self::Mclp,
        /// p-median.
        PMedian => Self::PMedian,
    }
}

/// Values of `--candidates`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CandidatesOption {
    /// The points of areas.
    Areas,
    /// Places.
    Places,
}
