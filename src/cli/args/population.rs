//! Arguments of `import population`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::NeighbourArgs;
use crate::import::population::PositionSource;

/// Arguments of `import population`.
#[derive(Debug, Args)]
pub struct ImportPopulationArgs {
    /// The tables, of one day.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// JSON Lines: one line per file, for workbooks one per sheet.
    #[arg(long)]
    pub json: bool,
    /// Reports and writes nothing (dry run).
    #[arg(long)]
    pub dry_run: bool,
    /// The day of the numbers, which wins over the files'.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// Table of names of areas and what they join to.
    #[arg(long, value_name = "FILE")]
    pub aliases: Option<PathBuf>,
    /// Whose points are used first.
    #[arg(long, value_enum, value_name = "gazetteer|file", default_value = "gazetteer")]
    pub positions: PositionsOption,
    /// The neighbouring municipality, where the population is of one.
    #[command(flatten)]
    pub neighbour: NeighbourArgs,
}

/// Values of `--positions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PositionsOption {
    /// The gazetteer's points.
    Gazetteer,
    /// The file's points.
    File,
}

impl From<PositionsOption> for PositionSource {
    fn from(option: PositionsOption) -> Self {
        match option {
            PositionsOption::Gazetteer => Self::Gazetteer,
            PositionsOption::File => Self::File,
        }
    }
}
