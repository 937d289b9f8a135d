//! What a row is called, who runs it and where it takes place.
//!
//! The name of the activity or the place comes before the group's, the group's before the building's. This module does no I/O.

use crate::import::ProblemKind;
use crate::import::cells::cell::{RecordCells, is_blank, join, one_line};
use crate::import::columns::Field;
use crate::model::{Category, Facts};

/// The columns that can name a place, the best first.
const NAMES: [Field; 4] = [Field::ActivityName, Field::Name, Field::GroupName, Field::VenueName];

/// Puts name, kana, organization and venue into `facts`; the name stays empty where the row has none.
pub(super) fn names(row: &mut RecordCells<'_>, facts: &mut Facts) {
    let chosen = NAMES.into_iter().find_map(|field| said(row, field).map(|name| (field, name)));
    let Some((chosen, name)) = chosen else { return };
    let better = NAMES.into_iter().take_while(|f| *f != Field::VenueName).find_map(|f| row.heading(f));
    if let (Field::VenueName, Some(heading)) = (chosen, better) {
        row.problem(Some(heading), ProblemKind::NamedByVenue, &[("value", &name)]);
    }
    let other = |field: Field| said(row, field).filter(|text| field != chosen && *text != name);
    let group = other(Field::GroupName);
    let organization = said(row, Field::Organization).filter(|text| *text != name);
    let organizations = [group, organization].into_iter().flatten().collect::<Vec<_>>();
    facts.organization = join(organizations.iter().map(String::as_str), "、");
    // Below an activity's own name, 「名称」 is the place where it is.
    let venues = [other(Field::Name), other(Field::VenueName)].into_iter().flatten().collect::<Vec<_>>();
    facts.venue = join(venues.iter().map(String::as_str), " ");
    facts.kana = said(row, Field::Kana);
    facts.name = name;
}

/// A name for a row that names only a private person: the kind of place and where, as it may be shown in public.
pub(super) fn name_of_private_person(row: &RecordCells<'_>, category: &Category, facts: &Facts) -> Option<String> {
    let is_person = category.private_persons && (row.first(Field::Person).or(row.first(Field::PersonPublic))).is_some();
    let detail = facts.district_written.as_deref().or(facts.interests.first().map(String::as_str));
    is_person.then(|| match detail.or(facts.tags.first().map(String::as_str)) {
        Some(detail) => format!("{}（{}）", category.name_ja, one_line(detail)),
        None => category.name_ja.clone(),
    })
}

/// What the columns of `field` say, on one line; of several columns the first that says something, but all of a building's.
fn said(row: &RecordCells<'_>, field: Field) -> Option<String> {
    let mut texts = row.cells(field).map(|cell| one_line(cell.text)).filter(|text| !is_no_name(text));
    match field {
        Field::VenueName => {
            let texts: Vec<String> = texts.collect();
            join(texts.iter().map(String::as_str), " ")
        }
        _ => texts.next(),
    }
}

fn is_no_name(text: &str) -> bool {
    is_blank(text) || matches!(text, "なし" | "無し" | "未定" | "不明")
}
