//! Schedule text: one readable text from the columns of weekdays, hours, dates and remarks.
//!
//! The words of the list are never lost: unreadable parts stay as written. The format is regular, so that the schedule
//! parser can read it again: `dates weekdays hours（remarks、定休日: days）`. This module does no I/O.

use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, join, narrow, one_line};
use crate::import::cells::times::{DayMinutes, time};
use crate::import::columns::Field;
use crate::model::Schedule;

/// Characters of a cell that holds only days, at most.
const DAYS_CHARS: usize = 24;

/// An end before its start and before this hour is on the next morning, in minutes after midnight.
const MORNING: DayMinutes = DayMinutes(5 * 60);

/// Reads all schedules of a row.
pub(super) fn schedules(row: &mut RecordCells<'_>) -> Vec<Schedule> {
    let mut remarks: Vec<String> = row.cells(Field::Schedule).map(|cell| cell.text.to_owned()).collect();
    remarks.dedup();
    let (dates, weekdays, hours) = (dates(row), weekdays(row), hours(row));
    let days = weekdays.or_else(|| take_remark(&mut remarks, |text| hours.is_some() && is_days(text)));
    let hours =
        hours.or_else(|| take_remark(&mut remarks, |text| (days.is_some() || dates.is_some()) && is_hours(text)));
    let base: Vec<String> = [dates, days, hours].into_iter().flatten().collect();
    let closed = closed_days(row);
    if base.is_empty() {
        return from_words(remarks, closed);
    }
    let mut aside: Vec<String> = remarks.iter().map(|text| one_line(text)).filter(|r| !base.contains(r)).collect();
    aside.extend(closed);
    let aside = if aside.is_empty() { String::new() } else { format!("（{}）", aside.join("、")) };
    vec![Schedule { text: base.join(" ") + &aside }]
}

/// Removes the first remark that passes `test`, and returns it on one line.
fn take_remark(remarks: &mut Vec<String>, test: impl Fn(&str) -> bool) -> Option<String> {
    let taken: Vec<String> = remarks.iter().filter(|text| test(text)).map(|text| one_line(text)).collect();
    remarks.retain(|text| !test(text));
    join(taken.iter().map(String::as_str), " ")
}

/// Whether `text` holds only days: 「第2・4木曜」, but not 「月曜休館」.
fn is_days(text: &str) -> bool {
    let contains_any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let days = contains_any(&["曜", "毎", "週", "第", "平日", "土日"])
        && !contains_any(&["休", "閉", "除", "以外", ":", "：", "時"]);
    days && text.chars().count() <= DAYS_CHARS
}

/// Whether `text` holds only hours: 「13:30～15:00」.
fn is_hours(text: &str) -> bool {
    let is_time_char = |c: char| c.is_ascii_digit() || " :時分半〜~-、,.頃約".contains(c);
    let plain =
        ["午前", "午後", "から", "まで", "ごろ"].iter().fold(narrow(text), |text, word| text.replace(word, " "));
    plain.contains([':', '時']) && plain.chars().all(|c| is_time_char(c) || c.is_whitespace())
}

