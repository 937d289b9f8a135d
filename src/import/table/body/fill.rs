//! Fill-down of omitted values: ditto marks (「同上」), and a district written once per group of rows.
//!
//! This module does no I/O.

use crate::import::columns::{Field, HeadingTable};
use crate::import::table::merged::{FILLED_BYTES, too_much_filled};
use crate::import::table::{ListTable, placeholders};
use crate::import::{ListProblem, ProblemKind};

/// Replaces ditto marks (「同上」, 「〃」) by the value they repeat. One without a value above it stays as it is.
///
/// # Errors
/// If that takes more than the limit.
pub fn dittos(table: &mut ListTable) -> Result<(), ListProblem> {
    let mut bytes = 0;
    for index in 0..table.records.len() {
        let (above, rest) = table.records.split_at_mut(index);
        let Some(record) = rest.first_mut() else { break };
        for column in 0..record.cells.len() {
            let from = if placeholders::is_ditto(&record.cells[column]) {
                above.last().map(|above| above.cells[column].clone())
            } else if column > 0 && placeholders::is_ditto_left(&record.cells[column]) {
                Some(record.cells[column - 1].clone())
            } else {
                None
            };
            if let Some(text) = from {
                bytes += text.len() + 32;
                record.cells[column] = text;
                record.filled.push(column);
            }
        }
        if bytes > FILLED_BYTES {
            return Err(too_much_filled());
        }
    }
    Ok(())
}

/// Fills down a district that is written only in the first row of each group, as text files saved from merged cells
/// have it. Only if nothing else is likely: the first row has one, none occurs twice, and most rows have none.
pub fn groups(columns: &HeadingTable, table: &mut ListTable) {
    let fields = super::fields(table, columns);
    for (column, field) in fields.iter().enumerate() {
        if matches!(field, Some(Field::District | Field::FormerTown)) && is_grouped(table, column) {
            let mut above = String::new();
            for record in &mut table.records {
                if record.cells[column].is_empty() {
                    record.cells[column].clone_from(&above);
                    record.filled.push(column);
                } else {
                    above.clone_from(&record.cells[column]);
                }
            }
            let heading = table.headings[column].clone();
            let problem =
                ListProblem::new(table.heading_row, Some(&heading), ProblemKind::GroupedColumn, &[("value", &heading)]);
            table.problems.push(problem);
        }
    }
}

/// Whether each district in `column` probably applies to the rows below it too.
fn is_grouped(table: &ListTable, column: usize) -> bool {
    let written: Vec<&str> =
        table.records.iter().map(|r| r.cells[column].trim()).filter(|text| !text.is_empty()).collect();
    let distinct: std::collections::HashSet<_> = written.iter().collect();
    let begins = table.records.first().is_some_and(|record| !record.cells[column].is_empty());
    begins && written.len() >= 2 && distinct.len() == written.len() && written.len() * 2 <= table.records.len()
}
