//! Plain JSON → sheets: an array of objects, alone or under any key, is a list with one row per object.
//!
//! Members of objects in a row become columns of their own, whose headings join both names as a heading over two lines does;
//! arrays become text with 、 between the items. JSON Lines are the same list without its brackets. Numbers keep the digits that
//! they are written with. Such a list has no heading row and no Excel rows: the heading's row is 0 and an object's row is its
//! number from 1. The text is walked and never held as a tree. This module does no I/O.

mod row;

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::budget::ReadingBudget;
use super::{CellSheet, FileContents, FileRefusal, SheetRow, is_blank, refusal, too_large};
use crate::import::columns::HeadingTable;
use crate::import::{Format, ProblemKind};
use crate::model::ReadingLimits;

use row::JsonRow;

/// Levels of objects above a list that are searched for it.
const LEVELS: usize = 5;
/// Objects of a list that say what it holds.
const SAMPLE: usize = 20;
/// Headings at most that are looked at to say what it holds.
const HEADINGS: usize = 500;
/// Kinds of files that hold objects in arrays and are no list of places.
const OTHER_KINDS: [&str; 2] = ["Topology", "FeatureCollection"];

/// Reads the lists in `text`. `columns` decide between several: the one with the most known headings is the list.
///
/// # Errors
/// If it is no JSON, or JSON without a list, or too large.
pub fn open(text: &str, columns: &HeadingTable, limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    let text = text.trim_start_matches('\u{FEFF}');
    let none = || refusal(Format::Unknown, ProblemKind::JsonWithoutList, "");
    let sheets = match serde_json::from_str::<&RawValue>(text) {
        Ok(root) => {
            let found = best_lists(root, columns);
            found.into_iter().map(|list| list.sheet(limits)).collect::<Result<Vec<_>, _>>()?
        }
        Err(error) => {
            let damaged = || refusal(Format::Unknown, ProblemKind::JsonDamaged, &error.line().to_string());
            vec![lines(text, limits, &damaged)?]
        }
    };
    if sheets.is_empty() {
        return Err(none());
    }
    Ok(FileContents { format: Format::Json, encoding: None, sheets, notices: Vec::new() })
}

/// JSON Lines: each line an object.
fn lines(text: &str, limits: &ReadingLimits, damaged: &dyn Fn() -> FileRefusal) -> Result<CellSheet, FileRefusal> {
    let mut rows = JsonRows::new(None, limits);
    let lines = text.lines().map(|line| line.trim_matches(|c: char| c == '\u{1E}' || c == ',' || c.is_whitespace()));
    for line in lines.filter(|line| !line.is_empty()) {
        let object = serde_json::from_str::<&RawValue>(line).ok().filter(|object| is_object(object));
        rows.object(object.ok_or_else(damaged)?)?;
    }
    if rows.count > 1 { rows.sheet() } else { Err(damaged()) }
}

fn is_object(value: &RawValue) -> bool {
    value.get().starts_with('{')
}

/// An array of objects, and the member that holds it.
#[derive(Debug, Clone)]
struct JsonList<'a> {
    key: Option<String>,
    items: &'a RawValue,
    /// Known headings of its first objects, and their filled members.
    worth: (usize, usize),
    headings: HashSet<String>,
    /// Which object holds it.
    parent: usize,
}

impl<'a> JsonList<'a> {
    /// `items` as a list, if most of its first items are objects.
    fn of(key: Option<&str>, items: &'a RawValue, columns: &HeadingTable, parent: usize) -> Option<Self> {
        let (mut objects, mut seen, mut cells) = (0, 0, 0);
        let mut headings: HashSet<String> = HashSet::new();
        each_item(items, |item| {
            seen += 1;
            if is_object(item) {
                objects += 1;
                for (heading, text) in JsonRow::of(item).cells {
                    cells += usize::from(!is_blank(&text));
                    if headings.len() < HEADINGS {
                        headings.insert(heading);
                    }
                }
            }
            seen < SAMPLE
        });
        let known = headings.iter().filter(|heading| columns.field(heading).is_some()).count();
        (objects * 2 > seen && !headings.is_empty()).then(|| Self {
            key: key.map(str::to_owned),
            items,
            worth: (known, cells),
            headings,
            parent,
        })
    }

    /// Whether `other` is a list of the same kind in the same object: 「図書館」 beside 「公民館」.
    fn is_like(&self, other: &Self) -> bool {
        let same = self.headings.iter().filter(|heading| other.headings.contains(*heading)).count();
        self.parent == other.parent && same * 2 > self.headings.len().max(other.headings.len())
    }

    fn sheet(self, limits: &ReadingLimits) -> Result<CellSheet, FileRefusal> {
        let mut rows = JsonRows::new(self.key, limits);
        let mut failed = None;
        each_item(self.items, |item| {
            failed = rows.object(item).err();
            failed.is_none()
        });
        failed.map_or_else(|| rows.sheet(), Err)
    }
}

