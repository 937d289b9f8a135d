//! Row import: one record → [`Facts`], with a problem for each cell that cannot be used.
//!
//! One module per kind of value; this one combines them. Whatever fits no field is kept: in the remarks, or with the
//! unmapped columns, which only staff see. This module does no I/O.

mod access;
mod address;
mod category;
mod consent;
mod contact;
mod coordinates;
mod costs;
mod hours_by_day;
mod ids;
mod meeting_mode;
mod memo;
mod misplaced;
mod names;
mod paired_times;
mod ride;
mod schedule_text;
mod status;
pub(in crate::import::places) mod typed;
mod verification;

use std::collections::HashMap;

use crate::import::cells::cell::{Cell, RecordCells, SheetContext, one_line};
use crate::import::cells::{audience, cell, damage, persons};

use category::ListCategories;
use memo::TextMemo;

use crate::import::columns::Field;
use crate::import::table::ListTable;
use crate::import::{ImportContext, ImportedPlace, ListProblem, ProblemKind};
use crate::model::{Facts, MeetingMode, Source, Status};
use crate::privacy::split_telephones;

/// Characters of a keyword at most; anything longer is a sentence.
const KEYWORD_CHARS: usize = 30;

/// Imports the places of a table, with all problems in order of row. `fields` is the column mapping; `file` is the name
/// recorded as the source.
///
/// Takes time in proportion to the size of the table.
pub fn places(
    table: &ListTable,
    fields: &[Option<Field>],
    file: &str,
    known: ImportContext<'_>,
) -> (Vec<ImportedPlace>, Vec<ListProblem>) {
    let sheet = SheetContext::new(table, fields, file, known);
    let mut problems = notices(&sheet);
    let ids = ids::lasting_ids(&sheet, &mut problems);
    let mut places: Vec<ImportedPlace> = Vec::with_capacity(table.records.len());
    let mut over = 0_usize;
    let list = ListReading {
        categories: ListCategories::of(&sheet, named_facts),
        of_persons: names::is_sheet_of_persons(&sheet),
        texts: TextMemo::default(),
        mode: meeting_mode::of_list(&sheet),
    };
    for (record, id) in table.records.iter().zip(ids) {
        let mut row = RecordCells::new(&sheet, record);
        let place = place(&mut row, &list, id);
        persons::report_named_in_text(&mut row, fields, |text| list.texts.names_somebody(text));
        problems.append(&mut row.problems);
        over += usize::from(row.over);
        places.extend(place);
    }
    if over > 0 {
        problems.push(sheet.notice(ProblemKind::EventsOver, &[("count", &over.to_string())]));
    }
    let mut problems = one_notice_of_many(problems);
    problems.sort_by_key(|problem| problem.row);
    (places, persons::once_per_column(problems))
}

/// What is known of a list while its rows are read.
struct ListReading<'a> {
    categories: ListCategories<'a>,
    /// Whether the sheet says that each row is a person.
    of_persons: bool,
    texts: TextMemo,
    /// How people meet, where the list as a whole says it.
    mode: Option<MeetingMode>,
}

/// Joins what is true of many rows of a column for one reason, or of all rows with one word of it, into one notice, at the
/// first of them, with their count.
fn one_notice_of_many(problems: Vec<ListProblem>) -> Vec<ListProblem> {
    let mut rest = Vec::with_capacity(problems.len());
    let mut joined: HashMap<_, (ListProblem, u32)> = HashMap::new();
    for problem in problems {
        let Some(word) = joined_by(&problem) else {
            rest.push(problem);
            continue;
        };
        let key = (problem.kind, problem.column.clone(), word);
        joined.entry(key).and_modify(|(_, rows)| *rows += 1).or_insert((problem, 1));
    }
    for (mut notice, rows) in joined.into_values() {
        notice.values.iter_mut().filter(|(name, _)| *name == "rows").for_each(|(_, value)| *value = rows.to_string());
        rest.push(notice);
    }
    // The order of a hash map is no order.
    rest.sort_by(|left, right| (left.row, &left.column, left.kind).cmp(&(right.row, &right.column, right.kind)));
    rest
}

