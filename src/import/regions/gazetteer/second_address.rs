//! Two addresses in one cell. This module does no I/O.

use super::LocatedAddress;
use super::address::{AddressOutcome, AddressReader};
use super::key::Breaks;
use super::municipality::NamedCity;
use super::reading::ONE_PLACE_M;

impl AddressReader<'_> {
    /// Whether a second address of another 大字 follows the one whose 大字 ends at `end`.
    pub(super) fn goes_on_elsewhere(&self, located: &LocatedAddress, end: usize) -> bool {
        let apart = |other: &LocatedAddress| {
            other.town.name != located.town.name
                && other.site.position.distance_to(located.site.position).0 > ONE_PLACE_M
        };
        let separators = Breaks::GAP | Breaks::COMMA | Breaks::AND | Breaks::CLOSE;
        let begins = |&at: &usize| self.key.breaks(at).has(separators) && !self.key.is_digit(at);
        // 加保7と八鹿町伊佐12.
        let joins = |&at: &usize| self.key.is_digit(at) && self.key.rest(at + 1).starts_with('と');
        let joined = (end..self.key.len()).filter(joins).map(|at| at + 2).filter(|&at| at < self.key.len());
        let starts = (end..self.key.len()).filter(begins).chain(joined);
        starts.into_iter().any(|at| match self.second(at) {
            AddressOutcome::Found(other, _) => apart(&other),
            AddressOutcome::Elsewhere => true,
            AddressOutcome::WithoutTown(_) | AddressOutcome::Ambiguous | AddressOutcome::Unknown => false,
        })
    }

    /// The address that begins at `at`, behind another one; a building's name is none.
    fn second(&self, at: usize) -> AddressOutcome {
        let (prefecture, city) = self.names.prefecture(at);
        if prefecture.is_some() || matches!(self.names.city(None, city), NamedCity::City(..)) {
            return self.outcome(at);
        }
        let is_listed = self.key.breaks(at).has(Breaks::COMMA | Breaks::AND);
        if !is_listed && self.key.breaks(at).has(Breaks::AZA) {
            return AddressOutcome::Unknown;
        }
        if is_listed && is_elsewhere(self.key.word(at)) {
            return AddressOutcome::Elsewhere;
        }
        match self.in_city(0, at, true) {
            AddressOutcome::Found(located, end) => {
                let is_numbered = self.key.is_digit(end) || self.key.rest(end).starts_with('-');
                let ends =
                    is_listed && (end == self.key.len() || self.key.breaks(end).has(Breaks::COMMA | Breaks::AND));
                if is_numbered || ends { AddressOutcome::Found(located, end) } else { AddressOutcome::Unknown }
            }
            _ => AddressOutcome::Unknown,
        }
    }
}

/// Whether a word is an address in a municipality that the gazetteer does not have: 豊岡市日高町12.
fn is_elsewhere(word: &str) -> bool {
    let named = word.char_indices().take(6).skip(1).find(|(_, c)| ['市', '郡'].contains(c));
    let behind = named.map(|(at, sign)| &word[at + sign.len_utf8()..]);
    behind.is_some_and(|rest| {
        rest.ends_with(|c: char| c.is_ascii_digit()) && !rest.starts_with(['民', '立', '営', '役', '内', '場', '街'])
    })
}
