//! Imports unmet needs that a city counted elsewhere: an edition of a list adds to those before it, all of it or nothing.

use super::Editor;
use crate::import::unmet::{CountedRow, NeedAdditions, additions};
use crate::model::AuditAction;
use crate::store::{Edit, StoreError};

impl Editor {
    /// Dry run of [`import_counted_needs`](Self::import_counted_needs).
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn preview_counted_needs(&self, list: &str, rows: &[CountedRow]) -> Result<NeedAdditions, StoreError> {
        self.write(|store| Ok((compare(&store.edit()?, list, rows)?, false)))
    }

    /// Adds what the edition `rows` of `list` counts more than those before it. The same edition again adds nothing. No snapshot
    /// changes.
    ///
    /// # Errors
    ///
    /// If the store cannot be written; nothing is then added.
    pub fn import_counted_needs(&self, list: &str, rows: &[CountedRow]) -> Result<NeedAdditions, StoreError> {
        self.write(|store| {
            let edit = store.edit()?;
            let additions = compare(&edit, list, rows)?;
            if !additions.added.is_empty() {
                edit.add_counted_needs(list, &additions.added)?;
                self.note(&edit, AuditAction::Imported, list)?;
                edit.commit()?;
            }
            Ok((additions, false))
        })
    }
}

fn compare(edit: &Edit<'_>, list: &str, rows: &[CountedRow]) -> Result<NeedAdditions, StoreError> {
    let newest = edit.counted_needs(None)?.iter().map(|cell| cell.month).max();
    Ok(additions(rows, &edit.counted_needs(Some(list))?, newest))
}
