//! Schedule text: one readable text from the columns of weekdays, hours, dates and remarks.
//!
//! The words of the list are never lost: unreadable parts stay as written. The format is regular, so that the schedule
//! parser can read it again: `dates weekdays hours（remarks、定休日: days）`. This module does no I/O.

use chrono::NaiveDate;

use super::{hours_by_day, paired_times};
use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, join, narrow, one_line};
use crate::import::cells::times::{DayMinutes, time};
use crate::import::columns::Field;
use crate::model::{Facts, Schedule};
use crate::schedule::{ScheduleContext, read};
use paired_times::PairedTimes;

/// Characters of a cell that holds only days, at most.
const DAYS_CHARS: usize = 24;

/// Texts of days and hours at most that can be one: days, hours of the morning and of the afternoon.
const MOST_HOURS: usize = 3;

/// An end before its start and before this hour is on the next morning, in minutes after midnight.
const MORNING: DayMinutes = DayMinutes(5 * 60);

/// Headings of days that are no part of a schedule: when something was founded or licensed.
const FOUNDED: [&str; 14] = [
    "開設日",
    "開設年月日",
    "設立",
    "許可",
    "認可",
    "指定年月日",
    "指定日",
    "発足",
    "結成",
    "創立",
    "創設",
    "登録日",
    "届出",
    "開業",
];

/// Reads all schedules of a row. Codes and days of foundation go to `facts.extra`, which only staff see.
pub(super) fn schedules(row: &mut RecordCells<'_>, facts: &mut Facts) -> Vec<Schedule> {
    if let Some(times) = paired_times::paired(row) {
        return of_pairs(row, times, facts);
    }
    let mut remarks: Vec<String> = by_days(row).into_iter().collect();
    let is_by_days = |cell: &Cell<'_>| !remarks.is_empty() && cell_by_days(cell).is_some();
    let others: Vec<Cell<'_>> = row.cells(Field::Schedule).filter(|cell| !is_by_days(cell)).collect();
    for cell in others {
        match meaning(cell) {
            // A time of 受付 beside that of the beginning.
            ScheduleCell::Words(text) if is_of_doors(row, cell) => remarks.push(format!("受付{}", one_line(&text))),
            ScheduleCell::Words(text) if says_afternoon(cell, &text) => remarks.push(format!("午後{text}")),
            ScheduleCell::Words(text) if !remarks.contains(&text) => remarks.push(text),
            ScheduleCell::Words(_) => {}
            ScheduleCell::ForStaff => drop(facts.extra.insert(cell.heading.to_owned(), cell.text.to_owned())),
        }
    }
    join_days(&mut remarks);
    let (dates, weekdays, hours) = (dates(row, facts), weekdays(row), hours(row));
    // 「開催日」 and its 「曜日」 are one day.
    let dates = dates.or_else(|| take_remark(&mut remarks, |text| weekdays.is_some() && is_one_day(text)));
    let (dates, weekdays) = match (&dates, &weekdays) {
        (None, Some(weekday)) if is_one_weekday(weekday) => match take_remark(&mut remarks, is_day_of_year) {
            Some(day) => {
                let weekday = weekday.trim().trim_matches(['(', ')', '（', '）']);
                (Some(format!("{day}（{weekday}）")), None)
            }
            None => (dates, weekdays),
        },
        _ => (dates, weekdays),
    };
    let weekdays = weekdays.map(|days| match take_remark(&mut remarks, is_weeks) {
        Some(weeks) => format!("{weeks}{days}"),
        None => days,
    });
    let (weekdays, dates) = match (weekdays, dates) {
        (Some(days), Some(weeks)) if is_weeks(&weeks) => (Some(format!("{weeks}{days}")), None),
        both => both,
    };
    // 「月10:00〜12:00、木13:00〜15:00」 says more than one pair of hours for all days.
    let hours = match (&weekdays, hours) {
        (Some(days), Some(hours)) if has_hours(days) => {
            if !days.contains(&hours) {
                facts.extra.insert(heading_of_hours(row), hours);
            }
            None
        }
        (_, hours) => hours,
    };
    let timed = weekdays.as_deref().is_some_and(has_hours);
    let days = weekdays.or_else(|| take_remark(&mut remarks, |text| hours.is_some() && is_days(text)));
    let hours = hours
        .or_else(|| take_remark(&mut remarks, |text| !timed && (days.is_some() || dates.is_some()) && is_hours(text)))
        .or_else(|| take_remark(&mut remarks, |text| !timed && days.is_some() && begins_with_hours(text)));
    let dates = match (&dates, &days, &hours) {
        (None, None, Some(hours)) => take_days_of(&mut remarks, hours, row.sheet.known.today.unwrap_or_default()),
        _ => dates,
    };
    let base: Vec<String> = [dates, days, hours].into_iter().flatten().collect();
    let closed = closed_days(row);
    if base.is_empty() {
        return from_words(remarks, closed, row.sheet.known.today.unwrap_or_default());
    }
    let mut aside: Vec<String> = remarks.iter().map(|text| one_line(text)).filter(|r| !base.contains(r)).collect();
    aside.extend(closed);
    let aside = if aside.is_empty() { String::new() } else { format!("（{}）", aside.join("、")) };
    vec![Schedule { text: base.join(" ") + &aside }]
}

