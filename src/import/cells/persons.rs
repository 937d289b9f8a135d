//! Reports of persons: a name or number that is kept from the public, a name that stands in a text.
//!
//! One report per column, with the number of rows: a list of a thousand contacts has one thing to look at. This module does no
//! I/O.

use super::cell::{Cell, RecordCells};
use crate::import::columns::Field;
use crate::import::{ListProblem, ProblemKind};

/// Row numbers that a report lists; what follows is an ellipsis.
const LISTED_ROWS: usize = 8;

/// The columns that only staff or link workers see, in which persons are expected.
const PRIVATE_FIELDS: [Field; 7] = [
    Field::Person,
    Field::PersonPublic,
    Field::PersonPhone,
    Field::PersonAddress,
    Field::Worker,
    Field::ContactOffice,
    Field::VerifiedBy,
];

/// Reports that `cell` may hold a private person's name or number, which is kept from the public.
pub(in crate::import) fn report_kept_private(row: &mut RecordCells<'_>, cell: Cell<'_>) {
    let number = row.record.row.to_string();
    let values = [("value", cell.text), ("rows", "1"), ("list", &*number)];
    row.problem(Some(cell.heading), ProblemKind::PersonKeptPrivate, &values);
}

/// Reports the cells of the row that name somebody in a text of another column.
///
/// `names_somebody` says whether a text does.
pub(in crate::import) fn report_named_in_text(
    row: &mut RecordCells<'_>,
    fields: &[Option<Field>],
    names_somebody: impl Fn(&str) -> bool,
) {
    let number = row.record.row.to_string();
    let mut found: Vec<&str> = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        let is_public = field.is_some_and(|field| !PRIVATE_FIELDS.contains(&field));
        let text = row.record.cells.get(at).map_or("", |cell| cell.trim());
        if is_public && !text.is_empty() && names_somebody(text) {
            found.extend(row.sheet.table.headings.get(at).map(String::as_str));
        }
    }
    for heading in found {
        row.problem(Some(heading), ProblemKind::PersonInText, &[("rows", "1"), ("list", &*number)]);
    }
}

/// `problems` with one report of persons per kind and column, with the number of rows and the first of them.
pub(in crate::import) fn once_per_column(problems: Vec<ListProblem>) -> Vec<ListProblem> {
    let mut kept: Vec<ListProblem> = Vec::with_capacity(problems.len());
    let mut rows: Vec<(usize, Vec<u32>)> = Vec::new();
    for problem in problems {
        if !matches!(problem.kind, ProblemKind::PersonKeptPrivate | ProblemKind::PersonInText) {
            kept.push(problem);
            continue;
        }
        let is_same = |at: usize| kept[at].kind == problem.kind && kept[at].column == problem.column;
        match rows.iter_mut().find(|(at, _)| is_same(*at)) {
            Some((_, rows)) if rows.last() == Some(&problem.row) => {}
            Some((_, rows)) => rows.push(problem.row),
            None => {
                rows.push((kept.len(), vec![problem.row]));
                kept.push(problem);
            }
        }
    }
    for (at, rows) in rows {
        for (name, value) in &mut kept[at].values {
            match *name {
                "rows" => *value = rows.len().to_string(),
                "list" => *value = listed(&rows),
                _ => {}
            }
        }
    }
    kept
}

fn listed(rows: &[u32]) -> String {
    let first: Vec<String> = rows.iter().take(LISTED_ROWS).map(u32::to_string).collect();
    let more = if rows.len() > LISTED_ROWS { "…" } else { "" };
    format!("{}{more}", first.join(", "))
}
