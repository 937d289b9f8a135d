//! Stable IDs of a list. A running number is not an identifier. This module does no I/O.

use std::collections::HashMap;

use crate::import::cells::cell::{SheetContext, is_blank, is_damaged};
use crate::import::columns::Field;
use crate::import::{ListProblem, ProblemKind};

/// The IDs that identify rows across editions, by position of the record; `None` if a row has none of its own.
pub(super) fn lasting_ids(sheet: &SheetContext<'_>, problems: &mut Vec<ListProblem>) -> Vec<Option<String>> {
    let records = &sheet.table.records;
    let Some(&column) = sheet.columns_of(Field::ListId).first() else { return vec![None; records.len()] };
    let texts: Vec<&str> = records.iter().map(|r| r.cells.get(column).map_or("", |c| c.trim())).collect();
    let usable = |text: &str| !is_blank(text) && !is_damaged(text);
    if !texts.iter().any(|t| usable(t)) || is_running_number(&texts) {
        return vec![None; records.len()];
    }
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for text in &texts {
        *counts.entry(text).or_default() += 1;
    }
    let heading = sheet.table.headings.get(column).map(String::as_str);
    let mut ids = Vec::with_capacity(records.len());
    for (record, text) in records.iter().zip(&texts) {
        let lasting = usable(text) && counts[text] == 1;
        if !lasting && !is_damaged(text) {
            problems.push(ListProblem::new(record.row, heading, ProblemKind::DoubtfulId, &[("value", text)]));
        }
        ids.push(lasting.then(|| (*text).to_owned()));
    }
    ids
}

/// Whether the values count on by one from row to row: such a number changes when a row is inserted.
fn is_running_number(texts: &[&str]) -> bool {
    let numbers: Option<Vec<u64>> = texts.iter().filter(|t| !is_blank(t)).map(|t| t.parse().ok()).collect();
    numbers.is_some_and(|n| n.len() == texts.len() && n.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_count_on_are_no_identity() {
        assert!(is_running_number(&["1", "2", "3"]));
        assert!(is_running_number(&["0001", "0002"]));
        assert!(is_running_number(&["7"]));
        assert!(!is_running_number(&["1", "3", "4"]));
        assert!(!is_running_number(&["A01", "A02"]));
        assert!(!is_running_number(&["1", "", "2"]));
    }
}
