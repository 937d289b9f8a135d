//! Options of imports that may be of a neighbouring municipality.

use std::path::PathBuf;

use clap::Args;

/// Options of imports that may be of a neighbouring municipality.
#[derive(Debug, Clone, Default, Args)]
pub struct NeighbourArgs {
    /// The neighbouring municipality that the files are of.
    #[arg(id = "neighbour", long = "municipality", value_name = "CODE")]
    pub code: Option<String>,
    /// Its gazetteer, by which names and addresses get a point.
    #[arg(id = "neighbour_gazetteer", long = "gazetteer", value_name = "FILE", requires = "neighbour")]
    pub gazetteer: Option<PathBuf>,
}
