//! Files whose rows name their list themselves, as those that this program exported do: each list is an edition of its own.

use crate::editor::ReadFile;
use crate::import::{ImportedFile, ImportedSheet};

/// `read` parted by the lists that their sheets name, in the order of first mention; sheets that name none are of `list`.
pub(super) fn by_list<T>(list: &str, read: Vec<ReadFile<T>>) -> Vec<(String, Vec<ReadFile<T>>)> {
    let mut lists: Vec<(String, Vec<ReadFile<T>>)> = Vec::new();
    for file in read {
        let ReadFile { file, blake3, import } = file;
        let ImportedFile { format, encoding, sheets, refused } = import;
        let mut parts: Vec<(String, Vec<ImportedSheet<T>>)> = Vec::new();
        for sheet in sheets {
            put(&mut parts, sheet.list.clone().unwrap_or_else(|| list.to_owned()), sheet);
        }
        for (name, sheets) in parts {
            let import = ImportedFile { format, encoding, sheets, refused: refused.clone() };
            put(&mut lists, name, ReadFile { file: file.clone(), blake3: blake3.clone(), import });
        }
    }
    if lists.is_empty() { vec![(list.to_owned(), Vec::new())] } else { lists }
}

/// Adds `item` to the group called `name`.
fn put<T>(groups: &mut Vec<(String, Vec<T>)>, name: String, item: T) {
    match groups.iter_mut().find(|(known, _)| *known == name) {
        Some((_, items)) => items.push(item),
        None => groups.push((name, vec![item])),
    }
}