/// The words that a notice shares with those it is joined with, empty where its column is enough; `None` for a problem that
/// stands for itself.
fn joined_by(problem: &ListProblem) -> Option<String> {
    use ProblemKind::{
        CategoryByMeaning, CategoryByRows, ConsentMissing, ConsentOver, ConsentWithdrawn, DatumConverted,
        RepairedCoordinates, RoundedCoordinates, UnknownCategory,
    };
    match problem.kind {
        RepairedCoordinates | RoundedCoordinates | DatumConverted | ConsentMissing | ConsentOver | ConsentWithdrawn => {
            Some(String::new())
        }
        UnknownCategory | CategoryByMeaning | CategoryByRows => {
            let words = problem.values.iter().filter(|(name, _)| *name != "rows").map(|(_, value)| value.as_str());
            Some(words.collect::<Vec<_>>().join("\n"))
        }
        _ => None,
    }
}

/// The names and words of a row, from which its category is inferred.
fn named_facts(row: &RecordCells<'_>) -> Facts {
    let mut facts = Facts::default();
    names::names(&mut RecordCells::new(row.sheet, row.record), &mut facts);
    words(row, &mut facts);
    facts
}

/// Problems of the list as a whole.
fn notices(sheet: &SheetContext<'_>) -> Vec<ListProblem> {
    let mut notices: Vec<ListProblem> = category::notice(sheet).into_iter().collect();
    if !sheet.has(Field::Audience) {
        notices.push(sheet.notice(ProblemKind::NoAudienceColumn, &[]));
    }
    notices.extend(damage::lost_zeros_of_codes(sheet));
    notices
}

/// Imports one row; `None`, with an error reported, if it has no name.
fn place<'a>(row: &mut RecordCells<'a>, list: &ListReading<'a>, list_id: Option<String>) -> Option<ImportedPlace> {
    damage::note(row);
    misplaced::set_aside(row);
    let mut facts = Facts { extra: row.extra(), ..Facts::default() };
    names::names(row, &mut facts);
    let named = names::take_persons(row, &mut facts, list.of_persons);
    words(row, &mut facts);
    facts.category = list.categories.of_row(row, &facts);
    if facts.name.is_empty() {
        let category = row.sheet.known.categories.by_id(&facts.category);
        let Some(name) = category.and_then(|category| names::name_of_private_person(row, category, &facts)) else {
            // Further problems of a row that was dropped help nobody.
            row.problems.retain(|p| p.severity() == crate::import::Severity::Error);
            row.problem(heading_of_names(row), ProblemKind::MissingName, &[]);
            return None;
        };
        facts.name = name;
    }
    facts.address = address::address(row);
    facts.site = coordinates::position(row);
    facts.schedule = schedule_text::schedules(row, &mut facts);
    access::access(row, &mut facts, &list.texts, list.mode);
    if facts.status == Status::Active && status::is_over(row, &facts.schedule, &list.texts) {
        facts.status = Status::Closed;
        row.over = true;
    }
    facts.contact = contact::contact(row, &mut facts, named);
    facts.audience = audience::audience(row);
    facts.consent = consent::consent(row, &mut facts);
    consent::report(row, &facts);
    let verification = verification::verification(row, &mut facts);
    Some(ImportedPlace { source: source(row, list_id), facts, verification })
}

fn heading_of_names<'a>(row: &RecordCells<'a>) -> Option<&'a str> {
    let names = [Field::ActivityName, Field::Name, Field::GroupName, Field::VenueName];
    names.into_iter().find_map(|field| row.heading(field))
}

fn source(row: &RecordCells<'_>, list_id: Option<String>) -> Source {
    Source {
        licence: row.sheet.table.licence.clone(),
        file: row.sheet.file.to_owned(),
        sheet: row.sheet.table.sheet.clone(),
        row: row.record.row,
        list_id,
        ..Source::default()
    }
}

/// Reads the fields that are kept in the words of the list.
fn words(row: &RecordCells<'_>, facts: &mut Facts) {
    let line = |field| row.text(field).map(|text| one_line(&text));
    facts.tags = keywords(row, Field::Tags);
    facts.interests = keywords(row, Field::Interests);
    facts.description = row.text(Field::Description);
    facts.district_written = line(Field::District).or_else(|| line(Field::FormerTown));
    facts.directions = row.text(Field::Directions);
    facts.cost = costs::cost(row).or_else(|| words_of_field(row, Field::Cost));
    facts.bring = row.text(Field::Bring);
    facts.eligibility = words_of_field(row, Field::Eligibility);
    facts.capacity = words_of_field(row, Field::Capacity).map(|text| one_line(&text));
    facts.note = cell::join(row.cells(Field::Note).chain(row.cells(Field::AccessNote)).map(|c| c.text), "\n");
    if let (true, Some(town)) = (row.first(Field::District).is_some(), row.first(Field::FormerTown)) {
        facts.extra.insert(town.heading.to_owned(), town.text.to_owned());
    }
}

