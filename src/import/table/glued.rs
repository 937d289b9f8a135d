//! Headings glued together: one cell that holds two headings, 「住所,電話番号」, over two columns.
//!
//! A comma lost its quotes on the way; all columns behind it stand one to the left of their headings. This module does
//! no I/O.

use std::collections::BTreeMap;

use crate::import::columns::HeadingTable;
use crate::import::file::SheetRow;

/// Rows that tell how many columns there are.
const SAMPLE_ROWS: usize = 50;

/// Takes glued headings apart, if the rows have as many columns more as that gives headings.
pub(super) fn take_apart(names: &mut Vec<(u32, String)>, rows: &[SheetRow], columns: &HeadingTable) {
    let Some(last) = names.last().map(|(column, _)| *column) else { return };
    let more = usual_last_column(rows).and_then(|usual| usual.checked_sub(last)).filter(|more| *more > 0);
    let Some(more) = more else { return };
    let parts: Vec<Vec<String>> = names.iter().map(|(_, name)| parts(name, columns)).collect();
    let gained: usize = parts.iter().map(|parts| parts.len() - 1).sum();
    if gained == 0 || u32::try_from(gained) != Ok(more) {
        return;
    }
    let mut shift = 0;
    let mut apart = Vec::with_capacity(names.len() + gained);
    for ((column, _), parts) in names.iter().zip(parts) {
        for (at, part) in (0..).zip(parts) {
            shift += u32::from(at > 0);
            apart.push((column + shift, part));
        }
    }
    *names = apart;
}

/// The headings in one cell, each of them known; else the cell as it is.
fn parts(name: &str, columns: &HeadingTable) -> Vec<String> {
    let parts: Vec<String> = name.split([',', '，', '\t', ';']).map(|part| part.trim().to_owned()).collect();
    let are_known = parts.len() > 1 && parts.iter().all(|part| columns.field_of_words(part).is_some());
    if are_known { parts } else { vec![name.to_owned()] }
}

/// The last column that most rows have.
fn usual_last_column(rows: &[SheetRow]) -> Option<u32> {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.cells.len() > 1).take(SAMPLE_ROWS) {
        let last = row.cells.last().map_or(0, |(column, _)| *column);
        *seen.entry(last).or_default() += 1;
    }
    let all: usize = seen.values().sum();
    let (last, count) = seen.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > all).then_some(last)
}
