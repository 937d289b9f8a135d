//! Typed access to the cells of a row by field. This module does no I/O.

use std::collections::BTreeMap;

pub(in crate::import) use super::spelling::{is_blank, narrow, one_line};
use crate::import::columns::Field;
use crate::import::table::{ListTable, TableRecord};
use crate::import::{ImportContext, ListProblem, ProblemKind};

/// Excel's error values.
const EXCEL_ERRORS: [&str; 8] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"];

/// A sheet with its column mapping.
pub(in crate::import) struct SheetContext<'a> {
    pub(in crate::import) table: &'a ListTable,
    pub(in crate::import) file: &'a str,
    pub(in crate::import) known: ImportContext<'a>,
    columns: BTreeMap<Field, Vec<usize>>,
    unknown: Vec<(usize, String)>,
}

impl<'a> SheetContext<'a> {
    /// `fields` is the column mapping: the field of each heading of `table`, in order.
    pub(in crate::import) fn new(
        table: &'a ListTable,
        fields: &[Option<Field>],
        file: &'a str,
        known: ImportContext<'a>,
    ) -> Self {
        let mut columns: BTreeMap<Field, Vec<usize>> = BTreeMap::new();
        for (i, field) in fields.iter().enumerate() {
            if let Some(field) = field {
                columns.entry(*field).or_default().push(i);
            }
        }
        let unknown = unknown_headings(&table.headings, fields);
        Self { table, file, known, columns, unknown }
    }

    /// The positions of the columns mapped to `field`.
    pub(in crate::import) fn columns_of(&self, field: Field) -> &[usize] {
        self.columns.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Whether the column at `column` is used: mapped to a field that is kept.
    pub(in crate::import) fn is_used(&self, column: usize) -> bool {
        self.columns.iter().any(|(field, columns)| *field != Field::Ignored && columns.contains(&column))
    }

    /// Whether any column is mapped to `field`.
    pub(in crate::import) fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// Builds a problem of the sheet as a whole.
    pub(in crate::import) fn notice(&self, kind: ProblemKind, values: &[(&'static str, &str)]) -> ListProblem {
        ListProblem::new(self.table.heading_row, None, kind, values)
    }
}

/// Unmapped columns and the name under which each is kept; of two alike, the second is 「備考 (2)」.
fn unknown_headings(headings: &[String], fields: &[Option<Field>]) -> Vec<(usize, String)> {
    let mut names: Vec<(usize, String)> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (i, heading) in headings.iter().enumerate() {
        if fields.get(i).is_some_and(Option::is_some) {
            continue;
        }
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if heading.is_empty() { format!("({})", i + 1) } else { heading };
        let count = seen.entry(name.clone()).and_modify(|n| *n += 1).or_insert(1);
        names.push((i, if *count > 1 { format!("{name} ({count})") } else { name }));
    }
    names
}

/// A cell that is neither blank nor damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Cell<'a> {
    /// The heading as written in the file.
    pub(in crate::import) heading: &'a str,
    /// The cell's text, trimmed, never empty.
    pub(in crate::import) text: &'a str,
}

/// One row and the problems found in it so far.
pub(in crate::import) struct RecordCells<'a> {
    pub(in crate::import) sheet: &'a SheetContext<'a>,
    pub(in crate::import) record: &'a TableRecord,
    pub(in crate::import) problems: Vec<ListProblem>,
    /// Columns whose cell in this row is another column's: read as blank, kept for the staff.
    misplaced: Vec<usize>,
}

impl<'a> RecordCells<'a> {
    pub(in crate::import) fn new(sheet: &'a SheetContext<'a>, record: &'a TableRecord) -> Self {
        Self { sheet, record, problems: Vec::new(), misplaced: Vec::new() }
    }

    /// The cells of `field` in column order, without blank and damaged ones.
    pub(in crate::import) fn cells(&self, field: Field) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let (sheet, record, misplaced) = (self.sheet, self.record, self.misplaced.clone());
        let columns = sheet.columns_of(field).iter().filter(move |i| !misplaced.contains(i));
        columns.filter_map(move |&i| {
            let text = record.cells.get(i).map_or("", |c| c.trim());
            let heading = sheet.table.headings.get(i).map_or("", String::as_str);
            (!is_blank(text) && !is_damaged(text)).then_some(Cell { heading, text })
        })
    }

