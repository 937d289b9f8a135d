//! What the headings of a list mean by the last `import --columns`, which its next editions and `check` follow.

use crate::editor::{Editor, StoreError};
use crate::import::columns::HeadingTable;

/// Remembers `text`, in the form of `columns.toml`, for `list`.
pub fn remember(editor: &Editor, list: &str, text: &str) -> Result<(), StoreError> {
    editor.set_meta(&key(list), text)
}

/// What is remembered for `list`.
pub fn of_list(editor: &Editor, list: &str) -> Result<Option<String>, StoreError> {
    editor.meta(&key(list))
}

/// `columns` with what is remembered.
pub fn with_remembered(columns: HeadingTable, remembered: Option<&str>) -> HeadingTable {
    // The text was tried when it was given.
    remembered.and_then(|text| columns.with_additions(text).ok()).unwrap_or(columns)
}

/// The key of the database's metadata.
fn key(list: &str) -> String {
    format!("columns:{list}")
}
