//! Lost characters: U+FFFD from an earlier conversion, and private-use characters that only one machine displays (外字).
//!
//! A file with U+FFFD in a heading or in a tenth of the names is refused, because nobody could fix it here. Otherwise
//! each affected row is reported. This module does no I/O.

use super::ListTable;
use crate::import::columns::{Field, HeadingTable};
use crate::import::file::CellSheet;
use crate::import::{ListProblem, ProblemKind};

/// Rows at the top of a sheet that may be its heading.
const TOP_ROWS: usize = 30;

/// Refuses lost characters among the first rows of `sheets`, if the rest looks like text.
pub fn lost_at_top(sheets: &[CellSheet]) -> Option<ListProblem> {
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(TOP_ROWS));
    let mut cells = rows.flat_map(|row| row.cells.iter().map(|(_, text)| (row.number, text)));
    let is_binary = cells.clone().any(|(_, text)| text.contains(|c: char| c < ' ' && !matches!(c, '\t' | '\r' | '\n')));
    cells.find(|(_, text)| is_lost(text) && !is_binary).map(|(row, text)| refusal(row, text))
}

/// Reports the lost characters of `tables`; returns a refusal if there are too many.
pub fn check(tables: &mut [ListTable], columns: &HeadingTable) -> Option<ListProblem> {
    let (mut names, mut lost_names, mut example) = (0_usize, 0_usize, None);
    for table in tables.iter() {
        if let Some(heading) = table.headings.iter().find(|heading| is_lost(heading)) {
            return Some(refusal(table.heading_row, heading));
        }
        let is_name: Vec<_> = columns.fields(&table.headings).iter().map(|f| f.is_some_and(Field::is_name)).collect();
        for record in &table.records {
            let mut of_names =
                record.cells.iter().zip(&is_name).filter(|(cell, is_name)| **is_name && !cell.is_empty());
            let lost = of_names.clone().find(|(cell, _)| is_lost(cell));
            names += usize::from(of_names.next().is_some());
            lost_names += usize::from(lost.is_some());
            example = example.or_else(|| lost.map(|(cell, _)| (record.row, cell.clone())));
        }
    }
    if let Some((row, name)) = example.filter(|_| lost_names * 10 >= names) {
        return Some(refusal(row, &name));
    }
    tables.iter_mut().for_each(report_cells);
    None
}

fn refusal(row: u32, value: &str) -> ListProblem {
    ListProblem::new(row, None, ProblemKind::LostCharacters, &[("value", &excerpt(value, is_lost_char))])
}

/// Adds a problem for each cell of `table` with lost or private-use characters.
fn report_cells(table: &mut ListTable) {
    for record in &table.records {
        for (column, cell) in record.cells.iter().enumerate() {
            let (kind, test): (_, fn(char) -> bool) = if is_lost(cell) && !record.filled.contains(&column) {
                (ProblemKind::LostCharacters, is_lost_char)
            } else if cell.contains(is_private_use) && !record.filled.contains(&column) {
                (ProblemKind::PrivateUseCharacter, is_private_use)
            } else {
                continue;
            };
            let heading = table.headings.get(column).map(String::as_str);
            table.problems.push(ListProblem::new(record.row, heading, kind, &[("value", &excerpt(cell, test))]));
        }
    }
}

fn is_lost(text: &str) -> bool {
    text.contains(is_lost_char)
}

fn is_lost_char(c: char) -> bool {
    c == '\u{FFFD}'
}

fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// The characters around the first one that `is_wanted`.
fn excerpt(text: &str, is_wanted: fn(char) -> bool) -> String {
    let at = text.chars().position(is_wanted).unwrap_or(0);
    text.chars().skip(at.saturating_sub(10)).take(21).collect()
}
