//! The 大字 of one municipality or ward by their names. This module does no I/O.

use std::collections::HashMap;

/// Number of 大字 with a common prefix from which the prefix counts as a former town (大屋町加保 may be written 加保).
const TOWNS_OF_A_FORMER_TOWN: usize = 5;

/// The 大字 of one municipality or ward.
#[derive(Debug, Clone, Default)]
pub(super) struct CityTowns {
    pub(super) prefecture: Option<String>,
    /// By the whole name.
    pub(super) full: HashMap<String, Vec<usize>>,
    /// By the name without the former town before it.
    pub(super) short: HashMap<String, Vec<usize>>,
    /// By the name as it is written without 条 or 番町: 北1西 for 北一条西.
    pub(super) brief: HashMap<String, Vec<usize>>,
    pub(super) longest: usize,
    /// Whether it is a ward of the municipality itself.
    pub(super) is_ward: bool,
    /// The entries for what lies in no 大字.
    pub(super) without_town: Vec<usize>,
}

impl CityTowns {
    pub(super) fn add(&mut self, key: &str, place: usize) {
        // A 大字 called 三 would be found in every number.
        if key.chars().all(|c| c.is_ascii_digit()) {
            return;
        }
        self.longest = self.longest.max(key.chars().count());
        self.full.entry(key.to_owned()).or_default().push(place);
    }

    /// Adds the names that people use instead of those of the gazetteer, when all are there.
    pub(super) fn add_other_names(&mut self) {
        self.add_short_names();
        for (key, places) in &self.full {
            if let Some(brief) = brief_name(key).filter(|brief| !self.full.contains_key(brief)) {
                self.brief.entry(brief).or_default().extend(places);
            }
        }
    }

    /// Adds short names: 大屋町加保 is 加保 as well, if enough 大字 begin with 大屋町 for that to be a former town.
    fn add_short_names(&mut self) {
        let split = |key: &str| {
            let (at, sign) = key.char_indices().skip(2).find(|(_, c)| ['町', '村'].contains(c))?;
            let end = at + sign.len_utf8();
            (key[end..].chars().count() >= 2).then_some(end)
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for key in self.full.keys() {
            if let Some(end) = split(key) {
                *counts.entry(key[..end].to_owned()).or_default() += 1;
            }
        }
        for (key, places) in &self.full {
            if let Some(end) = split(key).filter(|&end| counts[&key[..end]] >= TOWNS_OF_A_FORMER_TOWN) {
                self.short.entry(key[end..].to_owned()).or_default().extend(places);
            }
        }
    }
}

/// The key of a name without the 条 or 番町 behind a number, which people leave out; `None` if it has none.
fn brief_name(key: &str) -> Option<String> {
    let is_numbered = |rest: &str| rest.ends_with(|c: char| c.is_ascii_digit());
    let street = ["番町", "番丁"].iter().find_map(|word| key.strip_suffix(word)).filter(|rest| is_numbered(rest));
    street.map(str::to_owned).or_else(|| {
        let at = key.find('条').filter(|&at| is_numbered(&key[..at]))?;
        Some(key[..at].to_owned() + &key[at + '条'.len_utf8()..])
    })
}
