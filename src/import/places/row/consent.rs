//! The consent of a person, or of a group, to be listed. This module does no I/O.
//!
//! In doubt there is none: what is not understood, lies in the future or was damaged keeps the row for the staff. Of several
//! columns the strictest decides. Words that fit no field are kept with the unmapped columns.

use chrono::{Months, NaiveDate};

use super::access::answer;
use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, is_blank, narrow};
use crate::import::cells::dates;
use crate::import::columns::Field;
use crate::import::places::phrases::ConsentWords;
use crate::model::{Consent, ConsentState, Facts};
use crate::privacy::{ConsentRules, ConsentStanding};
use crate::text::fold;

/// Characters between the first and the last day of a span.
const SPAN: [char; 4] = ['〜', '~', '～', '∼'];

/// Words that make a last day relative to the day on which somebody wrote them.
const RELATIVE: [&str; 5] = ["今年度", "本年度", "来年度", "昨年度", "翌年度"];

/// What may follow a last day in its cell.
const BEHIND_DAY: [&str; 8] = ["まで", "迄", "限り", "末日", "末", "更新", "に更新", "に確認"];

/// Reads the columns of consent; `None` if this row has nothing in any of them.
pub(super) fn consent(row: &mut RecordCells<'_>, facts: &mut Facts) -> Option<Consent> {
    let mut reading = ConsentReading { is_written: false, consent: Consent::default(), unclear: Vec::new() };
    for cell in written_cells(row, Field::ConsentState) {
        reading.add_state(row, cell);
        facts.extra.insert(cell.heading.to_owned(), cell.text.to_owned());
    }
    for cell in written_cells(row, Field::ConsentOn) {
        reading.add_given(row, cell);
    }
    for cell in written_cells(row, Field::ConsentUntil) {
        reading.add_until(row, cell);
    }
    for cell in written_cells(row, Field::ConsentWithdrawn) {
        reading.is_written = true;
        if answer(row.sheet.known.phrases, cell.text) != Some(false) {
            reading.consent.state = ConsentState::Withdrawn;
        }
        facts.extra.insert(cell.heading.to_owned(), cell.text.to_owned());
    }
    for cell in &reading.unclear {
        row.warn(*cell, ProblemKind::UnclearConsent);
        facts.extra.insert(cell.heading.to_owned(), cell.text.to_owned());
    }
    reading.finish()
}

/// Reports that the row is for staff only because of its consent.
pub(super) fn report(row: &mut RecordCells<'_>, facts: &Facts) {
    let known = row.sheet.known;
    // Without a day, nothing is past.
    let today = known.today.unwrap_or(NaiveDate::MIN);
    let rules = ConsentRules { today, months: known.city.consent_months };
    let (kind, field) = match rules.standing(facts, known.categories.by_id(&facts.category)) {
        ConsentStanding::Missing => (ProblemKind::ConsentMissing, Field::ConsentOn),
        ConsentStanding::Over => (ProblemKind::ConsentOver, Field::ConsentUntil),
        ConsentStanding::Withdrawn => (ProblemKind::ConsentWithdrawn, Field::ConsentState),
        // Reported with the cell.
        ConsentStanding::Unclear | ConsentStanding::NotNeeded | ConsentStanding::Holds(_) => return,
    };
    row.problem(row.heading(field), kind, &[("rows", "1")]);
}

/// The cells of `field` that are not blank; a damaged one is as good as any other that nobody understands.
fn written_cells<'a>(row: &RecordCells<'a>, field: Field) -> Vec<Cell<'a>> {
    let (sheet, record) = (row.sheet, row.record);
    let cell = |column: &usize| {
        let text = record.cells.get(*column)?.trim();
        let heading = sheet.table.headings.get(*column).map_or("", String::as_str);
        (!is_blank(text)).then_some(Cell { heading, text })
    };
    sheet.columns_of(field).iter().filter_map(cell).collect()
}

/// A consent as far as its cells have been read.
struct ConsentReading<'a> {
    is_written: bool,
    consent: Consent,
    unclear: Vec<Cell<'a>>,
}

impl<'a> ConsentReading<'a> {
    /// 「○」, 「口頭」, 「撤回」, or a day on which it was given.
    fn add_state(&mut self, row: &RecordCells<'_>, cell: Cell<'a>) {
        self.is_written = true;
        let phrases = row.sheet.known.phrases;
        let (words, folded) = (phrases.consent(), fold(cell.text));
        let has = |words: &[String]| words.iter().any(|word| folded.contains(word.as_str()));
        match answer(phrases, cell.text) {
            _ if has(&words.withdrawn) => self.consent.state = ConsentState::Withdrawn,
            Some(true) => {}
            Some(false) => self.consent.state = ConsentState::Withdrawn,
            None if dates::date(cell.text).is_some() => self.add_given(row, cell),
            None if has(&words.given) => {}
            None => self.unclear.push(cell),
        }
    }

    /// The day it was given; of several the first.
    fn add_given(&mut self, row: &RecordCells<'_>, cell: Cell<'a>) {
        self.is_written = true;
        let is_possible = |day: &NaiveDate| row.sheet.known.today.is_none_or(|today| *day <= today);
        match dates::date(cell.text).filter(is_possible) {
            Some(day) => {
                let known = self.consent.given_on.unwrap_or(day);
                self.consent.given_on = Some(known.min(day));
            }
            None => self.unclear.push(cell),
        }
    }