/// The schedules of a row whose list has days and hours in pairs of columns.
fn of_pairs(row: &RecordCells<'_>, times: PairedTimes<'_>, facts: &mut Facts) -> Vec<Schedule> {
    for cell in times.of_office {
        super::add_note(facts, cell);
    }
    let others = row.cells(Field::Schedule).filter(|cell| !times.headings.contains(&cell.heading));
    let aside = others.map(|cell| one_line(cell.text)).chain(closed_days(row));
    let aside = aside.filter(|text| !times.texts.contains(text)).collect::<Vec<_>>().join("、");
    if times.texts.is_empty() {
        return if aside.is_empty() { Vec::new() } else { vec![Schedule { text: aside }] };
    }
    let aside = if aside.is_empty() { aside } else { format!("（{aside}）") };
    vec![Schedule { text: times.texts.join("、") + &aside }]
}

/// Whether `cell` says when people are let in, and another when it begins.
fn is_of_doors(row: &RecordCells<'_>, cell: Cell<'_>) -> bool {
    let heading = ["受付", "開場", "集合"].iter().any(|word| cell.heading.contains(word));
    heading && time(cell.text).is_some() && row.first(Field::StartTime).is_some()
}

/// Hours that stand in several columns by their days, as one text; `None` if no heading says days.
fn by_days(row: &RecordCells<'_>) -> Option<String> {
    let parts: Vec<String> = row.cells(Field::Schedule).filter_map(|cell| cell_by_days(&cell)).collect();
    join(parts.iter().map(String::as_str), "、")
}

fn cell_by_days(cell: &Cell<'_>) -> Option<String> {
    hours_by_day::days_of(cell.heading).and_then(|days| hours_by_day::with_days(&days, cell.text))
}

/// Whether the hours of `cell` are those of an afternoon by its heading alone: 「1:00〜3:00」 below 「午後」.
fn says_afternoon(cell: Cell<'_>, text: &str) -> bool {
    let narrow = narrow(text);
    let hour = narrow.split(|c: char| !c.is_ascii_digit()).next().and_then(|hour| hour.parse::<u32>().ok());
    cell.heading.trim().starts_with("午後") && hour.is_some_and(|hour| (1..12).contains(&hour)) && is_hours(text)
}

/// What a cell under a heading of schedules is.
enum ScheduleCell {
    Words(String),
    /// A code, or the day on which something was founded.
    ForStaff,
}

/// A bare number is a code of its list, unless its heading says what it counts: 2 under 「月の回数」.
fn meaning(cell: Cell<'_>) -> ScheduleCell {
    let number = narrow(cell.text);
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "-_".contains(c));
    let per = |unit: &str| cell.heading.contains(unit) && cell.heading.contains("回数");
    if cell.heading.contains('週') && !cell.heading.contains('回') && !number.contains(['曜', '月', '時']) {
        return weeks(&number).map_or(ScheduleCell::Words(cell.text.to_owned()), ScheduleCell::Words);
    }
    let is_pause = ["昼休", "休憩"].iter().any(|word| cell.heading.contains(word)) && is_hours(cell.text);
    if is_pause {
        return ScheduleCell::Words(format!("昼休み{}", one_line(cell.text)));
    }
    if is_number {
        let unit = ["月", "週", "年"].into_iter().find(|unit| per(unit));
        let text = unit.filter(|_| number.chars().all(|c| c.is_ascii_digit()));
        return text.map_or(ScheduleCell::ForStaff, |unit| ScheduleCell::Words(format!("{unit}{number}回")));
    }
    let founded = FOUNDED.iter().any(|word| cell.heading.contains(word)) && is_one_day(cell.text);
    if founded { ScheduleCell::ForStaff } else { ScheduleCell::Words(cell.text.to_owned()) }
}

