//! The last confirmation of a place. A date of change (更新日) is no confirmation. This module does no I/O.

use chrono::{Datelike as _, NaiveDate};

use super::access::answer;
use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, one_line};
use crate::import::columns::Field;
use crate::model::{AccessAnswer, AccessFact, Facts, Verification};

/// The first plausible year of a confirmation.
const EARLIEST_YEAR: i32 = 1990;

/// Reads the columns of confirmation; an impossible or future date is refused.
pub(super) fn verification(row: &mut RecordCells<'_>, facts: &mut Facts) -> Option<Verification> {
    let accepts_new = row.first(Field::AcceptsNew).and_then(|cell| accepts(row, cell, facts));
    let by = row.first(Field::VerifiedBy);
    let how = row.first(Field::VerifiedHow);
    let on = row.first(Field::VerifiedOn).and_then(|cell| day(row, cell, facts));
    let Some(on) = on else {
        [by, how].into_iter().flatten().for_each(|cell| keep(facts, cell));
        return None;
    };
    let text = |cell: Option<Cell<'_>>| cell.map(|c| one_line(c.text));
    Some(Verification { on, by: text(by), how: text(how), accepts_new })
}

fn day(row: &mut RecordCells<'_>, cell: Cell<'_>, facts: &mut Facts) -> Option<NaiveDate> {
    let is_possible =
        |day: &NaiveDate| day.year() >= EARLIEST_YEAR && row.sheet.known.today.is_none_or(|today| *day <= today);
    let day = crate::import::cells::dates::date(cell.text).filter(is_possible);
    if day.is_none() {
        row.warn(cell, ProblemKind::BadDate);
        keep(facts, cell);
    }
    day
}

/// Whether new people are welcome; if the list states it, it is a fact of the place too.
fn accepts(row: &RecordCells<'_>, cell: Cell<'_>, facts: &mut Facts) -> Option<bool> {
    let Some(accepts) = answer(row.sheet.known.phrases, cell.text) else {
        super::add_note(facts, cell);
        return None;
    };
    facts.access.entry(AccessFact::Full).or_insert_with(|| AccessAnswer { yes: !accepts, words: one_line(cell.text) });
    Some(accepts)
}

/// Keeps words that fit no field of a confirmation with the unmapped columns: only staff see them.
fn keep(facts: &mut Facts, cell: Cell<'_>) {
    facts.extra.insert(cell.heading.to_owned(), cell.text.to_owned());
}
