//! Whether it takes place: 休止, 解散 and the like in a column of their own, in the name, the schedule and the remarks, with
//! their date.
//!
//! A clause counts only where nothing but a date, a reason and words like 現在 stands before 休止 or 解散: 「12〜3月は休止」 and
//! 「雨天中止」 are exceptions of a schedule. This module does no I/O.

mod clause;

use chrono::{Datelike as _, NaiveDate};

use self::clause::{StatedStatus, clauses, stated};
use super::memo::TextMemo;
use crate::import::ImportContext;
use crate::import::cells::cell::{Cell, RecordCells, narrow};
use crate::import::cells::dates;
use crate::import::columns::Field;
use crate::model::{Facts, Schedule, Status};
use crate::schedule::rule::DayPattern;
use crate::schedule::{ScheduleContext, read};
use crate::text::fold;

/// Words about the dates of a schedule, which make 休止中 an exception of it.
const EXCEPTIONS: [&str; 12] =
    ["でも", "場合", "時は", "とき", "月は", "月の", "期間", "週", "冬季", "夏季", "曜", "雨"];

/// The status by its column, else by the words of the row; `phrases` are those of the table of phrases, each with the words around it. If a row states two, the one that sends nobody in vain.
pub(super) fn status(row: &RecordCells<'_>, phrases: &[(Status, String)], facts: &mut Facts) -> Status {
    let today = row.sheet.known.today;
    if let Some(cell) = row.first(Field::Status) {
        return status_of_column(row, cell, today, facts);
    }
    let phrases = phrases.iter().filter(|(_, words)| !is_exception(words)).map(|(status, _)| *status);
    let mut all: Vec<Status> = phrases.collect();
    let name = std::iter::once(facts.name.as_str()).chain(facts.organization.as_deref());
    all.extend(name.flat_map(asides_of_name).filter_map(|clause| now(stated(&clause, today))));
    let fields = [
        Field::Weekdays,
        Field::Schedule,
        Field::Note,
        Field::AccessNote,
        Field::Description,
        Field::Eligibility,
        Field::ClosedDays,
    ];
    for cell in fields.into_iter().flat_map(|field| row.cells(field)) {
        all.extend(clauses(cell.text).filter_map(|clause| now(stated(&clause, today))));
    }
    all.into_iter().max_by_key(|status| rank(*status)).unwrap_or_default()
}

/// The status that a text of its own states; `None` if it states none.
pub(super) fn of_text(text: &str, known: ImportContext<'_>) -> Option<Status> {
    let stated = clauses(text).find_map(|clause| stated(&clause, known.today));
    let planned_is_active = |it: StatedStatus| if it.planned { Status::Active } else { it.status };
    let words = known.phrases.status();
    let folded = fold(text);
    let is_active = || words.active.contains(&folded);
    stated.map(planned_is_active).or_else(|| is_active().then_some(Status::Active))
}

fn now(stated: Option<StatedStatus>) -> Option<Status> {
    stated.filter(|it| !it.planned).map(|it| it.status)
}

fn is_exception(words: &str) -> bool {
    EXCEPTIONS.iter().any(|word| words.contains(word))
}

fn status_of_column(row: &RecordCells<'_>, cell: Cell<'_>, today: Option<NaiveDate>, facts: &mut Facts) -> Status {
    // A date says by its heading what happens then: 廃止年月日.
    let ends = ["廃止", "閉鎖", "解散", "休止"].into_iter().find(|end| cell.heading.contains(end));
    let dated = ends.filter(|_| dates::date(cell.text).is_some()).map(|end| format!("{}をもって{end}", cell.text));
    if let Some(stated) = dated.and_then(|clause| stated(&clause, today)) {
        return if stated.planned { Status::Active } else { stated.status };
    }
    if let Some(stated) = clauses(cell.text).find_map(|clause| stated(&clause, today)) {
        if narrow(cell.text).chars().count() > 4 {
            super::add_note(facts, cell);
        }
        return if stated.planned { Status::Active } else { stated.status };
    }
    let words = row.sheet.known.phrases.status();
    let folded = fold(cell.text);
    let plain = folded.split('(').next().unwrap_or_default();
    if words.active.iter().any(|word| word == plain) {
        return Status::Active;
    }
    let has = |list: &[String]| list.iter().any(|word| plain.contains(word.as_str()));
    let status = if has(&words.closed) {
        Some(Status::Closed)
    } else if has(&words.paused) {
        Some(Status::Paused)
    } else {
        has(&words.active).then_some(Status::Active)
    };
    if status.is_none() || plain != folded {
        super::add_note(facts, cell);
    }
    status.unwrap_or_default()
}

