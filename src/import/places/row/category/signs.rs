//! What a name, what it is about and for whom it is says of its category, where no word of the table does. This module does no I/O.

use super::word_table::{CategorySign, WORDS, has_one, is_of_another_trade};
use crate::import::cells::cell::{RecordCells, is_blank};
use crate::import::columns::Field;
use crate::model::{Category, CategoryTable, Facts};

/// The category that `sign` means.
fn category<'a>(sign: &CategorySign, table: &'a CategoryTable) -> Option<&'a Category> {
    table.matching(&sign.means)
}

/// By a word of the name, with another beside it somewhere in the row.
pub(super) fn by_name<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
    let said = || {
        let texts = [
            Some(&facts.name),
            facts.eligibility.as_ref(),
            facts.description.as_ref(),
            facts.venue.as_ref(),
            facts.cost.as_ref(),
        ];
        let words = facts.tags.iter().chain(&facts.interests);
        texts.into_iter().flatten().chain(words).map(String::as_str).collect::<Vec<_>>().join("\n")
    };
    let of_name = |sign: &&CategorySign| !sign.beside.is_empty() && has_one(&sign.names, &facts.name);
    let mut signs = WORDS.sign.iter().filter(of_name).peekable();
    signs.peek()?;
    let said = said();
    signs.find(|sign| has_one(&sign.beside, &said)).and_then(|sign| category(sign, table))
}

/// By a word of the name and a heading that has something to say: a 会 with its 疾患.
pub(super) fn by_heading<'a>(row: &RecordCells<'a>, facts: &Facts) -> Option<&'a Category> {
    let is_filled = |words: &[String]| {
        let cells = row.sheet.table.headings.iter().zip(&row.record.cells);
        cells.into_iter().any(|(heading, cell)| has_one(words, heading) && !is_blank(cell))
    };
    let holds =
        |sign: &&CategorySign| !sign.below.is_empty() && has_one(&sign.names, &facts.name) && is_filled(&sign.below);
    WORDS.sign.iter().find(holds).and_then(|sign| category(sign, row.sheet.known.categories))
}

/// By what is done there or for whom it is. In a list with a column of categories, its words have been asked.
pub(super) fn by_words<'a>(row: &RecordCells<'a>, facts: &Facts) -> Option<&'a Category> {
    if row.sheet.has(Field::Category) || is_of_another_trade(&facts.name) {
        return None;
    }
    let about = facts.tags.iter().chain(&facts.interests).chain(&facts.description).map(String::as_str);
    let about = about.collect::<Vec<_>>().join("\n");
    let for_whom = facts.eligibility.as_deref().unwrap_or_default();
    let holds = |sign: &&CategorySign| has_one(&sign.about, &about) || has_one(&sign.for_whom, for_whom);
    WORDS.sign.iter().find(holds).and_then(|sign| category(sign, row.sheet.known.categories))
}