/// The list with the most known headings, with the lists like it beside it.
fn best_lists<'a>(root: &'a RawValue, columns: &HeadingTable) -> Vec<JsonList<'a>> {
    let (mut found, mut parents) = (Vec::new(), 0);
    search(None, root, columns, LEVELS, &mut parents, &mut found);
    // The first wins a tie.
    let Some(best) = found.iter().rev().max_by_key(|list| list.worth).cloned() else { return Vec::new() };
    let alone = found.iter().filter(|list| list.is_like(&best)).count() < 2;
    let mut lists: Vec<JsonList<'a>> = found.into_iter().filter(|list| list.is_like(&best)).collect();
    if alone {
        // The key of the only list, 「records」, is no title.
        for list in &mut lists {
            list.key = None;
        }
    }
    lists
}

/// Adds the lists in `value`, which stands under `key`, to `found`.
fn search<'a>(
    key: Option<&str>,
    value: &'a RawValue,
    columns: &HeadingTable,
    levels: usize,
    parents: &mut usize,
    found: &mut Vec<JsonList<'a>>,
) {
    if value.get().starts_with('[') {
        found.extend(JsonList::of(key, value, columns, *parents));
    } else if is_object(value) && levels > 0 {
        let mut members = Vec::new();
        let mut is_other = false;
        each_member(value, |name, member| {
            let text = member.get();
            is_other |= name == "type" && OTHER_KINDS.iter().any(|kind| text.trim_matches('"') == *kind);
            if text.starts_with(['[', '{']) && members.len() < 1000 {
                members.push((name, member));
            }
        });
        if is_other {
            return;
        }
        *parents += 1;
        let here = *parents;
        for (name, member) in members {
            let mut parent = here;
            search(
                Some(&name),
                member,
                columns,
                levels - 1,
                if is_object(member) { parents } else { &mut parent },
                found,
            );
        }
    }
}

/// The rows of a list that were read so far.
struct JsonRows<'a> {
    limits: &'a ReadingLimits,
    budget: ReadingBudget<'a>,
    headings: Vec<String>,
    columns: HashMap<String, u32>,
    sheet: CellSheet,
    count: u32,
}

impl<'a> JsonRows<'a> {
    fn new(name: Option<String>, limits: &'a ReadingLimits) -> Self {
        let sheet = CellSheet { headed: true, name, ..CellSheet::default() };
        let budget = ReadingBudget::new(Format::Json, limits);
        Self { limits, budget, headings: Vec::new(), columns: HashMap::new(), sheet, count: 0 }
    }

    /// Takes the next object; anything else in a list is a row without cells.
    fn object(&mut self, object: &RawValue) -> Result<(), FileRefusal> {
        self.count = self.count.saturating_add(1);
        self.budget.row()?;
        let mut cells = Vec::new();
        for (heading, text) in JsonRow::of(object).cells {
            if is_blank(&text) {
                continue;
            }
            self.budget.cell(self.count, &text)?;
            cells.push((self.column(heading)?, text));
        }
        cells.sort_by_key(|(column, _)| *column);
        if !cells.is_empty() {
            self.sheet.rows.push(SheetRow { number: self.count, width: 0, cells });
        }
        Ok(())
    }

    fn column(&mut self, heading: String) -> Result<u32, FileRefusal> {
        if let Some(column) = self.columns.get(&heading) {
            return Ok(*column);
        }
        if self.headings.len() >= self.limits.columns {
            return Err(too_large(Format::Json, "columns", self.limits.columns));
        }
        let column = u32::try_from(self.headings.len()).unwrap_or(u32::MAX);
        self.headings.push(heading.clone());
        self.columns.insert(heading, column);
        Ok(column)
    }

    fn sheet(mut self) -> Result<CellSheet, FileRefusal> {
        self.sheet.last_row = self.count;
        let heading = SheetRow { number: 0, width: 0, cells: (0..).zip(self.headings).collect() };
        self.sheet.rows.insert(0, heading);
        self.budget.sheet(&self.sheet)?;
        Ok(self.sheet)
    }
}

/// Calls `take` with each item of the array `value`, until it says that it has enough.
fn each_item<'a>(value: &'a RawValue, take: impl FnMut(&'a RawValue) -> bool) {
    struct Items<F>(F);
    impl<'de, F: FnMut(&'de RawValue) -> bool> Visitor<'de> for Items<F> {
        type Value = ();
        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("an array")
        }
        fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
            while let Some(item) = items.next_element::<&'de RawValue>()? {
                if !(self.0)(item) {
                    break;
                }
            }
            while items.next_element::<IgnoredAny>()?.is_some() {}
            Ok(())
        }
    }
    // A raw value is JSON already, and one that is no array has no items.
    drop(serde_json::Deserializer::from_str(value.get()).deserialize_seq(Items(take)));
}

/// Calls `take` with each member of the object `value`.
fn each_member<'a>(value: &'a RawValue, take: impl FnMut(String, &'a RawValue)) {
    struct Members<F>(F);
    impl<'de, F: FnMut(String, &'de RawValue)> Visitor<'de> for Members<F> {
        type Value = ();
        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
            while let Some((name, member)) = members.next_entry::<String, &'de RawValue>()? {
                (self.0)(name, member);
            }
            Ok(())
        }
    }
    drop(serde_json::Deserializer::from_str(value.get()).deserialize_map(Members(take)));
}

#[cfg(test)]
mod tests;
