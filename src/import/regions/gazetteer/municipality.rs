//! The municipality that an address names: prefecture, 郡, city and ward, each of which may be left out. This module does no
//! I/O.

use std::sync::LazyLock;

use super::Gazetteer;
use super::key::{AddressKey, key_of};
use crate::model::PREFECTURES;

static PREFECTURE_KEYS: LazyLock<Vec<String>> = LazyLock::new(|| PREFECTURES.map(key_of).to_vec());

/// Characters of the name of a 郡 or ward at most.
const COUNTY_CHARS: usize = 5;

/// Characters of the name of a municipality at most, with 郡 or ward.
const CITY_CHARS: usize = 14;

/// The municipality that an address names, and where its 大字 begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedCity {
    /// The index of a municipality or ward of the gazetteer.
    City(usize, usize),
    /// None that is known.
    Nothing(usize),
    /// Another one than the gazetteer's.
    Other,
}

/// An address and the gazetteer whose municipalities it may name.
#[derive(Clone, Copy)]
pub(super) struct CityNames<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) key: &'a AddressKey,
}

impl<'a> CityNames<'a> {
    /// The prefecture at `at`, if there is one, and where the rest begins.
    pub(super) fn prefecture(self, at: usize) -> (Option<&'static str>, usize) {
        let rest = self.key.rest(at);
        let found = PREFECTURE_KEYS.iter().find(|key| rest.starts_with(key.as_str()));
        found.map_or((None, at), |key| (Some(key.as_str()), at + key.chars().count()))
    }

    /// The municipality at `at`, behind the prefecture.
    pub(super) fn city(self, prefecture: Option<&str>, at: usize) -> NamedCity {
        if let Some((numbers, end)) = self.longest_city(at) {
            return self.chosen(numbers, prefecture, end);
        }
        let own_prefecture = self.gazetteer.cities[0].prefecture.as_deref();
        if prefecture.is_some() && prefecture != own_prefecture {
            return NamedCity::Other;
        }
        let Some((county, behind)) = self.until('郡', at) else { return NamedCity::Nothing(at) };
        match self.longest_city(behind) {
            Some((numbers, end)) if numbers.contains(&0) => NamedCity::City(0, end),
            Some(_) => NamedCity::Other,
            // 養父郡大屋町加保, from before the merger into 養父市.
            None if county == self.gazetteer.own_stem => NamedCity::Nothing(behind),
            None => NamedCity::Nothing(at),
        }
    }

    /// The city or ward of the gazetteer's own municipality whose name begins at `at`, and its end.
    pub(super) fn own_city(self, at: usize) -> Option<(usize, usize)> {
        let (numbers, end) = self.longest_city(at)?;
        numbers.iter().find(|&&n| n == 0 || self.gazetteer.cities[n].is_ward).map(|&n| (n, end))
    }

    /// The municipalities with the longest name that begins at `at`, and its end.
    fn longest_city(self, at: usize) -> Option<(&'a [usize], usize)> {
        let ends = (at + 1..=self.key.len().min(at + CITY_CHARS)).rev();
        ends.into_iter().find_map(|end| {
            let numbers = self.gazetteer.city_names.get(self.key.slice(at, end))?;
            Some((&numbers[..], end))
        })
    }

    fn chosen(self, numbers: &[usize], prefecture: Option<&str>, end: usize) -> NamedCity {
        let cities = &self.gazetteer.cities;
        let fits = |&&n: &&usize| {
            let known = cities[n].prefecture.as_deref();
            prefecture.is_none() || known.is_none() || known == prefecture
        };
        let fitting: Vec<usize> = numbers.iter().filter(fits).copied().collect();
        match fitting[..] {
            [one] => NamedCity::City(one, end),
            [] => NamedCity::Other,
            _ => match fitting.iter().find(|&&n| n == 0 || cities[n].is_ward) {
                Some(&own) => NamedCity::City(own, end),
                None => NamedCity::Other,
            },
        }
    }

    /// The characters before the first `sign` soon after `at`, and where the rest begins.
    pub(super) fn until(self, sign: char, at: usize) -> Option<(&'a str, usize)> {
        let place = self.key.rest(at).chars().take(COUNTY_CHARS + 1).position(|c| c == sign).filter(|&n| n > 0)?;
        Some((self.key.slice(at, at + place), at + place + 1))
    }
}
