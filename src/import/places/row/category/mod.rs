//! Category of a row, by keyword classification. This module does no I/O.
//!
//! A column of categories decides; else what the list as a whole says (its title, its sheet, its file, and what most of its
//! rows are), then the words of the row. A word of the column that the table does not have is taken for what it means, else for
//! what the rows with it are, and that is told once. A wrong category is worse than none: words of another trade stop every
//! guess.

mod of_list;
mod signs;
mod word_table;
mod words;

use std::collections::{HashMap, HashSet};

use self::of_list::{ListCategory, TitleCategory};
use crate::import::cells::cell::{RecordCells, SheetContext};
use crate::import::columns::Field;
use crate::import::table::SECTION_HEADING;
use crate::import::{ListProblem, ProblemKind};
use crate::model::{Category, CategoryId, CategoryTable, Facts};

/// What is known of the categories of a list before its rows are read.
#[derive(Debug)]
pub(super) struct ListCategories<'a> {
    of_list: ListCategory<'a>,
    /// What the words of its column of categories mean that the table does not have.
    unregistered: HashMap<&'a str, Option<(&'a Category, ProblemKind)>>,
    /// What the headings of its sections say.
    sections: HashMap<&'a str, Option<TitleCategory<'a>>>,
}

/// The notice that a list has no column of categories.
pub(super) fn notice(sheet: &SheetContext<'_>) -> Option<ListProblem> {
    let last = sheet.known.categories.all().last().filter(|_| !sheet.has(Field::Category))?;
    Some(sheet.notice(ProblemKind::NoCategoryColumn, &[("category", last.name.japanese())]))
}

impl<'a> ListCategories<'a> {
    /// Reads what the list says of itself. `facts_of` gives the names and words of a row.
    pub(super) fn of(sheet: &'a SheetContext<'a>, facts_of: impl Fn(&RecordCells<'a>) -> Facts) -> Self {
        let records = || sheet.table.records.iter().map(|record| RecordCells::new(sheet, record));
        let titles: HashSet<&'a str> = records().filter_map(|row| section(&row)).collect();
        let said = |title: &'a str| (title, of_list::by_title(sheet.known.categories, title));
        let sections = titles.into_iter().map(said).collect();
        if !sheet.has(Field::Category) {
            let rows: Vec<Facts> = records().map(|row| facts_of(&row)).filter(|facts| !facts.name.is_empty()).collect();
            return Self { of_list: of_list::of_list(sheet, &rows), unregistered: HashMap::new(), sections };
        }
        let mut rows_of: HashMap<&'a str, Vec<RecordCells<'a>>> = HashMap::new();
        for row in records() {
            if let Some(cell) = row.first(Field::Category) {
                rows_of.entry(cell.text).or_default().push(row);
            }
        }
        let table = sheet.known.categories;
        let is_unregistered = |text: &str| table.in_group(text).is_empty() && registered(table, text).is_none();
        let (unregistered, known): (HashMap<_, _>, HashMap<_, _>) =
            rows_of.into_iter().partition(|(text, _)| is_unregistered(text));
        let known: Vec<_> = known.iter().map(|(text, rows)| (registered(table, text), rows.len())).collect();
        let meant = |(text, rows): (&'a str, Vec<RecordCells<'a>>)| (text, meaning(sheet, text, &rows, &facts_of));
        Self {
            of_list: of_list::by_titles(sheet).filter(|title| is_true_of(*title, &known)).unwrap_or_default(),
            unregistered: unregistered.into_iter().map(meant).collect(),
            sections,
        }
    }

    /// Classifies a row, whose names and words `facts` holds already.
    pub(super) fn of_row(&self, row: &mut RecordCells<'a>, facts: &Facts) -> CategoryId {
        let table = row.sheet.known.categories;
        let Some(fallback) = table.all().last() else { return CategoryId::default() };
        let Some(cell) = row.first(Field::Category) else {
            return self.without_cell(row, facts).unwrap_or(fallback).id.clone();
        };
        if let Some(category) = named(table, cell.text, facts) {
            return category.id.clone();
        }
        let meant = self.unregistered.get(cell.text).copied().flatten();
        let by_row = || self.without_cell(row, facts).map(|category| (category, ProblemKind::CategoryByRows));
        let (category, kind) = meant.or_else(by_row).unwrap_or((fallback, ProblemKind::UnknownCategory));
        let values = [("value", cell.text), ("category", category.name.japanese()), ("rows", "1")];
        row.problem(Some(cell.heading), kind, &values);
        category.id.clone()
    }

    /// By all that is said of a row outside a column of categories.
    fn without_cell(&self, row: &RecordCells<'a>, facts: &Facts) -> Option<&'a Category> {
        if has_names_of_another_trade(row) {
            return None;
        }
        // What takes place in a building says more of a row than the building.
        let found = self.by_list_or_row(row, facts);
        let activity = || words::by_activity(row.sheet, facts);
        let found = if found.is_some_and(|category| category.buildings) { activity().or(found) } else { found };
        found.or_else(|| signs::by_words(row, facts))
    }

    fn by_list_or_row(&self, row: &RecordCells<'a>, facts: &Facts) -> Option<&'a Category> {
        let table = row.sheet.known.categories;
        match self.of_list {
            ListCategory::One(category) => Some(category),
            ListCategory::Group(title) => named(table, title, facts),
            ListCategory::Unknown => words::by_columns(table, facts),
            ListCategory::Mixed => self.by_row(row, facts).or_else(|| words::by_names(row.sheet, facts)),
            ListCategory::Mostly(category) => self
                .by_row(row, facts)
                .or_else(|| Some(category).filter(|_| !word_table::is_of_another_trade(&facts.name))),
        }
    }

    /// By the heading of its section, its own words and the heading of its name.
    fn by_row(&self, row: &RecordCells<'a>, facts: &Facts) -> Option<&'a Category> {
        let table = row.sheet.known.categories;
        let section = section(row).and_then(|title| self.sections.get(title).copied().flatten());
        // 【文化系】 among circles is no house of arts.
        let are_groups = || row.sheet.has(Field::ActivityName) || row.sheet.has(Field::GroupName);
        if let Some(TitleCategory::Whole(category)) = section
            && !(category.buildings && are_groups())
        {
            return (!word_table::is_of_another_trade(&facts.name)).then_some(category);
        }
        let of_words = || {
            let by_sign = signs::by_heading(row, facts);
            by_sign.or_else(|| words::by_strong_names(row.sheet, facts)).or_else(|| words::by_columns(table, facts))
        };
        let partly = || match section {
            Some(TitleCategory::Part(category)) => Some(category),
            _ => by_heading(row).or_else(|| table.mentioned_in(&facts.name)),
        };
        of_words().or_else(|| partly().filter(|_| !word_table::is_of_another_trade(&facts.name)))
    }
}

/// Whether most rows of a column of categories are of what the title says; `known` are its registered words with their rows.
fn is_true_of(title: ListCategory<'_>, known: &[(Option<&Category>, usize)]) -> bool {
    let ListCategory::One(category) = title else { return false };
    let all: usize = known.iter().map(|(_, rows)| rows).sum();
    let agreeing = known.iter().filter(|(found, _)| found.is_some_and(|found| found.id == category.id));
    agreeing.map(|(_, rows)| rows).sum::<usize>() * 4 >= all * 3
}

/// The heading of the section that a row stands in.
fn section<'a>(row: &RecordCells<'a>) -> Option<&'a str> {
    let column = row.sheet.table.headings.iter().rposition(|heading| heading == SECTION_HEADING)?;
    row.record.cells.get(column).map(String::as_str)
}

/// Whether the column of the name says that all its rows are of another trade: 「停留所名」.
fn has_names_of_another_trade(row: &RecordCells<'_>) -> bool {
    let names = [Field::ActivityName, Field::Name, Field::GroupName, Field::VenueName];
    let heading = names.into_iter().find_map(|field| row.heading(field));
    heading.is_some_and(word_table::is_of_another_trade)
}

/// By the heading of the column that names the row: below 「窓口の名称」 stand offices that advise. In a list with a column of
/// categories, its rows are not all of what that heading says.
fn by_heading<'a>(row: &RecordCells<'a>) -> Option<&'a Category> {
    if row.sheet.has(Field::Category) {
        return None;
    }
    let table = row.sheet.known.categories;
    let names = [Field::ActivityName, Field::Name, Field::GroupName];
    let heading = names.into_iter().find_map(|field| row.first(field))?.heading;
    table.matching(&words::without_weak(heading)).filter(|category| table.all().last() != Some(*category))
}

