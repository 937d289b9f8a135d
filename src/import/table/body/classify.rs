//! Row classification below the heading: data, or one of the many things people write between data.
//!
//! In doubt a row is data: a superfluous row is seen and fixed, a missing one is not. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::import::columns::{ColumnProfile, Field, HeadingTable};
use crate::import::file::{CellSheet, SheetRow};
use crate::import::table::column_letters::{COLUMNS, unnamed};
use crate::import::table::heading::Heading;
use crate::import::table::placeholders;

/// Rows below the heading in which instructions or an example are expected.
const FIRST_ROWS: usize = 5;
/// Rows that tell what the columns are, spread over the table.
const SAMPLE_ROWS: usize = 400;
/// Rows from which a column with one value throughout counts as pre-filled.
const ENOUGH_ROWS: usize = 5;

/// The class of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyLine {
    /// A record.
    Data,
    /// A template row, numbered but empty.
    Template,
    /// LinkData's descriptions of columns, or instructions.
    Preamble,
    /// A comment.
    Comment,
    /// A row of totals.
    Total,
    /// An example record.
    Example,
    /// A repetition of the heading.
    Repeated,
    /// A section heading for the rows below, with its text.
    Section(String),
}

/// Classifies the rows of one table.
pub struct LineClassifier<'a> {
    sheet: &'a CellSheet,
    heading: &'a Heading,
    rows: &'a [SheetRow],
    fields: HashMap<u32, Field>,
    /// Columns with one value throughout, and that value.
    constant: HashMap<u32, &'a str>,
    /// The first column mapped to a name.
    first_name: u32,
}

impl<'a> LineClassifier<'a> {
    /// Prepares a classifier for the `rows` below `heading`.
    pub fn new(sheet: &'a CellSheet, heading: &'a Heading, rows: &'a [SheetRow], columns: &HeadingTable) -> Self {
        let fields = fields(heading, rows, columns);
        let first_name = fields.iter().filter(|(_, f)| f.is_name()).map(|(column, _)| *column).min().unwrap_or(0);
        Self { sheet, heading, rows, fields, constant: constant(rows), first_name }
    }

    /// Classifies the row at `index`.
    pub fn line(&self, index: usize, row: &SheetRow) -> BodyLine {
        if self.sheet.headed {
            return BodyLine::Data;
        }
        let first = row.cells.first().map_or("", |(_, text)| text.as_str());
        if self.heading.is_linkdata && first.starts_with('#') || is_instruction(index, row) {
            BodyLine::Preamble
        } else if self.heading.is_repeated_in(self.sheet, row) {
            BodyLine::Repeated
        } else if self.is_example(index, row) {
            BodyLine::Example
        } else if let [(column, text)] = row.cells.as_slice() {
            self.alone(index, *column, text)
        } else if is_total(row) {
            BodyLine::Total
        } else if row.cells.len() == 2 && self.name(row).is_none() && placeholders::is_comment(first) {
            BodyLine::Comment
        } else if self.is_template(row) {
            BodyLine::Template
        } else {
            BodyLine::Data
        }
    }

    /// The name in `row`, if it has one.
    pub fn name<'r>(&self, row: &'r SheetRow) -> Option<&'r str> {
        let named = row.cells.iter().find(|(column, _)| self.field(*column).is_some_and(Field::is_name));
        named.map(|(_, text)| text.as_str())
    }

    fn field(&self, column: u32) -> Option<Field> {
        self.fields.get(&column).copied()
    }

    /// Classifies a row with a single cell.
    fn alone(&self, index: usize, column: u32, text: &str) -> BodyLine {
        let field = self.field(column);
        let is_name = field.is_some_and(Field::is_name);
        let one_column = self.heading.names.len() < 3;
        let before_heading = index + 1 == self.rows.len() && self.is_followed_by_heading();
        // A heading with a remark behind it is judged by the heading.
        let said = text.split('※').next().filter(|said| !said.trim().is_empty()).unwrap_or(text);
        let is_comment = placeholders::is_comment(text) || placeholders::is_remark(said);
        if is_comment || placeholders::is_page_number(text) || before_heading {
            return BodyLine::Comment;
        }
        if placeholders::is_total(text) && (!is_name || !one_column && text.chars().any(char::is_numeric)) {
            return BodyLine::Total;
        }
        if field.is_some_and(Field::is_form) && is_number(text) || placeholders::is_default(text) {
            return BodyLine::Template;
        }
        let is_signed = placeholders::section(text).is_some_and(|inner| inner != text.trim());
        if one_column && !(is_signed && self.heading.names.len() == 2) {
            return BodyLine::Data;
        }
        let leads = index + 1 < self.rows.len() && column <= self.first_name;
        match placeholders::section(text).filter(|_| leads) {
            // In the column of the name it may be a place that has only a name, unless a sign marks it as a section.
            Some(inner) if !is_name || inner != text.trim() => BodyLine::Section(inner.to_owned()),
            _ if field.is_some_and(Field::is_form) => BodyLine::Comment,
            _ => BodyLine::Data,
        }
    }

    /// Whether the rows end before another heading rather than at the end of the sheet.
    fn is_followed_by_heading(&self) -> bool {
        self.heading.last + 1 + self.rows.len() < self.sheet.rows.len()
    }

    fn is_example(&self, index: usize, row: &SheetRow) -> bool {
        let marked = |(column, text): &(u32, String)| {
            let place = row.cells.first().is_some_and(|(first, _)| first == column)
                || self.field(*column).is_some_and(Field::is_form);
            place && placeholders::is_example(text)
        };
        let named = || self.name(row).is_some_and(placeholders::begins_as_example);
        row.cells.len() > 1 && row.cells.iter().take(8).any(marked) || index < FIRST_ROWS && named()
    }

    /// Whether `row` holds only pre-filled values.
    fn is_template(&self, row: &SheetRow) -> bool {
        row.cells.iter().all(|(column, text)| match self.field(*column) {
            Some(field) if field.is_form() => true,
            // A formula that refers to an empty row gives zeros in every column.
            Some(field) if field.is_name() || field.is_where() => is_zero(text),
            field => {
                placeholders::is_default(text)
                    || is_zero(text)
                    || self.constant.get(column).is_some_and(|constant| constant == text)
                        && !matches!(field, Some(Field::Note | Field::Person | Field::Phone | Field::Description))
                    || field.is_none() && !self.heading.names.iter().any(|(c, _)| c == column) && is_number(text)
            }
        })
    }
}

