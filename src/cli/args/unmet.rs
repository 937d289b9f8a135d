//! Arguments of `import unmet`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `import unmet`.
#[derive(Debug, Args)]
pub struct ImportUnmetArgs {
    /// The table of unmet needs that were counted on paper.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// JSON Lines: one line per sheet.
    #[arg(long)]
    pub json: bool,
    /// Reports what would be added and writes nothing (dry run).
    #[arg(long)]
    pub dry_run: bool,
    /// Of which list this is the new edition.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
}
