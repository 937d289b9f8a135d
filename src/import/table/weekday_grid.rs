//! Weekday grids: columns 月 … 日 that hold ○ or times, read as one column of weekdays and hours.
//!
//! This module does no I/O.

use super::ListTable;
use crate::import::cells::spelling::{is_blank, narrow, one_line};

/// Weekdays in order, as headings of a grid have them.
const DAYS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];
/// Columns from which weekdays are a grid.
const ENOUGH_COLUMNS: usize = 3;
/// Marks that say yes.
const MARKS: [&str; 8] = ["○", "〇", "◯", "●", "◎", "✓", "レ", "有"];
/// Words and marks that say no.
const NO: [&str; 7] = ["×", "✕", "休", "休み", "なし", "無", "休館"];
/// The heading of the column that takes the grid's place; the tables of headings know it.
const DAYS_AND_HOURS: &str = "曜日・時間";
const DAYS_ALONE: &str = "曜日";

/// Reads the grid of `table` into its first column and empties the others.
pub(super) fn read(table: &mut ListTable) {
    let grid: Vec<(usize, char)> =
        table.headings.iter().enumerate().filter_map(|(at, heading)| Some((at, weekday(heading)?))).collect();
    if grid.len() < ENOUGH_COLUMNS {
        return;
    }
    mark_binary(table, &grid);
    if !is_grid(table, &grid) {
        return;
    }
    let hours = grid.iter().find_map(|(at, _)| hours_of(&table.headings[*at]));
    let mut has_hours = hours.is_some();
    let first = grid[0].0;
    for record in &mut table.records {
        let (text, timed) = row_text(&record.cells, &grid, hours.as_deref());
        has_hours |= timed;
        for (at, _) in &grid {
            record.cells[*at].clear();
        }
        record.cells[first] = text;
    }
    if has_hours { DAYS_AND_HOURS } else { DAYS_ALONE }.clone_into(&mut table.headings[first]);
}

/// The weekday that a heading, or its last line, is: 月, 月曜, 月曜日, （月）.
pub(super) fn weekday(heading: &str) -> Option<char> {
    let narrow = narrow(heading);
    let last = narrow.rsplit('_').next().unwrap_or(&narrow);
    let outside = last.split(['(', '（']).next().filter(|text| !text.trim().is_empty()).unwrap_or(last);
    let bare = outside.trim().trim_matches(['(', ')']).trim_end_matches("曜日").trim_end_matches('曜');
    let mut chars = bare.chars();
    let day = chars.next().filter(|c| DAYS.contains(c))?;
    chars.next().is_none().then_some(day)
}

/// Marks of a grid in which nothing else stands.
const BINARY_YES: [&str; 5] = ["1", "true", "yes", "y", "開催"];
const BINARY_NO: [&str; 4] = ["0", "false", "no", "n"];

/// Makes marks of the cells of a grid of 1 and 0, or of true and false; a number among others is left alone.
fn mark_binary(table: &mut ListTable, grid: &[(usize, char)]) {
    let is = |words: &[&str], cell: &str| words.contains(&narrow(cell).trim().to_lowercase().as_str());
    let mut cells = table.records.iter().flat_map(|record| grid.iter().map(|(at, _)| record.cells[*at].trim()));
    let is_binary =
        |cell: &str| is_blank(cell) || is_mark(cell) || is_no(cell) || is(&BINARY_YES, cell) || is(&BINARY_NO, cell);
    if !cells.all(is_binary) {
        return;
    }
    for record in &mut table.records {
        for (at, _) in grid {
            let cell = &mut record.cells[*at];
            if is(&BINARY_YES, cell) {
                MARKS[0].clone_into(cell);
            } else if is(&BINARY_NO, cell) {
                NO[0].clone_into(cell);
            }
        }
    }
}

/// Whether the cells are marks, times or blank.
fn is_grid(table: &ListTable, grid: &[(usize, char)]) -> bool {
    let cells = table.records.iter().flat_map(|record| grid.iter().map(|(at, _)| record.cells[*at].trim()));
    let filled: Vec<&str> = cells.filter(|cell| !is_blank(cell)).collect();
    let fitting = filled.iter().filter(|cell| is_mark(cell) || is_no(cell) || has_time(cell)).count();
    !filled.is_empty() && fitting * 10 >= filled.len() * 8
}

