//! What a workbook marks beside its values: struck-out rows and words, hidden rows and columns, links and notes.
//!
//! Struck-out text is not read; hidden rows and columns are for staff only; each is reported. This module does no I/O.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::import::columns::{Field, HeadingTable, is_secret};
use crate::import::file::{CellRemark, SheetMarks, StruckCell};
use crate::import::table::ListTable;
use crate::import::{ListProblem, ProblemKind};

/// The heading of the notes on cells: a private column, so that staff alone see them.
const NOTES: &str = "非公開_セルのメモ";
/// The fields that name a row, the most telling first.
const NAMES: [Field; 4] = [Field::ActivityName, Field::Name, Field::GroupName, Field::VenueName];

/// Reports struck-out text between the rows `span`, once per row, and leaves out rows whose name is struck out.
pub fn struck(
    marks: &SheetMarks,
    places: &HashMap<u32, usize>,
    columns: &HeadingTable,
    table: &mut ListTable,
    (above, end): (u32, u32),
) {
    let fields = super::fields(table, columns);
    let name = NAMES.iter().find_map(|name| fields.iter().position(|field| *field == Some(*name)));
    let name = name.or_else(|| fields.iter().position(|field| field.is_some_and(Field::is_name)));
    let mut rows: BTreeMap<u32, Vec<&StruckCell>> = BTreeMap::new();
    let below = marks.struck.iter().filter(|cell| above < cell.row && cell.row <= end);
    below.for_each(|cell| rows.entry(cell.row).or_default().push(cell));
    for (row, cells) in rows {
        let record = table.records.binary_search_by_key(&row, |record| record.row).ok();
        let struck_name =
            cells.iter().find(|cell| name.is_some() && cell.is_whole && places.get(&cell.column).copied() == name);
        let text = struck_name.or(cells.first()).map_or("", |cell| cell.text.trim());
        let is_left_out = record.is_none() || struck_name.is_some();
        if let Some(at) = record.filter(|_| is_left_out) {
            table.records.remove(at);
        }
        let kind = if is_left_out { ProblemKind::StruckRowSkipped } else { ProblemKind::StruckText };
        let column = cells.first().and_then(|cell| places.get(&cell.column)).and_then(|&at| table.headings.get(at));
        let column = column.filter(|_| cells.len() == 1).cloned();
        table.problems.push(ListProblem::new(row, column.as_deref(), kind, &[("value", text)]));
    }
}

/// Reports hidden rows and columns, and marks the rows.
pub fn hidden(marks: &SheetMarks, places: &HashMap<u32, usize>, table: &mut ListTable) {
    for column in &marks.hidden_columns {
        let Some(heading) = places.get(column).and_then(|&at| table.headings.get(at)) else { continue };
        let heading = heading.rsplit('_').next().unwrap_or(heading);
        let problem = ListProblem::new(table.heading_row, None, ProblemKind::HiddenColumn, &[("value", heading)]);
        table.problems.push(problem);
    }
    for record in table.records.iter().filter(|record| marks.hidden_rows.contains(&record.row)) {
        table.hidden_rows.insert(record.row);
        table.problems.push(ListProblem::new(record.row, None, ProblemKind::HiddenRow, &[]));
    }
}

/// Writes links behind cells into the column of links, or into a column of their own, and notes into a private one.
pub fn remarks(marks: &SheetMarks, places: &HashMap<u32, usize>, columns: &HeadingTable, table: &mut ListTable) {
    let fields = super::fields(table, columns);
    let mut extra = ExtraColumns::default();
    for link in &marks.links {
        let (Some(&at), Some(row)) = (places.get(&link.column), row_of(table, link)) else { continue };
        let cell = &mut table.records[row].cells[at];
        let address = link.text.trim_start_matches("mailto:").trim_start_matches("tel:");
        if cell.contains(address) || address.trim_end_matches('/') == cell.trim() {
            continue;
        }
        if fields[at] == Some(Field::Url) {
            link.text.clone_into(cell);
        } else {
            extra.put(row, link_heading(&table.headings[at], fields[at]), &link.text);
        }
    }
    for note in &marks.notes {
        if let Some(row) = row_of(table, note) {
            let heading = places.get(&note.column).and_then(|&at| table.headings.get(at));
            let text = heading.map_or(note.text.clone(), |heading| format!("{heading}: {}", note.text));
            extra.put(row, NOTES.to_owned(), &text);
        }
    }
    extra.write(table);
}

fn row_of(table: &ListTable, remark: &CellRemark) -> Option<usize> {
    table.records.binary_search_by_key(&remark.row, |record| record.row).ok()
}

/// The heading of the links behind a column. A link behind the name or the venue is the place's; what another column leads to
/// may be a person's page, so that it stays with staff.
fn link_heading(heading: &str, field: Option<Field>) -> String {
    let is_of_place = field.is_some_and(|field| NAMES.contains(&field)) && !is_secret(heading);
    if is_of_place { "リンク".to_owned() } else { format!("非公開_{heading}（リンク）") }
}

/// Columns that a table gets besides its own.
#[derive(Debug, Default)]
struct ExtraColumns {
    headings: Vec<String>,
    cells: HashMap<(usize, usize), String>,
}

impl ExtraColumns {
    /// Adds `text` to the cell of `heading` in the record with the index `row`.
    fn put(&mut self, row: usize, heading: String, text: &str) {
        let column = self.headings.iter().position(|known| *known == heading).unwrap_or_else(|| {
            self.headings.push(heading);
            self.headings.len() - 1
        });
        let cell = self.cells.entry((row, column)).or_default();
        if !cell.is_empty() {
            cell.push('\n');
        }
        cell.push_str(text);
    }

    fn write(mut self, table: &mut ListTable) {
        let used: HashSet<usize> = self.cells.keys().map(|(_, column)| *column).collect();
        for column in (0..self.headings.len()).filter(|column| used.contains(column)) {
            table.headings.push(self.headings[column].clone());
            for (row, record) in table.records.iter_mut().enumerate() {
                record.cells.push(self.cells.remove(&(row, column)).unwrap_or_default());
            }
        }
    }
}
