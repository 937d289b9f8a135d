//! Contact details of link workers: the office's, separated from the person's own.
//!
//! A mobile number is a person's. A number or address under a heading that does not attribute it belongs to the office
//! where somebody works at a desk there; otherwise to the volunteer named. This module does no I/O.

use super::words::LinkWorkerWords;
use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, join, one_line};
use crate::import::columns::Field;
use crate::model::web_address::web_address;
use crate::model::{Layer, LinkWorker};
use crate::privacy::{WrittenTelephone, is_damaged_mobile, split_telephones, with_leading_zero};

/// Values that mean that there is no number.
const NONE: [&str; 7] = ["なし", "無し", "無", "ナシ", "特になし", "非公開", "不明"];

/// The numbers of one row.
#[derive(Debug, Default)]
struct ContactNumbers {
    office: Vec<String>,
    own: Vec<String>,
    faxes: Vec<String>,
    /// Words beside numbers, with the heading.
    remarks: Vec<String>,
}

/// Fills in the contact details of `worker`, whose layer, person and office are known already. Returns whether a detail
/// without an office is kept from the public.
pub(super) fn contact(row: &mut RecordCells<'_>, worker: &mut LinkWorker) -> bool {
    let of_office = has_desk(worker);
    let mut numbers = ContactNumbers::default();
    for (field, office) in [(Field::OfficePhone, true), (Field::Phone, of_office), (Field::PersonPhone, false)] {
        for cell in row.cells(field) {
            let text = with_zero(row, cell);
            numbers.add_cell(Cell { text: &text, ..cell }, office);
        }
    }
    for cell in row.cells(Field::Fax) {
        let text = with_zero(row, cell);
        add(&mut numbers.faxes, &text);
    }
    let mut kept_private = !of_office && row.first(Field::Phone).is_some();
    let extension = row.first(Field::PhoneExtension).map(|cell| one_line(cell.text)).filter(|text| !is_none(text));
    worker.phone = all(&numbers.office).map(|phone| match extension {
        Some(extension) => format!("{phone} 内線 {}", extension.trim_start_matches("内線").trim_start()),
        None => phone,
    });
    // Those beside the name are there already.
    for number in &numbers.own {
        add(&mut worker.person_phones, number);
    }
    worker.fax = all(&numbers.faxes);
    let line = |field| row.text(field).map(|text| one_line(&text)).filter(|text| !is_none(text));
    worker.address = line(Field::OfficeAddress).or_else(|| line(Field::Address).filter(|_| of_office));
    worker.person_address = line(Field::PersonAddress).or_else(|| line(Field::Address).filter(|_| !of_office));
    kept_private |= !of_office && row.first(Field::Address).is_some();
    addresses(row, worker);
    for words in numbers.remarks {
        add_note(worker, &words);
    }
    kept_private
}

/// Whether a number under a heading that does not attribute it belongs to the office.
fn has_desk(worker: &LinkWorker) -> bool {
    let words = LinkWorkerWords::get();
    match (&worker.office, worker.layer) {
        (Some(office), Some(Layer::One)) => !words.is_volunteers(office),
        (Some(office), _) => words.is_desk(office),
        // 「保健師 079-…」 without a name is the number of the post.
        (None, Some(Layer::One)) => worker.person.is_none(),
        (None, _) => false,
    }
}

fn addresses(row: &RecordCells<'_>, worker: &mut LinkWorker) {
    for cell in row.cells(Field::Email) {
        if cell.text.contains('@') {
            worker.email.get_or_insert_with(|| one_line(cell.text));
        } else if !is_none(cell.text) {
            add_note(worker, &with_heading(cell, cell.text));
        }
    }
    for cell in row.cells(Field::Url) {
        match cell.text.split_whitespace().find_map(web_address) {
            Some(address) => drop(worker.url.get_or_insert(address)),
            None if is_none(cell.text) => {}
            None => add_note(worker, &with_heading(cell, cell.text)),
        }
    }
}

impl ContactNumbers {
    /// Extracts the numbers of a cell and the words beside them.
    fn add_cell(&mut self, cell: Cell<'_>, office: bool) {
        let (found, rest) = split_telephones(cell.text);
        let has_words = rest.chars().any(char::is_alphabetic) && !is_none(&rest);
        if found.is_empty() && !has_words && !is_none(&rest) {
            // Not a complete number (the area code is missing), but kept as one.
            add(if office && !is_damaged_mobile(&rest) { &mut self.office } else { &mut self.own }, &rest);
        }
        for WrittenTelephone { text, fax, own } in found {
            let list = match (own || !office, fax) {
                (_, true) => &mut self.faxes,
                (true, _) => &mut self.own,
                (false, _) => &mut self.office,
            };
            add(list, &text);
        }
        if has_words {
            self.remarks.push(with_heading(cell, &rest));
        }
    }
}

/// The text of a cell of numbers, with the leading zero that Excel dropped.
fn with_zero(row: &mut RecordCells<'_>, cell: Cell<'_>) -> String {
    let Some(repaired) = with_leading_zero(cell.text) else { return one_line(cell.text) };
    row.problem(Some(cell.heading), ProblemKind::ExcelDamage, &[("value", cell.text), ("repaired", &repaired)]);
    repaired
}

fn with_heading(cell: Cell<'_>, words: &str) -> String {
    format!("{}: {}", one_line(cell.heading), one_line(words))
}

fn add_note(worker: &mut LinkWorker, line: &str) {
    match &mut worker.note {
        Some(note) => {
            note.push('\n');
            note.push_str(line);
        }
        None => worker.note = Some(line.to_owned()),
    }
}

fn add(list: &mut Vec<String>, text: &str) {
    let text = one_line(text);
    if !text.is_empty() && !is_none(&text) && !list.contains(&text) {
        list.push(text);
    }
}

fn all(list: &[String]) -> Option<String> {
    join(list.iter().map(String::as_str), " / ")
}

fn is_none(text: &str) -> bool {
    NONE.contains(&text.trim())
}