/// Builds schedules from free text, verbatim; each column is a statement of its own, but days and hours in two columns
/// are one.
fn from_words(mut texts: Vec<String>, closed: Option<String>) -> Vec<Schedule> {
    let (days, hours) = (texts.iter().any(|t| is_days(t)), texts.iter().any(|t| is_hours(t)));
    if days && hours {
        let parts = [take_remark(&mut texts, is_days), take_remark(&mut texts, is_hours)];
        texts.insert(0, parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    match (texts.last_mut(), closed) {
        (Some(last), Some(closed)) => *last = format!("{last}（{closed}）"),
        (None, Some(closed)) => texts.push(closed),
        (_, None) => {}
    }
    texts.into_iter().map(|text| Schedule { text }).collect()
}

fn weekdays(row: &RecordCells<'_>) -> Option<String> {
    join(row.cells(Field::Weekdays).map(|c| c.text), "、").map(|text| one_line(&text))
}

/// 「定休日: 水曜」; words that contain 休 or 閉 themselves stand alone.
fn closed_days(row: &RecordCells<'_>) -> Option<String> {
    let text = join(row.cells(Field::ClosedDays).map(|c| c.text), "、").map(|text| one_line(&text))?;
    let is_complete = ["休", "無休", "閉"].iter().any(|word| text.contains(word));
    Some(if is_complete { text } else { format!("定休日: {text}") })
}

fn dates(row: &mut RecordCells<'_>) -> Option<String> {
    let (start, end) = (row.first(Field::StartDate), row.first(Field::EndDate));
    for cell in [start, end].into_iter().flatten() {
        if crate::import::cells::dates::date(cell.text).is_none() && looks_like_a_date(cell.text) {
            row.warn(cell, ProblemKind::BadDate);
        }
    }
    match (start.map(|c| one_line(c.text)), end.map(|c| one_line(c.text))) {
        (Some(start), Some(end)) if start != end => Some(format!("{start}〜{end}")),
        (Some(day), _) => Some(day),
        (None, Some(end)) => Some(format!("〜{end}")),
        (None, None) => None,
    }
}

/// Whether `text` was meant as a date: words such as 「未定」 or 「毎月」 are no mistake.
fn looks_like_a_date(text: &str) -> bool {
    let text = narrow(text);
    let separators = text.chars().filter(|c| "/.-年月".contains(*c)).count();
    separators >= 2
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.chars().count() <= 14
        && !text.contains(['〜', '~', '、'])
}

/// 「9:00〜12:00、13:00〜17:00」: the first start with the first end, and so on.
fn hours(row: &mut RecordCells<'_>) -> Option<String> {
    let starts: Vec<Cell<'_>> = row.cells(Field::StartTime).filter(|c| !is_none(c.text)).collect();
    let ends: Vec<Cell<'_>> = row.cells(Field::EndTime).filter(|c| !is_none(c.text)).collect();
    let mut slots = Vec::new();
    for i in 0..starts.len().max(ends.len()) {
        slots.push(slot(row, starts.get(i).copied(), ends.get(i).copied()));
    }
    join(slots.iter().map(String::as_str), "、")
}

fn is_none(text: &str) -> bool {
    matches!(text, "なし" | "無し" | "無")
}

fn slot(row: &mut RecordCells<'_>, start: Option<Cell<'_>>, end: Option<Cell<'_>>) -> String {
    let (from, to) = (start.and_then(|c| time(c.text)), end.and_then(|c| time(c.text)));
    if let (Some(from), Some(to), Some(end)) = (from, to, end)
        && to < from
        && to >= MORNING
    {
        let start = start.map_or("", |cell| cell.text);
        row.problem(Some(end.heading), ProblemKind::EndBeforeStart, &[("value", end.text), ("start", start)]);
    }
    let (start, end) = (start.map(|c| word(row, c, from)), end.map(|c| word(row, c, to)));
    match (start, end) {
        (Some(start), Some(end)) if start == end && from.is_none() => start,
        (Some(start), None) if from.is_none() => start,
        (start, end) => format!("{}〜{}", start.unwrap_or_default(), end.unwrap_or_default()),
    }
}

/// The normalised time; if the cell is not a time, its words, with the problem reported.
fn word(row: &mut RecordCells<'_>, cell: Cell<'_>, time: Option<DayMinutes>) -> String {
    if let Some(time) = time {
        return time.to_string();
    }
    if !is_all_day(cell.text) && !is_range(cell.text) {
        row.warn(cell, ProblemKind::BadTime);
    }
    one_line(cell.text)
}

fn is_all_day(text: &str) -> bool {
    ["終日", "24時間", "２４時間", "常時"].iter().any(|word| text.starts_with(word))
}

/// Whether a cell holds both a start and an end, or several such.
fn is_range(text: &str) -> bool {
    let slots = narrow(text).replace(['、', ','], "\n");
    slots.lines().all(|slot| {
        let mut ends = slot.split(['〜', '~', '-', '–']).map(time);
        ends.next().flatten().is_some() && ends.next().flatten().is_some() && ends.next().is_none()
    })
}
