//! Keeps the sample and a municipality's own lists apart: refuses either beside the other, and recognises the sample's lists.

use crate::cli::Failure;
use crate::config::{Config, SampleFile, SampleFiles};
use crate::editor::Editor;

/// Refuses a command that would put something of a municipality's own beside the sample: `list`, or a region file.
pub fn refuse_beside(editor: &Editor, list: Option<&str>) -> Result<(), Failure> {
    let note = editor.sample()?;
    if note.is_held() && list.is_none_or(|list| !note.lists.contains(list)) {
        return Err(Failure::new("error.beside_sample", &[]));
    }
    Ok(())
}

/// The hashes of the sample's lists, by which one is recognised that is imported by hand.
pub fn hashes(config: &Config) -> Result<Vec<String>, Failure> {
    let of_folder = SampleFiles::of_folder(config.folders.own())?;
    let built_in = SampleFiles::built_in();
    let hash = |file: &SampleFile| blake3::hash(&file.bytes).to_hex().to_string();
    Ok(of_folder.lists().chain(built_in.lists()).map(hash).collect())
}