    pub(in crate::import) fn first(&self, field: Field) -> Option<Cell<'a>> {
        self.cells(field).next()
    }

    /// The heading of the first column of `field`.
    pub(in crate::import) fn heading(&self, field: Field) -> Option<&'a str> {
        let column = self.sheet.columns_of(field).first()?;
        self.sheet.table.headings.get(*column).map(String::as_str)
    }

    /// The cells of `field`, joined by line breaks.
    pub(in crate::import) fn text(&self, field: Field) -> Option<String> {
        join(self.cells(field).map(|c| c.text), "\n")
    }

    /// The cells of unmapped columns, verbatim.
    pub(in crate::import) fn extra(&self) -> BTreeMap<String, String> {
        let cell = |i: usize| self.record.cells.get(i).map_or("", String::as_str);
        let unknown = self.sheet.unknown.iter().filter(|(i, _)| !cell(*i).trim().is_empty());
        let of_others = self.misplaced.iter().filter_map(|&i| Some((self.sheet.table.headings.get(i)?, i)));
        let of_others = of_others.map(|(heading, i)| (one_line(heading), cell(i).to_owned()));
        unknown.map(|(i, name)| (name.clone(), cell(*i).to_owned())).chain(of_others).collect()
    }

    /// Says that the cells of this row in the columns of `field` that `is_others` recognises belong to another column.
    pub(in crate::import) fn set_aside(&mut self, field: Field, is_others: impl Fn(&str) -> bool) {
        for &column in self.sheet.columns_of(field) {
            let Some(text) = self.record.cells.get(column).map(|text| text.trim()).filter(|text| is_others(text))
            else {
                continue;
            };
            let heading = self.sheet.table.headings.get(column).map(String::as_str);
            let values = [("field", &*field.key()), ("value", text)];
            self.problems.push(ListProblem::new(self.record.row, heading, ProblemKind::MisplacedValue, &values));
            self.misplaced.push(column);
        }
    }

    /// Adds a problem: `cell` cannot be used.
    pub(in crate::import) fn warn(&mut self, cell: Cell<'_>, kind: ProblemKind) {
        self.problem(Some(cell.heading), kind, &[("value", cell.text)]);
    }

    /// Adds a problem of this row.
    pub(in crate::import) fn problem(
        &mut self,
        column: Option<&str>,
        kind: ProblemKind,
        values: &[(&'static str, &str)],
    ) {
        self.problems.push(ListProblem::new(self.record.row, column, kind, values));
    }
}

/// Joins the distinct `parts` with `separator`; `None` if there are none.
pub(in crate::import) fn join<'a>(parts: impl Iterator<Item = &'a str>, separator: &str) -> Option<String> {
    let mut distinct: Vec<&str> = Vec::new();
    for part in parts {
        if !distinct.contains(&part) {
            distinct.push(part);
        }
    }
    (!distinct.is_empty()).then(|| distinct.join(separator))
}

/// Whether Excel has destroyed the value: `#REF!`, `#####`, `5.22001E+12`.
pub(in crate::import) fn is_damaged(text: &str) -> bool {
    let hashes = text.len() >= 3 && text.bytes().all(|b| b == b'#');
    hashes || is_formula_error(text) || is_scientific(text)
}

/// Whether `text` is one of Excel's error values.
pub(in crate::import) fn is_formula_error(text: &str) -> bool {
    EXCEL_ERRORS.contains(&text)
}

fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once("E+") else { return false };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let digits = |s: &str, max| (1..=max).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    digits(whole, 1) && digits(fraction, 17) && digits(exponent, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_made_of_a_value_is_recognised() {
        for damaged in ["5.22001E+12", "5E+12", "#REF!", "#####", "#N/A"] {
            assert!(is_damaged(damaged), "{damaged}");
        }
        for sound in ["#", "#1", "E+12", "1E10", "3.5", "12.5E+3", "R8.4.1"] {
            assert!(!is_damaged(sound), "{sound}");
        }
    }

    #[test]
    fn two_unknown_columns_of_one_name_are_both_kept() {
        let headings: Vec<String> = ["備考", "名称", "備考", ""].map(str::to_owned).into();
        let fields = [None, Some(Field::Name), None, None];
        let names: Vec<_> = unknown_headings(&headings, &fields).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["備考", "備考 (2)", "(4)"]);
    }
}
