//! Reports of columns: what was assumed of them, which are not used, and that none gives a name.
//!
//! One problem per column, never one per row. This module does no I/O.

use super::columns::{Basis, ColumnPlan, Field};
use super::table::{ListTable, SECTION_HEADING};
use super::{ColumnUse, ListProblem, ProblemKind};

/// Sureness from which a meaning found in the words of a heading needs no mention, unless it is the name.
const SURE: u32 = 80;

/// The problems about the columns of `table` under `plan`.
pub(super) fn notices(table: &ListTable, plan: &ColumnPlan) -> Vec<ListProblem> {
    let columns = table.headings.iter().zip(&plan.columns);
    let found = columns.filter(|(_, column)| column.filled > 0).filter_map(|(heading, column)| {
        let shown = shown(heading);
        let notice = |kind, values: &[(&'static str, &str)]| {
            Some(ListProblem::new(table.heading_row, Some(heading), kind, values))
        };
        match column.field {
            // Its rows are told of one by one, and the category reads them.
            None if heading == SECTION_HEADING => None,
            None => notice(ProblemKind::ColumnUnused, &[("value", &shown), ("rows", &column.filled.to_string())]),
            Some(field) if is_told(field, column.basis, column.sure) => {
                let values = [("field", &*field.key()), ("value", &*shown), ("sure", &*column.sure.to_string())];
                notice(ProblemKind::ColumnAssumed, &values)
            }
            Some(_) => None,
        }
    });
    found.collect()
}

fn is_told(field: Field, basis: Basis, sure: u32) -> bool {
    match basis {
        Basis::Given | Basis::Heading => false,
        Basis::Words => sure < SURE || matches!(field, Field::Name | Field::ActivityName | Field::GroupName),
        Basis::Contents => true,
    }
}

/// What each column was taken for, for who wants to see it.
pub(super) fn uses(headings: &[String], plan: &ColumnPlan) -> Vec<ColumnUse> {
    let columns = headings.iter().zip(&plan.columns);
    let used = columns.map(|(heading, column)| ColumnUse {
        heading: shown(heading),
        field: column.field,
        basis: column.basis,
        sure: column.sure,
        rows: column.filled,
    });
    used.collect()
}

/// That no column gives a name, with the headings, instead of one problem for each of the `rows`.
pub(super) fn no_name(table: &ListTable, rows: usize) -> ListProblem {
    let headings: Vec<String> = table.headings.iter().map(|heading| shown(heading)).collect();
    let values = [("value", &*headings.join("、")), ("rows", &*rows.to_string())];
    ListProblem::new(table.heading_row, None, ProblemKind::NoNameColumn, &values)
}

/// A heading on one line.
fn shown(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}
