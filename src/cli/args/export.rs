//! Arguments of `export`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::AudienceOption;
use crate::model::Audience;
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::municipal::MunicipalEncoding;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The format, with its own arguments.
    #[command(subcommand)]
    pub format: Option<ExportCommand>,
    /// The GeoJSON file to write; `-`, or none, for standard output.
    // The form of the first releases; it is removed in the next one.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Audience whose view is written; without it the staff's for a workbook of edits, the public's for all else.
    #[arg(long, global = true, value_enum, value_name = "public|link-workers|staff")]
    pub audience: Option<AudienceOption>,
}

impl ExportArgs {
    /// The audience whose view is written.
    pub fn audience(&self) -> Audience {
        let usual = match self.format {
            Some(ExportCommand::Xlsx(_)) => Audience::Staff,
            _ => Audience::Public,
        };
        self.audience.map_or(usual, Audience::from)
    }

    /// What the form without a format means: every place.
    pub fn without_format(&self) -> ExportPlacesArgs {
        let file = self.file.clone().unwrap_or_else(|| "-".into());
        ExportPlacesArgs { file, ..ExportPlacesArgs::default() }
    }
}

/// The formats that can be written.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// GeoJSON.
    Geojson(ExportPlacesArgs),
    /// CSV for spreadsheets.
    Csv(ExportPlacesArgs),
    /// An Excel workbook to edit places in, which `import places` takes home.
    Xlsx(ExportPlacesArgs),
    /// An Excel table of open data.
    Table(ExportPlacesArgs),
    /// One GeoJSON feature a line.
    Jsonl(ExportPlacesArgs),
    /// The public site as files.
    Site(ExportFolderArgs),
    /// A calendar of when the places meet.
    Ics(ExportPlacesArgs),
    /// The lists of the municipal standard.
    Opendata(ExportOpendataArgs),
    /// Places as services (HSDS).
    Hsds(ExportFolderArgs),
    /// Vector tiles of places and districts, as one PMTiles archive.
    Pmtiles(ExportPlacesArgs),
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Places in a format, or when they meet.
    Places(FileFormat),
    /// All tiles of places and districts.
    Tiles,
}

impl ExportFormat {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Places(format) => format.ending(),
            Self::Tiles => "pmtiles",
        }
    }
}

impl ExportCommand {
    /// The format of places and its arguments; `None` for what is no single file.
    pub fn parts(&self) -> Option<(ExportFormat, &ExportPlacesArgs)> {
        let places = |format| ExportFormat::Places(FileFormat::Places(format));
        Some(match self {
            Self::Geojson(args) => (places(PlaceFormat::Geojson), args),
            Self::Csv(args) => (places(PlaceFormat::Csv), args),
            Self::Table(args) => (places(PlaceFormat::Xlsx), args),
            Self::Jsonl(args) => (places(PlaceFormat::JsonLines), args),
            Self::Ics(args) => (ExportFormat::Places(FileFormat::Calendar), args),
            Self::Pmtiles(args) => (ExportFormat::Tiles, args),
            Self::Xlsx(_) | Self::Site(_) | Self::Opendata(_) | Self::Hsds(_) => return None,
        })
    }
}

/// The folder that is written.
#[derive(Debug, Args)]
pub struct ExportFolderArgs {
    /// The folder to write; it must be absent or empty.
    #[arg(id = "export_out", long = "out", value_name = "DIR")]
    pub out: PathBuf,
    /// Replaces a former export.
    #[arg(id = "export_replace", long = "replace")]
    pub replace: bool,
}

/// Arguments of `export opendata`.
#[derive(Debug, Args)]
pub struct ExportOpendataArgs {
    /// Where to.
    #[command(flatten)]
    pub folder: ExportFolderArgs,
    /// The encoding of the lists.
    #[arg(long, value_enum, value_name = "utf-8|shift_jis", default_value = "utf-8")]
    pub encoding: EncodingOption,
}

/// An encoding of municipal lists.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EncodingOption {
    /// UTF-8 with a byte order mark.
    #[value(name = "utf-8")]
    Utf8,
    /// `Shift_JIS` as Microsoft writes it.
    #[value(name = "shift_jis", alias = "shift-jis")]
    ShiftJis,
}

impl From<EncodingOption> for MunicipalEncoding {
    fn from(option: EncodingOption) -> Self {
        match option {
            EncodingOption::Utf8 => Self::Utf8,
            EncodingOption::ShiftJis => Self::ShiftJis,
        }
    }
}

/// Which places are written, and where to.
#[derive(Debug, Default, Args)]
pub struct ExportPlacesArgs {
    /// The file to write; `-` for standard output.
    #[arg(id = "export_file", value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// Only places of these categories.
    #[arg(id = "export_category", long = "category", value_name = "CODE,…")]
    pub category: Vec<String>,
    /// Only places of these districts.
    #[arg(id = "export_district", long = "district", value_name = "CODE,…")]
    pub district: Vec<String>,
    /// Only places that answer a question.
    #[arg(id = "export_q", long = "q", value_name = "TEXT")]
    pub q: Option<String>,
    /// Only places within a box.
    #[arg(id = "export_bbox", long = "bbox", value_name = "W,S,E,N", allow_hyphen_values = true)]
    pub bbox: Option<String>,
    /// Only places that meet on a day or during an interval.
    #[arg(id = "export_datetime", long = "datetime", value_name = "DATE[/DATE]")]
    pub datetime: Option<String>,
    /// Only places for which an expression in CQL2 holds.
    #[arg(id = "export_filter", long = "filter", value_name = "CQL2")]
    pub filter: Option<String>,
}

impl ExportPlacesArgs {
    /// The options as parameters of a filter, in their order.
    pub fn parameters(&self) -> Vec<(&'static str, &str)> {
        let Self { file: _, category, district, q, bbox, datetime, filter } = self;
        let lists = [("category", category), ("district", district)];
        let lists = lists.into_iter().flat_map(|(name, values)| values.iter().map(move |it| (name, it.as_str())));
        let single = [("q", q), ("bbox", bbox), ("datetime", datetime), ("filter", filter)];
        lists.chain(single.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)))).collect()
    }
}