fn rank(status: Status) -> u8 {
    match status {
        Status::Active => 0,
        Status::Paused => 1,
        Status::Closed => 2,
    }
}

/// What stands in brackets, behind ※ or behind a space in a name; a former name (旧：…) is none of it.
fn asides_of_name(name: &str) -> Vec<String> {
    let narrow = narrow(name);
    let marks = |c: char| "()[]【】〔〕<>《》「」『』※★".contains(c) || c.is_whitespace();
    let mut parts: Vec<String> = narrow.split(marks).skip(1).map(str::to_owned).collect();
    let ends = ["休止中", "休会中"].iter().find(|end| narrow.ends_with(*end));
    parts.extend(ends.map(|end| (*end).to_owned()));
    parts
}

/// Headings of the day on which an event takes place, and not of the one since which something exists.
const EVENTS: [&str; 7] = ["開催", "実施", "イベント", "公演", "期日", "日時", "date"];

/// Whether all that the row names is past: the days of an event, or a last day.
pub(super) fn is_over(row: &RecordCells<'_>, schedules: &[Schedule], texts: &TextMemo) -> bool {
    let event = |cell: Cell<'_>| EVENTS.iter().any(|word| cell.heading.contains(word));
    let started = row.first(Field::StartDate);
    let known = row.sheet.has(Field::EndDate) || started.is_none_or(event);
    let over = |today: NaiveDate| schedules.iter().all(|it| texts.is_past(&it.text, || is_past(&it.text, today)));
    known && !schedules.is_empty() && row.sheet.known.today.is_some_and(over)
}

/// Whether all that a schedule names is past: single days, or a last day.
fn is_past(schedule: &str, today: NaiveDate) -> bool {
    let reading = read(schedule, &ScheduleContext::new(today));
    let Some(rule) = reading.rule.filter(|_| reading.unread.is_none()) else { return false };
    let single = |session: &crate::schedule::rule::Session| matches!(&session.when.days, DayPattern::Dates(days) if days.iter().all(|day| *day < today));
    let dated = !rule.sessions.is_empty() && rule.sessions.iter().all(single);
    dated || rule.until.is_some_and(|until| until < today && until.year() >= 1990)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Option<(Status, bool)> {
        stated(text, NaiveDate::from_ymd_opt(2026, 11, 26)).map(|it| (it.status, it.planned))
    }

    #[test]
    fn a_name_states_its_status_in_brackets_and_never_by_a_former_name() {
        let of = |name: &str| asides_of_name(name).iter().find_map(|it| on(it));
        assert_eq!(of("谷川サロン（休止中）"), Some((Status::Paused, false)));
        assert_eq!(of("谷川サロン【R7年度末をもって解散】"), Some((Status::Closed, false)));
        assert_eq!(of("谷川サロン ※休会中"), Some((Status::Paused, false)));
        assert_eq!(of("谷川サロン（来年度で終了予定）"), Some((Status::Closed, true)));
        assert_eq!(of("谷川サロン（旧：解散した会）"), None);
        assert_eq!(of("解散総選挙を語る会"), None);
    }

    #[test]
    fn an_event_is_over_when_its_last_day_is_past() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let over = |text: &str| is_past(text, today);
        assert!(over("2026-05-03〜2026-05-05 10:00〜16:00") && over("令和8年9月6日（日） 13:30〜"));
        assert!(over("令和7年10月1日〜令和8年3月31日 毎週水曜 10:00〜"));
        assert!(!over("2026-11-26 10:00〜") && !over("毎週水曜") && !over("不定期") && !over("2026-11-20〜2026-12-20"));
    }
}
