//! Districts made from the lists of places, where the municipality has given neither outlines nor a table of districts.

use crate::cli::Failure;
use crate::editor::Editor;
use crate::import::regions::written_districts;
use crate::model::{City, District};
use crate::store::StoreError;

/// Key in the database's metadata: where its districts come from.
const ORIGIN: &str = "districts_from";

/// Value of the key for districts that were made from lists: a later list adds to them, and a file replaces them.
const LISTS: &str = "lists";

/// Value of the key for districts of a file.
const FILE: &str = "file";

/// Replaces the districts by those of a file.
pub fn set_from_file(editor: &Editor, districts: &[District]) -> Result<(), StoreError> {
    editor.set_districts(districts)?;
    editor.set_meta(ORIGIN, FILE)
}

/// Adds the districts that the rows of a new edition of `list` (`written`) and the places of other lists name, unless a file has given
/// the districts; returns the names of the new ones.
pub fn make_missing(editor: &Editor, list: &str, written: &[&str], city: &City) -> Result<Vec<String>, Failure> {
    let known = editor.districts()?;
    if !known.all().is_empty() && editor.meta(ORIGIN)?.as_deref() != Some(LISTS) {
        return Ok(Vec::new());
    }
    let stored = editor.snapshot_input()?.places;
    let stored = stored.iter().filter(|place| place.source.list != list);
    let stored = stored.filter_map(|place| place.facts.district_written.as_deref());
    let found = written_districts::districts(stored.chain(written.iter().copied()), city);
    let new: Vec<District> = found.into_iter().filter(|district| known.named(&district.name).is_none()).collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let made = new.iter().map(|district| district.name.clone()).collect();
    editor.set_districts(&known.all().iter().cloned().chain(new).collect::<Vec<_>>())?;
    editor.set_meta(ORIGIN, LISTS)?;
    Ok(made)
}