/// What `text`, a word of the column of categories that the table does not have, means: by itself, else by the `rows` with it.
fn meaning<'a>(
    sheet: &SheetContext<'a>,
    text: &str,
    rows: &[RecordCells<'a>],
    facts_of: &impl Fn(&RecordCells<'a>) -> Facts,
) -> Option<(&'a Category, ProblemKind)> {
    let table = sheet.known.categories;
    if word_table::is_of_another_trade(text) {
        return None;
    }
    if let Some(category) = table.meant_by(text) {
        return Some((category, ProblemKind::CategoryByMeaning));
    }
    let guess = |row: &RecordCells<'a>| {
        let facts = facts_of(row);
        words::by_names(sheet, &facts).or_else(|| table.mentioned_in(&facts.name))
    };
    let guesses: Vec<&Category> = rows.iter().filter_map(guess).collect();
    let count = |category: &Category| guesses.iter().filter(|guess| guess.id == category.id).count();
    let most = guesses.iter().copied().max_by_key(|category| count(category))?;
    let is_clear = rows.len() > 1 && count(most) > 1 && count(most) == guesses.len() && guesses.len() * 4 >= rows.len();
    is_clear.then_some((most, ProblemKind::CategoryByRows))
}

/// The category that a cell or title names; if it names a group of categories, the one that fits the words of the row best.
fn named<'a>(table: &'a CategoryTable, text: &str, facts: &Facts) -> Option<&'a Category> {
    let group = table.in_group(text);
    if group.is_empty() {
        return registered(table, text);
    }
    let fits = |category: &&Category| group.iter().any(|g| g.id == category.id);
    let by_words = words::by_name_words(table, facts).into_iter().chain(words::by_columns(table, facts));
    by_words.into_iter().find(fits).or(group.first().copied())
}

/// The category that has a word of `text`; of words of another trade, only the rest counts: 「保育所・子育て支援」.
fn registered<'a>(table: &'a CategoryTable, text: &str) -> Option<&'a Category> {
    if !word_table::is_of_another_trade(text) {
        return table.matching(text);
    }
    let parts = text.split(['、', ',', '，', '・', '/', '／', ';', '；', '\n']);
    parts.filter(|part| !word_table::is_of_another_trade(part)).find_map(|part| table.matching(part))
}

#[cfg(test)]
mod tests;
