//! One 大字 with its 丁目 and 小字. This module does no I/O.

use std::collections::{BTreeMap, HashMap};

use super::key::AddressKey;
use crate::model::{Position, TownEntry};

/// Metres from their centre within which entries of one 小字 count as one that is listed twice.
const SAME_M: f64 = 300.0;

/// Metres from their centre within which the points of a 大字 have a meaningful centre: its 丁目, or the points that two
/// files give for it.
const NEAR_M: f64 = 1500.0;

/// One 大字 of the gazetteer, or the 丁目 of one name. Those of a 大字 that lies elsewhere (大字上田 and 上田一丁目) are two.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the file's rows, independent of the others")]
pub(super) struct TownPlace {
    /// The name in the file, without 丁目 unless that belongs to the name.
    pub(super) name: String,
    pub(super) centre: Position,
    /// The points of the 大字 and of all its parts.
    pub(super) parts: Vec<Position>,
    /// Whether the centre is a fair position for an address without 丁目 or 小字.
    pub(super) is_compact: bool,
    /// Whether the file also lists it without 丁目.
    pub(super) is_listed: bool,
    /// Whether all its points belong to one 大字: two of the same name may lie apart.
    pub(super) is_single: bool,
    /// Whether the file writes 大字 or 字 before its name.
    pub(super) is_oaza: bool,
    /// Whether it is the only 丁目 of its name and not the first, so that 丁目 is part of the name (東十二丁目).
    pub(super) is_lone_chome: bool,
    /// Its 丁目 by number.
    pub(super) chomes: Vec<(u32, Position)>,
    /// Its 小字 by key; several where they differ in kana only (い and イ, カ and ケ).
    pub(super) small: HashMap<String, Vec<SmallArea>>,
    /// Characters of the longest 小字.
    pub(super) longest_small: usize,
}

/// One 小字.
#[derive(Debug, Clone)]
pub(super) struct SmallArea {
    /// The characters of its name as the file writes them.
    written: Vec<char>,
    position: Position,
}

impl TownPlace {
    /// The point of the 小字 whose name stands from `from` to `to`; of two that differ in kana only, the one that is written.
    pub(super) fn small_area(&self, key: &AddressKey, from: usize, to: usize) -> Option<Position> {
        let found = self.small.get(key.slice(from, to))?;
        let mut written = found.iter().filter(|area| found.len() == 1 || key.written(from, to) == area.written);
        written.next().map(|area| area.position)
    }

    /// The point of the 小字 with this key, if there is one of it.
    pub(super) fn only_small_area(&self, key: &str) -> Option<Position> {
        match self.small.get(key).map(Vec::as_slice) {
            Some([only]) => Some(only.position),
            _ => None,
        }
    }

    /// The point of a 丁目.
    pub(super) fn chome(&self, number: u32) -> Option<Position> {
        self.chomes.iter().find(|(chome, _)| *chome == number).map(|(_, at)| *at)
    }
}

/// Entries of one 大字, before they are merged.
#[derive(Debug, Default)]
pub(super) struct TownGroup {
    pub(super) is_own: bool,
    is_oaza: bool,
    name: String,
    /// The name of the first 丁目 as the file writes it.
    chome_name: String,
    own: Vec<Position>,
    chomes: BTreeMap<u32, Vec<Position>>,
    small: BTreeMap<(String, Vec<char>), Vec<Position>>,
}

impl TownGroup {
    pub(super) fn new(is_own: bool, is_oaza: bool) -> Self {
        Self { is_own, is_oaza, ..Self::default() }
    }

    pub(super) fn add(&mut self, entry: &TownEntry, chome: Option<u32>) {
        if chome.is_some() {
            self.chome_name.clone_from(&entry.town);
        }
        if self.name.is_empty() {
            self.name = if chome.is_some() { without_chome(&entry.town).to_owned() } else { entry.town.clone() };
        }
        match (entry.small_area.as_deref().map(AddressKey::of_name).filter(|key| !key.text.is_empty()), chome) {
            (Some(small), chome) => {
                let within = chome.map_or(String::new(), |chome| format!("{chome}丁目"));
                let written = within.chars().chain(small.written(0, small.len()).iter().copied()).collect();
                self.small.entry((within + &small.text, written)).or_default().push(entry.position);
            }
            (None, Some(chome)) => self.chomes.entry(chome).or_default().push(entry.position),
            (None, None) => self.own.push(entry.position),
        }
    }

