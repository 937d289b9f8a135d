//! Lists of one place per line of text: name, hall and hours parted by strokes or spaces in a single column.
//!
//! Only where the lines are uniform, so that each part is a column: the same separator the same number of times in nearly
//! every line. A line with fewer parts keeps what it has; one with more would stand in wrong columns, and then nothing is
//! taken apart. This module does no I/O.

use std::collections::BTreeMap;

use super::{heading, plain};
use crate::import::columns::HeadingTable;
use crate::import::file::{CellSheet, SheetMarks, SheetRow};

/// Lines that a list must have.
const LEAST_LINES: usize = 3;
/// Columns at most: more is a sentence with spaces in it.
const MOST_PARTS: usize = 30;
/// Tenths of the lines that must have the same number of parts.
const ENOUGH: usize = 9;

/// What parts a line, the surest first.
const SEPARATORS: [Separator; 7] = [
    Separator::Sign("／"),
    Separator::Sign("｜"),
    Separator::Sign("\t"),
    Separator::Sign(" / "),
    Separator::Spaces(2),
    Separator::Sign("\u{3000}"),
    Separator::Spaces(1),
];

#[derive(Debug, Clone, Copy)]
enum Separator {
    Sign(&'static str),
    /// So many spaces or more, of any width.
    Spaces(usize),
}

/// Puts the parts of uniform lines in columns; whether `sheet` was such a list.
pub(super) fn put_in_columns(sheet: &mut CellSheet, columns: &HeadingTable) -> bool {
    let is_plain = !sheet.headed && sheet.merges.is_empty() && sheet.marks == SheetMarks::default();
    let lines = sheet.rows.iter().filter(|row| row.cells.len() == 1).count();
    let is_of_lines = lines >= LEAST_LINES && lines * 10 >= sheet.rows.len() * ENOUGH;
    if !is_plain || !is_of_lines || !columns.reads_contents() {
        return false;
    }
    let parted = SEPARATORS.iter().find_map(|separator| {
        let rows = parted(&sheet.rows, *separator)?;
        let mut sheet = CellSheet { rows, ..sheet.clone() };
        let has_heading = heading::find(&sheet, 0, columns).is_some_and(|found| found.names.len() >= 2);
        (has_heading || plain::put_heading(&mut sheet, columns)).then_some(sheet)
    });
    parted.is_some_and(|parted| {
        *sheet = parted;
        true
    })
}

/// The rows with their lines taken apart; `None` if they are not uniform.
fn parted(rows: &[SheetRow], separator: Separator) -> Option<Vec<SheetRow>> {
    let lines: Vec<Vec<String>> = rows.iter().map(|row| parts(row, separator)).collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.len() > 1) {
        *counts.entry(line.len()).or_default() += 1;
    }
    let (&usual, &count) = counts.iter().max_by_key(|(parts, count)| (**count, **parts))?;
    let all: usize = counts.values().sum();
    let is_uniform = (2..=MOST_PARTS).contains(&usual) && count >= LEAST_LINES && count * 10 >= all * ENOUGH;
    if !is_uniform || all * 10 < lines.len() * 7 || lines.iter().any(|line| line.len() > usual) {
        return None;
    }
    let row = |(row, line): (&SheetRow, Vec<String>)| {
        let cells = (0..).zip(line).filter(|(_, text)| !text.is_empty()).collect();
        SheetRow { number: row.number, width: row.width, cells }
    };
    Some(rows.iter().zip(lines).map(row).collect())
}

/// The parts of the one cell of a row.
fn parts(row: &SheetRow, separator: Separator) -> Vec<String> {
    // 「●うたごえ広場」
    let is_bullet = |c: char| "●○◎■□◆◇★☆▼▽・".contains(c) || c.is_whitespace();
    let text = row.cells.first().map_or("", |(_, text)| text.trim().trim_start_matches(is_bullet));
    match separator {
        Separator::Sign(sign) => text.split(sign).map(|part| part.trim().to_owned()).collect(),
        Separator::Spaces(least) => by_spaces(text, least),
    }
}

/// `text` parted where at least `least` spaces stand; those within brackets part nothing.
fn by_spaces(text: &str, least: usize) -> Vec<String> {
    let (mut parts, mut part, mut spaces, mut depth) = (Vec::new(), String::new(), 0, 0_i32);
    for c in text.chars() {
        depth += i32::from("（(「『".contains(c)) - i32::from("）)」』".contains(c));
        if c.is_whitespace() && depth <= 0 {
            spaces += if c == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        if spaces >= least && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        } else if spaces > 0 && !part.is_empty() {
            part.push(' ');
        }
        spaces = 0;
        part.push(c);
    }
    parts.push(part);
    parts
}
