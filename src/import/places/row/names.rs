//! Names of a row: what it is called, its organiser and its venue.
//!
//! The name of the activity or the place precedes the group's, the group's precedes the building's. This module does no
//! I/O.

use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, SheetContext, is_blank, join, one_line};
use crate::import::columns::{Field, says_telephone};
use crate::model::{Category, Facts};
use crate::privacy::{
    ALONE, WrittenTelephone, is_list_of_persons, is_name_in_another_script, is_private_role, is_probably_a_name,
    personal_name, split_telephones, without_bracketed_persons,
};

/// The columns that can name a place, the best first.
const NAMES: [Field; 4] = [Field::ActivityName, Field::Name, Field::GroupName, Field::VenueName];

/// Fills in name, kana, organization and venue; the name stays empty if the row has none.
pub(super) fn names(row: &mut RecordCells<'_>, facts: &mut Facts) {
    let chosen = NAMES.into_iter().find_map(|field| text_of_field(row, field).map(|name| (field, name)));
    let Some((chosen, name)) = chosen else { return };
    let better = NAMES.into_iter().take_while(|f| *f != Field::VenueName).find_map(|f| row.heading(f));
    if let (Field::VenueName, Some(heading)) = (chosen, better) {
        row.problem(Some(heading), ProblemKind::NamedByVenue, &[("value", &name)]);
    }
    let other = |field: Field| text_of_field(row, field).filter(|text| field != chosen && *text != name);
    let group = other(Field::GroupName);
    let organization = text_of_field(row, Field::Organization).filter(|text| *text != name);
    let organizations = [group, organization].into_iter().flatten().collect::<Vec<_>>();
    facts.organization = join(organizations.iter().map(String::as_str), "、");
    // Below an activity's own name, 「名称」 is the venue.
    let venues = [other(Field::Name), other(Field::VenueName)].into_iter().flatten().collect::<Vec<_>>();
    facts.venue = join(venues.iter().map(String::as_str), " ");
    facts.kana = text_of_field(row, Field::Kana);
    facts.name = name;
}

/// Moves the persons out of the names of a row: 「ひだまり会（代表 山田花子）」 is the group ひだまり会. In a list of persons, such as
/// 家庭福祉員, a personal name is a private person's.
pub(super) fn take_persons(row: &RecordCells<'_>, facts: &mut Facts, of_persons: bool) -> Vec<String> {
    let mut taken = Vec::new();
    let names = [Some(&mut facts.name), facts.organization.as_mut(), facts.venue.as_mut()];
    for name in names.into_iter().flatten() {
        let (group, persons) = without_bracketed_persons(name);
        if !group.is_empty() && !persons.is_empty() {
            *name = group;
            taken.extend(persons);
        }
    }
    let kinds = row.cells(Field::Category).chain(row.cells(Field::Tags));
    if of_persons || kinds.into_iter().any(|cell| is_private_role(cell.text)) {
        let other = || Some(facts.name.clone()).filter(|name| of_persons && is_name_in_another_script(name));
        taken.extend(personal_name(&facts.name).or_else(other));
    }
    taken
}

/// Fewest names by which a column of names is taken for one of persons.
const FEWEST_PERSONS: usize = 2;

/// Whether the sheet, the title, the file, the heading of the name or most of the names say that each row is a person.
pub(super) fn is_sheet_of_persons(sheet: &SheetContext<'_>) -> bool {
    has_names_of_persons(sheet) || is_said_to_be_of_persons(sheet)
}

/// Whether most names of the sheet are written like those of persons.
fn has_names_of_persons(sheet: &SheetContext<'_>) -> bool {
    let names = sheet.table.records.iter().filter_map(|record| {
        let row = RecordCells::new(sheet, record);
        NAMES.into_iter().filter(|field| *field != Field::VenueName).find_map(|field| text_of_field(&row, field))
    });
    let (mut all, mut persons) = (0, 0);
    for name in names {
        all += 1;
        persons += usize::from(is_probably_a_name(&name, ALONE));
    }
    persons >= FEWEST_PERSONS && persons * 2 >= all
}

fn is_said_to_be_of_persons(sheet: &SheetContext<'_>) -> bool {
    let table = sheet.table;
    let columns = NAMES.into_iter().flat_map(|field| sheet.columns_of(field));
    let headings = columns.filter_map(|column| table.headings.get(*column)).chain(&table.above).chain(&table.sheet);
    let mut titles = headings.map(String::as_str).chain([sheet.file]);
    // Below an activity's own name, the row is what somebody teaches: 登録講師一覧 with 講座.
    let names_activities = !sheet.columns_of(Field::ActivityName).is_empty();
    titles.any(|title| is_private_role(title) || !names_activities && is_list_of_persons(title))
}

/// A public name for a row that names only a private person: the kind of place and its location.
pub(super) fn name_of_private_person(row: &RecordCells<'_>, category: &Category, facts: &Facts) -> Option<String> {
    let is_person = category.private_persons && (row.first(Field::Person).or(row.first(Field::PersonPublic))).is_some();
    let detail = facts.district_written.as_deref().or(facts.interests.first().map(String::as_str));
    is_person.then(|| match detail.or(facts.tags.first().map(String::as_str)) {
        Some(detail) => format!("{}（{}）", category.name.japanese(), one_line(detail)),
        None => category.name.japanese().to_owned(),
    })
}

/// The text of the columns of `field` on one line: the first that is not blank, but all columns of a building.
fn text_of_field(row: &RecordCells<'_>, field: Field) -> Option<String> {
    let mut texts = row.cells(field).map(|cell| one_line(&without_telephone(cell))).filter(|text| !is_no_name(text));
    match field {
        Field::VenueName => {
            let texts: Vec<String> = texts.collect();
            join(texts.iter().map(String::as_str), " ")
        }
        _ => texts.next(),
    }
}

/// The cell without the telephone that its heading announces: 「ひろば名・電話」.
fn without_telephone(cell: Cell<'_>) -> String {
    if !says_telephone(cell.heading) {
        return cell.text.to_owned();
    }
    match split_telephones(cell.text) {
        (phones, rest) if !phones.is_empty() && !rest.trim().is_empty() => rest,
        _ => cell.text.to_owned(),
    }
}

/// The telephones beside the names of a row, where a heading announces them.
pub(super) fn telephones_beside_names(row: &RecordCells<'_>) -> Vec<WrittenTelephone> {
    let cells = NAMES.into_iter().flat_map(|field| row.cells(field)).filter(|cell| says_telephone(cell.heading));
    cells.flat_map(|cell| split_telephones(cell.text).0).collect()
}

fn is_no_name(text: &str) -> bool {
    is_blank(text) || matches!(text, "なし" | "無し" | "未定" | "不明")
}