/// The cells of `field` that hold words; flags such as 0 under 「料金要否」 are left out.
fn words_of_field(row: &RecordCells<'_>, field: Field) -> Option<String> {
    let is_flag = |cell: &Cell<'_>| {
        matches!(cell.text, "0" | "1") && ["有無", "要否"].iter().any(|word| cell.heading.contains(word))
    };
    let texts: Vec<String> = row.cells(field).filter(|cell| !is_flag(cell)).map(with_unit).collect();
    cell::join(texts.iter().map(String::as_str), "\n")
}

/// A number with the unit of its heading: 100 under 「参加費（円）」 is 100円.
fn with_unit(cell: Cell<'_>) -> String {
    let heading = cell::narrow(cell.heading);
    let in_brackets =
        heading.rsplit_once('(').and_then(|(_, notes)| notes.split_once(')')).map_or("", |(unit, _)| unit);
    let unit = ["円", "名", "人", "組", "世帯"].into_iter().find(|unit| in_brackets.trim() == *unit);
    let is_number = !cell.text.is_empty() && cell.text.chars().all(|c| c.is_numeric() || matches!(c, ',' | '，'));
    format!("{}{}", cell.text, unit.filter(|_| is_number).unwrap_or_default())
}

/// The keywords of the columns of `field`; a whole sentence stays one.
fn keywords(row: &RecordCells<'_>, field: Field) -> Vec<String> {
    let mut keywords: Vec<String> = Vec::new();
    let answers = row.sheet.known.phrases.answers();
    for cell in row.cells(field) {
        // ○ below 「活動内容_手芸」 is 手芸.
        if let (Some((_, child)), 1) = (cell.heading.rsplit_once('_'), cell.text.chars().count()) {
            let folded = crate::text::fold(cell.text);
            let is_yes = answers.yes.contains(&folded);
            if is_yes && !keywords.iter().any(|known| known == child) {
                keywords.push(one_line(child));
            }
            if is_yes || answers.no.contains(&folded) {
                continue;
            }
        }
        let parts: Vec<&str> =
            cell.text.split(['、', '，', ',', ';', '；', '・', '／', '/', '\n']).map(str::trim).collect();
        let is_list = !cell.text.contains('。')
            && parts.iter().all(|p| p.chars().count() <= KEYWORD_CHARS)
            && !is_number_cut(cell.text, &parts);
        let words = if is_list { parts } else { vec![cell.text] };
        for word in words.into_iter().map(one_line).filter(|w| !cell::is_blank(w)) {
            if !keywords.contains(&word) {
                keywords.push(word);
            }
        }
    }
    keywords
}

/// Whether a number of `text` stands in more than one of its `parts`: 「会場は090/1234/5678です」, 「月1,500円」.
fn is_number_cut(text: &str, parts: &[&str]) -> bool {
    let is_sum = |pair: &[&str]| {
        let digits = pair[1].chars().take_while(char::is_ascii_digit).count();
        digits == 3
            && pair[0].ends_with(|c: char| c.is_ascii_digit())
            && text.contains(&format!("{},{}", pair[0], pair[1]))
    };
    if parts.windows(2).any(is_sum) {
        return true;
    }
    let count = |text: &str| split_telephones(text).0.len();
    parts.len() > 1 && count(text) > parts.iter().map(|part| count(part)).sum()
}

/// Keeps a cell that fits no field in the place's remarks, with its heading.
fn add_note(facts: &mut Facts, cell: Cell<'_>) {
    let line = format!("{}: {}", one_line(cell.heading), one_line(cell.text));
    match &mut facts.note {
        Some(note) if note.lines().any(|l| l == line) => {}
        Some(note) => {
            note.push('\n');
            note.push_str(&line);
        }
        None => facts.note = Some(line),
    }
}

#[cfg(test)]
mod tests;
