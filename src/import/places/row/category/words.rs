//! The category that the words of one row say, and the words that stop such a guess. This module does no I/O.

use super::signs;
use super::word_table::{WORDS, has_one, is_of_another_trade};
use crate::import::cells::cell::{SheetContext, narrow};
use crate::model::{Category, CategoryTable, Facts};

/// By what takes place there: the words of its names, else those in columns of their own, but not the building.
pub(super) fn by_activity<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let is_activity = |category: &&Category| !category.buildings;
    let by_words = || by_columns(sheet.known.categories, facts).filter(is_activity);
    by_names(sheet, facts).filter(is_activity).or_else(by_words)
}

/// By keywords in columns of their own.
pub(super) fn by_columns<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
    let words = facts.tags.iter().chain(&facts.interests).map(String::as_str);
    words.filter(|text| !is_weak(text)).find_map(|text| table.matching(text))
}

/// By the words of its names, unless they are of another trade.
pub(super) fn by_names<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let table = sheet.known.categories;
    let found = by_name_words(table, facts)?;
    let children = sheet.table.headings.iter().any(|heading| has_one(&WORDS.of_children, heading));
    let name = without_weak(&facts.name);
    let strong = || table.matching(&name).is_some_and(|category| category.id == found.id);
    (!children || strong()).then_some(found)
}

/// As [`by_names`], without words that many names hold, and without the category that says nothing.
pub(super) fn by_strong_names<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let table = sheet.known.categories;
    let strong = |name: &str| without_weak(name);
    let facts =
        Facts { name: strong(&facts.name), organization: facts.organization.as_deref().map(strong), ..facts.clone() };
    by_names(sheet, &facts).filter(|category| table.all().last() != Some(*category))
}

pub(super) fn by_name_words<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
    if is_of_another_trade(&facts.name) {
        return None;
    }
    // Who runs it may be an office of any kind.
    let organization = facts.organization.as_deref().filter(|name| !has_one(&WORDS.organisers, name));
    let names = std::iter::once(without_venue(&facts.name)).chain(organization);
    let mut names = names.filter(|name| !is_of_another_trade(name)).map(without_numbered_parts);
    signs::by_name(table, facts).or_else(|| names.find_map(|name| table.matching(&name)))
}

/// 「図書館で編み物カフェ」 without the building in which it takes place.
fn without_venue(name: &str) -> &str {
    let Some((venue, activity)) = name.split_once('で') else { return name };
    let is_building = WORDS.venues.iter().any(|ending| venue.ends_with(ending.as_str()));
    if is_building && activity.chars().count() >= 2 { activity } else { name }
}

/// Whether `part` of a title is the name of a building.
pub(super) fn ends_as_venue(part: &str) -> bool {
    WORDS.venues.iter().any(|ending| part.trim().ends_with(ending.as_str()))
}

/// 「第1・第2クラブ」 is a part of something, not a club.
fn without_numbered_parts(name: &str) -> String {
    let narrow = narrow(name);
    let numbered = |c: char| c.is_ascii_digit() || "第・、と".contains(c);
    match narrow.split_once("クラブ") {
        Some((before, after)) if before.ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{}{after}", before.trim_end_matches(numbered))
        }
        _ => name.to_owned(),
    }
}

pub(super) fn is_weak(text: &str) -> bool {
    WORDS.weak.iter().any(|weak| weak == text.trim())
}

/// `heading` without the words that many names hold without meaning a hobby.
pub(super) fn without_weak(heading: &str) -> String {
    WORDS.weak.iter().fold(heading.to_owned(), |heading, word| heading.replace(word.as_str(), ""))
}
