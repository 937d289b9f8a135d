//! `sample remove`: empties a database that holds the sample, so that a municipality's own lists can be imported.

use super::args::SampleCommand;
use super::export::require_database;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::editor::Editor;

/// Runs one command for the sample.
pub fn run(context: &CommandContext, what: &SampleCommand, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let SampleCommand::Remove = what;
    let config = context.config()?;
    require_database(&context.db)?;
    let editor = Editor::open(&context.db, config.city, config.categories)?;
    let done = if editor.remove_sample()? { "sample.removed" } else { "sample.none" };
    out.line(&context.messages.fill(done, &[("file", &context.db.display().to_string())]))?;
    Ok(ExitStatus::Fine)
}