/// The fields of the columns, those without a heading included.
fn fields(heading: &Heading, rows: &[SheetRow], columns: &HeadingTable) -> HashMap<u32, Field> {
    let named: BTreeMap<u32, &str> = heading.names.iter().map(|(column, name)| (*column, name.as_str())).collect();
    let mut used: BTreeSet<u32> = named.keys().copied().collect();
    let sampled = || rows.iter().step_by(rows.len().div_ceil(SAMPLE_ROWS).max(1));
    used.extend(sampled().flat_map(|row| &row.cells).map(|(column, _)| *column));
    let used: Vec<u32> = used.into_iter().take(COLUMNS).collect();
    let headings: Vec<String> =
        used.iter().map(|at| named.get(at).map_or_else(|| unnamed(*at), |name| (*name).to_owned())).collect();
    let profiles: Vec<ColumnProfile> =
        used.iter().map(|at| ColumnProfile::of(sampled().map(|row| row.cell(*at)))).collect();
    let plan = columns.plan(&headings, &profiles);
    used.into_iter().zip(plan.fields()).filter_map(|(column, field)| Some((column, field?))).collect()
}

/// Whether `row` explains how to fill the columns in.
fn is_instruction(index: usize, row: &SheetRow) -> bool {
    let instructions = row.cells.iter().filter(|(_, text)| placeholders::is_instruction(text)).count();
    index < FIRST_ROWS && instructions >= 2 && instructions * 10 >= row.cells.len() * 8
}

/// Whether `row` begins with 「合計」 and otherwise holds only numbers.
fn is_total(row: &SheetRow) -> bool {
    let Some(((_, first), rest)) = row.cells.split_first() else { return false };
    placeholders::is_total(first)
        && rest.iter().all(|(_, text)| is_number(text) || text.chars().count() <= 6 && counts(text))
}

/// Whether `text` is a number with its unit: 「37人」, 「月3回」.
fn counts(text: &str) -> bool {
    text.trim_start_matches(['月', '年', '週', '約', '全', '計', '延']).starts_with(char::is_numeric)
}

/// The columns with one value in nearly all `rows`, and that value.
fn constant(rows: &[SheetRow]) -> HashMap<u32, &str> {
    let mut seen: HashMap<u32, (Option<&str>, usize)> = HashMap::new();
    for (column, text) in rows.iter().flat_map(|row| &row.cells) {
        let (value, count) = seen.entry(*column).or_insert((Some(text), 0));
        *count += 1;
        if *value != Some(text) {
            *value = None;
        }
    }
    let enough = |count: usize| count >= ENOUGH_ROWS && count * 10 >= rows.len() * 8;
    seen.into_iter()
        .filter_map(|(column, (value, count))| value.filter(|_| enough(count)).map(|v| (column, v)))
        .collect()
}

/// Whether `text` is a zero, or what Excel shows for one as a date or a time.
fn is_zero(text: &str) -> bool {
    matches!(text.trim(), "0" | "0.0" | "０" | "0:00" | "00:00" | "1900-01-00" | "1899-12-31" | "1900/1/0")
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | '-' | '－' | '、' | '，'))
}
