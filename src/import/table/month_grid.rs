//! Month grids: columns 4月 … 3月 that hold the days of each month, read as one column of dates. With the fiscal year that a title
//! names, each date has its year.
//!
//! This module does no I/O.

use super::ListTable;
use crate::import::cells::spelling::{is_blank, narrow};

/// Columns from which months are a grid.
const ENOUGH_COLUMNS: usize = 3;
/// Cells of a month in which nothing takes place.
const NO: [&str; 8] = ["休", "休み", "お休み", "休会", "なし", "×", "-", "―"];
/// The heading of the column that takes the grid's place; the tables of headings know it.
const DATES: &str = "開催日";

/// Reads the grid of `table` into its first column and empties the others.
pub(super) fn read(table: &mut ListTable) {
    let grid: Vec<(usize, u32)> =
        table.headings.iter().enumerate().filter_map(|(at, heading)| Some((at, month(heading)?))).collect();
    if grid.len() < ENOUGH_COLUMNS || !is_grid(table, &grid) {
        return;
    }
    let year = table.above.iter().find_map(|title| fiscal_year(title));
    let first = grid[0].0;
    for record in &mut table.records {
        let dates: Vec<String> = grid.iter().flat_map(|(at, month)| dates(&record.cells[*at], *month, year)).collect();
        for (at, _) in &grid {
            record.cells[*at].clear();
        }
        record.cells[first] = dates.join("、");
    }
    DATES.clone_into(&mut table.headings[first]);
}

/// The month that a heading, or its last line, is.
fn month(heading: &str) -> Option<u32> {
    let narrow = narrow(heading);
    let last = narrow.rsplit('_').next()?.trim();
    last.strip_suffix('月')?.parse().ok().filter(|month| (1..=12).contains(month))
}

/// Words of titles of lists of days, and of headings of what is counted.
const OF_DAYS: [&str; 5] = ["予定", "日程", "カレンダー", "開催日", "スケジュール"];
const OF_COUNTS: [&str; 6] = ["数", "人", "実績", "回", "件", "計"];

/// Whether the cells are days, words for none, or blank. Bare numbers may as well count those who came.
fn is_grid(table: &ListTable, grid: &[(usize, u32)]) -> bool {
    let cells = table.records.iter().flat_map(|record| grid.iter().map(|(at, _)| record.cells[*at].trim()));
    let filled: Vec<&str> = cells.filter(|cell| !is_blank(cell) && !NO.contains(cell)).collect();
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let of_counts = grid.iter().any(|(at, _)| has(&table.headings[*at], &OF_COUNTS));
    let of_days = || {
        let headings = grid.iter().map(|(at, _)| &table.headings[*at]);
        table.above.iter().chain(headings).any(|text| has(text, &OF_DAYS))
    };
    let written_out = filled.iter().filter(|cell| cell.contains('日')).count() * 2 > filled.len();
    let are_days = !filled.is_empty() && filled.iter().all(|cell| days(cell).is_some());
    are_days && !of_counts && (written_out || of_days())
}

/// The days of a cell with what stands in brackets behind each: 「8日・22日（火）」.
fn days(cell: &str) -> Option<Vec<(u32, String)>> {
    let narrow = narrow(cell);
    let parts = narrow.split(['・', '、', ',', '/', '\n', '.']).map(str::trim).filter(|part| !part.is_empty());
    let day = |part: &str| {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let day = part[..digits].parse().ok().filter(|day| (1..=31).contains(day))?;
        let rest = part[digits..].trim_start_matches('日').trim();
        let is_weekday = rest.is_empty()
            || rest.starts_with('(') && rest.ends_with(')') && rest.chars().all(|c| "()月火水木金土日祝・".contains(c));
        is_weekday.then(|| (day, rest.to_owned()))
    };
    let days: Option<Vec<_>> = parts.map(day).collect();
    days.filter(|days| !days.is_empty())
}

/// The dates of a cell below `month`, with the year if the fiscal year is known.
fn dates(cell: &str, month: u32, fiscal: Option<i32>) -> Vec<String> {
    let year = fiscal.map(|year| if month < 4 { year + 1 } else { year });
    let written = |(day, weekday): (u32, String)| match year {
        Some(year) => format!("{year}年{month}月{day}日{weekday}"),
        None => format!("{month}月{day}日{weekday}"),
    };
    days(cell.trim()).unwrap_or_default().into_iter().map(written).collect()
}

/// The fiscal year of a title: 令和8年度, 2026年度.
fn fiscal_year(title: &str) -> Option<i32> {
    let narrow = narrow(title);
    let (before, _) = narrow.split_once("年度")?;
    let digits: String =
        before.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let number: i32 = digits.parse().ok()?;
    let era = before.trim_end_matches(|c: char| c.is_ascii_digit());
    match number {
        1900..2200 => Some(number),
        1..100 if era.ends_with("令和") || era.ends_with(['R', 'r']) => Some(2018 + number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::table::TableRecord;

    fn read_row(title: &str, cells: &[&str]) -> (String, Vec<String>) {
        let record = TableRecord { cells: cells.iter().map(|c| (*c).to_owned()).collect(), ..TableRecord::default() };
        let headings = ["名称", "12月", "1月", "2月"].map(str::to_owned).to_vec();
        let mut table =
            ListTable { headings, above: vec![title.to_owned()], records: vec![record], ..ListTable::default() };
        read(&mut table);
        (table.headings[1].clone(), table.records[0].cells.clone())
    }

    #[test]
    fn days_below_their_months_are_dates_of_the_fiscal_year() {
        let (heading, cells) = read_row("令和8年度サロン年間予定", &["甲", "8日・22日", "休み", "9日(火)"]);
        assert_eq!(heading, "開催日");
        assert_eq!(cells[1], "2026年12月8日、2026年12月22日、2027年2月9日(火)");
        assert!(cells[2].is_empty() && cells[3].is_empty());
        assert_eq!(read_row("サロン年間予定", &["甲", "8", "１２日", "-"]).1[1], "12月8日、1月12日");
    }

    #[test]
    fn counts_and_words_below_months_stay_as_they_are() {
        for cells in [["甲", "32", "12", "9"], ["甲", "もちつき", "新年会", "節分"], ["甲", "", "", ""]] {
            assert_eq!(read_row("年間予定", &cells).0, "12月", "{cells:?}");
        }
        assert_eq!(read_row("参加者", &["甲", "8", "12", "9"]).0, "12月");
    }
}