    /// The last day it holds; of several the first.
    fn add_until(&mut self, row: &RecordCells<'_>, cell: Cell<'a>) {
        self.is_written = true;
        match last_day(cell.text, self.consent.given_on, row.sheet.known.phrases.consent()) {
            LastDay::On(day) => {
                let known = self.consent.until.unwrap_or(day);
                self.consent.until = Some(known.min(day));
            }
            LastDay::Usual => {}
            LastDay::Unclear => self.unclear.push(cell),
        }
    }

    fn finish(mut self) -> Option<Consent> {
        if !self.unclear.is_empty() && self.consent.state == ConsentState::Given {
            self.consent.state = ConsentState::Unclear;
        }
        self.is_written.then_some(self.consent)
    }
}

/// What a cell says of the last day of a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastDay {
    On(NaiveDate),
    /// It has none of its own, so that the usual time counts.
    Usual,
    Unclear,
}

/// The last day that `text` names: a date, a month or a fiscal year, the end of a span, or a time from `given` on.
fn last_day(text: &str, given: Option<NaiveDate>, words: &ConsentWords) -> LastDay {
    let compact: String = narrow(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let end = compact.rsplit(SPAN).next().unwrap_or_default();
    let end = end.rsplit("から").next().unwrap_or_default();
    if let Some(day) = written_day(end, given).or_else(|| given.and_then(|given| after(given, end))) {
        return LastDay::On(day);
    }
    let folded = fold(text);
    let is_endless = words.endless.iter().any(|word| folded.contains(word.as_str()));
    if is_endless && !folded.chars().any(|c| c.is_ascii_digit()) { LastDay::Usual } else { LastDay::Unclear }
}

/// The last day of the date, month or year that is all of `text`; this year's end is meant as of `given`.
fn written_day(text: &str, given: Option<NaiveDate>) -> Option<NaiveDate> {
    if given.is_none() && RELATIVE.iter().any(|word| text.contains(word)) {
        return None;
    }
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with('(') || BEHIND_DAY.contains(&rest);
    let period = dates::period(text, given.unwrap_or_default()).filter(|(_, used)| is_end(&text[*used..]));
    period.map(|(day, _)| day).or_else(|| dates::date(text))
}

/// The last day of a time that begins on `given`: 「1年間」, 「6か月」, 「半年」.
fn after(given: NaiveDate, text: &str) -> Option<NaiveDate> {
    let text = text.trim_start_matches("同意").trim_start_matches("より");
    let half = |text: &str| text.starts_with("半年").then_some(6);
    let number = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = (text[..end].parse::<u32>().ok()?, &text[end..]);
        let months = ["か月", "ヶ月", "カ月", "ヵ月", "ケ月", "箇月", "months"];
        let years = ["年間", "年", "years"];
        let is_unit = |word: &&str| {
            unit.strip_prefix(*word).is_some_and(|rest| ["", "間", "後", "有効", "間有効"].contains(&rest))
        };
        if months.iter().any(is_unit) {
            return Some(number);
        }
        years.iter().any(is_unit).then(|| number.checked_mul(12))?
    };
    given.checked_add_months(Months::new(half(text).or_else(|| number(text))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::places::phrases::Phrases;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_last_day_is_read_however_it_is_written() {
        let phrases = Phrases::built_in();
        let given = Some(day("2026-04-01"));
        for (text, expected) in [
            ("2027-03-31", LastDay::On(day("2027-03-31"))),
            ("令和9年3月31日", LastDay::On(day("2027-03-31"))),
            ("令和９年３月３１日まで", LastDay::On(day("2027-03-31"))),
            ("R9.3.31", LastDay::On(day("2027-03-31"))),
            ("R9.3.31（水）", LastDay::On(day("2027-03-31"))),
            ("R9.3", LastDay::On(day("2027-03-31"))),
            ("2027年2月", LastDay::On(day("2027-02-28"))),
            ("2027年2月末", LastDay::On(day("2027-02-28"))),
            ("令和8年度末", LastDay::On(day("2027-03-31"))),
            ("令和8年度末まで", LastDay::On(day("2027-03-31"))),
            ("20270331", LastDay::On(day("2027-03-31"))),
            ("46477", LastDay::On(day("2027-03-31"))),
            ("R8.4.1〜R9.3.31", LastDay::On(day("2027-03-31"))),
            ("2026年4月1日から2027年3月31日まで", LastDay::On(day("2027-03-31"))),
            ("来年度末", LastDay::On(day("2028-03-31"))),
            ("1年", LastDay::On(day("2027-04-01"))),
            ("１年間", LastDay::On(day("2027-04-01"))),
            ("6か月", LastDay::On(day("2026-10-01"))),
            ("同意から半年", LastDay::On(day("2026-10-01"))),
            ("無期限", LastDay::Usual),
            ("本人が撤回するまで", LastDay::Usual),
            ("期限なし", LastDay::Usual),
            ("春ごろ", LastDay::Unclear),
            ("要確認", LastDay::Unclear),
            ("####", LastDay::Unclear),
            ("2027-02-30", LastDay::Unclear),
        ] {
            assert_eq!(last_day(text, given, phrases.consent()), expected, "{text}");
        }
        for text in ["来年度末", "1年間"] {
            assert_eq!(last_day(text, None, phrases.consent()), LastDay::Unclear, "{text} of no day");
        }
    }
}
