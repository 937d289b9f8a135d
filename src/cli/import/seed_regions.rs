//! Seeds a new database with the region files of the data folder (districts, boundary, gazetteer, base map), before any list is
//! read.

use std::path::{Path, PathBuf};

use super::{list_districts, reference_data, region_files};
use crate::cli::{CommandContext, Failure, inputs};
use crate::config::Config;
use crate::editor::Editor;

/// The gazetteer of the data folder.
pub fn gazetteer_of(config: &Config) -> Option<PathBuf> {
    region_files::in_folders(&config.folders, &region_files::GAZETTEER)
}

/// Imports the districts, the boundary, the gazetteer and the base map of the data folder, each only where the database has none.
pub fn import_missing(context: &CommandContext, config: &Config, editor: &Editor) -> Result<(), Failure> {
    let messages = context.messages;
    let existing = |names: &[&str]| region_files::in_folders(&config.folders, names);
    if let (true, Some(file)) = (editor.districts()?.all().is_empty(), existing(&region_files::DISTRICTS)) {
        print_progress(context, &file);
        list_districts::set_from_file(editor, &region_files::read_districts(&file, &config.city, messages)?)?;
    }
    if let (true, Some(file)) = (editor.boundary()?.is_none(), existing(&region_files::BOUNDARY)) {
        print_progress(context, &file);
        editor.set_boundary(&region_files::read_boundary(&file, &config.city, messages)?)?;
    }
    if let (true, Some(file)) = (editor.towns()?.is_empty(), existing(&region_files::GAZETTEER)) {
        print_progress(context, &file);
        reference_data::replace_gazetteer(
            editor,
            config,
            &region_files::read_gazetteer(&file, &config.city, messages)?,
        )?;
    }
    if let (true, Some(file)) = (editor.basemap_files()?.is_empty(), existing(&region_files::BASEMAP)) {
        print_progress(context, &file);
        let around = region_files::municipality_of(editor)?;
        let reading = region_files::read_basemap(&file, around, &config.city, messages)?;
        editor.set_basemap(&inputs::list_name(&file), &reading.features)?;
    }
    Ok(())
}

/// Prints which file is imported next, because the first start may take some seconds.
pub fn print_progress(context: &CommandContext, file: &Path) {
    context.report("serve.first", &[("file", &file.display().to_string())]);
}
