//! Area parsing: one or several districts, former towns, 大字, or the whole municipality.
//!
//! A name is tried whole before it is split, since names contain the separators too. This module does no I/O.

use super::words::{LinkWorkerWords, key};
use crate::import::ImportContext;
use crate::import::cells::cell::is_blank;
use crate::import::regions::gazetteer::TownLookup;
use crate::model::{DistrictTable, ServedArea};

/// Separators of areas in every list. 「と」 and 「の」 also occur within names, so they are not among them.
const SEPARATORS: &str = "、，,・･／/;；\n\r\t＆&＋+｜|";

/// Words between areas, tried if there is no separator.
const BETWEEN: [&str; 4] = ["及び", "および", "ならびに", "と"];

/// Nested brackets that are read at most.
const DEPTH: u32 = 4;

/// Areas of one cell at most; a longer cell is not a list of areas.
const AREAS: usize = 200;

/// Splits and resolves areas against the municipality's districts and gazetteer.
#[derive(Debug, Clone, Copy)]
pub(super) struct AreaReader<'a> {
    known: ImportContext<'a>,
    words: &'static LinkWorkerWords,
}

impl<'a> AreaReader<'a> {
    pub(super) fn new(known: ImportContext<'a>) -> Self {
        Self { known, words: LinkWorkerWords::get() }
    }

    /// The areas that `cell` names, in its order, unknown ones included.
    pub(super) fn of(&self, cell: &str) -> Vec<ServedArea> {
        let mut areas: Vec<ServedArea> = Vec::new();
        for area in self.taken_apart(cell, DEPTH).into_iter().take(AREAS) {
            if !areas.contains(&area) {
                areas.push(area);
            }
        }
        areas
    }

    /// Whether the location of `area` is known.
    pub(super) fn is_known(&self, area: &ServedArea) -> bool {
        area.whole || area.town.is_some() || !area.districts(self.known.districts).is_empty()
    }

    /// The area that `text` names as a whole, if any.
    pub(super) fn named(&self, text: &str) -> Option<ServedArea> {
        let area = |written: &str, whole| ServedArea { written: written.to_owned(), whole, town: None };
        if self.words.is_whole(text, &self.known.city.name) {
            return Some(area(text, true));
        }
        std::iter::once(text).chain(self.without_ending(text)).find_map(|name| {
            let is_district = !area(name, false).districts(self.known.districts).is_empty();
            if is_district {
                return Some(area(name, false));
            }
            let gazetteer = self.known.gazetteer.filter(|_| !name.is_empty())?;
            let TownLookup::Found(found) = gazetteer.look_up(name) else { return None };
            // The gazetteer finds a 大字 in any address that begins with it; an area must be the 大字 alone.
            let (town, wanted) = (key(&found.town.name), key(name.trim_start_matches("大字")));
            (town.ends_with(&wanted) || wanted.ends_with(&town)).then(|| ServedArea {
                written: name.to_owned(),
                whole: false,
                town: Some(found.town),
            })
        })
    }

    /// Removes one of the suffixes of areas (大屋町全域).
    fn without_ending<'t>(&self, text: &'t str) -> Option<&'t str> {
        let trimmed = text.trim();
        let endings = self.words.endings.iter().filter_map(|ending| trimmed.strip_suffix(ending.written.as_str()));
        endings.map(str::trim).filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len())
    }

    fn taken_apart(&self, cell: &str, depth: u32) -> Vec<ServedArea> {
        let cell = cell.trim();
        if is_blank(cell) || key(cell).is_empty() {
            return Vec::new();
        }
        if let Some(area) = self.named(cell).filter(|_| !names_several_in_brackets(cell)) {
            return vec![area];
        }
        let unknown = || vec![ServedArea { written: cell.to_owned(), ..ServedArea::default() }];
        let Some(depth) = depth.checked_sub(1) else { return unknown() };
        let parts = parts(cell, |c| SEPARATORS.contains(c));
        if parts.len() > 1 {
            return parts.into_iter().flat_map(|part| self.taken_apart(part, depth)).collect();
        }
        self.in_brackets(cell, depth)
            .or_else(|| self.parted_by_words(cell))
            .or_else(|| self.parted_by_spaces(cell))
            .unwrap_or_else(unknown)
    }

    /// Splits 「大屋地域（大屋・口大屋・南谷）」 into the areas in brackets if all are known; otherwise the name before them counts.
    fn in_brackets(&self, cell: &str, depth: u32) -> Option<Vec<ServedArea>> {
        let (before, rest) = cell.split_once(['(', '（'])?;
        let (inside, _) = rest.rsplit_once([')', '）']).unwrap_or((rest, ""));
        let within = self.taken_apart(inside, depth);
        if !within.is_empty() && within.iter().all(|area| self.is_known(area)) {
            return Some(within);
        }
        let outside = self.taken_apart(before, depth);
        (!outside.is_empty() && outside.iter().all(|area| self.is_known(area))).then_some(outside)
    }

    /// Splits at words such as 「及び」, if every part is then known.
    fn parted_by_words(&self, cell: &str) -> Option<Vec<ServedArea>> {
        BETWEEN.iter().filter(|word| cell.contains(**word)).find_map(|word| {
            let parts: Option<Vec<ServedArea>> = cell.split(word).map(|part| self.named(part.trim())).collect();
            parts
        })
    }

    /// Splits 「八鹿 伊佐」 at white space, if every part is then known.
    fn parted_by_spaces(&self, cell: &str) -> Option<Vec<ServedArea>> {
        let words: Vec<&str> = cell.split_whitespace().collect();
        (words.len() > 1).then(|| words.iter().map(|word| self.named(word)).collect()).flatten()
    }
}

/// Whether the brackets of 「大屋地域（大屋・口大屋）」 hold several areas, which are more exact than the name before them.
fn names_several_in_brackets(cell: &str) -> bool {
    cell.split_once(['(', '（']).is_some_and(|(_, inside)| inside.contains(|c| SEPARATORS.contains(c)))
}

/// Splits `text` where `is_sign`, but not within brackets; blank parts are left out.
fn parts(text: &str, is_sign: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_i32, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '【' | '「' => depth += 1,
            ')' | '）' | '】' | '」' => depth -= 1,
            _ if depth <= 0 && is_sign(c) => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether the municipality has districts at all, by which areas can be resolved.
pub(super) fn has_districts(districts: &DistrictTable) -> bool {
    !districts.all().is_empty()
}
