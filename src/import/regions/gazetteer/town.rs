//! One 大字 with its 丁目 and 小字. This module does no I/O.

use std::collections::HashMap;

use super::key::key_of;
use crate::model::{Position, TownEntry};

/// Metres from their centre within which entries of one 小字 count as one that is listed twice.
const SAME_M: f64 = 300.0;

/// Metres from their centre within which the points of a 大字 have a meaningful centre: its 丁目, or the points that two
/// files give for it.
const NEAR_M: f64 = 1500.0;

/// One 大字 of the gazetteer.
#[derive(Debug, Clone)]
pub(super) struct TownPlace {
    /// The name in the file, without 丁目.
    pub(super) name: String,
    pub(super) centre: Position,
    /// Whether the centre is a fair position for an address without 丁目 or 小字.
    pub(super) is_compact: bool,
    /// Whether the file also lists it without 丁目.
    pub(super) is_listed: bool,
    /// Whether all its points belong to one 大字: two of the same name may lie apart.
    pub(super) is_single: bool,
    /// Its 丁目 by number.
    pub(super) chomes: Vec<(u32, Position)>,
    /// Its 小字 by key.
    pub(super) small: HashMap<String, Position>,
    /// Characters of the longest 小字.
    pub(super) longest_small: usize,
}

/// Entries of one 大字, before they are merged.
#[derive(Debug)]
pub(super) struct TownGroup {
    pub(super) is_own: bool,
    name: String,
    own: Vec<Position>,
    chomes: Vec<(u32, Position)>,
    small: HashMap<String, Vec<Position>>,
}

impl TownGroup {
    pub(super) fn new(is_own: bool) -> Self {
        Self { is_own, name: String::new(), own: Vec::new(), chomes: Vec::new(), small: HashMap::new() }
    }

    pub(super) fn add(&mut self, entry: &TownEntry, chome: Option<u32>) {
        if self.name.is_empty() {
            self.name = if chome.is_some() { without_chome(&entry.town).to_owned() } else { entry.town.clone() };
        }
        match (entry.small_area.as_deref().map(key_of).filter(|key| !key.is_empty()), chome) {
            (Some(small), _) => self.small.entry(small).or_default().push(entry.position),
            (None, Some(chome)) => self.chomes.push((chome, entry.position)),
            (None, None) => self.own.push(entry.position),
        }
    }

    /// Merges the entries; `None` only if none was added.
    pub(super) fn finish(mut self) -> Option<TownPlace> {
        self.chomes.sort_by_key(|(chome, _)| *chome);
        let parts: Vec<Position> = match (self.own.is_empty(), self.chomes.is_empty()) {
            (false, _) => self.own.clone(),
            (true, false) => self.chomes.iter().map(|(_, position)| *position).collect(),
            (true, true) => self.small.values().flatten().copied().collect(),
        };
        let (centre, radius) = middle(&parts)?;
        let small: HashMap<String, Position> = self
            .small
            .into_iter()
            .filter_map(|(key, positions)| middle(&positions).filter(|(_, r)| *r <= SAME_M).map(|(at, _)| (key, at)))
            .collect();
        Some(TownPlace {
            name: self.name,
            centre,
            is_compact: radius <= NEAR_M,
            is_single: self.own.is_empty() || radius <= NEAR_M,
            is_listed: !self.own.is_empty(),
            chomes: self.chomes,
            longest_small: small.keys().map(|key| key.chars().count()).max().unwrap_or(0),
            small,
        })
    }
}

/// The centre of some points and the metres to the farthest of them.
fn middle(points: &[Position]) -> Option<(Position, f64)> {
    let count = u32::try_from(points.len()).ok().filter(|&n| n > 0)?;
    let sum = points.iter().fold((0.0, 0.0), |(lon, lat), p| (lon + p.lon(), lat + p.lat()));
    let middle = match points {
        [one] => *one,
        _ => Position::new(sum.0 / f64::from(count), sum.1 / f64::from(count)).ok()?,
    };
    let radius = points.iter().map(|p| p.distance_to(middle).0).fold(0.0, f64::max);
    Some((middle, radius))
}

/// Splits 「瓦町2丁目」 (as key) into 「瓦町」 and 2.
pub(super) fn split_chome(key: &str) -> (String, Option<u32>) {
    let parts = key.strip_suffix("丁目").and_then(|rest| {
        let base = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = rest[base.len()..].parse().ok()?;
        (!base.is_empty()).then(|| (base.to_owned(), Some(number)))
    });
    parts.unwrap_or_else(|| (key.to_owned(), None))
}

/// Removes the 丁目: 「瓦町二丁目」 → 「瓦町」.
fn without_chome(name: &str) -> &str {
    let numerals = |c: char| c.is_numeric() || "〇一二三四五六七八九十百".contains(c);
    name.trim_end().strip_suffix("丁目").map_or(name, |rest| rest.trim_end_matches(numerals))
}
