//! Imports the region files of the data folder into a database that has none yet, before any list is read.

use std::path::Path;

use super::{reference_data, region_files};
use crate::cli::{CommandContext, Failure};
use crate::config::Config;
use crate::editor::Editor;

/// Imports the districts, the outline and the gazetteer of the data folder, each only where the database has none.
pub fn import_missing(desk: &CommandContext, config: &Config, editor: &Editor) -> Result<(), Failure> {
    let words = desk.words;
    let there = |name: &str| Some(config.folder.join(name)).filter(|file| file.exists());
    if let (true, Some(file)) = (editor.districts()?.all().is_empty(), there("districts.geojson")) {
        print_progress(desk, &file);
        editor.set_districts(&region_files::read_districts(&file, &config.city, words)?)?;
    }
    if let (true, Some(file)) = (editor.boundary()?.is_none(), there("boundary.geojson")) {
        print_progress(desk, &file);
        editor.set_boundary(&region_files::read_boundary(&file, &config.city, words)?)?;
    }
    if let (true, Some(file)) = (editor.towns()?.is_empty(), there("gazetteer.csv").or_else(|| there("gazetteer.json")))
    {
        print_progress(desk, &file);
        reference_data::replace_gazetteer(editor, config, &region_files::read_gazetteer(&file, &config.city, words)?)?;
    }
    Ok(())
}

/// Prints which file is imported next: the first start may take a while.
pub fn print_progress(desk: &CommandContext, file: &Path) {
    desk.report("serve.first", &[("file", &file.display().to_string())]);
}
