//! Edited cells whose value is one of a table: by the words that we write, else by those of lists. This module does no I/O.

use super::super::outcome::WhyUndecided;
use crate::import::ImportContext;
use crate::import::cells::audience::audience_of_text;
use crate::import::cells::cell::narrow;
use crate::import::places::row::typed;
use crate::model::place_row::{
    ACCESS_COLUMNS, PlaceColumn, audience_code, code_of, parted, read_answer, read_other_answers,
};
use crate::model::place_workbook::workbook_words;
use crate::model::{AccessFact, Audience, CategoryId, DistrictId, Facts, MeetingMode, Role, Status};

/// Puts `text` into the field of `column`.
pub(super) fn set(
    facts: &mut Facts,
    column: PlaceColumn,
    text: Option<&str>,
    known: ImportContext<'_>,
) -> Result<(), WhyUndecided> {
    let needed = || text.ok_or(WhyUndecided::CannotBeEmpty);
    match column {
        PlaceColumn::Category => facts.category = category(needed()?, known)?,
        PlaceColumn::District => facts.district_written = text.map(|text| district(text, known)).transpose()?,
        PlaceColumn::Status => facts.status = status(needed()?, known)?,
        PlaceColumn::Mode => facts.mode = of_codes(needed()?, &MeetingMode::ALL, MeetingMode::code)?,
        PlaceColumn::Audience => facts.audience = audience(needed()?, known)?,
        PlaceColumn::Roles => facts.roles = text.map(roles).transpose()?.unwrap_or_default(),
        PlaceColumn::Access(fact) => answer(facts, (fact, column.heading()), text, known)?,
        PlaceColumn::OtherAccess => other_answers(facts, text.unwrap_or_default())?,
        _ => {}
    }
    Ok(())
}

/// The value whose code or word `text` is, in any width.
pub(super) fn of_codes<T: Copy>(text: &str, all: &[T], code: fn(T) -> &'static str) -> Result<T, WhyUndecided> {
    let narrow = narrow(text);
    code_of(text, all, code).or_else(|| code_of(narrow.trim(), all, code)).ok_or(WhyUndecided::NotUnderstood)
}

fn category(text: &str, known: ImportContext<'_>) -> Result<CategoryId, WhyUndecided> {
    let categories = known.categories;
    let mut named = categories.all().iter().filter(|it| it.name.japanese() == text);
    let exact =
        categories.by_id(&CategoryId(text.to_owned())).or_else(|| named.next().filter(|_| named.next().is_none()));
    let found = exact.or_else(|| categories.matching(text)).ok_or(WhyUndecided::NotUnderstood)?;
    Ok(found.id.clone())
}

/// The district as it was typed, if it is one of the municipality's; by code, its name.
fn district(text: &str, known: ImportContext<'_>) -> Result<String, WhyUndecided> {
    let districts = known.districts;
    let named = |name: &str| districts.named(name).is_some();
    if let Some(district) = districts.by_id(&DistrictId(text.to_owned())).filter(|it| named(&it.name)) {
        return Ok(district.name.clone());
    }
    if districts.all().is_empty() || named(text) { Ok(text.to_owned()) } else { Err(WhyUndecided::NotUnderstood) }
}

fn status(text: &str, known: ImportContext<'_>) -> Result<Status, WhyUndecided> {
    of_codes(text, &Status::ALL, Status::code).or_else(|why| typed::status(text, known).ok_or(why))
}

fn audience(text: &str, known: ImportContext<'_>) -> Result<Audience, WhyUndecided> {
    let of_list = || audience_of_text(text, PlaceColumn::Audience.heading(), known.phrases.audience());
    of_codes(text, &Audience::ALL, audience_code).or_else(|why| of_list().ok_or(why))
}

fn roles(text: &str) -> Result<Vec<Role>, WhyUndecided> {
    let mut roles = Vec::new();
    for item in parted(&text.replace(['、', '，', '；'], ";")).iter().filter(|item| !item.trim().is_empty()) {
        let role = of_codes(item.trim(), &Role::ALL, Role::code)?;
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    Ok(roles)
}

fn answer(
    facts: &mut Facts,
    (fact, heading): (AccessFact, &str),
    text: Option<&str>,
    known: ImportContext<'_>,
) -> Result<(), WhyUndecided> {
    let Some(text) = text.filter(|text| *text != workbook_words().options["unknown"]) else {
        facts.access.remove(&fact);
        return Ok(());
    };
    // 「〇」 and 「◯」 are typed for 「○」.
    let plain = text.replacen(['〇', '◯'], "○", 1).replacen(['✕', '✖'], "×", 1).replacen(':', "：", 1);
    let typed = || typed::answer(fact, heading, text, known);
    let answer = read_answer(fact, text).or_else(|| read_answer(fact, &plain)).or_else(typed);
    facts.access.insert(fact, answer.ok_or(WhyUndecided::NotUnderstood)?);
    Ok(())
}

/// All facts without a column of their own: those that are not named any more are unknown.
fn other_answers(facts: &mut Facts, text: &str) -> Result<(), WhyUndecided> {
    let answers = read_other_answers(text).or_else(|_| read_other_answers(&text.replace(':', "：").replace('；', ";")));
    let answers = answers.map_err(|_| WhyUndecided::NotUnderstood)?;
    facts.access.retain(|fact, _| ACCESS_COLUMNS.contains(fact));
    facts.access.extend(answers);
    Ok(())
}
