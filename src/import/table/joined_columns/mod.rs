//! Columns of two things: a heading that joins two known ones with a stroke, 「TEL／担当者」, or has the second in brackets,
//! 「会場（住所）」, over cells that do the same.
//!
//! Read as one, the second is lost or taken for the first. This module does no I/O.

mod bracketed;

use super::ListTable;
use crate::import::columns::{HeadingTable, is_secret};
use crate::import::file::is_blank;

/// Strokes between two headings, and between two values.
const STROKES: [char; 4] = ['／', '/', '｜', '|'];
/// Between values on lines of their own, and before one in brackets.
const LINES: [char; 1] = ['\n'];
const BRACKETS: [char; 2] = ['（', '('];
/// Headings that one joins at most.
const PARTS: usize = 4;
/// What else stands between two headings whose values stand on two lines: 「所在地・電話」.
const DOTS: [char; 3] = ['・', '、', '\n'];
/// Tenths of the filled cells that must have as many parts as the heading.
const ENOUGH: usize = 7;

/// Takes such columns of `table` apart: the first part stays, the others become columns at the end.
pub(super) fn take_apart(table: &mut ListTable, columns: &HeadingTable) {
    if !columns.reads_contents() {
        return;
    }
    for at in 0..table.headings.len() {
        if bracketed::take_apart(table, at, columns) {
            continue;
        }
        let heading = &table.headings[at];
        let by_strokes = parts_of_heading(heading, &STROKES, columns);
        let listed = || parts_of_heading(heading, &DOTS, columns).or_else(|| listed_in_brackets(heading, columns));
        let (headings, ways) = match by_strokes {
            Some(headings) => (headings, &[&STROKES[..], &LINES[..], &BRACKETS[..]][..]),
            None => match listed() {
                Some(headings) => (headings, &[&LINES[..]][..]),
                None => continue,
            },
        };
        // The cells may have a line break or brackets where the heading has a stroke.
        let agreed = ways.iter().find(|signs| cells_agree(table, at, headings.len(), signs));
        if let Some(signs) = agreed {
            put_apart(table, at, headings, |cell, parts| split(cell, parts, signs));
        }
    }
}

/// Leaves the first part of each cell of the column at `at` where it is, and puts the others into new columns at the end.
fn put_apart(table: &mut ListTable, at: usize, headings: Vec<String>, split: impl Fn(&str, usize) -> Vec<String>) {
    for record in &mut table.records {
        let Some(cell) = record.cells.get_mut(at) else { continue };
        let mut parts = split(cell, headings.len());
        *cell = parts.first().cloned().unwrap_or_default();
        parts.resize(headings.len(), String::new());
        let is_filled = record.filled.contains(&at);
        for part in parts.into_iter().skip(1) {
            if is_filled {
                record.filled.push(record.cells.len());
            }
            record.cells.push(part);
        }
    }
    table.headings[at].clone_from(&headings[0]);
    table.headings.extend(headings.into_iter().skip(1));
}

/// The headings that one joins, if each is known and no two mean the same.
fn parts_of_heading(heading: &str, signs: &[char], columns: &HeadingTable) -> Option<Vec<String>> {
    if is_secret(heading) || !heading.contains(signs) {
        return None;
    }
    let parts: Vec<String> = heading.split(signs).map(|part| part.trim().to_owned()).collect();
    (parts.len() == 2 && are_apart(&parts, columns)).then_some(parts)
}

/// Whether each of `parts` is a known heading and no two mean the same.
fn are_apart(parts: &[String], columns: &HeadingTable) -> bool {
    let fields: Vec<_> = parts.iter().map(|part| columns.field_of_words(part.trim_end_matches('.'))).collect();
    let differ = fields.iter().enumerate().all(|(at, field)| !fields[..at].contains(field));
    fields.iter().all(Option::is_some) && differ
}

/// The headings that one lists in brackets, over cells with as many lines: 「活動（日時・場所・会費）」.
fn listed_in_brackets(heading: &str, columns: &HeadingTable) -> Option<Vec<String>> {
    let (_, listed) = heading.trim().trim_end_matches(['）', ')']).split_once(['（', '('])?;
    let parts: Vec<String> = listed.split(DOTS).map(|part| part.trim().to_owned()).collect();
    let is_list = !is_secret(heading) && (2..=PARTS).contains(&parts.len());
    (is_list && are_apart(&parts, columns)).then_some(parts)
}

fn cells_agree(table: &ListTable, at: usize, parts: usize, signs: &[char]) -> bool {
    let cells = table.records.iter().filter_map(|record| record.cells.get(at)).filter(|cell| !is_blank(cell));
    let (mut all, mut agree) = (0, 0);
    for cell in cells {
        all += 1;
        let count = cell.trim().split(signs).count();
        if count > parts {
            return false;
        }
        agree += usize::from(count == parts);
    }
    all > 0 && agree * 10 >= all * ENOUGH
}

fn split(cell: &str, parts: usize, signs: &[char]) -> Vec<String> {
    let parts = cell.trim().splitn(parts, signs).map(str::trim);
    parts.enumerate().map(|(at, part)| if at == 0 { part } else { without_brackets(part) }.to_owned()).collect()
}

/// A value that stands in brackets and nothing else, without them: the 「（家族の会）」 on a line of its own.
fn without_brackets(part: &str) -> &str {
    let inner = part.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    if inner.contains(['（', '(', '）', ')']) { part } else { inner }
}
