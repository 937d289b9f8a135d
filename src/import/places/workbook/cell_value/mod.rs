//! Cells that somebody edited, put into a place. Only these are parsed. This module does no I/O.
//!
//! Texts are taken as they were typed; what is a code, a date or a number is read as we write it, and else as people write it in
//! lists.

mod coded;
mod grouped;

use std::collections::BTreeMap;

use super::column_groups::ColumnGroup;
use super::outcome::WhyUndecided;
use crate::import::ImportContext;
use crate::import::places::list_checks;
use crate::model::place_row::{PlaceColumn, parted};
use crate::model::place_workbook::WorkbookColumn;
use crate::model::web_address::without_credentials;
use crate::model::{Facts, Place, Precision, Schedule, Verification};

/// What a workbook can change of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct EditedPlace {
    /// Its facts.
    pub facts: Facts,
    /// Its last confirmation.
    pub verification: Option<Verification>,
}

impl EditedPlace {
    /// What a workbook can change of `place`, as it is.
    pub fn of(place: &Place) -> Self {
        Self { facts: place.facts.clone(), verification: place.verification.clone() }
    }
}

/// The texts under edited columns of one place.
pub(super) type EditedTexts = BTreeMap<WorkbookColumn, String>;

/// Puts all of `edits` into a place; what cannot be is given back with the reason, column by column, and left as it was.
pub(super) fn apply_all(
    place: &EditedPlace,
    edits: &EditedTexts,
    known: ImportContext<'_>,
) -> (EditedPlace, Vec<(WorkbookColumn, WhyUndecided)>) {
    let mut groups: BTreeMap<ColumnGroup, EditedTexts> = BTreeMap::new();
    for (column, text) in edits {
        groups.entry(ColumnGroup::of(column)).or_default().insert(column.clone(), text.clone());
    }
    let (mut next, mut refused) = (place.clone(), Vec::new());
    for (group, texts) in &groups {
        let mut tried = next.clone();
        match apply(&mut tried, group, texts, known) {
            Ok(()) => next = tried,
            Err(why) => refused.extend(texts.keys().map(|column| (column.clone(), why))),
        }
    }
    if next.facts.address != place.facts.address && !groups.contains_key(&ColumnGroup::Site) {
        follow_address(&mut next.facts, known);
    }
    (next, refused)
}

/// A point that the program found for the former address does not belong to the new one. A door that somebody gave stays.
fn follow_address(facts: &mut Facts, known: ImportContext<'_>) {
    let Some(gazetteer) = known.gazetteer else { return };
    facts.town = facts.address.as_deref().and_then(|address| gazetteer.locate(address)).map(|found| found.town);
    if facts.site.is_none_or(|site| site.precision != Precision::Door) {
        (facts.site, facts.town) = (None, None);
        list_checks::locate(facts, gazetteer, known.districts);
    }
}

fn apply(
    place: &mut EditedPlace,
    group: &ColumnGroup,
    texts: &EditedTexts,
    known: ImportContext<'_>,
) -> Result<(), WhyUndecided> {
    let facts = &mut place.facts;
    match group {
        ColumnGroup::Site => grouped::site(facts, texts),
        ColumnGroup::Person => grouped::person(facts, texts),
        ColumnGroup::Consent => grouped::consent(facts, texts),
        ColumnGroup::Confirmation => grouped::confirmation(&mut place.verification, texts, known),
        ColumnGroup::One(column) => {
            let text = clean(texts.get(column).map_or("", String::as_str));
            match column {
                WorkbookColumn::Extra(heading) => {
                    facts.extra.remove(heading);
                    facts.extra.extend(text.map(|text| (heading.clone(), text)));
                    Ok(())
                }
                WorkbookColumn::Place(column) => one(facts, *column, text, known),
            }
        }
    }
}

/// The text of a cell without the password of an address; `None` where there is none.
fn clean(text: &str) -> Option<String> {
    let mut text = text.trim().to_owned();
    without_credentials(&mut text);
    (!text.is_empty()).then_some(text)
}

/// A column that is read alone.
fn one(
    facts: &mut Facts,
    column: PlaceColumn,
    text: Option<String>,
    known: ImportContext<'_>,
) -> Result<(), WhyUndecided> {
    if let Some(field) = text_field(facts, column) {
        *field = text;
        return Ok(());
    }
    let items = || parted(text.as_deref().unwrap_or_default()).into_iter().filter_map(|item| clean(&item));
    match column {
        PlaceColumn::Name => facts.name = text.ok_or(WhyUndecided::CannotBeEmpty)?,
        PlaceColumn::Tags => facts.tags = items().collect(),
        PlaceColumn::Interests => facts.interests = items().collect(),
        PlaceColumn::Schedule => facts.schedule = items().map(|text| Schedule { text }).collect(),
        _ => return coded::set(facts, column, text.as_deref(), known),
    }
    Ok(())
}

/// The field of a column whose words are kept as they are.
fn text_field(facts: &mut Facts, column: PlaceColumn) -> Option<&mut Option<String>> {
    let contact = &mut facts.contact;
    Some(match column {
        PlaceColumn::Kana => &mut facts.kana,
        PlaceColumn::Description => &mut facts.description,
        PlaceColumn::Organization => &mut facts.organization,
        PlaceColumn::Venue => &mut facts.venue,
        PlaceColumn::Address => &mut facts.address,
        PlaceColumn::Directions => &mut facts.directions,
        PlaceColumn::Cost => &mut facts.cost,
        PlaceColumn::Bring => &mut facts.bring,
        PlaceColumn::Eligibility => &mut facts.eligibility,
        PlaceColumn::Capacity => &mut facts.capacity,
        PlaceColumn::Note => &mut facts.note,
        PlaceColumn::Office => &mut contact.office,
        PlaceColumn::Phone => &mut contact.phone,
        PlaceColumn::Fax => &mut contact.fax,
        PlaceColumn::Email => &mut contact.email,
        PlaceColumn::Url => &mut contact.url,
        PlaceColumn::PersonPhone => &mut contact.person_phone,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