    /// Merges the entries: one place, or two where the 丁目 lie far from the 大字 of their name.
    pub(super) fn finish(self) -> Vec<TownPlace> {
        let chomes: Vec<Position> = self.chomes.values().flatten().copied().collect();
        let apart = match (middle(&self.own), middle(&chomes)) {
            (Some((own, _)), Some((centre, _))) => own.distance_to(centre).0 > NEAR_M,
            _ => false,
        };
        if !apart {
            return self.merged().into_iter().collect();
        }
        let (in_chomes, small) = self.small.into_iter().partition(|((key, _), _)| key.contains("丁目"));
        let rest = Self { chomes: BTreeMap::new(), small, name: self.name.clone(), chome_name: String::new(), ..self };
        let name = without_chome(&self.chome_name).to_owned();
        let split =
            Self { own: Vec::new(), name, chome_name: self.chome_name, chomes: self.chomes, small: in_chomes, ..rest };
        [rest, split].into_iter().filter_map(Self::merged).collect()
    }

    /// Merges the entries into one place; `None` only if none was added.
    fn merged(self) -> Option<TownPlace> {
        let is_listed = !self.own.is_empty();
        let chomes = self.chomes.values().flatten();
        let all = self.own.iter().chain(chomes).chain(self.small.values().flatten()).copied().collect();
        let parts: Vec<Position> = match (is_listed, self.chomes.is_empty()) {
            (true, _) => self.own,
            (false, false) => self.chomes.values().flatten().copied().collect(),
            (false, true) => self.small.values().flatten().copied().collect(),
        };
        let (centre, radius) = middle(&parts)?;
        let small = small_areas(self.small);
        let is_lone_chome = !is_listed && self.chomes.len() == 1 && !self.chomes.contains_key(&1);
        Some(TownPlace {
            name: if is_lone_chome { self.chome_name } else { self.name },
            centre,
            parts: all,
            is_compact: radius <= NEAR_M,
            is_single: !is_listed || radius <= NEAR_M,
            is_listed,
            is_oaza: self.is_oaza,
            is_lone_chome,
            chomes: located(self.chomes),
            longest_small: small.keys().map(|key| key.chars().count()).max().unwrap_or(0),
            small,
        })
    }
}

/// The 小字 by key; one of 地割 with and without 第 before its number.
fn small_areas(parts: BTreeMap<(String, Vec<char>), Vec<Position>>) -> HashMap<String, Vec<SmallArea>> {
    let mut small: HashMap<String, Vec<SmallArea>> = HashMap::new();
    for ((key, written), position) in located::<_, Vec<_>>(parts) {
        if let Some(other) = key.strip_suffix("地割").map(|_| with_or_without_ordinal(&key)) {
            let area = SmallArea { written: other.chars().collect(), position };
            small.entry(other).or_default().push(area);
        }
        small.entry(key).or_default().push(SmallArea { written, position });
    }
    small
}

/// 20地割 for 第20地割 and the other way round.
fn with_or_without_ordinal(key: &str) -> String {
    if key.contains('第') {
        return key.replacen('第', "", 1);
    }
    let at = key.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    format!("{}第{}", &key[..at], &key[at..])
}

/// The parts whose points lie together, with their centre.
fn located<K, C: FromIterator<(K, Position)>>(parts: impl IntoIterator<Item = (K, Vec<Position>)>) -> C {
    let centre = |positions: Vec<Position>| middle(&positions).filter(|(_, r)| *r <= SAME_M).map(|(at, _)| at);
    parts.into_iter().filter_map(|(key, positions)| Some((key, centre(positions)?))).collect()
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

/// Splits 「瓦町2丁目」 (as key) into 「瓦町」 and 2; some cities write 丁 for 丁目.
pub(super) fn split_chome(key: &str) -> (String, Option<u32>) {
    let parts = key.strip_suffix("丁目").or_else(|| key.strip_suffix('丁')).and_then(|rest| {
        let base = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = rest[base.len()..].parse().ok()?;
        (!base.is_empty()).then(|| (base.to_owned(), Some(number)))
    });
    parts.unwrap_or_else(|| (key.to_owned(), None))
}

/// Removes the 丁目: 「瓦町二丁目」 → 「瓦町」.
fn without_chome(name: &str) -> &str {
    let numerals = |c: char| c.is_numeric() || "〇一二三四五六七八九十百".contains(c);
    let whole = name.trim_end();
    whole.strip_suffix("丁目").or_else(|| whole.strip_suffix('丁')).map_or(name, |rest| rest.trim_end_matches(numerals))
}