fn is_mark(cell: &str) -> bool {
    MARKS.contains(&cell.trim())
}

fn is_no(cell: &str) -> bool {
    NO.contains(&cell.trim())
}

fn has_time(cell: &str) -> bool {
    let cell = narrow(cell);
    cell.chars().any(|c| c.is_ascii_digit()) && cell.contains([':', '時', '~', '〜', '-'])
}

/// The hours that the heading of the grid gives for its marks: 「曜日（○は 10:00～11:30）」.
fn hours_of(heading: &str) -> Option<String> {
    let narrow = narrow(heading);
    let (_, notes) = narrow.split_once('(')?;
    let inner = notes.split(')').next().unwrap_or(notes);
    let start = inner.find(|c: char| c.is_ascii_digit())?;
    has_time(inner).then(|| one_line(&inner[start..]))
}

/// The weekdays of a row, those of one time together, and whether a time stands with any.
fn row_text(cells: &[String], grid: &[(usize, char)], hours: Option<&str>) -> (String, bool) {
    let mut groups: Vec<(String, Vec<char>)> = Vec::new();
    for (at, day) in grid {
        let cell = cells[*at].trim();
        if is_blank(cell) || is_no(cell) {
            continue;
        }
        let time = if is_mark(cell) { hours.unwrap_or_default().to_owned() } else { one_line(cell) };
        match groups.iter_mut().find(|(other, _)| *other == time) {
            Some((_, days)) => days.push(*day),
            None => groups.push((time, vec![*day])),
        }
    }
    let has_time = groups.iter().any(|(time, _)| !time.is_empty());
    let written = groups.iter().map(|(time, days)| {
        let days: Vec<String> = days.iter().map(char::to_string).collect();
        format!("{} {time}", days.join("・")).trim_end().to_owned()
    });
    (written.collect::<Vec<_>>().join("、"), has_time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::table::TableRecord;

    fn table(headings: &[&str], rows: &[&[&str]]) -> ListTable {
        let record = |cells: &&[&str]| TableRecord {
            cells: cells.iter().map(|c| (*c).to_owned()).collect(),
            ..TableRecord::default()
        };
        ListTable {
            headings: headings.iter().map(|h| (*h).to_owned()).collect(),
            records: rows.iter().map(record).collect(),
            ..ListTable::default()
        }
    }

    #[test]
    fn marks_and_times_under_weekdays_are_days_with_hours() {
        let heads = ["名称", "開催（○は9:00～10:00）_月", "開催（○は9:00～10:00）_火", "開催（○は9:00～10:00）_水"];
        let mut grid = table(&heads, &[&["甲", "○", "", "○"], &["乙", "", "13:00～14:00", "×"]]);
        read(&mut grid);
        assert_eq!(grid.headings[1], "曜日・時間");
        assert_eq!(grid.records[0].cells[1], "月・水 9:00~10:00");
        assert_eq!(grid.records[1].cells[1], "火 13:00～14:00");
    }

    #[test]
    fn marks_alone_are_weekdays() {
        let mut grid = table(&["名称", "月曜日", "火曜日", "(水)"], &[&["甲", "○", "", "●"]]);
        read(&mut grid);
        assert_eq!((grid.headings[1].as_str(), grid.records[0].cells[1].as_str()), ("曜日", "月・水"));
    }

    #[test]
    fn one_and_zero_are_marks_where_nothing_else_stands() {
        let mut grid = table(&["名称", "月", "火", "水"], &[&["甲", "1", "0", "１"], &["乙", "0", "1", ""]]);
        read(&mut grid);
        assert_eq!((grid.records[0].cells[1].as_str(), grid.records[1].cells[1].as_str()), ("月・水", "火"));
        let mut counts = table(&["名称", "月", "火", "水"], &[&["甲", "1", "0", "12"]]);
        read(&mut counts);
        assert_eq!(counts.headings[1], "月");
    }

    #[test]
    fn columns_of_other_words_under_weekdays_stay_as_they_are() {
        let mut grid = table(&["名称", "月", "火", "水"], &[&["甲", "体操", "カフェ", "囲碁"]]);
        let before = grid.headings.clone();
        read(&mut grid);
        assert_eq!(grid.headings, before);
    }
}
