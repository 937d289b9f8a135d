//! Days and hours in several pairs of columns, 開催曜日①, 開催時間①, 開催曜日②, 開催時間②: each day has the hours of its own pair.
//!
//! Read as lists of days and of hours, every day would have all hours. This module does no I/O.

use std::collections::BTreeMap;

use super::hours_by_day;
use crate::import::cells::cell::{Cell, RecordCells, is_blank, narrow, one_line};
use crate::import::columns::Field;

/// Words of headings of days and hours on which an office can be asked, not of those of the meetings.
const OF_OFFICE: [&str; 7] = ["受付", "申込", "申し込み", "問合", "問い合わせ", "予約", "連絡"];

/// What a column of times holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TimePart {
    Days,
    Hours,
    Start,
    End,
}

/// A column of times: where it stands, its heading and what it holds.
type TimeColumn<'a> = (usize, &'a str, TimePart);

/// The times of a row by pairs.
pub(super) struct PairedTimes<'a> {
    /// The days with their hours, one text for each pair that is filled.
    pub(super) texts: Vec<String>,
    /// Cells of pairs of an office, which are no meetings.
    pub(super) of_office: Vec<Cell<'a>>,
    /// The headings of all columns that stand in pairs.
    pub(super) headings: Vec<&'a str>,
}

/// The times of `row`, if its list has them in several pairs of columns.
pub(super) fn paired<'a>(row: &RecordCells<'a>) -> Option<PairedTimes<'a>> {
    let columns = columns(row);
    let count = |part: TimePart| columns.iter().filter(|(_, _, other)| *other == part).count();
    if count(TimePart::Days) < 2 || count(TimePart::Hours) + count(TimePart::Start) < 2 {
        return None;
    }
    let groups = by_number(&columns).or_else(|| by_order(&columns))?;
    let mut times = PairedTimes {
        texts: Vec::new(),
        of_office: Vec::new(),
        headings: columns.iter().map(|(_, heading, _)| *heading).collect(),
    };
    let is_of_office = |group: &[TimeColumn<'_>]| {
        group.iter().all(|(_, heading, _)| OF_OFFICE.iter().any(|word| heading.contains(word)))
    };
    let all_of_office = groups.iter().all(|group| is_of_office(group));
    for group in &groups {
        let cells = group.iter().filter_map(|(at, heading, part)| Some((cell(row, *at, heading)?, *part)));
        let cells: Vec<(Cell<'_>, TimePart)> = cells.collect();
        if !all_of_office && is_of_office(group) {
            times.of_office.extend(cells.into_iter().map(|(cell, _)| cell));
        } else {
            times.texts.extend(text(&cells));
        }
    }
    Some(times)
}

/// The columns of days and hours of the list, in order.
fn columns<'a>(row: &RecordCells<'a>) -> Vec<TimeColumn<'a>> {
    let fields = [Field::Weekdays, Field::StartDate, Field::StartTime, Field::EndTime, Field::Schedule];
    let of_field = |field: Field| row.sheet.columns_of(field).iter().map(move |at| (*at, field));
    let mut columns: Vec<TimeColumn<'a>> = fields
        .into_iter()
        .flat_map(of_field)
        .filter_map(|(at, field)| {
            let heading = row.sheet.table.headings.get(at)?.as_str();
            Some((at, heading, part(field, heading)?))
        })
        .collect();
    columns.sort_by_key(|(at, ..)| *at);
    columns
}

fn part(field: Field, heading: &str) -> Option<TimePart> {
    match field {
        Field::Weekdays | Field::StartDate => Some(TimePart::Days),
        Field::StartTime => Some(TimePart::Start),
        Field::EndTime => Some(TimePart::End),
        // 「日時」 holds both, and 「開館時間（平日）」 says its days.
        _ if heading.contains("日時") || hours_by_day::days_of(heading).is_some() => None,
        _ if heading.contains("時間") || heading.contains("時刻") => Some(TimePart::Hours),
        _ if heading.contains(['曜', '日', '週']) => Some(TimePart::Days),
        _ => None,
    }
}

/// Groups by the numbers in the headings, if each column has one.
fn by_number<'a>(columns: &[TimeColumn<'a>]) -> Option<Vec<Vec<TimeColumn<'a>>>> {
    let mut groups: BTreeMap<u32, Vec<TimeColumn<'a>>> = BTreeMap::new();
    for column in columns {
        groups.entry(number(column.1)?).or_default().push(*column);
    }
    are_pairs(groups.into_values().collect())
}

/// The number in a heading; `None` if there is none, or more than one.
fn number(heading: &str) -> Option<u32> {
    let narrow = narrow(heading);
    let mut numbers = narrow.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let number = numbers.next()?.parse().ok()?;
    numbers.next().is_none().then_some(number)
}

/// Groups of columns that follow each other, each beginning with its days.
fn by_order<'a>(columns: &[TimeColumn<'a>]) -> Option<Vec<Vec<TimeColumn<'a>>>> {
    let mut groups: Vec<Vec<TimeColumn<'a>>> = Vec::new();
    for column in columns {
        match groups.last_mut().filter(|_| column.2 != TimePart::Days) {
            Some(group) => group.push(*column),
            None => groups.push(vec![*column]),
        }
    }
    are_pairs(groups)
}

/// `groups`, if there are several and each has one column of days with one of hours, or of a start.
fn are_pairs(groups: Vec<Vec<TimeColumn<'_>>>) -> Option<Vec<Vec<TimeColumn<'_>>>> {
    let count = |group: &[TimeColumn<'_>], part| group.iter().filter(|(_, _, other)| *other == part).count();
    let is_pair = |group: &Vec<TimeColumn<'_>>| {
        let hours = (count(group, TimePart::Hours), count(group, TimePart::Start), count(group, TimePart::End));
        count(group, TimePart::Days) == 1 && matches!(hours, (1, 0, 0) | (0, 1, 0 | 1))
    };
    (groups.len() >= 2 && groups.iter().all(is_pair)).then_some(groups)
}

fn cell<'a>(row: &RecordCells<'a>, at: usize, heading: &'a str) -> Option<Cell<'a>> {
    let text = row.record.cells.get(at).map_or("", |text| text.trim());
    (!is_blank(text)).then_some(Cell { heading, text })
}

/// The days of a pair with their hours; `None` if nothing of it is filled.
fn text(cells: &[(Cell<'_>, TimePart)]) -> Option<String> {
    let of = |part: TimePart| cells.iter().find(|(_, other)| *other == part).map(|(cell, _)| one_line(cell.text));
    let span = match (of(TimePart::Start), of(TimePart::End)) {
        (None, None) => None,
        (start, end) => Some(format!("{}〜{}", start.unwrap_or_default(), end.unwrap_or_default())),
    };
    let parts: Vec<String> = [of(TimePart::Days), of(TimePart::Hours), span].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