/// The weeks that bare numbers below 開催週 mean: 「2,4」 is 第2・4, 「全」 every week.
fn weeks(number: &str) -> Option<String> {
    if ["全", "毎", "毎週", "全週", "各"].contains(&number) {
        return Some("毎週".to_owned());
    }
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let is_list = number.chars().all(|c| ('1'..='5').contains(&c) || "、,・/ .".contains(c));
    let text = || digits.iter().map(char::to_string).collect::<Vec<_>>().join("・");
    (is_list && !digits.is_empty()).then(|| format!("第{}", text()))
}

/// Whether `text` is a single day with its year, and nothing else.
fn is_one_day(text: &str) -> bool {
    crate::import::cells::dates::date(text).is_some()
}

/// Whether `text` is one day without its year: 12月5日, 12/5.
fn is_day_of_year(text: &str) -> bool {
    let narrow = narrow(text);
    let day = || narrow.trim().strip_suffix('日').and_then(|text| text.split_once('月'));
    let parts = day().or_else(|| narrow.trim().split_once('/'));
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    parts.is_some_and(|(month, day)| is_number(month) && is_number(day))
}

/// Puts days of several columns into one text: 「12/3(木)」 below 「1回目」, 「12/10(木)」 below 「2回目」.
fn join_days(texts: &mut Vec<String>) {
    let is_day = |text: &String| {
        let narrow = narrow(text);
        is_day_of_year(narrow.split('(').next().unwrap_or(&narrow))
    };
    if texts.iter().filter(|text| is_day(text)).count() < 2 {
        return;
    }
    let Some(first) = texts.iter().position(is_day) else { return };
    let days: Vec<String> = texts.extract_if(.., |text| is_day(text)).collect();
    texts.insert(first, days.iter().map(|day| one_line(day)).collect::<Vec<_>>().join("、"));
}

/// Whether `text` is one weekday and nothing else: 土, (土), 土曜日.
fn is_one_weekday(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '（', '）']).trim_end_matches("曜日").trim_end_matches('曜');
    bare.chars().count() == 1 && "月火水木金土日".contains(bare)
}

/// Whether `text` says which weeks, and of no weekday: 「毎月第３」, 「第2・4」, 「2・4週」, 「隔週」.
fn is_weeks(text: &str) -> bool {
    let mut rest = narrow(text);
    for word in ["毎月", "毎週", "隔週", "最終", "第", "週目", "週", "の", "と", "・", "、", ",", "/", "~", "〜", "目"]
    {
        rest = rest.replace(word, " ");
    }
    let narrow = narrow(text);
    let says_weeks = ["第", "週", "最終"].iter().any(|word| narrow.contains(word));
    let digits = |c: char| c.is_ascii_digit() || "一二三四五".contains(c) || c.is_whitespace();
    says_weeks && rest.chars().all(digits) && !narrow.ends_with("毎月")
}

/// Whether hours stand among the words: 「月10:00〜12:00」.
fn has_hours(text: &str) -> bool {
    let narrow: Vec<char> = narrow(text).chars().collect();
    narrow.windows(3).any(|w| w[0].is_ascii_digit() && w[1] == ':' && w[2].is_ascii_digit())
        || narrow.windows(2).any(|w| w[0].is_ascii_digit() && w[1] == '時')
}

