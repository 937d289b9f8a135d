//! Irregular tables: columns without a heading, section headings, and rows of another length than the heading.
//!
//! This module does no I/O.

use std::collections::BTreeMap;

use crate::import::columns::{Field, HeadingTable};
use crate::import::file::SheetRow;
use crate::import::table::heading::Heading;
use crate::import::table::{ListTable, SECTION_HEADING, placeholders};
use crate::import::{ListProblem, ProblemKind};

/// Writes the section heading of each of `lines` into its record: into the column of the district if it is named like
/// one and the list gives none, else into a column of its own.
pub fn sections(lines: &[(&SheetRow, Option<String>)], columns: &HeadingTable, table: &mut ListTable) {
    let named: Vec<&str> = lines.iter().filter_map(|(_, section)| section.as_deref()).collect();
    if named.is_empty() {
        return;
    }
    let are_areas = named.iter().all(|section| placeholders::is_area(section));
    let fields = super::fields(table, columns);
    let district = fields.iter().position(|f| matches!(f, Some(Field::District | Field::FormerTown)));
    let is_blank = |column: usize| table.records.iter().all(|record| record.cells[column].is_empty());
    if let Some(column) = district.filter(|&column| are_areas && is_blank(column)) {
        for (record, (_, section)) in table.records.iter_mut().zip(lines) {
            if let Some(section) = section {
                record.cells[column].clone_from(section);
                record.filled.push(column);
            }
        }
        return;
    }
    let heading = if are_areas && district.is_none() { "（地区）" } else { SECTION_HEADING };
    table.headings.push(heading.to_owned());
    for (record, (_, section)) in table.records.iter_mut().zip(lines) {
        record.cells.push(section.clone().unwrap_or_default());
    }
}

/// Gives the rows before the first section heading the title right above the headings, if it has the signs of a section
/// heading: 【文化系】 above them, 【スポーツ系】 further down.
pub fn first_section(lines: &mut [(&SheetRow, Option<String>)], table: &mut ListTable) {
    let has_sections = lines.iter().any(|(_, section)| section.is_some());
    let signed =
        |title: &String| placeholders::section(title).filter(|inner| *inner != title.trim()).map(str::to_owned);
    let Some(first) = table.above.last().and_then(signed).filter(|_| has_sections) else { return };
    table.above.pop();
    for (_, section) in lines.iter_mut().take_while(|(_, section)| section.is_none()) {
        *section = Some(first.clone());
    }
}

/// Reports rows with more or fewer cells than the heading: one by one, or once if most rows have the same such length.
pub fn ragged(heading: &Heading, rows: &[&SheetRow], table: &mut ListTable) {
    let Some(expected) = heading.names.last().map(|(column, _)| column + 1) else { return };
    let mut odd: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.width > 0) {
        let used = row.cells.last().map_or(0, |(column, _)| column + 1);
        if row.width < expected || used > expected {
            odd.entry(row.width).or_default().push(row.number);
        }
    }
    let headings = expected.to_string();
    for (width, numbers) in odd {
        let cells = width.to_string();
        let problem = |row: u32, count: usize| {
            let values = [("headings", headings.as_str()), ("cells", &cells), ("rows", &count.to_string())];
            ListProblem::new(row, None, ProblemKind::RaggedRow, &values)
        };
        if numbers.len() > 1 && numbers.len() * 2 > rows.len() {
            table.problems.push(problem(table.heading_row, numbers.len()));
        } else {
            table.problems.extend(numbers.iter().map(|&row| problem(row, 1)));
        }
    }
}
