//! Category of a row, by keyword classification. This module does no I/O.

use crate::import::cells::cell::{RecordCells, SheetContext, is_blank, is_damaged};
use crate::import::columns::Field;
use crate::import::{ListProblem, ProblemKind};
use crate::model::{Category, CategoryId, CategoryTable, Facts};

/// Classifies a row, whose names and words `facts` holds already.
///
/// A column of categories decides; without one, the sheet's name does, then the words of name and contents. Anything
/// else goes to the table's last category.
pub(super) fn category(row: &mut RecordCells<'_>, facts: &Facts) -> CategoryId {
    let table = row.sheet.known.categories;
    let Some(last) = table.all().last() else { return CategoryId::default() };
    let cell = row.first(Field::Category);
    let chosen = match cell {
        Some(cell) => named(table, cell.text, facts),
        None => unnamed(row.sheet, facts),
    };
    if let (None, Some(cell)) = (chosen, cell) {
        let values = [("value", cell.text), ("category", last.name.japanese())];
        row.problem(Some(cell.heading), ProblemKind::UnknownCategory, &values);
    }
    chosen.unwrap_or(last).id.clone()
}

/// The notice that a list has no column of categories.
pub(super) fn notice(sheet: &SheetContext<'_>) -> Option<ListProblem> {
    let last = sheet.known.categories.all().last().filter(|_| !sheet.has(Field::Category))?;
    Some(sheet.notice(ProblemKind::NoCategoryColumn, &[("category", last.name.japanese())]))
}

/// The category that a cell names; if it names a group of categories, the one that fits the words of the row best.
fn named<'a>(table: &'a CategoryTable, text: &str, facts: &Facts) -> Option<&'a Category> {
    let group = table.in_group(text);
    if group.is_empty() {
        return table.matching(text);
    }
    let fits = |category: &&Category| group.iter().any(|g| g.id == category.id);
    meant(table, facts).find(fits).or(group.first().copied())
}

fn unnamed<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let table = sheet.known.categories;
    let title = sheet.table.sheet.as_deref().filter(|t| !is_blank(t) && !is_damaged(t));
    title.and_then(|title| named(table, title, facts)).or_else(|| by_words(table, facts))
}

fn by_words<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
    meant(table, facts).next()
}

/// Categories that match the words of a row, the most reliable match first.
fn meant<'a>(table: &'a CategoryTable, facts: &Facts) -> impl Iterator<Item = &'a Category> {
    let words = std::iter::once(&facts.name).chain(&facts.tags).chain(&facts.interests);
    words.map(String::as_str).chain(facts.organization.as_deref()).filter_map(|text| table.matching(text))
}