fn heading_of_hours(row: &RecordCells<'_>) -> String {
    let heading = row.heading(Field::StartTime).or_else(|| row.heading(Field::EndTime));
    heading.unwrap_or_default().to_owned()
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

/// Takes the first remark that says the days of `hours`: both together are understood as a whole.
fn take_days_of(remarks: &mut Vec<String>, hours: &str, today: NaiveDate) -> Option<String> {
    let context = ScheduleContext::new(today);
    let are_days = |text: &String| {
        let says_days = text.contains(['曜', '日', '毎', '第', '月']) && !has_hours(text);
        says_days && {
            let parsed = read(&format!("{} {hours}", one_line(text)), &context);
            parsed.unread.is_none()
                && parsed.rule.is_some_and(|rule| rule.sessions.iter().all(|it| !it.hours.is_empty()))
        }
    };
    let at = remarks.iter().position(are_days)?;
    Some(one_line(&remarks.remove(at)))
}

/// Whether `text` begins with hours, and a remark on them follows: 「10:00～15:00（12時～13時は閉室）」.
fn begins_with_hours(text: &str) -> bool {
    let narrow = narrow(text);
    narrow.split_once(['(', '※', '\n']).is_some_and(|(hours, _)| is_hours(hours.trim()))
}

/// Whether `text` only counts: 「全3回」, 「月2回程度」.
fn is_count(text: &str) -> bool {
    let narrow = narrow(text);
    let text = narrow.trim().trim_end_matches("程度");
    let number = text.strip_suffix('回').map(|text| text.trim_start_matches(['全', '毎', '月', '週', '年', '計']));
    number.is_some_and(|number| (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit()))
}

/// Builds schedules from free text, verbatim; each column is a statement of its own, but days and hours in two columns
/// are one, with the count of a third one behind them.
fn from_words(mut texts: Vec<String>, closed: Option<String>, today: NaiveDate) -> Vec<Schedule> {
    let has_more = texts.iter().filter(|text| !is_count(text)).count() > 1;
    let counts: Vec<String> = if has_more { texts.extract_if(.., |text| is_count(text)).collect() } else { Vec::new() };
    texts = days_and_hours(texts, today);
    for count in counts {
        let with_count = |text: &String| format!("{text}（{}）", one_line(&count));
        let is_read = |text: &str| read(text, &ScheduleContext::new(today)).rule.is_some();
        match texts.as_mut_slice() {
            [text] if is_read(&with_count(text)) || !is_read(text) => *text = with_count(text),
            _ => texts.push(count),
        }
    }
    match (texts.last_mut(), closed) {
        (Some(last), Some(closed)) => *last = format!("{last}（{closed}）"),
        (None, Some(closed)) => texts.push(closed),
        (_, None) => {}
    }
    texts.into_iter().map(|text| Schedule { text }).collect()
}

/// The texts, with days and hours that stand in several of them as one.
fn days_and_hours(mut texts: Vec<String>, today: NaiveDate) -> Vec<String> {
    let (days, hours) = (texts.iter().any(|t| is_days(t)), texts.iter().any(|t| is_hours(t)));
    if days && hours {
        let parts = [take_remark(&mut texts, is_days), take_remark(&mut texts, is_hours)];
        texts.insert(0, parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    } else if let Some(text) = days_with_hours(&texts, today) {
        texts = vec![text];
    }
    texts
}

/// Days in one text and hours in the others, whatever their words, as one text: if both together are understood as a
/// whole.
fn days_with_hours(texts: &[String], today: NaiveDate) -> Option<String> {
    let context = ScheduleContext::new(today);
    let has_digit = |text: &String| text.chars().any(char::is_numeric);
    if texts.len() < 2 || texts.len() > MOST_HOURS || !texts.iter().any(has_digit) {
        return None;
    }
    // Looked at first, for the words of most rows are read once and no more.
    let (hours, days): (Vec<&String>, Vec<&String>) = texts.iter().partition(|text| has_hours(text));
    let are_hours = hours.iter().all(|text| !text.contains(['曜', '毎', '第', '週', '休', '月']));
    let [days] = days[..] else { return None };
    let hours: Vec<String> = hours.into_iter().map(|text| one_line(text)).collect();
    let text = format!("{} {}", one_line(days), hours.join("、"));
    let whole = || read(&text, &context);
    let read = (are_hours && !hours.is_empty()).then(whole).filter(|it| it.unread.is_none())?;
    read.rule.filter(|rule| !rule.sessions.is_empty() && rule.sessions.iter().all(|it| !it.hours.is_empty()))?;
    Some(text)
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

fn dates(row: &mut RecordCells<'_>, facts: &mut Facts) -> Option<String> {
    let founded = |cell: &Cell<'_>| FOUNDED.iter().any(|word| cell.heading.contains(word)) && is_one_day(cell.text);
    for cell in row.cells(Field::StartDate).filter(founded) {
        facts.extra.insert(cell.heading.to_owned(), cell.text.to_owned());
    }
    let (start, end) = (row.cells(Field::StartDate).find(|cell| !founded(cell)), row.first(Field::EndDate));
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
        let (start, end) = (starts.get(i).copied(), ends.get(i).copied());
        // 「平日_開始」 and 「土曜_開始」 are not two meetings of one day.
        let days = start.or(end).filter(|_| starts.len() > 1).and_then(|cell| hours_by_day::days_of(cell.heading));
        let hours = slot(row, start, end);
        slots.push(days.map_or(hours.clone(), |days| format!("{days} {hours}")));
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
